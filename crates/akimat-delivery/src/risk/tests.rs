//! The register: order, faults, heat map, contingency.

use super::contingency::{Draws, Loss, simulate};
use super::normal::quantile;
use super::*;

const DATA: &str = include_str!("../../../../data/project/risk.json");

fn scale() -> Scale {
    Scale::on(DATA, "2026-11-22".parse().unwrap()).unwrap().unwrap()
}

fn risk(likelihood: u8, cost: u8) -> Risk {
    Risk {
        category: Category::Technical,
        cause: "weak ground".into(),
        event: "piles get longer".into(),
        effect: "dearer".into(),
        rated: Rated { likelihood, cost, time: 1, people: 1 },
        cost_low: None,
        cost_high: None,
        owner: "capital works office".into(),
        response: Response::Reduce,
        actions: Vec::new(),
        review_on: Some("2026-12-01".parse().unwrap()),
        residual: None,
        ending: None,
        ending_note: String::new(),
        internal: String::new(),
    }
}

fn million(n: i64) -> Money {
    Money::from_tenge(n * 1_000_000).unwrap()
}

#[test]
fn bands_are_those_of_the_design_page() {
    let scale = scale();
    let bands = |from: u8, to: u8| (from..=to).map(|score| scale.band(score)).collect::<Vec<_>>();
    assert!(bands(1, 4).iter().all(|band| *band == Band::Low));
    assert!(bands(5, 9).iter().all(|band| *band == Band::Medium));
    assert!(bands(10, 16).iter().all(|band| *band == Band::High));
    assert!(bands(20, 25).iter().all(|band| *band == Band::Extreme));
}

