//! From blocks to lines on pages.

mod table;

use crate::document::{Block, Document};
use crate::figure::Drawing;
use crate::font::{width, wrap, writable};

/// A4 in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 56.0;
const BOTTOM: f32 = PAGE.1 - 64.0;
/// Width of the text.
pub(crate) const ROOM: f32 = PAGE.0 - 2.0 * MARGIN;
const BODY: f32 = 10.5;
const LEADING: f32 = 1.42;

/// How something is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Face {
    pub size: f32,
    pub bold: bool,
    /// Grey instead of black.
    pub soft: bool,
}

impl Face {
    const fn of(size: f32) -> Self {
        Self { size, bold: false, soft: false }
    }

    const fn bold(size: f32) -> Self {
        Self { size, bold: true, soft: false }
    }

    const fn soft(size: f32) -> Self {
        Self { size, bold: false, soft: true }
    }
}

/// Something drawn on a page. `leaf` names the place in the logical order; without one it is decoration.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Text { at: (f32, f32), text: String, face: Face, leaf: Option<usize> },
    Rule { from: (f32, f32), length: f32, strong: bool },
    Shade { at: (f32, f32), size: (f32, f32) },
    Picture { at: (f32, f32), size: (f32, f32), drawing: Drawing, leaf: usize },
}

/// The logical order, for readers that read aloud.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    Title(String, usize),
    Heading { level: u8, text: String, leaf: usize, page: usize, y: f32 },
    Paragraph(usize),
    Contents(Vec<usize>),
    Figure { alt: String, leaf: usize, page: usize, at: (f32, f32), size: (f32, f32) },
    Table { caption: Option<usize>, head: Vec<usize>, rows: Vec<Vec<usize>> },
}

/// Pages and their logical order.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub pages: Vec<Vec<Op>>,
    pub parts: Vec<Part>,
    pub leaves: usize,
    y: f32,
}

/// Lays a document out; the contents need to know where the headings come to stand, so it is done twice.
pub(crate) fn lay_out(document: &Document) -> Layout {
    let first = pass(document, &[]);
    if document.contents.is_none() {
        return first;
    }
    let places: Vec<usize> = first
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Heading { page, level, .. } if *level <= 2 => Some(*page),
            _ => None,
        })
        .collect();
    pass(document, &places)
}

fn pass(document: &Document, places: &[usize]) -> Layout {
    let mut layout = Layout::default();
    layout.new_page();
    let leaf = layout.leaf();
    layout.lines(&document.title, Face::bold(20.0), Some(leaf));
    layout.parts.push(Part::Title(writable(&document.title), leaf));
    if !document.subtitle.is_empty() {
        layout.y += 4.0;
        layout.paragraph(&document.subtitle, Face::soft(11.0));
    }
    layout.rule();
    if let Some(title) = &document.contents {
        contents(&mut layout, document, title, places);
    }
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => layout.heading(*level, text),
            Block::Paragraph(text) => {
                for line in text.lines().filter(|line| !line.trim().is_empty()) {
                    layout.paragraph(line, Face::of(BODY));
                }
            }
            Block::Note(text) => layout.paragraph(text, Face::soft(8.5)),
            Block::Table(table) => table::lay_out(&mut layout, table),
            Block::Figure { drawing, alt } => layout.figure(drawing, alt),
        }
    }
    layout
}

