use super::*;

fn sum() -> Measure {
    Measure { stage: Stage::Executed, aggregate: Aggregate::Sum }
}

/// A question that can be answered; each case spoils or mends one thing.
fn good() -> AdHoc {
    AdHoc {
        by: vec![Dimension::Region, Dimension::Year],
        filter: FactFilter { levels: vec![3], items: vec![Item::Tax], ..FactFilter::default() },
        measures: vec![sum()],
        latest: true,
        limit: 100,
    }
}

fn check(change: impl FnOnce(&mut AdHoc), expected: Result<(), AdHocFault>) {
    let mut question = good();
    change(&mut question);
    assert_eq!(question.check(), expected, "{question:?}");
}

#[test]
fn what_would_count_twice_is_refused() {
    check(|_| {}, Ok(()));
    check(|q| q.filter.levels.clear(), Err(AdHocFault::MixesLevels));
    check(|q| q.filter.levels.push(4), Err(AdHocFault::MixesLevels));
    check(
        |q| {
            q.filter.levels.clear();
            q.by.push(Dimension::Level);
        },
        Ok(()),
    );
    check(|q| q.latest = false, Err(AdHocFault::MixesMonths));
    check(
        |q| {
            q.latest = false;
            q.filter.months = vec![6];
        },
        Ok(()),
    );
    check(|q| q.filter.items.clear(), Err(AdHocFault::MixesLines));
    check(|q| q.filter.items = vec![Item::Tax, Item::NonTax, Item::Transfers], Ok(()));
    check(|q| q.filter.items = vec![Item::Tax, Item::RevenueTotal], Err(AdHocFault::MixesLines));
    check(|q| q.filter.items = vec![Item::Loans, Item::LoanRepayment], Err(AdHocFault::MixesLines));
    check(|q| q.filter.items = vec![Item::FunctionalGroup], Ok(()));
    check(|q| q.filter.items = vec![Item::FunctionalDetail], Err(AdHocFault::MixesLines));
    check(
        |q| {
            q.filter.items = vec![Item::FunctionalDetail];
            q.filter.depth = Some(4);
        },
        Ok(()),
    );
    check(
        |q| {
            q.filter.items.clear();
            q.by = vec![Dimension::Item, Dimension::Code];
        },
        Ok(()),
    );
}

#[test]
fn the_least_and_the_count_are_free() {
    let least = Measure { stage: Stage::Approved, aggregate: Aggregate::Min };
    check(
        |q| {
            q.filter = FactFilter::default();
            q.latest = false;
            q.measures = vec![least];
        },
        Ok(()),
    );
}

#[test]
fn a_question_has_a_shape() {
    check(|q| q.measures.clear(), Err(AdHocFault::NoMeasure));
    check(|q| q.by.push(Dimension::Year), Err(AdHocFault::Repeated));
    check(|q| q.limit = 0, Err(AdHocFault::Limit));
    check(|q| q.limit = ROWS_MAX + 1, Err(AdHocFault::Limit));
    check(|q| q.by = Dimension::ALL.to_vec(), Err(AdHocFault::TooMuch));
    #[expect(clippy::reversed_empty_ranges, reason = "that is the case")]
    check(|q| q.filter.years = Some(2026..=2020), Err(AdHocFault::Years));
    check(|q| q.filter.levels = vec![7], Err(AdHocFault::Value));
    check(|q| q.filter.months = vec![13], Err(AdHocFault::Value));
    check(|q| q.filter.groups = vec!["4".to_owned()], Err(AdHocFault::Value));
}

#[test]
fn a_unit_lies_in_a_district() {
    let code = |number| KatoCode::from_number(number).unwrap();
    assert_eq!(district_of(code(990_000_000)), None);
    assert_eq!(district_of(code(990_100_000)), Some(code(990_100_000)));
    assert_eq!(district_of(code(990_134_000)), Some(code(990_100_000)));
    assert_eq!((depth_of(""), depth_of("04"), depth_of("04/1/464")), (0, 1, 3));
}
