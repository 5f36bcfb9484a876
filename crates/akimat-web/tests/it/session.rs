//! Signing in and out, and forms that somebody else would send in one's name.

use crate::client::{Client, Sent};
use crate::html::{check_page, parse, values};
use crate::town::{GENEROUS, PASSWORD, Town, options};
use akimat_app::account::SESSION_HOURS;
use akimat_web_kit::state::{Limits, WebOptions};
use axum::body::Body;
use jiff::SignedDuration;

/// Signs in through the form, as a browser does.
async fn sign_in(town: &Town, login: &str, next: &str) -> (Client, String) {
    let mut client = town.nobody();
    let fields = [("login", login), ("password", PASSWORD), ("next", next)];
    let answer = client.post("/ru/sign-in", &fields).await;
    answer.expect(303);
    let cookie = answer.header("set-cookie").to_owned();
    client.token = cookie.split(['=', ';']).nth(1).map(str::to_owned);
    (client, answer.location().to_owned())
}

#[tokio::test]
async fn whoever_signs_in_gets_a_guarded_cookie_and_a_proof_in_every_form() {
    let town = Town::open().await;
    let answer = town.nobody().post("/ru/sign-in", &[("login", " Resident "), ("password", PASSWORD)]).await;
    let cookie = answer.expect(303).header("set-cookie");
    for flag in ["akimat_session=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    let (client, _) = sign_in(&town, "resident", "").await;
    let page = client.get(&format!("/ru/projects/{}", town.project("S-7"))).await;
    let proofs = values(&check_page(&page, "ru"), "csrf");
    assert!(proofs.len() >= 3 && proofs.iter().all(|proof| *proof == client.csrf()), "{proofs:?}");
    assert!(!page.text().contains(client.token.as_deref().unwrap()), "the token itself is on no page");
}

#[tokio::test]
async fn the_cookie_is_secure_where_there_is_tls() {
    let town = Town::with(WebOptions { secure_cookie: true, ..options() }).await;
    let answer = town.nobody().post("/ru/sign-in", &[("login", "akim"), ("password", PASSWORD)]).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-akimat_session=") && cookie.contains("; Secure"), "{cookie}");
    assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
    let token = cookie.split(['=', ';']).nth(1).unwrap();
    for (name, status) in [("__Host-akimat_session", 200), ("akimat_session", 303)] {
        let request = town.nobody().request("GET", "/ru/account").header("cookie", format!("{name}={token}"));
        let answer = town.nobody().send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "a cookie of a neighbouring host has no prefix");
    }
    let plain = Town::open().await.nobody().get("/ru").await;
    assert_eq!(
        plain.header("strict-transport-security"),
        "",
        "without TLS the promise would lock people out"
    );
}

#[tokio::test]
async fn signing_in_leads_back_but_never_away() {
    let town = Town::open().await;
    for (login, next, to) in [
        ("resident", "/projects?status=tender", "/ru/projects?status=tender"),
        ("resident", "", "/ru/"),
        ("akim", "", "/ru/admin"),
        ("resident", "https://evil.example", "/ru/"),
        ("resident", "//evil.example", "/ru/"),
        ("resident", "/\\evil.example", "/ru/"),
        ("resident", "/a\r\nset-cookie: x=1", "/ru/"),
        ("resident", "/a\u{1}b", "/ru/"),
    ] {
        let (_, location) = sign_in(&town, login, next).await;
        assert_eq!(location.trim_end_matches('/'), to.trim_end_matches('/'), "{next:?}");
    }
}

