//! From the fields of the form to an item, with every fault.

use akimat_core::{Money, MoneyUnit, Text};
use akimat_delivery::schedule::paste::{self, Waits};
use akimat_delivery::schedule::plan::{Item, ItemKind, Measure, Measured, MonthMoney, Plan, Span, is_inside};
use akimat_i18n::Locale;
use akimat_web_kit::form::Form;
use jiff::civil::Date;

struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    faults: Vec<(String, String)>,
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    fn date(&mut self, field: &str) -> Option<Date> {
        let text = self.sent.get(field);
        let date = paste::date(text);
        if !text.is_empty() && date.is_none() {
            self.fail(field, "field-not-a-date");
        }
        date
    }

    fn money(&mut self, field: &str, text: &str) -> Option<Money> {
        if text.is_empty() {
            return None;
        }
        let money = Money::parse(text, MoneyUnit::ThousandTenge).ok();
        if money.is_none() {
            self.fail(field, "field-not-an-amount");
        }
        money
    }

    /// Lines such as `2026-04 1 500,5`.
    fn months(&mut self) -> Vec<MonthMoney> {
        let text = self.sent.raw("months").to_owned();
        let mut months: Vec<MonthMoney> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let read = line.split_once(char::is_whitespace).and_then(|(month, amount)| {
                let month: Date = format!("{month}-01").parse().ok()?;
                Some((month, Money::parse(amount.trim(), MoneyUnit::ThousandTenge).ok()?))
            });
            match read {
                Some((month, amount)) if !months.iter().any(|own| own.month == month) => {
                    months.push(MonthMoney { month, amount });
                }
                _ => {
                    let line: String = line.chars().take(40).collect();
                    let text = self.locale.f("schedule-fault-month-line", &[("line", line.into())]);
                    self.faults.push(("months".to_owned(), text));
                    break;
                }
            }
        }
        months.sort_by_key(|own| own.month);
        months
    }

    /// The name in the language of the form; other languages stay unless the name changes.
    fn title(&self, stored: &Text) -> Text {
        let lang = self.locale.lang();
        let sent = self.sent.get("title");
        if stored.get(lang) == sent {
            return stored.clone();
        }
        let mut text = Text::default();
        sent.clone_into(text.exact_mut(lang));
        text
    }

    /// A new measurement, when one was entered; that of the same day is replaced.
    fn measures(&mut self, stored: &[Measure]) -> Vec<Measure> {
        let mut all = stored.to_vec();
        let done = self.sent.get("done").to_owned();
        if done.is_empty() {
            if !self.sent.get("measured_on").is_empty() && !self.sent.get("note").is_empty() {
                self.fail("done", "field-required");
            }
            return all;
        }
        let done_bp = percent(&done);
        if done_bp.is_none() {
            self.fail("done", "schedule-fault-percent");
        }
        let on = self.date("measured_on");
        if self.sent.get("measured_on").is_empty() {
            self.fail("measured_on", "field-required");
        }
        let how = Measured::parse(self.sent.get("how"));
        if how.is_none() {
            self.fail("how", "field-choose-from-list");
        }
        if let (Some(done_bp), Some(on), Some(how)) = (done_bp, on, how) {
            all.retain(|measure| measure.on != on);
            let note = self.sent.get("note").to_owned();
            all.push(Measure { id: on.to_string(), on, done_bp, how, note });
            all.sort_by_key(|measure| measure.on);
        }
        all
    }
}

/// A percentage with at most two decimals as hundredths of a per cent.
fn percent(text: &str) -> Option<u16> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: u16 = format!("{part:0<2}").parse().ok()?;
    let bp = whole.parse::<u16>().ok()? * 100 + part;
    (bp <= 10_000).then_some(bp)
}

/// The item, what it waits for, and the faults.
pub(super) fn read(locale: &Locale, sent: &Form, stored: &Item) -> (Item, Vec<Waits>, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let kind = ItemKind::parse(sent.get("kind")).unwrap_or_default();
    let (start, finish) = (reader.date("start"), reader.date("finish"));
    let (began, ended) = (reader.date("actual_start"), reader.date("actual_finish"));
    let moment = kind == ItemKind::Milestone;
    let weight = sent.get("weight");
    let parsed = weight.parse::<u32>().ok().filter(|weight| *weight <= 1_000_000);
    if !weight.is_empty() && parsed.is_none() {
        reader.fail("weight", "field-not-a-number");
    }
    let waits = paste::waits(sent.get("predecessors")).unwrap_or_else(|part| {
        let text = locale.f("schedule-fault-predecessors", &[("part", part.into())]);
        reader.faults.push(("predecessors".to_owned(), text));
        Vec::new()
    });
    let item = Item {
        id: stored.id.clone(),
        code: sent.get("code").to_owned(),
        title: reader.title(&stored.title),
        kind,
        expected: Span {
            start: if moment { finish.or(start) } else { start },
            finish: if moment { finish.or(start) } else { finish },
        },
        actual: Span { start: if moment { ended.or(began) } else { began }, finish: ended },
        responsible: sent.get("responsible").to_owned(),
        weight: parsed,
        budget: reader.money("budget", sent.get("budget")),
        months: reader.months(),
        measures: reader.measures(&stored.measures),
    };
    (item, waits, reader.faults)
}

/// When an item gets another code, what lies inside goes with it.
pub(super) fn rename_inside(plan: &mut Plan, from: &str, to: &str) {
    if from != to {
        for item in plan.items.iter_mut().filter(|item| is_inside(&item.code, from)) {
            item.code = format!("{to}{}", &item.code[from.len()..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_are_read_exactly() {
        let check = |text: &str, expect: Option<u16>| assert_eq!(percent(text), expect, "{text:?}");
        check("62", Some(6_200));
        check("62,5 %", Some(6_250));
        check("0.05", Some(5));
        check("100", Some(10_000));
        check("100.01", None);
        check("-1", None);
        check("half", None);
        check("", None);
        check("1.234", None);
    }
}
