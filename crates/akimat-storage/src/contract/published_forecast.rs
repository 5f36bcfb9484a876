//! Promises about published forecasts and their record.

use super::build::{DISTRICT, OTHER, at, day, id, kato};
use super::{ok, refused, walk};
use crate::published_forecast::{
    Adjustment, ForecastBasis, ForecastBody, ForecastFilter, ForecastLine, Judgement, Milli,
    PublishedForecast, PublishedInterval, PublishedPast, PublishedStep, TrackBy, TrackQuery,
};
use crate::{Change, Conflict, PageRequest, Store};
use akimat_budget::{Item, Stage};
use akimat_core::{AccountId, ForecastId, Frequency, KatoCode, Period};

fn line(n: u64) -> ForecastLine {
    match n % 3 {
        0 if n.is_multiple_of(2) => ForecastLine::OwnRevenue,
        0 => ForecastLine::Budget(Item::Tax, String::new()),
        1 => ForecastLine::Budget(Item::FunctionalGroup, "07".to_owned()),
        _ => ForecastLine::Series("жолдар".to_owned()),
    }
}

fn basis(n: u64) -> ForecastBasis {
    match n % 4 {
        1 => ForecastBasis::YearToDate,
        3 if n.is_multiple_of(3) => ForecastBasis::Cases,
        _ => ForecastBasis::Period,
    }
}

/// The `n`-th forecast: lines and two territories in turn, every second one computed later.
fn forecast(n: u64) -> PublishedForecast {
    let year = 2018 + i16::try_from(n % 5).unwrap_or(0);
    let step = |ahead: i16| PublishedStep {
        period: Period::year_of(year + ahead),
        point: Milli(1_000_001 * i64::from(ahead)),
        naive: Milli(-7),
        intervals: vec![PublishedInterval { level: 80, low: Milli(i64::MIN), high: Milli(i64::MAX) }],
    };
    let known = ["2019-04-01", "2020-04-01", "2021-04-01"][(n % 3) as usize];
    PublishedForecast {
        id: ForecastId(id(n)),
        place: kato(if n.is_multiple_of(2) { DISTRICT } else { OTHER }),
        line: line(n),
        basis: basis(n),
        frequency: Frequency::Yearly,
        stage: (n % 3 != 2).then_some(Stage::Executed),
        origin: Period::year_of(year),
        known_at: day(known),
        hindcast: n.is_multiple_of(2),
        published_at: at(i64::try_from(n).unwrap_or(0)),
        publisher: n.is_multiple_of(3).then(|| AccountId(id(700))),
        publisher_name: "Қаржы бөлімі".to_owned(),
        model: "combined".to_owned(),
        model_version: if n < 8 { "1" } else { "2" }.to_owned(),
        invented: true,
        body: ForecastBody {
            unit: "tenge".to_owned(),
            history: vec![PublishedPast { period: Period::year_of(year), value: Milli(5) }],
            steps: vec![step(1), step(2)],
            weights: vec![("ets".to_owned(), Milli(600)), ("theta".to_owned(), Milli(400))],
            plans: if n % 4 == 1 {
                vec![PublishedPast { period: Period::year_of(year), value: Milli(9) }]
            } else {
                Vec::new()
            },
            naive_method: "naive".to_owned(),
            assumptions: vec!["nominal".to_owned()],
            scale: Milli(123),
        },
    }
}

fn publish(forecast: &PublishedForecast) -> Change {
    Change::PublishForecast(Box::new(forecast.clone()))
}

fn judgement(of: &PublishedForecast, horizon: u16, (revision, error): (u16, i64)) -> Judgement {
    let ahead = i16::try_from(horizon).unwrap_or(1);
    Judgement {
        forecast: of.id,
        period: Period::year_of(of.origin.year() + ahead),
        revision,
        horizon,
        counted: revision == 1,
        fact: Milli(10_000),
        source: "бюджет.json".to_owned(),
        known_on: day("2026-01-02"),
        judged_at: at(99),
        error: Milli(error),
        naive_error: Milli(-3_000),
        scaled: (horizon == 1).then_some(error.abs().saturating_mul(1_000)),
        naive_scaled: (horizon == 1).then_some(3_000_000),
        relative: Some(error.abs().saturating_mul(100)),
        inside: [Some(false), Some(error.abs() < 2_500), None, Some(true)],
        adjusted_error: (horizon == 2).then_some(Milli(1_000)),
    }
}

