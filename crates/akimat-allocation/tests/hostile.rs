//! No draft, however wrong, makes the check or what follows it break off.

#![allow(clippy::unwrap_used, reason = "a test breaks off where it fails")]

use akimat_allocation::by_rank::rank_and_cut;
use akimat_allocation::extension::{
    Approved, Capacity, CarryOver, Deviation, Extensions, Obligation, RobustCap, Ruling, RulingKind,
    Stability, Synergy, TailMean,
};
use akimat_allocation::model::Model;
use akimat_allocation::programme::{Draft, Id, PROJECTS_MAX, Part, Plan, Precedence, Project, Source};
use akimat_allocation::{ProgrammeFault, verify};
use proptest::prelude::*;

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => 0_i64..50,
        1 => Just(i64::MIN), 1 => Just(i64::MAX), 1 => Just(-1_i64), 1 => Just(1_000_000_000_000_i64),
        1 => any::<i64>(),
    ]
}

fn year() -> impl Strategy<Value = u16> {
    prop_oneof![6 => 0_u16..5, 1 => any::<u16>()]
}

fn id() -> impl Strategy<Value = Id> {
    prop_oneof![4 => (0_i64..6).prop_map(Id::Number), 1 => "[a ]{0,2}".prop_map(Id::Text)]
}

fn place() -> impl Strategy<Value = usize> {
    prop_oneof![8 => 0_usize..6, 1 => any::<usize>()]
}

fn numbers(most: usize) -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(number(), 0..most)
}

prop_compose! {
    fn project()(
        id in id(), sector in prop::option::of(place()), district in prop::option::of(place()),
        benefit in number(), total in number(), window in (year(), year()),
        cost in prop::collection::vec(numbers(5), 0..4), flags in any::<(bool, bool)>(),
    ) -> Project {
        Project {
            id, sector, district, benefit, total, earliest: window.0, latest: window.1, cost,
            mandatory: flags.0 && flags.1, barred: flags.0 && !flags.1,
        }
    }
}

prop_compose! {
    fn extensions()(
        rulings in prop::collection::vec((id(), any::<bool>(), "[a ]{0,1}"), 0..3),
        stability in prop::option::of((prop::collection::vec((id(), year()), 0..4), number())),
        synergies in prop::collection::vec((id(), id(), number()), 0..3),
        carry in prop::collection::vec(("[ab]", number()), 0..3),
        robust in prop::collection::vec(("[ab]", any::<u32>(), number(), prop::collection::vec((id(), number()), 0..2)), 0..2),
        tail in prop::option::of((prop::collection::vec(numbers(6), 0..4), any::<u32>(), number())),
        benefit_floors in numbers(4),
        capacity in prop::collection::vec((place(), numbers(5)), 0..2),
        obligations in prop::collection::vec(("[ab]", numbers(6), numbers(6), number(), "[a ]{0,1}"), 0..2),
    ) -> Extensions {
        let kind = |kept| if kept { RulingKind::Kept } else { RulingKind::Barred };
        Extensions {
            rulings: rulings.into_iter()
                .map(|(project, kept, reason)| Ruling { project, kind: kind(kept), reason }).collect(),
            stability: stability.map(|(approved, points_per_change)| Stability {
                approved: approved.into_iter().map(|(id, start)| Approved { id, start }).collect(),
                points_per_change,
            }),
            synergies: synergies.into_iter()
                .map(|(first, second, points)| Synergy { first, second, points }).collect(),
            carry_over: carry.into_iter().map(|(source, permille)| CarryOver { source, permille }).collect(),
            robust: robust.into_iter().map(|(source, projects, permille, named)| RobustCap {
                source, projects, permille,
                deviations: named.into_iter().map(|(project, permille)| Deviation { project, permille }).collect(),
            }).collect(),
            tail_mean: tail.map(|(scenarios, worst, weight_permille)| TailMean { scenarios, worst, weight_permille }),
            benefit_floors,
            capacity: capacity.into_iter().map(|(sector, starts)| Capacity { sector, starts }).collect(),
            obligations: obligations.into_iter().map(|(source, revenue, promised, permille, basis)| Obligation {
                source, revenue, promised, permille, valid_from: basis.clone(), basis, valid_to: None,
            }).collect(),
        }
    }
}

prop_compose! {
    fn draft()(
        years in year(), discount in numbers(6),
        sources in prop::collection::vec((numbers(6), prop::option::of(number())), 0..3),
        parts in prop::collection::vec((number(), prop::option::of(number())), 0..4),
        starts_cap in prop::option::of(numbers(6)),
        projects in prop::collection::vec(project(), 0..6),
        exclusive in prop::collection::vec(prop::collection::vec(place(), 0..4), 0..3),
        precedence in prop::collection::vec((place(), place(), year()), 0..4),
        extensions in prop_oneof![Just(Extensions::default()), extensions()],
    ) -> Draft {
        let parts: Vec<Part> =
            parts.into_iter().map(|(floor, population)| Part { name: String::new(), floor, population }).collect();
        let name = |place: usize| if place == 0 { "a".to_owned() } else { "b".to_owned() };
        Draft {
            years, discount,
            sources: sources.into_iter().enumerate()
                .map(|(place, (budget, tail))| Source { name: name(place), budget, tail }).collect(),
            sectors: parts.clone(), districts: parts, starts_cap, projects, exclusive,
            precedence: precedence.into_iter().map(|(before, after, lag)| Precedence { before, after, lag }).collect(),
            extensions,
        }
    }
}

