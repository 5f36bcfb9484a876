//! Borders of territories as GeoJSON (RFC 7946): a collection of features whose property `kato` (or `code`) names the
//! territory, with a polygon or several. Heights are passed over; holes are drawn as rings of their own.

use crate::Problem;
use crate::problem::{ProblemCode, Problems, short, whole_file};
use crate::text;
use akimat_core::KatoCode;
use akimat_project::Point;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Points of one territory at most.
pub const POINTS_MAX: u32 = 100_000;

/// The border of a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Territory.
    pub place: KatoCode,
    /// Rings, each of at least three points; the first point is not repeated at the end.
    pub rings: Vec<Vec<Point>>,
}

#[derive(Deserialize)]
struct Collection {
    #[serde(default)]
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<BTreeMap<String, serde_json::Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: serde_json::Value,
}

/// Longitude and latitude, in this order, and what else may follow.
type Ring = Vec<Vec<f64>>;

/// Reads the borders.
///
/// # Errors
/// Every problem with the number of its feature, when there is one.
///
/// # Example
/// ```
/// use akimat_interop::boundary::decode_boundaries;
/// let file = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kato":"990100000"},
///     "geometry":{"type":"Polygon","coordinates":[[[69.0,44.0],[70.0,44.0],[70.0,45.0],[69.0,44.0]]]}}]}"#;
/// let outlines = decode_boundaries(file.as_bytes()).unwrap();
/// assert_eq!(outlines[0].rings[0].len(), 3);
/// ```
pub fn decode_boundaries(bytes: &[u8]) -> Result<Vec<Outline>, Vec<Problem>> {
    let text = text::decode(bytes)?;
    let collection: Collection = serde_json::from_str(&text).map_err(|error| {
        if error.is_data() {
            return whole_file(ProblemCode::UnknownFormat);
        }
        whole_file(ProblemCode::BrokenJson { line: error.line() as u64, column: error.column() as u64 })
    })?;
    if collection.features.is_empty() {
        return Err(whole_file(ProblemCode::NoRecords));
    }
    let mut problems = Problems::default();
    let mut seen: BTreeMap<KatoCode, u32> = BTreeMap::new();
    let mut outlines = Vec::new();
    for (at, feature) in collection.features.into_iter().enumerate() {
        let row = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let (Some(place), Some(rings)) =
            (place(&feature, row, &mut problems), rings(feature.geometry, row, &mut problems))
        else {
            continue;
        };
        if let Some(first) = seen.insert(place, row) {
            let code = ProblemCode::Repeated { value: place.to_string(), row: first };
            problems.add(Some(row), Some("kato"), code);
            continue;
        }
        outlines.push(Outline { place, rings });
    }
    problems.settle(outlines)
}

fn place(feature: &Feature, row: u32, problems: &mut Problems) -> Option<KatoCode> {
    let properties = feature.properties.as_ref();
    let value = properties.and_then(|own| own.get("kato").or_else(|| own.get("code")));
    let text = match value {
        Some(serde_json::Value::String(text)) => text.trim().to_owned(),
        Some(serde_json::Value::Number(number)) => number.to_string(),
        _ => {
            problems.add(Some(row), Some("kato"), ProblemCode::Missing);
            return None;
        }
    };
    let parsed = text.parse().ok();
    if parsed.is_none() {
        problems.add(Some(row), Some("kato"), ProblemCode::NotKato { value: short(&text) });
    }
    parsed
}

