//! How a proposal moves: who may do what, when, and what it then is. There is no other way from state to state.

use super::{
    Appeal, Assessment, Estimate, Gap, Ground, Proposal, ProposalMove, REASON_CHARS_MAX, Return, State,
};
use crate::process::{Phase, Process};
use akimat_core::{AccountId, Money, ProposalId};
use jiff::Timestamp;

/// In which part somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// The author.
    Author,
    /// Who checks the form or assesses.
    Assessor,
    /// Who leads the process.
    Coordinator,
    /// Who decides on appeals.
    Panel,
    /// The platform itself: a term is over, a list is published, a count is done.
    System,
    /// The body that builds.
    Owner,
}

impl Actor {
    /// Every part.
    pub const ALL: [Self; 6] =
        [Self::Author, Self::Assessor, Self::Coordinator, Self::Panel, Self::System, Self::Owner];
}

/// What somebody does with a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Hands it in, for the first time or corrected. The number is taken the first time.
    Submit {
        /// Its number in the process.
        number: u32,
    },
    /// Gives it back to be corrected, once.
    Return {
        /// Codes of the faults.
        faults: Vec<String>,
        /// In words.
        words: String,
        /// Until when it can be corrected.
        due_at: Timestamp,
    },
    /// Does not take it up: what was returned was not corrected, or not in time.
    RejectFormal(Ground),
    /// Gives it to a department to assess, or to another one.
    Assign {
        /// Who assesses it.
        assessor: AccountId,
        /// The office.
        name: String,
        /// Until when.
        due_at: Timestamp,
        /// The assessor declares to have no interest of their own in it.
        declared: bool,
    },
    /// Finds that it can be built.
    Approve(Assessment),
    /// Finds that it cannot be built.
    Refuse {
        /// Why.
        ground: Ground,
        /// Until when the author may appeal.
        due_at: Timestamp,
    },
    /// Asks the panel to look again.
    Appeal(String),
    /// The panel finds the author right: with what it would cost.
    Uphold {
        /// What the panel found.
        assessment: Assessment,
        /// Minutes, published.
        minutes: String,
    },
    /// The panel keeps the refusal.
    Dismiss {
        /// Minutes, published.
        minutes: String,
    },
    /// The term of an appeal is over.
    Expire,
    /// Makes it a part of another, with the consent of both authors.
    Merge {
        /// Of which.
        into: ProposalId,
        /// Both authors consent.
        consents: bool,
    },
    /// Puts it on the ballot.
    PutOnBallot {
        /// Its number there.
        ballot_number: u32,
    },
    /// Takes it back.
    Withdraw(String),
    /// What the count says.
    Decide(State),
    /// Begins to build it.
    Begin,
    /// It is built.
    Complete,
    /// It is given up after it was chosen.
    Cancel {
        /// The decision document.
        document: String,
        /// Why, and what the freed money is for.
        words: String,
    },
}

/// Why an act is not possible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Somebody else must do it.
    #[error("somebody else must do it")]
    NotYours,
    /// It does not stand where this can be done.
    #[error("a proposal that is {} cannot do this", .0.code())]
    State(State),
    /// The process is in another phase, or the term does not run.
    #[error("the phase is {}", .0.code())]
    Phase(Phase),
    /// The term is over.
    #[error("the term ended at {0}")]
    Late(Timestamp),
    /// The term still runs.
    #[error("the term runs until {0}")]
    Early(Timestamp),
    /// It was returned before; there is one return only.
    #[error("it was returned before")]
    ReturnedBefore,
    /// It must be returned first: the author may correct it once.
    #[error("the author has not been asked to correct it")]
    NotReturned,
    /// It was appealed before.
    #[error("it was appealed before")]
    AppealedBefore,
    /// Something is missing.
    #[error("{} things are missing", .0.len())]
    Incomplete(Vec<Gap>),
    /// The assessor did not declare to have no interest.
    #[error("no declaration of interest")]
    NotDeclared,
    /// The authors do not both consent.
    #[error("no consent")]
    NoConsent,
    /// A proposal cannot become a part of itself.
    #[error("a proposal cannot become a part of itself")]
    Itself,
    /// Words are missing or too long: the field.
    #[error("{0} is empty or too long")]
    Words(&'static str),
    /// It costs more than a project of this process may.
    #[error("it costs more than {0}")]
    TooDear(Money),
}

