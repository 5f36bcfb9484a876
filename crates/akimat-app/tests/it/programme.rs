//! The programme from the question to the publication, with a database and the exact solver.

use crate::village::{DISTRICT, OKRUG, OTHER, Village, kato, tenge};
use akimat_allocation::model::Model;
use akimat_allocation::{Relaxation, Request, Solver, SolverError, solver::Outcome};
use akimat_app::programme::build::Frame;
use akimat_app::programme::{
    Answer, Barred, Decide, Deviation, NewProgramme, ProgrammeEdit, ProgrammeRecord, ProgrammeRequest,
    RulingKind, Voice, WaitAsk, WindowAsk,
};
use akimat_app::{AppError, Result};
use akimat_core::{KatoCode, Money, ProjectId};
use akimat_solver_highs::Highs;
use akimat_storage::{JobState, PageRequest, ProgrammeState};
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn frame() -> Frame {
    Frame { place: kato(DISTRICT), first_year: 2027, years: 3 }
}

/// 200 million tenge of own money and of transfers in each of three years.
fn request(village: &Village) -> ProgrammeRequest {
    let mut request = village.app.first_request(3);
    for source in &mut request.sources {
        source.budget = vec![tenge(200_000); 3];
    }
    request.discount = akimat_app::programme::factors(500, 3);
    request
}

async fn begin(village: &Village, request: ProgrammeRequest) -> Uuid {
    let new = NewProgramme {
        place: kato(DISTRICT),
        title: "Бағдарлама".to_owned(),
        first_year: 2027,
        years: 3,
        request: Some(request),
    };
    village.app.create_programme(village.actor("analyst"), new).await.unwrap()
}

async fn edit_of(village: &Village, id: Uuid) -> u32 {
    village.app.programme(village.actor("analyst"), id).await.unwrap().head.edit
}

/// Solves as the server does.
async fn solve(village: &Village, id: Uuid) -> ProgrammeState {
    let edit = edit_of(village, id).await;
    village.app.solve_programme(village.actor("analyst"), (id, edit)).await.unwrap();
    assert!(village.app.work_on_next_job(Uuid::from_u128(1)).await.unwrap());
    village.app.programme(village.actor("analyst"), id).await.unwrap().state
}

