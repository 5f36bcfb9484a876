//! Every page that a link leads to: in three languages, for every role.

use crate::client::Client;
use crate::html::{beside, check_page, links};
use crate::route;
use crate::town::Town;
use akimat_core::Role;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A page with all it loads, compressed (issue 2, "Pages").
const PAGE_BYTES_MAX: usize = 60 * 1024;
/// States of one address, identifiers left out, in one crawl; more would mean that links breed links. The whole grows
/// with every noun, one address only when its links multiply each other.
const STATES_MAX: usize = 120;

/// Pages of which one template makes thousands that differ in a hash; so many of a kind and a person tell as much as all.
const ALIKE: [&str; 3] = ["/{lang}/log", "/{lang}/log/{index}", "/{lang}/log/{index}/proof"];
/// See [`ALIKE`].
const ALIKE_MAX: usize = 30;

const LANGS: [&str; 3] = ["kk", "ru", "en"];

async fn compressed(client: &Client, path: &str) -> usize {
    let request = client.request("GET", path).header(ACCEPT_ENCODING, "gzip");
    let answer = client.send(request.body(axum::body::Body::empty()).unwrap()).await;
    answer.expect(200);
    assert_eq!(answer.header("content-encoding"), "gzip", "{path}");
    assert!(answer.headers.get(CONTENT_LENGTH).is_none_or(|n| n == &answer.body.len().to_string()[..]));
    answer.body.len()
}

/// Follows every link from the beginning. Answers the addresses of pages.
async fn crawl(client: &Client, begin: &[String]) -> BTreeSet<String> {
    let mut seen: BTreeSet<String> = begin.iter().cloned().collect();
    let mut waiting: VecDeque<(String, String)> =
        begin.iter().map(|path| (path.clone(), "the beginning".to_owned())).collect();
    let mut assets: BTreeMap<String, usize> = BTreeMap::new();
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    let kinds: Vec<String> =
        route::lines().into_iter().filter(|l| l.method == "GET").map(|l| l.path).collect();
    let mut kinds_seen: BTreeSet<&str> = BTreeSet::new();
    let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
    while let Some((path, from)) = waiting.pop_front() {
        let answer = client.get(&path).await;
        let status = answer.status.as_u16();
        assert!(status < 400, "{path}, linked from {from}: {status}");
        let mut next = Vec::new();
        if status >= 300 {
            // What leads to a provider leaves the platform.
            let to = answer.location().split('#').next().unwrap();
            next.extend(to.starts_with('/').then(|| to.to_owned()));
        } else if answer.is_html() {
            let lang = path.split(['/', '?']).nth(1).unwrap();
            let tags = check_page(&answer, lang);
            next = links(&tags, true);
            next.extend(beside(&tags, &path));
            // A link that only changes the state of a page says so: every state of every state is too much, one
            // page of its kind is not.
            for link in links(&tags, false) {
                let kind = kinds.iter().find(|kind| fits(kind, &link));
                if kind.is_none_or(|kind| kinds_seen.insert(kind)) {
                    next.push(link);
                }
            }
            let mut size = compressed(client, &path).await;
            for asset in next.iter().filter(|link| link.starts_with("/assets/")) {
                if !assets.contains_key(asset) {
                    assets.insert(asset.clone(), compressed(client, asset).await);
                }
                size += assets[asset];
            }
            assert!(size <= PAGE_BYTES_MAX, "{path} weighs {size} bytes with all it loads");
        }
        for link in next {
            // Each page has a sign-in page that leads back to it; one of a kind is enough.
            let link = link
                .split_once("/sign-in?next=")
                .map_or(link.clone(), |(lang, _)| format!("{lang}/sign-in?next=/"));
            if let Some(kind) = ALIKE.iter().find(|kind| fits(kind, &link)) {
                let n = alike.entry(kind).or_default();
                *n += usize::from(!seen.contains(&link));
                if *n > ALIKE_MAX {
                    continue;
                }
            }
            if seen.insert(link.clone()) {
                let n = states.entry(bare(&link)).or_default();
                *n += 1;
                assert!(*n <= STATES_MAX, "links breed links: {n} of {link}, linked from {path}");
                waiting.push_back((link, path.clone()));
            }
        }
    }
    seen
}

/// An address with its identifiers and its query left out.
fn bare(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').map(|part| if part.len() == 36 { "{id}" } else { part }).collect();
    parts.join("/")
}

