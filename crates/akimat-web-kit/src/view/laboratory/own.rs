//! A series of one's own: a period and a value a line. It travels in the address and is stored nowhere.

use crate::view::forecast::series_refusal;
use akimat_core::Period;
use akimat_forecast::Series;
use akimat_i18n::Locale;
use akimat_interop::series_csv::decode_series;

/// Text in bytes at most: what an address can carry past every proxy.
pub const TEXT_BYTES_MAX: usize = 6_000;
/// Lines of the hint.
pub const EXAMPLE: &str = "2023-01 12,5\n2023-02 13,1";

/// The series of a text.
///
/// # Errors
/// The sentence that says which line cannot be read.
pub fn read(locale: &Locale, text: &str) -> Result<Series, String> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(locale.t("laboratory-own-large").into_owned());
    }
    let mut values = Vec::new();
    for (line, number) in text.lines().zip(1_u32..).filter(|(line, _)| !line.trim().is_empty()) {
        match pair(line) {
            Some(pair) => values.push(pair),
            // The first line may hold headings.
            None if number == 1 => {}
            None => return Err(locale.f("laboratory-own-line", &[("line", number.into())])),
        }
    }
    Series::from_dated("own", values).map_err(|error| series_refusal(locale, &error))
}

/// The series of a file: the long CSV of series, of which the first counts, or a period and a value a line.
///
/// # Errors
/// As [`read`].
pub fn decode(locale: &Locale, bytes: &[u8]) -> Result<Series, String> {
    if let Some(first) = decode_series(bytes, None).ok().and_then(|series| series.into_iter().next()) {
        let values = first.periods.into_iter().zip(first.values).collect();
        let series = Series::from_dated("own", values).map_err(|error| series_refusal(locale, &error))?;
        let fits = write(&series).len() <= TEXT_BYTES_MAX;
        return if fits { Ok(series) } else { Err(locale.t("laboratory-own-large").into_owned()) };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => read(locale, text.trim_start_matches('\u{feff}')),
        Err(_) => Err(locale.t("laboratory-own-unreadable").into_owned()),
    }
}

/// The text of a series, as [`read`] reads it.
pub fn write(series: &Series) -> String {
    let values = series.periods().zip(series.values());
    values.map(|(period, value)| format!("{period} {value}")).collect::<Vec<_>>().join("\n")
}

/// `2024-01;12,5`, with a semicolon, a comma, a tab or blanks between.
fn pair(line: &str) -> Option<(Period, f64)> {
    let line = line.trim();
    let at = line.find([';', ',', '\t', ' '])?;
    let (period, value) = line.split_at(at);
    let value: String = value
        .trim_start_matches([';', ',', '\t', ' '])
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let value = value.trim_matches('"').replace('−', "-").replacen(',', ".", 1);
    let number: f64 = value.parse().ok()?;
    Some((period.trim_matches('"').parse().ok()?, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::Lang;
    use akimat_i18n::catalogue;

    #[test]
    fn lines_are_read_as_people_write_them() {
        let locale = catalogue().locale(Lang::En);
        let check = |text: &str, want: Result<&str, &str>| {
            let got = read(locale, text).map(|series| write(&series));
            match want {
                Ok(want) => assert_eq!(got.as_deref(), Ok(want), "{text:?}"),
                Err(word) => assert!(got.as_ref().is_err_and(|why| why.contains(word)), "{got:?}"),
            }
        };
        check("period;value\n2020;1 234,5\n2021;2", Ok("2020 1234.5\n2021 2"));
        check("2020-01,12.5\n\n2020-02\t−3", Ok("2020-01 12.5\n2020-02 -3"));
        check("2020 1\n2021 x", Err("2"));
        check("2020 1\n2022 2", Err("2021"));
        check("2020 1\n2020 2", Err("2020"));
        check("", Err("0"));
        check(&"2020 1\n".repeat(2_000), Err("address"));
        assert_eq!(
            decode(locale, b"series_id,period,value\na,2020,1\na,2021,2\nb,2020,9"),
            read(locale, "2020 1\n2021 2")
        );
        assert!(decode(locale, &[0xff, 0xfe, 0x00]).is_err());
        assert!(read(locale, EXAMPLE).is_ok());
    }
}
