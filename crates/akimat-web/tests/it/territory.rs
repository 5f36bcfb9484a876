//! Territories beside one another, changes, the citizens' budget, questions and answers.

use crate::content::{DISTRICT, OTHER};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_app::observation::ObservationFile;
use akimat_budget::{Amounts, Item};
use akimat_core::{Lang, Money, QuestionId};
use akimat_interop::observation::decode_observations;
use akimat_storage::{Change, FactLine, FactReport, FactSource, LineKey, PageRequest, QuestionFilter};

const DISTRICTS: u32 = 6;

fn line(item: Item, code: &str, tenge: i64) -> FactLine {
    let amount = Money::from_tenge(tenge);
    FactLine {
        row: 1,
        key: LineKey { item, code: code.to_owned() },
        amounts: Amounts { approved: amount, amended: amount, executed: amount },
    }
}

/// The `n`-th district's report of December: own revenue grows with its number, transfers fill up.
fn report(n: u32, year: i16) -> FactReport {
    let (n, later) = (i64::from(n), i64::from(year - 2024));
    let tax = 1_000_000 * n + 50_000 * later;
    let transfers = 8_000_000 - 900_000 * n;
    let all = tax + 200_000 + transfers;
    let mut lines = vec![
        line(Item::RevenueTotal, "", all),
        line(Item::Tax, "", tax),
        line(Item::NonTax, "", 200_000),
        line(Item::Transfers, "", transfers),
        line(Item::ExpenditureTotal, "", all - 10_000),
        line(Item::FunctionalGroup, "04", all / 2),
        line(Item::FunctionalGroup, "07", all - 10_000 - all / 2),
    ];
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    FactReport {
        place: kato(990_000_000 + u32::try_from(n).unwrap() * 100_000),
        level: 3,
        year,
        month: 12,
        source: FactSource {
            file_name: "отчёт.csv".to_owned(),
            sha256: "a".repeat(64),
            budget: None,
            invented: true,
        },
        lines,
    }
}

/// Puts six districts with two years into the cube, and their people.
pub(crate) async fn districts(town: &Town, with_people: bool) {
    let reports = (1..=DISTRICTS).flat_map(|n| [2024, 2025].map(|year| report(n, year))).collect();
    town.store.apply(vec![Change::PutFacts(reports)]).await.unwrap();
    if !with_people {
        return;
    }
    let mut text = "series,kato,year,value,unit,source,invented\n".to_owned();
    for n in 1..=DISTRICTS {
        for year in [2024, 2025] {
            text += &format!("population,990{n}00000,{year},{},persons,Бюро,true\n", 1_000 + 10 * n);
        }
        text += &format!("area_km2,990{n}00000,2020,{}.5,km2,Бюро,true\n", 100 * n);
    }
    let rows = decode_observations(text.as_bytes()).unwrap();
    let file = ObservationFile { name: "people.csv".to_owned(), sha256: "b".repeat(64) };
    let figures = town.app.observations(&file, rows);
    town.store.apply(vec![Change::PutObservations(figures)]).await.unwrap();
}

#[tokio::test]
async fn transfers_make_districts_more_equal() {
    let town = Town::open().await;
    districts(&town, true).await;
    for lang in ["kk", "ru", "en"] {
        let path = format!("/{lang}/analysis/inequality?level=3&under=990000000&year=2025");
        let page = town.nobody().get(&path).await;
        check_page(page.expect(200), lang);
    }
    let page = town.nobody().get("/en/analysis/inequality?level=3&under=990000000&year=2025").await;
    page.says("Transfers reduce inequality").says("6 of 6").says("Samal District");
    let json = town.nobody().get("/api/v1/inequality?year=2025&level=3&under=990000000").await;
    let json: serde_json::Value = serde_json::from_str(json.expect(200).text()).unwrap();
    let gini = |part: &str| json[part]["gini"].as_str().unwrap().parse::<f64>().unwrap();
    assert!(gini("before_transfers") > gini("after_transfers"));
    let part = |name: &str| json["before_transfers"][name].as_f64().unwrap();
    assert!((part("theil_between") + part("theil_within") - part("theil")).abs() < 1e-12);
}

#[tokio::test]
async fn without_people_there_is_a_reason_and_no_index() {
    let town = Town::open().await;
    districts(&town, false).await;
    let page = town.nobody().get("/en/analysis/inequality?level=3&under=990000000&year=2025").await;
    page.expect(200).says("0 territories have complete data, at least 3 are needed");
    let page = town.nobody().get("/en/places/990100000/peers?year=2025").await;
    page.expect(200).says("the population of this year is not known");
    let page = town.nobody().get("/en/places/990100000/citizens-budget?year=2025").await;
    page.expect(200).says("the population of this year is not known");
    let nothing = town.nobody().get("/en/analysis/inequality?level=4&under=110000000").await;
    nothing.expect(200).says("There are no budget facts for this level yet");
}

