//! Forecasts are published as they are, facts are held against them once, people put values beside them, and
//! what was computed later is never counted together with what was said before.

use crate::content::{DISTRICT, OKRUG, day, record};
use crate::html::{check_page, values};
use crate::town::{Town, kato};
use akimat_app::AppError;
use akimat_app::published_forecast::{BatchCheckpoint, BatchParams, ForecastRequest, Published};
use akimat_budget::Item;
use akimat_core::{Decimal, ForecastId, JobId};
use akimat_interop::budget::{BudgetContext, decode_budget};
use akimat_storage::job::JobState;
use akimat_storage::observation::Observation;
use akimat_storage::published_forecast::{
    ForecastBasis, ForecastFilter, ForecastLine, Milli, TrackBy, TrackQuery, TrackRow,
};
use akimat_storage::{Change, PageRequest};
use jiff::SignedDuration;
use serde_json::Value;
use uuid::Uuid;

fn tax() -> ForecastLine {
    ForecastLine::Budget(Item::Tax, String::new())
}

fn request() -> ForecastRequest {
    ForecastRequest::yearly(kato(DISTRICT), tax())
}

/// A published forecast and one computed later that has met its facts; background work that is done.
pub(crate) async fn keep(town: &Town) -> ForecastId {
    town.app.publish_as_of(&request(), day("2023-07-01")).await.unwrap();
    town.app.judge_forecasts(kato(DISTRICT)).await.unwrap();
    town.app.ask_to_judge_all(Some(&town.people["analyst"])).await.unwrap();
    assert!(town.app.work_on_next_job(Uuid::nil()).await.unwrap());
    match town.app.publish_forecast(Some(&town.people["analyst"]), &request()).await.unwrap() {
        Published::New(id) => id,
        other => panic!("{other:?}"),
    }
}

/// A yearly figure of an okrug.
fn observation(town: &Town, series: &str, (year, value): (i16, i64)) -> Observation {
    Observation {
        series: series.to_owned(),
        place: Some(kato(OKRUG)),
        year,
        value: Decimal::new(value, 0).unwrap(),
        unit: "appeals".to_owned(),
        source: "invented".to_owned(),
        source_url: String::new(),
        file_name: format!("{year}.csv"),
        sha256: "0".repeat(64),
        row: 1,
        invented: true,
        imported_at: town.app.now(),
    }
}

/// The next year's budget is imported.
async fn next_year(town: &Town) {
    let bytes = serde_json::to_vec(&[record("samal-2026", DISTRICT, 2026, 0)]).unwrap();
    let context = BudgetContext { invented: true, ..BudgetContext::default() };
    let mut id = || town.app.new_budget_id();
    let budgets = decode_budget("next.json", &bytes, &context, town.app.now(), &mut id).unwrap();
    town.app.import_budgets_as_operator(budgets).await.unwrap();
}

/// Works until there is no job.
async fn work(town: &Town) {
    while town.app.work_on_next_job(Uuid::from_u128(1)).await.unwrap() {}
}

async fn whole(town: &Town, hindcast: bool) -> TrackRow {
    let query = TrackQuery { hindcast, ..TrackQuery::default() };
    town.app.read().track_record(&query).await.unwrap().into_iter().next().unwrap_or_default()
}

