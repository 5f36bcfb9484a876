//! What holds for any bytes.

use crate::make::{file, gps, jpeg_with, limits, quarters};
use akimat_photo::coarse::coarsen;
use akimat_photo::{Limits, check};
use image::ImageFormat;
use proptest::prelude::*;

fn small() -> Limits {
    Limits { megapixels_max: 1, ..limits() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Any bytes behind the signature of each format: an answer, never a panic.
    #[test]
    fn noise_is_answered(kind in 0_usize..4, noise in proptest::collection::vec(any::<u8>(), 0..600)) {
        let magic: [&[u8]; 4] =
            [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"RIFF\x40\x01\0\0WEBPVP8X", b""];
        let bytes = [magic[kind], &noise].concat();
        let _ = check(&bytes, &small());
    }

    /// Changed, cut and doubled pieces of real files: an answer, and what is kept is within the measures.
    #[test]
    fn damage_is_answered(
        kind in 0_usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let picture = quarters(90, 70);
        let mut bytes = match kind {
            0 => file(&picture, ImageFormat::Jpeg),
            1 => file(&picture, ImageFormat::Png),
            2 => file(&picture, ImageFormat::WebP),
            _ => jpeg_with(&picture, &gps([51, 7, 4_200], [71, 25, 1], ("N", "E"))),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        if let Ok(kept) = check(&bytes, &small()) {
            prop_assert!(kept.web.width.max(kept.web.height) <= 1_600);
            prop_assert!(kept.thumb.width.max(kept.thumb.height) <= 240);
            prop_assert_eq!(&kept.web.bytes[..3], b"\xff\xd8\xff");
        }
    }

    /// A place moves by less than its cell, and its cell is the cell of its middle: coarsening twice changes nothing.
    #[test]
    fn places_stay_near_and_rest(lat in -85.0_f64..85.0, lon in -179.0_f64..179.0, cell_m in 50_u32..5_000) {
        prop_assume!(lat != 0.0 || lon != 0.0);
        let cell = coarsen(lat, lon, cell_m).expect("a place on earth");
        let (mid_lat, mid_lon) = (f64::from(cell.lat_e6) / 1e6, f64::from(cell.lon_e6) / 1e6);
        let metres = 111_195.0;
        let north = (mid_lat - lat).abs() * metres;
        let east = (mid_lon - lon).abs() * metres * mid_lat.to_radians().cos();
        prop_assert!(north <= f64::from(cell_m) * 0.51, "{north} m north");
        prop_assert!(east <= f64::from(cell_m) * 0.51, "{east} m east");
        prop_assert_eq!(coarsen(mid_lat, mid_lon, cell_m), Some(cell));
    }
}