prop_compose! {
    /// Mostly sound: what is left wrong is in the extensions and single values.
    fn nearly_sound()(draft in draft(), discount in prop::collection::vec(0_i64..10_000, 3), one in number()) -> Draft {
        let mut draft = draft;
        draft.years = 3;
        draft.discount = discount;
        draft.sources.truncate(2);
        draft.starts_cap = None;
        for source in &mut draft.sources {
            source.budget = vec![20, one.clamp(0, 1_000_000_000_000), 30];
            source.tail = source.tail.filter(|tail| (0..1_000).contains(tail));
        }
        for part in draft.sectors.iter_mut().chain(&mut draft.districts) {
            part.floor = part.floor.rem_euclid(40);
        }
        let (count, sectors) = (draft.sources.len(), draft.sectors.len());
        for (place, project) in (0..).zip(&mut draft.projects) {
            project.id = Id::Number(place);
            project.sector = project.sector.filter(|sector| *sector < sectors);
            project.district = project.district.filter(|district| *district < sectors);
            project.benefit = project.benefit.rem_euclid(1_000);
            project.total = project.total.rem_euclid(1_000_000_000_000);
            (project.earliest, project.latest) = (1 + project.earliest % 3, 3);
            project.cost.resize(count, vec![1, 2]);
            for amount in project.cost.iter_mut().flatten() {
                *amount = amount.rem_euclid(1_000_000_000_000);
            }
        }
        let projects = draft.projects.len();
        for group in &mut draft.exclusive {
            group.retain(|project| *project < projects);
            group.sort_unstable();
            group.dedup();
        }
        draft.precedence.retain(|pair| pair.before < pair.after && pair.after < projects);
        draft
    }
}

/// Everything that the pure room does with a programme holds for it.
fn exercise(draft: &Draft) {
    match draft.clone().check() {
        Err(faults) => {
            assert!(!faults.is_empty() && faults.len() <= 100);
            assert!(faults.iter().all(|fault| !fault.to_string().is_empty()));
        }
        Ok(programme) => {
            let model = Model::of(&programme);
            assert!(model.starts_len() <= model.columns.len());
            let empty = Plan::empty(programme.projects().len());
            let all = Plan {
                starts: (0..programme.projects().len()).map(|p| programme.window(p).next()).collect(),
            };
            for plan in [empty, all, rank_and_cut(&programme).plan] {
                let _faults = verify(&programme, &plan);
                let _worth = programme.objective(&plan);
            }
            // A checked programme checks again to itself.
            assert_eq!(programme.to_draft().check().as_ref(), Ok(&programme));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_is_checked_or_refused(draft in draft()) {
        exercise(&draft);
    }

    #[test]
    fn nearly_sound_drafts_are_checked_or_refused(draft in nearly_sound()) {
        exercise(&draft);
    }

    #[test]
    fn extensions_read_what_they_print(extensions in extensions()) {
        let printed = serde_json::to_string(&extensions).unwrap();
        prop_assert_eq!(serde_json::from_str::<Extensions>(&printed).unwrap(), extensions);
    }
}

fn sound(projects: usize) -> Draft {
    let project = |id: usize| Project {
        id: Id::Number(i64::try_from(id).unwrap()),
        sector: None,
        district: None,
        benefit: 1,
        total: 1,
        earliest: 1,
        latest: 1,
        cost: vec![vec![1]],
        mandatory: false,
        barred: false,
    };
    Draft {
        years: 1,
        discount: vec![10_000],
        sources: vec![Source { name: "own".to_owned(), budget: vec![1], tail: None }],
        projects: (0..projects).map(project).collect(),
        ..Draft::default()
    }
}

#[test]
fn a_million_projects_are_refused_with_the_limit() {
    let faults = sound(1_000_000).check().unwrap_err();
    let wanted =
        ProgrammeFault::TooMany { what: "projects".to_owned(), count: 1_000_000, limit: PROJECTS_MAX };
    assert_eq!(faults, vec![wanted]);
    assert!(sound(PROJECTS_MAX).check().is_ok());
}

#[test]
fn circles_and_twins_are_named() {
    let mut draft = sound(4);
    let pair = |before, after| Precedence { before, after, lag: 0 };
    draft.precedence = vec![pair(0, 1), pair(1, 2), pair(2, 0)];
    draft.projects[3].id = Id::Number(1);
    let faults = draft.check().unwrap_err();
    assert!(faults.iter().any(|fault| matches!(fault, ProgrammeFault::Cycle { ids } if ids.len() == 3)));
    assert!(
        faults.iter().any(|fault| matches!(fault, ProgrammeFault::Twice { first: 2, row: 4, .. })),
        "{faults:?}"
    );
}

#[test]
fn floors_above_caps_are_a_question_for_the_solver_not_a_fault() {
    let mut draft = sound(2);
    draft.sectors = vec![Part { name: "roads".to_owned(), floor: 1_000, population: None }];
    assert!(draft.check().is_ok());
}
