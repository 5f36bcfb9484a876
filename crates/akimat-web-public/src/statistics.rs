//! The statistics workbench: a table, a method, a result with everything that is needed to cite and repeat it.
//!
//! Tables of studies and of the platform are chosen by address, and everything else stands in the query. A table of
//! one's own travels in the form itself and is stored nowhere.

mod ask;
mod bundled;
mod chart;
pub mod own;
mod platform;
pub mod show;
mod view;

use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::visitor::Visitor;
use askama::Template;

/// Address, name and source of a table.
type TableLink = (String, String, String);

#[derive(Template)]
#[template(path = "public/statistics/hub.html")]
struct HubPage {
    page: Page,
    groups: Vec<(String, Vec<TableLink>)>,
    methods: Vec<(String, String)>,
}

/// Tables and methods.
///
/// # Errors
/// When the template fails.
pub async fn hub(visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let word = |key: &str| locale.t(key).into_owned();
    let bundled = |invented: bool| -> Vec<TableLink> {
        let of_kind = bundled::all().iter().filter(|table| table.invented == invented);
        of_kind
            .map(|table| (path(&table.id), table.title.get(visitor.lang).to_owned(), table.source.clone()))
            .collect()
    };
    let platform = platform::IDS.iter().map(|id| (path(id), platform::title(locale, id), String::new()));
    frame::render(&HubPage {
        page: frame::page(&visitor, word("statistics-title"), Some(MenuItem::Analysis))
            .description(word("statistics-lead")),
        groups: vec![
            (word("statistics-tables-published"), bundled(false)),
            (word("statistics-tables-platform"), platform.collect()),
            (word("statistics-tables-invented"), bundled(true)),
        ],
        methods: methods(locale),
    })
}

/// Address of a table without the language.
fn path(id: &str) -> String {
    format!("/statistics/tables/{id}")
}

/// Names of the methods and what each needs.
fn methods(locale: &Locale) -> Vec<(String, String)> {
    let name = |code: &str| locale.name("statistics-method", code).into_owned();
    let all = akimat_statistics::Method::ALL;
    all.iter().map(|method| (name(method.code()), name(&format!("{}-help", method.code())))).collect()
}
