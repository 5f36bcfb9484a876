//! Consolidation, execution by month, findings of the platform, disclosure.

use crate::content::{DISTRICT, OKRUG};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_budget::{Amounts, Item};
use akimat_core::Money;
use akimat_storage::Change;
use akimat_storage::fact::{FactLine, FactReport, FactSource, LineKey};

/// A report of 2026 whose amounts are in tenge: item, code, plan, executed.
fn report(place: u32, level: u8, month: u8, lines: &[(Item, &str, i64, i64)]) -> FactReport {
    let tenge = |amount| Some(Money::from_tenge(amount).unwrap());
    let line = |(row, (item, code, plan, executed)): (u32, &(Item, &str, i64, i64))| FactLine {
        row,
        key: LineKey { item: *item, code: (*code).to_owned() },
        amounts: Amounts { approved: tenge(*plan), amended: None, executed: tenge(*executed) },
    };
    let mut lines: Vec<FactLine> = (2..).zip(lines).map(line).collect();
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    let source = FactSource {
        file_name: "есептер.csv".to_owned(),
        sha256: "0".repeat(64),
        budget: None,
        invented: true,
    };
    FactReport { place: kato(place), level, year: 2026, month, source, lines }
}

/// The district says it gave 300 thousand, the okrug says it got 280.
async fn town() -> Town {
    let town = Town::open().await;
    let district = |month: u8| {
        let part = i64::from(month) * 100_000;
        report(
            DISTRICT,
            3,
            month,
            &[
                (Item::RevenueTotal, "", 1_200_000, part),
                (Item::Tax, "", 1_200_000, part),
                (Item::NonTax, "", 0, 0),
                (Item::FixedCapital, "", 0, 0),
                (Item::Transfers, "", 0, 0),
                (Item::ExpenditureTotal, "", 1_200_000, part),
                (Item::FunctionalGroup, "04", 900_000, part - 300_000),
                (Item::FunctionalGroup, "15", 300_000, 300_000),
                (Item::FunctionalDetail, "15/1/452/038", 300_000, 300_000),
                (Item::NetLending, "", 0, 0),
                (Item::FinancialAssets, "", 0, 0),
            ],
        )
    };
    let okrug = report(
        OKRUG,
        4,
        6,
        &[
            (Item::RevenueTotal, "", 310_000, 290_000),
            (Item::Tax, "", 10_000, 10_000),
            (Item::NonTax, "", 0, 0),
            (Item::FixedCapital, "", 0, 0),
            (Item::Transfers, "", 300_000, 280_000),
            (Item::ExpenditureTotal, "", 310_000, 290_000),
            (Item::FunctionalGroup, "07", 310_000, 290_000),
            (Item::NetLending, "", 0, 0),
            (Item::FinancialAssets, "", 0, 0),
        ],
    );
    let reports = [4, 6].map(district).into_iter().chain([okrug]).collect();
    town.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
    town
}

#[tokio::test]
async fn a_territory_is_consolidated_and_the_difference_stays() {
    let town = town().await;
    let nobody = town.nobody();
    let path = format!("/analysis/consolidation/{DISTRICT}?year=2026&stage=executed");
    for lang in ["kk", "ru", "en"] {
        let answer = nobody.get(&format!("/{lang}{path}")).await;
        answer.expect(200);
        check_page(&answer, lang);
    }
    let answer = nobody.get(&format!("/en{path}")).await;
    // Revenue 600 + 290 thousand tenge; 280 of it only passes between them.
    answer.says("890.0").says("280.0").says("610.0").says("−20.0").says("Bulaq okrug");
    let csv = nobody.get(&format!("/en/analysis/consolidation/{DISTRICT}/download/csv?year=2026")).await;
    csv.expect(200).says("revenue_total");
    let json = nobody.get(&format!("/api/v1/consolidation/{DISTRICT}?year=2026&stage=executed")).await;
    json.expect(200).says("\"difference\":\"-20000.00\"").says("\"whole\":true");
    nobody.get("/en/analysis/consolidation/990900000").await.expect(404);
}

#[tokio::test]
async fn months_stand_beside_the_plan_and_gaps_are_named() {
    let town = town().await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        let answer = nobody.get(&format!("/{lang}/analysis/execution/{DISTRICT}?year=2026&scope=own")).await;
        answer.expect(200);
        check_page(&answer, lang);
    }
    let answer = nobody.get(&format!("/en/analysis/execution/{DISTRICT}?year=2026&scope=own")).await;
    answer.says("January 2026, February 2026, March 2026, May 2026").says("50.0");
    let wrong = format!("/en/analysis/execution/{DISTRICT}?line=nonsense&year=1&scope=9&base=x");
    nobody.get(&wrong).await.expect(200);
}