/// The template of an address fits the address.
fn fits(template: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap();
    let (mut a, mut b) = (template.split('/'), path.split('/'));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || (a.starts_with('{') && !b.is_empty()) => {}
            _ => return false,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_whole_in_three_languages_and_every_link_leads_somewhere() {
    let (town, doors) = crate::whole::open().await;
    let mut crawls = Vec::new();
    for role in std::iter::once(None).chain(Role::ALL.map(Some)) {
        let client = town.role(role).await;
        // Officers reach the public pages too; crawling those once for each is enough.
        let begin: &[&str] = if role.is_none() { &["/kk", "/api/v1"] } else { &["/kk/admin", "/kk"] };
        let own = doors.iter().filter(|(who, _)| *who == role).map(|(_, path)| path.clone());
        let begin: Vec<String> = begin.iter().map(ToString::to_string).chain(own).collect();
        crawls.push(tokio::spawn(async move { crawl(&client, &begin).await }));
    }
    let mut reached: BTreeSet<String> = BTreeSet::new();
    for crawl in crawls {
        reached.extend(crawl.await.unwrap());
    }
    let orphans: Vec<String> = route::lines()
        .into_iter()
        .filter(|line| line.method == "GET" && line.path.starts_with("/{lang}"))
        .filter(|line| !reached.iter().any(|path| fits(&line.path, path)))
        .map(|line| line.path)
        .collect();
    assert_eq!(orphans, Vec::<String>::new(), "no link leads to these pages");
}

#[tokio::test]
async fn every_page_protects_itself() {
    let town = Town::open().await;
    for path in ["/kk", "/ru/projects", "/en/sign-in", "/kk/no-such", "/api/v1", "/robots.txt", "/kk/admin"] {
        let answer = town.nobody().get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
    let private = town.person("resident").await.get("/kk/account").await;
    assert_eq!(private.header("cache-control"), "private, no-store");
}

#[tokio::test]
async fn a_language_is_one_of_three_everywhere() {
    let town = Town::open().await;
    for line in route::lines().iter().filter(|line| line.path.starts_with("/{lang}")) {
        if line.method == "GET" && line.allows(None) {
            for wrong in ["xx", "KK", "kkk", "%6bk2"] {
                let path = route::filled(&town, &line.path).replacen("/kk", &format!("/{wrong}"), 1);
                town.nobody().get(&path).await.expect(404);
            }
        }
    }
    for lang in LANGS {
        assert_eq!(town.nobody().get(&format!("/{lang}")).await.status, 200);
    }
}

#[tokio::test]
async fn the_first_page_is_in_the_language_of_the_browser() {
    let town = Town::open().await;
    for (wish, to) in [("ru-KZ,ru;q=0.9", "/ru"), ("en", "/en"), ("de", "/kk"), ("", "/kk")] {
        let request = town.nobody().request("GET", "/").header("accept-language", wish);
        let answer = town.nobody().send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (307, to), "{wish}");
    }
}

#[tokio::test]
async fn what_is_invented_says_so() {
    let town = Town::open().await;
    let invented = "class=\"invented\"";
    let project = format!("/ru/projects/{}", town.project("S-7"));
    let budget = format!("/ru/budgets/{}", town.budgets[0]);
    let forecast = "/ru/places/990100000/forecast?item=tax".to_owned();
    for path in [project, budget, forecast, "/ru/places/990100000".to_owned(), "/ru/projects".to_owned()] {
        town.nobody().get(&path).await.expect(200).says(invented);
    }
    town.nobody().get("/ru/places/110000000").await.expect(200).says_not(invented);
}

#[tokio::test]
async fn a_territory_is_found_however_it_is_typed() {
    let town = Town::open().await;
    for typed in ["Самал", "samal", "САМАЛЬСКИЙ", "990100000", "cfvfk"] {
        let query: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        let answer = town.nobody().get(&format!("/ru/places?q={query}")).await;
        if answer.status == 303 {
            assert_eq!(answer.location(), "/ru/places/990100000", "{typed}");
        } else {
            answer.expect(200).says("/ru/places/990100000");
        }
    }
}

#[tokio::test]
async fn a_short_series_is_refused_and_a_long_one_is_continued() {
    let town = Town::open().await;
    let long = town.nobody().get("/en/places/990100000/forecast?item=tax").await;
    long.expect(200).says("<svg");
    let short = town.nobody().get("/en/places/990103000/forecast?item=tax").await;
    short.expect(200).says("forecast");
    assert!(!short.text().contains("chart-fan"), "one year gives no fan");
}
