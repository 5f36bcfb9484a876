//! Chance that can be repeated: SplitMix64.
//!
//! Source: G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.

/// A generator with its state.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Begins at a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 (included) to 1 (excluded), on a grid of 2⁻⁵³.
    pub fn next_unit(&mut self) -> f64 {
        (self.next_bits() >> 11) as f64 * 2.0_f64.powi(-53)
    }

    /// Weights uniform on the simplex: sorted numbers and the gaps between 0, them and 1.
    pub fn next_weights(&mut self, weights: &mut [f64]) {
        let Some(last) = weights.len().checked_sub(1) else { return };
        for weight in &mut weights[..last] {
            *weight = self.next_unit();
        }
        weights[..last].sort_by(f64::total_cmp);
        weights[last] = 1.0;
        let mut before = 0.0;
        for weight in weights {
            let here = *weight;
            *weight = here - before;
            before = here;
        }
    }
}
