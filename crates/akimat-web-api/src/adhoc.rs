//! Ad-hoc questions over the cube of budget facts.

use crate::asked::{Asked, Reason};
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::problem::Refusal;
use crate::reply::{CURRENCY, Reply, amount_opt, resource};
use akimat_app::columns::NoAnswer;
use akimat_budget::{Item, Section, Stage};
use akimat_core::{KatoCode, Lang, Ratio};
use akimat_i18n::catalogue;
use akimat_storage::columns::{AdHoc, Aggregate, Dimension, FactFilter, Figure, Measure, Member};
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// Rows of one answer at most.
const LIMIT_MAX: i64 = 10_000;

/// `/api/v1/adhoc`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/adhoc",
    id: "askAdHoc",
    tag: "facts",
    summary: "Groups and aggregates the budget facts as asked. Sums are exact. What would count the same money \
              twice is refused with the reason: levels that are added, cumulative months that are added, a \
              total with its parts",
    parameters: &[
        Parameter::new("by", Kind::OneOf(dimensions, None), "A dimension to group by; at most four.")
            .repeatable(),
        Parameter::new("measure", Kind::OneOf(measures, Some("executed_sum")), "A figure of each group.")
            .repeatable(),
        Parameter::new("under", Kind::Place, "Units of this territory and below it.").repeatable(),
        Parameter::new("unit", Kind::Place, "Exactly this unit.").repeatable(),
        Parameter::new("level", Kind::Whole { min: 1, max: 5, default: None }, "Level of the budget system.")
            .repeatable(),
        Parameter::new("from", YEAR, "First year."),
        Parameter::new("to", YEAR, "Last year."),
        Parameter::new(
            "month",
            Kind::Whole { min: 0, max: 12, default: None },
            "Month of the report; 0 for a plan alone.",
        )
        .repeatable(),
        Parameter::new("section", Kind::OneOf(sections, None), "Section of the budget.").repeatable(),
        Parameter::new("item", Kind::OneOf(items, None), "What the line states.").repeatable(),
        Parameter::new("group", Kind::LineCode, "Functional group, two digits.").repeatable(),
        Parameter::new("code", Kind::LineCode, "Classification code, exactly.").repeatable(),
        Parameter::new(
            "depth",
            Kind::Whole { min: 0, max: 9, default: None },
            "Number of parts of the code.",
        ),
        Parameter::new(
            "reports",
            Kind::OneOf(reports, Some("latest")),
            "The latest report of each unit and year, or all monthly reports.",
        ),
        Parameter::new(
            "limit",
            Kind::Whole { min: 1, max: LIMIT_MAX, default: Some(1_000) },
            "Groups at most, the first in the order of their keys.",
        ),
    ],
    body: Body::Resource("AdHocAnswer", include_str!("example/adhoc.json")),
    problems: &[422],
};

fn dimensions() -> Vec<&'static str> {
    Dimension::ALL.map(Dimension::code).to_vec()
}

fn items() -> Vec<&'static str> {
    Item::ALL.map(Item::code).to_vec()
}

fn sections() -> Vec<&'static str> {
    Section::ALL.map(Section::code).to_vec()
}

fn reports() -> Vec<&'static str> {
    vec!["latest", "all"]
}

/// Every figure by its name: state of the amounts and what is done with them.
const MEASURES: [(&str, Stage, Aggregate); 15] = [
    ("approved_sum", Stage::Approved, Aggregate::Sum),
    ("approved_mean", Stage::Approved, Aggregate::Mean),
    ("approved_min", Stage::Approved, Aggregate::Min),
    ("approved_max", Stage::Approved, Aggregate::Max),
    ("approved_count", Stage::Approved, Aggregate::Count),
    ("amended_sum", Stage::Amended, Aggregate::Sum),
    ("amended_mean", Stage::Amended, Aggregate::Mean),
    ("amended_min", Stage::Amended, Aggregate::Min),
    ("amended_max", Stage::Amended, Aggregate::Max),
    ("amended_count", Stage::Amended, Aggregate::Count),
    ("executed_sum", Stage::Executed, Aggregate::Sum),
    ("executed_mean", Stage::Executed, Aggregate::Mean),
    ("executed_min", Stage::Executed, Aggregate::Min),
    ("executed_max", Stage::Executed, Aggregate::Max),
    ("executed_count", Stage::Executed, Aggregate::Count),
];

fn measures() -> Vec<&'static str> {
    MEASURES.map(|(name, ..)| name).to_vec()
}

#[derive(Serialize)]
struct AnswerBody {
    currency: &'static str,
    invented: bool,
    generation: i64,
    as_of: Timestamp,
    stale: bool,
    n_facts: u64,
    truncated: bool,
    by: Vec<&'static str>,
    measures: Vec<&'static str>,
    rows: Vec<RowBody>,
}

#[derive(Serialize)]
struct RowBody {
    key: Vec<Option<String>>,
    figures: Vec<Option<String>>,
}

