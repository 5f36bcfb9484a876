//! What a list of projects is asked for, as it stands in an address: the same words make the list, the map, the
//! calendar, feeds, and what a subscription tells.

use crate::project::life::stage_matches;
use akimat_core::fold::search_words;
use akimat_core::{Money, ProjectId};
use akimat_project::{Kind, Level, Modality, Point, Reach, Sector, Status};
use akimat_storage::project_map::{Bounds, Circle};
use akimat_storage::{ProjectFilter, ProjectSort};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// The orders by their names in the address and in the catalogue.
pub const SORTS: [(&str, ProjectSort); 4] = [
    ("updated", ProjectSort::Updated),
    ("planned", ProjectSort::Cost),
    ("ends_on", ProjectSort::Ends),
    ("quiet", ProjectSort::Quiet),
];

/// Words of an address that choose projects, in the order in which a saved search names them.
pub const KEYS: [&str; 21] = [
    "project", "q", "place", "status", "stage", "sector", "kind", "modality", "level", "reach", "year",
    "cost_min", "cost_max", "late", "silent", "real", "near", "radius", "from", "to", "bounds",
];

/// A project in work is silent after so many days; the same as its page says.
pub const SILENT_DAYS: i64 = 30;

/// Radius of a search around a point when none is given, in metres.
pub const RADIUS_M: u32 = 1_000;

/// A distance is never asked for more finely than this, in metres.
const RADIUS_M_MIN: u32 = 50;

/// Characters of a word that is looked at.
const VALUE_CHARS_MAX: usize = 100;

/// Today and now: some filters mean a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The territory's day.
    pub today: Date,
    /// The instant.
    pub now: Timestamp,
}

/// Reads the filter and the order. Unknown values are left out: an old link still leads somewhere.
pub fn parse(query: &str, when: When) -> (ProjectFilter, ProjectSort) {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.trim().chars().take(VALUE_CHARS_MAX).collect()))
        .take(200)
        .collect();
    let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let all = |name: &'static str| {
        pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    };
    let wanted = SORTS.iter().find(|(name, _)| *name == get("sort"));
    let filter = ProjectFilter {
        place: get("place").parse().ok(),
        status: all("status").filter_map(Status::parse).collect(),
        sector: Sector::parse(get("sector")),
        kind: Kind::parse(get("kind")),
        modality: Modality::parse(get("modality")),
        year: get("year").parse().ok(),
        keys: search_words(get("q")),
        level: Level::parse(get("level")),
        stages: stage_matches(get("stage")),
        reach: Reach::parse(get("reach")),
        cost_min: millions(get("cost_min")),
        cost_max: millions(get("cost_max")),
        late_on: (get("late") == "yes").then_some(when.today),
        silent_since: (get("silent") == "yes").then(|| silent_since(when.now)),
        invented: (get("real") == "yes").then_some(false),
        ends_between: days(get("from"), get("to")),
        bounds: bounds(get("bounds")),
        circle: circle(get("near"), get("radius")),
        ids: all("project").filter_map(|id| id.parse().ok().map(ProjectId)).take(50).collect(),
        ..ProjectFilter::default()
    };
    (filter, wanted.map_or_else(ProjectSort::default, |(_, sort)| *sort))
}

/// What had no news since this instant is silent now.
pub fn silent_since(now: Timestamp) -> Timestamp {
    whole_hour(now) - SignedDuration::from_hours(24 * SILENT_DAYS)
}

/// The hour that has begun: the same question asked twice is then the same, and what was counted is remembered.
fn whole_hour(at: Timestamp) -> Timestamp {
    let seconds = at.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(3_600)).unwrap_or(at)
}

/// The words of a query that choose projects, each where it belongs, without empty ones and without the order: two
/// addresses that mean the same search are the same text.
pub fn canonical(query: &str) -> String {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| {
            (name.into_owned(), value.trim().chars().take(VALUE_CHARS_MAX).collect::<String>())
        })
        .filter(|(_, value)| !value.is_empty())
        .take(200)
        .collect();
    let mut serializer = form_urlencoded::Serializer::new(String::new());
    for key in KEYS {
        let mut values: Vec<&str> =
            pairs.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str()).collect();
        if key == "status" || key == "project" {
            values.sort_unstable();
            values.dedup();
        } else {
            values.truncate(1);
        }
        if key == "radius" && !pairs.iter().any(|(name, _)| name == "near") {
            continue;
        }
        for value in values {
            serializer.append_pair(key, value);
        }
    }
    serializer.finish()
}

