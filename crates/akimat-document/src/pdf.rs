//! Documents as PDF: tagged for readers that read aloud, checked against PDF/UA-1, the same bytes each time.

use crate::document::Document;
use crate::font::{self, runs, width, writable};
use crate::layout::{Face, Layout, Op, PAGE, Part, ROOM, lay_out};
use crate::picture;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, TextDirection};
use krilla_svg::{SurfaceExt, SvgSettings};
use std::num::NonZeroU16;

/// Most rows of all tables together; a longer table belongs into a spreadsheet.
pub const ROWS_MAX: usize = 20_000;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// More rows than [`ROWS_MAX`].
    #[error("{rows} rows; a document holds at most {ROWS_MAX}")]
    TooLong {
        /// Rows of all tables.
        rows: usize,
    },
    /// A drawing cannot be read.
    #[error(transparent)]
    Picture(#[from] picture::PictureError),
    /// The file could not be written.
    #[error("the document cannot be written: {0}")]
    Encode(String),
}

/// Words of a page number: page, of how many.
pub type PageWords<'a> = &'a dyn Fn(usize, usize) -> String;

/// The document as PDF.
///
/// # Errors
/// When it is too long, or a drawing in it cannot be read.
pub fn encode_pdf(document: &Document, page_words: PageWords<'_>) -> Result<Vec<u8>, DocumentError> {
    let tables = document.blocks.iter().map(|block| match block {
        crate::Block::Table(table) => table.rows.len(),
        _ => 0,
    });
    let rows: usize = tables.sum();
    if rows > ROWS_MAX {
        return Err(DocumentError::TooLong { rows });
    }
    let layout = lay_out(document);
    let fonts = fonts()?;
    let mut pdf = krilla::Document::new_with(settings()?);
    let mut leaves: Vec<Vec<Identifier>> = vec![Vec::new(); layout.leaves];
    for (number, ops) in layout.pages.iter().enumerate() {
        let page_size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| fault("page"))?;
        let mut page = pdf.start_page_with(page_size);
        let mut surface = page.surface();
        let mut pen = Pen { surface: &mut surface, fonts: &fonts };
        for op in ops {
            pen.draw(op, &mut leaves)?;
        }
        pen.footer(&document.footer, &page_words(number + 1, layout.pages.len()));
        surface.finish();
        page.finish();
    }
    pdf.set_tag_tree(tree(&layout, leaves, &document.lang));
    pdf.set_outline(outline(document, &layout));
    pdf.set_metadata(
        Metadata::new()
            .title(document.title.clone())
            .language(document.lang.clone())
            .creator("Akimat".to_owned())
            .document_id(document.title.clone()),
    );
    pdf.finish().map_err(|error| DocumentError::Encode(format!("{error:?}")))
}

fn fault(what: &str) -> DocumentError {
    DocumentError::Encode(what.to_owned())
}

fn settings() -> Result<SerializeSettings, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| DocumentError::Encode(format!("{error:?}")))?;
    Ok(SerializeSettings {
        configuration,
        enable_tagging: true,
        xmp_metadata: true,
        ..SerializeSettings::default()
    })
}

fn fonts() -> Result<Vec<Font>, DocumentError> {
    let fonts: Option<Vec<Font>> =
        font::FILES.iter().map(|file| Font::new(file.to_vec().into(), 0)).collect();
    fonts.ok_or_else(|| fault("font"))
}

struct Pen<'s, 'p> {
    surface: &'s mut Surface<'p>,
    fonts: &'s [Font],
}

const INK: (u8, u8, u8) = (0x11, 0x26, 0x2e);
const SOFT: (u8, u8, u8) = (0x49, 0x60, 0x6a);
const RULE: (u8, u8, u8) = (0xb4, 0xc6, 0xcd);
const SHADE: (u8, u8, u8) = (0xe9, 0xf2, 0xf5);

