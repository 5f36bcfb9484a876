//! Promises about scenarios of programmes.

use super::build::{DISTRICT, OKRUG, OTHER, at, id, kato};
use super::{ok, refused};
use crate::programme::{
    ProgrammeComment, ProgrammeDraft, ProgrammeDraftChange, ProgrammeHead, ProgrammeScenario, ProgrammeState,
};
use crate::{Change, Conflict, Store};
use akimat_core::{AccountId, DecisionId, JobId};

fn scenario(n: u64, place: u32) -> ProgrammeScenario {
    let whole = n.is_multiple_of(2);
    ProgrammeScenario {
        head: ProgrammeHead {
            id: id(n),
            place: kato(place),
            title: format!("Бағдарлама {n}"),
            first_year: 2027,
            n_years: 5,
            state: if whole { ProgrammeState::Solved } else { ProgrammeState::Draft },
            edit: 1,
            invented: whole,
            objective: whole.then_some(i64::MAX),
            bound: whole.then_some(i64::MAX),
            parent: whole.then(|| id(n - 1)),
            job: whole.then(|| JobId(id(800 + n))),
            decision: None,
            created_by: AccountId(id(700)),
            created_by_name: "Отдел экономики".to_owned(),
            created_at: at(1),
            updated_at: at(i64::try_from(n).unwrap_or(0)),
        },
        request: "{\"format\":\"akimat-programme/1\",\"сөз\":\"ә\"}".to_owned(),
        solution: if whole { "{}".to_owned() } else { String::new() },
        record: String::new(),
    }
}

fn add(scenario: &ProgrammeScenario) -> Change {
    Change::AddProgramme(Box::new(scenario.clone()))
}

fn update(scenario: &ProgrammeScenario) -> Change {
    Change::UpdateProgramme(Box::new(scenario.clone()))
}

fn said(n: u64, programme: u64, second: i64) -> ProgrammeComment {
    ProgrammeComment {
        id: id(n),
        programme: id(programme),
        voice: "commission".to_owned(),
        account: AccountId(id(700)),
        by: "Бюджет комиссиясы".to_owned(),
        at: at(second),
        body: "Алдымен су".to_owned(),
    }
}

/// Kept whole; listed by territory, the last changed first.
pub async fn scenarios_are_kept(store: &dyn Store) {
    let all = [scenario(1, DISTRICT), scenario(2, OTHER), scenario(3, OKRUG), scenario(4, DISTRICT)];
    ok(store.apply(all.iter().map(add).collect()).await);
    for one in &all {
        assert_eq!(ok(store.find_programme(one.head.id).await).as_ref(), Some(one));
    }
    assert_eq!(ok(store.find_programme(id(9)).await), None);
    let heads =
        |places: &[usize]| -> Vec<ProgrammeHead> { places.iter().map(|at| all[*at].head.clone()).collect() };
    assert_eq!(ok(store.list_programmes(Some(kato(DISTRICT)), 10).await), heads(&[3, 2, 0]));
    assert_eq!(ok(store.list_programmes(None, 10).await), heads(&[3, 2, 1, 0]));
    assert_eq!(ok(store.list_programmes(None, 2).await), heads(&[3, 2]));
    refused(store.apply(vec![add(&all[0])]).await, &Conflict::Exists("programme"));
}

/// A scenario changes by its counter; one decision has one scenario.
pub async fn scenarios_change_by_counter(store: &dyn Store) {
    let first = scenario(1, DISTRICT);
    refused(store.apply(vec![update(&first)]).await, &Conflict::Missing("programme"));
    ok(store.apply(vec![add(&first), add(&scenario(3, DISTRICT))]).await);
    let mut decided = first.clone();
    decided.head.edit = 2;
    decided.head.state = ProgrammeState::Published;
    decided.head.decision = Some(DecisionId(id(600)));
    decided.record = "{\"plan\":[]}".to_owned();
    ok(store.apply(vec![update(&decided)]).await);
    refused(store.apply(vec![update(&decided)]).await, &Conflict::Stale("programme"));
    let found = ok(store.find_programme_of_decision(DecisionId(id(600))).await);
    assert_eq!(found.as_ref(), Some(&decided));
    assert_eq!(ok(store.find_programme_of_decision(DecisionId(id(601))).await), None);
    let mut other = scenario(3, DISTRICT);
    other.head.edit = 2;
    other.head.decision = Some(DecisionId(id(600)));
    refused(store.apply(vec![update(&other)]).await, &Conflict::Exists("programme"));
}

