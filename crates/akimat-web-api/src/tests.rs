use super::asked::{Fault, Reason, check};
use super::cursor::{self, Key};
use super::endpoint::{Body, ENDPOINTS, Endpoint};
use super::problem::{self, PROBLEMS};
use super::{finding, forecast, index, openapi, place, project, routes};
use akimat_storage::Cursor;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::routes::Routes;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

#[test]
fn every_described_path_is_a_route_and_the_other_way_round() {
    let routed: BTreeSet<String> =
        routes(Routes::default()).entries().iter().map(|e| format!("{} {}", e.method, e.path)).collect();
    let document = openapi();
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    assert_eq!(routed, described);
}

#[test]
fn operations_are_told_apart_and_every_braced_name_is_a_parameter() {
    let ids: BTreeSet<&str> = ENDPOINTS.iter().map(|endpoint| endpoint.id).collect();
    assert_eq!(ids.len(), ENDPOINTS.len());
    for endpoint in ENDPOINTS {
        let braced = endpoint.path.matches('{').count();
        let in_path = endpoint.parameters.iter().filter(|p| endpoint.in_path(p) && p.required).count();
        assert_eq!(braced, in_path, "{}", endpoint.path);
    }
}

#[test]
fn references_lead_somewhere() {
    fn walk(root: &Value, value: &Value) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(to)) = map.get("$ref") {
                    let pointer = to.strip_prefix('#').unwrap();
                    assert!(root.pointer(pointer).is_some(), "{to}");
                }
                map.values().for_each(|value| walk(root, value));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(root, value)),
            _ => {}
        }
    }
    let document = openapi();
    walk(&document, &document);
}

/// What `value` has against `schema`; properties that the schema does not name count too.
fn misfits(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(to) = schema["$ref"].as_str() {
        return misfits(root, &root[to.rsplit('/').next().unwrap()], value, at);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let tries: Vec<_> = options.iter().map(|option| misfits(root, option, value, at)).collect();
        return if tries.iter().any(Vec::is_empty) { Vec::new() } else { tries.concat() };
    }
    let right = match schema["type"].as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => unreachable!("{other}"),
    };
    if !right {
        return vec![format!("{at}: {value} is no {}", schema["type"])];
    }
    if schema["enum"].as_array().is_some_and(|names| !names.contains(value))
        || schema.get("const").is_some_and(|only| only != value)
    {
        return vec![format!("{at}: {value} is not allowed")];
    }
    let mut found = Vec::new();
    if let Some(items) = value.as_array() {
        for (i, item) in items.iter().enumerate() {
            found.extend(misfits(root, &schema["items"], item, &format!("{at}[{i}]")));
        }
    }
    if let Some(fields) = value.as_object()
        && schema["additionalProperties"] != true
    {
        for name in schema["required"].as_array().unwrap() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.push(format!("{at}: {name} is missing"));
            }
        }
        for (name, value) in fields {
            match schema["properties"].get(name) {
                Some(schema) => found.extend(misfits(root, schema, value, &format!("{at}.{name}"))),
                None => found.push(format!("{at}: {name} is not described")),
            }
        }
    }
    found
}

fn check_shape(schema: &str, value: &Value) {
    let root = super::schema::all();
    assert_eq!(misfits(&root, &root[schema], value, schema), Vec::<String>::new());
}

#[test]
fn every_example_has_the_shape_it_stands_for() {
    for endpoint in ENDPOINTS {
        if let Body::Resource(schema, example) | Body::Status(schema, example) = endpoint.body {
            let example: Value = serde_json::from_str(example).unwrap();
            assert_ne!(example, serde_json::json!({}), "{}", endpoint.path);
            check_shape(schema, &example);
        }
    }
}

#[test]
fn answers_have_the_shapes_that_the_document_promises() {
    use akimat_storage::contract::build;
    let head = akimat_storage::BudgetHead {
        budget: build::budget(1, Some(build::DISTRICT), 2026),
        figures: build::figures(),
    };
    check_shape("BudgetItem", &serde_json::to_value(super::budget::BudgetItem::from(head.clone())).unwrap());
    check_shape("Budget", &serde_json::to_value(super::budget::body(head)).unwrap());
    let places = build::places();
    check_shape("Place", &serde_json::to_value(place::body(places).unwrap()).unwrap());
    for project in [build::project(1), build::bare_project(2)] {
        let found = project::Found {
            project,
            rating: akimat_participation::RatingSummary { counts: [1, 0, 0, 0, 2] },
            n_comments: 3,
            history: Vec::new(),
            updates: Vec::new(),
        };
        check_shape("Project", &serde_json::to_value(project::body(found)).unwrap());
    }
}

fn faults(endpoint: &Endpoint, path: &[(&str, &str)], query: &str) -> Vec<(&'static str, Reason)> {
    let faults = check(endpoint, path, query).err().unwrap_or_default();
    faults.into_iter().map(|Fault { parameter, reason }| (parameter, reason)).collect()
}

