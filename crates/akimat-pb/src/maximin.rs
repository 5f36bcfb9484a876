//! Maximin support, or generalised Phragmén: each round buys the project with which the largest burden of a voter,
//! the costs of all bought projects spread as evenly as supporters allow, is least.
//!
//! The least largest burden is the largest, over sets of bought projects, of their cost divided by the voters who want
//! any of them. It is found in whole numbers by Newton's steps over maximum flows: a flow that does not carry all
//! costs at a burden shows a set of projects that needs more.

use crate::equal_shares::Tie;
use crate::fraction::Fraction;
use crate::phragmen::Burdened;
use crate::setting::Setting;
use num_bigint::BigInt;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A burden: cost over voters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Burden {
    cost: i128,
    voters: i128,
}

impl Burden {
    fn compare(self, other: Self) -> Ordering {
        (self.cost * other.voters).cmp(&(other.cost * self.voters))
    }
}

/// Rounds of the rule, and for each round what proves it.
#[derive(Debug, Clone)]
pub struct Supported {
    /// The rounds.
    pub burdened: Burdened,
    /// For each round, projects with a set of projects whose cost and voters show the burden from below, where it
    /// is another set than before. At the begin it is the project alone.
    pub sets: Vec<Vec<(usize, Vec<usize>)>>,
}

/// A project that may be bought, with a burden that it would not be below.
struct Open {
    project: usize,
    burden: Burden,
    /// The projects that need this burden.
    set: Vec<usize>,
    /// The set is another one than was told.
    fresh: bool,
}

fn wanted(setting: &Setting<'_>) -> Vec<Open> {
    (0..setting.n_projects())
        .filter(|&project| setting.is_allowed(project) && setting.profile.n_supporters(project) > 0)
        .map(|project| {
            let voters = i128::from(setting.profile.n_supporters(project));
            let burden = Burden { cost: i128::from(setting.cost(project)), voters };
            Open { project, burden, set: vec![project], fresh: false }
        })
        .collect()
}

/// Runs the rule on projects with supporters, as long as one of them fits into the money left.
#[must_use]
pub fn maximin(setting: &Setting<'_>) -> Supported {
    let mut open = wanted(setting);
    let (mut bought, mut left) = (Vec::new(), setting.budget);
    let mut burdened = Burdened { steps: Vec::new(), ties: Vec::new() };
    let mut sets = Vec::new();
    loop {
        open.retain(|one| setting.cost(one.project) <= left && setting.is_open(one.project, &bought));
        // Burdens only grow with what is bought: the least bound first, until the least burden is below all bounds.
        open.sort_by(|a, b| {
            a.burden.compare(b.burden).then(setting.rank(a.project).cmp(&setting.rank(b.project)))
        });
        let mut best: Option<Burden> = None;
        let mut tied: Vec<usize> = Vec::new();
        for one in &mut open {
            if best.is_some_and(|best| one.burden.compare(best) == Ordering::Greater) {
                break;
            }
            let mut with = bought.clone();
            with.push(one.project);
            if let Some((burden, set)) = least_burden(setting, &with, one.burden) {
                (one.burden, one.set, one.fresh) = (burden, set, true);
            }
            match best.map_or(Ordering::Less, |best| one.burden.compare(best)) {
                Ordering::Less => (best, tied) = (Some(one.burden), vec![one.project]),
                Ordering::Equal => tied.push(one.project),
                Ordering::Greater => {}
            }
        }
        tied.sort_by_key(|&project| setting.rank(project));
        let (Some(&winner), Some(burden)) = (tied.first(), best) else { return Supported { burdened, sets } };
        let fresh = open.iter_mut().filter(|one| one.fresh);
        sets.push(
            fresh
                .map(|one| {
                    one.fresh = false;
                    (one.project, one.set.clone())
                })
                .collect(),
        );
        if tied.len() > 1 {
            burdened.ties.push(Tie { round: burdened.steps.len(), projects: tied });
        }
        let exact = Fraction::new(BigInt::from(burden.cost), BigInt::from(burden.voters));
        burdened.steps.push((winner, Some(exact)));
        left -= setting.cost(winner);
        bought.push(winner);
        open.retain(|one| one.project != winner);
    }
}

/// The least largest burden of these projects, and a set that needs it; nothing where it is the burden to begin with,
/// below which it is not.
fn least_burden(setting: &Setting<'_>, projects: &[usize], from: Burden) -> Option<(Burden, Vec<usize>)> {
    let mut network = Network::new(setting, projects);
    let mut found: Option<(Burden, Vec<usize>)> = None;
    loop {
        let burden = found.as_ref().map_or(from, |(burden, _)| *burden);
        let Some((needed, set)) = network.needs_more(burden) else { return found };
        if needed.compare(burden) != Ordering::Greater {
            return found;
        }
        found = Some((needed, set.into_iter().map(|place| projects[place]).collect()));
    }
}

/// Projects to groups of voters who want the same of them.
struct Network {
    costs: Vec<i128>,
    /// Projects of each group, and its voters.
    groups: Vec<(Vec<u32>, i128)>,
    of_project: Vec<Vec<u32>>,
    /// Flow from a project to a group, in the order of the group's projects.
    flow: Vec<Vec<i128>>,
}

