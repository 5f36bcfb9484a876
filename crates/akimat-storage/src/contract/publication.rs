//! Promises about what was published.

use super::build::{DISTRICT, OKRUG, OTHER, at, day, id, kato};
use super::ok;
use crate::publication::Publication;
use crate::{Change, Store};

fn publication(n: u64, place: u32, year: i16, part: u8) -> Publication {
    Publication {
        id: id(n),
        place: kato(place),
        obligation: "monthly_execution".to_owned(),
        year,
        part,
        published_on: Some(day("2026-02-03")),
        address: "https://budget.egov.kz/есеп".to_owned(),
        remark: String::new(),
        noted_by: "Талдаушы".to_owned(),
        noted_at: at(i64::try_from(n).unwrap_or(0)),
    }
}

/// Notes of a territory and below, of the years asked for, the later note after the earlier; a note may
/// take another back.
pub async fn publications_are_kept(store: &dyn Store) {
    let back = Publication { published_on: None, ..publication(4, DISTRICT, 2026, 1) };
    let all = [
        publication(1, DISTRICT, 2026, 1),
        publication(2, OKRUG, 2026, 0),
        publication(3, OTHER, 2025, 12),
        back,
    ];
    ok(store.apply(all.iter().cloned().map(Change::AddPublication).collect()).await);
    let of = async |place: Option<u32>, years| ok(store.list_publications(place.map(kato), years).await);
    let due = [all[0].clone(), all[3].clone(), all[1].clone(), all[2].clone()];
    assert_eq!(of(None, 2020..=2030).await, due);
    assert_eq!(of(Some(DISTRICT), 2020..=2030).await, due[..3]);
    assert_eq!(of(None, 2025..=2025).await, due[3..]);
    assert_eq!(of(None, 2021..=2021).await, []);
}
