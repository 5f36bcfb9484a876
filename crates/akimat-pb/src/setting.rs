//! What a rule counts: ballots, costs, the order that breaks ties, and what is allowed to win.

use crate::profile::Profile;

/// An election made ready for one rule.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// Ballots in the units of the rule.
    pub profile: &'a Profile,
    /// Cost of each project in units of the election.
    pub costs: Vec<i64>,
    /// Money for all, above zero.
    pub budget: i64,
    /// The gain is units times cost.
    pub times_cost: bool,
    /// Place of each project in the order that breaks ties, 0 first.
    pub rank: Vec<u32>,
    /// The project may win.
    pub allowed: Vec<bool>,
    /// Projects that are out once this one is bought; empty where there are no conflicts at all.
    pub rivals: Vec<Vec<usize>>,
}

impl Setting<'_> {
    /// Number of projects.
    #[must_use]
    pub fn n_projects(&self) -> usize {
        self.costs.len()
    }

    /// Cost of a project.
    #[must_use]
    pub fn cost(&self, project: usize) -> i64 {
        self.costs.get(project).copied().unwrap_or(0)
    }

    /// The project may win.
    #[must_use]
    pub fn is_allowed(&self, project: usize) -> bool {
        self.allowed.get(project).copied().unwrap_or(false)
    }

    /// Projects that are out once this one is bought.
    #[must_use]
    pub fn rivals(&self, project: usize) -> &[usize] {
        self.rivals.get(project).map_or(&[], Vec::as_slice)
    }

    /// The project may win and none of its rivals was bought.
    #[must_use]
    pub fn is_open(&self, project: usize, bought: &[usize]) -> bool {
        self.is_allowed(project) && !self.rivals(project).iter().any(|rival| bought.contains(rival))
    }

    /// Place of a project in the order that breaks ties.
    #[must_use]
    pub fn rank(&self, project: usize) -> u32 {
        self.rank.get(project).copied().unwrap_or(u32::MAX)
    }

    /// By what the price of a unit is divided to give the price of gain.
    #[must_use]
    pub fn gain_per_unit(&self, project: usize) -> i64 {
        if self.times_cost { self.cost(project) } else { 1 }
    }

    /// What a list of projects costs.
    #[must_use]
    pub fn total(&self, projects: &[usize]) -> i128 {
        projects.iter().map(|&project| i128::from(self.cost(project))).sum()
    }

    /// Allowed projects with a cost and with supporters: those that voters can buy.
    pub fn wanted(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.n_projects()).filter(|&project| {
            self.is_allowed(project) && self.cost(project) > 0 && self.profile.total(project) > 0
        })
    }

    /// Allowed projects with supporters that cost nothing, in the order that breaks ties.
    #[must_use]
    pub fn free(&self) -> Vec<usize> {
        let is_free = |&project: &usize| {
            self.is_allowed(project) && self.cost(project) == 0 && self.profile.total(project) > 0
        };
        let mut free: Vec<usize> = (0..self.n_projects()).filter(is_free).collect();
        free.sort_by_key(|&project| self.rank(project));
        free
    }
}
