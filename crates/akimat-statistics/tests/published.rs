//! The published studies' own figures: what can be recomputed comes out, what the data do not carry is refused.
//! Sources: docs/method/statistics.md and data/statistics/README.md.

use akimat_statistics::distribution::{critical_r, normal_two_sided_quantile};
use akimat_statistics::frequency::wilson;
use akimat_statistics::{Method, Request, Table, Value, run};

fn value(found: Option<&Value>) -> f64 {
    found.and_then(Value::as_number).expect("the figure is there")
}

#[test]
fn wilson_intervals_of_the_resident_survey() {
    // Abdullayev, Kadirova, Ydyrys, Bonenfant, Table 1, n = 120. The figures of section 7 of the domain page start
    // from the printed percentages (and print 50.0 where 49.946 is exact); whole persons give bounds up to 0.3 points lower or higher.
    let cases = [
        (61, 73, ["52.1", "69.3"], ["51.9", "69.1"]),
        (14, 17, ["8.9", "21.3"], ["9.0", "21.5"]),
        (22, 26, ["15.5", "30.2"], ["15.2", "29.9"]),
        (48, 58, ["39.3", "56.9"], ["39.6", "57.2"]),
        (41, 49, ["32.6", "49.9"], ["32.5", "49.8"]),
    ];
    for (percent, yes, of_percent, of_persons) in cases {
        let z = normal_two_sided_quantile(0.05);
        let (low, high) = wilson(f64::from(percent) / 100.0, 120.0, z);
        assert_eq!([low, high].map(|bound| format!("{:.1}", 100.0 * bound)), of_percent, "{percent} %");
        let persons = [yes.to_string(), (120 - yes).to_string()];
        let table =
            Table::of(&[("answer", &["yes", "no"]), ("persons", &[&persons[0], &persons[1]])]).unwrap();
        let mut request = Request::new(Method::Frequency, &["answer"]);
        request.count = Some("persons".to_owned());
        let report = run(&table, &request).unwrap();
        let bound =
            |figure| format!("{:.1}", 100.0 * value(report.value("frequency", &["answer", "yes"], figure)));
        assert_eq!(
            (report.n, ["low", "high"].map(bound)),
            (120, of_persons.map(str::to_owned)),
            "{yes} of 120"
        );
    }
}

#[test]
fn table_6_has_rank_four_and_only_two_significant_pairs_with_five_observations() {
    let names = ["projects", "transfers", "own", "development", "social", "local", "completed"];
    let columns: [&[&str]; 7] = [
        &["1", "0.768", "0.605", "0.786", "0.824", "0.247", "-0.399"],
        &["0.768", "1", "0.701", "0.677", "0.930", "0.489", "-0.408"],
        &["0.605", "0.701", "1", "0.679", "0.729", "0.164", "-0.594"],
        &["0.786", "0.677", "0.679", "1", "0.895", "0.656", "0.021"],
        &["0.824", "0.930", "0.729", "0.895", "1", "0.657", "-0.189"],
        &["0.247", "0.489", "0.164", "0.656", "0.657", "1", "0.575"],
        &["-0.399", "-0.408", "-0.594", "0.021", "-0.189", "0.575", "1"],
    ];
    let table = Table::of(&names.into_iter().zip(columns).collect::<Vec<_>>()).unwrap();
    let mut request = Request::new(Method::Matrix, &names);
    request.size = Some(5);
    let report = run(&table, &request).unwrap();
    let eigenvalues: Vec<String> = (1..=7)
        .map(|order| {
            format!("{:.4}", value(report.value("eigenvalues", &[&order.to_string()], "eigenvalue")))
        })
        .collect();
    assert_eq!(eigenvalues, ["4.4269", "1.8193", "0.3961", "0.3540", "0.0020", "0.0011", "0.0004"]);
    let codes: Vec<_> = report.warnings.iter().map(akimat_statistics::Warning::code).collect();
    assert!(codes.contains(&"rank_deficient"), "{codes:?}");
    assert_eq!(format!("{:.3}", critical_r(5, 0.05).unwrap()), "0.878");
    let pairs = report.sheets.iter().find(|sheet| sheet.code == "printed_pairs").unwrap();
    let significant: Vec<f64> = pairs
        .rows
        .iter()
        .filter(|row| row.values[2] == Value::Word("yes"))
        .filter_map(|row| row.values[0].as_number())
        .collect();
    assert_eq!((pairs.rows.len(), significant), (21, vec![0.930, 0.895]));
}

#[test]
fn perfect_monotone_ranks_give_one_and_nominal_answers_are_refused() {
    let table =
        Table::of(&[("a", &["1", "2", "3", "4", "5"]), ("b", &["1", "8", "27", "64", "125"])]).unwrap();
    let mut request = Request::new(Method::Correlate, &["a", "b"]);
    request.coefficient = akimat_statistics::Coefficient::Spearman;
    let report = run(&table, &request).unwrap();
    assert_eq!(value(report.value("pairs", &["a", "b"], "r")), 1.0);
    assert_eq!(value(report.value("pairs", &["a", "b"], "p")), 0.0);
    assert_eq!(report.value("pairs", &["a", "b"], "low"), Some(&Value::Absent));
    let refused = run(&table.with_names("a").unwrap(), &request).unwrap_err();
    assert_eq!(refused.code(), "nominal");
}

#[test]
fn the_quota_plan_of_the_resident_survey_adds_to_its_size() {
    let table = Table::of(&[
        ("sex", &["f", "f", "m", "m"]),
        ("settlement", &["urban", "rural", "urban", "rural"]),
        ("population", &["262", "251", "258", "239"]),
        ("asked", &["30", "31", "20", "29"]),
    ])
    .unwrap();
    let mut request = Request::new(Method::Quota, &["sex", "settlement"]);
    (request.count, request.filled, request.size) =
        (Some("population".to_owned()), Some("asked".to_owned()), Some(120));
    let report = run(&table, &request).unwrap();
    let quotas: Vec<f64> = report.sheets[0].rows.iter().filter_map(|row| row.values[2].as_number()).collect();
    assert_eq!(quotas, [31.0, 30.0, 31.0, 28.0]);
    let left: Vec<f64> = report.sheets[0].rows.iter().filter_map(|row| row.values[4].as_number()).collect();
    assert_eq!(left, [1.0, 0.0, 11.0, 0.0]);
    assert_eq!(report.warnings[0].code(), "not_representative");
}
