//! The file of weights: a magic word, a length, a JSON head that describes the networks, then network by network in
//! the order of [`Size::layers`] each layer: for every output a scale (32-bit float), the weights input by input in
//! steps of 1/127 of their output's scale (one byte each), and the biases (32-bit floats). Eight bits a weight change
//! forecasts less than the choice of the seed does.

use super::network::{Block, Dense, Network, Size};
use super::window::Shape;
use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 8] = b"AKIMATN2";
/// More than this is not a head.
const HEAD_MAX: usize = 1 << 20;
/// No network of ours is as large.
const BYTES_MAX: usize = 1 << 26;
/// Steps of a weight on each side of zero.
const STEPS: f32 = 127.0;

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
    #[error("the weights should have {want} bytes and have {have}")]
    Length {
        /// Bytes that the head promises.
        want: usize,
        /// Bytes in the file.
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
        for layer in self.networks.iter().flat_map(Network::layers) {
            write(layer, &mut bytes);
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
            head.networks.iter().map(|network| bytes_of(&network.size, &network.shape)).collect();
        let sizes = sizes.ok_or_else(|| WeightsError::Head("too large".to_owned()))?;
        let want = sizes.iter().sum::<usize>();
        if data.len() != want {
            return Err(WeightsError::Length { want, have: data.len() });
        }
        let mut rest = data;
        let mut networks = Vec::with_capacity(sizes.len());
        for described in &head.networks {
            let layers = described.size.layers(&described.shape).into_iter();
            let layers: Option<Vec<Dense>> =
                layers.map(|(inputs, outputs)| read(&mut rest, inputs, outputs)).collect();
            let layers = layers.ok_or(WeightsError::NotFinite)?;
            networks.push(Network::from_layers(described.shape, described.size, layers));
        }
        Ok(Self { version: head.version, networks })
    }
}

/// A layer as bytes: scales, weights, biases.
fn write(layer: &Dense, bytes: &mut Vec<u8>) {
    let scales: Vec<f32> = layer.weights.column_iter().map(|column| column.amax()).collect();
    scales.iter().for_each(|scale| bytes.extend(scale.to_le_bytes()));
    for row in layer.weights.row_iter() {
        for (weight, scale) in row.iter().zip(&scales) {
            let step = if *scale > 0.0 { (weight / scale * STEPS).round() } else { 0.0 };
            #[expect(clippy::cast_possible_truncation, reason = "within ±127 because of the scale")]
            bytes.extend((step as i8).to_le_bytes());
        }
    }
    layer.bias.iter().for_each(|bias| bytes.extend(bias.to_le_bytes()));
}

/// Takes a layer off the bytes; `None` when a number is not finite.
fn read(bytes: &mut &[u8], inputs: usize, outputs: usize) -> Option<Dense> {
    let scales = floats(bytes, outputs)?;
    let (steps, rest) = bytes.split_at_checked(inputs * outputs)?;
    *bytes = rest;
    let weights = steps.iter().enumerate().map(|(at, step)| {
        f32::from(i8::from_le_bytes([*step])) / STEPS * scales.get(at % outputs).copied().unwrap_or(0.0)
    });
    let weights = DMatrix::from_row_iterator(inputs, outputs, weights);
    Some(Dense { weights, bias: floats(bytes, outputs)? })
}

fn floats(bytes: &mut &[u8], count: usize) -> Option<Vec<f32>> {
    let (own, rest) = bytes.split_at_checked(4 * count)?;
    *bytes = rest;
    let numbers = own.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    numbers.map(|number| number.is_finite().then_some(number)).collect()
}

/// Bytes of a network; `None` when nobody could mean it.
fn bytes_of(size: &Size, shape: &Shape) -> Option<usize> {
    let small = |number: usize| (1..=4096).contains(&number);
    if !(small(size.blocks) && small(size.width) && small(shape.lags) && small(shape.horizon)) {
        return None;
    }
    let total = size.layers(shape).iter().try_fold(0_usize, |sum, (inputs, outputs)| {
        sum.checked_add(inputs.checked_mul(*outputs)?)?.checked_add(outputs.checked_mul(8)?)
    })?;
    (total <= BYTES_MAX).then_some(total)
}

