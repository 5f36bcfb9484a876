//! Photographs, ready to print.

use crate::kit::{Markup, chart};
use crate::state::WebState;
use akimat_app::photo::pairs;
use akimat_core::Lang;
use akimat_i18n::Locale;
use akimat_project::Point;
use akimat_storage::photo::{Photo, PhotoKind, PhotoSize, TimeSource};
use jiff::civil::DateTime;
use uuid::Uuid;

/// Pictures on one page of a gallery: with their frame they weigh less than a page may.
pub const PICTURES_MAX: usize = 6;

/// A photograph.
#[derive(Clone, Debug)]
pub struct Item {
    /// Identifier, also the anchor.
    pub id: Uuid,
    /// Address of the picture for lists.
    pub thumb: String,
    /// Address of the picture for looking at.
    pub web: String,
    /// Pixels of the picture for lists, across and down.
    pub size: (u32, u32),
    /// What it shows, for those who do not see it and for those who do.
    pub caption: String,
    /// Language of the caption when it is not the visitor's.
    pub lang: &'static str,
    /// What kind of photograph it is.
    pub kind: String,
    /// When it was taken and how that is known.
    pub when: String,
    /// Who added it and when.
    pub added: String,
    /// Roughly where; empty when nobody knows.
    pub place: String,
    /// A drawing invented for the demonstration.
    pub invented: bool,
    /// Why it is not shown; empty when it is.
    pub hidden: String,
    /// Its pictures are erased.
    pub erased: bool,
    /// The visitor sees it though it is hidden.
    pub behind: bool,
}

impl Item {
    /// The picture is on the page.
    pub const fn is_seen(&self) -> bool {
        !self.erased && (self.hidden.is_empty() || self.behind)
    }
}

/// What stands in a gallery: one photograph, or a pair.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The photograph before the works, beside the one after.
    pub before: Option<Item>,
    /// The photograph, or the one after.
    pub photo: Item,
}

/// What is kept of a file, and what is not.
pub fn privacy(state: &WebState, locale: &Locale) -> String {
    let metres = i64::from(state.app.photo_limits().cell_m);
    locale.f("photos-privacy", &[("metres", metres.into())])
}

/// Address of a picture.
pub fn address(id: Uuid, size: PhotoSize) -> String {
    format!("/photos/{id}/{}", size.code())
}

/// Makes a photograph printable; moderators see what is hidden.
pub fn item(state: &WebState, locale: &Locale, photo: &Photo, moderator: bool) -> Item {
    let (caption, fallback) = locale.text(&photo.caption);
    let (caption, lang) = if caption.is_empty() {
        (locale.t("photo-alt-resident").into_owned(), "")
    } else {
        (caption.to_owned(), fallback.map_or("", Lang::code))
    };
    let added = locale.date_time(photo.at, state.app.zone());
    Item {
        id: photo.id,
        thumb: address(photo.id, PhotoSize::Thumb),
        web: address(photo.id, PhotoSize::Web),
        size: (photo.thumb.width, photo.thumb.height),
        caption,
        lang,
        kind: locale.name("photo-kind", photo.kind.code()).into_owned(),
        when: when(state, locale, photo),
        added: locale
            .f("photo-added-by", &[("name", photo.by_name.as_str().into()), ("when", added.as_str().into())]),
        place: place(locale, photo),
        invented: photo.invented,
        hidden: photo.hidden.as_ref().map_or_else(String::new, |hidden| {
            let day = locale.date(hidden.at.to_zoned(state.app.zone().clone()).date());
            let args = [("when", day.as_str().into()), ("reason", hidden.reason.as_str().into())];
            locale.f("photo-hidden", &args)
        }),
        erased: photo.erased,
        behind: moderator,
    }
}

fn when(state: &WebState, locale: &Locale, photo: &Photo) -> String {
    let Some(taken) = photo.taken else { return locale.t("photo-time-unknown").into_owned() };
    match taken.source {
        TimeSource::Camera => {
            let when = by_clock(state, locale, taken.at);
            locale.f("photo-time-camera", &[("when", when.as_str().into())])
        }
        TimeSource::Stated => {
            let day = locale.date(taken.at.date());
            let args = [("when", day.as_str().into()), ("name", photo.by_name.as_str().into())];
            locale.f("photo-time-stated", &args)
        }
    }
}

