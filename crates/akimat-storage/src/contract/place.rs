//! Promises about territories.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, day, id, kato, place, places};
use super::{ok, refused};
use crate::{Change, Conflict, Store};
use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, Place, PlaceId, PlaceKind, Text};

const TODAY: &str = "2026-06-01";

fn codes(places: &[Place]) -> Vec<u32> {
    places.iter().map(|place| place.code.number()).collect()
}

async fn with_places(store: &dyn Store) {
    ok(store.apply(vec![Change::PutPlaces(places())]).await);
}

/// By code and by codes, on a day.
pub async fn territories_are_found(store: &dyn Store) {
    with_places(store).await;
    let today = day(TODAY);
    let district = ok(store.find_place(kato(DISTRICT), today).await);
    assert_eq!(district, Some(places().swap_remove(1)));
    assert_eq!(ok(store.find_place(kato(100_000_000), today).await), None);
    assert_eq!(ok(store.find_place(kato(DISTRICT), day("2019-12-31")).await), None);

    let some = [kato(OTHER), kato(100_000_000), kato(REGION)];
    assert_eq!(codes(&ok(store.list_places_by_code(&some, today).await)), [REGION, OTHER]);
    assert!(ok(store.list_places_by_code(&[], today).await).is_empty());
}

/// Upwards and downwards.
pub async fn territories_lie_in_one_another(store: &dyn Store) {
    with_places(store).await;
    let today = day(TODAY);
    let path = ok(store.list_place_path(kato(OKRUG), today).await);
    assert_eq!(codes(&path), [REGION, DISTRICT, OKRUG]);
    assert!(ok(store.list_place_path(kato(100_000_000), today).await).is_empty());

    assert_eq!(codes(&ok(store.list_child_places(None, today).await)), [REGION]);
    assert_eq!(codes(&ok(store.list_child_places(Some(kato(REGION)), today).await)), [DISTRICT, OTHER]);
    assert!(ok(store.list_child_places(Some(kato(OKRUG)), today).await).is_empty());
}

/// A classifier imported again, under new identifiers and a later day.
pub async fn the_same_import_changes_nothing(store: &dyn Store) {
    with_places(store).await;
    let mut again = places();
    for (place, n) in again.iter_mut().zip(50..) {
        place.id = PlaceId(id(n));
        place.valid_from = day("2025-01-01");
    }
    ok(store.apply(vec![Change::PutPlaces(again)]).await);
    assert_eq!(ok(store.find_place(kato(OKRUG), day(TODAY)).await), Some(places().swap_remove(2)));
}

/// A territory that was renamed has its old name until the day before.
pub async fn a_new_name_closes_the_old(store: &dyn Store) {
    with_places(store).await;
    let mut renamed = place(60, DISTRICT, Some(REGION), PlaceKind::District, ("Сарысу", "Сарысуский район"));
    renamed.valid_from = day("2025-03-01");
    ok(store.apply(vec![Change::PutPlaces(vec![renamed.clone()])]).await);
    let before = ok(store.find_place(kato(DISTRICT), day("2025-02-28")).await).expect("the old one");
    assert_eq!((before.id, before.valid_to), (PlaceId(id(2)), Some(day("2025-03-01"))));
    assert_eq!(ok(store.find_place(kato(DISTRICT), day("2025-03-01")).await), Some(renamed));
    let path = ok(store.list_place_path(kato(OKRUG), day(TODAY)).await);
    assert_eq!(path[1].name.kk, "Сарысу");
    let path = ok(store.list_place_path(kato(OKRUG), day("2024-01-01")).await);
    assert_eq!(path[1].name.kk, "Ақсу ауданы");
}

/// An older state of the classifier ends where what is stored begins; twice in one import counts in order.
pub async fn an_old_import_does_not_overlap(store: &dyn Store) {
    with_places(store).await;
    let mut older = place(61, DISTRICT, Some(REGION), PlaceKind::District, ("Ескі", "Старый район"));
    older.valid_from = day("2010-01-01");
    let mut middle = place(62, DISTRICT, Some(REGION), PlaceKind::District, ("Орта", "Средний район"));
    middle.valid_from = day("2015-01-01");
    ok(store.apply(vec![Change::PutPlaces(vec![older, middle])]).await);
    for (on, kk) in [("2012-01-01", "Ескі"), ("2016-01-01", "Орта"), ("2020-01-01", "Ақсу ауданы")]
    {
        let found = ok(store.list_places_by_code(&[kato(DISTRICT)], day(on)).await);
        assert_eq!(found.iter().map(|place| place.name.kk.as_str()).collect::<Vec<_>>(), [kk], "{on}");
    }
}

