//! Projects that may be one: title in any language, territory, sector, cost, place on the map.
//!
//! Titles are compared by the cosine of their letter triples, each weighted by how rare it is among the projects at
//! hand, so that «строительство» and «құрылысы» weigh next to nothing and «Ақжар» much. The resemblance is a hint with
//! its evidence; a person says whether two projects are one.

use crate::{MoneyLine, Point, Project, Sector};
use akimat_core::fold::fold;
use akimat_core::{KatoCode, Lang, Money, ProjectId, Text};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Resemblance from which two projects are shown as possibly one, in thousandths.
pub const RESEMBLANCE_SHOWN: u16 = 620;
/// Letter triples that more titles than this share lead to no candidates: they are in every other title.
const COMMON_MAX: usize = 400;
/// Metres at which nearness counts half.
const NEAR_M: f64 = 300.0;

/// What is compared of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The project.
    pub id: ProjectId,
    /// Its name.
    pub title: Text,
    /// Its territory.
    pub place: KatoCode,
    /// Its field of public life.
    pub sector: Sector,
    /// Its planned money.
    pub planned: Option<Money>,
    /// Where it is.
    pub location: Option<Point>,
}

/// Two projects that may be one, and why. All shares are in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Resemblance {
    /// Weighted mean of what is known of both, 0 to 1,000.
    pub total: u16,
    /// Titles.
    pub title: u16,
    /// The languages in which the titles resemble each other most.
    pub languages: (Lang, Lang),
    /// Territories: 1,000 the same, 800 one within the other, 0 apart.
    pub place: u16,
    /// Whether the sector is the same.
    pub same_sector: bool,
    /// The smaller planned cost by the greater; `None` when one is unknown.
    pub cost: Option<u16>,
    /// Metres between them; `None` when one is not on the map.
    pub metres: Option<u32>,
}

