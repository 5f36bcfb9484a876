//! `/projects/map`: the register on a map that is drawn here. Place and scale stand in the address; panning and zooming
//! are links; where scripts run, `assets/js/map.js` follows the same links by hand and wheel.

pub mod draw;
pub mod small;
pub mod view;

use akimat_app::project_query::{canonical, point, point_text};
use akimat_core::ProjectId;
use akimat_project::Status;
use akimat_storage::{Cell, PageRequest, ProjectCard, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::project_choices::{Choices, asked, choices, extended, with_query};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use draw::{Mark, Sign};
use std::collections::BTreeMap;
use view::View;

/// Borders on one map.
const BORDERS_MAX: u16 = 40;
/// Projects drawn one by one on one map.
const SINGLES_MAX: usize = 120;

#[derive(Template)]
#[template(path = "public/project/map.html")]
struct MapPage {
    page: Page,
    choices: Choices,
    picture: Markup,
    moves: Vec<MoveLink>,
    legend: Vec<LegendRow>,
    entries: Vec<Entry>,
    found: String,
    list: String,
    around: String,
    source: Vec<String>,
    tiles_credit: String,
    state: View,
    base: String,
    script: bool,
}

/// A link that moves a map.
#[derive(Debug)]
pub struct MoveLink {
    /// What it does.
    pub name: String,
    /// Its sign.
    pub sign: &'static str,
    /// Where it leads.
    pub href: String,
}

struct LegendRow {
    shape: Markup,
    name: String,
}

/// A line of the list beside the map, in the order of the marks.
struct Entry {
    href: String,
    title: String,
    about: String,
    /// It leads to another state of this page or of the list.
    state: bool,
}

/// The map.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let (filter, _) = asked(&state, &query);
    let form = Form::parse(query.as_bytes());
    let view = match (point(form.get("at")), form.get("z").parse().ok()) {
        (Some(middle), Some(zoom)) => View::new(middle, zoom),
        _ => View::around(state.app.read().project_bounds(&filter).await?),
    };
    let page = build(&state, &visitor, (&query, &filter), view).await?;
    Ok(small::with_tiles(&state, frame::render(&page)?))
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    (query, filter): (&str, &ProjectFilter),
    view: View,
) -> Answer<MapPage> {
    let locale = visitor.locale();
    let read = state.app.read();
    let kept = canonical(query);
    let cells = read.count_project_cells(filter, &view.grid()).await?;
    let n_projects: u64 = cells.iter().map(|cell| cell.n_projects).sum();
    let singles = cards_of(state, &cells).await?;
    let places = place_names(state, locale, singles.values().map(|card| card.place)).await?;
    let borders = read.list_boundaries(view.bounds(), view.span_min_e6(), BORDERS_MAX).await?;
    let border_names = place_names(state, locale, borders.iter().map(|border| border.place)).await?;
    let to = |view: &View| address(visitor, &kept, view);
    let (mut marks, mut entries) = (Vec::new(), Vec::new());
    for cell in in_reading_order(cells) {
        let (mark, entry) = match singles.get(&cell.first).filter(|_| cell.n_projects == 1) {
            Some(card) => single(visitor, card, &places, &cell),
            None => crowd(visitor, &kept, &view, &cell),
        };
        marks.push(mark);
        entries.push(entry);
    }
    let around =
        extended(&kept, &[("near", &point_text(view.middle)), ("radius", &view.radius_m().to_string())]);
    let whole = View::around(read.project_bounds(filter).await?);
    let words = draw::Words {
        title: locale.t("face-map-title").into_owned(),
        label: locale.t("face-map-alt").into_owned(),
    };
    let mut source: Vec<String> = borders.iter().map(|border| border.source.clone()).collect();
    source.sort();
    source.dedup();
    let tiles = state.options.tiles.as_ref();
    Ok(MapPage {
        page: frame::page(visitor, locale.t("face-map-title"), Some(MenuItem::Projects))
            .description(locale.t("face-map-intro"))
            .invented(!singles.is_empty() && singles.values().all(|card| card.invented)),
        choices: choices(state, visitor, (query, filter)).await?,
        picture: draw::picture(&view, &words, (&borders, &border_names), (&marks, tiles)),
        moves: view
            .moves()
            .into_iter()
            .chain([("whole", "⤢", whole)])
            .map(|(name, sign, view)| MoveLink {
                name: locale.name("face-map-move", name).into_owned(),
                sign,
                href: to(&view),
            })
            .collect(),
        legend: legend(visitor),
        found: locale.f("face-map-found", &[("n", n_projects.into())]),
        list: visitor.to(&with_query("/projects", &extended(&kept, &[("bounds", &view.bounds_text())]))),
        around: visitor.to(&with_query("/subscriptions/new", &around)),
        source,
        tiles_credit: tiles.map_or_else(String::new, |tiles| tiles.attribution.clone()),
        base: visitor.to(&with_query("/projects/map", &kept)),
        entries,
        state: view,
        script: true,
    })
}

