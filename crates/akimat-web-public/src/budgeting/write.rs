//! A resident writes a proposal in four steps, without scripts: each step is kept when it is sent.

use akimat_app::AppError;
use akimat_app::proposal::{Piece, ProposalDraft};
use akimat_core::{MoneyUnit, ProposalId};
use akimat_participation::process::Process;
use akimat_participation::proposal::{Proposal, State as Standing, Tie};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::budgeting::{Row, crumbs, process_path, proposal_path, row, tenge};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};

/// The steps: what, where and how much, what is similar, look and hand in.
const STEPS: u8 = 4;

#[derive(Template)]
#[template(path = "public/budgeting/write.html")]
struct WritePage {
    page: Page,
    crumbs: Vec<(String, String)>,
    id: ProposalId,
    step: u8,
    steps: Vec<(u8, String, bool)>,
    form: kit::Form,
    envelopes: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    cap: String,
    similar: Vec<Row>,
    gaps: Vec<String>,
    row: Row,
    texts: Vec<(String, String)>,
    people: Vec<(String, bool)>,
    co_authors_max: u16,
    author: bool,
    returned: String,
    supporters: String,
}

/// A resident begins a draft.
///
/// # Errors
/// 403 when the process asks for more than is known about the person; 422 outside the window.
pub async fn begin(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    limit(&state.limiters.comment, &state, &visitor)?;
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    match state.app.begin_proposal(visitor.actor(), process.id, visitor.lang).await {
        Ok(id) => Ok(Redirect::to(&visitor.to(&format!("/proposals/{id}/edit"))).into_response()),
        Err(AppError::Invalid(faults)) => {
            let key = faults.first().map_or("proposal-not-in-this-phase", |fault| fault.key);
            let flash =
                if key == "proposal-too-many" { "proposal-no-more" } else { "proposal-window-closed" };
            Ok(frame::redirect(&visitor, &process_path(&process), flash))
        }
        Err(error) => Err(error.into()),
    }
}

fn step_of(query: Option<String>) -> u8 {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    asked.get("step").parse().unwrap_or(1).clamp(1, STEPS)
}

/// A proposal that the visitor writes, or 403.
pub(super) async fn own(state: &WebState, visitor: &Visitor, id: &str) -> Answer<(Process, Proposal)> {
    let id: ProposalId = frame::id(id)?;
    let (process, proposal, part) = state.app.proposal(visitor.actor(), id).await?;
    if !part.author && !part.co_author {
        return Err(AppError::Forbidden.into());
    }
    Ok((process, proposal))
}

/// A step.
///
/// # Errors
/// 404 when there is no such draft, or it is of others.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (process, proposal) = own(&state, &visitor, &id).await?;
    if !matches!(proposal.state, Standing::Draft | Standing::Returned) {
        return Ok(Redirect::to(&visitor.to(&proposal_path(&process, &proposal))).into_response());
    }
    let form = filled(&proposal);
    frame::render(&build(&state, &visitor, (&process, &proposal), (step_of(query), form)).await?)
}

/// What is written, as the fields of the form.
fn filled(proposal: &Proposal) -> kit::Form {
    let lang = proposal.lang;
    let degrees =
        |value: Option<i32>| value.map_or_else(String::new, |v| format!("{:.6}", f64::from(v) / 1e6));
    let own = proposal.estimates.iter().rev().find(|one| one.by.is_empty());
    kit::Form::new()
        .with("title", proposal.title.exact(lang))
        .with("need", proposal.need.exact(lang))
        .with("body", proposal.body.exact(lang))
        .with("site", proposal.site.exact(lang))
        .with("envelope", proposal.envelope.as_str())
        .with("category", proposal.category.as_str())
        .with("cost", own.map_or_else(String::new, |one| one.amount.to_decimal(MoneyUnit::Tenge, 0)))
        .with("lat", degrees(proposal.point.map(|point| point.lat)))
        .with("lon", degrees(proposal.point.map(|point| point.lon)))
        .with("looked", if proposal.looked { "yes" } else { "" })
        .with("edit", proposal.edit.to_string())
}

