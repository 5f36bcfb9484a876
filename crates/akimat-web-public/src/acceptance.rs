//! `/projects/{id}/acceptance`: residents confirm or dispute finished works, the office answers.

use akimat_app::acceptance::{Rules, Tally, Word as Said};
use akimat_app::permission::{self, Permission};
use akimat_app::photo::refusal_fault;
use akimat_app::{AppError, FieldFault};
use akimat_core::ProjectId;
use akimat_identity::Action;
use akimat_photo::{Photograph, Refusal};
use akimat_project::Project;
use akimat_storage::acceptance::Verdict;
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::upload::{Arrived, Content, Part, Uploading};
use akimat_web_kit::view::acceptance::{Standing, Word, answer, rule, standing, word};
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::person::{announced, once_link};
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use uuid::Uuid;

/// Words of people on one page; each may bring a picture.
const WORDS: u16 = 10;

#[derive(Template)]
#[template(path = "public/acceptance/show.html")]
struct ShowPage {
    page: Page,
    nav: ProjectNav,
    id: ProjectId,
    standing: Option<Standing>,
    rule: String,
    basis: String,
    form: kit::Form,
    verdicts: Vec<(String, String)>,
    photo_hint: String,
    privacy: String,
    mine: String,
    mine_photo: bool,
    may_speak: bool,
    /// What the visitor lacks for speaking here.
    lacking: Vec<String>,
    signed_in: bool,
    /// Where to speak once without an account; empty for whoever has one.
    once: String,
    may_answer: bool,
    may_moderate: bool,
    answers: Vec<(String, String, &'static str)>,
    words: Vec<Word>,
    previous: String,
    next: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    frame::render(&build(&state, &visitor, id, (&query.unwrap_or_default(), None)).await?)
}

/// What a moderator was refused about is on the page, wherever it stands in the list.
async fn keep_refused(
    state: &WebState,
    id: ProjectId,
    sent: Option<&kit::Form>,
    words: &mut Vec<akimat_storage::acceptance::Acceptance>,
) -> Answer<()> {
    if let Some(asked) = sent.and_then(refused_word)
        && !words.iter().any(|said| said.id == asked)
        && let Some(said) = state.app.read().get_acceptance(asked).await?.filter(|said| said.project == id)
    {
        words.insert(0, said);
    }
    Ok(())
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    id: ProjectId,
    (query, sent): (&str, Option<kit::Form>),
) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let read = state.app.read();
    let (project, _, _) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let nav = nav(state, visitor, &project, Tab::Acceptance).await?;
    let tally = state.app.acceptance_tally(&project).await?;
    let here = |permission| permission::check(visitor.actor(), permission, Some(project.place)).is_ok();
    let may_moderate = here(Permission::Moderate);
    let photos = read.list_photos(id).await?;
    let asked = Form::parse(query.as_bytes());
    let request = PageRequest { limit: WORDS, after: Cursor::decode(asked.raw("after")) };
    let mut words = read.list_acceptances(id, &request).await?;
    keep_refused(state, id, sent.as_ref(), &mut words.items).await?;
    let finished_on = tally.as_ref().map(|tally| tally.term.finished_on);
    let own = own_word(state, visitor, &project, tally.as_ref()).await?;
    let of_code = |verdict: &Verdict| {
        (verdict.code().to_owned(), locale.name("acceptance-verdict", verdict.code()).into_owned())
    };
    let limits = state.app.photo_limits();
    let rules = Rules::on(finished_on.unwrap_or_else(|| state.app.today()));
    let path = format!("/projects/{id}/acceptance");
    let form = sent.unwrap_or(own.form);
    Ok(ShowPage {
        page: frame::page(visitor, nav.title.clone(), Some(MenuItem::Projects))
            .description(locale.t("acceptance-title"))
            .invented(project.invented)
            .errors(!form.is_clean()),
        id,
        standing: tally.as_ref().map(|tally| standing(state, locale, tally)),
        rule: rule(locale, &rules),
        basis: rules.basis.get(visitor.lang).to_owned(),
        verdicts: Verdict::ALL.iter().map(of_code).collect(),
        photo_hint: locale.f(
            "photo-file-hint",
            &[
                ("mb", i64::from(limits.megabytes_max).into()),
                ("mp", i64::from(limits.megapixels_max).into()),
            ],
        ),
        privacy: akimat_web_kit::view::photo::privacy(state, locale),
        form,
        mine: own.said,
        mine_photo: own.photo,
        lacking: announced(state, visitor, Action::AcceptWorks, project.place).await?,
        may_speak: here(Permission::AcceptWorks) && tally.as_ref().is_some_and(|tally| tally.term.open),
        signed_in: visitor.account.is_some(),
        once: once_link(visitor, project.place, &format!("works/{id}")),
        may_answer: here(Permission::ManageProjects)
            && tally.as_ref().is_some_and(|tally| tally.n_dispute > 0),
        may_moderate,
        answers: read
            .list_acceptance_answers(id)
            .await?
            .iter()
            .map(|given| answer(state, locale, given))
            .collect(),
        words: words
            .items
            .iter()
            .map(|said| word((state, locale), said, &photos, (may_moderate, finished_on)))
            .collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to(&path)),
        next: words
            .next
            .map_or_else(String::new, |cursor| visitor.to(&format!("{path}?after={}", cursor.encode()))),
        nav,
    })
}

