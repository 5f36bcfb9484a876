//! Any bytes as a file of trained networks; one that is read can be asked and written.
#![no_main]

use akimat_forecast::neural::Ensemble;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(networks) = Ensemble::decode(bytes) else { return };
    assert!(networks.encode().is_ok(), "what was read cannot be written");
    for network in &networks.networks {
        let spoken = networks.quantiles(&[&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0]], network.shape.season, 3);
        assert!(spoken.iter().flatten().count() <= 3, "more was said than was asked");
    }
});
