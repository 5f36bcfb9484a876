//! `/admin/criteria`: versions of the criteria of a territory, drafted here and approved by a head.

pub mod judge;
mod sheet;

use akimat_app::AppError;
use akimat_app::criteria_set::{CriteriaDocument, ValueSource};
use akimat_app::permission::{self, Permission};
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_ranking::ipf::Side;
use akimat_storage::criteria_set::{CriteriaSet, CriteriaState};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/ranking/list.html")]
struct ListPage {
    page: Page,
    place: frame::PlaceLink,
    form: kit::Form,
    action: String,
    ranking: String,
    scores: String,
    sets: Vec<SetRow>,
}

struct SetRow {
    path: String,
    title: String,
    year: i16,
    version: u32,
    state: String,
    by: String,
}

#[derive(Template)]
#[template(path = "admin/ranking/edit.html")]
struct EditPage {
    page: Page,
    list: String,
    said: String,
    form: kit::Form,
    action: String,
    draft: bool,
    judge: String,
    may_approve: bool,
    sum: String,
    rows: Vec<usize>,
    sources: Vec<(String, String)>,
    sides: Vec<(String, String)>,
}

/// Every version.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn list(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    permission::check(visitor.actor(), Permission::Recommend, Some(code))?;
    frame::render(&list_page(&state, &visitor, code, kit::Form::new()).await?)
}

async fn list_page(state: &WebState, visitor: &Visitor, code: KatoCode, form: kit::Form) -> Answer<ListPage> {
    let locale = visitor.locale();
    let app = &state.app;
    let place = app.read().find_place(code, app.today()).await?.ok_or_else(Failure::not_found)?;
    let sets = app.read().list_criteria_sets(Some(code)).await?;
    let row = |set: &CriteriaSet| -> Answer<SetRow> {
        let document = CriteriaDocument::read(set)?;
        Ok(SetRow {
            path: format!("/admin/criteria/set/{}", set.id),
            title: document.title.get(visitor.lang).to_owned(),
            year: set.year,
            version: set.version,
            state: locale.name("criteria-state", set.state.code()).into_owned(),
            by: set.approved_by.clone().unwrap_or_else(|| set.created_by_name.clone()),
        })
    };
    let form = if form.value("year").is_empty() {
        form.with("year", (app.today().year() + 1).to_string())
    } else {
        form
    };
    let name = place.name.get(visitor.lang).to_owned();
    Ok(ListPage {
        page: frame::page(
            visitor,
            locale.f("criteria-title", &[("place", name.as_str().into())]),
            Some(MenuItem::Admin),
        )
        .hidden()
        .invented(place.invented)
        .errors(!form.is_clean()),
        place: frame::PlaceLink { name, path: frame::place_path(code) },
        form,
        action: visitor.to(&format!("/admin/criteria/{code}")),
        ranking: format!("/ranking/{code}"),
        scores: format!("/admin/scores/{code}"),
        sets: sets.iter().map(row).collect::<Answer<_>>()?,
    })
}

