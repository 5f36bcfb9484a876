//! Where a proposal is: read from coordinates or from the link of a map, as people paste them. No link is followed.

use super::Point;

/// Longest text that is looked at, in characters.
pub const LINK_CHARS_MAX: usize = 2_000;

impl Point {
    /// Reads coordinates (`44.61, 69.37`, `44,61 69,37`) or a link of a map that states a point: OpenStreetMap, Google,
    /// 2GIS, Yandex, `geo:`. `None` when the text states no point of the earth.
    ///
    /// # Source
    /// Orders of the numbers: `geo:` latitude first (RFC 5870); `ll`, `pt` and `m` longitude first, as Yandex and 2GIS
    /// write them; `#map=zoom/latitude/longitude`, as OpenStreetMap does.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().nth(LINK_CHARS_MAX).is_some() {
            return None;
        }
        let text = text.replace("%2C", ",").replace("%2c", ",").replace("%2F", "/").replace("%2f", "/");
        let after = |key: &str| text.split_once(key).map(|(_, rest)| rest);
        if let Some((lat, lon)) = after("mlat=").zip(after("mlon=")) {
            return Self::of(lat, lon);
        }
        if let Some(rest) = after("#map=") {
            let mut parts = rest.split('/').skip(1);
            return Self::of(parts.next()?, parts.next()?);
        }
        let pair = |rest: &str| rest.split_once(',').map(|(a, b)| (a.to_owned(), b.to_owned()));
        for key in ["?ll=", "&ll=", "?pt=", "&pt=", "?m=", "&m="] {
            if let Some((lon, lat)) = after(key).and_then(pair) {
                return Self::of(&lat, &lon);
            }
        }
        for key in ["geo:", "/@", "?q=", "&q=", "?query=", "&query="] {
            if let Some((lat, lon)) = after(key).and_then(pair) {
                return Self::of(&lat, &lon);
            }
        }
        if text.contains("://") { None } else { Self::plain(&text) }
    }

    /// Two numbers, apart by a blank, a semicolon or a comma; decimals by a point or a comma.
    fn plain(text: &str) -> Option<Self> {
        let parts: Vec<&str> =
            text.split([' ', ';', '\t', '\u{a0}']).map(|part| part.trim_matches(',')).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [lat, lon] => Self::whole(&lat.replace(',', "."), &lon.replace(',', ".")),
            [both] => {
                let (lat, lon) = both.split_once(',')?;
                // `44,61` is one number with a decimal comma, not two.
                let is_one = !both.contains('.');
                if is_one || lon.contains(',') { None } else { Self::whole(lat, lon) }
            }
            _ => None,
        }
    }

    fn whole(lat: &str, lon: &str) -> Option<Self> {
        let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
        if number(lat) && number(lon) { Self::of(lat, lon) } else { None }
    }

    fn of(lat: &str, lon: &str) -> Option<Self> {
        let (lat, lon) = (millionths(lat)?, millionths(lon)?);
        let on_earth =
            (-90_000_000..=90_000_000).contains(&lat) && (-180_000_000..=180_000_000).contains(&lon);
        on_earth.then_some(Self { lat, lon })
    }
}

/// The number with which a text begins, in millionths; further decimals are cut off.
fn millionths(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let (whole, decimals) = digits[..end].split_once('.').unwrap_or((&digits[..end], ""));
    if whole.is_empty() || whole.len() > 3 || decimals.contains('.') {
        return None;
    }
    let mut value: i32 = whole.parse().ok()?;
    let mut decimals = decimals.bytes().map(|digit| i32::from(digit - b'0'));
    for _ in 0..6 {
        value = value.checked_mul(10)?.checked_add(decimals.next().unwrap_or(0))?;
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_paste_them() {
        let here = Some(Point { lat: 44_610_000, lon: 69_370_000 });
        let good = [
            "44.61, 69.37",
            "44,61 69,37",
            " 44,61; 69,37 ",
            "44.61,69.37",
            "44.61000049 69.37",
            "geo:44.61,69.37;u=35",
            "https://www.openstreetmap.org/#map=17/44.61/69.37",
            "https://www.openstreetmap.org/?mlat=44.61&mlon=69.37#map=12/44.5/69.3",
            "https://www.google.com/maps/@44.61,69.37,17z",
            "https://maps.google.com/?q=44.61,69.37",
            "https://yandex.kz/maps/?ll=69.37%2C44.61&z=17",
            "https://2gis.kz/?m=69.37%2C44.61%2F17",
        ];
        for text in good {
            assert_eq!(Point::read(text), here, "{text}");
        }
        let far = "9".repeat(LINK_CHARS_MAX + 1);
        let bad = [
            "",
            "Абай көшесі, 12",
            "44.61",
            "44,61",
            "1,2,3",
            "91, 10",
            "10, 181",
            "4..4 5",
            "nan nan",
            "99999 1",
            "https://example.kz/",
            "javascript:alert(1)",
            "--4 5",
            "1e3 4",
            far.as_str(),
        ];
        for text in bad {
            assert_eq!(Point::read(text), None, "{text}");
        }
    }
}
