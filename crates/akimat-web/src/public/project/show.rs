//! `/projects/{id}`: the page of a project, whole.

use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::frame;
use crate::kit::chart;
use crate::kit::{self, Markup, MenuItem, Page};
use crate::state::WebState;
use crate::view::project::place_names;
use crate::visitor::Visitor;
use akimat_app::permission::{self, Permission};
use akimat_app::{AppError, FieldFault};
use akimat_core::{Lang, Money, MoneyUnit, ProjectId, Ratio};
use akimat_i18n::Locale;
use akimat_participation::{Comment, RatingSummary};
use akimat_project::{Project, ProjectUpdate, StatusChange};
use akimat_storage::{Cursor, PageRequest};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use jiff::civil::Date;

/// Comments on one page.
const COMMENTS: u16 = 20;
/// News on the page.
const UPDATES: u16 = 20;

#[derive(Template)]
#[template(path = "public/project/show.html")]
struct ShowPage {
    page: Page,
    id: ProjectId,
    title: String,
    title_lang: &'static str,
    summary: String,
    summary_lang: &'static str,
    place: frame::PlaceLink,
    facts: Vec<(String, String)>,
    status: &'static str,
    status_name: String,
    progress: u8,
    progress_text: String,
    planned: String,
    contracted: String,
    paid: String,
    paid_text: String,
    paid_share: u8,
    money: Vec<[String; 5]>,
    milestones: Vec<MilestoneRow>,
    timeline: Markup,
    results: Vec<[String; 5]>,
    silence: String,
    updates: Vec<UpdateItem>,
    history: Vec<HistoryItem>,
    map: Option<Markup>,
    coordinates: String,
    rating: RatingBox,
    comments_title: String,
    comments: Vec<CommentItem>,
    comments_next: Option<String>,
    comment_form: kit::Form,
    may_comment: bool,
    comment_hint: String,
    may_manage: bool,
    outlook: Option<crate::public::outcome::Section>,
    /// The newest signed appraisal in a sentence; empty without one.
    appraisal: String,
    may_appraise: bool,
}

struct MilestoneRow {
    title: String,
    planned: String,
    forecast: String,
    actual: String,
    late: String,
}

struct UpdateItem {
    by: String,
    body: String,
    lang: &'static str,
    progress: String,
}

struct HistoryItem {
    when: String,
    text: String,
    by: String,
    reason: String,
}

struct RatingBox {
    mean: String,
    votes: String,
    rows: Vec<RatingRow>,
    labels: Vec<String>,
    form: kit::Form,
    mine_text: String,
    may_rate: bool,
    signed_in: bool,
}

struct RatingRow {
    name: String,
    count: String,
    share: u8,
}

struct CommentItem {
    id: String,
    by: String,
    official: bool,
    body: String,
    lang: &'static str,
    hidden: String,
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
pub async fn show_invalid(
    state: &WebState,
    visitor: &Visitor,
    id: ProjectId,
    body: &str,
    faults: &[FieldFault],
) -> Answer {
    let mut form = kit::Form::new().with("body", body);
    for fault in faults {
        form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
    }
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
    let request = PageRequest { limit: COMMENTS, after: Cursor::decode(asked.raw("comments")) };
    let comments = read.list_comments(id, &request).await?;
    let updates = read.list_project_updates(id, UPDATES).await?;
    let history = read.list_status_changes(id).await?;
    let places = place_names(state, locale, [project.place]).await?;
    let may_rate = permission::check(visitor.actor(), Permission::RateProject, None).is_ok();
    let mine = if may_rate { own_rating(state, visitor, id).await? } else { None };
    let manage = permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place));
    let place = frame::PlaceLink {
        name: places.get(&project.place).cloned().unwrap_or_else(|| project.place.to_string()),
        path: frame::place_path(project.place),
    };
    let (title, title_lang) = text(locale, &project.title);
    let (summary, summary_lang) = text(locale, &project.summary);
    let sums = sums(locale, &project);
    let outlook = crate::public::outcome::section(state, visitor, &project).await?;
    let appraisal = crate::public::appraisal::sentence(state, locale, id).await?;
    let may_appraise = permission::check(visitor.actor(), Permission::Appraise, Some(project.place)).is_ok();
    let has_errors = comment_form.as_ref().is_some_and(|form| !form.is_clean());
    Ok(ShowPage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Projects))
            .description(summary.clone())
            .invented(project.invented)
            .errors(has_errors),
        id,
        title,
        title_lang,
        summary,
        summary_lang,
        place,
        facts: facts(locale, &project),
        status: project.status.code(),
        status_name: locale.name("status", project.status.code()).into_owned(),
        progress: project.progress_pct,
        progress_text: locale.percent(&project.progress_pct.to_string()),
        planned: sums.planned,
        contracted: sums.contracted,
        paid: sums.paid,
        paid_text: sums.sentence,
        paid_share: sums.share,
        money: money_rows(locale, &project),
        milestones: project.milestones.iter().map(|m| milestone(locale, m, state.app.today())).collect(),
        timeline: timeline(locale, &project, state.app.today()),
        results: result_rows(locale, &project),
        silence: silence(state, locale, &project, updates.first()),
        updates: updates.iter().map(|update| update_item(state, locale, update)).collect(),
        history: history.iter().map(|change| history_item(state, locale, change)).collect(),
        map: project.location.map(|point| location_map(locale, point)),
        coordinates: project.location.map_or_else(String::new, |point| coordinates(locale, point)),
        rating: rating_box(locale, &votes, mine, may_rate, visitor.account.is_some()),
        comments_title: locale.f("comments-count", &[("n", n_comments.into())]),
        comments: comments.items.iter().map(|c| comment_item(state, locale, c)).collect(),
        comments_next: comments
            .next
            .map(|cursor| format!("/projects/{id}?comments={}#comments", cursor.encode())),
        comment_form: comment_form.unwrap_or_default(),
        may_comment: visitor.account.is_some(),
        comment_hint: locale
            .f("comment-hint", &[("max", akimat_participation::comment::COMMENT_CHARS_MAX.into())]),
        may_manage: !matches!(manage, Err(AppError::SignInNeeded | AppError::Forbidden)),
        outlook,
        appraisal,
        may_appraise,
    })
}

