//! The seeded generator of the whole platform's published draws.

/// `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014): 64 bits of state, the same numbers in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Starts from a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `below` (at least 1), by multiplication: the bias is under 2^-32 for the sizes used here.
    pub fn below(&mut self, below: usize) -> usize {
        let wide = u128::from(self.next()) * u128::try_from(below.max(1)).unwrap_or(1);
        usize::try_from(wide >> 64).unwrap_or(0)
    }
}
