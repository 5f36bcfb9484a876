//! A territory beside similar ones.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{CURRENCY, Links, Reply, links, resource};
use akimat_app::peer::{Compared, Drivers, PeerStudy};
use akimat_budget::refusal::Refusal;
use akimat_core::{KatoCode, Ratio};
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/places/{code}/peers`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/places/{code}/peers",
    id: "getPeers",
    tag: "analysis",
    summary: "A territory among the most similar ones of its level by population and density: indicators with \
              rank and percentile, and what makes the difference per resident; `refusal` says why not",
    parameters: &[
        Parameter::new("code", Kind::Place, "Code of the territory.").required(),
        Parameter::new("year", YEAR, "Financial year.").required(),
    ],
    body: Body::Resource("Peers", include_str!("example/peers.json")),
    problems: &[],
};

#[derive(Serialize)]
struct PeersBody {
    place: KatoCode,
    year: i16,
    refusal: Option<&'static str>,
    study: Option<StudyItem>,
    links: Links,
}

#[derive(Serialize)]
struct StudyItem {
    level: u8,
    stage: &'static str,
    currency: &'static str,
    invented: bool,
    population: u64,
    with_density: bool,
    n_candidates: usize,
    peers: Vec<PeerItem>,
    indicators: Vec<ComparedItem>,
    own_revenue_drivers: Vec<DriverItem>,
    expenditure_drivers: Vec<DriverItem>,
}

#[derive(Serialize)]
struct PeerItem {
    place: KatoCode,
    distance: f64,
}

#[derive(Serialize)]
struct ComparedItem {
    code: &'static str,
    value: Option<String>,
    refusal: Option<&'static str>,
    rank: Option<usize>,
    of: Option<usize>,
    percentile: Option<String>,
}

#[derive(Serialize)]
struct DriverItem {
    item: &'static str,
    code: String,
    own: Option<String>,
    peers: Option<String>,
    adds: Option<String>,
}

/// Tenge with four decimals out of tiyn a resident.
fn tenge(tiyn: Ratio) -> Option<String> {
    Ratio::new(tiyn.numerator(), tiyn.denominator().checked_mul(100)?)?.to_decimal(4)
}

fn compared(one: &Compared) -> ComparedItem {
    ComparedItem {
        code: one.code,
        value: one.own.as_ref().ok().and_then(akimat_budget::Indicator::decimal),
        refusal: one.own.as_ref().err().map(Refusal::code),
        rank: one.standing.map(|standing| standing.rank),
        of: one.standing.map(|standing| standing.of),
        percentile: one.standing.and_then(|standing| standing.percentile.to_decimal(2)),
    }
}

fn drivers(found: &Result<Drivers, Refusal>) -> Vec<DriverItem> {
    let Ok(found) = found else { return Vec::new() };
    let item = |driver: &akimat_budget::peer::Driver| {
        let key = found.keys.get(driver.part)?;
        Some(DriverItem {
            item: key.item.code(),
            code: key.code.clone(),
            own: tenge(driver.own),
            peers: tenge(driver.peers),
            adds: tenge(driver.adds),
        })
    };
    found.drivers.iter().filter_map(item).collect()
}

fn study(found: &PeerStudy) -> StudyItem {
    StudyItem {
        level: found.level,
        stage: found.stage.code(),
        currency: CURRENCY,
        invented: found.invented,
        population: found.population,
        with_density: found.peers.with_density,
        n_candidates: found.peers.n_candidates,
        peers: found
            .peers
            .peers
            .iter()
            .map(|peer| PeerItem { place: peer.place, distance: peer.distance })
            .collect(),
        indicators: found.compared.iter().map(compared).collect(),
        own_revenue_drivers: drivers(&found.revenue),
        expenditure_drivers: drivers(&found.expenditure),
    }
}

/// The comparison.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let (place, year): (KatoCode, i16) = (asked.required("code")?, asked.required("year")?);
    let found = state.app.compare_with_peers(place, year).await?;
    let body = PeersBody {
        place,
        year,
        refusal: found.as_ref().err().map(Refusal::code),
        study: found.as_ref().ok().map(study),
        links: links(
            format!("/api/v1/places/{place}/peers?year={year}"),
            &format!("/places/{place}/peers?year={year}"),
        ),
    };
    resource(&asked.headers, &body)
}