fn by_clock(state: &WebState, locale: &Locale, at: DateTime) -> String {
    let zone = state.app.zone();
    at.to_zoned(zone.clone())
        .map_or_else(|_| locale.date(at.date()), |zoned| locale.date_time(zoned.timestamp(), zone))
}

fn place(locale: &Locale, photo: &Photo) -> String {
    let Some(coarse) = photo.point else { return String::new() };
    let degrees = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        let e6 = e6.unsigned_abs();
        locale.decimal(&format!("{sign}{}.{:03}", e6 / 1_000_000, e6 % 1_000_000 / 1_000))
    };
    let (lat, lon) = (degrees(coarse.point.lat_e6), degrees(coarse.point.lon_e6));
    let args = [
        ("lat", lat.as_str().into()),
        ("lon", lon.as_str().into()),
        ("metres", i64::from(coarse.cell_m).into()),
    ];
    locale.f("photo-place", &args)
}

/// The gallery: pairs and single photographs, the one taken last first.
pub fn entries<'p>(photos: &'p [Photo]) -> Vec<(Option<&'p Photo>, &'p Photo)> {
    let pairs = pairs(photos);
    let paired =
        |photo: &Photo| pairs.iter().any(|(before, after)| before.id == photo.id || after.id == photo.id);
    let mut entries: Vec<(Option<&Photo>, &Photo)> =
        photos.iter().filter(|photo| !paired(photo)).map(|photo| (None, photo)).collect();
    // A "before" may belong to several: each stands beside each.
    entries.extend(pairs.iter().map(|(before, after)| (Some(*before), *after)));
    let time = |photo: &'p Photo| (photo.taken.map(|taken| taken.at), photo.at, photo.id);
    entries.sort_by_key(|(_, photo)| std::cmp::Reverse(time(photo)));
    entries
}

/// Entries of each page: at most [`PICTURES_MAX`] pictures.
pub fn pages<'p>(entries: Vec<(Option<&'p Photo>, &'p Photo)>) -> Vec<Vec<(Option<&'p Photo>, &'p Photo)>> {
    let mut pages: Vec<Vec<_>> = Vec::new();
    let mut room = 0;
    for entry in entries {
        let need = 1 + usize::from(entry.0.is_some());
        if need > room {
            pages.push(Vec::new());
            room = PICTURES_MAX;
        }
        room -= need;
        if let Some(page) = pages.last_mut() {
            page.push(entry);
        }
    }
    pages
}

/// The newest photographs that everybody sees, at most `n`; those of residents stand with their words.
pub fn newest(photos: &[Photo], n: usize) -> Vec<&Photo> {
    let seen = |photo: &&Photo| photo.hidden.is_none() && !photo.erased && photo.kind != PhotoKind::Resident;
    let mut newest: Vec<&Photo> = photos.iter().filter(seen).collect();
    newest.sort_by_key(|photo| std::cmp::Reverse((photo.taken.map(|taken| taken.at), photo.at, photo.id)));
    newest.truncate(n);
    newest
}

/// Where the project is and the photographs of this page were taken; nothing when nobody knows.
pub fn small_map(locale: &Locale, project: Option<Point>, photos: &[&Photo]) -> Option<Markup> {
    let degrees = |e6: i32| f64::from(e6) / 1_000_000.0;
    let mark = |point: Point, name: String, href: Option<String>| chart::Point {
        lat: degrees(point.lat_e6),
        lon: degrees(point.lon_e6),
        name,
        here: href.is_none(),
        href,
    };
    let mut points: Vec<chart::Point> = photos
        .iter()
        .filter_map(|photo| {
            let (caption, _) = locale.text(&photo.caption);
            Some(mark(photo.point?.point, caption.to_owned(), Some(format!("#p-{}", photo.id))))
        })
        .collect();
    if points.is_empty() {
        return None;
    }
    points.extend(project.map(|point| mark(point, locale.t("project-location").into_owned(), None)));
    let words = chart::Words::new("photo-map", locale.t("photo-map-title"), "");
    Some(chart::location_map(&words, &points))
}