#[tokio::test]
async fn a_district_stands_among_its_peers() {
    let town = Town::open().await;
    districts(&town, true).await;
    for lang in ["kk", "ru", "en"] {
        let page = town.nobody().get(&format!("/{lang}/places/{DISTRICT}/peers?year=2025")).await;
        check_page(page.expect(200), lang);
        let page = town.nobody().get(&format!("/{lang}/places/{DISTRICT}/changes?from=2024&to=2025")).await;
        check_page(page.expect(200), lang);
    }
    let page = town.nobody().get(&format!("/en/places/{DISTRICT}/peers?year=2025")).await;
    page.says("rank 6 of 6").says("by population and density");
    let json = town.nobody().get(&format!("/api/v1/places/{DISTRICT}/peers?year=2025")).await;
    let json: serde_json::Value = serde_json::from_str(json.expect(200).text()).unwrap();
    assert_eq!(json["study"]["n_candidates"], 5);
    let indicators = town.nobody().get(&format!("/api/v1/indicators?place={DISTRICT}&year=2025")).await;
    indicators.expect(200).says("no_development_list");
    let changes = town.nobody().get(&format!("/en/places/{DISTRICT}/changes?from=2024&to=2025")).await;
    changes.says("Revenue per resident").says("+50.0");
}

#[tokio::test]
async fn a_resident_asks_and_the_office_answers() {
    let town = Town::open().await;
    districts(&town, true).await;
    let path = format!("/ru/places/{DISTRICT}/citizens-budget?year=2025");
    for lang in ["kk", "ru", "en"] {
        let page = town.nobody().get(&format!("/{lang}/places/{DISTRICT}/citizens-budget?year=2025")).await;
        check_page(page.expect(200), lang);
    }
    town.nobody().get(&path).await.says("1 000 тенге").says("Войдите, чтобы задать вопрос");
    let to = format!("/ru/places/{DISTRICT}/citizens-budget/questions?year=2025");
    let form = [("line", "functional_group:07"), ("body", "Почему так мало на воду?")];
    town.nobody().post(&to, &form).await.expect(303);
    let resident = town.person("resident").await;
    let empty = [("line", "functional_group:07"), ("body", " ")];
    resident.post(&to, &empty).await.expect(422);
    resident.post(&to, &[("line", "x"), ("body", "y")]).await.expect(422);
    resident.post(&to, &form).await.expect(303);
    let filter = QuestionFilter { place: Some(kato(DISTRICT)), ..QuestionFilter::default() };
    let asked = async || town.store.list_questions(&filter, &PageRequest::first(9)).await.unwrap().items;
    let questions = asked().await;
    assert_eq!((questions.len(), questions[0].lang), (1, Lang::Ru));
    let id: QuestionId = questions[0].id;
    town.nobody().get(&path).await.says("Почему так мало на воду?").says("Ждёт ответа");

    let answer = [("answer", "Сети построены в прошлом году.")];
    let to = format!("/ru/questions/{id}/answer");
    resident.post(&to, &answer).await.expect(403);
    town.person("other-manager").await.post(&to, &answer).await.expect(403);
    town.person("manager").await.post(&to, &answer).await.expect(303);
    town.nobody().get(&path).await.says("Официальный ответ").says("Сети построены");
    town.nobody().get("/en/analysis/questions?state=answered").await.says("Сети построены");

    let reason = [("reason", "Оскорбление")];
    let hide = format!("/ru/questions/{id}/hide");
    town.person("other-moderator").await.post(&hide, &reason).await.expect(403);
    town.person("moderator").await.post(&hide, &reason).await.expect(303);
    town.nobody().get(&path).await.says("Оскорбление").says_not("Почему так мало на воду?");
    town.person("moderator").await.post(&format!("/ru/questions/{id}/show"), &[]).await.expect(303);
    assert!(asked().await[0].hidden.is_none());
}

#[tokio::test]
async fn the_hub_leads_everywhere() {
    let town = Town::open().await;
    districts(&town, true).await;
    for lang in ["kk", "ru", "en"] {
        let hub = town.nobody().get(&format!("/{lang}/analysis?q={OTHER}")).await;
        check_page(hub.expect(200), lang);
        hub.says(&format!("/{lang}/places/{OTHER}/peers"));
    }
    town.nobody().get("/en/analysis?q=zzzzzz").await.expect(200).says("Try a shorter name");
}
