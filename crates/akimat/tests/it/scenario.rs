//! `akimat scenario run` on a downloaded file.

use crate::run;

/// 63 % of the gaps −1000, 0 and +1000 tenge, as in the worked example of `docs/method/scenario.md`.
#[test]
fn a_downloaded_scenario_is_computed_again() {
    let file = "crates/akimat/tests/input/scenario.json";
    let text = run::ok(&["scenario", "run", file]);
    let due = "code,change_low,change_central,change_high,kept_bp\n\
               990100000,-0.63,-0.63,-0.63,5275\n990200000,0.0,0.0,0.0,5275\n990300000,0.63,0.63,0.63,6850\n";
    assert_eq!(text, due);
    let json: serde_json::Value =
        serde_json::from_str(&run::ok(&["scenario", "run", file, "--json"])).unwrap();
    assert_eq!(json[1]["totals"]["equalised"], 63_000);
    let other = run::run(&["scenario", "run", "crates/akimat/tests/input/series.csv"]);
    assert_eq!(other.status.code(), Some(3));
}
