//! Criteria are drafted, approved and scored by; the ranking shows what follows.

use crate::client::Client;
use crate::html::check_page;
use crate::town::Town;

const PLACE: &str = "990100000";

/// Begins a version; answers its address without the language.
async fn begin(analyst: &Client) -> String {
    let path = format!("/ru/admin/criteria/{PLACE}");
    let answer = analyst.post(&path, &[("year", "2027")]).await;
    answer.expect(303).location().split('?').next().unwrap().trim_start_matches("/ru").to_owned()
}

/// Two criteria: need by the commission, support by residents.
fn fields<'a>(edit: &'a str, act: &'a str, weight: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("edit", edit),
        ("act", act),
        ("title-ru", "Критерии"),
        ("code-0", "need"),
        ("title-ru-0", "Нуждаемость"),
        ("weight-0", weight),
        ("points-0", "0 = 0; 100 = 100"),
        ("source-0", "commission"),
        ("side-0", "social"),
        ("code-1", "support"),
        ("title-ru-1", "Поддержка"),
        ("weight-1", "30"),
        ("points-1", "1 = 0; 5 = 100"),
        ("source-1", "ratings"),
        ("side-1", "financial"),
    ]
}

/// An approved set of criteria; answers its identifier.
pub(crate) async fn approved(town: &Town) -> String {
    let (analyst, akim) = (town.person("analyst").await, town.person("akim").await);
    let path = begin(&analyst).await;
    analyst.post(&format!("/ru{path}"), &fields("1", "save", "70")).await.expect(303);
    akim.post(&format!("/ru{path}"), &fields("2", "approve", "70")).await.expect(303);
    path.rsplit('/').next().unwrap().to_owned()
}

/// Saaty's three criteria: 3, 5 and 2 contradict one another a little, and the weights go into the draft.
#[tokio::test]
async fn weights_come_from_judgements() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = begin(&analyst).await;
    analyst.post(&format!("/ru{path}"), &fields("1", "save", "70")).await.expect(303);
    let judge = format!("{path}/judge");
    for lang in ["kk", "ru", "en"] {
        for query in
            ["", "?method=ahp&a-0-1=3", "?method=bwm&best=0&worst=1&b-1=4&w-0=4", "?method=ahp&a-0-1=x"]
        {
            let page = analyst.get(&format!("/{lang}{judge}{query}")).await;
            check_page(page.expect(200), lang);
        }
    }
    // 3 : 1 between two criteria: 75 and 25 per cent, whatever the method.
    for query in ["method=ahp&a-0-1=3", "method=bwm&best=0&worst=1&b-1=3&w-0=3"] {
        let page = analyst.get(&format!("/ru{judge}?{query}")).await;
        page.expect(200).says("75,00").says("25,00").says("id=\"answer\"");
    }
    town.person("other-analyst").await.get(&format!("/ru{judge}")).await.expect(403);
    let stale = [("method", "ahp"), ("a-0-1", "3"), ("edit", "1")];
    analyst.post(&format!("/ru{judge}"), &stale).await.expect(409);
    let taken = [("method", "ahp"), ("a-0-1", "3"), ("edit", "2")];
    analyst.post(&format!("/ru{judge}"), &taken).await.expect(303);
    let draft = analyst.get(&format!("/ru{path}")).await;
    check_page(draft.expect(200), "ru");
    draft.says("value=\"75\"").says("value=\"25\"").says("AHP, CR = 0.000");
}

/// Three criteria whose judgements clash: the ratio is told, and the judgement to look at again is named.
#[tokio::test]
async fn the_judgement_to_blame_is_named() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = begin(&analyst).await;
    let mut three = fields("1", "save", "40");
    three.retain(|(name, _)| *name != "weight-1");
    three.extend([
        ("weight-1", "30"),
        ("code-2", "ready"),
        ("title-ru-2", "Готовность"),
        ("weight-2", "30"),
        ("points-2", "0 = 0; 100 = 100"),
        ("source-2", "commission"),
        ("side-2", "financial"),
    ]);
    analyst.post(&format!("/ru{path}"), &three).await.expect(303);
    // A over B 2, B over C 2, but C over A 5.
    let page = analyst.get(&format!("/ru{path}/judge?method=ahp&a-0-1=2&a-1-2=2&a-0-2=1/5")).await;
    check_page(page.expect(200), "ru");
    page.says("«Нуждаемость» рядом с «Готовность»").says("противоречат");
}

