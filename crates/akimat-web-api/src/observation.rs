//! Figures about territories that are not lines of a budget.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{Links, Reply, links, resource};
use akimat_core::KatoCode;
use akimat_storage::{Observation, ObservationQuery, ObservationScope};
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// Figures in one answer at most.
const ITEMS_MAX: usize = 5_000;

/// `/api/v1/observations`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/observations",
    id: "listObservations",
    tag: "analysis",
    summary: "Figures about territories that are not lines of a budget, such as population, area, regional \
              product and price indices, each with its source; at most 5,000 in an answer",
    parameters: &[
        Parameter::new(
            "series",
            Kind::Words(60),
            "Code of the series, such as `population`; without it, all.",
        ),
        Parameter::new("place", Kind::Place, "Of exactly this territory."),
        Parameter::new("under", Kind::Place, "Of this territory and those below it."),
        Parameter::new("year", YEAR, "Of this year."),
    ],
    body: Body::Resource("ObservationList", include_str!("example/observations.json")),
    problems: &[],
};

#[derive(Serialize)]
struct ObservationList {
    truncated: bool,
    items: Vec<ObservationItem>,
    links: Links,
}

#[derive(Serialize)]
struct ObservationItem {
    series: String,
    place: Option<KatoCode>,
    year: i16,
    value: String,
    unit: String,
    invented: bool,
    source: String,
    source_url: String,
    file_name: String,
    sha256: String,
    row: u32,
    imported_at: Timestamp,
}

impl From<Observation> for ObservationItem {
    fn from(figure: Observation) -> Self {
        Self {
            series: figure.series,
            place: figure.place,
            year: figure.year,
            value: figure.value.to_string(),
            unit: figure.unit,
            invented: figure.invented,
            source: figure.source,
            source_url: figure.source_url,
            file_name: figure.file_name,
            sha256: figure.sha256,
            row: figure.row,
            imported_at: figure.imported_at,
        }
    }
}

/// The figures.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let year: Option<i16> = asked.get("year");
    let scope = match (asked.place("place"), asked.place("under")) {
        (Some(place), _) => ObservationScope::Place(place),
        (None, Some(under)) => ObservationScope::Under(under),
        (None, None) => ObservationScope::Any,
    };
    let query = ObservationQuery {
        series: asked.text("series").map(str::to_owned).into_iter().collect(),
        scope,
        years: year.map_or(akimat_app::territory::YEARS, |year| year..=year),
    };
    let found = state.app.read().list_observations(&query).await?;
    let body = ObservationList {
        truncated: found.len() > ITEMS_MAX,
        items: found.into_iter().take(ITEMS_MAX).map(Into::into).collect(),
        links: links("/api/v1/observations".to_owned(), "/analysis"),
    };
    resource(&asked.headers, &body)
}