/// Headings with their pages, dots between.
fn contents(layout: &mut Layout, document: &Document, title: &str, places: &[usize]) {
    const SIZE: f32 = 10.0;
    let headings: Vec<(u8, &str)> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text } if *level <= 2 => Some((*level, text.as_str())),
            _ => None,
        })
        .collect();
    if headings.len() < 2 {
        return;
    }
    layout.y += 6.0;
    let leaf = layout.leaf();
    layout.lines(title, Face::bold(12.0), Some(leaf));
    layout.parts.push(Part::Paragraph(leaf));
    let mut leaves = Vec::new();
    for (index, (level, text)) in headings.iter().enumerate() {
        let leaf = layout.leaf();
        leaves.push(leaf);
        let indent = f32::from(level.saturating_sub(1)) * 14.0;
        let lines = wrap(&writable(text), SIZE, ROOM - indent - 46.0);
        let last = lines.len().saturating_sub(1);
        for (at, line) in lines.iter().enumerate() {
            let y = layout.advance(SIZE * LEADING);
            layout.text((MARGIN + indent, y), line, Face::of(SIZE), Some(leaf));
            if at == last {
                let page = places.get(index).map_or_else(String::new, |page| (page + 1).to_string());
                let x = MARGIN + ROOM - width(&page, SIZE);
                layout.text((x, y), &page, Face::of(SIZE), Some(leaf));
                let from = MARGIN + indent + width(line, SIZE) + 6.0;
                layout.op(Op::Rule { from: (from, y), length: (x - 6.0 - from).max(0.0), strong: false });
            }
        }
    }
    layout.parts.push(Part::Contents(leaves));
    layout.y += 10.0;
}

impl Layout {
    fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = MARGIN;
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }

    fn page(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    fn op(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(op);
        }
    }

    fn text(&mut self, at: (f32, f32), text: &str, face: Face, leaf: Option<usize>) {
        if !text.is_empty() {
            self.op(Op::Text { at, text: text.to_owned(), face, leaf });
        }
    }

    /// Whether this much fits below.
    fn fits(&self, height: f32) -> bool {
        self.y + height <= BOTTOM
    }

    /// Goes down by a line, to a new page where this one ends; gives the baseline.
    fn advance(&mut self, height: f32) -> f32 {
        if !self.fits(height) {
            self.new_page();
        }
        self.y += height;
        self.y - height * 0.25
    }

    fn lines(&mut self, text: &str, face: Face, leaf: Option<usize>) {
        // What is drawn bold is a little wider.
        let room = if face.bold { ROOM * 0.97 } else { ROOM };
        for line in wrap(&writable(text), face.size, room) {
            let y = self.advance(face.size * LEADING);
            self.text((MARGIN, y), &line, face, leaf);
        }
    }

    fn paragraph(&mut self, text: &str, face: Face) {
        let leaf = self.leaf();
        self.lines(text, face, Some(leaf));
        self.parts.push(Part::Paragraph(leaf));
        self.y += face.size * 0.5;
    }

    fn rule(&mut self) {
        self.y += 6.0;
        self.op(Op::Rule { from: (MARGIN, self.y), length: ROOM, strong: true });
        self.y += 8.0;
    }

    fn heading(&mut self, level: u8, text: &str) {
        let size = match level {
            0 | 1 => 15.0,
            2 => 12.5,
            _ => 11.0,
        };
        // A heading does not stand alone at the foot of a page.
        if !self.fits(size * 5.0) {
            self.new_page();
        }
        self.y += size * 0.7;
        let leaf = self.leaf();
        let (page, y) = (self.page(), self.y);
        self.lines(text, Face::bold(size), Some(leaf));
        self.y += size * 0.3;
        self.parts.push(Part::Heading { level: level.clamp(1, 3), text: writable(text), leaf, page, y });
    }

    fn figure(&mut self, drawing: &Drawing, alt: &str) {
        let room = BOTTOM - MARGIN;
        let scale = (ROOM / drawing.width.max(1.0)).min(room / drawing.height.max(1.0)).min(1.0);
        let size = (drawing.width * scale, drawing.height * scale);
        if !self.fits(size.1) {
            self.new_page();
        }
        let leaf = self.leaf();
        let at = (MARGIN, self.y);
        self.op(Op::Picture { at, size, drawing: drawing.clone(), leaf });
        self.parts.push(Part::Figure { alt: alt.to_owned(), leaf, page: self.page(), at, size });
        self.y += size.1 + 6.0;
    }
}
