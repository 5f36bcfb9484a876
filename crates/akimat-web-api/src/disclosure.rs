//! What units are obliged to publish, and how it stands.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, LIMIT, Parameter, YEAR};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::publication::obligations;
use akimat_budget::disclosure::Duty;
use akimat_core::{KatoCode, Text};
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::civil::Date;
use serde::Serialize;

fn standings() -> Vec<&'static str> {
    vec!["missing", "late", "on_time", "published", "not_yet_due", "unknown"]
}

/// Where a part of a long list begins.
pub const FROM: Parameter = Parameter::new(
    "from",
    Kind::Whole { min: 0, max: 10_000_000, default: Some(0) },
    "Entries left out at the beginning.",
);

/// `/api/v1/disclosure`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/disclosure",
    id: "listDisclosure",
    tag: "disclosure",
    summary: "What budget units are obliged to publish in a year, by when, on which legal basis, and what of it \
              is noted as published",
    parameters: &[
        Parameter::new("place", Kind::Place, "In this territory or below it."),
        Parameter::new("year", YEAR, "Financial year; the newest one that has begun when none is given."),
        Parameter::new("standing", Kind::OneOf(standings, None), "Only what stands so."),
        LIMIT,
        FROM,
    ],
    body: Body::Resource("DutyList", include_str!("example/disclosure.json")),
    problems: &[],
};

#[derive(Serialize)]
struct DutyItem {
    place: KatoCode,
    level: u8,
    year: i16,
    part: u8,
    obligation: String,
    name: Text,
    basis: String,
    basis_verified: bool,
    term_verified: bool,
    due: Option<Date>,
    published_on: Option<Date>,
    address: Option<String>,
    standing: &'static str,
    days_over: Option<i32>,
    invented: bool,
}

#[derive(Serialize)]
struct DutyList {
    year: i16,
    n: usize,
    items: Vec<DutyItem>,
    links: Links,
}

/// The duties, in the order of units and obligations.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let all = state.app.disclosure(asked.place("place"), asked.get("year")).await?;
    let standing = asked.text("standing");
    let fits = |duty: &&Duty| standing.is_none_or(|code| duty.standing.code() == code);
    let from: usize = asked.get("from").unwrap_or(0);
    let item = |duty: &Duty| {
        let own = obligations().get(duty.obligation);
        let code = own.map_or_else(String::new, |own| own.code.clone());
        let note = all.notes.get(&(duty.unit.place, code.clone(), duty.part));
        DutyItem {
            place: duty.unit.place,
            level: duty.unit.level,
            year: duty.unit.year,
            part: duty.part,
            obligation: code,
            name: own.map(|own| own.name.clone()).unwrap_or_default(),
            basis: own.map(|own| own.basis.clone()).unwrap_or_default(),
            basis_verified: own.is_some_and(|own| own.basis_verified),
            term_verified: own.is_some_and(|own| own.term_verified),
            due: duty.due,
            published_on: duty.published,
            address: note.map(|note| note.address.clone()).filter(|_| duty.published.is_some()),
            standing: duty.standing.code(),
            days_over: duty.standing.days(),
            invented: all.invented.contains(&duty.unit.place),
        }
    };
    let fitting: Vec<&Duty> = all.duties.iter().filter(fits).collect();
    let list = DutyList {
        year: all.year,
        n: fitting.len(),
        items: fitting.into_iter().skip(from).take(asked.limit().into()).map(item).collect(),
        links: links(
            format!("/api/v1/disclosure?year={}", all.year),
            &format!("/disclosure?year={}", all.year),
        ),
    };
    resource(&asked.headers, &list)
}
