//! Ballots as a count needs them: equal ballots merged, and for each project those who want it.

use crate::election::Election;
use crate::pabulib::Interner;
use crate::utility::Units;

/// Votes, merged: whoever marked the same counts as one line with a weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// All voters, those with an empty ballot included.
    n_voters: u64,
    /// How many voters cast each merged ballot.
    weights: Vec<u32>,
    /// Merged ballot of each voter of the file; `u32::MAX` for an empty one.
    of_voter: Vec<u32>,
    /// Where the entries of each merged ballot end.
    ballot_ends: Vec<u32>,
    /// Project and units of each entry.
    entries: Vec<(u32, u32)>,
    /// Where the supporters of each project end.
    project_ends: Vec<u32>,
    /// Merged ballot and units of each supporter.
    supporters: Vec<(u32, u32)>,
    /// Every unit is one.
    uniform: bool,
    /// Voters who support each project.
    n_supporters: Vec<u64>,
    /// Units of all supporters of each project.
    totals: Vec<u64>,
    /// Units of all ballots, those below zero included: the score as cities publish it.
    scores: Vec<i64>,
}

impl Profile {
    /// Merges the ballots of an election, counted in these units.
    #[must_use]
    pub fn new(election: &Election, units: Units) -> Self {
        let n_projects = election.projects.len();
        let longest = (0..election.ballots.len()).map(|voter| election.ballots.marks(voter).len()).max();
        let declared = election.meta("max_length").and_then(|length| length.parse().ok());
        let scale = Scale { units, longest: declared.unwrap_or(0).max(longest.unwrap_or(0)) };
        let mut merged = Interner::default();
        let mut profile = Self {
            n_voters: election.ballots.len() as u64,
            weights: Vec::new(),
            of_voter: Vec::with_capacity(election.ballots.len()),
            ballot_ends: Vec::new(),
            entries: Vec::new(),
            project_ends: Vec::new(),
            supporters: Vec::new(),
            uniform: true,
            n_supporters: vec![0; n_projects],
            totals: vec![0; n_projects],
            scores: vec![0; n_projects],
        };
        let (mut ballot, mut bytes) = (Vec::new(), Vec::new());
        for voter in 0..election.ballots.len() {
            scale.ballot(election.ballots.marks(voter), election.ballots.points(voter), &mut ballot);
            for &(project, units) in &ballot {
                if let Some(score) = profile.scores.get_mut(project as usize) {
                    *score += units;
                }
            }
            ballot.retain(|&(_, units)| units > 0);
            if ballot.is_empty() {
                profile.of_voter.push(u32::MAX);
                continue;
            }
            bytes.clear();
            for &(project, units) in &ballot {
                bytes.extend_from_slice(&project.to_le_bytes());
                bytes.extend_from_slice(&u32::try_from(units).unwrap_or(u32::MAX).to_le_bytes());
            }
            let (number, new) = merged.insert(&bytes);
            profile.of_voter.push(number);
            if new {
                let entry =
                    |&(project, units): &(u32, i64)| (project, u32::try_from(units).unwrap_or(u32::MAX));
                profile.entries.extend(ballot.iter().map(entry));
                profile.ballot_ends.push(u32::try_from(profile.entries.len()).unwrap_or(u32::MAX));
                profile.weights.push(0);
            }
            if let Some(weight) = profile.weights.get_mut(number as usize) {
                *weight += 1;
            }
        }
        profile.turn(n_projects);
        profile
    }

    /// From ballots to supporters of projects.
    fn turn(&mut self, n_projects: usize) {
        let mut counts = vec![0u32; n_projects];
        for &(project, units) in &self.entries {
            self.uniform &= units == 1;
            if let Some(count) = counts.get_mut(project as usize) {
                *count += 1;
            }
        }
        let mut end = 0;
        self.project_ends = counts
            .iter()
            .map(|count| {
                end += count;
                end
            })
            .collect();
        let mut next: Vec<u32> =
            self.project_ends.iter().zip(&counts).map(|(end, count)| end - count).collect();
        self.supporters = vec![(0, 0); self.entries.len()];
        for ballot in 0..self.weights.len() {
            let weight = u64::from(self.weight(ballot));
            for at in range(&self.ballot_ends, ballot) {
                let Some(&(project, units)) = self.entries.get(at) else { continue };
                let place = project as usize;
                if let Some(at) = next.get_mut(place) {
                    if let Some(supporter) = self.supporters.get_mut(*at as usize) {
                        *supporter = (u32::try_from(ballot).unwrap_or(u32::MAX), units);
                    }
                    *at += 1;
                }
                if let Some(count) = self.n_supporters.get_mut(place) {
                    *count += weight;
                }
                if let Some(total) = self.totals.get_mut(place) {
                    *total += weight * u64::from(units);
                }
            }
        }
    }