fn fields(error: Result<impl std::fmt::Debug>) -> Vec<String> {
    match error {
        Err(AppError::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect(),
        other => panic!("fields should be wrong: {other:?}"),
    }
}

#[tokio::test]
async fn candidates_are_built_with_what_bars_them() {
    let village = Village::open().await;
    let input = village.app.build_programme(frame(), &request(&village)).await.unwrap();
    let one = |number: &str| input.candidates.iter().find(|one| one.number == number).unwrap().clone();
    // Costs are rounded up to thousands: 60 000.01 thousand tenge are 60 001.
    assert_eq!(one("V-1").cost, [vec![60_001, 40_000], vec![0]]);
    assert_eq!(one("V-1").total, 100_000);
    assert_eq!((one("V-1").earliest, one("V-1").latest), (1, 3));
    // 100 * 0.6 + 50 * 0.4, in units of 1e-4.
    assert_eq!(one("V-1").benefit, 8_000);
    assert_eq!(one("V-2").district, Some(0));
    assert_eq!(one("V-4").barred, Some(Barred::NoScores { missing: vec!["reach".to_owned()] }));
    assert_eq!(one("V-5").barred, Some(Barred::NoCost));
    assert_eq!(one("V-6").barred, Some(Barred::OtherSources));
    assert_eq!(one("V-7").barred, Some(Barred::Years { earliest: 2031 }));
    assert_eq!(one("V-8").barred, Some(Barred::TooLarge));
    // A running contract is a duty with what is left to pay, at the calendar years of its money.
    let running = one("R-1");
    assert!(running.duty.is_some() && running.barred.is_none());
    assert_eq!(running.cost, [vec![30_000, 5_000], vec![0]]);
    assert_eq!((running.earliest, running.latest, running.benefit), (1, 1, 0));
    assert!(input.candidates.iter().all(|one| one.number != "X-1"), "another district stays out");
    assert_eq!(input.exclusive.len(), 1);
    assert_eq!(input, village.app.build_programme(frame(), &request(&village)).await.unwrap());
}

#[tokio::test]
async fn the_file_for_the_command_line_is_the_same_programme() {
    let village = Village::open().await;
    let mut asked = request(&village);
    asked.starts_cap = vec![2, 2, 2];
    asked.sources[0].tail = Some(tenge(7));
    asked.sector_floors.insert(akimat_project::Sector::Water, tenge(10));
    asked.precedence =
        vec![WaitAsk { before: village.project("V-1"), after: village.project("V-9"), lag: 1 }];
    let input = village.app.build_programme(frame(), &asked).await.unwrap();
    let file = serde_json::to_vec(&akimat_app::programme::instance(&input)).unwrap();
    let read = akimat_interop::portfolio::decode_portfolio(&file).unwrap();
    assert_eq!(read, input.programme().unwrap());
    // Running contracts do not use up the places of new projects.
    assert_eq!(input.starts_cap, Some(vec![3, 2, 2]));
}

#[tokio::test]
async fn a_job_solves_explains_and_is_recomputed_to_the_byte() {
    let village = Village::open().await;
    let id = begin(&village, request(&village)).await;
    assert_eq!(solve(&village, id).await, ProgrammeState::Solved);
    let view = village.app.programme(village.actor("akim"), id).await.unwrap();
    let solution = view.solution.clone().unwrap();
    let plan = solution.plan().unwrap();
    assert!(plan.allocation.is_optimal() && plan.allocation.repeatable);
    assert_eq!(view.head.objective, Some(plan.allocation.objective));
    let report = solution.report.as_ref().unwrap();
    let explained = report.explained.as_ref().unwrap();
    assert_eq!(explained.explanations.len(), solution.input.candidates.len());
    assert!(!report.marginal.is_empty() && !report.frontier.is_empty() && !report.incomplete);
    assert!(!view.outdated);
    let edit = view.head.edit;
    village.app.decide_programme(village.actor("akim"), (id, edit), &Decide::default()).await.unwrap();
    let record = village.app.programme(village.actor("akim"), id).await.unwrap().record.unwrap();
    assert!(record.holds());
    let again = village.app.rerun_record(&record).await.unwrap();
    let bytes = |answer| serde_json::to_string(answer).unwrap();
    assert_eq!(bytes(&again), bytes(&record.answer));
}

#[tokio::test]
async fn deciding_otherwise_needs_reasons_and_changes_no_computation() {
    let village = Village::open().await;
    let id = begin(&village, request(&village)).await;
    solve(&village, id).await;
    let (akim, analyst) = (village.actor("akim"), village.actor("analyst"));
    let view = village.app.programme(akim, id).await.unwrap();
    let out = village.project("V-1");
    let decide = |reason: &str| Decide {
        deviations: vec![Deviation { project: out, start: None, reason: reason.to_owned() }],
        reason: String::new(),
    };
    let key = (id, view.head.edit);
    assert!(matches!(
        village.app.decide_programme(analyst, key, &decide("Су маңызды")).await,
        Err(AppError::Forbidden)
    ));
    let wanting = village.app.decide_programme(akim, key, &decide(" ")).await;
    assert_eq!(fields(wanting), [format!("deviation-{out}")]);
    let preview = village.app.preview_decision(akim, id, &decide("")).await.unwrap();
    assert!(preview.loss > 0);
    let stranger = Decide {
        deviations: vec![Deviation {
            project: village.project("X-1"),
            start: Some(2027),
            reason: "x".into(),
        }],
        reason: String::new(),
    };
    fields(village.app.decide_programme(akim, key, &stranger).await);
    let late = Decide {
        deviations: vec![Deviation { project: out, start: Some(i16::MAX), reason: "x".into() }],
        reason: String::new(),
    };
    fields(village.app.decide_programme(akim, key, &late).await);
    let duty = Decide {
        deviations: vec![Deviation { project: village.project("R-1"), start: None, reason: "x".into() }],
        reason: String::new(),
    };
    fields(village.app.decide_programme(akim, key, &duty).await);
    village.app.decide_programme(akim, key, &decide("Су маңызды")).await.unwrap();
    let decided = village.app.programme(akim, id).await.unwrap();
    assert_eq!(decided.state, ProgrammeState::Decided);
    let record = decided.record.clone().unwrap();
    assert_eq!(record.answer, view.solution.unwrap().answer.unwrap(), "the computation is untouched");
    assert_eq!(record.decided.loss, preview.loss);
    assert_eq!(record.decided.deviations[0].reason, "Су маңызды");
    assert!(record.holds());
    // Nothing of it is public before it is published, and afterwards it is on record as decided.
    assert!(matches!(village.app.published_programme(id).await, Err(AppError::NotFound(_))));
    let key = (id, decided.head.edit);
    assert!(matches!(village.app.publish_programme(analyst, key).await, Err(AppError::Forbidden)));
    let decision = village.app.publish_programme(akim, key).await.unwrap();
    let stored = village.store.find_decision(decision).await.unwrap().unwrap();
    assert!(stored.changed);
    assert_eq!(ProgrammeRecord::read(&stored.document).unwrap().as_ref(), Some(&record));
    assert_eq!(village.app.published_programme(id).await.unwrap().state, ProgrammeState::Published);
    assert!(matches!(village.app.publish_programme(akim, key).await, Err(AppError::Conflict(_))));
    let form = ProgrammeEdit { title: "x".into(), first_year: 2027, years: 3, request: request(&village) };
    let edit = edit_of(&village, id).await;
    assert!(matches!(
        village.app.edit_programme(analyst, (id, edit), form).await,
        Err(AppError::Conflict(_))
    ));
}

#[tokio::test]
async fn what_changed_since_the_last_plan_is_told_with_its_causes() {
    let village = Village::open().await;
    let (akim, analyst) = (village.actor("akim"), village.actor("analyst"));
    let first = begin(&village, request(&village)).await;
    solve(&village, first).await;
    let key = (first, edit_of(&village, first).await);
    village.app.decide_programme(akim, key, &Decide::default()).await.unwrap();
    let key = (first, edit_of(&village, first).await);
    village.app.publish_programme(akim, key).await.unwrap();
    let copy = village.app.copy_programme(analyst, first, "Көшірме").await.unwrap();
    let view = village.app.programme(analyst, copy).await.unwrap();
    assert_eq!((view.state, view.head.parent), (ProgrammeState::Solved, Some(first)));
    let mut tighter = view.request.clone();
    for source in &mut tighter.sources {
        source.budget = vec![tenge(75_000); 3];
    }
    let form = ProgrammeEdit { title: "Тар".into(), first_year: 2027, years: 3, request: tighter };
    village.app.edit_programme(analyst, (copy, view.head.edit), form).await.unwrap();
    assert!(village.app.programme(analyst, copy).await.unwrap().outdated);
    solve(&village, copy).await;
    let view = village.app.programme(analyst, copy).await.unwrap();
    let (head, changes) = village.app.programme_changes(&view).await.unwrap().unwrap();
    assert_eq!(head.id, first);
    assert!(changes.objective.1 < changes.objective.0);
    assert!(changes.causes.len() >= 6, "six budgets differ: {:?}", changes.causes);
    assert!(!changes.moved.is_empty());
    let (_, _, same) = village.app.compare_programmes(analyst, (first, copy)).await.unwrap();
    assert_eq!(same, changes);
}

#[tokio::test]
async fn the_cost_of_a_ruling_is_shown_and_kept() {
    let village = Village::open().await;
    let analyst = village.actor("analyst");
    let id = begin(&village, request(&village)).await;
    let bridge = village.project("V-3");
    let cost = village.app.override_cost(analyst, id, (bridge, RulingKind::Keep)).await.unwrap();
    assert!(cost.cost().unwrap() >= 0 && cost.least() <= cost.most());
    let edit = edit_of(&village, id).await;
    let ruling = Some((RulingKind::Keep, "Көпір керек", Some(cost.clone())));
    village.app.rule_on_project(analyst, (id, edit), bridge, ruling).await.unwrap();
    let view = village.app.programme(analyst, id).await.unwrap();
    let kept = view.request.ruling(bridge).unwrap();
    assert_eq!((kept.cost.as_ref(), kept.reason.as_str()), (Some(&cost), "Көпір керек"));
    assert!(!kept.by.is_empty());
    solve(&village, id).await;
    let view = village.app.programme(analyst, id).await.unwrap();
    let solution = view.solution.unwrap();
    let at = solution.input.find(bridge).unwrap();
    assert!(solution.plan().unwrap().allocation.plan.has(at));
    // Nobody rules on a running contract, nor on a project of another territory.
    fields(village.app.override_cost(analyst, id, (village.project("R-1"), RulingKind::Bar)).await);
    let foreign = village.app.override_cost(analyst, id, (village.project("X-1"), RulingKind::Bar)).await;
    assert!(matches!(foreign, Err(AppError::NotFound(_))));
    let key = (id, edit_of(&village, id).await);
    let without = Some((RulingKind::Bar, "  ", None));
    fields(village.app.rule_on_project(analyst, key, bridge, without).await);
}

#[tokio::test]
async fn an_impossible_request_says_the_smallest_way_out() {
    let village = Village::open().await;
    let mut asked = request(&village);
    asked.district_floors.insert(kato(OKRUG), tenge(900_000_000));
    let id = begin(&village, asked).await;
    assert_eq!(solve(&village, id).await, ProgrammeState::Infeasible);
    let solution = village.app.programme(village.actor("analyst"), id).await.unwrap().solution.unwrap();
    let Answer::Infeasible { diagnosis: Some(diagnosis) } = solution.answer.unwrap().answer else { panic!() };
    assert!(diagnosis.both.is_some_and(|way| way.total > 0));
    let what_if = village.app.what_if_programme(village.actor("analyst"), id, &request(&village)).await;
    assert!(what_if.unwrap().plan().is_some());
}

#[tokio::test]
async fn a_lost_server_loses_nothing() {
    let village = Village::open().await;
    let id = begin(&village, request(&village)).await;
    let analyst = village.actor("analyst");
    let edit = edit_of(&village, id).await;
    let job = village.app.solve_programme(analyst, (id, edit)).await.unwrap();
    // A server takes the job and is killed: it gives no sign of life for a minute.
    village.claim(job, Uuid::from_u128(7)).await;
    assert!(!village.app.work_on_next_job(Uuid::from_u128(8)).await.unwrap());
    let view = village.app.programme(analyst, id).await.unwrap();
    assert_eq!(view.state, ProgrammeState::Solving);
    let form = ProgrammeEdit { title: "x".into(), first_year: 2027, years: 3, request: view.request };
    let busy = village.app.edit_programme(analyst, (id, view.head.edit), form).await;
    assert!(matches!(busy, Err(AppError::Conflict(_))));
    village.wait(120);
    assert!(village.app.work_on_next_job(Uuid::from_u128(8)).await.unwrap());
    assert_eq!(village.store.find_job(job).await.unwrap().unwrap().state, JobState::Done);
    assert_eq!(village.app.programme(analyst, id).await.unwrap().state, ProgrammeState::Solved);
    // A cancelled job leaves a draft that can be changed and solved again.
    let edit = edit_of(&village, id).await;
    let job = village.app.solve_programme(analyst, (id, edit)).await.unwrap();
    village.app.cancel_programme(analyst, id).await.unwrap();
    assert_eq!(village.store.find_job(job).await.unwrap().unwrap().state, JobState::Cancelled);
    assert_eq!(village.app.programme(analyst, id).await.unwrap().state, ProgrammeState::Draft);
    assert_eq!(solve(&village, id).await, ProgrammeState::Solved);
}

/// A solver that cannot be broken off and takes six seconds for each search.
struct Slow;

impl Solver for Slow {
    fn name(&self) -> String {
        Highs.name()
    }

    fn relaxation(&self, model: &Model) -> std::result::Result<Box<dyn Relaxation>, SolverError> {
        Highs.relaxation(model)
    }

    fn solve(&self, request: &Request<'_>) -> std::result::Result<Outcome, SolverError> {
        std::thread::sleep(Duration::from_secs(6));
        Highs.solve(request)
    }
}

#[tokio::test]
async fn a_search_that_cannot_be_broken_off_is_left_behind() {
    let village = Village::open_with(Arc::new(Slow)).await;
    let id = begin(&village, request(&village)).await;
    let analyst = village.actor("analyst");
    let edit = edit_of(&village, id).await;
    let job = village.app.solve_programme(analyst, (id, edit)).await.unwrap();
    let app = village.app.clone();
    let begun = Instant::now();
    let work = tokio::spawn(async move { app.work_on_next_job(Uuid::from_u128(1)).await });
    while village.store.find_job(job).await.unwrap().unwrap().state != JobState::Running {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    village.app.cancel_programme(analyst, id).await.unwrap();
    assert!(work.await.unwrap().unwrap());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(village.store.find_job(job).await.unwrap().unwrap().state, JobState::Cancelled);
    assert_eq!(village.app.programme(analyst, id).await.unwrap().state, ProgrammeState::Draft);
}

#[tokio::test]
async fn everybody_stays_within_role_and_territory() {
    let village = Village::open().await;
    let id = begin(&village, request(&village)).await;
    let forbidden = |result: Result<()>| assert!(matches!(result, Err(AppError::Forbidden)), "{result:?}");
    let app = &village.app;
    for login in ["resident", "moderator", "stranger"] {
        let actor = village.actor(login);
        forbidden(app.programme(actor, id).await.map(|_| ()));
        forbidden(app.comment_programme(actor, id, Voice::Council, "x").await);
        forbidden(app.copy_programme(actor, id, "x").await.map(|_| ()));
        forbidden(app.what_if_programme(actor, id, &request(&village)).await.map(|_| ()));
        forbidden(app.solve_programme(actor, (id, 1)).await.map(|_| ()));
        forbidden(app.cancel_programme(actor, id).await);
        forbidden(app.delete_programme(actor, (id, 1)).await);
        forbidden(app.decide_programme(actor, (id, 1), &Decide::default()).await);
    }
    assert!(matches!(app.programme(None, id).await, Err(AppError::SignInNeeded)));
    let elsewhere =
        NewProgramme { place: kato(OTHER), title: "x".into(), first_year: 2027, years: 3, request: None };
    forbidden(app.create_programme(village.actor("analyst"), elsewhere).await.map(|_| ()));
    // A member of the commission sees and comments, but changes nothing.
    let manager = village.actor("manager");
    app.comment_programme(manager, id, Voice::Commission, " Алдымен су ").await.unwrap();
    let view = app.programme(manager, id).await.unwrap();
    assert_eq!(view.comments[0].body, "Алдымен су");
    forbidden(app.solve_programme(manager, (id, 1)).await.map(|_| ()));
    fields(app.comment_programme(manager, id, Voice::Commission, "  ").await);
    fields(app.comment_programme(manager, id, Voice::Commission, &"ә".repeat(5_000)).await);
    app.delete_programme(village.actor("analyst"), (id, 1)).await.unwrap();
    assert!(matches!(app.programme(manager, id).await, Err(AppError::NotFound(_))));
    let page = PageRequest::first(10);
    assert!(village.store.list_decisions(None, &page).await.unwrap().items.is_empty());
}

/// A change of a sound request, and the fields that it makes wrong.
type Spoiled = (&'static str, Box<dyn Fn(&mut ProgrammeRequest)>);

fn hostile(project: ProjectId, foreign: ProjectId, place: KatoCode) -> Vec<Spoiled> {
    let wait = move |before, after, lag| WaitAsk { before, after, lag };
    vec![
        ("budget-own-2028", Box::new(|r| r.sources[0].budget[1] = Money::from_tiyn(-1))),
        ("budget-own-2027", Box::new(|r| r.sources[0].budget[0] = Money::from_tiyn(i64::MAX))),
        ("budget-transfer", Box::new(|r| r.sources[1].budget.clear())),
        ("tail-own", Box::new(|r| r.sources[0].tail = Some(Money::from_tiyn(i64::MIN)))),
        ("sources", Box::new(|r| r.sources.clear())),
        ("sources", Box::new(|r| r.sources[1].source = akimat_project::MoneySource::Own)),
        ("discount-2029", Box::new(|r| r.discount[2] = 10_001)),
        ("discount", Box::new(|r| r.discount.push(1))),
        ("request", Box::new(|r| r.discount = vec![1; 100_000])),
        ("starts", Box::new(|r| r.starts_cap = vec![1])),
        ("seconds", Box::new(|r| r.seconds = Some(0))),
        ("gap", Box::new(|r| r.gap_millionths = u32::MAX)),
        ("delay_max", Box::new(|r| r.delay_max = u16::MAX)),
        ("wait-1", Box::new(move |r| r.precedence = vec![wait(project, foreign, 0)])),
        ("wait-1", Box::new(move |r| r.precedence = vec![wait(project, project, 0)])),
        ("exclusive-1", Box::new(move |r| r.exclusive = vec![vec![project, project]])),
        (
            "district-990200000",
            Box::new(move |r| {
                r.district_floors.insert(place, Money::ZERO);
            }),
        ),
        (
            "window-",
            Box::new(move |r| {
                r.windows = vec![WindowAsk { project, earliest: i16::MAX, latest: i16::MIN }];
            }),
        ),
        ("request", Box::new(move |r| r.exclusive = vec![vec![project; 1_000_000]])),
    ]
}

#[tokio::test]
async fn hostile_requests_are_refused_at_their_field() {
    let village = Village::open().await;
    let (project, foreign) = (village.project("V-1"), village.project("X-1"));
    for (field, spoil) in hostile(project, foreign, kato(OTHER)) {
        let mut asked = request(&village);
        spoil(&mut asked);
        let faults = village.app.check_programme(frame(), &asked).await.unwrap().faults;
        assert!(faults.iter().any(|fault| fault.field.starts_with(field)), "{field}: {faults:?}");
    }
    let mut circle = request(&village);
    let other = village.project("V-2");
    circle.precedence = vec![
        WaitAsk { before: project, after: other, lag: 1 },
        WaitAsk { before: other, after: project, lag: 0 },
    ];
    let faults = village.app.check_programme(frame(), &circle).await.unwrap().faults;
    assert_eq!(faults[0].key, "field-programme-cycle");
    for (first_year, years) in [(i16::MAX, 3), (i16::MIN, 3), (2027, 0), (2027, u16::MAX)] {
        let wild = Frame { first_year, years, ..frame() };
        let checked = village.app.check_programme(wild, &request(&village)).await.unwrap();
        assert!(!checked.faults.is_empty(), "{first_year} {years}");
    }
    // A form cannot put words into another person's mouth.
    let id = begin(&village, request(&village)).await;
    let mut forged = request(&village);
    forged.rulings = vec![akimat_app::programme::Ruling {
        project,
        kind: RulingKind::Bar,
        reason: "x".into(),
        by: "Басқа біреу".into(),
        at: jiff::Timestamp::MAX,
        cost: None,
    }];
    let form = ProgrammeEdit { title: "x".into(), first_year: 2027, years: 3, request: forged };
    village.app.edit_programme(village.actor("analyst"), (id, 1), form).await.unwrap();
    let view = village.app.programme(village.actor("analyst"), id).await.unwrap();
    assert_ne!(view.request.rulings[0].by, "Басқа біреу");
}
