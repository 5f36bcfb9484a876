//! The two facts that may be kept of what a camera writes: when and where. And which way up.

use exif::{Exif, In, Rational, Tag, Value};
use jiff::civil::DateTime;

/// Longest block of facts that is looked at, in bytes: the format allows 64 KiB in a JPEG.
const BLOCK_MAX: usize = 256 * 1024;

/// What is taken out of a file's facts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts {
    /// Day and time by the camera's clock.
    pub taken_at: Option<DateTime>,
    /// Latitude and longitude in degrees, exact: it is coarsened before it leaves the room.
    pub(crate) point: Option<(f64, f64)>,
    /// Which way up, 1 to 8 as EXIF numbers them.
    pub orientation: u8,
}

/// Reads a block of EXIF; whatever cannot be read is unknown.
pub fn read(block: Option<Vec<u8>>) -> Facts {
    let unknown = Facts { orientation: 1, ..Facts::default() };
    let Some(block) = block.filter(|block| block.len() <= BLOCK_MAX) else { return unknown };
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let exif = match reader.read_raw(block) {
        Ok(exif) => exif,
        Err(exif::Error::PartialResult(partial)) => partial.into_inner().0,
        Err(_) => return unknown,
    };
    Facts { taken_at: taken_at(&exif), point: point(&exif), orientation: orientation(&exif) }
}

fn orientation(exif: &Exif) -> u8 {
    let field = exif.get_field(Tag::Orientation, In::PRIMARY);
    let value = field.and_then(|field| field.value.get_uint(0)).unwrap_or(1);
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

/// `2026:05:07 09:08:07`; cameras with an unset clock write zeros, spaces or 1970, which is no time.
fn taken_at(exif: &Exif) -> Option<DateTime> {
    let tags = [Tag::DateTimeOriginal, Tag::DateTimeDigitized];
    let value = tags.into_iter().find_map(|tag| exif.get_field(tag, In::PRIMARY))?;
    let Value::Ascii(parts) = &value.value else { return None };
    let text = std::str::from_utf8(parts.first()?).ok()?.trim();
    let (day, time) = text.split_once(' ')?;
    let at: DateTime = format!("{}T{time}", day.replace(':', "-")).parse().ok()?;
    let at = at.with().subsec_nanosecond(0).build().ok()?;
    (at.year() >= 1990).then_some(at)
}

fn point(exif: &Exif) -> Option<(f64, f64)> {
    let lat = angle(exif, Tag::GPSLatitude, (Tag::GPSLatitudeRef, b'S'))?;
    let lon = angle(exif, Tag::GPSLongitude, (Tag::GPSLongitudeRef, b'W'))?;
    Some((lat, lon))
}

/// Degrees, minutes, seconds; minutes and seconds may be missing.
fn angle(exif: &Exif, tag: Tag, (reference, negative): (Tag, u8)) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let part = |at: usize| match parts.get(at) {
        Some(Rational { denom: 0, .. }) => None,
        Some(ratio) => Some(ratio.to_f64()),
        None if at > 0 => Some(0.0),
        None => None,
    };
    let degrees = part(0)? + part(1)? / 60.0 + part(2)? / 3600.0;
    let Value::Ascii(side) = &exif.get_field(reference, In::PRIMARY)?.value else { return None };
    let sign = if side.first()?.first()?.eq_ignore_ascii_case(&negative) { -1.0 } else { 1.0 };
    Some(sign * degrees)
}
