//! Factors of width measured on many series: those of the room, fixed on values held back from training, and those of
//! the series at hand, measured at earlier origins of its neighbours in the same file (conformal prediction pooled
//! over series: one series alone has too few origins for a 95 % interval).

use serde::Serialize;

/// Levels at which factors are measured, in per cent.
pub(crate) const LEVELS: [u8; 2] = [80, 95];
/// Two origins are two moments: what was hard then need not be hard again, however many series there are. A difference of
/// up to a fifth is taken for that; of a greater one what is beyond the fifth is believed, but for this share.
const CHANCE: f64 = 0.2;
const TRUST_MAX: f64 = 0.85;
/// Evidence of this many series counts half of that.
const SERIES_HALF: f64 = 20.0;
/// Neither a lucky nor an unlucky past moves a width further.
const FACTOR_MIN: f64 = 0.5;
const FACTOR_MAX: f64 = 2.0;

/// Near, middle and far steps of a horizon have factors of their own.
const PARTS: usize = 3;

/// What widths are multiplied by: by part of the horizon, at [`LEVELS`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Factors([[f64; 2]; PARTS]);

impl Factors {
    /// Widths as they come.
    pub(crate) const ONE: Self = Self([[1.0; 2]; PARTS]);

    /// The factors of the room, measured on the values held back from the training parts of M4 by networks that learnt
    /// nothing of them.
    pub(crate) const fn of_room(season: usize) -> Self {
        match season {
            1 => Self([[1.0, 1.0], [1.03, 1.0], [1.03, 1.0]]),
            4 => Self([[0.94, 0.93], [0.93, 0.93], [0.92, 0.93]]),
            _ => Self([[1.0, 1.0], [0.94, 0.99], [0.95, 1.02]]),
        }
    }

    /// What the classical models alone need on M4, by the same rehearsal as in [`Factors::learn`].
    const fn reference(season: usize) -> [[f64; 2]; PARTS] {
        match season {
            1 => [[0.97, 0.94], [1.22, 1.22], [1.29, 1.34]],
            4 => [[1.01, 0.96], [0.97, 0.97], [0.97, 0.99]],
            _ => [[1.0, 0.96], [0.9, 0.91], [0.9, 1.0]],
        }
    }

    /// From scores `|error| / half width on its side` of the classical models at [`LEVELS`], for each series one of
    /// each step, horizon after horizon: the finite-sample conformal quantile (Vovk, Gammerman, Shafer 2005) over that
    /// of M4 says how much harder or easier these series are than those that the room's factors come from. Small
    /// differences and few series say nothing. A level needs at least 1/(1 − level) − 1 scores, otherwise the room's factor stands.
    pub(crate) fn learn(season: usize, series: &[Vec<[f64; 2]>], horizon: usize) -> Self {
        let mut factors = Self::of_room(season);
        let trust = TRUST_MAX * series.len() as f64 / (series.len() as f64 + SERIES_HALF);
        for part in 0..PARTS {
            for (at, level) in LEVELS.into_iter().enumerate() {
                let of_part = |(i, score): (usize, &[f64; 2])| {
                    (self::part(i % horizon, horizon) == part).then_some(score[at])
                };
                let mut scores: Vec<f64> =
                    series.iter().flat_map(|scores| scores.iter().enumerate().filter_map(of_part)).collect();
                scores.sort_by(f64::total_cmp);
                let rank = (f64::from(level) / 100.0 * (scores.len() + 1) as f64).ceil();
                if rank >= 1.0 && rank <= scores.len() as f64 {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "checked just above"
                    )]
                    let found = scores[rank as usize - 1].clamp(FACTOR_MIN, FACTOR_MAX);
                    let harder = (found / Self::reference(season)[part][at]).ln();
                    let beyond = harder - harder.clamp(-CHANCE, CHANCE);
                    factors.0[part][at] *= (trust * beyond).exp();
                }
            }
        }
        factors
    }

    /// Factor for a level in per cent at a step (from 0) of a horizon: straight between the levels measured, the
    /// nearer one beyond them.
    pub(crate) fn at(&self, level: u8, step_idx: usize, horizon: usize) -> f64 {
        let [low, high] = LEVELS.map(f64::from);
        let share = ((f64::from(level) - low) / (high - low)).clamp(0.0, 1.0);
        let factors = self.0[part(step_idx, horizon)];
        factors[0] + share * (factors[1] - factors[0])
    }
}

/// The part of the horizon that a step (from 0) belongs to.
fn part(step_idx: usize, horizon: usize) -> usize {
    (PARTS * step_idx / horizon.max(1)).min(PARTS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_conformal_quantiles_drawn_towards_one() {
        // 40 series of one score each: 1.51, 1.52 … 1.90; ranks ceil(0.8 × 41) = 33 and ceil(0.95 × 41) = 39.
        let series: Vec<Vec<[f64; 2]>> = (1..=40).map(|n| vec![[1.5 + f64::from(n) / 100.0; 2]]).collect();
        let factors = Factors::learn(1, &series, 1);
        let room = Factors::of_room(1);
        let [reference, ..] = Factors::reference(1);
        let drawn = |found: f64, level: u8| {
            let reference = if level == 80 { reference[0] } else { reference[1] };
            room.at(level, 0, 1) * (found / reference / CHANCE.exp()).powf(TRUST_MAX * 2.0 / 3.0)
        };
        assert!((factors.at(80, 0, 1) - drawn(1.83, 80)).abs() < 1e-12);
        assert!((factors.at(95, 0, 1) - drawn(1.89, 95)).abs() < 1e-12);
        // Eighteen scores are one too few for 95 per cent, enough for 80.
        let few = Factors::learn(1, &series[..18], 1);
        assert!((few.at(95, 0, 1) - room.at(95, 0, 1)).abs() < 1e-12);
        assert!((few.at(80, 0, 1) - room.at(80, 0, 1)).abs() > 1e-6);
        assert_eq!(Factors::learn(1, &[], 1), room);
        // A little harder or easier may be chance.
        let like = |score: f64| Factors::learn(1, &vec![vec![[score; 2]]; 40], 1);
        assert_eq!((like(0.85), like(1.1)), (room, room));
    }

    #[test]
    fn each_part_of_the_horizon_has_its_own_factor() {
        let series: Vec<Vec<[f64; 2]>> = (0..100).map(|_| vec![[0.7; 2], [1.0; 2], [1.5; 2]]).collect();
        let factors = Factors::learn(4, &series, 3);
        assert!(factors.at(80, 0, 3) < factors.at(80, 1, 3) && factors.at(80, 1, 3) < factors.at(80, 2, 3));
        assert_eq!([0, 1, 2, 3, 4, 5].map(|h| part(h, 6)), [0, 0, 1, 1, 2, 2]);
    }
}
