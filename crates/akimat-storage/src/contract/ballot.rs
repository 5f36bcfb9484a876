//! Promises about ballots.

use super::build::{OKRUG, at, day, id, kato};
use super::{ok, refused};
use crate::ballot::{
    BallotBox, BallotChange, BallotChannel, BallotCounts, BallotFile, BallotProject, BoxState, PaperBallot,
    PaperState, SealedBallot, Traits, Voter,
};
use crate::{Change, Conflict, LogEntry, Store};
use akimat_core::{AccountId, ProcessId, ProjectId, ProposalId};

fn process(n: u64) -> ProcessId {
    ProcessId(id(n))
}

fn change(change: BallotChange) -> Change {
    Change::Ballot(Box::new(change))
}

fn new_box(n: u64) -> BallotBox {
    BallotBox {
        process: process(n),
        place: kato(OKRUG),
        salt: vec![7; 32],
        state: BoxState::Open,
        latest_at: at(0),
        frozen_at: None,
        published_at: None,
    }
}

fn ballot(n: u8, version: u32) -> SealedBallot {
    SealedBallot {
        process: process(1),
        pseudonym: [n; 32],
        sealed: vec![n, 0, 255, u8::try_from(version).unwrap_or(0)],
        counted: n.is_multiple_of(2),
        version,
    }
}

fn voter(n: u8, channel: BallotChannel) -> Voter {
    Voter {
        process: process(1),
        voter: [100 + n; 32],
        account: (n != 9).then(|| AccountId(id(900 + u64::from(n)))),
        channel,
        counted: n.is_multiple_of(2),
        at: at(i64::from(n / 4) * 3600),
        traits: Traits { area: Some(kato(OKRUG)), age_band: "30-44".to_owned(), sex: String::new() },
        reminded: 0,
    }
}

fn paper(n: u64) -> PaperBallot {
    PaperBallot {
        id: id(50 + n),
        process: process(1),
        number: format!("Б-{n}"),
        pseudonym: [77; 32],
        voter: [78; 32],
        account: None,
        traits: Traits { area: None, age_band: String::new(), sex: "female".to_owned() },
        sealed: vec![1, 2, 3],
        state: PaperState::Waiting,
        made_by: Some(AccountId(id(990))),
        made_at: at(i64::try_from(n).unwrap_or(0)),
        ended_by: None,
        ended_at: None,
    }
}

fn file(envelope: &str, kind: &str) -> BallotFile {
    BallotFile {
        process: process(1),
        envelope: envelope.to_owned(),
        kind: kind.to_owned(),
        sha256: [3; 32],
        body: vec![0, 159, 10],
        at: at(99),
    }
}

/// A ballot changes by version while the box is open: two devices at once are one ballot, and none comes later.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn ballots_change_until_the_box_is_frozen(store: &dyn Store) {
    refused(
        store.apply(vec![change(BallotChange::Keep(ballot(1, 1)))]).await,
        &Conflict::Stale("ballot box"),
    );
    ok(store.apply(vec![change(BallotChange::Open(new_box(1)))]).await);
    let other = BallotBox { salt: vec![8; 32], ..new_box(1) };
    ok(store.apply(vec![change(BallotChange::Open(other))]).await);
    assert_eq!(ok(store.find_ballot_box(process(1)).await), Some(new_box(1)));
    assert_eq!(ok(store.list_open_ballot_boxes().await), [new_box(1)]);
    for n in [1, 2, 3] {
        ok(store.apply(vec![change(BallotChange::Keep(ballot(n, 1)))]).await);
    }
    ok(store.apply(vec![change(BallotChange::Keep(ballot(2, 2)))]).await);
    for late in [ballot(2, 1), ballot(2, 2), ballot(2, 4), ballot(9, 2)] {
        refused(store.apply(vec![change(BallotChange::Keep(late))]).await, &Conflict::Stale("ballot"));
    }
    assert_eq!(ok(store.find_ballot(process(1), [2; 32]).await), Some(ballot(2, 2)));
    assert_eq!(ok(store.find_ballot(process(2), [2; 32]).await), None);
    let first = ok(store.list_ballots(process(1), None, 2).await);
    assert_eq!(first, [ballot(1, 1), ballot(2, 2)]);
    assert_eq!(ok(store.list_ballots(process(1), Some([2; 32]), 2).await), [ballot(3, 1)]);
    ok(store
        .apply(vec![
            change(BallotChange::See(process(1), at(50))),
            change(BallotChange::See(process(1), at(40))),
        ])
        .await);
    ok(store.apply(vec![change(BallotChange::Freeze(process(1), at(60)))]).await);
    let frozen = ok(store.find_ballot_box(process(1)).await);
    let due = BallotBox { state: BoxState::Frozen, latest_at: at(60), frozen_at: Some(at(60)), ..new_box(1) };
    assert_eq!(frozen, Some(due));
    for late in [BallotChange::Keep(ballot(2, 3)), BallotChange::AddPaper(paper(1))] {
        refused(store.apply(vec![change(late)]).await, &Conflict::Stale("ballot box"));
    }
    refused(
        store.apply(vec![change(BallotChange::Freeze(process(1), at(61)))]).await,
        &Conflict::Stale("ballot box"),
    );
}

