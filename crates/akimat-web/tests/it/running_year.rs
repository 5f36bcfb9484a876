//! How the year that runs goes on is published line by line, and every later report judges it; what was computed
//! later uses nothing later and is counted apart.

use crate::content::{DISTRICT, OTHER, day};
use crate::forecast_year::report;
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_app::AppError;
use akimat_app::published_forecast::{BatchParams, PublishedYear};
use akimat_budget::Item;
use akimat_core::{Money, Period};
use akimat_storage::published_forecast::{
    ForecastBasis, ForecastFilter, ForecastLine, Milli, PublishedForecast, TrackBy, TrackQuery, TrackRow,
};
use akimat_storage::{Change, FactReport, PageRequest};
use serde_json::Value;
use uuid::Uuid;

/// Lines of the reports that are published: both totals, own revenue and its two sources, transfers, two groups.
const N_LINES: usize = 8;

/// Two districts that report from 2022 to a month of 2026.
async fn town(last: (i16, u8)) -> Town {
    let town = Town::open().await;
    let mut reports = Vec::new();
    for place in [DISTRICT, OTHER] {
        for year in 2022..=last.0 {
            let until = if year == last.0 { last.1 } else { 12 };
            reports.extend((1..=until).map(|month| report(place, year, month)));
        }
    }
    put(&town, reports).await;
    town
}

async fn put(town: &Town, reports: Vec<FactReport>) {
    town.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
}

async fn record(town: &Town, basis: ForecastBasis, hindcast: bool) -> TrackRow {
    let query = TrackQuery { basis, hindcast, ..TrackQuery::default() };
    town.app.read().track_record(&query).await.unwrap().into_iter().next().unwrap_or_default()
}

async fn published(town: &Town, hindcast: bool) -> Vec<PublishedForecast> {
    let basis = Some(ForecastBasis::YearToDate);
    let filter = ForecastFilter { basis, hindcast: Some(hindcast), ..ForecastFilter::default() };
    let page = PageRequest::first(PageRequest::LIMIT_MAX);
    town.app.read().list_published_forecasts(&filter, &page).await.unwrap().items
}

fn of<'f>(all: &'f [PublishedForecast], line: &ForecastLine) -> &'f PublishedForecast {
    all.iter().find(|own| own.line == *line).unwrap()
}

fn item(item: Item) -> ForecastLine {
    ForecastLine::Budget(item, String::new())
}

fn december(forecast: &PublishedForecast) -> Milli {
    forecast.body.steps.last().unwrap().point
}

#[tokio::test]
async fn an_analyst_publishes_the_year_and_the_next_report_judges_it() {
    let town = town((2026, 7)).await;
    let analyst = town.person("analyst").await;
    let form = analyst.get("/en/admin/forecasts").await;
    check_page(form.expect(200), "en");
    form.says("The year that runs");
    let place = DISTRICT.to_string();
    let fields = [("year-place", place.as_str())];
    town.person("other-analyst").await.post("/en/admin/forecasts/year", &fields).await.expect(403);
    analyst.post("/en/admin/forecasts/year", &[]).await.expect(422).says("Please choose");
    let done = analyst.post("/en/admin/forecasts/year", &fields).await.expect(303).location().to_owned();
    assert!(done.starts_with("/en/places/990100000/accuracy?basis=year_to_date&record=published"), "{done}");
    analyst.post("/en/admin/forecasts/year", &fields).await.expect(303);
    let all = published(&town, false).await;
    assert_eq!(all.len(), N_LINES, "the same again is no new record");
    let sum = |parts: &[&PublishedForecast]| Milli(parts.iter().map(|own| december(own).0).sum());
    let (tax, other) = (of(&all, &item(Item::Tax)), of(&all, &item(Item::NonTax)));
    let (own, transfers) = (of(&all, &ForecastLine::OwnRevenue), of(&all, &item(Item::Transfers)));
    assert_eq!(december(own), sum(&[tax, other]));
    assert_eq!(december(of(&all, &item(Item::RevenueTotal))), sum(&[own, transfers]));
    let steps: Vec<String> = tax.body.steps.iter().map(|step| step.period.to_string()).collect();
    assert_eq!(steps, ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]);
    assert_eq!((tax.body.plans.len(), tax.body.naive_method.as_str()), (7, "seasonal_naive"));
    // Last year's remaining months after what is executed: 100 + 8 a year and a little, times four thousand.
    let executed = |year: i16, month: u8| {
        let line = report(DISTRICT, year, month).lines.into_iter().find(|line| line.key.item == Item::Tax);
        line.unwrap().amounts.executed.unwrap()
    };
    let naive =
        executed(2026, 7).checked_add(executed(2025, 12).checked_sub(executed(2025, 7)).unwrap()).unwrap();
    assert_eq!(tax.body.steps.last().unwrap().naive, Milli(naive.tiyn() * 10));

    let page = town.nobody().get(&format!("/en/forecasts/{}", tax.id)).await;
    check_page(page.expect(200), "en");
    page.says("how 2026 goes on").says("from January to the end of the month").says("None of the facts");
    let year = format!("/en/places/{DISTRICT}/forecast/year?line=tax");
    town.nobody().get(&year).await.says("No published forecast like this one has met its fact yet");

    put(&town, vec![report(DISTRICT, 2026, 8)]).await;
    let judged = town.app.judge_forecasts(kato(DISTRICT)).await.unwrap();
    assert_eq!((judged.n_first, judged.n_revised), (N_LINES, 0));
    let again = town.app.judge_forecasts(kato(DISTRICT)).await.unwrap();
    assert_eq!((again.n_first, again.n_revised), (0, 0));
    let (running, whole) = (
        record(&town, ForecastBasis::YearToDate, false).await,
        record(&town, ForecastBasis::Period, false).await,
    );
    assert_eq!((running.n, whole.n), (8, 0), "the two are never added");
    assert!(running.n_scaled == 8 && running.inside[1].0 == 8, "{running:?}");
    let fact = town.app.read().list_judgements(&[tax.id]).await.unwrap();
    let [fact] = fact.as_slice() else { panic!("{fact:?}") };
    assert_eq!((fact.fact, fact.horizon), (Milli(executed(2026, 8).tiyn() * 10), 1));
    assert_eq!(fact.source, "2026-08.csv");
    let accuracy = town.nobody().get("/en/places/990100000/accuracy?basis=year_to_date").await;
    check_page(accuracy.expect(200), "en");
    accuracy.says("1 month ahead").says("like this one");
    let api = town.nobody().get("/api/v1/forecast-accuracy?basis=year_to_date&by=steps").await;
    let body: Value = serde_json::from_slice(&api.expect(200).body).unwrap();
    assert_eq!((&body["basis"], &body["groups"][0]["n"]), (&Value::from("year_to_date"), &Value::from(8)));

    // A corrected report is one more judgement of the lines that it changes; the first ones count.
    let mut corrected = report(DISTRICT, 2026, 8);
    for line in &mut corrected.lines {
        if line.key.item == Item::Tax {
            line.amounts.executed = Money::from_tenge(1);
        }
    }
    put(&town, vec![corrected]).await;
    let judged = town.app.judge_forecasts(kato(DISTRICT)).await.unwrap();
    assert_eq!((judged.n_first, judged.n_revised), (0, 1));
    assert_eq!(record(&town, ForecastBasis::YearToDate, false).await, running);
}