fn paint((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

impl Pen<'_, '_> {
    fn draw(&mut self, op: &Op, leaves: &mut [Vec<Identifier>]) -> Result<(), DocumentError> {
        match op {
            Op::Text { at, text, face, leaf } => {
                let tag = match leaf {
                    Some(_) => ContentTag::Span(SpanTag::empty()),
                    None => ContentTag::Artifact(artifact(ArtifactType::Layout)),
                };
                let id = self.surface.start_tagged(tag);
                self.write(*at, text, *face);
                self.surface.end_tagged();
                if let Some(leaf) = leaf.and_then(|leaf| leaves.get_mut(leaf)) {
                    leaf.push(id);
                }
            }
            Op::Rule { from, length, strong } => {
                let height = if *strong { 0.9 } else { 0.4 };
                self.block((from.0, from.1), (*length, height), if *strong { SOFT } else { RULE });
            }
            Op::Shade { at, size } => self.block(*at, *size, SHADE),
            Op::Picture { at, size, drawing, leaf } => {
                let tree = picture::read(drawing)?;
                let id = self.surface.start_tagged(ContentTag::Other);
                self.surface.push_transform(&Transform::from_translate(at.0, at.1));
                if let Some(size) = Size::from_wh(size.0, size.1) {
                    let _ = self.surface.draw_svg(&tree, size, SvgSettings::default());
                }
                self.surface.pop();
                self.surface.end_tagged();
                if let Some(leaf) = leaves.get_mut(*leaf) {
                    leaf.push(id);
                }
            }
        }
        Ok(())
    }

    /// A filled rectangle that means nothing.
    fn block(&mut self, at: (f32, f32), size: (f32, f32), colour: (u8, u8, u8)) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            let _ = self.surface.start_tagged(ContentTag::Artifact(artifact(ArtifactType::Layout)));
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(paint(colour)));
            self.surface.draw_path(&path);
            self.surface.end_tagged();
        }
    }

    fn write(&mut self, (mut x, y): (f32, f32), text: &str, face: Face) {
        let colour = if face.soft { SOFT } else { INK };
        self.surface.set_fill(Some(paint(colour)));
        // There is one weight inside; an outline of the same colour makes it bolder.
        self.surface.set_stroke(face.bold.then(|| Stroke {
            paint: rgb::Color::new(colour.0, colour.1, colour.2).into(),
            width: face.size * 0.028,
            opacity: NormalizedF32::ONE,
            ..Stroke::default()
        }));
        for (place, run) in runs(text) {
            if let Some(font) = self.fonts.get(place) {
                let at = Point::from_xy(x, y);
                self.surface.draw_text(at, font.clone(), face.size, &run, false, TextDirection::Auto);
            }
            x += width(&run, face.size);
        }
        self.surface.set_stroke(None);
    }

    fn footer(&mut self, words: &str, number: &str) {
        let face = Face { size: 8.0, bold: false, soft: true };
        let (left, y) = ((PAGE.0 - ROOM) / 2.0, PAGE.1 - 36.0);
        let number = writable(number);
        let room = ROOM - width(&number, face.size) - 20.0;
        let words = font::wrap(&writable(words), face.size, room).into_iter().next().unwrap_or_default();
        let _ = self.surface.start_tagged(ContentTag::Artifact(artifact(ArtifactType::Footer)));
        self.write((left, y), &words, face);
        self.write((left + ROOM - width(&number, face.size), y), &number, face);
        self.surface.end_tagged();
    }
}

fn artifact(kind: ArtifactType) -> krilla::tagging::Artifact {
    krilla::tagging::Artifact::with_kind(kind)
}

/// The logical order.
fn tree(layout: &Layout, leaves: Vec<Vec<Identifier>>, lang: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    let mut leaves: Vec<Option<Vec<Identifier>>> = leaves.into_iter().map(Some).collect();
    let mut take = |leaf: usize| -> Vec<Node> {
        let taken = leaves.get_mut(leaf).and_then(Option::take).unwrap_or_default();
        taken.into_iter().map(Node::from).collect()
    };
    for part in &layout.parts {
        match part {
            Part::Title(text, leaf) => {
                tree.push(TagGroup::with_children(heading(1, Some(text.clone())), take(*leaf)));
            }
            Part::Heading { level, text, leaf, .. } => {
                let tag = heading(u16::from(*level) + 1, Some(text.clone()));
                tree.push(TagGroup::with_children(tag, take(*leaf)));
            }
            Part::Paragraph(leaf) => tree.push(TagGroup::with_children(Tag::P, take(*leaf))),
            Part::Contents(entries) => {
                let items = entries.iter().map(|leaf| TagGroup::with_children(Tag::TOCI, take(*leaf)).into());
                tree.push(TagGroup::with_children(Tag::TOC, items.collect()));
            }
            Part::Figure { alt, leaf, page, at, size } => {
                let place = Rect::from_xywh(at.0, at.1, size.0, size.1).map(|rect| BBox::new(*page, rect));
                let tag = Tag::Figure(Some(alt.clone())).with_bbox(place);
                tree.push(TagGroup::with_children(tag, take(*leaf)));
            }
            Part::Table { caption, head, rows } => tree.push(table(*caption, (head, rows), &mut take)),
        }
    }
    tree
}

fn heading(level: u16, title: Option<String>) -> Tag<krilla::tagging::kind::Hn> {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), title)
}

fn table(
    caption: Option<usize>,
    (head, rows): (&[usize], &[Vec<usize>]),
    take: &mut dyn FnMut(usize) -> Vec<Node>,
) -> TagGroup {
    let mut group = TagGroup::new(Tag::Table);
    if let Some(caption) = caption {
        group.push(TagGroup::with_children(Tag::Caption, take(caption)));
    }
    let mut top = TagGroup::new(Tag::TR);
    for leaf in head {
        top.push(TagGroup::with_children(Tag::TH(TableHeaderScope::Column), take(*leaf)));
    }
    let mut thead = TagGroup::new(Tag::THead);
    thead.push(top);
    group.push(thead);
    let mut body = TagGroup::new(Tag::TBody);
    for cells in rows {
        let mut row = TagGroup::new(Tag::TR);
        for (index, leaf) in cells.iter().enumerate() {
            let children = take(*leaf);
            row.push(if index == 0 {
                TagGroup::with_children(Tag::TH(TableHeaderScope::Row), children)
            } else {
                TagGroup::with_children(Tag::TD, children)
            });
        }
        body.push(row);
    }
    group.push(body);
    group
}

fn outline(document: &Document, layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(
        document.title.clone(),
        XyzDestination::new(0, Point::from_xy(0.0, 0.0)),
    ));
    for part in &layout.parts {
        if let Part::Heading { text, page, y, .. } = part {
            let destination = XyzDestination::new(*page, Point::from_xy(0.0, *y));
            outline.push_child(OutlineNode::new(text.clone(), destination));
        }
    }
    outline
}
