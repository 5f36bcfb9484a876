//! What is asked of a programme. Amounts are money, years are calendar years, projects are named by identifier.

use super::odd;
use crate::{App, Result};
use akimat_allocation::extension::Extensions;
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_project::{MoneySource, Sector};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Name and version of the format.
pub const FORMAT: &str = "akimat-programme/1";
/// 1 in units of 1e-4.
pub const ONE: i64 = 10_000;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProgrammeRequest {
    /// [`FORMAT`].
    pub format: String,
    /// Sources with what they can pay. Money of other sources is outside the limits.
    pub sources: Vec<SourceAsk>,
    /// What a point is worth when a project starts in each year, in units of 1e-4, from the first year.
    pub discount: Vec<i64>,
    /// How many new projects may start in each year; empty: no limit. Running contracts do not count.
    pub starts_cap: Vec<u32>,
    /// The least to be invested in a sector over the years.
    pub sector_floors: BTreeMap<Sector, Money>,
    /// The least to be invested in a territory directly below, over the years.
    pub district_floors: BTreeMap<KatoCode, Money>,
    /// How many years later than planned a project may start.
    pub delay_max: u16,
    /// Projects that may start in other years than that.
    pub windows: Vec<WindowAsk>,
    /// Projects that wait for others.
    pub precedence: Vec<WaitAsk>,
    /// Lists of which at most one may start, besides the groups that projects name themselves.
    pub exclusive: Vec<Vec<ProjectId>>,
    /// Projects that a person kept in or barred.
    pub rulings: Vec<Ruling>,
    /// Approved projects and running contracts are paid first.
    pub running: bool,
    /// The set of criteria that must give the points; `None`: the one approved for the first year, or else the
    /// published criteria of the platform.
    pub criteria: Option<Uuid>,
    /// The worst cases count too; `None`: only the stated points do.
    pub worst: Option<WorstAsk>,
    /// Rules beyond the common ones, in the units of the input (thousand tenge, places in its lists).
    pub extensions: Extensions,
    /// Stop when plan and bound are closer than this share, in units of 1e-6; 0: to the proof. Programmes of up to
    /// 60 candidates always go to the proof.
    pub gap_millionths: u32,
    /// Emergency stop of a job in seconds; `None`: none.
    pub seconds: Option<u32>,
    /// Seed of the heuristics.
    pub seed: u64,
}

impl Default for ProgrammeRequest {
    fn default() -> Self {
        Self {
            format: FORMAT.to_owned(),
            sources: Vec::new(),
            discount: Vec::new(),
            starts_cap: Vec::new(),
            sector_floors: BTreeMap::new(),
            district_floors: BTreeMap::new(),
            delay_max: 30,
            windows: Vec::new(),
            precedence: Vec::new(),
            exclusive: Vec::new(),
            rulings: Vec::new(),
            running: true,
            criteria: None,
            worst: None,
            extensions: Extensions::default(),
            gap_millionths: 1_000,
            seconds: Some(120),
            seed: 1,
        }
    }
}

/// What a source can pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAsk {
    /// Which.
    pub source: MoneySource,
    /// The most in each year, from the first year.
    pub budget: Vec<Money>,
    /// The most that may be promised for the years after the last; `None`: no limit.
    pub tail: Option<Money>,
}

/// What the mean of the worst cases of benefit counts beside the stated benefit. The cases are drawn from the ranges of
/// the scorers by [`ProgrammeRequest::seed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorstAsk {
    /// The worst so many percent of the cases, 1 to 50.
    pub percent: u32,
    /// What a point of their mean is worth beside a stated point, in thousandths.
    pub weight_permille: i64,
}

/// Years in which a project may start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowAsk {
    /// Project.
    pub project: ProjectId,
    /// First calendar year.
    pub earliest: i16,
    /// Last calendar year.
    pub latest: i16,
}

/// `after` may start only `lag` years after `before` or later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitAsk {
    /// The project that comes first.
    pub before: ProjectId,
    /// The project that waits.
    pub after: ProjectId,
    /// Years between the two starts.
    pub lag: u16,
}

/// What a person ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// It must start.
    Keep,
    /// It must not start.
    Bar,
}