/// 4 x 2 and 2 x 4 have one score; the expected losses are 0.65 x 3 % and 0.125 x 15 % of the cost.
#[test]
fn equal_scores_are_told_apart_by_expected_loss() {
    let (scale, planned) = (scale(), Some(million(1_000)));
    let (often, dear) = (risk(4, 2), risk(2, 4));
    assert_eq!(often.rated.score(), dear.rated.score());
    let loss = |risk: &Risk| risk.expected_loss(&scale, planned).unwrap();
    assert!((loss(&often) - 0.65 * 30_000_000.0).abs() < 1.0, "{}", loss(&often));
    assert!((loss(&dear) - 0.125 * 150_000_000.0).abs() < 1.0, "{}", loss(&dear));
    let risks = [dear, often];
    assert_eq!(ordered(&risks, &scale, planned).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(ordered(&risks, &scale, None).iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_stated_cost_goes_before_the_share() {
    let mut stated = risk(3, 1);
    stated.cost_low = Some(million(10));
    stated.cost_high = Some(million(30));
    let loss = stated.expected_loss(&scale(), None).unwrap();
    assert!((loss - 0.35 * 20_000_000.0).abs() < 1.0);
}

#[test]
fn faults_name_their_field() {
    let told = |risk: &Risk| risk.faults().iter().map(|fault| fault.field).collect::<Vec<_>>();
    assert!(told(&risk(3, 3)).is_empty());
    let mut wrong = risk(6, 0);
    wrong.event = " ".into();
    wrong.cost_low = Some(million(3));
    wrong.cost_high = Some(million(2));
    wrong.review_on = None;
    assert_eq!(told(&wrong), ["event", "likelihood", "cost_high", "review_on"]);
    let mut worse = risk(2, 2);
    worse.residual = Some(Rated { likelihood: 3, cost: 2, time: 1, people: 1 });
    assert_eq!(told(&worse), ["residual_likelihood"]);
    worse.residual = None;
    worse.ending = Some(Ending::Happened);
    worse.review_on = None;
    assert_eq!(told(&worse), ["ending_note"]);
}

#[test]
fn the_heat_map_counts_open_risks_once() {
    let mut closed = risk(5, 5);
    closed.ending = Some(Ending::Passed);
    let cells = heat(&[risk(5, 5), risk(5, 5), risk(1, 3), closed]);
    assert_eq!((cells[0][4], cells[4][2], cells.iter().flatten().sum::<u32>()), (2, 1, 3));
    assert_eq!(band_of_cell(&scale(), 0, 4), Band::Extreme);
    assert_eq!(band_of_cell(&scale(), 4, 0), Band::Low);
}

#[test]
fn something_is_due_at_the_first_open_action_or_review() {
    let mut one = risk(3, 3);
    let action = |id: &str, due: &str, done: Option<&str>| Action {
        id: id.into(),
        what: "survey".into(),
        who: "designer".into(),
        due_on: Some(due.parse().unwrap()),
        done_on: done.map(|day| day.parse().unwrap()),
    };
    one.actions = vec![action("a", "2026-11-01", Some("2026-11-02")), action("b", "2026-11-25", None)];
    assert_eq!(one.due_on(), Some("2026-11-25".parse().unwrap()));
    assert_eq!(one.review_overdue_days("2026-12-11".parse().unwrap()), 10);
    assert_eq!(one.review_overdue_days("2026-11-11".parse().unwrap()), 0);
}

/// One sure risk with an even cost: the quantile is that of the uniform distribution.
#[test]
fn one_sure_risk_is_uniform() {
    let spread = simulate(
        &[Loss { chance: 1.0, low: 100.0, high: 200.0 }],
        &Draws { n: 10_000, correlation: 0.2, seed: 1 },
    );
    assert!((spread.quantile(0.8) - 180.0).abs() < 0.1, "{}", spread.quantile(0.8));
    assert!((spread.mean - spread.expected).abs() < 0.1);
}

/// Independent risks of one size: the 0.8 quantile of Binomial(20, 0.5) is 12 (tables: P(X<=11)=0.7483, P(X<=12)=0.8684).
#[test]
fn independent_risks_are_binomial() {
    let losses = vec![Loss { chance: 0.5, low: 1.0, high: 1.0 }; 20];
    for seed in 1..=5 {
        let spread = simulate(&losses, &Draws { n: 10_000, correlation: 0.0, seed });
        assert_eq!(spread.quantile(0.8).round(), 12.0);
    }
}

/// Many small risks with correlation ρ: the share that happens has the quantile of Vasicek's limit,
/// Φ((Φ⁻¹(p) + √ρ Φ⁻¹(q)) / √(1-ρ)); at p = 0.5, q = 0.8, ρ = 0.2 that is Φ(0.420811) = 0.663052.
#[test]
fn many_risks_follow_vasicek() {
    let n = 600;
    let losses = vec![Loss { chance: 0.5, low: 1.0, high: 1.0 }; n];
    let spread = simulate(&losses, &Draws { n: 10_000, correlation: 0.2, seed: 3 });
    let score = 0.2_f64.sqrt() * quantile(0.8) / 0.8_f64.sqrt();
    assert!((score - 0.420_810_6).abs() < 1e-6, "{score}");
    let share = spread.quantile(0.8) / contingency::count(n);
    assert!((share / 0.663_052 - 1.0).abs() < 0.01, "{share}");
}

/// The contingency of registers as they are kept differs by less than one per cent between seeds.
#[test]
fn seeds_agree_within_one_per_cent() {
    let scale = scale();
    for register in [
        vec![(3, 3), (2, 5), (4, 2), (1, 4), (3, 4), (5, 1), (2, 2), (4, 3)],
        vec![(3, 2), (3, 3), (3, 4)],
        vec![(5, 5), (2, 3)],
    ] {
        let losses: Vec<Loss> = register
            .iter()
            .map(|(likelihood, cost)| {
                let risk = risk(*likelihood, *cost);
                let (low, high) = risk.cost(&scale, Some(million(1_000))).unwrap();
                Loss { chance: scale.chance(*likelihood), low, high }
            })
            .collect();
        let at = |seed| {
            let draws = Draws { n: scale.draws, correlation: scale.correlation, seed };
            simulate(&losses, &draws).quantile(scale.chance_of_contingency)
        };
        let values: Vec<f64> = (1..=10).map(at).collect();
        let (least, most) = values.iter().fold((f64::MAX, 0.0_f64), |(a, b), v| (a.min(*v), b.max(*v)));
        assert!(most / least - 1.0 < 0.01, "{register:?}: {least} to {most}");
    }
}

#[test]
fn an_empty_register_needs_nothing() {
    let spread = simulate(&[], &Draws { n: 10_000, correlation: 0.2, seed: 1 });
    assert_eq!((spread.expected, spread.quantile(0.8)), (0.0, 0.0));
}
