//! What other weights of the criteria would change about a computed plan.
//!
//! Everything follows from the frozen facts and the plan, so it is not stored: it is worked out when somebody
//! first asks and remembered while the platform runs. Whoever asks waits a few seconds at most and is told
//! otherwise that the work goes on.

use super::input::ProgrammeInput;
use crate::{App, AppError, Result};
use akimat_allocation::explain::EXACT_PROJECTS;
use akimat_allocation::explain::money::Asked;
use akimat_allocation::{AllocateError, Allocated, Allocation, Effort, allocate};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long somebody who asks waits.
const PATIENCE: Duration = Duration::from_secs(12);
/// Work that takes longer than this stops with what there is.
const WORK: Duration = Duration::from_secs(120);
/// Plans that are remembered.
const PLANS_MAX: usize = 24;
/// By how many percent weights change.
pub const CHANGE_PCT: i16 = 10;

/// What another weight of a criterion would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightChange {
    /// Code of the criterion.
    pub code: String,
    /// By how many percent its weight changes; the others are rescaled so that the sum stays.
    pub percent: i16,
    /// Worth of the best plan less that of the recommended one, both by the changed weights, in units of 1e-4
    /// points; 0: the recommended plan stays the best one found.
    pub gain: i64,
    /// Both plans are proven by these weights.
    pub exact: bool,
    /// Projects that the best plan has and the recommended one has not.
    pub enters: usize,
    /// Projects of the recommended plan that the best plan leaves out.
    pub leaves: usize,
}

/// What is known of one piece of work: nothing yet, or its result.
type Known = Option<std::result::Result<Arc<Vec<WeightChange>>, String>>;
/// Results by what they follow from, the oldest first.
type Memo = Mutex<Vec<(String, watch::Receiver<Known>)>>;

static MEMO: Memo = Mutex::new(Vec::new());
/// One piece of work at a time, so that pages stay quick.
static WORKING: Mutex<()> = Mutex::new(());

fn find_or_begin<F>(key: String, work: F) -> watch::Receiver<Known>
where
    F: FnOnce() -> std::result::Result<Vec<WeightChange>, String> + Send + 'static,
{
    let mut kept = MEMO.lock().unwrap_or_else(PoisonError::into_inner);
    // What broke off may be tried again.
    kept.retain(|(_, known)| known.has_changed().is_ok() || matches!(*known.borrow(), Some(Ok(_))));
    if let Some((_, known)) = kept.iter().find(|(of, _)| *of == key) {
        return known.clone();
    }
    let (tell, known) = watch::channel(None);
    if kept.len() >= PLANS_MAX {
        kept.remove(0);
    }
    kept.push((key, known.clone()));
    drop(kept);
    tokio::task::spawn_blocking(move || {
        let _one = WORKING.lock().unwrap_or_else(PoisonError::into_inner);
        tell.send_replace(Some(work().map(Arc::new)));
    });
    known
}

impl App {
    /// What other weights would change about a plan; `None`: it is still being worked out. Nothing comes out
    /// for a plan whose candidates have no scores.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] without a solver; [`AppError::Internal`] when it fails.
    pub async fn weight_changes(
        &self,
        input: &ProgrammeInput,
        allocation: &Allocation,
    ) -> Result<Option<Arc<Vec<WeightChange>>>> {
        let plan = serde_json::to_string(allocation).unwrap_or_default();
        let key = format!("{} {}", input.sha256(), akimat_interop::budget::sha256_hex(plan.as_bytes()));
        let programme = input
            .programme()
            .map_err(|faults| AppError::Internal(format!("a frozen input: {:?}", faults.first())))?;
        let (solver, allocation, scores) = (self.solver(), allocation.clone(), Scores::of(input));
        let mut known = find_or_begin(key, move || {
            let quick = programme.projects().len() > EXACT_PROJECTS;
            let effort = Effort { gap_millionths: 1_000, seconds: None, seed: 1, quick, threads: 1 };
            let (programme, allocation) = (&programme, &allocation);
            let asked = Asked { programme, allocation, solver: &*solver, effort: &effort };
            scores.changes(&asked, Instant::now() + WORK).map_err(|error| error.to_string())
        });
        match tokio::time::timeout(PATIENCE, known.wait_for(Option::is_some)).await {
            Err(_) => Ok(None),
            Ok(Err(_)) => Err(AppError::Internal("other weights broke off".to_owned())),
            Ok(Ok(found)) => match &*found {
                Some(Ok(found)) => Ok(Some(found.clone())),
                Some(Err(error)) => Err(AppError::Internal(error.clone())),
                None => Ok(None),
            },
        }
    }
}

