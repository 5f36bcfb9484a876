//! Ballots: one person one ballot, whatever is clicked and whenever; what nobody can find out; the end of the vote.

use crate::village::{DISTRICT, Village, kato, tenge};
use akimat_app::ballot::close::Drawn;
use akimat_app::ballot::invented::InventedBallot;
use akimat_app::ballot::paper::PaperEntry;
use akimat_app::ballot::{BallotAct, Setting, commitment};
use akimat_app::person::verify::DeskEntry;
use akimat_app::secret::PlatformKey;
use akimat_app::{App, AppError};
use akimat_core::{Lang, ProcessId, ProposalId, Text};
use akimat_participation::Ballot;
use akimat_participation::ballot::{Mark, Standing};
use akimat_participation::process::{
    BallotForm, BallotRules, Conflicting, CountMethod, CountRule, Envelope, Formula, Needs, Paper, Phase,
    Process, ProposalRules, Reach, Term, Weight,
};
use akimat_participation::proposal::{Estimate, Proposal, State};
use akimat_storage::ballot::{BoxState, Traits};
use akimat_storage::{Change, ProcessChange, ProposalChange};
use uuid::Uuid;

pub(crate) const NUMBERS: [(&str, &str); 2] = [("resident", "850312200016"), ("neighbour", "871104200011")];
pub(crate) const HOUR: i64 = 3_600;

pub(crate) struct Vote {
    pub(crate) village: Village,
    pub(crate) app: App,
    pub(crate) setting: Setting,
}

pub(crate) fn process(village: &Village, form: BallotForm) -> Process {
    let now = village.app.now();
    let term = |phase, opens: i64, closes: i64| Term {
        phase,
        opens_at: now + jiff::SignedDuration::from_secs(opens),
        closes_at: now + jiff::SignedDuration::from_secs(closes),
    };
    let envelope = |code: &str| Envelope {
        code: code.to_owned(),
        title: Text::same(code),
        amount: tenge(100),
        place: None,
        weight: Weight::default(),
    };
    let ballot = BallotRules {
        form,
        envelopes_max: None,
        changeable: true,
        saved_counts: true,
        paper: Paper::Replaces,
        one_time: true,
    };
    let rule = CountRule {
        method: CountMethod::EqualShares,
        completion: "add1u".to_owned(),
        utility: "cost".to_owned(),
        min_votes: None,
        comparison: false,
        conflicting: Conflicting::FirstWins,
    };
    let proposals = ProposalRules {
        per_author: 3,
        co_authors_max: 2,
        supporters_min: 0,
        correction_days: 5,
        assessment_days: 20,
        appeal_days: 7,
    };
    Process {
        id: ProcessId(Uuid::now_v7()),
        place: kato(DISTRICT),
        code: "vote".to_owned(),
        year: 2027,
        title: Text::same("Дауыс"),
        summary: Text::same("x"),
        template: "equal-shares".to_owned(),
        invented: true,
        phase: Phase::Ballot,
        suspended: None,
        calendar: vec![term(Phase::Ballot, -10, HOUR), term(Phase::Count, HOUR, 2 * HOUR)],
        envelopes: vec![envelope("a"), envelope("b")],
        formula: Formula::Stated,
        voters: Needs { level: 3, min_age: Some(18), reach: Reach::District },
        proposers: Needs::default(),
        ballot,
        rule,
        cap: None,
        categories: Vec::new(),
        proposals,
        documents: Vec::new(),
        basis: Text::default(),
        draw: None,
        assemblies: Vec::new(),
        need_facts: Vec::new(),
        edit: 1,
        created_at: now,
        updated_at: now,
    }
}

