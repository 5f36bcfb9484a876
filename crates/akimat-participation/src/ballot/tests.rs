use super::*;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

fn id(n: u128) -> ProposalId {
    ProposalId(Uuid::from_u128(n))
}

fn tenge(n: i64) -> Money {
    Money::from_tenge(n).unwrap()
}

/// Projects 1 to 4 for 40, 50, 60, 10 in the envelope `a` with 100; 5 and 6 for 30, 80 in `b` with 100.
fn paper(form: BallotForm, envelopes_max: Option<u16>) -> BallotPaper {
    let envelope = |code: &str| Envelope { code: code.to_owned(), money: tenge(100) };
    let line = |(n, envelope, cost): (u128, usize, i64)| Line { project: id(n), envelope, cost: tenge(cost) };
    BallotPaper {
        form,
        envelopes_max,
        envelopes: vec![envelope("a"), envelope("b")],
        lines: [(1, 0, 40), (2, 0, 50), (3, 0, 60), (4, 0, 10), (5, 1, 30), (6, 1, 80)].map(line).into(),
    }
}

fn ballot(marks: &[(u128, u32)]) -> Ballot {
    Ballot { marks: marks.iter().map(|&(n, points)| Mark { project: id(n), points }).collect() }
}

const APPROVAL: BallotForm = BallotForm::Approval { min: 2, max: 3 };
const POINTS: BallotForm = BallotForm::Points { n: 10 };

#[test]
fn faults_name_the_project() {
    use Fault as F;
    let check = |form, max, marks: &[(u128, u32)], due: &[Fault]| {
        assert_eq!(paper(form, max).faults(&ballot(marks)), due, "{form:?} {marks:?}");
    };
    let all = None;
    check(APPROVAL, all, &[], &[F::Empty]);
    check(APPROVAL, all, &[(1, 0), (2, 0)], &[]);
    check(APPROVAL, all, &[(1, 0), (2, 0), (3, 0), (5, 0), (6, 0)], &[]);
    check(APPROVAL, all, &[(1, 0), (2, 0), (5, 0)], &[F::TooFew { envelope: 1, min: 2, have: 1 }]);
    check(APPROVAL, all, &[(1, 0), (2, 0), (3, 0), (4, 0)], &[F::TooMany { project: id(4), max: 3 }]);
    check(APPROVAL, all, &[(1, 0), (9, 0), (2, 0)], &[F::Unknown { project: id(9) }]);
    check(APPROVAL, all, &[(1, 0), (2, 0), (1, 0)], &[F::Twice { project: id(1) }]);
    check(APPROVAL, Some(1), &[(1, 0), (2, 0), (5, 0)], &[F::OtherEnvelope { project: id(5), max: 1 }]);
    check(BallotForm::Single, all, &[(1, 0), (2, 0)], &[F::TooMany { project: id(2), max: 1 }]);
    check(BallotForm::Single, Some(1), &[(1, 0), (5, 0)], &[F::OtherEnvelope { project: id(5), max: 1 }]);
    let knapsack = BallotForm::Knapsack;
    check(knapsack, all, &[(1, 0), (2, 0), (4, 0), (5, 0)], &[]);
    check(knapsack, all, &[(1, 0), (2, 0), (3, 0)], &[F::Over { project: id(3), by: tenge(50) }]);
    check(POINTS, all, &[(1, 6), (2, 4)], &[]);
    check(POINTS, all, &[(1, 6), (2, 3), (3, 4)], &[F::PointsOver { project: id(3), by: 3 }]);
    check(POINTS, all, &[(1, 6), (2, 1), (3, 0)], &[F::NoPoints { project: id(3) }]);
    check(POINTS, all, &[(1, u32::MAX), (2, 1)], &[F::PointsOver { project: id(1), by: u32::MAX - 10 }]);
    check(BallotForm::Ranking { max: 2 }, all, &[(2, 0), (1, 0), (6, 0)], &[]);
}

#[test]
fn what_does_not_fit_is_said_and_refused() {
    let knapsack = paper(BallotForm::Knapsack, None);
    let two = ballot(&[(1, 0), (2, 0)]);
    assert_eq!(knapsack.fit(&two, id(1)), Fit::Chosen);
    assert_eq!(knapsack.fit(&two, id(4)), Fit::Fits);
    assert_eq!(knapsack.fit(&two, id(3)), Fit::Over(tenge(50)));
    assert_eq!(knapsack.add(&two, id(3)), Err(Fault::Over { project: id(3), by: tenge(50) }));
    assert_eq!(knapsack.add(&two, id(9)), Err(Fault::Unknown { project: id(9) }));
    let meters = knapsack.meters(&two);
    assert_eq!((meters[0].spent, meters[0].left(), meters[0].chosen), (tenge(90), tenge(10), 2));
    assert_eq!((meters[1].spent, meters[1].left(), meters[1].chosen), (Money::ZERO, tenge(100), 0));
    let single = paper(BallotForm::Single, Some(1));
    let one = single.add(&Ballot::default(), id(1)).unwrap();
    assert_eq!(single.fit(&one, id(6)), Fit::Fits);
    assert_eq!(single.add(&one, id(6)), Ok(ballot(&[(6, 0)])));
    let full = ballot(&[(1, 0), (2, 0), (3, 0)]);
    assert_eq!(paper(APPROVAL, None).fit(&full, id(4)), Fit::Full);
    assert_eq!(paper(APPROVAL, Some(1)).fit(&full, id(5)), Fit::Elsewhere);
}

