//! `akimat bench seed`: pseudo projects, comments and votes under the invented district, the same at every
//! run, all marked as invented.

use super::candidates;
use super::roster::{LOGIN_PREFIX, NUMBER_PREFIX};
use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::demo::{self, district};
use crate::{progress, say};
use akimat_app::account::NewAccount;
use akimat_core::{AccountId, CommentId, KatoCode, Lang, Money, ProjectId, Role, Text, UpdateId};
use akimat_participation::{Comment, Rating, Subject, Talk};
use akimat_project::{
    Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project, ProjectUpdate, Sector, Status,
    StatusChange,
};
use akimat_storage::{Account, Batch, Change, Store};
use anyhow::{Context, bail};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Password of every pseudo resident.
const PASSWORD: &str = "bench-resident-password";
/// Changes of one batch.
const BATCH: usize = 1_000;
/// Batches under way at once. Those of one kind do not depend on one another.
const UNDER_WAY: usize = 4;
/// Votes of one pseudo resident.
const VOTES_EACH: usize = 100;

/// Enlarge the demonstration by pseudo data, marked as invented. The demonstration is loaded first where it
/// is not there.
#[derive(Debug, clap::Args)]
pub(crate) struct Seed {
    #[command(flatten)]
    home: Home,
    /// Projects
    #[arg(long, default_value_t = 10_000)]
    projects: usize,
    /// Comments
    #[arg(long, default_value_t = 100_000)]
    comments: usize,
    /// Votes, a hundred of each pseudo resident
    #[arg(long, default_value_t = 1_000_000)]
    votes: usize,
    /// News of projects
    #[arg(long, default_value_t = 0)]
    updates: usize,
    /// Projects in appraisal with scores, and a scenario that can pay for about half of them
    #[arg(long, default_value_t = 0)]
    candidates: usize,
}

/// Numbers that look like chance and are the same at every run (SplitMix64, Steele and others 2014).
pub(super) struct Dice(u64);

