//! The officers' workplace: registers, imports, recommendations, moderation, accounts.

pub mod acceptance;
pub mod account;
pub mod alert;
pub mod appraisal;
pub mod ballot;
pub mod budgeting;
pub mod bulk;
pub mod contract;
pub mod correction;
pub mod criteria;
pub mod desk;
pub mod duplicate;
pub mod exercise;
pub mod factor_reset;
pub mod forecast;
pub mod grant;
pub mod import;
pub mod job;
pub mod moderation;
pub mod once;
pub mod outbox;
pub mod person;
pub mod photo;
pub mod programme;
pub mod progress;
pub mod project;
pub mod project_import;
pub mod risk;
pub mod schedule;
pub mod score;
pub mod work;

use akimat_app::Permission as P;
use akimat_web_kit::routes::Routes;

/// The addresses of the workplace.
pub fn routes(routes: Routes) -> Routes {
    let routes = budgeting::routes(exercise::routes(ballot::routes(routes)));
    let routes = works(work::routes(risk::routes(programme::routes(routes))));
    persons(moderators(routes))
        .get("/{lang}/admin", P::SignedIn, desk::desk)
        .get("/{lang}/admin/projects/new", P::ManageProjects, project::new_form)
        .post("/{lang}/admin/projects/new", P::ManageProjects, project::new)
        .get("/{lang}/admin/projects/{id}/edit", P::ManageProjects, project::edit_form)
        .post("/{lang}/admin/projects/{id}/edit", P::ManageProjects, project::edit)
        .get("/{lang}/admin/projects/{id}/progress", P::ManageProjects, progress::form)
        .post("/{lang}/admin/projects/{id}/progress", P::ManageProjects, progress::report)
        .get("/{lang}/admin/projects/{id}/team", P::ManageProjects, project::team::form)
        .post("/{lang}/admin/projects/{id}/team", P::ManageProjects, project::team::save)
        .get("/{lang}/admin/projects/{id}/partners", P::ManageProjects, project::partner::form)
        .post("/{lang}/admin/projects/{id}/partners", P::ManageProjects, project::partner::save)
        .get("/{lang}/admin/projects/{id}/appraisal", P::Appraise, appraisal::form)
        .post("/{lang}/admin/projects/{id}/appraisal", P::Appraise, appraisal::save)
        .post("/{lang}/admin/projects/{id}/appraisal/sign", P::Appraise, appraisal::sign)
        .get("/{lang}/admin/bulk", P::ImportProjects, bulk::show)
        .post("/{lang}/admin/bulk", P::ImportProjects, bulk::begin)
        .get("/{lang}/admin/bulk/{format}", P::ImportProjects, bulk::file)
        .get("/{lang}/admin/duplicates", P::ManageProjects, duplicate::list)
        .get("/{lang}/admin/duplicates/{one}/{other}", P::ManageProjects, duplicate::pair)
        .post("/{lang}/admin/duplicates/{one}/{other}", P::ManageProjects, duplicate::decide)
        .get("/{lang}/admin/imports", P::ImportProjects, project_import::list)
        .upload("/{lang}/admin/imports", P::ImportProjects, project_import::begin)
        .get("/{lang}/admin/imports/template/{format}", P::ImportProjects, project_import::template)
        .get("/{lang}/admin/imports/{id}", P::ImportProjects, project_import::show)
        .post("/{lang}/admin/imports/{id}", P::ImportProjects, project_import::act)
        .get("/{lang}/admin/imports/{id}/problems/{format}", P::ImportProjects, project_import::problems)
        .get("/{lang}/admin/import/budget", P::ImportBudgets, import::budget_form)
        .upload("/{lang}/admin/import/budget", P::ImportBudgets, import::budget)
        .get("/{lang}/admin/forecasts", P::PublishForecasts, forecast::form)
        .post("/{lang}/admin/forecasts", P::PublishForecasts, forecast::publish)
        .post("/{lang}/admin/forecasts/year", P::PublishForecasts, forecast::publish_year)
        .post("/{lang}/admin/forecasts/cases", P::PublishForecasts, forecast::publish_cases)
        .post("/{lang}/admin/forecasts/all", P::PublishForecasts, forecast::publish_all)
        .post("/{lang}/admin/forecasts/judge", P::PublishForecasts, forecast::judge_all)
        .get("/{lang}/admin/outbox", P::Administer, outbox::list)
        .get("/{lang}/admin/jobs", P::PublishForecasts, job::list)
        .get("/{lang}/admin/jobs/{id}", P::PublishForecasts, job::show)
        .post("/{lang}/admin/jobs/{id}/cancel", P::PublishForecasts, job::cancel)
        .get("/{lang}/admin/criteria/{code}", P::Recommend, criteria::list)
        .post("/{lang}/admin/criteria/{code}", P::Recommend, criteria::begin)
        .get("/{lang}/admin/criteria/set/{id}", P::Recommend, criteria::show)
        .post("/{lang}/admin/criteria/set/{id}", P::Recommend, criteria::save)
        .get("/{lang}/admin/criteria/set/{id}/judge", P::Recommend, criteria::judge::show)
        .post("/{lang}/admin/criteria/set/{id}/judge", P::Recommend, criteria::judge::take)
        .get("/{lang}/admin/scores/{code}", P::ScoreProjects, score::list)
        .get("/{lang}/admin/projects/{id}/scores", P::ScoreProjects, score::form)
        .post("/{lang}/admin/projects/{id}/scores", P::ScoreProjects, score::save)
        .get("/{lang}/admin/projects/{id}/photos", P::AddPhotos, photo::add_form)
        .photographs("/{lang}/admin/projects/{id}/photos", P::AddPhotos, photo::add)
        .get("/{lang}/admin/photos/{id}", P::AddPhotos, photo::edit_form)
        .post("/{lang}/admin/photos/{id}", P::AddPhotos, photo::edit)
        .post("/{lang}/admin/photos/{id}/hide", P::Moderate, photo::hide)
        .post("/{lang}/admin/photos/{id}/show", P::Moderate, photo::show)
        .post("/{lang}/admin/photos/{id}/erase", P::Moderate, photo::erase)
        .get("/{lang}/admin/moderation/photos", P::Moderate, photo::queue)
        .get("/{lang}/admin/disputes", P::ManageProjects, acceptance::list)
        .post("/{lang}/admin/acceptance/{id}/show", P::Moderate, acceptance::show)
        .get("/{lang}/admin/audit", P::Administer, account::audit)
}

