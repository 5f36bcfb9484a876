//! `/admin/work/board`: projects by status, or by the stages of one modality.

use super::{WorkTab, place_of, portfolio_time, tabs};
use akimat_app::project::life::stages;
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_project::stage::SUSPENDED;
use akimat_project::{Modality, Sector, Status};
use akimat_storage::{PageRequest, ProjectCard, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{Item, item, options, place_names, stage_name};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::BTreeMap;

/// Cards of one status.
const CARDS: u16 = 12;
/// Statuses of the board: what is over is counted, not shown.
const SHOWN: [Status; 7] = [
    Status::Idea,
    Status::Appraisal,
    Status::Planned,
    Status::Tender,
    Status::Contract,
    Status::Implementing,
    Status::Suspended,
];

#[derive(Template)]
#[template(path = "admin/work/board.html")]
struct BoardPage {
    page: Page,
    tabs: Vec<WorkTab>,
    form: kit::Form,
    modalities: Vec<(String, String)>,
    sectors: Vec<(String, String)>,
    columns: Vec<Column>,
    over: Vec<(String, String, String)>,
    basis: String,
}

/// A column: its name, how many there are, the first of them.
struct Column {
    name: String,
    count: String,
    items: Vec<Item>,
    more: String,
    more_path: String,
}

/// The board as it is read from the store.
struct Found {
    cards: BTreeMap<Status, Vec<ProjectCard>>,
    counts: BTreeMap<Status, u64>,
    names: BTreeMap<KatoCode, String>,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let filter = ProjectFilter {
        place: place_of(&visitor, asked.get("place")),
        modality: Modality::parse(asked.get("modality")),
        sector: Sector::parse(asked.get("sector")),
        ..ProjectFilter::default()
    };
    let found = find(&state, locale, &filter).await?;
    let columns = match filter.modality {
        Some(modality) => by_stage((&state, &visitor), (&filter, modality), &found),
        None => SHOWN
            .into_iter()
            .map(|status| {
                let cards: Vec<&ProjectCard> = found.cards.get(&status).into_iter().flatten().collect();
                let name = locale.name("status", status.code()).into_owned();
                let n = found.counts.get(&status).copied().unwrap_or(0);
                column((&state, &visitor), (&filter, status, name), (&cards, Some(n)), &found.names)
            })
            .collect(),
    };
    let over = [Status::Completed, Status::Operating, Status::Terminated].into_iter().map(|status| {
        let n = found.counts.get(&status).copied().unwrap_or(0);
        (locale.name("status", status.code()).into_owned(), locale.count(n), list_path(&filter, status))
    });
    let basis = filter.modality.and_then(|modality| {
        let track = stages().tracks.iter().find(|track| track.modality == modality)?;
        Some(locale.f("work-board-basis", &[("basis", locale.text(&track.basis).0.into())]))
    });
    frame::render(&BoardPage {
        page: frame::page(&visitor, locale.t("work-board-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(found.cards.values().flatten().any(|card| card.invented)),
        tabs: tabs(locale, "/admin/work/board"),
        form: kit::Form::new()
            .with("modality", filter.modality.map_or("", Modality::code))
            .with("sector", filter.sector.map_or("", Sector::code)),
        modalities: options(locale, "modality", Modality::ALL, Modality::code),
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        columns,
        over: over.collect(),
        basis: basis.unwrap_or_default(),
    })
}

async fn find(state: &WebState, locale: &Locale, filter: &ProjectFilter) -> Answer<Found> {
    let read = state.app.read();
    let mut cards = BTreeMap::new();
    for status in SHOWN {
        let filter = ProjectFilter { status: vec![status], ..filter.clone() };
        let page = read.list_projects(&filter, ProjectSort::Ends, &PageRequest::first(CARDS)).await?;
        cards.insert(status, page.items);
    }
    let counts = read.sum_portfolio(filter, portfolio_time(state)).await?.by_status;
    let counts = counts.into_iter().map(|(status, totals)| (status, totals.n_projects)).collect();
    let codes = cards.values().flatten().map(|card: &ProjectCard| card.place);
    let names = place_names(state, locale, codes).await?;
    Ok(Found { cards, counts, names })
}

/// Columns of the stages of a modality in their order; those that are stopped stand last.
fn by_stage(
    (state, visitor): (&WebState, &Visitor),
    (filter, modality): (&ProjectFilter, Modality),
    found: &Found,
) -> Vec<Column> {
    let locale = visitor.locale();
    let track = stages().of(modality).iter().filter(|stage| SHOWN.contains(&stage.status));
    let mut columns: Vec<Column> = track
        .map(|stage| {
            let of = found.cards.get(&stage.status).into_iter().flatten();
            let here = |card: &&ProjectCard| {
                stages().code_at(modality, card.status, &card.stage) == stage.code.as_str()
            };
            let cards: Vec<&ProjectCard> = of.filter(here).collect();
            let name = locale.text(&stage.title).0.to_owned();
            let alone =
                stages().of(modality).iter().filter(|other| other.status == stage.status).count() == 1;
            let n = found.counts.get(&stage.status).copied().unwrap_or(0);
            let n = alone.then_some(n);
            column((state, visitor), (filter, stage.status, name), (&cards, n), &found.names)
        })
        .collect();
    let stopped: Vec<&ProjectCard> = found.cards.get(&Status::Suspended).into_iter().flatten().collect();
    let n = found.counts.get(&Status::Suspended).copied().unwrap_or(0);
    let name = stage_name(locale, modality, SUSPENDED);
    columns.push(column(
        (state, visitor),
        (filter, Status::Suspended, name),
        (&stopped, Some(n)),
        &found.names,
    ));
    columns
}

fn column(
    (state, visitor): (&WebState, &Visitor),
    (filter, status, name): (&ProjectFilter, Status, String),
    (cards, n): (&[&ProjectCard], Option<u64>),
    names: &BTreeMap<KatoCode, String>,
) -> Column {
    let locale = visitor.locale();
    let n_cards = u64::try_from(cards.len()).unwrap_or(0);
    let n = n.unwrap_or(n_cards);
    Column {
        name,
        count: locale.count(n),
        items: cards.iter().map(|card| item((state, locale), card, names)).collect(),
        more: if n > n_cards {
            locale.f("work-board-more", &[("n", (n - n_cards).into())])
        } else {
            String::new()
        },
        more_path: list_path(filter, status),
    }
}

/// The public list with the same choice.
fn list_path(filter: &ProjectFilter, status: Status) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("status", status.code());
    if let Some(place) = filter.place {
        query.append_pair("place", &place.to_string());
    }
    if let Some(modality) = filter.modality {
        query.append_pair("modality", modality.code());
    }
    if let Some(sector) = filter.sector {
        query.append_pair("sector", sector.code());
    }
    format!("/projects?{}", query.finish())
}