impl Dice {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`, which is not zero.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap_or_default()
    }

    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// An identifier as if it were made at `at`.
    fn uuid(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let mut tail = [0; 10];
        tail[..8].copy_from_slice(&self.next().to_be_bytes());
        tail[8..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }
}

impl Seed {
    /// Fills the database.
    ///
    /// # Errors
    /// When it was filled before, or the database fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load(&self.home)?;
        compose::runtime()?.block_on(async {
            let started = Instant::now();
            let platform = compose::platform(&config).await?;
            demo::load(&platform, false).await?;
            if platform.app.read().find_credentials(&login(0)).await?.is_some() {
                bail!("this database was seeded before: choose another --data");
            }
            let dice = &mut Dice(2_026);
            let places = places(&platform).await?;
            let accounts = self.accounts(&platform, dice).await?;
            let projects = self.add_projects(&platform, dice, &places).await?;
            self.add_updates(&platform, dice, &projects).await?;
            self.add_comments(&platform, dice, &projects, &accounts).await?;
            self.add_votes(&platform, dice, &projects, &accounts).await?;
            if self.candidates > 0 {
                candidates::add(&platform, dice, (&places, self.candidates)).await?;
            }
            say::out(&format!(
                "{} projects, {} news, {} comments, {} votes of {} residents in {:.1} s",
                projects.len(),
                self.updates,
                self.comments,
                self.votes,
                accounts.len(),
                started.elapsed().as_secs_f64()
            ));
            Ok(ExitCode::SUCCESS)
        })
    }

    /// Opens pseudo residents. The first is opened as everybody is; the others share its hash, for a
    /// thousand hashes would take minutes.
    async fn accounts(&self, platform: &Platform, dice: &mut Dice) -> anyhow::Result<Vec<AccountId>> {
        let n_accounts = self.votes.div_ceil(VOTES_EACH).max(1);
        let app = &platform.app;
        let new = NewAccount {
            login: login(0),
            display_name: "Bench 0".to_owned(),
            password: PASSWORD.to_owned(),
            role: Role::Resident,
            place: Some(district()),
            office: String::new(),
        };
        let first =
            app.open_account_as_operator(new).await.map_err(|error| say::app_error(Lang::En, &error))?;
        let found = app.read().find_credentials(&first.login).await?;
        let hash = found.context("the account that was just opened")?.password_hash;
        let mut ids = vec![first.id];
        let mut writer = Writer::new(platform, n_accounts, "residents");
        for n in 1..n_accounts {
            let id = AccountId(dice.uuid(first.created_at));
            let account =
                Account { id, login: login(n), display_name: format!("Bench {n}"), ..first.clone() };
            ids.push(id);
            writer.add(Change::AddAccount(account, hash.clone())).await?;
        }
        writer.finish().await?;
        Ok(ids)
    }

    async fn add_projects(
        &self,
        platform: &Platform,
        dice: &mut Dice,
        places: &[KatoCode],
    ) -> anyhow::Result<Vec<(ProjectId, KatoCode)>> {
        let now = platform.app.now();
        let mut made = Vec::with_capacity(self.projects);
        let mut writer = Writer::new(platform, self.projects, "projects");
        for n in 0..self.projects {
            let place = dice.pick(places);
            let project = project(dice, n, place, now)?;
            let (id, place) = (project.id, project.place);
            let [added, begun] = begin(project);
            writer.add(added).await?;
            writer.also(begun);
            made.push((id, place));
        }
        writer.finish().await?;
        Ok(made)
    }

    async fn add_updates(
        &self,
        platform: &Platform,
        dice: &mut Dice,
        projects: &[(ProjectId, KatoCode)],
    ) -> anyhow::Result<()> {
        let now = platform.app.now();
        let mut writer = Writer::new(platform, self.updates, "news");
        for n in 0..self.updates {
            let (project, _) = dice.pick(projects);
            let at = ago(dice, now, 900);
            let lang = dice.pick(&Lang::ALL);
            let body = format!("{} ({n})", dice.pick(&NEWS).get(lang.index()).copied().unwrap_or_default());
            let update = ProjectUpdate {
                id: UpdateId(dice.uuid(at)),
                project,
                at,
                by: "Bench".to_owned(),
                lang,
                body,
                progress_pct: u8::try_from(dice.below(101))?,
            };
            writer.add(Change::AddProjectUpdate(update)).await?;
        }
        writer.finish().await
    }

    async fn add_comments(
        &self,
        platform: &Platform,
        dice: &mut Dice,
        projects: &[(ProjectId, KatoCode)],
        accounts: &[AccountId],
    ) -> anyhow::Result<()> {
        let now = platform.app.now();
        let mut writer = Writer::new(platform, self.comments, "comments");
        for n in 0..self.comments {
            let (project, place) = dice.pick(projects);
            let at = ago(dice, now, 700);
            let lang = dice.pick(&Lang::ALL);
            let body = format!("{} ({n})", dice.pick(&WORDS).get(lang.index()).copied().unwrap_or_default());
            let comment = Comment {
                id: CommentId(dice.uuid(at)),
                subject: Subject::Project(project),
                author: dice.pick(accounts),
                author_name: "Bench".to_owned(),
                official: false,
                lang,
                body,
                at,
                hidden: None,
                talk: Talk::default(),
            };
            writer.add(Change::AddComment(Box::new(comment), place)).await?;
        }
        writer.finish().await
    }

    /// Each resident votes on projects that follow one another from a place of their own.
    async fn add_votes(
        &self,
        platform: &Platform,
        dice: &mut Dice,
        projects: &[(ProjectId, KatoCode)],
        accounts: &[AccountId],
    ) -> anyhow::Result<()> {
        let now = platform.app.now();
        let mut writer = Writer::new(platform, self.votes, "votes");
        let mut start = 0;
        for n in 0..self.votes {
            if n % VOTES_EACH == 0 {
                start = dice.below(projects.len());
            }
            let (project, place) = projects[(start + n % VOTES_EACH) % projects.len()];
            let value = 1 + dice.below(10).div_ceil(2).min(4);
            let rating = u8::try_from(value).ok().and_then(Rating::new).expect("between 1 and 5");
            let account = accounts[n / VOTES_EACH];
            let at = ago(dice, now, 300);
            writer.add(Change::PutRating { project, place, account, rating, at }).await?;
        }
        writer.finish().await
    }
}

/// Collects changes into batches, and keeps some under way.
struct Writer {
    store: Arc<dyn Store>,
    batch: Batch,
    under_way: JoinSet<akimat_storage::Result<()>>,
    bar: indicatif::ProgressBar,
}

impl Writer {
    fn new(platform: &Platform, n_steps: usize, what: &'static str) -> Self {
        let bar = progress::bar(u64::try_from(n_steps).unwrap_or(u64::MAX), what);
        Self { store: Arc::clone(&platform.store), batch: Batch::new(), under_way: JoinSet::new(), bar }
    }

    async fn add(&mut self, change: Change) -> anyhow::Result<()> {
        if self.batch.len() >= BATCH {
            self.send();
            if self.under_way.len() >= UNDER_WAY
                && let Some(done) = self.under_way.join_next().await
            {
                done??;
            }
        }
        self.also(change);
        self.bar.inc(1);
        Ok(())
    }

    fn send(&mut self) {
        let store = Arc::clone(&self.store);
        let batch = std::mem::take(&mut self.batch);
        self.under_way.spawn(async move { store.apply(batch).await });
    }

    /// Goes into the same batch as the change before it.
    fn also(&mut self, change: Change) {
        self.batch.push(change);
    }

    async fn finish(mut self) -> anyhow::Result<()> {
        self.send();
        while let Some(done) = self.under_way.join_next().await {
            done??;
        }
        self.bar.finish_and_clear();
        Ok(())
    }
}

fn login(n: usize) -> String {
    format!("{LOGIN_PREFIX}{n:06}")
}

/// The villages, the town and the okrugs of the district, whose own depth may grow.
async fn places(platform: &Platform) -> anyhow::Result<Vec<KatoCode>> {
    let app = &platform.app;
    let mut codes = vec![district()];
    let mut at = 0;
    while let Some(parent) = codes.get(at).copied() {
        let below = app.read().list_child_places(Some(parent), app.today()).await?;
        codes.extend(below.into_iter().map(|place| place.code));
        at += 1;
    }
    Ok(codes)
}

fn ago(dice: &mut Dice, now: Timestamp, days_max: usize) -> Timestamp {
    let seconds = i64::try_from(dice.below(days_max * 86_400)).unwrap_or_default();
    now - SignedDuration::from_secs(seconds)
}

/// What pseudo residents say, in the order of `Lang::ALL`.
const WORDS: [[&str; 3]; 3] = [
    ["Жұмыс қашан басталады?", "Когда начнутся работы?", "When does the work begin?"],
    ["Жол жақсы болды, рақмет.", "Дорога стала лучше, спасибо.", "The road is better, thank you."],
    ["Көшеде жарық жоқ.", "На улице нет света.", "There is no light in the street."],
];

/// What pseudo managers write, in the order of `Lang::ALL`.
const NEWS: [[&str; 3]; 3] = [
    ["Жер жұмыстары аяқталды.", "Земляные работы закончены.", "The earthworks are finished."],
    ["Жабдық жеткізілді.", "Оборудование доставлено.", "The equipment was delivered."],
    ["Сынақ жүріп жатыр.", "Идут испытания.", "Tests are under way."],
];

/// What pseudo projects are about, in the order of `Lang::ALL`.
const TITLES: [[&str; 3]; 12] = [
    ["Көшені жөндеу", "Ремонт улицы", "Street repair"],
    ["Су құбырын тарту", "Прокладка водопровода", "Water main"],
    ["Мектепті жөндеу", "Ремонт школы", "School repair"],
    ["Көше жарығын орнату", "Освещение улицы", "Street lighting"],
    ["Балабақша салу", "Строительство детского сада", "Kindergarten"],
    ["Дәрігерлік амбулатория салу", "Строительство врачебной амбулатории", "Outpatient clinic"],
    ["Кәріз желілерін жаңғырту", "Модернизация сетей канализации", "Sewer renewal"],
    ["Көпірді күрделі жөндеу", "Капитальный ремонт моста", "Bridge overhaul"],
    ["Саябақты абаттандыру", "Благоустройство парка", "Park improvement"],
    ["Спорт алаңын салу", "Строительство спортивной площадки", "Sports ground"],
    ["Газ құбырын тарту", "Газификация населённого пункта", "Gas supply"],
    ["Кітапхананы жаңарту", "Обновление библиотеки", "Library renewal"],
];

/// A project with its first status.
pub(super) fn begin(project: Project) -> [Change; 2] {
    let change = StatusChange {
        from: None,
        to: project.status,
        at: project.created_at,
        by: "bench".to_owned(),
        reason: String::new(),
        stage: String::new(),
        basis: akimat_project::Basis::default(),
    };
    let id = project.id;
    [Change::AddProject(Box::new(project)), Change::AddStatusChange(id, change)]
}

/// A pseudo project; everything but its territory follows from the dice.
pub(super) fn project(dice: &mut Dice, n: usize, place: KatoCode, now: Timestamp) -> anyhow::Result<Project> {
    let created_at = ago(dice, now, 1_000);
    let year = 2024 + i16::try_from(dice.below(4))?;
    let status = dice.pick(&Status::ALL);
    let [kk, ru, en] = dice.pick(&TITLES).map(|title| format!("{title} № {n} (bench)"));
    let begun = matches!(status, Status::Implementing | Status::Completed | Status::Suspended);
    let progress_pct = match status {
        Status::Completed => 100,
        _ if begun => u8::try_from(dice.below(100))?,
        _ => 0,
    };
    let planned = Money::from_tiyn(i64::try_from(1_000 + dice.below(900_000))? * 100_000);
    let paid = begun.then(|| Money::from_tiyn(planned.tiyn() / 100 * i64::from(progress_pct)));
    Ok(Project {
        id: ProjectId(dice.uuid(created_at)),
        number: format!("{NUMBER_PREFIX}{n:06}"),
        place,
        title: Text { kk, ru, en },
        summary: Text::same("Made up for measurements."),
        sector: dice.pick(Sector::ALL),
        kind: dice.pick(Kind::ALL),
        modality: dice.pick(Modality::ALL),
        level: dice.pick(Level::ALL),
        status,
        progress_pct,
        contractor: String::new(),
        starts_on: Some(Date::constant(year, 4, 1)),
        ends_on: Some(Date::constant(year, 11, 1)),
        location: Some(Point {
            lat_e6: 44_500_000 + i32::try_from(dice.below(900_000))?,
            lon_e6: 69_000_000 + i32::try_from(dice.below(900_000))?,
        }),
        scores: Vec::new(),
        exclusive_group: String::new(),
        manager: None,
        invented: true,
        version: 1,
        created_at,
        updated_at: created_at,
        money: vec![MoneyLine {
            planned: Some(planned),
            contracted: paid.and(Some(planned)),
            paid,
            ..MoneyLine::new(year, dice.pick(MoneySource::ALL))
        }],
        milestones: vec![Milestone {
            title: Text::same("Completion"),
            planned_on: Date::constant(year, 11, 1),
            forecast_on: None,
            actual_on: None,
        }],
        results: Vec::new(),
        stage: String::new(),
        news_at: created_at,
        beneficiaries: Vec::new(),
        partners: Vec::new(),
        international: false,
    })
}