/// Who persons are, and roles for a time.
fn persons(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/corrections", P::VerifyPersons, correction::list)
        .post("/{lang}/admin/corrections/{id}", P::VerifyPersons, correction::decide)
        .get("/{lang}/admin/persons", P::VerifyPersons, person::find_form)
        .post("/{lang}/admin/persons", P::VerifyPersons, person::find)
        .get("/{lang}/admin/once", P::VerifyPersons, once::list)
        .post("/{lang}/admin/slips/{id}/confirm", P::VerifyPersons, once::confirm)
        .get("/{lang}/admin/once/{act}/{id}", P::VerifyPersons, once::form)
        .post("/{lang}/admin/once/{act}/{id}", P::VerifyPersons, once::issue)
        .post("/{lang}/admin/persons/confirm", P::VerifyPersons, person::act::confirm_lists)
        .get("/{lang}/admin/persons/list", P::VerifyPersons, person::list::form)
        .post("/{lang}/admin/persons/list", P::VerifyPersons, person::list::take)
        .post("/{lang}/admin/persons/{id}/verify", P::VerifyPersons, person::act::verify)
        .post("/{lang}/admin/persons/{id}/letter", P::VerifyPersons, person::act::letter)
        .post("/{lang}/admin/persons/{id}/act", P::VerifyPersons, person::act::act)
        .post("/{lang}/admin/verifications/{id}/confirm", P::VerifyPersons, person::act::confirm)
        .post("/{lang}/admin/verifications/{id}/end", P::VerifyPersons, person::act::end)
        .get("/{lang}/admin/accounts", P::Administer, account::list)
        .post("/{lang}/admin/accounts", P::Administer, account::open)
        .get("/{lang}/admin/accounts/{id}", P::Administer, grant::account)
        .post("/{lang}/admin/accounts/{id}", P::Administer, grant::give)
        .post("/{lang}/admin/accounts/{id}/sessions", P::Administer, factor_reset::end_sessions)
        .post("/{lang}/admin/accounts/{id}/factor", P::Administer, factor_reset::ask)
        .post("/{lang}/admin/factor-resets/{id}", P::Administer, factor_reset::act)
        .get("/{lang}/admin/grants", P::HandOnRole, grant::own)
        .post("/{lang}/admin/grants", P::HandOnRole, grant::hand_on)
        .post("/{lang}/admin/grants/{id}/revoke", P::HandOnRole, grant::revoke)
}

