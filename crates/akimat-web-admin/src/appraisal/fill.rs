//! From an appraisal to the fields of its form.

use akimat_app::appraisal::tables;
use akimat_appraisal::Document;
use akimat_appraisal::document::{FORMAT, Line, LineKind, Payer};
use akimat_appraisal::rate::Timing;
use akimat_core::{Money, MoneyUnit};
use akimat_project::{MoneySource, Project};
use akimat_web_kit::kit::Form;
use jiff::civil::Date;

/// A first version: the planned money of the project, the rate and the class that fit it.
pub(super) fn begin(project: &Project, today: Date) -> Document {
    let years = project.money.iter().filter(|line| line.planned.is_some()).map(|line| line.year);
    let base_year = years.min().unwrap_or_else(|| today.year());
    let line = |line: &akimat_project::MoneyLine| {
        let payer = match line.source {
            MoneySource::Own => Payer::Local,
            // The register does not tell the region from the republic; the person corrects it.
            MoneySource::Transfer => Payer::Regional,
            MoneySource::Private | MoneySource::Grant => Payer::Private,
        };
        Some(Line { kind: LineKind::Capital, payer, from: line.year, to: line.year, amount: line.planned? })
    };
    let rates = &tables().rates;
    let day = today.to_string();
    Document {
        format: FORMAT,
        base_year,
        timing: Timing::Mid,
        rate: rates.default.clone(),
        rate_version: rates
            .find(&rates.default, &day)
            .map_or_else(String::new, |rate| rate.valid_from.clone()),
        lines: project.money.iter().filter_map(line).collect(),
        claims: Vec::new(),
        class: tables().uplifts.by_sector.get(project.sector.code()).cloned(),
        groups: Vec::new(),
        risks: Vec::new(),
        debt: None,
        effect: None,
        note: String::new(),
        invented: project.invented,
    }
}

fn million(amount: Money) -> String {
    amount.to_decimal(MoneyUnit::MillionTenge, 0)
}

/// Hundredths of a per cent as per cent.
fn percent(bp: u32) -> String {
    let text = format!("{}.{:02}", bp / 100, bp % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The form with everything that the document says.
pub(super) fn filled(document: &Document) -> Form {
    let mut form = Form::new()
        .with("base_year", document.base_year.to_string())
        .with("timing", document.timing.code())
        .with("rate", document.rate.clone())
        .with("class", document.class.clone().unwrap_or_default())
        .with("note", document.note.clone());
    if let Some(effect) = &document.effect {
        form = form
            .with("effect_unit", effect.unit.clone())
            .with("effect_quantity", effect.quantity.to_string());
    }
    if let Some((debt, rate)) = document.debt {
        form = form.with("debt", million(debt)).with("debt_rate", percent(rate));
    }
    for (line, row) in document.lines.iter().zip(1..) {
        form = form
            .with(&format!("line_kind_{row}"), line.kind.code())
            .with(&format!("line_payer_{row}"), line.payer.code())
            .with(&format!("line_from_{row}"), line.from.to_string())
            .with(&format!("line_to_{row}"), line.to.to_string())
            .with(&format!("line_amount_{row}"), million(line.amount));
    }
    for (claim, row) in document.claims.iter().zip(1..) {
        form = form
            .with(&format!("claim_code_{row}"), claim.code.clone())
            .with(&format!("claim_from_{row}"), claim.from.to_string())
            .with(&format!("claim_to_{row}"), claim.to.to_string())
            .with(&format!("claim_quantity_{row}"), claim.quantity.to_string());
    }
    lists(form, document)
}

fn lists(mut form: Form, document: &Document) -> Form {
    for (group, row) in document.groups.iter().zip(1..) {
        form = form
            .with(&format!("group_kind_{row}"), if group.settlement { "settlement" } else { "group" })
            .with(&format!("group_name_{row}"), group.name.clone())
            .with(&format!("group_population_{row}"), group.population.to_string())
            .with(&format!("group_share_{row}"), percent(group.share_bp));
    }
    for (risk, row) in document.risks.iter().zip(1..) {
        form = form
            .with(&format!("risk_name_{row}"), risk.name.clone())
            .with(&format!("risk_chance_{row}"), percent(risk.chance_bp))
            .with(&format!("risk_cost_{row}"), million(risk.cost))
            .with(&format!("risk_from_{row}"), risk.year.to_string())
            .with(&format!("risk_transferred_{row}"), percent(risk.transferred_bp));
    }
    form
}
