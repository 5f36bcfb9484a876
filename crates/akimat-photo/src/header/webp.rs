//! WebP: one RIFF container with chunks (RFC 9649, section 2).

use super::{Format, Header, le32};
use crate::refusal::Refusal;

pub(super) fn walk(bytes: &[u8]) -> Result<Header, Refusal> {
    let declared =
        le32(bytes, 4).and_then(|length| usize::try_from(length).ok()).ok_or(Refusal::Truncated)?;
    let end = declared.checked_add(8).ok_or(Refusal::Damaged)?;
    if end > bytes.len() {
        return Err(Refusal::Truncated);
    }
    if end < 30 {
        return Err(Refusal::Damaged);
    }
    let (width, height) = match bytes.get(12..16) {
        Some(b"VP8X") => (le24(bytes, 24)? + 1, le24(bytes, 27)? + 1),
        Some(b"VP8L") => lossless(bytes)?,
        Some(b"VP8 ") => lossy(bytes)?,
        _ => return Err(Refusal::Damaged),
    };
    Ok(Header { format: Format::Webp, width, height, end })
}

fn le24(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    match bytes.get(at..at + 3) {
        Some(&[a, b, c]) => Ok(u32::from_le_bytes([a, b, c, 0])),
        _ => Err(Refusal::Truncated),
    }
}

/// A key frame begins with three bytes of its tag, the start code and two times 14 bits (RFC 6386, section 9.1).
fn lossy(bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    if bytes.get(23..26) != Some(&[0x9d, 0x01, 0x2a]) {
        return Err(Refusal::Damaged);
    }
    let packed = le32(bytes, 26).ok_or(Refusal::Truncated)?;
    Ok((packed & 0x3fff, (packed >> 16) & 0x3fff))
}

/// A signature byte, then two times 14 bits, each one less than the side (RFC 9649, section 3.4).
fn lossless(bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    if bytes.get(20) != Some(&0x2f) {
        return Err(Refusal::Damaged);
    }
    let packed = le32(bytes, 21).ok_or(Refusal::Truncated)?;
    Ok(((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1))
}