fn address(visitor: &Visitor, kept: &str, view: &View) -> String {
    let zoom = view.zoom.to_string();
    visitor
        .to(&with_query("/projects/map", &extended(kept, &[("at", &point_text(view.middle)), ("z", &zoom)])))
}

/// From the north to the south, in each row from the west to the east: as one reads.
fn in_reading_order(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_by_key(|cell| (std::cmp::Reverse(cell.row), cell.column));
    cells
}

/// The projects that have their cell to themselves.
async fn cards_of(state: &WebState, cells: &[Cell]) -> Answer<BTreeMap<ProjectId, ProjectCard>> {
    let alone = cells.iter().filter(|cell| cell.n_projects == 1).map(|cell| cell.first);
    let ids: Vec<ProjectId> = alone.take(SINGLES_MAX).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let filter = ProjectFilter { ids, ..ProjectFilter::default() };
    let request = PageRequest::first(PageRequest::LIMIT_MAX);
    let page = state.app.read().list_projects(&filter, ProjectSort::Updated, &request).await?;
    Ok(page.items.into_iter().map(|card| (card.id, card)).collect())
}

fn single(
    visitor: &Visitor,
    card: &ProjectCard,
    places: &BTreeMap<akimat_core::KatoCode, String>,
    cell: &Cell,
) -> (Mark, Entry) {
    let locale = visitor.locale();
    let href = visitor.to(&format!("/projects/{}", card.id));
    let title = locale.text(&card.title).0.to_owned();
    let status = locale.name("status", card.status.code()).into_owned();
    let place = places.get(&card.place).cloned().unwrap_or_default();
    let about = if place.is_empty() { status.clone() } else { format!("{status} · {place}") };
    let mark = Mark {
        at: cell.middle,
        sign: Sign::One(card.status),
        title: format!("{title} ({status})"),
        href: href.clone(),
        go: false,
    };
    (mark, Entry { href, title, about, state: false })
}

/// A crowd leads nearer; where one cannot go nearer, it leads to its list.
fn crowd(visitor: &Visitor, kept: &str, view: &View, cell: &Cell) -> (Mark, Entry) {
    let locale = visitor.locale();
    let title = locale.f("face-map-crowd", &[("n", cell.n_projects.into())]);
    let nearer = view.nearer(cell.middle);
    let (href, go) = match nearer {
        Some(nearer) => (address(visitor, kept, &nearer), true),
        None => {
            let bounds = view.cell_bounds_text(cell);
            (visitor.to(&with_query("/projects", &extended(kept, &[("bounds", &bounds)]))), false)
        }
    };
    let number = locale.count(cell.n_projects);
    let mark = Mark {
        at: cell.middle,
        sign: Sign::Crowd(cell.n_projects, number),
        title: title.clone(),
        href: href.clone(),
        go,
    };
    let about = locale.t(if go { "face-map-nearer" } else { "face-map-as-list" }).into_owned();
    (mark, Entry { href, title, about, state: true })
}

fn legend(visitor: &Visitor) -> Vec<LegendRow> {
    let locale = visitor.locale();
    let mut rows: Vec<LegendRow> = Vec::new();
    for status in Status::ALL {
        let shape = draw::specimen(status);
        let name = locale.name("status", status.code()).into_owned();
        match rows.iter_mut().find(|row| row.shape == shape) {
            Some(row) => row.name = format!("{}, {name}", row.name),
            None => rows.push(LegendRow { shape, name }),
        }
    }
    rows
}