fn rings(geometry: Option<Geometry>, row: u32, problems: &mut Problems) -> Option<Vec<Vec<Point>>> {
    let mut wrong = |code: ProblemCode| {
        problems.add(Some(row), Some("geometry"), code);
        None
    };
    let Some(Geometry { kind, coordinates }) = geometry else { return wrong(ProblemCode::Missing) };
    let read: Option<Vec<Ring>> = match kind.as_str() {
        "Polygon" => serde_json::from_value(coordinates).ok(),
        "MultiPolygon" => serde_json::from_value::<Vec<Vec<Ring>>>(coordinates)
            .ok()
            .map(|polygons| polygons.into_iter().flatten().collect()),
        _ => {
            let allowed = "Polygon, MultiPolygon".to_owned();
            return wrong(ProblemCode::UnknownValue { value: short(&kind), allowed });
        }
    };
    let Some(read) = read else { return wrong(ProblemCode::NotARecord) };
    if read.iter().map(Vec::len).sum::<usize>() > usize::try_from(POINTS_MAX).unwrap_or(usize::MAX) {
        return wrong(ProblemCode::TooLong { limit: POINTS_MAX });
    }
    let mut rings = Vec::new();
    for ring in read {
        let mut points = Vec::with_capacity(ring.len());
        for position in &ring {
            match point(position) {
                Ok(point) => points.push(point),
                Err(code) => return wrong(code),
            }
        }
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < 3 {
            return wrong(ProblemCode::Missing);
        }
        rings.push(points);
    }
    if rings.is_empty() { wrong(ProblemCode::Missing) } else { Some(rings) }
}

fn point(position: &[f64]) -> Result<Point, ProblemCode> {
    let &[lon, lat, ..] = position else { return Err(ProblemCode::NotARecord) };
    let range = |value: f64, most: f64| {
        if value.is_finite() && value.abs() <= most {
            return Ok(e6(value));
        }
        let (min, max) = (format!("-{most}"), most.to_string());
        Err(ProblemCode::OutOfRange { value: short(&value.to_string()), min, max })
    };
    Ok(Point { lat_e6: range(lat, 90.0)?, lon_e6: range(lon, 180.0)? })
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 degrees")]
fn e6(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(properties: &str, geometry: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"properties":{properties},"geometry":{geometry}}}]}}"#
        )
    }

    const SQUARE: &str =
        r#"{"type":"Polygon","coordinates":[[[69,44,120.5],[70,44],[70,45],[69,45],[69,44]]]}"#;

    #[test]
    fn polygons_are_read_without_their_last_point() {
        let one = decode_boundaries(file(r#"{"kato":990100000}"#, SQUARE).as_bytes()).unwrap();
        assert_eq!(one[0].place.to_string(), "990100000");
        assert_eq!(one[0].rings[0].len(), 4);
        assert_eq!(one[0].rings[0][0], Point { lat_e6: 44_000_000, lon_e6: 69_000_000 });
        let many = r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1]]],[[[2,2],[3,2],[3,3]]]]}"#;
        let many = decode_boundaries(file(r#"{"code":"990100000"}"#, many).as_bytes()).unwrap();
        assert_eq!(many[0].rings.len(), 2);
    }

    #[test]
    fn mistakes_are_told_with_their_feature() {
        let check = |text: &str, key: &str| {
            let problems = decode_boundaries(text.as_bytes()).expect_err(text);
            assert_eq!(problems[0].key(), key, "{text}");
        };
        let known = r#"{"kato":"990100000"}"#;
        check("{", "problem-broken-json");
        check("[1]", "problem-unknown-format");
        check(r#"{"features":[]}"#, "problem-no-records");
        check(&file("{}", SQUARE), "problem-missing");
        check(&file(r#"{"kato":"12"}"#, SQUARE), "problem-not-kato");
        check(&file(known, "null"), "problem-missing");
        check(&file(known, r#"{"type":"Point","coordinates":[1,2]}"#), "problem-unknown-value");
        check(&file(known, r#"{"type":"Polygon","coordinates":[[["a"]]]}"#), "problem-not-a-record");
        check(&file(known, r#"{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}"#), "problem-missing");
        check(
            &file(known, r#"{"type":"Polygon","coordinates":[[[0,91],[1,1],[2,2]]]}"#),
            "problem-out-of-range",
        );
        let twice = format!(
            r#"{{"features":[{{"properties":{known},"geometry":{SQUARE}}},{{"properties":{known},"geometry":{SQUARE}}}]}}"#
        );
        check(&twice, "problem-repeated");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            drop(decode_boundaries(&bytes));
        }
    }
}
