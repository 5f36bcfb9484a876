//! Places in a ranking, and how far two rankings agree.

use serde::Serialize;

/// Projects by score, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ranking {
    /// Indices, best first; equal scores in the order of the table.
    pub order: Vec<usize>,
    /// Place of each project from 1; equal scores share the better place.
    pub rank: Vec<usize>,
}

/// Two scores that differ by less than this part of the largest are one score: what addition in another order may
/// change.
const TIE: f64 = 1e-12;

impl Ranking {
    /// Ranks scores, more is better.
    pub fn of(scores: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        let scale = scores.iter().fold(0.0_f64, |most, score| most.max(score.abs()));
        let mut rank = vec![0; scores.len()];
        let mut begun = 0;
        for (at, project) in order.iter().enumerate() {
            if at > 0 && scores[order[at - 1]] - scores[*project] > TIE * scale {
                begun = at;
            }
            rank[*project] = begun + 1;
        }
        Self { order, rank }
    }

    /// Whether two projects share a place.
    pub fn has_ties(&self) -> bool {
        self.order.windows(2).any(|pair| self.rank[pair[0]] == self.rank[pair[1]])
    }
}

/// Mean places: projects that share places share their mean.
fn mean_places(ranking: &Ranking) -> Vec<f64> {
    let mut places = vec![0.0; ranking.order.len()];
    let mut at = 0;
    while at < ranking.order.len() {
        let rank = ranking.rank[ranking.order[at]];
        let n = ranking.order[at..].iter().take_while(|project| ranking.rank[**project] == rank).count();
        for project in &ranking.order[at..at + n] {
            places[*project] = rank as f64 + (n as f64 - 1.0) / 2.0;
        }
        at += n;
    }
    places
}

/// Spearman's rank correlation, with mean places for ties; `None` for fewer than two projects or when a ranking has
/// one place only.
pub fn spearman(a: &Ranking, b: &Ranking) -> Option<f64> {
    let (a, b) = (mean_places(a), mean_places(b));
    let mean = (a.len() as f64 + 1.0) / 2.0;
    let products =
        |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum() };
    let scale = (products(&a, &a) * products(&b, &b)).sqrt();
    (a.len() > 1 && a.len() == b.len() && scale > 0.0).then(|| products(&a, &b) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_the_better_place() {
        let ranking = Ranking::of(&[1.0, 3.0, 1.0, 2.0]);
        assert_eq!(ranking.order, [1, 3, 0, 2]);
        assert_eq!(ranking.rank, [3, 1, 3, 2]);
        assert!(ranking.has_ties());
    }

    #[test]
    fn spearman_of_the_textbook() {
        // Places 1 to 5 against 2, 1, 4, 3, 5: 1 - 6*4/120.
        let a = Ranking::of(&[5.0, 4.0, 3.0, 2.0, 1.0]);
        let b = Ranking::of(&[4.0, 5.0, 2.0, 3.0, 1.0]);
        assert!((spearman(&a, &b).unwrap() - 0.8).abs() < 1e-12);
        assert_eq!(spearman(&a, &a), Some(1.0));
        assert_eq!(spearman(&Ranking::of(&[1.0, 1.0]), &Ranking::of(&[1.0, 2.0])), None);
    }
}
