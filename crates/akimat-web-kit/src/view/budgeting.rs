//! Processes and proposals as pages show them.

use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_core::{Lang, Money, MoneyUnit, Text};
use akimat_i18n::Locale;
use akimat_participation::process::{BallotForm, Phase, Process};
use akimat_participation::proposal::{Proposal, State};
use jiff::Timestamp;

/// The path of a process after the language.
pub fn process_path(process: &Process) -> String {
    format!("/budgeting/{}", process.code)
}

/// The path of a proposal after the language: by number, or by identifier while it has none.
pub fn proposal_path(process: &Process, proposal: &Proposal) -> String {
    match proposal.number {
        Some(number) => format!("/budgeting/{}/proposals/{number}", process.code),
        None => format!("/proposals/{}", proposal.id),
    }
}

/// An amount in whole tenge, exact.
pub fn tenge(locale: &Locale, money: Money) -> String {
    locale.money(money, MoneyUnit::Tenge, 0)
}

/// Words of a content and, when they are in another language, its code for the `lang` attribute.
pub fn words(locale: &Locale, text: &Text) -> (String, &'static str) {
    let (words, other) = locale.text(text);
    (words.to_owned(), other.map_or("", Lang::code))
}

/// The last day of a term, which closes as the next day begins.
pub fn last_day(state: &WebState, closes_at: Timestamp) -> jiff::civil::Date {
    let second = jiff::SignedDuration::from_secs(1);
    (closes_at - second).to_zoned(state.app.zone().clone()).date()
}

/// The day of an instant where the territory is.
pub fn day(state: &WebState, at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(state.app.zone().clone()).date()
}

/// The tone of a state's pill.
pub const fn tone(state: State) -> &'static str {
    match state {
        State::Draft | State::Withdrawn | State::Merged | State::NotSelected => "neutral",
        State::Submitted | State::InAssessment | State::OnBallot | State::UnderAppeal => "info",
        State::Feasible | State::Selected | State::InImplementation | State::Completed => "ok",
        State::Returned | State::NotFeasible => "warning",
        State::RejectedFormal | State::Refused | State::Excluded | State::BelowMinimum | State::Cancelled => {
            "error"
        }
    }
}

/// A phase of the calendar.
#[derive(Clone, Debug)]
pub struct PhaseLine {
    /// Its name.
    pub name: String,
    /// From and to.
    pub days: String,
    /// The process is in it.
    pub now: bool,
    /// It is over.
    pub past: bool,
    /// How many days are left; empty otherwise.
    pub left: String,
}

/// The calendar of a process, with the mark of today.
pub fn calendar(state: &WebState, locale: &Locale, process: &Process) -> Vec<PhaseLine> {
    let now = state.app.now();
    let line = |term: &akimat_participation::process::Term| {
        let current = process.phase == term.phase && process.published();
        let days_left = term.closes_at.duration_since(now).as_secs().max(0) / 86_400;
        PhaseLine {
            name: locale.name("phase", term.phase.code()).into_owned(),
            days: locale.f(
                "budgeting-from-to",
                &[
                    ("from", locale.date_short(day(state, term.opens_at)).into()),
                    ("to", locale.date_short(last_day(state, term.closes_at)).into()),
                ],
            ),
            now: current,
            past: process.phase > term.phase,
            left: if current && term.runs(now) {
                locale.f("budgeting-days-left", &[("n", days_left.into())])
            } else {
                String::new()
            },
        }
    };
    process.calendar.iter().map(line).collect()
}

/// What a voter may do, in a sentence.
pub fn ballot_words(locale: &Locale, form: BallotForm) -> String {
    match form {
        BallotForm::Single => locale.t("ballot-form-single").into_owned(),
        BallotForm::Approval { min, max } => locale
            .f("ballot-form-approval", &[("min", i64::from(min).into()), ("max", i64::from(max).into())]),
        BallotForm::Knapsack => locale.t("ballot-form-knapsack").into_owned(),
        BallotForm::Points { n } => locale.f("ballot-form-points", &[("n", i64::from(n).into())]),
        BallotForm::Ranking { max } => locale.f("ballot-form-ranking", &[("max", i64::from(max).into())]),
    }
}

/// A proposal in a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its address after the language.
    pub path: String,
    /// Its number, or the number on the ballot.
    pub number: String,
    /// Title and its language when it is another.
    pub title: (String, &'static str),
    /// Envelope and category.
    pub about: String,
    /// Cost; empty without one.
    pub cost: String,
    /// State.
    pub state: String,
    /// Tone of the state.
    pub tone: &'static str,
    /// Supporters; empty when none are counted.
    pub support: String,
}

/// A proposal as a row of a list.
pub fn row(locale: &Locale, process: &Process, proposal: &Proposal) -> Row {
    let envelope = process.envelope(&proposal.envelope).map(|one| locale.text(&one.title).0.to_owned());
    let category = process.category(&proposal.category).map(|one| locale.text(&one.title).0.to_owned());
    let about: Vec<String> = envelope.into_iter().chain(category).collect();
    let title = if proposal.title.is_empty() {
        (locale.t("proposal-untitled").into_owned(), "")
    } else {
        words(locale, &proposal.title)
    };
    Row {
        path: proposal_path(process, proposal),
        number: proposal.number.map_or_else(String::new, |number| format!("№ {number}")),
        title,
        about: about.join(" · "),
        cost: proposal.cost().map_or_else(String::new, |cost| tenge(locale, cost)),
        state: locale.name("proposal-state", proposal.state.code()).into_owned(),
        tone: tone(proposal.state),
        support: if proposal.n_support > 0 {
            locale.f("proposal-supporters", &[("n", i64::from(proposal.n_support).into())])
        } else {
            String::new()
        },
    }
}

/// Way back to a process.
pub fn crumbs(visitor: &Visitor, process: &Process, here: &str) -> Vec<(String, String)> {
    let locale = visitor.locale();
    let title = locale.text(&process.title).0.to_owned();
    let mut all = vec![(visitor.to("/budgeting"), locale.t("budgeting-title").into_owned())];
    if here.is_empty() {
        all.push((String::new(), title));
    } else {
        all.push((visitor.to(&process_path(process)), title));
        all.push((String::new(), here.to_owned()));
    }
    all
}

/// Name of a phase.
pub fn phase_name(locale: &Locale, phase: Phase) -> String {
    locale.name("phase", phase.code()).into_owned()
}
