//! Greedy: the most gain for each unit of money first, as cities have always done it.

use crate::equal_shares::Tie;
use crate::rule::Misfit;
use crate::setting::Setting;
use std::cmp::{Ordering, Reverse};

/// Buys in the order of gain for money from what is left after `bought`; returns the projects added, and the groups
/// that were exactly equal where the order between them mattered.
#[must_use]
pub fn greedy(setting: &Setting<'_>, bought: &[usize], misfit: Misfit) -> (Vec<usize>, Vec<Tie>) {
    let mut open: Vec<usize> = (0..setting.n_projects())
        .filter(|project| setting.is_allowed(*project) && !bought.contains(project))
        .collect();
    open.sort_by_key(|&project| setting.rank(project));
    open.sort_by(|&a, &b| compare(setting, b, a));
    let mut left = i128::from(setting.budget) - setting.total(bought);
    let mut added = Vec::new();
    for &project in &open {
        let cost = i128::from(setting.cost(project));
        if !setting.is_open(project, bought) || !setting.is_open(project, &added) {
            continue;
        }
        if cost <= left {
            left -= cost;
            added.push(project);
            continue;
        }
        match misfit {
            Misfit::Skip => {}
            // A project that never fitted stands for one that was withdrawn.
            Misfit::Stop if cost > i128::from(setting.budget) => {}
            Misfit::Stop => break,
            Misfit::StopUnless { percent } => {
                if left * 100 >= cost * i128::from(percent) {
                    added.push(project);
                }
                break;
            }
        }
    }
    let ties = ties(setting, &added, &open);
    (added, ties)
}

/// Groups of equal projects of which some won and some did not.
fn ties(setting: &Setting<'_>, added: &[usize], open: &[usize]) -> Vec<Tie> {
    let mut ties = Vec::new();
    for group in
        open.chunk_by(|&a, &b| compare(setting, a, b) == Ordering::Equal).filter(|group| group.len() > 1)
    {
        let mut projects = group.to_vec();
        projects.sort_by_key(|project| (Reverse(added.contains(project)), setting.rank(*project)));
        let won = projects.iter().filter(|project| added.contains(project)).count();
        if let Some(round) = added.iter().position(|project| projects.first() == Some(project))
            && won < projects.len()
        {
            ties.push(Tie { round, projects });
        }
    }
    ties
}

/// Gain for money, exactly: units for each unit of money, or units alone where the gain grows with the cost.
fn compare(setting: &Setting<'_>, a: usize, b: usize) -> Ordering {
    let score = |project| i128::from(setting.profile.score(project));
    if setting.times_cost {
        return score(a).cmp(&score(b));
    }
    // What costs nothing and is wanted comes before everything; what nobody wants comes last.
    let class = |project: usize| match (score(project) > 0, setting.cost(project)) {
        (false, _) => 0,
        (true, 0) => 2,
        (true, _) => 1,
    };
    class(a).cmp(&class(b)).then_with(|| {
        if class(a) != 1 {
            return Ordering::Equal;
        }
        (score(a) * i128::from(setting.cost(b))).cmp(&(score(b) * i128::from(setting.cost(a))))
    })
}
