//! `/admin/duplicates`: projects that may be registered twice, side by side, told apart or made one.

use akimat_app::AppError;
use akimat_app::duplicate::{MergeOrder, Pair};
use akimat_core::{Money, ProjectId};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_project::duplicate::Resemblance;
use akimat_project::register::record;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::register::{path_name, value_text};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use serde_json::Value;

#[derive(Template)]
#[template(path = "admin/duplicate/list.html")]
struct ListPage {
    page: Page,
    pairs: Vec<PairRow>,
    found: String,
}

struct PairRow {
    path: String,
    total: String,
    why: Vec<String>,
    sides: [Side; 2],
}

struct Side {
    number: String,
    title: String,
    path: String,
    about: String,
}

#[derive(Template)]
#[template(path = "admin/duplicate/pair.html")]
struct PairPage {
    page: Page,
    form: kit::Form,
    path: String,
    sides: [Side; 2],
    versions: [String; 2],
    why: Vec<String>,
    rows: Vec<FieldRow>,
    n_same: String,
    choices: Vec<(String, String)>,
}

/// A field in which the two differ.
struct FieldRow {
    name: String,
    one: String,
    other: String,
}

/// The pairs of the territory.
///
/// # Errors
/// 403 for who may not manage projects.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let pairs = state.app.list_duplicates(visitor.actor(), None).await?;
    let places = pairs.iter().flat_map(|pair| [pair.one.place, pair.other.place]);
    let names = place_names(&state, locale, places).await?;
    let row = |pair: &Pair| PairRow {
        path: format!("/admin/duplicates/{}/{}", pair.one.id, pair.other.id),
        total: thousandths(locale, pair.resemblance.total),
        why: why(locale, &pair.resemblance),
        sides: [&pair.one, &pair.other].map(|project| {
            let place = names.get(&project.place).cloned().unwrap_or_default();
            side(locale, project, place)
        }),
    };
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("duplicates-title"), Some(MenuItem::Admin)).hidden(),
        found: locale.f("duplicates-found", &[("n", pairs.len().into())]),
        pairs: pairs.iter().map(row).collect(),
    })
}

fn side(locale: &Locale, project: &Project, place: String) -> Side {
    let money = project.totals().0.map_or_else(|| locale.t("no-data-short").into_owned(), |m| sum(locale, m));
    let status = locale.name("status", project.status.code()).into_owned();
    Side {
        number: project.number.clone(),
        title: locale.text(&project.title).0.to_owned(),
        path: format!("/projects/{}", project.id),
        about: [place, status, money].join(" · "),
    }
}

fn sum(locale: &Locale, money: Money) -> String {
    locale.money_short(money)
}

fn thousandths(locale: &Locale, share: u16) -> String {
    locale.percent(&format!("{}.{}", share / 10, share % 10))
}

/// How two projects resemble each other, in sentences.
pub(super) fn why(locale: &Locale, told: &Resemblance) -> Vec<String> {
    let mut why = Vec::new();
    let language = |lang: akimat_core::Lang| locale.name("language-name", lang.code()).into_owned();
    let (one, other) = told.languages;
    why.push(if one == other {
        locale.f("duplicate-why-title", &[("share", thousandths(locale, told.title).into())])
    } else {
        let facts = [
            ("share", thousandths(locale, told.title).into()),
            ("one", language(one).into()),
            ("other", language(other).into()),
        ];
        locale.f("duplicate-why-title-across", &facts)
    });
    let place = match told.place {
        1_000 => "duplicate-why-place-same",
        1..=999 => "duplicate-why-place-within",
        _ => "duplicate-why-place-apart",
    };
    why.push(locale.t(place).into_owned());
    let sector = if told.same_sector { "duplicate-why-sector-same" } else { "duplicate-why-sector-other" };
    why.push(locale.t(sector).into_owned());
    if let Some(cost) = told.cost {
        why.push(locale.f("duplicate-why-cost", &[("share", thousandths(locale, cost).into())]));
    }
    if let Some(metres) = told.metres {
        why.push(locale.f("duplicate-why-metres", &[("n", u64::from(metres).into())]));
    }
    why
}

