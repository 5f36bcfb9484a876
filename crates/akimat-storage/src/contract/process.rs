//! Promises about processes of participatory budgeting.

use super::build::{DISTRICT, OTHER, at, id, kato};
use super::{ok, refused};
use crate::process::ProcessChange;
use crate::{Change, Conflict, Store};
use akimat_core::{Money, ProcessId, Text};
use akimat_participation::Process;
use akimat_participation::process::{
    BallotForm, BallotRules, CountMethod, CountRule, Envelope, Formula, Needs, Paper, Phase, ProcessMove,
    ProposalRules, Term, Weight,
};

/// A process with one envelope.
pub(super) fn process(n: u64, place: u32, code: &str, year: i16) -> Process {
    Process {
        id: ProcessId(id(n)),
        place: kato(place),
        code: code.to_owned(),
        year,
        title: Text::same(format!("Бюджет народного участия {n}")),
        summary: Text::default(),
        template: "national".to_owned(),
        invented: true,
        phase: Phase::Draft,
        suspended: None,
        calendar: vec![Term { phase: Phase::Submission, opens_at: at(1), closes_at: at(900) }],
        envelopes: vec![Envelope {
            code: "all".to_owned(),
            title: Text::same("Все"),
            amount: Money::from_tiyn(90_000_000_000),
            place: Some(kato(place)),
            weight: Weight::default(),
        }],
        formula: Formula::Stated,
        voters: Needs::default(),
        proposers: Needs::default(),
        ballot: BallotRules {
            form: BallotForm::Approval { min: 1, max: 5 },
            envelopes_max: None,
            changeable: true,
            saved_counts: false,
            paper: Paper::Replaces,
            one_time: false,
        },
        rule: CountRule {
            method: CountMethod::Greedy,
            completion: "none".to_owned(),
            utility: "cost".to_owned(),
            min_votes: Some(10),
            comparison: false,
            conflicting: akimat_participation::process::Conflicting::FirstWins,
        },
        cap: None,
        categories: Vec::new(),
        proposals: ProposalRules {
            per_author: 3,
            co_authors_max: 2,
            supporters_min: 0,
            correction_days: 5,
            assessment_days: 20,
            appeal_days: 7,
        },
        documents: Vec::new(),
        basis: Text::default(),
        draw: None,
        assemblies: Vec::new(),
        need_facts: Vec::new(),
        edit: 1,
        created_at: at(1),
        updated_at: at(2),
    }
}

/// The change that begins a process.
pub(super) fn add(process: &Process) -> Change {
    Change::Process(Box::new(ProcessChange::Add(process.clone())))
}

/// Kept whole, the latest year first; a code is taken once in a territory.
pub async fn processes_are_kept(store: &dyn Store) {
    let all = [
        process(1, DISTRICT, "b-2026", 2026),
        process(2, DISTRICT, "a-2027", 2027),
        process(3, OTHER, "b-2026", 2026),
    ];
    ok(store.apply(all.iter().map(add).collect()).await);
    let listed = ok(store.list_processes().await);
    assert_eq!(listed, [all[1].clone(), all[0].clone(), all[2].clone()]);
    assert_eq!(ok(store.find_process(all[0].id).await).as_ref(), Some(&all[0]));
    assert_eq!(ok(store.find_process_by_code("a-2027").await).as_ref(), Some(&all[1]));
    assert_eq!(ok(store.find_process_by_code("nothing").await), None);
    let twin = process(4, DISTRICT, "b-2026", 2028);
    refused(store.apply(vec![add(&twin)]).await, &Conflict::Exists("process"));
}

/// A process changes by its counter, and its moves stay in order.
pub async fn processes_change_by_counter(store: &dyn Store) {
    let first = process(1, DISTRICT, "b-2026", 2026);
    let change = |process: &Process| vec![Change::Process(Box::new(ProcessChange::Update(process.clone())))];
    refused(store.apply(change(&first)).await, &Conflict::Missing("process"));
    ok(store.apply(vec![add(&first)]).await);
    let next = Process { phase: Phase::Announced, edit: 2, updated_at: at(5), ..first.clone() };
    ok(store.apply(change(&next)).await);
    refused(store.apply(change(&next)).await, &Conflict::Stale("process"));
    assert_eq!(ok(store.find_process(first.id).await).as_ref(), Some(&next));
    let moved = |from, to, second| ProcessMove {
        process: first.id,
        from,
        to,
        reason: "причина".to_owned(),
        undecided: 2,
        by: "Аппарат".to_owned(),
        at: at(second),
    };
    let moves = [moved(Phase::Announced, Phase::Submission, 9), moved(Phase::Draft, Phase::Announced, 8)];
    ok(store
        .apply(moves.iter().map(|m| Change::Process(Box::new(ProcessChange::Move(m.clone())))).collect())
        .await);
    assert_eq!(ok(store.list_process_moves(first.id).await), [moves[1].clone(), moves[0].clone()]);
}
