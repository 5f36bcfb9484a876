//! Where money comes from and where it goes: bands between two or three columns.

use super::Words;
use super::frame::{Size, both};
use super::letters::{LINE, fit, wrap};
use crate::kit::svg::{Markup, N, Writer};

/// A source, a budget or a use.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name.
    pub label: String,
    /// Its amount in words.
    pub text: String,
    /// 0 left, 1 next, 2 right.
    pub column: u8,
}

impl Node {
    /// A node.
    pub fn new(column: u8, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), column }
    }
}

/// Money that goes from one node to another, by their places in the list.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    /// Place of the node it leaves.
    pub from: usize,
    /// Place of the node it reaches, in a later column.
    pub to: usize,
    /// How much; what is not positive is not drawn.
    pub value: f64,
}

/// A node with its place.
struct Slot {
    x: f64,
    y: f64,
    height: f64,
    lines: Vec<String>,
    index: usize,
    anchor: Anchor,
    leaving: f64,
    arriving: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Anchor {
    Left,
    Above,
    Right,
}

/// Thickness of a node.
const THICK: f64 = 12.0;
const GAP: f64 = 11.0;

/// Bands from left to right, each node with its name and amount beside it. Names wrap, so that long ones
/// stay legible on a phone; the drawing grows with their lines.
pub fn sankey(words: &Words, nodes: &[Node], flows: &[Flow]) -> Markup {
    let flows: Vec<Flow> = flows
        .iter()
        .copied()
        .filter(|flow| flow.value.is_finite() && flow.value > 0.0)
        .filter(|flow| match (nodes.get(flow.from), nodes.get(flow.to)) {
            (Some(from), Some(to)) => from.column < to.column,
            _ => false,
        })
        .collect();
    let drawings = both(|writer, size| draw(writer, size, words, (nodes, &flows)));
    let mut writer = Writer::new();
    words.open(&mut writer, "sankey");
    writer.markup(&drawings).close("div");
    writer.finish()
}

fn draw(writer: &mut Writer, size: Size, words: &Words, (nodes, flows): (&[Node], &[Flow])) {
    let (width, target) = size.dimensions();
    let (mut slots, height) = place(nodes, flows, (size, width, target));
    writer.open(
        "svg",
        &[
            ("role", &"img"),
            ("class", &size.class()),
            ("viewBox", &format_args!("0 0 {} {}", N(width), N(height))),
            ("aria-labelledby", &words.labelled()),
        ],
    );
    let scale = scale_of(nodes, flows, target);
    for flow in flows {
        band(writer, &mut slots, flow, scale);
    }
    for slot in &slots {
        node(writer, slot);
    }
    writer.close("svg");
}

/// Units of the drawing for one unit of value.
fn scale_of(nodes: &[Node], flows: &[Flow], target: f64) -> f64 {
    let last = nodes.iter().map(|node| node.column).max().unwrap_or(0);
    let of = |column: u8| -> f64 {
        let within = (0..nodes.len()).filter(|index| nodes[*index].column == column);
        within.map(|index| amount(flows, index)).sum()
    };
    let most = (0..=last).map(of).fold(0.0, f64::max);
    if most > 0.0 { target * 0.8 / most } else { 0.0 }
}

/// What a node holds: the larger of what comes and what goes.
fn amount(flows: &[Flow], index: usize) -> f64 {
    let sum = |wanted: &dyn Fn(&Flow) -> bool| -> f64 {
        flows.iter().filter(|flow| wanted(flow)).map(|flow| flow.value).sum()
    };
    sum(&|flow| flow.from == index).max(sum(&|flow| flow.to == index))
}

/// Places of all nodes and the height of the drawing.
fn place(nodes: &[Node], flows: &[Flow], (size, width, target): (Size, f64, f64)) -> (Vec<Slot>, f64) {
    let last = nodes.iter().map(|node| node.column).max().unwrap_or(0).max(1);
    let gutter = if size == Size::Wide { 172.0 } else { 108.0 };
    let scale = scale_of(nodes, flows, target);
    let mut slots: Vec<Slot> = nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let inner = width - 2.0 * gutter - THICK;
            let share = f64::from(node.column.min(last)) / f64::from(last);
            let anchor = match node.column {
                0 => Anchor::Left,
                column if column == last => Anchor::Right,
                _ => Anchor::Above,
            };
            let room = if anchor == Anchor::Above { inner } else { gutter - 8.0 };
            let mut lines = wrap(&node.label, fit(room), 4);
            lines.extend(wrap(&node.text, fit(room), 2));
            let height = (amount(flows, index) * scale).max(1.5);
            let x = gutter + share * inner;
            Slot { x, y: 0.0, height, lines, index, anchor, leaving: 0.0, arriving: 0.0 }
        })
        .collect();
    let taken = |slot: &Slot| {
        let words = slot.lines.len() as f64 * LINE;
        GAP + if slot.anchor == Anchor::Above { slot.height + words + 4.0 } else { slot.height.max(words) }
    };
    let column = |slot: &Slot| nodes.get(slot.index).map_or(0, |node| node.column);
    let total = |wanted: u8| -> f64 { slots.iter().filter(|slot| column(slot) == wanted).map(taken).sum() };
    let height = (0..=last).map(total).fold(60.0, f64::max);
    for wanted in 0..=last {
        let mut y = (height - total_of(&slots, &|slot| column(slot) == wanted, &taken)) / 2.0;
        for slot in slots.iter_mut().filter(|slot| column(slot) == wanted) {
            let room = taken(slot) - GAP;
            slot.y = GAP / 2.0
                + match slot.anchor {
                    Anchor::Above => y + room - slot.height,
                    _ => y + (room - slot.height) / 2.0,
                };
            y += room + GAP;
        }
    }
    (slots, height)
}

