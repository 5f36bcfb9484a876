//! The cube of facts over the API: totals, months, reports with their files.

use crate::content::{DISTRICT, OKRUG};
use crate::town::{Town, kato};
use akimat_budget::{Amounts, Item};
use akimat_core::Money;
use akimat_storage::{Change, FactLine, FactReport, FactSource, LineKey};
use serde_json::{Value, json};

fn report(place: u32, level: u8, month: u8, executed: i64) -> FactReport {
    let line = |row, item, code: &str, tenge| FactLine {
        row,
        key: LineKey { item, code: code.to_owned() },
        amounts: Amounts { executed: Money::from_tenge(tenge), ..Amounts::default() },
    };
    FactReport {
        place: kato(place),
        level,
        year: 2019,
        month,
        source: FactSource {
            file_name: "october.csv".to_owned(),
            sha256: "ab".repeat(32),
            budget: None,
            invented: true,
        },
        lines: vec![line(9, Item::Tax, "", executed), line(4, Item::FunctionalGroup, "07", executed * 2)],
    }
}

async fn town() -> Town {
    let town = Town::open().await;
    let reports = vec![
        report(DISTRICT, 3, 9, 900),
        report(DISTRICT, 3, 10, 1_000),
        report(OKRUG, 4, 10, 30),
        report(OKRUG + 2_000, 4, 8, 12),
    ];
    town.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
    town
}

async fn get(town: &Town, path: &str) -> Value {
    let answer = town.nobody().get(path).await;
    serde_json::from_slice(&answer.expect(200).body).unwrap()
}

#[tokio::test]
async fn totals_are_those_of_the_latest_reports() {
    let town = town().await;
    let unit = get(&town, &format!("/api/v1/facts?place={DISTRICT}&item=tax&from=2019&to=2019")).await;
    let total = &unit["items"][0];
    assert_eq!((&total["executed"], &total["approved"]), (&json!("1000.00"), &Value::Null));
    assert_eq!((&total["sum_of_level"], &total["month_max"]), (&Value::Null, &json!(10)));
    assert_eq!((&unit["invented"], unit["items"].as_array().unwrap().len()), (&json!(true), 1));

    let path = format!(
        "/api/v1/facts?scope=sum&place={DISTRICT}&level=4&item=functional_group&code=07&from=2019&to=2019"
    );
    let sum = get(&town, &path).await;
    let total = &sum["items"][0];
    assert_eq!((&total["executed"], &total["n_units"]["executed"]), (&json!("84.00"), &json!(2)));
    assert_eq!((&total["month_min"], &total["month_max"]), (&json!(8), &json!(10)));

    let units = get(&town, "/api/v1/facts?scope=units&level=4&item=tax&from=2019&to=2019").await;
    assert_eq!(units["items"].as_array().unwrap().len(), 2);
    let sums = get(&town, "/api/v1/facts?scope=sums&level=4&item=tax&from=2019&to=2019").await;
    assert_eq!(
        (&sums["items"][0]["place"], &sums["items"][0]["executed"]),
        (&json!("990000000"), &json!("42.00"))
    );
}

#[tokio::test]
async fn months_and_reports_lead_to_file_and_row() {
    let town = town().await;
    let months =
        get(&town, &format!("/api/v1/facts/months?place={DISTRICT}&item=tax&from=2019&to=2019")).await;
    let items = months["items"].as_array().unwrap().iter();
    let found: Vec<(Option<u64>, Option<&str>)> =
        items.map(|month| (month["month"].as_u64(), month["executed"].as_str())).collect();
    assert_eq!(found, [(Some(0), None), (Some(9), Some("900.00")), (Some(10), Some("1000.00"))]);
    let report = get(&town, &format!("/api/v1/facts/report?place={DISTRICT}&year=2019&month=10")).await;
    assert_eq!((&report["file_name"], &report["lines"][0]["row"]), (&json!("october.csv"), &json!(9)));
    let nobody = town.nobody();
    nobody.get(&format!("/api/v1/facts/report?place={DISTRICT}&year=2019&month=11")).await.expect(404);
    for wrong in [
        "/api/v1/facts",
        "/api/v1/facts?scope=sum&place=990100000",
        "/api/v1/facts?scope=units&level=4",
        "/api/v1/facts?place=990100000&item=functional_group",
        "/api/v1/facts/months?place=990100000",
        "/api/v1/facts/report?place=990100000&year=2019&month=13",
    ] {
        nobody.get(wrong).await.expect(400);
    }
}