#[tokio::test]
async fn a_forecast_is_published_adjusted_and_judged_by_its_fact() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let fields = [("place", "990100000"), ("line", "tax|")];
    let published = analyst.post("/en/admin/forecasts", &fields).await;
    let path = published.expect(303).location().split('?').next().unwrap().to_owned();
    let again = analyst.post("/en/admin/forecasts", &fields).await;
    assert!(again.expect(303).location().starts_with(&path), "the same forecast is no new record");
    let page = town.nobody().get(&path).await;
    check_page(page.expect(200), "en");
    page.says("None of the facts is known yet").says("Кеңсе «analyst»").says_not("name=\"percent\"");
    let form = analyst.get(&path).await;
    assert_eq!(values(&check_page(&form, "en"), "percent").len(), 1);
    let adjust = format!("{path}/adjust");
    let draft = [("period", "2026"), ("percent", "5"), ("reason", "")];
    analyst.post(&adjust, &draft).await.expect(422).says("Please fill in this field");
    let both = [("period", "2026"), ("percent", "5"), ("value", "1"), ("reason", "A plant opens")];
    analyst.post(&adjust, &both).await.expect(422).says("either a value or a per cent");
    let draft = [("period", "2026"), ("percent", "5"), ("reason", "A plant opens")];
    town.person("other-analyst").await.post(&adjust, &draft).await.expect(403);
    analyst.post(&adjust, &draft).await.expect(303);
    town.nobody().get(&path).await.says("A plant opens").says("The fact is not known yet");

    next_year(&town).await;
    work(&town).await;
    let page = town.nobody().get(&path).await;
    check_page(page.expect(200), "en");
    page.says_not("None of the facts is known yet").says("<li>2026: the fact is");
    let told = page.text().contains("The person was nearer") || page.text().contains("The model was nearer");
    assert!(told, "both are held against the fact");
    analyst.post(&adjust, &draft).await.expect(422).says("This step can no longer be adjusted");
    let (said, later) = (whole(&town, false).await, whole(&town, true).await);
    assert_eq!((said.n, said.n_adjusted, later.n), (1, 1, 0));
    let record = town.nobody().get("/en/places/990100000/accuracy").await;
    check_page(record.expect(200), "en");
    record.says("like this one").says("Adjustments by people");
    let id = path.rsplit('/').next().unwrap();
    let answer = town.nobody().get(&format!("/api/v1/published-forecasts/{id}")).await;
    let body: Value = serde_json::from_slice(&answer.expect(200).body).unwrap();
    assert_eq!(body["facts"][0]["fact"], "663000000.000");
    assert_eq!(body["facts"][0]["source"], "next.json");
    assert_eq!(body["adjustments"][0]["reason"], "A plant opens");
}

#[tokio::test]
async fn what_was_computed_later_is_counted_apart_and_uses_nothing_later() {
    let town = Town::open().await;
    let tomorrow = town.app.publish_as_of(&request(), day("2026-09-02")).await;
    assert!(matches!(tomorrow, Err(AppError::Invalid(_))), "{tomorrow:?}");
    let Published::New(id) = town.app.publish_as_of(&request(), day("2023-07-01")).await.unwrap() else {
        panic!("there is a forecast")
    };
    assert_eq!(town.app.publish_as_of(&request(), day("2023-07-01")).await.unwrap(), Published::Same(id));
    let forecast = town.app.read().find_published_forecast(id).await.unwrap().unwrap();
    assert!(forecast.hindcast);
    assert_eq!(forecast.origin.to_string(), "2022");
    assert_eq!(forecast.body.history.last().unwrap().period.to_string(), "2022");
    let judged = town.app.judge_forecasts(kato(DISTRICT)).await.unwrap();
    assert_eq!((judged.n_first, judged.n_revised), (3, 0));
    let again = town.app.judge_forecasts(kato(DISTRICT)).await.unwrap();
    assert_eq!((again.n_first, again.n_revised), (0, 0));
    assert_eq!((whole(&town, false).await.n, whole(&town, true).await.n), (0, 3));
    let path = "/ru/places/990100000/accuracy";
    town.nobody().get(path).await.expect(200).says("Рассчитано позже по прошлым данным");
    let said = town.nobody().get(&format!("{path}?record=published")).await;
    check_page(&said, "ru");
    said.expect(200).says("факт ещё не известен").says_not("<figure");
    let calm = town.nobody().get(&format!("{path}?breaks=2024,x&calm=yes")).await;
    calm.expect(200).says("Факты этих лет не учтены: 2024");
    let file = town.nobody().get(&format!("{path}?chart=steps&format=csv")).await;
    assert_eq!(file.expect(200).text().lines().count(), 4, "{}", file.text());
    let api = town.nobody().get("/api/v1/forecast-accuracy?by=steps&record=later&without=2024").await;
    let body: Value = serde_json::from_slice(&api.expect(200).body).unwrap();
    assert_eq!(body["groups"].as_array().unwrap().len(), 2);
    let draft = [("period", "2023"), ("percent", "5"), ("reason", "Too late")];
    let adjust = format!("/en/forecasts/{id}/adjust");
    town.person("analyst").await.post(&adjust, &draft).await.expect(422);
}