/// What an act makes of a proposal: the proposal as it then is, and the line of its history.
///
/// # Errors
/// [`Refusal`]; then nothing changes.
pub fn step(
    process: &Process,
    proposal: &Proposal,
    (actor, by): (Actor, &str),
    act: Act,
    now: Timestamp,
) -> Result<(Proposal, ProposalMove), Refusal> {
    if !allowed(actor, &act) {
        return Err(Refusal::NotYours);
    }
    let mut next = proposal.clone();
    let (code, words) = match act {
        Act::Submit { .. } | Act::Appeal(_) | Act::Withdraw(_) => of_author(process, &mut next, act, now)?,
        Act::Return { .. } | Act::RejectFormal(_) | Act::Assign { .. } => {
            of_form(process, &mut next, actor, act, now)?
        }
        Act::Approve(_) | Act::Refuse { .. } | Act::Expire => {
            of_assessment(process, &mut next, by, act, now)?
        }
        Act::Uphold { .. } | Act::Dismiss { .. } => of_panel(process, &mut next, by, act, now)?,
        other => of_office(process, &mut next, other)?,
    };
    next.edit = proposal.edit.saturating_add(1);
    next.updated_at = now;
    let by = if actor == Actor::Author { String::new() } else { by.to_owned() };
    let moved = ProposalMove {
        proposal: proposal.id,
        from: proposal.state,
        to: next.state,
        code,
        words,
        by,
        at: now,
    };
    Ok((next, moved))
}

/// Whether this part may do this at all.
pub const fn allowed(actor: Actor, act: &Act) -> bool {
    match act {
        Act::Submit { .. } | Act::Appeal(_) | Act::Withdraw(_) => matches!(actor, Actor::Author),
        Act::Return { .. } => matches!(actor, Actor::Assessor | Actor::Coordinator),
        Act::RejectFormal(_) => matches!(actor, Actor::Assessor | Actor::Coordinator | Actor::System),
        Act::Assign { .. } | Act::Merge { .. } => matches!(actor, Actor::Coordinator),
        Act::Approve(_) | Act::Refuse { .. } => matches!(actor, Actor::Assessor),
        Act::Uphold { .. } | Act::Dismiss { .. } => matches!(actor, Actor::Panel),
        Act::Expire | Act::PutOnBallot { .. } | Act::Decide(_) => matches!(actor, Actor::System),
        Act::Begin | Act::Complete | Act::Cancel { .. } => matches!(actor, Actor::Owner),
    }
}

type Said = (String, String);

fn nothing() -> Said {
    (String::new(), String::new())
}

fn stands(next: &Proposal, states: &[State]) -> Result<(), Refusal> {
    if states.contains(&next.state) { Ok(()) } else { Err(Refusal::State(next.state)) }
}

/// From the opening of submission to the shortlist: when offices work on proposals.
fn being_checked(process: &Process) -> Result<(), Refusal> {
    let works = (Phase::Submission..=Phase::Appeals).contains(&process.phase) && process.suspended.is_none();
    if works { Ok(()) } else { Err(Refusal::Phase(process.phase)) }
}

fn needed(field: &'static str, words: &str) -> Result<(), Refusal> {
    let fits = !words.trim().is_empty() && words.chars().count() <= REASON_CHARS_MAX;
    if fits { Ok(()) } else { Err(Refusal::Words(field)) }
}

fn in_time(next: &Proposal, now: Timestamp) -> Result<(), Refusal> {
    match next.due_at {
        Some(due_at) if now >= due_at => Err(Refusal::Late(due_at)),
        _ => Ok(()),
    }
}