#[tokio::test]
async fn nothing_is_published_of_a_year_that_is_over() {
    let town = town((2025, 12)).await;
    let analyst = &town.people["analyst"];
    let over = town.app.publish_running_year(Some(analyst), kato(DISTRICT)).await.unwrap();
    assert_eq!(over, PublishedYear::Over);
    // The reports stop in August of a year that has ended since: its facts exist, even if not here.
    let stopped = self::town((2025, 8)).await;
    let analyst = &stopped.people["analyst"];
    let over = stopped.app.publish_running_year(Some(analyst), kato(DISTRICT)).await.unwrap();
    assert_eq!(over, PublishedYear::Over);
    let place = DISTRICT.to_string();
    let fields = [("year-place", place.as_str())];
    let refused = stopped.person("analyst").await.post("/en/admin/forecasts/year", &fields).await;
    refused.expect(422).says("a year that is over");
    assert!(published(&stopped, false).await.is_empty());
    let first = self::town((2022, 3)).await;
    let as_of = first.app.publish_running_year_as_of(kato(DISTRICT), day("2022-04-01")).await.unwrap();
    assert!(matches!(as_of, PublishedYear::Refused(_)), "{as_of:?}");
}

#[tokio::test]
async fn a_year_computed_later_uses_nothing_later_and_is_counted_apart() {
    let town = town((2026, 7)).await;
    let future = town.app.publish_running_year_as_of(kato(DISTRICT), day("2027-01-01")).await;
    assert!(matches!(future, Err(AppError::Invalid(_))), "{future:?}");
    let params = BatchParams {
        places: vec![kato(DISTRICT)],
        as_of: vec![day("2025-07-01")],
        ..BatchParams::default()
    };
    town.app.ask_to_hindcast_as_operator(&params).await.unwrap();
    while town.app.work_on_next_job(Uuid::from_u128(1)).await.unwrap() {}
    let later = published(&town, true).await;
    assert_eq!(later.len(), N_LINES);
    assert!(later.iter().all(|own| own.origin == "2025-06".parse::<Period>().unwrap()));

    // Where nothing later is known the same is said.
    let then = self::town((2025, 6)).await;
    let stored = then.app.publish_running_year_as_of(kato(DISTRICT), day("2025-07-01")).await.unwrap();
    assert_eq!(stored, PublishedYear::Stored { year: 2025, n_new: N_LINES, n_same: 0 });
    for own in published(&then, true).await {
        let other = of(&later, &own.line);
        assert_eq!((&own.body, own.model_version), (&other.body, other.model_version.clone()));
    }

    // July to December of 2025 are known.
    let by = TrackQuery {
        by: TrackBy::Horizon,
        basis: ForecastBasis::YearToDate,
        hindcast: true,
        ..TrackQuery::default()
    };
    let rows = town.app.read().track_record(&by).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.n).collect::<Vec<_>>(), [8; 6]);
    assert_eq!(record(&town, ForecastBasis::YearToDate, false).await.n, 0);
    let page = town.nobody().get("/ru/analysis/accuracy?basis=year_to_date&record=later").await;
    check_page(page.expect(200), "ru");
    page.says("6 месяцев вперёд").says("Рассчитано позже по прошлым данным");
    let shown = town.nobody().get(&format!("/kk/forecasts/{}", later[0].id)).await;
    check_page(shown.expect(200), "kk");
    let year = town.nobody().get(&format!("/en/places/{DISTRICT}/forecast/year")).await;
    year.expect(200)
        .says("Computed later from past figures")
        .says("How published forecasts of the year came out");
}
