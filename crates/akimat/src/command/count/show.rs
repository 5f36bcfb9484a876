//! The result of a count as text: a line for each winner, then what is equal, then why the others lost.

use crate::say;
use crate::table::{Align, lay_out};
use akimat_core::Lang;
use akimat_pb::Election;
use serde_json::Value;

/// Letters of a project's name that are shown.
const NAME_MAX: usize = 48;

/// The result as text.
pub(super) fn text(election: &Election, answer: &Value, lang: Lang) -> String {
    let words = say::words(lang);
    let mut text = winners(election, answer, lang);
    let total = string(&answer["total_cost"]);
    let budget = string(&answer["budget"]);
    let n = answer["winners"].as_array().map_or(0, Vec::len).to_string();
    let facts =
        [("n", n.as_str().into()), ("total", total.as_str().into()), ("budget", budget.as_str().into())];
    text.push_str(&format!("\n{}\n", words.f("count-total", &facts)));
    if let Some(share) = answer["share"]["about"].as_str() {
        let n = answer["n_shares"].to_string();
        text.push_str(&format!(
            "{}\n",
            words.f("count-share", &[("share", share.into()), ("n", n.as_str().into())])
        ));
    }
    if let Some(comparison) = answer.get("comparison") {
        let (rule, greedy) = (comparison["rule"].to_string(), comparison["greedy"].to_string());
        let key = if comparison["replaced"] == true { "count-replaced" } else { "count-compared" };
        let facts = [("rule", rule.as_str().into()), ("greedy", greedy.as_str().into())];
        text.push_str(&format!("{}\n", words.f(key, &facts)));
    }
    for tie in answer["ties"].as_array().map_or(&[][..], Vec::as_slice) {
        let (round, ids) = (tie["round"].to_string(), list(&tie["projects"]));
        let facts = [("round", round.as_str().into()), ("projects", ids.as_str().into())];
        text.push_str(&format!("{}\n", words.f("count-tie", &facts)));
    }
    if let Some(explanation) = answer.get("explanation") {
        text.push_str(&losers(explanation, lang));
    }
    text
}

fn winners(election: &Election, answer: &Value, lang: Lang) -> String {
    let words = say::words(lang);
    let heads = [
        "count-head-project",
        "count-head-cost",
        "count-head-price",
        "count-head-effective",
        "count-head-name",
    ];
    let mut rows = vec![
        std::iter::once(String::new())
            .chain(heads.iter().map(|key| words.t(key).into_owned()))
            .collect::<Vec<_>>(),
    ];
    let winners = answer["winners"].as_array().map_or(&[][..], Vec::as_slice);
    for (at, id) in winners.iter().enumerate() {
        let round = &answer["rounds"][at];
        let project = election.find(id.as_str().unwrap_or_default());
        let name = project.and_then(|project| election.field(project, "name")).unwrap_or_default();
        let cost =
            project.and_then(|project| election.projects.get(project)).map_or(0, |project| project.cost);
        rows.push(vec![
            (at + 1).to_string(),
            string(id),
            election.amount(cost),
            string(&round["price"]["about"]),
            string(&round["effective_votes"]["about"]),
            name.chars().take(NAME_MAX).collect(),
        ]);
    }
    lay_out(&[Align::Right, Align::Left, Align::Right, Align::Right, Align::Right, Align::Left], &rows)
}

fn losers(explanation: &Value, lang: Lang) -> String {
    let words = say::words(lang);
    let mut text = String::from("\n");
    for loser in explanation["losers"].as_array().map_or(&[][..], Vec::as_slice) {
        let fact = |key: &str| string(&loser[key]);
        let (project, cost) = (fact("project"), fact("cost"));
        let (left, short) = (string(&loser["left"]["about"]), string(&loser["short"]["about"]));
        let facts = [
            ("project", project.as_str().into()),
            ("cost", cost.as_str().into()),
            ("left", left.as_str().into()),
            ("short", short.as_str().into()),
        ];
        text.push_str(&format!("{}\n", words.f("count-loser", &facts)));
    }
    let share = string(&explanation["without_winner_pct"]);
    text.push_str(&format!("{}\n", words.f("count-without-winner", &[("share", share.as_str().into())])));
    text
}

fn string(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn list(value: &Value) -> String {
    value.as_array().map(|list| list.iter().map(string).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}