pub(crate) fn proposal(process: &Process, number: u32, envelope: &str, cost: i64) -> Proposal {
    Proposal {
        id: ProposalId(Uuid::now_v7()),
        process: process.id,
        place: process.place,
        author: None,
        author_name: String::new(),
        assessor: None,
        assessor_name: String::new(),
        state: State::OnBallot,
        number: Some(100 + number),
        ballot_number: Some(number),
        envelope: envelope.to_owned(),
        category: String::new(),
        lang: Lang::Kk,
        title: Text::same(format!("Жоба; \"{number}\"")),
        need: Text::same("x"),
        body: Text::same("x"),
        site: Text::same("x"),
        point: None,
        estimates: vec![Estimate {
            amount: tenge(cost),
            by: String::new(),
            reason: String::new(),
            at: process.created_at,
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
        created_at: process.created_at,
        submitted_at: Some(process.created_at),
        updated_at: process.created_at,
    }
}

impl Vote {
    /// Projects 1 to 4 in the envelope `a` (100) for 40, 50, 60, 10, and 5 and 6 in `b` (100) for 30, 80.
    pub(crate) async fn open(form: BallotForm) -> Self {
        let village = Village::open().await;
        let app = village.app.clone().with_key(PlatformKey::new([7; 32]));
        let app = app.with_ballot_key(PlatformKey::new([8; 32]));
        let process = process(&village, form);
        let costs = [("a", 40), ("a", 50), ("a", 60), ("a", 10), ("b", 30), ("b", 80)];
        let mut batch = vec![Change::Process(Box::new(ProcessChange::Add(process.clone())))];
        for (number, (envelope, cost)) in (1..).zip(costs) {
            let new = proposal(&process, number, envelope, cost);
            batch.push(Change::Proposal(Box::new(ProposalChange::Add(new))));
        }
        village.store.apply(batch).await.unwrap();
        for (login, iin) in NUMBERS {
            let entry = DeskEntry {
                iin: iin.to_owned(),
                place: Some(kato(DISTRICT)),
                born_on: None,
                document: "id_card".to_owned(),
            };
            let person = village.actor(login).unwrap().id;
            let waiting = app.verify_at_desk(village.actor("clerk"), person, &entry).await.unwrap();
            app.confirm_verification(village.actor("second-clerk"), waiting.id).await.unwrap();
        }
        let setting = app.ballot_setting("vote").await.unwrap();
        Self { village, app, setting }
    }

    pub(crate) fn id(&self, number: u32) -> ProposalId {
        self.setting.numbered(number).unwrap().id
    }

    async fn mark(&self, login: &str, act: BallotAct) -> akimat_app::Result<Standing> {
        let done = self.app.mark_ballot(self.village.actor(login), &self.setting, &act).await;
        done.map(|mine| mine.standing)
    }

    async fn add(&self, login: &str, number: u32) -> akimat_app::Result<Standing> {
        self.mark(login, BallotAct::Add(self.id(number))).await
    }

    async fn submit(&self, login: &str) -> akimat_app::Result<String> {
        let done = self.app.submit_ballot(self.village.actor(login), &self.setting).await?;
        Ok(done.kept.submitted.unwrap().receipt.code().to_owned())
    }

    pub(crate) async fn n_counted(&self) -> u64 {
        self.app.read().count_voters(self.setting.process.id).await.unwrap().n_counted
    }

    pub(crate) async fn file(&self, envelope: &str, kind: &str) -> String {
        let found = self.app.read().find_ballot_file(self.setting.process.id, envelope, kind).await;
        String::from_utf8(found.unwrap().unwrap().body).unwrap()
    }

    async fn state(&self) -> Option<BoxState> {
        self.app.read().find_ballot_box(self.setting.process.id).await.unwrap().map(|found| found.state)
    }
}

pub(crate) fn key(error: &AppError) -> &'static str {
    match error {
        AppError::Invalid(faults) => faults[0].key,
        other => other.key(),
    }
}

pub(crate) const APPROVAL: BallotForm = BallotForm::Approval { min: 1, max: 2 };

#[tokio::test]
async fn a_ballot_is_saved_counted_changed_and_withdrawn() {
    let vote = Vote::open(APPROVAL).await;
    let resident = vote.village.actor("resident");
    let mine = vote.app.my_ballot(resident, &vote.setting).await.unwrap();
    assert_eq!(mine.standing, Standing::NotStarted);
    assert_eq!(vote.add("resident", 1).await.unwrap(), Standing::Saved { before: None });
    assert_eq!(vote.n_counted().await, 0, "saved is not counted");
    let first = vote.submit("resident").await.unwrap();
    assert_eq!(vote.submit("resident").await.unwrap(), first, "sent twice, one receipt");
    assert_eq!(vote.n_counted().await, 1);
    assert!(matches!(vote.add("resident", 2).await.unwrap(), Standing::Saved { before: Some(_) }));
    let full = vote.add("resident", 3).await.unwrap_err();
    assert_eq!(key(&full), "ballot-fault-too-many");
    let second = vote.submit("resident").await.unwrap();
    assert_ne!(second, first);
    assert_eq!(vote.n_counted().await, 1, "a changed ballot is one ballot");
    let gone = vote.app.withdraw_ballot(resident, &vote.setting).await.unwrap();
    assert_eq!((gone.standing, vote.n_counted().await), (Standing::Saved { before: None }, 0));
    vote.submit("resident").await.unwrap();
    let subject = format!("process/{}", vote.setting.process.id);
    let leaves = vote.app.read().list_log_entries_about(&subject, 50).await.unwrap();
    let kinds: Vec<&str> = leaves.iter().rev().map(|leaf| leaf.entry.kind.as_str()).collect();
    let taken = "ballot_taken";
    assert_eq!(kinds, ["ballot_opened", taken, taken, "ballot_withdrawn", taken]);
    let receipt = akimat_participation::ballot::Receipt::parse(&first).unwrap();
    assert!(leaves.iter().any(|leaf| leaf.entry.leaf.contains(&commitment(&vote.setting, &receipt))));
}

#[tokio::test]
async fn who_may_not_vote_is_told_why() {
    let vote = Vote::open(APPROVAL).await;
    for (login, due) in [("analyst", "forbidden"), ("clerk", "forbidden"), ("admin", "forbidden")] {
        assert_eq!(key(&vote.add(login, 1).await.unwrap_err()), due, "{login}");
    }
    let unknown = BallotAct::Add(ProposalId(Uuid::now_v7()));
    assert_eq!(key(&vote.mark("resident", unknown).await.unwrap_err()), "ballot-fault-unknown");
    assert_eq!(key(&vote.submit("resident").await.unwrap_err()), "ballot-fault-empty");
    vote.app
        .end_verification(
            vote.village.actor("clerk"),
            vote.app.read().list_verifications(vote.village.actor("neighbour").unwrap().id).await.unwrap()[0]
                .id,
            "x",
        )
        .await
        .unwrap();
    assert_eq!(key(&vote.add("neighbour", 1).await.unwrap_err()), "unmet");
}

#[tokio::test]
async fn two_devices_at_once_are_one_ballot() {
    let vote = Vote::open(BallotForm::Approval { min: 1, max: 4 }).await;
    let acts = (0..24_u32).map(|n| vote.add("resident", 1 + n % 6));
    let mut done = Vec::new();
    for act in acts {
        done.push(act);
    }
    let answers = futures_join(done).await;
    assert!(answers.iter().filter(|answer| answer.is_ok()).count() >= 6);
    let mine = vote.app.my_ballot(vote.village.actor("resident"), &vote.setting).await.unwrap();
    assert_eq!(mine.kept.working.marks.len(), 6);
    let receipts = futures_join((0..8).map(|_| vote.submit("resident")).collect()).await;
    let codes: std::collections::BTreeSet<String> = receipts.into_iter().flatten().collect();
    assert_eq!((codes.len(), vote.n_counted().await), (1, 1));
}

/// Carries futures out at the same time.
async fn futures_join<F: Future>(all: Vec<F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.into_iter().map(Box::pin).collect();
    let mut answers: Vec<Option<F::Output>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, answer) in all.iter_mut().zip(&mut answers) {
            if answer.is_none()
                && let std::task::Poll::Ready(found) = future.as_mut().poll(context)
            {
                *answer = Some(found);
            }
        }
        if answers.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    answers.into_iter().flatten().collect()
}

