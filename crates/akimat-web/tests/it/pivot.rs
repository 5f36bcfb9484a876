//! The pivot over the cube of facts: exact sums, the way to the reports, and sentences for nonsense.

use crate::content::{DISTRICT, OTHER};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_budget::{Amounts, Item};
use akimat_core::Money;
use akimat_storage::Change;
use akimat_storage::fact::{FactLine, FactReport, FactSource, LineKey};

fn report(place: u32, (year, month): (i16, u8), tenge: [i64; 2]) -> FactReport {
    let line = |row, item, tenge: i64| FactLine {
        row,
        key: LineKey { item, code: String::new() },
        amounts: Amounts {
            approved: None,
            amended: Money::from_tenge(tenge * 2),
            executed: Money::from_tenge(tenge),
        },
    };
    FactReport {
        place: kato(place),
        level: 3,
        year,
        month,
        source: FactSource {
            file_name: "reports-2025.csv".to_owned(),
            sha256: "ab".repeat(32),
            budget: None,
            invented: true,
        },
        lines: vec![line(2, Item::RevenueTotal, tenge[0]), line(3, Item::Tax, tenge[1])],
    }
}

async fn town() -> Town {
    let town = Town::open().await;
    let reports = vec![
        report(DISTRICT, (2025, 6), [1_000_000, 400_000]),
        report(DISTRICT, (2025, 12), [2_000_000, 900_000]),
        report(OTHER, (2025, 12), [3_000_500, 100_000]),
        report(OTHER, (2026, 3), [700_000, 50_000]),
    ];
    town.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
    town
}

#[tokio::test]
async fn sums_are_exact_and_lead_to_their_reports() {
    let town = town().await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        let answer = nobody.get(&format!("/{lang}/analysis/pivot?rows=unit&level=3&stage=executed")).await;
        check_page(answer.expect(200), lang);
        let total = if lang == "en" { "5,000.5" } else { "5\u{a0}000,5" };
        answer.says(total).says(&format!("/{lang}/analysis/facts/{DISTRICT}/2025/latest"));
    }
    let report = nobody.get(&format!("/en/analysis/facts/{DISTRICT}/2025/latest")).await;
    check_page(report.expect(200), "en");
    report.says("reports-2025.csv").says(&"ab".repeat(32)).says("2,000.0").says("/facts/990100000/2025/6");
    nobody.get(&format!("/en/analysis/facts/{DISTRICT}/2025/3")).await.expect(404);
    nobody.get(&format!("/en/analysis/facts/{DISTRICT}/1999/latest")).await.expect(404);
}

#[tokio::test]
async fn execution_and_shares_are_computed_from_exact_sums() {
    let town = town().await;
    let nobody = town.nobody();
    let page = nobody.get("/en/analysis/pivot?rows=unit&from=2025&to=2025&show=execution").await;
    page.expect(200).says("50.0%");
    let page = nobody.get("/en/analysis/pivot?rows=unit&from=2025&to=2025&show=share&order=amount").await;
    page.expect(200).says("60.0%").says("40.0%").says("100.0%");
}

#[tokio::test]
async fn nonsense_is_told_at_its_field_and_never_breaks_the_page() {
    let town = town().await;
    let nobody = town.nobody();
    for query in [
        "rows=year&columns=year",
        "rows=unit&columns=place",
        "lines=totals",
        "rows=level&show=share",
        "from=2026&to=2020",
        "from=9&to=x",
        "rows=unit&columns=month&from=2025&to=2026",
        "place=nowhere+at+all",
    ] {
        let answer = nobody.get(&format!("/en/analysis/pivot?{query}")).await;
        check_page(answer.expect(200), "en");
        answer.says("error-summary");
    }
    // Months need the engine, which this town has not.
    let months = nobody.get("/ru/analysis/pivot?rows=unit&columns=month&from=2025&to=2025").await;
    check_page(months.expect(200), "ru");
    let empty = nobody.get("/en/analysis/pivot?level=5").await;
    check_page(empty.expect(200), "en");
}

#[tokio::test]
async fn a_view_is_a_file_too() {
    let town = town().await;
    let nobody = town.nobody();
    let query = "rows=unit&level=3&lines=revenue_total&stage=executed";
    let csv = nobody.get(&format!("/en/analysis/pivot/download/csv?{query}")).await;
    csv.expect(200).says("990200000").says("3000500.00").says("700000.00");
    nobody.get(&format!("/en/analysis/pivot/download/xlsx?{query}")).await.expect(200);
    nobody.get(&format!("/en/analysis/pivot/download/doc?{query}")).await.expect(404);
}

/// An analyst keeps a view for everybody to see.
pub(crate) async fn keep(town: &Town) {
    let form = [("title", "Taxes of districts"), ("public", "yes")];
    let save = "/en/views?rows=unit&columns=year&lines=tax&level=3";
    town.person("analyst").await.post(save, &form).await.expect(303);
}

#[tokio::test]
async fn an_analyst_keeps_a_view_and_shares_it() {
    let town = town().await;
    let analyst = town.person("analyst").await;
    let query = "rows=unit&columns=year&lines=tax&level=3";
    let save = format!("/en/views?{query}");
    town.person("resident").await.post(&save, &[("title", "x")]).await.expect(403);
    let wrong = analyst.post(&save, &[("title", " ")]).await;
    check_page(wrong.expect(422), "en");
    analyst.post(&save, &[("title", "Taxes of districts"), ("public", "yes")]).await.expect(303);
    let list = town.nobody().get("/ru/views").await;
    check_page(list.expect(200), "ru");
    let text = list.says("Taxes of districts").text();
    let at = text.find("/ru/views/").unwrap();
    let path: String = text[at..].chars().take_while(|c| *c != '"').collect();
    let opened = town.nobody().get(&path).await;
    assert!(opened.expect(303).location().contains("/ru/analysis/pivot?rows=unit&columns=year&lines=tax"));
    let remove = format!("{path}/remove");
    town.person("akim").await.post(&remove, &[]).await.expect(403);
    analyst.post(&remove, &[]).await.expect(303);
    town.nobody().get(&path).await.expect(404);
}

#[tokio::test]
async fn the_api_says_why_there_is_no_answer() {
    let town = town().await;
    let nobody = town.nobody();
    let mixed = nobody.get("/api/v1/adhoc?by=region&item=tax").await;
    mixed.expect(422).says("mixes_levels");
    let absent = nobody.get("/api/v1/adhoc?by=region&item=tax&level=3").await;
    absent.expect(422).says("no_engine");
    nobody.get("/api/v1/adhoc?by=nonsense").await.expect(400);
    nobody.get("/api/v1/adhoc?from=2026&to=2020").await.expect(400);
}
