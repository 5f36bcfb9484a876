//! `/projects/compare`: up to six projects side by side, chosen by boxes in the list.

use akimat_core::{Money, ProjectId, Ratio};
use akimat_i18n::Locale;
use akimat_project::{ExpectedResult, Project};
use akimat_storage::Section;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use jiff::civil::Date;

/// Projects side by side at most.
const PROJECTS_MAX: usize = 6;

#[derive(Template)]
#[template(path = "public/project/compare.html")]
struct ComparePage {
    page: Page,
    projects: Vec<Head>,
    groups: Vec<Group>,
    left_out: bool,
}

struct Head {
    href: String,
    title: String,
    without: String,
}

struct Group {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    values: Vec<String>,
    number: bool,
    /// The values are not all the same.
    differs: bool,
}

/// The comparison.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let mut ids: Vec<ProjectId> = Vec::new();
    for id in form.all("id").filter_map(|id| id.parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let left_out = ids.len() > PROJECTS_MAX;
    ids.truncate(PROJECTS_MAX);
    let mut projects = Vec::new();
    for id in &ids {
        if let Some((project, _, _)) = state.app.read().find_project(*id).await? {
            projects.push(project);
        }
    }
    let found: Vec<ProjectId> = projects.iter().map(|project| project.id).collect();
    let risks = state.app.read().list_sections_of(&found, &["risk"]).await?;
    let places = place_names(&state, locale, projects.iter().map(|project| project.place)).await?;
    let place = |project: &Project| places.get(&project.place).cloned().unwrap_or_default();
    let groups = vec![
        Group { name: locale.t("face-compare-about").into_owned(), rows: about(locale, &projects, place) },
        Group { name: locale.t("project-money").into_owned(), rows: money(locale, &projects) },
        Group {
            name: locale.t("project-dates").into_owned(),
            rows: dates(locale, &projects, state.app.today()),
        },
        Group {
            name: locale.t("face-compare-risks").into_owned(),
            rows: vec![open_risks(locale, &projects, &risks)],
        },
        Group { name: locale.t("face-compare-results").into_owned(), rows: results(locale, &projects) },
    ];
    frame::render(&ComparePage {
        page: frame::page(&visitor, locale.t("face-compare-title"), Some(MenuItem::Projects))
            .description(locale.t("face-compare-intro"))
            .invented(projects.iter().any(|project| project.invented)),
        projects: projects.iter().map(|project| head(&visitor, project, &found)).collect(),
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        left_out,
    })
}

fn head(visitor: &Visitor, project: &Project, all: &[ProjectId]) -> Head {
    let mut without = form_urlencoded::Serializer::new(String::new());
    for id in all.iter().filter(|id| **id != project.id) {
        without.append_pair("id", &id.to_string());
    }
    Head {
        href: visitor.to(&format!("/projects/{}", project.id)),
        title: visitor.locale().text(&project.title).0.to_owned(),
        without: visitor.to(&format!("/projects/compare?{}", without.finish())),
    }
}

fn row(name: impl Into<String>, values: Vec<String>, number: bool) -> Row {
    let differs = values.iter().any(|value| Some(value) != values.first());
    Row { name: name.into(), values, number, differs }
}

fn about(locale: &Locale, projects: &[Project], place: impl Fn(&Project) -> String) -> Vec<Row> {
    let each = |value: &dyn Fn(&Project) -> String| projects.iter().map(value).collect::<Vec<String>>();
    let name = |prefix: &'static str, code: &'static str| locale.name(prefix, code).into_owned();
    vec![
        row(locale.t("project-place"), each(&place), false),
        row(locale.t("project-sector"), each(&|p| name("sector", p.sector.code())), false),
        row(locale.t("project-modality"), each(&|p| name("modality", p.modality.code())), false),
        row(locale.t("project-status"), each(&|p| name("status", p.status.code())), false),
        row(locale.t("project-progress"), each(&|p| locale.percent(&p.progress_pct.to_string())), true),
        row(locale.t("project-contractor"), each(&|p| or_unknown(locale, &p.contractor)), false),
    ]
}

fn or_unknown(locale: &Locale, text: &str) -> String {
    if text.is_empty() { locale.t("no-data-short").into_owned() } else { text.to_owned() }
}

fn money(locale: &Locale, projects: &[Project]) -> Vec<Row> {
    let sum = |money: Option<Money>| {
        money.map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
    };
    let each = |value: &dyn Fn(&Project) -> String| projects.iter().map(value).collect::<Vec<String>>();
    let paid_share = |project: &Project| {
        let (planned, _, paid) = project.totals();
        let planned = project.later_totals().0.or(planned);
        share(paid, planned)
            .map_or_else(|| locale.t("no-data-short").into_owned(), |share| locale.percent(&share))
    };
    vec![
        row(locale.t("project-planned"), each(&|p| sum(p.totals().0)), true),
        row(locale.t("face-amended"), each(&|p| sum(p.later_totals().0)), true),
        row(locale.t("project-contracted"), each(&|p| sum(p.totals().1)), true),
        row(locale.t("project-paid"), each(&|p| sum(p.totals().2)), true),
        row(locale.t("face-paid-share"), each(&paid_share), true),
    ]
}

