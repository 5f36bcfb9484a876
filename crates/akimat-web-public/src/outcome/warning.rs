//! `/analysis/early-warning`: running projects by the chance of a delay or of growing cost.

use super::{chance_text, class_name};
use akimat_core::KatoCode;
use akimat_outcome::Target;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Projects on the page.
const LISTED: usize = 50;
/// Red and amber unless the address says otherwise, per cent.
const RED: u8 = 60;
const AMBER: u8 = 40;

#[derive(Template)]
#[template(path = "public/outcome/warning.html")]
struct WarningPage {
    page: Page,
    form: kit::Form,
    targets: Vec<(String, String)>,
    summary: String,
    silent: String,
    rows: Vec<Row>,
    refused: String,
}

struct Row {
    path: String,
    title: String,
    place: String,
    place_path: String,
    status: String,
    verdict: &'static str,
    verdict_text: String,
    chance: String,
    class: String,
    ends: String,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let target = Target::parse(asked.get("target")).unwrap_or(Target::Delay);
    let per_cent = |name: &str, otherwise: u8| {
        asked.get(name).parse::<u8>().ok().filter(|value| (1..=99).contains(value)).unwrap_or(otherwise)
    };
    let (red, amber) = (per_cent("red", RED), per_cent("amber", AMBER));
    let place: Option<KatoCode> = asked.get("place").parse().ok();
    let (outlooks, silent, models) = state.app.outlooks(place, target).await?;
    let names = place_names(&state, locale, outlooks.iter().map(|one| one.project.place)).await?;
    // Completion is good news: the warning is about the chance that it fails.
    let risk = |chance: f64| if target == Target::Completed { 1.0 - chance } else { chance };
    let (red_from, amber_from) = (f64::from(red) / 100.0, f64::from(amber) / 100.0);
    let mut ordered: Vec<_> = outlooks.iter().map(|one| (risk(one.document.probability), one)).collect();
    ordered.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.project.id.cmp(&b.1.project.id)));
    let count = |from: f64, to: f64| ordered.iter().filter(|(risk, _)| *risk >= from && *risk < to).count();
    let counts = [
        ("red", count(red_from, 2.0).into()),
        ("amber", count(amber_from, red_from).into()),
        ("n", ordered.len().into()),
    ];
    let row = |(risk, one): &(f64, &akimat_app::outcome::Outlook)| {
        let (verdict, key) = match *risk {
            risk if risk >= red_from => ("error", "outcome-warning-red"),
            risk if risk >= amber_from => ("warning", "outcome-warning-amber"),
            _ => ("ok", "outcome-warning-green"),
        };
        let project = &one.project;
        Row {
            path: format!("/projects/{}", project.id),
            title: format!("{} {}", project.number, locale.text(&project.title).0),
            place: names.get(&project.place).cloned().unwrap_or_else(|| project.place.to_string()),
            place_path: frame::place_path(project.place),
            status: locale.name("status", project.status.code()).into_owned(),
            verdict,
            verdict_text: locale.t(key).into_owned(),
            chance: chance_text(locale, *risk),
            class: format!("{} ({})", class_name(locale, &one.document.class), one.document.n_class),
            ends: project
                .ends_on
                .map_or_else(|| locale.t("no-data-short").into_owned(), |on| locale.date(on)),
        }
    };
    let rows: Vec<Row> = ordered.iter().take(LISTED).map(row).collect();
    let form = kit::Form::new()
        .with("target", target.code())
        .with("red", red.to_string())
        .with("amber", amber.to_string())
        .with("place", place.map_or_else(String::new, |place| place.to_string()));
    let refused = models.of(target).err().map(|refusal| super::refusal_text(locale, target, refusal));
    let options = Target::ALL
        .map(|target| (target.code().to_owned(), locale.name("outcome-target", target.code()).into_owned()));
    frame::render(&WarningPage {
        page: frame::page(&visitor, locale.t("outcome-warning-title"), Some(MenuItem::Analysis))
            .description(locale.t("outcome-warning-lead"))
            .invented(models.invented),
        form,
        targets: options.into(),
        summary: locale.f("outcome-warning-summary", &counts),
        silent: if silent > 0 {
            locale.f("outcome-warning-silent", &[("n", silent.into())])
        } else {
            String::new()
        },
        rows,
        refused: refused.unwrap_or_default(),
    })
}
