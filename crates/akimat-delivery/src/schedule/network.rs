//! The critical path method over whole days: earliest and latest dates, floats, the chain that decides.
//!
//! Kelley and Walker (1959), with the four dependencies and lags of the precedence diagramming method. Time is a number
//! of working days from the start; an activity of `duration` days that starts at 3 occupies days 3, 4, …, and ends at
//! 3 + duration.

use super::plan::LinkKind;

/// What is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Working days it takes; 0 for a milestone.
    pub duration: i64,
    /// It does not start before this day.
    pub not_before: i64,
    /// It has started on this day, whatever its predecessors say.
    pub started: Option<i64>,
}

/// A dependency, by positions in the list of activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The former.
    pub from: usize,
    /// The next.
    pub to: usize,
    /// Kind.
    pub kind: LinkKind,
    /// Days to wait; negative when they overlap.
    pub lag: i64,
}

/// Dates and floats of an activity, in working days from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Earliest start.
    pub early_start: i64,
    /// Earliest finish.
    pub early_finish: i64,
    /// Latest start that does not move the end of the whole.
    pub late_start: i64,
    /// Latest finish likewise.
    pub late_finish: i64,
    /// How much it may slip without moving the end of the whole.
    pub total_float: i64,
    /// How much it may slip without moving anything.
    pub free_float: i64,
}

/// The answer for a network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Dates of each activity, in the order given.
    pub times: Vec<Times>,
    /// Working days of the whole.
    pub duration: i64,
    /// One chain of activities without float that decides the end, from its first to its last; the first by position
    /// where several do.
    pub chain: Vec<usize>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// These activities wait for each other, in this order.
    #[error("activities wait for each other: {0:?}")]
    Cycle(Vec<usize>),
    /// A dependency names an activity that is not there.
    #[error("a dependency names activity {0}, which is not there")]
    Unknown(usize),
}

impl Edge {
    /// Earliest start of the next activity that this dependency allows.
    const fn start_of_next(&self, early: (i64, i64), duration_of_next: i64) -> i64 {
        let (start, finish) = early;
        match self.kind {
            LinkKind::Fs => finish + self.lag,
            LinkKind::Ss => start + self.lag,
            LinkKind::Ff => finish + self.lag - duration_of_next,
            LinkKind::Sf => start + self.lag - duration_of_next,
        }
    }

    /// Latest finish of the former activity that this dependency allows.
    const fn finish_of_former(&self, late: (i64, i64), duration_of_former: i64) -> i64 {
        let (start, finish) = late;
        match self.kind {
            LinkKind::Fs => start - self.lag,
            LinkKind::Ss => start - self.lag + duration_of_former,
            LinkKind::Ff => finish - self.lag,
            LinkKind::Sf => finish - self.lag + duration_of_former,
        }
    }

    /// How much the former may slip before the next one moves.
    const fn room(&self, former: &Times, next: &Times) -> i64 {
        match self.kind {
            LinkKind::Fs => next.early_start - former.early_finish - self.lag,
            LinkKind::Ss => next.early_start - former.early_start - self.lag,
            LinkKind::Ff => next.early_finish - former.early_finish - self.lag,
            LinkKind::Sf => next.early_finish - former.early_start - self.lag,
        }
    }
}

/// Positions so that every activity comes after those it waits for (Kahn 1962), ties by position.
///
/// # Errors
/// [`NetworkError`].
fn order(n: usize, edges: &[Edge]) -> Result<Vec<usize>, NetworkError> {
    if let Some(edge) = edges.iter().find(|edge| edge.from.max(edge.to) >= n) {
        return Err(NetworkError::Unknown(edge.from.max(edge.to)));
    }
    let mut waits = vec![0_usize; n];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); n];
    for edge in edges {
        waits[edge.to] += 1;
        next[edge.from].push(edge.to);
    }
    let mut ready: std::collections::BTreeSet<usize> = (0..n).filter(|at| waits[*at] == 0).collect();
    let mut found = Vec::with_capacity(n);
    while let Some(at) = ready.pop_first() {
        found.push(at);
        for to in &next[at] {
            waits[*to] -= 1;
            if waits[*to] == 0 {
                ready.insert(*to);
            }
        }
    }
    if found.len() == n { Ok(found) } else { Err(NetworkError::Cycle(cycle(&waits, edges))) }
}

