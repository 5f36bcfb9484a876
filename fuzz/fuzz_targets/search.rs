//! A query as typed by anyone.
#![no_main]

use akimat_core::fold::{fold, search_keys};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let keys = search_keys(text);
    for (i, key) in keys.iter().enumerate() {
        assert!(!key.is_empty());
        assert_eq!(&fold(key), key, "folding twice changes nothing");
        assert!(!keys[..i].contains(key), "{key:?} comes twice");
    }
});
