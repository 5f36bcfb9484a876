//! Pages that everybody can read, and what residents do on them.

pub mod account;
pub mod accuracy;
pub mod analysis;
pub mod appraisal;
pub mod budget;
pub mod consolidation;
pub mod decision;
pub mod demand;
pub mod disclosure;
pub mod error;
pub mod execution;
pub mod finding;
pub mod forecast;
pub mod forecast_year;
pub mod help;
pub mod home;
pub mod laboratory;
pub mod outcome;
pub mod place;
pub mod programme;
pub mod project;
pub mod ranking;
pub mod report;
pub mod scenario;
pub mod statistics;

use crate::routes::Routes;
use akimat_app::Permission as P;

/// The public addresses.
pub fn routes(routes: Routes) -> Routes {
    forecasts(report::routes(routes))
        .get("/", P::Public, home::choose_language)
        .get("/assets/{name}", P::Public, home::asset)
        .get("/favicon.ico", P::Public, home::favicon)
        .get("/robots.txt", P::Public, home::robots)
        .get("/{lang}", P::Public, home::home)
        .get("/{lang}/help", P::Public, help::help)
        .get("/{lang}/places", P::Public, place::search)
        .get("/{lang}/places/{code}", P::Public, place::show)
        .get("/{lang}/budgets", P::Public, budget::list::list)
        .get("/{lang}/budgets/{id}", P::Public, budget::show::show)
        .get("/{lang}/budgets/{id}/download/{format}", P::Public, budget::show::download)
        .get("/{lang}/analysis", P::Public, analysis::hub)
        .get("/{lang}/analysis/pivot", P::Public, analysis::pivot::show)
        .get("/{lang}/analysis/pivot/download/{format}", P::Public, analysis::pivot::file)
        .get("/{lang}/analysis/facts/{code}/{year}/{month}", P::Public, analysis::pivot::report::show)
        .get("/{lang}/views", P::Public, analysis::pivot::views::list)
        .post("/{lang}/views", P::Analyse, analysis::pivot::views::save)
        .get("/{lang}/views/{id}", P::Public, analysis::pivot::views::open)
        .post("/{lang}/views/{id}/remove", P::Analyse, analysis::pivot::views::remove)
        .get("/{lang}/analysis/inequality", P::Public, analysis::inequality::inequality)
        .get("/{lang}/places/{code}/peers", P::Public, analysis::peers::peers)
        .get("/{lang}/places/{code}/changes", P::Public, analysis::changes::changes)
        .get("/{lang}/places/{code}/citizens-budget", P::Public, analysis::citizens::show)
        .post("/{lang}/places/{code}/citizens-budget/questions", P::SignedIn, analysis::citizens::act::ask)
        .get("/{lang}/analysis/questions", P::Public, analysis::citizens::queue::list)
        .post("/{lang}/questions/{id}/answer", P::AnswerQuestions, analysis::citizens::act::answer)
        .post("/{lang}/questions/{id}/hide", P::Moderate, analysis::citizens::act::hide)
        .post("/{lang}/questions/{id}/show", P::Moderate, analysis::citizens::act::show_again)
        .get("/{lang}/projects", P::Public, project::list::list)
        .get("/{lang}/projects/download/{format}", P::Public, project::download::download)
        .get("/{lang}/projects/{id}", P::Public, project::show::show)
        .get("/{lang}/projects/{id}/appraisal", P::Public, appraisal::show)
        .get("/{lang}/appraisals", P::Public, appraisal::list)
        .post("/{lang}/projects/{id}/rating", P::RateProject, project::act::rate)
        .post("/{lang}/projects/{id}/comments", P::Comment, project::act::comment)
        .get("/{lang}/analysis/consolidation/{code}", P::Public, consolidation::show)
        .get("/{lang}/analysis/consolidation/{code}/download/{format}", P::Public, consolidation::download)
        .get("/{lang}/analysis/execution/{code}", P::Public, execution::show)
        .get("/{lang}/findings", P::Public, finding::list)
        .get("/{lang}/findings/{id}", P::Public, finding::show)
        .post("/{lang}/findings/{id}", P::Analyse, finding::note)
        .get("/{lang}/disclosure", P::Public, disclosure::list)
        .get("/{lang}/disclosure/note", P::Analyse, disclosure::note_form)
        .post("/{lang}/disclosure/note", P::Analyse, disclosure::note)
        .get("/{lang}/scenarios", P::Public, scenario::list::list)
        .post("/{lang}/scenarios", P::Analyse, scenario::keep::add)
        .get("/{lang}/scenarios/new", P::Public, scenario::new)
        .get("/{lang}/scenarios/compare", P::Public, scenario::compare::compare)
        .get("/{lang}/scenarios/export/{format}", P::Public, scenario::export::export)
        .get("/{lang}/scenarios/{id}", P::Public, scenario::show)
        .post("/{lang}/scenarios/{id}", P::Analyse, scenario::keep::change)
        .post("/{lang}/scenarios/{id}/remove", P::Analyse, scenario::keep::remove)
        .get("/{lang}/statistics", P::Public, statistics::hub)
        .get("/{lang}/statistics/own", P::Public, statistics::own::form)
        .upload("/{lang}/statistics/own", P::Public, statistics::own::analyse)
        .get("/{lang}/statistics/tables/{id}", P::Public, statistics::show::show)
        .get("/{lang}/ranking/{code}", P::Public, ranking::show)
        .get("/{lang}/decisions", P::Public, decision::list)
        .get("/{lang}/decisions/{id}", P::Public, decision::show)
        .get("/{lang}/decisions/{id}/download/{format}", P::Public, programme::download)
        .get("/{lang}/sign-in", P::Public, account::sign_in_form)
        .post("/{lang}/sign-in", P::Public, account::sign_in)
        .post("/{lang}/sign-out", P::Public, account::sign_out)
        .get("/{lang}/register", P::Public, account::register_form)
        .post("/{lang}/register", P::Public, account::register)
        .get("/{lang}/account", P::SignedIn, account::account)
}

