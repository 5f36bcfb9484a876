//! A territory beside similar ones: which they are, its rank among them, and what makes the difference.
//!
//! # Source
//! Nearest neighbours after the model of CIPFA's "Nearest Neighbours" for local authorities: standardised
//! Euclidean distance. `docs/method/peer.md`.

use crate::refusal::Refusal;
use akimat_core::{KatoCode, Money, Ratio};

/// Peers that a comparison needs.
pub const PEERS_MIN: usize = 4;
/// Peers that are looked for.
pub const PEERS: usize = 10;

/// What territories are compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features {
    /// Which.
    pub place: KatoCode,
    /// Level in the budget system: only the same one is compared.
    pub level: u8,
    /// Residents.
    pub population: u64,
    /// Residents on a square kilometre, when the area is known.
    pub density: Option<f64>,
}

/// A similar territory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peer {
    /// Which.
    pub place: KatoCode,
    /// How far: zero is the same; one is a standard deviation away in one feature.
    pub distance: f64,
}

/// The similar territories, and by what they were chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Peers {
    /// The nearest first; ties by code.
    pub peers: Vec<Peer>,
    /// Density counted too: it is known of the territory and of every candidate.
    pub with_density: bool,
    /// Territories of the level that were candidates.
    pub n_candidates: usize,
}

/// Where a value stands among those of the peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// 1 for the greatest; equal values share the better rank.
    pub rank: usize,
    /// How many are ranked, the territory included.
    pub of: usize,
    /// Per cent of the peers that are below, halves for equals.
    pub percentile: Ratio,
}

/// What one part adds to the difference from the peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Name of the part: its place in the lists that were given.
    pub part: usize,
    /// Tiyn a resident here.
    pub own: Ratio,
    /// Tiyn a resident among the peers taken together.
    pub peers: Ratio,
    /// Tiyn a resident; the drivers add up to the difference exactly.
    pub adds: Ratio,
}

/// The nearest territories of the same level by the standardised logarithms of population and, where it
/// is known of all, density: `d = sqrt(sum ((ln a - ln b) / s)^2)`, `s` the standard deviation of the
/// logarithm over the candidates and the territory itself.
///
/// # Errors
/// [`Refusal::NoPopulation`], [`Refusal::TooFewUnits`].
pub fn peers(own: &Features, all: &[Features], wanted: usize) -> Result<Peers, Refusal> {
    if own.population == 0 {
        return Err(Refusal::NoPopulation);
    }
    let candidates: Vec<&Features> = all
        .iter()
        .filter(|other| other.place != own.place && other.level == own.level && other.population > 0)
        .collect();
    if candidates.len() < PEERS_MIN {
        return Err(Refusal::TooFewUnits { have: candidates.len(), need: PEERS_MIN });
    }
    let dense = |one: &Features| one.density.is_some_and(|density| density > 0.0);
    let with_density = dense(own) && candidates.iter().all(|other| dense(other));
    let everybody = || candidates.iter().copied().chain([own]);
    let people = deviation(&everybody().map(log_population).collect::<Vec<_>>());
    let density = deviation(&everybody().map(log_density).collect::<Vec<_>>());
    let distance = |other: &Features| {
        let far = |a: f64, b: f64, s: f64| if s > 0.0 { ((a - b) / s).powi(2) } else { 0.0 };
        let by_people = far(log_population(own), log_population(other), people);
        let by_density = if with_density { far(log_density(own), log_density(other), density) } else { 0.0 };
        (by_people + by_density).sqrt()
    };
    let mut peers: Vec<Peer> =
        candidates.iter().map(|other| Peer { place: other.place, distance: distance(other) }).collect();
    peers.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.place.cmp(&b.place)));
    peers.truncate(wanted);
    Ok(Peers { peers, with_density, n_candidates: candidates.len() })
}

/// Rank and percentile of a value among those of the peers. Fractions are compared by their float: equal
/// inputs give equal floats.
pub fn standing(own: Ratio, peers: &[Ratio]) -> Standing {
    let here = own.to_f64();
    let above = peers.iter().filter(|other| other.to_f64() > here).count();
    let below = peers.iter().filter(|other| other.to_f64() < here).count();
    let equal = peers.len() - above - below;
    let halves = 2 * below + equal;
    let percentile = Ratio::new(wide(halves) * 100, wide(peers.len()) * 2);
    Standing {
        rank: above + 1,
        of: peers.len() + 1,
        percentile: percentile.unwrap_or_else(|| Ratio::new(50, 1).expect("one is not zero")),
    }
}

