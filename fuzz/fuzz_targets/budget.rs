//! A budget file of any format and any content is read whole or refused; what is read can be checked.
#![no_main]

use akimat_core::BudgetId;
use akimat_interop::{BudgetContext, decode_budget};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut new_id = || BudgetId(uuid::Uuid::nil());
    let now = jiff::Timestamp::UNIX_EPOCH;
    match decode_budget("fuzz", bytes, &BudgetContext::default(), now, &mut new_id) {
        Ok(budgets) => {
            for budget in &budgets {
                let _ = akimat_budget::check::check(budget);
            }
        }
        Err(problems) => assert!(!problems.is_empty(), "a refusal without a reason"),
    }
});
