//! `/projects/calendar`: what opens and which milestones come, by month or as a list, and as a calendar to subscribe to.

pub mod ics;

use akimat_app::project_query::canonical;
use akimat_core::ProjectId;
use akimat_core::period::{Frequency, Period};
use akimat_i18n::Locale;
use akimat_project::{Project, Status};
use akimat_storage::{PageRequest, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_choices::{Choices, asked, choices, extended, with_query};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;

/// Projects whose milestones are looked through.
const PROJECTS_MAX: u16 = 1_000;

/// Something on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub on: Date,
    /// The project.
    pub project: ProjectId,
    /// What, in words.
    pub title: String,
    /// Name of the project.
    pub of: String,
    /// The project is finished that day, or was.
    pub opening: bool,
    /// It has happened.
    pub done: bool,
    /// A name that stays.
    pub key: String,
}

#[derive(Template)]
#[template(path = "public/project/calendar.html")]
struct CalendarPage {
    page: Page,
    choices: Choices,
    month_name: String,
    previous: String,
    next: String,
    as_month: bool,
    other: String,
    weekdays: Vec<(String, String)>,
    weeks: Vec<Vec<Day>>,
    days: Vec<Day>,
    subscribe: String,
    file: String,
    too_many: bool,
    month: String,
    view: &'static str,
}

struct Day {
    number: i8,
    name: String,
    inside: bool,
    today: bool,
    events: Vec<Line>,
}

struct Line {
    href: String,
    title: String,
    of: String,
    opening: bool,
    done: bool,
}

/// The calendar.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let form = Form::parse(query.as_bytes());
    let (filter, _) = asked(&state, &query);
    let today = state.app.today();
    let first = month_of(form.get("month")).unwrap_or_else(|| today.first_of_month());
    let last = first.last_of_month();
    let (events, too_many) = events(&state, locale, (&filter, (first, last))).await?;
    let kept = canonical(&query);
    let view = if form.get("view") == "list" { "list" } else { "month" };
    let to = |month: Date, view: &str| {
        let month = format!("{:04}-{:02}", month.year(), month.month());
        visitor.to(&with_query("/projects/calendar", &extended(&kept, &[("month", &month), ("view", view)])))
    };
    let beside = |months: i32| first.checked_add(months.months()).unwrap_or(first);
    let month_name = Period::new(first.year(), first.month().unsigned_abs(), Frequency::Monthly)
        .map_or_else(String::new, |period| locale.period(period));
    let day = |on: Date| day(&visitor, on, (first, today), &events);
    let start = first.checked_sub(i64::from(first.weekday().to_monday_zero_offset()).days()).unwrap_or(first);
    let mut weeks = Vec::new();
    let mut monday = start;
    while monday <= last {
        let days = (0..7_i64).filter_map(|n| monday.checked_add(n.days()).ok()).map(day).collect();
        weeks.push(days);
        let Ok(next) = monday.checked_add(7.days()) else { break };
        monday = next;
    }
    let all = (0..i64::from(last.day())).filter_map(|n| first.checked_add(n.days()).ok()).map(day);
    frame::render(&CalendarPage {
        page: frame::page(&visitor, locale.t("face-calendar-title"), Some(MenuItem::Projects))
            .description(locale.t("face-calendar-intro")),
        choices: choices(&state, &visitor, (&query, &filter)).await?,
        previous: to(beside(-1), view),
        next: to(beside(1), view),
        as_month: view == "month",
        other: to(first, if view == "month" { "list" } else { "month" }),
        weekdays: (1..=7).map(|n: u8| weekday(locale, n)).collect(),
        days: all.filter(|day| !day.events.is_empty()).collect(),
        weeks,
        subscribe: visitor.to(&with_query("/subscriptions/new", &kept)),
        file: visitor.to(&with_query("/projects/calendar.ics", &kept)),
        too_many,
        month: format!("{:04}-{:02}", first.year(), first.month()),
        month_name,
        view,
    })
}

fn weekday(locale: &Locale, n: u8) -> (String, String) {
    let full = locale.name("face-weekday", &n.to_string()).into_owned();
    let short = locale.name("face-weekday-short", &n.to_string()).into_owned();
    (full, short)
}

/// `2026-05`.
fn month_of(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let year: i16 = year.parse().ok()?;
    if !(1990..=2100).contains(&year) {
        return None;
    }
    Date::new(year, month.parse().ok()?, 1).ok()
}

