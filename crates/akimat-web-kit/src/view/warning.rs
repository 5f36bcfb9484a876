//! Indicators, alerts and delivery confidence in words.

use akimat_app::alert::{HeldAlert, KeptConfidence};
use akimat_core::{MoneyUnit, ProjectId};
use akimat_delivery::warning::alert::Act;
use akimat_delivery::warning::{Evidence, Grade, Indicator, Level, Quantity, Unit};
use akimat_i18n::Locale;
use jiff::civil::Date;

/// An alert, ready to print.
#[derive(Debug)]
pub struct AlertView {
    /// Address of its page in the workplace, after the language.
    pub path: String,
    /// Name of the indicator.
    pub title: String,
    /// Colour as the kit draws it.
    pub verdict: &'static str,
    /// Colour in words.
    pub level: String,
    /// What the indicator means, for everybody.
    pub plain: String,
    /// Measure and limits.
    pub measured: String,
    /// What is suggested.
    pub action: String,
    /// The facts.
    pub evidence: Vec<(String, String)>,
    /// Where it stands.
    pub state: String,
    /// Raised, due.
    pub dates: String,
    /// Who answers for it; empty when nobody is named.
    pub owner: String,
    /// What persons did, in order.
    pub acts: Vec<String>,
    /// It is over.
    pub over: bool,
    /// The deadline has passed and nobody has decided.
    pub overdue: bool,
}

/// Delivery confidence, ready to print.
#[derive(Debug)]
pub struct ConfidenceView {
    /// Tone of the tag.
    pub tone: &'static str,
    /// The grade in words.
    pub grade: String,
    /// Which indicators give it.
    pub because: String,
    /// What is not known.
    pub unknown: Vec<String>,
    /// Who vouches for one point more, why, until when; empty for nobody.
    pub lift: String,
    /// When it was computed.
    pub on: String,
}

/// A share in per cent with at most one decimal.
pub fn share(locale: &Locale, share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    locale.percent(text.strip_suffix(".0").unwrap_or(&text))
}

fn number(locale: &Locale, value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    locale.decimal(text)
}

/// A fact in words.
pub fn quantity(locale: &Locale, value: &Quantity) -> String {
    match value {
        Quantity::Days(n) => locale.f("warning-days", &[("n", (*n).into())]),
        Quantity::Count(n) => locale.count(*n),
        Quantity::Share(value) => share(locale, *value),
        Quantity::Number(value) => number(locale, *value, 2),
        Quantity::Money(money) => locale.money(*money, MoneyUnit::ThousandTenge, 0),
        Quantity::Day(day) => locale.date(*day),
        Quantity::Text(text) => text.clone(),
        Quantity::Words(text) => locale.text(text).0.to_owned(),
    }
}

/// A measure in the unit of its indicator.
pub fn measure(locale: &Locale, indicator: Indicator, value: f64) -> String {
    match indicator.unit() {
        Unit::Share => share(locale, value),
        Unit::Days => {
            let days: i64 = format!("{value:.0}").parse().unwrap_or(0);
            locale.f("warning-days", &[("n", days.into())])
        }
        Unit::Count | Unit::Score => number(locale, value, 0),
    }
}

/// The facts with their names.
pub fn evidence(locale: &Locale, facts: &[Evidence]) -> Vec<(String, String)> {
    facts
        .iter()
        .map(|fact| (locale.name("warning-fact", &fact.name).into_owned(), quantity(locale, &fact.value)))
        .collect()
}

/// Colour as the kit draws it, and in words.
pub fn level(locale: &Locale, level: Level) -> (&'static str, String) {
    let verdict = match level {
        Level::Amber => "warning",
        Level::Red => "error",
    };
    (verdict, locale.name("warning-level", level.code()).into_owned())
}

/// Address of an alert in the workplace, after the language.
pub fn alert_path(project: ProjectId, held: &HeldAlert) -> String {
    format!("/admin/projects/{project}/alerts/{}", held.section.id)
}

/// Address of a project's risks, after the language.
pub fn risks_path(project: ProjectId) -> String {
    format!("/projects/{project}/risks")
}

