//! Looks through a zip archive without keeping what it holds.

use crate::Problem;
use crate::problem::{ProblemCode, whole_file};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Mebibytes a workbook may unpack to.
pub(super) const UNPACKED_MIB_MAX: u32 = 256;
/// Parts a workbook may have; ordinary ones have ten to a hundred.
const PARTS_MAX: usize = 2_000;
/// A part over one mebibyte may not be more than this many times its packed size.
const RATIO_MAX: u64 = 300;
/// The shared texts a workbook may announce: the reader reserves room for so many at once.
const TEXTS_MAX: u64 = 4_000_000;
/// Opening and closing tags of all parts; two million filled cells have eight million.
const TAGS_MAX: u64 = 16_000_000;

/// Refuses what is broken, encrypted, or unpacks to too much.
pub(super) fn check(bytes: &[u8]) -> Result<(), Vec<Problem>> {
    let broken = || whole_file(ProblemCode::BrokenWorkbook);
    let too_large = || whole_file(ProblemCode::WorkbookTooLarge { limit_mib: UNPACKED_MIB_MAX });
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > PARTS_MAX {
        return Err(too_large());
    }
    let mut room = Room { bytes: u64::from(UNPACKED_MIB_MAX) * 1024 * 1024, tags: TAGS_MAX };
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| broken())?;
        if part.encrypted() {
            return Err(whole_file(ProblemCode::WorkbookEncrypted));
        }
        let packed = part.compressed_size();
        drop(part);
        let part = archive.by_index(at).map_err(|_| broken())?;
        let unpacked = unpack(part, &mut room).map_err(|_| broken())?.ok_or_else(too_large)?;
        if unpacked > 1024 * 1024 && unpacked / RATIO_MAX > packed {
            return Err(too_large());
        }
    }
    Ok(())
}

/// What may still be unpacked.
struct Room {
    bytes: u64,
    tags: u64,
}

/// Bytes of a part, or `None` when there is no room for it or its announcements are absurd.
fn unpack(mut part: impl Read, room: &mut Room) -> std::io::Result<Option<u64>> {
    let mut buffer = vec![0_u8; 64 * 1024];
    let (mut count, mut watch) = (0_u64, Announcement::default());
    loop {
        let read = part.read(&mut buffer)?;
        if read == 0 {
            return Ok(Some(count));
        }
        let bytes = &buffer[..read];
        count += read as u64;
        let tags = bytes.iter().map(|byte| u64::from(*byte == b'<')).sum();
        let (Some(bytes_left), Some(tags_left)) =
            (room.bytes.checked_sub(read as u64), room.tags.checked_sub(tags))
        else {
            return Ok(None);
        };
        *room = Room { bytes: bytes_left, tags: tags_left };
        if watch.is_absurd(bytes) {
            return Ok(None);
        }
    }
}

/// Watches a stream for `uniqueCount="number"`.
#[derive(Debug, Default)]
struct Announcement {
    matched: usize,
    number: u64,
}

impl Announcement {
    fn is_absurd(&mut self, bytes: &[u8]) -> bool {
        const NAME: &[u8] = b"uniqueCount";
        for byte in bytes {
            if self.matched < NAME.len() {
                self.number = 0;
                self.matched = match *byte {
                    b if b == NAME[self.matched] => self.matched + 1,
                    b'u' => 1,
                    _ => 0,
                };
                continue;
            }
            match byte {
                b'0'..=b'9' => {
                    self.number = self.number.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                }
                b'=' | b'"' | b'\'' | b'+' | b' ' | b'\t' | b'\r' | b'\n' if self.number == 0 => {}
                _ => self.matched = 0,
            }
            if self.number > TEXTS_MAX {
                return true;
            }
        }
        false
    }
}
