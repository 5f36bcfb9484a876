//! `akimat forecast` on a small file.

use crate::run;

#[test]
fn every_series_that_can_be_forecast_is_and_the_others_are_named() {
    let file = "crates/akimat/tests/input/series.csv";
    let args = ["forecast", file, "--horizon", "3", "--frequency", "yearly", "--levels", "80,95"];
    let output = run::run(&args);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0].join(","), "series_id,step,period,point,lo80,hi80,lo95,hi95,model");
    let front: Vec<String> = rows[1..].iter().map(|row| row[..3].join(",")).collect();
    assert_eq!(
        front,
        ["b,1,2026", "b,2,2027", "b,3,2028", "a,1,2026", "a,2,2027", "a,3,2028"],
        "in the order of the file"
    );
    for row in &rows[1..] {
        let numbers: Vec<f64> = row[3..8].iter().map(|cell| cell.parse().unwrap()).collect();
        let [point, lo80, hi80, lo95, hi95] = numbers[..] else { panic!("{row:?}") };
        assert!(lo95 <= lo80 && lo80 <= point && point <= hi80 && hi80 <= hi95, "{row:?}");
    }
    let refused = String::from_utf8(output.stderr).unwrap();
    assert!(refused.starts_with("short: "), "{refused}");
}

#[test]
fn levels_choose_the_columns() {
    let file = "crates/akimat/tests/input/series.csv";
    let text = run::ok(&["forecast", file, "--horizon", "1", "--frequency", "yearly", "--levels", "50"]);
    assert!(text.starts_with("series_id,step,period,point,lo50,hi50,model\nb,1,2026,"));
}

#[test]
fn the_second_horizon_from_the_end_knows_nothing_of_the_last() {
    let file = "crates/akimat/tests/input/series.csv";
    let text = std::fs::read_to_string(run::root().join(file)).unwrap();
    let older: Vec<&str> = text.lines().filter(|line| !line.contains(",2025,")).collect();
    assert!(older.len() < text.lines().count());
    let shorter = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("series-to-2024.csv");
    std::fs::write(&shorter, older.join("\n") + "\n").unwrap();
    let held = |file: &str, back: &str| {
        run::ok(&["forecast", file, "--horizon", "1", "--frequency", "yearly", "--holdout", "--back", back])
    };
    let second = held(file, "2");
    assert!(second.contains("\na,1,2024,"), "{second}");
    assert_eq!(second, held(&shorter.display().to_string(), "1"));
    assert_ne!(second, held(file, "1"));
}
