//! What pages and API share about the laboratory: what an address asks for, a series of one's own, refusals.

pub mod asked;
pub mod own;

pub use asked::LaboratoryAsked;

use crate::view::forecast::refusal;
use akimat_app::forecast::laboratory::{NoLaboratory, TIME_MAX};
use akimat_forecast::laboratory::NoComparison;
use akimat_i18n::Locale;

/// Why there is no comparison.
pub fn why(locale: &Locale, no: &NoLaboratory) -> String {
    let no = match no {
        NoLaboratory::Series(no) => return refusal(locale, no),
        NoLaboratory::Compared(no) => no,
    };
    match no {
        NoComparison::NoModel => locale.t("laboratory-refusal-no-model").into_owned(),
        NoComparison::TooFewPoints { have, need } => locale
            .f("laboratory-refusal-too-few-points", &[("have", (*have).into()), ("need", (*need).into())]),
        NoComparison::TooLong { have, max } => {
            locale.f("laboratory-refusal-too-long", &[("have", (*have).into()), ("max", (*max).into())])
        }
        NoComparison::Constant => locale.t("forecast-refusal-constant").into_owned(),
        NoComparison::OutOfRange => locale.t("laboratory-refusal-range").into_owned(),
        NoComparison::OutOfTime { done, of } => locale.f(
            "laboratory-refusal-time",
            &[("done", (*done).into()), ("of", (*of).into()), ("seconds", TIME_MAX.as_secs().into())],
        ),
    }
}
