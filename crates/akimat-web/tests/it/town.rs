//! An invented town in a database of its own, with a clock that stands still and chance that repeats.

use crate::client::Client;
use crate::content::{self, DISTRICT, OTHER};
use akimat_app::account::{NewAccount, SESSION_HOURS, hash_token};
use akimat_app::app::Parts;
use akimat_app::limit::Rate;
use akimat_app::session::SessionTerms;
use akimat_app::{App, Chance, Clock};
use akimat_core::{AccountId, BudgetId, CommentId, KatoCode, ProjectId, Role};
use akimat_storage::{Account, Change, Session, Store};
use akimat_storage_sqlite::{Options, SqliteStore};
use akimat_web_kit::state::{Limits, WebOptions, WebState};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// The password of everybody in town.
pub(crate) const PASSWORD: &str = "tau bulaq samal 7";

/// A clock that moves only when told to.
pub(crate) struct StepClock(AtomicI64);

impl Clock for StepClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// Chance that is the same in every run: SplitMix64.
struct Dice(AtomicU64);

impl Chance for Dice {
    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for piece in bytes.chunks_exact_mut(8) {
            let seed = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            let a = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            piece.copy_from_slice(&(b ^ (b >> 31)).to_le_bytes());
        }
        bytes
    }
}

pub(crate) struct Town {
    pub(crate) state: WebState,
    pub(crate) app: App,
    pub(crate) store: Arc<dyn Store>,
    clock: Arc<StepClock>,
    /// By login.
    pub(crate) people: BTreeMap<&'static str, Account>,
    /// By number.
    pub(crate) projects: BTreeMap<String, ProjectId>,
    /// A shown comment and a hidden one.
    pub(crate) comments: [CommentId; 2],
    /// The twelve years, then the one that contradicts itself.
    pub(crate) budgets: Vec<BudgetId>,
    _folder: tempfile::TempDir,
}

/// Login, role and territory of everybody.
pub(crate) const PEOPLE: [(&str, Role, u32); 12] = [
    ("resident", Role::Resident, DISTRICT),
    ("neighbour", Role::Resident, DISTRICT),
    ("manager", Role::ProjectManager, DISTRICT),
    ("analyst", Role::Analyst, DISTRICT),
    ("akim", Role::Head, DISTRICT),
    ("moderator", Role::Moderator, DISTRICT),
    ("clerk", Role::Clerk, DISTRICT),
    ("second-clerk", Role::Clerk, DISTRICT),
    ("admin", Role::Administrator, DISTRICT),
    ("other-manager", Role::ProjectManager, OTHER),
    ("other-analyst", Role::Analyst, OTHER),
    ("other-moderator", Role::Moderator, OTHER),
];

/// Limits that no test reaches by accident.
pub(crate) const GENEROUS: Rate = Rate { burst: 1_000_000, per_minute: 1_000_000 };

/// Options with generous limits.
pub(crate) fn options() -> WebOptions {
    let limits = Limits {
        sign_in: GENEROUS,
        register: GENEROUS,
        comment: GENEROUS,
        rating: GENEROUS,
        heavy: GENEROUS,
    };
    WebOptions { limits, ..WebOptions::default() }
}

pub(crate) fn kato(number: u32) -> KatoCode {
    KatoCode::from_number(number).unwrap()
}

