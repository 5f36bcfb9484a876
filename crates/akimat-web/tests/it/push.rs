//! Systems bring registers in by a key.

use crate::client::{Answer, Client};
use crate::content::DISTRICT;
use crate::files::{register, row};
use crate::html::check_page;
use crate::town::Town;
use akimat_storage::ProjectFilter;
use axum::body::Body;

const IMPORTS: &str = "/api/v1/imports";

async fn key(town: &Town, login: &str) -> String {
    let client = town.person(login).await;
    let made = client.post("/ru/account/tokens", &[("name", "1С"), ("days", "30")]).await;
    made.expect(200);
    check_page(&made, "ru");
    assert_eq!(made.header(axum::http::header::CACHE_CONTROL), "no-store");
    let rest = made.text().split_once("<code>").unwrap().1;
    rest.split_once("</code>").unwrap().0.to_owned()
}

async fn push(client: &Client, key: &str, query: &str, bytes: &[u8]) -> Answer {
    let request = client.request("POST", &format!("{IMPORTS}{query}"));
    let request = request.header("authorization", format!("Bearer {key}"));
    client.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
}

async fn ask(client: &Client, key: &str, path: &str) -> Answer {
    let request = client.request("GET", path).header("authorization", format!("Bearer {key}"));
    client.send(request.body(Body::empty()).unwrap()).await
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn a_system_brings_a_register_in() {
    let town = Town::open().await;
    let (key, nobody) = (key(&town, "manager").await, town.nobody());
    let bytes = register(&[&row("R-1", DISTRICT)]);
    let looked = push(&nobody, &key, "?file=r.csv", &bytes).await;
    looked.expect(202);
    let document = json(&looked);
    assert_eq!(
        (document["state"].as_str(), document["preview"]["n_added"].as_u64()),
        (Some("draft"), Some(1))
    );
    let asked = push(&nobody, &key, "?file=r.csv&run=yes", &bytes).await;
    let document = json(asked.expect(202));
    assert_eq!(document["state"], "queued");
    assert!(town.app.work_on_next_job(uuid::Uuid::nil()).await.unwrap());
    let done = ask(&nobody, &key, document["self"].as_str().unwrap()).await;
    assert_eq!(json(done.expect(200))["n_added"], 1);
    assert_eq!(town.store.count_projects(&ProjectFilter::default()).await.unwrap().n_projects, 10);
    let wrong =
        push(&nobody, &key, "?run=yes", &register(&[&row("R-2", DISTRICT).replace("water", "magic")])).await;
    let document = json(wrong.expect(422));
    assert_eq!(document["problems"][0]["column"], "sector");
    assert!(document["problems"][0]["message"]["kk"].as_str().unwrap().len() > 20);
    push(&nobody, &key, "", b"PK\x03\x04junk").await.expect(422);
    push(&nobody, &key, "?profile=x", &bytes).await.expect(404);
}

#[tokio::test]
async fn only_keys_that_hold_open_the_door() {
    let town = Town::open().await;
    let (key, nobody) = (key(&town, "manager").await, town.nobody());
    let bytes = register(&[&row("R-1", DISTRICT)]);
    for wrong in ["", "0", &"0".repeat(64)] {
        push(&nobody, wrong, "", &bytes).await.expect(401);
    }
    let manager = town.person("manager").await;
    let by_session = manager.request("POST", IMPORTS).body(Body::from(bytes.clone())).unwrap();
    manager.send(by_session).await.expect(403);
    town.person("resident").await.get("/ru/account/tokens").await.expect(403);
    let other = push(&nobody, &self::key(&town, "other-analyst").await, "?run=yes", &bytes).await;
    other.expect(422).says("import-place-foreign");
    let page = manager.get("/ru/account/tokens").await;
    page.expect(200).says("1С").says_not(&key);
    let path = page.text().split_once("action=\"/ru/account/tokens/").unwrap().1.split_once('"').unwrap().0;
    let path = format!("/ru/account/tokens/{path}");
    town.person("analyst").await.post(&path, &[]).await.expect(404);
    manager.post(&path, &[]).await.expect(303);
    push(&nobody, &key, "", &bytes).await.expect(401);
    for (field, value) in [("name", ""), ("days", "0"), ("days", "367"), ("days", "x")] {
        let fields: Vec<(&str, &str)> = [("name", "1С"), ("days", "30")]
            .into_iter()
            .map(|(name, own)| (name, if name == field { value } else { own }))
            .collect();
        let answer = manager.post("/ru/account/tokens", &fields).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\""));
        check_page(&answer, "ru");
    }
    assert_eq!(town.store.count_projects(&ProjectFilter::default()).await.unwrap().n_projects, 9);
}
