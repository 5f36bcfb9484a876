//! A work plan over time: a row an item with its approved, expected and actual days, what waits for what, and today.
//! Names stand still on the left while the drawing scrolls; nothing needs a script.

use super::Words;
use super::legend::{self, Entry};
use super::scale::Linear;
use crate::kit::svg::{Markup, N, Writer};

/// A span in days counted from any fixed day; the second is the end of the last day.
pub type Days = (f64, f64);

/// One item.
#[derive(Clone, Debug, Default)]
pub struct WorkRow {
    /// Its name, the code first.
    pub label: String,
    /// How deep it lies, from 1.
    pub depth: usize,
    /// A moment, not work.
    pub milestone: bool,
    /// Other items lie inside.
    pub stage: bool,
    /// Approved.
    pub approved: Option<Days>,
    /// Expected.
    pub expected: Option<Days>,
    /// Actual, up to today when it is not finished.
    pub actual: Option<Days>,
    /// Any slip moves the end of the whole.
    pub critical: bool,
}

/// One item waits for another: rows, the side of the former and the side of the next (true: the end).
#[derive(Clone, Copy, Debug)]
pub struct Arrow {
    /// Row of the former.
    pub from: usize,
    /// It is the end of the former that counts.
    pub from_end: bool,
    /// Row of the next.
    pub to: usize,
    /// It is the end of the next that counts.
    pub to_end: bool,
    /// Both are critical.
    pub critical: bool,
}

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct WorkPlan {
    /// First and last day.
    pub span: (f64, f64),
    /// Named days above the rows.
    pub ticks: Vec<(f64, String)>,
    /// Today and its name.
    pub today: Option<(f64, String)>,
    /// The items.
    pub rows: Vec<WorkRow>,
    /// Dependencies.
    pub arrows: Vec<Arrow>,
    /// Names in the key: approved, expected, actual, critical, milestone.
    pub key: [String; 5],
    /// What the region that scrolls is called.
    pub region: String,
}

/// Height of a row and of the head in pixels; the style sheet knows the same numbers.
const ROW: f64 = 36.0;
const HEAD: f64 = 28.0;
/// Pixels of a day, and limits of the width.
const DAY: f64 = 0.95;
/// Pixels that the name of a month takes in the longest language.
const LABEL: f64 = 112.0;
const WIDTH: (f64, f64) = (520.0, 1500.0);

/// Days between two names above the rows at least, for a drawing of so many days.
pub fn tick_days(days: f64) -> f64 {
    LABEL * days / (days * DAY).clamp(WIDTH.0, WIDTH.1)
}

/// The drawing.
pub fn work_plan(words: &Words, data: &WorkPlan) -> Markup {
    let mut writer = Writer::new();
    words.open(&mut writer, "work");
    key(&mut writer, data);
    let width = ((data.span.1 - data.span.0) * DAY).clamp(WIDTH.0, WIDTH.1);
    let scale = Linear { domain: data.span, range: (8.0, width - 8.0) };
    let height = HEAD + ROW * rows(data.rows.len());
    writer.open("div", &[("class", &"work-frame")]).open("ol", &[("class", &"work-names")]);
    for row in &data.rows {
        let class = format!("w{}{}", row.depth.clamp(1, 4), if row.stage { " stage" } else { "" });
        writer.open("li", &[("class", &class)]).leaf("span", &[], &row.label).close("li");
    }
    writer.close("ol").open(
        "div",
        &[("class", &"work-scroll"), ("role", &"region"), ("tabindex", &"0"), ("aria-label", &data.region)],
    );
    let view = format!("0 0 {} {}", N(width), N(height));
    writer.open(
        "svg",
        &[
            ("role", &"img"),
            ("aria-labelledby", &words.labelled()),
            ("width", &N(width)),
            ("height", &N(height)),
            ("viewBox", &view),
        ],
    );
    grid(&mut writer, &scale, data, (width, height));
    for arrow in &data.arrows {
        draw_arrow(&mut writer, &scale, data, *arrow);
    }
    for (at, row) in data.rows.iter().enumerate() {
        draw_row(&mut writer, &scale, row, HEAD + ROW * rows(at));
    }
    writer.close("svg").close("div").close("div").close("div");
    writer.finish()
}

/// A number of rows as a coordinate.
#[expect(clippy::cast_precision_loss, reason = "a plan has a few hundred rows")]
const fn rows(n: usize) -> f64 {
    n as f64
}

fn key(writer: &mut Writer, data: &WorkPlan) {
    let entry =
        |class: &str, label: &String| Entry { class: class.to_owned(), label: label.clone(), line: false };
    let [approved, expected, actual, critical, milestone] = &data.key;
    let mut entries = vec![
        entry("w-approved", approved),
        entry("w-expected", expected),
        entry("w-actual", actual),
        entry("w-expected critical", critical),
        entry("w-milestone", milestone),
    ];
    entries.extend(data.today.iter().map(|(_, name)| Entry {
        class: "today".to_owned(),
        label: name.clone(),
        line: true,
    }));
    legend::write(writer, &entries);
}