impl Town {
    pub(crate) async fn open() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: WebOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("town.sqlite"), &Options::default()).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let begin: Timestamp = "2026-09-01T09:00:00+05:00".parse().unwrap();
        let clock = Arc::new(StepClock(AtomicI64::new(begin.as_microsecond())));
        let app = App::new(Parts {
            store: Arc::clone(&store),
            solver: Arc::new(akimat_solver_highs::Highs),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            chance: Arc::new(Dice(AtomicU64::new(7))),
            zone: TimeZone::get("Asia/Almaty").unwrap(),
            criteria: content::criteria(),
        });
        // Tests let days pass between two acts of one person; how sessions end is tested in [`crate::security`].
        let long = SignedDuration::from_hours(SESSION_HOURS);
        let terms = SessionTerms { rest: long, staff_whole: long, staff_rest: long };
        let app = app.with_key(akimat_app::secret::PlatformKey::new([3; 32])).with_session_terms(terms);
        app.import_places_as_operator(content::places(&app), "town").await.unwrap();
        let budgets = app.import_budgets_as_operator(content::budgets(&app)).await.unwrap();
        let projects = content::projects(&app);
        let numbers = projects.iter().map(|project| (project.number.clone(), project.id)).collect();
        app.import_projects_as_operator(projects).await.unwrap();
        let people = people(&app, &*store).await;
        let mut town = Self {
            state: WebState::new(app.clone(), options),
            app,
            store,
            clock,
            people,
            projects: numbers,
            comments: [CommentId(uuid::Uuid::nil()); 2],
            budgets,
            _folder: folder,
        };
        let changes = content::voices(&town);
        for (at, change) in changes.iter().filter_map(comment_of).take(2).enumerate() {
            town.comments[at] = change;
        }
        town.store.apply(changes).await.unwrap();
        town
    }

    pub(crate) fn project(&self, number: &str) -> ProjectId {
        self.projects[number]
    }

    pub(crate) fn step(&self, by: SignedDuration) {
        self.clock.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::Relaxed);
    }

    /// Somebody who is not signed in.
    pub(crate) fn nobody(&self) -> Client {
        Client::new(self.state.clone(), None)
    }

    /// A signed-in person. The way through the form is tested in [`crate::session`].
    pub(crate) async fn person(&self, login: &str) -> Client {
        self.signed_in(self.people[login].id).await
    }

    /// The first person of a role, or nobody.
    pub(crate) async fn role(&self, role: Option<Role>) -> Client {
        match role {
            None => self.nobody(),
            Some(role) => {
                let (login, ..) = PEOPLE.iter().find(|(_, known, _)| *known == role).unwrap();
                self.person(login).await
            }
        }
    }

    /// Somebody by the account, also one that a test opened.
    pub(crate) async fn as_account(&self, account: AccountId) -> Client {
        self.signed_in(account).await
    }

    async fn signed_in(&self, account: AccountId) -> Client {
        let token = format!("{}{}", account.0.simple(), self.app.new_account_id().0.simple());
        let now = self.app.now();
        let session = Session {
            token_hash: hash_token(&token).unwrap(),
            account,
            created_at: now,
            expires_at: now + SignedDuration::from_hours(SESSION_HOURS),
            device: "Firefox, Linux".to_owned(),
            way: akimat_storage::SignInWay::Password,
            seen_at: now,
            provider: akimat_storage::ProviderSession::default(),
        };
        self.store.apply(vec![Change::AddSession(session)]).await.unwrap();
        Client::new(self.state.clone(), Some(token))
    }

    /// So many more residents, for elections.
    pub(crate) async fn crowd(&self, n: usize) -> Vec<Client> {
        let mut clients = Vec::with_capacity(n);
        for at in 0..n {
            let account = Account {
                id: self.app.new_account_id(),
                login: format!("crowd-{at}"),
                ..self.people["resident"].clone()
            };
            let id = account.id;
            self.store.apply(vec![Change::AddAccount(account, String::new())]).await.unwrap();
            clients.push(self.signed_in(id).await);
        }
        clients
    }

    /// How many acts are on record.
    pub(crate) async fn n_acts(&self) -> usize {
        let page = akimat_storage::PageRequest::first(200);
        self.store.list_audit(&page).await.unwrap().items.len()
    }
}

fn comment_of(change: &Change) -> Option<CommentId> {
    match change {
        Change::AddComment(comment, _) => Some(comment.id),
        _ => None,
    }
}

/// One password is hashed; the others are opened with the same hash, because hashing is slow on purpose.
async fn people(app: &App, store: &dyn Store) -> BTreeMap<&'static str, Account> {
    let mut people = BTreeMap::new();
    let mut hash = String::new();
    for (login, role, place) in PEOPLE {
        let office = if role == Role::Resident { String::new() } else { format!("Кеңсе «{login}»") };
        let account = if hash.is_empty() {
            let new = NewAccount {
                login: login.to_owned(),
                display_name: format!("Тұрғын {login}"),
                password: PASSWORD.to_owned(),
                role,
                place: Some(kato(place)),
                office,
            };
            let account = app.open_account_as_operator(new).await.unwrap();
            hash = store.find_credentials(login).await.unwrap().unwrap().password_hash;
            account
        } else {
            let account = Account {
                id: app.new_account_id(),
                login: login.to_owned(),
                display_name: format!("Тұрғын {login}"),
                role,
                place: Some(kato(place)),
                office,
                disabled: false,
                created_at: app.now(),
                grants: Vec::new(),
            };
            store.apply(vec![Change::AddAccount(account.clone(), hash.clone())]).await.unwrap();
            account
        };
        people.insert(login, account);
    }
    people
}
