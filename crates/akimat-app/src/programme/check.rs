//! Live validation: what is wrong with a request, by the field of the form.
//!
//! Names of fields: `title`, `first_year`, `years`, `delay_max`, `gap`, `seconds`, `sources`,
//! `budget-<source>-<year>`, `tail-<source>`, `discount-<year>`, `starts-<year>`, `sector-<sector>`,
//! `district-<code>`, `window-<project>`, `wait-<row from 1>`, `exclusive-<row from 1>`, `ruling-<project>`,
//! `criteria`, `synergies`, `stability`, `carry-<source>`, `robust-projects`, `worst-percent`, `worst-weight`,
//! `drop-fair`, `request`.

use super::build::Frame;
use super::input::ProgrammeInput;
use super::request::{ONE, ProgrammeRequest};
use crate::{App, FieldFault, Result};
use akimat_allocation::programme::{AMOUNT_MAX, Where, YEARS_MAX};
use akimat_allocation::{ExtensionFault, ProgrammeFault};
use akimat_core::{Money, ProjectId};
use std::collections::BTreeSet;

/// Years of one programme at most: beyond them plans of budgets are not kept.
pub const PROGRAMME_YEARS_MAX: u16 = 15;
/// Years that the first year may lie before and after this year.
const FIRST_YEAR_AWAY: i16 = 15;
/// Longest title in characters.
pub const TITLE_CHARS_MAX: usize = 200;
/// Longest job in seconds.
pub const SECONDS_MAX: u32 = 3_600;
/// Windows, waits, lists and rulings of one request at most.
const RULES_MAX: usize = 2_000;
/// Longest reason in characters.
const REASON_CHARS_MAX: usize = 2_000;

/// What is wrong with a request, and the input that it makes when nothing is.
#[derive(Clone, Debug)]
pub struct CheckedProgramme {
    /// Faults by field; empty when it can be solved.
    pub faults: Vec<FieldFault>,
    /// The facts that a plan would be computed from; present even with faults, as far as it goes.
    pub input: ProgrammeInput,
}

impl App {
    /// Checks a request against the stored projects, and gathers the input.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_programme(
        &self,
        frame: Frame,
        request: &ProgrammeRequest,
    ) -> Result<CheckedProgramme> {
        let mut faults = self.frame_faults(frame);
        let sizes = sizes(request);
        faults.extend(numbers(frame, request));
        faults.extend(sizes.clone());
        // A request of a wild size is not worth reading projects for.
        let harmless = if sizes.is_empty() { request.clone() } else { ProgrammeRequest::default() };
        let frame = Frame { years: frame.years.min(PROGRAMME_YEARS_MAX), ..frame };
        let input = self.build_programme(frame, &harmless).await?;
        faults.extend(rules(&harmless, &input));
        if request.criteria.is_some_and(|set| input.criteria.set != Some(set)) {
            faults.push(FieldFault::new("criteria", "field-programme-criteria"));
        }
        if request.worst.is_some() && input.extensions.tail_mean.is_none() {
            faults.push(FieldFault::new("worst-percent", "field-programme-no-ranges"));
        }
        if faults.is_empty() {
            faults = match input.programme() {
                Ok(_) => Vec::new(),
                Err(found) => found.iter().map(sentence).collect(),
            };
        }
        faults.truncate(100);
        Ok(CheckedProgramme { faults, input })
    }

    fn frame_faults(&self, frame: Frame) -> Vec<FieldFault> {
        let this = self.today().year();
        let mut faults = Vec::new();
        let (first, last) = (this - FIRST_YEAR_AWAY, this + FIRST_YEAR_AWAY);
        between(&mut faults, "first_year", frame.first_year.into(), (first.into(), last.into()));
        between(&mut faults, "years", frame.years.into(), (1, PROGRAMME_YEARS_MAX.into()));
        faults
    }
}

fn between(faults: &mut Vec<FieldFault>, field: impl Into<String>, value: i64, (min, max): (i64, i64)) {
    if !(min..=max).contains(&value) {
        faults.push(FieldFault::new(field, "field-between").with("min", min).with("max", max));
    }
}

fn amount(faults: &mut Vec<FieldFault>, field: String, value: Money) {
    if value.tiyn() < 0 {
        faults.push(FieldFault::new(field, "field-negative"));
    } else if super::input::up(value) > AMOUNT_MAX {
        faults.push(FieldFault::new(field, "field-amount-too-large"));
    }
}

