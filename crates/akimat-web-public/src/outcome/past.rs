//! What came of published predictions: the part of the model's card that speaks of them, and the sentences on the page of
//! a project that has ended.

use super::{chance_text, days_text, share_text, whole_days};
use akimat_app::outcome::{JudgedOutcome, OutcomeRecord, TargetRecord, judge};
use akimat_i18n::Locale;
use akimat_outcome::Target;
use akimat_project::Project;
use akimat_storage::outcome_prediction::OutcomePrediction;
use akimat_web_kit::state::WebState;
use std::collections::BTreeSet;

/// Predictions listed one by one.
const LISTED: usize = 50;
/// Fewer facts than this say little, and the page says so.
const FEW: usize = 10;
/// The range that sentences speak of, per cent.
const LEVEL: u8 = 80;

/// The record on the card of the model.
#[derive(Debug)]
pub struct Past {
    /// Figures by target; empty before the first fact.
    pub targets: Vec<PastTarget>,
    /// Predictions one by one, the newest first.
    pub rows: Vec<PastRow>,
    /// Predictions that still wait for their fact, and those that are not listed; empty for none.
    pub notes: Vec<String>,
}

/// The figures of one target.
#[derive(Debug)]
pub struct PastTarget {
    /// Its name.
    pub name: String,
    /// Terms and values.
    pub facts: Vec<(String, String)>,
    /// Whether the predictions were nearer than the chance for ordinary projects, and how much that says.
    pub remark: String,
}

/// One prediction and its fact.
#[derive(Debug)]
pub struct PastRow {
    /// Address of the project after the language.
    pub path: String,
    /// Number and title.
    pub title: String,
    /// What was said.
    pub said: String,
    /// Day of publication.
    pub on: String,
    /// What came of it.
    pub came: String,
}

/// The record in words.
pub fn past(state: &WebState, locale: &Locale, record: &OutcomeRecord) -> Past {
    let row = |one: &JudgedOutcome| {
        let target = locale.name("outcome-target", one.target.code());
        PastRow {
            path: format!("/projects/{}", one.project),
            title: format!("{} {}", one.number, locale.text(&one.title).0),
            said: format!("{target}: {}", chance_text(locale, one.document.probability)),
            on: locale.date(one.published_at.to_zoned(state.app.zone().clone()).date()),
            came: came_text(locale, one),
        }
    };
    let mut notes = Vec::new();
    if record.n_waiting > 0 {
        notes.push(locale.f("outcome-past-waiting", &[("n", record.n_waiting.into())]));
    }
    if record.judged.len() > LISTED {
        notes.push(locale.f("outcome-past-listed", &[("n", LISTED.into())]));
    }
    Past {
        targets: Target::ALL
            .into_iter()
            .filter_map(|target| record.of(target))
            .map(|of| figures(locale, &of))
            .collect(),
        rows: record.judged.iter().take(LISTED).map(row).collect(),
        notes,
    }
}

fn figures(locale: &Locale, of: &TargetRecord) -> PastTarget {
    let row = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let count = |n: usize| locale.count(u64::try_from(n).unwrap_or(u64::MAX));
    let number = |value: f64| locale.decimal(&format!("{value:.3}"));
    let mut facts = vec![
        row("outcome-past-n", count(of.n)),
        row("outcome-past-said", chance_text(locale, of.said)),
        row("outcome-card-share", share_text(locale, of.happened)),
        row("outcome-past-brier", number(of.brier.value)),
        row("outcome-past-brier-base", number(of.brier_base.value)),
    ];
    for (level, held, n) in &of.ranges {
        let level = locale.percent(&level.to_string());
        let term = locale.f("outcome-past-range", &[("level", level.as_str().into())]);
        let held = locale.f("outcome-past-held", &[("held", (*held).into()), ("n", (*n).into())]);
        facts.push((term, held));
    }
    let error = |error: f64| match of.target {
        Target::Delay => locale.f("count-days", &[("n", whole_days(error).into())]),
        _ => share_text(locale, error),
    };
    facts.extend(of.error.map(|of| row("outcome-past-error", error(of))));
    facts.extend(of.error_of_plan.map(|of| row("outcome-past-error-plan", error(of))));
    let remark = match of.brier.value < of.brier_base.value {
        _ if of.n < FEW => "outcome-past-few",
        true => "outcome-past-better",
        false => "outcome-past-worse",
    };
    PastTarget {
        name: locale.name("outcome-target", of.target.code()).into_owned(),
        facts,
        remark: locale.t(remark).into_owned(),
    }
}

/// What came of a prediction, and whether its range held.
pub fn came_text(locale: &Locale, one: &JudgedOutcome) -> String {
    let came = match (one.target, one.amount) {
        (Target::Delay, Some(days)) => {
            let days = days_text(locale, days);
            locale.f("outcome-came-delay", &[("days", days.as_str().into())])
        }
        (Target::CostGrowth, Some(ratio)) => {
            let share = share_text(locale, ratio);
            locale.f("outcome-came-cost", &[("share", share.as_str().into())])
        }
        _ if one.event => locale.t("outcome-came-completed").into_owned(),
        _ => locale.t("outcome-came-given-up").into_owned(),
    };
    let level = locale.percent(&LEVEL.to_string());
    let said = |key| locale.f(key, &[("level", level.as_str().into())]);
    match one.held(LEVEL) {
        Some(true) => format!("{came} {}", said("outcome-came-held")),
        Some(false) => format!("{came} {}", said("outcome-came-missed")),
        None => came,
    }
}

/// What came of the first prediction of each target about a project, a sentence each; nothing while it runs.
pub fn came(locale: &Locale, project: &Project, predictions: &[OutcomePrediction]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let first = predictions.iter().filter(|prediction| seen.insert(prediction.target.as_str()));
    let one = |one: JudgedOutcome| {
        let target = locale.name("outcome-target", one.target.code());
        let chance = chance_text(locale, one.document.probability);
        let came = came_text(locale, &one);
        let args = [
            ("target", target.as_ref().into()),
            ("chance", chance.as_str().into()),
            ("came", came.as_str().into()),
        ];
        locale.f("outcome-came", &args)
    };
    let mut judged: Vec<_> = first.filter_map(|prediction| judge(project, prediction)).collect();
    judged.sort_by_key(|one| one.target);
    judged.into_iter().map(one).collect()
}
