//! The critical path against published worked examples, and against the plainest way to compute it.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use akimat_delivery::schedule::LinkKind;
use akimat_delivery::schedule::network::{Activity, Edge, Network, NetworkError, solve};
use proptest::prelude::*;

/// A row of an activity-on-arrow table: from event, to event, duration, earliest start and finish, latest start and
/// finish, slack.
type Row = (u8, u8, i64, [i64; 4], i64);

/// B. W. Taylor, Introduction to Management Science, solutions to chapter 8, problem 4 as printed there.
const TAYLOR_4: &[Row] = &[
    (1, 2, 7, [0, 7, 2, 9], 2),
    (1, 3, 10, [0, 10, 0, 10], 0),
    (2, 4, 6, [7, 13, 9, 15], 2),
    (3, 4, 5, [10, 15, 10, 15], 0),
    (3, 5, 4, [10, 14, 14, 18], 4),
    (4, 5, 3, [15, 18, 15, 18], 0),
    (5, 6, 2, [18, 20, 18, 20], 0),
];

/// The same, problem 5. Activity 4-5 is a dummy.
const TAYLOR_5: &[Row] = &[
    (1, 2, 8, [0, 8, 1, 9], 1),
    (1, 3, 10, [0, 10, 0, 10], 0),
    (1, 4, 9, [0, 9, 6, 15], 6),
    (2, 5, 6, [8, 14, 9, 15], 1),
    (2, 6, 4, [8, 12, 16, 20], 8),
    (3, 5, 5, [10, 15, 10, 15], 0),
    (4, 5, 0, [9, 9, 15, 15], 6),
    (4, 7, 7, [9, 16, 20, 27], 11),
    (5, 7, 12, [15, 27, 15, 27], 0),
    (5, 8, 15, [15, 30, 16, 31], 1),
    (6, 9, 18, [12, 30, 20, 38], 8),
    (7, 8, 4, [27, 31, 27, 31], 0),
    (8, 9, 7, [31, 38, 31, 38], 0),
];

fn published(rows: &[Row]) -> Network {
    let activities: Vec<Activity> =
        rows.iter().map(|row| Activity { duration: row.2, ..Activity::default() }).collect();
    let mut edges = Vec::new();
    for (to, row) in rows.iter().enumerate() {
        for (from, _) in rows.iter().enumerate().filter(|(_, own)| own.1 == row.0) {
            edges.push(Edge { from, to, kind: LinkKind::Fs, lag: 0 });
        }
    }
    let network = solve(&activities, &edges).unwrap();
    for (row, found) in rows.iter().zip(&network.times) {
        let times = [found.early_start, found.early_finish, found.late_start, found.late_finish];
        assert_eq!(times, row.3, "activity {}-{}", row.0, row.1);
        assert_eq!(found.total_float, row.4, "activity {}-{}", row.0, row.1);
    }
    network
}

#[test]
fn the_tables_of_a_textbook_come_out_again() {
    let four = published(TAYLOR_4);
    assert_eq!(four.duration, 20);
    assert_eq!(four.chain, [1, 3, 5, 6], "1-3-4-5-6");
    let five = published(TAYLOR_5);
    assert_eq!(five.duration, 38);
    assert_eq!(five.chain, [1, 5, 8, 11, 12], "1-3-5-7-8-9");
}

/// C. Hendrickson, Project Management for Construction, chapter 10, table 10-1: nine activities; published are the
/// duration of 30 days and the critical path A, C, F, I.
#[test]
fn the_nine_activities_of_a_building_take_thirty_days() {
    let durations = [4, 3, 8, 7, 9, 12, 2, 5, 6];
    let before: [&[usize]; 9] = [&[], &[], &[0], &[0], &[1, 2], &[1, 2], &[3, 4], &[3, 4], &[5, 6]];
    let activities = durations.map(|duration| Activity { duration, ..Activity::default() });
    let edges: Vec<Edge> = before
        .iter()
        .enumerate()
        .flat_map(|(to, list)| {
            list.iter().map(move |from| Edge { from: *from, to, kind: LinkKind::Fs, lag: 0 })
        })
        .collect();
    let network = solve(&activities, &edges).unwrap();
    assert_eq!(network.duration, 30);
    assert_eq!(network.chain, [0, 2, 5, 8]);
}

fn kinds() -> impl Strategy<Value = LinkKind> {
    prop_oneof![Just(LinkKind::Fs), Just(LinkKind::Ss), Just(LinkKind::Ff), Just(LinkKind::Sf)]
}

/// A network without cycles: dependencies go from lower to higher positions. No position order is used by the room.
fn networks() -> impl Strategy<Value = (Vec<Activity>, Vec<Edge>)> {
    (2_usize..7).prop_flat_map(|n| {
        let activity = (0_i64..6, 0_i64..4).prop_map(|(duration, not_before)| Activity {
            duration,
            not_before,
            started: None,
        });
        let edge = (0..n, 0..n, kinds(), -3_i64..4).prop_filter_map("forward", |(a, b, kind, lag)| {
            (a != b).then_some(Edge { from: a.min(b), to: a.max(b), kind, lag })
        });
        (prop::collection::vec(activity, n), prop::collection::vec(edge, 0..9))
    })
}

