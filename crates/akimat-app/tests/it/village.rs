//! An invented district in a database of its own, with a clock that moves only when told to.

use akimat_allocation::Solver;
use akimat_app::app::Parts;
use akimat_app::published::{Published, PublishedCriterion};
use akimat_app::{App, Chance, Clock, SystemChance};
use akimat_core::{AccountId, JobId, KatoCode, Money, MoneyUnit, Place, PlaceKind, ProjectId, Role, Text};
use akimat_project::{Kind, Level, Modality, MoneyLine, MoneySource, Project, Sector, Status};
use akimat_solver_highs::Highs;
use akimat_storage::{Account, Change, Store};
use akimat_storage_sqlite::{Options, SqliteStore};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

pub(crate) const REGION: u32 = 990_000_000;
pub(crate) const DISTRICT: u32 = 990_100_000;
pub(crate) const OKRUG: u32 = 990_103_000;
pub(crate) const OTHER: u32 = 990_200_000;

/// A clock that moves only when told to, but never stands quite still.
struct StepClock(AtomicI64);

impl Clock for StepClock {
    fn now(&self) -> Timestamp {
        // Finer than the database keeps, as the clock of a machine is.
        Timestamp::from_nanosecond(i128::from(self.0.fetch_add(1, Ordering::Relaxed)) * 1_000 + 321).unwrap()
    }
}

pub(crate) struct Village {
    pub(crate) app: App,
    pub(crate) store: Arc<dyn Store>,
    clock: Arc<StepClock>,
    people: BTreeMap<&'static str, Account>,
    projects: BTreeMap<String, ProjectId>,
    _folder: tempfile::TempDir,
}

const PEOPLE: [(&str, Role, u32); 10] = [
    ("resident", Role::Resident, DISTRICT),
    ("manager", Role::ProjectManager, DISTRICT),
    ("analyst", Role::Analyst, DISTRICT),
    ("akim", Role::Head, DISTRICT),
    ("moderator", Role::Moderator, DISTRICT),
    ("clerk", Role::Clerk, DISTRICT),
    ("second-clerk", Role::Clerk, DISTRICT),
    ("neighbour", Role::Resident, DISTRICT),
    ("admin", Role::Administrator, DISTRICT),
    ("stranger", Role::Analyst, OTHER),
];

pub(crate) fn kato(number: u32) -> KatoCode {
    KatoCode::from_number(number).unwrap()
}

/// Thousand tenge.
pub(crate) fn tenge(thousands: i64) -> Money {
    Money::parse(&thousands.to_string(), MoneyUnit::ThousandTenge).unwrap()
}

fn criteria() -> Published {
    let criterion = |code: &str, weight| PublishedCriterion {
        code: code.to_owned(),
        weight,
        title: Text::same(code),
        help: Text::same(code),
    };
    Published { criteria: vec![criterion("need", 60), criterion("reach", 40)], envelopes: Vec::new() }
}

fn places(app: &App) -> Vec<Place> {
    let place = |code, parent: Option<u32>, depth, kind| Place {
        id: app.new_place_id(),
        code: kato(code),
        parent: parent.map(kato),
        depth,
        kind,
        name: Text::same("Самал"),
        valid_from: "2020-01-01".parse().unwrap(),
        valid_to: None,
        invented: true,
    };
    vec![
        place(REGION, None, 1, PlaceKind::Region),
        place(DISTRICT, Some(REGION), 2, PlaceKind::District),
        place(OKRUG, Some(DISTRICT), 3, PlaceKind::RuralOkrug),
        place(OTHER, Some(REGION), 2, PlaceKind::District),
    ]
}

/// Number, territory, status, need and reach, money as year, source and thousand tenge, group.
type Sketch = (
    &'static str,
    u32,
    Status,
    &'static [(&'static str, u8)],
    &'static [(i16, MoneySource, &'static str)],
    &'static str,
);

use MoneySource::{Own, Private, Transfer};
use Status::{Appraisal, Implementing};