impl Network {
    /// A network from its layers in the order of [`Size::layers`].
    fn from_layers(shape: Shape, size: Size, layers: Vec<Dense>) -> Self {
        let mut layers = layers.into_iter();
        let mut next =
            || layers.next().unwrap_or_else(|| Dense { weights: DMatrix::zeros(0, 0), bias: vec![] });
        let direct = next();
        let blocks = (0..size.blocks)
            .map(|_| Block { first: next(), second: next(), back: next(), fore: next() })
            .collect();
        Self { shape, size, direct, blocks }
    }

    /// A network from weights (input by input) and biases of each layer in the order of [`Size::layers`]; `None` when
    /// they are too few or too many.
    pub fn from_numbers(shape: Shape, size: Size, numbers: &[f32]) -> Option<Self> {
        let mut rest = numbers;
        let mut layers = Vec::new();
        for (inputs, outputs) in size.layers(&shape) {
            let (weights, others) = rest.split_at_checked(inputs * outputs)?;
            let (bias, others) = others.split_at_checked(outputs)?;
            rest = others;
            let weights = DMatrix::from_row_slice(inputs, outputs, weights);
            layers.push(Dense { weights, bias: bias.to_vec() });
        }
        rest.is_empty().then(|| Self::from_layers(shape, size, layers))
    }

    /// The layers in the order of [`Size::layers`].
    fn layers(&self) -> impl Iterator<Item = &Dense> {
        let blocks = self.blocks.iter().flat_map(|b| [&b.first, &b.second, &b.back, &b.fore]);
        std::iter::once(&self.direct).chain(blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Ensemble {
        let shape = Shape { season: 1, lags: 3, horizon: 2, log: false };
        let size = Size { blocks: 2, width: 4 };
        let count: usize = size.layers(&shape).iter().map(|(inputs, outputs)| (inputs + 1) * outputs).sum();
        let numbers: Vec<f32> = (0..count).map(|n| ((n * 37 % 101) as f32 - 50.0) / 100.0).collect();
        let network = Network::from_numbers(shape, size, &numbers).unwrap();
        Ensemble { version: "test".to_owned(), networks: vec![network] }
    }

    #[test]
    fn a_file_gives_the_networks_back_within_a_step() {
        let (before, bytes) = (small(), small().encode().unwrap());
        let after = Ensemble::decode(&bytes).unwrap();
        assert_eq!(after.version, "test");
        for (a, b) in before.networks[0].layers().zip(after.networks[0].layers()) {
            assert!((&a.weights - &b.weights).amax() <= a.weights.amax() / STEPS / 2.0 + 1e-6);
            assert_eq!(a.bias, b.bias);
        }
        // Once rounded, nothing changes any more.
        assert_eq!(
            Ensemble::decode(&after.encode().unwrap()).unwrap().encode().unwrap(),
            after.encode().unwrap()
        );
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = small().encode().unwrap();
        assert_eq!(Ensemble::decode(b"PK"), Err(WeightsError::Magic));
        assert!(matches!(Ensemble::decode(&bytes[..bytes.len() - 1]), Err(WeightsError::Length { .. })));
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(matches!(Ensemble::decode(&longer), Err(WeightsError::Length { .. })));
        let mut head = bytes.clone();
        head[14] = b'?';
        assert!(matches!(Ensemble::decode(&head), Err(WeightsError::Head(_))));
        let mut infinite = bytes.clone();
        let at = bytes.len() - 4;
        infinite[at..].copy_from_slice(&f32::INFINITY.to_le_bytes());
        assert_eq!(Ensemble::decode(&infinite), Err(WeightsError::NotFinite));
        for cut in 0..bytes.len().min(200) {
            assert!(Ensemble::decode(&bytes[..cut]).is_err());
        }
    }

    #[test]
    fn the_shipped_networks_can_be_read_and_answer_for_each_frequency() {
        let shipped = crate::neural::shipped().unwrap();
        let values: Vec<f64> = (0..40).map(|n| 100.0 + f64::from(n * n % 17)).collect();
        for season in [1, 4, 12] {
            let steps = &shipped.quantiles(&[&values], season, 4)[0];
            assert_eq!(steps.len(), 4, "season {season}");
            assert!(steps.iter().all(|step| step.is_sorted() && step[0] < step[8]), "season {season}");
        }
    }
}