async fn mismatch(town: &Town) -> String {
    let survey = town.app.findings(Some(kato(DISTRICT))).await.unwrap();
    let found = survey.items.iter().find(|found| {
        found.finding.rule == akimat_budget::Rule::TransferMismatch
            && found.finding.stage == Some(akimat_budget::Stage::Executed)
    });
    found.unwrap().id.clone()
}

#[tokio::test]
async fn a_finding_is_explained_on_record_and_reopened() {
    let town = town().await;
    let nobody = town.nobody();
    let id = mismatch(&town).await;
    for lang in ["kk", "ru", "en"] {
        for path in ["findings?state=all".to_owned(), format!("findings/{id}")] {
            let answer = nobody.get(&format!("/{lang}/{path}")).await;
            answer.expect(200);
            check_page(&answer, lang);
        }
    }
    let path = format!("/en/findings/{id}");
    nobody.get(&path).await.says("есептер.csv").says_not("<form method=\"post\" action=\"/en/findings");
    let said = [("verdict", "explained"), ("reason", "Жолдағы ақша: төлем шілдеде түсті")];
    let other = town.person("other-analyst").await;
    other.post(&path, &said).await.expect(403);
    let analyst = town.person("analyst").await;
    analyst.post(&path, &[("verdict", "explained"), ("reason", " ")]).await.expect(422);
    analyst.post(&path, &[("verdict", "reopened"), ("reason", "x")]).await.expect(422);
    analyst.post(&path, &said).await.expect(303);
    nobody.get(&path).await.says("Жолдағы ақша").says("Explained");
    let listed = nobody.get("/en/findings?rule=transfer_mismatch&state=explained").await;
    listed.expect(200).says("Жолдағы ақша");
    let json = nobody.get("/api/v1/findings?state=explained").await;
    json.expect(200).says(&id).says("\"state\":\"explained\"");
    town.step(jiff::SignedDuration::from_mins(5));
    let akim = town.person("akim").await;
    akim.post(&path, &[("verdict", "reopened"), ("reason", "Растау жоқ")]).await.expect(303);
    // The history stays.
    nobody.get(&path).await.says("Жолдағы ақша").says("Растау жоқ");
    nobody.get("/en/findings?state=explained").await.says_not("Жолдағы ақша");
    nobody.get("/en/findings/0123").await.expect(404);
}

#[tokio::test]
async fn what_is_not_published_is_public_and_an_officer_notes_what_is() {
    let town = town().await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        for path in ["disclosure?year=2026", "disclosure?year=2026&standing=all&obligation=monthly_execution"]
        {
            let answer = nobody.get(&format!("/{lang}/{path}")).await;
            answer.expect(200);
            check_page(&answer, lang);
        }
    }
    let (district, form) = (DISTRICT.to_string(), "/en/disclosure/note");
    let note = |on: &'static str, address: &'static str| {
        vec![
            ("place".to_owned(), district.clone()),
            ("obligation".to_owned(), "monthly_execution".to_owned()),
            ("year".to_owned(), "2026".to_owned()),
            ("part".to_owned(), "1".to_owned()),
            ("published_on".to_owned(), on.to_owned()),
            ("address".to_owned(), address.to_owned()),
        ]
    };
    let analyst = town.person("analyst").await;
    let post = async |who: &crate::client::Client, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        who.post(form, &fields).await
    };
    let shown = analyst.get(&format!("{form}?place={DISTRICT}&part=1")).await;
    shown.expect(200);
    check_page(&shown, "en");
    post(&analyst, note("2027-01-01", "https://example.kz/x")).await.expect(422);
    post(&analyst, note("2026-02-25", "javascript:alert(1)")).await.expect(422);
    let other = town.person("other-analyst").await;
    post(&other, note("2026-02-25", "https://example.kz/x")).await.expect(403);
    post(&analyst, note("2026-02-25", "https://example.kz/есеп")).await.expect(303);
    let late = nobody.get("/api/v1/disclosure?year=2026&standing=late").await;
    late.expect(200).says("\"n\":1").says("\"days_over\":5");
    nobody.get("/en/disclosure?year=2026&standing=late").await.says("5 days late").says("example.kz");
}