/// Earliest starts by the definition: every dependency is repeated until none moves anything.
fn starts(activities: &[Activity], edges: &[Edge]) -> Vec<i64> {
    let mut starts: Vec<i64> = activities.iter().map(|own| own.not_before.max(0)).collect();
    for _ in 0..=activities.len() {
        for edge in edges {
            let (from, to) = (&activities[edge.from], &activities[edge.to]);
            let (start, finish) = (starts[edge.from], starts[edge.from] + from.duration);
            let least = match edge.kind {
                LinkKind::Fs => finish + edge.lag,
                LinkKind::Ss => start + edge.lag,
                LinkKind::Ff => finish + edge.lag - to.duration,
                LinkKind::Sf => start + edge.lag - to.duration,
            };
            starts[edge.to] = starts[edge.to].max(least);
        }
    }
    starts
}

fn end(activities: &[Activity], starts: &[i64]) -> i64 {
    activities.iter().zip(starts).map(|(own, start)| start + own.duration).max().unwrap_or(0)
}

/// The same network where one activity may not start before a day.
fn held(activities: &[Activity], at: usize, start: i64) -> Vec<Activity> {
    let mut activities = activities.to_vec();
    activities[at].not_before = start;
    activities
}

proptest! {
    /// Floats are what they promise: an activity may slip by its total float and the end stays, by one day more and it
    /// does not; by its free float and nothing else moves, by one day more and something does.
    #[test]
    fn floats_are_what_they_promise((activities, edges) in networks()) {
        let network = solve(&activities, &edges).unwrap();
        let plain = starts(&activities, &edges);
        let found: Vec<i64> = network.times.iter().map(|own| own.early_start).collect();
        prop_assert_eq!(&found, &plain);
        prop_assert_eq!(network.duration, end(&activities, &plain));
        for (at, own) in network.times.iter().enumerate() {
            let slipped = |days: i64| {
                let activities = held(&activities, at, plain[at] + days);
                let starts = starts(&activities, &edges);
                (end(&activities, &starts), starts)
            };
            prop_assert_eq!(slipped(own.total_float).0, network.duration);
            prop_assert!(slipped(own.total_float + 1).0 > network.duration);
            let others = |starts: &[i64]| -> Vec<i64> {
                starts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, start)| *start).collect()
            };
            prop_assert_eq!(others(&slipped(own.free_float).1), others(&plain));
            let (end, moved) = slipped(own.free_float + 1);
            prop_assert!(others(&moved) != others(&plain) || end > network.duration);
            prop_assert!(own.free_float <= own.total_float);
        }
    }

    /// The chain has no float, hangs together, and reaches the end.
    #[test]
    fn the_chain_decides((activities, edges) in networks()) {
        let network = solve(&activities, &edges).unwrap();
        let last = network.chain.last().copied().unwrap();
        prop_assert_eq!(network.times[last].early_finish, network.duration);
        for at in &network.chain {
            prop_assert_eq!(network.times[*at].total_float, 0);
        }
        for pair in network.chain.windows(2) {
            prop_assert!(edges.iter().any(|edge| edge.from == pair[0] && edge.to == pair[1]));
        }
        let first = network.chain[0];
        prop_assert_eq!(network.times[first].early_start, activities[first].not_before.max(0));
    }

    /// The order in which activities and dependencies are given changes no date.
    #[test]
    fn the_order_changes_nothing((activities, edges) in networks()) {
        let n = activities.len();
        let turned: Vec<Activity> = activities.iter().rev().copied().collect();
        let edges_turned: Vec<Edge> = edges
            .iter()
            .rev()
            .map(|edge| Edge { from: n - 1 - edge.from, to: n - 1 - edge.to, ..*edge })
            .collect();
        let (one, other) = (solve(&activities, &edges).unwrap(), solve(&turned, &edges_turned).unwrap());
        let back: Vec<_> = other.times.into_iter().rev().collect();
        prop_assert_eq!(one.times, back);
    }

    /// A cycle is always found and always named by activities that wait for each other.
    #[test]
    fn a_cycle_is_never_solved((activities, mut edges) in networks(), kind in kinds()) {
        let n = activities.len();
        edges.push(Edge { from: 0, to: n - 1, kind, lag: 0 });
        edges.push(Edge { from: n - 1, to: 0, kind, lag: 0 });
        let Err(NetworkError::Cycle(cycle)) = solve(&activities, &edges) else {
            return Err(TestCaseError::fail("a cycle was solved"));
        };
        prop_assert!(!cycle.is_empty());
        for at in 0..cycle.len() {
            let (from, to) = (cycle[at], cycle[(at + 1) % cycle.len()]);
            prop_assert!(edges.iter().any(|edge| edge.from == from && edge.to == to));
        }
    }
}
