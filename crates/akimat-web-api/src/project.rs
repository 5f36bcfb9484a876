//! Projects of the register.

use crate::asked::{Asked, Reason};
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, Kind as Values, LIMIT, Parameter, YEAR};
use crate::problem::Refusal;
use crate::reply::{CURRENCY, Links, Reply, amount_opt, links, list as list_of, resource};
use akimat_app::project::life::stage_codes;
use akimat_app::project_query;
use akimat_core::{KatoCode, Lang, ProjectId, Text, UpdateId};
use akimat_participation::RatingSummary;
use akimat_project::{
    Basis, Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, Point, Project,
    ProjectUpdate, Reach, Sector, Status, StatusChange,
};
use akimat_storage::{ProjectCard, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project_choices::when;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// News of one project at most.
pub const UPDATES_MAX: u16 = 100;

/// The orders by their names, with the shape of their cursors.
const SORTS: [(&str, ProjectSort, Key); 4] = [
    ("updated", ProjectSort::Updated, Key::Number),
    ("planned", ProjectSort::Cost, Key::Number),
    ("ends_on", ProjectSort::Ends, Key::Date),
    ("quiet", ProjectSort::Quiet, Key::Number),
];

/// Whole millions of tenge.
const MILLIONS: Values = Values::Whole { min: 0, max: 9_999_999, default: None };

/// `/api/v1/projects`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/projects",
    id: "listProjects",
    tag: "projects",
    summary: "Projects; all conditions must hold",
    parameters: &[
        Parameter::new("place", Values::Place, "In this territory or below it."),
        Parameter::new("status", Values::OneOf(statuses, None), "Of one of these statuses.").repeatable(),
        Parameter::new("sector", Values::OneOf(sectors, None), "Of this sector."),
        Parameter::new("kind", Values::OneOf(kinds, None), "Of this kind."),
        Parameter::new("modality", Values::OneOf(modalities, None), "Paid and carried out in this way."),
        Parameter::new("year", YEAR, "With money in this year."),
        Parameter::new(
            "reach",
            Values::OneOf(reaches, None),
            "Shared with other territories, or with a partner abroad.",
        ),
        Parameter::new("stage", Values::OneOf(stages, None), "At this stage, finer than a status."),
        Parameter::new("level", Values::OneOf(levels, None), "Of this level."),
        Parameter::new("cost_min", MILLIONS, "With a known planned cost of at least so many million tenge."),
        Parameter::new("cost_max", MILLIONS, "With a known planned cost of at most so many million tenge."),
        Parameter::new("late", Values::OneOf(yes, None), "Not finished, and planned to end before today."),
        Parameter::new("silent", Values::OneOf(yes, None), "In work, and without news for 30 days."),
        Parameter::new("real", Values::OneOf(yes, None), "Not invented for the demonstration."),
        Parameter::new("near", Values::Words(40), "Around this point: latitude,longitude in degrees."),
        Parameter::new(
            "radius",
            Values::Whole { min: 50, max: 50_000, default: Some(1_000) },
            "Within so many metres of `near`.",
        ),
        Parameter::new("from", Values::Words(10), "Planned to end on this day or later: YYYY-MM-DD."),
        Parameter::new("to", Values::Words(10), "Planned to end on this day or earlier: YYYY-MM-DD."),
        Parameter::new(
            "bounds",
            Values::Words(80),
            "In this part of the map: south,west,north,east in degrees.",
        ),
        Parameter::new("project", Values::Id, "One of these.").repeatable(),
        Parameter::new(
            "q",
            Values::Words(100),
            "Words or parts of words of the number, the titles and the contractor, in any order.",
        ),
        Parameter::new(
            "sort",
            Values::OneOf(sorts, Some("updated")),
            "Order: last changed, most expensive, nearest end, or longest without news first.",
        ),
        LIMIT,
        CURSOR,
    ],
    body: Body::Resource("ProjectList", include_str!("example/projects.json")),
    problems: &[],
};

/// `/api/v1/projects/{id}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}",
    id: "getProject",
    tag: "projects",
    summary: "A project with its money, milestones, results, history, news (the newest 100) and votes",
    parameters: &[ID],
    body: Body::Resource("Project", include_str!("example/project.json")),
    problems: &[],
};

fn statuses() -> Vec<&'static str> {
    Status::ALL.into_iter().map(Status::code).collect()
}

fn sectors() -> Vec<&'static str> {
    Sector::ALL.iter().map(|sector| sector.code()).collect()
}

fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.code()).collect()
}

fn modalities() -> Vec<&'static str> {
    Modality::ALL.iter().map(|modality| modality.code()).collect()
}

fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|level| level.code()).collect()
}

fn stages() -> Vec<&'static str> {
    stage_codes().into_iter().map(|(_, code)| code).collect()
}

fn yes() -> Vec<&'static str> {
    vec!["yes"]
}

fn reaches() -> Vec<&'static str> {
    Reach::ALL.iter().map(|reach| reach.code()).collect()
}

fn sorts() -> Vec<&'static str> {
    SORTS.iter().map(|(name, ..)| *name).collect()
}

/// A project in a list.
#[derive(Debug, Serialize)]
pub struct ProjectItem {
    id: ProjectId,
    number: String,
    place: KatoCode,
    title: Text,
    sector: &'static str,
    kind: &'static str,
    modality: &'static str,
    status: &'static str,
    stage: String,
    progress_pct: u8,
    currency: &'static str,
    planned: Option<String>,
    paid: Option<String>,
    ends_on: Option<Date>,
    location: Option<Location>,
    invented: bool,
    updated_at: Timestamp,
    news_at: Timestamp,
    rating: Rating,
    n_comments: u64,
    links: ProjectLinks,
}

/// A whole project.
#[derive(Debug, Serialize)]
pub struct ProjectBody {
    #[serde(flatten)]
    card: ProjectItem,
    summary: Text,
    level: &'static str,
    contractor: String,
    starts_on: Option<Date>,
    contracted: Option<String>,
    scores: Vec<Score>,
    exclusive_group: String,
    version: u32,
    created_at: Timestamp,
    money: Vec<MoneyItem>,
    milestones: Vec<Milestone>,
    results: Vec<ExpectedResult>,
    beneficiaries: Vec<Beneficiary>,
    partners: Vec<KatoCode>,
    international: bool,
    history: Vec<Move>,
    updates: Vec<UpdateItem>,
}

#[derive(Debug, Serialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

/// Votes: how many gave 1, 2, 3, 4 and 5.
#[derive(Debug, Serialize)]
struct Rating {
    n_votes: u64,
    mean: Option<String>,
    counts: [u64; 5],
}

#[derive(Debug, Serialize)]
struct ProjectLinks {
    #[serde(flatten)]
    links: Links,
    comments: String,
    place: String,
}

#[derive(Debug, Serialize)]
struct Score {
    criterion: String,
    score: u8,
}

#[derive(Debug, Serialize)]
struct MoneyItem {
    year: i16,
    source: &'static str,
    programme: String,
    planned: Option<String>,
    amended: Option<String>,
    contracted: Option<String>,
    invoiced: Option<String>,
    paid: Option<String>,
}

#[derive(Debug, Serialize)]
struct Move {
    from: Option<&'static str>,
    to: &'static str,
    at: Timestamp,
    by: String,
    reason: String,
    stage: String,
    basis: Option<Basis>,
}

#[derive(Debug, Serialize)]
struct UpdateItem {
    id: UpdateId,
    at: Timestamp,
    by: String,
    lang: Lang,
    body: String,
    progress_pct: u8,
}

/// The public parts of a project as they come out of the store.
#[derive(Debug)]
pub struct Found {
    /// The project.
    pub project: Project,
    /// Its votes.
    pub rating: RatingSummary,
    /// Number of comments.
    pub n_comments: u64,
    /// Its moves, oldest first.
    pub history: Vec<StatusChange>,
    /// Its news, newest first.
    pub updates: Vec<ProjectUpdate>,
}

impl From<Point> for Location {
    fn from(point: Point) -> Self {
        let degrees = |e6: i32| f64::from(e6) / 1e6;
        Self { latitude: degrees(point.lat_e6), longitude: degrees(point.lon_e6) }
    }
}

impl From<RatingSummary> for Rating {
    fn from(rating: RatingSummary) -> Self {
        Self {
            n_votes: rating.n_votes(),
            mean: rating.mean().and_then(|mean| mean.to_decimal(2)),
            counts: rating.counts,
        }
    }
}

impl From<MoneyLine> for MoneyItem {
    fn from(line: MoneyLine) -> Self {
        Self {
            year: line.year,
            source: line.source.code(),
            programme: line.programme,
            planned: amount_opt(line.planned),
            amended: amount_opt(line.amended),
            contracted: amount_opt(line.contracted),
            invoiced: amount_opt(line.invoiced),
            paid: amount_opt(line.paid),
        }
    }
}

impl From<StatusChange> for Move {
    fn from(change: StatusChange) -> Self {
        Self {
            from: change.from.map(Status::code),
            to: change.to.code(),
            at: change.at,
            by: change.by,
            reason: change.reason,
            stage: change.stage,
            basis: (!change.basis.is_empty()).then_some(change.basis),
        }
    }
}

