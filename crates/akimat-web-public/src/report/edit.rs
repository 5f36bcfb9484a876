//! `/reports/new` and `/reports/{id}/edit`: putting a report together. The form holds the whole report; every
//! button sends and keeps it, so that nothing written is lost and no script is needed.

use super::body::{Body, PARTS, PIECES_MAX, Piece, Source, Written, read_address};
use super::piece::{Section, section, words};
use akimat_app::saved::SavedDraft;
use akimat_app::{AppError, FieldFault};
use akimat_core::{KatoCode, Lang, SavedId, Text};
use akimat_i18n::Locale;
use akimat_storage::{BudgetFilter, PageRequest, Saved, SavedFilter, SavedKind};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};

#[derive(Template)]
#[template(path = "public/report/new.html")]
struct NewPage {
    page: Page,
    form: kit::Form,
    titles: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "public/report/edit.html")]
struct EditPage {
    page: Page,
    form: kit::Form,
    path: String,
    version: u32,
    public: bool,
    titles: Vec<(String, String)>,
    leads: Vec<(String, String)>,
    pieces: Vec<PieceForm>,
    full: bool,
    budgets: Vec<(String, String)>,
    parts: Vec<(String, String)>,
    views: Vec<(String, String)>,
    scenarios: Vec<(String, String)>,
}

/// A section in the editor.
struct PieceForm {
    index: usize,
    legend: String,
    headings: Vec<(String, String)>,
    texts: Vec<(String, String)>,
    source: String,
    shown: String,
    refusal: String,
    origin: String,
    first: bool,
    last: bool,
}

/// Names of the fields of a text and their labels: `Title, in Kazakh`.
fn fields(locale: &Locale, name: &str, label: &str) -> Vec<(String, String)> {
    let one = |lang: Lang| {
        let language = locale.t(&format!("language-{}", lang.code())).into_owned();
        (format!("{name}-{}", lang.code()), format!("{} ({language})", locale.t(label)))
    };
    Lang::ALL.map(one).to_vec()
}

fn filled(mut form: kit::Form, name: &str, text: &Text) -> kit::Form {
    for lang in Lang::ALL {
        form = form.with(&format!("{name}-{}", lang.code()), text.exact(lang));
    }
    form
}

/// The first form: a title is enough to begin.
///
/// # Errors
/// When the template fails.
pub async fn new(visitor: Visitor) -> Answer {
    frame::render(&new_page(&visitor, kit::Form::new()))
}

fn new_page(visitor: &Visitor, form: kit::Form) -> NewPage {
    let locale = visitor.locale();
    NewPage {
        page: frame::page(visitor, locale.t("report-new-title"), Some(MenuItem::Analysis))
            .errors(!form.is_clean())
            .hidden(),
        titles: fields(locale, "title", "report-title-label"),
        form,
    }
}

/// Begins a report, for the person alone until it is published.
///
/// # Errors
/// 403 for other roles; a missing title comes back with the form.
pub async fn create(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let body = Body::from_form(&form);
    match state.app.save_analysis(visitor.actor(), draft(&visitor, &body, (false, false))?).await {
        Ok(id) => Ok(Redirect::to(&visitor.to(&format!("/reports/{id}/edit"))).into_response()),
        Err(AppError::Invalid(faults)) => {
            let mut shown = filled(kit::Form::new(), "title", &body.title);
            fail(&mut shown, &visitor, &faults);
            frame::render_invalid(&new_page(&visitor, shown))
        }
        Err(error) => Err(error.into()),
    }
}

fn draft(visitor: &Visitor, body: &Body, (public, invented): (bool, bool)) -> Answer<SavedDraft> {
    Ok(SavedDraft {
        kind: SavedKind::Report,
        title: words(&body.title, visitor.lang).0,
        place: None,
        public,
        invented,
        body: serde_json::to_string(body).map_err(Failure::internal)?,
    })
}

/// Shows faults of the use case at the fields of this form.
fn fail(form: &mut kit::Form, visitor: &Visitor, faults: &[FieldFault]) {
    for fault in faults {
        let field =
            if fault.field == "title" { format!("title-{}", visitor.lang.code()) } else { String::new() };
        form.fail(&field, frame::fault_text(visitor.locale(), fault));
    }
}

