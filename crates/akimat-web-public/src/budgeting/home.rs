//! The home of a process: what it is, how much money, when what happens, what one can do now, by which rules.

use akimat_app::process::{index_of, template};
use akimat_core::Money;
use akimat_i18n::Locale;
use akimat_participation::process::{Formula, Needs, Phase, Process};
use akimat_participation::proposal::State as Standing;
use akimat_storage::proposal::{Part, ProposalCount, ProposalFilter, ProposalOrder};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{
    PhaseLine, Row, ballot_words, calendar, crumbs, day, phase_name, process_path, row, tenge, words,
};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/budgeting/home.html")]
struct HomePage {
    page: Page,
    crumbs: Vec<(String, String)>,
    path: String,
    summary: (String, &'static str),
    phase: String,
    suspended: String,
    /// What one can do now: where it leads, its name, and whether a form begins it.
    action: Option<(String, String, bool)>,
    waits: String,
    lacks: Vec<String>,
    calendar: Vec<PhaseLine>,
    envelopes: Vec<EnvelopeLine>,
    total: String,
    formula: String,
    rules: Vec<(String, String)>,
    sources: Vec<(String, String)>,
    documents: Vec<(String, String)>,
    numbers: Vec<(String, String)>,
    mine: Vec<Row>,
    moves: Vec<MoveLine>,
    done: Vec<Row>,
    draw: bool,
    assemblies: bool,
    leads: bool,
}

struct EnvelopeLine {
    title: String,
    amount: String,
    n: String,
    asked: String,
    code: String,
}

struct MoveLine {
    day: String,
    phase: String,
    by: String,
    reason: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such process, or it is a draft of others.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    let read = state.app.read();
    let counts = read.count_proposals(process.id).await?;
    let (action, waits) = action(&state, locale, &process);
    let lacks = lacks(&state, &visitor, &process).await?;
    let path = process_path(&process);
    let moves = read.list_process_moves(process.id).await?;
    let mine = mine(&state, &visitor, &process).await?;
    let filter = ProposalFilter {
        process: Some(process.id),
        states: vec![
            Standing::Selected,
            Standing::InImplementation,
            Standing::Completed,
            Standing::Cancelled,
        ],
        ..ProposalFilter::default()
    };
    let (done, _) =
        read.list_proposals(&filter, ProposalOrder::Ballot, Part { limit: 60, offset: 0 }).await?;
    frame::render(&HomePage {
        page: frame::page(&visitor, locale.text(&process.title).0, Some(MenuItem::Budgeting))
            .description(locale.text(&process.summary).0)
            .invented(process.invented),
        crumbs: crumbs(&visitor, &process, ""),
        summary: words(locale, &process.summary),
        phase: phase_name(locale, process.phase),
        suspended: process.suspended.as_ref().map_or_else(String::new, |one| one.reason.clone()),
        action,
        waits,
        lacks,
        calendar: calendar(&state, locale, &process),
        envelopes: envelopes(locale, &process, &counts),
        total: tenge(locale, total(&process)),
        formula: formula_words(locale, process.formula),
        rules: rules(locale, &process),
        sources: sources(&visitor, &process),
        documents: process
            .documents
            .iter()
            .map(|one| (one.href.clone(), locale.text(&one.title).0.to_owned()))
            .collect(),
        numbers: numbers(locale, &counts),
        mine,
        moves: moves
            .iter()
            .map(|moved| MoveLine {
                day: locale.date(day(&state, moved.at)),
                phase: if moved.from == moved.to {
                    locale.t("budgeting-stopped-or-resumed").into_owned()
                } else {
                    phase_name(locale, moved.to)
                },
                by: moved.by.clone(),
                reason: moved.reason.clone(),
            })
            .collect(),
        done: done.iter().map(|one| row(locale, &process, one)).collect(),
        draw: process.draw.is_some(),
        assemblies: akimat_app::process::assembly::assembly_rule(&process).is_some(),
        leads: state.app.leads_process(visitor.actor(), &process),
        path,
    })
}

/// All the money.
fn total(process: &Process) -> Money {
    Money::checked_sum(process.envelopes.iter().map(|one| one.amount)).unwrap_or(Money::ZERO)
}

/// What one can do now; or else when something can be done again.
fn action(state: &WebState, locale: &Locale, process: &Process) -> (Option<(String, String, bool)>, String) {
    let now = state.app.now();
    let path = process_path(process);
    let named = |to: String, key: &str, form: bool| Some((to, locale.t(key).into_owned(), form));
    if process.suspended.is_some() {
        return (None, String::new());
    }
    let doing = match process.phase {
        Phase::Submission if process.open(Phase::Submission, now) => {
            named(format!("{path}/proposals"), "budgeting-do-propose", true)
        }
        Phase::Ballot if process.open(Phase::Ballot, now) => {
            named(format!("{path}/ballot"), "budgeting-do-vote", false)
        }
        Phase::Results | Phase::Implementation | Phase::Closed => {
            named(format!("{path}/results"), "budgeting-do-results", false)
        }
        phase if phase >= Phase::Submission => named(format!("{path}/proposals"), "budgeting-do-read", false),
        _ => None,
    };
    let next = process.calendar.iter().find(|term| term.opens_at > now);
    let waits = next.map_or_else(String::new, |term| {
        let (name, on) = (phase_name(locale, term.phase), locale.date(day(state, term.opens_at)));
        locale.f("budgeting-next", &[("phase", name.into()), ("date", on.into())])
    });
    (doing, waits)
}

/// What the visitor lacks for what can be done now.
async fn lacks(state: &WebState, visitor: &Visitor, process: &Process) -> Answer<Vec<String>> {
    let Some(account) = visitor.actor() else { return Ok(Vec::new()) };
    let needs = match process.phase {
        Phase::Submission => process.proposers,
        Phase::Ballot => process.voters,
        _ => return Ok(Vec::new()),
    };
    let lacks = state.app.lacks_for(account.id, process, needs).await?;
    let name =
        |lack: &akimat_identity::Lack| visitor.locale().name("budgeting-lack", lack.code()).into_owned();
    Ok(lacks.iter().map(name).collect())
}

async fn mine(state: &WebState, visitor: &Visitor, process: &Process) -> Answer<Vec<Row>> {
    let Some(account) = visitor.actor() else { return Ok(Vec::new()) };
    let filter =
        ProposalFilter { process: Some(process.id), author: Some(account.id), ..ProposalFilter::default() };
    let part = Part { limit: 20, offset: 0 };
    let (own, _) = state.app.read().list_proposals(&filter, ProposalOrder::Number, part).await?;
    Ok(own.iter().map(|one| row(visitor.locale(), process, one)).collect())
}

fn envelopes(locale: &Locale, process: &Process, counts: &[ProposalCount]) -> Vec<EnvelopeLine> {
    let line = |one: &akimat_participation::Envelope| {
        let own = counts.iter().filter(|count| {
            count.envelope == one.code && count.state.public() && count.state != Standing::Withdrawn
        });
        let n: u64 = own.clone().map(|count| count.n).sum();
        let asked = Money::checked_sum(own.map(|count| count.cost)).unwrap_or(Money::ZERO);
        EnvelopeLine {
            title: locale.text(&one.title).0.to_owned(),
            amount: tenge(locale, one.amount),
            n: locale.count(n),
            asked: tenge(locale, asked),
            code: one.code.clone(),
        }
    };
    process.envelopes.iter().map(line).collect()
}

fn formula_words(locale: &Locale, formula: Formula) -> String {
    match formula {
        Formula::Mixed { equal, population } => {
            let rest = 100_i64 - i64::from(equal) - i64::from(population);
            let args = [
                ("equal", i64::from(equal).into()),
                ("population", i64::from(population).into()),
                ("need", rest.into()),
            ];
            locale.f("budgeting-formula-mixed", &args)
        }
        other => locale.name("budgeting-formula", other.code()).into_owned(),
    }
}

fn needs_words(locale: &Locale, needs: Needs) -> String {
    let mut parts = vec![
        locale.name("budgeting-level", &needs.level.to_string()).into_owned(),
        locale.name("budgeting-reach", needs.reach.code()).into_owned(),
    ];
    if let Some(age) = needs.min_age {
        parts.push(locale.f("budgeting-age", &[("n", i64::from(age).into())]));
    }
    parts.join("; ")
}

/// The rules, each with its name.
fn rules(locale: &Locale, process: &Process) -> Vec<(String, String)> {
    let named = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let mut all = vec![
        named("budgeting-rule-proposers", needs_words(locale, process.proposers)),
        named("budgeting-rule-voters", needs_words(locale, process.voters)),
        named("budgeting-rule-ballot", ballot_words(locale, process.ballot.form)),
        named("budgeting-rule-count", locale.name("count-method", process.rule.method.code()).into_owned()),
        named("budgeting-rule-ties", locale.t("budgeting-ties").into_owned()),
        named("budgeting-rule-conflicts", locale.t("budgeting-conflicts").into_owned()),
        named("budgeting-rule-paper", locale.name("paper", process.ballot.paper.code()).into_owned()),
        named(
            "budgeting-rule-account",
            locale
                .t(if process.ballot.one_time { "budgeting-one-time" } else { "budgeting-with-account" })
                .into_owned(),
        ),
        named(
            "budgeting-rule-change",
            locale
                .t(if process.ballot.changeable { "budgeting-changeable" } else { "budgeting-final" })
                .into_owned(),
        ),
    ];
    if let Some(n) = process.rule.min_votes {
        all.push(named("budgeting-rule-min-votes", locale.count(n.into())));
    }
    if let Some(cap) = process.cap {
        let amount = tenge(locale, cap.amount);
        let value = match (cap.indices, index_of(process.year)) {
            (Some(indices), Some(index)) => locale.f(
                "budgeting-cap",
                &[
                    ("amount", amount.into()),
                    ("n", i64::from(indices).into()),
                    ("year", index.year.to_string().into()),
                    ("value", locale.number(index.tenge).into()),
                ],
            ),
            _ => amount,
        };
        all.push(named("budgeting-rule-cap", value));
    }
    let terms = [
        ("correction", i64::from(process.proposals.correction_days).into()),
        ("assessment", i64::from(process.proposals.assessment_days).into()),
        ("appeal", i64::from(process.proposals.appeal_days).into()),
    ];
    all.push(named("budgeting-rule-terms", locale.f("budgeting-terms", &terms)));
    let basis = locale.text(&process.basis).0;
    if !basis.is_empty() {
        all.push(named("budgeting-rule-basis", basis.to_owned()));
    }
    all
}

/// Where the rules come from.
fn sources(visitor: &Visitor, process: &Process) -> Vec<(String, String)> {
    let locale = visitor.locale();
    let Some(from) = template(&process.template) else { return Vec::new() };
    let line = |source: &akimat_app::process::template::Source| {
        let title = locale.text(&source.title).0;
        let on = locale.date(source.dated);
        let key = if source.verified { "budgeting-source" } else { "budgeting-source-unverified" };
        (source.href.clone(), locale.f(key, &[("title", title.into()), ("date", on.into())]))
    };
    from.sources.iter().map(line).collect()
}

/// How many proposals stand where, states in their order.
fn numbers(locale: &Locale, counts: &[ProposalCount]) -> Vec<(String, String)> {
    let of = |state: Standing| {
        let n: u64 = counts.iter().filter(|count| count.state == state).map(|count| count.n).sum();
        (n > 0).then(|| (locale.name("proposal-state", state.code()).into_owned(), locale.count(n)))
    };
    Standing::ALL.into_iter().filter(|state| state.public()).filter_map(of).collect()
}
