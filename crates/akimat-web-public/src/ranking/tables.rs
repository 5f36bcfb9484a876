//! The tables of the page.

use super::sheet::{Sheet, decimal, head, percent, plain, points};
use akimat_app::criteria_set::{SetCriterion, from_e4};
use akimat_app::evaluation::{Checks, Evaluated, EvaluatedProject};
use akimat_i18n::Locale;
use akimat_ranking::disagree::Reason;

/// Criteria with weights, bounds and sources.
pub(super) fn criteria(locale: &Locale, evaluated: &Evaluated) -> Sheet {
    let heads = vec![
        head(locale, "ranking-criterion", false),
        head(locale, "ranking-weight", true),
        head(locale, "ranking-bounds", false),
        head(locale, "ranking-source", false),
        head(locale, "ranking-side", false),
    ];
    let mut sheet = Sheet::new(locale.t("ranking-criteria-caption"), heads);
    for criterion in &evaluated.document.criteria {
        let unit = criterion.unit.get(locale.lang());
        sheet.rows.push(vec![
            criterion.title.get(locale.lang()).to_owned(),
            weight(locale, criterion),
            format!("{} ({unit})", bounds(locale, criterion)),
            locale.name("ranking-source", criterion.source.code()).into_owned(),
            locale.name("ranking-side", criterion.side.code()).into_owned(),
        ]);
    }
    sheet
}

pub(super) fn weight(locale: &Locale, criterion: &SetCriterion) -> String {
    let text = format!("{:.2}", f64::from(criterion.weight_e4) / 100.0);
    locale.percent(text.trim_end_matches('0').trim_end_matches('.'))
}

/// `0 → 0; 50 → 60; 100 → 100`: value and worth in points.
fn bounds(locale: &Locale, criterion: &SetCriterion) -> String {
    let point = |(value, worth): &(i64, i64)| {
        format!("{} → {}", plain(locale, from_e4(*value)), plain(locale, from_e4(*worth) * 100.0))
    };
    criterion.points.iter().map(point).collect::<Vec<_>>().join("; ")
}

pub(super) fn title(locale: &Locale, project: &EvaluatedProject) -> String {
    project.project.title.get(locale.lang()).to_owned()
}

/// What each criterion adds to each project; the parts sum to the worth.
pub(super) fn contributions(locale: &Locale, evaluated: &Evaluated) -> Sheet {
    let mut heads = vec![head(locale, "ranking-project", false)];
    let names = evaluated.document.criteria.iter().map(|c| (c.title.get(locale.lang()).to_owned(), true));
    heads.extend(names);
    heads.push(head(locale, "ranking-value", true));
    let mut sheet = Sheet::new(locale.t("ranking-contributions-caption"), heads);
    for project in evaluated.ranked() {
        let Some(value) = &project.value else { continue };
        let mut row = vec![title(locale, project)];
        row.extend(value.contributions_e4.iter().map(|part| points(locale, *part)));
        row.push(points(locale, value.value_e4));
        sheet.rows.push(row);
    }
    sheet
}

/// Methods side by side.
pub(super) fn methods(locale: &Locale, evaluated: &Evaluated, checks: &Checks) -> Sheet {
    let mut heads = vec![head(locale, "ranking-project", false)];
    heads.extend(
        checks.methods.iter().map(|method| (locale.name("ranking-method", method.code).into_owned(), true)),
    );
    heads.push(head(locale, "ranking-method-electre1", false));
    let top = checks.top.to_string();
    heads.push(head(locale, "ranking-first", true));
    heads.push((locale.f("ranking-top", &[("n", top.as_str().into())]), true));
    let mut sheet = Sheet::new(locale.t("ranking-methods-caption"), heads);
    let draws = f64::from(checks.smaa.draws);
    let none = || locale.t("no-data-short").into_owned();
    for (at, project) in evaluated.ranked().into_iter().enumerate() {
        let mut row = vec![title(locale, project)];
        for method in &checks.methods {
            row.push(method.ranking.as_ref().map_or_else(|_| none(), |ranking| ranking.rank[at].to_string()));
        }
        row.push(match &checks.electre {
            Ok(found) if found.kernel.contains(&at) => locale.t("ranking-in-kernel").into_owned(),
            Ok(_) => locale.t("ranking-outranked").into_owned(),
            Err(_) => none(),
        });
        row.push(percent(locale, f64::from(checks.smaa.first[at]) / draws));
        let top = checks.smaa.top.first().map_or(0, |(_, counts)| counts[at]);
        row.push(percent(locale, f64::from(top) / draws));
        sheet.rows.push(row);
    }
    let mut row = vec![locale.t("ranking-rho").into_owned()];
    row.extend(checks.methods.iter().map(|m| m.rho.map_or_else(none, |rho| decimal(locale, rho, 2))));
    row.extend([String::new(), String::new(), String::new()]);
    sheet.rows.push(row);
    sheet
}

