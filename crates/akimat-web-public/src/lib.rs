//! Pages that everybody can read, and what residents do on them.

pub mod acceptance;
pub mod account;
pub mod accuracy;
pub mod analysis;
pub mod appraisal;
pub mod ballot;
pub mod budget;
pub mod budgeting;
pub mod consolidation;
pub mod contract;
pub mod decision;
pub mod demand;
pub mod disclosure;
pub mod error;
pub mod execution;
pub mod exercise;
pub mod finding;
pub mod forecast;
pub mod forecast_year;
pub mod help;
pub mod home;
pub mod laboratory;
pub mod log;
pub mod notice;
pub mod once;
pub mod open_data;
pub mod outcome;
pub mod photo;
pub mod place;
pub mod programme;
pub mod project;
pub mod ranking;
pub mod report;
pub mod risk;
pub mod scenario;
pub mod schedule;
pub mod statistics;
pub mod subscription;
pub mod talk;

use akimat_app::Permission as P;
use akimat_web_kit::routes::Routes;

/// The public addresses.
pub fn routes(routes: Routes) -> Routes {
    accounts(analyses(forecasts(face(risk::routes(report::routes(log::routes(notice::routes(
        talk::routes(budgeting::routes(exercise::routes(ballot::routes(once::routes(routes))))),
    ))))))))
    .get("/", P::Public, home::choose_language)
    .get("/assets/{name}", P::Public, home::asset)
    .get("/favicon.ico", P::Public, home::favicon)
    .get("/robots.txt", P::Public, home::robots)
    .get("/{lang}", P::Public, home::home)
    .get("/{lang}/help", P::Public, help::help)
    .get("/{lang}/open-data", P::Public, open_data::show)
    .get("/{lang}/open-data/{file}", P::Public, open_data::file)
    .get("/{lang}/places", P::Public, place::search)
    .get("/{lang}/places/{code}", P::Public, place::show)
    .get("/{lang}/projects", P::Public, project::list::list)
    .get("/{lang}/projects/download/{format}", P::Public, project::download::download)
    .get("/{lang}/projects/{id}", P::Public, project::show::show)
    .get("/{lang}/projects/{id}/history", P::Public, project::history::show)
    .get("/{lang}/projects/{id}/former/{former}", P::Public, project::former::show)
    .get("/{lang}/projects/{id}/appraisal", P::Public, appraisal::show)
    .get("/{lang}/projects/{id}/contracts", P::Public, contract::tab::show)
    .get("/{lang}/places/{code}/obligations", P::Public, contract::obligation::show)
    .get("/{lang}/places/{code}/red-flags", P::Public, contract::flags::show)
    .get("/{lang}/pipeline", P::Public, contract::pipeline::show)
    .get("/{lang}/pipeline/download/{format}", P::Public, contract::pipeline::download)
    .get("/{lang}/procurement", P::Public, contract::analytics::show)
    .get("/{lang}/contracts", P::Public, contract::register::show)
    .get("/{lang}/contracts/download/{format}", P::Public, contract::register::download)
    .get("/{lang}/projects/{id}/plan", P::Public, schedule::show)
    .get("/{lang}/projects/{id}/photos", P::Public, photo::gallery)
    .get("/photos/{id}/{size}", P::Public, photo::picture)
    .get("/{lang}/projects/{id}/acceptance", P::Public, acceptance::show)
    .photographs("/{lang}/projects/{id}/acceptance", P::AcceptWorks, acceptance::speak)
    .post("/{lang}/projects/{id}/acceptance/answer", P::ManageProjects, acceptance::reply)
    .post("/{lang}/admin/acceptance/{id}/hide", P::Moderate, acceptance::hide)
    .get("/{lang}/appraisals", P::Public, appraisal::list)
    .post("/{lang}/projects/{id}/rating", P::RateProject, project::act::rate)
    .photographs("/{lang}/projects/{id}/comments", P::Comment, project::act::comment)
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
    .get("/{lang}/drafts", P::Public, programme::draft::list)
    .get("/{lang}/drafts/{id}", P::Public, programme::draft::show)
    .photographs("/{lang}/drafts/{id}/comments", P::Comment, programme::draft::comment)
    .get("/{lang}/decisions/{id}/projects/{project}", P::Public, programme::project)
    .get("/{lang}/decisions/{id}/download/{format}", P::Public, programme::download)
    .get("/{lang}/account/tokens", P::HoldKeys, account::token::list)
    .post("/{lang}/account/tokens", P::HoldKeys, account::token::make)
    .post("/{lang}/account/tokens/{id}", P::HoldKeys, account::token::revoke)
}

