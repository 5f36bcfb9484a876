//! A chart of a page as a drawing that stands alone: with its title, its key, its remarks and its own style.
//!
//! On a page some charts are HTML around small drawings, so that labels wrap on a phone. Here the same markup is
//! laid out once more at a fixed width, from the same classes, so that no chart is drawn by a second program.

mod rows;

use crate::font;
use crate::style::Style;
use resvg::usvg::roxmltree::{Document, Node};
use rows::rows;
use std::fmt::Write;

/// A drawing that stands alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The SVG.
    pub svg: String,
    /// Its width in units of the drawing.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// Why there is no drawing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// The markup is not that of a chart.
    #[error("the markup cannot be read: {0}")]
    Unreadable(String),
}

/// What stands around a chart.
#[derive(Clone, Debug, Default)]
pub struct Around<'a> {
    /// Above it.
    pub title: &'a str,
    /// Below it: unit, source, date, address.
    pub notes: &'a [String],
    /// Language of the words, as in `kk`.
    pub lang: &'a str,
}

const MARGIN: f32 = 20.0;
const INNER: f32 = 600.0;
const TEXT: f32 = 14.0;
const LINE: f32 = 18.0;

/// Lays a chart out. Unknown pieces of markup are left out, hostile text stays text.
///
/// # Errors
/// When the markup is not well formed.
pub fn standalone(markup: &str, around: &Around<'_>, style: &Style) -> Result<Drawing, FigureError> {
    let chart = Document::parse(markup).map_err(|error| FigureError::Unreadable(error.to_string()))?;
    let root = chart.root_element();
    let mut sheet = Sheet { out: String::new(), y: MARGIN };
    let title = font::wrap(around.title, 18.0, INNER);
    for line in &title {
        sheet.y += 22.0;
        sheet.text((MARGIN, sheet.y), line, &[("class", "title")]);
    }
    if !title.is_empty() {
        sheet.y += 12.0;
    }
    let class = root.attribute("class").unwrap_or_default();
    let _ = write!(sheet.out, "<g class=\"{}\">", escape(class));
    for child in root.children().filter(Node::is_element) {
        block(&mut sheet, child);
    }
    sheet.out.push_str("</g>");
    sheet.y += 6.0;
    for note in around.notes {
        for line in font::wrap(note, 12.0, INNER) {
            sheet.y += 15.0;
            sheet.text((MARGIN, sheet.y), &line, &[("class", "note")]);
        }
    }
    Ok(finish(&sheet, (root, around, style)))
}

/// What somebody is told who does not see the drawing.
pub(crate) fn description(root: Node<'_, '_>) -> String {
    let hidden = root.children().filter(|child| child.attribute("hidden").is_some());
    hidden.map(|child| words(child)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ")
}

fn finish(sheet: &Sheet, (root, around, style): (Node<'_, '_>, &Around<'_>, &Style)) -> Drawing {
    let (width, height) = (INNER + 2.0 * MARGIN, sheet.y + MARGIN);
    let (ink, soft, paper) = (style.colour("ink"), style.colour("soft"), style.colour("paper"));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" xml:lang=\"{}\" font-family=\"system-ui, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif\" font-size=\"{TEXT}\">",
        escape(around.lang),
    );
    let title = if around.title.is_empty() { description(root) } else { around.title.to_owned() };
    let _ = write!(svg, "<title>{}</title><desc>{}</desc>", escape(&title), escape(&description(root)));
    let _ = write!(
        svg,
        "<style>text{{fill:{ink}}}.title{{font-size:18px;font-weight:600}}.note{{font-size:12px;fill:{soft}}}.value{{text-anchor:end;font-weight:600}}\
         .soft{{fill:{soft}}}.strong{{font-weight:600}}{}</style>",
        escape_css(style.css()),
    );
    let _ = write!(svg, "<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>");
    svg.push_str(&sheet.out);
    svg.push_str("</svg>");
    Drawing { svg, width, height }
}

/// What has been drawn and how far down.
struct Sheet {
    out: String,
    y: f32,
}

impl Sheet {
    fn text(&mut self, (x, y): (f32, f32), text: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\"");
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"{}\"", escape(value));
        }
        let _ = write!(self.out, ">{}</text>", escape(text));
    }

    /// A drawing of the page at a place; `wide` is what its percentages are of.
    fn drawing(&mut self, (x, y): (f32, f32), (wide, scale): (f32, f32), node: Node<'_, '_>) {
        let class = node.attribute("class").unwrap_or_default();
        let _ = write!(self.out, "<g class=\"{}\" transform=\"translate({x} {y})", escape(class));
        if (scale - 1.0).abs() > f32::EPSILON {
            let _ = write!(self.out, " scale({scale})");
        }
        self.out.push_str("\">");
        for child in node.children() {
            copy(&mut self.out, child, wide, 0);
        }
        self.out.push_str("</g>");
    }
}

/// Deeper markup than any chart has is not followed.
const DEPTH_MAX: usize = 24;