/// Where methods differ from the model and why, the greatest difference first; at most a dozen.
pub(super) fn disagreements(locale: &Locale, evaluated: &Evaluated, checks: &Checks) -> Vec<String> {
    let ranked = evaluated.ranked();
    let told = checks.disagreements.iter().take(12).map(|found| {
        let project = title(locale, ranked[found.project]);
        let method = locale.name("ranking-method", checks.methods[found.method + 1].code);
        let (model, rank) = (found.model_rank.to_string(), found.rank.to_string());
        let criterion = match found.reason {
            Reason::Criterion(at) => evaluated.document.criteria[at].title.get(locale.lang()),
            _ => "",
        };
        let args = [
            ("project", project.as_str().into()),
            ("method", method.as_ref().into()),
            ("model", model.as_str().into()),
            ("rank", rank.as_str().into()),
            ("criterion", criterion.into()),
        ];
        let key = match found.reason {
            Reason::Criterion(_) => "ranking-differs-criterion",
            Reason::Scale => "ranking-differs-scale",
            Reason::Several => "ranking-differs-several",
        };
        locale.f(key, &args)
    });
    told.collect()
}

/// Quality of the data with its parts.
pub(super) fn quality(locale: &Locale, evaluated: &Evaluated) -> Sheet {
    let mut heads = vec![head(locale, "ranking-project", false)];
    if let Some(project) = evaluated.projects.first() {
        heads.extend(project.quality.parts.iter().map(|part| {
            (format!("{} ({})", locale.name("ranking-quality", part.code), plain(locale, part.most)), true)
        }));
    }
    heads.push(head(locale, "ranking-quality-score", true));
    heads.push(head(locale, "ranking-eligible", false));
    let mut sheet = Sheet::new(locale.t("ranking-quality-caption"), heads);
    for project in &evaluated.projects {
        let mut row = vec![title(locale, project)];
        row.extend(project.quality.parts.iter().map(|part| decimal(locale, part.points, 1)));
        row.push(decimal(locale, project.quality.score, 0));
        row.push(locale.name("ranking-eligible", project.quality.eligibility.code()).into_owned());
        sheet.rows.push(row);
    }
    sheet
}

/// The plane as a table.
pub(super) fn plane(locale: &Locale, evaluated: &Evaluated, checks: &Checks) -> Sheet {
    let heads = vec![
        head(locale, "ranking-project", false),
        head(locale, "ranking-sei", true),
        head(locale, "ranking-fei", true),
        head(locale, "ranking-quadrant", false),
    ];
    let mut sheet = Sheet::new(locale.t("ranking-plane-caption"), heads);
    let Ok((ipf, _)) = &checks.ipf else { return sheet };
    for (at, project) in evaluated.ranked().into_iter().enumerate() {
        let quadrant = ipf.quadrants.as_ref().map(|quadrants| quadrants[at].code());
        sheet.rows.push(vec![
            title(locale, project),
            decimal(locale, ipf.sei[at], 1),
            decimal(locale, ipf.fei[at], 1),
            quadrant.map_or_else(
                || locale.t("no-data-short").into_owned(),
                |code| locale.name("ranking-quadrant", &code.to_lowercase()).into_owned(),
            ),
        ]);
    }
    sheet
}