/// Weights of the criteria, and what each adds to the points of each candidate.
struct Scores {
    /// Code and weight, in units of 1e-4 of the whole.
    weights: Vec<(String, i64)>,
    /// Points by candidate and criterion.
    points: Vec<Vec<i64>>,
}

/// The whole of the weights.
const WHOLE: i64 = 10_000;

impl Scores {
    fn of(input: &ProgrammeInput) -> Self {
        let weights = input.criteria.weights.clone();
        let points = input.candidates.iter().map(|candidate| {
            let of = |code: &String| {
                let found = candidate.scores.iter().find(|(known, _)| known == code);
                found.map_or(0, |(_, points)| *points)
            };
            weights.iter().map(|(code, _)| of(code)).collect()
        });
        Self { points: points.collect(), weights }
    }

    /// Points of a candidate when one weight is `percent` larger and all are rescaled to the same sum: whole,
    /// rounded to the nearest.
    fn changed(&self, candidate: usize, criterion: usize, percent: i16) -> i64 {
        let hundred = i128::from(100 + percent);
        let weight = i128::from(self.weights[criterion].1);
        // All weights together were WHOLE; now the changed one weighs more.
        let sum = i128::from(WHOLE) * 100 + weight * i128::from(percent);
        let parts = self.points[candidate].iter().enumerate();
        let points: i128 =
            parts.map(|(at, points)| i128::from(*points) * if at == criterion { hundred } else { 100 }).sum();
        let scaled = points * i128::from(WHOLE);
        i64::try_from((scaled + sum / 2) / sum).unwrap_or(i64::MAX)
    }

    fn changes(
        &self,
        asked: &Asked<'_>,
        until: Instant,
    ) -> std::result::Result<Vec<WeightChange>, AllocateError> {
        let mut changes = Vec::new();
        for criterion in 0..self.weights.len() {
            for percent in [-CHANGE_PCT, CHANGE_PCT] {
                if Instant::now() >= until {
                    return Ok(changes);
                }
                changes.extend(self.change(asked, criterion, percent)?);
            }
        }
        Ok(changes)
    }

    fn change(
        &self,
        asked: &Asked<'_>,
        criterion: usize,
        percent: i16,
    ) -> std::result::Result<Option<WeightChange>, AllocateError> {
        let mut draft = asked.programme.to_draft();
        for (candidate, project) in draft.projects.iter_mut().enumerate() {
            // Points that are not made of scores, as those of a running contract, stay.
            if self.points.get(candidate).is_some_and(|points| points.iter().any(|points| *points > 0)) {
                project.benefit = self.changed(candidate, criterion, percent);
            }
        }
        let Ok(changed) = draft.check() else { return Ok(None) };
        let today = &asked.allocation.plan;
        let kept = changed.objective(today);
        let Allocated::Plan(found) = allocate(&changed, asked.solver, asked.effort, &mut ())? else {
            return Ok(None);
        };
        let better = found.objective > kept;
        let plan = if better { &found.plan } else { today };
        let count = |inside: &dyn Fn(usize) -> bool| (0..today.starts.len()).filter(|at| inside(*at)).count();
        Ok(Some(WeightChange {
            code: self.weights[criterion].0.clone(),
            percent,
            gain: found.objective.max(kept) - kept,
            exact: found.is_optimal(),
            enters: count(&|at| plan.has(at) && !today.has(at)),
            leaves: count(&|at| !plan.has(at) && today.has(at)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores() -> Scores {
        let weights = vec![("need".to_owned(), 6_000), ("reach".to_owned(), 4_000)];
        Scores { weights, points: vec![vec![3_000, 1_000], vec![0, 4_000], vec![0, 0]] }
    }

    #[test]
    fn another_weight_keeps_the_sum_of_all() {
        let scores = scores();
        // A candidate at its best under every criterion stays at its best.
        let best = Scores { points: vec![vec![6_000, 4_000]], ..scores };
        for percent in [-10, 10, 100] {
            assert_eq!(best.changed(0, 0, percent), 10_000);
            assert_eq!(best.changed(0, 1, percent), 10_000);
        }
    }

    #[test]
    fn points_follow_the_changed_weight() {
        let scores = scores();
        // Weights 6,600 and 4,000 of 10,600: (3000 * 1.1 + 1000) / 1.06 = 4056.6.
        assert_eq!(scores.changed(0, 0, 10), 4_057);
        // 4000 / 1.06 = 3773.6.
        assert_eq!(scores.changed(1, 0, 10), 3_774);
        assert_eq!(scores.changed(2, 0, 10), 0);
        assert_eq!(scores.changed(0, 0, 0), 4_000);
    }
}
