//! Participatory budgets of the demonstration: one that takes proposals, one on the ballot, one of last year. All of it
//! is invented and says so; days count from the day on which the demonstration is loaded, so that phases are open
//! whenever it starts.

use super::{district, say_en};
use akimat_app::App;
use akimat_app::process::{lead, template};
use akimat_app::proposal::moved;
use akimat_core::{AccountId, KatoCode, Lang, Money, ProcessId, ProposalId, Text};
use akimat_participation::process::assembly::{Assembly, NeedFacts};
use akimat_participation::process::{
    Cap, Envelope, Formula, Phase, Process, ProcessMove, Term, Weight, envelope,
};
use akimat_participation::proposal::{Act, Actor, Assessment, Estimate, Ground, Point, Proposal, State};
use akimat_storage::{Account, Batch, Change, ProcessChange, ProposalChange};
use anyhow::Context;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

const FILE: &str = include_str!("../../../../data/demo/budgeting.json");
/// Who wrote the proposals whose author the file does not name, one after another.
const AUTHORS: [&str; 7] = ["resident", "aidana", "bolat", "marzhan", "sergey", "dinara", "ermek"];
const OFFICE: &str = "Экономика және бюджеттік жоспарлау бөлімі (үлгі)";
const DEPARTMENT: &str = "Жаңабұлақ ауданының құрылыс бөлімі (үлгі)";

/// Drawings of places: process, number of the proposal, drawing, caption.
const PHOTOGRAPHS: [(&str, u32, &str, [&str; 3]); 3] = [
    ("zhanabulaq", 1, "play-before", ["Қазіргі аула", "Двор сейчас", "The yard today"]),
    (
        "zhanabulaq",
        2,
        "lights-before",
        ["Жол кешке қараңғы", "Вечером дорога тёмная", "The path is dark at night"],
    ),
    (
        "auyldar",
        1,
        "sport-before",
        ["Мектеп жанындағы бос жер", "Пустырь у школы", "The waste ground by the school"],
    ),
];

#[derive(Debug, Deserialize)]
struct File {
    processes: Vec<Invented>,
}

#[derive(Debug, Deserialize)]
struct Invented {
    code: String,
    template: String,
    phase: Phase,
    /// Years after this one.
    years: i16,
    /// Thousand tenge.
    total: i64,
    formula: Formula,
    cap_indices: u32,
    title: Text,
    summary: Text,
    /// Phase, first day, last day.
    calendar: Vec<(Phase, i64, i64)>,
    envelopes: Vec<InventedEnvelope>,
    #[serde(default)]
    seed: Option<String>,
    #[serde(default)]
    conflicts: Vec<(u32, u32)>,
    #[serde(default)]
    need_facts: Vec<NeedFacts>,
    /// Envelope, day, where, participants, delegates.
    #[serde(default)]
    assemblies: Vec<(String, i64, String, u32, u32)>,
    proposals: Vec<InventedProposal>,
}

#[derive(Debug, Deserialize)]
struct InventedEnvelope {
    code: String,
    title: Text,
    place: Option<KatoCode>,
    population: u64,
    need: u32,
}

#[derive(Debug, Deserialize)]
struct InventedProposal {
    #[serde(default)]
    state: Option<State>,
    #[serde(default)]
    author: Option<String>,
    envelope: String,
    category: String,
    ru: String,
    kk: String,
    en: String,
    need: String,
    body: String,
    site: String,
    lat: f64,
    lon: f64,
    /// Thousand tenge.
    cost: i64,
}

fn thousand(amount: i64) -> Money {
    Money::from_tiyn(amount * 100_000)
}

/// Adds the processes with their proposals.
///
/// # Errors
/// When the file does not fit the rooms, or the database fails.
pub(crate) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let file: File = serde_json::from_str(FILE).context("data/demo/budgeting.json")?;
    for invented in &file.processes {
        let batch = changes(app, invented, accounts)?;
        app.put_as_operator(batch).await.map_err(|error| say_en(&error))?;
    }
    photographs(app, accounts).await
}

