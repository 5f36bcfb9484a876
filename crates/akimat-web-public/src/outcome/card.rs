//! `/outcome/model`: what the predictions are made of, how good they were, and where they are not to be trusted.

use super::past::{Past, past};
use super::{chance_text, refusal_text, share_text};
use akimat_i18n::Locale;
use akimat_outcome::score::{self, Estimate};
use akimat_outcome::{Choice, Model, Target};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Dot, Scatter, Words};
use akimat_web_kit::kit::svg::Markup;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

/// Groups of the reliability diagram.
const BINS: usize = 6;

#[derive(Template)]
#[template(path = "public/outcome/card.html")]
struct CardPage {
    page: Page,
    data: String,
    targets: Vec<TargetCard>,
    past: Past,
}

struct TargetCard {
    name: String,
    refused: String,
    facts: Vec<(String, String)>,
    diagram: Option<Markup>,
    bins: Vec<[String; 3]>,
    remark: String,
}

/// The card.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let models = state.app.outcome_models().await?;
    let record = state.app.outcome_record(None).await?;
    let targets = Target::ALL.map(|target| match models.of(target) {
        Ok(model) => card(locale, model),
        Err(refusal) => TargetCard {
            name: locale.name("outcome-target", target.code()).into_owned(),
            refused: refusal_text(locale, target, refusal),
            facts: Vec::new(),
            diagram: None,
            bins: Vec::new(),
            remark: String::new(),
        },
    });
    let (date, n) = (locale.date(models.data_on), models.titles.len());
    frame::render(&CardPage {
        page: frame::page(&visitor, locale.t("outcome-card-title"), Some(MenuItem::Analysis))
            .description(locale.t("outcome-card-lead"))
            .invented(models.invented || record.invented),
        data: locale.f("outcome-card-data", &[("n", n.into()), ("date", date.as_str().into())]),
        targets: targets.into(),
        past: past(&state, locale, &record),
    })
}

fn card(locale: &Locale, model: &Model) -> TargetCard {
    let row = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let number = |value: f64| locale.decimal(&format!("{value:.3}"));
    let with_error = |of: Estimate| format!("{} ± {}", number(of.value), number(of.error));
    let record = model.record();
    let chances: Vec<f64> = record.iter().map(|one| one.0).collect();
    let constants: Vec<f64> = record.iter().map(|one| one.1).collect();
    let events: Vec<bool> = record.iter().map(|one| one.2).collect();
    let share = events.iter().filter(|event| **event).count() as f64 / events.len().max(1) as f64;
    let (ours, base) = (score::brier(&chances, &events), score::brier(&constants, &events));
    let choice = match model.contests().0.choice {
        Choice::TooFew => "outcome-choice-few",
        Choice::Class => "outcome-choice-class",
        Choice::Partly => "outcome-choice-partly",
        Choice::Mixture => "outcome-choice-mixture",
    };
    let mut facts = vec![
        row("outcome-card-n", locale.count(u64::try_from(model.n_finished()).unwrap_or(0))),
        row("outcome-card-share", share_text(locale, share)),
        row("outcome-card-model", model.version()),
        row("outcome-card-choice", locale.t(choice).into_owned()),
        row("outcome-card-brier", with_error(ours)),
        row("outcome-card-brier-base", with_error(base)),
    ];
    if let Some(auc) = score::auc(&chances, &events) {
        facts.push(row("outcome-card-auc", with_error(auc)));
    }
    let bins = score::reliability(&chances, &events, BINS);
    let dots: Vec<Dot> = bins
        .iter()
        .map(|bin| Dot { x: bin.predicted * 100.0, y: bin.observed * 100.0, label: String::new() })
        .collect();
    let words =
        Words::new(format!("reliability-{}", model.target().code()), locale.t("outcome-card-diagram"), "");
    let scatter = Scatter {
        x_title: locale.t("outcome-card-said").into_owned(),
        y_title: locale.t("outcome-card-seen").into_owned(),
        dots,
        line: Some((0.0, 1.0)),
    };
    let percent = |value: f64| locale.percent(&format!("{value:.0}"));
    TargetCard {
        name: locale.name("outcome-target", model.target().code()).into_owned(),
        refused: String::new(),
        diagram: Some(chart::scatter(&words, &scatter, &percent, &percent)),
        bins: bins
            .iter()
            .map(|bin| {
                [
                    chance_text(locale, bin.predicted),
                    share_text(locale, bin.observed),
                    locale.count(u64::try_from(bin.n).unwrap_or(0)),
                ]
            })
            .collect(),
        facts,
        remark: locale
            .t(if ours.value < base.value { "outcome-card-better" } else { "outcome-card-worse" })
            .into_owned(),
    }
}
