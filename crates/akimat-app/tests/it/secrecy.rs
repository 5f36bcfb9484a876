//! Who chose what stands nowhere. One vote takes place in two worlds that differ in nothing but the choices of two persons,
//! which are swapped; then every row of every table of the whole database is compared. What is the same in both worlds
//! cannot tell who chose what, however it is joined. Only sealed ballots may differ, and after the cut there are none.

use crate::ballot::{process, proposal};
use akimat_app::app::Parts;
use akimat_app::ballot::close::Drawn;
use akimat_app::ballot::paper::PaperEntry;
use akimat_app::ballot::{BallotAct, Setting};
use akimat_app::person::verify::DeskEntry;
use akimat_app::published::Published;
use akimat_app::secret::PlatformKey;
use akimat_app::{App, Chance, Clock};
use akimat_core::{AccountId, Place, PlaceId, PlaceKind, Role, Text};
use akimat_participation::process::{BallotForm, Process};
use akimat_participation::proposal::Proposal;
use akimat_solver_highs::Highs;
use akimat_storage::{Account, Change, ProcessChange, ProposalChange, Store};
use akimat_storage_postgres::PostgresStore;
use akimat_storage_sqlite::{Options, SqliteStore, backup};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use uuid::Uuid;

use crate::village::{DISTRICT, kato};

/// Two who vote on the pages, and two on paper: the choices of each pair are swapped.
const VOTERS: [(&str, &str); 4] = [
    ("aigul", "850312200016"),
    ("bolat", "871104200011"),
    ("serik", "790615100013"),
    ("dana", "920228400028"),
];
const STAFF: [(&str, Role); 4] = [
    ("clerk", Role::Clerk),
    ("second-clerk", Role::Clerk),
    ("analyst", Role::Analyst),
    ("admin", Role::Administrator),
];

/// Rows of each table as text, column by column with its name.
type Dump = BTreeMap<String, Vec<Vec<(String, String)>>>;

struct StepClock(AtomicI64);

impl Clock for StepClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
    }
}

/// The same chance in both worlds, so that only choices can make a difference.
struct Numbered(AtomicU64);

impl Chance for Numbered {
    fn bytes(&self) -> [u8; 32] {
        let n = self.0.fetch_add(1, Ordering::Relaxed);
        akimat_app::ballot::file::sha256(&n.to_be_bytes())
    }
}

/// What is the same in both worlds: the process with its projects, and the people.
struct Scene {
    process: Process,
    projects: Vec<Proposal>,
    people: BTreeMap<&'static str, Account>,
    begin: Timestamp,
}

impl Scene {
    async fn new() -> Self {
        let village = crate::village::Village::open().await;
        let begin = village.app.now();
        let process = process(&village, BallotForm::Approval { min: 1, max: 2 });
        let costs = [("a", 40), ("a", 50), ("a", 60), ("a", 10), ("b", 30), ("b", 80)];
        let projects =
            (1..).zip(costs).map(|(number, (envelope, cost))| proposal(&process, number, envelope, cost));
        let projects = projects.collect();
        let residents = VOTERS.iter().map(|(login, _)| (*login, Role::Resident));
        let people = residents.chain(STAFF).map(|(login, role)| {
            let account = Account {
                id: AccountId(Uuid::now_v7()),
                login: login.to_owned(),
                display_name: format!("{login} of Samal"),
                role,
                place: Some(kato(DISTRICT)),
                office: String::new(),
                disabled: false,
                created_at: begin,
                grants: Vec::new(),
            };
            (login, account)
        });
        let people = people.collect();
        Self { process, projects, people, begin }
    }
}

/// A platform on a database, with the vote of the scene.
struct World<'s> {
    scene: &'s Scene,
    app: App,
    clock: Arc<StepClock>,
    setting: Setting,
}

