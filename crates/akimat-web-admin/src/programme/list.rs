//! The scenarios of a territory.

use super::{Plate, plate, words};
use akimat_app::permission::{self, Permission};
use akimat_app::programme::Barred;
use akimat_app::programme::build::Frame;
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_project::Status;
use akimat_storage::criteria_set::CriteriaState;
use akimat_storage::programme::ProgrammeHead;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

#[derive(Template)]
#[template(path = "admin/programme/list.html")]
struct ListPage {
    page: Page,
    place: PlaceLink,
    steps: Vec<Step>,
    rows: Vec<Row>,
    /// Empty for those who may only read.
    new_path: String,
}

/// What must be there before a scenario makes sense.
struct Step {
    sign: &'static str,
    text: String,
    path: String,
    action: String,
}

struct Row {
    id: String,
    path: String,
    title: String,
    about: String,
    state: String,
    tone: &'static str,
    points: String,
    quality: String,
    changed: String,
    invented: bool,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such territory.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let Plate { place, name, path } = plate(&state, &visitor, asked.get("place")).await?;
    let heads = state.app.list_programmes(visitor.actor(), Some(place.code)).await?;
    let may = permission::check(visitor.actor(), Permission::Recommend, Some(place.code)).is_ok();
    let title = locale.f("programme-list-place", &[("place", name.as_str().into())]);
    frame::render(&ListPage {
        page: frame::page(&visitor, title, Some(MenuItem::Admin)).hidden().invented(place.invented),
        steps: steps(&state, &visitor, place.code).await?,
        rows: heads.iter().map(|head| row(locale, &state, head)).collect(),
        new_path: if may { format!("/admin/programmes/new?place={}", place.code) } else { String::new() },
        place: PlaceLink { name, path },
    })
}

fn row(locale: &Locale, state: &WebState, head: &ProgrammeHead) -> Row {
    let (name, tone) = words::state(locale, head.state);
    let last = i32::from(head.first_year) + i32::from(head.n_years) - 1;
    let when = locale.date_time(head.updated_at, state.app.zone());
    Row {
        id: head.id.to_string(),
        path: super::path_of(head.id),
        title: head.title.clone(),
        about: locale.f(
            "programme-years",
            &[("from", head.first_year.to_string().into()), ("to", last.to_string().into())],
        ),
        state: name,
        tone,
        points: head.objective.map_or_else(|| "—".to_owned(), |worth| words::points(locale, worth)),
        quality: if head.objective.is_some() {
            words::quality(locale, head.objective, head.bound)
        } else {
            "—".to_owned()
        },
        changed: locale
            .f("programme-by-when", &[("name", head.created_by_name.as_str().into()), ("when", when.into())]),
        invented: head.invented,
    }
}

/// What is there already and what is not: criteria, projects in appraisal, their points.
async fn steps(state: &WebState, visitor: &Visitor, place: KatoCode) -> Answer<Vec<Step>> {
    let locale = visitor.locale();
    let year = state.app.today().year();
    let frame = Frame { place, first_year: year, years: 3 };
    let input = state.app.build_programme(frame, &state.app.first_request(3)).await?;
    let waiting = input.candidates.iter().filter(|one| one.status == Status::Appraisal);
    let (total, scored) = waiting.fold((0_u64, 0_u64), |(total, scored), one| {
        (total + 1, scored + u64::from(!matches!(one.barred, Some(Barred::NoScores { .. }))))
    });
    let approved = state.app.read().list_criteria_sets(Some(place)).await?;
    let approved = approved.iter().any(|set| set.state == CriteriaState::Approved);
    let text = |key: &str| locale.t(key).into_owned();
    // A link that would be refused is not offered.
    let open = |needs: Permission, path: String| {
        let may = permission::check(visitor.actor(), needs, Some(place)).is_ok();
        if may { path } else { String::new() }
    };
    let (sign, key) = if approved {
        ("ok", "programme-first-criteria-yes")
    } else {
        ("warning", "programme-first-criteria-no")
    };
    let mut steps = vec![Step {
        sign,
        text: text(key),
        path: open(Permission::Recommend, format!("/admin/criteria/{place}")),
        action: text("programme-first-criteria-go"),
    }];
    steps.push(if total > 0 {
        Step {
            sign: "ok",
            text: locale.f("programme-first-projects-yes", &[("n", total.into())]),
            path: format!("/projects?place={place}&status=appraisal"),
            action: text("programme-first-projects-go"),
        }
    } else {
        Step {
            sign: "warning",
            text: text("programme-first-projects-no"),
            path: format!("/projects?place={place}"),
            action: text("programme-first-projects-go"),
        }
    });
    if total > 0 {
        steps.push(Step {
            sign: if scored == total { "ok" } else { "warning" },
            text: locale.f("programme-first-scores", &[("scored", scored.into()), ("total", total.into())]),
            path: open(Permission::ScoreProjects, format!("/admin/scores/{place}")),
            action: text("programme-first-scores-go"),
        });
    }
    Ok(steps)
}
