//! Contradictory assumptions, each with the fields to blame.

use crate::build::{TAX, kato, limits, region, three};
use akimat_scenario::check::check;
use akimat_scenario::{
    Bond, BondForm, Case, Equalisation, Funding, Lever, Merger, Method, MunicipalTax, Need, Participatory,
    PhaseDown, Range, Retention, Scenario, TaxBase, run_case,
};

fn found(levers: Vec<Lever>) -> Vec<(String, &'static str)> {
    let scenario = Scenario { levers, ..Scenario::new(2024, None) };
    let faults = check(&region(), &scenario);
    faults.into_iter().map(|fault| (fault.fields.join(" "), fault.kind.code())).collect()
}

#[track_caller]
fn refused(levers: Vec<Lever>, expect: &[(&str, &str)]) {
    let found = found(levers);
    let found: Vec<(&str, &str)> = found.iter().map(|(fields, code)| (fields.as_str(), *code)).collect();
    assert_eq!(found, expect);
}

fn retention(from: u8, to: u8, share: i64) -> Lever {
    Lever::Retention(Retention { tax: TAX.to_owned(), from, to, share, response: Range::default() })
}

fn equalisation(method: Method, funding: Funding) -> Lever {
    Lever::Equalisation(Equalisation { level: 3, method, need: Need::Population, funding })
}

fn merger(into: u32, units: &[u32]) -> Lever {
    let units = units.iter().map(|code| kato(*code)).collect();
    Lever::Merger(Merger { into: kato(into), units, saving: Range::default() })
}

#[test]
fn shares_of_one_tax() {
    refused(
        vec![retention(3, 4, 6_000), retention(3, 2, 5_000), retention(4, 3, 10_000)],
        &[("levers.0.share levers.1.share", "shares_above_100")],
    );
    refused(
        vec![retention(3, 3, 0)],
        &[("levers.0.share", "out_of_bounds"), ("levers.0.from levers.0.to", "same_level")],
    );
    let strange = Retention { tax: "1/09".to_owned(), from: 1, to: 4, share: 1, response: Range::default() };
    refused(vec![Lever::Retention(strange)], &[("levers.0.from", "no_such_level")]);
    let no_tax = Retention { tax: "1/09".to_owned(), from: 3, to: 4, share: 1, response: Range::default() };
    refused(vec![Lever::Retention(no_tax)], &[("levers.0.tax levers.0.from", "no_such_tax")]);
}

#[test]
fn the_same_transfers() {
    let phase_down =
        PhaseDown { level: 3, per_year: 1_000, own_min: 6_000, n_years: 3, debt_service_max: None };
    refused(
        vec![equalisation(Method::Linear { fill: 5_000 }, Funding::Between), Lever::PhaseDown(phase_down)],
        &[("levers.0.level levers.1.level", "same_transfers")],
    );
    refused(
        vec![equalisation(Method::Grant { fill: 5_000 }, Funding::Between)],
        &[("levers.0.method levers.0.funding", "not_between")],
    );
}

#[test]
fn mergers() {
    refused(vec![merger(990_130_000, &[990_140_000, 990_140_000])], &[("levers.0.units", "twice_merged")]);
    refused(vec![merger(990_130_000, &[990_230_000])], &[("levers.0.into levers.0.units", "not_neighbours")]);
    refused(vec![merger(990_130_000, &[])], &[("levers.0.units", "nothing_merged")]);
    refused(vec![merger(990_990_000, &[990_140_000])], &[("levers.0.into", "no_such_unit")]);
}

#[test]
fn bounds_and_ranges() {
    let tax = MunicipalTax {
        level: 4,
        base: TaxBase::Tax { code: TAX.to_owned(), rate: 0 },
        rate: 10_001,
        exempt: -1,
        collection: Range { low: 9_000, central: 8_000, high: 9_500 },
        elasticity: Range::default(),
    };
    let bond = Bond { level: 3, share: 0, rate: Range::point(100), years: 31, form: BondForm::Annuity };
    let part = Participatory { level: 2, share: 100, statutory: 10_000 };
    refused(
        vec![Lever::MunicipalTax(tax), Lever::Bond(bond), Lever::Participatory(part)],
        &[
            ("levers.0.rate", "out_of_bounds"),
            ("levers.0.exempt", "out_of_bounds"),
            ("levers.0.collection", "range_order"),
            ("levers.0.base_rate", "out_of_bounds"),
            ("levers.1.share", "out_of_bounds"),
            ("levers.1.years", "out_of_bounds"),
            ("levers.2.share levers.2.statutory", "share_of_nothing"),
        ],
    );
}

#[test]
fn what_is_unknown_is_not_guessed() {
    let mut base = three();
    base.units[1].population = None;
    base.units[2].administration = None;
    let levers = vec![
        equalisation(Method::Linear { fill: 5_000 }, Funding::Between),
        merger(990_100_000, &[990_300_000]),
    ];
    let scenario = Scenario { levers, ..Scenario::new(2024, None) };
    let codes: Vec<_> = check(&base, &scenario).into_iter().map(|fault| fault.kind.code()).collect();
    assert_eq!(codes, ["population_unknown", "administration_unknown"]);
    assert!(run_case(&base, &scenario, &limits(), Case::Low).is_err());
}

#[test]
fn hostile_texts_are_no_scenarios() {
    for text in ["", "{}", "[]", "{\"format\":2,\"base_year\":2024,\"years\":1,\"levers\":[]}", "\u{0}"] {
        assert!(Scenario::from_json(text).is_err(), "{text:?}");
    }
    assert!(Scenario::from_json(&" ".repeat(300_000)).is_err());
    let scenario =
        Scenario { levers: vec![retention(3, 4, 6_000)], ..Scenario::new(2024, Some(kato(990_000_000))) };
    assert_eq!(Scenario::from_json(&scenario.to_json()).expect("its own JSON"), scenario);
}
