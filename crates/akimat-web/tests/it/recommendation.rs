//! The recommended portfolio, and the decision on it.

use crate::client::{Answer, Client};
use crate::html::{Tag, check_page};
use crate::town::Town;

const PATH: &str = "/admin/recommendation/990100000";

fn ticked(tags: &[Tag]) -> Vec<String> {
    let boxes = tags.iter().filter(|tag| tag.get("name") == Some("chosen") && tag.get("checked").is_some());
    boxes.map(|tag| tag.get("value").unwrap().to_owned()).collect()
}

async fn decide(client: &Client, lang: &str, chosen: &[&str], reason: &str) -> Answer {
    let mut fields = vec![("y2027", "100000"), ("y2028", "50000"), ("reason", reason)];
    fields.extend(chosen.iter().map(|number| ("chosen", *number)));
    client.post(&format!("/{lang}{PATH}"), &fields).await
}

/// The head accepts what is recommended. Answers the address of the decision.
pub(crate) async fn accept(akim: &Client, lang: &str) -> String {
    let shown = akim.get(&format!("/{lang}{PATH}")).await;
    let chosen = ticked(&check_page(shown.expect(200), lang));
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let answer = decide(akim, lang, &chosen, "").await;
    answer.expect(303).location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_analyst_computes_and_sees_why() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    for lang in ["kk", "ru", "en"] {
        let answer = analyst.get(&format!("/{lang}{PATH}")).await;
        let tags = check_page(answer.expect(200), lang);
        for number in ["S-2", "S-3", "S-4", "S-5", "S-6"] {
            answer.says(number);
        }
        answer.says_not("S-7");
        let choices = tags.iter().filter(|tag| tag.get("name") == Some("chosen")).count();
        assert_eq!(choices, 0, "an analyst does not decide");
    }
    analyst.post(&format!("/ru{PATH}"), &[("chosen", "S-2")]).await.expect(403);
    town.person("other-analyst").await.get(&format!("/ru{PATH}")).await.expect(403);
    analyst.get("/ru/admin/recommendation/990103000").await.expect(200);
    analyst.get("/ru/admin/recommendation/x").await.expect(404);
}

#[tokio::test]
async fn odd_envelopes_are_told_and_never_break_the_page() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    for (query, status) in [
        ("y2027=1&y2028=1", 200),
        ("y2027=0&y2028=0", 200),
        ("y2027=&y2028=", 200),
        ("y2027=-5", 422),
        ("y2027=abc", 422),
        ("y2027=99999999999999999999", 422),
    ] {
        let answer = analyst.get(&format!("/ru{PATH}?{query}")).await;
        check_page(answer.expect(status), "ru");
    }
    let most = analyst.get(&format!("/ru{PATH}?y2027=92233720368547&y2028=92233720368547")).await;
    assert!([200, 422].contains(&most.status.as_u16()));
    check_page(&most, "ru");
}

#[tokio::test]
async fn the_head_accepts_and_everybody_reads_every_reason() {
    let town = Town::open().await;
    let page = accept(&town.person("akim").await, "ru").await;
    for lang in ["kk", "ru", "en"] {
        let shown = town.nobody().get(&page.replace("/ru/", &format!("/{lang}/"))).await;
        shown.expect(200).says("Кеңсе «akim»");
        let tags = check_page(&shown, lang);
        for number in ["S-2", "S-3", "S-4", "S-5", "S-6"] {
            assert!(tags.iter().any(|tag| {
                tag.get("href").is_some_and(|href| href.ends_with(&town.project(number).to_string()))
            }));
        }
        let reasons = shown.text().split("class=\"card-meta\"").skip(1);
        for reason in reasons {
            let sentence = reason.split("<p>").nth(1).unwrap().split("</p>").next().unwrap();
            assert!(sentence.chars().count() > 20, "{lang}: {sentence:?} explains nothing");
        }
    }
    town.nobody().get("/kk/decisions").await.expect(200).says(page.rsplit('/').next().unwrap());
}

#[tokio::test]
async fn a_change_needs_a_reason_and_shows_its_price() {
    let town = Town::open().await;
    let akim = town.person("akim").await;
    let acts = town.n_acts().await;
    let recommended = ticked(&check_page(&akim.get(&format!("/en{PATH}")).await, "en"));
    assert!(recommended.len() >= 2, "{recommended:?}");
    let fewer: Vec<&str> = recommended.iter().skip(1).map(String::as_str).collect();
    let silent = decide(&akim, "en", &fewer, " ").await;
    silent.expect(422).says("href=\"#f-reason\"");
    assert_eq!(ticked(&check_page(&silent, "en")), fewer, "the ticks stay as they were sent");
    assert_eq!(town.n_acts().await, acts);
    let page = decide(&akim, "en", &fewer, "Жер <дайын> емес").await.expect(303).location().to_owned();
    let shown = town.nobody().get(page.split('?').next().unwrap()).await;
    shown.expect(200).says("Жер &#60;дайын&#62; емес").says("price").says("points fewer");
}

#[tokio::test]
async fn plans_that_break_the_rules_are_refused() {
    let town = Town::open().await;
    let akim = town.person("akim").await;
    let acts = town.n_acts().await;
    let all: Vec<String> = (0..5_000).map(|at| format!("X-{at}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    for (chosen, why) in [
        (vec!["S-2", "S-3", "S-4"], "more than the envelope"),
        (vec!["S-2", "S-5"], "two of one group"),
        (vec!["S-6"], "no scores"),
        (vec!["S-7"], "not a candidate"),
        (vec!["no such"], "unknown"),
        (vec!["S-4", "S-4"], "twice"),
        (all, "thousands"),
    ] {
        let answer = decide(&akim, "ru", &chosen, "Так надо").await;
        assert_eq!(answer.status, 422, "{why}");
        answer.says("href=\"#f-chosen\"");
        check_page(&answer, "ru");
    }
    let fields = [("y2027", "-1"), ("chosen", "S-4"), ("reason", "Так надо")];
    check_page(akim.post(&format!("/ru{PATH}"), &fields).await.expect(422), "ru");
    akim.post("/ru/admin/recommendation/990200000", &fields).await.expect(403);
    assert_eq!(town.n_acts().await, acts);
    town.nobody().get("/ru/decisions").await.expect(200).says_not("Так надо");
}
