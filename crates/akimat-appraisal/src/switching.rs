//! Switching values: how far one assumption may be off until the net present value is zero.

use crate::fault::{Fault, FaultKind};

/// By which share of itself a linear input must change until the net present value is zero: `-npv / present value of
/// what the input brings`. The present value has the sign with which it enters the net present value.
///
/// # Errors
/// [`FaultKind::Zero`] when the input brings nothing.
pub fn linear(npv: f64, pv_of_input: f64) -> Result<f64, Fault> {
    if pv_of_input == 0.0 {
        return Err(Fault::new("pv", FaultKind::Zero));
    }
    Ok(-npv / pv_of_input)
}

/// Steps in which a range is searched for changes of sign.
const STEPS: usize = 400;
/// Halvings of a step: to the last bit of a float.
const HALVINGS: usize = 200;

/// Every value between `low` and `high` at which a continuous function crosses zero, as far as 400 steps show them.
pub fn crossings(low: f64, high: f64, of: &dyn Fn(f64) -> f64) -> Vec<f64> {
    let at = |step: usize| low + (high - low) * crate::count(step) / crate::count(STEPS);
    let mut found = Vec::new();
    let mut before = of(low);
    for step in 1..=STEPS {
        let here = of(at(step));
        if before == 0.0 {
            found.push(at(step - 1));
        } else if before * here < 0.0 {
            found.push(halve(at(step - 1), at(step), of));
        }
        before = here;
    }
    if before == 0.0 {
        found.push(high);
    }
    found
}

fn halve(mut low: f64, mut high: f64, of: &dyn Fn(f64) -> f64) -> f64 {
    let below = of(low) < 0.0;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if (of(middle) < 0.0) == below {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
