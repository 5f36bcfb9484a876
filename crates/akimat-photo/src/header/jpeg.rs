//! JPEG: markers with lengths, then scans until the end marker (ISO/IEC 10918-1, annex B).

use super::{Format, Header, be16};
use crate::refusal::Refusal;

/// Scans of a progressive picture at most. Encoders write about ten; each further one costs another pass over the whole
/// picture, which is how a small file keeps a decoder busy for minutes.
const SCANS_MAX: usize = 64;

pub(super) fn walk(bytes: &[u8]) -> Result<Header, Refusal> {
    let mut at = 2;
    let mut size = None;
    let mut n_scans = 0;
    loop {
        let (marker, body) = next_marker(bytes, at)?;
        match marker {
            0xd9 => {
                let (width, height) = size.filter(|_| n_scans > 0).ok_or(Refusal::Damaged)?;
                return Ok(Header { format: Format::Jpeg, width, height, end: body });
            }
            // Markers without a length.
            0x01 | 0xd0..=0xd8 => at = body,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let of = |offset| be16(bytes, body + offset).map(u32::from).ok_or(Refusal::Truncated);
                let found = (of(5)?, of(3)?);
                // Two frames of different size would let the size that is judged differ from the one unpacked.
                if size.is_some_and(|known| known != found) {
                    return Err(Refusal::Damaged);
                }
                size = Some(found);
                at = skip(bytes, body)?;
            }
            0xda => {
                n_scans += 1;
                if n_scans > SCANS_MAX {
                    return Err(Refusal::Damaged);
                }
                at = end_of_scan(bytes, skip(bytes, body)?)?;
            }
            _ => at = skip(bytes, body)?,
        }
    }
}

/// The marker at `at` and the byte after it; fill bytes are passed over.
fn next_marker(bytes: &[u8], at: usize) -> Result<(u8, usize), Refusal> {
    if *bytes.get(at).ok_or(Refusal::Truncated)? != 0xff {
        return Err(Refusal::Damaged);
    }
    let fill = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| **byte == 0xff).count();
    let marker = *bytes.get(at + fill).ok_or(Refusal::Truncated)?;
    Ok((marker, at + fill + 1))
}

/// The byte after a segment whose length stands at `body`.
fn skip(bytes: &[u8], body: usize) -> Result<usize, Refusal> {
    let length = usize::from(be16(bytes, body).ok_or(Refusal::Truncated)?);
    if length < 2 {
        return Err(Refusal::Damaged);
    }
    if body + length > bytes.len() {
        return Err(Refusal::Truncated);
    }
    Ok(body + length)
}

/// Where the packed data of a scan ends: at a marker that is neither stuffing nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> Result<usize, Refusal> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| *byte == 0xff).ok_or(Refusal::Truncated)?;
        match bytes.get(at + 1).ok_or(Refusal::Truncated)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}
