//! A plan as a whole: its faults, its progress, its earned value, its curve, a pasted table.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use akimat_core::{Lang, Money, MoneyUnit, Text};
use akimat_delivery::earned::{Paid, Refusal, position};
use akimat_delivery::progress::{self, Basis, Payment};
use akimat_delivery::schedule::plan::{
    Item, ItemKind, LinkKind, Measure, Measured, MonthMoney, Plan, Span, Week,
};
use akimat_delivery::schedule::{Fault, FaultKind, faults, forecast, paste};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn money(tenge: i64) -> Money {
    Money::from_tenge(tenge).unwrap()
}

fn work(code: &str, (start, finish): (Date, Date), tenge: i64) -> Item {
    Item {
        id: format!("i{code}"),
        code: code.to_owned(),
        title: Text::same(code),
        expected: Span { start: Some(start), finish: Some(finish) },
        budget: Some(money(tenge)),
        ..Item::default()
    }
}

fn measured(mut item: Item, on: Date, done_bp: u16, how: Measured) -> Item {
    item.actual.start = item.expected.start;
    let id = format!("m{}", item.measures.len());
    item.measures.push(Measure { id, on, done_bp, how, note: String::new() });
    item
}

fn ended(mut item: Item) -> Item {
    item.actual = item.expected;
    item
}

fn plan(items: Vec<Item>) -> Plan {
    Plan { items, week: Week::Seven, ..Plan::default() }
}

fn approved(items: Vec<Item>) -> Plan {
    let mut plan = plan(items);
    plan.approve("b1".into(), date(2026, 1, 1), "Order 1".into(), String::new());
    plan
}

const TODAY: Date = date(2026, 6, 30);

/// "Explained with the example of building 10 houses, each has a value of 1,000, expected to be completed in 10 weeks":
/// at the end of week 4 three houses are done and 4,000 is spent. Published: PV 4,000, EV 3,000, AC 4,000, SV −1,000,
/// SPI 0.75 (scribd.com/document/350901411, project management definitions and formulas).
#[test]
fn ten_houses_in_ten_weeks() {
    let week = |n: i64| date(2026, 1, 1).checked_add(jiff::Span::new().days(7 * n)).unwrap();
    let house = |n: i64| {
        let last = week(n).checked_sub(jiff::Span::new().days(1)).unwrap();
        work(&n.to_string(), (week(n - 1), last), 1_000)
    };
    let mut items: Vec<Item> = (1..=10).map(house).collect();
    for item in items.iter_mut().take(3) {
        *item = ended(item.clone());
    }
    let plan = approved(items);
    let today = week(4).checked_sub(jiff::Span::new().days(1)).unwrap();
    let payments = [Payment { on: today, amount: money(4_000) }];
    let found = position(&plan, Paid { payments: &payments, total: None }, today);
    assert_eq!(found.pv, Some(money(4_000)));
    assert_eq!(found.ev, Some(money(3_000)));
    assert_eq!(found.ac, Some(money(4_000)));
    let earned = found.earned.unwrap();
    assert_eq!((earned.sv, earned.spi), (Some(-1_000.0), Some(0.75)));
    assert_eq!((earned.cv, earned.cpi), (-1_000.0, Some(0.75)));
    // Three weeks' worth is earned after four: SPI(t) is 3/4, and 70 days become 93 and a third.
    let schedule = found.schedule.unwrap();
    assert_eq!((schedule.es, schedule.spi_t), (21.0, Some(0.75)));
    assert_eq!(found.finish, date(2026, 1, 1).checked_add(jiff::Span::new().days(93)).ok());
    assert!(found.refused.is_empty());
}

