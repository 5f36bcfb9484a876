//! Reference classes: what became of finished projects of the same class, drawn towards the parent class.

use crate::algebra::{logit, mean, quantile, sorted};
use crate::base::{Base, Lesson, Loss};
use crate::prior::Priors;
use crate::table::{Case, Schema};
use std::collections::BTreeMap;

/// A class of n finished projects weighs n / (n + 10); its parent has the rest.
pub const SHRINKAGE: f64 = 10.0;
/// A class with fewer finished projects is not named as the source of a range.
pub const CLASS_MIN: usize = 9;

/// One class on the way from the whole to the class of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassStep {
    /// Names from the general to the particular; empty for all finished projects.
    pub class: Vec<String>,
    /// Finished projects in it.
    pub n: usize,
}

/// Outcomes by class.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    schema: Schema,
    priors: Option<Priors>,
    loss: Loss,
    root: Vec<f64>,
    /// Outcomes in rising order, by path and names.
    classes: Vec<BTreeMap<Vec<String>, Vec<f64>>>,
}

impl Reference {
    pub(crate) fn learn(lesson: &Lesson<'_>) -> Self {
        let mut classes = Vec::new();
        for path in &lesson.schema.paths {
            let mut of = BTreeMap::<Vec<String>, Vec<f64>>::new();
            for (case, y) in lesson.cases.iter().zip(&lesson.y) {
                for depth in 1..=path.len() {
                    let Some(class) = lesson.schema.class(path, depth, case) else { break };
                    of.entry(class.into_iter().map(str::to_owned).collect()).or_default().push(*y);
                }
            }
            of.values_mut().for_each(|list| list.sort_by(f64::total_cmp));
            classes.push(of);
        }
        Self {
            schema: lesson.schema.clone(),
            priors: lesson.priors.cloned(),
            loss: lesson.loss,
            root: sorted(&lesson.y),
            classes,
        }
    }

    /// Outcomes of the classes of a case on one path, the whole first.
    pub(crate) fn steps(&self, path: usize, case: &Case) -> Vec<(ClassStep, &[f64])> {
        let mut steps = vec![(ClassStep { class: Vec::new(), n: self.root.len() }, self.root.as_slice())];
        let features = self.schema.paths.get(path).map(Vec::as_slice).unwrap_or_default();
        for depth in 1..=features.len() {
            let Some(class) = self.schema.class(features, depth, case) else { break };
            let class: Vec<String> = class.into_iter().map(str::to_owned).collect();
            let outcomes = self.classes[path].get(&class).map(Vec::as_slice).unwrap_or_default();
            steps.push((ClassStep { class, n: outcomes.len() }, outcomes));
        }
        steps
    }

    /// A quantile on one path, each class drawn towards its parent; a published prior stands above the whole.
    pub(crate) fn quantile(&self, path: usize, case: &Case, level: f64) -> Option<f64> {
        let prior = self.priors.as_ref().and_then(|priors| priors.of(case));
        let mut value = prior.and_then(|prior| prior.quantile(level));
        for (step, outcomes) in self.steps(path, case) {
            if step.n == 0 {
                break;
            }
            let own = quantile(outcomes, level);
            let weight = step.n as f64 / (step.n as f64 + SHRINKAGE);
            value = Some(value.map_or(own, |parent| weight * own + (1.0 - weight) * parent));
        }
        value
    }

    /// The mean on one path, each class drawn towards its parent.
    pub(crate) fn rate(&self, path: usize, case: &Case) -> f64 {
        let priors = self.priors.as_ref();
        let prior = priors.and_then(|priors| priors.of(case)?.above(priors.event_above));
        let own = self.root.len() as f64 / (self.root.len() as f64 + SHRINKAGE);
        let mut value = prior.map_or(mean(&self.root), |prior| own * mean(&self.root) + (1.0 - own) * prior);
        for (step, outcomes) in self.steps(path, case).into_iter().skip(1) {
            let weight = step.n as f64 / (step.n as f64 + SHRINKAGE);
            value = if step.n == 0 { value } else { weight * mean(outcomes) + (1.0 - weight) * value };
        }
        value
    }
}

impl Base for Reference {
    fn score(&self, case: &Case) -> f64 {
        let n_paths = self.classes.len().max(1);
        let of = |path: usize| match self.loss {
            Loss::Logistic => self.rate(path, case),
            Loss::Absolute => self.quantile(path, case, 0.5).unwrap_or(0.0),
        };
        let value = (0..n_paths).map(of).sum::<f64>() / n_paths as f64;
        if self.loss == Loss::Logistic { logit(value) } else { value }
    }
}
