//! A chart with its table, as a page shows it and as files: SVG, PNG, CSV, XLSX.
//!
//! A file has no address of its own: the page's own address with `chart=…&format=…` in its query answers it, so
//! that whatever the reader has chosen on the page is in the file too. The kit offers the files as buttons of a
//! form, which robots do not follow.

use crate::download::{file, table};
use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::kit::Markup;
use crate::kit::asset::asset_text;
use crate::visitor::Visitor;
use akimat_core::{Money, MoneyUnit};
use akimat_document::figure::Around;
use akimat_document::{Block, Column, Drawing, Style, encode_png, standalone};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use axum::response::Response;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// A value of the table: as the page shows it and as a file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// In the reader's language.
    pub shown: String,
    /// Plain.
    pub plain: Cell,
}

impl Value {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.clone(), plain: Cell::Text(text) }
    }

    /// A number: formatted, and as a plain decimal with a point.
    pub fn number(shown: impl Into<String>, plain: impl Into<String>) -> Self {
        Self { shown: shown.into(), plain: Cell::Number(plain.into()) }
    }

    /// Money, or the words for "no data".
    pub fn money(locale: &Locale, money: Option<Money>, unit: MoneyUnit) -> Self {
        money.map_or_else(
            || Self::unknown(locale),
            |money| Self::number(locale.amount(money, unit, 1), money.to_decimal(unit, 1)),
        )
    }

    /// A share as a plain decimal of per cent, or the words for "no data".
    pub fn percent(locale: &Locale, plain: Option<String>) -> Self {
        plain.map_or_else(|| Self::unknown(locale), |plain| Self::number(locale.percent(&plain), plain))
    }

    /// Not known.
    pub fn unknown(locale: &Locale) -> Self {
        Self { shown: locale.t("no-data-short").into_owned(), plain: Cell::Empty }
    }
}

/// A chart with its table.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// Unique on the page, the same as that of the chart's words.
    pub id: String,
    /// What is shown.
    pub title: String,
    /// The drawing; empty when there is only a table.
    pub chart: Markup,
    /// What the numbers of the table are, with their unit.
    pub caption: String,
    /// Columns of the table.
    pub columns: Vec<Column>,
    /// Rows of the table; the first value of a row is its heading.
    pub rows: Vec<Vec<Value>>,
    /// Unit, source, date: below the chart, in its files and in documents.
    pub notes: Vec<String>,
    /// Address of the page, without its query.
    pub address: String,
    /// What the page's query holds.
    pub fields: Vec<(String, String)>,
}

impl Figure {
    /// A figure; `id` is that of the chart's words.
    pub fn new(id: impl Into<String>, title: impl Into<String>, chart: Markup) -> Self {
        Self { id: id.into(), title: title.into(), chart, ..Self::default() }
    }

    /// With its table.
    #[must_use]
    pub fn table(mut self, caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<Value>>) -> Self {
        (self.caption, self.columns, self.rows) = (caption.into(), columns, rows);
        self
    }

    /// With a line about unit, source or date.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With buttons for its files, at the address that the visitor asked for.
    #[must_use]
    pub fn files(mut self, visitor: &Visitor) -> Self {
        let (path, query) = visitor.path.split_once('?').unwrap_or((&visitor.path, ""));
        self.address = visitor.to(path);
        self.fields = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| !matches!(name.as_ref(), "chart" | "format" | "done"))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        self
    }

    /// Whether a column holds numbers.
    pub fn is_number(&self, column: &usize) -> bool {
        self.columns.get(*column).is_some_and(|column| column.number)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.chart.is_empty() && self.rows.is_empty()
    }

    /// The table as it is written to a spreadsheet.
    pub fn export(&self) -> Table {
        Table {
            title: self.title.clone(),
            headers: self.columns.iter().map(|column| column.title.clone()).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(|value| value.plain.clone()).collect()).collect(),
        }
    }

    /// The chart as a drawing that stands alone.
    ///
    /// # Errors
    /// When the markup of the chart cannot be read, which is a fault of ours.
    pub fn drawing(&self, lang: &str, notes: &[String]) -> Answer<Drawing> {
        let around = Around { title: &self.title, notes, lang };
        standalone(self.chart.as_str(), &around, style()).map_err(Failure::internal)
    }

    /// The figure for a document: drawing, notes, table.
    ///
    /// # Errors
    /// As [`Figure::drawing`].
    pub fn blocks(&self, lang: &str) -> Answer<Vec<Block>> {
        let mut blocks = Vec::new();
        if !self.chart.is_empty() {
            let alt = format!("{}. {}", self.title, self.notes.join(" "));
            blocks.push(Block::Figure { drawing: self.drawing(lang, &[])?, alt });
        }
        if !self.rows.is_empty() {
            let title = if self.chart.is_empty() { format!("{}. ", self.title) } else { String::new() };
            blocks.push(Block::Table(akimat_document::Table {
                caption: format!("{title}{}", self.caption),
                columns: self.columns.clone(),
                rows: self
                    .rows
                    .iter()
                    .map(|row| row.iter().map(|value| value.shown.clone()).collect())
                    .collect(),
            }));
        }
        blocks.extend(self.notes.iter().cloned().map(Block::Note));
        Ok(blocks)
    }
}