/// One cycle among those that still wait: each of them waits for another of them, so going back must come round.
fn cycle(waits: &[usize], edges: &[Edge]) -> Vec<usize> {
    let Some(mut at) = waits.iter().position(|waits| *waits > 0) else { return Vec::new() };
    let mut former = vec![None; waits.len()];
    for edge in edges.iter().rev().filter(|edge| waits[edge.from] > 0) {
        former[edge.to] = Some(edge.from);
    }
    let mut seen = Vec::new();
    let mut was = vec![false; waits.len()];
    while !was[at] {
        was[at] = true;
        seen.push(at);
        let Some(before) = former[at] else { break };
        at = before;
    }
    let from = seen.iter().position(|own| *own == at).unwrap_or(0);
    let mut cycle = seen.split_off(from);
    cycle.reverse();
    cycle
}

/// Earliest and latest dates, floats and the chain that decides.
///
/// # Errors
/// [`NetworkError`].
///
/// # Example
/// ```
/// use akimat_delivery::schedule::network::{Activity, Edge, solve};
/// use akimat_delivery::schedule::LinkKind;
/// let days = |duration| Activity { duration, ..Activity::default() };
/// let edge = |from, to| Edge { from, to, kind: LinkKind::Fs, lag: 0 };
/// let network = solve(&[days(3), days(5), days(2)], &[edge(0, 2), edge(1, 2)])?;
/// assert_eq!(network.duration, 7);
/// assert_eq!(network.times[0].total_float, 2);
/// assert_eq!(network.chain, [1, 2]);
/// # Ok::<(), akimat_delivery::schedule::network::NetworkError>(())
/// ```
pub fn solve(activities: &[Activity], edges: &[Edge]) -> Result<Network, NetworkError> {
    let order = order(activities.len(), edges)?;
    let (into, out_of) = sides(activities.len(), edges);
    let mut times = vec![Times::default(); activities.len()];
    for &at in &order {
        let own = &activities[at];
        let before = into[at].iter().map(|edge| {
            let former = &times[edge.from];
            edge.start_of_next((former.early_start, former.early_finish), own.duration)
        });
        let start = own.started.unwrap_or_else(|| before.fold(own.not_before.max(0), i64::max));
        times[at].early_start = start;
        times[at].early_finish = start + own.duration;
    }
    let duration = times.iter().map(|own| own.early_finish).max().unwrap_or(0);
    for &at in order.iter().rev() {
        let own = &activities[at];
        // What has started is where it is: it sets no limit to those before it.
        let after = out_of[at].iter().filter(|edge| activities[edge.to].started.is_none());
        let finish = after.clone().map(|edge| {
            let next = &times[edge.to];
            edge.finish_of_former((next.late_start, next.late_finish), own.duration)
        });
        let finish = finish.fold(duration, i64::min);
        let room = after.map(|edge| edge.room(&times[at], &times[edge.to]));
        let room = room.fold(duration - times[at].early_finish, i64::min);
        let time = &mut times[at];
        time.late_finish = finish;
        time.late_start = finish - own.duration;
        time.total_float = time.late_start - time.early_start;
        time.free_float = room;
    }
    let chain = chain(activities, (&into, &out_of), &times, duration);
    Ok(Network { times, duration, chain })
}

/// Dependencies of each activity: those it waits for, those that wait for it.
type Sides = Vec<Vec<Edge>>;

fn sides(n: usize, edges: &[Edge]) -> (Sides, Sides) {
    let (mut into, mut out_of) = (vec![Vec::new(); n], vec![Vec::new(); n]);
    for edge in edges {
        into[edge.to].push(*edge);
        out_of[edge.from].push(*edge);
    }
    (into, out_of)
}