/// Drawings of places beside a few proposals.
async fn photographs(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    for (code, number, name, caption) in PHOTOGRAPHS {
        let process = app.read().find_process_by_code(code).await?.context(code)?;
        let found = app.read().find_proposal_by_number(process.id, number).await?.context(code)?;
        let author = accounts.values().find(|account| Some(account.id) == found.author).context(code)?;
        let taken =
            (found.created_at - SignedDuration::from_hours(30)).to_zoned(app.zone().clone()).datetime();
        let at = found.point.map(|at| (taken, f64::from(at.lat) / 1e6, f64::from(at.lon) / 1e6));
        let picture = super::photo::photograph(app, name, at)?;
        let then = super::photo::back(app, found.created_at);
        let [kk, ru, en] = caption;
        let added = then.seed_proposal_photo((&found, author), Text::new(kk, ru, en), picture).await;
        added.map_err(|error| say_en(&error))?;
    }
    Ok(())
}

/// A process as it is at the end, but for its phase, which proposals move through.
fn process_of(app: &App, invented: &Invented) -> anyhow::Result<Process> {
    let from = template(&invented.template).context("a template of the demonstration")?;
    let zone = app.zone().clone();
    let midnight = |days: i64| {
        let day = app.today().checked_add(days.days())?;
        day.at(0, 0, 0, 0).to_zoned(zone.clone()).map(|zoned| zoned.timestamp())
    };
    let mut calendar = Vec::new();
    for (phase, opens, closes) in &invented.calendar {
        calendar.push(Term { phase: *phase, opens_at: midnight(*opens)?, closes_at: midnight(*closes)? });
    }
    let weight = |one: &InventedEnvelope| Weight { population: one.population, need: one.need };
    let weights: Vec<Weight> = invented.envelopes.iter().map(weight).collect();
    let amounts = envelope::shares(invented.formula, thousand(invented.total), thousand(1), &weights)?;
    let envelopes = invented.envelopes.iter().zip(amounts).map(|(one, amount)| Envelope {
        code: one.code.clone(),
        title: one.title.clone(),
        amount,
        place: one.place,
        weight: weight(one),
    });
    let year = app.today().year() + invented.years;
    let begun =
        calendar.first().map_or_else(|| app.now(), |term| term.opens_at) - SignedDuration::from_hours(720);
    let amount = template::indices_in_money(invented.cap_indices, year).context("an index")?;
    let mut voters = from.voters;
    let mut proposers = from.proposers;
    // People of the demonstration are known as residents; few have shown a document with a number.
    (voters.level, voters.min_age, proposers.level, proposers.min_age) = (2, None, 2, None);
    Ok(Process {
        id: ProcessId(Uuid::now_v7()),
        place: district(),
        code: invented.code.clone(),
        year,
        title: invented.title.clone(),
        summary: invented.summary.clone(),
        template: from.code.clone(),
        invented: true,
        phase: Phase::Submission,
        suspended: None,
        calendar,
        envelopes: envelopes.collect(),
        formula: invented.formula,
        voters,
        proposers,
        ballot: akimat_participation::process::BallotRules { one_time: true, ..from.ballot.clone() },
        rule: from.rule.clone(),
        cap: Some(Cap { indices: Some(invented.cap_indices), amount }),
        categories: from.categories.clone(),
        proposals: akimat_participation::process::ProposalRules { per_author: 5, ..from.proposals.clone() },
        documents: Vec::new(),
        basis: Text::new(
            "Аудан мәслихатының шешімі (ойдан шығарылған)",
            "Решение маслихата района (вымышлено)",
            "Decision of the district maslikhat (invented)",
        ),
        draw: None,
        assemblies: assemblies(app, invented)?,
        need_facts: invented.need_facts.clone(),
        edit: 1,
        created_at: begun,
        updated_at: begun,
    })
}