impl<'s> World<'s> {
    async fn open(scene: &'s Scene, store: Arc<dyn Store>) -> Self {
        let clock = Arc::new(StepClock(AtomicI64::new(scene.begin.as_microsecond())));
        let app = App::new(Parts {
            store: Arc::clone(&store),
            solver: Arc::new(Highs),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            chance: Arc::new(Numbered(AtomicU64::new(1))) as Arc<dyn Chance>,
            zone: TimeZone::UTC,
            criteria: Published { criteria: Vec::new(), envelopes: Vec::new() },
        });
        let app = app.with_key(PlatformKey::new([7; 32])).with_ballot_key(PlatformKey::new([8; 32]));
        let place = Place {
            id: PlaceId(Uuid::from_u128(1)),
            code: kato(DISTRICT),
            parent: None,
            depth: 1,
            kind: PlaceKind::District,
            name: Text::same("Самал"),
            valid_from: "2020-01-01".parse().unwrap(),
            valid_to: None,
            invented: true,
        };
        app.import_places_as_operator(vec![place], "scene").await.unwrap();
        let mut batch: Vec<Change> =
            scene.people.values().map(|account| Change::AddAccount(account.clone(), String::new())).collect();
        batch.push(Change::Process(Box::new(ProcessChange::Add(scene.process.clone()))));
        for one in &scene.projects {
            batch.push(Change::Proposal(Box::new(ProposalChange::Add(one.clone()))));
        }
        store.apply(batch).await.unwrap();
        for (login, iin) in VOTERS {
            let entry = DeskEntry {
                iin: iin.to_owned(),
                place: Some(kato(DISTRICT)),
                born_on: None,
                document: "id_card".to_owned(),
            };
            let person = scene.people[login].id;
            let waiting = app.verify_at_desk(scene.people.get("clerk"), person, &entry).await.unwrap();
            app.confirm_verification(scene.people.get("second-clerk"), waiting.id).await.unwrap();
        }
        let setting = app.ballot_setting("vote").await.unwrap();
        Self { scene, app, clock, setting }
    }

    fn actor(&self, login: &str) -> Option<&Account> {
        self.scene.people.get(login)
    }

    /// Everybody votes; `swapped`: each pair the other way round.
    async fn vote(&self, swapped: bool) {
        let pair = |a, b| if swapped { [b, a] } else { [a, b] };
        let [first, second] = pair([1, 5], [3, 6]);
        for (login, numbers) in [("aigul", first), ("bolat", second)] {
            for number in numbers {
                let act = BallotAct::Add(self.setting.numbered(number).unwrap().id);
                self.app.mark_ballot(self.actor(login), &self.setting, &act).await.unwrap();
            }
            self.app.submit_ballot(self.actor(login), &self.setting).await.unwrap();
        }
        let [third, fourth] = pair([2, 4], [4, 5]);
        let papers = [(VOTERS[2].1, "A-1", third), (VOTERS[3].1, "A-2", fourth)];
        for (iin, number, marks) in papers {
            let entry = PaperEntry {
                iin: iin.to_owned(),
                place: Some(kato(DISTRICT)),
                number: number.to_owned(),
                marks: marks.iter().map(|number| (*number, 0)).collect(),
            };
            let id = self.app.enter_paper_ballot(self.actor("clerk"), &self.setting, &entry).await.unwrap();
            if number == "A-1" {
                let end = self.app.end_paper_ballot(self.actor("second-clerk"), &self.setting, (id, true));
                end.await.unwrap();
            }
        }
    }

