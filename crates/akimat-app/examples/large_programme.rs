//! A large programme in the database of a demonstration, to measure its pages: so many invented candidates with scores,
//! and a scenario over five years that is asked for and solved here.
//!
//! ```text
//! target/debug/akimat demo --data /tmp/large --load-only
//! cargo run -p akimat-app --example large_programme -- /tmp/large/akimat.sqlite 300
//! target/debug/akimat serve --data /tmp/large --listen 127.0.0.1:8080
//! ```
#![expect(clippy::print_stdout, reason = "an example that says what it made")]

use akimat_app::app::Parts;
use akimat_app::criteria_set::{CriteriaDocument, ValueSource};
use akimat_app::programme::{NewProgramme, ProgrammeRequest, SourceAsk, factors};
use akimat_app::published::Published;
use akimat_app::score::ScoreDraft;
use akimat_app::{App, SystemChance, SystemClock};
use akimat_core::{KatoCode, Money, Text};
use akimat_project::{MoneyLine, MoneySource, Project, Sector, Status};
use akimat_solver_highs::Highs;
use akimat_storage::{Account, Change, ProjectFilter, Store};
use akimat_storage_sqlite::{Options, SqliteStore};
use std::sync::Arc;
use uuid::Uuid;

/// The invented district.
const DISTRICT: u32 = 990_100_000;
/// First year of the programme.
const FIRST_YEAR: i16 = 2027;
/// Its years.
const YEARS: u16 = 5;

/// The territory of the programme.
fn district() -> Result<KatoCode, Failure> {
    Ok(KatoCode::from_number(DISTRICT).ok_or("the district has no such code")?)
}

type Failure = Box<dyn std::error::Error>;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }
}

fn thousand(amount: u64) -> Money {
    Money::from_tiyn(i64::try_from(amount * 100_000).unwrap_or(i64::MAX))
}

/// A candidate like a project of the register, with money of its own over one to three years.
fn candidate(app: &App, like: &Project, (at, place): (usize, KatoCode), draw: &mut Draw) -> Project {
    let years = i16::try_from(1 + draw.below(3)).unwrap_or(1);
    let first = FIRST_YEAR + i16::try_from(draw.below(3)).unwrap_or(0);
    let source = if draw.below(3) == 0 { MoneySource::Transfer } else { MoneySource::Own };
    let money = (first..first + years).map(|year| MoneyLine {
        planned: Some(thousand(20_000 + draw.below(280_000))),
        ..MoneyLine::new(year, source)
    });
    let money = money.collect();
    let sector = usize::try_from(draw.below(6)).unwrap_or(0);
    Project {
        id: app.new_project_id(),
        number: format!("L-{at:04}"),
        place,
        title: Text::new(
            format!("{at}-жоба (үлгі)"),
            format!("Проект {at} (пример)"),
            format!("Project {at} (sample)"),
        ),
        sector: Sector::ALL[sector],
        status: Status::Appraisal,
        progress_pct: 0,
        exclusive_group: String::new(),
        scores: Vec::new(),
        money,
        milestones: Vec::new(),
        version: 1,
        ..like.clone()
    }
}

fn scores(document: &CriteriaDocument, draw: &mut Draw) -> Vec<ScoreDraft> {
    let asked = document.criteria.iter().filter(|one| one.source == ValueSource::Commission);
    asked
        .map(|one| {
            let point = 20 + draw.below(75);
            ScoreDraft {
                criterion: one.code.clone(),
                point: point.to_string(),
                low: (point - draw.below(12).min(point)).to_string(),
                high: (point + draw.below(12)).min(100).to_string(),
                note: String::new(),
            }
        })
        .collect()
}

async fn account(app: &App, login: &str) -> Result<Account, Failure> {
    let found = app.read().find_credentials(login).await?;
    Ok(found.ok_or("the demonstration has no such account")?.account)
}

async fn fill(app: &App, store: &dyn Store, n: usize) -> Result<(), Failure> {
    let district = district()?;
    let analyst = account(app, "analyst").await?;
    let filter =
        ProjectFilter { place: Some(district), status: vec![Status::Appraisal], ..ProjectFilter::default() };
    let known = app.read().list_whole_projects(&filter, 2_000).await?;
    let like = known.first().ok_or("the demonstration has no candidate")?;
    let places = app.read().list_child_places(Some(district), app.today()).await?;
    let (set, document) =
        app.find_approved_criteria(district, FIRST_YEAR).await?.ok_or("no criteria are approved")?;
    let mut draw = Draw(300);
    let more = n.saturating_sub(known.len());
    let made: Vec<Project> =
        (1..=more).map(|at| candidate(app, like, (at, places[at % places.len()].code), &mut draw)).collect();
    for part in made.chunks(50) {
        let adds = part.iter().map(|one| Change::AddProject(Box::new(one.clone())));
        store.apply(adds.collect()).await?;
    }
    for one in &made {
        app.score_project(Some(&analyst), (set.id, one.id), &scores(&document, &mut draw)).await?;
    }
    println!("{} candidates", known.len() + made.len());
    Ok(())
}

async fn scenario(app: &App, n: usize) -> Result<Uuid, Failure> {
    let analyst = account(app, "analyst").await?;
    let each = u64::try_from(n).unwrap_or(0) * 25_000;
    let source = |source, share: u64| SourceAsk {
        source,
        budget: vec![thousand(each * share / 100); usize::from(YEARS)],
        tail: Some(thousand(each * share / 100)),
    };
    let request = ProgrammeRequest {
        sources: vec![source(MoneySource::Own, 65), source(MoneySource::Transfer, 35)],
        discount: factors(500, YEARS),
        starts_cap: vec![u32::try_from(n / 7).unwrap_or(1); usize::from(YEARS)],
        running: false,
        gap_millionths: 10_000,
        ..ProgrammeRequest::default()
    };
    let new = NewProgramme {
        place: district()?,
        title: format!("{n}"),
        first_year: FIRST_YEAR,
        years: YEARS,
        request: Some(request),
    };
    let id = app.create_programme(Some(&analyst), new).await?;
    app.solve_programme(Some(&analyst), (id, 1)).await?;
    Ok(id)
}

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("the database file comes first")?;
    let n: usize = args.next().map_or(Ok(300), |text| text.parse())?;
    let store = Arc::new(SqliteStore::open(std::path::Path::new(&file), &Options::default())?);
    let app = App::new(Parts {
        store: Arc::clone(&store) as Arc<dyn Store>,
        solver: Arc::new(Highs),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        zone: jiff::tz::TimeZone::UTC,
        criteria: Published::default(),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        fill(&app, &*store, n).await?;
        let id = scenario(&app, n).await?;
        let begun = std::time::Instant::now();
        while app.work_on_next_job(Uuid::from_u128(1)).await? {}
        println!("solved and explained in {:.1} s", begun.elapsed().as_secs_f64());
        println!("/ru/admin/programmes/{id}/whatif");
        Ok(())
    })
}
