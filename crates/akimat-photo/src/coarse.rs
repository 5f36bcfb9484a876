//! Places made coarse: a point becomes the middle of the cell that it lies in.
//!
//! Cells are rows of equal height around the earth, each row cut into columns of about the same length. Two points of
//! one cell become the same point, so that averaging many photographs does not lead back to the exact place.

use std::f64::consts::PI;

/// Mean radius of the earth in metres (IUGG, R1).
const EARTH_M: f64 = 6_371_008.8;

/// A place made coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Latitude of the middle × 1,000,000, WGS 84.
    pub lat_e6: i32,
    /// Longitude of the middle × 1,000,000.
    pub lon_e6: i32,
    /// Side of the cell in metres.
    pub cell_m: u32,
}

/// The cell of a place in degrees; `None` when the numbers are no place on earth, or the place 0, 0 that cameras
/// write when they know none.
pub fn coarsen(lat: f64, lon: f64, cell_m: u32) -> Option<Cell> {
    let on_earth = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0;
    if !on_earth || (lat == 0.0 && lon == 0.0) || cell_m == 0 {
        return None;
    }
    let degree_m = EARTH_M * PI / 180.0;
    let row = f64::from(cell_m) / degree_m;
    let lat_mid = middle(lat, row).clamp(-90.0, 90.0);
    // Columns of one row have one width, so that the cell depends on the row alone; near the poles one column is left.
    let narrowing = lat_mid.to_radians().cos().max(1e-6);
    let column = (row / narrowing).min(360.0);
    let lon_mid = middle(lon, column).clamp(-180.0, 180.0);
    Some(Cell { lat_e6: e6(lat_mid), lon_e6: e6(lon_mid), cell_m })
}

fn middle(value: f64, step: f64) -> f64 {
    ((value / step).floor() + 0.5) * step
}

fn e6(degrees: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 180,000,000, which fits")]
    let whole = (degrees * 1e6).round() as i32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_about_a_hundred_metres() {
        let here = coarsen(51.128_333, 71.430_555, 100).expect("Astana");
        assert!((here.lat_e6 - 51_128_333).abs() <= 450, "{here:?}");
        assert!((here.lon_e6 - 71_430_555).abs() <= 717, "{here:?}");
        let moved = coarsen(51.130_333, 71.430_555, 100).expect("200 metres north");
        assert_ne!(here, moved);
    }

    #[test]
    fn no_place_is_none() {
        for (lat, lon) in [(0.0, 0.0), (91.0, 0.0), (0.0, 180.5), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
            assert_eq!(coarsen(lat, lon, 100), None, "{lat} {lon}");
        }
        assert!(coarsen(90.0, 180.0, 100).is_some());
        assert!(coarsen(-90.0, -180.0, 100).is_some());
    }
}
