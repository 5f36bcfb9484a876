//! Questions as JSON, the way worked examples are written: which question is asked is known by its name or by the
//! fields that are there.

mod ask;
mod earned;
mod expression;
mod finance;
mod public;

use crate::appraise::Tables;
use crate::fault::{Fault, FaultKind};
use ask::{Ask, normal};
use serde_json::{Map, Value, json};

type Out = Map<String, Value>;
type Answerer = fn(&Ask<'_>, &Tables) -> Result<Out, Fault>;

/// A question, the names it goes by, and the groups of fields of which one of each must be there for it to be asked
/// without a name.
struct Question {
    names: &'static [&'static str],
    needs: &'static [&'static [&'static str]],
    answer: Answerer,
}

const FLOWS: &[&str] = ask::FLOWS;

const QUESTIONS: &[Question] = &[
    Question { names: &["npv", "present_value", "pv"], needs: &[FLOWS, ask::RATE], answer: finance::npv },
    Question { names: &["irr", "irrs", "eirr", "firr"], needs: &[FLOWS], answer: finance::irr },
    Question {
        names: &["mirr"],
        needs: &[FLOWS, ask::FINANCE_RATE, ask::REINVEST_RATE],
        answer: finance::mirr,
    },
    Question {
        names: &["bcr", "cost_benefit", "cba", "benefit_cost_ratio"],
        needs: &[ask::BENEFITS, ask::COSTS],
        answer: finance::bcr,
    },
    Question {
        names: &["eav", "eaa", "equivalent_annual_value", "equivalent_annual_annuity"],
        needs: &[&["npv"], ask::RATE, ask::YEARS],
        answer: finance::eav,
    },
    Question {
        names: &["eac", "equivalent_annual_cost"],
        needs: &[
            ask::INVESTMENT,
            ask::RATE,
            ask::YEARS,
            &["annual_cost", "maintenance", "operating_cost", "salvage"],
        ],
        answer: finance::eac,
    },
    Question {
        names: &["payback", "payback_period", "discounted_payback"],
        needs: &[FLOWS],
        answer: finance::payback,
    },
    Question {
        names: &["discount_factor", "discount_factors", "discount_schedule", "discounting"],
        needs: &[ask::RATE, &["years", "year", "t"]],
        answer: finance::factors,
    },
    Question {
        names: &["switching", "switching_value", "switching_values"],
        needs: &[&["npv"], &["pv", "inputs", "pv_benefits", "pv_costs"]],
        answer: finance::switching,
    },
    Question { names: &["dscr"], needs: &[ask::CASH, ask::SERVICE], answer: public::dscr },
    Question { names: &["llcr"], needs: &[ask::CASH, ask::DEBT], answer: public::llcr },
    Question {
        names: &["vfm", "value_for_money", "ppp_vfm"],
        needs: &[&["psc", "public_sector_comparator"], &["ppp", "contract"]],
        answer: public::value_for_money,
    },
    Question {
        names: &["optimism_bias", "uplift_estimate", "reference_class"],
        needs: &[ask::ESTIMATE, &["class", "type", "uplift", "project_type", "upper_bound", "upper"]],
        answer: public::optimism_bias,
    },
    Question {
        names: &["shrinkage"],
        needs: &[&["own"], &["published", "parent"], &["n"]],
        answer: public::shrinkage,
    },
    Question { names: &["distribution"], needs: &[&["groups", "settlements"]], answer: public::distribution },
    Question {
        names: &["evm", "earned_value", "earned_value_management"],
        needs: &[
            &["ac", "actual_cost", "acwp", "tasks"],
            &["ev", "earned_value", "bcwp", "percent_complete", "progress", "tasks"],
        ],
        answer: earned::earned_value,
    },
    Question {
        names: &["earned_schedule", "es"],
        needs: &[
            &["pv", "planned_value", "bcws", "pv_cumulative"],
            &["ev", "earned_value", "bcwp"],
            &["at", "actual_time"],
        ],
        answer: earned::earned_schedule,
    },
    Question {
        names: &["capital_budgeting", "capbudget", "knapsack"],
        needs: &[&["budget", "capacity"], &["cost", "costs", "weight", "weights", "projects"]],
        answer: public::capital_budgeting,
    },
];

/// Answers every question that the object asks: the `input` of a worked example, or an object that has it.
///
/// # Errors
/// Every fault, by field and row. Nothing is answered when one question cannot be read.
pub fn answer(asked: &Value, tables: &Tables) -> Result<Value, Vec<Fault>> {
    let whole = asked.get("input").filter(|input| input.is_object()).unwrap_or(asked);
    let Some(object) = whole.as_object() else {
        return Err(vec![Fault::new("input", FaultKind::NothingAsked)]);
    };
    let (mut out, mut faults, mut any) = (Out::new(), Vec::new(), false);
    for (key, value) in object {
        let key = normal(key);
        let known = QUESTIONS.iter().find(|question| question.names.contains(&key.as_str()));
        let Some(question) = known.filter(|_| value.is_object() || holds_questions(&key, value)) else {
            continue;
        };
        any = true;
        match one_or_more(question, (&key, value), object, tables) {
            Ok(answers) => out.extend(answers),
            Err(fault) => faults.push(fault),
        }
    }
    if !any {
        any = by_fields(object, tables, &mut out, &mut faults);
    }
    if !any {
        faults.push(Fault::new("input", FaultKind::NothingAsked));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    out.insert("method".to_owned(), json!(crate::VERSION));
    Ok(Value::Object(out))
}

/// A list under the name of a question: of questions, or of streams of money for the rates of return.
fn holds_questions(key: &str, value: &Value) -> bool {
    let Some(list) = value.as_array() else { return false };
    let streams = matches!(key, "irr" | "irrs" | "payback");
    !list.is_empty() && (list.iter().all(Value::is_object) || streams)
}

fn one_or_more(
    question: &Question,
    (key, value): (&str, &Value),
    parent: &Out,
    tables: &Tables,
) -> Result<Out, Fault> {
    let Some(list) = value.as_array() else {
        let own = value.as_object().cloned().unwrap_or_default();
        return (question.answer)(&Ask::new(&own, Some(parent), key), tables);
    };
    if list.iter().all(Value::is_number) {
        let own = Out::from_iter([("cashflows".to_owned(), value.clone())]);
        return (question.answer)(&Ask::new(&own, Some(parent), key), tables);
    }
    let mut lists = Out::new();
    for (item, row) in list.iter().zip(1..) {
        let own = match item.as_object() {
            Some(object) => object.clone(),
            None => Out::from_iter([("cashflows".to_owned(), item.clone())]),
        };
        let answers =
            (question.answer)(&Ask::new(&own, Some(parent), key), tables).map_err(|fault| fault.at(row))?;
        for (name, value) in answers {
            let entry = lists.entry(name).or_insert_with(|| json!([]));
            if let Some(values) = entry.as_array_mut() {
                // An answer that earlier questions of the list do not have.
                values.resize(row - 1, Value::Null);
                values.push(value);
            }
        }
    }
    Ok(lists)
}

fn by_fields(object: &Out, tables: &Tables, out: &mut Out, faults: &mut Vec<Fault>) -> bool {
    let ask = Ask::new(object, None, "");
    let mut any = false;
    for question in QUESTIONS.iter().filter(|question| question.needs.iter().all(|names| ask.has(names))) {
        any = true;
        match (question.answer)(&ask, tables) {
            Ok(answers) => {
                for (name, value) in answers {
                    out.entry(name).or_insert(value);
                }
            }
            // A stream of costs has no rate of return and never pays back: that is no fault of the other figures.
            Err(fault) if matches!(fault.kind, FaultKind::OneSign) && !out.is_empty() => {
                warn(out, json!({"code": fault.kind.code(), "field": question.names[0]}));
            }
            Err(fault) => faults.push(fault),
        }
    }
    any
}

/// Adds a remark to the list `warnings`.
fn warn(out: &mut Out, warning: Value) {
    let list = out.entry("warnings").or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut() {
        list.push(warning);
    }
}
