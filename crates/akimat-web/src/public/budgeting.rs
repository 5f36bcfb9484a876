//! `/budgeting`: participatory budgets, their rules and calendar, the proposals, and how a resident writes one.

pub mod draw;
pub mod home;
pub mod list;
pub mod proposal;
pub mod proposals;
pub mod write;

use crate::routes::Routes;
use akimat_app::Permission as P;

/// The addresses.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/budgeting", P::Public, list::show)
        .get("/{lang}/budgeting/{code}", P::Public, home::show)
        .get("/{lang}/budgeting/{code}/draw", P::Public, draw::show)
        .get("/{lang}/budgeting/{code}/proposals", P::Public, proposals::show)
        .post("/{lang}/budgeting/{code}/proposals", P::Propose, write::begin)
        .get("/{lang}/budgeting/{code}/proposals/{number}", P::Public, proposal::show)
        .get("/{lang}/proposals/{id}", P::Public, proposal::lead)
        .get("/{lang}/proposals/{id}/edit", P::Propose, write::show)
        .post("/{lang}/proposals/{id}/edit", P::Propose, write::save)
        .post("/{lang}/proposals/{id}/submit", P::Propose, write::submit)
        .post("/{lang}/proposals/{id}/act", P::Propose, proposal::act)
}