    /// The second paper is confirmed, the box closed, counted and published.
    async fn end(&self) {
        let waiting = self.app.paper_ballots(self.actor("second-clerk"), &self.setting).await.unwrap();
        for paper in waiting.iter().filter(|paper| paper.ballot.is_some()) {
            let end = self.app.end_paper_ballot(self.actor("second-clerk"), &self.setting, (paper.id, true));
            end.await.unwrap();
        }
        let by = SignedDuration::from_secs(2 * 3_600);
        self.clock.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::Relaxed);
        let analyst = self.actor("analyst");
        self.app.close_ballot(analyst, &self.setting).await.unwrap();
        let setting = self.app.ballot_setting("vote").await.unwrap();
        let drawn = Drawn { seed: "07 11".to_owned(), source: "лотерея".to_owned() };
        self.app.count_ballots(analyst, &setting, &drawn).await.unwrap();
        self.app.publish_result(analyst, &setting).await.unwrap();
    }
}

/// What a backup of SQLite holds: every table of a copy made while the platform works.
fn dump_sqlite(path: &Path) -> Dump {
    let copy = path.with_extension("copy");
    backup::copy(path, &copy).unwrap();
    let dump = backup::rows(&copy).unwrap();
    std::fs::remove_file(&copy).unwrap();
    sorted(dump)
}

async fn dump_postgres(url: &str) -> Dump {
    sorted(akimat_storage_postgres::dump::rows(url).await.unwrap())
}

fn sorted(mut dump: Dump) -> Dump {
    // When a migration ran is the one thing of the real clock.
    dump.remove("schema_migrations");
    dump.values_mut().for_each(|rows| rows.sort());
    dump
}

