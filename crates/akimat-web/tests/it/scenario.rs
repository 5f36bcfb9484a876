//! What-if scenarios: the address is the scenario, the losers are always printed, contradictions stand at
//! their fields, analysts keep them.

use crate::content::{DISTRICT, OKRUG, OTHER, REGION};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_budget::{Amounts, Item};
use akimat_core::{Decimal, Money, SavedId};
use akimat_storage::Change;
use akimat_storage::fact::{FactLine, FactReport, FactSource, LineKey};
use akimat_storage::observation::{Observation, POPULATION};

/// Year of the budgets, before those of the town's district.
const YEAR: i16 = 1999;
/// A district that the classifier of the town does not know, of average capacity.
const THIRD: u32 = 990_300_000;

fn line(row: u32, item: Item, code: &str, tenge: i64) -> FactLine {
    let executed = Money::from_tenge(tenge);
    let key = LineKey { item, code: code.to_owned() };
    FactLine { row, key, amounts: Amounts { approved: executed, amended: None, executed } }
}

/// A whole year of a unit that has `tax` thousand of income tax and `transfers` thousand of transfers.
fn report(place: u32, level: u8, (tax, transfers): (i64, i64)) -> FactReport {
    let (tax, transfers) = (tax * 1_000, transfers * 1_000);
    let mut lines = vec![
        line(1, Item::RevenueTotal, "", tax + transfers),
        line(2, Item::Tax, "", tax),
        line(3, Item::RevenueDetail, "1/01", tax),
        line(4, Item::Transfers, "", transfers),
        line(5, Item::ExpenditureTotal, "", tax + transfers),
        line(6, Item::FunctionalGroup, "01", tax),
        line(7, Item::FunctionalGroup, "04", transfers),
    ];
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    let source = FactSource {
        file_name: "invented.csv".to_owned(),
        sha256: "0".repeat(64),
        budget: None,
        invented: true,
    };
    FactReport { place: kato(place), level, year: YEAR, month: 12, source, lines }
}

fn heads(place: u32, heads: i64) -> Observation {
    Observation {
        series: POPULATION.to_owned(),
        place: Some(kato(place)),
        year: YEAR,
        value: Decimal::new(heads, 0).unwrap(),
        unit: "persons".to_owned(),
        source: "invented".to_owned(),
        source_url: String::new(),
        file_name: "people.csv".to_owned(),
        sha256: "0".repeat(64),
        row: 1,
        invented: true,
        imported_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    }
}

/// A region with three districts and an okrug in the cube.
pub(crate) async fn budgets(town: &Town) {
    let reports = vec![
        report(REGION, 2, (9_000, 3_000)),
        report(DISTRICT, 3, (5_000, 2_000)),
        report(OTHER, 3, (1_000, 6_000)),
        report(THIRD, 3, (1_500, 2_500)),
        report(OKRUG, 4, (100, 900)),
    ];
    let people = vec![
        heads(REGION, 400),
        heads(DISTRICT, 250),
        heads(OTHER, 150),
        heads(THIRD, 100),
        heads(OKRUG, 90),
    ];
    town.store.apply(vec![Change::PutFacts(reports), Change::PutObservations(people)]).await.unwrap();
}

fn address(lang: &str, rest: &str) -> String {
    format!("/{lang}/scenarios/new?year={YEAR}&under={REGION}&years=2{rest}")
}

const GERMAN: &str =
    "&l0-kind=equalisation&l0-level=3&l0-method=linear&l0-fill=63&l0-need=population&l0-funding=between";

/// An analyst keeps a public scenario.
pub(crate) async fn keep(town: &Town) -> SavedId {
    let analyst = town.person("analyst").await;
    let state = format!("year={YEAR}&under={REGION}&years=2{GERMAN}");
    let fields = [("state", state.as_str()), ("title", "Теңестіру 63 %"), ("public", "yes")];
    let answer = analyst.post("/kk/scenarios", &fields).await;
    answer.expect(303);
    let id = answer.location().split(['/', '?']).nth(3).unwrap().to_owned();
    id.parse().unwrap()
}

#[tokio::test]
async fn the_address_is_the_scenario() {
    let town = Town::open().await;
    budgets(&town).await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        let page = nobody.get(&address(lang, GERMAN)).await;
        check_page(page.expect(200), lang);
    }
    // Capacity 5,000 of 250 heads, 1,000 of 150 and 1,500 of 100: 63 % of the gap of 1,250 is 787.5 thousand.
    let page = nobody.get(&address("en", GERMAN)).await;
    page.says("Who loses").says("Samal District").says("−788").says("+788");
    page.says("the Gini coefficient goes from");
    let added = nobody.get(&address("ru", "&add=participatory")).await;
    added.expect(303);
    assert!(added.location().contains("l0-kind=participatory"), "{}", added.location());
    nobody.get(added.location()).await.expect(200).says("Бюджет народного участия");
    let dropped = nobody.get(&address("ru", &format!("{GERMAN}&drop=0"))).await;
    assert!(!dropped.location().contains("l0-"), "{}", dropped.location());
    let none = nobody.get(&address("en", "")).await;
    none.expect(200).says("Without levers every budget stays as it is");
}

