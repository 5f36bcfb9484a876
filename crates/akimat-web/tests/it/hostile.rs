//! Whatever is sent, the platform answers and none of the answers is a fault of its own.

use crate::client::{Client, Sent, encode};
use crate::content::{DISTRICT, record};
use crate::files::{register, row};
use crate::project::{NEW, with};
use crate::route;
use crate::town::Town;
use axum::body::Body;
use axum::http::Uri;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::sync::OnceLock;
use tokio::runtime::Runtime;

/// Pieces of addresses and values of fields that break things.
const ODD: [&str; 40] = [
    "",
    "0",
    "-1",
    "1",
    "5",
    "9223372036854775808",
    "-9223372036854775809",
    "340282366920938463463374607431768211456",
    "1e400",
    "inf",
    "x",
    "кк",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\r\nset-cookie: a=b",
    "../../etc/passwd",
    "%00",
    "%ff%fe",
    "'; drop table projects; --",
    "\" onload=\"alert(1)",
    "<script>",
    "{{7*7}}",
    "{ $n }",
    "~",
    "~~",
    "9223372036854775807~0190000000007000800000000000007b",
    "zz~0190000000007000800000000000007b",
    "99999999999999999999~0190000000007000800000000000007b",
    "-~0190000000007000800000000000007b",
    "2027-13-45~0190000000007000800000000000007b",
    "00000000-0000-0000-0000-000000000000",
    "990100000",
    "000000001",
    "appraisal",
    "tax",
    "functional_group",
    "2027",
    "-32768",
    "32768",
];

/// Names of parameters and fields.
const NAMES: [&str; 24] = [
    "q",
    "after",
    "comments",
    "place",
    "status",
    "sector",
    "kind",
    "modality",
    "year",
    "sort",
    "stage",
    "item",
    "code",
    "indicator",
    "horizon",
    "done",
    "next",
    "limit",
    "cursor",
    "y2027",
    "y2028",
    "lang",
    "csrf",
    "",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(&ODD[..]).prop_map(str::to_owned),
        2 => any::<String>(),
        1 => any::<i64>().prop_map(|n| n.to_string()),
        1 => (1_usize..10_240).prop_map(|n| "ә".repeat(n / 2)),
    ]
}

fn query() -> impl Strategy<Value = String> {
    let pairs = prop::collection::vec((prop::sample::select(&NAMES[..]), value()), 0..5);
    prop_oneof![
        8 => pairs.prop_map(|pairs| {
            encode(&pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
        }),
        1 => "[a-z%=&;+0-9]{0,60}",
        1 => Just("a=%zz&b=%f0%28%8c%28&&&===&q=%00&q=%ff".to_owned()),
    ]
}

fn shared() -> &'static (Runtime, Town) {
    static SHARED: OnceLock<(Runtime, Town)> = OnceLock::new();
    SHARED.get_or_init(|| {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let town = runtime.block_on(async {
            let town = Town::open().await;
            crate::budgeting::found(&town).await;
            town
        });
        (runtime, town)
    })
}