#[tokio::test]
async fn nothing_is_taken_one_second_after_nor_when_the_clock_goes_back() {
    let vote = Vote::open(APPROVAL).await;
    vote.add("resident", 1).await.unwrap();
    vote.village.wait(HOUR - 5);
    vote.submit("resident").await.unwrap();
    vote.village.wait(6);
    assert_eq!(key(&vote.add("resident", 2).await.unwrap_err()), "ballot-late");
    assert_eq!(key(&vote.submit("neighbour").await.unwrap_err()), "ballot-late");
    vote.village.wait(-HOUR);
    assert_eq!(key(&vote.add("resident", 2).await.unwrap_err()), "ballot-late", "it was over once");
    let refusals = vote.app.read().count_refusals(vote.setting.process.id).await.unwrap();
    assert_eq!(refusals, [("late".to_owned(), 3)]);
}

/// Whoever has the whole database and not the key finds no choice beside a person, before and after the cut.
#[tokio::test]
async fn staff_can_never_list_who_chose_what() {
    let vote = Vote::open(APPROVAL).await;
    for number in [1, 5] {
        vote.add("resident", number).await.unwrap();
    }
    let receipt = vote.submit("resident").await.unwrap();
    let person = vote.village.actor("resident").unwrap().id;
    let tables = format!("{:?}", vote.app.read().export_person(person).await.unwrap());
    for number in [1, 5] {
        assert!(!tables.contains(&vote.id(number).to_string()), "a choice stands beside its person");
    }
    assert!(!tables.contains(&receipt));
    let sealed = vote.app.read().list_ballots(vote.setting.process.id, None, 9).await.unwrap();
    for ballot in &sealed {
        let holds = |needle: &[u8]| ballot.sealed.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(person.0.as_bytes()) && !holds(vote.id(1).0.as_bytes()) && !holds(receipt.as_bytes()));
    }
    // With another key, as a thief of the database would have, nothing opens.
    let other = vote.app.clone().with_ballot_key(PlatformKey::new([9; 32]));
    let mine = other.my_ballot(vote.village.actor("resident"), &vote.setting).await.unwrap();
    assert_eq!(mine.standing, Standing::NotStarted, "another key finds nobody");
    vote.village.wait(2 * HOUR);
    vote.app.close_ballot(vote.village.actor("analyst"), &vote.setting).await.unwrap();
    assert!(vote.app.read().list_ballots(vote.setting.process.id, None, 9).await.unwrap().is_empty());
    let cut = vote.app.read().find_ballot_box(vote.setting.process.id).await.unwrap().unwrap();
    assert!(cut.salt.is_empty(), "the key material is gone");
    let who = vote.app.read().list_votes_of(person).await.unwrap();
    assert_eq!((who.len(), who[0].traits.clone()), (1, Traits::default()), "that one voted is kept, no more");
}

