//! A photograph: an answer for any bytes, and what is kept is a small JPEG without anything else.
#![no_main]

use akimat_photo::{Limits, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let day = jiff::civil::date(2026, 11, 22);
    let limits = Limits { megapixels_max: 1, ..Limits::on(day) };
    if let Ok(kept) = check(bytes, &limits) {
        assert!(kept.web.width.max(kept.web.height) <= limits.web_side);
        assert!(kept.thumb.width.max(kept.thumb.height) <= limits.thumb_side);
        assert!(kept.web.bytes.starts_with(b"\xff\xd8\xff"));
    }
});