/// Lists that nobody writes by hand.
fn sizes(request: &ProgrammeRequest) -> Vec<FieldFault> {
    let lists = [
        ("sources", request.sources.len(), akimat_project::MoneySource::ALL.len()),
        ("request", request.windows.len(), RULES_MAX),
        ("request", request.precedence.len(), RULES_MAX),
        ("request", request.exclusive.iter().map(Vec::len).sum(), RULES_MAX),
        ("request", request.rulings.len(), RULES_MAX),
        ("request", request.district_floors.len(), RULES_MAX),
        ("request", request.starts_cap.len(), YEARS_MAX),
        ("request", request.discount.len(), YEARS_MAX),
    ];
    let too_many = lists.into_iter().filter(|(_, count, limit)| count > limit);
    too_many
        .map(|(field, _, limit)| FieldFault::new(field, "field-programme-too-many").with("max", limit))
        .collect()
}

fn numbers(frame: Frame, request: &ProgrammeRequest) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let years = usize::from(frame.years);
    let length = |faults: &mut Vec<FieldFault>, field: String, count: usize| {
        if count != years {
            faults.push(FieldFault::new(field, "field-programme-years").with("years", years));
        }
    };
    if request.sources.is_empty() {
        faults.push(FieldFault::new("sources", "field-programme-no-source"));
    }
    let mut seen = BTreeSet::new();
    for ask in &request.sources {
        let code = ask.source.code();
        if !seen.insert(ask.source) {
            faults.push(FieldFault::new("sources", "field-programme-source-twice"));
        }
        length(&mut faults, format!("budget-{code}"), ask.budget.len());
        for (year, value) in (i32::from(frame.first_year)..).zip(&ask.budget) {
            amount(&mut faults, format!("budget-{code}-{year}"), *value);
        }
        if let Some(tail) = ask.tail {
            amount(&mut faults, format!("tail-{code}"), tail);
        }
    }
    length(&mut faults, "discount".to_owned(), request.discount.len());
    for (year, factor) in (i32::from(frame.first_year)..).zip(&request.discount) {
        between(&mut faults, format!("discount-{year}"), *factor, (0, ONE));
    }
    if !request.starts_cap.is_empty() {
        length(&mut faults, "starts".to_owned(), request.starts_cap.len());
        for (year, cap) in (i32::from(frame.first_year)..).zip(&request.starts_cap) {
            between(&mut faults, format!("starts-{year}"), i64::from(*cap), (0, 100_000));
        }
    }
    for (sector, floor) in &request.sector_floors {
        amount(&mut faults, format!("sector-{}", sector.code()), *floor);
    }
    for (district, floor) in &request.district_floors {
        amount(&mut faults, format!("district-{district}"), *floor);
    }
    if let Some(ask) = request.worst {
        between(&mut faults, "worst-percent", ask.percent.into(), (1, 50));
        between(&mut faults, "worst-weight", ask.weight_permille, (1, 10_000));
    }
    between(&mut faults, "delay_max", request.delay_max.into(), (0, 30));
    between(&mut faults, "gap", request.gap_millionths.into(), (0, 1_000_000));
    if let Some(seconds) = request.seconds {
        between(&mut faults, "seconds", seconds.into(), (1, SECONDS_MAX.into()));
    }
    faults
}

/// Rules that name projects and territories.
fn rules(request: &ProgrammeRequest, input: &ProgrammeInput) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let unknown = |project: ProjectId| input.find(project).is_none();
    let stranger = |field: String| FieldFault::new(field, "field-programme-project-unknown");
    for ask in &request.windows {
        let field = format!("window-{}", ask.project);
        if unknown(ask.project) {
            faults.push(stranger(field));
        } else if ask.earliest > ask.latest {
            faults.push(FieldFault::new(field, "field-programme-window"));
        }
    }
    for (row, wait) in (1..).zip(&request.precedence) {
        let field = format!("wait-{row}");
        if unknown(wait.before) || unknown(wait.after) {
            faults.push(stranger(field));
        } else if wait.before == wait.after {
            faults.push(FieldFault::new(field, "field-programme-wait-itself"));
        } else {
            between(&mut faults, field, wait.lag.into(), (0, input.years.into()));
        }
    }
    for (row, group) in (1..).zip(&request.exclusive) {
        let field = format!("exclusive-{row}");
        let distinct: BTreeSet<ProjectId> = group.iter().copied().collect();
        if group.iter().any(|project| unknown(*project)) {
            faults.push(stranger(field));
        } else if distinct.len() < 2 || distinct.len() < group.len() {
            faults.push(FieldFault::new(field, "field-programme-exclusive"));
        }
    }
    for district in request.district_floors.keys() {
        if !input.districts.iter().any(|known| known.place == *district) {
            let field = format!("district-{district}");
            faults.push(FieldFault::new(field, "field-place-unknown").with("code", district));
        }
    }
    let mut ruled = BTreeSet::new();
    for ruling in &request.rulings {
        let field = format!("ruling-{}", ruling.project);
        if unknown(ruling.project) {
            faults.push(stranger(field));
        } else if !ruled.insert(ruling.project) {
            faults.push(FieldFault::new(field, "field-programme-ruled-twice"));
        } else if ruling.reason.trim().is_empty() {
            faults.push(FieldFault::new(field, "field-reason-needed"));
        } else if ruling.reason.chars().count() > REASON_CHARS_MAX {
            faults.push(FieldFault::new(field, "field-too-long").with("max", REASON_CHARS_MAX));
        }
    }
    faults
}

