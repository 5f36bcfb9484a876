//! Who may do what, where: one table for every face of the platform.

use crate::{AppError, Result};
use akimat_core::{KatoCode, Role};
use akimat_storage::Account;

/// What a page or an act needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Nothing: anybody may.
    Public,
    /// Somebody is signed in.
    SignedIn,
    /// Vote on projects.
    RateProject,
    /// Write comments.
    Comment,
    /// Register and edit projects, post progress.
    ManageProjects,
    /// Add photographs to projects and describe them.
    AddPhotos,
    /// Confirm or dispute that works are finished.
    AcceptWorks,
    /// Keep registers of risks, acknowledge and close alerts, ask for the watch.
    WatchProjects,
    /// Set the limits from which projects of a territory are amber or red.
    SetThresholds,
    /// Import project registers.
    ImportProjects,
    /// Hold keys by which systems of the office speak.
    HoldKeys,
    /// Import budgets.
    ImportBudgets,
    /// Draft and sign appraisals of projects.
    Appraise,
    /// Compute recommended portfolios.
    Recommend,
    /// Score projects in appraisal as a member of the commission.
    ScoreProjects,
    /// See scenarios of programmes and say something about them in the name of the commission.
    ReviewProgrammes,
    /// Decide on a portfolio.
    Decide,
    /// Keep pieces of analysis: views, scenarios, reports.
    Analyse,
    /// Publish forecasts, put a value beside the model's, ask for background work on them.
    PublishForecasts,
    /// Say what is done about a prediction of a project.
    DecideOutcomes,
    /// Answer questions about budgets in the name of an office.
    AnswerQuestions,
    /// Vote in participatory budgets.
    CastBallot,
    /// Enter ballots on paper, and confirm those of another clerk.
    EnterBallots,
    /// Close a vote, count it and publish the result.
    CountBallots,
    /// Hide and show comments.
    Moderate,
    /// Check who persons are, act for those who come to the desk.
    VerifyPersons,
    /// Put proposals forward, stand by those of others.
    Propose,
    /// Check the form of proposals.
    CheckProposals,
    /// Assess what proposals cost and whether they can be built.
    AssessProposals,
    /// Decide on appeals of authors.
    JudgeAppeals,
    /// Prepare, publish and lead processes of participation.
    LeadProcesses,
    /// Have oneself erased.
    EraseSelf,
    /// Hand on the own role for a time.
    HandOnRole,
    /// Open accounts, see the audit record.
    Administer,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 34] = [
        Self::Public,
        Self::SignedIn,
        Self::RateProject,
        Self::Comment,
        Self::ManageProjects,
        Self::AddPhotos,
        Self::AcceptWorks,
        Self::WatchProjects,
        Self::SetThresholds,
        Self::ImportProjects,
        Self::HoldKeys,
        Self::ImportBudgets,
        Self::Appraise,
        Self::Recommend,
        Self::ReviewProgrammes,
        Self::ScoreProjects,
        Self::Decide,
        Self::Analyse,
        Self::PublishForecasts,
        Self::DecideOutcomes,
        Self::AnswerQuestions,
        Self::CastBallot,
        Self::EnterBallots,
        Self::CountBallots,
        Self::Moderate,
        Self::VerifyPersons,
        Self::Propose,
        Self::CheckProposals,
        Self::AssessProposals,
        Self::JudgeAppeals,
        Self::LeadProcesses,
        Self::EraseSelf,
        Self::HandOnRole,
        Self::Administer,
    ];

    /// The name in the golden list of routes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => "signed_in",
            Self::RateProject => "rate_project",
            Self::Comment => "comment",
            Self::ManageProjects => "manage_projects",
            Self::AddPhotos => "add_photos",
            Self::AcceptWorks => "accept_works",
            Self::WatchProjects => "watch_projects",
            Self::SetThresholds => "set_thresholds",
            Self::ImportProjects => "import_projects",
            Self::HoldKeys => "hold_keys",
            Self::ImportBudgets => "import_budgets",
            Self::Appraise => "appraise",
            Self::Recommend => "recommend",
            Self::ReviewProgrammes => "review_programmes",
            Self::ScoreProjects => "score_projects",
            Self::Decide => "decide",
            Self::Analyse => "analyse",
            Self::PublishForecasts => "publish_forecasts",
            Self::DecideOutcomes => "decide_outcomes",
            Self::AnswerQuestions => "answer_questions",
            Self::CastBallot => "cast_ballot",
            Self::EnterBallots => "enter_ballots",
            Self::CountBallots => "count_ballots",
            Self::Moderate => "moderate",
            Self::VerifyPersons => "verify_persons",
            Self::Propose => "propose",
            Self::CheckProposals => "check_proposals",
            Self::AssessProposals => "assess_proposals",
            Self::JudgeAppeals => "judge_appeals",
            Self::LeadProcesses => "lead_processes",
            Self::EraseSelf => "erase_self",
            Self::HandOnRole => "hand_on_role",
            Self::Administer => "administer",
        }
    }
}