async fn own(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Saved> {
    let id: SavedId = frame::id(id)?;
    let saved = state.app.find_analysis(visitor.actor(), SavedKind::Report, id).await?;
    let own = visitor.actor().is_some_and(|account| account.id == saved.head.owner);
    if own { Ok(saved) } else { Err(AppError::Forbidden.into()) }
}

/// The editor.
///
/// # Errors
/// 403 for everybody but the owner, 404 when there is no such report.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let saved = own(&state, &visitor, &id).await?;
    let body: Body = serde_json::from_str(&saved.body).map_err(Failure::internal)?;
    let sections = sections(&state, &visitor, &body).await?;
    frame::render(&edit_page(&state, &visitor, (&saved, &body, &sections), kit::Form::new()).await?)
}

async fn sections(state: &WebState, visitor: &Visitor, body: &Body) -> Answer<Vec<Section>> {
    let mut sections = Vec::with_capacity(body.pieces.len());
    for piece in body.pieces.iter().enumerate() {
        sections.push(section(state, visitor, piece).await?);
    }
    Ok(sections)
}

async fn edit_page(
    state: &WebState,
    visitor: &Visitor,
    (saved, body, sections): (&Saved, &Body, &[Section]),
    form: kit::Form,
) -> Answer<EditPage> {
    let locale = visitor.locale();
    let mut form = filled(filled(form, "title", &body.title), "lead", &body.lead);
    for (index, piece) in body.pieces.iter().enumerate() {
        form = filled(form, &format!("heading-{index}"), &piece.heading);
        form = filled(form, &format!("text-{index}"), &piece.text);
    }
    let last = body.pieces.len().saturating_sub(1);
    let pieces = body.pieces.iter().zip(sections).enumerate().map(|(index, (piece, section))| PieceForm {
        index,
        legend: locale.f("report-section-number", &[("n", (index + 1).into())]),
        headings: fields(locale, &format!("heading-{index}"), "report-heading-label"),
        texts: fields(locale, &format!("text-{index}"), "report-text-label"),
        source: piece.source.as_ref().and_then(|s| serde_json::to_string(s).ok()).unwrap_or_default(),
        shown: section.figure.title.clone(),
        refusal: section.refusal.clone(),
        origin: section.origin.clone(),
        first: index == 0,
        last: index == last,
    });
    let part = |part: &str| (part.to_owned(), locale.name("report-part", part).into_owned());
    Ok(EditPage {
        page: frame::page(visitor, locale.t("report-edit-title"), Some(MenuItem::Analysis))
            .errors(!form.is_clean())
            .hidden(),
        path: format!("/reports/{}", saved.head.id),
        version: saved.head.version,
        public: saved.head.public,
        titles: fields(locale, "title", "report-title-label"),
        leads: fields(locale, "lead", "report-lead-label"),
        pieces: pieces.collect(),
        full: body.pieces.len() >= PIECES_MAX,
        budgets: budgets(state, visitor).await?,
        parts: PARTS.map(part).to_vec(),
        views: kept(state, visitor, SavedKind::View).await?,
        scenarios: kept(state, visitor, SavedKind::Scenario).await?,
        form,
    })
}

/// The newest budgets; others are added by their address.
async fn budgets(state: &WebState, visitor: &Visitor) -> Answer<Vec<(String, String)>> {
    let filter = BudgetFilter { place: None, year: None };
    let heads = state.app.read().list_budgets(&filter, &PageRequest::first(100)).await?.items;
    let places: Vec<KatoCode> = heads.iter().filter_map(|head| head.budget.place).collect();
    let names = place_names(state, visitor.locale(), places).await?;
    let name = |head: &akimat_storage::BudgetHead| {
        let place = head.budget.place.and_then(|place| names.get(&place)).map_or("", String::as_str);
        (head.budget.id.to_string(), format!("{place}, {}", head.budget.year))
    };
    Ok(heads.iter().map(name).collect())
}

/// Public pieces of a kind and one's own.
async fn kept(state: &WebState, visitor: &Visitor, kind: SavedKind) -> Answer<Vec<(String, String)>> {
    let read = state.app.read();
    let public = SavedFilter { kind: Some(kind), owner: None, public: true };
    let mut heads = read.list_saved(&public, &PageRequest::first(50)).await?.items;
    if let Some(account) = visitor.actor() {
        let own = SavedFilter { owner: Some(account.id), public: false, ..public };
        heads.extend(read.list_saved(&own, &PageRequest::first(50)).await?.items);
    }
    let mut options: Vec<(String, String)> = Vec::new();
    for head in heads {
        let value = head.id.to_string();
        if options.iter().all(|(known, _)| *known != value) {
            options.push((value, head.title));
        }
    }
    Ok(options)
}

