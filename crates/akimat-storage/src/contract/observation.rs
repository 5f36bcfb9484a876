//! Promises about figures of territories.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, at, kato};
use super::ok;
use crate::observation::{DEFLATOR, Observation, ObservationQuery, ObservationScope, POPULATION};
use crate::{Change, Store};
use akimat_core::Decimal;

fn figure(series: &str, place: Option<u32>, year: i16, mantissa: i64) -> Observation {
    Observation {
        series: series.to_owned(),
        place: place.map(kato),
        year,
        value: Decimal::new(mantissa, 2).expect("a small number"),
        unit: if series == DEFLATOR { "percent".to_owned() } else { "адам".to_owned() },
        source: "Бюро «Статистика»".to_owned(),
        source_url: String::new(),
        file_name: "халық.csv".to_owned(),
        sha256: "0".repeat(64),
        row: 7,
        invented: year == 2024,
        imported_at: at(0),
    }
}

fn all() -> Vec<Observation> {
    vec![
        figure(DEFLATOR, None, 2024, 10_840),
        figure(DEFLATOR, None, 2025, -1),
        figure(POPULATION, Some(REGION), 2025, 9_007_199_254_740_993),
        figure(POPULATION, Some(DISTRICT), 2024, 1_000),
        figure(POPULATION, Some(DISTRICT), 2025, 1_100),
        figure(POPULATION, Some(OKRUG), 2025, 100),
        figure(POPULATION, Some(OTHER), 2025, 0),
    ]
}

fn query(series: &[&str], scope: ObservationScope) -> ObservationQuery {
    let series = series.iter().map(|name| (*name).to_owned()).collect();
    ObservationQuery { series, scope, years: i16::MIN..=i16::MAX }
}

/// Kept whole to the last digit, found by series, territory and years.
pub async fn figures_are_kept(store: &dyn Store) {
    let figures = all();
    let shuffled = figures.iter().rev().cloned().collect();
    ok(store.apply(vec![Change::PutObservations(shuffled)]).await);
    let found = ok(store.list_observations(&query(&[], ObservationScope::Any)).await);
    assert_eq!(found, figures);
    let of = async |series: &[&str], scope| ok(store.list_observations(&query(series, scope)).await);
    assert_eq!(of(&[DEFLATOR], ObservationScope::Any).await, figures[..2]);
    assert_eq!(of(&[], ObservationScope::Country).await, figures[..2]);
    assert_eq!(of(&[POPULATION], ObservationScope::Place(kato(DISTRICT))).await, figures[3..5]);
    assert_eq!(of(&[POPULATION], ObservationScope::Under(kato(DISTRICT))).await, figures[3..6]);
    assert_eq!(of(&[POPULATION, DEFLATOR], ObservationScope::Under(kato(REGION))).await, figures[2..]);
    assert!(of(&["x'; drop table observations"], ObservationScope::Any).await.is_empty());
    let years = ObservationQuery { years: 2024..=2024, ..query(&[], ObservationScope::Any) };
    assert_eq!(ok(store.list_observations(&years).await).len(), 2);
    let series = ok(store.list_observation_series().await);
    let told: Vec<_> =
        series.iter().map(|s| (s.series.as_str(), s.n, s.n_places, s.year_min, s.year_max)).collect();
    assert_eq!(told, [(DEFLATOR, 2, 1, 2024, 2025), (POPULATION, 5, 4, 2024, 2025)]);
}

/// A newer file replaces a figure with all that is said about it; an older one does not.
pub async fn later_imports_replace(store: &dyn Store) {
    ok(store.apply(vec![Change::PutObservations(all())]).await);
    let newer = Observation {
        imported_at: at(60),
        sha256: "1".repeat(64),
        row: 9,
        ..figure(POPULATION, Some(DISTRICT), 2025, 5)
    };
    let older = Observation { imported_at: at(30), ..figure(POPULATION, Some(DISTRICT), 2025, 6) };
    for change in [&newer, &older] {
        ok(store.apply(vec![Change::PutObservations(vec![change.clone()])]).await);
    }
    let query = query(&[POPULATION], ObservationScope::Place(kato(DISTRICT)));
    assert_eq!(ok(store.list_observations(&query).await)[1], newer);
}