fn act(locale: &Locale, key: &str, word: &str, act: &Act) -> String {
    let args = [
        ("by", act.by.as_str().into()),
        ("when", locale.date(act.on).into()),
        ("word", word.into()),
        ("note", act.note.as_str().into()),
    ];
    locale.f(key, &args)
}

/// An alert in words.
pub fn alert(locale: &Locale, held: &HeldAlert, today: Date) -> AlertView {
    let (alert, reading) = (&held.alert, &held.alert.reading);
    let indicator = alert.indicator();
    let (verdict, level) = level(locale, alert.level);
    let of = |value| measure(locale, indicator, value);
    let limits = [
        ("measure", of(reading.measure).into()),
        ("amber", of(reading.amber).into()),
        ("red", of(reading.red).into()),
    ];
    let mut acts = Vec::new();
    if let Some(seen) = &alert.acknowledged {
        let key = if seen.note.is_empty() { "warning-act-seen" } else { "warning-act-seen-note" };
        acts.push(act(locale, key, "", seen));
    }
    if let Some((decision, decided)) = &alert.decided {
        let word = locale.name("warning-decision", decision.code());
        acts.push(act(locale, "warning-act-decided", &word, decided));
    }
    if let Some((outcome, closed)) = &alert.closed {
        let word = locale.name("warning-outcome", outcome.code());
        acts.push(act(locale, "warning-act-closed", &word, closed));
    }
    if let Some((on, facts)) = &alert.passed {
        let facts: Vec<String> =
            evidence(locale, facts).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let args = [("when", locale.date(*on).into()), ("facts", facts.join("; ").into())];
        acts.push(locale.f("warning-act-passed", &args));
    }
    let dates =
        [("raised", locale.date(alert.raised_on).into()), ("due", locale.date(alert.deadline).into())];
    AlertView {
        path: alert_path(held.section.project, held),
        title: locale.name("warning-indicator", indicator.code()).into_owned(),
        verdict,
        level,
        plain: locale.name("warning-plain", indicator.code()).into_owned(),
        measured: locale.f("warning-measured", &limits),
        action: locale.name("warning-action", indicator.code()).into_owned(),
        evidence: evidence(locale, &reading.evidence),
        state: locale.name("warning-state", alert.state().code()).into_owned(),
        dates: locale.f("warning-dates", &dates),
        owner: alert.owner.clone(),
        acts,
        over: alert.is_over(),
        overdue: alert.due_on().is_some_and(|due| due < today),
    }
}

/// Tone of the tag of a grade.
pub const fn tone(grade: Option<Grade>) -> &'static str {
    match grade {
        None => "neutral",
        Some(Grade::Green | Grade::AmberGreen) => "ok",
        Some(Grade::Amber) => "warning",
        Some(Grade::AmberRed | Grade::Red) => "error",
    }
}

/// Delivery confidence in words.
pub fn confidence(locale: &Locale, kept: &KeptConfidence, today: Date) -> ConfidenceView {
    let grade = kept.shown(today);
    let name = |indicator: &Indicator| locale.name("warning-indicator", indicator.code()).into_owned();
    let because: Vec<String> = kept.computed.because.iter().map(name).collect();
    let unknown = kept.computed.unknown.iter().map(|(indicator, why)| {
        let why = locale.name("warning-unknown", why.code());
        locale.f("warning-unknown-line", &[("name", name(indicator).into()), ("why", why.as_ref().into())])
    });
    let lift = kept.lift.as_ref().filter(|_| grade != kept.computed.grade);
    let lift = lift.map(|lift| {
        let from = locale.name("warning-grade", lift.from.code());
        let args = [
            ("by", lift.by.as_str().into()),
            ("reason", lift.reason.as_str().into()),
            ("until", locale.date(lift.until).into()),
            ("from", from.as_ref().into()),
        ];
        locale.f("warning-lift-said", &args)
    });
    ConfidenceView {
        tone: tone(grade),
        grade: locale.name("warning-grade", kept.word(today)).into_owned(),
        because: because.join(", "),
        unknown: unknown.collect(),
        lift: lift.unwrap_or_default(),
        on: locale.date(kept.on),
    }
}
