//! How large a photograph may be, and how large it is kept.

use jiff::civil::Date;
use serde::Deserialize;

const PUBLISHED: &str = include_str!("../../../data/project/photo.json");

/// The measures in force on a day; `data/project/photo.json` holds them with their basis.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Limits {
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; `None` while it lasts.
    pub valid_to: Option<Date>,
    /// Largest file, megabytes of 1,000,000 bytes.
    pub megabytes_max: u32,
    /// Most pixels, in millions.
    pub megapixels_max: u32,
    /// Shortest side, pixels: less shows nothing.
    pub side_min: u32,
    /// Side of the cell that a place is coarsened to, metres.
    pub cell_m: u32,
    /// Longest side of the picture for looking at, pixels.
    pub web_side: u32,
    /// Longest side of the picture for lists, pixels.
    pub thumb_side: u32,
    /// Bytes that the picture for lists should not exceed, so that a page with several stays light.
    pub thumb_bytes: u32,
}

impl Limits {
    /// The measures in force on a day; before the first, the first.
    pub fn on(day: Date) -> Self {
        let all: Vec<Self> =
            serde_json::from_str(PUBLISHED).expect("the file in the repository is read by a test");
        let within =
            |limits: &&Self| limits.valid_from <= day && limits.valid_to.is_none_or(|last| day <= last);
        let found = all.iter().rev().find(within).or_else(|| all.first());
        found.cloned().expect("the file in the repository has an entry")
    }

    /// Largest file in bytes.
    pub const fn n_bytes_max(&self) -> u64 {
        self.megabytes_max as u64 * 1_000_000
    }

    /// Most pixels.
    pub const fn n_pixels_max(&self) -> u64 {
        self.megapixels_max as u64 * 1_000_000
    }

    /// Memory that unpacking may take, bytes: four for each pixel and a little for the way there.
    pub const fn memory_max(&self) -> u64 {
        self.n_pixels_max() * 4 + 8_000_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_limits() {
        for day in ["2001-01-01", "2026-11-22", "2099-12-31"] {
            let limits = Limits::on(day.parse().expect("a date"));
            assert!(limits.thumb_side < limits.web_side && limits.cell_m >= 100, "{day}");
        }
    }
}