/// From the activity that ends last back through the dependencies that hold it. Where it holds a milestone of the same
/// moment, that is the last.
fn chain(
    activities: &[Activity],
    (into, out_of): (&Sides, &Sides),
    times: &[Times],
    duration: i64,
) -> Vec<usize> {
    let ends = |at: usize| times[at].early_finish == duration;
    let holds = |edge: &&Edge| edge.room(&times[edge.from], &times[edge.to]) == 0;
    let last = |at: &usize| ends(*at) && !out_of[*at].iter().filter(holds).any(|edge| ends(edge.to));
    let Some(mut at) = (0..times.len()).find(last) else { return Vec::new() };
    let mut chain = vec![at];
    while activities[at].started.is_none() {
        let former = into[at].iter().filter(holds);
        let Some(edge) = former.min_by_key(|edge| (times[edge.from].total_float, edge.from)) else { break };
        at = edge.from;
        chain.push(at);
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(duration: i64) -> Activity {
        Activity { duration, ..Activity::default() }
    }

    fn edge(from: usize, to: usize, kind: LinkKind, lag: i64) -> Edge {
        Edge { from, to, kind, lag }
    }

    #[test]
    fn a_cycle_is_named_in_its_order() {
        let edges = [
            edge(0, 1, LinkKind::Fs, 0),
            edge(1, 2, LinkKind::Ss, 0),
            edge(2, 1, LinkKind::Fs, 0),
            edge(2, 3, LinkKind::Fs, 0),
        ];
        let found = solve(&[days(1), days(1), days(1), days(1)], &edges);
        let Err(NetworkError::Cycle(mut found)) = found else { panic!("{found:?}") };
        found.sort_unstable();
        assert_eq!(found, [1, 2]);
        let itself = solve(&[days(1)], &[edge(0, 0, LinkKind::Fs, 0)]);
        assert_eq!(itself, Err(NetworkError::Cycle(vec![0])));
        assert_eq!(solve(&[days(1)], &[edge(0, 4, LinkKind::Fs, 0)]), Err(NetworkError::Unknown(4)));
        assert_eq!(solve(&[], &[]).map(|network| network.duration), Ok(0));
    }

    /// By hand: B starts 2 days after A starts, C ends 3 days after B ends, D cannot end before 4 days after A starts.
    #[test]
    fn all_four_kinds_with_lags() {
        let activities = [days(5), days(4), days(2), days(1)];
        let edges = [
            edge(0, 1, LinkKind::Ss, 2),
            edge(1, 2, LinkKind::Ff, 3),
            edge(0, 3, LinkKind::Sf, 4),
            edge(3, 2, LinkKind::Fs, 1),
        ];
        let network = solve(&activities, &edges).unwrap();
        let starts: Vec<i64> = network.times.iter().map(|own| own.early_start).collect();
        assert_eq!(starts, [0, 2, 7, 3]);
        assert_eq!(network.duration, 9);
        assert_eq!(network.chain, [0, 1, 2]);
        let floats: Vec<(i64, i64)> =
            network.times.iter().map(|own| (own.total_float, own.free_float)).collect();
        assert_eq!(floats, [(0, 0), (0, 0), (0, 0), (2, 2)]);
    }

    #[test]
    fn what_has_started_stays_where_it_is() {
        let started = Activity { duration: 4, started: Some(1), ..Activity::default() };
        let network =
            solve(&[days(5), started, days(2)], &[edge(0, 1, LinkKind::Fs, 0), edge(1, 2, LinkKind::Fs, 0)])
                .unwrap();
        assert_eq!(network.times[1].early_start, 1);
        assert_eq!(network.times[2].early_start, 5);
        assert_eq!(network.duration, 7);
        // The former is late already; it does not hold the started one.
        assert_eq!(network.times[0].total_float, 2);
    }

    #[test]
    fn a_milestone_of_the_last_moment_ends_the_chain() {
        let edges = [edge(0, 1, LinkKind::Fs, 0), edge(1, 2, LinkKind::Fs, 0)];
        let network = solve(&[days(3), days(2), days(0)], &edges).unwrap();
        assert_eq!((network.duration, network.chain), (5, vec![0, 1, 2]));
    }
}