/// What the visitor has voted.
async fn own_rating(state: &WebState, visitor: &Visitor, id: ProjectId) -> Answer<Option<u8>> {
    let Some(account) = visitor.actor() else { return Ok(None) };
    let rating = state.app.read().find_rating(id, account.id).await?;
    Ok(rating.map(akimat_participation::Rating::value))
}

fn text(locale: &Locale, text: &akimat_core::Text) -> (String, &'static str) {
    let (words, fallback) = locale.text(text);
    (words.to_owned(), fallback.map_or("", Lang::code))
}

fn facts(locale: &Locale, project: &Project) -> Vec<(String, String)> {
    let date = |date: Option<Date>| {
        date.map_or_else(|| locale.t("not-known-yet").into_owned(), |date| locale.date(date))
    };
    let row = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let contractor = if project.contractor.is_empty() {
        locale.t("project-contractor-none").into_owned()
    } else {
        project.contractor.clone()
    };
    vec![
        row("project-number", project.number.clone()),
        row("project-sector", locale.name("sector", project.sector.code()).into_owned()),
        row("project-kind", locale.name("kind", project.kind.code()).into_owned()),
        row("project-modality", locale.name("modality", project.modality.code()).into_owned()),
        row("project-level", locale.name("project-level", project.level.code()).into_owned()),
        row("project-contractor", contractor),
        row("project-starts", date(project.starts_on)),
        row("project-ends", date(project.ends_on)),
    ]
}

struct Sums {
    planned: String,
    contracted: String,
    paid: String,
    sentence: String,
    share: u8,
}

fn sums(locale: &Locale, project: &Project) -> Sums {
    let (planned, contracted, paid) = project.totals();
    let short = |money: Option<Money>| {
        money.map_or_else(|| locale.t("not-known-yet").into_owned(), |money| locale.money_short(money))
    };
    let share = match (planned, paid) {
        (Some(planned), Some(paid)) => Ratio::of(paid, planned),
        _ => None,
    };
    let share = share.and_then(|share| share.percent(0)).and_then(|text| text.parse::<u8>().ok());
    let sentence = match (planned, paid) {
        (Some(planned), Some(paid)) => locale.f(
            "project-paid-of-planned",
            &[("planned", locale.money_short(planned).into()), ("paid", locale.money_short(paid).into())],
        ),
        _ => String::new(),
    };
    Sums {
        planned: short(planned),
        contracted: short(contracted),
        paid: short(paid),
        sentence,
        share: share.unwrap_or(0).min(100),
    }
}

