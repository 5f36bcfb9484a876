//! The smallest concession and the clash.

use crate::instance::{draft, limits, shared};
use akimat_allocation::model::Model;
use akimat_allocation::programme::Project;
use akimat_allocation::relax::{
    Clash, Contradiction, Diagnosis, Give, Obstacle, concede, diagnose, obstacle, rule_name, way_out,
};
use akimat_allocation::solver::{Limits, Outcome, Request, Solver};
use akimat_allocation::{Programme, Rule, verify};
use akimat_solver_highs::Highs;
use serde_json::Value;
use std::time::Instant;

fn int(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

/// Whether a plan satisfies the rules named, by solving anew.
fn possible(programme: &Programme, rules: &[Rule]) -> bool {
    let mut model = Model::of(programme);
    model.rows.retain(|row| rules.contains(&row.rule));
    for column in &mut model.columns {
        column.worth = 0;
    }
    let request = Request::new(&model, limits());
    matches!(Highs.solve(&request).unwrap(), Outcome::Found { values: Some(_), .. })
}

fn check_clash(programme: &Programme, clash: &Clash) {
    assert!(clash.irreducible, "{clash:?}");
    assert!(!possible(programme, &clash.rules), "the rules do not clash");
    for left_out in &clash.rules {
        let rest: Vec<Rule> = clash.rules.iter().copied().filter(|rule| rule != left_out).collect();
        assert!(possible(programme, &rest), "{} is not needed", rule_name(programme, *left_out));
    }
}

fn check(programme: &Programme, diagnosis: &Diagnosis) {
    for way in [&diagnosis.floors, &diagnosis.caps, &diagnosis.both].into_iter().flatten() {
        assert!(way.at_least <= way.total && way.at_least > 0, "{way:?}");
        assert_eq!(way.total, way.concessions.iter().map(|concession| concession.by).sum::<i64>());
        assert_eq!(verify(&concede(programme, &way.concessions), &way.plan), vec![]);
        assert!(!verify(programme, &way.plan).is_empty());
    }
    check_clash(programme, diagnosis.clash.as_ref().unwrap());
}

#[test]
fn the_infeasible_reference_cases_have_the_reference_totals_and_a_proven_clash() {
    let Some(cases) = shared("portfolio_cases.json") else { return };
    for case in cases["infeasible"].as_array().unwrap() {
        let Some(instance) = shared(case["instance_file"].as_str().unwrap()) else { return };
        let programme = draft(&instance).check().unwrap();
        let diagnosis = diagnose(&programme, &Highs, &limits()).unwrap().unwrap();
        let total = |key: &str| {
            let value = case[key].as_f64().unwrap();
            #[expect(clippy::cast_possible_truncation, reason = "the reference totals are small")]
            let whole = value as i64;
            whole
        };
        let found = |way: &Option<akimat_allocation::relax::WayOut>| way.as_ref().unwrap().total;
        assert_eq!(found(&diagnosis.floors), total("min_total_relaxation_floors"));
        assert_eq!(found(&diagnosis.caps), total("min_total_relaxation_caps"));
        assert_eq!(found(&diagnosis.both), total("min_total_relaxation_floors_and_caps"));
        for way in [&diagnosis.floors, &diagnosis.caps, &diagnosis.both] {
            assert!(way.as_ref().unwrap().is_smallest());
        }
        check(&programme, &diagnosis);
        let size = diagnosis.clash.as_ref().unwrap().rules.len();
        println!("n {} seed {}: {size} rules against {}", case["n"], case["seed"], int(&case["iis_size"]));
    }
}

#[test]
fn a_programme_with_a_plan_needs_no_way_out() {
    let Some(instance) = shared("p24_A_22.json") else { return };
    let programme = draft(&instance).check().unwrap();
    assert_eq!(diagnose(&programme, &Highs, &limits()).unwrap(), None);
}

#[test]
fn three_hundred_projects_get_a_way_out_and_a_clash() {
    let Some(instance) = shared("p300_A_101.json") else { return };
    let limits = Limits { nodes: 20, ..limits() };
    // One district is to get more than all its projects cost.
    let mut district = draft(&instance);
    let inside = |project: &&Project| project.district == Some(2);
    let all: i64 = district.projects.iter().filter(inside).map(|project| project.total).sum();
    district.districts[2].floor = all + 7;
    // Contracts of one year that the source cannot pay.
    let mut contracts = draft(&instance);
    for project in contracts.projects.iter_mut().filter(|p| p.earliest <= 2 && 2 <= p.latest) {
        (project.mandatory, project.earliest, project.latest) = (true, 2, 2);
    }
    contracts.exclusive.clear();
    contracts.precedence.clear();
    contracts.starts_cap = None;
    for (name, draft) in [("district", district), ("contracts", contracts)] {
        let programme = draft.check().unwrap();
        let start = Instant::now();
        let diagnosis = diagnose(&programme, &Highs, &limits).unwrap().unwrap();
        let time = start.elapsed();
        let clash = diagnosis.clash.as_ref().unwrap();
        let names: Vec<String> =
            clash.rules.iter().take(6).map(|rule| rule_name(&programme, *rule)).collect();
        let totals = [&diagnosis.floors, &diagnosis.caps, &diagnosis.both];
        let totals = totals.map(|way| way.as_ref().map(|way| (way.total, way.at_least)));
        println!("{name}: {totals:?}, {} rules in {time:?}: {names:?}", clash.rules.len());
        check(&programme, &diagnosis);
    }
}

#[test]
fn a_project_that_no_plan_can_contain_names_what_stands_against_it() {
    let Some(instance) = shared("p24_A_22.json") else { return };
    let mut sound = draft(&instance);
    sound.projects[3].barred = true;
    let programme = sound.check().unwrap();
    assert_eq!(obstacle(&programme, 3, &Highs, &limits()).unwrap(), Some(Obstacle::Barred));
    let mut blocked = 0;
    for project in (0..programme.projects().len()).filter(|project| *project != 3) {
        match obstacle(&programme, project, &Highs, &limits()).unwrap() {
            None => {}
            Some(Obstacle::Rules { clash, way }) => {
                let mut with = programme.to_draft();
                with.projects[project].mandatory = true;
                let with = with.check().unwrap();
                let clash = clash.unwrap();
                check_clash(&with, &clash);
                assert!(clash.projects.contains(&project), "{clash:?}");
                assert!(way.is_none_or(|way| way.total > 0));
                blocked += 1;
            }
            Some(Obstacle::Barred) => panic!("{project} is not barred"),
        }
    }
    assert!(blocked > 0);
}

#[test]
fn mandatory_projects_dearer_than_the_budget_clash_with_it() {
    let Some(instance) = shared("p24_A_22.json") else { return };
    let mut draft = draft(&instance);
    let first: Vec<usize> = (0..6).collect();
    for project in &first {
        let project = &mut draft.projects[*project];
        (project.mandatory, project.earliest, project.latest) = (true, 2, 2);
        project.cost[0] = vec![100];
    }
    draft.exclusive.clear();
    draft.precedence.clear();
    draft.starts_cap = None;
    draft.sources[0].budget[1] = 430;
    let programme = draft.check().unwrap();
    let clash = diagnose(&programme, &Highs, &limits()).unwrap().unwrap().clash.unwrap();
    check_clash(&programme, &clash);
    assert_eq!(clash.rules.len(), 6, "{clash:?}");
    assert!(clash.rules.contains(&Rule::Budget { source: 0, year: 2 }));
    assert_eq!(clash.projects.len(), 5);
    assert_eq!(clash.enough.iter().map(|one| one.by).collect::<Vec<_>>(), vec![70]);
    let cap = Rule::Budget { source: 0, year: 2 };
    let projects = clash.projects.clone();
    let expect = Contradiction::DutiesAboveCap { projects, cap, by: Some(70) };
    assert_eq!(clash.contradiction(&programme), expect);
    let way = way_out(&programme, &Model::of(&programme), (&Highs, &limits()), Give::Floors).unwrap();
    assert_eq!(way, None);
}
