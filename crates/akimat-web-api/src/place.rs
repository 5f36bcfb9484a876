//! Territories.

use crate::asked::{Asked, Reason};
use crate::endpoint::{Body, CURSOR, Endpoint, Kind, LIMIT, Parameter};
use crate::reply::{Links, Reply, links, list as list_of, resource};
use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, Place, Text};
use akimat_storage::row::place::folded;
use akimat_storage::{Cursor, Page};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::civil::Date;
use serde::Serialize;

/// A search finds so many territories at most.
pub const FOUND_MAX: u16 = 1_000;

/// The order of the list, for its cursors.
const ORDER: &str = "places";

/// `/api/v1/places`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/places",
    id: "listPlaces",
    tag: "places",
    summary: "Territories by name (`q`), directly under a territory (`parent`), or both; with neither, the \
              top-level units. A search finds at most 1,000.",
    parameters: &[
        Parameter::new(
            "q",
            Kind::Words(100),
            "A part of the name in Kazakh, Russian or English; Latin spelling, missing diacritics and a \
             wrong keyboard layout still find it.",
        ),
        Parameter::new("parent", Kind::Place, "Code of the territory above."),
        LIMIT,
        CURSOR,
    ],
    body: Body::Resource("PlaceList", include_str!("example/places.json")),
    problems: &[],
};

/// `/api/v1/places/{code}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/places/{code}",
    id: "getPlace",
    tag: "places",
    summary: "A territory as it stands today, with everything above it",
    parameters: &[Parameter::new("code", Kind::Place, "Code of the KATO classifier.").required()],
    body: Body::Resource("Place", include_str!("example/place.json")),
    problems: &[],
};

/// A territory in a list.
#[derive(Debug, Serialize)]
pub struct PlaceItem {
    code: KatoCode,
    parent: Option<KatoCode>,
    kind: &'static str,
    depth: u8,
    name: Text,
    valid_from: Date,
    valid_to: Option<Date>,
    invented: bool,
    links: Links,
}

/// A territory with its way from the top.
#[derive(Debug, Serialize)]
pub struct PlaceBody {
    #[serde(flatten)]
    place: PlaceItem,
    /// The top first, the territory itself not included.
    path: Vec<PlaceName>,
}

#[derive(Debug, Serialize)]
struct PlaceName {
    code: KatoCode,
    name: Text,
}

impl From<Place> for PlaceItem {
    fn from(place: Place) -> Self {
        let code = place.code;
        Self {
            code,
            parent: place.parent,
            kind: place.kind.code(),
            depth: place.depth,
            name: place.name,
            valid_from: place.valid_from,
            valid_to: place.valid_to,
            invented: place.invented,
            links: links(format!("/api/v1/places/{code}"), &format!("/places/{code}")),
        }
    }
}

/// The territory with everything above it; `path` ends with itself.
pub fn body(mut path: Vec<Place>) -> Option<PlaceBody> {
    let place = path.pop()?;
    let path = path.into_iter().map(|place| PlaceName { code: place.code, name: place.name }).collect();
    Some(PlaceBody { place: place.into(), path })
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let today = state.app.today();
    let keys = search_keys(asked.text("q").unwrap_or_default());
    let searching = asked.text("q").is_some_and(|q| !q.trim().is_empty());
    let parent = asked.place("parent");
    let places = match (searching, parent) {
        (true, None) => state.app.read().search_places(&keys, today, FOUND_MAX).await?,
        (false, _) => state.app.read().list_child_places(parent, today).await?,
        (true, Some(_)) => {
            let mut places = state.app.read().list_child_places(parent, today).await?;
            places.retain(|place| {
                let name = folded(place);
                keys.iter().any(|key| name.contains(key.as_str()))
            });
            places
        }
    };
    let page = asked.page(ORDER, crate::cursor::Key::Number)?;
    let Page { items, next } = part(places, page.after.as_ref(), asked.limit())
        .ok_or_else(|| asked.refuse("cursor", Reason::UnknownCursor))?;
    let items: Vec<PlaceItem> = items.into_iter().map(PlaceItem::from).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, next.as_ref()))
}

/// The part of a whole list after the entry that the cursor names; `None` when there is no such entry.
fn part(mut places: Vec<Place>, after: Option<&Cursor>, limit: u16) -> Option<Page<Place>> {
    if let Some(after) = after {
        let at = places.iter().position(|place| place.id.0 == after.id)?;
        places.drain(..=at);
    }
    let cursor = |place: &Place| Cursor { key: place.code.to_string(), id: place.id.0 };
    Some(Page::from_overfull(places, limit, cursor))
}

/// One territory.
///
/// # Errors
/// 404 when there is none today.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let code = asked.required("code")?;
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    let body = body(path).ok_or_else(Failure::not_found)?;
    resource(&asked.headers, &body)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use akimat_core::{PlaceId, PlaceKind};
    use uuid::Uuid;

    pub(crate) fn place(code: &str, parent: Option<&str>) -> Place {
        let code: KatoCode = code.parse().unwrap();
        Place {
            id: PlaceId(Uuid::from_u128(code.number().into())),
            code,
            parent: parent.map(|parent| parent.parse().unwrap()),
            depth: if parent.is_some() { 2 } else { 1 },
            kind: PlaceKind::Region,
            name: Text::same("Арқа"),
            valid_from: "2020-01-01".parse().unwrap(),
            valid_to: None,
            invented: true,
        }
    }

    #[test]
    fn a_whole_list_is_given_in_parts() {
        let places: Vec<Place> = ["110000000", "150000000", "190000000"].map(|code| place(code, None)).into();
        let first = part(places.clone(), None, 2).unwrap();
        assert_eq!(first.items, places[..2]);
        let rest = part(places.clone(), first.next.as_ref(), 2).unwrap();
        assert_eq!(rest.items, places[2..]);
        assert_eq!(rest.next, None);
        let forged = Cursor { key: "1".to_owned(), id: Uuid::nil() };
        assert_eq!(part(places, Some(&forged), 2), None);
    }
}