/// The fault of the allocation room as a fault of a field.
fn sentence(fault: &ProgrammeFault) -> FieldFault {
    match fault {
        ProgrammeFault::Nothing { what } if what == "projects" => {
            FieldFault::new("request", "field-programme-no-candidate")
        }
        ProgrammeFault::Nothing { .. } => FieldFault::new("sources", "field-programme-no-source"),
        ProgrammeFault::Cycle { ids } => {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            FieldFault::new("request", "field-programme-cycle").with("keys", ids.join(", "))
        }
        ProgrammeFault::TooMany { limit, .. } => {
            FieldFault::new("request", "field-programme-too-many").with("max", limit)
        }
        ProgrammeFault::ObjectiveTooLarge => FieldFault::new("sources", "field-amount-too-large"),
        ProgrammeFault::Extension(inner) => further(inner),
        ProgrammeFault::MandatoryAndBarred { id } => {
            FieldFault::new("request", "field-programme-kept-and-barred").with("key", id)
        }
        ProgrammeFault::Window { at: Where::Project { id: Some(id), .. }, .. } => {
            FieldFault::new("request", "field-programme-no-year").with("key", id)
        }
        other => {
            tracing::warn!(%other, "the stored data do not make a programme");
            FieldFault::new("request", "field-programme-data")
        }
    }
}

/// The fault of a rule beyond the common ones, at the field that it is written in.
fn further(fault: &ExtensionFault) -> FieldFault {
    let rule = match fault.place() {
        Some(Where::Field { field, .. } | Where::Project { field, .. }) => {
            field.trim_start_matches("extensions.").split('.').next().unwrap_or_default()
        }
        None => "",
    };
    let field = match rule {
        "synergies" => "synergies",
        "stability" => "stability",
        "carry_over" => "carry-own",
        "tail_mean" => "worst-percent",
        "benefit_floors" => "drop-fair",
        "robust" => "robust-projects",
        _ => "request",
    };
    match fault {
        ExtensionFault::TooMany { limit, .. } => {
            FieldFault::new(field, "field-programme-too-many").with("max", limit)
        }
        ExtensionFault::Unknown { value, .. } => {
            FieldFault::new(field, "field-programme-further-unknown").with("value", value)
        }
        ExtensionFault::Repeated { value, .. } => {
            FieldFault::new(field, "field-programme-further-twice").with("value", value)
        }
        ExtensionFault::Range { least, most, .. } => {
            FieldFault::new(field, "field-between").with("min", least).with("max", most)
        }
        ExtensionFault::Length { count, wanted, .. } => {
            FieldFault::new(field, "field-programme-further-length").with("n", count).with("wanted", wanted)
        }
        ExtensionFault::NoText { .. } => FieldFault::new(field, "field-reason-needed"),
        ExtensionFault::Itself { .. } => FieldFault::new(field, "field-programme-further-itself"),
        ExtensionFault::ObjectiveTooLarge => FieldFault::new(field, "field-amount-too-large"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_rule_is_told_at_its_field() {
        let at = |field: &str| Where::Field { field: format!("extensions.{field}"), at: Some(1) };
        let unknown = |field: &str| ExtensionFault::Unknown { at: at(field), value: "X".to_owned() };
        for (rule, field) in [
            ("synergies.first", "synergies"),
            ("robust.permille", "robust-projects"),
            ("tail_mean.worst", "worst-percent"),
            ("benefit_floors", "drop-fair"),
            ("capacity.sector", "request"),
        ] {
            let told = further(&unknown(rule));
            assert_eq!((told.field.as_str(), told.key), (field, "field-programme-further-unknown"));
            assert_eq!(told.args, [("value", "X".to_owned())]);
        }
    }
}
