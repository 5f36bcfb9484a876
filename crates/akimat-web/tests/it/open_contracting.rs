//! The register by open standards: packages, their parts, the page of open data, and a package that comes back.

use crate::client::{Answer, Client};
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_app::App;
use akimat_app::app::Parts;
use akimat_app::contract::ProcessDraft;
use akimat_app::open_contracting::{Refused, Settings, told};
use akimat_core::{Money, Text};
use akimat_procurement::{
    Amendment, Award, Bid, Contract, ContractState, Party, Payment, Process, Role, TenderState,
};
use akimat_storage_sqlite::{Options, SqliteStore};
use akimat_web_kit::WebState;
use jiff::civil::date;
use serde_json::{Value, json};
use std::sync::Arc;

fn value(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

fn tenge(amount: i64) -> Money {
    Money::from_tenge(amount).unwrap()
}

fn process() -> Process {
    let party = |id: &str, name: &str, roles: &[Role]| Party {
        id: id.to_owned(),
        name: name.to_owned(),
        roles: roles.to_vec(),
        ..Party::default()
    };
    Process {
        state: TenderState::Complete,
        opens_on: Some(date(2025, 2, 1)),
        closes_on: Some(date(2025, 3, 1)),
        estimate: Some(tenge(90_000)),
        parties: vec![
            party("b", "Бөлім", &[Role::Buyer]),
            party("s", "=ЖШС \"Айна\", Самал", &[Role::Tenderer, Role::Supplier]),
        ],
        bids: vec![Bid {
            id: "1".to_owned(),
            party: "s".to_owned(),
            amount: Some(tenge(80_000)),
            ..Bid::default()
        }],
        awards: vec![Award {
            id: "w".to_owned(),
            lot: String::new(),
            party: "s".to_owned(),
            amount: tenge(80_000),
            on: Some(date(2025, 3, 10)),
        }],
        contracts: vec![Contract {
            id: "c".to_owned(),
            award: "w".to_owned(),
            number: "7".to_owned(),
            signed_on: Some(date(2025, 4, 1)),
            amount: tenge(80_000),
            currency: "KZT".to_owned(),
            vat_bp: None,
            starts_on: Some(date(2025, 4, 2)),
            ends_on: Some(date(2027, 4, 2)),
            ppp: None,
            promised: None,
            state: ContractState::Active,
            termination: None,
        }],
        amendments: vec![Amendment {
            id: "d".to_owned(),
            contract: "c".to_owned(),
            on: date(2025, 6, 1),
            document: String::new(),
            amount: Some((tenge(80_000), tenge(85_000))),
            ends_on: None,
            reason: "Жер".to_owned(),
        }],
        payments: vec![Payment {
            id: "p".to_owned(),
            contract: "c".to_owned(),
            invoice: String::new(),
            on: date(2025, 7, 1),
            amount: tenge(10_000),
            document: String::new(),
        }],
        ..Process::planned("КОНК-7", Text::new("Құрылыс", "Стройка", "Works"))
    }
}

async fn keep(town: &Town, number: &str) {
    let draft = ProcessDraft {
        id: None,
        base_version: 0,
        process: process(),
        removed: false,
        reason: String::new(),
        basis: String::new(),
    };
    town.app.put_process(town.people.get("manager"), town.project(number), draft).await.unwrap();
}

/// The register without what follows from the moment of recording.
fn timeless(mut package: Value) -> Value {
    package["publishedDate"] = Value::Null;
    for project in package["projects"].as_array_mut().into_iter().flatten() {
        project["updated"] = Value::Null;
        if let Some(documents) = project["documents"].as_array_mut() {
            documents.retain(|one| one["id"] != "page");
        }
    }
    if let Some(list) = package["projects"].as_array_mut() {
        list.sort_by_key(|one| one["id"].to_string());
    }
    if let Some(list) = package["releases"].as_array_mut() {
        list.sort_by_key(|one| (one["ocid"].to_string(), one["date"].to_string()));
    }
    package
}

#[tokio::test]
async fn packages_come_in_parts_and_keep_their_tag() {
    let town = Town::open().await;
    keep(&town, "S-7").await;
    let nobody = town.nobody();
    let whole = nobody.get("/api/v1/open-contracting/projects?limit=200").await;
    let n = value(whole.expect(200))["projects"].as_array().unwrap().len();
    assert_eq!(n, town.projects.len());
    assert!(!whole.headers.contains_key("link"));
    let mut found = Vec::new();
    let mut next = Some("/api/v1/open-contracting/projects?limit=5&language=kk".to_owned());
    while let Some(path) = next {
        let part = nobody.get(&path).await;
        found.extend(
            value(part.expect(200))["projects"].as_array().unwrap().iter().map(|one| one["id"].to_string()),
        );
        next = part.headers.get("link").map(|link| {
            let link = link.to_str().unwrap();
            assert!(link.ends_with("; rel=\"next\""), "{link}");
            let address = link.trim_start_matches('<').split('>').next().unwrap();
            address.split_once("/api").map(|(_, rest)| format!("/api{rest}")).unwrap()
        });
    }
    found.sort();
    found.dedup();
    assert_eq!(found.len(), n);
    // Only one project of many has a process: its part comes at once.
    let releases = value(nobody.get("/api/v1/open-contracting/releases?limit=1").await.expect(200));
    let tags: Vec<&str> =
        releases["releases"].as_array().unwrap().iter().map(|one| one["tag"][0].as_str().unwrap()).collect();
    assert_eq!(tags, ["planning", "tender", "award", "contract", "contractAmendment", "implementation"]);
    let records = value(nobody.get("/api/v1/open-contracting/records?extensions=yes").await.expect(200));
    assert_eq!(records["extensions"].as_array().unwrap().len(), 2);
    let compiled = &records["records"][0]["compiledRelease"];
    assert_eq!(compiled["contracts"][0]["value"]["amount"], json!(85_000));
    assert_eq!(compiled["bids"]["details"][0]["value"]["amount"], json!(80_000));
    nobody.get("/api/v1/open-contracting/records?extensions=perhaps").await.expect(400);
    nobody.get("/api/v1/projects/0192f0c1-2233-7445-8667-788990011223/oc4ids").await.expect(404);
}

#[tokio::test]
async fn the_page_of_open_data_gives_tables_of_any_length() {
    let town = Town::open().await;
    keep(&town, "S-7").await;
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        check_page(nobody.get(&format!("/{lang}/open-data")).await.expect(200), lang);
    }
    let page = nobody.get(&format!("/en/open-data?place={DISTRICT}")).await;
    page.expect(200).says("place=").says("ocds-000000");
    nobody.get("/en/open-data?place=12").await.expect(200).says("There is no such territory");
    let description = value(nobody.get("/en/open-data/datapackage.json").await.expect(200));
    for resource in description["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let csv = nobody.get(&format!("/en/open-data/{path}")).await;
        let text = csv.expect(200).text().to_owned();
        let names: Vec<&str> =
            text.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(names, fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>());
        let rows =
            value(nobody.get(&format!("/en/open-data/{}", path.replace(".csv", ".json"))).await.expect(200));
        let n = rows.as_array().unwrap().len();
        assert!(text.lines().count() > n, "{path}");
    }
    let contracts = nobody.get("/en/open-data/contracts.csv").await;
    // A name that a spreadsheet would run as a formula does not reach it as one.
    contracts.expect(200).says("\"'=ЖШС \"\"Айна\"\", Самал\"").says("85000");
    nobody.get("/en/open-data/secrets.csv").await.expect(404);
    nobody.get("/en/open-data/projects.exe").await.expect(404);
    nobody.get("/en/open-data/projects.csv?place=1").await.expect(404);
    let id = town.project("S-7");
    nobody
        .get(&format!("/en/projects/{id}"))
        .await
        .expect(200)
        .says(&format!("/api/v1/projects/{id}/oc4ids"));
}