#[test]
fn points_and_places_change_by_one_act() {
    let points = paper(POINTS, None);
    let given = points.set_points(&ballot(&[(1, 6), (2, 2)]), id(1), 3).unwrap();
    assert_eq!(given, ballot(&[(1, 3), (2, 2)]));
    assert_eq!(points.set_points(&given, id(2), 0), Ok(ballot(&[(1, 3)])));
    assert_eq!(points.set_points(&given, id(2), 8), Err(Fault::PointsOver { project: id(2), by: 1 }));
    let ranking = paper(BallotForm::Ranking { max: 3 }, None);
    let order = ballot(&[(1, 0), (5, 0), (2, 0)]);
    assert_eq!(ranking.shift(&order, id(2), true), ballot(&[(2, 0), (5, 0), (1, 0)]));
    assert_eq!(ranking.shift(&order, id(1), true), order);
    assert_eq!(ranking.shift(&order, id(9), false), order);
    assert_eq!(ranking.canonical(&order), order);
    assert_eq!(points.canonical(&ballot(&[(5, 1), (2, 2), (1, 3)])), ballot(&[(1, 3), (2, 2), (5, 1)]));
}

/// Whatever is clicked in whatever order, the ballot never has a fault but that it is too short.
#[test]
fn clicks_never_make_a_ballot_wrong() {
    let mut seed = 1_u64;
    let mut draw = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    let forms = [BallotForm::Single, APPROVAL, BallotForm::Knapsack, POINTS, BallotForm::Ranking { max: 2 }];
    for form in forms {
        for envelopes_max in [None, Some(1)] {
            let paper = paper(form, envelopes_max);
            let mut own = Ballot::default();
            for _ in 0..400 {
                let project = id(u128::from(draw(8)));
                own = match draw(4) {
                    0 => BallotPaper::remove(&own, project),
                    1 => paper.shift(&own, project, draw(2) == 0),
                    2 => paper.set_points(&own, project, u32::try_from(draw(12)).unwrap()).unwrap_or(own),
                    _ => paper.add(&own, project).unwrap_or(own),
                };
                let wrong: Vec<Fault> = paper
                    .faults(&own)
                    .into_iter()
                    .filter(|fault| !matches!(fault, Fault::Empty | Fault::TooFew { .. }))
                    .collect();
                assert_eq!(wrong, [], "{form:?} {own:?}");
            }
        }
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

#[test]
fn the_deadline_refuses_one_second_after() {
    let window = Window { opens_at: at(0), closes_at: at(100) };
    let check = |now, latest: Option<i64>, due| {
        assert_eq!(window.admit(at(now), latest.map(at)), due, "{now} {latest:?}");
    };
    check(-1, None, Err(Refusal::Early));
    check(0, None, Ok(()));
    check(99, Some(98), Ok(()));
    check(100, None, Err(Refusal::Late));
    check(101, Some(99), Err(Refusal::Late));
    // The clock was set back: it was over once.
    check(50, Some(100), Err(Refusal::Late));
    check(50, Some(99), Ok(()));
    let just = window.closes_at - SignedDuration::from_micros(1);
    assert_eq!(window.admit(just, None), Ok(()));
}

#[test]
fn receipts_are_read_as_people_type_them() {
    let receipt = Receipt::new([0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(receipt.code().len(), 19);
    assert_eq!(Receipt::parse(&receipt.code().to_lowercase().replace('-', " ")), Some(receipt.clone()));
    assert_eq!(Receipt::parse("oooo-iiii-llll-0123").unwrap().code(), "0000-1111-1111-0123");
    for wrong in ["", "0", "0000-0000-0000-000U", "0000-0000-0000-00000", "ӘӘӘӘ-0000-0000-0000"] {
        assert_eq!(Receipt::parse(wrong), None, "{wrong}");
    }
    assert_ne!(Receipt::new([1; 10]), Receipt::new([2; 10]));
}

#[test]
fn handing_in_twice_is_one_ballot() {
    let code = |n| Receipt::new([n; 10]);
    let kept = Kept::default();
    assert_eq!(kept.standing(), Standing::NotStarted);
    let kept = Kept { working: ballot(&[(1, 0)]), ..kept };
    assert_eq!(kept.standing(), Standing::Saved { before: None });
    let counted = kept.submit(at(5), code(1));
    assert_eq!(counted.standing(), Standing::Counted { at: at(5) });
    assert_eq!(counted.submit(at(6), code(2)), counted);
    let changed = Kept { working: ballot(&[(2, 0)]), ..counted.clone() };
    assert_eq!(changed.standing(), Standing::Saved { before: Some(at(5)) });
    let again = changed.submit(at(7), code(3));
    assert_eq!(again.submitted.as_ref().map(|submitted| &submitted.receipt), Some(&code(3)));
    assert_eq!(again.withdraw().standing(), Standing::Saved { before: None });
}
