//! A manager registers and edits projects.

use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::frame;
use crate::kit::{self, MenuItem, Page};
use crate::state::WebState;
use crate::view::project::options;
use crate::visitor::Visitor;
use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_core::{Lang, Money, MoneyUnit, ProjectId, Text};
use akimat_i18n::Locale;
use akimat_project::{Kind, Level, Modality, MoneyLine, MoneySource, Point, Project, Sector, Status};
use askama::Template;
use axum::extract::{Path, State};

/// Empty lines of money that the form offers beyond those that are there.
const SPARE_LINES: usize = 3;
/// Lines of money at most.
const LINES_MAX: usize = 60;

#[derive(Template)]
#[template(path = "admin/project.html")]
struct EditPage {
    page: Page,
    form: kit::Form,
    action: String,
    back: String,
    version: u32,
    sectors: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    modalities: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    sources: Vec<(String, String)>,
    criteria: Vec<(String, String)>,
    lines: Vec<usize>,
}

fn page(state: &WebState, visitor: &Visitor, form: kit::Form, project: &Project, new: bool) -> EditPage {
    let locale = visitor.locale();
    let title = locale.t(if new { "project-new-title" } else { "project-edit-title" });
    let criteria = &state.app.criteria().criteria;
    EditPage {
        page: frame::page(visitor, title, Some(MenuItem::Admin)).hidden().errors(!form.is_clean()),
        action: if new {
            visitor.to("/admin/projects/new")
        } else {
            visitor.to(&format!("/admin/projects/{}/edit", project.id))
        },
        back: if new { visitor.to("/admin") } else { visitor.to(&format!("/projects/{}", project.id)) },
        version: project.version,
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        kinds: options(locale, "kind", Kind::ALL, Kind::code),
        modalities: options(locale, "modality", Modality::ALL, Modality::code),
        levels: options(locale, "project-level", Level::ALL, Level::code),
        sources: options(locale, "money-source", MoneySource::ALL, MoneySource::code),
        criteria: criteria
            .iter()
            .map(|c| (format!("score_{}", c.code), c.title.get(visitor.lang).to_owned()))
            .collect(),
        lines: (0..(project.money.len() + SPARE_LINES).min(LINES_MAX)).collect(),
        form,
    }
}

fn blank(state: &WebState, visitor: &Visitor) -> Answer<Project> {
    let place = visitor.actor().and_then(|account| account.place).ok_or(AppError::Forbidden)?;
    let now = state.app.now();
    Ok(Project {
        id: state.app.new_project_id(),
        number: String::new(),
        place,
        title: Text::default(),
        summary: Text::default(),
        sector: Sector::Education,
        kind: Kind::Infrastructure,
        modality: Modality::Budget,
        level: Level::Local,
        status: Status::Idea,
        progress_pct: 0,
        contractor: String::new(),
        starts_on: None,
        ends_on: None,
        location: None,
        scores: Vec::new(),
        exclusive_group: String::new(),
        manager: None,
        invented: false,
        version: 1,
        created_at: now,
        updated_at: now,
        money: Vec::new(),
        milestones: Vec::new(),
        results: Vec::new(),
    })
}

/// The fields of a project as the form writes them.
fn filled(project: &Project) -> kit::Form {
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
    let amount =
        |money: Option<Money>| money.map_or_else(String::new, |m| m.to_decimal(MoneyUnit::ThousandTenge, 0));
    for (at, line) in project.money.iter().enumerate() {
        form = form
            .with(&format!("money_year_{at}"), line.year.to_string())
            .with(&format!("money_source_{at}"), line.source.code())
            .with(&format!("money_planned_{at}"), amount(line.planned))
            .with(&format!("money_contracted_{at}"), amount(line.contracted))
            .with(&format!("money_paid_{at}"), amount(line.paid));
    }
    form
}

fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000)
}

/// Reads the fields, collecting every fault.
struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    faults: Vec<(String, String)>,
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    fn choice<T>(&mut self, field: &str, parse: fn(&str) -> Option<T>, otherwise: T) -> T {
        parse(self.sent.get(field)).unwrap_or_else(|| {
            self.fail(field, "field-choose-from-list");
            otherwise
        })
    }

    fn date(&mut self, field: &str) -> Option<jiff::civil::Date> {
        let text = self.sent.get(field);
        let date = text.parse().ok();
        if !text.is_empty() && date.is_none() {
            self.fail(field, "field-not-a-date");
        }
        date
    }

    fn money(&mut self, field: &str) -> Option<Money> {
        let text = self.sent.get(field);
        if text.is_empty() {
            return None;
        }
        let money = Money::parse(text, MoneyUnit::ThousandTenge).ok();
        if money.is_none() {
            self.fail(field, "field-not-an-amount");
        }
        money
    }

    fn point(&mut self) -> Option<Point> {
        let (lat, lon) = (self.sent.get("lat"), self.sent.get("lon"));
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        match (parse_degrees(lat), parse_degrees(lon)) {
            (Some(lat_e6), Some(lon_e6)) => Some(Point { lat_e6, lon_e6 }),
            _ => {
                self.fail("lat", "field-off-the-earth");
                None
            }
        }
    }

    fn text(&self, field: &str) -> Text {
        let word = |lang: Lang| self.sent.get(&format!("{field}_{}", lang.code())).to_owned();
        Text::new(word(Lang::Kk), word(Lang::Ru), word(Lang::En))
    }

    fn lines(&mut self) -> Vec<MoneyLine> {
        let mut lines = Vec::new();
        for at in 0..LINES_MAX {
            let year = self.sent.get(&format!("money_year_{at}"));
            let planned = self.money(&format!("money_planned_{at}"));
            let contracted = self.money(&format!("money_contracted_{at}"));
            let paid = self.money(&format!("money_paid_{at}"));
            if year.is_empty() && planned.or(contracted).or(paid).is_none() {
                continue;
            }
            let Some(year) = year.parse().ok().filter(|year| (1991..=2100).contains(year)) else {
                self.fail(&format!("money_year_{at}"), "field-not-a-number");
                continue;
            };
            let source =
                MoneySource::parse(self.sent.get(&format!("money_source_{at}"))).unwrap_or(MoneySource::Own);
            lines.push(MoneyLine { year, source, planned, contracted, paid });
        }
        lines
    }

    fn scores(&mut self, sent: &Form) -> Vec<(String, u8)> {
        let mut scores = Vec::new();
        for (criterion, text) in sent.with_prefix("score_").take(100) {
            match text.trim().parse::<u8>() {
                Ok(score) if score <= 100 => scores.push((criterion.to_owned(), score)),
                _ if text.trim().is_empty() => {}
                _ => {
                    let between =
                        self.locale.f("field-between", &[("min", "0".into()), ("max", "100".into())]);
                    self.faults.push((format!("score_{criterion}"), between));
                }
            }
        }
        scores
    }
}

