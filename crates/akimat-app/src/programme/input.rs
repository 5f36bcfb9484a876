//! The facts that a plan is computed from, frozen: whole numbers, so that anybody can compute the plan again.
//!
//! Money is in thousand tenge: costs are rounded up, budgets down, floors up, so that a plan that fits in
//! thousands fits in tiyn.

use akimat_allocation::extension::Extensions;
use akimat_allocation::programme::{Part, Precedence, Project, Source};
use akimat_allocation::{Draft, Id, Programme, ProgrammeFault};
use akimat_core::{KatoCode, Money, ProjectId, Text};
use akimat_project::{Modality, MoneySource, Sector, Status};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Name and version of the format.
pub const FORMAT: &str = "akimat-programme-input/1";
/// Tiyn in the unit of the input.
pub const UNIT_TIYN: i64 = 100_000;

/// The facts that a plan is computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeInput {
    /// [`FORMAT`].
    pub format: String,
    /// `thousand_tenge`.
    pub unit: String,
    /// Territory.
    pub place: KatoCode,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub years: u16,
    /// Factors in units of 1e-4, by year.
    pub discount: Vec<i64>,
    /// Sources.
    pub sources: Vec<InputSource>,
    /// Sectors in the order of [`Sector::ALL`], with floors.
    pub sectors: Vec<InputSector>,
    /// Territories directly below, by code, with people and floors.
    pub districts: Vec<InputDistrict>,
    /// Starts allowed by year, running contracts included; `None`: no limit.
    pub starts_cap: Option<Vec<i64>>,
    /// The candidates, by number.
    pub candidates: Vec<InputCandidate>,
    /// Lists of places in [`Self::candidates`] of which at most one may start.
    pub exclusive: Vec<Vec<usize>>,
    /// Who waits for whom, as `[before, after, lag]` by place.
    pub precedence: Vec<(usize, usize, u16)>,
    /// Rules beyond the common ones.
    pub extensions: Extensions,
    /// The criteria that the points come from.
    pub criteria: InputCriteria,
}

/// A source with its budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSource {
    /// Which.
    pub source: MoneySource,
    /// By year.
    pub budget: Vec<i64>,
    /// After the last year.
    pub tail: Option<i64>,
}

/// A sector with its floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSector {
    /// Which.
    pub sector: Sector,
    /// The least to be invested.
    pub floor: i64,
}

/// A territory directly below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputDistrict {
    /// Code.
    pub place: KatoCode,
    /// Name.
    pub name: Text,
    /// Residents as last published; `None`: not known.
    pub people: Option<i64>,
    /// The least to be invested.
    pub floor: i64,
}

/// Where the points come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputCriteria {
    /// The set; `None`: the published criteria of the platform.
    pub set: Option<Uuid>,
    /// Its version; 0 for the published criteria of the platform.
    pub version: u32,
    /// Code and weight of each criterion, in units of 1e-4 of the whole.
    pub weights: Vec<(String, i64)>,
}

/// Why a project must start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "duty", rename_all = "snake_case")]
pub enum Duty {
    /// It is approved or under contract.
    Running {
        /// Where it stands.
        status: Status,
    },
    /// A person ruled so.
    Kept {
        /// Why.
        reason: String,
    },
}

/// Why a project must not start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "barred", rename_all = "snake_case")]
pub enum Barred {
    /// No planned money is known: without a cost it would be free, and free projects always win.
    NoCost,
    /// It takes no money of the sources that are limited here.
    OtherSources,
    /// Scores are missing.
    NoScores {
        /// Codes of the criteria.
        missing: Vec<String>,
    },
    /// What is known of it is too little or too poor for an automatic recommendation.
    DataQuality {
        /// Score, 0 to 100.
        score: u8,
        /// The least that is needed.
        least: u8,
    },
    /// An amount is beyond what a programme can hold; its costs are left out here.
    TooLarge,
    /// Its window lies outside the years.
    Years {
        /// First calendar year in which it could start.
        earliest: i16,
    },
    /// A person ruled so.
    Ruled {
        /// Why.
        reason: String,
    },
}

