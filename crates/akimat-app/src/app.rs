//! What every use case is given: the store, the solver, time and chance.

use crate::published::Published;
use akimat_allocation::Solver;
use akimat_core::{
    AccountId, BudgetId, CommentId, DecisionId, ForecastId, JobId, KatoCode, PlaceId, ProjectId, QuestionId,
    SavedId, UpdateId,
};
use akimat_storage::{Account, AuditRecord, Change, Read, Store};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::sync::Arc;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Draws chance.
pub trait Chance: Send + Sync {
    /// Thirty-two bytes that nobody can guess.
    fn bytes(&self) -> [u8; 32];
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random source of the operating system.
#[derive(Clone, Copy, Debug)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system has a random source");
        bytes
    }
}

/// What the platform is put together from.
pub struct Parts {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The exact solver of programmes.
    pub solver: Arc<dyn Solver>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// The territory's zone: pages show it, and days begin by it.
    pub zone: TimeZone,
    /// The published criteria.
    pub criteria: Published,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("zone", &self.zone).finish_non_exhaustive()
    }
}

/// The platform behind its faces.
#[derive(Clone)]
pub struct App {
    store: Arc<dyn Store>,
    solver: Arc<dyn Solver>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    zone: TimeZone,
    criteria: Arc<Published>,
    hashing: Arc<tokio::sync::Semaphore>,
    surveys: Arc<crate::finding::SurveyMemo>,
    outcomes: Arc<crate::outcome::OutcomeMemo>,
    photos: crate::photo::PhotoWork,
    pub(crate) columns: Option<Arc<dyn akimat_storage::columns::Columns>>,
    pub(crate) post: Option<Arc<crate::outbox::Post>>,
    /// What acts need of persons, and how long records about them are kept.
    pub(crate) persons: Arc<crate::person::Persons>,
    pub(crate) log: Option<Arc<crate::log::LogKeeper>>,
    /// The key outside the database.
    pub(crate) key: Option<Arc<crate::secret::PlatformKey>>,
    /// The key of ballots, which is outside the database too.
    pub(crate) ballot_key: Option<Arc<crate::secret::PlatformKey>>,
    pub(crate) settings: Arc<crate::ballot::setting::Settings>,
    /// Who else may say who somebody is.
    pub(crate) providers: Arc<Vec<Arc<dyn crate::provider::IdentityProvider>>>,
    /// Whose certificates count when persons sign.
    pub(crate) signing: Option<Arc<crate::person::signature::Signing>>,
    /// Everybody who works here needs a second factor.
    pub(crate) staff_factor: bool,
    /// For whom passkeys are made; without it there are none.
    pub(crate) party: Option<Arc<crate::passkey::verify::RelyingParty>>,
    /// How long sessions last.
    pub(crate) terms: crate::session::SessionTerms,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("zone", &self.zone).finish_non_exhaustive()
    }
}

impl App {
    /// Puts the platform together.
    pub fn new(parts: Parts) -> Self {
        let Parts { store, solver, clock, chance, zone, criteria } = parts;
        // Each hash takes 19 MiB: two at once keep a small machine small.
        let criteria = Arc::new(criteria);
        Self {
            store,
            solver,
            clock,
            chance,
            zone,
            criteria,
            hashing: Arc::new(tokio::sync::Semaphore::new(2)),
            surveys: Arc::default(),
            outcomes: Arc::default(),
            photos: crate::photo::PhotoWork::default(),
            columns: None,
            post: None,
            persons: Arc::default(),
            log: None,
            key: None,
            ballot_key: None,
            settings: Arc::default(),
            providers: Arc::default(),
            signing: None,
            staff_factor: false,
            party: None,
            terms: crate::session::SessionTerms::default(),
        }
    }

    /// All reads, for pages.
    pub fn read(&self) -> &dyn Read {
        &*self.store
    }

    /// Now, in the microseconds that the database keeps: what is written and what is read back later must be the same
    /// value, or a record in the log would differ from its own row.
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Today where the territory is.
    pub fn today(&self) -> Date {
        self.now().to_zoned(self.zone.clone()).date()
    }

    /// The territory's zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The published criteria.
    pub fn criteria(&self) -> &Published {
        &self.criteria
    }

    /// The store for changes: each batch gets the leaves of the log that follow from it.
    pub(crate) fn store(&self) -> crate::log::Logged<'_> {
        crate::log::Logged { store: &*self.store, now: self.now() }
    }

    pub(crate) fn solver(&self) -> Arc<dyn Solver> {
        self.solver.clone()
    }

    /// The same platform that checks photographs in this way.
    #[must_use]
    pub fn with_photo_work(self, photos: crate::photo::PhotoWork) -> Self {
        Self { photos, ..self }
    }

    /// The same platform at another time: a demonstration tells what happened before it was loaded.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    pub(crate) const fn photo_work(&self) -> &crate::photo::PhotoWork {
        &self.photos
    }

    pub(crate) fn hashing(&self) -> Arc<tokio::sync::Semaphore> {
        self.hashing.clone()
    }

    pub(crate) fn outcomes(&self) -> &crate::outcome::OutcomeMemo {
        &self.outcomes
    }

    pub(crate) fn surveys(&self) -> &crate::finding::SurveyMemo {
        &self.surveys
    }

    pub(crate) fn secret(&self) -> [u8; 32] {
        self.chance.bytes()
    }

    /// A new identifier that nobody can guess.
    pub(crate) fn new_secret_uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.chance.bytes()[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A new time-ordered identifier.
    pub(crate) fn new_uuid(&self) -> Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or_default();
        let chance = self.chance.bytes();
        let mut tail = [0; 10];
        tail.copy_from_slice(&chance[..10]);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    /// The audit record of an act, to go into its batch.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "identifiers are small; a reference at every call is noise"
    )]
    pub(crate) fn audit(
        &self,
        actor: Option<&Account>,
        verb: &str,
        subject: impl ToString,
        place: Option<KatoCode>,
        detail: &serde_json::Value,
    ) -> Change {
        Change::AddAudit(AuditRecord {
            id: self.new_uuid(),
            at: self.now(),
            actor: actor.map(|account| account.id),
            verb: verb.to_owned(),
            subject: subject.to_string(),
            place,
            detail: detail.to_string(),
        })
    }
}

macro_rules! new_ids {
    ($($name:ident: $id:ident),*) => { impl App { $(
        /// A new identifier.
        pub fn $name(&self) -> $id {
            $id(self.new_uuid())
        }
    )* } };
}

new_ids!(
    new_place_id: PlaceId,
    new_budget_id: BudgetId,
    new_project_id: ProjectId,
    new_update_id: UpdateId,
    new_comment_id: CommentId,
    new_account_id: AccountId,
    new_decision_id: DecisionId,
    new_question_id: QuestionId,
    new_saved_id: SavedId,
    new_forecast_id: ForecastId,
    new_job_id: JobId
);
