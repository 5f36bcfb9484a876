//! The page of the fiscal year that runs, its files and its API.

use crate::content::{DISTRICT, OKRUG, OTHER};
use crate::town::{Town, kato};
use akimat_budget::{Amounts, Item};
use akimat_core::Money;
use akimat_storage::{Change, FactLine, FactReport, FactSource, LineKey};
use serde_json::Value;

/// Thousand tenge executed to the end of a month and planned for the year; December is heavy.
fn amounts(year: i16, month: u8, size: i64) -> Amounts {
    let level = size * (100 + 8 * i64::from(year - 2020)) + i64::from(year % 3) * size;
    let months = i64::from(month) + if month == 12 { 3 } else { 0 };
    let money = |thousand: i64| Money::from_tenge(thousand * 1_000);
    Amounts { approved: money(level * 14), amended: money(level * 16), executed: money(level * months) }
}

pub(crate) fn report(place: u32, year: i16, month: u8) -> FactReport {
    let mut lines = Vec::new();
    let mut line = |item: Item, code: &str, size: i64| {
        let row = u32::try_from(lines.len()).unwrap() + 1;
        let key = LineKey { item, code: code.to_owned() };
        lines.push(FactLine { row, key, amounts: amounts(year, month, size) });
    };
    line(Item::RevenueTotal, "", 11);
    line(Item::Tax, "", 4);
    line(Item::NonTax, "", 1);
    line(Item::Transfers, "", 6);
    line(Item::ExpenditureTotal, "", 11);
    line(Item::FunctionalGroup, "04", 8);
    // The groups leave a hundredth or so of the total over.
    line(Item::FunctionalGroup, "07", 2);
    lines.sort_by(|one, other| one.key.cmp(&other.key));
    FactReport {
        place: kato(place),
        level: 3,
        year,
        month,
        source: FactSource {
            file_name: format!("{year}-{month:02}.csv"),
            sha256: "ef".repeat(32),
            budget: None,
            invented: true,
        },
        lines,
    }
}

/// Two districts that report from 2020, the last time for August 2024.
async fn town() -> Town {
    let town = Town::open().await;
    let mut reports = Vec::new();
    for place in [DISTRICT, OTHER] {
        for year in 2020..=2024 {
            let last = if year == 2024 { 8 } else { 12 };
            reports.extend((1..=last).map(|month| report(place, year, month)));
        }
    }
    town.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
    town
}

async fn api(town: &Town, query: &str) -> Value {
    let answer = town.nobody().get(&format!("/api/v1/forecasts/year?place={query}")).await;
    serde_json::from_slice(&answer.expect(200).body).unwrap()
}

/// Whole tiyn of `123.45`.
fn tiyn(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test]
async fn the_year_is_expected_to_end_with_its_heavy_december() {
    let town = town().await;
    let body = api(&town, &DISTRICT.to_string()).await;
    assert_eq!((&body["year"], &body["month"]), (&Value::from(2024), &Value::from(8)));
    assert_eq!((&body["n_budgets"], &body["refusal"]), (&Value::from(2), &Value::Null));
    let lines = body["lines"].as_array().unwrap();
    let line = |word: &str| lines.iter().find(|line| line["line"] == word).unwrap();
    for (sum, parts) in [
        ("revenue_total", vec!["own_revenue", "transfers"]),
        ("own_revenue", vec!["tax", "non_tax"]),
        ("expenditure_total", vec!["group-04", "group-07", "other_expenditure"]),
    ] {
        let total: i64 = parts.iter().map(|part| tiyn(&line(part)["total"])).sum();
        assert_eq!(total, tiyn(&line(sum)["total"]), "{sum}");
    }
    for line in lines {
        let (total, executed) = (tiyn(&line["total"]), tiyn(&line["executed"]));
        // Eight of fifteen parts are executed: the linear rule would say twelve.
        let share = total as f64 / executed as f64;
        assert!((1.65..=2.1).contains(&share), "{line}");
        assert_eq!(line["months"].as_array().unwrap().len(), 4);
        assert_eq!(line["ranges"][0]["level"], 80);
        assert_eq!(line["past"].as_array().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn an_earlier_month_sees_nothing_later() {
    let town = town().await;
    let body = api(&town, &format!("{DISTRICT}&year=2022&month=5")).await;
    assert_eq!((&body["year"], &body["month"]), (&Value::from(2022), &Value::from(5)));
    let total = &body["lines"][0];
    assert_eq!(tiyn(&total["executed"]), amounts(2022, 5, 11).executed.unwrap().tiyn());
    assert_eq!(tiyn(&total["fact"]), amounts(2022, 12, 11).executed.unwrap().tiyn());
    assert_eq!(total["past"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_page_shows_it_and_gives_its_files() {
    let town = town().await;
    let path = format!("/en/places/{DISTRICT}/forecast/year?from=2024-08&line=group-04");
    let page = town.nobody().get(&path).await;
    page.expect(200).says("Samal District: how 2024 will end").says("former years of 2 budgets");
    page.says("Which was nearer").says("<svg").says(&format!("/places/{DISTRICT}/forecast/next-year"));
    for lang in ["kk", "ru"] {
        let page = town.nobody().get(&path.replace("/en/", &format!("/{lang}/"))).await;
        page.expect(200).says("2024").says_not("forecast-year-");
    }
    let csv = town.nobody().get(&format!("{path}&chart=lines&format=csv")).await;
    assert_eq!(csv.expect(200).text().lines().count(), 10);
    let execution = town.nobody().get(&format!("/en/analysis/execution/{DISTRICT}")).await;
    execution.expect(200).says(&format!("/en/places/{DISTRICT}/forecast/year"));
}

#[tokio::test]
async fn what_cannot_be_forecast_says_why() {
    let town = town().await;
    let none = town.nobody().get(&format!("/en/places/{OKRUG}/forecast/year")).await;
    none.expect(200).says("There are no monthly execution reports of this budget yet");
    assert_eq!(api(&town, &OKRUG.to_string()).await["refusal"], "no_reports");
    let young = Town::open().await;
    let reports = (1..=6).map(|month| report(DISTRICT, 2024, month)).collect();
    young.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
    let page = young.nobody().get(&format!("/en/places/{DISTRICT}/forecast/year")).await;
    page.expect(200).says("The reports do not hold a former year to its end");
    assert_eq!(api(&young, &DISTRICT.to_string()).await["refusal"], "no_former_year");
    town.nobody().get("/en/places/123456789/forecast/year").await.expect(404);
}