/// One sum as a share of another, in whole per cent.
pub fn share(part: Option<Money>, whole: Option<Money>) -> Option<String> {
    Ratio::new(i128::from(part?.tiyn()), i128::from(whole?.tiyn()))?.percent(0)
}

fn dates(locale: &Locale, projects: &[Project], today: Date) -> Vec<Row> {
    let date = |date: Option<Date>| {
        date.map_or_else(|| locale.t("no-data-short").into_owned(), |date| locale.date_short(date))
    };
    let each = |value: &dyn Fn(&Project) -> String| projects.iter().map(value).collect::<Vec<String>>();
    let slip = |project: &Project| {
        let last = project.milestones.last();
        let days = last.and_then(|last| {
            let reached = last.actual_on.or(last.forecast_on)?;
            reached.since(last.planned_on).ok().map(|span| span.get_days())
        });
        days.map_or_else(
            || locale.t("no-data-short").into_owned(),
            |days| locale.f("face-days", &[("n", days.into())]),
        )
    };
    let reached = |project: &Project| {
        let n = project
            .milestones
            .iter()
            .filter(|milestone| milestone.actual_on.is_some_and(|on| on <= today))
            .count();
        locale.f("face-of", &[("part", n.into()), ("whole", project.milestones.len().into())])
    };
    vec![
        row(locale.t("project-starts"), each(&|p| date(p.starts_on)), false),
        row(locale.t("project-ends"), each(&|p| date(p.ends_on)), false),
        row(locale.t("face-milestones-reached"), each(&reached), true),
        row(locale.t("face-last-slip"), each(&slip), true),
    ]
}

fn open_risks(locale: &Locale, projects: &[Project], risks: &[Section]) -> Row {
    let count = |project: &Project| {
        let of_project = risks.iter().filter(|risk| risk.project == project.id && risk.state != "closed");
        locale.count(u64::try_from(of_project.count()).unwrap_or_default())
    };
    row(locale.t("face-open-risks"), projects.iter().map(count).collect(), true)
}

/// A row a result that any of them promises, matched by its name and unit in this language; beside the aim, what a unit
/// of it costs.
fn results(locale: &Locale, projects: &[Project]) -> Vec<Row> {
    let lang = locale.lang();
    let mut names: Vec<(&str, &str)> = Vec::new();
    for result in projects.iter().flat_map(|project| &project.results) {
        let name = (result.title.get(lang), result.unit.get(lang));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let cell = |project: &Project, name: (&str, &str)| {
        let found = project.results.iter().find(|r| (r.title.get(lang), r.unit.get(lang)) == name);
        found.map_or_else(|| "–".to_owned(), |result| aim(locale, project, result))
    };
    names
        .into_iter()
        .map(|name| {
            row(format!("{}, {}", name.0, name.1), projects.iter().map(|p| cell(p, name)).collect(), true)
        })
        .collect()
}

fn aim(locale: &Locale, project: &Project, result: &ExpectedResult) -> String {
    let target = locale.decimal(&result.target);
    let (planned, _, _) = project.totals();
    match project.later_totals().0.or(planned).and_then(|cost| unit_cost(cost, &result.target)) {
        Some(cost) => locale
            .f("face-unit-cost", &[("target", target.into()), ("cost", locale.money_short(cost).into())]),
        None => target,
    }
}

/// What one unit of an aim costs, rounded to a tiyn; `None` when the aim is no positive number.
pub fn unit_cost(cost: Money, target: &str) -> Option<Money> {
    let (whole, fraction) = target.split_once(['.', ',']).unwrap_or((target, ""));
    if fraction.len() > 6 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    if digits <= 0 {
        return None;
    }
    let tiyn = (i128::from(cost.tiyn()) * scale + digits / 2) / digits;
    i64::try_from(tiyn).ok().map(Money::from_tiyn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_costs_its_part() {
        let check = |cost: i64, target: &str, expected: Option<i64>| {
            assert_eq!(unit_cost(Money::from_tiyn(cost), target).map(Money::tiyn), expected, "{target}");
        };
        check(1_000, "4", Some(250));
        check(1_000, "2.5", Some(400));
        check(1_000, "3", Some(333));
        check(1_001, "2", Some(501));
        for hostile in ["0", "-3", "", "x", "1.2.3", "1.0000000001"] {
            check(1_000, hostile, None);
        }
    }
}
