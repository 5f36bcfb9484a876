//! `/api/v1`: the public data as JSON, and what an operator's tools ask for.
//!
//! Reading order: [`endpoint`] (the one table that routes, parameters and the OpenAPI document are made
//! of), [`asked`] (a request, its parameters already checked), [`reply`] and [`problem`] (answers), then
//! one file a noun.

pub mod adhoc;
pub mod asked;
pub mod budget;
pub mod comment;
pub mod cursor;
pub mod decision;
pub mod endpoint;
pub mod finding;
pub mod forecast;
pub mod index;
pub mod openapi;
pub mod place;
pub mod probe;
pub mod problem;
pub mod project;
pub mod reply;
pub mod scenario;
pub mod schema;

pub use openapi::openapi;

use crate::routes::Routes;
use akimat_app::Permission as P;

/// The addresses of the API and of the probes. Each is described in [`endpoint::ENDPOINTS`].
pub fn routes(routes: Routes) -> Routes {
    routes
        .get(index::INDEX.path, P::Public, index::index)
        .get(index::OPENAPI.path, P::Public, index::document)
        .get(index::PROBLEMS.path, P::Public, index::problems)
        .get(place::LIST.path, P::Public, place::list)
        .get(place::SHOW.path, P::Public, place::show)
        .get(budget::LIST.path, P::Public, budget::list)
        .get(budget::SHOW.path, P::Public, budget::show)
        .get(finding::LIST.path, P::Public, finding::list)
        .get(project::LIST.path, P::Public, project::list)
        .get(project::SHOW.path, P::Public, project::show)
        .get(comment::LIST.path, P::Public, comment::list)
        .get(forecast::SHOW.path, P::Public, forecast::show)
        .get(decision::LIST.path, P::Public, decision::list)
        .get(decision::SHOW.path, P::Public, decision::show)
        .get(adhoc::SHOW.path, P::Public, adhoc::show)
        .get(scenario::LIST.path, P::Public, scenario::list)
        .get(scenario::SHOW.path, P::Public, scenario::show)
        .get(probe::HEALTH.path, P::Public, probe::health)
        .get(probe::READY.path, P::Public, probe::ready)
        .get(probe::METRICS.path, P::Public, probe::metrics)
}

#[cfg(test)]
mod tests;
