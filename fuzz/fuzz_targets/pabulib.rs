//! Any bytes as a participatory budget: read whole or refused with a line; what is read can be written, read again,
//! counted and checked.
#![no_main]

use akimat_pb::pabulib::{Keep, Limits, Reader, parse, write};
use akimat_pb::utility::Utility;
use akimat_pb::{Prepared, Rule};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let whole = parse(bytes);
    let mut reader = Reader::new(Limits::default(), Keep::Everything);
    let pieces = bytes.chunks(7).try_for_each(|piece| reader.feed(piece)).and_then(|()| reader.finish());
    assert_eq!(whole, pieces, "cutting a file changes what is read");
    let Ok(election) = whole else { return };
    let mut text = String::new();
    assert!(write(&election, &mut text).is_ok());
    assert_eq!(parse(text.as_bytes()).as_ref(), Ok(&election), "what was written is read otherwise");
    let rule = Rule::equal_shares(Utility::COST, Vec::new());
    if let Ok(prepared) = Prepared::new(&election, &rule, None) {
        let _ = prepared.count();
    }
    let _ = akimat_pb_check::check(bytes, "{\"trace\":\"akimat-count/1\"}");
});
