//! The whole way: judge, unpack, shrink, turn, encode anew.

use crate::coarse::{Cell, coarsen};
use crate::fact::{self, Facts};
use crate::header::{self, Format, Header};
use crate::limit::Limits;
use crate::look::look;
use crate::refusal::Refusal;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, Rgb, RgbImage};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Quality of the picture for looking at; about 0.2 bytes a pixel.
const WEB_QUALITY: u8 = 80;

/// Qualities tried for the picture for lists until it is light enough.
const THUMB_QUALITIES: [u8; 5] = [75, 65, 55, 45, 35];

/// A picture encoded anew as JPEG, without anything but its pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} × {}, {} bytes)", self.width, self.height, self.bytes.len())
    }
}

/// A checked photograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photograph {
    /// For looking at.
    pub web: Picture,
    /// For lists.
    pub thumb: Picture,
    /// Day and time by the camera's clock; `None` when the file does not say.
    pub taken_at: Option<DateTime>,
    /// Roughly where; `None` when the file does not say.
    pub place: Option<Cell>,
    /// SHA-256 of the file as it was sent, lower-case hexadecimal.
    pub sha256: String,
    /// Fingerprint of what is seen.
    pub look: u64,
    /// Pixels of the file as it was sent, across and down.
    pub sent: (u32, u32),
}

/// Checks a file and makes the pictures that are kept of it.
///
/// # Errors
/// [`Refusal`] says why it is not kept.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<Photograph, Refusal> {
    let header = judge(bytes, limits)?;
    // The decoders are written not to panic; if one does, the file is to blame and the server goes on.
    let unpacked = catch_unwind(AssertUnwindSafe(|| unpack(bytes, &header, limits)));
    let (picture, facts) = unpacked.map_err(|_| Refusal::Damaged)??;
    let web = fit(picture, limits.web_side, facts.orientation);
    let thumb = shrink(&web, limits.thumb_side);
    Ok(Photograph {
        taken_at: facts.taken_at,
        place: facts.point.and_then(|(lat, lon)| coarsen(lat, lon, limits.cell_m)),
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        look: look(&web),
        sent: (header.width, header.height),
        thumb: light(&thumb, limits)?,
        web: encode(&web, WEB_QUALITY)?,
    })
}

/// What can be said without unpacking: bytes, format, pixels, end.
///
/// # Errors
/// [`Refusal`] says why it is not kept.
pub fn judge(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let n_bytes = bytes.len() as u64;
    if n_bytes > limits.n_bytes_max() {
        return Err(Refusal::TooManyBytes { n_bytes, n_bytes_max: limits.n_bytes_max() });
    }
    let header = header::read(bytes)?;
    let (width, height) = (header.width, header.height);
    if u64::from(width) * u64::from(height) > limits.n_pixels_max() {
        return Err(Refusal::TooManyPixels { width, height, n_pixels_max: limits.n_pixels_max() });
    }
    if width.min(height) < limits.side_min.max(1) {
        return Err(Refusal::TooFewPixels { width, height, side_min: limits.side_min });
    }
    Ok(header)
}

fn unpack(bytes: &[u8], header: &Header, limits: &Limits) -> Result<(DynamicImage, Facts), Refusal> {
    // What was appended behind the picture is not even shown to the decoder.
    let input = Cursor::new(bytes.get(..header.end).unwrap_or(bytes));
    match header.format {
        Format::Jpeg => decode(JpegDecoder::new(input), header, limits),
        Format::Png => decode(PngDecoder::with_limits(input, bounds(header, limits)), header, limits),
        Format::Webp => decode(WebPDecoder::new(input), header, limits),
    }
}

fn bounds(header: &Header, limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::no_limits();
    bounds.max_image_width = Some(header.width);
    bounds.max_image_height = Some(header.height);
    bounds.max_alloc = Some(limits.memory_max());
    bounds
}

fn decode<D: ImageDecoder>(
    decoder: image::ImageResult<D>,
    header: &Header,
    limits: &Limits,
) -> Result<(DynamicImage, Facts), Refusal> {
    let mut decoder = decoder.map_err(|error| refusal(&error))?;
    if decoder.dimensions() != (header.width, header.height) {
        return Err(Refusal::Damaged);
    }
    if decoder.total_bytes() > limits.memory_max() {
        return Err(Refusal::TooMuchMemory);
    }
    decoder.set_limits(bounds(header, limits)).map_err(|error| refusal(&error))?;
    let facts = fact::read(decoder.exif_metadata().ok().flatten());
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    Ok((picture, facts))
}

fn refusal(error: &ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooMuchMemory,
        ImageError::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Refusal::Truncated,
        _ => Refusal::Damaged,
    }
}

/// Shrinks, then turns: turning the small picture takes a fraction of the memory.
fn fit(picture: DynamicImage, side: u32, orientation: u8) -> RgbImage {
    let (width, height) = sides((picture.width(), picture.height()), side);
    let small = if (width, height) == (picture.width(), picture.height()) {
        picture
    } else {
        // Averages all dots that fall together: right for shrinking and without further memory.
        picture.thumbnail_exact(width, height)
    };
    let mut flat = DynamicImage::ImageRgb8(on_white(&small));
    flat.apply_orientation(Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms));
    flat.into_rgb8()
}

fn shrink(picture: &RgbImage, side: u32) -> RgbImage {
    let (width, height) = sides(picture.dimensions(), side);
    image::imageops::thumbnail(picture, width, height)
}

/// Sides of a picture whose longest side is at most `side`; never enlarged, never zero.
fn sides((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let exact = u64::from(length) * u64::from(side) / u64::from(longest.max(1));
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

/// JPEG knows no transparency: what is transparent lies on white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    let mut flat = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in flat.pixels_mut().zip(rgba.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let blend = |dot: u32| {
            let mixed = (dot * alpha + 255 * (255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([blend(red), blend(green), blend(blue)]);
    }
    flat
}

/// The picture for lists, as good as it can be within its bytes.
fn light(picture: &RgbImage, limits: &Limits) -> Result<Picture, Refusal> {
    let allowed = usize::try_from(limits.thumb_bytes).unwrap_or(usize::MAX);
    for quality in THUMB_QUALITIES {
        let encoded = encode(picture, quality)?;
        if encoded.bytes.len() <= allowed {
            return Ok(encoded);
        }
    }
    // A picture of noise: smaller, so that it is light in any case.
    let smaller = shrink(picture, limits.thumb_side / 2);
    encode(&smaller, 35)
}

fn encode(picture: &RgbImage, quality: u8) -> Result<Picture, Refusal> {
    let (width, height) = picture.dimensions();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .map_err(|_| Refusal::Damaged)?;
    Ok(Picture { width, height, bytes })
}
