//! A scenario from anywhere is read or refused; one that is read prints to itself.
#![no_main]

use akimat_scenario::Scenario;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(scenario) = Scenario::from_json(text) {
        let printed = scenario.to_json();
        assert_eq!(Scenario::from_json(&printed).map(|again| again.to_json()).ok(), Some(printed));
    }
});
