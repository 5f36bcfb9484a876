//! The count: an election and a rule in, winners in the order of purchase out.

use crate::amount;
use crate::bos::{Overspending, Undecided, bos};
pub use crate::completion::Segment;
use crate::completion::{Adding, add};
use crate::ees::{AddedOpt, Outcome, add_opt, ees};
use crate::election::{Election, VoteType};
use crate::equal_shares::{Tie, run};
use crate::fraction::Fraction;
use crate::greedy::greedy;
use crate::maximin::{Supported, maximin};
use crate::order::{Lot, places};
use crate::phragmen::{Burdened, phragmen};
use crate::profile::Profile;
use crate::purse::TooLarge;
use crate::rule::{Completion, Method, Misfit, Rule};
use crate::setting::Setting;
use crate::share::Share;
use crate::utility::{Units, Utility};
use serde::Serialize;

/// Why an election cannot be counted by a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum CountError {
    /// The ballots do not carry what the utility needs.
    #[error("utility {utility} needs other ballots than {vote_type}")]
    Ballots {
        /// The utility.
        utility: String,
        /// The ballots.
        vote_type: String,
    },
    /// A completion that the method does not have.
    #[error("this completion does not go with this method")]
    Completion,
    /// A conflict or an envelope names what the file does not have.
    #[error("{name} is not in the file")]
    Unknown {
        /// Project, column or value.
        name: String,
    },
    /// An envelope that is no amount above zero.
    #[error("{found} is not an amount")]
    Amount {
        /// What stands there.
        found: String,
    },
    /// Beyond what 64 bits hold.
    #[error("the share times the voters is beyond 2^61 units")]
    TooLarge,
    /// Two figures that no precision tells apart and that are not shown to be equal.
    #[error("two figures cannot be told apart, and their equality cannot be shown")]
    Undecided,
}

impl From<Undecided> for CountError {
    fn from(Undecided: Undecided) -> Self {
        Self::Undecided
    }
}

impl From<TooLarge> for CountError {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl CountError {
    /// The name of the reason, as in the catalogue of sentences.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ballots { .. } => "ballots",
            Self::Completion => "completion",
            Self::Unknown { .. } => "unknown",
            Self::Amount { .. } => "amount",
            Self::TooLarge => "too-large",
            Self::Undecided => "undecided",
        }
    }

    /// The facts of the reason by name.
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Ballots { utility, vote_type } => {
                vec![("utility", utility.clone()), ("type", vote_type.clone())]
            }
            Self::Unknown { name } => vec![("name", name.clone())],
            Self::Amount { found } => vec![("found", found.clone())],
            Self::Completion | Self::TooLarge | Self::Undecided => Vec::new(),
        }
    }
}

/// How a project came to win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It costs nothing and somebody wants it.
    Free,
    /// By the method itself.
    Method,
    /// By the greedy completion.
    Completion,
}

/// The share at which Equal Shares ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Share of each voter.
    pub share: Share,
    /// The next share, where it overspends.
    pub beyond: Option<Share>,
    /// Shares that the definition goes through.
    pub shares: u64,
    /// Runs that were made: fewer where steps provably change nothing.
    pub runs: u64,
    /// Outcomes of the shares, one after another; empty without larger shares.
    pub history: Vec<Segment>,
}

/// The share at which Exact Equal Shares ended.
#[derive(Debug, Clone)]
pub struct SharedEnd {
    /// The outcome.
    pub outcome: Outcome,
    /// Share of each voter.
    pub share: Fraction,
    /// The next share that changes the outcome, where it overspends.
    pub beyond: Option<(Outcome, Fraction)>,
    /// Shares that were tried.
    pub shares: u64,
}

/// Voters who have more of their projects in one outcome than in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// More in the outcome of the rule.
    pub rule: u64,
    /// More in the outcome of greedy by votes.
    pub greedy: u64,
}

