//! Photographs as cameras and strangers send them, made here byte by byte.

use akimat_document::{Drawing, encode_png};
use akimat_photo::{Limits, check};

/// A WebP of 80 × 64 pixels with three colours, as a browser encodes it.
const WEBP: &str = "\
    52494646b20000005745425056503820a6000000f006009d012a500040003f117eb4522c28a522ae7aa80180220940196545\
    5675565a0272fde59fdc1f476a0fcc89b0bbf1a1d207423c8c45e331deebf50ee57800fede1219ad9604fe1cfb63f7b15230\
    1751eff97ebff3286b0bf447d337c6a94358d0bfe4e4c5473342ff939311733528cb44fb89c3dc5699b196ca7ebfa0f91bf5\
    78654b60730f97868bfb1d5bf47d9a4696aafccad4d3c89a760df0526c6e72f5a1500000";

/// A real PNG of this size; the number decides what it shows.
pub(crate) fn png(n: u32, (width, height): (u32, u32)) -> Vec<u8> {
    // Ten stripes whose brightness follows from the number: two numbers look different.
    let stripe = |at: u32| {
        let grey = (n * 97 + 13) * (at + 3) * (at * at + 7) % 251;
        format!("<rect x='{}' width='81' height='600' fill='rgb({grey},{grey},90)'/>", at * 80)
    };
    let stripes: String = (0..10).map(stripe).collect();
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='800' height='600' viewBox='0 0 800 600'>{stripes}</svg>"
    );
    let drawing = Drawing { svg, width: 800.0, height: 600.0 };
    let scale = f32::from(u16::try_from(width.max(height)).unwrap()) / 800.0;
    encode_png(&drawing, scale).unwrap()
}

/// A real JPEG.
pub(crate) fn jpeg(n: u32) -> Vec<u8> {
    let limits = Limits::on("2026-09-01".parse().unwrap());
    check(&png(n, (800, 600)), &limits).unwrap().web.bytes
}

/// A real WebP.
pub(crate) fn webp() -> Vec<u8> {
    (0..WEBP.len()).step_by(2).map(|at| u8::from_str_radix(&WEBP[at..at + 2], 16).unwrap()).collect()
}

/// A JPEG as a telephone sends it: with its maker, the moment, and the exact place.
pub(crate) fn from_telephone(n: u32) -> Vec<u8> {
    let plain = jpeg(n);
    let block = exif();
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(block.len() + 8).unwrap().to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(block);
    bytes.extend(&plain[2..]);
    bytes
}

/// Maker `SecretCam`, 7 May 2026 09:08:07, 51° 7′ 41.99″ N, 71° 25′ 50.01″ E, as EXIF 2.32 lays it out.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = tag.to_be_bytes().to_vec();
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(value);
        bytes
    };
    let at = |offset: u32| offset.to_be_bytes();
    let folder = |entries: &[Vec<u8>]| {
        let mut bytes = u16::try_from(entries.len()).unwrap().to_be_bytes().to_vec();
        bytes.extend(entries.concat());
        bytes.extend([0; 4]);
        bytes
    };
    let angle = |degrees: u32, minutes: u32, hundredths: u32| {
        [degrees, 1, minutes, 1, hundredths, 100].map(u32::to_be_bytes).concat()
    };
    let mut block = b"MM\0*\0\0\0\x08".to_vec();
    block.extend(folder(&[
        entry(0x010f, 2, 10, at(50)),
        entry(0x8769, 4, 1, at(60)),
        entry(0x8825, 4, 1, at(98)),
    ]));
    block.extend(b"SecretCam\0");
    block.extend(folder(&[entry(0x9003, 2, 20, at(78))]));
    block.extend(b"2026:05:07 09:08:07\0");
    block.extend(folder(&[
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, at(152)),
        entry(3, 2, 2, *b"E\0\0\0"),
        entry(4, 5, 3, at(176)),
    ]));
    block.extend(angle(51, 7, 4_199));
    block.extend(angle(71, 25, 5_001));
    block
}

/// A JPEG of a few kilobytes whose header promises 8,000 × 6,250 pixels: 50 megapixels, 150 MB unpacked.
pub(crate) fn fifty_megapixels() -> Vec<u8> {
    let mut bytes = jpeg(1);
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    bytes[frame + 5..frame + 9].copy_from_slice(&[0x18, 0x6a, 0x1f, 0x40]);
    bytes
}

/// A PNG of under a hundred bytes that says it is 30,000 × 30,000 pixels.
pub(crate) fn bomb() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = 30_000_u32.to_be_bytes();
    let ihdr = [&side[..], &side, &[1, 0, 0, 0, 0]].concat();
    for (name, data) in [(b"IHDR", ihdr), (b"IDAT", vec![0x78, 1, 3, 0, 0, 0, 0, 1]), (b"IEND", vec![])] {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [name.as_slice(), &data].concat();
        bytes.extend(&body);
        bytes.extend(crc(&body).to_be_bytes());
    }
    bytes
}

/// CRC-32 of ISO 3309, as annex D of the PNG specification writes it down.
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
