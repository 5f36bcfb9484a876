//! Contracting processes in words: tables, flags, names.

pub mod sheet;

pub use sheet::{Col, Sheet};

use akimat_app::contract::{fault_key, rules};
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::{Arg, Locale};
use akimat_procurement::flag::{Fact, Flag, Outcome, Rule};
use akimat_procurement::tally::Stage;
use akimat_procurement::{Fault, Method, Process};
use jiff::civil::Date;

/// A raised flag, ready to print.
#[derive(Debug)]
pub struct FlagItem {
    /// Name of the rule.
    pub name: String,
    /// What it rests on, in a sentence.
    pub evidence: String,
    /// What is usual and innocent.
    pub why: String,
    /// Where the rule is from: title, address.
    pub sources: Vec<(String, String)>,
    /// Its numbers were compared with the source.
    pub verified: bool,
}

/// An amount in tenge, whole tiyn only where there are any.
pub fn tenge(locale: &Locale, amount: Money) -> String {
    locale.amount(amount, MoneyUnit::Tenge, if amount.tiyn() % 100 == 0 { 0 } else { 2 })
}

/// An amount in tenge, or the words for "no data".
pub fn tenge_or_none(locale: &Locale, amount: Option<Money>) -> String {
    amount.map_or_else(|| locale.t("no-data-short").into_owned(), |amount| tenge(locale, amount))
}

/// A day, or the words for "no data".
pub fn day_or_none(locale: &Locale, day: Option<Date>) -> String {
    day.map_or_else(|| locale.t("no-data-short").into_owned(), |day| locale.date_short(day))
}

/// Hundredths of a per cent with one decimal where it is needed.
pub fn share(locale: &Locale, bp: i64) -> String {
    let sign = if bp < 0 { "-" } else { "" };
    let (whole, rest) = (bp.abs() / 100, bp.abs() % 100);
    let text = format!("{sign}{whole}.{rest:02}");
    locale.percent(text.trim_end_matches('0').trim_end_matches('.'))
}

/// The name of a way of choosing suppliers.
pub fn method(locale: &Locale, method: Method) -> String {
    locale.name("contract-method", method.code()).into_owned()
}

/// The name of where a process stands.
pub fn stage(locale: &Locale, stage: Stage) -> String {
    locale.name("contract-stage", stage.code()).into_owned()
}

/// The tone of the tag of a stage.
pub const fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned | Stage::Ended => "neutral",
        Stage::Tender | Stage::Awarded => "info",
        Stage::Contract => "ok",
        Stage::Terminated | Stage::Failed => "warning",
    }
}

/// Title of a process in the visitor's language, and the language when it is another one.
pub fn title<'a>(locale: &Locale, process: &'a Process) -> (&'a str, &'static str) {
    let (title, fallback) = locale.text(&process.title);
    (title, fallback.map_or("", akimat_core::Lang::code))
}

fn words(locale: &Locale, fact: &Fact) -> String {
    match fact {
        Fact::Money(amount) => tenge(locale, *amount),
        Fact::Days(n) | Fact::Count(n) => locale.number(*n),
        Fact::Share(bp) => share(locale, *bp),
        Fact::Day(day) => locale.date_short(*day),
        Fact::Words(text) => text.clone(),
        Fact::Method(way) => method(locale, *way),
    }
}

/// The sentence of what a raised flag rests on.
pub fn evidence(locale: &Locale, flag: &Flag) -> String {
    let facts: Vec<(&str, String)> =
        flag.facts.iter().map(|(name, fact)| (*name, words(locale, fact))).collect();
    let args: Vec<(&str, Arg<'_>)> = facts.iter().map(|(name, word)| (*name, word.as_str().into())).collect();
    locale.f(&format!("flag-evidence-{}", flag.code), &args)
}

/// Publications of a rule: title, address.
pub fn sources(rule: &Rule) -> Vec<(String, String)> {
    let found = rule.sources.iter().filter_map(|code| rules().source(code));
    found.map(|source| (source.title.clone(), source.url.clone())).collect()
}

/// Raised flags, ready to print.
pub fn raised(locale: &Locale, flags: &[Flag], today: Date) -> Vec<FlagItem> {
    let item = |flag: &Flag| {
        let rule = rules().at(flag.code, today);
        FlagItem {
            name: locale.name("flag-name", flag.code).into_owned(),
            evidence: evidence(locale, flag),
            why: locale.name("flag-why", flag.code).into_owned(),
            sources: rule.map(sources).unwrap_or_default(),
            verified: rule.is_some_and(|rule| rule.verified),
        }
    };
    flags.iter().filter(|flag| flag.outcome == Outcome::Raised).map(item).collect()
}

/// How many checks were raised, are clear, could not be made.
pub fn outcomes(flags: &[Flag]) -> [usize; 3] {
    [Outcome::Raised, Outcome::Clear, Outcome::Unknown]
        .map(|outcome| flags.iter().filter(|flag| flag.outcome == outcome).count())
}

/// "3 of 12 checks are raised, 3 could not be made".
pub fn outcome_sentence(locale: &Locale, flags: &[Flag]) -> String {
    let [n_raised, clear, unknown] = outcomes(flags).map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let (n, made, open) = (n_raised.to_string(), (n_raised + clear).to_string(), unknown.to_string());
    locale.f(
        "flag-count",
        &[("raised", n.as_str().into()), ("made", made.as_str().into()), ("unknown", open.as_str().into())],
    )
}

/// The sentence of a fault of a record.
pub fn fault(locale: &Locale, fault: &Fault) -> String {
    let amounts = fault.kind.amounts().into_iter().map(|(name, amount)| (name, tenge(locale, amount)));
    let days = fault.kind.days().into_iter().map(|(name, day)| (name, locale.date_short(day)));
    let facts: Vec<(&str, String)> = amounts.chain(days).chain(fault.kind.words()).collect();
    let args: Vec<(&str, Arg<'_>)> = facts.iter().map(|(name, word)| (*name, word.as_str().into())).collect();
    locale.f(fault_key(&fault.kind), &args)
}
