//! Forecast pages, the coming year, the laboratory.

use crate::client::Sent;
use crate::content::DISTRICT;
use crate::town::Town;
use akimat_budget::{Amounts, Item};
use akimat_core::Money;
use akimat_storage::{Change, FactLine, FactReport, FactSource, LineKey};
use serde_json::Value;

fn json(answer: &crate::client::Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

/// Whole tiyn of `123.45`.
fn tiyn(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn report(month: u8, tenge: i64) -> FactReport {
    let amounts = Amounts { executed: Money::from_tenge(tenge), ..Amounts::default() };
    let key = LineKey { item: Item::Tax, code: String::new() };
    FactReport {
        place: crate::town::kato(DISTRICT),
        level: 3,
        year: 2024,
        month,
        source: FactSource {
            file_name: "2024.csv".to_owned(),
            sha256: "cd".repeat(32),
            budget: None,
            invented: true,
        },
        lines: vec![FactLine { row: 1, key, amounts }],
    }
}

#[tokio::test]
async fn a_line_is_shown_with_the_intervals_asked_for_and_as_files() {
    let town = Town::open().await;
    let path = format!("/en/places/{DISTRICT}/forecast?item=tax&levels=50&levels=95");
    let page = town.nobody().get(&path).await;
    page.expect(200).says("class=\"band50\"").says("class=\"band95\"").says_not("class=\"band80\"");
    page.says("with 80% probability; in").says("/analysis/laboratory?place=990100000");
    let csv = town.nobody().get(&format!("{path}&chart=fan&format=csv")).await;
    let text = csv.expect(200).text().to_owned();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("50%: Lower bound") && !text.contains("80%: "), "{text}");
    let svg = town.nobody().get(&format!("{path}&chart=fan&format=svg")).await;
    svg.expect(200).says("<svg");
    for (query, reason) in
        [("item=non_tax", "All values are the same"), ("prices=constant", "No series of prices")]
    {
        let refused = town.nobody().get(&format!("/en/places/{DISTRICT}/forecast?{query}")).await;
        refused.expect(200).says("No forecast is given").says(reason).says_not("<figure");
    }
}

#[tokio::test]
async fn months_of_execution_reports_are_a_series_of_their_own() {
    let town = Town::open().await;
    // Since January 100, 210, 330, 460 …: a month adds 10 more than the one before.
    let reports = (1..=10).map(|month| report(month, 95 * i64::from(month) + 5 * i64::from(month).pow(2)));
    town.store.apply(vec![Change::PutFacts(reports.collect())]).await.unwrap();
    let path = format!("/api/v1/forecasts?place={DISTRICT}&item=tax&frequency=monthly&horizon=3");
    let found = json(town.nobody().get(&path).await.expect(200));
    let observed: Vec<(&str, &str)> = found["observed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| (own["period"].as_str().unwrap(), own["amount"].as_str().unwrap()))
        .collect();
    assert_eq!(
        (observed.len(), observed[0], observed[9]),
        (10, ("2024-01", "100.00"), ("2024-10", "190.00"))
    );
    assert_eq!((&found["frequency"], &found["steps"][0]["period"]), (&"monthly".into(), &"2024-11".into()));
    let page = format!("/ru/places/{DISTRICT}/forecast?item=tax&frequency=monthly&horizon=6");
    town.nobody().get(&page).await.expect(200).says("ноябрь 2024");
}

#[tokio::test]
async fn lines_of_a_coming_year_add_up_to_their_totals() {
    let town = Town::open().await;
    let found =
        json(town.nobody().get(&format!("/api/v1/forecasts/next-year?place={DISTRICT}")).await.expect(200));
    let sum = |lines: &Value, depth: u64| -> i64 {
        let lines = lines.as_array().unwrap().iter();
        lines.filter(|line| line["depth"] == depth).map(|line| tiyn(&line["point"])).sum()
    };
    let revenue = &found["revenue"];
    assert_eq!(sum(revenue, 0), sum(revenue, 1));
    assert_eq!(tiyn(&revenue[1]["point"]), sum(revenue, 2));
    assert_eq!(sum(&found["expenditure"], 0), sum(&found["expenditure"], 1));
    assert_eq!((&found["last_year"], &revenue[1]["item"]), (&2025.into(), &"own_revenue".into()));
    let page = town.nobody().get(&format!("/en/places/{DISTRICT}/forecast/next-year?year=2027")).await;
    page.expect(200).says("Expected budget for 2027").says("the last figure is repeated");
    let none = town.nobody().get(&format!("/en/places/{}/forecast/next-year", crate::content::OTHER)).await;
    none.expect(200).says("No budget with totals");
}

#[tokio::test]
async fn the_laboratory_compares_models_on_a_line_and_on_a_series_of_ones_own() {
    let town = Town::open().await;
    let nobody = town.nobody();
    nobody.get("/en/analysis").await.expect(200).says("/en/analysis/laboratory");
    let path = format!("/en/analysis/laboratory?place={DISTRICT}&item=tax&models=holt&models=combined&go=1");
    let page = nobody.get(&path).await;
    page.expect(200).says("Holt’s method").says("the naive forecast that the others are held against");
    let csv = nobody.get(&format!("{path}&chart=scores&format=csv")).await;
    assert_eq!(csv.expect(200).text().lines().count(), 4);

    let own: String = (2000..2024).map(|year| format!("{year};{}\n", (year - 1999) * 3 + year % 4)).collect();
    let file = Sent { name: "own.csv", bytes: own.as_bytes() };
    let sent = nobody.upload("/ru/analysis/laboratory", &[], &file).await;
    sent.expect(303);
    let to = sent.location().split('#').next().unwrap().to_owned();
    nobody.get(&to).await.expect(200).says("Свой ряд").says("2023");

    let wrong = nobody.get("/en/analysis/laboratory?text=2020+1%0A2021+x&go=1").await;
    wrong.expect(422).says("Line 2 of the series cannot be read");
    nobody.get("/en/analysis/laboratory?go=1").await.expect(422).says("Write the name or the code");
    let short = nobody.get("/en/analysis/laboratory?text=2020+1%0A2021+2&go=1").await;
    short.expect(200).says("No comparison");
    let binary = Sent { name: "x.csv", bytes: &[0xff, 0xfe, 0x00, 0xd8] };
    nobody.upload("/en/analysis/laboratory", &[], &binary).await.expect(422).says("Save it as CSV");
}

#[tokio::test]
async fn the_api_of_the_laboratory_answers_or_says_why_not() {
    let town = Town::open().await;
    let path =
        format!("/api/v1/laboratory?place={DISTRICT}&item=tax&models=holt&origins=5&horizon=2&levels=80");
    let found = json(town.nobody().get(&path).await.expect(200));
    assert_eq!((&found["baseline"], found["origins"].as_array().unwrap().len()), (&"naive".into(), 5));
    assert_eq!(found["entries"][0]["by_step"].as_array().unwrap().len(), 2);
    assert_eq!(found["entries"][0]["rank"], 1);
    let refused = json(town.nobody().get("/api/v1/laboratory?text=2020+1%0A2021+2").await.expect(422));
    assert_eq!(refused["refusal"]["reason"], "too_few_points");
    town.nobody().get("/api/v1/laboratory").await.expect(400);
}

#[tokio::test]
async fn the_models_stand_on_a_page() {
    let town = Town::open().await;
    for lang in ["kk", "ru", "en"] {
        let page = town.nobody().get(&format!("/{lang}/forecast/model")).await;
        page.expect(200).says("<code>ets</code>").says("<code>seasonal_naive</code>");
    }
}
