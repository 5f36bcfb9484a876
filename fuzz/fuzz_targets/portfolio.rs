//! A programme from anywhere is read or refused with a reason; what is read is sound.
#![no_main]

use akimat_interop::portfolio::{PortfolioError, decode_portfolio};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match decode_portfolio(bytes) {
        Ok(programme) => assert_eq!(programme.to_draft().check().as_ref(), Ok(&programme)),
        Err(PortfolioError::Faults(faults)) => assert!(!faults.is_empty()),
        Err(PortfolioError::BrokenJson { .. }) => {}
    }
});