/// A project with what only its twin knows: empty fields take what the twin has, lists grow by what they lack. What both
/// know stays as the first has it; money of the same year, source and programme is money of the first.
#[must_use]
pub fn filled(kept: &Project, twin: &Project) -> Project {
    let mut full = kept.clone();
    for (own, other) in [(&mut full.title, &twin.title), (&mut full.summary, &twin.summary)] {
        for (own, other) in [(&mut own.kk, &other.kk), (&mut own.ru, &other.ru), (&mut own.en, &other.en)] {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
    }
    if full.contractor.is_empty() {
        full.contractor.clone_from(&twin.contractor);
    }
    full.starts_on = full.starts_on.or(twin.starts_on);
    full.ends_on = full.ends_on.or(twin.ends_on);
    full.location = full.location.or(twin.location);
    full.manager = full.manager.or(twin.manager);
    for (criterion, score) in &twin.scores {
        if !full.scores.iter().any(|(known, _)| known == criterion) {
            full.scores.push((criterion.clone(), *score));
        }
    }
    for line in &twin.money {
        let key = |line: &MoneyLine| (line.year, line.source, line.programme.clone());
        if !full.money.iter().any(|known| key(known) == key(line)) {
            full.money.push(line.clone());
        }
    }
    if let (Some(start), Some(end)) = (full.starts_on, full.ends_on)
        && end < start
    {
        (full.starts_on, full.ends_on) = (kept.starts_on, kept.ends_on);
    }
    full
}

/// Titles of many projects, ready for comparison.
#[derive(Debug)]
pub struct Titles {
    projects: Vec<(Likeness, [Weights; 3])>,
    /// Which projects have a triple.
    with: BTreeMap<Triple, BTreeSet<usize>>,
}

type Triple = [char; 3];
/// Triples of a title with their weights; the squares of the weights sum to 1.
type Weights = BTreeMap<Triple, f64>;

impl Titles {
    /// Prepares projects; the order does not matter.
    pub fn new(projects: Vec<Likeness>) -> Self {
        let triples: Vec<[BTreeSet<Triple>; 3]> =
            projects.iter().map(|project| Lang::ALL.map(|lang| triples(project.title.exact(lang)))).collect();
        let mut with: BTreeMap<Triple, BTreeSet<usize>> = BTreeMap::new();
        for (at, sets) in triples.iter().enumerate() {
            for triple in sets.iter().flatten() {
                with.entry(*triple).or_default().insert(at);
            }
        }
        let n = count(projects.len());
        let projects = projects
            .into_iter()
            .zip(triples)
            .map(|(project, sets)| (project, sets.map(|set| weigh(&set, &with, n))))
            .collect();
        Self { projects, with }
    }

    /// Projects that may be one with this one, the most alike first, at most `limit`; itself is left out.
    pub fn like(&self, wanted: &Likeness, limit: usize) -> Vec<(ProjectId, Resemblance)> {
        let n = count(self.projects.len());
        let sets = Lang::ALL.map(|lang| triples(wanted.title.exact(lang)));
        let weights = sets.map(|set| weigh(&set, &self.with, n));
        let mut found: Vec<(ProjectId, Resemblance)> = self
            .candidates(&weights)
            .into_iter()
            .filter_map(|at| self.projects.get(at))
            .filter(|(project, _)| project.id != wanted.id)
            .map(|(project, others)| (project.id, compare((wanted, &weights), (project, others))))
            .filter(|(_, found)| found.total >= RESEMBLANCE_SHOWN)
            .collect();
        found.sort_by_key(|(id, found)| (Reverse(found.total), *id));
        found.truncate(limit);
        found
    }

    /// Every pair that may be one, the most alike first, at most `limit`.
    pub fn pairs(&self, limit: usize) -> Vec<(ProjectId, ProjectId, Resemblance)> {
        let mut found = Vec::new();
        for (at, (project, weights)) in self.projects.iter().enumerate() {
            for other in self.candidates(weights).into_iter().filter(|other| *other > at) {
                let Some((twin, others)) = self.projects.get(other) else { continue };
                let told = compare((project, weights), (twin, others));
                if told.total >= RESEMBLANCE_SHOWN {
                    found.push((project.id.min(twin.id), project.id.max(twin.id), told));
                }
            }
        }
        found.sort_by_key(|(one, other, told)| (Reverse(told.total), *one, *other));
        found.truncate(limit);
        found
    }

    fn candidates(&self, weights: &[Weights; 3]) -> BTreeSet<usize> {
        weights
            .iter()
            .flat_map(BTreeMap::keys)
            .filter_map(|triple| self.with.get(triple))
            .filter(|those| those.len() <= COMMON_MAX)
            .flatten()
            .copied()
            .collect()
    }
}

/// Triples of letters of each word with a space before and after it.
fn triples(title: &str) -> BTreeSet<Triple> {
    let mut set = BTreeSet::new();
    for word in fold(title).split_whitespace() {
        let letters: Vec<char> = format!(" {word} ").chars().collect();
        set.extend(letters.windows(3).filter_map(|three| <[char; 3]>::try_from(three).ok()));
    }
    set
}

fn weigh(set: &BTreeSet<Triple>, with: &BTreeMap<Triple, BTreeSet<usize>>, n: f64) -> Weights {
    let rare = |triple: &Triple| {
        let having = count(with.get(triple).map_or(0, BTreeSet::len));
        // Never zero, so that two titles of everyday words still resemble each other.
        ((n + 1.0) / (having + 0.5)).ln().max(0.05)
    };
    let weights: Weights = set.iter().map(|triple| (*triple, rare(triple))).collect();
    let length = weights.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    if length == 0.0 {
        return Weights::new();
    }
    weights.into_iter().map(|(triple, weight)| (triple, weight / length)).collect()
}

fn compare(one: (&Likeness, &[Weights; 3]), other: (&Likeness, &[Weights; 3])) -> Resemblance {
    let (title, languages) = titles(one.1, other.1);
    let (one, other) = (one.0, other.0);
    let place =
        match (one.place == other.place, one.place.covers(other.place) || other.place.covers(one.place)) {
            (true, _) => 1.0,
            (_, true) => 0.8,
            _ => 0.0,
        };
    let same_sector = one.sector == other.sector;
    let cost = one.planned.zip(other.planned).and_then(|(a, b)| cost(a, b));
    let metres = one.location.zip(other.location).map(|(a, b)| metres(a, b));
    let near = metres.map(|metres| 0.5_f64.powf(metres / NEAR_M));
    let sector = if same_sector { 1.0 } else { 0.0 };
    let known = [(0.6, Some(title)), (0.15, Some(place)), (0.1, Some(sector)), (0.1, cost), (0.15, near)];
    let (sum, weight) = known
        .iter()
        .filter_map(|(weight, share)| share.map(|share| (*weight, share)))
        .fold((0.0, 0.0), |(sum, all), (weight, share)| (sum + weight * share, all + weight));
    Resemblance {
        total: thousandths(sum / weight),
        title: thousandths(title),
        languages,
        place: thousandths(place),
        same_sector,
        cost: cost.map(thousandths),
        metres: metres.map(whole),
    }
}

/// The best of all pairs of languages: a Russian name often stands in the Kazakh column.
fn titles(one: &[Weights; 3], other: &[Weights; 3]) -> (f64, (Lang, Lang)) {
    let mut best = (0.0, (Lang::Kk, Lang::Kk));
    for (lang, mine) in Lang::ALL.into_iter().zip(one) {
        for (tongue, theirs) in Lang::ALL.into_iter().zip(other) {
            let alike: f64 = mine
                .iter()
                .filter_map(|(triple, weight)| theirs.get(triple).map(|other| weight * other))
                .sum();
            if alike > best.0 {
                best = (alike, (lang, tongue));
            }
        }
    }
    best
}

fn cost(a: Money, b: Money) -> Option<f64> {
    let (low, high) = (a.tiyn().min(b.tiyn()), a.tiyn().max(b.tiyn()));
    #[expect(clippy::cast_precision_loss, reason = "a share in thousandths")]
    let share = (low as f64) / (high as f64);
    (low > 0).then_some(share)
}

/// On a flat Earth: right to a part in a thousand within a district.
fn metres(a: Point, b: Point) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_320.0;
    let north = f64::from(a.lat_e6) - f64::from(b.lat_e6);
    let east = f64::from(a.lon_e6) - f64::from(b.lon_e6);
    let middle = (f64::from(a.lat_e6) + f64::from(b.lat_e6)) / 2e6;
    north.hypot(east * middle.to_radians().cos()) / 1e6 * METRES_PER_DEGREE
}

fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 0 to 1")]
fn thousandths(share: f64) -> u16 {
    (share.clamp(0.0, 1.0) * 1_000.0).round() as u16
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn whole(metres: f64) -> u32 {
    metres.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 12] = [
        "Строительство",
        "Капитальный ремонт",
        "Реконструкция",
        "школы",
        "водопровода",
        "дороги",
        "моста",
        "освещения",
        "парка",
        "детского сада",
        "клуба",
        "котельной",
    ];
    const VILLAGES: [&str; 8] =
        ["Ақжар", "Көктем", "Жаңатас", "Тасарық", "Қарабұлақ", "Сарыағаш", "Бірлік", "Еңбекші"];

    fn project(n: u32, title: &str) -> Likeness {
        Likeness {
            id: ProjectId(uuid::Uuid::from_u128(u128::from(n) + 1)),
            title: Text::new("", title, ""),
            place: "614438300".parse().expect("a code"),
            sector: Sector::Water,
            planned: Money::from_tenge(1_000_000),
            location: None,
        }
    }

    /// Every work in every village: what a district's register looks like.
    fn register() -> Vec<Likeness> {
        let mut all = Vec::new();
        for work in &WORDS[..3] {
            for thing in &WORDS[3..12] {
                for village in VILLAGES {
                    let n = u32::try_from(all.len()).expect("few");
                    all.push(project(n, &format!("{work} {thing} в селе {village}")));
                }
            }
        }
        all
    }

    fn found(title: &str) -> Vec<String> {
        let all = register();
        let titles = Titles::new(all.clone());
        let name = |id| all.iter().find(|known| known.id == id).map(|known| known.title.ru.clone());
        titles.like(&project(9_999, title), 3).into_iter().filter_map(|(id, _)| name(id)).collect()
    }

    #[test]
    fn the_same_work_under_another_wording_comes_first() {
        let typed = found("Стр-во водопровода с. Ақжар");
        assert_eq!(
            typed.first().map(String::as_str),
            Some("Строительство водопровода в селе Ақжар"),
            "{typed:?}"
        );
        let swapped = found("В селе Тасарық реконструкция моста");
        assert_eq!(swapped.first().map(String::as_str), Some("Реконструкция моста в селе Тасарық"));
        let letters = found("Капитальный ремонт школы в селе Карабулак");
        assert_eq!(letters.first().map(String::as_str), Some("Капитальный ремонт школы в селе Қарабұлақ"));
    }

    #[test]
    fn a_name_in_another_column_is_found() {
        let titles = Titles::new(register());
        let mut other = project(5_000, "");
        other.title = Text::new("Строительство водопровода в селе Ақжар", "", "");
        let (_, told) = titles.like(&other, 1)[0];
        assert_eq!((told.title, told.languages), (1_000, (Lang::Kk, Lang::Ru)));
        other.place = "710000000".parse().expect("a code");
        other.sector = Sector::Culture;
        other.planned = Money::from_tenge(50_000_000);
        assert!(titles.like(&other, 1).first().is_none_or(|(_, far)| far.total < told.total));
    }

    #[test]
    fn nearness_is_measured() {
        let at = |lat_e6, lon_e6| Some(Point { lat_e6, lon_e6 });
        let one =
            Likeness { location: at(43_250_000, 68_250_000), ..project(1, "Мост через Арысь") };
        let same =
            Likeness { location: at(43_250_000, 68_251_000), ..project(2, "Мост через Арысь") };
        let far =
            Likeness { location: at(43_350_000, 68_250_000), ..project(3, "Мост через Арысь") };
        let titles = Titles::new(vec![same, far]);
        let told = titles.like(&one, 2);
        assert_eq!(told[0].1.metres, Some(81));
        assert_eq!(told[1].1.metres, Some(11_132));
        assert!(told[0].1.total > told[1].1.total);
    }

    proptest! {
        #[test]
        fn resemblance_has_two_equal_sides(a in "[а-я ]{0,30}", b in "[а-я ]{0,30}", c in 0..9_i64, d in 0..9_i64) {
            let (mut one, mut other) = (project(1, &a), project(2, &b));
            (one.planned, other.planned) = (Money::from_tenge(c), Money::from_tenge(d));
            let titles = Titles::new(vec![one.clone(), other.clone()]);
            let here: Vec<u16> = titles.like(&one, 9).iter().map(|(_, told)| told.total).collect();
            let there: Vec<u16> = titles.like(&other, 9).iter().map(|(_, told)| told.total).collect();
            prop_assert_eq!(&here, &there);
            prop_assert_eq!(titles.pairs(9).len(), here.len());
        }

        #[test]
        fn a_copy_is_always_found(a in "[а-я]{3,9}( [а-я]{3,9}){0,4}") {
            let titles = Titles::new(vec![project(1, &a)]);
            let told = titles.like(&project(2, &a), 1);
            prop_assert_eq!(told.first().map(|(_, told)| told.total), Some(1_000));
        }
    }
}
