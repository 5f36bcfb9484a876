//! What always holds, whatever the numbers.
#![expect(clippy::unwrap_used, reason = "the functions below only serve tests")]

use akimat_statistics::{Coefficient, Errors, Method, Request, Table, Target, Test, Value, run};
use proptest::prelude::*;

fn table(columns: &[(String, Vec<f64>)]) -> Table {
    let n = u32::try_from(columns[0].1.len()).unwrap();
    let cells = columns
        .iter()
        .map(|(name, values)| (name.clone(), values.iter().map(ToString::to_string).collect()))
        .collect();
    Table::new((2..2 + n).collect(), cells).unwrap()
}

fn columns() -> impl Strategy<Value = Vec<(String, Vec<f64>)>> {
    let n = 3_usize..25;
    n.prop_flat_map(|n| prop::collection::vec(prop::collection::vec(-50_i32..50, n), 2..5)).prop_map(
        |columns| {
            let name = |(at, values): (usize, Vec<i32>)| {
                (format!("c{at}"), values.into_iter().map(|value| f64::from(value) / 4.0).collect())
            };
            columns.into_iter().enumerate().map(name).collect()
        },
    )
}

proptest! {
    /// Whatever is asked of whatever cells: an answer or a refusal, and every figure that is there is finite.
    #[test]
    fn nothing_panics_and_no_figure_is_infinite(
        cells in prop::collection::vec(
            prop::collection::vec("[0-9]{0,3}|a|b|NaN|inf|1e308|-1e308|1e-308|0,5|1,234|", 0..20), 1..5),
        method in prop::sample::select(Method::ALL.to_vec()),
        errors in prop::sample::select(Errors::ALL.to_vec()),
        coefficient in prop::sample::select(Coefficient::ALL.to_vec()),
        test in prop::sample::select(Test::ALL.to_vec()),
        with_options in any::<bool>(),
    ) {
        let rows = u32::try_from(cells.iter().map(Vec::len).max().unwrap_or(0)).unwrap();
        let columns = cells.into_iter().enumerate().map(|(at, cells)| (format!("c{at}"), cells)).collect();
        let table = Table::new((2..2 + rows).collect(), columns).unwrap();
        let names: Vec<&str> = table.columns().iter().map(akimat_statistics::Column::name).collect();
        let (first, rest) = names.split_at(1);
        let mut request = Request::new(method, if with_options { rest } else { &names });
        (request.errors, request.coefficient, request.test) = (errors, coefficient, test);
        if with_options {
            request.outcome = Some(first[0].to_owned());
            request.group = rest.last().map(|name| (*name).to_owned());
            request.count = Some(first[0].to_owned());
            request.size = Some(10);
            request.targets = rest.iter().map(|name| Target {
                column: (*name).to_owned(), level: "a".to_owned(), share: 1.0 }).collect();
        }
        if let Ok(report) = run(&table, &request) {
            for row in report.sheets.iter().flat_map(|sheet| &sheet.rows) {
                prop_assert!(row.values.iter().filter_map(Value::as_number).all(f64::is_finite), "{row:?}");
            }
            let heads = |sheet: &akimat_statistics::Sheet| sheet.rows.iter().all(|row| {
                row.labels.len() == sheet.heads.len() && row.values.len() == sheet.figures.len()
            });
            prop_assert!(report.sheets.iter().all(heads));
            prop_assert!(!report.to_csv().is_empty());
            prop_assert_eq!(&report.to_json()["method"], method.code());
        }
    }

    /// The order of the rows says nothing.
    #[test]
    fn correlations_do_not_depend_on_the_order_of_rows(columns in columns()) {
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let mut turned = columns.clone();
        turned.iter_mut().for_each(|(_, values)| values.reverse());
        let request = Request::new(Method::Correlate, &names);
        let (one, other) = (run(&table(&columns), &request), run(&table(&turned), &request));
        prop_assert_eq!(one.is_ok(), other.is_ok());
        if let (Ok(one), Ok(other)) = (one, other) {
            for (a, b) in one.sheets[0].rows.iter().zip(&other.sheets[0].rows) {
                let (Some(a), Some(b)) = (a.values[1].as_number(), b.values[1].as_number()) else { continue };
                prop_assert!((a - b).abs() < 1e-12 && a.abs() <= 1.0);
            }
        }
    }

    /// Raking meets its targets, and the weights have mean one.
    #[test]
    fn raked_samples_have_the_target_margins(codes in prop::collection::vec((0_usize..2, 0_usize..3), 30..80), share in 0.2_f64..0.8) {
        let mut cells = vec![Vec::new(), Vec::new()];
        for (a, b) in codes.iter().chain(&[(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]) {
            cells[0].push(["f", "m"][*a].to_owned());
            cells[1].push(["x", "y", "z"][*b].to_owned());
        }
        let n = u32::try_from(cells[0].len()).unwrap();
        let names = ["sex".to_owned(), "area".to_owned()];
        let table = Table::new((2..2 + n).collect(), names.into_iter().zip(cells).collect()).unwrap();
        let mut request = Request::new(Method::Weights, &["sex", "area"]);
        let target = |column: &str, level: &str, share| Target { column: column.to_owned(), level: level.to_owned(), share };
        request.targets = vec![
            target("sex", "f", share), target("sex", "m", 1.0 - share),
            target("area", "x", 0.5), target("area", "y", 0.3), target("area", "z", 0.2),
        ];
        let report = run(&table, &request).unwrap();
        for row in &report.sheets[0].rows {
            prop_assert!((row.values[2].as_number().unwrap() - row.values[3].as_number().unwrap()).abs() < 1e-9);
        }
    }
}
