//! What the charts of the analysis promise.

use super::{HOSTILE, check, plain, words};
use crate::kit::chart::scale::Steps;
use crate::kit::chart::{
    Columns, Curve, Dot, Flow, Group, Heat, HeatCell, HeatScale, LorenzKey, Multiples, Node, Panel, Scatter,
    Series, Step, StripKey, StripRow, columns, compare_bars, heat_map, lorenz, sankey, scatter,
    small_multiples, strip, waterfall,
};

const STRANGE: [f64; 7] = [0.0, -3.0, f64::NAN, f64::INFINITY, 1e18, f64::MAX, f64::MIN];

/// The value of an attribute of the n-th element that has the class.
fn attribute(drawn: &str, class: &str, index: usize, name: &str) -> f64 {
    let element = drawn.split(&format!("class=\"{class}\"")).nth(index + 1).expect("the element");
    let value = element.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.and_then(|text| text.trim_end_matches('%').parse().ok()).expect("a number")
}

#[test]
fn compared_bars_share_one_zero() {
    check(&compare_bars(&words(), &[], &[]));
    let strange = STRANGE.map(|value| (Some(value), HOSTILE.to_owned())).to_vec();
    check(&compare_bars(&words(), &[HOSTILE.to_owned()], &[Group::new(HOSTILE, strange)]));
    let group = Group::new(
        "a",
        vec![(Some(-25.0), String::new()), (Some(75.0), String::new()), (None, String::new())],
    );
    let drawn = compare_bars(&words(), &["before".to_owned(), "after".to_owned()], &[group]);
    check(&drawn);
    assert!(drawn.as_str().contains("bar-less\" x=\"0%\" width=\"25%\""), "{drawn}");
    assert!(drawn.as_str().contains("class=\"bar\" x=\"25%\" width=\"75%\""), "{drawn}");
    assert_eq!(drawn.as_str().matches("class=\"track\"").count(), 3, "an unknown value keeps its row");
}

#[test]
fn contributions_begin_where_the_one_before_ended() {
    check(&waterfall(&words(), &[]));
    check(&waterfall(&words(), &STRANGE.map(|value| Step::change(HOSTILE, value, HOSTILE))));
    let steps = [
        Step::total("2024", 100.0, ""),
        Step::change("rate", 100.0, ""),
        Step::change("volume", -50.0, ""),
        Step::total("2025", 150.0, ""),
    ];
    let drawn = waterfall(&words(), &steps);
    check(&drawn);
    assert!(drawn.as_str().contains("class=\"bar\" x=\"50%\" width=\"50%\""), "{drawn}");
    assert!(drawn.as_str().contains("class=\"bar bar-minus\" x=\"75%\" width=\"25%\""), "{drawn}");
    assert!(drawn.as_str().contains("class=\"bar bar-sum\" x=\"0%\" width=\"75%\""), "{drawn}");
    assert!(!drawn.as_str().contains("tear"), "changes of this size are seen from zero");
    let small = [Step::total("", 1000.0, ""), Step::change("", 20.0, ""), Step::total("", 1020.0, "")];
    let drawn = waterfall(&words(), &small);
    assert_eq!(drawn.as_str().matches("tear").count(), 2, "both figures carry the sign of the broken axis");
}

#[test]
fn bands_are_as_thick_as_what_flows() {
    check(&sankey(&words(), &[], &[]));
    let nodes = [
        Node::new(0, "Мемлекеттік-жекешелік әріптестік ".repeat(9), HOSTILE),
        Node::new(0, HOSTILE, ""),
        Node::new(1, "budget", "1 000"),
        Node::new(2, "x".repeat(500), HOSTILE),
    ];
    let flow = |from, to, value| Flow { from, to, value };
    let flows = [flow(0, 2, 900.0), flow(1, 2, 100.0), flow(2, 3, 1000.0)];
    let drawn = sankey(&words(), &nodes, &flows);
    check(&drawn);
    let height = |index| attribute(drawn.as_str(), "node", index, "height");
    assert!((height(0) / height(1) - 9.0).abs() < 0.1, "{} {}", height(0), height(1));
    assert!((height(0) + height(1) - height(2)).abs() < 0.1);
    assert_eq!(drawn.as_str().matches("class=\"flow").count(), 6, "three bands in each drawing");
    // A flow backwards, into nothing or of nothing is not drawn.
    let wrong = [flow(2, 0, 5.0), flow(0, 9, 5.0), flow(0, 2, f64::NAN), flow(0, 2, -1.0), flow(2, 2, 1.0)];
    let drawn = sankey(&words(), &nodes, &wrong);
    check(&drawn);
    assert!(!drawn.as_str().contains("class=\"flow"), "{drawn}");
}

#[test]
fn curves_of_inequality_lie_under_the_diagonal() {
    let key = LorenzKey { x: HOSTILE.to_owned(), y: HOSTILE.to_owned(), equality: HOSTILE.to_owned() };
    check(&lorenz(&words(), &[], &key, &plain));
    let curve = |points: Vec<(f64, f64)>| Curve { label: HOSTILE.to_owned(), points };
    let curves =
        [curve(vec![(0.0, 0.0), (0.5, 0.2), (1.0, 1.0)]), curve(vec![(f64::NAN, 1.0)]), curve(vec![])];
    let drawn = lorenz(&words(), &curves, &key, &plain);
    check(&drawn);
    assert_eq!(drawn.as_str().matches("class=\"line equality\"").count(), 3, "key and two drawings");
}