/// Keeps the report as the form has it, after what the button asks for.
///
/// # Errors
/// 403 for everybody but the owner, 409 when it was changed meanwhile; what is wrong comes back with the form.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let saved = own(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let mut body = Body::from_form(&form);
    let mut shown = kit::Form::new();
    let act = form.get("act");
    let mut place = String::new();
    if let Some(what) = act.strip_prefix("add-") {
        match added(&state, &visitor, (what, &form)).await? {
            Ok(_) if body.pieces.len() >= PIECES_MAX => shown.fail("", locale.t("report-full")),
            Ok(piece) => {
                place = format!("#section-{}", body.pieces.len());
                body.pieces.push(piece);
            }
            Err((field, key)) => shown.fail(field, locale.t(key)),
        }
    } else if let Some(index) = body.act(act) {
        place = format!("#section-{index}");
    }
    let public = match act {
        "publish" => true,
        "unpublish" => false,
        _ => saved.head.public,
    };
    if public {
        for (field, lang) in body.missing() {
            let language = locale.t(&format!("language-{}", lang.code()));
            shown.fail(&field, locale.f("report-fault-language", &[("language", language.into())]));
        }
    }
    let sections = sections(&state, &visitor, &body).await?;
    if !shown.is_clean() {
        return invalid(&state, &visitor, (&saved, &body, &sections), shown).await;
    }
    let invented = sections.iter().any(|section| section.invented);
    let version = form.get("version").parse().unwrap_or(0);
    let draft = draft(&visitor, &body, (public, invented))?;
    match state.app.update_analysis(visitor.actor(), saved.head.id, version, draft).await {
        Ok(()) if matches!(act, "publish" | "show") => {
            Ok(frame::redirect(&visitor, &format!("/reports/{}", saved.head.id), "saved"))
        }
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/reports/{}/edit{place}", saved.head.id), "saved")),
        Err(AppError::Invalid(faults)) => {
            fail(&mut shown, &visitor, &faults);
            invalid(&state, &visitor, (&saved, &body, &sections), shown).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn invalid(
    state: &WebState,
    visitor: &Visitor,
    report: (&Saved, &Body, &[Section]),
    form: kit::Form,
) -> Answer {
    frame::render_invalid(&edit_page(state, visitor, report, form).await?)
}

/// The section that a button adds, or the field that is wrong and why.
async fn added(
    state: &WebState,
    visitor: &Visitor,
    (what, form): (&str, &Form),
) -> Answer<Result<Piece, (&'static str, &'static str)>> {
    let with = |source: Source| Piece { source: Some(source), ..Piece::default() };
    let found = match what {
        "text" => return Ok(Ok(Piece::default())),
        "budget" => match form.get("budget").parse() {
            Ok(id) => {
                let part = PARTS.into_iter().find(|part| *part == form.get("part")).unwrap_or(PARTS[0]);
                Written::Source(Source::Budget { id, stage: String::new(), part: part.to_owned() })
            }
            Err(_) => return Ok(Err(("budget", "report-fault-choose"))),
        },
        "view" => match form.get("view").parse() {
            Ok(id) => Written::KeptView(id),
            Err(_) => return Ok(Err(("view", "report-fault-choose"))),
        },
        "scenario" => match form.get("scenario").parse() {
            Ok(id) => Written::Source(Source::Scenario { id }),
            Err(_) => return Ok(Err(("scenario", "report-fault-choose"))),
        },
        _ => match read_address(form.get("address")) {
            Some(written) => written,
            None => return Ok(Err(("address", "report-fault-address"))),
        },
    };
    match found {
        Written::Source(source) => Ok(Ok(with(source))),
        Written::KeptView(id) => match view_of(state, visitor, id).await {
            Ok(query) => Ok(Ok(with(Source::View { query }))),
            Err(failure) if failure.status == axum::http::StatusCode::NOT_FOUND => {
                Ok(Err(("view", "report-source-gone")))
            }
            Err(failure) => Err(failure),
        },
    }
}

/// The question of a kept view. The report keeps a copy, so that it does not change with the view.
async fn view_of(state: &WebState, visitor: &Visitor, id: SavedId) -> Answer<String> {
    #[derive(serde::Deserialize)]
    struct Kept {
        query: String,
    }
    let saved = state.app.find_analysis(visitor.actor(), SavedKind::View, id).await?;
    let kept: Kept = serde_json::from_str(&saved.body).map_err(Failure::internal)?;
    Ok(kept.query)
}

/// Removes a report of one's own.
///
/// # Errors
/// 403 for everybody but its owner.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: SavedId = frame::id(&id)?;
    state.app.remove_analysis(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, "/reports", "saved"))
}
