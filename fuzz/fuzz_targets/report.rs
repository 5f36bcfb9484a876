//! A packed report of the cube from a damaged database is refused; one that is read packs to itself.
#![no_main]

use akimat_storage::fact::block::{pack_report, pack_sum, read_report, read_sum};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(lines) = read_report(bytes) {
        assert_eq!(read_report(&pack_report(&lines)).ok(), Some(lines));
    }
    if let Ok(lines) = read_sum(bytes) {
        assert_eq!(read_sum(&pack_sum(&lines)).ok(), Some(lines));
    }
});
