//! Small invented programmes by seed, and every plan that they allow: the truth that statements are held against.

use akimat_allocation::programme::{Draft, Id, Part, Plan, Precedence, Programme, Project, Source};
use akimat_allocation::verify;

/// SplitMix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A whole number from `low` to `high`.
    pub(crate) fn from(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).unwrap();
        low + i64::try_from(self.word() % width).unwrap()
    }

    fn year(&mut self, low: u16, high: u16) -> u16 {
        u16::try_from(self.from(i64::from(low), i64::from(high))).unwrap()
    }
}

/// Seven projects, three years, two tight sources and one that never binds; floors, lists, waits, running
/// contracts and barred projects by chance. With `odd`, payments are large and odd.
pub(crate) fn programme(seed: u64, odd: bool) -> Programme {
    let mut chance = Chance(seed);
    let (count, years) = (7_usize, 3_u16);
    let unit = if odd { 1_000_003 } else { 1 };
    let mut projects = Vec::new();
    for index in 0..count {
        let own: Vec<i64> = (0..chance.from(1, 3)).map(|_| chance.from(0, 40) * unit).collect();
        let ppp: Vec<i64> = if chance.from(1, 100) <= 40 {
            (0..chance.from(2, 5)).map(|_| chance.from(1, 15) * unit + chance.from(0, 9)).collect()
        } else {
            Vec::new()
        };
        let total = own.iter().chain(&ppp).sum();
        let earliest = chance.year(1, 2);
        projects.push(Project {
            id: Id::Text(format!("P{index}")),
            sector: Some(usize::try_from(chance.from(0, 1)).unwrap()),
            district: None,
            benefit: chance.from(0, 120),
            total,
            earliest,
            latest: chance.year(earliest, years),
            cost: vec![own, ppp, vec![1]],
            mandatory: false,
            barred: chance.from(1, 100) <= 4,
        });
    }
    let demand = |source: usize| -> i64 { projects.iter().flat_map(|p| p.cost[source].iter()).sum() };
    let mut source = |name: &str, demand: i64| Source {
        name: name.to_owned(),
        budget: (0..years).map(|_| demand * chance.from(12, 25) / 100).collect(),
        tail: Some(demand * chance.from(5, 30) / 100),
    };
    let sources = vec![
        source("own", demand(0)),
        source("ppp", demand(1)),
        Source { name: "free".to_owned(), budget: vec![1_000; 3], tail: None },
    ];
    let sector_total: i64 = projects.iter().filter(|p| p.sector == Some(0)).map(|p| p.total).sum();
    let floor = if chance.from(1, 100) <= 50 { sector_total / 4 } else { 0 };
    let part = |name: &str, floor| Part { name: name.to_owned(), floor, population: None };
    let draft = Draft {
        years,
        discount: vec![10_000, 9_434, 8_900],
        sources,
        sectors: vec![part("roads", floor), part("water", 0)],
        starts_cap: Some(vec![2, 2, 3]),
        exclusive: if chance.from(1, 100) <= 60 { vec![vec![0, 1]] } else { Vec::new() },
        precedence: if chance.from(1, 100) <= 60 {
            vec![Precedence { before: 2, after: 3, lag: chance.year(0, 1) }]
        } else {
            Vec::new()
        },
        projects,
        ..Draft::default()
    };
    draft.check().unwrap()
}

/// The programme with the payments of one project cut by so many percent; the source that never binds keeps one
/// unit, so that no project is without a cost.
pub(crate) fn cut(programme: &Programme, project: usize, percent: i64) -> Programme {
    let mut draft = programme.to_draft();
    for amount in draft.projects[project].cost.iter_mut().flatten() {
        *amount = *amount * (100 - percent) / 100;
    }
    draft.projects[project].cost[2] = vec![1];
    draft.check().unwrap()
}

/// Every assignment of years to projects, with its worth, whether or not the rules allow it.
pub(crate) fn assignments(programme: &Programme) -> Vec<(i64, Plan)> {
    let mut all = vec![Plan::empty(programme.projects().len())];
    for project in 0..programme.projects().len() {
        let mut more = Vec::new();
        for plan in &all {
            for year in programme.window(project) {
                let mut next = plan.clone();
                next.starts[project] = Some(year);
                more.push(next);
            }
        }
        all.extend(more);
    }
    all.into_iter().map(|plan| (programme.objective(&plan), plan)).collect()
}

/// Those that the rules allow.
pub(crate) fn allowed(programme: &Programme, all: &[(i64, Plan)]) -> Vec<(i64, Plan)> {
    all.iter().filter(|(_, plan)| verify(programme, plan).is_empty()).cloned().collect()
}