#[test]
fn an_index_of_schedule_needs_a_record_of_the_work() {
    let span = (date(2026, 1, 1), date(2026, 12, 31));
    let check = |plan: &Plan, total: Option<Money>, expect: Refusal| {
        let found = position(plan, Paid { payments: &[], total }, TODAY);
        assert_eq!(found.refused, [expect]);
        let spi = found.earned.and_then(|earned| earned.spi);
        assert_eq!((spi, found.schedule.map(|own| own.es)), (None, None));
    };
    let paid = Some(money(500));
    let untouched = approved(vec![work("1", span, 1_000)]);
    check(&untouched, paid, Refusal::NothingRecorded);
    let mut begun = untouched.clone();
    begun.items[0].actual.start = Some(date(2026, 1, 10));
    check(&begun, paid, Refusal::Unmeasured(vec!["1".into()]));
    let spent = approved(vec![measured(work("1", span, 1_000), TODAY, 5_000, Measured::Spending)]);
    check(&spent, paid, Refusal::FromSpending(vec!["1".into()]));
    // The index of cost is still shown, and says by which figures.
    let found = position(&spent, Paid { payments: &[], total: paid }, TODAY);
    assert_eq!(found.earned.unwrap().cpi, Some(1.0));
    let mut none = measured(work("1", span, 1_000), TODAY, 5_000, Measured::Units);
    none.budget = None;
    check(&approved(vec![none.clone()]), paid, Refusal::NoBudget);
    none.budget = Some(money(1_000));
    check(&plan(vec![none]), paid, Refusal::NoBaseline);
}

#[test]
fn a_finished_project_stops_the_clock() {
    let done = ended(work("1", (date(2026, 1, 1), date(2026, 3, 31)), 1_000));
    let plan = approved(vec![done]);
    let paid = Paid { payments: &[], total: Some(money(900)) };
    let found = position(&plan, paid, date(2027, 1, 1));
    assert_eq!(found.schedule.unwrap().spi_t, Some(1.0));
    assert_eq!(found.finish, Some(date(2026, 3, 31)));
}

fn kinds_of(plan: &Plan) -> Vec<FaultKind> {
    faults(plan, TODAY).into_iter().map(|Fault { kind, .. }| kind).collect()
}

#[test]
fn every_fault_has_its_name() {
    let span = (date(2026, 1, 1), date(2026, 2, 1));
    let one = |change: fn(&mut Item)| {
        let mut item = work("1", span, 10);
        change(&mut item);
        kinds_of(&plan(vec![item]))
    };
    assert_eq!(one(|_| ()), []);
    assert_eq!(one(|item| item.title = Text::default()), [FaultKind::TitleMissing]);
    assert_eq!(one(|item| item.code = "1.a".into()), [FaultKind::BadCode]);
    assert_eq!(one(|item| item.code = "2.1".into()), [FaultKind::NoParent { parent: "2".into() }]);
    assert_eq!(one(|item| item.expected.finish = Some(date(2025, 1, 1))), [FaultKind::EndsBeforeStart]);
    assert_eq!(one(|item| item.expected.finish = None), [FaultKind::DateMissing]);
    assert_eq!(one(|item| item.expected.finish = Some(date(9026, 1, 1))), [FaultKind::FarDate]);
    assert_eq!(one(|item| item.actual.finish = Some(date(2026, 1, 2))), [FaultKind::EndWithoutStart]);
    assert_eq!(one(|item| item.actual.start = Some(date(2026, 7, 1))), [FaultKind::InTheFuture]);
    assert_eq!(one(|item| item.kind = ItemKind::Milestone), [FaultKind::MilestoneTakesTime]);
    assert_eq!(one(|item| item.budget = Some(money(-1))), [FaultKind::NegativeMoney]);
    assert_eq!(one(|item| item.weight = Some(0)), [FaultKind::WeightsZero]);
    let months = |item: &mut Item| {
        item.months = vec![MonthMoney { month: date(2026, 1, 1), amount: Money::from_tiyn(5) }];
    };
    let differ = FaultKind::MonthsDiffer { months: Money::from_tiyn(5), budget: money(10) };
    assert_eq!(one(months), [differ]);
    let beyond = |item: &mut Item| *item = measured(item.clone(), TODAY, 10_001, Measured::Units);
    assert_eq!(one(beyond), [FaultKind::Beyond100]);
    assert_eq!(
        kinds_of(&plan(vec![work("1", span, 1), work("1", span, 1)])),
        [FaultKind::SameCode, FaultKind::SameCode]
    );
}

