//! Greedy needs no trace: sorting the projects is the check.

use crate::ballots::Ballots;
use serde_json::Value;
use std::cmp::Ordering;

/// What greedy buys after `bought`; nothing where the kind of misfit is unknown.
pub(crate) fn greedy(
    ballots: &Ballots,
    bought: &[usize],
    misfit: &Value,
    by_score: bool,
) -> Option<Vec<usize>> {
    let mut open: Vec<usize> =
        (0..ballots.costs.len()).filter(|&project| ballots.is_open(project, bought)).collect();
    open.sort_by(|&a, &b| worth(ballots, by_score, b, a).then(ballots.rank[a].cmp(&ballots.rank[b])));
    let mut left = i128::from(ballots.budget) - ballots.total(bought);
    let mut added: Vec<usize> = Vec::new();
    for project in open {
        let cost = i128::from(ballots.costs[project]);
        if ballots.rivals[project].iter().any(|rival| added.contains(rival)) {
            continue;
        }
        if cost <= left {
            left -= cost;
            added.push(project);
            continue;
        }
        match misfit["kind"].as_str()? {
            "skip" => {}
            "stop" if cost > i128::from(ballots.budget) => {}
            "stop" => break,
            "stop-unless" => {
                if left * 100 >= cost * i128::from(misfit["percent"].as_i64()?) {
                    added.push(project);
                }
                break;
            }
            _ => return None,
        }
    }
    Some(added)
}

fn worth(ballots: &Ballots, by_score: bool, a: usize, b: usize) -> Ordering {
    let (score, cost) = (
        |project: usize| i128::from(ballots.scores[project]),
        |project: usize| i128::from(ballots.costs[project]),
    );
    if by_score {
        return score(a).cmp(&score(b));
    }
    let kind = |project: usize| {
        if score(project) <= 0 {
            0
        } else if cost(project) > 0 {
            1
        } else {
            2
        }
    };
    kind(a).cmp(&kind(b)).then(if kind(a) == 1 && kind(b) == 1 {
        (score(a) * cost(b)).cmp(&(score(b) * cost(a)))
    } else {
        Ordering::Equal
    })
}
