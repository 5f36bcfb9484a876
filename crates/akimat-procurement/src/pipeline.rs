//! What comes: planned and running tenders, for those who want to bid.

use crate::process::Process;
use crate::tally::Stage;
use akimat_core::Money;
use jiff::civil::Date;

/// What an entrepreneur asks of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Planned, taking bids, or being decided.
    pub stage: Stage,
    /// Day of the announcement, real or expected.
    pub opens_on: Option<Date>,
    /// It is only expected.
    pub expected: bool,
    /// Last day for bids.
    pub closes_on: Option<Date>,
    /// Days until then; `None` when it is not known or has passed.
    pub days_left: Option<i32>,
    /// Estimate.
    pub estimate: Option<Money>,
    /// The expected day has passed and nothing was announced.
    pub late: bool,
}

/// The chance that a process is; `None` once somebody was chosen or the tender failed.
pub fn chance(process: &Process, today: Date) -> Option<Chance> {
    let stage = Stage::of(process, today);
    if !matches!(stage, Stage::Planned | Stage::Tender) {
        return None;
    }
    let left = |day: Date| (today <= day).then(|| (day - today).get_days());
    Some(Chance {
        stage,
        opens_on: process.opens_on.or(process.planned_on),
        expected: process.opens_on.is_none(),
        closes_on: process.closes_on,
        days_left: process.closes_on.and_then(left),
        estimate: process.estimate,
        late: stage == Stage::Planned && process.planned_on.is_some_and(|day| day < today),
    })
}