impl Network {
    fn new(setting: &Setting<'_>, projects: &[usize]) -> Self {
        let mut place = vec![None; setting.n_projects()];
        for (at, &project) in projects.iter().enumerate() {
            place[project] = u32::try_from(at).ok();
        }
        let mut found: BTreeMap<Vec<u32>, i128> = BTreeMap::new();
        for ballot in 0..setting.profile.n_ballots() {
            let entries = setting.profile.entries(ballot);
            let wanted: Vec<u32> =
                entries.iter().filter_map(|&(project, _)| place[project as usize]).collect();
            if !wanted.is_empty() {
                *found.entry(wanted).or_default() += i128::from(setting.profile.weight(ballot));
            }
        }
        let groups: Vec<(Vec<u32>, i128)> = found.into_iter().collect();
        let mut of_project = vec![Vec::new(); projects.len()];
        for (at, (wanted, _)) in groups.iter().enumerate() {
            for &project in wanted {
                of_project[project as usize].push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let flow = groups.iter().map(|(wanted, _)| vec![0; wanted.len()]).collect();
        let costs = projects.iter().map(|&project| i128::from(setting.cost(project))).collect();
        Self { costs, groups, of_project, flow }
    }

    /// A set of projects whose cost is beyond what its voters carry at this burden; nothing where all is carried.
    fn needs_more(&mut self, burden: Burden) -> Option<(Burden, Vec<usize>)> {
        let supply: Vec<i128> = self.costs.iter().map(|cost| cost * burden.voters).collect();
        let room: Vec<i128> = self.groups.iter().map(|(_, voters)| voters * burden.cost).collect();
        self.flow.iter_mut().flatten().for_each(|flow| *flow = 0);
        let (mut left, mut free) = (supply, room);
        // What fits at once.
        for (at, (wanted, _)) in self.groups.iter().enumerate() {
            for (edge, &project) in wanted.iter().enumerate() {
                let more = left[project as usize].min(free[at]);
                left[project as usize] -= more;
                free[at] -= more;
                self.flow[at][edge] += more;
            }
        }
        loop {
            let levels = self.levels(&left);
            let reached = levels.1.iter().zip(&free).any(|(level, free)| level.is_some() && *free > 0);
            if !reached {
                return self.cut(&left, &levels.0);
            }
            self.push_all(&mut left, &mut free, &levels);
        }
    }

    /// Distance of projects and groups from the projects whose cost is not carried yet.
    fn levels(&self, left: &[i128]) -> Levels {
        let mut of_project: Vec<Option<u32>> = left.iter().map(|left| (*left > 0).then_some(0)).collect();
        let mut of_group: Vec<Option<u32>> = vec![None; self.groups.len()];
        let mut front: Vec<u32> =
            (0u32..).zip(&of_project).filter(|(_, level)| level.is_some()).map(|(at, _)| at).collect();
        let mut level = 0;
        while !front.is_empty() {
            let mut next = Vec::new();
            for &project in &front {
                for &group in &self.of_project[project as usize] {
                    if of_group[group as usize].is_some() {
                        continue;
                    }
                    of_group[group as usize] = Some(level + 1);
                    let (wanted, _) = &self.groups[group as usize];
                    for (edge, &other) in wanted.iter().enumerate() {
                        if self.flow[group as usize][edge] > 0 && of_project[other as usize].is_none() {
                            of_project[other as usize] = Some(level + 2);
                            next.push(other);
                        }
                    }
                }
            }
            front = next;
            level += 2;
        }
        (of_project, of_group)
    }

    /// A blocking flow along rising levels.
    fn push_all(&mut self, left: &mut [i128], free: &mut [i128], levels: &Levels) {
        let mut next = vec![0usize; self.costs.len()];
        for (project, left) in left.iter_mut().enumerate() {
            while *left > 0 && levels.0[project] == Some(0) {
                let pushed = self.push(project, *left, free, levels, &mut next);
                if pushed == 0 {
                    break;
                }
                *left -= pushed;
            }
        }
    }

    /// Pushes up to `most` from a project towards groups with room; paths are as short as the projects are few.
    fn push(
        &mut self,
        project: usize,
        most: i128,
        free: &mut [i128],
        levels: &Levels,
        next: &mut [usize],
    ) -> i128 {
        let level = levels.0[project].unwrap_or(u32::MAX - 2);
        while let Some(&group) = self.of_project[project].get(next[project]) {
            let at = group as usize;
            if levels.1[at] == Some(level + 1) {
                let own =
                    self.groups[at].0.iter().position(|&wanted| wanted as usize == project).unwrap_or(0);
                if free[at] > 0 {
                    let more = most.min(free[at]);
                    free[at] -= more;
                    self.flow[at][own] += more;
                    return more;
                }
                for edge in 0..self.groups[at].0.len() {
                    let other = self.groups[at].0[edge] as usize;
                    let back = self.flow[at][edge];
                    if back > 0 && levels.0[other] == Some(level + 2) {
                        let more = self.push(other, most.min(back), free, levels, next);
                        if more > 0 {
                            self.flow[at][edge] -= more;
                            self.flow[at][own] += more;
                            return more;
                        }
                    }
                }
            }
            next[project] += 1;
        }
        0
    }

    /// The projects that can be reached from what is not carried: together they need more.
    fn cut(&self, left: &[i128], reached: &[Option<u32>]) -> Option<(Burden, Vec<usize>)> {
        if left.iter().all(|left| *left == 0) {
            return None;
        }
        let inside = |project: u32| reached[project as usize].is_some();
        let cost =
            self.costs.iter().zip(reached).filter(|(_, level)| level.is_some()).map(|(cost, _)| cost).sum();
        let wants = |(wanted, _): &&(Vec<u32>, i128)| wanted.iter().any(|&project| inside(project));
        let voters = self.groups.iter().filter(wants).map(|(_, voters)| voters).sum();
        let set = reached.iter().enumerate().filter(|(_, level)| level.is_some()).map(|(at, _)| at).collect();
        Some((Burden { cost, voters }, set))
    }
}

/// Levels of projects and of groups.
type Levels = (Vec<Option<u32>>, Vec<Option<u32>>);