fn of_author(process: &Process, next: &mut Proposal, act: Act, now: Timestamp) -> Result<Said, Refusal> {
    match act {
        Act::Submit { number } => {
            stands(next, &[State::Draft, State::Returned])?;
            if next.state == State::Draft && !process.open(Phase::Submission, now) {
                return Err(Refusal::Phase(process.phase));
            }
            if next.state == State::Returned {
                being_checked(process)?;
                in_time(next, now)?;
            }
            let gaps = next.gaps(process);
            if !gaps.is_empty() {
                return Err(Refusal::Incomplete(gaps));
            }
            next.number = next.number.or(Some(number));
            next.submitted_at = next.submitted_at.or(Some(now));
            next.due_at = None;
            next.state = State::Submitted;
            Ok(nothing())
        }
        Act::Appeal(words) => {
            stands(next, &[State::NotFeasible])?;
            being_checked(process)?;
            if next.appeal.is_some() {
                return Err(Refusal::AppealedBefore);
            }
            in_time(next, now)?;
            needed("words", &words)?;
            next.appeal =
                Some(Appeal { words: words.clone(), at: now, upheld: None, minutes: String::new() });
            next.due_at = None;
            next.state = State::UnderAppeal;
            Ok((String::new(), words))
        }
        Act::Withdraw(words) => {
            if next.state.ends() || next.state.on_ballot() {
                return Err(Refusal::State(next.state));
            }
            if process.phase >= Phase::Shortlist {
                return Err(Refusal::Phase(process.phase));
            }
            if words.chars().count() > REASON_CHARS_MAX {
                return Err(Refusal::Words("words"));
            }
            next.due_at = None;
            next.state = State::Withdrawn;
            Ok((String::new(), words))
        }
        _ => Err(Refusal::NotYours),
    }
}

fn of_form(
    process: &Process,
    next: &mut Proposal,
    actor: Actor,
    act: Act,
    now: Timestamp,
) -> Result<Said, Refusal> {
    being_checked(process)?;
    match act {
        Act::Return { faults, words, due_at } => {
            stands(next, &[State::Submitted])?;
            if next.returned.is_some() {
                return Err(Refusal::ReturnedBefore);
            }
            needed("words", &words)?;
            let code = faults.join(" ");
            next.returned = Some(Return { faults, words: words.clone(), due_at, at: now });
            next.due_at = Some(due_at);
            next.state = State::Returned;
            Ok((code, words))
        }
        Act::RejectFormal(ground) => {
            stands(next, &[State::Submitted, State::Returned])?;
            if actor == Actor::System {
                stands(next, &[State::Returned])?;
            }
            if next.returned.is_none() {
                return Err(Refusal::NotReturned);
            }
            if let (State::Returned, Some(due_at)) = (next.state, next.due_at)
                && now < due_at
            {
                return Err(Refusal::Early(due_at));
            }
            needed("words", &ground.words)?;
            next.due_at = None;
            next.state = State::RejectedFormal;
            let said = (ground.code.clone(), ground.words.clone());
            next.ground = Some(ground);
            Ok(said)
        }
        Act::Assign { assessor, name, due_at, declared } => {
            stands(next, &[State::Submitted, State::InAssessment])?;
            if !declared {
                return Err(Refusal::NotDeclared);
            }
            next.assessor = Some(assessor);
            next.assessor_name.clone_from(&name);
            next.due_at = Some(due_at);
            next.state = State::InAssessment;
            Ok((String::new(), name))
        }
        _ => Err(Refusal::NotYours),
    }
}

fn assessed(
    process: &Process,
    next: &mut Proposal,
    by: &str,
    found: Assessment,
    now: Timestamp,
) -> Result<(), Refusal> {
    needed("body", &found.body)?;
    needed("basis", &found.basis)?;
    if found.cost <= Money::ZERO {
        return Err(Refusal::Words("cost"));
    }
    if found.months == 0 {
        return Err(Refusal::Words("months"));
    }
    if let Some(limit) = next.too_dear(process, found.cost) {
        return Err(Refusal::TooDear(limit));
    }
    if next.cost() != Some(found.cost) {
        let reason = found.remark.clone();
        next.estimates.push(Estimate { amount: found.cost, by: by.to_owned(), reason, at: now });
    }
    next.assessment = Some(found);
    next.due_at = None;
    next.state = State::Feasible;
    Ok(())
}

