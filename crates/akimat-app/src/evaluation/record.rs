//! What the data-quality score looks at in a record of the register.

use super::InputValue;
use crate::criteria_set::{CriteriaDocument, ValueSource};
use akimat_project::Project;
use akimat_ranking::quality::{Look, Record, Rules};
use jiff::civil::Date;

/// The rules that hold on a day: those with the latest beginning that is not after it.
pub fn rules_of(on: Date) -> Option<Rules> {
    let all: Vec<Rules> = serde_json::from_str(include_str!("../../../../data/ranking/quality.json"))
        .expect("the embedded rules are read by a test");
    let day = on.to_string();
    all.into_iter().filter(|rules| rules.valid_from <= day).max_by(|a, b| a.valid_from.cmp(&b.valid_from))
}

/// Looks at a project. What the platform cannot look at (documents, the polygon of a district, prices of a class) is
/// named as such and counts neither way.
pub(super) fn record(
    project: &Project,
    (document, inputs): (&CriteriaDocument, &[Option<InputValue>]),
    today: Date,
) -> Record {
    let look = |code: &str, passed: Option<bool>| Look { code: code.to_owned(), passed };
    let dates = project.starts_on.zip(project.ends_on);
    let planned = project.money.iter().any(|line| line.planned.is_some());
    // Votes of residents are no review: only members of the commission count here.
    let of_members = document.criteria.iter().zip(inputs);
    let of_members = of_members.filter(|(criterion, _)| criterion.source == ValueSource::Commission);
    let scored_by = of_members.filter_map(|(_, input)| input.map(|input| input.n)).max().unwrap_or(0);
    let scored = inputs.iter().all(Option::is_some);
    let in_years = dates.map(|(start, end)| {
        project.money.iter().all(|line| (start.year() - 1..=end.year() + 1).contains(&line.year))
    });
    let ordered = project.milestones.windows(2).all(|pair| pair[0].planned_on <= pair[1].planned_on);
    let within = project
        .ends_on
        .filter(|_| !project.milestones.is_empty())
        .map(|end| project.milestones.iter().all(|milestone| milestone.planned_on <= end));
    let targets = project.results.iter().all(|result| {
        result.target.trim().replace([' ', '\u{a0}'], "").replace(',', ".").parse::<f64>().is_ok()
    });
    let age = today.since(project.updated_at.to_zoned(jiff::tz::TimeZone::UTC).date());
    Record {
        fields: vec![
            look("cost", Some(planned)),
            look("results", Some(!project.results.is_empty())),
            look("dates", Some(dates.is_some())),
            look("milestones", Some(!project.milestones.is_empty())),
            look("summary", Some(!project.summary.is_empty())),
            look("location", Some(project.location.is_some())),
            look("scores", Some(scored)),
        ],
        plausibility: vec![
            look("dates_ordered", dates.map(|(start, end)| start < end)),
            look("milestones_ordered", (!project.milestones.is_empty()).then_some(ordered)),
            look("money_in_years", in_years.filter(|_| planned)),
            look("targets_are_numbers", (!project.results.is_empty()).then_some(targets)),
            look("unit_cost_in_class", None),
            look("inside_district", None),
        ],
        age_days: age.ok().map(|span| f64::from(span.get_days().max(0))),
        evidence: vec![look("two_scorers", Some(scored_by >= 2)), look("document", None)],
        consistency: vec![look("milestones_end_with_project", within), look("money_in_budget", None)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_add_up_to_a_hundred() {
        let rules = rules_of(jiff::civil::date(2026, 11, 22)).unwrap();
        let sum =
            rules.completeness + rules.plausibility + rules.freshness + rules.evidence + rules.consistency;
        assert!((sum - 100.0).abs() < 1e-9 && rules.eligible_from < rules.sure_from);
        assert!(rules_of(jiff::civil::date(2025, 12, 31)).is_none());
    }
}
