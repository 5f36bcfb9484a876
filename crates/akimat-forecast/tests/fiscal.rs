//! The forecast of a fiscal year: what it may see, what it refuses, and how well it does on the shared data.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

#[path = "../examples/fiscal_year/data.rs"]
mod data;
#[path = "../examples/fiscal_year/score.rs"]
mod score;

use akimat_forecast::fiscal::{
    FiscalBook, FiscalLine, FiscalRefusal, FiscalYear, Origin, Rule, YearForecast,
};
use std::path::PathBuf;

/// A year whose months bring `flows`, with one plan all year.
fn year(year: i16, plan: f64, flows: [f64; 12]) -> FiscalYear {
    let mut own = FiscalYear::new(year);
    let mut sum = 0.0;
    for (month, flow) in flows.into_iter().enumerate() {
        sum += flow;
        own.plan[month] = Some(plan);
        own.executed[month] = Some(sum);
    }
    own
}

/// Fourteen lines of two groups over five years: an even year and a heavy December, growing by a tenth, with a little
/// that differs from line to line and year to year.
fn panel() -> Vec<FiscalLine> {
    let line = |i: u32| {
        let years = (0..5_u32).map(|t| {
            let level = 100.0 * (1.0 + f64::from(i)) * 1.1_f64.powi(i32::try_from(t).unwrap());
            let wobble = 1.0 + 0.02 * (f64::from((i * 7 + t * 5) % 11) - 5.0) / 5.0;
            let mut flows = [level * wobble; 12];
            if i % 2 == 1 {
                flows[11] *= 4.0;
            }
            let plan = level * if i % 2 == 1 { 16.0 } else { 12.5 };
            year(i16::try_from(2020 + t).unwrap(), plan, flows)
        });
        FiscalLine { id: format!("line {i}"), group: format!("group {}", i % 2), years: years.collect() }
    };
    (0..14).map(line).collect()
}

fn june(lines: &[FiscalLine]) -> Vec<Result<YearForecast, FiscalRefusal>> {
    FiscalBook::new(lines, Origin { year: 2024, month: 6 }).unwrap().forecasts(&[80, 95]).unwrap()
}

#[test]
fn a_forecast_sees_nothing_later_than_its_date() {
    let lines = panel();
    let mut later = lines.clone();
    for line in &mut later {
        let own = line.years.iter_mut().find(|year| year.year == 2024).unwrap();
        for month in 6..12 {
            own.plan[month] = Some(9e9);
            own.executed[month] = Some(8e9);
        }
        line.years.push(year(2025, 1e9, [1e8; 12]));
    }
    assert_eq!(june(&lines), june(&later));
}

#[test]
fn a_heavy_december_is_expected() {
    let lines = panel();
    for (line, forecast) in lines.iter().zip(june(&lines)) {
        let forecast = forecast.unwrap();
        let fact = line.year(2024).unwrap().total().unwrap();
        let error = (forecast.total - fact).abs() / fact;
        assert!(error < 0.06, "{}: {error}", line.id);
        let december = line.group == "group 1";
        assert!(!december || forecast.error().unwrap() < forecast.error_of(Rule::Linear).unwrap());
        let last = forecast.months.last().unwrap();
        assert_eq!((last.month, last.cumulative), (12, forecast.total));
        assert!(forecast.months.windows(2).all(|pair| pair[0].cumulative <= pair[1].cumulative));
        assert!(forecast.total >= forecast.floor && forecast.floor == forecast.executed);
        let weights: f64 = forecast.parts.iter().map(|part| part.weight).sum();
        assert!((weights - 1.0).abs() < 1e-12);
        for pair in forecast.intervals.windows(2) {
            assert!(pair[1].low <= pair[0].low && pair[0].high <= pair[1].high);
            assert!(pair[1].low >= forecast.floor);
        }
    }
}

#[test]
fn only_a_line_that_saw_corrections_may_end_below_what_is_executed() {
    let mut lines = panel();
    let own = lines[0].years.iter_mut().find(|year| year.year == 2022).unwrap();
    let june = own.executed[5].unwrap();
    own.executed[6] = Some(0.9 * june);
    let forecast = self::june(&lines)[0].clone().unwrap();
    assert!((forecast.floor - 0.9 * forecast.executed).abs() < 1e-9);
}

#[test]
fn few_former_years_vouch_for_few_levels() {
    let lines = &panel()[..3];
    let forecast = june(lines)[0].clone().unwrap();
    // Three lines and three former years that had a year before are nine pairs: enough for 80 %, not for 95 % nor
    // for a probability.
    assert_eq!(forecast.intervals.iter().map(|own| own.level).collect::<Vec<_>>(), [80]);
    assert_eq!((forecast.refused[0].have, forecast.refused[0].need), (9, 39));
    assert_eq!(forecast.under_execution, None);
    let all = june(&panel())[0].clone().unwrap();
    assert_eq!(all.intervals.len(), 2);
    // The even lines execute 96 % of their plans, give or take two.
    assert!((0.0..0.6).contains(&all.under_execution.unwrap()));
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    let lines = panel();
    let check = |year, month, want| {
        assert_eq!(FiscalBook::new(&lines, Origin { year, month }).err(), want);
    };
    check(2024, 0, Some(FiscalRefusal::BadMonth { month: 0 }));
    check(2024, 12, Some(FiscalRefusal::BadMonth { month: 12 }));
    check(2020, 6, Some(FiscalRefusal::NoFormerYear));
    let book = FiscalBook::new(&lines, Origin { year: 2025, month: 2 }).unwrap();
    assert_eq!(book.forecasts(&[100]), Err(FiscalRefusal::BadLevel { level: 100 }));
    let missing = book.forecasts(&[80]).unwrap().remove(0);
    assert_eq!(missing, Err(FiscalRefusal::NoExecution { year: 2025, month: 2 }));
}

#[test]
fn the_unit_does_not_matter() {
    let lines = panel();
    let mut thousand = lines.clone();
    for own in thousand.iter_mut().flat_map(|line| &mut line.years) {
        let scaled = |value: Option<f64>| value.map(|value| value * 1_000.0);
        own.plan = own.plan.map(scaled);
        own.executed = own.executed.map(scaled);
    }
    for (one, other) in june(&lines).into_iter().zip(june(&thousand)) {
        let (one, other) = (one.unwrap(), other.unwrap());
        assert!((1_000.0 * one.total - other.total).abs() < 1e-6 * other.total);
    }
}

#[test]
fn cities_of_ukraine_in_2023_and_2024() {
    let root = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(root);
    let path = root.join("data/public-finance/ua_city_plan_and_execution.csv.gz");
    if !path.exists() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "the shared data are missing");
        println!("SKIPPED: the shared data are not here");
        return;
    }
    let lines = data::read(&path).unwrap();
    let mut sums = score::Sums::default();
    for (year, month) in [(2023, 4), (2023, 9), (2024, 2), (2024, 6)] {
        sums.add(&score::score(&lines, Origin { year, month }, &[]));
    }
    assert!(sums.n > 1_600.0);
    let [own, rules @ ..] = sums.errors.map(|error| error / sums.n);
    // docs/method/fiscal-year.md: 15.7 % against 20.7 % of the best simple rule over all months of both years.
    assert!(own < 0.175, "{own}");
    assert!(rules.iter().all(|rule| own < 0.97 * rule), "{own}: {rules:?}");
    for (i, (least, most)) in [(0.78, 0.90), (0.93, 0.98)].into_iter().enumerate() {
        let holds = sums.inside[i] / sums.of[i];
        assert!((least..most).contains(&holds), "{holds}");
    }
}
