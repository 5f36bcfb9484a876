//! The programme of a territory in the workplace: scenarios, their editor, the solution, what if.
//!
//! The pages are complete without scripts. The whole state of "what if" is its address.

pub mod beside;
pub mod compare;
pub mod decide;
pub mod discuss;
pub mod editor;
pub mod list;
pub mod pictures;
pub mod ruling;
pub mod show;
pub mod whatif;
pub mod why;
pub mod words;

use akimat_app::Permission as P;
use akimat_core::{KatoCode, Place};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use uuid::Uuid;

/// The addresses of the scenarios.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/programmes", P::ReviewProgrammes, list::list)
        .get("/{lang}/admin/programmes/new", P::Recommend, editor::new_form)
        .post("/{lang}/admin/programmes/new", P::Recommend, editor::new)
        .get("/{lang}/admin/programmes/{id}", P::ReviewProgrammes, show::show)
        .get("/{lang}/admin/programmes/compare", P::ReviewProgrammes, compare::compare)
        .get("/{lang}/admin/programmes/{id}/pictures", P::ReviewProgrammes, pictures::show)
        .get("/{lang}/admin/programmes/{id}/beside", P::ReviewProgrammes, beside::show)
        .post("/{lang}/admin/programmes/{id}/fair", P::Recommend, beside::fair)
        .get("/{lang}/admin/programmes/{id}/why/{project}", P::ReviewProgrammes, why::show)
        .get("/{lang}/admin/programmes/{id}/decide", P::ReviewProgrammes, decide::show)
        .post("/{lang}/admin/programmes/{id}/decide", P::Decide, decide::decide)
        .post("/{lang}/admin/programmes/{id}/publish", P::Decide, decide::publish)
        .post("/{lang}/admin/programmes/{id}/comments", P::ReviewProgrammes, decide::comment)
        .get("/{lang}/admin/programmes/{id}/discuss", P::ReviewProgrammes, discuss::show)
        .post("/{lang}/admin/programmes/{id}/discuss", P::Decide, discuss::open)
        .post("/{lang}/admin/drafts/{id}/end", P::Decide, discuss::end)
        .get("/{lang}/admin/programmes/{id}/edit", P::Recommend, editor::edit_form)
        .post("/{lang}/admin/programmes/{id}/edit", P::Recommend, editor::edit)
        .post("/{lang}/admin/programmes/{id}/solve", P::Recommend, show::solve)
        .post("/{lang}/admin/programmes/{id}/cancel", P::Recommend, show::cancel)
        .get("/{lang}/admin/programmes/{id}/ruling", P::Recommend, ruling::show)
        .post("/{lang}/admin/programmes/{id}/ruling", P::Recommend, ruling::save)
        .get("/{lang}/admin/programmes/{id}/whatif", P::Recommend, whatif::show)
        .post("/{lang}/admin/programmes/{id}/whatif", P::Recommend, whatif::save)
}

/// A territory with its name in the visitor's language and its page.
#[derive(Debug)]
pub struct Plate {
    /// The territory.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Its page, without the language.
    pub path: String,
}

/// The territory with a code; that of the account when there is none.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn plate(state: &WebState, visitor: &Visitor, code: &str) -> Answer<Plate> {
    let own = visitor.actor().and_then(|account| account.place);
    let code: Option<KatoCode> = if code.is_empty() { own } else { code.parse().ok() };
    let code = code.ok_or_else(Failure::not_found)?;
    plate_of(state, visitor, code).await
}

/// The territory with a known code.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn plate_of(state: &WebState, visitor: &Visitor, code: KatoCode) -> Answer<Plate> {
    let place = state.app.read().find_place(code, state.app.today()).await?;
    let place = place.ok_or_else(Failure::not_found)?;
    Ok(Plate {
        name: place.name.get(visitor.lang).to_owned(),
        path: akimat_web_kit::frame::place_path(code),
        place,
    })
}

/// Where the scenarios of a territory are, without the language.
pub fn list_path(place: KatoCode) -> String {
    format!("/admin/programmes?place={place}")
}

/// Where a scenario is, without the language.
pub fn path_of(id: Uuid) -> String {
    format!("/admin/programmes/{id}")
}
