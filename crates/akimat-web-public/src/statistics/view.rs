//! The workbench as a page: the table's columns, the form, the result.

use super::ask::Ask;
use super::chart;
use akimat_i18n::Locale;
use akimat_statistics::{Coefficient, Column, Errors, Method, Refusal, Report, Table, Test};
use akimat_web_kit::figure::Figure;
use akimat_web_kit::kit::Page;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::statistics as words;
use akimat_web_kit::visitor::Visitor;
use askama::Template;

/// Rows of a long table that a page shows; the downloads have all.
const ROWS_SHOWN: usize = 40;
/// Faulty cells that a page lists.
const FAULTS_SHOWN: usize = 20;

/// The page.
#[derive(Template)]
#[template(path = "public/statistics/show.html")]
pub(super) struct Workbench {
    pub(super) page: Page,
    /// Address of the form; a table of one's own is posted.
    pub(super) action: String,
    pub(super) own: bool,
    pub(super) source: String,
    pub(super) note: String,
    pub(super) examples: Vec<(String, String)>,
    pub(super) cannot: Vec<[String; 3]>,
    pub(super) columns: Vec<ColumnView>,
    pub(super) shape: String,
    pub(super) choices: Choices,
    pub(super) ask: Ask,
    pub(super) result: Option<ResultView>,
    pub(super) refusal: Option<RefusalView>,
}

/// A column of the table.
pub(super) struct ColumnView {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) n: String,
    pub(super) missing: String,
    pub(super) faults: Vec<String>,
}

/// Options of the fields: value and name.
pub(super) struct Choices {
    pub(super) methods: Vec<(String, String)>,
    pub(super) help: String,
    pub(super) columns: Vec<(String, String)>,
    pub(super) coefficients: Vec<(String, String)>,
    pub(super) errors: Vec<(String, String)>,
    pub(super) tests: Vec<(String, String)>,
}

/// A result in words.
pub(super) struct ResultView {
    pub(super) title: String,
    pub(super) facts: String,
    pub(super) warnings: Vec<String>,
    pub(super) figure: Figure,
    pub(super) sheets: Vec<SheetView>,
    pub(super) citation: String,
    pub(super) r: String,
    pub(super) python: String,
}

/// A table of figures.
pub(super) struct SheetView {
    pub(super) title: String,
    pub(super) heads: Vec<String>,
    pub(super) figures: Vec<String>,
    pub(super) rows: Vec<(Vec<String>, Vec<String>)>,
    pub(super) cut: String,
}

/// Why there is no result.
pub(super) struct RefusalView {
    pub(super) sentence: String,
    pub(super) cells: Vec<String>,
}

impl ColumnView {
    fn new(locale: &Locale, column: &Column, n_rows: usize) -> Self {
        let n = column.texts().flatten().count();
        let faults = column.faults().iter().take(FAULTS_SHOWN);
        let count = |n: usize| locale.count(n.try_into().unwrap_or(u64::MAX));
        Self {
            name: column.name().to_owned(),
            kind: locale.name("statistics-kind", column.kind().code()).into_owned(),
            n: count(n),
            missing: count(n_rows - n),
            faults: faults.map(|fault| words::fault(locale, fault)).collect(),
        }
    }
}

/// The columns of a table.
pub(super) fn columns(locale: &Locale, table: &Table) -> Vec<ColumnView> {
    table.columns().iter().map(|column| ColumnView::new(locale, column, table.n_rows())).collect()
}

/// How large a table is.
pub(super) fn shape(locale: &Locale, table: &Table) -> String {
    let count = |n: usize| akimat_i18n::Arg::from(u32::try_from(n).unwrap_or(u32::MAX));
    let facts = [("rows", count(table.n_rows())), ("columns", count(table.columns().len()))];
    locale.f("statistics-shape", &facts)
}

impl Choices {
    /// Options for a table and the method that is chosen.
    pub(super) fn new(locale: &Locale, table: Option<&Table>, method: Option<Method>) -> Self {
        let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
        let help = |method: Method| {
            locale.name("statistics-method", &format!("{}-help", method.code())).into_owned()
        };
        let columns = table.map(Table::columns).unwrap_or_default().iter();
        Self {
            methods: Method::ALL.iter().map(|one| named("statistics-method", one.code())).collect(),
            help: method.map(help).unwrap_or_default(),
            columns: columns.map(|column| (column.name().to_owned(), column.name().to_owned())).collect(),
            coefficients: Coefficient::ALL
                .iter()
                .map(|o| named("statistics-coefficient", o.code()))
                .collect(),
            errors: Errors::ALL.iter().map(|one| named("statistics-errors", one.code())).collect(),
            tests: Test::ALL.iter().map(|one| named("statistics-test", one.code())).collect(),
        }
    }
}

impl RefusalView {
    /// A refusal in words.
    pub(super) fn new(locale: &Locale, refusal: &Refusal) -> Self {
        let cells = refusal.cells().iter().take(FAULTS_SHOWN).map(|cell| words::fault(locale, cell));
        Self { sentence: words::refusal(locale, refusal), cells: cells.collect() }
    }
}

impl ResultView {
    /// A report in words.
    pub(super) fn new(state: &WebState, visitor: &Visitor, report: &Report, table: &str) -> Self {
        let locale = visitor.locale();
        let facts = [
            ("n", locale.count(report.n.try_into().unwrap_or(u64::MAX)).into()),
            ("missing", locale.count(report.missing.try_into().unwrap_or(u64::MAX)).into()),
            ("version", report.version.into()),
        ];
        Self {
            title: words::method(locale, &report.request),
            facts: locale.f("statistics-n", &facts),
            warnings: report.warnings.iter().map(|warning| words::warning(locale, warning)).collect(),
            figure: chart::draw(locale, report),
            sheets: report.sheets.iter().map(|sheet| SheetView::new(locale, sheet)).collect(),
            citation: words::citation(locale, report, table, &locale.date(state.app.today())),
            r: report.script.r.clone(),
            python: report.script.python.clone(),
        }
    }
}

impl SheetView {
    fn new(locale: &Locale, sheet: &akimat_statistics::Sheet) -> Self {
        let all = sheet.rows.len();
        let cut = if all > ROWS_SHOWN {
            let count = |n: usize| akimat_i18n::Arg::from(u32::try_from(n).unwrap_or(u32::MAX));
            locale.f("statistics-cut", &[("shown", count(ROWS_SHOWN)), ("all", count(all))])
        } else {
            String::new()
        };
        let row = |row: &akimat_statistics::Row| {
            let labels = row.labels.iter().map(|label| words::label(locale, label).into_owned()).collect();
            (labels, row.values.iter().map(|value| words::value(locale, value)).collect())
        };
        Self {
            title: locale.name("statistics-sheet", sheet.code).into_owned(),
            heads: sheet.heads.iter().map(|head| locale.name("statistics-head", head).into_owned()).collect(),
            figures: sheet.figures.iter().map(|figure| words::label(locale, figure).into_owned()).collect(),
            rows: sheet.rows.iter().take(ROWS_SHOWN).map(row).collect(),
            cut,
        }
    }
}
