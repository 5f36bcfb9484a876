//! What a kept report holds.

use akimat_app::forecast::HORIZON_DEFAULT;
use akimat_budget::{Item, Stage};
use akimat_core::{BudgetId, KatoCode, Lang, SavedId, Text};
use akimat_web_kit::form::Form;
use serde::{Deserialize, Serialize};

/// Sections of one report.
pub const PIECES_MAX: usize = 30;
/// Letters of a heading in one language.
pub const HEADING_CHARS_MAX: usize = 200;
/// Letters of a text in one language.
pub const TEXT_CHARS_MAX: usize = 5_000;

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Title.
    pub title: Text,
    /// What it is about, in a few sentences.
    #[serde(default)]
    pub lead: Text,
    /// Its sections in order.
    #[serde(default)]
    pub pieces: Vec<Piece>,
}

/// A section: words, with a figure below them or without.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Heading; may be empty.
    #[serde(default)]
    pub heading: Text,
    /// Paragraphs, a line each; may be empty.
    #[serde(default)]
    pub text: Text,
    /// What is shown below.
    #[serde(default)]
    pub source: Option<Source>,
}

/// Where a figure comes from: a question that is asked again whenever the report is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// A view of the budget cube.
    View {
        /// The address after `/analysis/pivot?`.
        query: String,
    },
    /// A part of a budget's page.
    Budget {
        /// The budget.
        id: BudgetId,
        /// State of the figures, as in `executed`; empty for the last that is given.
        #[serde(default)]
        stage: String,
        /// `revenue`, `expenditure`, `dynamics` or `indicators`.
        part: String,
    },
    /// A forecast of a budget line.
    Forecast {
        /// Territory.
        place: KatoCode,
        /// Code of the line.
        item: String,
        /// Years ahead.
        horizon: usize,
    },
    /// A kept scenario.
    Scenario {
        /// The scenario.
        id: SavedId,
    },
}

/// An address of this platform that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It can be asked as it is.
    Source(Source),
    /// A kept view: its question is to be copied.
    KeptView(SavedId),
}

/// Parts of a budget's page.
pub const PARTS: [&str; 4] = ["revenue", "expenditure", "dynamics", "indicators"];

/// Reads the address of a page, whole or without its beginning; `None` when no report can show it.
pub fn read_address(written: &str) -> Option<Written> {
    let written: String = written.trim().chars().take(2_000).collect();
    let path = match written.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map(|(_, path)| path.to_owned())?,
        None => written.trim_start_matches('/').to_owned(),
    };
    let path = path.split_once('#').map_or(path.as_str(), |(path, _)| path);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut parts = path.trim_end_matches('/').split('/');
    let first = parts.next()?;
    let first = if Lang::parse(first).is_some() { parts.next()? } else { first };
    let asked = Form::parse(query.as_bytes());
    match (first, parts.next(), parts.next(), parts.next()) {
        ("analysis", Some("pivot"), None, None) => {
            Some(Written::Source(Source::View { query: query.to_owned() }))
        }
        ("views", Some(id), None, None) => Some(Written::KeptView(id.parse().ok()?)),
        ("budgets", Some(id), None, None) => {
            let part = PARTS.into_iter().find(|part| *part == asked.get("chart")).unwrap_or(PARTS[0]);
            let stage = Stage::parse(asked.get("stage")).map_or("", Stage::code);
            let (stage, part) = (stage.to_owned(), part.to_owned());
            Some(Written::Source(Source::Budget { id: id.parse().ok()?, stage, part }))
        }
        ("places", Some(code), Some("forecast"), None) => {
            let item = Item::parse(asked.get("item")).unwrap_or(Item::RevenueTotal).code().to_owned();
            let horizon = asked.get("horizon").parse().ok().filter(|years| (1..=5).contains(years));
            let horizon = horizon.unwrap_or(HORIZON_DEFAULT);
            Some(Written::Source(Source::Forecast { place: code.parse().ok()?, item, horizon }))
        }
        ("scenarios", Some(id), None, None) => {
            Some(Written::Source(Source::Scenario { id: id.parse().ok()? }))
        }
        _ => None,
    }
}

/// Names of the fields of a section.
fn field(index: usize, part: &str, lang: Lang) -> String {
    format!("{part}-{index}-{}", lang.code())
}

fn words(form: &Form, name: &dyn Fn(Lang) -> String, chars_max: usize) -> Text {
    let mut text = Text::default();
    for lang in Lang::ALL {
        // Browsers send lines with CRLF.
        let written = form.get(&name(lang)).replace("\r\n", "\n");
        *text.exact_mut(lang) = written.chars().take(chars_max).collect();
    }
    text
}

impl Body {
    /// Reads the editor's form, which holds the whole report.
    pub fn from_form(form: &Form) -> Self {
        let count = form.get("pieces").parse().unwrap_or(0).min(PIECES_MAX);
        let piece = |index: usize| Piece {
            heading: words(form, &|lang| field(index, "heading", lang), HEADING_CHARS_MAX),
            text: words(form, &|lang| field(index, "text", lang), TEXT_CHARS_MAX),
            source: serde_json::from_str(form.raw(&format!("source-{index}"))).ok(),
        };
        Self {
            title: words(form, &|lang| format!("title-{}", lang.code()), HEADING_CHARS_MAX),
            lead: words(form, &|lang| format!("lead-{}", lang.code()), TEXT_CHARS_MAX),
            pieces: (0..count).map(piece).collect(),
        }
    }