fn escape(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// An address of the golden list with odd things in it, or with right ones.
fn path() -> impl Strategy<Value = String> {
    let templates: Vec<String> =
        route::lines().into_iter().filter(|line| line.method == "GET").map(|line| line.path).collect();
    (prop::sample::select(templates), value(), prop::bool::weighted(0.7)).prop_map(
        |(template, odd, right)| {
            if right {
                return route::filled(&shared().1, &template);
            }
            let odd = escape(&odd.chars().take(300).collect::<String>());
            let known = template.replace("{lang}", "ru");
            ["{code}", "{id}", "{format}", "{name}", "{place}", "{number}"]
                .iter()
                .fold(known, |path, name| path.replace(name, &odd))
        },
    )
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

#[test]
fn no_address_and_no_query_is_a_fault_of_ours() {
    let (runtime, town) = shared();
    let clients: Vec<Client> = ["akim", "moderator", "admin", "manager", "analyst", "resident"]
        .iter()
        .map(|login| runtime.block_on(town.person(login)))
        .chain([town.nobody()])
        .collect();
    let asked = (path(), query(), 0..clients.len());
    runner(700)
        .run(&asked, |(path, query, who)| {
            let whole = format!("{path}?{query}");
            let Ok(uri) = whole.parse::<Uri>() else { return Ok(()) };
            let answer = runtime.block_on(clients[who].get(&uri.to_string()));
            prop_assert!(answer.status.as_u16() < 500, "{} {whole}", answer.status);
            if answer.is_html() {
                let lang = &["kk", "ru", "en"]
                    .into_iter()
                    .find(|lang| answer.text().contains(&format!("<html lang=\"{lang}\">")));
                prop_assert!(lang.is_some());
                crate::html::check_shape(&answer, lang.unwrap());
            }
            Ok(())
        })
        .unwrap();
}

/// A right form to be spoilt: login, address, fields.
type Sheet = (&'static str, String, Vec<(&'static str, String)>);

/// Right forms of every role.
fn forms(town: &Town) -> Vec<Sheet> {
    let own = |fields: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    let id = town.project("S-2");
    let comment = town.comments[0];
    let reason: &'static str = Box::leak(format!("reason-{comment}").into_boxed_str());
    let report =
        [("version", "1"), ("progress_pct", "10"), ("status", "appraisal"), ("body", "a"), ("reason", "b")];
    let open =
        [("login", "a1b"), ("display_name", "A"), ("password", "x"), ("role", "resident"), ("place", "")];
    let programme = [
        ("title", "t"),
        ("first_year", "2027"),
        ("years", "2"),
        ("budget-own-2027", "100000"),
        ("budget-own-2028", "50000"),
        ("carry-own", "20"),
        ("sector-transport", "1000"),
        ("starts-2027", "3"),
        ("exclusive", "S-2, S-5"),
        ("precedence", "S-2 > S-3, 1"),
        ("delay_max", "2"),
        ("windows", "S-2, 2027, 2028"),
        ("discount", "5"),
        ("running", "yes"),
        ("stability", "10"),
        ("robust-projects", "1"),
        ("robust-more", "10"),
        ("gap", "0.1"),
        ("seconds", "5"),
        ("act", "check"),
    ];
    let spare = [
        ("money_year_1", "2028"),
        ("money_planned_1", "1"),
        ("money_paid_1", "1"),
        ("score_need", "5"),
        ("exclusive_group", "g"),
        ("contractor", "c"),
        ("summary_en", "s"),
        ("version", "1"),
    ];
    let project = with(&NEW, &spare);
    vec![
        ("resident", format!("/kk/projects/{id}/rating"), own(&[("rating", "3")])),
        ("resident", format!("/kk/projects/{id}/comments"), own(&[("body", "c")])),
        ("resident", "/kk/sign-in".to_owned(), own(&[("login", "a"), ("password", "b"), ("next", "/")])),
        ("manager", "/ru/admin/projects/new".to_owned(), own(&project)),
        ("manager", format!("/ru/admin/projects/{id}/edit"), own(&project)),
        ("manager", format!("/ru/admin/projects/{id}/progress"), own(&report)),
        ("moderator", format!("/en/admin/comments/{comment}/hide"), own(&[(reason, "r")])),
        ("moderator", format!("/en/admin/comments/{comment}/show"), own(&[])),
        ("admin", "/kk/admin/accounts".to_owned(), own(&open)),
        ("analyst", format!("/kk/admin/programmes/new?place={DISTRICT}"), own(&programme)),
        ("akim", "/kk/sign-out".to_owned(), own(&[])),
    ]
}

#[test]
fn no_form_is_a_fault_of_ours() {
    let (runtime, town) = shared();
    let forms = forms(town);
    let field = (any::<prop::sample::Index>(), value(), any::<bool>());
    let sent =
        (0..forms.len(), prop::collection::vec(field, 1..4), prop::collection::vec((value(), value()), 0..2));
    runner(500)
        .run(&sent, |(which, spoilt, more)| {
            let (login, path, mut fields) = forms[which].clone();
            for (at, value, twice) in spoilt {
                if !fields.is_empty() {
                    let at = at.index(fields.len());
                    let again = fields[at].clone();
                    fields[at].1 = value;
                    if twice {
                        fields.push(again);
                    }
                }
            }
            let client = runtime.block_on(town.person(login));
            let mut all: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            all.extend(more.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let answer = runtime.block_on(client.post(&path, &all));
            prop_assert!(answer.status.as_u16() < 500, "{} {path} {all:?}", answer.status);
            Ok(())
        })
        .unwrap();
    // Whatever got through, the pages still stand.
    for path in ["/kk", "/ru/projects", "/en/decisions", "/kk/places/990100000", "/api/v1/projects"] {
        runtime.block_on(town.nobody().get(path)).expect(200);
    }
    runtime.block_on(runtime.block_on(town.person("manager")).get("/ru/admin")).expect(200);
}

#[test]
fn no_file_is_a_fault_of_ours() {
    let (runtime, town) = shared();
    let right = [
        serde_json::to_vec(&record("h", DISTRICT, 2026, 0)).unwrap(),
        register(&[&row("H-1", DISTRICT), &row("H-2", DISTRICT)]),
        crate::files::workbook(&[&row("H-3", DISTRICT)]),
    ];
    let client = runtime.block_on(town.person("analyst"));
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let sent = (0..right.len(), prop::collection::vec(change, 0..8), any::<bool>(), any::<bool>(), value());
    runner(150)
        .run(&sent, |(which, changes, budget, save, name)| {
            let mut bytes = right[which].clone();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let path = if budget { "/ru/admin/import/budget" } else { "/kk/admin/imports" };
            let name: String =
                name.chars().filter(|c| !matches!(c, '"' | '\r' | '\n' | '\0')).take(300).collect();
            let act = [("act", if save { "save" } else { "check" })];
            let answer = runtime.block_on(client.upload(path, &act, &Sent { name: &name, bytes: &bytes }));
            prop_assert!(answer.status.as_u16() < 500, "{} {path} {name:?}", answer.status);
            Ok(())
        })
        .unwrap();
    for path in ["/kk", "/ru/projects", "/kk/budgets", "/kk/places/990100000", "/api/v1/budgets"] {
        runtime.block_on(town.nobody().get(path)).expect(200);
    }
}

#[test]
fn bodies_that_are_no_forms_are_refused_politely() {
    let (runtime, town) = shared();
    let client = runtime.block_on(town.person("resident"));
    let path = format!("/kk/projects/{}/comments", town.project("S-2"));
    runner(100)
        .run(&prop::collection::vec(any::<u8>(), 0..400), |bytes| {
            let request = client.form(&path, &[]).body(Body::from(bytes)).unwrap();
            let answer = runtime.block_on(client.send(request));
            prop_assert_eq!(answer.status.as_u16(), 403);
            Ok(())
        })
        .unwrap();
}