/// The result of a count.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Winners in the order of purchase, and how each came to win.
    pub bought: Vec<(usize, How)>,
    /// Groups that were exactly equal.
    pub ties: Vec<Tie>,
    /// The share of each voter, for Equal Shares.
    pub ended: Option<Ended>,
    /// Burdens of the rounds, for Phragmén and for maximin support.
    pub burdens: Vec<Option<Fraction>>,
    /// How Exact Equal Shares ended.
    pub shared: Option<SharedEnd>,
    /// The rounds of Phragmén's rule.
    pub burdened: Option<Burdened>,
    /// The rounds of Maximin support and what proves them.
    pub supported: Option<Supported>,
    /// The rounds of Equal Shares with bounded overspending.
    pub overspent: Option<Overspending>,
    /// The comparison with greedy, where the rule asks for it.
    pub comparison: Option<Comparison>,
    /// The comparison was lost: the winners are those of greedy by votes.
    pub replaced: bool,
}

impl Counted {
    /// Winners in the order of purchase.
    #[must_use]
    pub fn winners(&self) -> Vec<usize> {
        self.bought.iter().map(|&(project, _)| project).collect()
    }
}

/// An election prepared for a rule: ballots merged, projects admitted, ties ordered.
#[derive(Debug, Clone)]
pub struct Prepared<'a> {
    election: &'a Election,
    rule: &'a Rule,
    profile: Profile,
    rank: Vec<u32>,
    allowed: Vec<bool>,
    rivals: Vec<Vec<usize>>,
}

impl<'a> Prepared<'a> {
    /// Prepares the count of an election without envelopes.
    ///
    /// # Errors
    /// [`CountError`] where rule and ballots do not go together.
    pub fn new(election: &'a Election, rule: &'a Rule, lot: Option<&Lot>) -> Result<Self, CountError> {
        let units = rule.utility.units;
        if !units.fits(election.vote_type) {
            return Err(CountError::Ballots {
                utility: rule.utility.name().to_owned(),
                vote_type: election.vote_type.code().to_owned(),
            });
        }
        let by_units = matches!(rule.method, Method::Greedy { .. } | Method::EqualShares | Method::Bos);
        let adds = |completion: &Completion| {
            matches!(completion, Completion::Add { .. } | Completion::AddOpt { .. })
        };
        let by_shares = matches!(rule.method, Method::EqualShares | Method::Ees);
        if !by_shares && rule.completion.iter().any(adds) {
            return Err(CountError::Completion);
        }
        let profile = Profile::new(election, if by_units { units } else { Units::Marks });
        let rank = places(election, &profile, rule.ties, lot);
        let allowed = admitted(election, rule, &profile);
        let rivals = rivals(election, rule)?;
        Ok(Self { election, rule, profile, rank, allowed, rivals })
    }