fn day(visitor: &Visitor, on: Date, (first, today): (Date, Date), events: &[Event]) -> Day {
    let line = |event: &Event| Line {
        href: visitor.to(&format!("/projects/{}", event.project)),
        title: event.title.clone(),
        of: event.of.clone(),
        opening: event.opening,
        done: event.done,
    };
    Day {
        number: on.day(),
        name: visitor.locale().date(on),
        inside: on.month() == first.month(),
        today: on == today,
        events: events.iter().filter(|event| event.on == on).map(line).collect(),
    }
}

/// Everything on the days between two dates, in their order; and whether there are too many projects to look through
/// their milestones: then only openings are shown.
async fn events(
    state: &WebState,
    locale: &Locale,
    (filter, days): (&ProjectFilter, (Date, Date)),
) -> Answer<(Vec<Event>, bool)> {
    let read = state.app.read();
    let mut events = Vec::new();
    let status = Status::ALL.into_iter().filter(|status| *status != Status::Terminated);
    let status: Vec<Status> = if filter.status.is_empty() { status.collect() } else { filter.status.clone() };
    let alive = ProjectFilter { status, ..filter.clone() };
    let ending = ProjectFilter { ends_between: Some(days), ..alive.clone() };
    let mut request = PageRequest::first(PageRequest::LIMIT_MAX);
    loop {
        let page = read.list_projects(&ending, ProjectSort::Ends, &request).await?;
        for card in &page.items {
            let Some(on) = card.ends_on else { continue };
            let done = matches!(card.status, Status::Completed | Status::Operating);
            let key = if done { "face-calendar-opened" } else { "face-calendar-opens" };
            events.push(Event {
                on,
                project: card.id,
                title: locale.t(key).into_owned(),
                of: locale.text(&card.title).0.to_owned(),
                opening: true,
                done,
                key: format!("{}/end", card.id),
            });
        }
        match page.next {
            Some(next) if events.len() < usize::from(PROJECTS_MAX) => request.after = Some(next),
            _ => break,
        }
    }
    let too_many = read.count_projects(&alive).await?.n_projects > u64::from(PROJECTS_MAX);
    if !too_many {
        for project in read.list_whole_projects(&alive, PROJECTS_MAX).await? {
            events.extend(milestones(locale, &project, days));
        }
    }
    events.sort_by(|a, b| (a.on, &a.of, &a.key).cmp(&(b.on, &b.of, &b.key)));
    Ok((events, too_many))
}

fn milestones<'a>(
    locale: &'a Locale,
    project: &'a Project,
    (first, last): (Date, Date),
) -> impl Iterator<Item = Event> + 'a {
    project.milestones.iter().enumerate().filter_map(move |(n, milestone)| {
        let on = milestone.actual_on.or(milestone.forecast_on).unwrap_or(milestone.planned_on);
        (first..=last).contains(&on).then(|| Event {
            on,
            project: project.id,
            title: locale.text(&milestone.title).0.to_owned(),
            of: locale.text(&project.title).0.to_owned(),
            opening: false,
            done: milestone.actual_on.is_some(),
            key: format!("{}/milestone/{n}", project.id),
        })
    })
}

/// The same as a file that calendars subscribe to: from a quarter back to two years ahead.
///
/// # Errors
/// When the database fails.
pub async fn file(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Answer<Response> {
    let query = canonical(&query.unwrap_or_default());
    let (filter, _) = asked(&state, &query);
    let what = state.app.subscription_words(visitor.locale(), &query).await?;
    of_filter(&state, &visitor, &headers, (&filter, &what)).await
}

/// The calendar of chosen projects as a file.
///
/// # Errors
/// When the database fails.
pub async fn of_filter(
    state: &WebState,
    visitor: &Visitor,
    headers: &HeaderMap,
    (filter, what): (&ProjectFilter, &str),
) -> Answer<Response> {
    let today = state.app.today();
    let days = (today.saturating_sub(90.days()), today.saturating_add(2.years()));
    let (events, _) = events(state, visitor.locale(), (filter, days)).await?;
    let name = visitor.locale().f("face-calendar-name", &[("what", what.into())]);
    let origin = super::feed::origin(state, headers);
    let link = |event: &Event| format!("{origin}{}", visitor.to(&format!("/projects/{}", event.project)));
    // The file says the same as long as nothing changes in it: its stamp is that of the day.
    let stamp =
        today.to_zoned(state.app.zone().clone()).map_or_else(|_| state.app.now(), |zoned| zoned.timestamp());
    let body = ics::encode(&name, visitor.lang.code(), stamp, (&events, &link));
    Ok(super::feed::conditional(headers, "text/calendar; charset=utf-8", stamp, body))
}