pub(crate) fn crowd(vote: &Vote) -> Vec<InventedBallot> {
    let choices: [&[u32]; 5] = [&[1, 4], &[1, 2], &[2, 5], &[3], &[5, 6]];
    (0..60_u64)
        .map(|person| InventedBallot {
            person,
            ballot: Ballot {
                marks: choices[usize::try_from(person % 5).unwrap()]
                    .iter()
                    .map(|number| Mark { project: vote.id(*number), points: 0 })
                    .collect(),
            },
            at: vote.app.now(),
            traits: Traits {
                area: Some(kato(DISTRICT)),
                age_band: if person < 3 { "18-29" } else { "45-59" }.to_owned(),
                sex: "female".to_owned(),
            },
            paper: false,
        })
        .collect()
}

#[tokio::test]
async fn a_vote_is_closed_counted_twice_and_published_once() {
    let vote = Vote::open(APPROVAL).await;
    let (app, analyst) = (&vote.app, vote.village.actor("analyst"));
    app.invent_ballots(&vote.setting, &crowd(&vote)).await.unwrap();
    vote.add("resident", 4).await.unwrap();
    let receipt = vote.submit("resident").await.unwrap();
    // Saved and within the rules: counts by the setting of the process.
    vote.add("neighbour", 4).await.unwrap();
    let early = app.close_ballot(analyst, &vote.setting).await.unwrap_err();
    assert_eq!(key(&early), "ballot-close-early");
    vote.village.wait(HOUR + 5);
    let stranger = app.close_ballot(vote.village.actor("stranger"), &vote.setting).await.unwrap_err();
    assert_eq!(key(&stranger), "forbidden");
    app.close_ballot(analyst, &vote.setting).await.unwrap();
    app.close_ballot(analyst, &vote.setting).await.unwrap();
    assert_eq!(vote.state().await, Some(BoxState::Cut));
    let pb = vote.file("a", "pb").await;
    assert!(pb.contains("num_votes;50\n"), "{pb}");
    assert!(!pb.contains(&receipt));
    assert!(vote.file("", "receipts").await.contains(&receipt));
    assert_eq!(vote.file("", "receipts").await.lines().count(), 61, "the saved one has no receipt");
    let turnout: serde_json::Value = serde_json::from_str(&vote.file("", "turnout").await).unwrap();
    assert_eq!(turnout["age"]["18-29"], serde_json::Value::Null, "three people are not told");
    let setting = app.ballot_setting("vote").await.unwrap();
    assert_eq!(setting.process.phase, Phase::Count);
    let none = Drawn { seed: " ".to_owned(), source: String::new() };
    assert_eq!(key(&app.count_ballots(analyst, &setting, &none).await.unwrap_err()), "field-required");
    let drawn = Drawn { seed: "07 11".to_owned(), source: "лотерея".to_owned() };
    let (one, two) = tokio::join!(
        app.count_ballots(analyst, &setting, &drawn),
        app.count_ballots(analyst, &setting, &drawn)
    );
    one.unwrap();
    two.unwrap();
    let results = app.ballot_results(&setting).await.unwrap();
    assert_eq!(
        results[0].winners.len() + results[1].winners.len(),
        results
            .iter()
            .map(|one| one.lines.iter().filter(|line| line.outcome == State::Selected).count())
            .sum::<usize>()
    );
    assert!(results[0].spent <= results[0].money && !results[0].winners.is_empty());
    let checked = &results[0].document["checked"]["winners"];
    assert_eq!(checked, &results[0].document["answer"]["winners"], "two counts say the same");
    app.publish_result(analyst, &setting).await.unwrap();
    app.publish_result(analyst, &setting).await.unwrap();
    let setting = app.ballot_setting("vote").await.unwrap();
    assert_eq!((setting.process.phase, vote.state().await), (Phase::Results, Some(BoxState::Published)));
    let stands: Vec<State> = setting.projects.iter().map(|project| project.state).collect();
    assert!(stands.contains(&State::Selected) && !stands.contains(&State::OnBallot), "{stands:?}");
}

