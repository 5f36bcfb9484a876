//! Contracts of a project in short: how many, how much, what was paid.

use super::{Card, Scope, body};
use akimat_core::Money;
use akimat_procurement::Process;
use akimat_web_kit::failure::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "public/contract/card.html")]
struct Contracts {
    said: Vec<String>,
}

/// The card.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let held = scope.state.app.list_processes(id).await?;
    if held.is_empty() && !scope.may_manage {
        return Ok(None);
    }
    let processes = || held.iter().map(|one| &one.process);
    let n_contracts = processes().map(|process| process.contracts.len()).sum::<usize>();
    let contracted = Money::checked_sum(processes().filter_map(Process::contracted));
    let paid = Money::checked_sum(processes().filter_map(Process::paid_in_all));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut said = Vec::new();
    if held.is_empty() {
        said.push(locale.t("contract-none-title").into_owned());
    } else {
        said.push(locale.f("contract-card-processes", &[("n", count(held.len()).into())]));
    }
    if let (true, Some(contracted), Some(paid)) = (n_contracts > 0, contracted, paid) {
        said.push(locale.f(
            "contract-card-money",
            &[
                ("contracted", locale.money_short(contracted).into()),
                ("paid", locale.money_short(paid).into()),
            ],
        ));
    }
    let suppliers: Vec<&str> = held
        .iter()
        .flat_map(|one| one.process.contracts.iter().filter_map(|contract| one.process.supplier(contract)))
        .map(|party| party.name.as_str())
        .collect();
    if !suppliers.is_empty() {
        said.push(locale.f("contract-card-supplier", &[("names", suppliers.join(", ").into())]));
    }
    let mut links = vec![(format!("/projects/{id}/contracts"), locale.t("contract-open").into_owned())];
    if scope.may_manage {
        links.push((format!("/admin/projects/{id}/contracts/new"), locale.t("contract-add").into_owned()));
    }
    Ok(Some(Card {
        id: "contracts",
        title: locale.t("contract-title").into_owned(),
        body: body(&Contracts { said })?,
        wide: false,
        links,
    }))
}
