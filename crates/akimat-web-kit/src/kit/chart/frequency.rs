//! How often each project is chosen when the assumptions vary: bars from 0 to 100 %, with what the number of
//! draws leaves open and the borders between core, usual and marginal.

use super::Words;
use super::bar::{open_track, segment};
use crate::kit::svg::{Markup, Percent, Writer};

/// One project.
#[derive(Clone, Debug)]
pub struct FrequencyRow {
    /// Its name.
    pub label: String,
    /// Share of the draws in which it is chosen, in per cent.
    pub share: f64,
    /// Interval of that share, in per cent.
    pub interval: (f64, f64),
    /// In words.
    pub text: String,
    /// Drawn in gold, to single it out, as the marginal ones.
    pub accent: bool,
}

/// Bars of shares; `borders` are drawn as dashed lines, in per cent.
pub fn frequencies(words: &Words, rows: &[FrequencyRow], borders: &[f64]) -> Markup {
    let mut writer = Writer::new();
    words.open(&mut writer, "frequency");
    writer.open("div", &[("role", &"img"), ("class", &"bars-rows"), ("aria-labelledby", &words.labelled())]);
    for row in rows {
        writer.leaf("span", &[("class", &"bars-label")], &row.label);
        open_track(&mut writer);
        if row.share.is_finite() && row.share > 0.0 {
            let class = if row.accent { "bar bar-accent" } else { "bar" };
            segment(&mut writer, (0.0, row.share.min(100.0)), class);
        }
        for border in borders {
            upright(&mut writer, "divider", *border, (0, 18));
        }
        let (low, high) = row.interval;
        if low.is_finite() && high.is_finite() {
            let ends = (Percent(low), Percent(high));
            writer.empty(
                "line",
                &[("class", &"level"), ("x1", &ends.0), ("x2", &ends.1), ("y1", &9), ("y2", &9)],
            );
            upright(&mut writer, "level", low, (5, 13));
            upright(&mut writer, "level", high, (5, 13));
        }
        writer.close("svg").leaf("span", &[("class", &"bars-value")], &row.text);
    }
    writer.close("div").close("div");
    writer.finish()
}

fn upright(writer: &mut Writer, class: &str, at: f64, (from, to): (u8, u8)) {
    let x = Percent(at);
    writer.empty("line", &[("class", &class), ("x1", &x), ("x2", &x), ("y1", &from), ("y2", &to)]);
}