#[tokio::test]
async fn a_ballot_that_cannot_be_changed_stays() {
    let vote = Vote::open(BallotForm::Single).await;
    let mut fixed = vote.setting.clone();
    let mut process = (*fixed.process).clone();
    process.ballot.changeable = false;
    fixed.process = std::sync::Arc::new(process);
    let fixed = Vote { setting: fixed, ..vote };
    fixed.add("resident", 1).await.unwrap();
    fixed.add("resident", 2).await.unwrap();
    fixed.submit("resident").await.unwrap();
    assert_eq!(key(&fixed.add("resident", 1).await.unwrap_err()), "ballot-is-final");
    let gone = fixed.app.withdraw_ballot(fixed.village.actor("resident"), &fixed.setting).await;
    assert_eq!(key(&gone.unwrap_err()), "ballot-is-final");
    assert_eq!(fixed.n_counted().await, 1);
}

#[tokio::test]
async fn a_ballot_on_paper_takes_two_clerks_and_is_one_vote() {
    let vote = Vote::open(APPROVAL).await;
    let (app, clerk, second) = (&vote.app, vote.village.actor("clerk"), vote.village.actor("second-clerk"));
    vote.add("resident", 1).await.unwrap();
    let online = vote.submit("resident").await.unwrap();
    let entry = |iin: &str, number: &str, marks: &[u32]| PaperEntry {
        iin: iin.to_owned(),
        place: Some(kato(DISTRICT)),
        number: number.to_owned(),
        marks: marks.iter().map(|number| (*number, 0)).collect(),
    };
    let wrong = [
        (entry("850312200017", "1", &[2]), "person-iin-check"),
        (entry("", "1", &[2]), "field-required"),
        (entry(NUMBERS[0].1, " ", &[2]), "field-required"),
        (entry(NUMBERS[0].1, "1", &[]), "ballot-fault-empty"),
        (entry(NUMBERS[0].1, "1", &[77]), "ballot-fault-unknown"),
        (entry(NUMBERS[0].1, "1", &[1, 2, 3]), "ballot-fault-too-many"),
    ];
    for (entry, due) in wrong {
        assert_eq!(key(&app.enter_paper_ballot(clerk, &vote.setting, &entry).await.unwrap_err()), due);
    }
    let form = entry(NUMBERS[0].1, "A-17", &[2, 5]);
    let officer = app.enter_paper_ballot(vote.village.actor("analyst"), &vote.setting, &form).await;
    assert_eq!(key(&officer.unwrap_err()), "forbidden");
    let id = app.enter_paper_ballot(clerk, &vote.setting, &form).await.unwrap();
    let again = app.enter_paper_ballot(clerk, &vote.setting, &form).await.unwrap_err();
    assert_eq!(key(&again), "ballot-paper-number-taken");
    let alone = app.end_paper_ballot(clerk, &vote.setting, (id, true)).await.unwrap_err();
    assert_eq!(key(&alone), "forbidden", "one clerk is not two");
    let seen = app.paper_ballots(second, &vote.setting).await.unwrap();
    assert_eq!(seen[0].ballot.as_ref().map(|ballot| ballot.marks.len()), Some(2));
    app.end_paper_ballot(second, &vote.setting, (id, true)).await.unwrap();
    assert!(app.end_paper_ballot(second, &vote.setting, (id, true)).await.is_err(), "once");
    assert_eq!(vote.n_counted().await, 1, "the paper takes the place of the page");
    let mine = app.my_ballot(vote.village.actor("resident"), &vote.setting).await.unwrap();
    assert!(mine.kept.submitted.is_some_and(|one| one.paper && one.receipt.code() != online));
    assert_eq!(key(&vote.add("resident", 1).await.unwrap_err()), "ballot-is-final");
    let twice = app.enter_paper_ballot(clerk, &vote.setting, &entry(NUMBERS[0].1, "A-18", &[2])).await;
    assert_eq!(key(&twice.unwrap_err()), "ballot-paper-twice");
    // Somebody without an account.
    let other = app.enter_paper_ballot(clerk, &vote.setting, &entry("790615100013", "A-19", &[3])).await;
    vote.village.wait(HOUR + 5);
    let early = app.close_ballot(vote.village.actor("analyst"), &vote.setting).await.unwrap_err();
    assert_eq!(key(&early), "ballot-close-papers");
    app.end_paper_ballot(second, &vote.setting, (other.unwrap(), true)).await.unwrap();
    app.close_ballot(vote.village.actor("analyst"), &vote.setting).await.unwrap();
    assert!(vote.file("a", "pb").await.contains("num_votes;2\n"));
    let looks = app
        .read()
        .list_access_records(
            vote.village.actor("resident").unwrap().id,
            &akimat_storage::PageRequest::first(9),
        )
        .await
        .unwrap();
    let acts: Vec<&str> = looks.items.iter().map(|look| look.act.as_str()).collect();
    assert_eq!(acts[..2], ["confirm_paper_ballot", "paper_ballot"], "the person sees it");
}

