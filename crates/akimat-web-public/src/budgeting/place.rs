//! `/proposals/{id}/place`: the author says on the map where a proposal is. A tap leads nearer, the cross is the point,
//! a button takes it: all of it links and one form, so that it works without scripts and by keyboard.

use super::write::own;
use crate::project::map::MoveLink;
use crate::project::map::draw::{CELL_SIDE, Mark, Sign, Words};
use crate::project::map::small::{moves, small_map, with_tiles};
use crate::project::map::view::{HEIGHT, View, WIDTH, project, unproject};
use akimat_app::AppError;
use akimat_app::project_query::{point, point_text};
use akimat_app::proposal::write::linked;
use akimat_app::proposal::{Piece, ProposalDraft};
use akimat_core::ProposalId;
use akimat_participation::process::Process;
use akimat_participation::proposal::{Proposal, State as Standing};
use akimat_project::Point;
use akimat_storage::ProjectFilter;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::budgeting::{crumbs, proposal_path};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};

/// How near the map begins where a point is known: a street with its houses.
const NEAR: u8 = 16;

#[derive(Template)]
#[template(path = "public/budgeting/place.html")]
struct PlacePage {
    page: Page,
    crumbs: Vec<(String, String)>,
    id: ProposalId,
    picture: Markup,
    credits: Vec<String>,
    moves: Vec<MoveLink>,
    middle: String,
    known: bool,
    form: kit::Form,
}

/// The map.
///
/// # Errors
/// 403 for others, 404 when there is no such draft.
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
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut form = kit::Form::new().with("link", asked.raw("link"));
    let mut view = match (point(asked.get("at")), asked.get("z").parse().ok()) {
        (Some(middle), Some(zoom)) => View::new(middle, zoom),
        _ => begin(&state, &process, &proposal).await?,
    };
    if !asked.get("link").is_empty() {
        match linked(asked.raw("link")) {
            Some(found) => view = View::new(Point { lat_e6: found.lat, lon_e6: found.lon }, NEAR),
            None => form.fail("link", visitor.locale().t("proposal-link-wrong")),
        }
    }
    answer(&state, &visitor, (&process, &proposal), (view, form)).await
}

async fn answer(
    state: &WebState,
    visitor: &Visitor,
    of: (&Process, &Proposal),
    (view, form): (View, kit::Form),
) -> Answer {
    let wrong = !form.is_clean();
    let page = build(state, visitor, of, (view, form)).await?;
    let response = if wrong { frame::render_invalid(&page)? } else { frame::render(&page)? };
    Ok(with_tiles(state, response))
}

/// Where the map begins: at the point that is known, or over the projects of the territory.
async fn begin(state: &WebState, process: &Process, proposal: &Proposal) -> Answer<View> {
    if let Some(known) = proposal.point {
        return Ok(View::new(Point { lat_e6: known.lat, lon_e6: known.lon }, NEAR));
    }
    let place = process.envelope(&proposal.envelope).and_then(|envelope| envelope.place);
    let filter = ProjectFilter { place: Some(place.unwrap_or(process.place)), ..ProjectFilter::default() };
    Ok(View::around(state.app.read().project_bounds(&filter).await?))
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    (view, form): (View, kit::Form),
) -> Answer<PlacePage> {
    let locale = visitor.locale();
    let words = Words {
        title: locale.t("proposal-place-title").into_owned(),
        label: locale.t("proposal-place-alt").into_owned(),
    };
    let to = |view: &View| format!("?at={}&z={}", point_text(view.middle), view.zoom);
    let mut marks = cells(&view, to);
    let still = |at, sign| Mark { at, sign, title: String::new(), href: String::new(), go: false };
    if let Some(known) = proposal.point {
        marks.push(still(Point { lat_e6: known.lat, lon_e6: known.lon }, Sign::Here));
    }
    marks.push(still(view.middle, Sign::Cross));
    let map = small_map(state, locale, (&view, &words), &marks).await?;
    let title = locale.t("proposal-place-title").into_owned();
    Ok(PlacePage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Budgeting))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        crumbs: crumbs(visitor, process, &title),
        id: proposal.id,
        picture: map.picture,
        credits: map.credits,
        moves: moves(locale, &view, to),
        middle: point_text(view.middle).replace(',', ", "),
        known: proposal.point.is_some(),
        form: form.with("at", point_text(view.middle)).with("edit", proposal.edit.to_string()),
    })
}

/// Squares over the whole picture, each of which leads one step nearer to its middle.
fn cells(view: &View, to: impl Fn(&View) -> String) -> Vec<Mark> {
    let (x, y) = project(view.middle, view.zoom);
    let (left, top) = (x - WIDTH / 2.0, y - HEIGHT / 2.0);
    let mut marks = Vec::new();
    let mut down = CELL_SIDE / 2.0;
    while down < HEIGHT {
        let mut across = CELL_SIDE / 2.0;
        while across < WIDTH {
            let at = unproject((left + across, top + down), view.zoom);
            let href = to(&View::new(at, view.zoom.saturating_add(1)));
            marks.push(Mark { at, sign: Sign::Cell, title: String::new(), href, go: false });
            across += CELL_SIDE;
        }
        down += CELL_SIDE;
    }
    marks
}

/// Takes the middle of the map as the place, or takes the place away.
///
/// # Errors
/// 403 for others, 409 when it was changed elsewhere meanwhile.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.comment, &state, &visitor)?;
    let (process, proposal) = own(&state, &visitor, &id).await?;
    let chosen = point(form.get("at"));
    let piece = match (form.get("act"), chosen) {
        ("none", _) => Piece { point: Some((String::new(), String::new())), ..Piece::default() },
        _ => Piece { link: Some(form.raw("at").to_owned()), ..Piece::default() },
    };
    let draft =
        ProposalDraft { edit: form.get("edit").parse().unwrap_or_default(), lang: visitor.lang, piece };
    match state.app.save_proposal(visitor.actor(), proposal.id, &draft).await {
        Ok(_) => {
            let path = format!("/proposals/{}/edit?step=2", proposal.id);
            Ok(frame::redirect(&visitor, &path, "proposal-saved"))
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new();
            for fault in &faults {
                again.fail("link", frame::fault_text(visitor.locale(), fault));
            }
            let view = match chosen {
                Some(middle) => View::new(middle, NEAR),
                None => begin(&state, &process, &proposal).await?,
            };
            answer(&state, &visitor, (&process, &proposal), (view, again)).await
        }
        Err(error) => Err(error.into()),
    }
}
