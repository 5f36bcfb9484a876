//! Milestones on a line of time: planned and actual dates.

use super::Words;
use super::legend::{self, Entry};
use super::scale::Linear;
use crate::kit::svg::{Markup, Percent, Writer};

/// A milestone. Moments are days counted from any fixed day.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// Its name.
    pub label: String,
    /// Planned day.
    pub planned: Option<f64>,
    /// Day it was reached.
    pub actual: Option<f64>,
    /// Dates and state in words.
    pub text: String,
    /// Not reached although the day is past, or reached later than planned.
    pub late: bool,
}

/// The line of time.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// First and last day.
    pub span: (f64, f64),
    /// Named days below the line; at most five stay legible on a phone.
    pub ticks: Vec<(f64, String)>,
    /// Today and its name.
    pub today: Option<(f64, String)>,
    /// Milestones in order.
    pub milestones: Vec<Milestone>,
    /// Names of the two marks, planned and actual.
    pub key: (String, String),
}

const HEIGHT: u8 = 24;

/// A row per milestone with a ring for the plan and a disc for the fact.
pub fn timeline(words: &Words, data: &Timeline) -> Markup {
    let scale = Linear { domain: data.span, range: (3.0, 97.0) };
    let mut writer = Writer::new();
    words.open(&mut writer, "timeline");
    let entry = |class: &str, label: &String, line: bool| Entry {
        class: class.to_owned(),
        label: label.clone(),
        line,
    };
    let mut entries = vec![entry("planned", &data.key.0, false), entry("actual", &data.key.1, false)];
    entries.extend(data.today.iter().map(|(_, name)| entry("today", name, true)));
    legend::write(&mut writer, &entries);
    writer.open(
        "div",
        &[("role", &"img"), ("class", &"timeline-rows"), ("aria-labelledby", &words.labelled())],
    );
    for milestone in &data.milestones {
        writer.leaf("span", &[("class", &"timeline-label")], &milestone.label);
        track(&mut writer, &scale, data, milestone);
        let class = if milestone.late { "timeline-text late" } else { "timeline-text" };
        writer.leaf("span", &[("class", &class)], &milestone.text);
    }
    axis(&mut writer, &scale, data);
    writer.close("div").close("div");
    writer.finish()
}

fn track(writer: &mut Writer, scale: &Linear, data: &Timeline, milestone: &Milestone) {
    writer.open("svg", &[("width", &"100%"), ("height", &HEIGHT), ("aria-hidden", &"true")]);
    writer.empty("line", &[("class", &"rail"), ("x1", &"0"), ("x2", &"100%"), ("y1", &12), ("y2", &12)]);
    if let Some((today, _)) = &data.today {
        let x = Percent(scale.at(*today));
        writer.empty("line", &[("class", &"today"), ("x1", &x), ("x2", &x), ("y1", &0), ("y2", &HEIGHT)]);
    }
    let late = if milestone.late { " late" } else { "" };
    if let (Some(planned), Some(actual)) = (milestone.planned, milestone.actual) {
        let (from, to) = (Percent(scale.at(planned)), Percent(scale.at(actual)));
        writer.empty(
            "line",
            &[("class", &format_args!("drift{late}")), ("x1", &from), ("x2", &to), ("y1", &12), ("y2", &12)],
        );
    }
    for (class, day) in [("planned", milestone.planned), ("actual", milestone.actual)] {
        if let Some(day) = day {
            writer.empty(
                "circle",
                &[
                    ("class", &format_args!("{class}{late}")),
                    ("cx", &Percent(scale.at(day))),
                    ("cy", &12),
                    ("r", &if class == "planned" { 7 } else { 4 }),
                ],
            );
        }
    }
    writer.close("svg");
}

fn axis(writer: &mut Writer, scale: &Linear, data: &Timeline) {
    writer.open(
        "svg",
        &[("class", &"timeline-axis"), ("width", &"100%"), ("height", &HEIGHT), ("aria-hidden", &"true")],
    );
    for (day, label) in &data.ticks {
        let at = scale.at(*day);
        // Words at the two ends stay inside.
        let anchor = if at < 12.0 {
            "start"
        } else if at > 88.0 {
            "end"
        } else {
            "middle"
        };
        writer.leaf(
            "text",
            &[("class", &"axis"), ("x", &Percent(at)), ("y", &16), ("text-anchor", &anchor)],
            label,
        );
    }
    writer.close("svg");
}