impl RulingKind {
    /// The name in forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Bar => "bar",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Keep, Self::Bar].into_iter().find(|kind| kind.code() == code)
    }
}

/// A project that a person kept in or barred, with the reason and the cost that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Project.
    pub project: ProjectId,
    /// Kept or barred.
    pub kind: RulingKind,
    /// Why, in the person's words.
    pub reason: String,
    /// Office and name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What it costs, as shown before it was saved; `None` when it was not known.
    pub cost: Option<OverrideCost>,
}

/// What keeping or barring a project costs, in units of 1e-4 points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideCost {
    /// Worth of the plan without the ruling.
    pub without: i64,
    /// No plan without the ruling is worth more.
    pub without_bound: i64,
    /// Worth of the plan with the ruling; `None`: no plan satisfies the rules with it.
    pub with: Option<i64>,
    /// No plan with the ruling is worth more.
    pub with_bound: Option<i64>,
    /// Both plans are proven: the cost is exact, otherwise it lies between [`Self::least`] and [`Self::most`].
    pub exact: bool,
    /// Projects that enter the plan with the ruling.
    pub enters: Vec<ProjectId>,
    /// Projects that leave the plan with the ruling.
    pub leaves: Vec<ProjectId>,
}

impl OverrideCost {
    /// What the ruling costs by the two plans; `None` when it makes every plan impossible.
    pub fn cost(&self) -> Option<i64> {
        self.with.map(|with| self.without - with)
    }

    /// It costs at least this much.
    pub fn least(&self) -> Option<i64> {
        self.with_bound.map(|bound| (self.without - bound).max(0))
    }

    /// It costs at most this much.
    pub fn most(&self) -> Option<i64> {
        self.with.map(|with| self.without_bound - with)
    }
}

/// For whom a comment speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The budget commission.
    Commission,
    /// The public council.
    Council,
    /// The office that prepares the programme.
    Office,
}

impl Voice {
    /// Every voice.
    pub const ALL: [Self; 3] = [Self::Commission, Self::Council, Self::Office];

    /// The name in tables, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Council => "council",
            Self::Office => "office",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.code() == code)
    }
}

/// Discount factors in units of 1e-4 at a yearly rate in units of 1e-4 (0.05 is 500): the first year counts
/// in full, and each later one is `floor(factor * 10000 / (10000 + rate))` of the year before.
pub fn factors(rate_e4: u32, years: u16) -> Vec<i64> {
    let mut factor = ONE;
    let mut factors = Vec::with_capacity(usize::from(years));
    for _ in 0..years {
        factors.push(factor);
        factor = factor * ONE / (ONE + i64::from(rate_e4));
    }
    factors
}

impl ProgrammeRequest {
    pub(crate) fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|error| odd(&error))
    }

    pub(crate) fn write(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| odd(&error))
    }

    /// The ruling on a project.
    pub fn ruling(&self, project: ProjectId) -> Option<&Ruling> {
        self.rulings.iter().find(|ruling| ruling.project == project)
    }

    /// The same request with years of another number: lists are cut or go on with their last value.
    #[must_use]
    pub fn with_years(mut self, years: u16) -> Self {
        fn fit<T: Copy>(list: &mut Vec<T>, years: u16, empty: T) {
            let last = list.last().copied().unwrap_or(empty);
            list.resize(usize::from(years), last);
        }
        for source in &mut self.sources {
            fit(&mut source.budget, years, Money::ZERO);
        }
        fit(&mut self.discount, years, ONE);
        if !self.starts_cap.is_empty() {
            fit(&mut self.starts_cap, years, 0);
        }
        self
    }
}

impl App {
    /// What a new scenario of so many years asks before anybody changes it: own money and transfers without any
    /// budget yet, every year worth the same.
    pub fn first_request(&self, years: u16) -> ProgrammeRequest {
        let source = |source| SourceAsk { source, budget: vec![Money::ZERO; usize::from(years)], tail: None };
        ProgrammeRequest {
            sources: vec![source(MoneySource::Own), source(MoneySource::Transfer)],
            discount: factors(0, years),
            ..ProgrammeRequest::default()
        }
    }
}
