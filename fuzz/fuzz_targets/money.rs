//! An amount from a spreadsheet's cell, however odd, is read or refused; never a panic, never another amount.
#![no_main]

use akimat_core::{Money, MoneyUnit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for unit in MoneyUnit::ALL {
        if let Ok(money) = Money::parse(text, unit) {
            let printed = money.to_decimal(unit, 0);
            assert_eq!(Money::parse(&printed, unit).ok(), Some(money), "{text:?} printed as {printed:?}");
        }
    }
});
