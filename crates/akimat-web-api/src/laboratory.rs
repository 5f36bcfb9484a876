//! The laboratory: models compared on a stored line or on a series that the address carries.

use crate::asked::{Asked, Reason};
use crate::endpoint::{Body, Endpoint, Kind, Parameter};
use crate::problem::Refusal as NotGiven;
use crate::reply::{Links, Reply, links, resource};
use akimat_app::forecast::laboratory::{NoLaboratory, Source};
use akimat_core::{Frequency, KatoCode, Lang};
use akimat_forecast::laboratory::{Comparison, HORIZON_MAX, NoComparison, ORIGINS_MAX, choices};
use akimat_i18n::catalogue;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::form::Form;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::laboratory::{LaboratoryAsked, own, why};
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/laboratory`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/laboratory",
    id: "compareModels",
    tag: "forecasts",
    summary: "Forecasting models compared at earlier dates of a series, with their errors step by step, coverage, \
              a test against the naive forecast and their continuations; status 422 says why there is no \
              comparison",
    parameters: &[
        Parameter::new("place", Kind::Place, "Code of the territory whose line is used."),
        Parameter::new("item", Kind::Words(40), "The line: an item, or `group-04` for a functional group."),
        Parameter::new("frequency", Kind::OneOf(frequencies, Some("yearly")), "Years, quarters or months."),
        Parameter::new(
            "text",
            Kind::Words(own::TEXT_BYTES_MAX),
            "A series of one's own instead: a period and a value a line.",
        ),
        Parameter::new("models", Kind::OneOf(models, None), "Models to compare.").repeatable(),
        Parameter::new("levels", Kind::OneOf(levels, None), "Levels of intervals in per cent.").repeatable(),
        Parameter::new(
            "origins",
            Kind::Whole { min: 1, max: ORIGINS_MAX as i64, default: Some(8) },
            "Earlier dates at which the series is cut.",
        ),
        Parameter::new(
            "horizon",
            Kind::Whole { min: 1, max: HORIZON_MAX as i64, default: Some(1) },
            "Steps ahead.",
        ),
    ],
    body: Body::Resource("Laboratory", include_str!("example/laboratory.json")),
    problems: &[404, 422],
};

fn frequencies() -> Vec<&'static str> {
    [Frequency::Yearly, Frequency::Quarterly, Frequency::Monthly].map(Frequency::code).into()
}

fn models() -> Vec<&'static str> {
    choices()
}

fn levels() -> Vec<&'static str> {
    // The names of `LEVELS`; a test compares.
    vec!["50", "80", "95"]
}

#[derive(Serialize)]
struct LaboratoryBody {
    n_values: usize,
    first: String,
    unit: &'static str,
    invented: bool,
    #[serde(flatten)]
    comparison: Comparison,
    links: Links,
}

/// Why nothing was compared, as data.
#[derive(Serialize)]
struct RefusalBody {
    reason: &'static str,
}

/// The comparison.
///
/// # Errors
/// 404 for an unknown territory, 422 with the reason when nothing can be compared.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let locale = catalogue().locale(Lang::En);
    let query = asked.uri.query().unwrap_or_default().to_owned();
    let mut wanted = LaboratoryAsked::read(&Form::parse(query.as_bytes()));
    // The page offers a few numbers, the API takes all within the bounds.
    wanted.count(asked.get("origins"), asked.get("horizon"));
    let path = asked.uri.path().to_owned();
    let refused = |detail: String, reason: &'static str| -> Result<NotGiven, Failure> {
        let facts = serde_json::to_value(RefusalBody { reason }).map_err(Failure::internal)?;
        Ok(NotGiven::NoForecast { path: path.clone(), detail, facts })
    };
    let source = match (asked.place("place"), wanted.own.trim().is_empty()) {
        (Some(place), true) => {
            let place: KatoCode = place;
            state.app.read().find_place(place, state.app.today()).await?.ok_or_else(Failure::not_found)?;
            Source::Line(wanted.line(place))
        }
        (None, true) => return Err(asked.refuse("place", Reason::Missing)),
        (_, false) => match own::read(locale, &wanted.own) {
            Ok(series) => Source::Own(series),
            Err(sentence) => return Err(refused(sentence, "series")?),
        },
    };
    let unit = if matches!(source, Source::Own(_)) { "own" } else { "thousand KZT" };
    let answer = state.app.compare_models(wanted.question(source)).await?;
    match (answer.series, answer.comparison) {
        (Some(series), Ok(comparison)) => {
            let body = LaboratoryBody {
                n_values: series.values().len(),
                first: series.start().to_string(),
                unit,
                invented: answer.line.is_some_and(|line| line.invented),
                comparison,
                links: links(
                    format!("/api/v1/laboratory?{query}"),
                    &format!("/analysis/laboratory?{query}&go=1"),
                ),
            };
            resource(&asked.headers, &body)
        }
        (_, Err(no)) => Err(refused(why(locale, &no), reason(&no))?),
        (None, Ok(_)) => Err(Failure::internal("a comparison without a series").into()),
    }
}

const fn reason(no: &NoLaboratory) -> &'static str {
    match no {
        NoLaboratory::Series(_) => "series",
        NoLaboratory::Compared(NoComparison::NoModel) => "no_model",
        NoLaboratory::Compared(NoComparison::TooFewPoints { .. }) => "too_few_points",
        NoLaboratory::Compared(NoComparison::TooLong { .. }) => "too_long",
        NoLaboratory::Compared(NoComparison::Constant) => "constant",
        NoLaboratory::Compared(NoComparison::OutOfRange) => "out_of_range",
        NoLaboratory::Compared(NoComparison::OutOfTime { .. }) => "out_of_time",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_app::forecast::LEVELS;

    #[test]
    fn levels_are_those_of_the_forecasts() {
        assert_eq!(levels(), LEVELS.map(|level| level.to_string()));
    }
}
