//! What the charts of the programme promise.

use super::{HOSTILE, check, plain, words};
use crate::kit::chart::{
    Candidate, Chosen, FrequencyRow, Frontier, FrontierCurve, FrontierPoint, Gantt, GanttRow, TornadoRow,
    chosen, frequencies, frontier, gantt, tornado,
};

const STRANGE: [f64; 7] = [0.0, -3.0, f64::NAN, f64::INFINITY, 1e18, f64::MAX, f64::MIN];

fn candidate(x: f64, y: f64, label: &str, inside: bool) -> Candidate {
    Candidate { x, y, label: label.to_owned(), inside }
}

#[test]
fn chosen_ones_are_filled_and_names_cover_nothing() {
    check(&chosen(&words(), &Chosen::default(), &plain, &plain));
    let strange = STRANGE.map(|value| candidate(value, value, HOSTILE, true)).to_vec();
    let data = Chosen {
        x_title: HOSTILE.to_owned(),
        key: (HOSTILE.to_owned(), HOSTILE.to_owned()),
        candidates: strange,
        ..Chosen::default()
    };
    check(&chosen(&words(), &data, &plain, &plain));
    let candidates = vec![
        candidate(10.0, 5.0, "17", true),
        candidate(40.0, 8.0, "18", false),
        candidate(40.0, 1.0, "19", false),
    ];
    let drawn = chosen(&words(), &Chosen { candidates, ..Chosen::default() }, &plain, &plain);
    check(&drawn);
    assert_eq!(drawn.as_str().matches("<circle class=\"mark m1\"").count(), 2, "one in each drawing");
    assert_eq!(drawn.as_str().matches("<circle class=\"mark m2\"").count(), 4);
    assert_eq!(drawn.as_str().matches(">17</text>").count(), 2);
    // A hundred on one spot: one name at each side at most, all dots there.
    let heap = (0..100).map(|n| candidate(5.0, 5.0, &n.to_string(), n % 2 == 0)).collect();
    let drawn = chosen(&words(), &Chosen { candidates: heap, ..Chosen::default() }, &plain, &plain);
    check(&drawn);
    assert!(drawn.as_str().matches("axis over").count() <= 8, "{drawn}");
    assert_eq!(drawn.as_str().matches("<circle").count(), 200);
}

#[test]
fn the_frontier_shows_what_is_not_proven() {
    check(&frontier(&words(), &Frontier::default(), &plain, &plain));
    let point = |budget: f64, value: f64, bound: f64| FrontierPoint { budget, value, bound };
    let curve = |points: Vec<FrontierPoint>| FrontierCurve { label: HOSTILE.to_owned(), points };
    let strange = STRANGE.map(|value| point(value, value, value)).to_vec();
    let proven = curve(vec![point(80.0, 10.0, 10.0), point(100.0, 12.0, 12.0)]);
    let open = curve(vec![point(80.0, 9.0, 10.0), point(100.0, 11.0, 13.0)]);
    let data =
        Frontier { curves: vec![proven.clone(), curve(strange)], now: Some(100.0), ..Frontier::default() };
    check(&frontier(&words(), &data, &plain, &plain));
    let drawn = frontier(&words(), &Frontier { curves: vec![proven], ..data.clone() }, &plain, &plain);
    assert!(!drawn.as_str().contains("<rect class=\"band95\""), "nothing is open, so the key has no band");
    let drawn = frontier(&words(), &Frontier { curves: vec![open], ..data }, &plain, &plain);
    check(&drawn);
    assert_eq!(drawn.as_str().matches("<path class=\"band95\"").count(), 2);
    assert_eq!(drawn.as_str().matches("<path class=\"divider\"").count(), 2);
    assert!(drawn.as_str().contains("<rect class=\"band95\""));
}

#[test]
fn a_year_is_striped_by_source() {
    check(&gantt(&words(), &Gantt::default()));
    let row = |paid: Vec<Vec<f64>>| GanttRow { label: HOSTILE.to_owned(), paid, text: HOSTILE.to_owned() };
    let data = Gantt {
        years: vec!["2027".to_owned(), "2028".to_owned()],
        sources: vec![HOSTILE.to_owned(), "ppp".to_owned()],
        rows: vec![
            row(vec![vec![25.0, 75.0], vec![0.0, 0.0]]),
            row(vec![STRANGE.to_vec(), vec![], vec![1.0]]),
        ],
    };
    let drawn = gantt(&words(), &data);
    check(&drawn);
    assert!(drawn.as_str().contains("class=\"p1\" x=\"0%\" y=\"0\" width=\"50%\" height=\"4.5\""), "{drawn}");
    assert!(
        drawn.as_str().contains("class=\"p2\" x=\"0%\" y=\"4.5\" width=\"50%\" height=\"13.5\""),
        "{drawn}"
    );
    assert!(!drawn.as_str().contains("x=\"50%\" y=\"0\" width"), "nothing is paid in the second year");
}

#[test]
fn a_tornado_stands_on_no_change() {
    check(&tornado(&words(), &[], (HOSTILE, HOSTILE)));
    let row = |low, high| TornadoRow { label: HOSTILE.to_owned(), low, high, text: HOSTILE.to_owned() };
    let strange: Vec<TornadoRow> = STRANGE.map(|value| row(Some(value), None)).to_vec();
    check(&tornado(&words(), &strange, (HOSTILE, HOSTILE)));
    let drawn = tornado(&words(), &[row(Some(-50.0), Some(100.0)), row(Some(0.0), None)], ("a", "b"));
    check(&drawn);
    assert!(drawn.as_str().contains("class=\"bar bar-minus\" x=\"25%\" width=\"25%\""), "{drawn}");
    assert!(drawn.as_str().contains("class=\"bar\" x=\"50%\" width=\"50%\""), "{drawn}");
    assert_eq!(drawn.as_str().matches("<rect class=\"bar").count(), 4, "two in the key, none for no change");
}

#[test]
fn frequencies_carry_their_intervals() {
    check(&frequencies(&words(), &[], &[90.0]));
    let row = |share: f64| FrequencyRow {
        label: HOSTILE.to_owned(),
        share,
        interval: (share - 5.0, share + 5.0),
        text: HOSTILE.to_owned(),
        accent: share < 70.0,
    };
    check(&frequencies(&words(), &STRANGE.map(row), &STRANGE));
    let drawn = frequencies(&words(), &[row(50.0)], &[30.0, 90.0]);
    check(&drawn);
    assert!(drawn.as_str().contains("class=\"bar bar-accent\" x=\"0%\" width=\"50%\""), "{drawn}");
    assert!(drawn.as_str().contains("class=\"level\" x1=\"45%\" x2=\"55%\""), "{drawn}");
    assert_eq!(drawn.as_str().matches("divider").count(), 2);
}
