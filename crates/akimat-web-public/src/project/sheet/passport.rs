//! The passport of a project: every figure with its unit, the date and the version it comes from, on paper and as PDF.

use super::{Asked, file_word};
use akimat_core::{Money, MoneyUnit};
use akimat_document::{Block, Column, Document, Table, encode_pdf};
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use tokio::sync::Semaphore;

/// Documents that are made at once.
static WRITING: Semaphore = Semaphore::const_new(2);
/// News and moves on the sheet.
const ENTRIES: usize = 15;

/// A passport as plain rows: paper and PDF say the same.
#[derive(Debug)]
struct Passport {
    title: String,
    number: String,
    invented: String,
    summary: String,
    facts: Vec<(String, String)>,
    parts: Vec<Part>,
    source: String,
}

/// A table with its heading; without rows it says so.
#[derive(Debug)]
struct Part {
    name: String,
    caption: String,
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

impl Part {
    /// The column holds numbers.
    fn is_number(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|(_, number)| *number)
    }
}

#[derive(Template)]
#[template(path = "public/project/passport.html")]
struct PassportPage {
    page: Page,
    passport: Passport,
    pdf: String,
    back: String,
}

/// The sheet to print.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(asked: Asked) -> Answer {
    let passport = gather(&asked).await?;
    let Asked { visitor, project, .. } = asked;
    let title = visitor.locale().f("face-passport-title", &[("number", project.number.as_str().into())]);
    frame::render(&PassportPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects)).invented(project.invented).hidden(),
        pdf: visitor.to(&format!("/projects/{}/passport.pdf", project.id)),
        back: visitor.to(&format!("/projects/{}", project.id)),
        passport,
    })
}

/// The same as PDF.
///
/// # Errors
/// 404 when there is no such project.
pub async fn pdf(asked: Asked) -> Answer {
    let passport = gather(&asked).await?;
    let Asked { visitor, project, .. } = asked;
    let name = format!("passport-{}-{}.pdf", file_word(&project.number), visitor.lang.code());
    let document = document(&visitor, passport);
    let locale = visitor.locale();
    let _permit = WRITING.acquire().await.map_err(Failure::internal)?;
    let written = tokio::task::spawn_blocking(move || {
        let words = |page: usize, pages: usize| {
            locale.f("report-page-of", &[("page", page.into()), ("pages", pages.into())])
        };
        encode_pdf(&document, &words)
    });
    let bytes = written.await.map_err(Failure::internal)?.map_err(Failure::internal)?;
    Ok(akimat_web_kit::download::file(&name, "application/pdf", bytes))
}

fn document(visitor: &Visitor, passport: Passport) -> Document {
    let locale = visitor.locale();
    let mut blocks = Vec::new();
    if !passport.invented.is_empty() {
        blocks.push(Block::Note(passport.invented));
    }
    if !passport.summary.is_empty() {
        blocks.push(Block::Paragraph(passport.summary));
    }
    let rows = passport.facts.into_iter().map(|(name, value)| vec![name, value]).collect();
    let columns =
        vec![Column::text(locale.t("face-passport-fact")), Column::text(locale.t("face-passport-value"))];
    blocks.push(Block::Table(Table { caption: locale.t("project-facts").into_owned(), columns, rows }));
    for part in passport.parts {
        blocks.push(Block::Heading { level: 1, text: part.name });
        if part.rows.is_empty() {
            blocks.push(Block::Note(locale.t("face-passport-none").into_owned()));
            continue;
        }
        let columns = part
            .columns
            .into_iter()
            .map(|(name, number)| if number { Column::number(name) } else { Column::text(name) })
            .collect();
        blocks.push(Block::Table(Table { caption: part.caption, columns, rows: part.rows }));
    }
    blocks.push(Block::Note(passport.source));
    Document {
        footer: format!("{} · {}", locale.t("site-name"), passport.number),
        subtitle: passport.number,
        title: passport.title,
        lang: visitor.lang.code().to_owned(),
        contents: None,
        blocks,
    }
}

