//! The API beside the pages: tags, problems, its own description.

use crate::content::DISTRICT;
use crate::town::Town;
use serde_json::Value;

fn json(answer: &crate::client::Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

/// A programme that the akim decided and published.
async fn publish_programme(town: &Town) -> uuid::Uuid {
    use akimat_app::programme::{Decide, NewProgramme};
    let (analyst, akim) = (town.people.get("analyst"), town.people.get("akim"));
    let mut request = town.app.first_request(2);
    for source in &mut request.sources {
        source.budget = vec![crate::content::thousand(150_000); 2];
    }
    let new = NewProgramme {
        place: crate::town::kato(DISTRICT),
        title: "Бағдарлама".to_owned(),
        first_year: 2027,
        years: 2,
        request: Some(request),
    };
    let id = town.app.create_programme(analyst, new).await.unwrap();
    town.app.solve_programme(analyst, (id, 1)).await.unwrap();
    while town.app.work_on_next_job(uuid::Uuid::from_u128(1)).await.unwrap() {}
    let edit = town.app.programme(akim, id).await.unwrap().head.edit;
    town.app.decide_programme(akim, (id, edit), &Decide::default()).await.unwrap();
    town.app.publish_programme(akim, (id, edit + 1)).await.unwrap();
    id
}

#[tokio::test]
async fn every_address_of_the_description_answers() {
    let town = Town::open().await;
    let report = crate::report::keep(&town).await;
    crate::scenario::budgets(&town).await;
    let scenario = crate::scenario::keep(&town).await;
    let forecast = crate::accuracy::keep(&town).await;
    let programme = publish_programme(&town).await;
    let decisions = json(town.nobody().get("/api/v1/decisions").await.expect(200));
    let decision = decisions["items"][0]["id"].as_str().unwrap().to_owned();
    let document = town.nobody().get("/api/v1/openapi.json").await;
    let document = json(document.expect(200));
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 10);
    for path in paths.keys() {
        let id = match path {
            path if path.contains("/projects") => town.project("S-7").to_string(),
            path if path.contains("/budgets") => town.budgets[0].to_string(),
            path if path.contains("/reports") => report.rsplit('/').next().unwrap().to_owned(),
            path if path.contains("/scenarios") => scenario.to_string(),
            path if path.contains("/programmes") => programme.to_string(),
            path if path.contains("/published-forecasts") => forecast.to_string(),
            _ => decision.clone(),
        };
        if path.starts_with("/api/v1/imports") {
            // Systems bring in by a key: see push.rs.
            continue;
        }
        if path == "/api/v1/audit" {
            town.nobody().get(path).await.expect(401);
            continue;
        }
        let place = DISTRICT.to_string();
        let filled = path.replace("{id}", &id).replace("{code}", &place).replace("{place}", &place);
        let query = match path.as_str() {
            path if path.contains("ranking") => "?year=2027",
            path if path.contains("adhoc") => "?by=year&level=3&item=tax",
            path if path.contains("published-forecasts") || path.contains("forecast-accuracy") => "",
            path if path.contains("forecast") || path.contains("laboratory") => "?place=990100000&item=tax",
            path if path.contains("indicators") => "?place=990100000&year=2020",
            path if path.contains("inequality") || path.contains("peers") => "?year=2020",
            path if path.starts_with("/api/v1/facts") => "?place=990100000&item=tax&year=2024&month=0",
            _ => "",
        };
        let answer = town.nobody().get(&format!("{filled}{query}")).await;
        if path.contains("adhoc") {
            // This town has no engine: crates/akimat asks a server that has one.
            answer.expect(422);
        } else if path.contains("ranking") || path.contains("appraisal") || path.ends_with("/plan") {
            // Nothing is approved or signed in this town: the tests of these subjects have it.
            answer.expect(404);
        } else if path != "/metrics" {
            answer.expect(200);
        }
        if answer.headers.contains_key("etag") {
            let tag = answer.header("etag").to_owned();
            let request =
                town.nobody().request("GET", &format!("{filled}{query}")).header("if-none-match", &tag);
            let again = town.nobody().send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert!(again.expect(304).body.is_empty(), "{path}");
            assert_eq!(again.header("etag"), tag);
        }
    }
}