fn parse_degrees(text: &str) -> Option<i32> {
    let text = text.replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let negative = whole.starts_with('-');
    let whole: i32 = whole.parse().ok().filter(|whole: &i32| whole.abs() <= 180)?;
    if fraction.len() > 12 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded: String = fraction.chars().chain(std::iter::repeat('0')).take(6).collect();
    let fraction: i32 = padded.parse().ok()?;
    Some(if negative { whole * 1_000_000 - fraction } else { whole * 1_000_000 + fraction })
}

fn read(locale: &Locale, sent: &Form, stored: Project) -> (Project, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let place = sent.get("place").parse().unwrap_or_else(|_| {
        let code = sent.get("place").to_owned();
        reader.faults.push(("place".to_owned(), locale.f("field-place-unknown", &[("code", code.into())])));
        stored.place
    });
    let project = Project {
        number: sent.get("number").to_owned(),
        place,
        title: reader.text("title"),
        summary: reader.text("summary"),
        sector: reader.choice("sector", Sector::parse, stored.sector),
        kind: reader.choice("kind", Kind::parse, stored.kind),
        modality: reader.choice("modality", Modality::parse, stored.modality),
        level: reader.choice("level", Level::parse, stored.level),
        contractor: sent.get("contractor").chars().take(300).collect(),
        exclusive_group: sent.get("exclusive_group").chars().take(60).collect(),
        starts_on: reader.date("starts_on"),
        ends_on: reader.date("ends_on"),
        location: reader.point(),
        scores: reader.scores(sent),
        money: reader.lines(),
        version: sent.get("version").parse().unwrap_or(0),
        ..stored
    };
    (project, reader.faults)
}

/// The form again with what was written and what is wrong.
fn again(sent: &Form, faults: Vec<(String, String)>) -> kit::Form {
    let mut form = kit::Form::from_pairs(sent.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())));
    for (field, text) in faults {
        form.fail(&field, text);
    }
    form
}

fn told(locale: &Locale, error: AppError) -> Answer<Vec<(String, String)>> {
    match error {
        AppError::Invalid(faults) => {
            let told =
                |fault: &akimat_app::FieldFault| (fault.field.clone(), frame::fault_text(locale, fault));
            Ok(faults.iter().map(told).collect())
        }
        error => Err(error.into()),
    }
}

/// The form for a new project.
///
/// # Errors
/// 403 for an account without territory.
pub async fn new_form(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let project = blank(&state, &visitor)?;
    frame::render(&page(&state, &visitor, filled(&project), &project, true))
}

/// Registers a project.
///
/// # Errors
/// 403 outside the manager's territory.
pub async fn new(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let (project, mut faults) = read(visitor.locale(), &sent, blank(&state, &visitor)?);
    let project = Project { version: 1, ..project };
    if faults.is_empty() {
        match state.app.register_project(visitor.actor(), project.clone()).await {
            Ok(id) => return Ok(frame::redirect(&visitor, &format!("/projects/{id}"), "project-edit-saved")),
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    frame::render_invalid(&page(&state, &visitor, again(&sent, faults), &project, true))
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, _, _) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

/// The form for a stored project.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project.
pub async fn edit_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    frame::render(&page(&state, &visitor, filled(&project), &project, false))
}

/// Changes a project.
///
/// # Errors
/// 409 when somebody else changed it since it was shown.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let stored = find(&state, &visitor, &id).await?;
    let (project, mut faults) = read(visitor.locale(), &sent, stored);
    if faults.is_empty() {
        match state.app.edit_project(visitor.actor(), project.clone()).await {
            Ok(()) => {
                let path = format!("/projects/{}", project.id);
                return Ok(frame::redirect(&visitor, &path, "project-edit-saved"));
            }
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    frame::render_invalid(&page(&state, &visitor, again(&sent, faults), &project, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_read_exactly() {
        let check = |text: &str, expect: Option<i32>| assert_eq!(parse_degrees(text), expect, "{text:?}");
        check("44.6", Some(44_600_000));
        check("-0.000001", Some(-1));
        check("69,412345678", Some(69_412_345));
        check("", None);
        check("181", None);
        check("1.2.3", None);
        check("NaN", None);
        assert_eq!(degrees(-1), "-0.000001");
    }
}