/// The word whose reason is wrong in a form.
fn refused_word(form: &kit::Form) -> Option<Uuid> {
    form.errors().iter().find_map(|error| error.field.strip_prefix("reason-")?.parse().ok())
}

/// A moderator hides what a person said. Without a reason the page comes back with the fault at the field.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such word.
pub async fn hide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let name = format!("reason-{id}");
    let hidden = state.app.hide_acceptance(visitor.actor(), id, form.raw(&name)).await;
    let said = state.app.read().get_acceptance(id).await?.ok_or_else(Failure::not_found)?;
    match hidden {
        Ok(()) => {
            let path = format!("/projects/{}/acceptance#a-{id}", said.project);
            Ok(frame::redirect(&visitor, &path, "acceptance-is-hidden"))
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with(&name, form.raw(&name));
            for fault in &faults {
                again.fail(&name, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, said.project, ("", Some(again))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the visitor said, to be changed.
struct Own {
    said: String,
    photo: bool,
    form: kit::Form,
}

async fn own_word(
    state: &WebState,
    visitor: &Visitor,
    project: &Project,
    tally: Option<&Tally>,
) -> Answer<Own> {
    let nothing = Own { said: String::new(), photo: false, form: kit::Form::new() };
    let (Some(account), Some(tally)) = (visitor.actor(), tally) else { return Ok(nothing) };
    let day = tally.term.finished_on;
    let Some(said) = state.app.read().find_acceptance(project.id, day, account.id).await? else {
        return Ok(nothing);
    };
    let locale = visitor.locale();
    let verdict = locale.name("acceptance-verdict", said.verdict.code());
    Ok(Own {
        said: locale.f("acceptance-mine", &[("verdict", verdict.as_ref().into())]),
        photo: said.photo.is_some(),
        form: kit::Form::new().with("verdict", said.verdict.code()).with("body", said.body),
    })
}

/// A resident speaks.
///
/// # Errors
/// 403 for officials, 404 when there is no such project, 429 for a flood.
pub async fn speak(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    mut uploading: Uploading,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    limit(&state.limiters.comment, &state, &visitor)?;
    let mut sent = kit::Form::new();
    let mut file = None;
    while let Some(part) = uploading.next().await? {
        match part {
            Part::Words(name, value) => sent = sent.with(&name, value),
            Part::File(Arrived { content: Content::Nothing, .. }) => {}
            Part::File(arrived) => file = Some(arrived),
        }
    }
    drop(uploading);
    let done = match state.app.project_to_judge(visitor.actor(), id).await {
        Ok(_) => judge(&state, &visitor, id, (&sent, file)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/projects/{id}/acceptance"), "acceptance-said")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                sent.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, id, ("", Some(sent))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn judge(
    state: &WebState,
    visitor: &Visitor,
    id: ProjectId,
    (sent, file): (&kit::Form, Option<Arrived>),
) -> akimat_app::Result<()> {
    let photograph = match file {
        Some(arrived) => Some(checked(state, arrived).await?),
        None => None,
    };
    let said = Said {
        verdict: Verdict::parse(sent.value("verdict")),
        lang: visitor.lang,
        body: sent.value("body").to_owned(),
        photograph,
        remove_photo: sent.value("remove_photo") == "yes",
    };
    state.app.judge_completion(visitor.actor(), id, said).await
}

/// The photograph, or the fault of the field.
async fn checked(state: &WebState, arrived: Arrived) -> akimat_app::Result<Photograph> {
    let refused = |refusal: &Refusal| AppError::Invalid(vec![refusal_fault("file", refusal)]);
    match arrived.content {
        Content::Nothing => Err(AppError::Invalid(vec![FieldFault::new("file", "field-file-missing")])),
        Content::TooLarge(n_bytes) => {
            let n_bytes_max = state.app.photo_limits().n_bytes_max();
            Err(refused(&Refusal::TooManyBytes { n_bytes, n_bytes_max }))
        }
        Content::Kept(spool) => {
            let answer = state.app.check_photo(move || spool.read()).await?;
            answer.map_err(|refusal| refused(&refusal))
        }
    }
}

/// The office answers those who dispute.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project.
pub async fn reply(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let body = form.raw("answer");
    match state.app.answer_disputes(visitor.actor(), id, (visitor.lang, body)).await {
        Ok(()) => Ok(frame::redirect(
            &visitor,
            &format!("/projects/{id}/acceptance#answers"),
            "acceptance-answered",
        )),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("answer", body);
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, id, ("", Some(again))).await?)
        }
        Err(error) => Err(error.into()),
    }
}
