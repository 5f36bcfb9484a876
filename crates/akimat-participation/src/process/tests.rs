use super::calendar::CalendarProblem as Problem;
use super::*;
use akimat_core::Money;
use jiff::SignedDuration;
use uuid::Uuid;

/// The day `n` of a test.
pub(crate) fn day(n: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * n)
}

/// A process with every phase, ten days each.
pub(crate) fn process() -> Process {
    let term = |(n, phase): (i64, Phase)| Term { phase, opens_at: day(10 * n), closes_at: day(10 * n + 10) };
    Process {
        id: ProcessId(Uuid::from_u128(1)),
        place: KatoCode::from_number(990_100_000).expect("a code"),
        code: "test-2026".to_owned(),
        year: 2026,
        title: Text::same("Test"),
        summary: Text::default(),
        template: "national".to_owned(),
        invented: true,
        phase: Phase::Submission,
        suspended: None,
        calendar: (1..).zip(calendar::TERMS).map(term).collect(),
        envelopes: vec![Envelope {
            code: "town".to_owned(),
            title: Text::same("Town"),
            amount: Money::from_tiyn(1_000_000),
            place: None,
            weight: Weight::default(),
        }],
        formula: Formula::Stated,
        voters: Needs::default(),
        proposers: Needs::default(),
        ballot: BallotRules {
            form: BallotForm::Single,
            envelopes_max: None,
            changeable: false,
            saved_counts: false,
            paper: Paper::None,
            one_time: false,
        },
        rule: CountRule {
            method: CountMethod::Greedy,
            completion: "none".to_owned(),
            utility: "cost".to_owned(),
            min_votes: None,
            comparison: false,
            conflicting: Conflicting::FirstWins,
        },
        cap: Some(Cap { indices: None, amount: Money::from_tiyn(500_000) }),
        categories: vec![Category { code: "play".to_owned(), title: Text::same("Play") }],
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
        created_at: day(0),
        updated_at: day(0),
    }
}

#[test]
fn a_term_ends_exactly() {
    let process = process();
    let second = SignedDuration::from_secs(1);
    for (now, open) in
        [(day(10) - second, false), (day(10), true), (day(20) - second, true), (day(20), false)]
    {
        assert_eq!(process.open(Phase::Submission, now), open, "{now}");
    }
    assert!(!process.open(Phase::Ballot, day(65)), "the term alone opens nothing");
    let stands = Process { suspended: Some(Suspension { reason: "x".to_owned(), at: day(11) }), ..process };
    assert!(!stands.open(Phase::Submission, day(15)));
}

#[test]
fn phases_follow_each_other() {
    let mut process = process();
    process.phase = Phase::Draft;
    let mut seen = vec![process.phase];
    while let Some(next) = process.next_phase() {
        seen.push(next);
        process.phase = next;
    }
    assert_eq!(seen, Phase::ALL);
    process.calendar.retain(|term| term.phase != Phase::Appeals);
    process.phase = Phase::Assessment;
    assert_eq!(process.next_phase(), Some(Phase::Shortlist));
}

#[test]
fn calendars_are_checked_before_they_are_published() {
    let check_one = |change: &dyn Fn(&mut Process), expect: &[Problem]| {
        let mut changed = process();
        change(&mut changed);
        assert_eq!(check(&changed, day(1)), expect);
    };
    check_one(&|_| {}, &[]);
    check_one(
        &|p| p.calendar.retain(|term| term.phase != Phase::Ballot),
        &[Problem::Missing(Phase::Ballot), Problem::Gap { phase: Phase::Count, days: 10 }],
    );
    check_one(
        &|p| p.calendar.retain(|term| term.phase != Phase::FormalCheck),
        &[Problem::Gap { phase: Phase::Assessment, days: 10 }],
    );
    check_one(
        &|p| p.calendar[3].closes_at = day(45),
        &[
            Problem::Short { phase: Phase::Appeals, days: 7 },
            Problem::Gap { phase: Phase::Shortlist, days: 5 },
        ],
    );
    check_one(
        &|p| p.calendar[5].opens_at = day(55),
        &[Problem::Early { phase: Phase::Ballot, before: Phase::Shortlist }],
    );
    check_one(
        &|p| p.calendar[5].closes_at = day(3),
        &[Problem::Backwards(Phase::Ballot), Problem::Gap { phase: Phase::Count, days: 67 }],
    );
    check_one(&|p| p.calendar[1].opens_at = day(12), &[]);
    check_one(&|p| p.calendar.push(p.calendar[8]), &[Problem::Twice(Phase::Implementation)]);
    assert!(check(&process(), day(21)).contains(&Problem::Past(Phase::Submission)));
}

#[test]
fn envelopes_add_up_to_the_money() {
    let weights =
        [(10_000, 80), (25_000, 100), (5_001, 160)].map(|(population, need)| Weight { population, need });
    let unit = Money::from_tiyn(100_000);
    let mixed = Formula::Mixed { equal: 30, population: 50 };
    for formula in [Formula::Equal, Formula::Population, Formula::Need, mixed] {
        for total in [0, 1, 99_999, 30_000_000_000, 30_000_055_555] {
            let parts = shares(formula, Money::from_tiyn(total), unit, &weights).expect("shares");
            assert_eq!(parts.iter().map(|part| part.tiyn()).sum::<i64>(), total, "{formula:?}");
        }
    }
    let check_one = |formula, expect: &[i64]| {
        let parts = shares(formula, Money::from_tiyn(40_001_000_000), unit, &weights).expect("shares");
        let thousands: Vec<i64> = parts.iter().map(|part| part.tiyn() / 100_000).collect();
        assert_eq!(thousands, expect, "{formula:?}");
    };
    check_one(Formula::Equal, &[133_337, 133_337, 133_336]);
    check_one(Formula::Population, &[100_000, 250_000, 50_010]);
    assert_eq!(shares(Formula::Equal, unit, unit, &[]), Err(EnvelopeErrorOf::Nobody));
    assert_eq!(shares(Formula::Need, unit, unit, &[Weight::default()]), Err(EnvelopeErrorOf::NoWeight));
    let much = Formula::Mixed { equal: 60, population: 50 };
    assert_eq!(shares(much, unit, unit, &weights), Err(EnvelopeErrorOf::TooMuch));
    assert_eq!(shares(Formula::Equal, unit.negated(), unit, &weights), Err(EnvelopeErrorOf::Amount));
}

use super::envelope::EnvelopeError as EnvelopeErrorOf;
