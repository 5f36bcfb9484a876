//! A residual network of small perceptrons (after N-BEATS: Oreshkin et al., ICLR 2020) and its forward pass.

use super::window::Shape;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

/// Probabilities of the quantiles that a network gives for each step.
pub const QUANTILES: [f64; 9] = [0.025, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.975];

/// How large a network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Residual blocks.
    pub blocks: usize,
    /// Units of each hidden layer.
    pub width: usize,
}

/// A layer `out = input · weights + bias`.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Inputs by outputs.
    pub weights: DMatrix<f32>,
    /// One for each output.
    pub bias: Vec<f32>,
}

/// Two hidden layers, what they take off the input and what they add to the forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// First hidden layer.
    pub first: Dense,
    /// Second hidden layer.
    pub second: Dense,
    /// What is explained of the input.
    pub back: Dense,
    /// What is added to the outputs.
    pub fore: Dense,
}

/// A trained network.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What goes in and comes out.
    pub shape: Shape,
    /// How large it is.
    pub size: Size,
    /// A straight line from inputs to outputs.
    pub direct: Dense,
    /// The residual blocks.
    pub blocks: Vec<Block>,
}

impl Shape {
    /// Numbers that come out: a quantile after the other for each step.
    pub const fn outputs(&self) -> usize {
        self.horizon * QUANTILES.len()
    }
}

impl Size {
    /// Inputs and outputs of every layer, in the order in which weights are stored: the direct line, then first,
    /// second, back and fore of each block.
    pub fn layers(&self, shape: &Shape) -> Vec<(usize, usize)> {
        let (inputs, outputs, width) = (shape.inputs(), shape.outputs(), self.width);
        let block = [(inputs, width), (width, width), (width, inputs), (width, outputs)];
        let blocks = std::iter::repeat_n(block, self.blocks).flatten();
        std::iter::once((inputs, outputs)).chain(blocks).collect()
    }
}

/// Up to here rows go one by one: products of matrices first pack the weights, which costs more than a few rows do.
const ROWS_FEW: usize = 8;

impl Dense {
    fn apply(&self, input: &DMatrix<f32>) -> DMatrix<f32> {
        let mut out = if input.nrows() > ROWS_FEW {
            input * &self.weights
        } else {
            self.weights.tr_mul(&input.transpose()).transpose()
        };
        for (mut column, bias) in out.column_iter_mut().zip(&self.bias) {
            column.add_scalar_mut(*bias);
        }
        out
    }
}

impl Network {
    /// Outputs of many windows at once: a row in, a row out.
    pub fn forward(&self, inputs: &DMatrix<f32>) -> DMatrix<f32> {
        let mut outputs = self.direct.apply(inputs);
        let mut rest = inputs.clone();
        let last = self.blocks.len().saturating_sub(1);
        for (at, block) in self.blocks.iter().enumerate() {
            let mut hidden = block.first.apply(&rest);
            hidden.apply(|value| *value = value.max(0.0));
            let mut hidden = block.second.apply(&hidden);
            hidden.apply(|value| *value = value.max(0.0));
            outputs += block.fore.apply(&hidden);
            if at < last {
                rest -= block.back.apply(&hidden);
            }
        }
        outputs
    }
}