#[tokio::test]
async fn failures_are_problem_documents() {
    let town = Town::open().await;
    for (path, status) in [
        ("/api/v1/projects/x", 400),
        ("/api/v1/projects/00000000-0000-0000-0000-000000000000", 404),
        ("/api/v1/projects?limit=-1", 400),
        ("/api/v1/projects?cursor=forged", 400),
        ("/api/v1/no-such", 404),
    ] {
        let answer = town.nobody().get(path).await;
        assert_eq!(answer.expect(status).header("content-type"), "application/problem+json", "{path}");
        let problem = json(&answer);
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.contains('⟦')), "{path}");
    }
}

#[tokio::test]
async fn hidden_words_are_hidden_here_too() {
    let town = Town::open().await;
    let answer = town.nobody().get(&format!("/api/v1/projects/{}/comments", town.project("S-7"))).await;
    answer.expect(200).says("Когда откроют мост?").says("Оскорбление").says_not("БРАННЫЕ");
}

#[tokio::test]
async fn probes_answer() {
    let town = Town::open().await;
    town.nobody().get("/healthz").await.expect(200);
    town.nobody().get("/readyz").await.expect(200);
    town.nobody().get("/metrics").await.expect(404);
}

#[tokio::test]
async fn the_audit_trail_is_read_by_key_of_an_administrator() {
    let town = Town::open().await;
    let key = async |login: &str| {
        let client = town.person(login).await;
        let made = client.post("/ru/account/tokens", &[("name", "1С"), ("days", "30")]).await;
        let text = made.expect(200).text().to_owned();
        let (_, rest) = text.split_once("<code>").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    let by = async |key: &str, path: &str| {
        let nobody = town.nobody();
        let request = nobody.request("GET", path).header("authorization", format!("Bearer {key}"));
        nobody.send(request.body(axum::body::Body::empty()).unwrap()).await
    };
    town.step(jiff::SignedDuration::from_mins(1));
    let admin = key("admin").await;
    let first = by(&admin, "/api/v1/audit?limit=2").await;
    assert_eq!(first.expect(200).header("cache-control"), "private, no-store");
    let list = json(&first);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert_eq!(list["items"][0]["verb"], "make_access_token");
    let next = list["links"]["next"].as_str().unwrap().to_owned();
    let second = json(by(&admin, &next).await.expect(200));
    assert_ne!(list["items"][1]["id"], second["items"][0]["id"]);
    by(&admin, "/api/v1/audit?cursor=forged").await.expect(400);
    by(&key("manager").await, "/api/v1/audit").await.expect(403);
    by("no-key", "/api/v1/audit").await.expect(401);
    town.person("admin").await.get("/api/v1/audit").await.expect(403);
    town.person("moderator").await.get("/ru/account/tokens").await.expect(403);
}

#[tokio::test]
async fn moderation_is_counted_for_everybody() {
    let town = Town::open().await;
    let (moderator, id) = (town.person("moderator").await, town.comments[0]);
    let (code, reason) = (format!("code-{id}"), format!("reason-{id}"));
    let hide = [(code.as_str(), "insult"), (reason.as_str(), "=1+1")];
    moderator.post(&format!("/ru/admin/comments/{id}/hide"), &hide).await.expect(303);
    let counts = json(town.nobody().get("/api/v1/moderation/counts?place=990100000").await.expect(200));
    let hidden = counts["items"].as_array().unwrap().iter().find(|one| one["act"] == "hide").unwrap();
    assert_eq!(
        (&hidden["month"], &hidden["reason"], &hidden["n"]),
        (&"2026-09".into(), &"insult".into(), &1.into())
    );
    let table = town.nobody().get(counts["links"]["csv"].as_str().unwrap()).await;
    assert_eq!(table.expect(200).header("content-type"), "text/csv; charset=utf-8");
    table.says("month,act,reason,n").says("2026-09,hide,insult,1");
    let elsewhere = json(town.nobody().get("/api/v1/moderation/counts?place=110000000").await.expect(200));
    assert_eq!(elsewhere["items"], Value::Array(Vec::new()));
    town.nobody().get("/api/v1/moderation/counts?place=x").await.expect(400);
}