#[tokio::test]
async fn a_revised_fact_is_judged_again_and_the_first_judgement_counts() {
    let town = Town::open().await;
    let put = async |year: i16, value: i64| {
        let figure = observation(&town, "appeals", (year, value));
        town.store.apply(vec![Change::PutObservations(vec![figure])]).await.unwrap();
    };
    for (year, value) in (2014..=2025).zip([31, 35, 34, 40, 43, 49, 47, 56, 60, 71, 69, 80]) {
        put(year, value).await;
    }
    let line = ForecastLine::Series("appeals".to_owned());
    let wish = ForecastRequest::yearly(kato(OKRUG), line.clone());
    town.app.publish_as_of(&wish, day("2026-01-01")).await.unwrap();
    for (value, due) in [(90, (1, 0)), (90, (0, 0)), (300, (0, 1)), (90, (0, 1))] {
        town.step(SignedDuration::from_hours(24));
        put(2026, value).await;
        let judged = town.app.judge_forecasts(kato(OKRUG)).await.unwrap();
        assert_eq!((judged.n_first, judged.n_revised), due, "{value}");
    }
    let by = TrackQuery { by: TrackBy::Line, line: Some(line), hindcast: true, ..TrackQuery::default() };
    let rows = town.app.read().track_record(&by).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].key.as_str(), rows[0].n), ("series|appeals", 1));
    assert!(rows[0].abs_error < 60, "the first fact counts: {:?}", rows[0]);
}

#[tokio::test]
async fn background_work_is_told_stopped_and_taken_up_again() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let asked = analyst.post("/en/admin/forecasts/all", &[]).await;
    let path = asked.expect(303).location().split('?').next().unwrap().to_owned();
    let again = analyst.post("/en/admin/forecasts/all", &[]).await;
    assert!(again.expect(303).location().starts_with(&path), "the same work is not asked for twice");
    let page = analyst.get(&path).await;
    check_page(page.expect(200), "en");
    page.says("waits").says("Stop the work");
    town.nobody().get(&path).await.expect(303);
    town.person("other-analyst").await.post(&format!("{path}/cancel"), &[]).await.expect(403);

    // A server takes it up and dies; the next one waits for a minute of silence and goes on.
    let id: JobId = path.rsplit('/').next().unwrap().parse().unwrap();
    let (at, runner) = (town.app.now(), Uuid::from_u128(9));
    let claim = Change::ClaimJob { id, runner, at, before: at };
    town.store.apply(vec![claim]).await.unwrap();
    assert!(!town.app.work_on_next_job(Uuid::from_u128(1)).await.unwrap());
    town.step(SignedDuration::from_secs(120));
    work(&town).await;
    let job = town.app.read().find_job(id).await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts, job.done, job.total), (JobState::Done, 2, 2, 2));
    let at = BatchCheckpoint::parse(&job.checkpoint).unwrap();
    // The okrug has one year; the district twelve, and no groups but two.
    assert!(at.n_published >= 5 && at.n_refused >= 22, "{at:?}");
    analyst.get(&path).await.says("The work is finished").says_not("Stop the work");

    // What has not changed is not published again, and what waits can be stopped.
    let n_before = town.app.read().list_forecast_places().await.unwrap().len();
    let second = analyst.post("/en/admin/forecasts/all", &[]).await.expect(303).location().to_owned();
    work(&town).await;
    let id: JobId = second.split('?').next().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let job = town.app.read().find_job(id).await.unwrap().unwrap();
    let same = BatchCheckpoint::parse(&job.checkpoint).unwrap();
    assert_eq!((same.n_published, same.n_same), (0, at.n_published));
    assert_eq!(town.app.read().list_forecast_places().await.unwrap().len(), n_before);
    let third = analyst.post("/en/admin/forecasts/judge", &[]).await.expect(303).location().to_owned();
    let third = third.split('?').next().unwrap().to_owned();
    analyst.post(&format!("{third}/cancel"), &[]).await.expect(303);
    analyst.get(&third).await.says("The work was stopped");
    analyst.post(&format!("{third}/cancel"), &[]).await.expect(409);
    check_page(analyst.get("/kk/admin/jobs").await.expect(200), "kk");
}

