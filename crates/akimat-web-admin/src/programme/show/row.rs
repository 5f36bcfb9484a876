//! A project of the plan, or one that is left out, with its reason.

use crate::programme::words;
use akimat_allocation::explain::Label;
use akimat_app::programme::{Barred, Duty, InputCandidate, RulingKind};
use akimat_web_kit::view::plan::told::Teller;

/// A row of the plan or of what is left out.
#[derive(Debug)]
pub struct PlanRow {
    /// Page of the project.
    pub path: String,
    /// For links to the row.
    pub anchor: String,
    /// Name.
    pub title: String,
    /// Number, sector.
    pub about: String,
    /// Calendar year of start; empty when it is left out.
    pub start: String,
    /// Thousand tenge.
    pub cost: String,
    /// Points.
    pub points: String,
    /// Why, in one sentence.
    pub why: String,
    /// How sure the sentence is.
    pub label: String,
    /// Tone of the label.
    pub label_tone: &'static str,
    /// The page that shows the plan with the opposite.
    pub whatif: String,
}

/// The rows of the plan by start, and those left out by number.
pub fn rows(teller: &Teller<'_>, whatif: &str) -> (Vec<PlanRow>, Vec<PlanRow>) {
    let mut plan: Vec<(u16, PlanRow)> = Vec::new();
    let mut out = Vec::new();
    for (at, one) in teller.input.candidates.iter().enumerate() {
        match teller.view.plan.starts.get(at).copied().flatten() {
            Some(start) => plan.push((start, row(teller, (at, one), Some(start), whatif))),
            None => out.push(row(teller, (at, one), None, whatif)),
        }
    }
    plan.sort_by_key(|(start, _)| *start);
    (plan.into_iter().map(|(_, row)| row).collect(), out)
}

fn row(
    teller: &Teller<'_>,
    (at, one): (usize, &InputCandidate),
    start: Option<u16>,
    whatif: &str,
) -> PlanRow {
    let view = &teller.view;
    let locale = view.locale;
    let (why, label, label_tone) = told(teller, at);
    let sector = locale.name("sector", one.sector.code());
    let points = match start {
        // Its points are not asked for: it is paid whatever they are.
        _ if matches!(one.duty, Some(Duty::Running { .. })) => "—".to_owned(),
        Some(start) => words::points(locale, view.programme.worth(at, start)),
        None if one.barred.as_ref().is_some_and(|why| matches!(why, Barred::NoScores { .. })) => {
            locale.t("no-data-short").into_owned()
        }
        None => words::points(locale, one.benefit.saturating_mul(10_000)),
    };
    let kind = if start.is_some() { RulingKind::Bar } else { RulingKind::Keep };
    let fixed = matches!(one.duty, Some(Duty::Running { .. }))
        || matches!(
            one.barred,
            Some(Barred::NoCost | Barred::OtherSources | Barred::TooLarge | Barred::Years { .. })
        );
    PlanRow {
        path: format!("/projects/{}", one.project),
        anchor: one.project.to_string(),
        title: one.title.get(locale.lang()).to_owned(),
        about: format!("{} · {sector}", one.number),
        start: start.map_or_else(String::new, |start| view.names.year(start)),
        cost: view.amount(view.cost(at)),
        points,
        why,
        label,
        label_tone,
        whatif: if fixed || whatif.is_empty() {
            String::new()
        } else {
            let name = if kind == RulingKind::Keep { "keep" } else { "bar" };
            format!("{whatif}?{name}={}", one.project)
        },
    }
}

/// The first sentence with how sure it is; the others beside it.
fn told(teller: &Teller<'_>, at: usize) -> (String, String, &'static str) {
    let statements = teller.reason(at);
    let sure = statements.iter().find_map(|statement| statement.label);
    let text: Vec<String> = statements.into_iter().map(|statement| statement.text).collect();
    let tone = match sure {
        Some(Label::Exact) => "ok",
        Some(Label::Sufficient) => "info",
        Some(Label::Interval) | None => "neutral",
    };
    (text.join(" "), sure.map_or_else(String::new, |label| teller.label(label)), tone)
}