fn of_assessment(
    process: &Process,
    next: &mut Proposal,
    by: &str,
    act: Act,
    now: Timestamp,
) -> Result<Said, Refusal> {
    match act {
        Act::Approve(found) => {
            stands(next, &[State::InAssessment])?;
            being_checked(process)?;
            let words = found.remark.clone();
            assessed(process, next, by, found, now)?;
            Ok((String::new(), words))
        }
        Act::Refuse { ground, due_at } => {
            stands(next, &[State::InAssessment])?;
            being_checked(process)?;
            needed("code", &ground.code)?;
            needed("words", &ground.words)?;
            let said = (ground.code.clone(), ground.words.clone());
            next.ground = Some(ground);
            next.due_at = Some(due_at);
            next.state = State::NotFeasible;
            Ok(said)
        }
        Act::Expire => {
            stands(next, &[State::NotFeasible])?;
            if let Some(due_at) = next.due_at.filter(|due_at| now < *due_at) {
                return Err(Refusal::Early(due_at));
            }
            next.due_at = None;
            next.state = State::Refused;
            Ok(nothing())
        }
        _ => Err(Refusal::NotYours),
    }
}

fn of_panel(
    process: &Process,
    next: &mut Proposal,
    by: &str,
    act: Act,
    now: Timestamp,
) -> Result<Said, Refusal> {
    stands(next, &[State::UnderAppeal])?;
    being_checked(process)?;
    let (found, minutes) = match act {
        Act::Uphold { assessment, minutes } => (Some(assessment), minutes),
        Act::Dismiss { minutes } => (None, minutes),
        _ => return Err(Refusal::NotYours),
    };
    needed("minutes", &minutes)?;
    let upheld = found.is_some();
    match found {
        Some(found) => assessed(process, next, by, found, now)?,
        None => next.state = State::Refused,
    }
    if let Some(appeal) = &mut next.appeal {
        appeal.upheld = Some(upheld);
        appeal.minutes.clone_from(&minutes);
    }
    Ok((String::new(), minutes))
}

fn of_office(process: &Process, next: &mut Proposal, act: Act) -> Result<Said, Refusal> {
    match act {
        Act::Merge { into, consents } => {
            stands(next, &[State::Feasible])?;
            being_checked(process)?;
            if into == next.id {
                return Err(Refusal::Itself);
            }
            if !consents {
                return Err(Refusal::NoConsent);
            }
            next.merged_into = Some(into);
            next.state = State::Merged;
        }
        Act::PutOnBallot { ballot_number } => {
            stands(next, &[State::Feasible])?;
            if process.phase != Phase::Shortlist {
                return Err(Refusal::Phase(process.phase));
            }
            next.ballot_number = Some(ballot_number);
            next.state = State::OnBallot;
        }
        Act::Decide(outcome) => {
            stands(next, &[State::OnBallot])?;
            if !matches!(process.phase, Phase::Count | Phase::Results) {
                return Err(Refusal::Phase(process.phase));
            }
            if !State::OUTCOMES.contains(&outcome) {
                return Err(Refusal::State(outcome));
            }
            next.state = outcome;
        }
        Act::Begin => {
            stands(next, &[State::Selected])?;
            next.state = State::InImplementation;
        }
        Act::Complete => {
            stands(next, &[State::InImplementation])?;
            next.state = State::Completed;
        }
        Act::Cancel { document, words } => {
            stands(next, &[State::Selected, State::InImplementation])?;
            needed("document", &document)?;
            needed("words", &words)?;
            next.state = State::Cancelled;
            return Ok((document, words));
        }
        _ => return Err(Refusal::NotYours),
    }
    Ok(nothing())
}