#[tokio::test]
async fn hindcasts_of_many_dates_stop_where_they_are_told() {
    let town = Town::open().await;
    let as_of = vec![day("2022-07-01"), day("2023-07-01"), day("2024-07-01")];
    let params = BatchParams { places: vec![kato(DISTRICT)], as_of, ..BatchParams::default() };
    let id = town.app.ask_to_hindcast_as_operator(&params).await.unwrap();
    work(&town).await;
    let job = town.app.read().find_job(id).await.unwrap().unwrap();
    assert_eq!((job.state, job.done), (JobState::Done, 3));
    let steps =
        TrackQuery { by: TrackBy::Horizon, line: Some(tax()), hindcast: true, ..TrackQuery::default() };
    let rows = town.app.read().track_record(&steps).await.unwrap();
    // Known in 2022: 2022 to 2024 lie ahead; in 2024 only 2024 and 2025 have become known.
    assert_eq!(rows.iter().map(|row| row.n).collect::<Vec<_>>(), [3, 3, 2]);
    assert_eq!(whole(&town, false).await.n, 0);
}

#[tokio::test]
async fn gaps_are_filled_and_said_and_too_few_figures_are_refused() {
    let town = Town::open().await;
    let figures =
        [(2014, 31), (2015, 35), (2016, 34), (2018, 43), (2019, 49), (2021, 56), (2022, 60), (2025, 80)];
    for (year, value) in figures {
        let figure = observation(&town, "appeals", (year, value));
        town.store.apply(vec![Change::PutObservations(vec![figure])]).await.unwrap();
    }
    let line = ForecastLine::Series("appeals".to_owned());
    let wish = ForecastRequest::yearly(kato(OKRUG), line);
    let Published::New(id) = town.app.publish_as_of(&wish, day("2026-01-01")).await.unwrap() else {
        panic!("there is a forecast")
    };
    let forecast = town.app.read().find_published_forecast(id).await.unwrap().unwrap();
    let known: Vec<i16> = forecast.body.history.iter().map(|past| past.period.year()).collect();
    assert_eq!(known, figures.map(|(year, _)| year), "only what is known is kept as known");
    // Of neighbouring years both known: 4, 1, 6 and 4.
    assert_eq!(forecast.body.scale, Milli(3_750));
    let page = town.nobody().get(&format!("/en/forecasts/{id}")).await;
    check_page(page.expect(200), "en");
    page.says("missing periods were filled").says("(2017, 2020, 2023, 2024)");
    for (year, value) in &figures[..5] {
        let figure = observation(&town, "complaints", (*year, *value));
        town.store.apply(vec![Change::PutObservations(vec![figure])]).await.unwrap();
    }
    let few = ForecastRequest::yearly(kato(OKRUG), ForecastLine::Series("complaints".to_owned()));
    let refused = town.app.publish_as_of(&few, day("2026-01-01")).await.unwrap();
    let told = format!("{refused:?}");
    assert!(told.contains("TooFewPoints { have: 5, need: 6 }"), "six periods, but five figures: {told}");
}