fn money_rows(locale: &Locale, project: &Project) -> Vec<[String; 5]> {
    let amount = |money: Option<Money>| match money {
        Some(money) => locale.amount(money, MoneyUnit::ThousandTenge, 1),
        None => locale.t("no-data-short").into_owned(),
    };
    let row = |line: &akimat_project::MoneyLine| {
        [
            line.year.to_string(),
            locale.name("money-source", line.source.code()).into_owned(),
            amount(line.planned),
            amount(line.contracted),
            amount(line.paid),
        ]
    };
    project.money.iter().map(row).collect()
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

fn milestone(locale: &Locale, milestone: &akimat_project::Milestone, today: Date) -> MilestoneRow {
    let date = |date: Option<Date>| {
        date.map_or_else(|| locale.t("no-data-short").into_owned(), |date| locale.date_short(date))
    };
    // Late is what was reached late, or is expected late, or is overdue today.
    let reached = milestone.actual_on.or(milestone.forecast_on).unwrap_or(milestone.planned_on);
    let end = if milestone.actual_on.is_none() { reached.max(today) } else { reached };
    let due = milestone.actual_on.is_some() || reached > milestone.planned_on || today > milestone.planned_on;
    let late = if due { days_between(milestone.planned_on, end) } else { 0 };
    MilestoneRow {
        title: milestone.title.get(locale.lang()).to_owned(),
        planned: locale.date_short(milestone.planned_on),
        forecast: date(milestone.forecast_on),
        actual: date(milestone.actual_on),
        late: if late > 0 {
            let key = if milestone.actual_on.is_some() {
                "project-milestone-reached-late"
            } else {
                "project-milestone-late"
            };
            locale.f(key, &[("n", late.into())])
        } else {
            String::new()
        },
    }
}

fn result_rows(locale: &Locale, project: &Project) -> Vec<[String; 5]> {
    let number = |value: Option<&str>| match value {
        Some(value) => locale.decimal(value),
        None => locale.t("no-data-short").into_owned(),
    };
    let row = |result: &akimat_project::ExpectedResult| {
        [
            result.title.get(locale.lang()).to_owned(),
            result.unit.get(locale.lang()).to_owned(),
            number(result.baseline.as_deref()),
            number(Some(&result.target)),
            number(result.measured.as_deref()),
        ]
    };
    project.results.iter().map(row).collect()
}

/// Projects in work without news for thirty days say so.
fn silence(state: &WebState, locale: &Locale, project: &Project, last: Option<&ProjectUpdate>) -> String {
    use akimat_project::Status;
    if !matches!(project.status, Status::Tender | Status::Contract | Status::Implementing) {
        return String::new();
    }
    let since = last.map_or(project.created_at, |update| update.at);
    let days = state.app.now().duration_since(since).as_hours() / 24;
    if days < 30 { String::new() } else { locale.f("project-news-silence", &[("n", days.into())]) }
}

fn update_item(state: &WebState, locale: &Locale, update: &ProjectUpdate) -> UpdateItem {
    let when = locale.date_time(update.at, state.app.zone());
    UpdateItem {
        by: locale.f("project-news-by", &[("name", update.by.as_str().into()), ("when", when.into())]),
        body: update.body.clone(),
        lang: if update.lang == locale.lang() { "" } else { update.lang.code() },
        progress: locale.f(
            "project-progress-of",
            &[("percent", locale.percent(&update.progress_pct.to_string()).into())],
        ),
    }
}

fn history_item(state: &WebState, locale: &Locale, change: &StatusChange) -> HistoryItem {
    let name = |status: akimat_project::Status| locale.name("status", status.code()).into_owned();
    let to = name(change.to);
    HistoryItem {
        when: locale.date(change.at.to_zoned(state.app.zone().clone()).date()),
        text: match change.from {
            Some(from) => {
                locale.f("project-history-moved", &[("from", name(from).into()), ("to", to.into())])
            }
            None => locale.f("project-history-registered", &[("to", to.into())]),
        },
        by: change.by.clone(),
        reason: if change.reason.is_empty() {
            String::new()
        } else {
            locale.f("project-history-reason", &[("reason", change.reason.as_str().into())])
        },
    }
}

fn rating_box(
    locale: &Locale,
    votes: &RatingSummary,
    mine: Option<u8>,
    may_rate: bool,
    signed_in: bool,
) -> RatingBox {
    let n_votes = votes.n_votes();
    let mean = votes.mean().and_then(|mean| mean.to_decimal(1));
    let share = |count: u64| {
        Ratio::new(i128::from(count), i128::from(n_votes))
            .and_then(|share| share.percent(0))
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    };
    let name = |value: usize| locale.name("rating-value", &value.to_string()).into_owned();
    RatingBox {
        mean: mean.map_or_else(String::new, |mean| {
            locale.f("rating-mean", &[("mean", locale.decimal(&mean).into())])
        }),
        votes: locale.f("rating-votes", &[("n", n_votes.into())]),
        rows: (1..=5)
            .rev()
            .map(|value| RatingRow {
                name: name(value),
                count: locale.count(votes.counts[value - 1]),
                share: share(votes.counts[value - 1]),
            })
            .collect(),
        labels: (1..=5).map(name).collect(),
        form: match mine {
            Some(value) => kit::Form::new().with("rating", value.to_string()),
            None => kit::Form::new(),
        },
        mine_text: mine
            .map_or_else(String::new, |value| locale.f("rating-yours", &[("value", value.into())])),
        may_rate,
        signed_in,
    }
}

fn comment_item(state: &WebState, locale: &Locale, comment: &Comment) -> CommentItem {
    let when = locale.date_time(comment.at, state.app.zone());
    let hidden = comment.hidden.as_ref().map_or_else(String::new, |hidden| {
        let when = locale.date(hidden.at.to_zoned(state.app.zone().clone()).date());
        locale.f("comment-hidden", &[("when", when.into()), ("reason", hidden.reason.as_str().into())])
    });
    CommentItem {
        id: comment.id.to_string(),
        by: locale.f("comment-by", &[("name", comment.author_name.as_str().into()), ("when", when.into())]),
        official: comment.official,
        body: if comment.hidden.is_some() { String::new() } else { comment.body.clone() },
        lang: if comment.lang == locale.lang() { "" } else { comment.lang.code() },
        hidden,
    }
}

fn coordinates(locale: &Locale, point: akimat_project::Point) -> String {
    let degrees = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        let e6 = e6.unsigned_abs();
        locale.decimal(&format!("{sign}{}.{:04}", e6 / 1_000_000, e6 % 1_000_000 / 100))
    };
    locale.f(
        "project-location-coordinates",
        &[("lat", degrees(point.lat_e6).into()), ("lon", degrees(point.lon_e6).into())],
    )
}

