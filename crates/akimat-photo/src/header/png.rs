//! PNG: chunks with lengths, `IHDR` first, `IEND` last (W3C, section 5).

use super::{Format, Header, be32};
use crate::refusal::Refusal;

pub(super) fn walk(bytes: &[u8]) -> Result<Header, Refusal> {
    if bytes.len() < 33 {
        return Err(Refusal::Truncated);
    }
    if bytes.get(12..16) != Some(b"IHDR") || be32(bytes, 8) != Some(13) {
        return Err(Refusal::Damaged);
    }
    let size = be32(bytes, 16).zip(be32(bytes, 20));
    let (width, height) = size.ok_or(Refusal::Truncated)?;
    let mut at = 8;
    let mut has_data = false;
    loop {
        let length =
            usize::try_from(be32(bytes, at).ok_or(Refusal::Truncated)?).map_err(|_| Refusal::Damaged)?;
        let name = bytes.get(at + 4..at + 8).ok_or(Refusal::Truncated)?;
        // Twelve bytes around the data: length, name, checksum. The format allows lengths up to 2^31 - 1.
        let end = at.checked_add(length).and_then(|end| end.checked_add(12)).ok_or(Refusal::Damaged)?;
        if end > bytes.len() {
            return Err(Refusal::Truncated);
        }
        has_data |= name == b"IDAT";
        if name == b"IEND" {
            let header = Header { format: Format::Png, width, height, end };
            return if has_data { Ok(header) } else { Err(Refusal::Damaged) };
        }
        at = end;
    }
}
