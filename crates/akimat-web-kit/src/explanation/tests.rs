//! Every variant has a sentence in three languages, and the sentences about the shared 24 projects.

use super::{Names, Words};
use akimat_allocation::explain::money::Marginal;
use akimat_allocation::explain::steady::{Frequency, Steadiness};
use akimat_allocation::explain::{
    Against, Cause, Charge, Cost, Difference, Exchange, Explanation, Figure, Label, Start, Stops, Structure,
    Waterfall,
};
use akimat_allocation::programme::{Draft, Part, Precedence, Project, Source};
use akimat_allocation::{Id, Programme, Rule};
use akimat_core::Lang;
use std::collections::BTreeSet;

fn programme() -> Programme {
    let project = |id: &str| Project {
        id: Id::Text(id.to_owned()),
        sector: Some(0),
        district: Some(0),
        benefit: 100,
        total: 10,
        earliest: 1,
        latest: 2,
        cost: vec![vec![5, 5]],
        mandatory: false,
        barred: false,
    };
    let part = |name: &str| Part { name: name.to_owned(), floor: 5, population: None };
    let draft = Draft {
        years: 2,
        discount: vec![10_000, 9_434],
        sources: vec![Source { name: "own".to_owned(), budget: vec![10, 10], tail: Some(5) }],
        sectors: vec![part("roads")],
        districts: vec![part("Aksu")],
        starts_cap: Some(vec![1, 1]),
        projects: vec![project("A"), project("B"), project("C")],
        exclusive: vec![vec![0, 1]],
        precedence: vec![Precedence { before: 1, after: 2, lag: 1 }],
        ..Draft::default()
    };
    draft.check().expect("a sound programme")
}

fn id(name: &str) -> Id {
    Id::Text(name.to_owned())
}

fn cost(figure: Figure) -> Cost {
    let Figure { label, value, lower, upper } = figure;
    let start = |name: &str| Start { id: id(name), start: 2 };
    Cost {
        label,
        value,
        lower,
        upper,
        witness: None,
        witness_objective: None,
        change: upper.is_some().then(|| Difference {
            enter: vec![start("A")],
            leave: vec![id("B")],
            moved: vec![start("C")],
        }),
    }
}

fn fall(net: i128) -> Waterfall {
    let exact = (1_000_000_i128 << 24) - net;
    let rule = Rule::Budget { source: 0, year: 1 };
    let row = "budget/own/1".to_owned();
    let charge = Charge { rule, row, usage: 5, price: 20.0, charge: 100.0, exact };
    Waterfall { start: 1, worth: 1_000_000, charges: vec![charge], net: 0.0, net_exact: net }
}

fn explanation(cause: Option<Cause>) -> Explanation {
    let included = cause.is_none();
    Explanation {
        id: id("A"),
        included,
        start: included.then_some(1),
        mandatory: false,
        against: Against::Optimum,
        regret: None,
        value_in_plan: None,
        min_benefit_increase: None,
        min_cost_cut_pct: None,
        stops: Stops {
            cause,
            structure: Vec::new(),
            conflict: Vec::new(),
            conflict_rows: Vec::new(),
            waterfall: None,
        },
        exchange: None,
    }
}

/// One explanation for each thing that can be said.
fn variants() -> Vec<Explanation> {
    let figures = [
        Figure::exact(0),
        Figure::exact(1_368_560),
        Figure::exact(20_000),
        Figure::never(),
        Figure::between(0, Some(50_001)),
        Figure::between(3, Some(90_000)),
        Figure::between(3, None),
        Figure::between(0, None),
    ];
    let mut all = Vec::new();
    for figure in figures {
        let mut out = explanation(Some(Cause::Price));
        out.regret = Some(cost(figure));
        out.min_benefit_increase = Some(figure);
        out.min_cost_cut_pct = Some(figure);
        out.against = Against::RecommendedPlan;
        out.stops.waterfall = Some(fall(-(35_000_i128 << 24)));
        let mut inside = explanation(None);
        inside.value_in_plan = Some(cost(figure));
        inside.mandatory = figure.label == Label::Interval;
        inside.stops.waterfall = Some(fall(70_000_i128 << 24));
        all.extend([out, inside]);
    }
    let by = id("B");
    let facts = [
        (Cause::Barred, Structure::Barred),
        (Cause::Barred, Structure::Window { earliest: 3, latest: 4 }),
        (Cause::Excluded, Structure::Excluded { group: 0, by: by.clone() }),
        (Cause::Predecessor, Structure::Predecessor { waits_for: by.clone() }),
        (Cause::Predecessor, Structure::PredecessorLate { waits_for: by, start: 2, lag: 1 }),
    ];
    for (cause, fact) in facts {
        let mut one = explanation(Some(cause));
        one.stops.structure.push(fact);
        all.push(one);
    }
    let mut one = explanation(Some(Cause::Impossible));
    one.stops.conflict = vec![
        Rule::Once { project: 0 },
        Rule::Budget { source: 0, year: 1 },
        Rule::Tail { source: 0 },
        Rule::Sector { sector: 0 },
        Rule::District { district: 0 },
        Rule::Starts { year: 2 },
        Rule::Exclusive { group: 0 },
        Rule::Precedence { pair: 0, year: 2 },
    ];
    one.stops.conflict.extend((0..=10).map(|kind| Rule::Extension { kind, index: 1 }));
    all.push(one);
    for out in [vec![], vec![id("B")], vec![id("B"), id("C")]] {
        let mut one = explanation(Some(Cause::Fit));
        one.exchange = Some(Exchange { start: 1, out, loss: 12_345 });
        all.push(one);
    }
    all
}

