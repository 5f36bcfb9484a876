//! Reports: words and figures that an analyst puts together, in three languages, to read, print and keep.
//!
//! A figure in a report is a question, not an answer: it is asked again whenever the report is opened, and the
//! report says as of when.

pub mod body;
pub mod document;
pub mod edit;
pub mod list;
pub mod piece;
pub mod show;

use akimat_app::Permission as P;
use akimat_web_kit::routes::Routes;

/// The addresses of reports.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/reports", P::Public, list::list)
        .get("/{lang}/reports/new", P::Analyse, edit::new)
        .post("/{lang}/reports/new", P::Analyse, edit::create)
        .get("/{lang}/reports/{id}", P::Public, show::show)
        .get("/{lang}/reports/{id}/pdf", P::Public, show::pdf)
        .get("/{lang}/reports/{id}/edit", P::Analyse, edit::edit)
        .post("/{lang}/reports/{id}/edit", P::Analyse, edit::save)
        .post("/{lang}/reports/{id}/remove", P::Analyse, edit::remove)
}