    /// The setting of the rule itself.
    #[must_use]
    pub fn setting(&self) -> Setting<'_> {
        self.setting_for(self.rule.utility)
    }

    /// The setting of greedy by votes or points, for the completion and the comparison.
    fn setting_by_score(&self) -> Setting<'_> {
        self.setting_for(Utility { times_cost: true, ..self.rule.utility })
    }

    fn setting_for(&self, utility: Utility) -> Setting<'_> {
        Setting {
            profile: &self.profile,
            costs: self.election.projects.iter().map(|project| project.cost).collect(),
            budget: self.election.budget,
            times_cost: utility.times_cost,
            rank: self.rank.clone(),
            allowed: self.allowed.clone(),
            rivals: self.rivals.clone(),
        }
    }

    /// The ballots as the rule sees them.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The election.
    #[must_use]
    pub const fn election(&self) -> &'a Election {
        self.election
    }

    /// The rule.
    #[must_use]
    pub const fn rule(&self) -> &'a Rule {
        self.rule
    }

    /// How projects are bought.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.rule.method
    }

    /// Counts.
    ///
    /// # Errors
    /// [`CountError`].
    pub fn count(&self) -> Result<Counted, CountError> {
        self.count_with(true)
    }

    /// Counts, going through every step of a completion one by one: slower, and the same result.
    ///
    /// # Errors
    /// [`CountError`].
    pub fn count_stepwise(&self) -> Result<Counted, CountError> {
        self.count_with(false)
    }

    fn count_with(&self, jump: bool) -> Result<Counted, CountError> {
        let setting = self.setting();
        let none = Counted {
            bought: Vec::new(),
            ties: Vec::new(),
            ended: None,
            burdens: Vec::new(),
            shared: None,
            burdened: None,
            supported: None,
            overspent: None,
            comparison: None,
            replaced: false,
        };
        let mut counted = match self.rule.method {
            Method::Greedy { misfit } => {
                let (winners, ties) = greedy(&setting, &[], misfit);
                Counted { bought: how(&winners, How::Method), ties, ..none }
            }
            Method::Phragmen { misfit } => {
                let found = phragmen(&setting, misfit);
                let (winners, burdens): (Vec<usize>, Vec<_>) = found.steps.iter().cloned().unzip();
                let (bought, ties) = (how(&winners, How::Method), found.ties.clone());
                Counted { bought, ties, burdens, burdened: Some(found), ..none }
            }
            Method::EqualShares => self.equal_shares(&setting, jump)?,
            Method::Maximin => {
                let found = maximin(&setting);
                let (winners, burdens): (Vec<usize>, Vec<_>) = found.burdened.steps.iter().cloned().unzip();
                let (bought, ties) = (how(&winners, How::Method), found.burdened.ties.clone());
                Counted { bought, ties, burdens, supported: Some(found), ..none }
            }
            Method::Ees => self.exact_equal_shares(&setting, none)?,
            Method::Bos => {
                let found = bos(&setting)?;
                let mut bought = how(&setting.free(), How::Free);
                bought.extend(found.steps.iter().map(|step| (step.project, How::Method)));
                Counted { bought, ties: found.ties.clone(), overspent: Some(found), ..none }
            }
        };
        if self.rule.completion.contains(&Completion::Greedy) {
            let (winners, ties) = greedy(&self.setting_by_score(), &counted.winners(), Misfit::Skip);
            counted.bought.extend(how(&winners, How::Completion));
            counted.ties.extend(ties);
        }
        if self.rule.comparison {
            self.compare(&mut counted);
        }
        Ok(counted)
    }

    fn equal_shares(&self, setting: &Setting<'_>, jump: bool) -> Result<Counted, CountError> {
        let adding = self.rule.completion.iter().find_map(|completion| match *completion {
            Completion::Add { floor, exhausted, step } => Some(Adding {
                floor,
                exhausted,
                step: step.saturating_mul(self.election.currency_unit()),
                jump,
            }),
            Completion::AddOpt { .. } | Completion::Greedy => None,
        });
        if self.rule.completion.iter().any(|completion| matches!(completion, Completion::AddOpt { .. })) {
            return Err(CountError::Completion);
        }
        let (run, ended) = match adding {
            Some(adding) if adding.step > 0 => {
                let added = add(setting, adding)?;
                let ended = Ended {
                    share: added.share,
                    beyond: added.beyond,
                    shares: added.shares,
                    runs: added.runs,
                    history: added.history,
                };
                (added.run, ended)
            }
            _ => {
                let share = Share::equal(setting.budget, setting.profile.n_voters());
                (run(setting, share)?, Ended { share, beyond: None, shares: 1, runs: 1, history: Vec::new() })
            }
        };
        let mut bought = how(&setting.free(), How::Free);
        bought.extend(how(&run.winners(), How::Method));
        Ok(Counted {
            bought,
            ties: run.ties,
            ended: Some(ended),
            burdens: Vec::new(),
            shared: None,
            burdened: None,
            supported: None,
            overspent: None,
            comparison: None,
            replaced: false,
        })
    }

    fn exact_equal_shares(&self, setting: &Setting<'_>, none: Counted) -> Result<Counted, CountError> {
        let share = Share::equal(setting.budget, setting.profile.n_voters()).fraction();
        let added = self.rule.completion.iter().find_map(|completion| match *completion {
            Completion::AddOpt { skip } => Some(Ok(add_opt(setting, &share, skip))),
            Completion::Add { .. } => Some(Err(CountError::Completion)),
            Completion::Greedy => None,
        });
        let end = match added.transpose()? {
            Some(AddedOpt { outcome, share, shares, beyond }) => SharedEnd { outcome, share, beyond, shares },
            None => SharedEnd { outcome: ees(setting, &share), share, beyond: None, shares: 1 },
        };
        let mut bought = how(&setting.free(), How::Free);
        bought.extend(how(&end.outcome.winners(), How::Method));
        Ok(Counted { bought, ties: end.outcome.ties.clone(), shared: Some(end), ..none })
    }

    /// Greedy by votes instead, where strictly more voters have more of their projects in it.
    fn compare(&self, counted: &mut Counted) {
        let (other, ties) = greedy(&self.setting_by_score(), &[], Misfit::Skip);
        let mut sign = vec![0i8; self.election.projects.len()];
        for project in counted.winners() {
            sign[project] += 1;
        }
        for &project in &other {
            sign[project] -= 1;
        }
        let mut comparison = Comparison { rule: 0, greedy: 0 };
        for ballot in 0..self.profile.n_ballots() {
            let more: i64 = self
                .profile
                .entries(ballot)
                .iter()
                .map(|&(project, _)| i64::from(sign[project as usize]))
                .sum();
            let weight = u64::from(self.profile.weight(ballot));
            match more {
                1.. => comparison.rule += weight,
                0 => {}
                _ => comparison.greedy += weight,
            }
        }
        counted.comparison = Some(comparison);
        if comparison.greedy > comparison.rule {
            counted.bought = how(&other, How::Method);
            (counted.ties, counted.replaced) = (ties, true);
        }
    }
}