/// The columns in which two worlds differ.
fn differences(one: &Dump, other: &Dump) -> Vec<String> {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let mut found = Vec::new();
    for (table, rows) in one {
        let others = &other[table];
        assert_eq!(rows.len(), others.len(), "{table} has other rows");
        for (row, other) in rows.iter().zip(others) {
            for ((name, value), (_, other)) in row.iter().zip(other) {
                if value != other {
                    found.push(format!("{table}.{name}"));
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The order of ballots in the published files is that of chance: with the lines of votes sorted, and with each hash of
/// such a file replaced wherever it stands, the worlds must be the same to the last byte.
fn levelled(dump: &Dump) -> Dump {
    let mut level = dump.clone();
    let mut names: Vec<(String, String)> = Vec::new();
    for row in level.get_mut("ballot_files").unwrap() {
        let of = |name: &str, row: &[(String, String)]| {
            row.iter().find(|(column, _)| column == name).map(|(_, value)| value.clone()).unwrap()
        };
        let (kind, envelope, hash) = (of("kind", row), of("envelope", row), of("sha256", row));
        names.push((hash, format!("sha256-of-{envelope}-{kind}")));
        let body = row.iter_mut().find(|(column, _)| column == "body").unwrap();
        if kind == "pb" {
            let (head, votes) = body.1.split_once("VOTES\n").unwrap();
            let mut lines: Vec<&str> =
                votes.lines().map(|line| line.split_once(';').map_or(line, |(_, vote)| vote)).collect();
            lines.sort_unstable();
            body.1 = format!("{head}VOTES\n{}", lines.join("\n"));
        }
    }
    for rows in level.values_mut() {
        for (_, value) in rows.iter_mut().flatten() {
            for (hash, name) in &names {
                if value.contains(hash.as_str()) {
                    *value = value.replace(hash.as_str(), name);
                }
            }
        }
        rows.sort();
    }
    // Hashes over the leaves follow from the leaves, which are compared themselves.
    for table in ["log_tiles", "log_checkpoints"] {
        level.remove(table);
    }
    for (name, value) in level.get_mut("log_entries").unwrap().iter_mut().flatten() {
        if name == "hash" {
            value.clear();
        }
    }
    level
}

/// Both worlds after the vote, and after its end.
fn compare(running: [Dump; 2], ended: [Dump; 2]) {
    let [one, other] = running;
    assert!(one.len() > 80, "every table is looked at");
    for table in ["ballots", "ballot_voters", "ballot_papers", "audit", "log_entries", "access_records"] {
        assert!(!one[table].is_empty(), "{table} has rows to compare");
    }
    let found = differences(&one, &other);
    assert_eq!(found, ["ballot_papers.sealed", "ballots.sealed"], "only what is sealed may differ");
    for table in ["ballots", "ballot_papers"] {
        let sealed = one[table].iter().chain(&other[table]).flatten().filter(|(name, _)| name == "sealed");
        let mut lengths: Vec<usize> = sealed.map(|(_, value)| value.len()).filter(|n| *n > 0).collect();
        lengths.dedup();
        assert_eq!(lengths.len(), 1, "its length tells nothing: {table}");
    }
    let [one, other] = ended;
    for table in ["ballots", "ballot_papers"] {
        assert!(one[table].is_empty(), "{table} is gone");
    }
    assert!(!one["ballot_files"].is_empty() && !one["ballot_voters"].is_empty());
    assert_eq!(differences(&levelled(&one), &levelled(&other)), Vec::<String>::new());
    // The test would see it: another multiset of choices is another database.
    let mut wrong = levelled(&other);
    for (name, value) in wrong.get_mut("ballot_files").unwrap().iter_mut().flatten() {
        if name == "body" {
            *value = value.replacen("1,", "2,", 1).replacen("\n1\n", "\n2\n", 1);
        }
    }
    assert_ne!(differences(&levelled(&one), &wrong), Vec::<String>::new());
}

/// What a person finds in the own data about a vote on paper: that, when and how; never what.
async fn paper_votes_are_known_to_their_person(world: &World<'_>) {
    let data = world.app.export_my_data(world.actor("serik")).await.unwrap();
    let rows = data["tables"]["ballot_voters.account_id"].as_array().unwrap();
    assert_eq!((rows.len(), rows[0]["channel"].as_str()), (1, Some("paper")));
    let text = data.to_string();
    for one in &world.scene.projects {
        let id = one.id.to_string();
        assert!(!text.contains(&id) && !text.contains(&id.replace('-', "")), "a choice is in the data");
    }
    assert!(!text.contains("sealed") && !text.contains("pseudonym"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_tells_nobody_who_chose_what() {
    let (scene, folder) = (Scene::new().await, tempfile::tempdir().unwrap());
    let (mut running, mut ended) = (Vec::new(), Vec::new());
    for swapped in [false, true] {
        let path = folder.path().join(format!("{swapped}.sqlite"));
        let store = Arc::new(SqliteStore::open(&path, &Options::default()).unwrap());
        let world = World::open(&scene, store).await;
        world.vote(swapped).await;
        paper_votes_are_known_to_their_person(&world).await;
        running.push(dump_sqlite(&path));
        world.end().await;
        paper_votes_are_known_to_their_person(&world).await;
        ended.push(dump_sqlite(&path));
    }
    compare(running.try_into().unwrap(), ended.try_into().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_tells_nobody_who_chose_what() {
    let Ok(server) = std::env::var("AKIMAT_TEST_POSTGRES_URL") else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "AKIMAT_TEST_POSTGRES_URL is not set");
        println!("SKIPPED: no PostgreSQL (AKIMAT_TEST_POSTGRES_URL)");
        return;
    };
    let scene = Scene::new().await;
    let (mut running, mut ended) = (Vec::new(), Vec::new());
    for swapped in [false, true] {
        let schema = format!("secrecy_{}_{swapped}", std::process::id());
        akimat_storage_postgres::dump::run(&server, &format!("create schema {schema}")).await.unwrap();
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-c%20search_path%3D{schema}");
        {
            let store = Arc::new(PostgresStore::connect(&url, 4).await.unwrap());
            let world = World::open(&scene, store).await;
            world.vote(swapped).await;
            running.push(dump_postgres(&url).await);
            world.end().await;
            ended.push(dump_postgres(&url).await);
        }
        let drop = format!("drop schema {schema} cascade");
        akimat_storage_postgres::dump::run(&server, &drop).await.unwrap();
    }
    compare(running.try_into().unwrap(), ended.try_into().unwrap());
}