/// Kept whole, never changed, newest knowledge first, by territory, line and honesty.
pub async fn forecasts_stay_as_published(store: &dyn Store) {
    let all: Vec<PublishedForecast> = (1..=13).map(forecast).collect();
    ok(store.apply(all.iter().map(publish).collect()).await);
    assert_eq!(ok(store.find_published_forecast(all[4].id).await).as_ref(), Some(&all[4]));
    assert_eq!(ok(store.find_published_forecast(ForecastId(id(99))).await), None);
    let filters = [
        ForecastFilter::default(),
        ForecastFilter { place: Some(kato(DISTRICT)), ..ForecastFilter::default() },
        ForecastFilter { line: Some(line(1)), ..ForecastFilter::default() },
        ForecastFilter { line: Some(line(2)), hindcast: Some(false), place: Some(kato(OTHER)), basis: None },
        ForecastFilter { basis: Some(ForecastBasis::YearToDate), ..ForecastFilter::default() },
        ForecastFilter { hindcast: Some(true), ..ForecastFilter::default() },
    ];
    for filter in filters {
        let mut due: Vec<PublishedForecast> = all.clone();
        due.retain(|forecast| {
            filter.place.is_none_or(|place| place == forecast.place)
                && filter.line.as_ref().is_none_or(|line| *line == forecast.line)
                && filter.basis.is_none_or(|basis| basis == forecast.basis)
                && filter.hindcast.is_none_or(|hindcast| hindcast == forecast.hindcast)
        });
        due.sort_by_key(|forecast| std::cmp::Reverse((forecast.known_at, forecast.id)));
        let listed = walk(3, async |page| store.list_published_forecasts(&filter, &page).await).await;
        assert_eq!(listed, due, "{filter:?}");
    }
    let other = PublishedForecast { model: "naive".to_owned(), ..all[0].clone() };
    refused(store.apply(vec![publish(&other)]).await, &Conflict::Exists("published forecast"));
    assert_eq!(ok(store.find_published_forecast(all[0].id).await).as_ref(), Some(&all[0]));
    let places: Vec<KatoCode> = ok(store.list_forecast_places().await);
    assert_eq!(places, [kato(DISTRICT), kato(OTHER)]);
    let page = PageRequest { limit: 20, after: Some(crate::Cursor { key: "x".to_owned(), id: id(1) }) };
    let begun = ok(store.list_published_forecasts(&ForecastFilter::default(), &page).await);
    assert_eq!(begun.items.len(), 13);
}

/// A fact is judged once; a revised fact is one more judgement and the first stays.
pub async fn facts_are_judged_once(store: &dyn Store) {
    let (one, two) = (forecast(1), forecast(2));
    ok(store.apply(vec![publish(&one), publish(&two)]).await);
    let first = judgement(&one, 1, (1, 2_000));
    let revised = judgement(&one, 1, (2, -9_000));
    let second = judgement(&one, 2, (1, i64::MAX));
    let far = judgement(&two, 1, (1, 4));
    let add = |judgements: &[&Judgement]| {
        vec![Change::AddJudgements(judgements.iter().copied().cloned().collect())]
    };
    ok(store.apply(add(&[&first])).await);
    ok(store.apply(add(&[&second, &revised, &far])).await);
    refused(store.apply(add(&[&first])).await, &Conflict::Exists("judgement"));
    let stranger = Judgement { forecast: ForecastId(id(9)), ..first.clone() };
    refused(store.apply(add(&[&stranger])).await, &Conflict::Missing("published forecast"));
    assert_eq!(ok(store.list_judgements(&[one.id]).await), [first.clone(), revised.clone(), second.clone()]);
    assert_eq!(ok(store.list_judgements(&[two.id, one.id]).await), [first, revised, second, far]);
    assert!(ok(store.list_judgements(&[]).await).is_empty());
}

/// Values of persons stand beside the model's, oldest first.
pub async fn adjustments_are_kept(store: &dyn Store) {
    let of = forecast(1);
    ok(store.apply(vec![publish(&of)]).await);
    let adjustment = |n: u64, forecast: ForecastId| Adjustment {
        id: id(500 + n),
        forecast,
        period: Period::year_of(2020),
        value: Milli(-1),
        percent: n.is_multiple_of(2).then_some(Milli(-2_500)),
        reason: "Жаңа зауыт\nашылады".to_owned(),
        account: AccountId(id(700)),
        account_name: "Бөлім".to_owned(),
        at: at(60 - i64::try_from(n).unwrap_or(0)),
    };
    let (late, soon) = (adjustment(1, of.id), adjustment(2, of.id));
    for one in [&late, &soon] {
        ok(store.apply(vec![Change::AddAdjustment(one.clone())]).await);
    }
    assert_eq!(ok(store.list_adjustments(&[of.id]).await), [soon, late]);
    assert!(ok(store.list_adjustments(&[]).await).is_empty());
    let lost = vec![Change::AddAdjustment(adjustment(3, ForecastId(id(9))))];
    refused(store.apply(lost).await, &Conflict::Missing("published forecast"));
}

