//! Expected appeals by service: the page, its assumptions, its refusals and its files.

use crate::content::{DISTRICT, OKRUG};
use crate::html::check_page;
use crate::town::Town;
use akimat_app::observation::ObservationFile;
use akimat_interop::observation::decode_observations;
use std::fmt::Write as _;

/// Four years of a service with a summer, four months of another, a third with half a case.
fn table() -> String {
    let mut text = "series,kato,year,value,unit,source,invented\n".to_owned();
    let mut row = |service: &str, year: i16, month: u8, value: &str| {
        writeln!(text, "appeals_{service}_{month:02},{DISTRICT},{year},{value},cases,Call centre,true")
            .unwrap();
    };
    for year in 2021..=2024_i16 {
        for month in 1..=12_u8 {
            let summer = if (5..=9).contains(&month) { 90 } else { 0 };
            let noise = (i64::from(year) * 7 + i64::from(month) * 13) % 11;
            row("water", year, month, &(100 + summer + noise).to_string());
        }
    }
    for month in 1..=4 {
        row("lighting", 2024, month, &(20 + month).to_string());
        row("lifts", 2024, month, "1.5");
    }
    text
}

async fn town() -> Town {
    let town = Town::open().await;
    let text = table();
    let file = ObservationFile { name: "appeals.csv".to_owned(), sha256: "ab".repeat(32) };
    let rows = decode_observations(text.as_bytes()).unwrap();
    town.app.import_observations_as_operator(&file, rows).await.unwrap();
    town
}

/// The table of a chart, without its heading.
async fn csv(town: &Town, path: &str, chart: &str) -> Vec<Vec<String>> {
    let glue = if path.contains('?') { '&' } else { '?' };
    let answer = town.nobody().get(&format!("{path}{glue}chart={chart}&format=csv")).await;
    let text = answer.expect(200).text().to_owned();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

fn number(cell: &str) -> i64 {
    cell.parse().unwrap_or_else(|_| panic!("a whole number: {cell}"))
}

#[tokio::test]
async fn cases_are_expected_and_officers_follow_the_assumptions() {
    let town = town().await;
    let path = format!("/en/places/{DISTRICT}/demand");
    let page = town.nobody().get(&path).await;
    check_page(page.expect(200), "en");
    page.says("Water supply").says("Nobody has measured these numbers").says("<svg").says("Call centre");
    let cases = csv(&town, &path, "cases").await;
    assert_eq!(cases.len(), 6);
    for row in &cases {
        let [point, low80, high80, low95, high95] = [1, 2, 3, 4, 5].map(|at| number(&row[at]));
        assert!(low95 <= low80 && low80 <= point && point <= high80 && high80 <= high95, "{row:?}");
    }
    // January is quiet, May and June are not.
    assert!(number(&cases[5][1]) > number(&cases[0][1]) + 40, "{cases:?}");
    let fixed = format!("{path}?minutes=60&day=300&share=100&days=20");
    let officers = csv(&town, &fixed, "staffing").await;
    for (row, cases) in officers.iter().zip(&cases) {
        let by_hand = |cases: i64| (cases * 60 + 5_999) / 6_000;
        assert_eq!(number(&row[1]), 20);
        assert_eq!(number(&row[2]), by_hand(number(&cases[1])));
        assert_eq!(number(&row[4]), by_hand(number(&cases[3])));
    }
    town.nobody().get(&fixed).await.expect(200).says("At least one of these settings was set in the form");
    for lang in ["kk", "ru"] {
        let page = town.nobody().get(&path.replace("/en/", &format!("/{lang}/"))).await;
        check_page(page.expect(200), lang);
        page.says_not("demand-");
    }
}

#[tokio::test]
async fn what_cannot_be_expected_says_why() {
    let town = town().await;
    let path = format!("/en/places/{DISTRICT}/demand");
    let page = town.nobody().get(&format!("{path}?service=lighting")).await;
    check_page(page.expect(200), "en");
    page.says("4 months are known, a forecast needs at least 6").says("This service has no forecast");
    page.says("is not a whole number from 0 to 1,000,000").says("lifts");
    let wrong = town.nobody().get(&format!("{path}?minutes=0&share=lots")).await;
    wrong
        .expect(422)
        .says("Please enter a whole number from 1 to 100,000")
        .says_not("Officers month by month");
    let none = town.nobody().get(&format!("/en/places/{OKRUG}/demand")).await;
    check_page(none.expect(200), "en");
    none.says("akimat import observations").says("appeals_roads_07");
    town.nobody().get("/en/places/123456789/demand").await.expect(404);
    let hub = town.nobody().get(&format!("/en/analysis?q={DISTRICT}")).await;
    hub.expect(200).says(&path);
}