/// Keeps a step and goes on to the next.
///
/// # Errors
/// 409 when it was changed elsewhere meanwhile.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.comment, &state, &visitor)?;
    let (process, proposal) = own(&state, &visitor, &id).await?;
    let step: u8 = form.get("step").parse().unwrap_or(1).clamp(1, STEPS);
    if form.get("act") == "invite" {
        return invite(&state, &visitor, (&process, &proposal), (step, &form)).await;
    }
    let draft = ProposalDraft {
        edit: form.get("edit").parse().unwrap_or_default(),
        lang: visitor.lang,
        piece: piece(step, &form),
    };
    match state.app.save_proposal(visitor.actor(), proposal.id, &draft).await {
        Ok(_) => {
            let next = if form.get("act") == "stay" { step } else { (step + 1).min(STEPS) };
            let path = format!("/proposals/{}/edit?step={next}", proposal.id);
            Ok(frame::redirect(&visitor, &path, "proposal-saved"))
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = sent(&form, &proposal);
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, (&process, &proposal), (step, again)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn invite(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    (step, form): (u8, &Form),
) -> Answer {
    match state.app.invite_co_author(visitor.actor(), proposal.id, form.get("login")).await {
        Ok(()) => {
            let path = format!("/proposals/{}/edit?step={step}", proposal.id);
            Ok(frame::redirect(visitor, &path, "proposal-invited"))
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = filled(proposal).with("login", form.get("login"));
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(state, visitor, (process, proposal), (step, again)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

fn piece(step: u8, form: &Form) -> Piece {
    let some = |name: &str| Some(form.raw(name).to_owned());
    match step {
        1 => Piece { title: some("title"), need: some("need"), body: some("body"), ..Piece::default() },
        2 => Piece {
            site: some("site"),
            point: Some((form.raw("lat").to_owned(), form.raw("lon").to_owned())),
            link: some("link"),
            envelope: some("envelope"),
            category: some("category"),
            cost: some("cost"),
            ..Piece::default()
        },
        _ => Piece { looked: form.get("looked") == "yes", ..Piece::default() },
    }
}

/// What was sent, over what is kept.
fn sent(form: &Form, proposal: &Proposal) -> kit::Form {
    let kept = filled(proposal);
    ["title", "need", "body", "site", "envelope", "category", "cost", "lat", "lon", "link", "looked", "edit"]
        .into_iter()
        .fold(kit::Form::new(), |all, name| {
            let value = form.all(name).next().map_or_else(|| kept.value(name).to_owned(), str::to_owned);
            all.with(name, value)
        })
}

/// The author hands it in.
///
/// # Errors
/// 403 for others than the author.
pub async fn submit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    limit(&state.limiters.comment, &state, &visitor)?;
    let id: ProposalId = frame::id(&id)?;
    let (process, proposal, _) = state.app.proposal(visitor.actor(), id).await?;
    // Sent twice: it is handed in already.
    if proposal.state == Standing::Submitted {
        return Ok(frame::redirect(&visitor, &proposal_path(&process, &proposal), "proposal-submitted"));
    }
    match state.app.submit_proposal(visitor.actor(), id).await {
        Ok(handed) => Ok(frame::redirect(&visitor, &proposal_path(&process, &handed), "proposal-submitted")),
        Err(AppError::Invalid(faults)) => {
            let mut again = filled(&proposal);
            for fault in &faults {
                again.fail("", frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, (&process, &proposal), (STEPS, again)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    (step, form): (u8, kit::Form),
) -> Answer<WritePage> {
    let locale = visitor.locale();
    let similar = if step >= 3 { state.app.similar_proposals(proposal).await? } else { Vec::new() };
    let people = state.app.read().list_proposal_people(proposal.id).await?;
    let title = locale.t("proposal-write-title").into_owned();
    let gaps = gaps(visitor, process, proposal);
    let names = |list: Vec<(&str, &akimat_core::Text)>| -> Vec<(String, String)> {
        let one =
            |(code, text): (&str, &akimat_core::Text)| (code.to_owned(), locale.text(text).0.to_owned());
        list.into_iter().map(one).collect()
    };
    let step_name = |n: u8| (n, locale.name("proposal-step", &n.to_string()).into_owned(), n == step);
    let text = |name: &str, text: &akimat_core::Text| {
        (locale.name("proposal-field", name).into_owned(), locale.text(text).0.to_owned())
    };
    let needed = process.proposals.supporters_min;
    Ok(WritePage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Budgeting))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        crumbs: crumbs(visitor, process, &title),
        id: proposal.id,
        step,
        steps: (1..=STEPS).map(step_name).collect(),
        envelopes: names(process.envelopes.iter().map(|one| (one.code.as_str(), &one.title)).collect()),
        categories: names(process.categories.iter().map(|one| (one.code.as_str(), &one.title)).collect()),
        cap: process.cap.map_or_else(String::new, |cap| {
            locale.f("proposal-cost-hint", &[("limit", tenge(locale, cap.amount).into())])
        }),
        similar: similar.iter().map(|one| row(locale, process, one)).collect(),
        gaps,
        row: row(locale, process, proposal),
        texts: vec![text("need", &proposal.need), text("body", &proposal.body), text("site", &proposal.site)],
        people: people
            .iter()
            .filter(|one| matches!(one.tie, Tie::CoAuthor | Tie::Invited))
            .map(|one| (one.name.clone(), one.tie == Tie::CoAuthor))
            .collect(),
        co_authors_max: process.proposals.co_authors_max,
        author: proposal.author == visitor.actor().map(|account| account.id),
        returned: proposal.returned.as_ref().map_or_else(String::new, |back| back.words.clone()),
        supporters: if needed > 0 {
            locale.f(
                "proposal-supporters-needed",
                &[("n", i64::from(needed).into()), ("have", i64::from(proposal.n_support).into())],
            )
        } else {
            String::new()
        },
        form,
    })
}

/// What is missing, in sentences.
fn gaps(visitor: &Visitor, process: &Process, proposal: &Proposal) -> Vec<String> {
    use akimat_participation::proposal::Gap;
    let locale = visitor.locale();
    let one = |gap: Gap| match gap {
        Gap::Empty(field) | Gap::Unknown(field) => {
            let name = locale.name("proposal-field", field);
            let name: &str = name.as_ref();
            locale.f("proposal-gap-field", &[("field", name.into())])
        }
        Gap::TooDear(limit) => locale.f("proposal-too-dear", &[("limit", tenge(locale, limit).into())]),
        Gap::Similar => locale.t("proposal-look-first").into_owned(),
        Gap::Supporters(n) => locale.f("proposal-needs-supporters", &[("n", i64::from(n).into())]),
    };
    proposal.gaps(process).into_iter().map(one).collect()
}
