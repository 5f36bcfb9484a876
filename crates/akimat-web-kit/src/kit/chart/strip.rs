//! One unit among its peers: a dot for each, a box for the middle half, a ring for the one.

use super::Words;
use super::bar::open_track;
use super::scale::{Linear, extent};
use crate::kit::svg::{Markup, Percent, Writer};

/// One figure of all units. Each row has a scale of its own, from the lowest to the highest.
#[derive(Clone, Debug)]
pub struct StripRow {
    /// What is measured.
    pub label: String,
    /// The values of the peers.
    pub peers: Vec<f64>,
    /// Lower quartile, median and upper quartile, when they are to be drawn.
    pub quartiles: Option<(f64, f64, f64)>,
    /// The value of the unit itself; `None` when it is not known.
    pub own: Option<f64>,
    /// The unit's value in words, perhaps with its rank.
    pub text: String,
}

/// Names of the marks, for the key.
#[derive(Clone, Debug, Default)]
pub struct StripKey {
    /// The unit itself.
    pub own: String,
    /// A peer.
    pub peer: String,
    /// The box from the lower to the upper quartile with the median in it.
    pub middle: String,
}

/// The rows under one another with a key.
pub fn strip(words: &Words, rows: &[StripRow], key: &StripKey) -> Markup {
    let mut writer = Writer::new();
    words.open(&mut writer, "strip");
    super::legend::write(&mut writer, &entries(rows, key));
    writer.open("div", &[("role", &"img"), ("class", &"bars-rows"), ("aria-labelledby", &words.labelled())]);
    for row in rows {
        writer.leaf("span", &[("class", &"bars-label")], &row.label);
        draw(&mut writer, row);
        writer.leaf("span", &[("class", &"bars-value")], &row.text);
    }
    writer.close("div").close("div");
    writer.finish()
}

fn entries(rows: &[StripRow], key: &StripKey) -> Vec<super::legend::Entry> {
    let entry = |class: &str, label: &str| super::legend::Entry {
        class: class.to_owned(),
        label: label.to_owned(),
        line: false,
    };
    let mut entries = vec![entry("own", &key.own), entry("peer", &key.peer)];
    if rows.iter().any(|row| row.quartiles.is_some()) {
        entries.push(entry("half", &key.middle));
    }
    entries
}

fn draw(writer: &mut Writer, row: &StripRow) {
    let quartiles = row.quartiles.filter(|(q1, q2, q3)| [q1, q2, q3].iter().all(|value| value.is_finite()));
    let own = row.own.filter(|value| value.is_finite());
    let all = row.peers.iter().copied().chain(own).chain(quartiles.into_iter().flat_map(|q| [q.0, q.2]));
    let scale = Linear { domain: extent(all).unwrap_or((0.0, 1.0)), range: (2.0, 98.0) };
    open_track(writer);
    if let Some((q1, q2, q3)) = quartiles {
        let (from, middle, to) = (scale.at(q1), Percent(scale.at(q2)), scale.at(q3));
        let (x, width) = (Percent(from.min(to)), Percent((to - from).abs()));
        writer.empty("rect", &[("class", &"half"), ("x", &x), ("width", &width), ("height", &18)]);
        writer.empty(
            "line",
            &[("class", &"median"), ("x1", &middle), ("x2", &middle), ("y1", &0), ("y2", &18)],
        );
    }
    for value in row.peers.iter().filter(|value| value.is_finite()) {
        let cx = Percent(scale.at(*value));
        writer.empty("circle", &[("class", &"peer"), ("cx", &cx), ("cy", &9), ("r", &3)]);
    }
    if let Some(value) = own {
        let cx = Percent(scale.at(value));
        writer.empty("circle", &[("class", &"own"), ("cx", &cx), ("cy", &9), ("r", &7)]);
    }
    writer.close("svg");
}