/// A point as `latitude,longitude` in degrees.
pub fn point(text: &str) -> Option<Point> {
    let (lat, lon) = text.split_once([',', ';'])?;
    let degrees = |text: &str, most: f64| {
        let value: f64 = text.trim().parse().ok()?;
        (value.is_finite() && value.abs() <= most).then_some(value)
    };
    Some(Point { lat_e6: millionths(degrees(lat, 90.0)?), lon_e6: millionths(degrees(lon, 180.0)?) })
}

/// Degrees as millionths.
#[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

/// A point as an address has it, to the fifth decimal: about a metre.
pub fn point_text(point: Point) -> String {
    let degrees = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        let e6 = e6.unsigned_abs();
        format!("{sign}{}.{:05}", e6 / 1_000_000, e6 % 1_000_000 / 10)
    };
    format!("{},{}", degrees(point.lat_e6), degrees(point.lon_e6))
}

fn circle(near: &str, radius: &str) -> Option<Circle> {
    let middle = point(near)?;
    let radius_m = radius.parse().unwrap_or(RADIUS_M).clamp(RADIUS_M_MIN, Circle::RADIUS_M_MAX);
    Some(Circle { middle, radius_m })
}

/// A rectangle as two points, south-west and north-east, with a comma between all numbers.
fn bounds(text: &str) -> Option<Bounds> {
    let mut numbers = text.split(',');
    let mut next = || {
        let (lat, lon) = (numbers.next()?, numbers.next()?);
        point(&format!("{lat},{lon}"))
    };
    let (low, high) = (next()?, next()?);
    (low.lat_e6 <= high.lat_e6 && low.lon_e6 <= high.lon_e6).then_some(Bounds {
        south_e6: low.lat_e6,
        west_e6: low.lon_e6,
        north_e6: high.lat_e6,
        east_e6: high.lon_e6,
    })
}

fn days(from: &str, to: &str) -> Option<(Date, Date)> {
    let (from, to) = (from.parse().ok(), to.parse().ok());
    match (from, to) {
        (None, None) => None,
        (from, to) => {
            Some((from.unwrap_or(Date::constant(1900, 1, 1)), to.unwrap_or(Date::constant(9998, 12, 31))))
        }
    }
}

/// Whole millions of tenge.
fn millions(text: &str) -> Option<Money> {
    let millions: i64 = text.parse().ok()?;
    (millions >= 0).then(|| millions.checked_mul(1_000_000).and_then(Money::from_tenge)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when() -> When {
        When { today: Date::constant(2026, 5, 1), now: "2026-05-01T00:00:00Z".parse().unwrap() }
    }

    #[test]
    fn an_address_is_read() {
        let (filter, sort) = parse(
            "q=су&status=tender&status=nonsense&level=district&cost_min=5&late=yes&near=43.238,76.945&radius=300&sort=planned",
            when(),
        );
        assert_eq!(filter.status, [Status::Tender]);
        assert_eq!(filter.level, Some(Level::District));
        assert_eq!(filter.cost_min, Money::from_tenge(5_000_000));
        assert_eq!(filter.late_on, Some(Date::constant(2026, 5, 1)));
        let middle = Point { lat_e6: 43_238_000, lon_e6: 76_945_000 };
        assert_eq!(filter.circle, Some(Circle { middle, radius_m: 300 }));
        assert_eq!(sort, ProjectSort::Cost);
        assert_eq!(filter.bounds, None);
    }

    #[test]
    fn hostile_addresses_ask_for_nothing() {
        for query in [
            "near=91,0",
            "near=NaN,1",
            "near=1",
            "bounds=1,2,0,3",
            "cost_min=-5",
            "cost_max=99999999999999",
            "%FF=%FF",
        ] {
            let (filter, _) = parse(query, when());
            assert_eq!(filter, ProjectFilter::default(), "{query}");
        }
        let (filter, _) = parse("near=10,10&radius=999999999", when());
        assert_eq!(filter.circle.map(|circle| circle.radius_m), Some(Circle::RADIUS_M_MAX));
    }

    #[test]
    fn the_same_search_is_the_same_text() {
        let expected = "q=%D1%81%D1%83&status=idea&status=tender&sector=water";
        for query in [
            "sector=water&status=tender&q=су&status=idea&sort=planned&after=x&radius=5",
            "q=+су+&status=idea&status=tender&status=idea&sector=water&kind=&sector=housing",
        ] {
            assert_eq!(canonical(query), expected);
        }
        assert_eq!(canonical(expected), expected);
        assert_eq!(canonical("utm_source=x"), "");
    }

    #[test]
    fn points_are_written_as_they_are_read() {
        let south_west = Point { lat_e6: -500_010, lon_e6: -76_945_120 };
        assert_eq!(point_text(south_west), "-0.50001,-76.94512");
        assert_eq!(point(&point_text(south_west)), Some(south_west));
    }
}
