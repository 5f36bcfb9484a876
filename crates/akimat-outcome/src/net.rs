//! A small network: embeddings of categories, one hidden layer, gradients by hand.
//!
//! Adam after Kingma and Ba, 2015; weights are drawn by a seed.

use crate::algebra::{logit, mean, quantile, sigmoid, sorted};
use crate::base::{Base, Lesson, Loss};
use crate::chance::Lots;
use crate::encode::{Columns, Encoding};
use crate::table::Case;

const HIDDEN: usize = 10;
const EMBEDDING: usize = 2;
const EPOCHS: usize = 60;
const BATCH: usize = 32;
const RATE: f64 = 0.01;
const DECAY: f64 = 0.03;
const SEEDS: u64 = 2;

/// Networks of several seeds; their mean is the score.
#[derive(Clone, Debug)]
pub(crate) struct Nets {
    encoding: Encoding,
    middle: f64,
    scale: f64,
    nets: Vec<Net>,
}

/// Weights in one list: embeddings, hidden layer with its bias, output with its bias.
#[derive(Clone, Debug)]
struct Net {
    shape: Shape,
    weights: Vec<f64>,
}

/// Where things lie in a row and in the list of weights.
#[derive(Clone, Debug)]
struct Shape {
    /// Position of a measure in the row.
    numbers: Vec<usize>,
    /// First position in the row and number of names of each category.
    names: Vec<(usize, usize)>,
    inputs: usize,
    hidden_at: usize,
    output_at: usize,
    n_weights: usize,
}

impl Nets {
    pub(crate) fn learn(lesson: &Lesson<'_>, seed: u64) -> Self {
        let encoding = Encoding::learn(lesson);
        let rows: Vec<Vec<f64>> = lesson.cases.iter().map(|case| encoding.row(case)).collect();
        let y = sorted(&lesson.y);
        let (middle, scale) = match lesson.loss {
            Loss::Logistic => (logit(mean(&y)), 1.0),
            Loss::Absolute => {
                (quantile(&y, 0.5), ((quantile(&y, 0.75) - quantile(&y, 0.25)) / 2.0).max(1e-6))
            }
        };
        let shape = Shape::of(&encoding);
        let aims: Vec<f64> = match lesson.loss {
            Loss::Logistic => lesson.y.clone(),
            Loss::Absolute => lesson.y.iter().map(|y| (y - middle) / scale).collect(),
        };
        let learn = |n: u64| {
            let mut lots = Lots::new(seed.wrapping_mul(31).wrapping_add(n));
            let mut net = Net::random(shape.clone(), &mut lots);
            net.train((&rows, &aims), lesson.loss, middle, &mut lots);
            net
        };
        Self { nets: (0..SEEDS).map(learn).collect(), encoding, middle, scale }
    }
}

impl Base for Nets {
    fn score(&self, case: &Case) -> f64 {
        let row = self.encoding.row(case);
        let out =
            self.nets.iter().map(|net| net.forward(&row).2).sum::<f64>() / self.nets.len().max(1) as f64;
        self.middle + self.scale * out
    }
}

impl Shape {
    fn of(encoding: &Encoding) -> Self {
        let (mut numbers, mut names, mut at) = (Vec::new(), Vec::new(), 0);
        for columns in &encoding.columns {
            match columns {
                Columns::Nothing => {}
                Columns::Number { .. } => {
                    numbers.push(at);
                    at += 1;
                }
                Columns::Names(of) => {
                    names.push((at, of.len()));
                    at += of.len();
                }
            }
        }
        let n_names: usize = names.iter().map(|(_, n)| n).sum();
        let inputs = numbers.len() + names.len() * EMBEDDING;
        let hidden_at = n_names * EMBEDDING;
        let output_at = hidden_at + HIDDEN * (inputs + 1);
        Self { numbers, names, inputs, hidden_at, output_at, n_weights: output_at + HIDDEN + 1 }
    }

    /// Embedding of the name of each category in a row: its position in the weights.
    fn embedding(&self, row: &[f64]) -> Vec<Option<usize>> {
        let mut before = 0;
        let mut found = Vec::with_capacity(self.names.len());
        for (at, n) in &self.names {
            let name = row[*at..at + n].iter().position(|value| *value > 0.0);
            found.push(name.map(|name| (before + name) * EMBEDDING));
            before += n;
        }
        found
    }
}

impl Net {
    fn random(shape: Shape, lots: &mut Lots) -> Self {
        let mut weights: Vec<f64> = (0..shape.n_weights).map(|_| 0.3 * lots.normal()).collect();
        let width = (shape.inputs.max(1) as f64).sqrt();
        weights[shape.hidden_at..shape.output_at].iter_mut().for_each(|weight| *weight /= 0.3 * width);
        if let Some(bias) = weights.last_mut() {
            *bias = 0.0;
        }
        Self { shape, weights }
    }