/// Comments stay in order; a removed scenario takes them along; only the one that was seen is removed.
pub async fn comments_go_with_their_scenario(store: &dyn Store) {
    let comment = |n, programme, second| Change::AddProgrammeComment(said(n, programme, second));
    refused(store.apply(vec![comment(1, 1, 1)]).await, &Conflict::Missing("programme"));
    ok(store.apply(vec![add(&scenario(1, DISTRICT)), comment(2, 1, 2), comment(1, 1, 1)]).await);
    let kept = ok(store.list_programme_comments(id(1)).await);
    assert_eq!(kept, [said(1, 1, 1), said(2, 1, 2)]);
    refused(store.apply(vec![Change::RemoveProgramme(id(1), 7)]).await, &Conflict::Stale("programme"));
    refused(store.apply(vec![Change::RemoveProgramme(id(2), 1)]).await, &Conflict::Missing("programme"));
    ok(store.apply(vec![Change::RemoveProgramme(id(1), 1)]).await);
    assert_eq!(ok(store.find_programme(id(1)).await), None);
    assert_eq!(ok(store.list_programme_comments(id(1)).await), []);
}

fn draft(n: u64, number: u32, second: i64) -> ProgrammeDraft {
    ProgrammeDraft {
        id: id(n),
        programme: id(1),
        place: kato(DISTRICT),
        title: "Бағдарлама".to_owned(),
        number,
        words: "Пікіріңізді айтыңыз".to_owned(),
        opened_by: Some(AccountId(id(700))),
        opened_by_name: "Әкім".to_owned(),
        opened_at: at(second),
        closes_at: at(second + 100),
        ended_at: None,
        invented: true,
    }
}

/// A draft is kept with its document, byte for byte; it is ended once.
pub async fn drafts_are_put_out_and_ended(store: &dyn Store) {
    let change = |change| vec![Change::ProgrammeDraft(Box::new(change))];
    let open = |draft: &ProgrammeDraft, document: &str| {
        change(ProgrammeDraftChange::Open(draft.clone(), document.to_owned()))
    };
    let [first, second] = [draft(1, 1, 1), draft(2, 2, 200)];
    ok(store.apply(open(&first, "{\"ә\":1}")).await);
    ok(store.apply(open(&second, "{}")).await);
    refused(store.apply(open(&draft(3, 2, 300), "{}")).await, &Conflict::Exists("programme_draft"));
    let found = ok(store.find_programme_draft(first.id).await);
    assert_eq!(found, Some((first.clone(), "{\"ә\":1}".to_owned())));
    assert_eq!(ok(store.find_programme_draft(id(9)).await), None);
    let listed = ok(store.list_programme_drafts(Some(kato(DISTRICT)), 10).await);
    assert_eq!(listed, [second.clone(), first.clone()]);
    assert_eq!(ok(store.list_programme_drafts(Some(kato(OTHER)), 10).await), []);
    assert_eq!(ok(store.list_drafts_of_programme(id(1)).await), [first.clone(), second]);
    ok(store.apply(change(ProgrammeDraftChange::End(first.id, at(50)))).await);
    refused(
        store.apply(change(ProgrammeDraftChange::End(first.id, at(51)))).await,
        &Conflict::Missing("programme_draft"),
    );
    let ended = ok(store.find_programme_draft(first.id).await).map(|(draft, _)| draft.ended_at);
    assert_eq!(ended, Some(Some(at(50))));
    assert!(first.is_open(at(100)) && !first.is_open(at(101)), "the last instant is not in it");
}