impl From<ProjectUpdate> for UpdateItem {
    fn from(update: ProjectUpdate) -> Self {
        Self {
            id: update.id,
            at: update.at,
            by: update.by,
            lang: update.lang,
            body: update.body,
            progress_pct: update.progress_pct,
        }
    }
}

impl From<ProjectCard> for ProjectItem {
    fn from(card: ProjectCard) -> Self {
        let (id, place) = (card.id, card.place);
        let own = format!("/api/v1/projects/{id}");
        Self {
            id,
            number: card.number,
            place,
            title: card.title,
            sector: card.sector.code(),
            kind: card.kind.code(),
            modality: card.modality.code(),
            status: card.status.code(),
            stage: card.stage,
            progress_pct: card.progress_pct,
            currency: CURRENCY,
            planned: amount_opt(card.planned),
            paid: amount_opt(card.paid),
            ends_on: card.ends_on,
            location: card.location.map(Location::from),
            invented: card.invented,
            updated_at: card.updated_at,
            news_at: card.news_at,
            rating: card.rating.into(),
            n_comments: card.n_comments,
            links: ProjectLinks {
                comments: format!("{own}/comments"),
                place: format!("/api/v1/places/{place}"),
                links: links(own, &format!("/projects/{id}")),
            },
        }
    }
}

/// A whole project. Who its manager is, as an account, stays inside.
pub fn body(found: Found) -> ProjectBody {
    let Found { project, rating, n_comments, history, updates } = found;
    let (planned, contracted, paid) = project.totals();
    let card = ProjectCard {
        id: project.id,
        number: project.number,
        place: project.place,
        title: project.title,
        sector: project.sector,
        kind: project.kind,
        modality: project.modality,
        status: project.status,
        progress_pct: project.progress_pct,
        planned,
        paid,
        ends_on: project.ends_on,
        location: project.location,
        invented: project.invented,
        updated_at: project.updated_at,
        stage: project.stage,
        news_at: project.news_at,
        rating,
        n_comments,
    };
    let scores = project.scores.into_iter().map(|(criterion, score)| Score { criterion, score });
    ProjectBody {
        card: card.into(),
        summary: project.summary,
        level: project.level.code(),
        contractor: project.contractor,
        starts_on: project.starts_on,
        contracted: amount_opt(contracted),
        scores: scores.collect(),
        exclusive_group: project.exclusive_group,
        version: project.version,
        created_at: project.created_at,
        money: project.money.into_iter().map(MoneyItem::from).collect(),
        milestones: project.milestones,
        results: project.results,
        beneficiaries: project.beneficiaries,
        partners: project.partners,
        international: project.international,
        history: history.into_iter().map(Move::from).collect(),
        updates: updates.into_iter().map(UpdateItem::from).collect(),
    }
}

/// The conditions as the addresses of pages have them; what is no point, part of the map or day is refused.
fn filter(state: &WebState, asked: &Asked) -> Result<ProjectFilter, Refusal> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for key in project_query::KEYS {
        for value in asked.all(key) {
            query.append_pair(key, value);
        }
    }
    let (filter, _) = project_query::parse(&query.finish(), when(state));
    let is_day = |name| asked.get::<Date>(name).is_some();
    let wrong = [
        ("near", filter.circle.is_some()),
        ("bounds", filter.bounds.is_some()),
        ("from", is_day("from")),
        ("to", is_day("to")),
    ];
    let wrong = wrong.into_iter().find(|(name, read)| !read && asked.text(name).is_some());
    match wrong {
        Some((name, _)) => Err(asked.refuse(name, Reason::UnknownValue)),
        None => Ok(filter),
    }
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list in this order.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let wanted = asked.text("sort");
    let (order, sort, key) = SORTS.into_iter().find(|(name, ..)| Some(*name) == wanted).unwrap_or(SORTS[0]);
    let page =
        state.app.read().list_projects(&filter(&state, &asked)?, sort, &asked.page(order, key)?).await?;
    let items: Vec<ProjectItem> = page.items.into_iter().map(ProjectItem::from).collect();
    resource(&asked.headers, &list_of(&asked, items, order, page.next.as_ref()))
}

/// One project.
///
/// # Errors
/// 404 when there is none.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let read = state.app.read();
    let (project, rating, n_comments) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let history = read.list_status_changes(id).await?;
    let updates = read.list_project_updates(id, UPDATES_MAX).await?;
    resource(&asked.headers, &body(Found { project, rating, n_comments, history, updates }))
}
