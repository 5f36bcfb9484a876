//! Work on one proposal: check of form, assignment, assessment, panel, merger, conflicts.

use super::fail;
use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_app::process::{Reason, faults, grounds};
use akimat_app::proposal::Assessed;
use akimat_core::{AccountId, MoneyUnit};
use akimat_participation::process::Process;
use akimat_participation::proposal::{Proposal, State as Standing};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{Row, proposal_path, row, words};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/budgeting/proposal.html")]
struct WorkPage {
    page: Page,
    path: String,
    desk: String,
    public: String,
    row: Row,
    edit: u32,
    texts: Vec<(String, (String, &'static str))>,
    similar: Vec<Row>,
    form: kit::Form,
    faults: Vec<(String, String)>,
    grounds: Vec<(String, String)>,
    assessors: Vec<(String, String)>,
    may_return: bool,
    may_reject: bool,
    may_assign: bool,
    may_assess: bool,
    may_judge: bool,
    may_lead: bool,
    appeal: String,
    conflicts: Vec<u32>,
}

async fn found(state: &WebState, visitor: &Visitor, code: &str, number: &str) -> Answer<(Process, Proposal)> {
    let process = state.app.process_by_code(visitor.actor(), code).await?;
    permission::check(visitor.actor(), Permission::CheckProposals, Some(process.place))?;
    let number = number.parse::<u32>().map_err(|_| Failure::not_found())?;
    let proposal = state.app.read().find_proposal_by_number(process.id, number).await?;
    Ok((process, proposal.ok_or_else(Failure::not_found)?))
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    (process, proposal): (&Process, &Proposal),
    form: kit::Form,
) -> Answer<WorkPage> {
    let locale = visitor.locale();
    let here = |permission| permission::check(visitor.actor(), permission, Some(process.place)).is_ok();
    let stands = |states: &[Standing]| states.contains(&proposal.state);
    let mine = proposal.assessor.is_some() && proposal.assessor == visitor.actor().map(|account| account.id);
    let leads = here(Permission::LeadProcesses);
    let similar = state.app.similar_proposals(proposal).await?;
    let mut assessors = Vec::new();
    if leads && stands(&[Standing::Submitted, Standing::InAssessment]) {
        let loads = state.app.read().list_workloads(process.id).await?;
        for one in state.app.assessors(process).await? {
            let n = loads.iter().find(|load| load.assessor == one.id).map_or(0, |load| load.n_open);
            let name = state.app.office_name(&one);
            let args = [("name", name.as_str().into()), ("n", i64::try_from(n).unwrap_or_default().into())];
            assessors.push((one.id.to_string(), locale.f("proposal-assessor-load", &args)));
        }
    }
    let mut conflicts = Vec::new();
    for id in &proposal.conflicts {
        conflicts.extend(state.app.read().find_proposal(*id).await?.and_then(|other| other.number));
    }
    let named = |list: &[Reason]| -> Vec<(String, String)> {
        list.iter().map(|one| (one.code.clone(), locale.text(&one.title).0.to_owned())).collect()
    };
    let checks = process.suspended.is_none();
    let text = |name: &str, text: &akimat_core::Text| {
        (locale.name("proposal-field", name).into_owned(), words(locale, text))
    };
    Ok(WorkPage {
        page: frame::page(visitor, locale.text(&proposal.title).0, Some(MenuItem::Admin))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        path: format!("/admin/budgeting/{}/proposals/{}", process.code, proposal.number.unwrap_or_default()),
        desk: format!("/admin/budgeting/{}", process.code),
        public: proposal_path(process, proposal),
        row: row(locale, process, proposal),
        edit: proposal.edit,
        texts: vec![text("need", &proposal.need), text("body", &proposal.body), text("site", &proposal.site)],
        similar: similar.iter().map(|one| row(locale, process, one)).collect(),
        faults: named(faults()),
        grounds: named(grounds()),
        assessors,
        may_return: checks && stands(&[Standing::Submitted]) && proposal.returned.is_none(),
        may_reject: checks
            && stands(&[Standing::Submitted, Standing::Returned])
            && proposal.returned.is_some(),
        may_assign: checks && leads && stands(&[Standing::Submitted, Standing::InAssessment]),
        may_assess: checks && mine && here(Permission::AssessProposals) && stands(&[Standing::InAssessment]),
        may_judge: checks && !mine && here(Permission::JudgeAppeals) && stands(&[Standing::UnderAppeal]),
        may_lead: checks && leads && process.draw.is_none() && stands(&[Standing::Feasible]),
        appeal: proposal.appeal.as_ref().map_or_else(String::new, |appeal| appeal.words.clone()),
        conflicts,
        form,
    })
}

/// The page.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such proposal.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, number)): Path<(String, String, String)>,
) -> Answer {
    let (process, proposal) = found(&state, &visitor, &code, &number).await?;
    let cost = proposal.cost().map_or_else(String::new, |cost| cost.to_decimal(MoneyUnit::Tenge, 0));
    let form = kit::Form::new().with("cost", cost);
    frame::render(&build(&state, &visitor, (&process, &proposal), form).await?)
}

fn assessed(form: &Form) -> Assessed {
    let own = |name: &str| form.raw(name).to_owned();
    Assessed {
        cost: own("cost"),
        months: own("months"),
        body: own("body"),
        basis: own("basis"),
        remark: own("remark"),
    }
}

async fn carry_out(
    state: &WebState,
    visitor: &Visitor,
    proposal: &Proposal,
    form: &Form,
) -> Result<(), AppError> {
    let (app, actor) = (&state.app, visitor.actor());
    let at = (proposal.id, form.get("edit").parse().unwrap_or_default());
    match form.get("act") {
        "return" => {
            let codes: Vec<String> = form.all("fault").map(str::to_owned).collect();
            app.return_proposal(actor, at, (&codes, form.raw("words"))).await.map(|_| ())
        }
        "reject" => app.reject_proposal(actor, at, form.raw("words")).await.map(|_| ()),
        "assign" => {
            let assessor: Option<AccountId> = form.get("assessor").parse().ok();
            let assessor = assessor.ok_or(AppError::field("assessor", "field-choose-from-list"))?;
            app.assign_proposal(actor, at, (assessor, form.get("declared") == "yes")).await.map(|_| ())
        }
        "approve" => app.approve_proposal(actor, at, &assessed(form)).await.map(|_| ()),
        "refuse" => app.refuse_proposal(actor, at, (form.get("code"), form.raw("words"))).await.map(|_| ()),
        "uphold" => {
            let found = assessed(form);
            app.judge_proposal(actor, at, (Some(&found), form.raw("minutes"))).await.map(|_| ())
        }
        "dismiss" => app.judge_proposal(actor, at, (None, form.raw("minutes"))).await.map(|_| ()),
        "merge" => {
            let into = form.get("into").parse().map_err(|_| AppError::field("into", "field-not-a-number"))?;
            app.merge_proposal(actor, at, into).await.map(|_| ())
        }
        "conflict" | "agree" => {
            let with = form.get("with").parse().map_err(|_| AppError::field("with", "field-not-a-number"))?;
            app.set_conflict(actor, at, (with, form.get("act") == "conflict")).await
        }
        _ => Err(AppError::NotFound("act")),
    }
}

/// What an office does with a proposal.
///
/// # Errors
/// 403 for whoever may not; 409 when somebody else changed it meanwhile.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, number)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    let (process, proposal) = found(&state, &visitor, &code, &number).await?;
    match carry_out(&state, &visitor, &proposal, &form).await {
        Ok(()) => {
            Ok(frame::redirect(&visitor, &format!("/admin/budgeting/{code}/proposals/{number}"), "saved"))
        }
        Err(AppError::Invalid(wrong)) => {
            let mut again = kit::Form::new();
            let names = [
                "words", "assessor", "declared", "cost", "months", "body", "basis", "remark", "code",
                "minutes", "into", "with",
            ];
            for name in names {
                again = again.with(name, form.raw(name));
            }
            for code in form.all("fault") {
                again = again.with("fault", code);
            }
            fail(&mut again, visitor.locale(), &wrong);
            frame::render_invalid(&build(&state, &visitor, (&process, &proposal), again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