fn grid(writer: &mut Writer, scale: &Linear, data: &WorkPlan, (width, height): (f64, f64)) {
    for (day, label) in &data.ticks {
        let x = N(scale.at(*day));
        writer.empty(
            "line",
            &[("class", &"grid"), ("x1", &x), ("x2", &x), ("y1", &N(HEAD - 6.0)), ("y2", &N(height))],
        );
        writer.leaf(
            "text",
            &[("class", &"axis"), ("x", &N(scale.at(*day) + 4.0)), ("y", &N(HEAD - 10.0))],
            label,
        );
    }
    for at in 0..=data.rows.len() {
        let y = N(HEAD + ROW * rows(at));
        writer.empty("line", &[("class", &"grid"), ("x1", &0), ("x2", &N(width)), ("y1", &y), ("y2", &y)]);
    }
    if let Some((today, _)) = &data.today {
        let x = N(scale.at(*today));
        writer.empty(
            "line",
            &[("class", &"today"), ("x1", &x), ("x2", &x), ("y1", &N(HEAD - 6.0)), ("y2", &N(height))],
        );
    }
}

fn draw_row(writer: &mut Writer, scale: &Linear, row: &WorkRow, top: f64) {
    let critical = if row.critical { " critical" } else { "" };
    if row.milestone {
        let diamond = |writer: &mut Writer, class: &str, day: f64, y: f64, r: f64| {
            let x = scale.at(day);
            let d = format!(
                "M{} {}L{} {}L{} {}L{} {}Z",
                N(x),
                N(y - r),
                N(x + r),
                N(y),
                N(x),
                N(y + r),
                N(x - r),
                N(y)
            );
            writer.empty("path", &[("class", &class), ("d", &d)]);
        };
        if let Some((_, day)) = row.approved {
            diamond(writer, "w-approved", day, top + 27.0, 5.0);
        }
        match (row.actual, row.expected) {
            (Some((_, day)), _) => diamond(writer, "w-milestone reached", day, top + 14.0, 8.0),
            (None, Some((_, day))) => {
                diamond(writer, &format!("w-milestone{critical}"), day, top + 14.0, 8.0);
            }
            (None, None) => (),
        }
        return;
    }
    let bar = |writer: &mut Writer, class: &str, days: Option<Days>, (y, height): (f64, f64)| {
        if let Some((from, to)) = days {
            let (x, right) = (scale.at(from), scale.at(to));
            writer.empty(
                "rect",
                &[
                    ("class", &class),
                    ("x", &N(x)),
                    ("y", &N(top + y)),
                    ("width", &N((right - x).max(2.0))),
                    ("height", &N(height)),
                    ("rx", &2),
                ],
            );
        }
    };
    let stage = if row.stage { " stage" } else { "" };
    let height = if row.stage { 7.0 } else { 14.0 };
    bar(writer, "w-approved", row.approved, (25.0, 5.0));
    bar(writer, &format!("w-expected{critical}{stage}"), row.expected, (7.0, height));
    if !row.stage {
        bar(writer, "w-actual", row.actual, (10.0, 8.0));
    }
}

/// From the side of one bar to the side of another, by right angles.
fn draw_arrow(writer: &mut Writer, scale: &Linear, data: &WorkPlan, arrow: Arrow) {
    let side = |row: &WorkRow, end: bool| row.expected.map(|(from, to)| if end { to } else { from });
    let (Some(former), Some(next)) = (data.rows.get(arrow.from), data.rows.get(arrow.to)) else { return };
    let (Some(from), Some(to)) = (side(former, arrow.from_end), side(next, arrow.to_end)) else { return };
    let middle = |at: usize| HEAD + ROW * rows(at) + 14.0;
    let (x1, y1, x2, y2) = (scale.at(from), middle(arrow.from), scale.at(to), middle(arrow.to));
    let out = if arrow.from_end { x1 + 5.0 } else { x1 - 5.0 };
    let near = if arrow.to_end { x2 + 6.0 } else { x2 - 6.0 };
    // A stub on each side; between them down or up along the gap under the former row.
    let gap = if y2 > y1 { y1 + 18.0 } else { y1 - 14.0 };
    let head = if arrow.to_end { 4.0 } else { -4.0 };
    let d = format!(
        "M{} {}H{}V{}H{}V{}H{}m{} -3l{} 3l{} 3",
        N(x1),
        N(y1),
        N(out),
        N(gap),
        N(near),
        N(y2),
        N(x2),
        N(head),
        N(-head),
        N(head),
    );
    let class = if arrow.critical { "w-arrow critical" } else { "w-arrow" };
    writer.empty("path", &[("class", &class), ("d", &d)]);
}
