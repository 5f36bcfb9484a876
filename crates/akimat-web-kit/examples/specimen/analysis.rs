//! Charts of the analysis with sample content.

use super::words::SampleWords;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart::{
    Columns, Curve, Dot, Flow, Group, Heat, HeatCell, HeatScale, LorenzKey, Multiples, Node, Panel, Scatter,
    Series, Step, StripKey, StripRow, Words, columns, compare_bars, heat_map, lorenz, sankey, scatter,
    small_multiples, strip, waterfall,
};

/// Name and drawing of each.
pub(crate) fn charts(w: &'static SampleWords) -> Vec<(&'static str, Markup)> {
    vec![
        ("compare_bars", compare_of(w)),
        ("waterfall", waterfall_of(w, 100.0)),
        ("waterfall", waterfall_of(w, 1000.0)),
        ("sankey", sankey_of(w)),
        ("lorenz", lorenz_of(w)),
        ("columns", columns_of(w)),
        ("heat_map", heat_of(w)),
        ("scatter", scatter_of(w)),
        ("small_multiples", multiples_of(w)),
        ("strip", strip_of(w)),
    ]
}

fn compare_of(w: &SampleWords) -> Markup {
    let value = |amount: f64| (Some(amount), format!("{amount} {}", w.billion));
    let groups = [
        Group::new(w.education, vec![value(94.6), value(101.2)]),
        Group::new(w.water, vec![value(48.1), value(12.0)]),
        Group::new(w.state, vec![value(-6.3), value(4.0)]),
        Group::new(w.clinic, vec![(None, w.unknown.to_owned()), value(-2.5)]),
    ];
    compare_bars(&Words::new("compare", w.groups, w.long), &["2024".to_owned(), "2025".to_owned()], &groups)
}

fn waterfall_of(w: &SampleWords, start: f64) -> Markup {
    let steps = [
        Step::total("2024", start, format!("{start} {}", w.billion)),
        Step::change(w.structure, 18.0, format!("+18 {}", w.billion)),
        Step::change(w.rate, -9.5, format!("−9,5 {}", w.billion)),
        Step::change(w.long, 21.5, format!("+21,5 {}", w.billion)),
        Step::total("2025", start + 30.0, format!("{} {}", start + 30.0, w.billion)),
    ];
    waterfall(&Words::new(format!("waterfall{start}"), w.dynamics, ""), &steps)
}

fn sankey_of(w: &SampleWords) -> Markup {
    let nodes = [
        Node::new(0, w.own, "69 ₸"),
        Node::new(0, w.transfers, "931 ₸"),
        Node::new(1, w.budget, "1 000 ₸"),
        Node::new(2, w.education, "550 ₸"),
        Node::new(2, w.utilities, "280 ₸"),
        Node::new(2, w.health, "120 ₸"),
        Node::new(2, w.water, "30 ₸"),
        Node::new(2, w.long, "20 ₸"),
    ];
    let flow = |from, to, value| Flow { from, to, value };
    let flows = [
        flow(0, 2, 69.0),
        flow(1, 2, 931.0),
        flow(2, 3, 550.0),
        flow(2, 4, 280.0),
        flow(2, 5, 120.0),
        flow(2, 6, 30.0),
        flow(2, 7, 20.0),
    ];
    sankey(&Words::new("sankey", w.structure_title, w.long), &nodes, &flows)
}

fn lorenz_of(w: &SampleWords) -> Markup {
    let curve = |label: &str, power: f64| Curve {
        label: label.to_owned(),
        points: (0..=20).map(|n| f64::from(n) / 20.0).map(|x| (x, x.powf(power))).collect(),
    };
    let key = LorenzKey { x: w.map.to_owned(), y: w.own.to_owned(), equality: "45°".to_owned() };
    let curves = [curve(w.own, 3.1), curve(w.transfers, 1.4)];
    lorenz(&Words::new("lorenz", w.own, ""), &curves, &key, &|share| format!("{:.0} %", share * 100.0))
}