fn how(projects: &[usize], how: How) -> Vec<(usize, How)> {
    projects.iter().map(|&project| (project, how)).collect()
}

/// Who may win: cost within the budget is not asked here, the methods do.
fn admitted(election: &Election, rule: &Rule, profile: &Profile) -> Vec<bool> {
    let eligibility = &rule.eligibility;
    let admitted = |project: usize| {
        let supporters = i128::from(profile.n_supporters(project));
        let cost = election.projects.get(project).map_or(0, |project| i128::from(project.cost));
        let score = eligibility.min_score.is_none_or(|least| profile.score(project) >= least);
        let share = eligibility.share_divisor.is_none_or(|divisor| {
            supporters * i128::from(divisor) * i128::from(election.budget)
                >= cost * i128::from(profile.n_voters())
        });
        let out = eligibility.excluded.iter().any(|id| id == election.id(project));
        score && share && !out && (!eligibility.needs_votes || supporters > 0)
    };
    (0..election.projects.len()).map(admitted).collect()
}

/// Who is out once another one won.
fn rivals(election: &Election, rule: &Rule) -> Result<Vec<Vec<usize>>, CountError> {
    if rule.conflicts.is_empty() && rule.one_per.is_none() {
        return Ok(Vec::new());
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for conflict in &rule.conflicts {
        let find = |id: &String| election.find(id).ok_or_else(|| CountError::Unknown { name: id.clone() });
        groups.push(conflict.iter().map(find).collect::<Result<_, _>>()?);
    }
    if let Some(column) = &rule.one_per {
        if !election.project_columns.contains(column) {
            return Err(CountError::Unknown { name: column.clone() });
        }
        let mut of: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
        for project in 0..election.projects.len() {
            if let Some(value) = election.field(project, column) {
                of.entry(value).or_default().push(project);
            }
        }
        groups.extend(of.into_values());
    }
    let mut rivals = vec![Vec::new(); election.projects.len()];
    for group in &groups {
        for &project in group {
            rivals[project].extend(group.iter().copied().filter(|&other| other != project));
        }
    }
    Ok(rivals)
}

/// Counts an election: one budget, or each envelope by itself with those who voted in it.
///
/// # Errors
/// [`CountError`].
pub fn count(election: &Election, rule: &Rule, lot: Option<&Lot>) -> Result<Counted, CountError> {
    let Some(envelopes) = &rule.envelopes else {
        return Prepared::new(election, rule, lot)?.count();
    };
    if !election.project_columns.contains(&envelopes.column) {
        return Err(CountError::Unknown { name: envelopes.column.clone() });
    }
    let mut whole: Option<Counted> = None;
    for (value, money) in &envelopes.amounts {
        let wrong = || CountError::Amount { found: money.clone() };
        let budget = amount::read(money).filter(|money| money.digits > 0).ok_or_else(wrong)?;
        if budget.decimals > election.decimals {
            return Err(wrong());
        }
        let inside: Vec<usize> = (0..election.projects.len())
            .filter(|&project| election.field(project, &envelopes.column) == Some(value))
            .collect();
        if inside.is_empty() {
            return Err(CountError::Unknown { name: value.clone() });
        }
        let part = election.part(&inside, budget.in_units(election.decimals));
        let mut counted = Prepared::new(&part, rule, lot)?.count()?;
        let outer = |project: &mut usize| *project = inside.get(*project).copied().unwrap_or(usize::MAX);
        counted.bought.iter_mut().for_each(|(project, _)| outer(project));
        counted.ties.iter_mut().flat_map(|tie| &mut tie.projects).for_each(outer);
        match &mut whole {
            None => {
                whole = Some(Counted {
                    ended: None,
                    comparison: None,
                    shared: None,
                    burdened: None,
                    supported: None,
                    overspent: None,
                    ..counted
                });
            }
            Some(whole) => {
                let before = whole.bought.len();
                whole.bought.extend(counted.bought);
                whole
                    .ties
                    .extend(counted.ties.into_iter().map(|tie| Tie { round: tie.round + before, ..tie }));
                whole.burdens.extend(counted.burdens);
                whole.replaced |= counted.replaced;
            }
        }
    }
    whole.ok_or_else(|| CountError::Unknown { name: envelopes.column.clone() })
}

/// The rule that a file declares, as its city counted; nothing for one that is not described well enough.
#[must_use]
pub fn declared(election: &Election) -> Option<Rule> {
    let utility = match election.vote_type {
        VoteType::Approval | VoteType::ChooseOne => Utility::COST,
        VoteType::Cumulative | VoteType::Scoring => Utility::COST_POINTS,
        VoteType::Ordinal => Utility::COST_RANKS,
    };
    let greedy = |misfit| {
        Some(Rule { ties: crate::rule::Ties::File, ..Rule::new(Method::Greedy { misfit }, utility) })
    };
    let name = election.meta("rule")?;
    let mut rule = match name {
        "greedy" | "greedy-threshold" => greedy(Misfit::Skip)?,
        "greedy-no-skip" => greedy(Misfit::Stop)?,
        "greedy-custom" => greedy(Misfit::StopUnless { percent: 80 })?,
        "equalshares" | "equalshares-comparison" => Rule::equal_shares(utility, Vec::new()),
        "equalshares/add1" | "equalshares/add1-comparison" => {
            Rule::equal_shares(utility, Rule::completion_named("add1")?)
        }
        _ => return None,
    };
    if name.starts_with("equalshares") {
        rule.ties = crate::rule::Ties::CostVotesLot;
        rule.comparison = name.ends_with("-comparison");
    }
    rule.eligibility.min_score =
        election.meta("min_project_score_threshold").and_then(amount::read).map(|least| {
            let scale = amount::power_of_ten(least.decimals);
            least.digits / scale + i64::from(least.digits % scale > 0)
        });
    Some(rule)
}
