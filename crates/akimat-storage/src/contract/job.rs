//! Promises about background work.

use super::build::{DISTRICT, at, id, kato};
use super::{ok, refused, walk};
use crate::job::{Job, JobFilter, JobKinds, JobProgress, JobState};
use crate::{Change, Conflict, Store, StoreError};
use akimat_core::{AccountId, JobId};
use jiff::Timestamp;
use uuid::Uuid;

/// The `n`-th job, asked for in the `n`-th second.
fn job(n: u64) -> Job {
    Job {
        id: JobId(id(n)),
        kind: if n.is_multiple_of(2) { "publish_forecasts" } else { "solve" }.to_owned(),
        place: n.is_multiple_of(2).then(|| kato(DISTRICT)),
        params: "{\"жыл\":2026}".to_owned(),
        state: JobState::Queued,
        done: 0,
        total: 0,
        message: "queued".to_owned(),
        checkpoint: String::new(),
        cancel_asked: false,
        attempts: 0,
        account: Some(AccountId(id(700))),
        account_name: "Талдаушы".to_owned(),
        created_at: at(i64::try_from(n).unwrap_or(0)),
        started_at: None,
        finished_at: None,
        runner: None,
        heartbeat_at: None,
    }
}

fn add(job: &Job) -> Change {
    Change::AddJob(Box::new(job.clone()))
}

fn claim(n: u64, runner: Uuid, (now, before): (Timestamp, Timestamp)) -> Vec<Change> {
    vec![Change::ClaimJob { id: JobId(id(n)), runner, at: now, before }]
}

fn progress(n: u64, runner: Uuid, second: i64) -> JobProgress {
    JobProgress {
        id: JobId(id(n)),
        runner,
        done: 3,
        total: 9,
        message: "running".to_owned(),
        checkpoint: "{\"after\":\"990100000\"}".to_owned(),
        at: at(second),
    }
}

/// Kept whole, newest first, by kind and state.
pub async fn jobs_are_kept(store: &dyn Store) {
    let all: Vec<Job> = (1..=9).map(job).collect();
    ok(store.apply(all.iter().map(add).collect()).await);
    assert_eq!(ok(store.find_job(all[3].id).await).as_ref(), Some(&all[3]));
    assert_eq!(ok(store.find_job(JobId(id(99))).await), None);
    refused(store.apply(vec![add(&all[0])]).await, &Conflict::Exists("job"));
    let filters = [
        JobFilter::default(),
        JobFilter { kind: Some("solve".to_owned()), state: None },
        JobFilter { kind: Some("solve".to_owned()), state: Some(JobState::Queued) },
        JobFilter { kind: None, state: Some(JobState::Done) },
    ];
    for filter in filters {
        let fits = |job: &&Job| {
            filter.kind.as_ref().is_none_or(|kind| *kind == job.kind)
                && filter.state.is_none_or(|state| state == job.state)
        };
        let due: Vec<Job> = all.iter().rev().filter(fits).cloned().collect();
        assert_eq!(walk(2, async |page| store.list_jobs(&filter, &page).await).await, due, "{filter:?}");
    }
}

/// A job goes from the queue through its checkpoints to its end, and only its own server moves it.
#[expect(clippy::cognitive_complexity, reason = "the life of one job, step by step: a list, not a tangle")]
pub async fn jobs_run_to_their_end(store: &dyn Store) {
    ok(store.apply(vec![add(&job(2)), add(&job(1))]).await);
    assert_eq!(ok(store.next_job(at(0), JobKinds::Any).await).map(|job| job.id), Some(JobId(id(1))));
    let (mine, other) = (id(800), id(801));
    ok(store.apply(claim(1, mine, (at(10), at(0)))).await);
    assert_eq!(ok(store.next_job(at(0), JobKinds::Any).await).map(|job| job.id), Some(JobId(id(2))));
    refused(store.apply(claim(1, other, (at(11), at(0)))).await, &Conflict::Stale("job"));
    refused(store.apply(claim(7, other, (at(11), at(0)))).await, &Conflict::Missing("job"));
    ok(store.apply(vec![Change::ProgressJob(progress(1, mine, 12))]).await);
    let foreign = vec![add(&job(3)), Change::ProgressJob(progress(1, other, 13))];
    refused(store.apply(foreign).await, &Conflict::Stale("job"));
    assert_eq!(ok(store.find_job(JobId(id(3))).await), None);
    let running = Job {
        state: JobState::Running,
        done: 3,
        total: 9,
        message: "running".to_owned(),
        checkpoint: "{\"after\":\"990100000\"}".to_owned(),
        attempts: 1,
        started_at: Some(at(10)),
        runner: Some(mine),
        heartbeat_at: Some(at(12)),
        ..job(1)
    };
    assert_eq!(ok(store.find_job(JobId(id(1))).await), Some(running.clone()));
    let end = |runner| {
        let (state, message) = (JobState::Done, "done".to_owned());
        vec![Change::EndJob { id: JobId(id(1)), runner, state, message, at: at(20) }]
    };
    refused(store.apply(end(other)).await, &Conflict::Stale("job"));
    ok(store.apply(end(mine)).await);
    let ended = Job {
        state: JobState::Done,
        message: "done".to_owned(),
        finished_at: Some(at(20)),
        heartbeat_at: Some(at(20)),
        ..running
    };
    assert_eq!(ok(store.find_job(JobId(id(1))).await), Some(ended));
    refused(store.apply(end(mine)).await, &Conflict::Stale("job"));
    refused(store.apply(vec![Change::CancelJob(JobId(id(1)), at(21))]).await, &Conflict::Stale("job"));
}

