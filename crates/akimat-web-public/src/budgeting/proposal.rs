//! A proposal: what is wrong, what is proposed, what it costs, what offices said, and what one can do with it.

use crate::talk::{say, told};
use akimat_app::AppError;
use akimat_app::permission::{Permission, may};
use akimat_app::process::{faults, grounds};
use akimat_app::talk::About;
use akimat_core::ProposalId;
use akimat_i18n::Locale;
use akimat_participation::Subject;
use akimat_participation::process::{Phase, Process};
use akimat_participation::proposal::{Proposal, State as Standing, Tie};
use akimat_storage::{MarkKind, Marked};
use akimat_web_kit::comment_form::CommentForm;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::{limit, trace_mark};
use akimat_web_kit::view::budgeting::{
    crumbs, day, last_day, process_path, proposal_path, row, tenge, tone, words,
};
use akimat_web_kit::view::built::{Built, built_of};
use akimat_web_kit::view::discount;
use akimat_web_kit::view::person::once_link;
use akimat_web_kit::view::photo::{Item, item};
use akimat_web_kit::view::talk::{self, Ask, TalkView};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};

#[derive(Template)]
#[template(path = "public/budgeting/proposal.html")]
struct ProposalPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    id: ProposalId,
    number: String,
    state: String,
    tone: &'static str,
    term: String,
    title: (String, &'static str),
    need: (String, &'static str),
    body: (String, &'static str),
    site: (String, &'static str),
    map: String,
    facts: Vec<(String, String)>,
    estimates: Vec<(String, String, String)>,
    found: Vec<(String, String)>,
    ground: Option<(String, String, String)>,
    returned: Option<(Vec<String>, String)>,
    appeal: Option<(String, String)>,
    conflicts: Vec<(String, String)>,
    merged: Option<(String, String)>,
    moves: Vec<(String, String, String, String)>,
    form: kit::Form,
    may_edit: bool,
    may_appeal: bool,
    may_withdraw: bool,
    may_support: bool,
    supports: bool,
    consents: Option<bool>,
    invited: bool,
    signed_in: bool,
    /// Where to support it once without an account; empty where one cannot.
    once: String,
    works: String,
    photos: Vec<Item>,
    built: Option<Built>,
    /// Supporters that are not counted, with the reasons.
    discounted: discount::Beside,
    /// `None` for a draft, which is nobody's business.
    talk: Option<TalkView>,
}

/// The page.
///
/// # Errors
/// 404 when there is no such proposal.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, number)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let number = number.parse::<u32>().map_err(|_| Failure::not_found())?;
    let found = state.app.read().find_proposal_by_number(process.id, number).await?;
    let proposal = found.ok_or_else(Failure::not_found)?;
    let mut page = build(&state, &visitor, (&process, &proposal), kit::Form::new()).await?;
    page.talk =
        conversation(&state, &visitor, (&process, &proposal), (&query.unwrap_or_default(), None)).await?;
    frame::render(&page)
}

/// What is said about a proposal that everybody may see.
async fn conversation(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    (query, form): (&str, Option<kit::Form>),
) -> Answer<Option<TalkView>> {
    if !proposal.state.public() {
        return Ok(None);
    }
    let subject = Subject::Proposal(proposal.id, proposal.title.clone());
    let n_comments = state.app.read().count_comments(&subject).await?;
    let asked = Form::parse(query.as_bytes());
    let ask = Ask {
        subject: &subject,
        place: proposal.place,
        path: proposal_path(process, proposal),
        post: format!("/proposals/{}/comments", proposal.id),
        query: &asked,
        n_comments,
    };
    talk::talk(state, visitor, ask, form).await.map(Some)
}

/// A person comments on a proposal.
///
/// # Errors
/// 404 when there is no such proposal, or it is a draft; 429 for a flood.
pub async fn comment(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: CommentForm,
) -> Answer {
    let id: ProposalId = frame::id(&id)?;
    let said = say(&state, &visitor, About::Proposal(id), form).await?;
    let (process, proposal, _) = state.app.proposal(visitor.actor(), id).await?;
    match said {
        Ok(said) => {
            let path = format!("{}#comments", proposal_path(&process, &proposal));
            Ok(frame::redirect(&visitor, &path, told(said)))
        }
        Err(again) => {
            let both = (&process, &proposal);
            let mut page = build(&state, &visitor, both, kit::Form::new()).await?;
            page.page = page.page.errors(true);
            page.talk = conversation(&state, &visitor, both, ("", Some(again))).await?;
            frame::render_invalid(&page)
        }
    }
}

/// A proposal by its identifier: leads to its page, or to its draft.
///
/// # Errors
/// 404 when there is no such proposal, or it is a draft of others.
pub async fn lead(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: ProposalId = frame::id(&id)?;
    let (process, proposal, _) = state.app.proposal(visitor.actor(), id).await?;
    // What came with the address goes on: a message after a form, the order of the conversation.
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let path = match proposal.number {
        Some(_) => format!("{}{query}", proposal_path(&process, &proposal)),
        None => format!("/proposals/{id}/edit"),
    };
    Ok(Redirect::to(&visitor.to(&path)).into_response())
}

/// A resident supports, withdraws, appeals, consents, answers an invitation.
///
/// # Errors
/// 403 for others, 404 when there is no such proposal.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.comment, &state, &visitor)?;
    let id: ProposalId = frame::id(&id)?;
    let (app, actor) = (&state.app, visitor.actor());
    let (process, proposal, _) = app.proposal(actor, id).await?;
    let done = match form.get("act") {
        "support" => app.support_proposal(actor, id, true).await.map(|()| "proposal-supported"),
        "unsupport" => app.support_proposal(actor, id, false).await.map(|()| "proposal-unsupported"),
        "withdraw" => {
            app.withdraw_proposal(actor, id, form.raw("words")).await.map(|()| "proposal-withdrawn")
        }
        "appeal" => app.appeal_proposal(actor, id, form.raw("words")).await.map(|()| "proposal-appealed"),
        "consent" => app.consent_to_merger(actor, id, true).await.map(|()| "saved"),
        "dissent" => app.consent_to_merger(actor, id, false).await.map(|()| "saved"),
        "join" => app.answer_invitation(actor, id, true).await.map(|()| "saved"),
        "decline" => app.answer_invitation(actor, id, false).await.map(|()| "saved"),
        _ => return Err(Failure::new(axum::http::StatusCode::BAD_REQUEST, "bad_request")),
    };
    match done {
        Ok(flash) => {
            if form.get("act") == "support" {
                trace_mark(&state, &visitor, Marked { kind: MarkKind::Proposal, subject: id.0 }).await;
            }
            let gone = proposal.state == Standing::Draft && form.get("act") == "withdraw"
                || form.get("act") == "decline";
            let path = if gone { process_path(&process) } else { proposal_path(&process, &proposal) };
            Ok(frame::redirect(&visitor, &path, flash))
        }
        Err(AppError::Invalid(wrong)) => {
            let mut again = kit::Form::new().with("words", form.raw("words"));
            for fault in &wrong {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            let both = (&process, &proposal);
            let mut page = build(&state, &visitor, both, again).await?;
            page.talk = conversation(&state, &visitor, both, ("", None)).await?;
            frame::render_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

#[expect(clippy::too_many_lines, reason = "one line a field: a list, not a tangle")]
async fn build(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    form: kit::Form,
) -> Answer<ProposalPage> {
    let locale = visitor.locale();
    let read = state.app.read();
    let part = state.app.part(visitor.actor(), proposal).await?;
    let people = read.list_proposal_people(proposal.id).await?;
    let now = state.app.now();
    let in_time = proposal.due_at.is_some_and(|due_at| now < due_at);
    let before_list = process.phase < Phase::Shortlist && process.suspended.is_none();
    let resident =
        visitor.actor().is_some_and(|account| may(account, Permission::Propose, Some(process.place)));
    let number = proposal.number.map_or_else(String::new, |number| format!("№ {number}"));
    let here = format!("{number} {}", locale.text(&proposal.title).0);
    let mut conflicts = Vec::new();
    for id in &proposal.conflicts {
        conflicts.extend(link(state, locale, process, *id).await?);
    }
    let merged = match proposal.merged_into {
        Some(id) => link(state, locale, process, id).await?,
        None => None,
    };
    let consents = (part.author && proposal.state == Standing::Feasible && before_list)
        .then(|| people.iter().any(|one| one.tie == Tie::Consents && Some(one.account) == proposal.author));
    let mut photos = state.app.proposal_photos(proposal.id).await?;
    photos.retain(|photo| photo.hidden.is_none());
    let built = built_of(state, locale, proposal).await?;
    let works = visitor.actor().is_some_and(|account| {
        may(account, Permission::CheckProposals, Some(process.place)) && proposal.number.is_some()
    });
    Ok(ProposalPage {
        page: frame::page(visitor, locale.text(&proposal.title).0, Some(MenuItem::Budgeting))
            .description(locale.text(&proposal.need).0)
            .invented(process.invented)
            .errors(!form.is_clean()),
        crumbs: crumbs(visitor, process, here.trim()),
        id: proposal.id,
        number,
        state: locale.name("proposal-state", proposal.state.code()).into_owned(),
        tone: tone(proposal.state),
        term: term(state, locale, proposal),
        title: words(locale, &proposal.title),
        need: words(locale, &proposal.need),
        body: words(locale, &proposal.body),
        site: words(locale, &proposal.site),
        map: proposal.point.map_or_else(String::new, |point| {
            let degrees = |value: i32| format!("{:.5}", f64::from(value) / 1e6);
            format!("geo:{},{}", degrees(point.lat), degrees(point.lon))
        }),
        facts: facts(state, locale, (process, proposal), &people),
        estimates: estimates(state, locale, proposal),
        found: found(locale, proposal),
        ground: proposal.ground.as_ref().map(|ground| {
            let known = grounds().iter().find(|one| one.code == ground.code);
            let title = known.map_or(ground.code.as_str(), |one| locale.text(&one.title).0);
            let basis = known.map_or("", |one| one.basis.as_str());
            (title.to_owned(), ground.words.clone(), basis.to_owned())
        }),
        returned: proposal.returned.as_ref().map(|back| {
            let known = faults().iter().filter(|one| back.faults.contains(&one.code));
            (known.map(|one| locale.text(&one.title).0.to_owned()).collect(), back.words.clone())
        }),
        appeal: proposal.appeal.as_ref().map(|appeal| (appeal.words.clone(), appeal.minutes.clone())),
        conflicts,
        merged,
        moves: moves(state, locale, proposal).await?,
        may_edit: (part.author || part.co_author)
            && (proposal.state == Standing::Draft || proposal.state == Standing::Returned && in_time),
        may_appeal: part.author && proposal.state == Standing::NotFeasible && in_time,
        may_withdraw: part.author && before_list && !proposal.state.ends(),
        may_support: resident
            && !part.author
            && !part.co_author
            && before_list
            && process.phase >= Phase::Submission
            && !proposal.state.ends(),
        supports: part.supporter,
        consents,
        invited: part.invited,
        signed_in: visitor.account.is_some(),
        once: match before_list && process.phase >= Phase::Submission && !proposal.state.ends() {
            true => once_link(visitor, process.place, &format!("support/{}", proposal.id)),
            false => String::new(),
        },
        works: if works {
            format!("/admin/budgeting/{}/proposals/{}", process.code, proposal.number.unwrap_or_default())
        } else {
            String::new()
        },
        photos: photos.iter().map(|photo| item(state, locale, photo, false)).collect(),
        built,
        discounted: discount::beside(
            state,
            visitor,
            Marked { kind: MarkKind::Proposal, subject: proposal.id.0 },
        )
        .await?,
        talk: None,
        form,
    })
}

async fn link(
    state: &WebState,
    locale: &Locale,
    process: &Process,
    id: ProposalId,
) -> Answer<Option<(String, String)>> {
    let found = state.app.read().find_proposal(id).await?.filter(|other| other.state.public());
    Ok(found.map(|other| {
        let row = row(locale, process, &other);
        (row.path, format!("{} {}", row.number, row.title.0))
    }))
}

/// Until when the term runs that runs now.
fn term(state: &WebState, locale: &Locale, proposal: &Proposal) -> String {
    let Some(due_at) = proposal.due_at else { return String::new() };
    let args = [("date", locale.date(last_day(state, due_at)).into())];
    let key = match proposal.state {
        Standing::Returned => "proposal-term-correct",
        Standing::InAssessment => "proposal-term-assess",
        Standing::NotFeasible => "proposal-term-appeal",
        _ => return String::new(),
    };
    locale.f(key, &args)
}

fn facts(
    state: &WebState,
    locale: &Locale,
    (process, proposal): (&Process, &Proposal),
    people: &[akimat_storage::ProposalPerson],
) -> Vec<(String, String)> {
    let named = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let mut all = Vec::new();
    if let Some(number) = proposal.ballot_number {
        all.push(named("proposal-ballot-number", number.to_string()));
    }
    if let Some(cost) = proposal.cost() {
        all.push(named("proposal-cost", tenge(locale, cost)));
    }
    if let Some(envelope) = process.envelope(&proposal.envelope) {
        all.push(named("proposal-envelope", locale.text(&envelope.title).0.to_owned()));
    }
    if let Some(category) = process.category(&proposal.category) {
        all.push(named("proposal-category", locale.text(&category.title).0.to_owned()));
    }
    let author = if proposal.author_name.is_empty() {
        locale.t("proposal-author-erased").into_owned()
    } else {
        proposal.author_name.clone()
    };
    let with = people.iter().filter(|one| one.tie == Tie::CoAuthor).map(|one| one.name.clone());
    let names: Vec<String> = std::iter::once(author).chain(with).collect();
    all.push(named("proposal-author", names.join(", ")));
    if let Some(at) = proposal.submitted_at {
        all.push(named("proposal-submitted-on", locale.date(day(state, at))));
    }
    if proposal.n_support > 0 {
        all.push(named("proposal-support", locale.count(proposal.n_support.into())));
    }
    all
}

fn estimates(state: &WebState, locale: &Locale, proposal: &Proposal) -> Vec<(String, String, String)> {
    let line = |one: &akimat_participation::proposal::Estimate| {
        let by = if one.by.is_empty() { locale.t("proposal-by-author").into_owned() } else { one.by.clone() };
        (locale.date_short(day(state, one.at)), tenge(locale, one.amount), by)
    };
    proposal.estimates.iter().map(line).collect()
}

fn found(locale: &Locale, proposal: &Proposal) -> Vec<(String, String)> {
    let Some(found) = &proposal.assessment else { return Vec::new() };
    let named = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let mut all = vec![
        named("proposal-found-cost", tenge(locale, found.cost)),
        named("proposal-found-months", locale.count(found.months.into())),
        named("proposal-found-body", found.body.clone()),
        named("proposal-found-basis", found.basis.clone()),
    ];
    if !found.remark.is_empty() {
        all.push(named("proposal-found-remark", found.remark.clone()));
    }
    all
}

/// The history: day, what it became, by whom, in which words.
async fn moves(
    state: &WebState,
    locale: &Locale,
    proposal: &Proposal,
) -> Answer<Vec<(String, String, String, String)>> {
    let all = state.app.read().list_proposal_moves(proposal.id).await?;
    let line = |moved: &akimat_participation::proposal::ProposalMove| {
        let by =
            if moved.by.is_empty() { locale.t("proposal-by-author").into_owned() } else { moved.by.clone() };
        let state_name = locale.name("proposal-state", moved.to.code()).into_owned();
        (locale.date_short(day(state, moved.at)), state_name, by, moved.words.clone())
    };
    Ok(all.iter().map(line).collect())
}
