//! Any bytes as a table of the statistics workbench and as figures about territories.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(problems) = akimat_interop::data_table::decode_data_table(bytes) {
        assert!(!problems.is_empty(), "a refusal without a reason");
    }
    if let Err(problems) = akimat_interop::observation::decode_observations(bytes) {
        assert!(!problems.is_empty(), "a refusal without a reason");
    }
});
