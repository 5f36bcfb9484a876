//! Pictures and files for the tests, made here.

use akimat_photo::Limits;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::{ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// The limits in force.
pub(crate) fn limits() -> Limits {
    Limits::on("2026-11-22".parse().expect("a date"))
}

/// Each quarter another colour: red and green above, blue and white below.
pub(crate) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 20, 20]),
        (false, true) => Rgb([20, 200, 20]),
        (true, false) => Rgb([20, 20, 220]),
        (false, false) => Rgb([240, 240, 240]),
    })
}

/// A picture as a file of this format.
pub(crate) fn file(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("an encoder");
    bytes.into_inner()
}

/// A JPEG whose header holds this block of EXIF.
pub(crate) fn jpeg_with(picture: &RgbImage, fields: &[Field]) -> Vec<u8> {
    let block = exif_block(fields);
    let plain = file(picture, ImageFormat::Jpeg);
    let length = u16::try_from(block.len() + 8).expect("a short block");
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(block);
    bytes.extend(&plain[2..]);
    bytes
}

fn exif_block(fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    for field in fields {
        writer.push_field(field);
    }
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, true).expect("a block of facts");
    block.into_inner()
}

pub(crate) fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

pub(crate) fn orientation(value: u16) -> Field {
    field(Tag::Orientation, Value::Short(vec![value]))
}

pub(crate) fn words(tag: Tag, text: &str) -> Field {
    field(tag, Value::Ascii(vec![text.as_bytes().to_vec()]))
}

/// Latitude and longitude in degrees, minutes and hundredths of seconds.
pub(crate) fn gps(lat: [u32; 3], lon: [u32; 3], sides: (&str, &str)) -> Vec<Field> {
    let ratios = |parts: [u32; 3]| {
        let [degrees, minutes, seconds] = parts;
        Value::Rational(vec![
            Rational { num: degrees, denom: 1 },
            Rational { num: minutes, denom: 1 },
            Rational { num: seconds, denom: 100 },
        ])
    };
    vec![
        field(Tag::GPSLatitude, ratios(lat)),
        words(Tag::GPSLatitudeRef, sides.0),
        field(Tag::GPSLongitude, ratios(lon)),
        words(Tag::GPSLongitudeRef, sides.1),
    ]
}

/// A PNG that says it is this large and unpacks to zeros, packed by the format's own means.
pub(crate) fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    // One bit a pixel: the smallest file for the most pixels.
    let plain = file(&RgbImage::new(8, 8), ImageFormat::Png);
    let mut bytes = plain[..8].to_vec();
    let mut ihdr = Vec::new();
    ihdr.extend(width.to_be_bytes());
    ihdr.extend(height.to_be_bytes());
    ihdr.extend([1, 0, 0, 0, 0]);
    chunk(&mut bytes, b"IHDR", &ihdr);
    // A stored block of no bytes ends the packed data at once: whoever trusts the header has reserved it all by then.
    chunk(&mut bytes, b"IDAT", &[0x78, 0x01, 0x01, 0x00, 0x00, 0xff, 0xff, 0, 0, 0, 1]);
    chunk(&mut bytes, b"IEND", &[]);
    bytes
}

/// A real PNG of one colour: hundreds of times smaller than what it unpacks to.
pub(crate) fn png_flat(width: u32, height: u32) -> Vec<u8> {
    let pixels = vec![0_u8; usize::try_from(width * height).expect("small enough")];
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(&pixels, width, height, ExtendedColorType::L8)
        .expect("an encoder");
    bytes
}

pub(crate) fn chunk(bytes: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    bytes.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
    let from = bytes.len();
    bytes.extend(name);
    bytes.extend(data);
    let sum = crc(&bytes[from..]);
    bytes.extend(sum.to_be_bytes());
}

/// CRC-32 of ISO 3309, as PNG's annex D writes it down.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
        }
    }
    !sum
}
