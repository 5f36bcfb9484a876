//! Promises about proposals of residents.

use super::build::{DISTRICT, at, id, kato};
use super::process::{add as add_process, process};
use super::{ok, refused};
use crate::proposal::{Part, ProposalChange, ProposalFilter, ProposalOrder, ProposalPerson, Workload};
use crate::{Change, Conflict, Store};
use akimat_core::{AccountId, Lang, Money, ProcessId, ProposalId, Text};
use akimat_participation::Proposal;
use akimat_participation::proposal::{Estimate, ProposalMove, State, Tie};

fn proposal(n: u64, number: Option<u32>, state: State) -> Proposal {
    Proposal {
        id: ProposalId(id(n)),
        process: ProcessId(id(900)),
        place: kato(DISTRICT),
        author: Some(AccountId(id(700))),
        author_name: "Айгүл".to_owned(),
        assessor: None,
        assessor_name: String::new(),
        state,
        number,
        ballot_number: None,
        envelope: if n.is_multiple_of(2) { "town" } else { "okrug" }.to_owned(),
        category: "play".to_owned(),
        lang: Lang::Ru,
        title: Text::new("", format!("Детская площадка №{n} у школы"), ""),
        need: Text::default(),
        body: Text::default(),
        site: Text::default(),
        point: None,
        estimates: vec![Estimate {
            amount: Money::from_tiyn(i64::try_from(n).unwrap_or_default() * 100),
            by: String::new(),
            reason: String::new(),
            at: at(1),
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
        created_at: at(1),
        submitted_at: None,
        updated_at: at(2),
    }
}

fn change(change: ProposalChange) -> Change {
    Change::Proposal(Box::new(change))
}

async fn list(
    store: &dyn Store,
    filter: &ProposalFilter,
    order: ProposalOrder,
    part: Part,
) -> (Vec<u64>, u64) {
    let (items, total) = ok(store.list_proposals(filter, order, part).await);
    (items.iter().map(|item| u64::from(item.number.unwrap_or_default())).collect(), total)
}

/// Nine proposals of one process.
async fn nine(store: &dyn Store) -> (ProcessId, Vec<Proposal>) {
    let process = process(900, DISTRICT, "b-2026", 2026);
    let mut batch = vec![add_process(&process)];
    let all: Vec<Proposal> = (1..=9_u32)
        .map(|n| proposal(n.into(), Some(n), if n < 4 { State::Submitted } else { State::Feasible }))
        .collect();
    batch.extend(all.iter().map(|new| change(ProposalChange::Add(new.clone()))));
    ok(store.apply(batch).await);
    (process.id, all)
}

/// Kept whole; numbers are taken once.
pub async fn proposals_are_kept(store: &dyn Store) {
    let (process, all) = nine(store).await;
    assert_eq!(ok(store.find_proposal(all[4].id).await).as_ref(), Some(&all[4]));
    assert_eq!(ok(store.find_proposal_by_number(process, 5).await).as_ref(), Some(&all[4]));
    assert_eq!(ok(store.find_proposal_by_number(process, 55).await), None);
    assert_eq!(ok(store.last_proposal_number(process).await), 9);
    let twin = change(ProposalChange::Add(proposal(77, Some(5), State::Submitted)));
    refused(store.apply(vec![twin]).await, &Conflict::Exists("proposal"));
    let counts = ok(store.count_proposals(process).await);
    assert_eq!(counts.iter().map(|count| count.n).sum::<u64>(), 9);
    assert_eq!(counts.iter().map(|count| count.cost.tiyn()).sum::<i64>(), 4_500);
}

/// Filters, orders and parts hold; an order by chance is the same for the same seed.
pub async fn proposals_are_found(store: &dyn Store) {
    let (process, _) = nine(store).await;
    let own = ProposalFilter { process: Some(process), ..ProposalFilter::default() };
    let (numbers, total) = list(store, &own, ProposalOrder::Newest, Part { limit: 2, offset: 1 }).await;
    assert_eq!((numbers, total), (vec![8, 7], 9));
    let (by_chance, _) = list(store, &own, ProposalOrder::Chance(77), Part::ALL).await;
    let (again, _) = list(store, &own, ProposalOrder::Chance(77), Part::ALL).await;
    assert_eq!(by_chance, again);
    let mut sorted = by_chance.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=9).collect::<Vec<_>>());
    let narrow = ProposalFilter {
        envelope: Some("town".to_owned()),
        states: vec![State::Feasible],
        words: Some("ПЛОЩАДКА школы %".to_owned()),
        author: Some(AccountId(id(700))),
        ..own.clone()
    };
    assert_eq!(list(store, &narrow, ProposalOrder::Number, Part::ALL).await, (vec![4, 6, 8], 3));
    let nothing = ProposalFilter { words: Some("мост".to_owned()), ..own };
    assert_eq!(list(store, &nothing, ProposalOrder::Ballot, Part::ALL).await, (vec![], 0));
}