const SKETCHES: [Sketch; 12] = [
    (
        "V-1",
        DISTRICT,
        Appraisal,
        &[("need", 100), ("reach", 50)],
        &[(2027, Own, "60000.01"), (2028, Own, "40000")],
        "",
    ),
    ("V-2", OKRUG, Appraisal, &[("need", 70), ("reach", 90)], &[(2027, Transfer, "90000")], "bridge"),
    ("V-3", OKRUG, Appraisal, &[("need", 30), ("reach", 20)], &[(2027, Transfer, "120000")], "bridge"),
    ("V-4", DISTRICT, Appraisal, &[("need", 70)], &[(2027, Own, "1000")], ""),
    ("V-5", DISTRICT, Appraisal, &[("need", 70), ("reach", 1)], &[], ""),
    ("V-6", DISTRICT, Appraisal, &[("need", 70), ("reach", 1)], &[(2027, Private, "1000")], ""),
    ("V-7", DISTRICT, Appraisal, &[("need", 70), ("reach", 1)], &[(2031, Own, "1000")], ""),
    ("V-8", DISTRICT, Appraisal, &[("need", 70), ("reach", 1)], &[(2027, Own, "92000000000000")], ""),
    (
        "V-9",
        DISTRICT,
        Appraisal,
        &[("need", 55), ("reach", 45)],
        &[(2027, Own, "80000"), (2028, Transfer, "70000")],
        "",
    ),
    ("V-10", OKRUG, Appraisal, &[("need", 40), ("reach", 60)], &[(2027, Own, "50000")], ""),
    (
        "R-1",
        DISTRICT,
        Implementing,
        &[],
        &[(2026, Own, "10000"), (2027, Own, "30000"), (2028, Own, "5000")],
        "",
    ),
    ("X-1", OTHER, Appraisal, &[("need", 99), ("reach", 99)], &[(2027, Own, "1000")], ""),
];

fn project(app: &App, (number, place, status, scores, money, group): Sketch) -> Project {
    let line = |(year, source, amount): &(i16, MoneySource, &str)| MoneyLine {
        planned: Some(Money::parse(amount, MoneyUnit::ThousandTenge).unwrap()),
        ..MoneyLine::new(*year, *source)
    };
    Project {
        id: app.new_project_id(),
        number: number.to_owned(),
        place: kato(place),
        title: Text::same(number),
        summary: Text::same(number),
        sector: if place == OKRUG { Sector::Transport } else { Sector::Water },
        kind: Kind::Infrastructure,
        modality: Modality::Budget,
        level: Level::District,
        status,
        progress_pct: 0,
        contractor: String::new(),
        starts_on: None,
        ends_on: None,
        location: None,
        scores: scores.iter().map(|(code, score)| ((*code).to_owned(), *score)).collect(),
        exclusive_group: group.to_owned(),
        manager: None,
        invented: true,
        version: 1,
        created_at: app.now(),
        updated_at: app.now(),
        money: money.iter().map(line).collect(),
        milestones: Vec::new(),
        results: Vec::new(),
        stage: String::new(),
        news_at: app.now(),
        beneficiaries: Vec::new(),
        partners: Vec::new(),
        international: false,
    }
}

impl Village {
    pub(crate) async fn open() -> Self {
        Self::open_with(Arc::new(Highs)).await
    }

    /// The village with another solver.
    pub(crate) async fn open_with(solver: Arc<dyn Solver>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("village.sqlite"), &Options::default()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let begin: Timestamp = "2026-09-01T09:00:00+05:00".parse().unwrap();
        let clock = Arc::new(StepClock(AtomicI64::new(begin.as_microsecond())));
        let app = App::new(Parts {
            store: Arc::clone(&store),
            solver,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            chance: Arc::new(SystemChance) as Arc<dyn Chance>,
            zone: TimeZone::UTC,
            criteria: criteria(),
        });
        app.import_places_as_operator(places(&app), "village").await.unwrap();
        let projects: Vec<Project> = SKETCHES.iter().map(|sketch| project(&app, *sketch)).collect();
        let numbers = projects.iter().map(|project| (project.number.clone(), project.id)).collect();
        let mut changes: Vec<Change> =
            projects.into_iter().map(|project| Change::AddProject(Box::new(project))).collect();
        let mut people = BTreeMap::new();
        for (login, role, place) in PEOPLE {
            let account = Account {
                id: AccountId(Uuid::now_v7()),
                login: login.to_owned(),
                display_name: login.to_owned(),
                role,
                place: Some(kato(place)),
                office: String::new(),
                disabled: false,
                created_at: begin,
                grants: Vec::new(),
            };
            changes.push(Change::AddAccount(account.clone(), String::new()));
            people.insert(login, account);
        }
        store.apply(changes).await.unwrap();
        Self { app, store, clock, people, projects: numbers, _folder: folder }
    }

    pub(crate) fn actor(&self, login: &str) -> Option<&Account> {
        self.people.get(login)
    }

    pub(crate) fn project(&self, number: &str) -> ProjectId {
        self.projects[number]
    }

    /// Time passes.
    pub(crate) fn wait(&self, seconds: i64) {
        let by = SignedDuration::from_secs(seconds);
        self.clock.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::Relaxed);
    }

    /// A server takes a job and is never heard of again.
    pub(crate) async fn claim(&self, id: JobId, runner: Uuid) {
        let at = self.app.now();
        let before = at - SignedDuration::from_secs(60);
        self.store.apply(vec![Change::ClaimJob { id, runner, at, before }]).await.unwrap();
    }
}
