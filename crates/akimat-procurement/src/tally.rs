//! Counts and sums over contracting processes, and how long their stages last. Whole tiyn; what is not known is counted
//! as not known.

use crate::process::{ContractState, Process, Role, TenderState};
use crate::survival::Spell;
use akimat_core::{KatoCode, Money};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Where a process stands as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// In the plan.
    Planned,
    /// Bids are taken or considered.
    Tender,
    /// A winner is named, nothing is signed.
    Awarded,
    /// A contract is in force.
    Contract,
    /// All contracts reached their end.
    Ended,
    /// A contract ended early.
    Terminated,
    /// The tender was called off or nobody suitable came.
    Failed,
}

impl Stage {
    /// Every stage in the order of life.
    pub const ALL: [Self; 7] = [
        Self::Planned,
        Self::Tender,
        Self::Awarded,
        Self::Contract,
        Self::Ended,
        Self::Terminated,
        Self::Failed,
    ];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Tender => "tender",
            Self::Awarded => "awarded",
            Self::Contract => "contract",
            Self::Ended => "ended",
            Self::Terminated => "terminated",
            Self::Failed => "failed",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Where a process stands on a day. A contract whose last day has passed counts as ended.
    pub fn of(process: &Process, today: Date) -> Self {
        if process.contracts.iter().any(|contract| contract.termination.is_some()) {
            return Self::Terminated;
        }
        if !process.contracts.is_empty() {
            let over = process.contracts.iter().all(|contract| {
                contract.state == ContractState::Terminated
                    || process.current_end(contract).is_some_and(|end| end < today)
            });
            return if over { Self::Ended } else { Self::Contract };
        }
        match process.state {
            TenderState::Cancelled | TenderState::Unsuccessful => Self::Failed,
            TenderState::Complete => Self::Awarded,
            _ if !process.awards.is_empty() => Self::Awarded,
            TenderState::Active => Self::Tender,
            TenderState::Planned => Self::Planned,
        }
    }
}

/// A process with what the register says of its project.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The process.
    pub process: &'a Process,
    /// Territory of the project.
    pub place: KatoCode,
    /// Sector of the project.
    pub sector: &'static str,
    /// Kind of the project.
    pub kind: &'static str,
    /// Level of the project.
    pub level: &'static str,
}

/// By what a table is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Region: the first two digits of the KATO code.
    Region,
    /// Sector.
    Sector,
    /// Kind of project.
    Kind,
    /// Level.
    Level,
    /// Where it stands.
    Stage,
    /// Year of the contract, or of the announcement, or of the plan.
    Year,
    /// How the supplier is chosen.
    Method,
}

impl Dimension {
    /// Every dimension in the order of pages.
    pub const ALL: [Self; 7] =
        [Self::Region, Self::Sector, Self::Kind, Self::Level, Self::Stage, Self::Year, Self::Method];

    /// The name in addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Sector => "sector",
            Self::Kind => "kind",
            Self::Level => "level",
            Self::Stage => "stage",
            Self::Year => "year",
            Self::Method => "method",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Code of the value: of a region, a sector; the year; empty when not known.
    pub key: String,
    /// Processes.
    pub n: usize,
    /// Contracts.
    pub n_contracts: usize,
    /// Sum of contracts after their amendments; `None` when it does not fit.
    pub contracted: Option<Money>,
    /// Paid; `None` when it does not fit.
    pub paid: Option<Money>,
    /// Competitions whose bids are known.
    pub n_bidding: usize,
    /// Bids in them.
    pub n_bids: usize,
    /// Of them with one bidder.
    pub n_single: usize,
    /// Amendments.
    pub n_amendments: usize,
    /// Suppliers of whom it is known whether they are small.
    pub n_size_known: usize,
    /// Of them small or medium.
    pub n_small: usize,
}

/// The year a process belongs to.
pub fn year(process: &Process) -> Option<i16> {
    let signed = process.contracts.iter().filter_map(|contract| contract.signed_on).min();
    signed.or(process.opens_on).or(process.planned_on).map(Date::year)
}

fn key(known: &Known<'_>, dimension: Dimension, today: Date) -> String {
    match dimension {
        Dimension::Region => known.place.region().to_string(),
        Dimension::Sector => known.sector.to_owned(),
        Dimension::Kind => known.kind.to_owned(),
        Dimension::Level => known.level.to_owned(),
        Dimension::Stage => Stage::of(known.process, today).code().to_owned(),
        Dimension::Year => year(known.process).map_or_else(String::new, |year| year.to_string()),
        Dimension::Method => known.process.method.code().to_owned(),
    }
}

fn add(row: &mut Row, process: &Process) {
    row.n += 1;
    row.n_contracts += process.contracts.len();
    let more = process.contracted().unwrap_or(Money::ZERO);
    row.contracted = row.contracted.and_then(|sum| sum.checked_add(more));
    row.paid = row.paid.and_then(|sum| sum.checked_add(process.paid_in_all()?));
    row.n_amendments += process.amendments.len();
    if process.method.is_open() && !process.bids.is_empty() {
        row.n_bidding += 1;
        row.n_bids += process.bids.len();
        row.n_single += usize::from(process.bids.len() == 1);
    }
    for party in process
        .parties
        .iter()
        .filter(|party| party.roles.contains(&Role::Supplier) || party.roles.contains(&Role::PrivatePartner))
    {
        if let Some(small) = party.small {
            row.n_size_known += 1;
            row.n_small += usize::from(small);
        }
    }
}

/// A table by one dimension, by key.
pub fn tally(all: &[Known<'_>], dimension: Dimension, today: Date) -> Vec<Row> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for known in all {
        let key = key(known, dimension, today);
        let row = rows.entry(key.clone()).or_insert_with(|| empty(key));
        add(row, known.process);
    }
    rows.into_values().collect()
}

/// All of it in one row.
pub fn total(all: &[Known<'_>]) -> Row {
    let mut row = empty(String::new());
    for known in all {
        add(&mut row, known.process);
    }
    row
}

fn empty(key: String) -> Row {
    Row { key, contracted: Some(Money::ZERO), paid: Some(Money::ZERO), ..Row::default() }
}

fn days(from: Date, to: Date) -> Option<u32> {
    u32::try_from((to - from).get_days()).ok()
}

/// From the announcement to the first contract. A tender called off, or still going on, is censored.
pub fn until_contract(process: &Process, today: Date) -> Option<Spell> {
    let from = process.opens_on.filter(|from| *from <= today)?;
    let signed = process.contracts.iter().filter_map(|contract| contract.signed_on).min();
    let to = match (signed, process.state) {
        (Some(signed), _) => signed,
        (None, TenderState::Cancelled | TenderState::Unsuccessful) => process.closes_on.unwrap_or(today),
        (None, _) => today,
    };
    Some(Spell { days: days(from, to.min(today))?, ended: signed.is_some_and(|signed| signed <= today) })
}

/// From signing to an early end of the first contract. A contract fulfilled, or still in force, is censored.
pub fn until_termination(process: &Process, today: Date) -> Option<Spell> {
    let contract =
        process.contracts.iter().filter(|one| one.signed_on.is_some()).min_by_key(|one| one.signed_on)?;
    let from = contract.signed_on.filter(|from| *from <= today)?;
    if let Some(end) = contract.termination.as_ref().filter(|end| end.on <= today) {
        return Some(Spell { days: days(from, end.on)?, ended: true });
    }
    let to = process.current_end(contract).map_or(today, |end| end.min(today)).max(from);
    Some(Spell { days: days(from, to)?, ended: false })
}
