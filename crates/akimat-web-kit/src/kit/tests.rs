//! What charts, forms and assets promise.

use super::asset::{asset, asset_text, asset_url};
use super::chart::Words;
use super::chart::bar::{Bar, bars};
use super::chart::fan::{Fan, FanKey, fan};
use super::chart::line::{Lines, Series, lines};
use super::chart::location::{Point, location_map};
use super::chart::scale::{Steps, decimals_of, nice_ticks};
use super::chart::spark::spark;
use super::chart::stack::{Part, stack};
use super::chart::tile::{PLACES, Tile, tile_map};
use super::chart::timeline::{Milestone, Timeline, timeline};
use super::svg::{Markup, N, Percent};
use super::{Form, Page};
use akimat_core::Lang;
use std::collections::BTreeSet;

mod analysis;
mod programme;

const HOSTILE: &str = "<script>\"'&\u{1}</svg>";

fn words() -> Words {
    Words::new("c", HOSTILE, HOSTILE)
}

fn plain(value: f64) -> String {
    format!("{value}<")
}

/// Every tag closes in order, nothing hostile came through, every number is finite.
#[track_caller]
fn check(markup: &Markup) {
    let text = markup.as_str();
    assert!(!text.contains("<script") && !text.contains('\u{1}'), "{text}");
    for word in ["NaN", "inf", "\"-0\"", "style="] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    let mut open: Vec<&str> = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a tag ends");
        assert!(!rest.contains('>'), "a bare > in {piece}");
        assert!(tag.matches('"').count().is_multiple_of(2), "quotes in {tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{text}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or(tag));
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

fn line_chart(points: Vec<Option<f64>>) -> Markup {
    let data = Lines {
        periods: (0..points.len()).map(|year| format!("{year}{HOSTILE}")).collect(),
        unit: HOSTILE.to_owned(),
        series: vec![
            Series { label: HOSTILE.to_owned(), points },
            Series { label: String::new(), points: Vec::new() },
        ],
    };
    lines(&words(), &data, &plain)
}

fn fan_chart(history: Vec<Option<f64>>, ahead: &[f64]) -> Markup {
    let shifted = |by: f64| ahead.iter().map(|value| value + by).collect::<Vec<_>>();
    let data = Fan {
        periods: vec![HOSTILE.to_owned(); history.len() + ahead.len()],
        unit: HOSTILE.to_owned(),
        backtest: history.clone(),
        point: ahead.to_vec(),
        naive: ahead.to_vec(),
        plan: history.clone(),
        published: history.clone(),
        lo50: shifted(-0.5),
        hi50: shifted(0.5),
        lo80: shifted(-1.0),
        hi80: shifted(1.0),
        lo95: shifted(-2.0),
        hi95: shifted(2.0),
        history,
    };
    fan(&words(), &data, &FanKey { history: HOSTILE.to_owned(), ..FanKey::default() }, &plain)
}

#[test]
fn lines_survive_every_kind_of_series() {
    for points in [
        vec![],
        vec![None],
        vec![Some(0.0)],
        vec![Some(5.0), Some(5.0), Some(5.0)],
        vec![Some(-3.0), None, Some(f64::NAN), Some(f64::INFINITY), Some(1e18)],
        vec![Some(f64::MAX), Some(f64::MIN)],
        vec![Some(1e-9), Some(2e-9)],
    ] {
        check(&line_chart(points));
    }
}

#[test]
fn a_missing_point_is_a_gap_and_a_lonely_point_a_dot() {
    let drawn = line_chart(vec![Some(1.0), Some(2.0), None, Some(3.0)]);
    let path =
        drawn.as_str().split("class=\"line l1\" d=\"").nth(2).expect("the line after its sign in the key");
    let path = path.split('"').next().expect("the path ends");
    assert_eq!((path.matches('M').count(), path.matches('L').count()), (1, 1), "{path}");
    assert!(drawn.as_str().contains("line l1 dot"));
}

#[test]
fn fans_survive_empty_and_constant_series() {
    check(&fan_chart(vec![], &[]));
    check(&fan_chart(vec![Some(2.0); 9], &[]));
    check(&fan_chart(vec![None, Some(2.0), None], &[2.0, 2.0]));
    check(&fan_chart(vec![Some(1.0), Some(2.0)], &[3.0, f64::NAN, 5.0]));
}

#[test]
fn bars_grow_from_zero_both_ways() {
    check(&bars(&words(), &[]));
    let drawn = bars(
        &words(),
        &[
            Bar::new(HOSTILE, Some(75.0), HOSTILE),
            Bar::new("", Some(-25.0), "").accent(),
            Bar::new("", Some(0.0), ""),
            Bar::new("", None, ""),
            Bar::new("", Some(f64::NAN), ""),
        ],
    );
    check(&drawn);
    assert!(drawn.as_str().contains("x=\"25%\" width=\"75%\""), "{drawn}");
    assert!(drawn.as_str().contains("x=\"0%\" width=\"25%\""), "{drawn}");
}

#[test]
fn parts_fill_the_whole() {
    check(&stack(&words(), &[]));
    check(&stack(&words(), &[Part::new(HOSTILE, 0.0), Part::new("", f64::NAN), Part::new("", -3.0)]));
    let drawn = stack(&words(), &[Part::new("a", 1.0), Part::new("b", 3.0)]);
    assert!(drawn.as_str().contains("x=\"25%\" width=\"75%\""), "{drawn}");
}

#[test]
fn the_map_has_a_square_of_its_own_for_each_of_twenty_units() {
    let codes: BTreeSet<&str> = PLACES.iter().map(|(code, _, _)| *code).collect();
    let squares: BTreeSet<(u8, u8)> = PLACES.iter().map(|(_, column, row)| (*column, *row)).collect();
    assert_eq!((codes.len(), squares.len()), (20, 20));
    assert!(PLACES.iter().all(|(code, column, row)| code.len() == 9 && *column < 6 && *row < 5));
}

#[test]
fn tiles_are_links_with_names() {
    let tile = |code: &str, step| Tile {
        code: code.to_owned(),
        short: HOSTILE.to_owned(),
        name: HOSTILE.to_owned(),
        value: "6,9 %".to_owned(),
        step,
        href: "/kk/places/\"><script>".to_owned(),
    };
    let tiles = [tile("710000000", Some(9)), tile("750000000", None), tile("999999999", Some(1))];
    let drawn = tile_map(&words(), &tiles, &[HOSTILE.to_owned()], HOSTILE);
    check(&drawn);
    assert_eq!(drawn.as_str().matches("<a ").count(), 2, "an unknown code has no square");
    assert_eq!(drawn.as_str().matches("<title>").count(), 2);
    assert!(drawn.as_str().contains("tile q5") && drawn.as_str().contains("tile q0"));
    check(&tile_map(&words(), &[], &[], ""));
}

#[test]
fn a_chart_can_be_renamed() {
    let tile = Tile {
        code: "710000000".to_owned(),
        short: "c-t".to_owned(),
        name: String::new(),
        value: String::new(),
        step: None,
        href: "#".to_owned(),
    };
    let renamed = tile_map(&Words::new("c", "c-t", ""), &[tile], &[], "").renamed("p2-c");
    check(&renamed);
    for part in
        ["id=\"p2-c-t\"", "id=\"p2-c-d\"", "id=\"p2-c-h\"", "url(#p2-c-h)", "labelledby=\"p2-c-t p2-c-d\""]
    {
        assert!(renamed.as_str().contains(part), "{part} in {renamed}");
    }
    assert!(renamed.as_str().contains(">c-t<"), "words stay");
    assert!(Markup::default().renamed("x").is_empty());
}

#[test]
fn places_off_the_earth_are_left_out() {
    let point =
        |lat, lon, here| Point { lat, lon, name: HOSTILE.to_owned(), href: Some("#".to_owned()), here };
    assert!(location_map(&words(), &[]).is_empty());
    assert!(location_map(&words(), &[point(f64::NAN, 0.0, true), point(91.0, 0.0, true)]).is_empty());
    for points in [vec![point(43.3, 68.2, true)], vec![point(90.0, -180.0, false), point(-90.0, 180.0, true)]]
    {
        check(&location_map(&words(), &points));
    }
}

#[test]
fn timelines_and_sparks_survive_missing_days() {
    let milestone = |planned, actual| Milestone {
        label: HOSTILE.to_owned(),
        planned,
        actual,
        text: HOSTILE.to_owned(),
        late: true,
    };
    check(&timeline(
        &words(),
        &Timeline {
            span: (10.0, 10.0),
            ticks: vec![(10.0, HOSTILE.to_owned()), (f64::NAN, String::new())],
            today: Some((11.0, HOSTILE.to_owned())),
            milestones: vec![milestone(None, None), milestone(Some(1.0), Some(f64::INFINITY))],
            key: (HOSTILE.to_owned(), HOSTILE.to_owned()),
        },
    ));
    assert!(spark(&[Some(1.0), None]).is_empty());
    check(&spark(&[Some(1.0), None, Some(1.0)]));
}

#[test]
fn ticks_are_round_and_enclose() {
    assert_eq!(nice_ticks(12.0, 160.0, 5), [0.0, 50.0, 100.0, 150.0, 200.0]);
    assert_eq!(nice_ticks(-6.3, 94.6, 4), [-50.0, 0.0, 50.0, 100.0]);
    assert_eq!(nice_ticks(5.0, 5.0, 4).len(), 5);
    for (low, high) in [(0.0, 0.0), (9.9, 10.0), (-3e12, 7e12), (1e-9, 2e-9), (f64::NAN, 1.0)] {
        let ticks = nice_ticks(low, high, 5);
        assert!(ticks.len() > 1 && ticks.is_sorted(), "{low} {high}: {ticks:?}");
        let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
        assert!(low.is_nan() || (first <= low && last >= high), "{low} {high}: {ticks:?}");
    }
    assert_eq!((decimals_of(50.0), decimals_of(2.5), decimals_of(0.25)), (0, 1, 2));
}

#[test]
fn classes_hold_about_a_fifth_each() {
    let steps = Steps::quintiles((1..=20).map(f64::from));
    let classes: Vec<u8> = (1..=20).map(|value| steps.of(f64::from(value))).collect();
    assert_eq!(classes, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]);
    assert_eq!(Steps::quintiles([]).of(3.0), 0);
    assert_eq!(Steps::quintiles([7.0; 20]).of(7.0), 0);
}

#[test]
fn numbers_are_short_and_finite() {
    for (value, printed) in
        [(1.0, "1"), (0.126, "0.13"), (-0.001, "0"), (f64::NAN, "0"), (f64::INFINITY, "0")]
    {
        assert_eq!(N(value).to_string(), printed);
    }
    assert_eq!(
        (Percent(120.0).to_string(), Percent(f64::NAN).to_string()),
        ("100%".to_owned(), "0%".to_owned())
    );
}

#[test]
fn assets_are_found_by_their_fingerprint_and_compressed() {
    for name in ["css/akimat.css", "css/project.css", "js/akimat.js", "icons/favicon.svg"] {
        let url = asset_url(name);
        let file = url.strip_prefix("/assets/").expect("below /assets");
        let found = asset(file).unwrap_or_else(|| panic!("{name} is not served as {url}"));
        let plain = found.body("").0.len();
        assert_eq!(found.body("gzip;q=0, identity"), found.body(""));
        let (gzip, brotli) = (found.body("gzip"), found.body("gzip, deflate, br;q=0.9"));
        assert!(gzip.0.len() <= plain && brotli.0.len() <= gzip.0.len(), "{name}");
    }
    assert!(asset("akimat.css").is_none() && asset("../Cargo.toml").is_none());
    assert_eq!(asset_url("nothing"), "/assets/missing");
    let styles = asset(asset_url("css/akimat.css").trim_start_matches("/assets/")).expect("the styles");
    let weight = styles.body("br").0.len();
    assert!(weight < 9_000, "the styles load with every page: {weight} bytes");
    assert!(!asset_text("css/akimat.css").expect("text").contains("http://localhost"));
}

#[test]
fn forms_repeat_what_was_written() {
    let mut form = Form::from_pairs([("a", "1"), ("a", "2"), ("b", "")]);
    form.fail("a", "why");
    form.fail("", "whole");
    assert_eq!(
        (form.value("a"), form.value("missing"), form.error("a"), form.error("b")),
        ("1", "", "why", "")
    );
    assert!(form.holds("a", "2") && !form.holds("a", "3") && form.holds("missing", "") && !form.is_clean());
    assert_eq!(form.described("a", "hint"), "f-a-hint f-a-error");
    assert_eq!(form.described("b", ""), "");
    assert_eq!(form.errors()[0].href(), "#f-a");
}

#[test]
fn the_language_switch_keeps_the_address() {
    let page = Page::new(akimat_i18n::catalogue().locale(Lang::Ru), "/projects?sort=cost", "T")
        .origin("https://akimat.example.kz");
    let links: Vec<String> = page.languages().into_iter().map(|link| link.href).collect();
    assert_eq!(links, ["/kk/projects?sort=cost", "/ru/projects?sort=cost", "/en/projects?sort=cost"]);
    assert_eq!(page.canonical(), "https://akimat.example.kz/ru/projects");
    assert_eq!(
        (page.href("/"), page.href("/a"), page.href("?x=1")),
        ("/ru".into(), "/ru/a".into(), "/ru?x=1".into())
    );
}