impl Barred {
    /// The name in catalogue keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCost => "no_cost",
            Self::OtherSources => "other_sources",
            Self::NoScores { .. } => "no_scores",
            Self::DataQuality { .. } => "data_quality",
            Self::TooLarge => "too_large",
            Self::Years { .. } => "years",
            Self::Ruled { .. } => "ruled",
        }
    }
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputCandidate {
    /// Project.
    pub project: ProjectId,
    /// Its name in the instance: the number in the register, with the territory where two share one.
    pub key: String,
    /// Number in the register.
    pub number: String,
    /// Name.
    pub title: Text,
    /// Territory.
    pub place: KatoCode,
    /// Place in [`ProgrammeInput::districts`]; `None`: of the whole territory.
    pub district: Option<usize>,
    /// Field of public life.
    pub sector: Sector,
    /// How it is carried out.
    pub modality: Modality,
    /// Where it stands.
    pub status: Status,
    /// Points: 10,000 is the best value on every criterion.
    pub benefit: i64,
    /// Least and largest points that the scorers hold possible; `None`: no range is known.
    pub range: Option<(i64, i64)>,
    /// Points by criterion, adding up to [`Self::benefit`] but for rounding.
    pub scores: Vec<(String, i64)>,
    /// Data quality, 0 to 100; `None`: not assessed.
    pub quality: Option<u8>,
    /// Appraised total of all sources.
    pub total: i64,
    /// First year in which it may start, from 1.
    pub earliest: u16,
    /// Last year in which it may start.
    pub latest: u16,
    /// Cost by source (in the order of [`ProgrammeInput::sources`]) and year since the start.
    pub cost: Vec<Vec<i64>>,
    /// The first calendar year of its planned money; `None`: not known.
    pub planned_year: Option<i16>,
    /// Why it must start.
    pub duty: Option<Duty>,
    /// Why it must not start.
    pub barred: Option<Barred>,
    /// The name of its exclusive group; empty for none.
    pub group: String,
    /// Invented for the demonstration.
    pub invented: bool,
}

/// Thousand tenge, rounded up.
pub fn up(amount: Money) -> i64 {
    let tiyn = amount.tiyn();
    tiyn.div_euclid(UNIT_TIYN) + i64::from(tiyn.rem_euclid(UNIT_TIYN) > 0)
}

/// Thousand tenge, rounded down.
pub const fn down(amount: Money) -> i64 {
    amount.tiyn().div_euclid(UNIT_TIYN)
}

/// Thousand tenge as money; `None` beyond what money can hold.
pub fn money(thousands: i64) -> Option<Money> {
    thousands.checked_mul(UNIT_TIYN).map(Money::from_tiyn)
}

impl ProgrammeInput {
    /// The programme of the allocation room. Candidates, sectors and districts keep their places.
    ///
    /// # Errors
    /// Every [`ProgrammeFault`] of the data.
    pub fn programme(&self) -> Result<Programme, Vec<ProgrammeFault>> {
        let sector = |sector: Sector| self.sectors.iter().position(|part| part.sector == sector);
        let heads = self.heads();
        Draft {
            years: self.years,
            discount: self.discount.clone(),
            sources: self
                .sources
                .iter()
                .map(|source| Source {
                    name: source.source.code().to_owned(),
                    budget: source.budget.clone(),
                    tail: source.tail,
                })
                .collect(),
            sectors: self
                .sectors
                .iter()
                .map(|part| Part { name: part.sector.code().to_owned(), floor: part.floor, population: None })
                .collect(),
            districts: self
                .districts
                .iter()
                .map(|part| Part {
                    name: part.place.to_string(),
                    floor: part.floor,
                    population: part
                        .people
                        .filter(|people| *people > 0)
                        .map(|people| (people / heads).max(1)),
                })
                .collect(),
            starts_cap: self.starts_cap.clone(),
            projects: self
                .candidates
                .iter()
                .map(|candidate| Project {
                    id: Id::Text(candidate.key.clone()),
                    sector: sector(candidate.sector),
                    district: candidate.district,
                    benefit: candidate.benefit,
                    total: candidate.total,
                    earliest: candidate.earliest,
                    latest: candidate.latest,
                    cost: candidate.cost.clone(),
                    mandatory: candidate.duty.is_some(),
                    barred: candidate.barred.is_some(),
                })
                .collect(),
            exclusive: self.exclusive.clone(),
            precedence: self
                .precedence
                .iter()
                .map(|(before, after, lag)| Precedence { before: *before, after: *after, lag: *lag })
                .collect(),
            extensions: self.extensions.clone(),
        }
        .check()
    }

    /// People that count as one where territories are compared by head: one in villages, more where a territory is so
    /// large that a point each would be lost in rounding. Only proportions matter.
    fn heads(&self) -> i64 {
        match self.districts.iter().filter_map(|part| part.people).max().unwrap_or(0) {
            ..=100_000 => 1,
            100_001..=10_000_000 => 100,
            _ => 1_000,
        }
    }

    /// SHA-256 of the input as JSON, 64 hexadecimal digits.
    pub fn sha256(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        akimat_interop::budget::sha256_hex(text.as_bytes())
    }

    /// The place of a project among the candidates.
    pub fn find(&self, project: ProjectId) -> Option<usize> {
        self.candidates.iter().position(|candidate| candidate.project == project)
    }

    /// The calendar year of a year counted from 1.
    pub fn calendar(&self, year: u16) -> i16 {
        self.first_year.saturating_add(i16::try_from(year).unwrap_or(i16::MAX)).saturating_sub(1)
    }

    /// The year counted from 1 of a calendar year; `None` outside the years.
    pub fn year(&self, calendar: i16) -> Option<u16> {
        let year = u16::try_from(i32::from(calendar) - i32::from(self.first_year) + 1).ok()?;
        (1..=self.years).contains(&year).then_some(year)
    }

    /// Whether any of it is invented.
    pub fn is_invented(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.invented)
    }
}
