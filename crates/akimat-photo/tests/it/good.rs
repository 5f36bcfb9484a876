//! What is kept of a good photograph, and what is not.

use crate::make::{file, gps, jpeg_with, limits, orientation, quarters, words};
use akimat_photo::header::Format;
use akimat_photo::photograph::judge;
use akimat_photo::{check, look};
use exif::Tag;
use image::{ImageFormat, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

fn pixels(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).expect("our own JPEG").into_rgb8()
}

/// Which colour a quarter has: (column, row) from the left and top.
fn quarter(picture: &RgbImage, column: u32, row: u32) -> char {
    let at = |length: u32, which: u32| length / 4 + which * length / 2;
    match picture.get_pixel(at(picture.width(), column), at(picture.height(), row)).0 {
        [r, g, b] if r > 150 && g > 150 && b > 150 => 'w',
        [r, g, _] if r > 150 && g < 100 => 'r',
        [_, g, b] if g > 150 && b < 100 => 'g',
        _ => 'b',
    }
}

#[test]
fn three_formats_become_two_pictures() {
    for (format, ours) in [
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Png, Format::Png),
        (ImageFormat::WebP, Format::Webp),
    ] {
        let sent = file(&quarters(2_400, 1_200), format);
        let header = judge(&sent, &limits()).expect("a photograph");
        assert_eq!((header.format, header.width, header.height), (ours, 2_400, 1_200));
        let kept = check(&sent, &limits()).expect("a photograph");
        assert_eq!((kept.web.width, kept.web.height), (1_600, 800), "{format:?}");
        assert_eq!((kept.thumb.width, kept.thumb.height), (240, 120));
        assert_eq!(pixels(&kept.web.bytes).dimensions(), (1_600, 800));
        assert_eq!(pixels(&kept.thumb.bytes).dimensions(), (240, 120));
        assert_eq!((kept.taken_at, kept.place, kept.sent), (None, None, (2_400, 1_200)));
        assert_eq!(check(&sent, &limits()), Ok(kept), "the same bytes give the same pictures");
    }
}

#[test]
fn a_small_picture_is_not_enlarged_and_transparency_lies_on_white() {
    let picture = RgbaImage::from_pixel(100, 70, Rgba([255, 0, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("an encoder");
    let kept = check(&bytes.into_inner(), &limits()).expect("a photograph");
    assert_eq!((kept.web.width, kept.web.height), (100, 70));
    assert_eq!(pixels(&kept.web.bytes).get_pixel(50, 30).0, [255, 255, 255]);
}

/// The eight orientations of EXIF 2.32, section 4.6.4: where the first row and column of the file belong.
#[test]
fn every_orientation_is_turned_upright() {
    let upright = quarters(120, 80);
    for (value, due) in [
        (1, ["rg", "bw"]),
        (2, ["gr", "wb"]),
        (3, ["wb", "gr"]),
        (4, ["bw", "rg"]),
        (5, ["rb", "gw"]),
        (6, ["br", "wg"]),
        (7, ["wg", "br"]),
        (8, ["gw", "rb"]),
        (9, ["rg", "bw"]),
    ] {
        let kept = check(&jpeg_with(&upright, &[orientation(value)]), &limits()).expect("a photograph");
        let turned = pixels(&kept.web.bytes);
        let seen: Vec<String> =
            (0..2).map(|row| (0..2).map(|column| quarter(&turned, column, row)).collect()).collect();
        assert_eq!(seen, due, "orientation {value}");
        let size = if (5..=8).contains(&value) { (80, 120) } else { (120, 80) };
        assert_eq!(turned.dimensions(), size, "orientation {value}");
    }
}

#[test]
fn time_and_a_coarse_place_are_kept_and_nothing_else() {
    let mut fields = gps([51, 7, 4_200], [71, 25, 4_999], ("N", "E"));
    fields.push(words(Tag::DateTimeOriginal, "2026:05:07 09:08:07"));
    fields.push(words(Tag::Artist, "SECRET-NAME"));
    fields.push(words(Tag::Make, "SECRET-CAMERA"));
    fields.push(words(Tag::ImageDescription, "SECRET-WORDS"));
    let sent = jpeg_with(&quarters(300, 200), &fields);
    let kept = check(&sent, &limits()).expect("a photograph");
    assert_eq!(kept.taken_at, Some("2026-05-07T09:08:07".parse().expect("a time")));
    let place = kept.place.expect("a place");
    // 51° 7' 42.00" N, 71° 25' 49.99" E is 51.128333, 71.430553: within half a cell, and not the point itself.
    assert!((place.lat_e6 - 51_128_333).abs() <= 450 && place.lat_e6 != 51_128_333, "{place:?}");
    assert!((place.lon_e6 - 71_430_553).abs() <= 717 && place.lon_e6 != 71_430_553, "{place:?}");
    assert_eq!(place.cell_m, 100);
    for bytes in [&kept.web.bytes, &kept.thumb.bytes] {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("SECRET") && !text.contains("Exif") && !text.contains("2026"));
    }
}

#[test]
fn unknown_times_and_places_stay_unknown() {
    for text in
        ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:01 00:00:00", "1970:01:01 00:00:00", ""]
    {
        let sent = jpeg_with(&quarters(100, 100), &[words(Tag::DateTimeOriginal, text)]);
        assert_eq!(check(&sent, &limits()).expect("a photograph").taken_at, None, "{text:?}");
    }
    for fields in [
        gps([0, 0, 0], [0, 0, 0], ("N", "E")),
        gps([91, 0, 0], [71, 0, 0], ("N", "E")),
        gps([51, 0, 0], [71, 0, 0], ("N", "E"))[..2].to_vec(),
    ] {
        let sent = jpeg_with(&quarters(100, 100), &fields);
        assert_eq!(check(&sent, &limits()).expect("a photograph").place, None);
    }
    let south = jpeg_with(&quarters(100, 100), &gps([33, 30, 0], [70, 40, 0], ("S", "W")));
    let place = check(&south, &limits()).expect("a photograph").place.expect("a place");
    assert!(place.lat_e6 < -33_000_000 && place.lon_e6 < -70_000_000);
}

#[test]
fn the_picture_for_lists_is_light_even_when_it_is_noise() {
    let mut state = 1_u32;
    let noise = RgbImage::from_fn(1_000, 1_000, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_le_bytes();
        image::Rgb([a, b, c])
    });
    let kept = check(&file(&noise, ImageFormat::Png), &limits()).expect("a photograph");
    assert!(kept.thumb.bytes.len() <= 12_000, "{} bytes", kept.thumb.bytes.len());
}

#[test]
fn the_same_photograph_saved_anew_is_known_again() {
    let scene = RgbImage::from_fn(900, 600, |x, y| {
        let wave = |a: u32, b: u32| u8::try_from((x * a / 7 + y * b / 5) % 256).unwrap_or(0);
        image::Rgb([wave(3, 1), wave(1, 4), wave(2, 2)])
    });
    let first = check(&file(&scene, ImageFormat::Png), &limits()).expect("a photograph");
    let smaller = image::imageops::thumbnail(&scene, 640, 427);
    let again = check(&file(&smaller, ImageFormat::Jpeg), &limits()).expect("a photograph");
    assert_ne!(first.sha256, again.sha256);
    assert!(look::alike(first.look, again.look), "{:b}", first.look ^ again.look);
    let other = check(&file(&quarters(900, 600), ImageFormat::Png), &limits()).expect("a photograph");
    assert!(!look::alike(first.look, other.look));
    assert!(!look::alike(0, 0), "flat pictures are like nothing");
}