/// After a restart another server goes on from the checkpoint; the old one notices that it lost the job.
pub async fn broken_off_jobs_are_taken_up(store: &dyn Store) {
    let (old, new) = (id(800), id(801));
    ok(store.apply(vec![add(&job(1))]).await);
    ok(store.apply(claim(1, old, (at(10), at(0)))).await);
    ok(store.apply(vec![Change::ProgressJob(progress(1, old, 12))]).await);
    assert_eq!(ok(store.next_job(at(12), JobKinds::Any).await), None);
    assert_eq!(ok(store.next_job(at(13), JobKinds::Any).await).map(|job| job.done), Some(3));
    ok(store.apply(claim(1, new, (at(50), at(13)))).await);
    refused(store.apply(vec![Change::ProgressJob(progress(1, old, 51))]).await, &Conflict::Stale("job"));
    let taken = ok(store.find_job(JobId(id(1))).await).expect("the job");
    assert_eq!((taken.attempts, taken.runner, taken.started_at), (2, Some(new), Some(at(10))));
    assert_eq!(taken.checkpoint, "{\"after\":\"990100000\"}");
}

/// A waiting job is cancelled at once, a running one is asked to stop.
pub async fn jobs_are_cancelled(store: &dyn Store) {
    ok(store.apply(vec![add(&job(1)), add(&job(2))]).await);
    ok(store.apply(claim(2, id(800), (at(10), at(0)))).await);
    for n in [1, 2] {
        ok(store.apply(vec![Change::CancelJob(JobId(id(n)), at(30))]).await);
    }
    let waiting = ok(store.find_job(JobId(id(1))).await).expect("the job");
    assert_eq!((waiting.state, waiting.finished_at), (JobState::Cancelled, Some(at(30))));
    let running = ok(store.find_job(JobId(id(2))).await).expect("the job");
    assert_eq!((running.state, running.cancel_asked, running.finished_at), (JobState::Running, true, None));
    refused(store.apply(vec![Change::CancelJob(JobId(id(9)), at(30))]).await, &Conflict::Missing("job"));
    assert_eq!(ok(store.next_job(at(0), JobKinds::Any).await), None);
}

/// Of many servers that want a job at once exactly one gets it.
pub async fn one_server_gets_a_job(store: &dyn Store) {
    ok(store.apply(vec![add(&job(1))]).await);
    let try_claim = async |n: u64| store.apply(claim(1, id(800 + n), (at(10), at(0)))).await;
    let outcomes = futures_util::future::join_all((1..=8).map(try_claim)).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert!(matches!(outcome, Err(StoreError::Conflict(Conflict::Stale("job")))), "{outcome:?}");
    }
}

/// A worker is offered the oldest job of its kinds only, also one whose server was lost.
pub async fn workers_take_their_kinds(store: &dyn Store) {
    ok(store.apply(vec![add(&job(2)), add(&job(3)), add(&job(4))]).await);
    let next = async |kinds| ok(store.next_job(at(100), kinds).await).map(|job| job.id);
    assert_eq!(next(JobKinds::Any).await, Some(JobId(id(2))));
    assert_eq!(next(JobKinds::Only(&["solve"])).await, Some(JobId(id(3))));
    assert_eq!(next(JobKinds::Only(&["solve", "publish_forecasts"])).await, Some(JobId(id(2))));
    assert_eq!(next(JobKinds::Except(&["publish_forecasts"])).await, Some(JobId(id(3))));
    assert_eq!(next(JobKinds::Only(&["import_projects"])).await, None);
    ok(store.apply(claim(3, id(800), (at(10), at(0)))).await);
    assert_eq!(next(JobKinds::Only(&["solve"])).await, Some(JobId(id(3))));
    ok(store.apply(claim(3, id(801), (at(200), at(100)))).await);
    assert_eq!(next(JobKinds::Only(&["solve"])).await, None);
    assert_eq!(next(JobKinds::Except(&["solve"])).await, Some(JobId(id(2))));
}
