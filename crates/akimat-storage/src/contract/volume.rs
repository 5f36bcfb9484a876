//! A database as large as a region's, for measurements: the same at every run, nothing in it is real.

pub mod reads;

use super::build::{account, at, budget, comment, figures, id, line, money, place, project, session, vote};
use crate::{Batch, Change, Result, Store};
use akimat_budget::{Budget, Item};
use akimat_core::{KatoCode, Place, PlaceKind, Text};
use akimat_participation::Comment;
use akimat_project::{Kind, Modality, MoneySource, Project, Sector, Status};
pub use reads::{Meter, Reading, measure};

/// How much of everything.
#[derive(Clone, Copy, Debug)]
pub struct Volume {
    /// Projects.
    pub projects: u64,
    /// Comments.
    pub comments: u64,
    /// Votes.
    pub votes: u64,
}

impl Default for Volume {
    fn default() -> Self {
        Self { projects: 10_000, comments: 100_000, votes: 1_000_000 }
    }
}

/// Changes of one batch.
const BATCH: usize = 2_000;
/// Votes of one person.
const VOTES_EACH: u64 = 100;

/// Fills an empty database.
///
/// # Errors
/// What the database says.
pub async fn fill(store: &dyn Store, volume: Volume) -> Result<()> {
    let places = places();
    let villages: Vec<KatoCode> =
        places.iter().filter(|place| place.depth == 4).map(|place| place.code).collect();
    let home = |n: u64| villages[index(mix(n), villages.len())];
    store.apply(vec![Change::PutPlaces(places)]).await?;
    store.apply(vec![Change::AddAccount(account(1), "hash".to_owned())]).await?;
    store.apply(vec![Change::AddSession(session(1, 1, 100_000_000))]).await?;
    let budgets = (0..60_u64).map(|n| Change::AddBudget(Box::new(large_budget(n, home(n / 6))), figures()));
    store.apply(budgets.collect()).await?;
    let projects = (0..volume.projects).map(|n| Change::AddProject(Box::new(one_of_many(n, home(n)))));
    apply(store, projects).await?;
    let comments = (0..volume.comments).map(|n| {
        let project = mix(n) % volume.projects.max(1);
        let said = Comment { id: akimat_core::CommentId(id(mix(n) >> 1)), ..comment(n, project) };
        Change::AddComment(Box::new(said), home(project))
    });
    apply(store, comments).await?;
    let votes = (0..volume.votes).map(|n| {
        let person = n / VOTES_EACH;
        let project = (mix(person) + n % VOTES_EACH) % volume.projects.max(1);
        vote(project, 1_000 + person, (mix(n) % 5) as u8 + 1)
    });
    apply(store, votes).await
}

async fn apply(store: &dyn Store, changes: impl Iterator<Item = Change>) -> Result<()> {
    let mut batch = Batch::with_capacity(BATCH);
    for change in changes {
        batch.push(change);
        if batch.len() == BATCH {
            store.apply(std::mem::take(&mut batch)).await?;
        }
    }
    store.apply(batch).await
}

/// A number that looks like chance (SplitMix64, Steele and others 2014).
fn mix(n: u64) -> u64 {
    let mut z = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn index(n: u64, length: usize) -> usize {
    usize::try_from(n % length.max(1) as u64).unwrap_or(0)
}

/// 16,220 territories: 20 regions, 200 districts, 1,600 okrugs, 14,400 villages.
pub fn places() -> Vec<Place> {
    let mut places = Vec::new();
    let mut put = |code: u32, parent: Option<u32>, depth: u8, kind: PlaceKind| {
        let names = (format!("Ақсу {code}"), format!("Аксу {code}"));
        let n = places.len() as u64;
        places.push(Place { depth, ..place(n, code, parent, kind, (&names.0, &names.1)) });
    };
    for region in (11..=30).map(|n| n * 10_000_000) {
        put(region, None, 1, PlaceKind::Region);
        for district in (1..=10).map(|n| region + n * 100_000) {
            put(district, Some(region), 2, PlaceKind::District);
            for okrug in (1..=8).map(|n| district + n * 1_000) {
                put(okrug, Some(district), 3, PlaceKind::RuralOkrug);
                for village in (1..=9).map(|n| okrug + n * 100) {
                    put(village, Some(okrug), 4, PlaceKind::Village);
                }
            }
        }
    }
    places
}

/// A budget of 400 lines; six years of one territory follow one another.
fn large_budget(n: u64, place: KatoCode) -> Budget {
    let year = 2020 + (n % 6) as i16;
    let lines = (0..400).map(|at| line(at + 1, Item::FunctionalGroup, &format!("{at:03}"), 100)).collect();
    Budget { lines, ..budget(n, Some(place.number()), year) }
}

fn one_of_many(n: u64, place: KatoCode) -> Project {
    const TITLES: [[&str; 3]; 4] = [
        ["Көшені жөндеу", "Ремонт улицы", "Street repair"],
        ["Су құбырын тарту", "Прокладка водопровода", "Water main"],
        ["Мектепті жөндеу", "Ремонт школы", "School repair"],
        ["Көше жарығын орнату", "Освещение улицы", "Street lighting"],
    ];
    let dice = mix(n ^ 0x5eed);
    let [kk, ru, en] = TITLES[index(dice, 4)].map(|title| format!("{title} № {n}"));
    let year = 2024 + (dice / 4 % 4) as i16;
    let planned = i64::try_from(1_000 + dice % 900_000).unwrap_or(0);
    Project {
        number: format!("AQ-{n:06}"),
        place,
        title: Text { kk, ru, en },
        sector: Sector::ALL[index(dice / 16, Sector::ALL.len())],
        kind: Kind::ALL[index(dice / 256, Kind::ALL.len())],
        modality: Modality::ALL[index(dice / 2_048, Modality::ALL.len())],
        status: Status::ALL[index(dice / 16_384, Status::ALL.len())],
        updated_at: at(i64::try_from(dice >> 40).unwrap_or(0)),
        money: vec![
            money(year, MoneySource::Own, Some(planned), Some(planned / 3)),
            money(year + 1, MoneySource::Transfer, Some(planned), None),
        ],
        ..project(n)
    }
}