#[test]
fn faults_between_items_have_names_too() {
    let span = (date(2026, 1, 1), date(2026, 2, 1));
    let mut stage = work("1", span, 1);
    stage.budget = None;
    let outside = work("1.1", (date(2026, 1, 1), date(2026, 3, 1)), 1);
    let kind =
        FaultKind::OutsideParent { parent: "1".into(), start: date(2026, 1, 1), finish: date(2026, 2, 1) };
    assert_eq!(kinds_of(&plan(vec![stage.clone(), outside])), [kind]);
    let mut plan = plan(vec![stage, work("1.1", span, 1), work("2", span, 1), work("3", span, 1)]);
    let set = |plan: &mut Plan, code: &str, text: &str| {
        let waits = paste::waits(text).unwrap();
        paste::set_waits(plan, &format!("i{code}"), &waits);
    };
    set(&mut plan, "2", "9; 2; 1");
    let unknown = FaultKind::UnknownPredecessor { code: "9".into() };
    let stage = FaultKind::LinkToStage { code: "1".into() };
    assert_eq!(kinds_of(&plan), [unknown, FaultKind::WaitsForItself, stage]);
    set(&mut plan, "2", "3");
    set(&mut plan, "3", "1.1SS+4");
    set(&mut plan, "1.1", "2");
    let [FaultKind::Cycle { codes }] = &kinds_of(&plan)[..] else { panic!("{:?}", kinds_of(&plan)) };
    let mut codes = codes.clone();
    codes.sort();
    assert_eq!(codes, ["1.1", "2", "3"]);
    set(&mut plan, "1.1", "");
    assert_eq!(kinds_of(&plan), []);
    plan.items[2].weight = Some(5);
    assert_eq!(kinds_of(&plan), [FaultKind::WeightMissing, FaultKind::WeightMissing]);
}

#[test]
fn the_network_starts_from_today() {
    // On a week of seven days: A was to end on 20 June and has not, B waits for A, C is free.
    let mut a = work("1", (date(2026, 6, 1), date(2026, 6, 20)), 1);
    a.actual.start = a.expected.start;
    let b = work("2", (date(2026, 6, 21), date(2026, 6, 30)), 1);
    let c = work("3", (date(2026, 7, 1), date(2026, 7, 5)), 1);
    let mut plan = plan(vec![a, b, c]);
    paste::set_waits(&mut plan, "i2", &paste::waits("1").unwrap());
    let found = forecast(&plan, TODAY).unwrap().unwrap();
    assert_eq!(found.item("i1").unwrap().early.finish, Some(TODAY));
    assert_eq!(found.item("i2").unwrap().early.start, Some(date(2026, 7, 1)));
    assert_eq!(found.finish, date(2026, 7, 10));
    assert_eq!(found.chain, ["i1", "i2"]);
    assert_eq!(found.item("i2").unwrap().beyond_days, 10);
    let c = found.item("i3").unwrap();
    assert_eq!((c.total_float, c.critical), (5, false));
    assert!(found.item("i1").unwrap().critical);
    assert_eq!(found.holidays_known_to, None);
}

#[test]
fn progress_is_weighed_and_the_gap_is_flagged() {
    let span = (date(2026, 1, 1), date(2026, 12, 31));
    let half = measured(work("1", span, 300), TODAY, 5_000, Measured::Units);
    let plan = approved(vec![half.clone(), work("2", span, 100)]);
    let found = progress::physical(&plan, TODAY).unwrap();
    assert_eq!((found.done_bp, found.basis), (3_750, Basis::Money));
    let mut weighed = plan.clone();
    (weighed.items[0].weight, weighed.items[1].weight) = (Some(1), Some(3));
    assert_eq!(progress::physical(&weighed, TODAY).unwrap().done_bp, 1_250);
    assert_eq!(progress::physical(&approved(vec![work("1", span, 1)]), TODAY), None);
    let gap = progress::gap(3_750, (Some(money(300)), Some(money(400))), 1_500).unwrap();
    assert_eq!((gap.paid_bp, gap.gap_bp, gap.flagged), (7_500, 3_750, true));
    assert!(progress::gap(3_750, (None, Some(money(1))), 0).is_none());
    // The last measurement on or before the day counts.
    let later = measured(half, date(2026, 7, 5), 9_000, Measured::Expert);
    assert_eq!(progress::done_bp(&later, TODAY), Some(5_000));
}

