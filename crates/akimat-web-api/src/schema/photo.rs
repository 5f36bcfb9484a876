//! Shapes of photographs and of what residents say about finished works.

use super::{
    Shapes, array, described, flag, formatted, id, invented, links, nullable, object, one_of, string, text,
    whole,
};
use akimat_storage::acceptance::Verdict;
use akimat_storage::photo::{PhotoKind, TimeSource};
use serde_json::Value;

fn moment() -> Value {
    formatted("date-time")
}

fn day() -> Value {
    formatted("date")
}

fn hidden() -> Value {
    nullable(object([("at", moment()), ("reason", string())]))
}

fn photo() -> Value {
    object([
        ("id", id()),
        ("kind", one_of(PhotoKind::ALL.iter().map(|kind| kind.code()))),
        ("before", described(nullable(id()), "The photograph of the same place before the works.")),
        ("caption", text()),
        ("taken_at", described(nullable(string()), "By the clock at the place, to the second.")),
        ("taken_source", nullable(one_of(TimeSource::ALL.iter().map(|source| source.code())))),
        ("lat_e6", described(nullable(whole()), "Latitude of the middle of the cell × 1,000,000, WGS 84.")),
        ("lon_e6", nullable(whole())),
        ("cell_m", described(nullable(whole()), "Side of the cell that the place was coarsened to, metres.")),
        ("added_by", string()),
        ("added_at", moment()),
        ("web", described(nullable(string()), "Address of the picture, JPEG; null when it is hidden.")),
        ("thumb", nullable(string())),
        ("hidden", hidden()),
        ("invented", invented()),
    ])
}

fn word() -> Value {
    object([
        ("finished_on", day()),
        ("verdict", nullable(one_of(Verdict::ALL.iter().map(|verdict| verdict.code())))),
        ("by", string()),
        ("at", moment()),
        ("lang", string()),
        ("body", described(nullable(string()), "Null when a moderator hid it.")),
        ("hidden", hidden()),
    ])
}

pub(super) fn shapes() -> Shapes {
    let acceptance = object([
        ("finished_on", day()),
        ("last_day", described(day(), "Last day for residents to speak.")),
        ("open", flag()),
        ("confirm", described(whole(), "People who confirm.")),
        ("dispute", described(whole(), "People who dispute.")),
        ("answer_by", described(nullable(day()), "Enough dispute it: the office must answer by this day.")),
        ("answered", flag()),
        ("words", array(word())),
        ("answers", array(word())),
    ]);
    let photos = object([
        ("project", id()),
        ("invented", invented()),
        ("pairs", described(whole(), "Pairs of before and after that everybody sees.")),
        ("pairs_needed", described(whole(), "Pairs needed to call the works finished.")),
        ("photos", array(photo())),
        ("acceptance", nullable(acceptance)),
        ("links", links()),
    ]);
    vec![("ProjectPhotos", photos)]
}
