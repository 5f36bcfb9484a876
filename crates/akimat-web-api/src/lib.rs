//! `/api/v1`: the public data as JSON, and what an operator's tools ask for.
//!
//! Reading order: [`endpoint`] (the one table that routes, parameters and the OpenAPI document are made
//! of), [`asked`] (a request, its parameters already checked), [`reply`] and [`problem`] (answers), then
//! one file a noun.

pub mod accuracy;
pub mod adhoc;
pub mod appraisal;
pub mod asked;
pub mod audit;
pub mod budget;
pub mod comment;
pub mod consolidation;
pub mod contract;
pub mod cursor;
pub mod decision;
pub mod disclosure;
pub mod endpoint;
pub mod fact;
pub mod finding;
pub mod fiscal_year;
pub mod forecast;
pub mod history;
pub mod index;
pub mod indicator;
pub mod inequality;
pub mod laboratory;
pub mod log;
pub mod moderation;
pub mod next_year;
pub mod observation;
pub mod open_contracting;
pub mod openapi;
pub mod outcome;
pub mod peer;
pub mod photo;
pub mod place;
pub mod probe;
pub mod problem;
pub mod procurement;
pub mod programme;
pub mod project;
pub mod push;
pub mod ranking;
pub mod reply;
pub mod report;
pub mod risk;
pub mod scenario;
pub mod schedule;
pub mod schema;

pub use openapi::openapi;

use akimat_app::Permission as P;
use akimat_web_kit::routes::Routes;

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
        .get(finding::ALL.path, P::Public, finding::all)
        .get(consolidation::SHOW.path, P::Public, consolidation::show)
        .get(disclosure::LIST.path, P::Public, disclosure::list)
        .get(log::LIST.path, P::Public, log::list)
        .get(project::LIST.path, P::Public, project::list)
        .get(project::SHOW.path, P::Public, project::show)
        .get(history::SHOW.path, P::Public, history::show)
        .get(outcome::SHOW.path, P::Public, outcome::show)
        .get(outcome::RECORD.path, P::Public, outcome::record)
        .get(appraisal::SHOW.path, P::Public, appraisal::show)
        .get(schedule::SHOW.path, P::Public, schedule::show)
        .get(risk::SHOW.path, P::Public, risk::show)
        .get(risk::LIST.path, P::Public, risk::list)
        .get(schedule::RESULTS.path, P::Public, schedule::results)
        .get(photo::SHOW.path, P::Public, photo::show)
        .get(contract::SHOW.path, P::Public, contract::show)
        .get(procurement::TABLE.path, P::Public, procurement::table)
        .get(procurement::PIPELINE.path, P::Public, procurement::pipeline)
        .get(procurement::OBLIGATIONS.path, P::Public, procurement::obligations)
        .get(procurement::FLAGS.path, P::Public, procurement::red_flags)
        .get(ranking::SHOW.path, P::Public, ranking::show)
        .get(programme::LIST.path, P::Public, programme::list)
        .get(programme::SHOW.path, P::Public, programme::show)
        .get(programme::INSTANCE.path, P::Public, programme::facts)
        .get(comment::LIST.path, P::Public, comment::list)
        .get(forecast::SHOW.path, P::Public, forecast::show)
        .get(accuracy::SHOW.path, P::Public, accuracy::show)
        .get(accuracy::LIST.path, P::Public, accuracy::list)
        .get(accuracy::FORECAST.path, P::Public, accuracy::forecast)
        .get(next_year::SHOW.path, P::Public, next_year::show)
        .get(fiscal_year::SHOW.path, P::Public, fiscal_year::show)
        .get(laboratory::SHOW.path, P::Public, laboratory::show)
        .get(decision::LIST.path, P::Public, decision::list)
        .get(decision::SHOW.path, P::Public, decision::show)
        .get(fact::TOTALS.path, P::Public, fact::totals)
        .get(fact::MONTHS.path, P::Public, fact::months)
        .get(fact::REPORT.path, P::Public, fact::report)
        .get(adhoc::SHOW.path, P::Public, adhoc::show)
        .get(scenario::LIST.path, P::Public, scenario::list)
        .get(scenario::SHOW.path, P::Public, scenario::show)
        .get(report::LIST.path, P::Public, report::list)
        .get(report::SHOW.path, P::Public, report::show)
        .get(indicator::LIST.path, P::Public, indicator::list)
        .get(inequality::SHOW.path, P::Public, inequality::show)
        .get(peer::SHOW.path, P::Public, peer::show)
        .get(observation::LIST.path, P::Public, observation::list)
        .get(open_contracting::PROJECTS.path, P::Public, open_contracting::projects)
        .get(open_contracting::RELEASES.path, P::Public, open_contracting::releases)
        .get(open_contracting::RECORDS.path, P::Public, open_contracting::records)
        .get(open_contracting::PROJECT.path, P::Public, open_contracting::project)
        .get(open_contracting::PROCESSES.path, P::Public, open_contracting::processes)
        .get(moderation::COUNTS.path, P::Public, moderation::counts)
        .get(moderation::TABLE.path, P::Public, moderation::table)
        .get(audit::LIST.path, P::Administer, audit::list)
        .upload(push::IMPORTS, P::ImportProjects, push::begin)
        .get(push::IMPORT, P::ImportProjects, push::show)
        .get(probe::HEALTH.path, P::Public, probe::health)
        .get(probe::READY.path, P::Public, probe::ready)
        .get(probe::METRICS.path, P::Public, probe::metrics)
}

#[cfg(test)]
mod tests;
