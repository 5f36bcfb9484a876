//! What is wrong with a scenario, in a sentence beside the field to blame.

use super::base::Chosen;
use akimat_i18n::Locale;
use akimat_scenario::{Fault, FaultKind, Lever, Scenario};

/// The form's name of a field: `levers.2.share` is `l2-share`; of a range the first of its three.
fn form_field(scenario: &Scenario, path: &str) -> String {
    let mut parts = path.splitn(3, '.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("levers"), Some(at), Some(name)) => {
            let lever = at.parse().ok().and_then(|at: usize| scenario.levers.get(at));
            let bond = name == "rate" && matches!(lever, Some(Lever::Bond(_)));
            let range = bond || ["response", "collection", "elasticity", "saving"].contains(&name);
            format!("l{at}-{name}{}", if range { "-low" } else { "" })
        }
        // The base and the number of levers are no fields: the form as a whole is wrong.
        (Some("base" | "levers"), None, _) => String::new(),
        _ => path.to_owned(),
    }
}

/// Field and sentence.
pub fn tell(locale: &Locale, (chosen, scenario): (&Chosen, &Scenario), fault: &Fault) -> (String, String) {
    let field = fault.fields.first().map_or_else(String::new, |path| form_field(scenario, path));
    let key = format!("scenario-fault-{}", fault.kind.code());
    let percent = |bp: i64| locale.percent(&super::address::plain_percent(bp));
    let level = |level: u8| locale.name("scenario-units-of", &level.to_string()).into_owned();
    let whole = fault.fields.first().is_some_and(|path| {
        path.ends_with("years") || path.ends_with("n_years") || path.ends_with("base_amount")
    });
    let text = match &fault.kind {
        FaultKind::TooManyLevers { max } => locale.f(&key, &[("max", (*max).into())]),
        FaultKind::OutOfBounds { min, max } if whole => {
            let key = "scenario-fault-out_of_bounds_whole";
            locale.f(key, &[("min", (*min).into()), ("max", (*max).into())])
        }
        FaultKind::OutOfBounds { min, max } => {
            locale.f(&key, &[("min", percent(*min).into()), ("max", percent(*max).into())])
        }
        FaultKind::NoSuchLevel { level: at } | FaultKind::SameTransfers { level: at } => {
            locale.f(&key, &[("units", level(*at).into())])
        }
        FaultKind::NoSuchTax { tax } => locale.f(&key, &[("tax", tax.as_str().into())]),
        FaultKind::SharesAbove100 { tax, sum } => {
            locale.f(&key, &[("tax", tax.as_str().into()), ("sum", percent(*sum).into())])
        }
        FaultKind::NoSuchUnit { code }
        | FaultKind::TwiceMerged { code }
        | FaultKind::NotNeighbours { code }
        | FaultKind::PopulationUnknown { code }
        | FaultKind::AdministrationUnknown { code } => locale.f(&key, &[("unit", chosen.name(*code).into())]),
        FaultKind::UnsoundBase
        | FaultKind::RangeOrder
        | FaultKind::SameLevel
        | FaultKind::NotBetween
        | FaultKind::NothingMerged
        | FaultKind::NoCapacity
        | FaultKind::ShareOfNothing => locale.t(&key).into_owned(),
    };
    (field, text)
}
