//! `/budgeting/{code}/assemblies`: meetings that were held, how many delegates each elected by which rule, and how need was
//! weighed. What nobody compared with its source says so.

use akimat_app::process::assembly::{AssemblyRule, assembly_rule};
use akimat_i18n::Locale;
use akimat_participation::process::Process;
use akimat_participation::process::assembly::{Assembly, Bracket, Criterion, delegates};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{crumbs, tenge};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/budgeting/assemblies.html")]
struct AssembliesPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    source: String,
    verified: bool,
    stats: Vec<(String, String)>,
    meetings: Vec<Meeting>,
    brackets: Vec<(String, String)>,
    criteria: Vec<(String, String, String)>,
    needs: Vec<[String; 6]>,
    log: String,
    desk: String,
}

struct Meeting {
    number: u32,
    envelope: String,
    day: String,
    site: String,
    participants: String,
    delegates: String,
    most: String,
    minutes: String,
    by: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such process, or it has no assemblies.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let rule = assembly_rule(&process).ok_or_else(Failure::not_found)?;
    let sum = |of: fn(&Assembly) -> u32| {
        locale.count(process.assemblies.iter().map(|one| u64::from(of(one))).sum())
    };
    let title = locale.t("assemblies-title").into_owned();
    let leads = state.app.leads_process(visitor.actor(), &process);
    frame::render(&AssembliesPage {
        page: frame::page(&visitor, title.clone(), Some(MenuItem::Budgeting))
            .description(locale.t("assemblies-lead"))
            .invented(process.invented),
        crumbs: crumbs(&visitor, &process, &title),
        source: rule.source.get(visitor.lang).to_owned(),
        verified: rule.verified,
        stats: vec![
            (
                locale.t("assemblies-n").into_owned(),
                locale.count(process.assemblies.len().try_into().unwrap_or(u64::MAX)),
            ),
            (locale.t("assemblies-participants").into_owned(), sum(|one| one.participants)),
            (locale.t("assemblies-delegates").into_owned(), sum(|one| one.delegates)),
        ],
        meetings: process.assemblies.iter().map(|one| meeting(locale, (&process, rule), one)).collect(),
        brackets: brackets(locale, &rule.delegates),
        criteria: criteria(locale, rule),
        needs: needs(locale, &process, rule),
        log: crate::log::about_path(&format!("process/{}", process.id)),
        desk: if leads { format!("/admin/budgeting/{}/assemblies", process.code) } else { String::new() },
    })
}

fn meeting(locale: &Locale, (process, rule): (&Process, &AssemblyRule), one: &Assembly) -> Meeting {
    let envelope = process.envelope(&one.envelope).map(|own| locale.text(&own.title).0.to_owned());
    Meeting {
        number: one.number,
        envelope: envelope.unwrap_or_else(|| locale.t("assemblies-all").into_owned()),
        day: locale.date(one.held_on),
        site: one.site.clone(),
        participants: locale.count(one.participants.into()),
        delegates: locale.count(one.delegates.into()),
        most: locale.count(delegates(&rule.delegates, one.participants).into()),
        minutes: one.minutes.clone(),
        by: one.by.clone(),
    }
}

fn brackets(locale: &Locale, brackets: &[Bracket]) -> Vec<(String, String)> {
    let mut from = 1_u32;
    let mut rows = Vec::new();
    for bracket in brackets {
        let range = match bracket.upto {
            Some(upto) => {
                let args = [("from", from.into()), ("upto", upto.into())];
                from = upto.saturating_add(1);
                locale.f("assemblies-from-upto", &args)
            }
            None => locale.f("assemblies-from-on", &[("from", from.into())]),
        };
        rows.push((range, locale.f("assemblies-one-each", &[("n", bracket.each.into())])));
    }
    rows
}

/// Each criterion: name, weight, grades.
fn criteria(locale: &Locale, rule: &AssemblyRule) -> Vec<(String, String, String)> {
    let row = |(key, criterion): (&str, &Criterion)| {
        let grades: Vec<String> = criterion
            .grades
            .iter()
            .map(|grade| {
                let args =
                    [("from", locale.count(grade.from).into()), ("points", i64::from(grade.points).into())];
                locale.f("assemblies-grade", &args)
            })
            .collect();
        let name = locale.name("assemblies-criterion", key).into_owned();
        (name, locale.count(criterion.weight.into()), grades.join("; "))
    };
    [("lack", &rule.need.lack), ("population", &rule.need.population), ("priority", &rule.need.priority)]
        .map(row)
        .into()
}

/// Each district: what is known, its points, and the money that follows.
fn needs(locale: &Locale, process: &Process, rule: &AssemblyRule) -> Vec<[String; 6]> {
    let row = |facts: &akimat_participation::process::assembly::NeedFacts| {
        let envelope = process.envelope(&facts.envelope)?;
        let ([lack, population, priority], sum) = rule.need.points(facts);
        let rank = if facts.rank == 0 { "–".to_owned() } else { facts.rank.to_string() };
        Some([
            locale.text(&envelope.title).0.to_owned(),
            format!("{} → {lack}", locale.percent(&facts.lack_pct.to_string())),
            format!("{} → {population}", locale.count(facts.population)),
            format!("{rank} → {priority}"),
            sum.to_string(),
            tenge(locale, envelope.amount),
        ])
    };
    process.need_facts.iter().filter_map(row).collect()
}
