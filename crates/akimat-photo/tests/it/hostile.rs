//! What is refused, and with which numbers.

use crate::make::{chunk, file, jpeg_with, limits, png_bomb, png_flat, quarters};
use akimat_photo::photograph::judge;
use akimat_photo::{Foreign, Refusal, check};
use image::ImageFormat;

fn refused(bytes: &[u8]) -> Refusal {
    check(bytes, &limits()).expect_err("this must not be kept")
}

#[test]
fn names_and_pretences_do_not_help() {
    for (bytes, what) in [
        (&b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"[..], Foreign::Markup),
        (b"<!DOCTYPE html><script>1</script>", Foreign::Markup),
        (b"\xef\xbb\xbf  <?xml version=\"1.0\"?><svg/>", Foreign::Markup),
        (b"ordinary words and then <script>", Foreign::Markup),
        (b"%PDF-1.7", Foreign::Pdf),
        (b"PK\x03\x04rest", Foreign::Archive),
        (b"MZ\x90\0", Foreign::Program),
        (b"#!/bin/sh\nrm", Foreign::Program),
        (b"GIF89a", Foreign::OtherPicture),
        (b"\0\0\0\x18ftypheic", Foreign::OtherPicture),
        (b"plain words", Foreign::Unknown),
        (b"\xff\xd8", Foreign::Unknown),
    ] {
        assert_eq!(refused(bytes), Refusal::NotAPhotograph(what), "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(refused(b""), Refusal::Empty);
}

#[test]
fn a_bomb_is_known_by_its_header() {
    let fifty = png_bomb(10_000, 5_000);
    assert!(fifty.len() < 100, "{}", fifty.len());
    let due = Refusal::TooManyPixels { width: 10_000, height: 5_000, n_pixels_max: 40_000_000 };
    assert_eq!(judge(&fifty, &limits()), Err(due.clone()));
    assert_eq!(refused(&fifty), due);
    let beyond = png_bomb(u32::MAX, u32::MAX);
    assert!(matches!(refused(&beyond), Refusal::TooManyPixels { width: u32::MAX, .. }));
    // A JPEG whose frame says 50 megapixels.
    let mut jpeg = file(&quarters(100, 100), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x1f, 0x40, 0x18, 0x6a]);
    let due = Refusal::TooManyPixels { width: 6_250, height: 8_000, n_pixels_max: 40_000_000 };
    assert_eq!(refused(&jpeg), due);
}

#[test]
fn what_unpacks_within_the_limit_is_unpacked_and_no_more() {
    let flat = png_flat(6_000, 6_000);
    assert!(flat.len() < 400_000, "{}", flat.len());
    assert_eq!(check(&flat, &limits()).expect("36 megapixels of one grey").web.width, 1_600);
    // The header promises more than the data hold.
    assert!(matches!(refused(&png_bomb(5_000, 5_000)), Refusal::Truncated | Refusal::Damaged));
    // Sixteen bits in four channels: more memory than the limit though few enough pixels.
    let mut small = limits();
    small.megapixels_max = 1;
    let deep = image::ImageBuffer::<image::Rgba<u16>, Vec<u16>>::new(1_250, 800);
    let mut bytes = std::io::Cursor::new(Vec::new());
    deep.write_to(&mut bytes, ImageFormat::Png).expect("an encoder");
    assert!(check(&bytes.get_ref().clone(), &small).is_ok(), "8 MB for 1 megapixel lie within the allowance");
    let mut forty = limits();
    forty.megapixels_max = 8;
    let deep = image::ImageBuffer::<image::Rgba<u16>, Vec<u16>>::new(4_000, 2_000);
    let mut bytes = std::io::Cursor::new(Vec::new());
    deep.write_to(&mut bytes, ImageFormat::Png).expect("an encoder");
    assert_eq!(check(bytes.get_ref(), &forty), Err(Refusal::TooMuchMemory));
}

#[test]
fn too_many_bytes_are_refused_with_both_numbers() {
    let mut small = limits();
    small.megabytes_max = 1;
    let bytes = vec![0xff; 1_000_001];
    let due = Refusal::TooManyBytes { n_bytes: 1_000_001, n_bytes_max: 1_000_000 };
    assert_eq!(check(&bytes, &small), Err(due));
}

#[test]
fn too_few_pixels_show_nothing() {
    let due = |width, height| Refusal::TooFewPixels { width, height, side_min: 64 };
    assert_eq!(refused(&file(&quarters(63, 900), ImageFormat::Png)), due(63, 900));
    assert_eq!(refused(&png_bomb(0, 900)), due(0, 900));
    // A JPEG without height: it would be told by a later marker.
    let mut jpeg = file(&quarters(100, 100), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    jpeg[frame + 5..frame + 7].copy_from_slice(&[0, 0]);
    assert_eq!(refused(&jpeg), due(100, 0));
}

#[test]
fn a_missing_end_is_noticed_everywhere() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = file(&quarters(200, 150), format);
        for end in 1..whole.len() {
            assert!(check(&whole[..end], &limits()).is_err(), "{format:?} cut at {end} of {}", whole.len());
        }
        assert_eq!(refused(&whole[..whole.len() - 1]), Refusal::Truncated, "{format:?}");
    }
}

#[test]
fn what_hides_behind_a_picture_is_found() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let picture = file(&quarters(200, 150), format);
        let with = |tail: &[u8]| [picture.as_slice(), tail].concat();
        for (tail, what) in [
            (&b"PK\x03\x04a.class....PK\x05\x06\0\0\0\0"[..], Foreign::Archive),
            (b"some bytes PK\x05\x06\0\0\0\0\0\0\0\0", Foreign::Archive),
            (b"\n<html><SCRIPT>alert(1)</SCRIPT>", Foreign::Markup),
            (b"  <?php system($_GET[0]);", Foreign::Markup),
            (b"....%PDF-1.4", Foreign::Pdf),
            (b"MZ\x90\0", Foreign::Program),
        ] {
            assert_eq!(refused(&with(tail)), Refusal::Polyglot(what), "{format:?}");
        }
        // What telephones append is left behind.
        let motion = with(b"\0\0\0\x18ftypmp42 a short film");
        let kept = check(&motion, &limits()).expect("a photograph");
        assert_eq!(kept.web, check(&picture, &limits()).expect("a photograph").web);
    }
}