#[tokio::test]
async fn expected_cases_are_published_and_judged_by_the_next_count() {
    let town = Town::open().await;
    let put = async |year: i16, month: u8, cases: i64| {
        let figure = observation(&town, &format!("appeals_roads_{month:02}"), (year, cases));
        town.store.apply(vec![Change::PutObservations(vec![figure])]).await.unwrap();
    };
    for n in 0..30_u8 {
        let (year, month) = (2024 + i16::from(n / 12), n % 12 + 1);
        put(year, month, 40 + i64::from(n % 12) * 3 + i64::from(n * 7 % 5)).await;
    }
    let analyst = town.person("analyst").await;
    let form = analyst.get("/en/admin/forecasts").await;
    check_page(form.expect(200), "en");
    form.says("Publish the expected appeals");
    let place = OKRUG.to_string();
    let fields = [("cases-place", place.as_str())];
    town.person("other-analyst").await.post("/en/admin/forecasts/cases", &fields).await.expect(403);
    analyst.post("/en/admin/forecasts/cases", &[]).await.expect(422).says("Please choose");
    let district = DISTRICT.to_string();
    let nothing = analyst.post("/en/admin/forecasts/cases", &[("cases-place", &district)]).await;
    nothing.expect(422).says("six months without a gap are needed");
    for _ in 0..2 {
        let done = analyst.post("/en/admin/forecasts/cases", &fields).await.expect(303).location().to_owned();
        assert!(
            done.starts_with(&format!("/en/places/{OKRUG}/accuracy?basis=cases&record=published")),
            "{done}"
        );
    }
    let basis = Some(ForecastBasis::Cases);
    let filter = ForecastFilter { basis, ..ForecastFilter::default() };
    let page = PageRequest::first(PageRequest::LIMIT_MAX);
    let all = town.app.read().list_published_forecasts(&filter, &page).await.unwrap().items;
    let [forecast] = all.as_slice() else { panic!("the same again is no new record: {all:?}") };
    assert_eq!((forecast.origin.to_string().as_str(), forecast.body.steps.len()), ("2026-06", 6));
    let whole = forecast
        .body
        .steps
        .iter()
        .flat_map(|step| step.intervals.iter().map(|own| own.high).chain([step.point]));
    assert!(
        whole.clone().all(|value| value.0 % 1_000 == 0),
        "cases are whole: {:?}",
        whole.collect::<Vec<_>>()
    );
    let shown = town.nobody().get(&format!("/en/forecasts/{}", forecast.id)).await;
    check_page(shown.expect(200), "en");
    shown.says("Appeals and reports: Roads").says_not("prices");
    let demand = format!("/en/places/{OKRUG}/demand?service=roads");
    town.nobody().get(&demand).await.says("No published forecast like this one has met its fact yet");

    put(2026, 7, 61).await;
    let judged = town.app.judge_forecasts(kato(OKRUG)).await.unwrap();
    assert_eq!((judged.n_first, judged.n_revised), (1, 0));
    let query = |basis| TrackQuery { basis, ..TrackQuery::default() };
    let cases = town.app.read().track_record(&query(ForecastBasis::Cases)).await.unwrap();
    assert_eq!((cases[0].n, cases[0].inside[1].0), (1, 1));
    assert!(town.app.read().track_record(&query(ForecastBasis::Period)).await.unwrap().is_empty());
    let record = town.nobody().get(&format!("/en/places/{OKRUG}/accuracy?basis=cases")).await;
    check_page(record.expect(200), "en");
    record.says("1 month ahead").says("Appeals and reports: Roads");
    town.nobody().get(&demand).await.says("The 1 forecast like this one that has met its fact");

    // A month that is no count stops both: nothing is judged by it, nothing is published from it.
    let wrong = observation(&town, "appeals_roads_08", (2026, -1));
    town.store.apply(vec![Change::PutObservations(vec![wrong])]).await.unwrap();
    let judged = town.app.judge_forecasts(kato(OKRUG)).await.unwrap();
    assert_eq!((judged.n_first, judged.n_revised), (0, 0));
    analyst.post("/en/admin/forecasts/cases", &fields).await.expect(422);
}
