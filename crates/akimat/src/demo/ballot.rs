//! Ballots of the invented processes: of the one that is over, counted by the same code as real ones, and of the one
//! that runs. Who chooses what follows from numbers alone, so that every demonstration tells the same.

use super::say_en;
use akimat_app::ballot::Setting;
use akimat_app::ballot::close::Drawn;
use akimat_app::ballot::invented::InventedBallot;
use akimat_app::{App, Clock};
use akimat_core::KatoCode;
use akimat_participation::Ballot;
use akimat_participation::process::Phase;
use akimat_storage::Account;
use akimat_storage::ballot::Traits;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The process that is over, and how many took part.
const PAST: (&str, u64) = ("zhanabulaq-past", 412);
/// The process that runs.
const RUNNING: (&str, u64) = ("zhanabulaq", 287);
/// Where the invented voters live, by envelope.
const AREAS: [(&str, u32); 6] = [
    ("town", 990_101_000),
    ("north", 990_105_000),
    ("north", 990_107_000),
    ("south", 990_109_000),
    ("south", 990_111_000),
    ("town", 990_101_000),
];
/// Bands of age, as often as they take part.
const AGES: [&str; 8] = ["18-29", "30-44", "30-44", "30-44", "45-59", "45-59", "60-74", "75"];

struct At(Timestamp);

impl Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Numbers that follow from one another (Knuth's MMIX), so that no library's change alters the demonstration.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn draw(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }
}

/// Adds ballots to both processes, and counts those of the one that is over.
///
/// # Errors
/// When a process is missing in the demonstration, or the database fails.
pub(crate) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let running = app.ballot_setting(RUNNING.0).await.map_err(|error| say_en(&error))?;
    let until = app.now();
    app.invent_ballots(&running, &ballots(&running, RUNNING.1, until))
        .await
        .map_err(|error| say_en(&error))?;
    past(app, accounts).await
}

/// The vote of last year: closed, counted twice and published on the days of its calendar.
async fn past(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let setting = app.ballot_setting(PAST.0).await.map_err(|error| say_en(&error))?;
    let Some(term) = setting.process.term(Phase::Ballot).copied() else { return Ok(()) };
    let analyst = accounts.get("analyst");
    let then = |hours: i64| {
        let at = term.closes_at + SignedDuration::from_hours(hours);
        app.clone().with_clock(Arc::new(At(at)))
    };
    let voted = then(-1);
    let all = ballots(&setting, PAST.1, term.closes_at);
    voted.invent_ballots(&setting, &all).await.map_err(|error| say_en(&error))?;
    then(1).close_ballot(analyst, &setting).await.map_err(|error| say_en(&error))?;
    let drawn = Drawn {
        seed: "03 11 18 24 29 42".to_owned(),
        source: "Лотерея дня после закрытия урны (вымышлено)".to_owned(),
    };
    then(30).count_ballots(analyst, &setting, &drawn).await.map_err(|error| say_en(&error))?;
    then(54).publish_result(analyst, &setting).await.map_err(|error| say_en(&error))?;
    // Three weeks later what was chosen is begun, and has been built since.
    let setting = app.ballot_setting(PAST.0).await.map_err(|error| say_en(&error))?;
    then(24 * 20).begin_chosen(analyst, &setting).await.map_err(|error| say_en(&error))?;
    let links = app.read().list_ballot_projects(setting.process.id).await?;
    super::built::add(app, accounts, &links).await
}

/// Ballots of invented persons, handed in between the opening and `until`.
fn ballots(setting: &Setting, n: u64, until: Timestamp) -> Vec<InventedBallot> {
    let Some(term) = setting.process.term(Phase::Ballot) else { return Vec::new() };
    let seconds = until.min(term.closes_at).duration_since(term.opens_at).as_secs().max(2);
    let seed =
        setting.process.code.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let mut numbers = Numbers(seed);
    let mut all = Vec::new();
    for person in 0..n {
        let area = AREAS[usize::try_from(numbers.draw(6)).unwrap_or(0)];
        let ballot = choice(setting, area.0, &mut numbers);
        // More people at the beginning and at the end than between.
        let share = numbers.draw(1_000) * numbers.draw(1_000) / 1_000;
        let share = if person % 3 == 0 { 999 - share } else { share };
        let passed = seconds / 1_000 * i64::try_from(share).unwrap_or(0);
        let at = term.opens_at + SignedDuration::from_secs(passed);
        let traits = Traits {
            area: KatoCode::from_number(area.1),
            age_band: AGES[usize::try_from(numbers.draw(8)).unwrap_or(0)].to_owned(),
            sex: if numbers.draw(100) < 56 { "female" } else { "male" }.to_owned(),
        };
        let by_paper = setting.process.ballot.paper != akimat_participation::process::Paper::None;
        let paper = numbers.draw(20) == 0 && by_paper;
        if setting.paper.faults(&ballot).is_empty() {
            all.push(InventedBallot { person, ballot, at, traits, paper });
        }
    }
    all
}

/// What a person from an area marks: mostly there, projects with low digests more often, as taste would have it.
fn choice(setting: &Setting, home: &str, numbers: &mut Numbers) -> Ballot {
    let mut ballot = Ballot::default();
    let wanted = 2 + numbers.draw(3);
    for _ in 0..24 {
        if u64::try_from(ballot.marks.len()).unwrap_or(u64::MAX) >= wanted {
            break;
        }
        let at = numbers.draw(u64::try_from(setting.projects.len()).unwrap_or(1));
        let Some(project) = usize::try_from(at).ok().and_then(|at| setting.projects.get(at)) else {
            continue;
        };
        let number = u64::from(project.ballot_number.unwrap_or(1));
        let liking = 25 + number * 37 % 60 - if project.envelope == home { 0 } else { 18 };
        if numbers.draw(100) >= liking {
            continue;
        }
        if let Ok(more) = setting.paper.add(&ballot, project.id) {
            ballot = more;
        }
    }
    // An envelope with fewer marks than the rules ask for is filled up or left empty.
    for fault in setting.paper.faults(&ballot) {
        if let akimat_participation::ballot::Fault::TooFew { envelope, .. } = fault {
            for project in setting.of_envelope(envelope) {
                if let Ok(more) = setting.paper.add(&ballot, project.id) {
                    ballot = more;
                }
                if setting.paper.faults(&ballot).is_empty() {
                    break;
                }
            }
        }
    }
    ballot
}
