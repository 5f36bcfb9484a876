//! From a project to the fields of its form.

use akimat_core::{Lang, Money, MoneyUnit};
use akimat_project::Project;
use akimat_web_kit::kit;

/// The fields of a project as the form writes them.
pub(super) fn filled(project: &Project, lang: Lang) -> kit::Form {
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |date| date.to_string());
    let mut form = kit::Form::new()
        .with("number", project.number.clone())
        .with("place", project.place.to_string())
        .with("sector", project.sector.code())
        .with("kind", project.kind.code())
        .with("modality", project.modality.code())
        .with("level", project.level.code())
        .with("contractor", project.contractor.clone())
        .with("exclusive_group", project.exclusive_group.clone())
        .with("starts_on", date(project.starts_on))
        .with("ends_on", date(project.ends_on));
    for lang in Lang::ALL {
        form = form
            .with(&format!("title_{}", lang.code()), project.title.exact(lang))
            .with(&format!("summary_{}", lang.code()), project.summary.exact(lang));
    }
    if let Some(point) = project.location {
        form = form.with("lat", degrees(point.lat_e6)).with("lon", degrees(point.lon_e6));
    }
    for (criterion, score) in &project.scores {
        form = form.with(&format!("score_{criterion}"), score.to_string());
    }
    lists(form, project, lang)
}

/// Lines of money, milestones, results, beneficiaries.
fn lists(mut form: kit::Form, project: &Project, lang: Lang) -> kit::Form {
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |date| date.to_string());
    let amount = |money: Option<Money>| money.map_or_else(String::new, exact);
    for (at, line) in project.money.iter().enumerate() {
        form = form
            .with(&format!("money_year_{at}"), line.year.to_string())
            .with(&format!("money_source_{at}"), line.source.code())
            .with(&format!("money_programme_{at}"), line.programme.clone())
            .with(&format!("money_planned_{at}"), amount(line.planned))
            .with(&format!("money_amended_{at}"), amount(line.amended))
            .with(&format!("money_invoiced_{at}"), amount(line.invoiced))
            .with(&format!("money_contracted_{at}"), amount(line.contracted))
            .with(&format!("money_paid_{at}"), amount(line.paid));
    }
    for (at, milestone) in project.milestones.iter().enumerate() {
        form = form
            .with(&format!("milestone_title_{at}"), milestone.title.get(lang))
            .with(&format!("milestone_planned_{at}"), milestone.planned_on.to_string())
            .with(&format!("milestone_forecast_{at}"), date(milestone.forecast_on))
            .with(&format!("milestone_actual_{at}"), date(milestone.actual_on));
    }
    for (at, result) in project.results.iter().enumerate() {
        form = form
            .with(&format!("result_title_{at}"), result.title.get(lang))
            .with(&format!("result_unit_{at}"), result.unit.get(lang))
            .with(&format!("result_baseline_{at}"), result.baseline.clone().unwrap_or_default())
            .with(&format!("result_target_{at}"), result.target.clone())
            .with(&format!("result_measured_{at}"), result.measured.clone().unwrap_or_default())
            .with(&format!("result_measured_on_{at}"), date(result.measured_on))
            .with(&format!("result_owner_{at}"), result.owner.clone());
    }
    for (at, served) in project.beneficiaries.iter().enumerate() {
        form = form
            .with(&format!("served_group_{at}"), served.group.get(lang))
            .with(&format!("served_number_{at}"), served.number.map_or_else(String::new, |n| n.to_string()));
    }
    form
}

pub(super) fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000)
}

/// Thousands of tenge to the last tiyn: saving a form that nobody touched changes nothing.
pub(super) fn exact(money: Money) -> String {
    let text = money.to_decimal(MoneyUnit::ThousandTenge, 5);
    let short = text.trim_end_matches('0');
    short.strip_suffix('.').unwrap_or(short).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_come_back_as_they_went_out() {
        for (tiyn, text) in [(4_000_000_000, "40000"), (11_448_170_000, "114481.7"), (1, "0.00001"), (0, "0")]
        {
            let money = Money::from_tiyn(tiyn);
            assert_eq!(exact(money), text);
            assert_eq!(Money::parse(text, MoneyUnit::ThousandTenge).ok(), Some(money));
        }
    }
}