/// Meetings that were held; their minutes are invented, too.
fn assemblies(app: &App, invented: &Invented) -> anyhow::Result<Vec<Assembly>> {
    let one = |(number, (envelope, days, site, participants, delegates)): (
        u32,
        &(String, i64, String, u32, u32),
    )| {
        let held_on = app.today().checked_add(days.days())?;
        Ok(Assembly {
            number,
            envelope: envelope.clone(),
            held_on,
            site: format!("{site} (үлгі)"),
            participants: *participants,
            delegates: *delegates,
            minutes: format!("https://zhanabulaq.example.kz/minutes/{number}"),
            by: OFFICE.to_owned(),
            at: held_on.at(18, 0, 0, 0).to_zoned(app.zone().clone())?.timestamp().min(app.now()),
        })
    };
    (1..).zip(&invented.assemblies).map(one).collect()
}

fn changes(app: &App, invented: &Invented, accounts: &BTreeMap<String, Account>) -> anyhow::Result<Batch> {
    let mut process = process_of(app, invented)?;
    let mut batch = vec![Change::Process(Box::new(ProcessChange::Add(process.clone())))];
    let mut made = Vec::new();
    for (number, one) in (1..).zip(&invented.proposals) {
        let proposal = written(&process, one, (number, accounts));
        batch.push(Change::Proposal(Box::new(ProposalChange::Add(proposal.clone()))));
        let state = one.state.unwrap_or(State::Feasible);
        made.push(on_its_way(&process, proposal, (number, state), (accounts, app.now()), &mut batch)?);
    }
    for (a, b) in &invented.conflicts {
        exclude(&mut made, (*a, *b), &mut batch);
    }
    if let Some(seed) = &invented.seed {
        let at = process.term(Phase::Shortlist).map_or_else(|| app.now(), |term| term.opens_at);
        process = Process {
            phase: Phase::Shortlist,
            draw: Some(akimat_participation::process::Draw {
                seed: seed.clone(),
                source: "Лотерея, чьи числа назвали до опубликования списка (вымышлено)".to_owned(),
                at,
            }),
            edit: process.edit + 1,
            ..process
        };
        batch.extend(lead::drawn(&process, &made, OFFICE, at).map_err(|error| say_en(&error))?);
    }
    batch.extend(moves(&process, invented.phase, app.now()));
    let last = Process { phase: invented.phase, edit: process.edit + 1, updated_at: app.now(), ..process };
    batch.push(Change::Process(Box::new(ProcessChange::Update(last))));
    Ok(batch)
}

/// The public history of the process: each phase on the day of its term.
fn moves(process: &Process, until: Phase, now: Timestamp) -> Vec<Change> {
    let phases: Vec<Phase> = process.phases().into_iter().filter(|phase| *phase <= until).collect();
    let line = |pair: &[Phase]| {
        let opens = process.term(pair[1]).map_or(process.created_at, |term| term.opens_at);
        Change::Process(Box::new(ProcessChange::Move(ProcessMove {
            process: process.id,
            from: pair[0],
            to: pair[1],
            reason: String::new(),
            undecided: 0,
            by: OFFICE.to_owned(),
            at: opens.min(now),
        })))
    };
    phases.windows(2).map(line).collect()
}

fn written(
    process: &Process,
    one: &InventedProposal,
    (number, accounts): (u32, &BTreeMap<String, Account>),
) -> Proposal {
    let at = process.calendar.first().map_or(process.created_at, |term| term.opens_at);
    let at = at + SignedDuration::from_hours(7 + 11 * i64::from(number));
    let turn = usize::try_from(number).unwrap_or_default() % AUTHORS.len();
    let login = one.author.as_deref().unwrap_or(AUTHORS[turn]);
    let author = accounts.get(login);
    #[expect(clippy::cast_possible_truncation, reason = "degrees of the file in millionths")]
    let millionths = |degrees: f64| (degrees * 1e6).round() as i32;
    let ru = |text: &str| Text { ru: text.to_owned(), ..Text::default() };
    Proposal {
        id: ProposalId(Uuid::now_v7()),
        process: process.id,
        place: process.place,
        author: author.map(|account| account.id),
        author_name: author.map(|account| account.display_name.clone()).unwrap_or_default(),
        assessor: None,
        assessor_name: String::new(),
        state: State::Draft,
        number: None,
        ballot_number: None,
        envelope: one.envelope.clone(),
        category: one.category.clone(),
        lang: Lang::Ru,
        title: Text::new(&one.kk, &one.ru, &one.en),
        need: ru(&one.need),
        body: ru(&one.body),
        site: ru(&one.site),
        point: Some(Point { lat: millionths(one.lat), lon: millionths(one.lon) }),
        estimates: vec![Estimate {
            // What authors expect is a little less than what departments find.
            amount: thousand(one.cost - one.cost % 7 * 50),
            by: String::new(),
            reason: String::new(),
            at,
        }],
        acknowledged: Vec::new(),
        looked: true,
        returned: None,
        assessment: None,
        ground: None,
        appeal: None,
        conflicts: Vec::new(),
        merged_into: None,
        due_at: None,
        n_support: 0,
        edit: 1,
        created_at: at,
        submitted_at: None,
        updated_at: at,
    }
}