/// The looks of charts, those of the pages.
pub fn style() -> &'static Style {
    static STYLE: LazyLock<Style> = LazyLock::new(|| {
        Style::read(asset_text("css/akimat.css").unwrap_or_default(), "/* Charts */", "/* Pages */")
    });
    &STYLE
}

/// Pictures that are drawn at once; more wait, so that pages stay quick.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Pixels of a picture for a unit of the drawing.
const SCALE: f32 = 2.0;

/// The file that the address asks for, or `None` when it asks for the page. `name` begins the name of the
/// file; call it before the page is rendered:
/// `if let Some(file) = figure::asked(&visitor, "budget-2026", &[&revenue]).await { return file; }`
pub async fn asked(visitor: &Visitor, name: &str, figures: &[&Figure]) -> Option<Answer> {
    let (_, query) = visitor.path.split_once('?')?;
    let asked = Form::parse(query.as_bytes());
    let (chart, format) = (asked.get("chart"), asked.get("format"));
    if chart.is_empty() || format.is_empty() {
        return None;
    }
    let Some(figure) = figures.iter().find(|figure| figure.id == chart && !figure.is_empty()) else {
        return Some(Err(Failure::not_found()));
    };
    let name = format!("{name}-{}", figure.id);
    Some(answer(visitor, figure, &name, format).await)
}

async fn answer(visitor: &Visitor, figure: &Figure, name: &str, format: &str) -> Answer<Response> {
    if matches!(format, "csv" | "xlsx") {
        return table(name, format, &figure.export());
    }
    if figure.chart.is_empty() {
        return Err(Failure::not_found());
    }
    let drawing = figure.drawing(visitor.lang.code(), &figure.notes)?;
    match format {
        "svg" => Ok(file(&format!("{name}.svg"), "image/svg+xml", drawing.svg)),
        "png" => {
            let _permit = DRAWING.acquire().await.map_err(Failure::internal)?;
            let drawn = tokio::task::spawn_blocking(move || encode_png(&drawing, SCALE)).await;
            let bytes = drawn.map_err(Failure::internal)?.map_err(Failure::internal)?;
            Ok(file(&format!("{name}.png"), "image/png", bytes))
        }
        _ => Err(Failure::not_found()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::chart::{Bar, Words, bars};

    #[test]
    fn the_looks_of_charts_come_from_the_pages() {
        let css = style().css();
        for class in
            [".bar{fill:#00627a}", ".p1{fill:#00627a}", ".l2{stroke:#b3541e", ".axis-y{text-anchor:end}"]
        {
            assert!(css.contains(class), "{class} in {css}");
        }
        assert!(!css.contains("var(") && !css.contains("display"), "{css}");
    }

    #[test]
    fn a_figure_is_drawn_with_its_notes() {
        let chart = bars(&Words::new("a", "t", ""), &[Bar::new("Білім <беру>", Some(2.0), "2 ₸")]);
        let figure = Figure::new("a", "Шығыстар", chart);
        let drawing = figure.drawing("kk", &["Дереккөз".to_owned()]).expect("a drawing");
        for words in ["Шығыстар", "Білім &lt;беру&gt;", "2 ₸", "Дереккөз", "xml:lang=\"kk\""]
        {
            assert!(drawing.svg.contains(words), "{words}");
        }
    }
}