    /// Inputs, hidden values and output.
    fn forward(&self, row: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
        let shape = &self.shape;
        let mut inputs: Vec<f64> = shape.numbers.iter().map(|at| row[*at]).collect();
        for place in shape.embedding(row) {
            match place {
                Some(place) => inputs.extend(&self.weights[place..place + EMBEDDING]),
                None => inputs.extend([0.0; EMBEDDING]),
            }
        }
        let layer = self.weights[shape.hidden_at..shape.output_at].chunks_exact(shape.inputs + 1);
        let hidden: Vec<f64> = layer
            .map(|unit| {
                let sum: f64 = unit.iter().zip(&inputs).map(|(w, x)| w * x).sum();
                (sum + unit[shape.inputs]).tanh()
            })
            .collect();
        let output = &self.weights[shape.output_at..];
        let out = hidden.iter().zip(output).map(|(h, w)| h * w).sum::<f64>() + output[HIDDEN];
        (inputs, hidden, out)
    }

    /// Adds the gradient of one row.
    fn backward(&self, row: &[f64], slope: f64, gradient: &mut [f64]) {
        let shape = &self.shape;
        let (inputs, hidden, _) = self.forward(row);
        let mut down = vec![0.0; shape.inputs];
        for (unit, h) in hidden.iter().enumerate() {
            gradient[shape.output_at + unit] += slope * h;
            let inner = slope * self.weights[shape.output_at + unit] * (1.0 - h * h);
            let at = shape.hidden_at + unit * (shape.inputs + 1);
            for (i, x) in inputs.iter().enumerate() {
                gradient[at + i] += inner * x;
                down[i] += inner * self.weights[at + i];
            }
            gradient[at + shape.inputs] += inner;
        }
        gradient[shape.output_at + HIDDEN] += slope;
        for (category, place) in shape.embedding(row).into_iter().enumerate() {
            let Some(place) = place else { continue };
            let from = shape.numbers.len() + category * EMBEDDING;
            for i in 0..EMBEDDING {
                gradient[place + i] += down[from + i];
            }
        }
    }

    fn train(&mut self, (rows, aims): (&[Vec<f64>], &[f64]), loss: Loss, middle: f64, lots: &mut Lots) {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let (mut first, mut second) = (vec![0.0; self.weights.len()], vec![0.0; self.weights.len()]);
        let (mut fade1, mut fade2) = (1.0, 1.0);
        for epoch in 0..EPOCHS {
            lots.shuffle(&mut order);
            let rate = RATE * (1.0 - epoch as f64 / EPOCHS as f64);
            for batch in order.chunks(BATCH) {
                let mut gradient = vec![0.0; self.weights.len()];
                for at in batch {
                    let out = self.forward(&rows[*at]).2;
                    let slope = match loss {
                        Loss::Logistic => sigmoid(middle + out) - aims[*at],
                        Loss::Absolute => (out - aims[*at]).clamp(-0.5, 0.5),
                    };
                    self.backward(&rows[*at], slope / batch.len() as f64, &mut gradient);
                }
                (fade1, fade2) = (fade1 * 0.9, fade2 * 0.999);
                for (i, weight) in self.weights.iter_mut().enumerate() {
                    let g = gradient[i];
                    first[i] = 0.9 * first[i] + 0.1 * g;
                    second[i] = 0.999 * second[i] + 0.001 * g * g;
                    let step = (first[i] / (1.0 - fade1)) / ((second[i] / (1.0 - fade2)).sqrt() + 1e-8);
                    *weight -= rate * (step + DECAY * *weight);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_that_of_small_differences() {
        let shape = Shape {
            numbers: vec![0, 1],
            names: vec![(2, 3)],
            inputs: 2 + EMBEDDING,
            hidden_at: 3 * EMBEDDING,
            output_at: 3 * EMBEDDING + HIDDEN * (3 + EMBEDDING),
            n_weights: 3 * EMBEDDING + HIDDEN * (3 + EMBEDDING) + HIDDEN + 1,
        };
        let mut net = Net::random(shape, &mut Lots::new(5));
        let row = [0.4, -1.2, 0.0, 1.0, 0.0];
        let mut gradient = vec![0.0; net.weights.len()];
        net.backward(&row, 1.0, &mut gradient);
        for (at, slope) in gradient.iter().enumerate() {
            let before = net.weights[at];
            net.weights[at] = before + 1e-5;
            let up = net.forward(&row).2;
            net.weights[at] = before - 1e-5;
            let down = net.forward(&row).2;
            net.weights[at] = before;
            assert!(((up - down) / 2e-5 - slope).abs() < 1e-8, "weight {at}");
        }
    }
}
