//! The proposal of residents that a project comes from: what was said, and how it was chosen.

use super::{Card, Scope, body};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use akimat_web_kit::view::budgeting::{process_path, proposal_path, words};
use askama::Template;

#[derive(Template)]
#[template(path = "public/project/proposal.html")]
struct ProposalCard<'a> {
    page: &'a Page,
    path: String,
    title: (String, &'static str),
    need: (String, &'static str),
    chosen: String,
}

/// The card; none for a project that comes from no vote.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (read, locale) = (scope.state.app.read(), scope.locale);
    let Some(link) = read.find_ballot_project(scope.project.id).await? else { return Ok(None) };
    let (proposal, process) =
        (read.find_proposal(link.proposal).await?, read.find_process(link.process).await?);
    let (Some(proposal), Some(process)) = (proposal, process) else { return Ok(None) };
    let name = locale.text(&process.title).0;
    let works = format!("{}/works", process_path(&process));
    let results = format!("{}/results", process_path(&process));
    Ok(Some(Card {
        id: "proposal",
        title: locale.t("works-said-title").into_owned(),
        body: body(&ProposalCard {
            page: scope.page,
            path: proposal_path(&process, &proposal),
            title: words(locale, &proposal.title),
            need: words(locale, &proposal.need),
            chosen: locale.f("works-chosen-by", &[("process", name.into())]),
        })?,
        wide: false,
        links: vec![
            (works, locale.t("works-link").into_owned()),
            (results, locale.t("works-results").into_owned()),
        ],
    }))
}