/// A closed territory is gone from its day on.
pub async fn territories_are_closed(store: &dyn Store) {
    with_places(store).await;
    ok(store.apply(vec![Change::ClosePlace(kato(OTHER), day("2025-07-01"))]).await);
    assert!(ok(store.find_place(kato(OTHER), day("2025-06-30")).await).is_some());
    assert!(ok(store.find_place(kato(OTHER), day("2025-07-01")).await).is_none());
    assert_eq!(codes(&ok(store.list_child_places(Some(kato(REGION)), day(TODAY)).await)), [DISTRICT]);
    let again = store.apply(vec![Change::ClosePlace(kato(OTHER), day("2025-08-01"))]).await;
    refused(again, &Conflict::Missing("place"));
}

/// Names are found in Kazakh, Russian and on a wrong keyboard; those that begin with the key come first.
pub async fn names_are_searched(store: &dyn Store) {
    with_places(store).await;
    let find = async |query: &str, limit| {
        codes(&ok(store.search_places(&search_keys(query), day(TODAY), limit).await))
    };
    assert_eq!(find("ақсу", 10).await, [DISTRICT, OTHER], "begins first");
    assert_eq!(find("аксу", 1).await, [DISTRICT], "limit");
    assert_eq!(find("Көктем", 10).await, [OKRUG]);
    assert_eq!(find("rjrntv", 10).await, [OKRUG], "Latin layout");
    assert_eq!(find("place 9902", 10).await, [OTHER], "English");
    assert_eq!(find("ауданы", 10).await, [DISTRICT, OTHER], "inside a name");
    assert!(find("нет такого", 10).await.is_empty());
    assert!(ok(store.search_places(&["аксу".to_owned()], day("2019-01-01"), 10).await).is_empty());
}

/// A search asks for nothing but what it says.
pub async fn hostile_names_find_nothing(store: &dyn Store) {
    with_places(store).await;
    for hostile in ["%", "_", "'", "|", "\\", "%аксу%", "\0", "\" or 1=1 --", ""] {
        let found = ok(store.search_places(&[hostile.to_owned()], day(TODAY), 10).await);
        // A bar stands before every name; the others are in none.
        assert_eq!(found.is_empty(), hostile != "|", "{hostile:?}");
    }
    assert!(ok(store.search_places(&[], day(TODAY), 10).await).is_empty());
}

/// Kinds below each region, the region itself not counted.
pub async fn territories_are_counted(store: &dyn Store) {
    with_places(store).await;
    let counts = ok(store.count_places_by_region(day(TODAY)).await);
    let due = [("district", 2), ("rural_okrug", 1)].map(|(kind, n)| (kato(REGION), kind.to_owned(), n));
    assert_eq!(counts, due);
    assert!(ok(store.count_places_by_region(day("2019-01-01")).await).is_empty());
}

/// Wrong parents that lead in a circle do not lead for ever.
pub async fn a_circle_of_parents_ends(store: &dyn Store) {
    let circle = vec![
        place(70, DISTRICT, Some(OTHER), PlaceKind::District, ("А", "А")),
        place(71, OTHER, Some(DISTRICT), PlaceKind::District, ("Ә", "А")),
    ];
    ok(store.apply(vec![Change::PutPlaces(circle)]).await);
    assert!(ok(store.list_place_path(kato(OTHER), day(TODAY)).await).len() < 100);
}

/// A classifier as large as the country's goes in as one change.
pub async fn a_classifier_is_taken_at_once(store: &dyn Store) {
    let name = Text::new("Ауыл «Ақсу»", "с.Аксу, 'старое' \\ \"новое\"\t", "");
    let many: Vec<Place> = (0..16_000_u32)
        .map(|n| Place {
            name: name.clone(),
            ..place(u64::from(n), 110_000_000 + n * 100, Some(REGION), PlaceKind::Village, ("", ""))
        })
        .collect();
    ok(store.apply(vec![Change::PutPlaces(many.clone())]).await);
    let found = ok(store.find_place(many[15_999].code, day(TODAY)).await);
    assert_eq!(found.as_ref(), Some(&many[15_999]));
    let all: Vec<KatoCode> = many.iter().map(|place| place.code).collect();
    assert_eq!(ok(store.list_places_by_code(&all, day(TODAY)).await).len(), 16_000);
}
