//! What a visitor sees when something is wrong with the request itself.

use crate::client::Sent;
use crate::html::check_page;
use crate::town::{Town, options};
use akimat_web_kit::state::WebOptions;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_three_languages() {
    let town = Town::open().await;
    let nil = uuid::Uuid::nil();
    let paths = [
        "/no-such-page".to_owned(),
        "/projects/x".to_owned(),
        format!("/projects/{nil}"),
        format!("/budgets/{nil}"),
        format!("/decisions/{nil}"),
        "/places/1".to_owned(),
        "/places/999999999".to_owned(),
        "/places/999999999/forecast".to_owned(),
        format!("/budgets/{}/download/exe", town.budgets[0]),
        "/projects/download/xml".to_owned(),
    ];
    for (lang, title) in [("kk", "Мұндай бет жоқ"), ("ru", "Такой страницы нет"), ("en", "page")]
    {
        for path in &paths {
            let answer = town.nobody().get(&format!("/{lang}{path}")).await;
            answer.expect(404).says(title);
            check_page(&answer, lang);
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_ones_there_are() {
    let town = Town::open().await;
    for (path, method, allow) in [
        ("/kk/projects", "POST", "GET,HEAD"),
        ("/ru/sign-out", "GET", "POST"),
        ("/en/sign-in", "DELETE", "POST"),
        ("/api/v1/projects", "PUT", "GET,HEAD"),
    ] {
        let request = town.nobody().request(method, path).body(Body::empty()).unwrap();
        let answer = town.nobody().send(request).await;
        answer.expect(405);
        assert!(answer.header("allow").contains(allow), "{path}: {:?}", answer.header("allow"));
        if !path.starts_with("/api") {
            check_page(&answer, &path[1..3]);
        }
    }
}

#[tokio::test]
async fn forms_that_are_too_large_or_no_forms_are_refused() {
    let town = Town::open().await;
    let client = town.person("resident").await;
    let body = "x".repeat(600 * 1024);
    for lang in ["kk", "ru", "en"] {
        let path = format!("/{lang}/projects/{}/comments", town.project("S-7"));
        let answer = client.post(&path, &[("body", &body)]).await;
        answer.expect(413);
        check_page(&answer, lang);
        let request = client.request("POST", &path).header(CONTENT_TYPE, "application/json");
        let answer = client.send(request.body(Body::from("{}")).unwrap()).await;
        answer.expect(415);
        check_page(&answer, lang);
        let request = client.request("POST", &path).body(Body::empty()).unwrap();
        client.send(request).await.expect(415);
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_read_to_its_end_and_refused() {
    let town = Town::with(WebOptions { upload_bytes_max: 10_000, ..options() }).await;
    let client = town.person("analyst").await;
    let acts = town.n_acts().await;
    let file = Sent { name: "big.csv", bytes: &vec![b'a'; 3_000_000] };
    for (lang, words) in
        [("kk", "Жіберілген дерек рұқсат"), ("ru", "больше допустимого"), ("en", "What was sent is")]
    {
        for path in ["import/budget", "imports"] {
            let answer = client.upload(&format!("/{lang}/admin/{path}"), &[("act", "save")], &file).await;
            answer.expect(422);
            check_page(&answer, lang);
            answer.says("error-summary").says(words);
        }
    }
    assert_eq!(town.n_acts().await, acts);
}

#[tokio::test]
async fn broken_uploads_are_refused() {
    let town = Town::open().await;
    let client = town.person("analyst").await;
    for body in ["", "--x", "--x\r\n\r\n", "--x\r\ncontent-disposition: form-data\r\n\r\n1", "garbage"] {
        let request = client
            .request("POST", "/ru/admin/import/budget")
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x");
        let answer = client.send(request.body(Body::from(body)).unwrap()).await;
        assert!([400, 403].contains(&answer.status.as_u16()), "{body:?}: {}", answer.status);
    }
    let request = client.request("POST", "/ru/admin/import/budget");
    let request = request.header(CONTENT_TYPE, "multipart/form-data").body(Body::empty()).unwrap();
    client.send(request).await.expect(415);
}
