//! What is wrong with a photograph, field by field.

use super::{CAPTION_CHARS_MAX, PhotoWords, look_alike};
use crate::FieldFault;
use akimat_photo::Refusal;
use akimat_storage::photo::{Photo, PhotoKind};
use jiff::civil::Date;

/// The fault of a file that was refused.
pub fn refusal_fault(field: &str, refusal: &Refusal) -> FieldFault {
    let fault = |key| FieldFault::new(field, key);
    let sides = |key, width: u32, height: u32| fault(key).with("width", width).with("height", height);
    match refusal {
        Refusal::Empty => fault("photo-refused-empty"),
        Refusal::NotAPhotograph(what) => fault("photo-refused-foreign").with("what", what.code()),
        Refusal::TooManyBytes { n_bytes, n_bytes_max } => fault("photo-refused-bytes")
            .with("have", megabytes(*n_bytes))
            .with("max", megabytes(*n_bytes_max)),
        Refusal::TooManyPixels { width, height, n_pixels_max } => {
            sides("photo-refused-pixels", *width, *height).with("max", n_pixels_max / 1_000_000)
        }
        Refusal::TooFewPixels { width, height, side_min } => {
            sides("photo-refused-small", *width, *height).with("min", side_min)
        }
        Refusal::TooMuchMemory => fault("photo-refused-memory"),
        Refusal::Truncated => fault("photo-refused-truncated"),
        Refusal::Damaged => fault("photo-refused-damaged"),
        Refusal::Polyglot(what) => fault("photo-refused-hidden").with("what", what.code()),
    }
}

/// Megabytes, rounded up, so that a file over the limit is never said to be within it.
const fn megabytes(n_bytes: u64) -> u64 {
    n_bytes.div_ceil(1_000_000)
}

/// What is wrong with the words alone.
pub(super) fn of_words(words: &PhotoWords, today: Date, year_min: i16) -> Vec<FieldFault> {
    let mut wrong = Vec::new();
    match words.kind {
        Some(PhotoKind::Resident) | None => wrong.push(FieldFault::new("kind", "field-required")),
        Some(_) => {}
    }
    let captions = [("kk", &words.caption.kk), ("ru", &words.caption.ru), ("en", &words.caption.en)];
    if captions.iter().all(|(_, caption)| caption.trim().is_empty()) {
        wrong.push(FieldFault::new("caption_ru", "field-photo-caption-missing"));
    }
    for (lang, caption) in captions {
        if caption.chars().count() > CAPTION_CHARS_MAX {
            let fault = FieldFault::new(format!("caption_{lang}"), "field-too-long");
            wrong.push(fault.with("max", CAPTION_CHARS_MAX));
        }
    }
    if words.stated_on.is_some_and(|day| day > today) {
        wrong.push(FieldFault::new("stated_on", "field-photo-future"));
    }
    if words.stated_on.is_some_and(|day| day.year() < year_min) {
        wrong.push(FieldFault::new("stated_on", "field-photo-old").with("year", year_min));
    }
    wrong
}

/// What keeps two photographs from being a pair.
pub(super) fn of_pair(before: &Photo, after: &Photo) -> Option<FieldFault> {
    let fault = |key| Some(FieldFault::new("before", key));
    if before.kind != PhotoKind::Before || before.hidden.is_some() || before.erased {
        return fault("field-photo-before-missing");
    }
    if let (Some(first), Some(second)) = (before.taken, after.taken)
        && second.at.date() < first.at.date()
    {
        return fault("field-photo-pair-order");
    }
    if look_alike(before, after) {
        return fault("field-photo-pair-same");
    }
    None
}