/// A clock that stands still.
struct Still;

impl akimat_app::Clock for Still {
    fn now(&self) -> jiff::Timestamp {
        "2026-09-01T10:00:00+05:00".parse().unwrap()
    }
}

/// A platform that knows the territories and nothing else.
struct Elsewhere {
    app: App,
    state: WebState,
    _folder: tempfile::TempDir,
}

impl Elsewhere {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("elsewhere.sqlite"), &Options::default()).unwrap();
        let app = App::new(Parts {
            store: Arc::new(store),
            solver: Arc::new(akimat_solver_highs::Highs),
            clock: Arc::new(Still),
            chance: Arc::new(akimat_app::SystemChance),
            zone: jiff::tz::TimeZone::get("Asia/Almaty").unwrap(),
            criteria: crate::content::criteria(),
        });
        app.import_places_as_operator(crate::content::places(&app), "elsewhere").await.unwrap();
        let state = WebState::new(app.clone(), crate::town::options());
        Self { app, state, _folder: folder }
    }

    fn nobody(&self) -> Client {
        Client::new(self.state.clone(), None)
    }
}

/// Brings a package into a town and says what came of it, or where it is wrong.
async fn bring(town: &Elsewhere, package: &Value, dry: bool) -> Result<[usize; 5], Vec<String>> {
    let settings = Settings::default();
    let bytes = package.to_string().into_bytes();
    let place = Some(kato(DISTRICT));
    match town.app.import_open_contracting_as_operator(&settings, bytes, (place, dry)).await {
        Ok(done) => Ok([done.projects, done.known, done.processes, done.changed, done.same]),
        Err(Refused::Package(faults)) => {
            Err(faults.iter().map(|fault| format!("{} {}", told(fault).field, told(fault).key)).collect())
        }
        Err(Refused::App(error)) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_package_comes_back_as_it_went_out() {
    let town = Town::open().await;
    keep(&town, "S-7").await;
    let path = |what: &str| format!("/api/v1/open-contracting/{what}?limit=200&language=ru");
    let projects = value(town.nobody().get(&path("projects")).await.expect(200));
    let releases = value(town.nobody().get(&path("releases")).await.expect(200));
    let other = Elsewhere::open().await;
    let n = town.projects.len();
    assert_eq!(bring(&other, &projects, true).await, Ok([n, 0, 1, 0, 0]));
    assert_eq!(value(other.nobody().get(&path("projects")).await.expect(200))["projects"], json!([]));
    assert_eq!(bring(&other, &projects, false).await, Ok([n, 0, 1, 0, 0]));
    let again = value(other.nobody().get(&path("projects")).await.expect(200));
    assert_eq!(timeless(again), timeless(projects.clone()));
    // The releases say more than the summary; a second time they change nothing.
    assert_eq!(bring(&other, &releases, false).await, Ok([0, 0, 0, 1, 0]));
    assert_eq!(bring(&other, &releases, false).await, Ok([0, 0, 0, 0, 1]));
    let again = value(other.nobody().get(&path("releases")).await.expect(200));
    assert_eq!(timeless(again), timeless(releases.clone()));
    let again = value(other.nobody().get(&path("projects")).await.expect(200));
    assert_eq!(timeless(again), timeless(projects.clone()));
    assert_eq!(bring(&other, &projects, false).await, Ok([0, n, 0, 0, 0]));
}

#[tokio::test]
async fn nothing_comes_in_when_one_thing_is_wrong() {
    let town = Town::open().await;
    keep(&town, "S-7").await;
    let projects = value(town.nobody().get("/api/v1/open-contracting/projects?limit=200").await.expect(200));
    let releases = value(town.nobody().get("/api/v1/open-contracting/releases").await.expect(200));
    let other = Elsewhere::open().await;
    let mut wrong = projects.clone();
    wrong["projects"][1]["budget"] = json!({ "amount": { "amount": 5, "currency": "TENGE" } });
    assert_eq!(
        bring(&other, &wrong, false).await,
        Err(vec!["projects/1/budget/amount/currency open-contracting-fault-not-a-currency".to_owned()])
    );
    let mut wrong = projects.clone();
    wrong["projects"][2]["locations"] =
        json!([{ "id": "x", "gazetteer": { "scheme": "KZ-KATO", "identifiers": ["119999999"] } }]);
    let told = bring(&other, &wrong, false).await.unwrap_err();
    assert_eq!(told, ["projects/2/locations open-contracting-fault-not-a-place"]);
    let told = bring(&other, &releases, false).await.unwrap_err();
    assert!(told[0].ends_with("/planning/budget/projectID open-contracting-fault-unknown"), "{told:?}");
    let empty = value(other.nobody().get("/api/v1/open-contracting/projects").await.expect(200));
    assert_eq!(empty["projects"], json!([]));
    let settings = Settings::default();
    for login in ["resident", "moderator"] {
        let actor = town.people.get(login);
        let refused = town.app.import_open_contracting(actor, &settings, b"{}".to_vec(), (None, false)).await;
        assert!(matches!(refused, Err(Refused::App(akimat_app::AppError::Forbidden))), "{login}");
    }
}