fn columns_of(w: &SampleWords) -> Markup {
    let months: Vec<f64> = (1..=12).map(f64::from).collect();
    let series = |label: &str, of: &dyn Fn(f64) -> Option<f64>| {
        Some(Series { label: label.to_owned(), points: months.iter().map(|month| of(*month)).collect() })
    };
    let data = Columns {
        periods: months.iter().map(ToString::to_string).collect(),
        unit: w.billion.to_owned(),
        plan: series(w.forecast, &|month| Some(month * 14.0)),
        fact: series(w.completed, &|month| (month < 9.0).then_some(month * 12.5 + (month * 2.0).sin() * 6.0)),
        former: series("2024", &|month| Some(month * 11.0)),
    };
    columns(&Words::new("columns", w.progress, ""), &data, &|value| format!("{value}"))
}

fn heat_of(w: &SampleWords) -> Markup {
    let names = [w.own, w.transfers, w.education, w.health, w.utilities].map(str::to_owned).to_vec();
    let cell = |row: usize, column: usize| {
        let value = (row != 4 || column != 3)
            .then(|| if row == column { 1.0 } else { ((row * 7 + column * 7) as f64 * 1.3).sin() * 0.9 });
        HeatCell { value, text: value.map_or_else(String::new, |value| format!("{value:.2}")) }
    };
    let data = Heat {
        cells: (0..5).map(|row| (0..5).map(|column| cell(row, column)).collect()).collect(),
        rows: names.clone(),
        columns: names,
        scale: HeatScale::Correlation,
        classes: ["< −0,7", "−0,7…−0,4", "−0,4…−0,1", "−0,1…0,1", "0,1…0,4", "0,4…0,7", "> 0,7"]
            .map(str::to_owned)
            .to_vec(),
        no_data: w.unknown.to_owned(),
    };
    heat_map(&Words::new("heat", w.figures, ""), &data)
}

fn scatter_of(w: &SampleWords) -> Markup {
    let dot = |n: u32| {
        let x = f64::from(n * 37 % 60);
        let label = if n % 13 == 5 { w.education } else { "" };
        Dot { x, y: 20.0 + x * 0.8 + f64::from(n * 53 % 21) - 10.0, label: label.to_owned() }
    };
    let data = Scatter {
        x_title: format!("{}, %", w.own),
        y_title: w.billion.to_owned(),
        dots: (0..40).map(dot).collect(),
        line: Some((20.0, 0.8)),
    };
    let format = |value: f64| format!("{value}");
    scatter(&Words::new("scatter", w.dynamics, ""), &data, &format, &format)
}

fn multiples_of(w: &SampleWords) -> Markup {
    let panel = |title: &str, by: f64| Panel {
        title: title.to_owned(),
        series: [1.0, 0.8]
            .map(|part| (0..6).map(|year| (year != 3).then(|| f64::from(year) * by * part + 4.0)).collect())
            .to_vec(),
    };
    let data = Multiples {
        periods: (2020..=2025).map(|year| year.to_string()).collect(),
        unit: w.billion.to_owned(),
        key: vec![w.forecast.to_owned(), w.completed.to_owned()],
        panels: vec![panel(w.education, 3.0), panel(w.health, 1.0), panel(w.water, -0.4), panel(w.own, 5.0)],
    };
    small_multiples(&Words::new("multiples", w.dynamics, ""), &data, &|value| format!("{value}"))
}

fn strip_of(w: &SampleWords) -> Markup {
    let row = |label: &str, by: u32| StripRow {
        label: label.to_owned(),
        peers: (0..20).map(|n| f64::from(n * by % 47)).collect(),
        quartiles: Some((12.0, 22.0, 33.0)),
        own: Some(f64::from(by)),
        text: format!("{by} %"),
    };
    let key = StripKey { own: w.budget.to_owned(), peer: w.map.to_owned(), middle: w.progress.to_owned() };
    strip(&Words::new("strip", w.figures, ""), &[row(w.own, 17), row(w.transfers, 31), row(w.long, 40)], &key)
}
