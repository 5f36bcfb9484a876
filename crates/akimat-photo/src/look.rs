//! A fingerprint of what a picture shows, so that the same photograph is known again after somebody saved it anew.
//!
//! Difference hash (N. Krawetz, "Kind of Like That", 2013): the picture is shrunk to 9 × 8 grey dots, and each bit says
//! whether a dot is darker than its right neighbour.

use image::RgbImage;
use image::imageops::{self, FilterType};

/// Pictures whose fingerprints differ in at most this many of 64 bits look the same. Krawetz calls 10 and less a
/// variation of the same picture; flat drawings have few edges, so we ask for more likeness.
pub const ALIKE_BITS: u32 = 4;

/// The fingerprint of a picture.
pub fn look(picture: &RgbImage) -> u64 {
    let small = imageops::resize(picture, 9, 8, FilterType::Triangle);
    let grey = imageops::grayscale(&small);
    let mut bits = 0_u64;
    for y in 0..8 {
        for x in 0..8 {
            bits = (bits << 1) | u64::from(grey.get_pixel(x, y).0 < grey.get_pixel(x + 1, y).0);
        }
    }
    bits
}

/// Whether two fingerprints are those of the same photograph. A flat picture (no bit, or every bit) is like nothing:
/// all flat pictures share it.
pub const fn alike(a: u64, b: u64) -> bool {
    let flat = matches!(a.count_ones(), 0 | 64) || matches!(b.count_ones(), 0 | 64);
    !flat && (a ^ b).count_ones() <= ALIKE_BITS
}