/// A ballot that is handed in comes with its voter and its leaf: all three, or none of them.
pub async fn a_ballot_is_taken_whole_or_not_at_all(store: &dyn Store) {
    let leaf = |n: u8| {
        Change::AddLogEntry(LogEntry {
            kind: "ballot_taken".to_owned(),
            subject: "process/1".to_owned(),
            at: at(70),
            hash: [n; 32],
            leaf: format!("{{\"n\":{n}}}"),
        })
    };
    let taken = |n: u8, version: u32, at: u8| {
        let voter = voter(n, BallotChannel::Online);
        let ballot = change(BallotChange::Keep(ballot(n, version)));
        store.apply(vec![ballot, change(BallotChange::PutVoter(voter)), leaf(at)])
    };
    let box_ = Conflict::Stale("ballot box");
    refused(taken(2, 1, 1).await, &box_);
    ok(store.apply(vec![change(BallotChange::Open(new_box(1)))]).await);
    ok(taken(2, 1, 2).await);
    refused(taken(2, 1, 3).await, &Conflict::Stale("ballot"));
    refused(taken(4, 2, 4).await, &Conflict::Stale("ballot"));
    ok(taken(2, 2, 5).await);
    ok(taken(6, 1, 6).await);
    ok(store.apply(vec![change(BallotChange::Freeze(process(1), at(60)))]).await);
    refused(taken(8, 1, 7).await, &box_);
    assert_eq!(ok(store.find_ballot(process(1), [2; 32]).await), Some(ballot(2, 2)));
    assert_eq!(ok(store.list_ballots(process(1), None, 9).await).len(), 2);
    assert_eq!(ok(store.find_voter(process(1), [102; 32]).await), Some(voter(2, BallotChannel::Online)));
    assert_eq!(ok(store.count_voters(process(1)).await).n_counted, 2);
    let leaves = ok(store.list_pending_log_entries(10).await);
    assert_eq!(leaves.iter().map(|leaf| leaf.entry.hash[0]).collect::<Vec<_>>(), [2, 5, 6]);
}

/// Who takes part is counted; what anybody chose is in no answer.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn voters_are_counted(store: &dyn Store) {
    let all = [1, 2, 3, 4, 6, 9].map(|n| {
        let channel = if n == 6 { BallotChannel::Paper } else { BallotChannel::Online };
        change(BallotChange::PutVoter(voter(n, channel)))
    });
    ok(store.apply(all.into()).await);
    let counts = BallotCounts { n_counted: 3, n_saved: 3, n_paper: 1 };
    assert_eq!(ok(store.count_voters(process(1)).await), counts);
    assert_eq!(ok(store.count_voters_by_hour(process(1)).await), [(at(0), 1), (at(3600), 2)]);
    let traits = voter(1, BallotChannel::Online).traits;
    assert_eq!(ok(store.count_voters_by_traits(process(1)).await), [(traits, 3)]);
    let mine = ok(store.list_votes_of(AccountId(id(902))).await);
    assert_eq!(mine, [voter(2, BallotChannel::Online)]);
    let one = BallotChange::Remind { process: process(1), voter: [101; 32], number: 1 };
    ok(store.apply(vec![change(one.clone())]).await);
    refused(store.apply(vec![change(one)]).await, &Conflict::Stale("voter"));
    let unfinished = ok(store.list_unfinished(process(1), 1, 10).await);
    assert_eq!(unfinished, [voter(3, BallotChannel::Online)]);
    assert_eq!(ok(store.list_unfinished(process(1), 2, 10).await).len(), 2);
    // A later act keeps the reminders.
    let again = Voter { counted: true, ..voter(1, BallotChannel::Online) };
    ok(store.apply(vec![change(BallotChange::PutVoter(again.clone()))]).await);
    let found = ok(store.find_voter(process(1), [101; 32]).await);
    assert_eq!(found, Some(Voter { reminded: 1, ..again }));
    let late = || change(BallotChange::Refuse(process(1), day("2026-11-20"), "late"));
    let other = change(BallotChange::Refuse(process(1), day("2026-11-21"), "late"));
    let early = change(BallotChange::Refuse(process(1), day("2026-11-21"), "early"));
    ok(store.apply(vec![late(), late(), other, early]).await);
    let refusals = ok(store.count_refusals(process(1)).await);
    assert_eq!(refusals, [("early".to_owned(), 1), ("late".to_owned(), 3)]);
}