/// Forecasts of figures and of projects.
fn forecasts(routes: Routes) -> Routes {
    routes
        .get("/{lang}/forecasts", P::Public, forecast::list)
        .get("/{lang}/forecasts/{id}", P::Public, accuracy::published::show)
        .post("/{lang}/forecasts/{id}/adjust", P::PublishForecasts, accuracy::published::adjust)
        .get("/{lang}/analysis/accuracy", P::Public, accuracy::all)
        .get("/{lang}/places/{code}/accuracy", P::Public, accuracy::place)
        .get("/{lang}/analysis/laboratory", P::Public, laboratory::show)
        .upload("/{lang}/analysis/laboratory", P::Public, laboratory::upload)
        .get("/{lang}/forecast/model", P::Public, forecast::model::show)
        .get("/{lang}/places/{code}/forecast", P::Public, forecast::show)
        .get("/{lang}/places/{code}/forecast/next-year", P::Public, forecast::next_year::show)
        .get("/{lang}/places/{code}/forecast/year", P::Public, forecast_year::show)
        .get("/{lang}/places/{code}/demand", P::Public, demand::show)
        .get("/{lang}/outcome/model", P::Public, outcome::card::show)
        .get("/{lang}/outcome/effect", P::Public, outcome::effect::show)
        .get("/{lang}/analysis/early-warning", P::Public, outcome::warning::list)
        .get("/{lang}/admin/projects/{id}/outcome", P::AnswerQuestions, outcome::decide::show)
        .post("/{lang}/admin/projects/{id}/outcome", P::PublishForecasts, outcome::decide::publish)
        .post("/{lang}/admin/projects/{id}/outcome/decide", P::DecideOutcomes, outcome::decide::decide)
}
