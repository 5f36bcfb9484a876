//! What always holds of the way of a proposal, whoever does whatever in whichever order.

use super::*;
use crate::process::tests::{day, process};
use crate::process::{Phase, Process};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn proposal() -> Proposal {
    Proposal {
        id: ProposalId(Uuid::from_u128(7)),
        process: process().id,
        place: process().place,
        author: None,
        author_name: String::new(),
        assessor: None,
        assessor_name: String::new(),
        state: State::Draft,
        number: None,
        ballot_number: None,
        envelope: "town".to_owned(),
        category: "play".to_owned(),
        lang: Lang::Ru,
        title: Text::same("Площадка"),
        need: Text::same("Негде играть"),
        body: Text::same("Качели"),
        site: Text::same("Двор"),
        point: None,
        estimates: vec![Estimate {
            amount: Money::from_tiyn(400_000),
            by: String::new(),
            reason: String::new(),
            at: day(10),
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
        created_at: day(10),
        submitted_at: None,
        updated_at: day(10),
    }
}

fn found(tiyn: i64) -> Assessment {
    Assessment {
        cost: Money::from_tiyn(tiyn),
        months: 3,
        body: "Отдел".to_owned(),
        basis: "Закон".to_owned(),
        remark: String::new(),
    }
}

fn ground() -> Ground {
    Ground { code: "land".to_owned(), words: "Участок частный".to_owned() }
}

fn acts() -> Vec<Act> {
    let due_at = day(30);
    vec![
        Act::Submit { number: 5 },
        Act::Return { faults: vec!["place".to_owned()], words: "Уточните".to_owned(), due_at },
        Act::RejectFormal(ground()),
        Act::Assign {
            assessor: AccountId(Uuid::from_u128(9)),
            name: "Отдел".to_owned(),
            due_at,
            declared: true,
        },
        Act::Approve(found(450_000)),
        Act::Refuse { ground: ground(), due_at },
        Act::Appeal("Участок наш".to_owned()),
        Act::Uphold { assessment: found(300_000), minutes: "Протокол 1".to_owned() },
        Act::Dismiss { minutes: "Протокол 2".to_owned() },
        Act::Expire,
        Act::Merge { into: ProposalId(Uuid::from_u128(8)), consents: true },
        Act::PutOnBallot { ballot_number: 3 },
        Act::Withdraw(String::new()),
        Act::Decide(State::Selected),
        Act::Decide(State::NotSelected),
        Act::Decide(State::Excluded),
        Act::Decide(State::BelowMinimum),
        Act::Begin,
        Act::Complete,
        Act::Cancel {
            document: "Решение 4".to_owned(), words: "Проведены сети".to_owned()
        },
    ]
}

/// What distinguishes one standing from another.
type Standing = (State, bool, bool, Option<jiff::Timestamp>);

fn standing(of: &Proposal) -> Standing {
    (of.state, of.returned.is_some(), of.appeal.is_some(), of.due_at)
}

/// One act that succeeded: before, after, by whom, in which phase, on which day.
/// Every standing that can be reached, with one proposal of each, and every move between states with who made it, in
/// which phase and when.
type Move = (Proposal, Proposal, Actor, Phase, i64);

fn explored() -> (BTreeMap<Standing, Proposal>, Vec<Move>) {
    let times = [15, 29, 30, 35, 95];
    let mut known = BTreeMap::from([(standing(&proposal()), proposal())]);
    let mut open = vec![proposal()];
    let mut moves = Vec::new();
    while let Some(from) = open.pop() {
        for phase in Phase::ALL {
            let process = Process { phase, ..process() };
            for (n, actor, act) in times.iter().flat_map(|n| {
                Actor::ALL
                    .into_iter()
                    .flat_map(move |actor| acts().into_iter().map(move |act| (*n, actor, act)))
            }) {
                let Ok((to, moved)) = step(&process, &from, (actor, "Отдел"), act, day(n)) else {
                    continue;
                };
                assert_eq!((moved.from, moved.to), (from.state, to.state));
                if let std::collections::btree_map::Entry::Vacant(place) = known.entry(standing(&to)) {
                    place.insert(to.clone());
                    open.push(to.clone());
                }
                moves.push((from.clone(), to, actor, phase, n));
            }
        }
    }
    (known, moves)
}

#[test]
fn no_way_leads_round_a_term() {
    let (_, moves) = explored();
    for (from, to, actor, phase, n) in &moves {
        let what = format!("{:?} to {:?} by {actor:?} in {phase:?} on day {n}", from.state, to.state);
        if let Some(due_at) = from.due_at
            && matches!(to.state, State::Submitted | State::UnderAppeal)
        {
            assert!(day(*n) < due_at, "late: {what}");
        }
        if matches!(to.state, State::Refused) && from.state == State::NotFeasible {
            assert!(
                from.due_at.is_some_and(|due_at| day(*n) >= due_at),
                "the author could still appeal: {what}"
            );
        }
        if from.state == State::Draft && to.state == State::Submitted {
            assert!(*phase == Phase::Submission && (10..20).contains(n), "outside the window: {what}");
        }
        assert!(!(from.returned.is_some() && to.state == State::Returned), "returned twice: {what}");
        assert!(!(from.appeal.is_some() && to.state == State::UnderAppeal), "appealed twice: {what}");
        assert!(!(to.state == State::Withdrawn && *phase >= Phase::Shortlist), "withdrawn too late: {what}");
        assert!(!from.state.ends(), "nothing leaves an end: {what}");
        if to.state == State::RejectedFormal {
            assert!(from.returned.is_some(), "the author had no chance to correct: {what}");
        }
        if to.state.on_ballot() && !from.state.on_ballot() {
            assert_eq!((from.state, phase), (State::Feasible, &Phase::Shortlist), "{what}");
        }
        if to.state.on_ballot() {
            assert_eq!(to.cost(), to.assessment.as_ref().map(|found| found.cost), "{what}");
        }
    }
}

#[test]
fn every_state_is_reached_and_left() {
    let (known, moves) = explored();
    let reached: BTreeSet<State> = known.keys().map(|(state, ..)| *state).collect();
    assert_eq!(reached, State::ALL.into_iter().collect());
    let left: BTreeSet<State> =
        moves.iter().filter(|(a, b, ..)| a.state != b.state).map(|(a, ..)| a.state).collect();
    let open: BTreeSet<State> = State::ALL.into_iter().filter(|state| !state.ends()).collect();
    assert_eq!(left, open);
    // Out of every standing that is no end leads a way to an end, not only out of its state.
    let mut good: BTreeSet<Standing> = known.keys().filter(|(state, ..)| state.ends()).copied().collect();
    loop {
        let more: Vec<Standing> = moves
            .iter()
            .filter(|(_, b, ..)| good.contains(&standing(b)))
            .map(|(a, ..)| standing(a))
            .collect();
        let before = good.len();
        good.extend(more);
        if good.len() == before {
            break;
        }
    }
    assert_eq!(good, known.keys().copied().collect());
}

#[test]
fn each_part_does_what_is_its_own() {
    let (_, moves) = explored();
    let mut by: BTreeMap<Actor, BTreeSet<State>> = BTreeMap::new();
    for (_, to, actor, ..) in &moves {
        by.entry(*actor).or_default().insert(to.state);
    }
    let check = |actor, states: &[State]| {
        assert_eq!(by.get(&actor), Some(&states.iter().copied().collect()), "{actor:?}");
    };
    check(Actor::Author, &[State::Submitted, State::UnderAppeal, State::Withdrawn]);
    check(Actor::Assessor, &[State::Returned, State::RejectedFormal, State::Feasible, State::NotFeasible]);
    check(Actor::Coordinator, &[State::Returned, State::RejectedFormal, State::InAssessment, State::Merged]);
    check(Actor::Panel, &[State::Feasible, State::Refused]);
    check(Actor::Owner, &[State::InImplementation, State::Completed, State::Cancelled]);
    let mut system = vec![State::RejectedFormal, State::Refused, State::OnBallot];
    system.extend(State::OUTCOMES);
    check(Actor::System, &system);
}

#[test]
fn acts_are_refused_with_a_reason() {
    let open = process();
    let check = |proposal: &Proposal, actor, act, expect: Refusal| {
        let got = step(&open, proposal, (actor, "Отдел"), act, day(15)).map(|(next, _)| next.state);
        assert_eq!(got, Err(expect));
    };
    let assessed = Proposal { state: State::InAssessment, ..proposal() };
    check(&proposal(), Actor::Panel, Act::Submit { number: 1 }, Refusal::NotYours);
    check(&assessed, Actor::Author, Act::Submit { number: 1 }, Refusal::State(State::InAssessment));
    check(
        &assessed,
        Actor::Assessor,
        Act::Approve(found(600_000)),
        Refusal::TooDear(Money::from_tiyn(500_000)),
    );
    check(&assessed, Actor::Assessor, Act::Approve(found(0)), Refusal::Words("cost"));
    let silent = Assessment { basis: " ".to_owned(), ..found(1) };
    check(&assessed, Actor::Assessor, Act::Approve(silent), Refusal::Words("basis"));
    let long = Ground { words: "x".repeat(REASON_CHARS_MAX + 1), ..ground() };
    check(&assessed, Actor::Assessor, Act::Refuse { ground: long, due_at: day(20) }, Refusal::Words("words"));
    let empty = Proposal { title: Text::default(), envelope: "moon".to_owned(), looked: false, ..proposal() };
    let gaps = vec![Gap::Empty("title"), Gap::Unknown("envelope"), Gap::Similar];
    check(&empty, Actor::Author, Act::Submit { number: 1 }, Refusal::Incomplete(gaps));
    let built = Proposal { state: State::Feasible, ..proposal() };
    let merge = |into, consents| Act::Merge { into, consents };
    check(&built, Actor::Coordinator, merge(built.id, true), Refusal::Itself);
    check(&built, Actor::Coordinator, merge(ProposalId(Uuid::nil()), false), Refusal::NoConsent);
}

#[test]
fn what_is_alike_is_found() {
    let titled = |n: u128, title: &str, category: &str| Proposal {
        id: ProposalId(Uuid::from_u128(n)),
        title: Text::new("", title, ""),
        category: category.to_owned(),
        state: State::Submitted,
        ..proposal()
    };
    let own = titled(1, "Детская площадка у школы № 3", "play");
    let others = [
        titled(2, "Освещение улицы Абая", "light"),
        titled(3, "Детские площадки возле школы", "play"),
        titled(4, "Спортивная площадка", "play"),
        titled(5, "Площадка для мусора", "waste"),
        Proposal {
            state: State::Draft, ..titled(6, "Детская площадка у школы", "play")
        },
    ];
    let found: Vec<u128> = similar(&own, &others, 5).into_iter().map(|(id, _)| id.0.as_u128()).collect();
    assert_eq!(found, [3, 4]);
}
