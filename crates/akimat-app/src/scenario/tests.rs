//! A base out of the lines of the cube.

use super::*;

fn kato(number: u32) -> KatoCode {
    KatoCode::from_number(number).unwrap()
}

fn total(code: u32, item: Item, detail: &str, amount: i64) -> FactTotal {
    let money = Money::from_tenge(amount);
    FactTotal {
        node: FactNode::Unit(kato(code)),
        year: 2024,
        key: LineKey { item, code: detail.to_owned() },
        amounts: Amounts { approved: money, amended: None, executed: money },
        n_units: akimat_storage::fact::StageCounts::default(),
        month_min: 12,
        month_max: 12,
    }
}

fn district(code: u32) -> Vec<(u8, FactTotal)> {
    [
        (Item::RevenueTotal, "", 100),
        (Item::Tax, "", 40),
        (Item::RevenueDetail, "1/04", 25),
        (Item::RevenueDetail, "1/04/1", 20),
        (Item::RevenueDetail, "1/05", 10),
        (Item::NonTax, "", 5),
        (Item::Transfers, "", 55),
        (Item::ExpenditureTotal, "", 90),
        (Item::FunctionalGroup, "01", 30),
        (Item::FunctionalGroup, "04", 60),
    ]
    .into_iter()
    .map(|(item, detail, amount)| (3, total(code, item, detail, amount)))
    .collect()
}

#[test]
fn a_budget_becomes_a_unit() {
    let people = BTreeMap::from([(kato(990_100_000), 1_000)]);
    let ((units, incomplete), stage) = units(&district(990_100_000), &[], &people);
    assert_eq!((stage, incomplete), (Stage::Executed, Vec::new()));
    let unit = &units[0];
    let tenge = |amount| Money::from_tenge(amount).unwrap();
    let taxes: Vec<(&str, Money)> = unit.taxes.iter().map(|(code, money)| (code.as_str(), *money)).collect();
    assert_eq!(
        taxes,
        [("1/04", tenge(25)), ("1/05", tenge(10))],
        "what lies in another tax is not counted twice"
    );
    assert_eq!((unit.other_own, unit.own()), (tenge(10), Some(tenge(45))));
    assert_eq!((unit.population, unit.administration), (Some(1_000), Some(tenge(30))));
    assert_eq!(unit.debt, None, "no line says what was repaid");
    assert_eq!(unit.history.len(), 1);
}

#[test]
fn what_is_not_stated_is_unknown_unless_the_rest_adds_up() {
    let mut lines = district(990_100_000);
    lines.retain(|(_, total)| total.key.item != Item::Transfers);
    assert_eq!(units(&lines, &[], &BTreeMap::new()).0.1, [kato(990_100_000)]);
    let mut lines = district(990_100_000);
    lines.retain(|(_, total)| total.key.item != Item::Transfers);
    lines[0].1 = total(990_100_000, Item::RevenueTotal, "", 45);
    let ((units, _), _) = units(&lines, &[], &BTreeMap::new());
    assert_eq!(units[0].transfers, Money::ZERO);
}

#[test]
fn one_state_for_all() {
    let mut lines = district(990_100_000);
    lines.extend(district(990_200_000));
    lines[10].1.month_min = 6;
    assert_eq!(stage(&lines), Stage::Approved);
    assert_eq!(stage(&[]), Stage::Approved);
}

#[test]
fn units_lie_in_one_another() {
    let ((mut units, _), _) = units(&district(990_100_000), &[], &BTreeMap::new());
    let okrug = Unit { code: kato(990_130_000), level: 4, ..units[0].clone() };
    let region = Unit { code: kato(990_000_000), level: 2, ..units[0].clone() };
    units.extend([okrug, region]);
    units.sort_by_key(|unit| unit.code);
    link(&mut units);
    let parents: Vec<Option<KatoCode>> = units.iter().map(|unit| unit.parent).collect();
    assert_eq!(parents, [None, Some(kato(990_000_000)), Some(kato(990_100_000))]);
    assert!(Base { year: 2024, units }.is_sound());
}