#[tokio::test]
async fn without_criteria_the_page_says_what_to_do() {
    let town = Town::open().await;
    for lang in ["kk", "ru", "en"] {
        let answer = town.nobody().get(&format!("/{lang}/ranking/{PLACE}")).await;
        check_page(answer.expect(200), lang);
    }
    town.nobody().get("/ru/ranking/1").await.expect(404);
    town.nobody().get(&format!("/api/v1/places/{PLACE}/ranking?year=2027")).await.expect(404);
}

#[tokio::test]
async fn a_head_approves_and_nothing_changes_afterwards() {
    let town = Town::open().await;
    let (analyst, akim) = (town.person("analyst").await, town.person("akim").await);
    let path = begin(&analyst).await;
    let shown = analyst.get(&format!("/ru{path}")).await;
    check_page(shown.expect(200), "ru");
    let wrong = akim.post(&format!("/ru{path}"), &fields("1", "approve", "60")).await;
    check_page(wrong.expect(422), "ru");
    wrong.says("90.00");
    analyst.post(&format!("/ru{path}"), &fields("2", "approve", "70")).await.expect(403);
    town.person("other-analyst").await.get(&format!("/ru{path}")).await.expect(403);
    akim.post(&format!("/ru{path}"), &fields("3", "approve", "70")).await.expect(303);
    analyst.post(&format!("/ru{path}"), &fields("4", "save", "50")).await.expect(409);
    check_page(analyst.get(&format!("/kk/admin/criteria/{PLACE}")).await.expect(200), "kk");
}

#[tokio::test]
async fn scores_make_a_ranking_with_its_checks() {
    let town = Town::open().await;
    approved(&town).await;
    let (analyst, akim) = (town.person("analyst").await, town.person("akim").await);
    check_page(analyst.get(&format!("/ru/admin/scores/{PLACE}")).await.expect(200), "ru");
    for (number, points) in [("S-2", "80"), ("S-3", "60"), ("S-4", "40")] {
        let path = format!("/ru/admin/projects/{}/scores", town.project(number));
        check_page(analyst.get(&path).await.expect(200), "ru");
        analyst
            .post(&path, &[("point-need", points), ("low-need", "10"), ("note-need", "Акт")])
            .await
            .expect(303);
        akim.post(&path, &[("point-need", "50")]).await.expect(303);
        let wrong = akim.post(&path, &[("point-need", "50"), ("low-need", "60")]).await;
        check_page(wrong.expect(422), "ru");
    }
    let ranking = town.nobody().get(&format!("/ru/ranking/{PLACE}?year=2027")).await;
    check_page(ranking.expect(200), "ru");
    ranking.says("Нуждаемость").says("PROMETHEE II").says("Поддержка");
    let (one, other) = (town.project("S-2"), town.project("S-4"));
    for lang in ["kk", "en"] {
        let path =
            format!("/{lang}/ranking/{PLACE}?year=2027&one={one}&other={other}&weighting=pca&budget=100");
        check_page(town.nobody().get(&path).await.expect(200), lang);
    }
    let answer = town.nobody().get(&format!("/api/v1/places/{PLACE}/ranking?year=2027")).await;
    let body: serde_json::Value = serde_json::from_str(answer.expect(200).text()).unwrap();
    let first = &body["projects"][0];
    assert_eq!((&first["number"], &first["rank"]), (&"S-2".into(), &1.into()));
    let parts: i64 =
        first["contributions_e4"].as_array().unwrap().iter().filter_map(serde_json::Value::as_i64).sum();
    assert_eq!(Some(parts), first["value_e4"].as_i64());
    // The median of 80 and 50 is 65 of 100 with a weight of 70 per cent.
    assert_eq!(first["contributions_e4"][0], 4_550);
    // A score taken back counts no more.
    let path = format!("/ru/admin/projects/{one}/scores");
    akim.post(&path, &[("withdraw", "need")]).await.expect(303);
    let answer = town.nobody().get(&format!("/api/v1/places/{PLACE}/ranking?year=2027")).await;
    let body: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
    assert_eq!(body["projects"][0]["contributions_e4"][0], 5_600);
}