/// Two projects side by side, with what a person may do.
///
/// # Errors
/// 404 when one of them is no more, 403 for who may not manage both.
pub async fn pair(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, one, other)): Path<(String, String, String)>,
) -> Answer {
    let ids: (ProjectId, ProjectId) = (frame::id(&one)?, frame::id(&other)?);
    let form = kit::Form::new().with("stays", ids.0.to_string()).with("fill", "yes");
    frame::render(&pair_page(&state, &visitor, ids, form).await?)
}

async fn pair_page(
    state: &WebState,
    visitor: &Visitor,
    ids: (ProjectId, ProjectId),
    form: kit::Form,
) -> Answer<PairPage> {
    let locale = visitor.locale();
    let (one, other, told) = state.app.duplicate_pair(visitor.actor(), ids).await?;
    let names = place_names(state, locale, [one.place, other.place]).await?;
    let sides = [&one, &other]
        .map(|project| side(locale, project, names.get(&project.place).cloned().unwrap_or_default()));
    let (rows, n_same) = differences(locale, &one, &other);
    let choice = |project: &Project| {
        (project.id.to_string(), format!("{} – {}", project.number, locale.text(&project.title).0))
    };
    Ok(PairPage {
        page: frame::page(visitor, locale.t("duplicate-pair-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        path: format!("/admin/duplicates/{}/{}", one.id, other.id),
        versions: [one.version.to_string(), other.version.to_string()],
        why: told.as_ref().map_or_else(Vec::new, |told| why(locale, told)),
        rows,
        n_same: locale.f("duplicate-same-fields", &[("n", n_same.into())]),
        choices: vec![choice(&one), choice(&other)],
        sides,
    })
}

fn differences(locale: &Locale, one: &Project, other: &Project) -> (Vec<FieldRow>, usize) {
    let (own, others) = (record(one), record(other));
    let mut n_same = 0;
    let mut rows = Vec::new();
    for field in akimat_web_kit::view::register::FIELDS {
        let (a, b) = (own.get(field).unwrap_or(&Value::Null), others.get(field).unwrap_or(&Value::Null));
        if a == b {
            n_same += 1;
            continue;
        }
        rows.push(FieldRow {
            name: path_name(locale, field),
            one: value_text(locale, one.modality, (field, a)),
            other: value_text(locale, other.modality, (field, b)),
        });
    }
    (rows, n_same)
}

/// Tells two projects apart or makes them one.
///
/// # Errors
/// 404 when one of them is no more, 403 for who may not manage both, 409 when one changed meanwhile.
pub async fn decide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, one, other)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let (one, other): (ProjectId, ProjectId) = (frame::id(&one)?, frame::id(&other)?);
    let version = |field: &str| sent.get(field).parse::<u32>().unwrap_or(0);
    let (own, others) = ((one, version("version_one")), (other, version("version_other")));
    let stays_one = sent.get("stays") != other.to_string();
    let (stays, former) = if stays_one { (own, others) } else { (others, own) };
    let reason = sent.raw("reason").to_owned();
    let actor = visitor.actor();
    let outcome = if sent.get("act") == "apart" {
        let told = state.app.tell_apart(actor, (one, other), &reason).await;
        told.map(|()| ("/admin/duplicates".to_owned(), "duplicate-told-apart"))
    } else {
        let order = MergeOrder { stays, former, fill: sent.get("fill") == "yes", reason: reason.clone() };
        let merged = state.app.merge_projects(actor, order).await;
        merged.map(|()| (format!("/projects/{}", stays.0), "duplicate-merged"))
    };
    match outcome {
        Ok((path, flash)) => Ok(frame::redirect(&visitor, &path, flash)),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new()
                .with("stays", stays.0.to_string())
                .with("fill", sent.get("fill"))
                .with("reason", reason);
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&pair_page(&state, &visitor, (one, other), form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