/// Names as a page has them.
struct Titled(&'static str);

impl Words for Titled {
    fn project(&self, id: &Id) -> String {
        format!("{} {id}", self.0)
    }

    fn source(&self, _: usize) -> String {
        "Own".to_owned()
    }

    fn sector(&self, _: usize) -> String {
        "Roads".to_owned()
    }

    fn district(&self, _: usize) -> String {
        "Aksu".to_owned()
    }
}

/// The names of a file, with a sign before the numbers of projects.
struct Numbered<'a>(&'a Programme);

impl Words for Numbered<'_> {
    fn project(&self, id: &Id) -> String {
        format!("№ {id}")
    }

    fn source(&self, at: usize) -> String {
        self.0.source(at)
    }

    fn sector(&self, at: usize) -> String {
        self.0.sector(at)
    }

    fn district(&self, at: usize) -> String {
        self.0.district(at)
    }
}

fn said(lang: Lang) -> Vec<String> {
    let programme = programme();
    let names = Names {
        locale: akimat_i18n::catalogue().locale(lang),
        programme: &programme,
        words: &Titled("Title"),
        first_year: 2027,
    };
    let mut said: Vec<String> = variants().iter().flat_map(|one| names.sentences(one)).collect();
    let mut marginal = Marginal {
        source: 0,
        name: "own".to_owned(),
        year: None,
        percent: 5,
        reached: None,
        change: None,
        exact: false,
        slope: 0.0,
    };
    for (change, year) in [
        (None, None),
        (Some(0), None),
        (Some(7), None),
        (Some(-7), None),
        (Some(7), Some(1)),
        (Some(-7), Some(1)),
    ] {
        (marginal.change, marginal.year) = (change, year);
        said.extend(names.marginal(&marginal));
    }
    for standing in [Steadiness::Core, Steadiness::Likely, Steadiness::Marginal, Steadiness::Unlikely] {
        said.push(names.frequency(&Frequency {
            id: id("A"),
            chosen: 87,
            draws: 100,
            low: 0.79,
            high: 0.92,
            standing,
        }));
    }
    let fall = fall(-5);
    said.extend(names.waterfall(&fall).into_iter().map(|(what, points)| format!("{what}: {points}")));
    said
}

#[test]
fn every_variant_has_a_sentence_in_three_languages() {
    for lang in Lang::ALL {
        for sentence in said(lang) {
            assert!(!sentence.contains("explanation-"), "{sentence}");
            assert!(!sentence.contains(['{', '}', '$']), "{sentence}");
            assert!(sentence.len() > 3, "{sentence}");
        }
    }
}

#[test]
fn every_sentence_is_said_by_some_variant() {
    let file = include_str!("../../../../locales/en/explanation.ftl");
    let said: String = said(Lang::En).join("\n");
    let mut missing = BTreeSet::new();
    for line in file.lines().filter(|line| line.starts_with("explanation-")) {
        let (key, text) = line.split_once(" = ").unwrap_or((line, ""));
        // The longest part without a value must be found.
        let longest = text.split(['{', '}']).filter(|part| !part.contains('$')).max_by_key(|part| part.len());
        if longest.is_none_or(|part| !said.contains(part.trim())) {
            missing.insert(key.to_owned());
        }
    }
    missing.remove("explanation-points =");
    missing.remove("explanation-fall-credit");
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn numbers_that_are_called_exact_keep_their_digits() {
    let english = said(Lang::En).join("\n");
    assert!(english.contains("exactly 136.856 points"), "{english}");
    assert!(english.contains("exactly 2 points"), "{english}");
    assert!(english.contains("by 3.5 points"), "{english}");
    let russian = said(Lang::Ru).join("\n");
    assert!(russian.contains("ровно 136,856 балла"), "{russian}");
    assert!(russian.contains("ровно 2 балла"), "{russian}");
}

/// `p24.json` is what the room says about some of the shared 24 projects; the sentences stand in `p24.txt`.
#[test]
fn sentences_about_the_shared_24_projects() {
    let root = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| "../../../shared".to_owned());
    let file =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(root).join("data/allocation/p24_A_22.json");
    let Ok(bytes) = std::fs::read(&file) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the shared data are missing");
        println!("SKIPPED: no {}", file.display());
        return;
    };
    let programme = akimat_interop::portfolio::decode_portfolio(&bytes).expect("a sound programme");
    let told: Vec<Explanation> = serde_json::from_str(include_str!("p24.json")).expect("explanations");
    let mut text = String::new();
    for lang in Lang::ALL {
        let names = Names {
            locale: akimat_i18n::catalogue().locale(lang),
            programme: &programme,
            words: &Numbered(&programme),
            first_year: 2027,
        };
        text.push_str(&format!("## {}\n", lang.code()));
        for one in &told {
            text.push_str(&names.sentences(one).join(" "));
            text.push('\n');
        }
    }
    assert_eq!(text, include_str!("p24.txt"));
}
