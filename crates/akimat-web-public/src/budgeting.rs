//! `/budgeting`: participatory budgets, their rules and calendar, the proposals, and how a resident writes one.

pub mod assemblies;
pub mod draw;
pub mod home;
pub mod list;
pub mod photos;
pub mod place;
pub mod proposal;
pub mod proposals;
pub mod works;
pub mod write;

use akimat_app::Permission as P;
use akimat_web_kit::routes::Routes;

/// The addresses.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/budgeting", P::Public, list::show)
        .get("/{lang}/budgeting/{code}", P::Public, home::show)
        .get("/{lang}/budgeting/{code}/draw", P::Public, draw::show)
        .get("/{lang}/budgeting/{code}/proposals", P::Public, proposals::show)
        .post("/{lang}/budgeting/{code}/proposals", P::Propose, write::begin)
        .get("/{lang}/budgeting/{code}/proposals/{number}", P::Public, proposal::show)
        .get("/{lang}/budgeting/{code}/assemblies", P::Public, assemblies::show)
        .get("/{lang}/budgeting/{code}/works", P::Public, works::show)
        .get("/{lang}/proposals/{id}", P::Public, proposal::lead)
        .get("/{lang}/proposals/{id}/place", P::Propose, place::show)
        .post("/{lang}/proposals/{id}/place", P::Propose, place::save)
        .get("/{lang}/proposals/{id}/photos", P::Propose, photos::show)
        .photographs("/{lang}/proposals/{id}/photos", P::Propose, photos::add)
        .post("/{lang}/proposals/{id}/photos/{key}", P::Propose, photos::remove)
        .get("/{lang}/proposals/{id}/edit", P::Propose, write::show)
        .post("/{lang}/proposals/{id}/edit", P::Propose, write::save)
        .post("/{lang}/proposals/{id}/submit", P::Propose, write::submit)
        .post("/{lang}/proposals/{id}/act", P::Propose, proposal::act)
        .photographs("/{lang}/proposals/{id}/comments", P::Comment, proposal::comment)
}