/// What makes the difference per resident between a territory and its peers taken together, part by part:
/// `own_g / P - (sum own_g of the peers) / (sum P of the peers)`. With one denominator for all parts, they
/// add up to the difference exactly.
///
/// # Errors
/// [`Refusal::NoPopulation`], [`Refusal::TooLarge`].
pub fn drivers(own: (&[Money], u64), peers: (&[i128], u64)) -> Result<Vec<Driver>, Refusal> {
    let (people, their_people) = (i128::from(own.1), i128::from(peers.1));
    let both = people.checked_mul(their_people).filter(|n| *n > 0).ok_or(Refusal::NoPopulation)?;
    let driver = |(part, (amount, theirs)): (usize, (&Money, &i128))| {
        let here = i128::from(amount.tiyn()).checked_mul(their_people)?;
        let there = theirs.checked_mul(people)?;
        Some(Driver {
            part,
            own: Ratio::new(amount.tiyn().into(), people)?,
            peers: Ratio::new(*theirs, their_people)?,
            adds: Ratio::new(here.checked_sub(there)?, both)?,
        })
    };
    own.0.iter().zip(peers.0).enumerate().map(|pair| driver(pair).ok_or(Refusal::TooLarge)).collect()
}

fn wide(n: usize) -> i128 {
    i128::try_from(n).unwrap_or(i128::MAX / 1_000)
}

#[expect(clippy::cast_precision_loss, reason = "a distance needs no more than 53 bits")]
fn log_population(one: &Features) -> f64 {
    (one.population as f64).ln()
}

fn log_density(one: &Features) -> f64 {
    one.density.map_or(0.0, f64::ln)
}

#[expect(clippy::cast_precision_loss, reason = "numbers of territories are small")]
fn deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(n: u32, population: u64, density: Option<f64>) -> Features {
        let place = KatoCode::from_number(990_000_000 + n * 100_000).unwrap();
        Features { place, level: 3, population, density }
    }

    #[test]
    fn the_nearest_come_first() {
        let own = features(0, 1_000, Some(10.0));
        let mut all: Vec<Features> = (1..=6).map(|n| features(n, 1_000 * u64::from(n), Some(10.0))).collect();
        all.push(own);
        all.push(Features { level: 4, ..features(9, 1_000, Some(10.0)) });
        let found = peers(&own, &all, 4).unwrap();
        let numbers: Vec<u32> = found.peers.iter().map(|peer| peer.place.number() / 100_000 % 100).collect();
        assert_eq!((numbers, found.n_candidates, found.with_density), (vec![1, 2, 3, 4], 6, true));
        assert!(found.peers[0].distance.abs() < 1e-12);
        all[2].density = None;
        assert!(!peers(&own, &all, 4).unwrap().with_density);
        assert_eq!(peers(&own, &all[..3], 4), Err(Refusal::TooFewUnits { have: 3, need: 4 }));
    }

    #[test]
    fn density_tells_towns_from_steppe() {
        let own = features(0, 1_000, Some(100.0));
        let all: Vec<Features> = (1..=5).map(|n| features(n, 1_000, Some(f64::from(n) * 20.0))).collect();
        assert_eq!(peers(&own, &all, 1).unwrap().peers[0].place, all[4].place);
    }

    #[test]
    fn equals_share_a_rank() {
        let ratio = |n: i128| Ratio::new(n, 10).unwrap();
        let found = standing(ratio(5), &[9, 5, 1, 1].map(ratio));
        assert_eq!((found.rank, found.of), (2, 5));
        assert_eq!(found.percentile.to_decimal(1).as_deref(), Some("62.5"));
    }

    #[test]
    fn drivers_add_up() {
        let money = |tiyn| Money::from_tiyn(tiyn);
        let own = [money(1_001), money(-7), money(0)];
        let theirs = [999, 13, 1_000_001];
        let found = drivers((&own, 3), (&theirs, 7)).unwrap();
        let total: i128 = found.iter().map(|driver| driver.adds.numerator()).sum();
        assert_eq!(total, 994 * 7 - (999 + 13 + 1_000_001) * 3);
        assert!(found.iter().all(|driver| driver.adds.denominator() == 21));
        assert_eq!(drivers((&own, 0), (&theirs, 7)), Err(Refusal::NoPopulation));
    }
}