#[tokio::test]
async fn who_has_not_handed_in_is_reminded_twice_at_most() {
    let vote = Vote::open(APPROVAL).await;
    let account = vote.village.actor("resident").unwrap().id;
    assert_eq!(vote.app.watch_ballots().await.unwrap(), 0, "nobody has begun");
    vote.add("resident", 1).await.unwrap();
    vote.add("neighbour", 1).await.unwrap();
    vote.submit("neighbour").await.unwrap();
    assert_eq!(vote.app.watch_ballots().await.unwrap(), 1, "an hour is left: the last reminder");
    assert_eq!(vote.app.watch_ballots().await.unwrap(), 0, "once");
    vote.app.tell_notices().await.unwrap();
    let told = vote.app.read().list_notices(account, &akimat_storage::PageRequest::first(9)).await.unwrap();
    assert_eq!(told.items.len(), 1);
    vote.village.wait(60);
    vote.app.watch_ballots().await.unwrap();
    let found = vote.app.read().find_ballot_box(vote.setting.process.id).await.unwrap().unwrap();
    assert!(vote.app.now().duration_since(found.latest_at) < jiff::SignedDuration::from_secs(20));
}

/// Two servers on one database, every voter at both of them at once: each acknowledged ballot is there once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_voters_at_two_servers_are_each_one_ballot() {
    let vote = Vote::open(APPROVAL).await;
    let mut open = (*vote.setting.process).clone();
    open.voters = Needs::default();
    let setting = Setting { process: std::sync::Arc::new(open), ..vote.setting.clone() };
    let model = vote.village.actor("resident").unwrap();
    let people: Vec<akimat_storage::Account> = (0..60)
        .map(|n| akimat_storage::Account {
            id: akimat_core::AccountId(Uuid::now_v7()),
            login: format!("voter-{n}"),
            ..model.clone()
        })
        .collect();
    let new = people.iter().map(|account| Change::AddAccount(account.clone(), String::new()));
    vote.village.store.apply(new.collect()).await.unwrap();
    let servers = [vote.app.clone(), vote.app.clone().with_ballot_key(PlatformKey::new([8; 32]))];
    let mut tasks = Vec::new();
    for (n, account) in (1..).zip(&people) {
        for app in &servers {
            let (app, account, setting) = (app.clone(), account.clone(), setting.clone());
            let project = vote.id(1 + n % 6);
            tasks.push(tokio::spawn(async move {
                app.mark_ballot(Some(&account), &setting, &BallotAct::Add(project)).await.unwrap();
                let mine = app.submit_ballot(Some(&account), &setting).await.unwrap();
                (account.id, mine.kept.submitted.unwrap().receipt)
            }));
        }
    }
    let mut receipts = std::collections::BTreeMap::new();
    for task in tasks {
        let (account, receipt) = task.await.unwrap();
        receipts.entry(account).or_insert_with(std::collections::BTreeSet::new).insert(receipt);
    }
    assert!(receipts.values().all(|codes| codes.len() == 1), "one ballot, one receipt");
    vote.village.wait(HOUR + 5);
    vote.app.close_ballot(vote.village.actor("analyst"), &setting).await.unwrap();
    let published = vote.file("", "receipts").await;
    let due: std::collections::BTreeSet<&str> =
        receipts.values().flatten().map(akimat_participation::ballot::Receipt::code).collect();
    assert_eq!(published.lines().collect::<std::collections::BTreeSet<&str>>(), due);
    let n =
        |text: &str| text.lines().find_map(|line| line.strip_prefix("num_votes;")).unwrap().parse::<u32>();
    let (a, b) = (vote.file("a", "pb").await, vote.file("b", "pb").await);
    assert_eq!(n(&a).unwrap() + n(&b).unwrap(), 60);
}
