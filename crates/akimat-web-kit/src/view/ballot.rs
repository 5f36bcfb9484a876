//! Faults of ballots in words.

use crate::frame;
use akimat_app::FieldFault;
use akimat_app::ballot::Setting;
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;

/// The sentence of a fault with the names of project and envelope and amounts in words.
pub fn fault_text(locale: &Locale, setting: &Setting, fault: &FieldFault) -> String {
    let mut fault = fault.clone();
    let number = fault.args.iter().find(|(name, _)| *name == "number").map(|(_, value)| value.clone());
    let project = number.and_then(|number| setting.numbered(number.parse().ok()?));
    if let Some(project) = project {
        fault.args.push(("project", locale.text(&project.title).0.to_owned()));
    }
    for (name, value) in &mut fault.args {
        match *name {
            "by" if fault.key == "ballot-fault-over" => {
                let by = Money::parse(value, MoneyUnit::Tenge).unwrap_or(Money::ZERO);
                *value = locale.money(by, MoneyUnit::Tenge, 0);
            }
            "envelope" => {
                if let Some(envelope) = setting.process.envelope(value) {
                    *value = locale.text(&envelope.title).0.to_owned();
                }
            }
            _ => {}
        }
    }
    frame::fault_text(locale, &fault)
}