/// The answer.
///
/// # Errors
/// 422 when the question has no answer, with the reason.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let question = question(&asked)?;
    let answer = match state.app.ask_columns(&question).await {
        Ok(answer) => answer,
        Err(NoAnswer::Failed(error)) => return Err(error.into()),
        Err(no) => return Err(refusal(&asked, &no)),
    };
    let body = AnswerBody {
        currency: CURRENCY,
        invented: invented(&state, &question.filter).await?,
        generation: answer.generation,
        as_of: answer.as_of,
        stale: answer.stale,
        n_facts: answer.n_facts,
        truncated: answer.truncated,
        by: question.by.iter().map(|dimension| dimension.code()).collect(),
        measures: question.measures.iter().filter_map(name_of).collect(),
        rows: answer
            .rows
            .iter()
            .map(|row| RowBody {
                key: row.key.iter().map(member).collect(),
                figures: row.figures.iter().map(|figure| decimal(*figure)).collect(),
            })
            .collect(),
    };
    resource(&asked.headers, &body)
}

fn question(asked: &Asked) -> Result<AdHoc, Refusal> {
    let numbers =
        |name: &str| asked.all(name).filter_map(|text| text.parse::<u8>().ok()).collect::<Vec<u8>>();
    let places = |name: &str| asked.all(name).filter_map(|text| text.parse().ok()).collect::<Vec<KatoCode>>();
    let words = |name: &str| asked.all(name).map(str::to_owned).collect::<Vec<String>>();
    let (from, to) = (asked.get("from"), asked.get("to"));
    let years = (from.is_some() || to.is_some()).then(|| from.unwrap_or(1_991)..=to.unwrap_or(2_100));
    if years.as_ref().is_some_and(std::ops::RangeInclusive::is_empty) {
        return Err(asked.refuse("to", Reason::OutOfRange));
    }
    let mut measures: Vec<Measure> = asked.all("measure").filter_map(measure_of).collect();
    if measures.is_empty() {
        measures.push(Measure { stage: Stage::Executed, aggregate: Aggregate::Sum });
    }
    Ok(AdHoc {
        by: asked.all("by").filter_map(Dimension::parse).collect(),
        filter: FactFilter {
            under: places("under"),
            units: places("unit"),
            levels: numbers("level"),
            years,
            months: numbers("month"),
            sections: asked
                .all("section")
                .filter_map(|code| Section::ALL.into_iter().find(|section| section.code() == code))
                .collect(),
            items: asked.all("item").filter_map(Item::parse).collect(),
            groups: words("group"),
            codes: words("code"),
            depth: asked.get("depth"),
        },
        measures,
        latest: asked.text("reports") != Some("all"),
        limit: asked.get("limit").unwrap_or(1_000),
    })
}

fn measure_of(name: &str) -> Option<Measure> {
    let (_, stage, aggregate) = *MEASURES.iter().find(|(known, ..)| *known == name)?;
    Some(Measure { stage, aggregate })
}

fn name_of(measure: &Measure) -> Option<&'static str> {
    MEASURES
        .iter()
        .find(|(_, stage, aggregate)| (*stage, *aggregate) == (measure.stage, measure.aggregate))
        .map(|(name, ..)| *name)
}

fn member(member: &Member) -> Option<String> {
    match member {
        Member::None => None,
        Member::Place(place) => Some(place.to_string()),
        Member::Number(number) => Some(number.to_string()),
        Member::Section(section) => Some(section.code().to_owned()),
        Member::Item(item) => Some(item.code().to_owned()),
        Member::Code(code) => Some(code.clone()),
    }
}

/// Money and means in tenge with two decimals, counts whole.
fn decimal(figure: Figure) -> Option<String> {
    match figure {
        Figure::Money(money) => amount_opt(money),
        Figure::Mean(mean) => mean.and_then(|mean| {
            Ratio::new(mean.numerator(), mean.denominator().checked_mul(100)?)?.to_decimal(2)
        }),
        Figure::Count(n) => Some(n.to_string()),
    }
}

fn refusal(asked: &Asked, no: &NoAnswer) -> Refusal {
    Refusal::NoAnswer {
        path: asked.uri.path().to_owned(),
        detail: catalogue().locale(Lang::En).name("no-answer", no.code()).into_owned(),
        facts: serde_json::json!({ "reason": no.code() }),
    }
}

/// Units of the demonstration are among those asked for.
async fn invented(state: &WebState, filter: &FactFilter) -> Result<bool, Refusal> {
    const INVENTED_FROM: u32 = 990_000_000;
    let units = state.app.read().list_fact_units(None, None).await?;
    Ok(units.iter().any(|unit| {
        unit.place.number() >= INVENTED_FROM
            && (filter.under.is_empty() || filter.under.iter().any(|place| place.covers(unit.place)))
            && (filter.units.is_empty() || filter.units.contains(&unit.place))
            && (filter.levels.is_empty() || filter.levels.contains(&unit.level))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_one_name() {
        for stage in Stage::ALL {
            for aggregate in Aggregate::ALL {
                let measure = Measure { stage, aggregate };
                let name = name_of(&measure).unwrap();
                assert_eq!(name, format!("{}_{}", stage.code(), aggregate.code()));
                assert_eq!(measure_of(name), Some(measure));
            }
        }
    }

    #[test]
    fn figures_are_decimals_in_tenge() {
        let money = |tiyn| Figure::Money(Some(akimat_core::Money::from_tiyn(tiyn)));
        assert_eq!(decimal(money(-12_345)).as_deref(), Some("-123.45"));
        assert_eq!(decimal(Figure::Money(None)), None);
        assert_eq!(decimal(Figure::Mean(Ratio::new(100, 3))).as_deref(), Some("0.33"));
        assert_eq!(decimal(Figure::Count(7)).as_deref(), Some("7"));
    }
}
