//! Small random programmes and every plan of them.

use crate::instance::limits;
use akimat_allocation::allocate::{AllocateError, Allocated, Effort, allocate};
use akimat_allocation::model::Model;
use akimat_allocation::programme::{Draft, Id, Part, Plan, Project, Source};
use akimat_allocation::solver::{Outcome, Request, Solver};
use akimat_allocation::{Programme, verify};
use akimat_solver_highs::Highs;
use proptest::prelude::*;

pub(crate) const YEARS: u16 = 2;

prop_compose! {
    fn any_project()(
        benefit in 1_i64..40,
        own in prop::collection::vec(0_i64..9, 1..4),
        transfer in prop::collection::vec(0_i64..9, 0..3),
        sector in 0_usize..2,
        district in 0_usize..3,
        window in prop_oneof![3 => Just((1, 2)), 1 => Just((1, 1)), 1 => Just((2, 2))],
    ) -> Project {
        let total = own.iter().chain(&transfer).sum::<i64>().max(1);
        let mut own = own;
        own[0] = own[0].max(1);
        Project {
            id: Id::Number(0), sector: Some(sector), district: Some(district), benefit, total,
            earliest: window.0, latest: window.1, cost: vec![own, transfer], mandatory: false, barred: false,
        }
    }
}

prop_compose! {
    /// Up to seven projects over two years from two sources.
    pub(crate) fn any_draft()(
        projects in prop::collection::vec(any_project(), 1..7),
        own in prop::collection::vec(0_i64..25, 2),
        transfer in prop::collection::vec(0_i64..25, 2),
        floor in 0_i64..6,
        starts in 1_i64..5,
    ) -> Draft {
        let source = |name: &str, budget| Source { name: name.to_owned(), budget, tail: Some(12) };
        let part = |name: &str, floor, population| Part { name: name.to_owned(), floor, population };
        let mut projects = projects;
        for (id, project) in (0..).zip(&mut projects) {
            project.id = Id::Number(id);
        }
        Draft {
            years: YEARS,
            discount: vec![10_000, 9_434],
            sources: vec![source("own", own), source("transfer", transfer)],
            sectors: vec![part("roads", 0, None), part("water", floor, None)],
            districts: vec![part("a", 0, Some(3)), part("b", 0, Some(7)), part("c", 0, Some(11))],
            starts_cap: Some(vec![starts, starts + 1]),
            projects,
            ..Draft::default()
        }
    }
}

/// Every plan, whether it keeps the rules or not.
pub(crate) fn all_plans(projects: usize) -> impl Iterator<Item = Plan> {
    let choices = usize::from(YEARS) + 1;
    (0..choices.pow(u32::try_from(projects).unwrap())).map(move |mut number| {
        let mut starts = Vec::new();
        for _ in 0..projects {
            let start = u16::try_from(number % choices).unwrap();
            starts.push((start > 0).then_some(start));
            number /= choices;
        }
        Plan { starts }
    })
}

/// The worth of the best plan by trying all of them with a check of the test's own.
pub(crate) fn best(programme: &Programme, worth: impl Fn(&Plan) -> Option<i64>) -> Option<i64> {
    all_plans(programme.projects().len()).filter_map(|plan| worth(&plan)).max()
}

/// The worth of the best plan by the model; the plan passes the check and is worth what the model says.
pub(crate) fn solved(programme: &Programme) -> Option<(Plan, i64)> {
    let model = Model::of(programme);
    let request = Request::new(&model, limits());
    match Highs.solve(&request).unwrap() {
        Outcome::Infeasible => None,
        Outcome::Found { values, bound, complete, .. } => {
            assert!(complete);
            let chosen: Vec<bool> = values.unwrap().iter().map(|value| *value > 0.5).collect();
            let plan = model.plan(&chosen);
            assert_eq!(verify(programme, &plan), vec![]);
            let objective = programme.objective(&plan);
            #[expect(clippy::cast_precision_loss, reason = "small programmes")]
            let near = (objective as f64 - bound).abs() < 1.0 + bound.abs() * 1e-6;
            assert!(near, "{objective} is not {bound}");
            Some((plan, objective))
        }
    }
}

/// The front door, to the proof.
pub(crate) fn allocated(programme: &Programme) -> Result<Allocated, AllocateError> {
    let effort = Effort { gap_millionths: 0, ..Effort::default() };
    allocate(programme, &Highs, &effort, &mut ())
}

/// What the common rules ask, written anew: payments, floors, starts.
pub(crate) fn plain(programme: &Programme, plan: &Plan, budgets: bool) -> bool {
    let mut years = [[0_i64; 2]; 2];
    let mut tails = [0_i64; 2];
    let mut starts = [0_i64; 2];
    let mut water = 0;
    for (project, start) in plan.started() {
        let data = &programme.projects()[project];
        if !programme.window(project).contains(&start) {
            return false;
        }
        starts[usize::from(start) - 1] += 1;
        if data.sector == Some(1) {
            water += data.total;
        }
        for (source, cost) in data.cost.iter().enumerate() {
            for (age, amount) in cost.iter().enumerate() {
                match usize::from(start) - 1 + age {
                    year if year < 2 => years[source][year] += amount,
                    _ => tails[source] += amount,
                }
            }
        }
    }
    let caps = programme.starts_cap().unwrap();
    let sources = programme.sources();
    let money = (0..2).all(|s| (0..2).all(|y| years[s][y] <= sources[s].budget[y]));
    (!budgets || money)
        && (0..2).all(|s| tails[s] <= sources[s].tail.unwrap())
        && (0..2).all(|y| starts[y] <= caps[y])
        && water >= programme.sectors()[1].floor
        && programme.projects().iter().zip(&plan.starts).all(|(p, start)| start.is_some() || !p.mandatory)
}

/// What a plan pays of a source in a year, by project.
pub(crate) fn payments(programme: &Programme, plan: &Plan, source: usize, year: u16) -> Vec<(usize, i64)> {
    let paid = |(project, start): (usize, u16)| {
        let age = usize::from(year.checked_sub(start)?);
        Some((project, *programme.projects()[project].cost[source].get(age)?))
    };
    plan.started().filter_map(paid).collect()
}
