//! What if: levers of fiscal decentralisation applied to the budgets of one year.
//!
//! A [`Base`] (what the units of a territory received and spent) and a [`Scenario`] (a list of [`Lever`]s) go
//! in; an [`Outcome`] for each of three [`Case`]s comes out: every unit before and after, inequality, who wins
//! and who loses. Accounting identities hold to the tiyn; every behavioural parameter is a range; every number
//! of the law is a dated parameter ([`Limits`]).
//!
//! Reading order: [`base`], [`lever`], [`scenario`], [`check`](mod@check), [`apply`], [`outcome`].
//!
//! # Rounding
//! A share of an amount is rounded to the tiyn by the largest remainder: everybody gets the whole tiyn of the
//! exact share, and the tiyn that are left go to the largest remainders; of equal remainders the unit with the
//! lower code comes first.
//!
//! # Source
//! The formulas and their sources are in `docs/method/scenario.md`.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod apply;
pub mod base;
pub mod bond;
pub mod check;
pub mod fault;
pub mod inequality;
pub mod lever;
pub mod limit;
pub mod outcome;
pub mod scenario;
pub mod share;

pub use apply::{Refused, run, run_case};
pub use base::{Base, DebtFigures, Unit, YearFigures};
pub use fault::{Fault, FaultKind};
pub use inequality::Inequality;
pub use lever::{
    Bond, BondForm, Case, Equalisation, Funding, Lever, Merger, Method, MunicipalTax, Need, Participatory,
    PhaseDown, Range, Retention, TaxBase,
};
pub use limit::{Band, Limit, Limits};
pub use outcome::{BondOutcome, Breach, Figures, LevelOutcome, Outcome, Stability, Totals, UnitOutcome};
pub use scenario::{Scenario, ScenarioError};