/// Days since the start of the common era, as the timeline counts them.
fn day(date: Date) -> f64 {
    f64::from(date.since(Date::constant(2000, 1, 1)).map_or(0, |span| span.get_days()))
}

fn timeline(locale: &Locale, project: &Project, today: Date) -> Markup {
    let mut days: Vec<f64> = vec![day(today)];
    let milestones: Vec<chart::Milestone> = project
        .milestones
        .iter()
        .map(|m| {
            let row = milestone(locale, m, today);
            let reached = m.actual_on.or(m.forecast_on);
            days.extend([Some(m.planned_on), reached].into_iter().flatten().map(day));
            let text = if row.late.is_empty() { row.planned } else { row.late.clone() };
            chart::Milestone {
                label: row.title,
                planned: Some(day(m.planned_on)),
                actual: m.actual_on.map(day),
                text,
                late: !row.late.is_empty(),
            }
        })
        .collect();
    if milestones.is_empty() {
        return Markup::default();
    }
    let first = days.iter().copied().fold(f64::INFINITY, f64::min);
    let last = days.iter().copied().fold(f64::NEG_INFINITY, f64::max).max(first + 1.0);
    let years = project.milestones.iter().map(|m| m.planned_on.year()).chain([today.year()]);
    let (from, to) = years.fold((i16::MAX, i16::MIN), |(a, b), year| (a.min(year), b.max(year)));
    let step = usize::try_from((to - from) / 4 + 1).unwrap_or(1);
    let ticks = (from..=to)
        .step_by(step)
        .map(|year| (day(Date::constant(year, 1, 1)), year.to_string()))
        .filter(|(at, _)| (first..=last).contains(at))
        .collect();
    chart::timeline(
        &chart::Words::new("timeline", locale.t("project-milestones"), ""),
        &chart::Timeline {
            span: (first, last),
            ticks,
            today: Some((day(today), locale.t("date-today").into_owned())),
            milestones,
            key: (
                locale.t("project-milestone-planned").into_owned(),
                locale.t("project-milestone-actual").into_owned(),
            ),
        },
    )
}

fn location_map(locale: &Locale, point: akimat_project::Point) -> Markup {
    let degrees = |e6: i32| f64::from(e6) / 1_000_000.0;
    let name = locale.t("project-location").into_owned();
    let here =
        chart::Point { lat: degrees(point.lat_e6), lon: degrees(point.lon_e6), name, href: None, here: true };
    chart::location_map(&chart::Words::new("map", locale.t("project-location"), ""), &[here])
}
