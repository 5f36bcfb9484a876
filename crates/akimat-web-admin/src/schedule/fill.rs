//! From an item to the fields of its form.

use akimat_core::{Lang, Money, MoneyUnit};
use akimat_delivery::schedule::paste::waits_text;
use akimat_delivery::schedule::plan::{Item, Plan};
use akimat_web_kit::kit;
use jiff::civil::Date;

/// An amount in thousand tenge as the form writes it.
fn thousand(money: Money) -> String {
    money.to_decimal(MoneyUnit::ThousandTenge, 0)
}

/// The fields of an item.
pub(super) fn filled(plan: &Plan, item: &Item, lang: Lang) -> kit::Form {
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let months: Vec<String> = item
        .months
        .iter()
        .map(|own| format!("{:04}-{:02} {}", own.month.year(), own.month.month(), thousand(own.amount)))
        .collect();
    kit::Form::new()
        .with("code", item.code.clone())
        .with("title", item.title.get(lang))
        .with("kind", item.kind.code())
        .with("start", date(item.expected.start))
        .with("finish", date(item.expected.finish))
        .with("actual_start", date(item.actual.start))
        .with("actual_finish", date(item.actual.finish))
        .with("predecessors", waits_text(plan, &item.id))
        .with("responsible", item.responsible.clone())
        .with("weight", item.weight.map_or_else(String::new, |weight| weight.to_string()))
        .with("budget", item.budget.map_or_else(String::new, thousand))
        .with("months", months.join("\n"))
}