/// What moderators do.
fn moderators(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/moderation", P::Moderate, moderation::queue)
        .post("/{lang}/admin/moderation/bulk", P::Moderate, moderation::act::bulk)
        .post("/{lang}/admin/moderation/undo", P::Moderate, moderation::act::undo)
        .get("/{lang}/admin/comments/{id}", P::Moderate, moderation::detail::show)
        .post("/{lang}/admin/comments/{id}/block", P::Moderate, moderation::detail::block)
        .post("/{lang}/admin/contests/{id}", P::Moderate, moderation::act::rule)
        .post("/{lang}/admin/blocks/{account}/{id}", P::Moderate, moderation::act::end_block)
        .get("/{lang}/admin/marks/{kind}/{id}", P::Moderate, moderation::marks::show)
        .post("/{lang}/admin/marks/{kind}/{id}", P::Moderate, moderation::marks::discount)
        .post("/{lang}/admin/discounts/{batch}/undo", P::Moderate, moderation::marks::undo)
        .post("/{lang}/admin/discounts/{batch}/contests/{key}", P::Moderate, moderation::marks::rule)
        .get("/{lang}/admin/comments/{id}/pattern", P::Moderate, moderation::pattern::show)
        .post("/{lang}/admin/comments/{id}/pattern", P::Moderate, moderation::pattern::hide)
        .post("/{lang}/admin/comments/{id}/hide", P::Moderate, moderation::act::hide)
        .post("/{lang}/admin/comments/{id}/show", P::Moderate, moderation::act::show)
}

/// Contracts and works of projects.
fn works(routes: Routes) -> Routes {
    routes
        .post("/{lang}/admin/projects/{id}/manager", P::ManageProjects, project::manager::take_over)
        .get("/{lang}/admin/projects/{id}/contracts/new", P::ManageProjects, contract::new_form)
        .post("/{lang}/admin/projects/{id}/contracts/new", P::ManageProjects, contract::new)
        .get("/{lang}/admin/projects/{id}/contracts/{section}", P::ManageProjects, contract::form)
        .post("/{lang}/admin/projects/{id}/contracts/{section}", P::ManageProjects, contract::edit)
        .post("/{lang}/admin/projects/{id}/contracts/{section}/remove", P::ManageProjects, contract::remove)
        .get("/{lang}/admin/projects/{id}/plan", P::ManageProjects, schedule::form)
        .post("/{lang}/admin/projects/{id}/plan", P::ManageProjects, schedule::save_week)
        .get("/{lang}/admin/projects/{id}/plan/item", P::ManageProjects, schedule::item_form)
        .post("/{lang}/admin/projects/{id}/plan/item", P::ManageProjects, schedule::save_item)
        .post("/{lang}/admin/projects/{id}/plan/remove", P::ManageProjects, schedule::remove)
        .post("/{lang}/admin/projects/{id}/plan/approve", P::ManageProjects, schedule::approve)
        .get("/{lang}/admin/projects/{id}/plan/paste", P::ManageProjects, schedule::paste_form)
        .upload("/{lang}/admin/projects/{id}/plan/paste", P::ManageProjects, schedule::paste)
        .get("/{lang}/admin/projects/{id}/results", P::ManageProjects, schedule::result_form)
        .post("/{lang}/admin/projects/{id}/results", P::ManageProjects, schedule::save_result)
        .get("/{lang}/admin/plans", P::ManageProjects, schedule::board)
}
