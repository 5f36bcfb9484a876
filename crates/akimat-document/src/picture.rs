//! Drawings as PNG.

use crate::figure::Drawing;
use crate::font;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Longest side of a picture, in pixels.
pub const SIDE_MAX: f32 = 4000.0;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The drawing cannot be read.
    #[error("the drawing cannot be read: {0}")]
    Unreadable(String),
    /// The picture would have no area or be too large.
    #[error("the drawing has no size that can be drawn")]
    Size,
    /// The picture could not be written.
    #[error("the picture cannot be written: {0}")]
    Encode(String),
}

/// Reads a drawing with the fonts inside; it refers to nothing outside itself.
pub(crate) fn read(drawing: &Drawing) -> Result<Tree, PictureError> {
    let library = font::library();
    let options = Options {
        font_family: library.family.clone(),
        fontdb: std::sync::Arc::clone(&library.fonts),
        resources_dir: None,
        ..Options::default()
    };
    Tree::from_str(&drawing.svg, &options).map_err(|error| PictureError::Unreadable(error.to_string()))
}

/// The drawing as PNG, `scale` pixels for a unit of the drawing, and fewer where it would grow beyond
/// [`SIDE_MAX`].
///
/// # Errors
/// When the drawing cannot be read or has no area.
pub fn encode_png(drawing: &Drawing, scale: f32) -> Result<Vec<u8>, PictureError> {
    let tree = read(drawing)?;
    let longest = tree.size().width().max(tree.size().height());
    let scale = scale.min(SIDE_MAX / longest);
    let size = tree.size().to_int_size().scale_by(scale).ok_or(PictureError::Size)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PictureError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Encode(error.to_string()))
}