#[test]
fn parameters_are_checked_strictly_and_all_at_once() {
    let projects = |query: &str, expect: &[(&str, Reason)]| {
        assert_eq!(faults(&project::LIST, &[], query), expect, "{query}");
    };
    projects("", &[]);
    projects("q=&unknown=1&utm=%FF", &[]);
    projects("limit=200&status=idea&status=tender&sort=planned&year=2026&place=990100000", &[]);
    projects("limit=0", &[("limit", Reason::OutOfRange)]);
    projects("limit=201", &[("limit", Reason::OutOfRange)]);
    projects("limit=99999999999999999999", &[("limit", Reason::NotANumber)]);
    projects("limit=", &[("limit", Reason::NotANumber)]);
    projects("limit=+5", &[("limit", Reason::NotANumber)]);
    projects("limit=5&limit=6", &[("limit", Reason::Repeated)]);
    projects(
        "sort=price&place=61&year=1",
        &[("place", Reason::NotAPlaceCode), ("year", Reason::OutOfRange), ("sort", Reason::UnknownValue)],
    );
    projects(&"status=idea&".repeat(21), &[("status", Reason::Repeated)]);
    projects("status=idea&status=other", &[("status", Reason::UnknownValue)]);
    projects(&format!("q={}", "%D3%99".repeat(101)), &[("q", Reason::TooLong)]);
    projects("cursor=a%00b", &[("cursor", Reason::UnknownCursor)]);

    let finding = |id: &str, expect: &[(&str, Reason)]| {
        assert_eq!(faults(&finding::LIST, &[("id", id)], "id=x"), expect, "{id}");
    };
    finding("0190a000-0000-7000-8000-000000000001", &[]);
    for wrong in ["", "1", "0190a00000007000800000000000000a", "{0190a000-0000-7000-8000-000000000001}"] {
        finding(wrong, &[("id", Reason::NotAnId)]);
    }
    assert_eq!(faults(&place::SHOW, &[("code", "61000000x")], ""), [("code", Reason::NotAPlaceCode)]);
    assert_eq!(
        faults(&forecast::SHOW, &[], "code=%27&horizon=25"),
        [
            ("place", Reason::Missing),
            ("item", Reason::Missing),
            ("code", Reason::NotALineCode),
            ("horizon", Reason::OutOfRange),
        ]
    );
    assert_eq!(faults(&index::INDEX, &[], "limit=x"), []);
}

#[test]
fn a_cursor_is_read_by_the_list_that_wrote_it_only() {
    let id = Uuid::from_u128(7);
    let cursor = |key: &str| Cursor { key: key.to_owned(), id };
    let check = |order: &str, key: Key, value: &str| {
        let word = cursor::write(order, &cursor(value));
        assert_eq!(cursor::read(order, key, &word), Some(cursor(value)), "{word}");
        assert_eq!(cursor::read("other", key, &word), None, "{word}");
        word
    };
    check("year", Key::Year, "2026");
    check("planned", Key::Number, "-1");
    check("ends_on", Key::Date, "9999-12-31");
    let word = check("updated", Key::Number, "1760000000123456");
    assert_eq!(cursor::read("updated", Key::Date, &word), None);
    assert_eq!(cursor::read("year", Key::Year, &cursor::write("year", &cursor("99999"))), None);
    for forged in
        ["", "updated", "updated~", "updated~1", "updated~1~x", "updated~1'~00000000000000000000000000000007"]
    {
        assert_eq!(cursor::read("updated", Key::Number, forged), None, "{forged}");
    }
}

async fn problem_of(response: axum::response::Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), 100_000).await.unwrap();
    let problem: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem["status"], status);
    for part in ["type", "title", "detail", "instance"] {
        let words = problem[part].as_str().unwrap();
        assert!(!words.is_empty() && !words.contains('⟦'), "{part}: {words}");
    }
    problem
}

#[tokio::test]
async fn every_failure_is_a_problem_document() {
    for (key, status) in PROBLEMS {
        let problem = problem_of(problem::response(&Failure::new(status, key), "/api/v1/x\"y")).await;
        assert_eq!(problem["type"], format!("/api/v1/problems#{key}"));
        assert_eq!(problem["instance"], "/api/v1/x\"y");
        assert_eq!(problem.get("errors"), None);
    }
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let fault = Fault { parameter: "limit", reason: Reason::OutOfRange };
    let refusal = problem::Refusal::Parameters("/api/v1/places".to_owned(), vec![fault]);
    let response = axum::response::IntoResponse::into_response(refusal);
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let problem = problem_of(response).await;
    assert_eq!(problem["errors"], serde_json::json!([{ "parameter": "limit", "reason": "out_of_range" }]));
}

#[test]
fn every_kind_of_problem_has_its_words_in_three_languages() {
    let keys = PROBLEMS.iter().map(|(key, _)| *key).chain([problem::NO_FORECAST, problem::NO_ANSWER]);
    for key in keys {
        for lang in akimat_core::Lang::ALL {
            let (title, detail) = problem::sentences(key, lang);
            assert!(!title.contains('⟦') && !detail.contains('⟦'), "{key} {lang:?}");
        }
    }
}