fn total_of(slots: &[Slot], wanted: &dyn Fn(&Slot) -> bool, taken: &dyn Fn(&Slot) -> f64) -> f64 {
    slots.iter().filter(|slot| wanted(slot)).map(taken).sum()
}

/// A band; those of one node lie under one another in the order of the list.
fn band(writer: &mut Writer, slots: &mut [Slot], flow: &Flow, scale: f64) {
    let thick = flow.value * scale;
    let Some(from) = slots.get_mut(flow.from) else { return };
    let (x0, y0, left) = (from.x + THICK, from.y + from.leaving, from.anchor == Anchor::Left);
    from.leaving += thick;
    let Some(to) = slots.get_mut(flow.to) else { return };
    let (x1, y1) = (to.x, to.y + to.arriving);
    to.arriving += thick;
    let middle = f64::midpoint(x0, x1);
    let class = format!("flow {}", part(if left { flow.from } else { flow.to }, slots));
    let d = format!(
        "M{a} {b}C{m} {b} {m} {e} {c} {e}V{f}C{m} {f} {m} {g} {a} {g}Z",
        a = N(x0),
        b = N(y0),
        m = N(middle),
        c = N(x1),
        e = N(y1),
        f = N(y1 + thick.max(0.8)),
        g = N(y0 + thick.max(0.8)),
    );
    writer.empty("path", &[("class", &class), ("d", &d)]);
}

/// Class of a node by its place within its column, so that neighbours differ.
fn part(index: usize, slots: &[Slot]) -> String {
    let anchor = slots.get(index).map(|slot| slot.anchor);
    let before = slots.iter().take(index).filter(|slot| Some(slot.anchor) == anchor).count();
    if anchor == Some(Anchor::Above) { "p7".to_owned() } else { format!("p{}", before % 6 + 1) }
}

fn node(writer: &mut Writer, slot: &Slot) {
    let (x, y, height) = (N(slot.x), N(slot.y), N(slot.height));
    writer.empty(
        "rect",
        &[("class", &"node"), ("x", &x), ("y", &y), ("width", &N(THICK)), ("height", &height)],
    );
    let count = slot.lines.len() as f64;
    let (at, first, class) = match slot.anchor {
        Anchor::Left => (slot.x - 6.0, centred(slot, count), "axis axis-y"),
        Anchor::Right => (slot.x + THICK + 6.0, centred(slot, count), "axis"),
        Anchor::Above => (slot.x + THICK / 2.0, slot.y - 6.0 - (count - 1.0) * LINE, "axis axis-x over"),
    };
    writer.open("text", &[("class", &class)]);
    for (line, text) in slot.lines.iter().enumerate() {
        let y = N(first + line as f64 * LINE);
        writer.leaf("tspan", &[("x", &N(at)), ("y", &y)], text);
    }
    writer.close("text");
}

fn centred(slot: &Slot, count: f64) -> f64 {
    slot.y + slot.height / 2.0 - (count - 1.0) * LINE / 2.0 + 4.5
}