/// Begins the next version: a copy of the latest one, or the published criteria of the platform where there is none.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn begin(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    permission::check(visitor.actor(), Permission::Recommend, Some(code))?;
    let latest = state.app.read().list_criteria_sets(Some(code)).await?.into_iter().next();
    let document = match latest {
        Some(latest) => CriteriaDocument::read(&latest)?,
        None => sheet::first(&state.app.criteria().criteria),
    };
    let year = sent.get("year").parse().unwrap_or(0);
    match state.app.draft_criteria(visitor.actor(), code, year, document).await {
        Ok(id) => Ok(frame::redirect(&visitor, &format!("/admin/criteria/set/{id}"), "criteria-begun")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new().with("year", sent.raw("year"));
            for fault in &faults {
                form.fail("year", frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&list_page(&state, &visitor, code, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<(CriteriaSet, CriteriaDocument)> {
    let id: Uuid = frame::id(id)?;
    let set = state.app.read().find_criteria_set(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::Recommend, Some(set.place))?;
    let document = CriteriaDocument::read(&set)?;
    Ok((set, document))
}

fn edit_page(visitor: &Visitor, set: &CriteriaSet, form: kit::Form) -> EditPage {
    let locale = visitor.locale();
    let (year, version) = (set.year.to_string(), set.version.to_string());
    let args = [("year", year.as_str().into()), ("version", version.as_str().into())];
    let n = (0..akimat_app::criteria_set::CRITERIA_MAX).take_while(|at| !sheet::is_empty(&form, *at)).count();
    let draft = set.state == CriteriaState::Draft;
    let spare = if draft { 2 } else { 0 };
    let state = locale.name("criteria-state", set.state.code());
    let by = set.approved_by.as_deref().unwrap_or(set.created_by_name.as_str());
    EditPage {
        page: frame::page(visitor, locale.f("criteria-set-title", &args), Some(MenuItem::Admin))
            .hidden()
            .invented(set.invented)
            .errors(!form.is_clean()),
        list: format!("/admin/criteria/{}", set.place),
        said: locale.f("criteria-said", &[("state", state.as_ref().into()), ("by", by.into())]),
        action: visitor.to(&format!("/admin/criteria/set/{}", set.id)),
        draft,
        judge: format!("/admin/criteria/set/{}/judge", set.id),
        may_approve: draft && permission::check(visitor.actor(), Permission::Decide, Some(set.place)).is_ok(),
        sum: sum_sentence(locale, &form),
        rows: (0..(n + spare).min(akimat_app::criteria_set::CRITERIA_MAX)).collect(),
        sources: ValueSource::ALL
            .map(|of| (of.code().to_owned(), locale.name("ranking-source", of.code()).into_owned()))
            .into(),
        sides: Side::ALL
            .map(|of| (of.code().to_owned(), locale.name("ranking-side", of.code()).into_owned()))
            .into(),
        form,
    }
}

fn sum_sentence(locale: &Locale, form: &kit::Form) -> String {
    let sum = sheet::weight_sum(form);
    let text =
        locale.percent(format!("{:.2}", f64::from(sum) / 100.0).trim_end_matches('0').trim_end_matches('.'));
    let key = if sum == akimat_app::criteria_set::WEIGHT_WHOLE {
        "criteria-sum-right"
    } else {
        "criteria-sum-wrong"
    };
    locale.f(key, &[("sum", text.as_str().into())])
}

/// One version.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is none.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let (set, document) = find(&state, &visitor, &id).await?;
    let form = sheet::fill(&document).with("edit", set.edit.to_string());
    frame::render(&edit_page(&visitor, &set, form))
}

/// Saves, approves or gives up a draft, by the button that was pressed.
///
/// # Errors
/// 403 for approval by anybody but the head; 409 when somebody changed it meanwhile.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let (set, _) = find(&state, &visitor, &id).await?;
    let edit: u32 = sent.get("edit").parse().unwrap_or(0);
    let app = &state.app;
    let act = sent.get("act");
    let mut form = sheet::echo(&sent);
    let answer = if act == "withdraw" {
        app.withdraw_criteria(visitor.actor(), (set.id, edit), sent.raw("reason")).await
    } else {
        let (document, faults) = sheet::read(&sent);
        if faults.is_empty() {
            let saved = app.edit_criteria(visitor.actor(), (set.id, edit), document).await;
            match saved {
                Ok(()) if act == "approve" => app.approve_criteria(visitor.actor(), (set.id, edit + 1)).await,
                other => other,
            }
        } else {
            Err(AppError::Invalid(faults))
        }
    };
    match answer {
        Ok(()) if act == "approve" => {
            Ok(frame::redirect(&visitor, &format!("/admin/criteria/{}", set.place), "criteria-approved"))
        }
        Ok(()) if act == "withdraw" => {
            Ok(frame::redirect(&visitor, &format!("/admin/criteria/{}", set.place), "criteria-withdrawn"))
        }
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/criteria/set/{}", set.id), "saved")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            // What was approved was saved first: the form goes on from there.
            let now = app.read().find_criteria_set(set.id).await?.unwrap_or(set);
            let form = form.with("edit", now.edit.to_string());
            frame::render_invalid(&edit_page(&visitor, &now, form))
        }
        Err(error) => Err(error.into()),
    }
}
