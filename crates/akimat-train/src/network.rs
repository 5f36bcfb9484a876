//! The network of akimat-forecast as burn trains it.

use akimat_forecast::neural::{Network, Shape, Size};
use burn::nn::{Linear, LinearConfig};
use burn::prelude::*;
use burn::tensor::activation::relu;

#[derive(Module, Debug)]
struct Block {
    first: Linear,
    second: Linear,
    back: Linear,
    fore: Linear,
}

/// Same layers in the same order as [`Network`].
#[derive(Module, Debug)]
pub(crate) struct Net {
    direct: Linear,
    blocks: Vec<Block>,
}

impl Net {
    pub(crate) fn new(shape: &Shape, size: &Size, device: &Device) -> Self {
        let (inputs, outputs, width) = (shape.inputs(), shape.outputs(), size.width);
        let block = || Block {
            first: LinearConfig::new(inputs, width).init(device),
            second: LinearConfig::new(width, width).init(device),
            back: LinearConfig::new(width, inputs).init(device),
            fore: LinearConfig::new(width, outputs).init(device),
        };
        Self {
            direct: LinearConfig::new(inputs, outputs).init(device),
            blocks: (0..size.blocks).map(|_| block()).collect(),
        }
    }

    pub(crate) fn forward(&self, inputs: Tensor<2>) -> Tensor<2> {
        let mut outputs = self.direct.forward(inputs.clone());
        let mut rest = inputs;
        for block in &self.blocks {
            let hidden = relu(block.first.forward(rest.clone()));
            let hidden = relu(block.second.forward(hidden));
            outputs = outputs + block.fore.forward(hidden.clone());
            rest = rest - block.back.forward(hidden);
        }
        outputs
    }

    /// The trained network as akimat-forecast uses it.
    pub(crate) fn export(&self, shape: Shape, size: Size) -> Option<Network> {
        let blocks = self.blocks.iter().flat_map(|b| [&b.first, &b.second, &b.back, &b.fore]);
        let mut numbers = Vec::new();
        for layer in std::iter::once(&self.direct).chain(blocks) {
            numbers.extend(layer.weight.val().into_data().try_to_vec_as::<f32>().ok()?);
            numbers.extend(layer.bias.as_ref()?.val().into_data().try_to_vec_as::<f32>().ok()?);
        }
        Network::from_numbers(shape, size, &numbers)
    }
}
