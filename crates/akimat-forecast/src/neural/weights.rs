//! The file of weights: a magic line, a length, a JSON head that describes the networks, then all numbers as
//! 16-bit floats, network by network in the order of [`Size::layers`], each layer's weights (input by input)
//! before its bias.

use super::network::{Block, Dense, Network, Size};
use super::window::Shape;
use half::f16;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"AKIMATN1";
/// More than this is not a head.
const HEAD_MAX: usize = 1 << 20;
/// No network of ours has as many weights.
const WEIGHTS_MAX: usize = 1 << 26;

/// Several networks and what is known about their training.
#[derive(Clone, Debug, PartialEq)]
pub struct Ensemble {
    /// Version of the model: stored with each forecast that it took part in.
    pub version: String,
    /// The networks.
    pub networks: Vec<Network>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    version: String,
    networks: Vec<Described>,
}

#[derive(Serialize, Deserialize)]
struct Described {
    shape: Shape,
    size: Size,
}

/// Why bytes are not a file of weights.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WeightsError {
    /// The magic bytes are missing.
    #[error("this is not a file of weights")]
    Magic,
    /// The head is not what it should be.
    #[error("the head of the file of weights cannot be read: {0}")]
    Head(String),
    /// Too short or too long.
    #[error("the file of weights should have {want} numbers and has {have}")]
    Length {
        /// Numbers that the head promises.
        want: usize,
        /// Numbers in the file.
        have: usize,
    },
    /// A weight is not a finite number.
    #[error("a weight is not a finite number")]
    NotFinite,
}

impl Ensemble {
    /// The file.
    ///
    /// # Errors
    /// When the head cannot be written as JSON.
    pub fn encode(&self) -> Result<Vec<u8>, WeightsError> {
        let networks =
            self.networks.iter().map(|network| Described { shape: network.shape, size: network.size });
        let head = Head { version: self.version.clone(), networks: networks.collect() };
        let head = serde_json::to_vec(&head).map_err(|error| WeightsError::Head(error.to_string()))?;
        let length = u32::try_from(head.len()).map_err(|error| WeightsError::Head(error.to_string()))?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(length.to_le_bytes());
        bytes.extend(head);
        for network in &self.networks {
            for number in network.numbers() {
                bytes.extend(f16::from_f32(number).to_le_bytes());
            }
        }
        Ok(bytes)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`WeightsError`]: another file, a damaged one, a number that is not finite.
    pub fn decode(bytes: &[u8]) -> Result<Self, WeightsError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(WeightsError::Magic)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(WeightsError::Magic)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length > HEAD_MAX || length > rest.len() {
            return Err(WeightsError::Head("too long".to_owned()));
        }
        let (head, data) = rest.split_at(length);
        let head: Head =
            serde_json::from_slice(head).map_err(|error| WeightsError::Head(error.to_string()))?;
        let sizes: Option<Vec<usize>> =
            head.networks.iter().map(|network| count(&network.size, &network.shape)).collect();
        let sizes = sizes.ok_or_else(|| WeightsError::Head("too large".to_owned()))?;
        let want = sizes.iter().sum::<usize>();
        if data.len() != 2 * want {
            return Err(WeightsError::Length { want, have: data.len() / 2 });
        }
        let numbers: Vec<f32> =
            data.chunks_exact(2).map(|pair| f16::from_le_bytes([pair[0], pair[1]]).to_f32()).collect();
        if !numbers.iter().all(|number| number.is_finite()) {
            return Err(WeightsError::NotFinite);
        }
        let mut rest = numbers.as_slice();
        let mut networks = Vec::with_capacity(sizes.len());
        for (described, size) in head.networks.iter().zip(sizes) {
            let (own, others) = rest.split_at(size);
            networks.push(Network::from_numbers(described.shape, described.size, own));
            rest = others;
        }
        Ok(Self { version: head.version, networks })
    }
}

/// Numbers of a network; `None` when nobody could mean it.
fn count(size: &Size, shape: &Shape) -> Option<usize> {
    let small = |number: usize| (1..=4096).contains(&number);
    if !(small(size.blocks) && small(size.width) && small(shape.lags) && small(shape.horizon)) {
        return None;
    }
    let total = size.layers(shape).iter().try_fold(0_usize, |sum, (inputs, outputs)| {
        sum.checked_add(inputs.checked_mul(*outputs)?)?.checked_add(*outputs)
    })?;
    (total <= WEIGHTS_MAX).then_some(total)
}

impl Network {
    /// A network from its numbers in the order of the file, as many as [`Size::layers`] needs.
    ///
    /// # Panics
    /// When there are fewer: whoever calls has counted them.
    pub fn from_numbers(shape: Shape, size: Size, numbers: &[f32]) -> Self {
        let mut rest = numbers;
        let mut layers = size.layers(&shape).into_iter().map(|(inputs, outputs)| {
            let (weights, others) = rest.split_at(inputs * outputs);
            let (bias, others) = others.split_at(outputs);
            rest = others;
            Dense { weights: DMatrix::from_row_slice(inputs, outputs, weights), bias: bias.to_vec() }
        });
        let mut next =
            || layers.next().unwrap_or_else(|| Dense { weights: DMatrix::zeros(0, 0), bias: vec![] });
        let direct = next();
        let blocks = (0..size.blocks)
            .map(|_| Block { first: next(), second: next(), back: next(), fore: next() })
            .collect();
        Self { shape, size, direct, blocks }
    }

    /// All numbers in the order of the file.
    pub fn numbers(&self) -> Vec<f32> {
        let blocks =
            self.blocks.iter().flat_map(|block| [&block.first, &block.second, &block.back, &block.fore]);
        let mut numbers = Vec::new();
        for layer in std::iter::once(&self.direct).chain(blocks) {
            for input in layer.weights.row_iter() {
                numbers.extend(input.iter());
            }
            numbers.extend(&layer.bias);
        }
        numbers
    }
}