#[tokio::test]
async fn contradictions_stand_at_their_fields() {
    let town = Town::open().await;
    budgets(&town).await;
    let nobody = town.nobody();
    let two = "&l0-kind=retention&l0-tax=1/01&l0-from=3&l0-to=4&l0-share=60&l0-response-low=0\
               &l0-response-central=0&l0-response-high=0&l1-kind=retention&l1-tax=1/01&l1-from=3&l1-to=2\
               &l1-share=50&l1-response-low=0&l1-response-central=0&l1-response-high=0";
    let page = nobody.get(&address("en", two)).await;
    page.expect(200).says("more is given away than there is: 110").says("id=\"f-l0-share-error\"");
    page.says_not("Who loses");
    for bad in ["NaN", "1e9", "9999999999999999999999", "'", "12,345"] {
        let rest = format!("&l0-kind=participatory&l0-level=3&l0-statutory=50&l0-share={bad}");
        nobody.get(&address("en", &rest)).await.expect(200).says("f-l0-share-error");
    }
    nobody.get(&address("en", "&l0-kind=nonsense&l99-kind=bond&units=abc")).await.expect(200);
}

#[tokio::test]
async fn analysts_keep_scenarios_and_anybody_reads_public_ones() {
    let town = Town::open().await;
    budgets(&town).await;
    let id = keep(&town).await;
    let (nobody, analyst) = (town.nobody(), town.person("analyst").await);
    let page = nobody.get(&format!("/ru/scenarios/{id}")).await;
    check_page(page.expect(200), "ru");
    page.says("Теңестіру 63 %").says("Кто проигрывает").says_not("/remove");
    nobody.get("/kk/scenarios").await.says("Теңестіру 63 %");
    let api = nobody.get(&format!("/api/v1/scenarios/{id}")).await;
    let api: serde_json::Value = serde_json::from_str(api.expect(200).text()).unwrap();
    assert_eq!(api["document"]["outcomes"][1]["units"].as_array().unwrap().len(), 5);
    assert_eq!(api["document"]["invented"], true);
    nobody.get("/api/v1/scenarios").await.expect(200).says(&id.to_string());
    let state = format!("year={YEAR}&under={REGION}&years=2{GERMAN}");
    let fields = [("state", state.as_str()), ("title", ""), ("version", "1")];
    analyst.post(&format!("/kk/scenarios/{id}"), &fields).await.expect(422);
    let fields = [("state", state.as_str()), ("title", "Жабық"), ("version", "1")];
    analyst.post(&format!("/kk/scenarios/{id}"), &fields).await.expect(303);
    analyst.post(&format!("/kk/scenarios/{id}"), &fields).await.expect(409);
    nobody.get(&format!("/kk/scenarios/{id}")).await.expect(404);
    nobody.get(&format!("/api/v1/scenarios/{id}")).await.expect(404);
    analyst.get(&format!("/kk/scenarios/{id}")).await.expect(200).says("/remove");
    let other = town.person("other-analyst").await;
    other.post(&format!("/kk/scenarios/{id}/remove"), &[]).await.expect(404);
    analyst.post(&format!("/kk/scenarios/{id}/remove"), &[]).await.expect(303);
    analyst.get(&format!("/kk/scenarios/{id}")).await.expect(404);
}

#[tokio::test]
async fn scenarios_stand_side_by_side_and_go_into_files() {
    let town = Town::open().await;
    budgets(&town).await;
    let (one, two) = (keep(&town).await, keep(&town).await);
    let page = town.nobody().get(&format!("/en/scenarios/compare?ids={one}&ids={two}")).await;
    check_page(page.expect(200), "en");
    page.says("Who loses").says("Gini of revenue per inhabitant");
    let query = format!("year={YEAR}&under={REGION}&years=2{GERMAN}");
    let csv = town.nobody().get(&format!("/en/scenarios/export/csv?{query}")).await;
    csv.expect(200).says("Samal District").says("-787.5");
    town.nobody().get(&format!("/en/scenarios/export/xlsx?{query}")).await.expect(200);
    let json = town.nobody().get(&format!("/en/scenarios/export/json?{query}")).await;
    let json: serde_json::Value = serde_json::from_str(json.expect(200).text()).unwrap();
    assert_eq!(json["outcomes"][0]["units"][1]["change"], -78_750_000);
    town.nobody().get("/en/scenarios/export/pdf?year=1999").await.expect(404);
}