/// Whether a role has a permission at all. Voting is for residents alone: an official's vote on the
/// office's own project would not be a resident's voice.
#[expect(clippy::cognitive_complexity, reason = "one line a permission: a list, not a tangle")]
pub const fn permits(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match permission {
        P::Public | P::SignedIn | P::Comment => true,
        P::RateProject | P::AcceptWorks | P::Propose | P::EraseSelf | P::CastBallot => {
            matches!(role, Role::Resident)
        }
        P::CheckProposals => {
            matches!(role, Role::Clerk | Role::ProjectManager | Role::Analyst | Role::Head)
        }
        P::ManageProjects | P::AddPhotos => matches!(role, Role::ProjectManager),
        P::ImportProjects | P::Appraise | P::AssessProposals => {
            matches!(role, Role::ProjectManager | Role::Analyst)
        }
        P::HoldKeys => matches!(role, Role::ProjectManager | Role::Analyst | Role::Administrator),
        P::ImportBudgets | P::PublishForecasts => matches!(role, Role::Analyst),
        P::Recommend | P::Analyse | P::LeadProcesses => matches!(role, Role::Analyst | Role::Head),
        P::ScoreProjects => matches!(role, Role::ProjectManager | Role::Analyst | Role::Head),
        P::ReviewProgrammes => matches!(role, Role::ProjectManager | Role::Analyst | Role::Head),
        P::WatchProjects => matches!(role, Role::ProjectManager | Role::Analyst | Role::Head),
        P::SetThresholds => matches!(role, Role::Analyst | Role::Head),
        P::Decide | P::JudgeAppeals => matches!(role, Role::Head),
        P::DecideOutcomes => matches!(role, Role::ProjectManager | Role::Head),
        P::AnswerQuestions => matches!(role, Role::ProjectManager | Role::Analyst | Role::Head),
        P::EnterBallots => matches!(role, Role::Clerk),
        P::CountBallots => matches!(role, Role::Analyst | Role::Head),
        P::Moderate => matches!(role, Role::Moderator),
        P::VerifyPersons => matches!(role, Role::Clerk),
        P::HandOnRole => !matches!(role, Role::Resident),
        P::Administer => matches!(role, Role::Administrator),
    }
}

/// Checks that somebody may do something, and, where the act concerns a territory, may do it there.
/// Residents take part everywhere; everybody else works in the account's territory and below it, and where a role was
/// granted for a time, there and below.
///
/// # Errors
/// [`AppError::SignInNeeded`] or [`AppError::Forbidden`].
pub fn check(actor: Option<&Account>, permission: Permission, place: Option<KatoCode>) -> Result<()> {
    if permission == Permission::Public {
        return Ok(());
    }
    let account = actor.ok_or(AppError::SignInNeeded)?;
    if may(account, permission, place) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Whether an account may do something, by its own role or by one granted to it. Grants are those that are in force:
/// see [`crate::App::grants_in_force`]. Without a place: somewhere.
pub fn may(account: &Account, permission: Permission, place: Option<KatoCode>) -> bool {
    use Permission as P;
    // Whoever works in an office, be it for a week, has no resident's voice meanwhile.
    if matches!(permission, P::RateProject | P::AcceptWorks | P::Propose | P::EraseSelf | P::CastBallot)
        && !account.grants.is_empty()
    {
        return false;
    }
    let bound = !matches!(
        permission,
        P::Public
            | P::SignedIn
            | P::RateProject
            | P::Comment
            | P::AcceptWorks
            | P::Propose
            | P::EraseSelf
            | P::CastBallot
    );
    let own = std::iter::once((account.role, account.place));
    let granted = account.grants.iter().map(|grant| (grant.role, Some(grant.place)));
    own.chain(granted).any(|(role, whose)| {
        let here = match (whose, place) {
            (Some(whose), Some(place)) => !bound || whose.covers(place),
            _ => true,
        };
        here && permits(role, permission)
    })
}
