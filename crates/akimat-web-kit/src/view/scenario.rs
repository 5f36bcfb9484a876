//! Scenarios as pages and the API both know them: the published limits and the whole result as JSON.

use akimat_app::scenario::ScenarioBase;
use akimat_scenario::{Fault, Limits, Outcome, Scenario};
use serde::Serialize;
use std::sync::LazyLock;

const LIMITS: &str = include_str!("../../../../data/scenario/limits.json");

/// Limits of the law and bands of the literature, with their sources.
pub fn limits() -> &'static Limits {
    static READ: LazyLock<Limits> =
        LazyLock::new(|| Limits::from_json(LIMITS).expect("the file is read by a test"));
    &READ
}

/// A scenario, its base and its results; amounts in tiyn.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    money_unit: &'static str,
    invented: bool,
    scenario: &'a Scenario,
    base: BaseBody<'a>,
    limits: &'static Limits,
    faults: &'a [Fault],
    outcomes: &'a [Outcome],
}

#[derive(Debug, Serialize)]
struct BaseBody<'a> {
    year: i16,
    stage: &'static str,
    units: &'a [akimat_scenario::Unit],
    incomplete: &'a [akimat_core::KatoCode],
}

/// Everything about a scenario that was run or refused.
pub fn document<'a>(
    base: &'a ScenarioBase,
    scenario: &'a Scenario,
    (faults, outcomes): (&'a [Fault], &'a [Outcome]),
) -> Document<'a> {
    Document {
        money_unit: "tiyn",
        invented: base.invented,
        scenario,
        base: BaseBody {
            year: base.base.year,
            stage: base.stage.code(),
            units: &base.base.units,
            incomplete: &base.incomplete,
        },
        limits: limits(),
        faults,
        outcomes,
    }
}

#[cfg(test)]
mod tests {
    use super::limits;

    #[test]
    fn the_limits_are_read() {
        let on = "2026-01-01".parse().unwrap();
        assert_eq!(limits().debt_service(on).map(|limit| limit.max), Some(1_000));
        assert_eq!(limits().bond_level(on).map(|limit| limit.max), Some(2));
        assert_eq!(limits().band(1_500).map(|band| band.code.as_str()), Some("yellow"));
    }
}
