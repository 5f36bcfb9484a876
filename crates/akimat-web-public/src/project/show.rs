//! `/projects/{id}`: the page of a project, whole.

mod facts;
mod time;
mod voice;

use super::card::{self, Card, Scope};
use akimat_app::permission::{self, Permission};
use akimat_core::{Lang, ProjectId};
use akimat_identity::Action;
use akimat_participation::Subject;
use akimat_storage::{MarkKind, Marked};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::discount;
use akimat_web_kit::view::person::announced;
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav_after};
use akimat_web_kit::view::talk::{self, Ask, TalkView};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use facts::{coordinates, facts, location_map, money_rows, result_rows, served_rows, sums};
use time::{MilestoneRow, milestone, timeline};
use voice::{HistoryItem, RatingBox, UpdateItem};

/// News on the page.
const UPDATES: u16 = 20;

#[derive(Template)]
#[template(path = "public/project/show.html")]
struct ShowPage {
    page: Page,
    nav: ProjectNav,
    id: ProjectId,
    summary: String,
    summary_lang: &'static str,
    facts: Vec<(String, String)>,
    progress: u8,
    progress_text: String,
    planned: String,
    contracted: String,
    paid: String,
    paid_text: String,
    paid_share: u8,
    money: Vec<[String; 8]>,
    served: Vec<(String, String)>,
    milestones: Vec<MilestoneRow>,
    timeline: Markup,
    results: Vec<[String; 5]>,
    updates: Vec<UpdateItem>,
    history: Vec<HistoryItem>,
    map: Option<Markup>,
    coordinates: String,
    rating: RatingBox,
    talk: TalkView,
    cards: Vec<Card>,
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
    let page = build(&state, &visitor, frame::id(&id)?, &query.unwrap_or_default(), None).await?;
    frame::render(&page)
}

/// The page again, with what was wrong with a comment.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show_invalid(state: &WebState, visitor: &Visitor, id: ProjectId, form: kit::Form) -> Answer {
    frame::render_invalid(&build(state, visitor, id, "", Some(form)).await?)
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    id: ProjectId,
    query: &str,
    comment_form: Option<kit::Form>,
) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let read = state.app.read();
    let (project, votes, n_comments) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let asked = Form::parse(query.as_bytes());
    let subject = Subject::Project(id);
    let ask = Ask {
        subject: &subject,
        place: project.place,
        path: format!("/projects/{id}"),
        post: format!("/projects/{id}/comments"),
        query: &asked,
        n_comments,
    };
    let updates = read.list_project_updates(id, UPDATES).await?;
    let history = read.list_status_changes(id).await?;
    let may_rate = permission::check(visitor.actor(), Permission::RateProject, None).is_ok();
    let mine = if may_rate { voice::own_rating(state, visitor, id).await? } else { None };
    let nav = nav_after(state, visitor, &project, (Tab::Overview, updates.first())).await?;
    let (summary, fallback) = locale.text(&project.summary);
    let sums = sums(locale, &project);
    let page = frame::page(visitor, nav.title.clone(), Some(MenuItem::Projects))
        .description(summary)
        .invented(project.invented)
        .errors(comment_form.as_ref().is_some_and(|form| !form.is_clean()));
    let scope = Scope { state, visitor, locale, page: &page, project: &project, may_manage: nav.may_manage };
    let cards = card::gather(&scope).await?;
    Ok(ShowPage {
        page,
        nav,
        id,
        summary: summary.to_owned(),
        summary_lang: fallback.map_or("", Lang::code),
        facts: facts(locale, &project),
        progress: project.progress_pct,
        progress_text: locale.percent(&project.progress_pct.to_string()),
        planned: sums.planned,
        contracted: sums.contracted,
        paid: sums.paid,
        paid_text: sums.sentence,
        paid_share: sums.share,
        money: money_rows(locale, &project),
        served: served_rows(locale, &project),
        milestones: project.milestones.iter().map(|m| milestone(locale, m, state.app.today())).collect(),
        timeline: timeline(locale, &project, state.app.today()),
        results: result_rows(locale, &project),
        updates: updates.iter().map(|update| voice::update_item(state, locale, update)).collect(),
        history: history.iter().map(|change| voice::history_item(state, locale, change)).collect(),
        map: project.location.map(|point| location_map(locale, point)),
        coordinates: project.location.map_or_else(String::new, |point| coordinates(locale, point)),
        rating: voice::RatingBox {
            lacking: announced(state, visitor, Action::RateProject, project.place).await?,
            discounted: discount::beside(state, visitor, Marked { kind: MarkKind::Project, subject: id.0 })
                .await?,
            ..voice::rating_box(locale, &votes, mine, may_rate, visitor.account.is_some())
        },
        talk: talk::talk(state, visitor, ask, comment_form).await?,
        cards,
    })
}