/// A form is entered once and ended once.
pub async fn paper_ballots_are_ended_once(store: &dyn Store) {
    ok(store.apply(vec![change(BallotChange::Open(new_box(1)))]).await);
    ok(store.apply([1, 2].map(|n| change(BallotChange::AddPaper(paper(n)))).into()).await);
    let twice = PaperBallot { id: id(70), ..paper(2) };
    refused(
        store.apply(vec![change(BallotChange::AddPaper(twice))]).await,
        &Conflict::Exists("paper ballot"),
    );
    assert_eq!(ok(store.list_paper_ballots(process(1)).await), [paper(2), paper(1)]);
    let by = AccountId(id(991));
    let end = |confirmed| BallotChange::EndPaper { id: id(51), confirmed, by, at: at(5) };
    ok(store.apply(vec![change(end(true))]).await);
    refused(store.apply(vec![change(end(false))]).await, &Conflict::Stale("paper ballot"));
    let due = PaperBallot {
        state: PaperState::Confirmed,
        sealed: Vec::new(),
        ended_by: Some(by),
        ended_at: Some(at(5)),
        ..paper(1)
    };
    assert_eq!(ok(store.find_paper_ballot(id(51)).await), Some(due));
}

/// The link between person and choice is cut in one step; of two counts one is kept.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn the_link_is_cut_and_one_count_is_kept(store: &dyn Store) {
    let mut batch = vec![change(BallotChange::Open(new_box(1)))];
    batch.extend([1, 2].map(|n| change(BallotChange::Keep(ballot(n, 1)))));
    batch.extend([1, 2].map(|n| change(BallotChange::PutVoter(voter(n, BallotChannel::Online)))));
    batch.push(change(BallotChange::AddPaper(paper(1))));
    ok(store.apply(batch).await);
    let stale = &Conflict::Stale("ballot box");
    let cut = || change(BallotChange::Cut(process(1), vec![file("a", "pb"), file("", "receipts")]));
    refused(store.apply(vec![cut()]).await, stale);
    ok(store.apply(vec![change(BallotChange::Freeze(process(1), at(60)))]).await);
    ok(store.apply(vec![cut()]).await);
    refused(store.apply(vec![cut()]).await, stale);
    let found = ok(store.find_ballot_box(process(1)).await).expect("the box");
    assert_eq!((found.state, found.salt), (BoxState::Cut, Vec::new()));
    assert_eq!(ok(store.list_ballots(process(1), None, 10).await), []);
    assert_eq!(ok(store.list_paper_ballots(process(1)).await), []);
    assert_eq!(ok(store.list_open_ballot_boxes().await), []);
    let left = ok(store.find_voter(process(1), [102; 32]).await).expect("who voted is kept");
    assert_eq!(left.traits, Traits::default());
    assert_eq!(ok(store.find_voter(process(1), [101; 32]).await), None, "who did not hand in is not kept");
    let count = || change(BallotChange::Count(process(1), vec![file("a", "trace")]));
    ok(store.apply(vec![count()]).await);
    refused(store.apply(vec![count()]).await, stale);
    ok(store.apply(vec![change(BallotChange::Publish(process(1), at(70)))]).await);
    let listed = ok(store.list_ballot_files(process(1)).await);
    let bare = |envelope, kind| BallotFile { body: Vec::new(), ..file(envelope, kind) };
    assert_eq!(listed, [bare("", "receipts"), bare("a", "pb"), bare("a", "trace")]);
    assert_eq!(ok(store.find_ballot_file(process(1), "a", "pb").await), Some(file("a", "pb")));
    assert_eq!(ok(store.find_ballot_file(process(1), "b", "pb").await), None);
    let link = BallotProject {
        proposal: ProposalId(id(5)),
        process: process(1),
        project: ProjectId(id(6)),
        at: at(80),
    };
    ok(store.apply(vec![change(BallotChange::Link(link))]).await);
    refused(
        store.apply(vec![change(BallotChange::Link(link))]).await,
        &Conflict::Exists("project of the proposal"),
    );
    assert_eq!(ok(store.list_ballot_projects(process(1)).await), [link]);
    assert_eq!(ok(store.find_ballot_project(ProjectId(id(6))).await), Some(link));
}