/// Signing in, and one's own account.
fn accounts(routes: Routes) -> Routes {
    routes
        .get("/{lang}/sign-in", P::Public, account::sign_in_form)
        .post("/{lang}/sign-in", P::Public, account::sign_in)
        .post("/{lang}/sign-out", P::Public, account::sign_out)
        .get("/{lang}/register", P::Public, account::register_form)
        .post("/{lang}/register", P::Public, account::register)
        .get("/{lang}/account", P::SignedIn, account::account)
        .get("/{lang}/account/verification", P::SignedIn, account::verification::show)
        .post("/{lang}/account/verification", P::SignedIn, account::verification::enter)
        .get("/{lang}/account/verification/text", P::SignedIn, account::verification::text)
        .post("/{lang}/account/verification/signature", P::SignedIn, account::verification::signed)
        .get("/{lang}/account/data", P::SignedIn, account::data::show)
        .post("/{lang}/account/data/correction", P::SignedIn, account::correction::ask)
        .post("/{lang}/account/data/correction/{id}/withdraw", P::SignedIn, account::correction::withdraw)
        .get("/{lang}/account/data/export", P::SignedIn, account::data::export)
        .post("/{lang}/account/data/erase", P::EraseSelf, account::data::erase)
        .get("/{lang}/sign-in/code", P::Public, account::code::ask_form)
        .post("/{lang}/sign-in/code", P::Public, account::code::ask)
        .get("/{lang}/sign-in/code/{id}", P::Public, account::code::enter_form)
        .post("/{lang}/sign-in/code/{id}", P::Public, account::code::enter)
        .get("/{lang}/sign-in/reset", P::Public, account::code::reset_form)
        .post("/{lang}/sign-in/reset", P::Public, account::code::reset_ask)
        .get("/{lang}/sign-in/reset/{id}", P::Public, account::code::reset_enter_form)
        .post("/{lang}/sign-in/reset/{id}", P::Public, account::code::reset)
        .get("/{lang}/sign-in/second/{id}", P::Public, account::code::second_form)
        .post("/{lang}/sign-in/second/{id}", P::Public, account::code::second)
        .get("/{lang}/sign-in/provider/{name}", P::Public, account::provider::leave)
        .get("/auth/{name}/callback", P::Public, account::provider::come_back)
        .post("/auth/{name}/logout", P::Public, account::provider::logout)
        .get("/{lang}/account/security", P::SignedIn, account::security::show)
        .post("/{lang}/account/security/sessions", P::SignedIn, account::security::end_others)
        .post("/{lang}/account/security/sessions/{id}", P::SignedIn, account::security::end)
        .get("/{lang}/account/security/factor", P::SignedIn, account::factor::show)
        .post("/{lang}/account/security/factor", P::SignedIn, account::factor::act)
        .post("/{lang}/account/security/provider/{name}", P::SignedIn, account::provider::link)
        .post("/{lang}/sign-in/passkey", P::Public, account::passkey::enter)
        .get("/{lang}/account/security/passkey", P::SignedIn, account::passkey::form)
        .post("/{lang}/account/security/passkey", P::SignedIn, account::passkey::add)
        .post("/{lang}/account/security/passkeys/{id}", P::SignedIn, account::passkey::remove)
        .post("/{lang}/account/security/unlink", P::SignedIn, account::provider::unlink)
        .get("/{lang}/account/password", P::SignedIn, account::security::password_form)
        .post("/{lang}/account/password", P::SignedIn, account::security::password)
        .post("/{lang}/account/contacts", P::SignedIn, account::security::contact_ask)
        .get("/{lang}/account/contacts/{id}", P::SignedIn, account::security::contact_form)
        .post("/{lang}/account/contacts/{id}", P::SignedIn, account::security::contact_add)
        .post("/{lang}/account/contacts/{id}/remove", P::SignedIn, account::security::contact_remove)
}

/// Budgets, their figures side by side, and questions about them.
fn analyses(routes: Routes) -> Routes {
    routes
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
}

/// The register outside its pages: map, calendar, feeds, mail, cards, paper.
fn face(routes: Routes) -> Routes {
    routes
        .get("/{lang}/projects/map", P::Public, project::map::show)
        .get("/{lang}/projects/compare", P::Public, project::compare::show)
        .get("/{lang}/projects/calendar", P::Public, project::calendar::show)
        .get("/{lang}/projects/calendar.ics", P::Public, project::calendar::file)
        .get("/{lang}/projects/feed.atom", P::Public, project::feed::search)
        .get("/{lang}/projects/{id}/feed.atom", P::Public, project::feed::project)
        .get("/{lang}/projects/{id}/embed", P::Public, project::sheet::embed)
        .get("/{lang}/projects/{id}/share", P::Public, project::sheet::share_page)
        .get("/{lang}/projects/{id}/board", P::Public, project::sheet::board)
        .get("/{lang}/projects/{id}/qr.svg", P::Public, project::sheet::code)
        .get("/{lang}/projects/{id}/print", P::Public, project::sheet::passport::show)
        .get("/{lang}/projects/{id}/passport.pdf", P::Public, project::sheet::passport::pdf)
        .get("/{lang}/subscriptions/new", P::Public, subscription::ask_form)
        .post("/{lang}/subscriptions", P::Public, subscription::ask)
        .get("/{lang}/subscriptions/{key}", P::Public, subscription::manage)
        .get("/{lang}/subscriptions/{key}/confirm/{id}", P::Public, subscription::confirm_form)
        .post("/{lang}/subscriptions/{key}/confirm/{id}", P::Public, subscription::confirm)
        .post("/{lang}/subscriptions/{key}/frequency/{id}", P::Public, subscription::change)
        .get("/{lang}/subscriptions/{key}/stop/{id}", P::Public, subscription::stop_form)
        .post("/{lang}/subscriptions/{key}/stop/{id}", P::Public, subscription::stop)
        .post("/{lang}/subscriptions/{key}/stop", P::Public, subscription::stop_all)
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