    /// The same ballots and some voters more who mark this project alone; nobody else's share changes by it.
    #[must_use]
    pub fn with_more(&self, project: usize, voters: u32) -> Self {
        let mut more = self.clone();
        more.n_voters += u64::from(voters);
        more.weights.push(voters);
        more.entries.push((u32::try_from(project).unwrap_or(u32::MAX), 1));
        more.ballot_ends.push(u32::try_from(more.entries.len()).unwrap_or(u32::MAX));
        let at = range(&more.project_ends, project).end;
        let ballot = u32::try_from(more.weights.len() - 1).unwrap_or(u32::MAX);
        more.supporters.insert(at, (ballot, 1));
        more.project_ends.iter_mut().skip(project).for_each(|end| *end += 1);
        more.n_supporters[project] += u64::from(voters);
        more.totals[project] += u64::from(voters);
        more.scores[project] += i64::from(voters);
        more
    }

    /// All voters, those with an empty ballot included.
    #[must_use]
    pub const fn n_voters(&self) -> u64 {
        self.n_voters
    }

    /// Different ballots that are not empty.
    #[must_use]
    pub fn n_ballots(&self) -> usize {
        self.weights.len()
    }

    /// Projects.
    #[must_use]
    pub fn n_projects(&self) -> usize {
        self.project_ends.len()
    }

    /// Every unit is one.
    #[must_use]
    pub const fn is_uniform(&self) -> bool {
        self.uniform
    }

    /// Voters who cast a merged ballot.
    #[must_use]
    pub fn weight(&self, ballot: usize) -> u32 {
        self.weights.get(ballot).copied().unwrap_or(0)
    }

    /// The merged ballot of a voter of the file; nothing for an empty one.
    #[must_use]
    pub fn of_voter(&self, voter: usize) -> Option<usize> {
        self.of_voter.get(voter).copied().filter(|&ballot| ballot != u32::MAX).map(|ballot| ballot as usize)
    }

    /// Project and units of each entry of a merged ballot, by project.
    #[must_use]
    pub fn entries(&self, ballot: usize) -> &[(u32, u32)] {
        self.entries.get(range(&self.ballot_ends, ballot)).unwrap_or_default()
    }

    /// Merged ballot and units of each supporter of a project.
    #[must_use]
    pub fn supporters(&self, project: usize) -> &[(u32, u32)] {
        self.supporters.get(range(&self.project_ends, project)).unwrap_or_default()
    }

    /// Voters who support a project.
    #[must_use]
    pub fn n_supporters(&self, project: usize) -> u64 {
        self.n_supporters.get(project).copied().unwrap_or(0)
    }

    /// Units of all supporters of a project.
    #[must_use]
    pub fn total(&self, project: usize) -> u64 {
        self.totals.get(project).copied().unwrap_or(0)
    }

    /// Sum of what the ballots give a project, points below zero included.
    #[must_use]
    pub fn score(&self, project: usize) -> i64 {
        self.scores.get(project).copied().unwrap_or(0)
    }
}

fn range(ends: &[u32], at: usize) -> std::ops::Range<usize> {
    let begin = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(at).copied().unwrap_or(begin);
    begin as usize..end as usize
}

struct Scale {
    units: Units,
    longest: usize,
}

impl Scale {
    /// Units of one ballot by project. A project that stands twice counts once: with its first place, and with its
    /// last points, as pabutools reads such ballots.
    fn ballot(&self, marks: &[u32], points: &[i32], ballot: &mut Vec<(u32, i64)>) {
        ballot.clear();
        let long = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        for (place, &mark) in marks.iter().enumerate() {
            let points = points.get(place).copied();
            let units = match self.units {
                Units::Marks => i64::from(points.is_none_or(|points| points > 0)),
                Units::Points => points.map_or(1, i64::from),
                Units::Borda => long(marks.len() - place - 1),
                Units::Ranks => long(self.longest - place),
            };
            ballot.push((mark, units));
        }
        let by_points = matches!(self.units, Units::Marks | Units::Points);
        if by_points {
            ballot.reverse();
        }
        ballot.sort_by_key(|&(project, _)| project);
        ballot.dedup_by_key(|&mut (project, _)| project);
    }
}
