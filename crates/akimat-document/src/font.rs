//! The fonts inside, and how wide a text is in them.
//!
//! The first has Latin and Cyrillic letters, those of Kazakh included; what it lacks, as the sign of the tenge,
//! comes from the second. What neither has is written as a question mark, so that a gap is seen.

use std::sync::{Arc, LazyLock};
use ttf_parser::Face;

/// Files of the fonts, the first preferred.
pub(crate) const FILES: [&[u8]; 2] = [epaint_default_fonts::UBUNTU_LIGHT, epaint_default_fonts::HACK_REGULAR];

struct Faces(Vec<Face<'static>>);

static FACES: LazyLock<Faces> =
    LazyLock::new(|| Faces(FILES.iter().filter_map(|file| Face::parse(file, 0).ok()).collect()));

/// The fonts for drawings, with their names.
pub(crate) struct Library {
    pub fonts: Arc<resvg::usvg::fontdb::Database>,
    pub family: String,
}

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let mut fonts = resvg::usvg::fontdb::Database::new();
    for file in FILES {
        fonts.load_font_data(file.to_vec());
    }
    let first = fonts.faces().next().and_then(|face| face.families.first());
    let family = first.map_or_else(String::new, |(name, _)| name.clone());
    fonts.set_sans_serif_family(family.clone());
    fonts.set_serif_family(family.clone());
    fonts.set_monospace_family(family.clone());
    Library { fonts: Arc::new(fonts), family }
});

pub(crate) fn library() -> &'static Library {
    &LIBRARY
}

/// Which of the fonts has the sign.
fn face_of(sign: char) -> Option<usize> {
    FACES.0.iter().position(|face| face.glyph_index(sign).is_some())
}

/// The text as it can be written: control signs and signs without a letterform replaced.
pub(crate) fn writable(text: &str) -> String {
    text.chars()
        .filter_map(|sign| match sign {
            '\t' | '\n' | '\r' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(' '),
            // Marks without a form of their own.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
            sign if sign.is_control() => None,
            sign if face_of(sign).is_some() => Some(sign),
            _ => Some('?'),
        })
        .collect()
}

/// Pieces of a text with the place of the font of each.
pub(crate) fn runs(text: &str) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, String)> = Vec::new();
    for sign in text.chars() {
        let face = face_of(sign).unwrap_or(0);
        match runs.last_mut() {
            Some((last, run)) if *last == face => run.push(sign),
            _ => runs.push((face, sign.to_string())),
        }
    }
    runs
}

/// Width of a text at a size, in the unit of the size.
pub fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|sign| advance(sign) * size).sum()
}

/// Width of a sign at size 1.
fn advance(sign: char) -> f32 {
    let measured = face_of(sign).and_then(|place| {
        let face = FACES.0.get(place)?;
        let units = face.glyph_hor_advance(face.glyph_index(sign)?)?;
        Some(f32::from(units) / f32::from(face.units_per_em()))
    });
    measured.unwrap_or(0.6)
}

/// The words of a text in lines no wider than `room`; a word wider than a line is broken.
pub fn wrap(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    let space = advance(' ') * size;
    for word in text.split_whitespace() {
        let wide = width(word, size);
        if !line.is_empty() && used + space + wide <= room {
            line.push(' ');
            line.push_str(word);
            used += space + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        used = 0.0;
        for sign in word.chars() {
            let step = advance(sign) * size;
            if used + step > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(sign);
            used += step;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_know_the_three_languages_and_the_tenge() {
        let letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЩщЪъЭэЮюЯя Жж«»—–−№…≥≤×·%§₸";
        assert_eq!(writable(letters), letters);
        assert_eq!(runs("5 ₸"), [(0, "5 ".to_owned()), (1, "₸".to_owned())]);
        assert_eq!(writable("a\u{0}\u{a0}\u{1f600}"), "a ?");
    }

    #[test]
    fn lines_keep_to_their_room() {
        let long = format!("{} бір екі үш", "ұзақсөз".repeat(80));
        let lines = wrap(&long, 10.0, 100.0);
        assert!(lines.len() > 5);
        assert!(lines.iter().all(|line| width(line, 10.0) <= 100.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), long.replace(' ', ""), "no letter is lost");
        assert!(wrap("", 10.0, 5.0).is_empty());
        assert_eq!(wrap("ab", 10.0, 0.0), ["a", "b"], "a line holds at least one letter");
    }
}
