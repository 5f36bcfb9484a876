//! What the address says of the work: every assumption has a default, and all of them are marked as assumptions.

use akimat_forecast::staffing::Terms;
use akimat_i18n::Locale;
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;
use std::ops::RangeInclusive;

/// Minutes of work on a case when nobody says otherwise: an assumption without a source.
const MINUTES: u32 = 45;
/// Minutes of an eight-hour day that go into cases when nobody says otherwise: three quarters, an assumption.
const MINUTES_A_DAY: u32 = 360;
/// Share of cases handled within their month when nobody says otherwise, per cent: an assumption.
const SHARE_PCT: u32 = 95;

/// What was asked for.
pub(super) struct Asked {
    /// As it was written, with what is wrong.
    pub(super) form: kit::Form,
    /// Code of a service; empty or unknown: any.
    pub(super) service: String,
    /// The assumptions; `None` when one of them is wrong.
    pub(super) terms: Option<Terms>,
    /// Working days of every month instead of those of the calendar.
    pub(super) days: Option<u16>,
    /// All assumptions are the defaults.
    pub(super) by_default: bool,
}

/// The reader of one form.
struct Reader<'a> {
    locale: &'a Locale,
    query: &'a Form,
    form: kit::Form,
    by_default: bool,
}

impl Reader<'_> {
    /// A whole number of a range; the default where nothing is written, `None` where it is wrong.
    fn number(&mut self, name: &str, default: Option<u32>, range: RangeInclusive<u32>) -> Option<u32> {
        let written = self.query.get(name).trim().to_owned();
        let shown = match default {
            Some(default) if written.is_empty() => default.to_string(),
            _ => written.clone(),
        };
        self.form = std::mem::take(&mut self.form).with(name, shown);
        if written.is_empty() {
            return default;
        }
        let number = written.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let (from, to) = (i64::from(*range.start()), i64::from(*range.end()));
            let args = [("from", self.locale.number(from).into()), ("to", self.locale.number(to).into())];
            self.form.fail(name, self.locale.f("demand-field-range", &args));
        }
        self.by_default &= number == default;
        number
    }
}

impl Asked {
    pub(super) fn read(locale: &Locale, query: &Form) -> Self {
        let mut reader = Reader { locale, query, form: kit::Form::new(), by_default: true };
        let minutes = reader.number("minutes", Some(MINUTES), 1..=100_000);
        let day = reader.number("day", Some(MINUTES_A_DAY), 1..=1_440);
        let share = reader.number("share", Some(SHARE_PCT), 1..=100);
        let days = reader.number("days", None, 1..=31);
        let terms = minutes.zip(day).zip(share).and_then(|((minutes, day), share)| {
            let share_pct = u8::try_from(share).ok()?;
            Some(Terms { minutes_per_case: minutes, minutes_per_day: day, share_pct })
        });
        Self {
            service: query.get("service").to_owned(),
            terms: terms.filter(|_| reader.form.is_clean()),
            days: days.and_then(|days| u16::try_from(days).ok()),
            by_default: reader.by_default,
            form: reader.form,
        }
    }
}