#[test]
fn columns_stand_on_zero() {
    check(&columns(&words(), &Columns::default(), &plain));
    let series = |points: Vec<Option<f64>>| Some(Series { label: HOSTILE.to_owned(), points });
    let data = Columns {
        periods: (1..=12).map(|month| format!("{month}{HOSTILE}")).collect(),
        unit: HOSTILE.to_owned(),
        plan: series(vec![Some(10.0); 12]),
        fact: series(STRANGE.map(Some).to_vec()),
        former: series(vec![None, Some(3.0)]),
    };
    check(&columns(&words(), &data, &plain));
    let data = Columns {
        periods: vec!["1".to_owned(), "2".to_owned()],
        fact: series(vec![Some(10.0), Some(-5.0)]),
        ..Columns::default()
    };
    let drawn = columns(&words(), &data, &plain);
    // The first match is the sign of the key.
    let (up, down) =
        (attribute(drawn.as_str(), "bar", 1, "height"), attribute(drawn.as_str(), "bar", 2, "height"));
    assert!((up / down - 2.0).abs() < 0.01, "{up} {down}");
}

#[test]
fn cells_carry_the_number_or_its_sign() {
    let cell = |value: Option<f64>| HeatCell { value, text: "0,42<".to_owned() };
    let names = |count: usize| (0..count).map(|n| format!("{n}{HOSTILE}")).collect::<Vec<_>>();
    let heat = |count: usize, scale: HeatScale, value: Option<f64>| Heat {
        rows: names(count),
        columns: names(count),
        cells: vec![vec![cell(value); count + 1]; count],
        scale,
        classes: names(7),
        no_data: HOSTILE.to_owned(),
    };
    check(&heat_map(&words(), &heat(0, HeatScale::Correlation, None)));
    check(&heat_map(&words(), &heat(60, HeatScale::Steps(Steps::quintiles([1.0, 2.0, 3.0])), Some(2.0))));
    let drawn = heat_map(&words(), &heat(3, HeatScale::Correlation, Some(-0.8)));
    check(&drawn);
    assert_eq!(
        drawn.as_str().matches("cell d1").count(),
        18,
        "nine cells in each drawing, none beyond the columns"
    );
    let many = heat_map(&words(), &heat(30, HeatScale::Correlation, Some(-0.8)));
    check(&many);
    assert!(many.as_str().contains(">−</text>"), "a small cell keeps the sign");
    assert!(
        heat_map(&words(), &heat(1, HeatScale::Correlation, Some(f64::NAN))).as_str().contains("cell q0")
    );
}

#[test]
fn scatters_name_what_stands_out() {
    check(&scatter(&words(), &Scatter::default(), &plain, &plain));
    let dot = |x: f64, y: f64, label: &str| Dot { x, y, label: label.to_owned() };
    let data = Scatter {
        x_title: HOSTILE.to_owned(),
        y_title: HOSTILE.to_owned(),
        dots: vec![dot(1.0, 2.0, ""), dot(2.0, f64::NAN, ""), dot(9.0, 4.0, HOSTILE)],
        line: Some((1.0, 0.4)),
    };
    let drawn = scatter(&words(), &data, &plain, &plain);
    check(&drawn);
    assert_eq!(drawn.as_str().matches("class=\"line l2\"").count(), 2);
    assert_eq!(drawn.as_str().matches("outlier").count(), 2);
    for line in [Some((f64::NAN, 1.0)), Some((1e9, 0.0)), Some((0.0, 1e300)), None] {
        check(&scatter(&words(), &Scatter { line, ..data.clone() }, &plain, &plain));
    }
}

#[test]
fn panels_share_their_scale() {
    check(&small_multiples(&words(), &Multiples::default(), &plain));
    let panel =
        |points: &[Option<f64>]| Panel { title: HOSTILE.to_owned(), series: vec![points.to_vec(), vec![]] };
    let data = Multiples {
        periods: vec!["2024".to_owned(), "2025".to_owned()],
        unit: HOSTILE.to_owned(),
        key: vec![HOSTILE.to_owned(); 2],
        panels: vec![panel(&[Some(0.0), Some(10.0)]), panel(&[Some(5.0), None]), panel(&STRANGE.map(Some))],
    };
    check(&small_multiples(&words(), &data, &plain));
}

#[test]
fn the_unit_stands_among_its_peers() {
    check(&strip(&words(), &[], &StripKey::default()));
    let row = |peers: &[f64], own| StripRow {
        label: HOSTILE.to_owned(),
        peers: peers.to_vec(),
        quartiles: Some((1.0, 2.0, f64::NAN)),
        own,
        text: HOSTILE.to_owned(),
    };
    let drawn = strip(&words(), &[row(&[0.0, 50.0, 100.0], Some(50.0))], &StripKey::default());
    check(&drawn);
    assert!(drawn.as_str().contains("class=\"own\" cx=\"50%\""), "{drawn}");
    check(&strip(&words(), &[row(&STRANGE, None), row(&[], Some(1.0))], &StripKey::default()));
}