async fn gather(asked: &Asked) -> Answer<Passport> {
    let Asked { state, visitor, origin, project } = asked;
    let locale = visitor.locale();
    let read = state.app.read();
    let places =
        place_names(state, locale, [project.place].into_iter().chain(project.partners.iter().copied()))
            .await?;
    let moves = read.list_status_changes(project.id).await?;
    let limit = u16::try_from(ENTRIES).unwrap_or(u16::MAX);
    let news = read.list_project_updates(project.id, limit).await?;
    let day = |at: jiff::Timestamp| locale.date_short(at.to_zoned(state.app.zone().clone()).date());
    let history = moves.iter().rev().take(ENTRIES).map(|moved| {
        let basis = [moved.basis.kind.clone(), moved.basis.number.clone()].join(" ");
        let why = [moved.reason.clone(), basis.trim().to_owned()].into_iter().filter(|w| !w.is_empty());
        let name = locale.name("status", moved.to.code()).into_owned();
        vec![day(moved.at), name, moved.by.clone(), why.collect::<Vec<String>>().join(". ")]
    });
    let told = news.iter().map(|update| {
        vec![
            day(update.at),
            update.by.clone(),
            locale.percent(&update.progress_pct.to_string()),
            update.body.clone(),
        ]
    });
    let link = format!("{origin}{}", visitor.to(&format!("/projects/{}", project.id)));
    let source = [
        ("link", link.into()),
        ("version", i64::from(project.version).into()),
        ("changed", locale.date_time(project.updated_at, state.app.zone()).into()),
        ("printed", locale.date_time(state.app.now(), state.app.zone()).into()),
    ];
    let or_unknown =
        |text: String| if text.is_empty() { locale.t("no-data-short").into_owned() } else { text };
    let part = |name: &str, columns: &[(&str, bool)], rows: Vec<Vec<String>>| Part {
        name: locale.t(name).into_owned(),
        caption: locale.t(name).into_owned(),
        columns: columns.iter().map(|(key, number)| (locale.t(key).into_owned(), *number)).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(or_unknown).collect()).collect(),
    };
    let dated = [("face-passport-date", false), ("face-passport-by", false)];
    Ok(Passport {
        title: locale.text(&project.title).0.to_owned(),
        number: project.number.clone(),
        invented: if project.invented { locale.t("report-invented").into_owned() } else { String::new() },
        summary: locale.text(&project.summary).0.to_owned(),
        facts: facts(locale, project, &places),
        parts: vec![
            money(locale, project),
            milestones(locale, project),
            results(locale, project),
            part(
                "project-history",
                &[dated[0], ("project-status", false), dated[1], ("face-passport-reason", false)],
                history.collect(),
            ),
            part(
                "project-news",
                &[dated[0], dated[1], ("project-progress", true), ("project-news", false)],
                told.collect(),
            ),
        ],
        source: locale.f("face-passport-source", &source),
    })
}

fn facts(
    locale: &Locale,
    project: &Project,
    places: &std::collections::BTreeMap<akimat_core::KatoCode, String>,
) -> Vec<(String, String)> {
    let unknown = || locale.t("no-data-short").into_owned();
    let name = |prefix: &str, code: &str| locale.name(prefix, code).into_owned();
    let date = |date: Option<jiff::civil::Date>| date.map_or_else(unknown, |date| locale.date(date));
    let sum = |money: Option<Money>| {
        money.map_or_else(unknown, |money| locale.money(money, MoneyUnit::ThousandTenge, 1))
    };
    let place = |code: &akimat_core::KatoCode| places.get(code).cloned().unwrap_or_else(|| code.to_string());
    let (planned, contracted, paid) = project.totals();
    let mut facts = vec![
        ("project-number", project.number.clone()),
        ("project-place", place(&project.place)),
        ("project-status", name("status", project.status.code())),
        ("project-progress", locale.percent(&project.progress_pct.to_string())),
        ("project-sector", name("sector", project.sector.code())),
        ("project-kind", name("kind", project.kind.code())),
        ("project-modality", name("modality", project.modality.code())),
        ("project-level", name("project-level", project.level.code())),
        ("project-starts", date(project.starts_on)),
        ("project-ends", date(project.ends_on)),
        (
            "project-contractor",
            if project.contractor.is_empty() { unknown() } else { project.contractor.clone() },
        ),
        ("project-planned", sum(planned)),
        ("face-amended", sum(project.later_totals().0)),
        ("project-contracted", sum(contracted)),
        ("project-paid", sum(paid)),
    ];
    if !project.partners.is_empty() {
        facts.push(("face-partners", project.partners.iter().map(place).collect::<Vec<_>>().join(", ")));
    }
    if let Some(point) = project.location {
        facts.push(("project-location", akimat_app::project_query::point_text(point)));
    }
    facts.into_iter().map(|(key, value)| (locale.t(key).into_owned(), value)).collect()
}