    /// Moves a section up or down or takes it away: `up-2`, `down-0`, `remove-3`. Answers the section to
    /// show next.
    pub fn act(&mut self, act: &str) -> Option<usize> {
        let (verb, index) = act.split_once('-')?;
        let index: usize = index.parse().ok().filter(|index| *index < self.pieces.len())?;
        match verb {
            "up" if index > 0 => {
                self.pieces.swap(index, index - 1);
                Some(index - 1)
            }
            "down" if index + 1 < self.pieces.len() => {
                self.pieces.swap(index, index + 1);
                Some(index + 1)
            }
            "remove" => {
                self.pieces.remove(index);
                Some(index.min(self.pieces.len().saturating_sub(1)))
            }
            _ => Some(index),
        }
    }

    /// What a public report lacks: the field, and the language that is missing in it.
    pub fn missing(&self) -> Vec<(String, Lang)> {
        let mut missing = Vec::new();
        for lang in Lang::ALL {
            if self.title.exact(lang).is_empty() {
                missing.push((format!("title-{}", lang.code()), lang));
            }
            if !self.lead.is_empty() && self.lead.exact(lang).is_empty() {
                missing.push((format!("lead-{}", lang.code()), lang));
            }
        }
        for (index, piece) in self.pieces.iter().enumerate() {
            for (part, text) in [("heading", &piece.heading), ("text", &piece.text)] {
                let empty = |lang: &Lang| !text.is_empty() && text.exact(*lang).is_empty();
                missing
                    .extend(Lang::ALL.into_iter().filter(empty).map(|lang| (field(index, part, lang), lang)));
            }
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0190a0b0-0000-7000-8000-000000000001";

    fn source(written: &str) -> Option<Source> {
        match read_address(written)? {
            Written::Source(source) => Some(source),
            Written::KeptView(_) => None,
        }
    }

    #[test]
    fn addresses_are_read_as_people_copy_them() {
        let id: BudgetId = ID.parse().unwrap();
        let budget =
            |stage: &str, part: &str| Source::Budget { id, stage: stage.to_owned(), part: part.to_owned() };
        assert_eq!(
            source(&format!("https://akimat.kz/kk/budgets/{ID}?stage=executed#revenue")),
            Some(budget("executed", "revenue"))
        );
        assert_eq!(source(&format!("/ru/budgets/{ID}?chart=dynamics&stage=x")), Some(budget("", "dynamics")));
        assert_eq!(
            source("kk/analysis/pivot?rows=year"),
            Some(Source::View { query: "rows=year".to_owned() })
        );
        let forecast = source("http://127.0.0.1:8080/en/places/990101000/forecast?item=tax&horizon=9");
        let place = "990101000".parse().unwrap();
        assert_eq!(
            forecast,
            Some(Source::Forecast { place, item: "tax".to_owned(), horizon: HORIZON_DEFAULT })
        );
        assert_eq!(read_address(&format!("/en/views/{ID}")), Some(Written::KeptView(ID.parse().unwrap())));
        for wrong in [
            "",
            "/",
            "https://example.org",
            "/kk/budgets/x",
            "/kk/projects",
            "javascript:alert(1)",
            "/kk/places/1/forecast",
        ] {
            assert_eq!(read_address(wrong), None, "{wrong}");
        }
    }

    fn body(names: &[&str]) -> Body {
        let pieces = names.iter().map(|name| Piece { heading: Text::same(*name), ..Piece::default() });
        Body { title: Text::same("t"), pieces: pieces.collect(), ..Body::default() }
    }

    #[test]
    fn sections_move_and_go() {
        let check = |act: &str, expected: &[&str]| {
            let mut body = body(&["a", "b", "c"]);
            let _ = body.act(act);
            let names: Vec<&str> = body.pieces.iter().map(|piece| piece.heading.kk.as_str()).collect();
            assert_eq!(names, expected, "{act}");
        };
        check("up-2", &["a", "c", "b"]);
        check("up-0", &["a", "b", "c"]);
        check("down-0", &["b", "a", "c"]);
        check("down-2", &["a", "b", "c"]);
        check("remove-1", &["a", "c"]);
        check("remove-9", &["a", "b", "c"]);
        check("nonsense", &["a", "b", "c"]);
    }

    #[test]
    fn a_public_report_is_whole_in_three_languages() {
        let mut report = body(&["a"]);
        assert!(report.missing().is_empty());
        report.title.en.clear();
        report.pieces[0].text.kk = "тек қазақша".to_owned();
        let missing = report.missing();
        let fields: Vec<&str> = missing.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["title-en", "text-0-ru", "text-0-en"]);
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut report = body(&["a", "b"]);
        report.pieces[1].source = Some(Source::View { query: "rows=year".to_owned() });
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&text).unwrap(), report);
    }
}
