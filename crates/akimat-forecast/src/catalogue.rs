//! Every model by its code: what an analyst can choose from and what an export names.

use crate::arima::Arima;
use crate::ces::Ces;
use crate::count::{Croston, NegBin, Sba, Tsb};
use crate::dot::Dot;
use crate::ets::Ets;
use crate::ets_auto::EtsAuto;
use crate::ets_single::{Damped, Holt, Ses};
use crate::model::Model;
use crate::naive::{Naive, Naive2, SeasonalNaive};
use crate::theta::Theta;

/// Simple models first. The order is that of lists on pages; codes are stored and never change.
static MODELS: [&dyn Model; 16] = [
    &Naive,
    &SeasonalNaive,
    &Naive2,
    &Ses,
    &Holt,
    &Damped,
    &Ets,
    &EtsAuto,
    &Theta,
    &Dot,
    &Ces,
    &Arima,
    &Croston,
    &Sba,
    &Tsb,
    &NegBin,
];

/// All models that work on a history alone, simple ones first.
pub fn catalogue() -> &'static [&'static dyn Model] {
    &MODELS
}

/// The model with this code; `None` when there is no such model here.
pub fn by_code(code: &str) -> Option<&'static dyn Model> {
    MODELS.iter().copied().find(|model| model.code() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_found_by_its_own_code_only() {
        for model in catalogue() {
            let found = by_code(model.code()).unwrap();
            assert_eq!(found.code(), model.code());
            assert_eq!(catalogue().iter().filter(|other| other.code() == model.code()).count(), 1);
        }
        assert!(by_code("combined").is_none());
    }
}
