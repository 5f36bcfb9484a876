//! The score on texts written for it: what it finds, what it misses, whom it accuses wrongly.

use akimat_participation::spam::{SpamRules, score};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labelled {
    lang: String,
    queue: bool,
    text: String,
}

fn rules() -> SpamRules {
    serde_json::from_str(include_str!("../../../data/participation/spam.json")).expect("the rules")
}

fn texts() -> Vec<Labelled> {
    serde_json::from_str(include_str!("../../../data/participation/spam_set.json")).expect("the texts")
}

/// The limit of `data/participation/rules.json`.
const LIMIT: u8 = 40;

#[test]
fn the_score_finds_most_and_accuses_few() {
    let rules = rules();
    for lang in ["kk", "ru"] {
        let (mut found, mut missed, mut wrong, mut right) = (0, Vec::new(), Vec::new(), 0);
        for one in texts().into_iter().filter(|one| one.lang == lang) {
            let (points, features) = score(&one.text, &rules);
            match (one.queue, points >= LIMIT) {
                (true, true) => found += 1,
                (true, false) => missed.push((points, one.text)),
                (false, true) => wrong.push((points, one.text, features)),
                (false, false) => right += 1,
            }
        }
        println!("{lang}: found {found}, missed {missed:?}, wrong {wrong:?}, right {right}");
        assert!(wrong.is_empty(), "{lang}: nobody is accused wrongly in this set: {wrong:?}");
        assert!(missed.len() * 5 <= found + missed.len(), "{lang}: four of five are found: {missed:?}");
    }
}

#[test]
fn the_score_is_the_sum_of_its_reasons() {
    let rules = rules();
    for one in texts() {
        let (points, features) = score(&one.text, &rules);
        let sum: u32 = features.iter().map(|feature| u32::from(feature.points)).sum();
        assert_eq!(u32::from(points), sum.min(100), "{}", one.text);
        for feature in features {
            let weight = rules.weights.iter().find(|weight| weight.kind == feature.kind).expect("a weight");
            assert_eq!(
                u32::from(feature.points),
                (u32::from(weight.each) * feature.n).min(u32::from(weight.most))
            );
        }
    }
}

#[test]
fn masks_do_not_lower_the_score() {
    let rules = rules();
    let plain = score("Продам гараж недорого", &rules).0;
    for masked in ["Пpoдам гаpaж недopого", "П\u{200b}родам гараж недор\u{2060}ого", "ПРОДАМ гараж недорого"]
    {
        assert!(score(masked, &rules).0 >= plain, "{masked}");
    }
}

/// Hostile texts take no longer than others: a megabyte is scored at once, though a comment is far shorter.
#[test]
fn long_texts_end() {
    let rules = rules();
    for piece in ["а", "@", "7", " ", "\u{301}", "http://", "а b "] {
        let (points, _) = score(&piece.repeat(20_000), &rules);
        assert!(points <= 100);
    }
}