fn money(locale: &Locale, project: &Project) -> Part {
    let sum = |money: Option<Money>| {
        money.map_or_else(
            || locale.t("no-data-short").into_owned(),
            |money| locale.amount(money, MoneyUnit::ThousandTenge, 1),
        )
    };
    let rows = project.money.iter().map(|line| {
        vec![
            line.year.to_string(),
            locale.name("money-source", line.source.code()).into_owned(),
            if line.programme.is_empty() {
                locale.t("no-data-short").into_owned()
            } else {
                line.programme.clone()
            },
            sum(line.planned),
            sum(line.current()),
            sum(line.contracted),
            sum(line.invoiced),
            sum(line.paid),
        ]
    });
    let word = |key: &str, number: bool| (locale.t(key).into_owned(), number);
    Part {
        name: locale.t("project-money").into_owned(),
        caption: format!("{} ({})", locale.t("project-money-caption"), locale.t("unit-thousand-tenge")),
        columns: vec![
            word("table-year", false),
            word("project-money-source", false),
            word("face-programme", false),
            word("project-planned", true),
            word("face-amended", true),
            word("project-contracted", true),
            word("face-invoiced", true),
            word("project-paid", true),
        ],
        rows: rows.collect(),
    }
}

fn milestones(locale: &Locale, project: &Project) -> Part {
    let date = |date: Option<jiff::civil::Date>| {
        date.map_or_else(|| locale.t("no-data-short").into_owned(), |date| locale.date_short(date))
    };
    let rows = project.milestones.iter().map(|milestone| {
        vec![
            locale.text(&milestone.title).0.to_owned(),
            date(Some(milestone.planned_on)),
            date(milestone.forecast_on),
            date(milestone.actual_on),
        ]
    });
    let word = |key: &str| (locale.t(key).into_owned(), false);
    Part {
        name: locale.t("project-milestones").into_owned(),
        caption: locale.t("project-milestones").into_owned(),
        columns: vec![
            word("project-milestone"),
            word("project-milestone-planned"),
            word("project-milestone-forecast"),
            word("project-milestone-actual"),
        ],
        rows: rows.collect(),
    }
}

fn results(locale: &Locale, project: &Project) -> Part {
    let number = |value: Option<&str>| {
        value.map_or_else(|| locale.t("no-data-short").into_owned(), |value| locale.decimal(value))
    };
    let rows = project.results.iter().map(|result| {
        vec![
            locale.text(&result.title).0.to_owned(),
            locale.text(&result.unit).0.to_owned(),
            number(result.baseline.as_deref()),
            number(Some(&result.target)),
            number(result.measured.as_deref()),
        ]
    });
    let word = |key: &str, number: bool| (locale.t(key).into_owned(), number);
    Part {
        name: locale.t("project-results").into_owned(),
        caption: locale.t("project-results").into_owned(),
        columns: vec![
            word("project-result", false),
            word("project-result-unit", false),
            word("project-result-baseline", true),
            word("project-result-target", true),
            word("project-result-measured", true),
        ],
        rows: rows.collect(),
    }
}