/// The acts that lead a proposal to where the file wants it, each by who may do it.
fn acts(
    proposal: &Proposal,
    (number, state): (u32, State),
    (assessor, now): (AccountId, Timestamp),
) -> Vec<(Actor, &'static str, Act)> {
    let days = |n: i64| now + SignedDuration::from_hours(24 * n);
    let cost = proposal.cost().map_or(Money::ZERO, |cost| Money::from_tiyn(cost.tiyn() / 100_000 * 105_000));
    let submit = (Actor::Author, "", Act::Submit { number });
    let assign = || {
        let (name, due_at) = (DEPARTMENT.to_owned(), days(12));
        (Actor::Coordinator, OFFICE, Act::Assign { assessor, name, due_at, declared: true })
    };
    match state {
        State::Returned => {
            let words = "Укажите, у какого магазина и кто будет ухаживать за скамьями.".to_owned();
            let faults = vec!["place".to_owned(), "need".to_owned()];
            vec![submit, (Actor::Assessor, OFFICE, Act::Return { faults, words, due_at: days(5) })]
        }
        State::InAssessment => vec![submit, assign()],
        State::Feasible => {
            let found = Assessment {
                cost,
                months: 3 + u16::try_from(number % 6).unwrap_or_default(),
                body: DEPARTMENT.to_owned(),
                basis: "Закон «О местном государственном управлении и самоуправлении», статья 31".to_owned(),
                remark: String::new(),
            };
            vec![submit, assign(), (Actor::Assessor, DEPARTMENT, Act::Approve(found))]
        }
        State::NotFeasible => {
            let words =
                "Ангар в частной собственности: строить за бюджетные деньги на нём нельзя.".to_owned();
            let ground = Ground { code: "land".to_owned(), words };
            vec![submit, assign(), (Actor::Assessor, DEPARTMENT, Act::Refuse { ground, due_at: days(6) })]
        }
        State::Withdrawn => vec![submit, (Actor::Author, "", Act::Withdraw("Передумала".to_owned()))],
        _ => vec![submit],
    }
}

fn on_its_way(
    process: &Process,
    mut proposal: Proposal,
    goal: (u32, State),
    (accounts, now): (&BTreeMap<String, Account>, Timestamp),
    batch: &mut Batch,
) -> anyhow::Result<Proposal> {
    let assessor = accounts.get("manager").map(|account| account.id).context("the manager")?;
    let mut at = proposal.created_at;
    for (actor, by, act) in acts(&proposal, goal, (assessor, now)) {
        at += SignedDuration::from_hours(if actor == Actor::Author { 1 } else { 52 });
        let (next, changes) =
            moved(process, &proposal, (actor, by), act, at).map_err(|error| say_en(&error))?;
        batch.extend(changes);
        proposal = next;
    }
    Ok(proposal)
}

/// Two proposals of which at most one can be built; numbers of the process.
fn exclude(made: &mut [Proposal], (a, b): (u32, u32), batch: &mut Batch) {
    let id = |number: u32| made.iter().find(|one| one.number == Some(number)).map(|one| one.id);
    let (Some(first), Some(second)) = (id(a), id(b)) else { return };
    for (own, other) in [(first, second), (second, first)] {
        for one in made.iter_mut().filter(|one| one.id == own) {
            one.conflicts.push(other);
            one.edit += 1;
            batch.push(Change::Proposal(Box::new(ProposalChange::Update(one.clone()))));
        }
    }
}