#[test]
fn a_pasted_table_becomes_a_plan_or_names_its_cells() {
    let text = "Код\tИсі\tБасталуы\tАяқталуы\tНеден кейін\tСалмақ\tСома\tЖауапты\n\
        1\tЖер жұмыстары\t\t\t\t\t\t\n\
        1.1\tҚазу\t2026-06-01\t10.06.2026\t\t2\t1 500,5\tҚурылыс бөлімі\n\
        1.2\tТөсеу\t11.06.2026\t2026-06-20\t1.1FS+1\t3\t2000\t\n\
        2\tҚабылдау\t\t2026-06-25\t1.2\t\t\t\n";
    let found = paste::table(&Plan::default(), text, (Lang::Kk, MoneyUnit::ThousandTenge)).unwrap();
    assert_eq!(faults(&found, TODAY), []);
    assert_eq!(found.items.len(), 4);
    assert_eq!(found.outline().budget(0), Some(Money::from_tiyn(350_050_000)));
    assert_eq!(found.items[3].kind, ItemKind::Milestone);
    assert_eq!(paste::waits_text(&found, &found.items[2].id), "1.1FS+1");
    assert_eq!(found.links[0].kind, LinkKind::Fs);
    // Pasted again, items keep what was measured.
    let mut worked = found.clone();
    worked.items[1] = measured(worked.items[1].clone(), TODAY, 100, Measured::Units);
    let again = paste::table(&worked, text, (Lang::Kk, MoneyUnit::ThousandTenge)).unwrap();
    assert_eq!(again.items[1].measures, worked.items[1].measures);
    let wrong = "1\tA\tsoon\t2026-06-01\tafter\theavy\tmuch\n;B\n";
    let found = paste::table(&Plan::default(), wrong, (Lang::En, MoneyUnit::Tenge)).unwrap_err();
    let told: Vec<(usize, &str)> = found.iter().map(|own| (own.row, own.column)).collect();
    let expect = [(1, "start"), (1, "weight"), (1, "budget"), (1, "predecessors"), (2, "code")];
    assert_eq!(told, expect);
}

fn plans() -> impl Strategy<Value = Plan> {
    let item = (0_i32..300, 1_i32..200, 0_i64..1_000_000, 0_u16..=10_000, any::<bool>());
    prop::collection::vec(item, 1..8).prop_map(|items| {
        let day = |days: i32| date(2026, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let items = items.into_iter().enumerate().map(|(at, (start, days, tiyn, done, begun))| {
            let mut item = work(&(at + 1).to_string(), (day(start), day(start + days)), 0);
            item.budget = Some(Money::from_tiyn(tiyn));
            if begun && start <= 180 { measured(item, TODAY, done, Measured::Units) } else { item }
        });
        approved(items.collect())
    })
}

proptest! {
    /// Planned value never falls, begins with nothing and ends with exactly the whole budget.
    #[test]
    fn the_planned_curve_rises_to_the_budget(plan in plans()) {
        let items = &plan.baseline().unwrap().items;
        let total = Money::checked_sum(items.iter().filter_map(|item| item.budget)).unwrap();
        prop_assert_eq!(progress::planned_value(items, date(2025, 12, 31)), Money::ZERO);
        prop_assert_eq!(progress::planned_value(items, date(2029, 1, 1)), total);
        let days: Vec<Date> = date(2026, 1, 1).series(jiff::Span::new().days(30)).take(20).collect();
        for pair in days.windows(2) {
            prop_assert!(progress::planned_value(items, pair[0]) <= progress::planned_value(items, pair[1]));
        }
        let ev = progress::earned_value(&plan.outline(), items, TODAY);
        prop_assert!(Money::ZERO <= ev && ev <= total);
        if let Some(curve) = progress::curve(&plan, &[], TODAY) {
            prop_assert_eq!(curve.planned.last().copied().flatten(), Some(total));
            let done = progress::earned_value(&plan.outline(), items, TODAY);
            // Rounded down for each item.
            let ends = curve.forecast.last().copied().flatten().unwrap();
            prop_assert!((total.tiyn() - ends.tiyn()).abs() <= i64::try_from(items.len()).unwrap() * 2);
            prop_assert!(ends >= done);
        }
    }

    /// No text makes the reader of tables panic, and what it takes is a plan.
    #[test]
    fn any_text_is_a_table_or_faults(text in ".{0,200}") {
        let _ = paste::table(&Plan::default(), &text, (Lang::Ru, MoneyUnit::MillionTenge));
        let _ = paste::waits(&text);
    }
}
