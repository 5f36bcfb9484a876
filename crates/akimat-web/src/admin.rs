//! The officers' workplace: registers, imports, recommendations, moderation, accounts.

pub mod account;
pub mod appraisal;
pub mod criteria;
pub mod desk;
pub mod forecast;
pub mod import;
pub mod job;
pub mod moderation;
pub mod programme;
pub mod progress;
pub mod project;
pub mod recommendation;
pub mod score;

use crate::routes::Routes;
use akimat_app::Permission as P;

/// The addresses of the workplace.
pub fn routes(routes: Routes) -> Routes {
    let routes = programme::routes(routes);
    routes
        .get("/{lang}/admin", P::SignedIn, desk::desk)
        .get("/{lang}/admin/projects/new", P::ManageProjects, project::new_form)
        .post("/{lang}/admin/projects/new", P::ManageProjects, project::new)
        .get("/{lang}/admin/projects/{id}/edit", P::ManageProjects, project::edit_form)
        .post("/{lang}/admin/projects/{id}/edit", P::ManageProjects, project::edit)
        .get("/{lang}/admin/projects/{id}/progress", P::ManageProjects, progress::form)
        .post("/{lang}/admin/projects/{id}/progress", P::ManageProjects, progress::report)
        .get("/{lang}/admin/projects/{id}/appraisal", P::Appraise, appraisal::form)
        .post("/{lang}/admin/projects/{id}/appraisal", P::Appraise, appraisal::save)
        .post("/{lang}/admin/projects/{id}/appraisal/sign", P::Appraise, appraisal::sign)
        .get("/{lang}/admin/import/projects", P::ImportProjects, import::projects_form)
        .upload("/{lang}/admin/import/projects", P::ImportProjects, import::projects)
        .get("/{lang}/admin/import/budget", P::ImportBudgets, import::budget_form)
        .upload("/{lang}/admin/import/budget", P::ImportBudgets, import::budget)
        .get("/{lang}/admin/forecasts", P::PublishForecasts, forecast::form)
        .post("/{lang}/admin/forecasts", P::PublishForecasts, forecast::publish)
        .post("/{lang}/admin/forecasts/all", P::PublishForecasts, forecast::publish_all)
        .post("/{lang}/admin/forecasts/judge", P::PublishForecasts, forecast::judge_all)
        .get("/{lang}/admin/jobs", P::PublishForecasts, job::list)
        .get("/{lang}/admin/jobs/{id}", P::PublishForecasts, job::show)
        .post("/{lang}/admin/jobs/{id}/cancel", P::PublishForecasts, job::cancel)
        .get("/{lang}/admin/criteria/{code}", P::Recommend, criteria::list)
        .post("/{lang}/admin/criteria/{code}", P::Recommend, criteria::begin)
        .get("/{lang}/admin/criteria/set/{id}", P::Recommend, criteria::show)
        .post("/{lang}/admin/criteria/set/{id}", P::Recommend, criteria::save)
        .get("/{lang}/admin/scores/{code}", P::ScoreProjects, score::list)
        .get("/{lang}/admin/projects/{id}/scores", P::ScoreProjects, score::form)
        .post("/{lang}/admin/projects/{id}/scores", P::ScoreProjects, score::save)
        .get("/{lang}/admin/recommendation/{code}", P::Recommend, recommendation::show)
        .post("/{lang}/admin/recommendation/{code}", P::Decide, recommendation::decide)
        .get("/{lang}/admin/moderation", P::Moderate, moderation::queue)
        .post("/{lang}/admin/comments/{id}/hide", P::Moderate, moderation::hide)
        .post("/{lang}/admin/comments/{id}/show", P::Moderate, moderation::show)
        .get("/{lang}/admin/accounts", P::Administer, account::list)
        .post("/{lang}/admin/accounts", P::Administer, account::open)
        .get("/{lang}/admin/audit", P::Administer, account::audit)
}
