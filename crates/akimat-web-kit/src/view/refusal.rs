//! Why something is not computed, as a sentence.

use akimat_budget::Item;
use akimat_budget::refusal::Refusal;
use akimat_core::KatoCode;
use akimat_i18n::{Arg, Locale};
use std::collections::BTreeMap;

/// The sentence; `names` are those of territories that it may have to name.
pub fn refusal_text(locale: &Locale, refusal: &Refusal, names: &BTreeMap<KatoCode, String>) -> String {
    let list = |items: &[Item]| -> String {
        let names: Vec<String> =
            items.iter().map(|item| locale.name("budget-item", item.code()).into_owned()).collect();
        names.join(", ")
    };
    let args: Vec<(&str, Arg<'_>)> = match refusal {
        Refusal::LinesMissing(items) => vec![("lines", list(items).into())],
        Refusal::ZeroLine(item) => vec![("line", list(&[*item]).into())],
        Refusal::TooFewYears { have, need } | Refusal::TooFewUnits { have, need } => {
            vec![("have", (*have).into()), ("need", (*need).into())]
        }
        Refusal::NotPositive(year) => vec![("year", year.to_string().into())],
        Refusal::NegativeUnit(code) => {
            vec![("place", names.get(code).cloned().unwrap_or_else(|| code.to_string()).into())]
        }
        _ => Vec::new(),
    };
    locale.f(&format!("refusal-{}", refusal.code()), &args)
}