/// A proposal changes by its counter; a draft alone can be thrown away; its moves stay.
pub async fn proposals_change_by_counter(store: &dyn Store) {
    let draft = proposal(1, None, State::Draft);
    let update = |proposal: &Proposal| vec![change(ProposalChange::Update(proposal.clone()))];
    ok(store.apply(vec![change(ProposalChange::Add(draft.clone()))]).await);
    let handed = Proposal {
        state: State::InAssessment,
        number: Some(1),
        assessor: Some(AccountId(id(701))),
        assessor_name: "Отдел ЖКХ".to_owned(),
        due_at: Some(at(50)),
        edit: 2,
        ..draft.clone()
    };
    ok(store.apply(update(&handed)).await);
    refused(store.apply(update(&handed)).await, &Conflict::Stale("proposal"));
    refused(
        store.apply(vec![change(ProposalChange::Remove(draft.id, 2))]).await,
        &Conflict::Stale("proposal"),
    );
    let due = ProposalFilter { due_before: Some(at(51)), ..ProposalFilter::default() };
    assert_eq!(list(store, &due, ProposalOrder::Due, Part::ALL).await, (vec![1], 1));
    let load = Workload {
        assessor: AccountId(id(701)),
        name: "Отдел ЖКХ".to_owned(),
        n_open: 1,
        due_at: Some(at(50)),
    };
    assert_eq!(ok(store.list_workloads(draft.process).await), [load]);
    let moved = ProposalMove {
        proposal: draft.id,
        from: State::Draft,
        to: State::Submitted,
        code: String::new(),
        words: "слова".to_owned(),
        by: String::new(),
        at: at(3),
    };
    ok(store.apply(vec![change(ProposalChange::Move(moved.clone()))]).await);
    assert_eq!(ok(store.list_proposal_moves(draft.id).await), [moved]);
    let other = proposal(2, None, State::Draft);
    ok(store.apply(vec![change(ProposalChange::Add(other.clone()))]).await);
    ok(store.apply(vec![change(ProposalChange::Remove(other.id, 1))]).await);
    assert_eq!(ok(store.find_proposal(other.id).await), None);
}

/// A person supports once, and a change of the proposal does not lose it.
pub async fn people_stand_by_proposals(store: &dyn Store) {
    let first = proposal(1, Some(1), State::Submitted);
    ok(store.apply(vec![change(ProposalChange::Add(first.clone()))]).await);
    let person = |n: u64, tie| ProposalPerson {
        proposal: first.id,
        account: AccountId(id(n)),
        tie,
        name: format!("Болат {n}"),
        at: at(i64::try_from(n).unwrap_or_default()),
    };
    let support = || change(ProposalChange::Bind(person(5, Tie::Supporter)));
    ok(store.apply(vec![support(), support(), change(ProposalChange::Bind(person(6, Tie::Invited)))]).await);
    ok(store.apply(vec![support()]).await);
    let next = Proposal { edit: 2, n_support: 99, ..first.clone() };
    ok(store.apply(vec![change(ProposalChange::Update(next))]).await);
    let stored = ok(store.find_proposal(first.id).await);
    assert_eq!(stored.map(|stored| (stored.edit, stored.n_support)), Some((2, 1)));
    let people = ok(store.list_proposal_people(first.id).await);
    assert_eq!(people, [person(5, Tie::Supporter), person(6, Tie::Invited)]);
    let own = ProposalFilter { author: Some(AccountId(id(6))), ..ProposalFilter::default() };
    assert_eq!(list(store, &own, ProposalOrder::Number, Part::ALL).await.1, 1);
    let end = || change(ProposalChange::Unbind(first.id, AccountId(id(5)), Tie::Supporter));
    ok(store.apply(vec![end(), end()]).await);
    let stored = ok(store.find_proposal(first.id).await);
    assert_eq!(stored.map(|stored| stored.n_support), Some(0));
}