#[test]
fn what_hides_inside_a_picture_is_left_behind() {
    let page = exif::Field {
        tag: exif::Tag::ImageDescription,
        ifd_num: exif::In::PRIMARY,
        value: exif::Value::Ascii(vec![b"<script>alert(1)</script>".to_vec()]),
    };
    let kept = check(&jpeg_with(&quarters(200, 150), &[page]), &limits()).expect("a photograph");
    let plain = file(&quarters(200, 150), ImageFormat::Png);
    let mut png = plain[..33].to_vec();
    chunk(&mut png, b"tEXt", b"Comment\0<script>alert(2)</script>");
    png.extend(&plain[33..]);
    let other = check(&png, &limits()).expect("a photograph");
    for bytes in [&kept.web.bytes, &kept.thumb.bytes, &other.web.bytes, &other.thumb.bytes] {
        assert!(!bytes.windows(7).any(|word| word == b"<script"));
    }
}

#[test]
fn endless_scans_are_refused() {
    let plain = file(&quarters(100, 100), ImageFormat::Jpeg);
    let scan = plain.windows(2).position(|pair| pair == [0xff, 0xda]).expect("a scan");
    let end = plain.len() - 2;
    let mut many = plain[..scan].to_vec();
    for _ in 0..65 {
        many.extend(&plain[scan..end]);
    }
    many.extend([0xff, 0xd9]);
    assert_eq!(refused(&many), Refusal::Damaged);
}
