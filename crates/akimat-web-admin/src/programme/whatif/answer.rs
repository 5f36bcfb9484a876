//! What a change does: points, money, who enters, who leaves, who moves.

use crate::programme::words;
use akimat_app::programme::Moved;
use akimat_app::programme::compare::{Planned, compare};
use akimat_app::programme::input::ProgrammeInput;
use akimat_app::programme::input::money;
use akimat_i18n::Locale;
use akimat_web_kit::view::plan::PlanNames;

/// The answer, ready to print.
#[derive(Debug)]
pub struct WhatIf {
    /// The first sentence.
    pub head: String,
    /// Term, before, after, difference.
    pub rows: Vec<[String; 4]>,
    /// How good the new plan is known to be.
    pub quality: String,
    /// Projects that enter, leave, start in another year; only what there is.
    pub parts: Vec<MovedPart>,
}

/// Projects that do the same.
#[derive(Debug)]
pub struct MovedPart {
    /// Heading.
    pub title: String,
    /// Caption of the table.
    pub caption: String,
    /// The projects.
    pub rows: Vec<MovedRow>,
}

/// A project that enters, leaves or moves.
#[derive(Debug)]
pub struct MovedRow {
    /// Its page.
    pub path: String,
    /// Name.
    pub title: String,
    /// Number.
    pub about: String,
    /// Year of start, or both years.
    pub start: String,
    /// Thousand tenge.
    pub cost: String,
    /// Points before discounting.
    pub points: String,
}

impl WhatIf {
    /// From the plan of the scenario and the new one.
    pub fn of(locale: &Locale, (before, after): (Planned<'_>, Planned<'_>), names: &PlanNames) -> Self {
        let compared = compare(before, after);
        let (old, new) = compared.objective;
        let lost = new - old;
        let args = [("points", words::points(locale, lost.abs()).into())];
        let head = match lost {
            _ if compared.moved.is_empty() => locale.t("programme-whatif-same").into_owned(),
            0 => locale.t("programme-whatif-equal").into_owned(),
            1.. => locale.f("programme-whatif-gain", &args),
            _ => locale.f("programme-whatif-loss", &args),
        };
        let text = |key: &str| locale.t(key).into_owned();
        let amount =
            |thousands: i64| money(thousands).map_or_else(String::new, |money| words::amount(locale, money));
        let mut rows = vec![[
            text("programme-points"),
            words::points(locale, old),
            words::points(locale, new),
            words::change(locale, lost),
        ]];
        let (a, b) = compared.n_projects;
        let count = |n: usize| locale.number(i64::try_from(n).unwrap_or(i64::MAX));
        let more = i64::try_from(b).unwrap_or(0) - i64::try_from(a).unwrap_or(0);
        rows.push([text("programme-chosen"), count(a), count(b), signed(locale, more)]);
        for (index, name) in names.sources.iter().enumerate() {
            let spent = |(input, plan): Planned<'_>| {
                let source = after.0.sources.get(index).map(|source| source.source);
                let at = input.sources.iter().position(|one| Some(one.source) == source);
                let used = at.and_then(|at| plan.money.get(at));
                used.map_or(0, |used| used.years.iter().fold(0_i64, |sum, year| sum.saturating_add(*year)))
            };
            let (a, b) = (spent(before), spent(after));
            let label = locale.f("programme-whatif-spent", &[("source", name.as_str().into())]);
            rows.push([label, amount(a), amount(b), signed_amount(locale, b - a)]);
        }
        let row = |one: &Moved| moved(locale, (before.0, after.0), one);
        let part = |(title, caption): (&str, &str), wanted: fn(&Moved) -> bool| MovedPart {
            title: text(title),
            caption: text(caption),
            rows: compared.moved.iter().filter(|one| wanted(one)).map(row).collect(),
        };
        let mut parts = vec![
            part(("programme-whatif-enter", "programme-whatif-enter-caption"), |one| one.before.is_none()),
            part(("programme-whatif-leave", "programme-whatif-leave-caption"), |one| one.after.is_none()),
            part(("programme-whatif-move", "programme-whatif-move-caption"), |one| {
                one.before.is_some() && one.after.is_some()
            }),
        ];
        parts.retain(|part| !part.rows.is_empty());
        let quality = words::quality(locale, Some(new), Some(compared.bound.1));
        Self { head, rows, quality: format!("{quality}. {}", text("programme-whatif-quick")), parts }
    }
}

fn signed(locale: &Locale, number: i64) -> String {
    let sign = if number > 0 { "+" } else { "" };
    format!("{sign}{}", locale.number(number))
}

fn signed_amount(locale: &Locale, thousands: i64) -> String {
    let sign = if thousands > 0 { "+" } else { "" };
    money(thousands).map_or_else(String::new, |money| format!("{sign}{}", words::amount(locale, money)))
}

fn moved(locale: &Locale, (before, after): (&ProgrammeInput, &ProgrammeInput), one: &Moved) -> MovedRow {
    let find =
        |input: &ProgrammeInput| input.find(one.project).and_then(|at| input.candidates.get(at).cloned());
    let candidate = find(after).or_else(|| find(before));
    let cost = candidate
        .as_ref()
        .map_or(0, |one| one.cost.iter().flatten().fold(0_i64, |sum, amount| sum.saturating_add(*amount)));
    let start = match (one.before, one.after) {
        (Some(from), Some(to)) => locale.f(
            "programme-whatif-from-to",
            &[("from", from.to_string().into()), ("to", to.to_string().into())],
        ),
        (from, to) => from.or(to).map_or_else(String::new, |year| year.to_string()),
    };
    MovedRow {
        path: format!("/projects/{}", one.project),
        title: one.title.get(locale.lang()).to_owned(),
        about: one.number.clone(),
        start,
        cost: money(cost).map_or_else(String::new, |money| words::amount(locale, money)),
        points: candidate
            .map_or_else(String::new, |one| words::points(locale, one.benefit.saturating_mul(10_000))),
    }
}