/// The record adds up, by every grouping; revisions do not count, hindcasts and bases are counted apart.
pub async fn records_add_up(store: &dyn Store) {
    let all: Vec<PublishedForecast> = (1..=12).map(forecast).collect();
    ok(store.apply(all.iter().map(publish).collect()).await);
    assert!(ok(store.track_record(&TrackQuery::default()).await).is_empty());
    let judged: Vec<Judgement> = all
        .iter()
        .zip(1..)
        .flat_map(|(of, n)| {
            [judgement(of, 1, (1, n * 500)), judgement(of, 1, (2, 1)), judgement(of, 2, (1, -n * 100))]
        })
        .collect();
    ok(store.apply(vec![Change::AddJudgements(judged.clone())]).await);
    let base = TrackQuery::default();
    let queries = [
        base.clone(),
        TrackQuery { by: TrackBy::Line, hindcast: true, ..base.clone() },
        TrackQuery { by: TrackBy::Horizon, basis: ForecastBasis::YearToDate, ..base.clone() },
        TrackQuery { by: TrackBy::Horizon, place: Some(kato(DISTRICT)), hindcast: true, ..base.clone() },
        TrackQuery { by: TrackBy::Version, without_years: vec![2020, 2022], ..base.clone() },
        TrackQuery { by: TrackBy::Place, horizon: Some(2), ..base.clone() },
        TrackQuery { by: TrackBy::Year, line: Some(line(1)), version: Some("1".to_owned()), ..base },
    ];
    for query in queries {
        let rows = ok(store.track_record(&query).await);
        let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        assert!(keys.is_sorted(), "{query:?}");
        assert_eq!(rows, due(&query, &all, &judged), "{query:?}");
        assert!(!rows.is_empty(), "{query:?}");
    }
}

/// The record as a person with a pencil would make it.
fn due(query: &TrackQuery, all: &[PublishedForecast], judged: &[Judgement]) -> Vec<crate::TrackRow> {
    let mut rows: std::collections::BTreeMap<String, crate::TrackRow> = std::collections::BTreeMap::new();
    for judgement in judged.iter().filter(|judgement| judgement.counted) {
        let of = all.iter().find(|of| of.id == judgement.forecast).expect("it was published");
        let wanted = of.hindcast == query.hindcast
            && of.basis == query.basis
            && query.place.is_none_or(|place| place == of.place)
            && query.line.as_ref().is_none_or(|line| *line == of.line)
            && query.horizon.is_none_or(|horizon| horizon == judgement.horizon)
            && query.version.as_ref().is_none_or(|version| *version == of.model_version)
            && !query.without_years.contains(&judgement.period.year());
        if !wanted {
            continue;
        }
        let key = match query.by {
            TrackBy::All => String::new(),
            TrackBy::Line => format!("{}|{}", of.line.item_code(), of.line.code()),
            TrackBy::Horizon => judgement.horizon.to_string(),
            TrackBy::Version => of.model_version.clone(),
            TrackBy::Place => of.place.number().to_string(),
            TrackBy::Year => judgement.period.year().to_string(),
        };
        let row = rows.entry(key.clone()).or_default();
        row.key = key;
        row.n += 1;
        for (sum, inside) in row.inside.iter_mut().zip(judgement.inside) {
            sum.0 += u64::from(inside.is_some());
            sum.1 += u64::from(inside == Some(true));
        }
        row.n_scaled += u64::from(judgement.scaled.is_some());
        row.scaled += judgement.scaled.unwrap_or(0);
        row.naive_scaled += judgement.naive_scaled.unwrap_or(0);
        row.n_naive_better += u64::from(judgement.naive_error.abs() < judgement.error.abs());
        row.abs_error += judgement.error.abs().0 / 1000;
        row.n_relative += u64::from(judgement.relative.is_some());
        row.relative += judgement.relative.unwrap_or(0);
        if let Some(adjusted) = judgement.adjusted_error {
            row.n_adjusted += 1;
            row.n_adjusted_better += u64::from(adjusted.abs() < judgement.error.abs());
            row.adjusted_error += adjusted.abs().0 / 1000;
            row.unadjusted_error += judgement.error.abs().0 / 1000;
        }
    }
    rows.into_values().collect()
}