/// Copies a piece of a drawing: percentages become coordinates, links become groups.
fn copy(out: &mut String, node: Node<'_, '_>, wide: f32, depth: usize) {
    if node.is_text() {
        out.push_str(&escape(node.text().unwrap_or_default()));
    }
    if !node.is_element() || depth > DEPTH_MAX {
        return;
    }
    let name = if node.tag_name().name() == "a" { "g" } else { node.tag_name().name() };
    let _ = write!(out, "<{name}");
    for attribute in node.attributes() {
        if matches!(attribute.name(), "href" | "role") || attribute.name().starts_with("aria-") {
            continue;
        }
        let percent = attribute.value().strip_suffix('%').and_then(|share| share.parse::<f32>().ok());
        match percent {
            Some(share) => {
                let _ = write!(out, " {}=\"{}\"", attribute.name(), share * wide / 100.0);
            }
            None => {
                let _ = write!(out, " {}=\"{}\"", attribute.name(), escape(attribute.value()));
            }
        }
    }
    out.push('>');
    for child in node.children() {
        copy(out, child, wide, depth + 1);
    }
    let _ = write!(out, "</{name}>");
}

/// One child of the chart.
fn block(sheet: &mut Sheet, node: Node<'_, '_>) {
    let class = node.attribute("class").unwrap_or_default();
    match (node.tag_name().name(), class) {
        _ if node.attribute("hidden").is_some() || class.contains("plot-narrow") => {}
        ("ul", _) => legend(sheet, node),
        ("svg", _) => plot(sheet, node),
        ("p", _) => {
            for line in font::wrap(&words(node), TEXT, INNER) {
                sheet.y += LINE;
                sheet.text((MARGIN, sheet.y), &line, &[("class", "soft")]);
            }
            sheet.y += 6.0;
        }
        ("div", "panels") => panels(sheet, node),
        ("div", _) => rows(sheet, node),
        _ => {}
    }
}

/// The key, entries beside one another.
fn legend(sheet: &mut Sheet, node: Node<'_, '_>) {
    let mut x = MARGIN;
    for item in node.children().filter(|child| child.tag_name().name() == "li") {
        let label = words(item);
        let lines = font::wrap(&label, TEXT, INNER - 30.0);
        let wide = 30.0 + lines.iter().map(|line| font::width(line, TEXT)).fold(0.0, f32::max) * 1.06 + 18.0;
        if x > MARGIN && x + wide - 18.0 > MARGIN + INNER {
            (x, sheet.y) = (MARGIN, sheet.y + 22.0);
        }
        if let Some(sign) = item.children().find(|child| child.tag_name().name() == "svg") {
            sheet.drawing((x, sheet.y), (22.0, 1.0), sign);
        }
        for (index, line) in lines.iter().enumerate() {
            sheet.text((x + 30.0, sheet.y + 12.0 + index as f32 * LINE), line, &[]);
        }
        sheet.y += lines.len().saturating_sub(1) as f32 * LINE;
        x += wide;
    }
    sheet.y += 28.0;
}

/// Width and height of a drawing of the page.
fn size(node: Node<'_, '_>) -> Option<(f32, f32)> {
    let numbers: Vec<f32> =
        node.attribute("viewBox")?.split_whitespace().filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    }
}

/// A drawing over the whole width, or a bar that is as wide as there is room.
fn plot(sheet: &mut Sheet, node: Node<'_, '_>) {
    if let Some((width, height)) = size(node) {
        let scale = (INNER / width).min(1.4);
        sheet.drawing((MARGIN, sheet.y), (width, scale), node);
        sheet.y += height * scale + 8.0;
    } else {
        let height = node.attribute("height").and_then(|height| height.parse().ok()).unwrap_or(LINE);
        sheet.drawing((MARGIN, sheet.y), (INNER, 1.0), node);
        sheet.y += height + 12.0;
    }
}

/// Small multiples, three in a row.
fn panels(sheet: &mut Sheet, node: Node<'_, '_>) {
    const WIDE: f32 = INNER / 3.0 - 10.0;
    let all: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    for row in all.chunks(3) {
        let title = |panel: &Node<'_, '_>| {
            let title = panel.children().find(|child| child.tag_name().name() == "span");
            font::wrap(&title.map(words).unwrap_or_default(), 13.0, WIDE)
        };
        let lines = row.iter().map(|panel| title(panel).len()).max().unwrap_or(0);
        let mut tallest: f32 = 0.0;
        for (column, panel) in row.iter().enumerate() {
            let x = MARGIN + column as f32 * (INNER / 3.0);
            for (index, line) in title(panel).iter().enumerate() {
                let y = sheet.y + 14.0 + index as f32 * 16.0;
                sheet.text((x, y), line, &[("class", "strong"), ("font-size", "13")]);
            }
            let Some(drawing) = panel.children().find(|child| child.tag_name().name() == "svg") else {
                continue;
            };
            let (width, height) = size(drawing).unwrap_or((WIDE, 100.0));
            let scale = WIDE / width;
            sheet.drawing((x, sheet.y + lines as f32 * 16.0 + 4.0), (width, scale), drawing);
            tallest = tallest.max(height * scale);
        }
        sheet.y += lines as f32 * 16.0 + tallest + 18.0;
    }
}

/// All words within a node, without those of drawings.
fn words(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for child in node.children() {
        if child.is_text() {
            text.push_str(child.text().unwrap_or_default());
        } else if child.tag_name().name() != "svg" {
            text.push_str(&words(child));
        }
    }
    text
}

/// Text for XML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            other => out.push(other),
        }
    }
    out
}

/// A style sheet within XML: `>` stays readable, `<` and `&` have no place in one.
fn escape_css(css: &str) -> String {
    css.replace(['<', '&'], "")
}