#[tokio::test]
async fn wrong_passwords_and_unknown_logins_hear_the_same() {
    let town = Town::open().await;
    let mut bodies = Vec::new();
    for (login, password) in [("resident", "wrong password"), ("nobody-here", PASSWORD), ("", "")] {
        let answer = town.nobody().post("/en/sign-in", &[("login", login), ("password", password)]).await;
        answer.expect(422).says("The login or the password does not match").says_not("wrong password");
        assert_eq!(answer.header("set-cookie"), "");
        check_page(&answer, "en");
        bodies.push(answer.text().replace(login, ""));
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_by_address() {
    let limits = Limits { rating: GENEROUS, ..Limits::default() };
    let town = Town::with(WebOptions { limits, ..options() }).await;
    let mut client = town.nobody();
    let attempt = [("login", "resident"), ("password", "guess guess guess")];
    for _ in 0..20 {
        client.post("/kk/sign-in", &attempt).await.expect(422);
    }
    let refused = client.post("/kk/sign-in", &attempt).await;
    assert_eq!(refused.expect(429).header("retry-after"), "3");
    check_page(&refused, "kk");
    client.address.set_ip([192, 0, 2, 2].into());
    client.post("/kk/sign-in", &attempt).await.expect(422);
    client.address.set_ip([192, 0, 2, 1].into());
    town.step(SignedDuration::from_secs(3));
    client.post("/kk/sign-in", &attempt).await.expect(422);
}

#[tokio::test]
async fn a_session_ends_when_its_person_or_its_time_says_so() {
    let town = Town::open().await;
    let (client, _) = sign_in(&town, "resident", "").await;
    client.get("/ru/account").await.expect(200);
    let out = client.post("/ru/sign-out", &[]).await;
    assert!(out.expect(303).header("set-cookie").contains("Max-Age=0"));
    assert_eq!(out.header("clear-site-data"), "\"cache\"", "what the browser kept of pages goes, too");
    client.get("/ru/account").await.expect(303);

    let (client, _) = sign_in(&town, "resident", "").await;
    town.step(SignedDuration::from_hours(SESSION_HOURS) - SignedDuration::from_secs(1));
    client.get("/ru/account").await.expect(200);
    town.step(SignedDuration::from_secs(2));
    client.get("/ru/account").await.expect(303);
}

#[tokio::test]
async fn forged_sessions_are_nobody() {
    let town = Town::open().await;
    for token in ["", "x", &"0".repeat(64), &"g".repeat(64), &"0".repeat(5_000), "a=b=c"] {
        let client = Client { token: Some(token.to_owned()), ..town.nobody() };
        client.get("/ru/account").await.expect(303);
        client.get("/ru").await.expect(200);
    }
}

#[tokio::test]
async fn a_form_without_its_proof_changes_nothing() {
    let town = Town::open().await;
    let client = town.person("resident").await;
    let path = format!("/ru/projects/{}/comments", town.project("S-7"));
    let (before, stranger) = (town.n_acts().await, town.person("neighbour").await.csrf());
    for wrong in [vec![], vec![("csrf", "")], vec![("csrf", "0")], vec![("csrf", stranger.as_str())]] {
        let mut fields = wrong;
        fields.push(("body", "чужими руками"));
        let answer = client.post_bare(&path, &fields).await;
        answer.expect(403);
        check_page(&answer, "ru");
    }
    let analyst = town.person("analyst").await;
    let file = Sent { name: "a.csv", bytes: b"a" };
    for fields in [vec![], vec![("csrf", "0")]] {
        analyst.upload_bare("/ru/admin/imports", &fields, &file).await.expect(403);
    }
    assert_eq!(town.n_acts().await, before);
    town.nobody().get(&path.replace("/comments", "")).await.says_not("чужими руками");
}

#[tokio::test]
async fn forms_from_other_sites_are_refused() {
    let town = Town::open().await;
    let client = town.person("resident").await;
    let path = format!("/ru/projects/{}/comments", town.project("S-7"));
    let csrf = client.csrf();
    let body = crate::client::encode(&[("csrf", &csrf), ("body", "Привет")]);
    for (name, value, status) in [
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("origin", "https://akimat.example", 303),
        ("sec-fetch-site", "same-origin", 303),
    ] {
        let request = client.form(&path, &[]).header(name, value).body(Body::from(body.clone())).unwrap();
        client.send(request).await.expect(status);
    }
    let fields = [("login", "resident"), ("password", PASSWORD)];
    let request = town.nobody().form("/ru/sign-in", &[]).header("origin", "https://evil.example");
    let body = Body::from(crate::client::encode(&fields));
    town.nobody().send(request.body(body).unwrap()).await.expect(403);
}

#[tokio::test]
async fn the_demonstration_shows_its_accounts_and_nothing_else_does() {
    let town = Town::open().await;
    town.nobody().get("/ru/sign-in").await.says_not("<code>");
    let account = akimat_web_kit::state::DemoAccount {
        login: "akim".to_owned(),
        password: "published".to_owned(),
        role: "head",
    };
    let town = Town::with(WebOptions { demo_accounts: vec![account], ..options() }).await;
    let answer = town.nobody().get("/ru/sign-in").await;
    parse(answer.expect(200).says("<code>published</code>").text()).unwrap();
}
