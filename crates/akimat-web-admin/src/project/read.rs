//! From the fields of the form to a project, with every fault.

use super::LINES_MAX;
use akimat_app::project::EditNote;
use akimat_core::{Lang, Money, MoneyUnit, Text};
use akimat_i18n::Locale;
use akimat_project::check::{TITLE_CHARS_MAX, is_programme};
use akimat_project::{
    Basis, Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point,
    Project, Sector,
};
use akimat_web_kit::form::Form;

/// Reads the fields, collecting every fault.
struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    faults: Vec<(String, String)>,
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    fn choice<T>(&mut self, field: &str, parse: fn(&str) -> Option<T>, otherwise: T) -> T {
        parse(self.sent.get(field)).unwrap_or_else(|| {
            self.fail(field, "field-choose-from-list");
            otherwise
        })
    }

    fn date(&mut self, field: &str) -> Option<jiff::civil::Date> {
        let text = self.sent.get(field);
        let date = text.parse().ok();
        if !text.is_empty() && date.is_none() {
            self.fail(field, "field-not-a-date");
        }
        date
    }

    fn money(&mut self, field: &str) -> Option<Money> {
        let text = self.sent.get(field);
        if text.is_empty() {
            return None;
        }
        let money = Money::parse(text, MoneyUnit::ThousandTenge).ok();
        match money {
            None => self.fail(field, "field-not-an-amount"),
            Some(money) if money.tiyn() < 0 => self.fail(field, "field-negative"),
            Some(_) => {}
        }
        money
    }

    fn point(&mut self) -> Option<Point> {
        let (lat, lon) = (self.sent.get("lat"), self.sent.get("lon"));
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        match (parse_degrees(lat), parse_degrees(lon)) {
            (Some(lat_e6), Some(lon_e6)) => Some(Point { lat_e6, lon_e6 }),
            _ => {
                self.fail("lat", "field-off-the-earth");
                None
            }
        }
    }

    fn text(&self, field: &str) -> Text {
        let word = |lang: Lang| self.sent.get(&format!("{field}_{}", lang.code())).to_owned();
        Text::new(word(Lang::Kk), word(Lang::Ru), word(Lang::En))
    }

    fn lines(&mut self) -> Vec<MoneyLine> {
        let mut lines = Vec::new();
        for at in 0..LINES_MAX {
            let year = self.sent.get(&format!("money_year_{at}"));
            let planned = self.money(&format!("money_planned_{at}"));
            let amended = self.money(&format!("money_amended_{at}"));
            let contracted = self.money(&format!("money_contracted_{at}"));
            let invoiced = self.money(&format!("money_invoiced_{at}"));
            let paid = self.money(&format!("money_paid_{at}"));
            let programme = self.sent.get(&format!("money_programme_{at}")).to_owned();
            let any = planned.or(amended).or(contracted).or(invoiced).or(paid);
            if year.is_empty() && any.is_none() && programme.is_empty() {
                continue;
            }
            if !programme.is_empty() && !is_programme(&programme) {
                self.fail(&format!("money_programme_{at}"), "project-programme-wrong");
            }
            let Some(year) = year.parse().ok().filter(|year| (1991..=2100).contains(year)) else {
                self.fail(&format!("money_year_{at}"), "field-not-a-number");
                continue;
            };
            let Some(source) = MoneySource::parse(self.sent.get(&format!("money_source_{at}"))) else {
                self.fail(&format!("money_source_{at}"), "field-choose-from-list");
                continue;
            };
            lines.push(MoneyLine { year, source, programme, planned, amended, contracted, invoiced, paid });
        }
        lines
    }

    /// A word in the language of the form. What other languages say stays, also when its line has moved, unless the
    /// word is changed: then they would say something else, and are emptied.
    fn word<'t>(&self, field: &str, mut stored: impl Iterator<Item = &'t Text>) -> Text {
        let lang = self.locale.lang();
        let sent: String = self.sent.get(field).chars().take(TITLE_CHARS_MAX).collect();
        match stored.find(|text| text.get(lang) == sent) {
            Some(text) => text.clone(),
            None => {
                let mut text = Text::default();
                *text.exact_mut(lang) = sent;
                text
            }
        }
    }

    fn milestones(&mut self, stored: &[Milestone]) -> Vec<Milestone> {
        let mut milestones = Vec::new();
        for at in 0..LINES_MAX {
            let title = self.word(&format!("milestone_title_{at}"), stored.iter().map(|m| &m.title));
            let planned = format!("milestone_planned_{at}");
            let planned_on = self.date(&planned);
            let forecast_on = self.date(&format!("milestone_forecast_{at}"));
            let actual_on = self.date(&format!("milestone_actual_{at}"));
            if title.is_empty() && planned_on.or(forecast_on).or(actual_on).is_none() {
                continue;
            }
            if title.is_empty() {
                self.fail(&format!("milestone_title_{at}"), "field-required");
            }
            match planned_on {
                Some(planned_on) => {
                    milestones.push(Milestone { title, planned_on, forecast_on, actual_on });
                }
                None if self.sent.get(&planned).is_empty() => self.fail(&planned, "field-required"),
                None => {}
            }
        }
        milestones
    }

    /// A decimal as people write it, kept as printed with a point.
    fn decimal(&mut self, field: &str) -> Option<String> {
        let text = self.sent.get(field).replace(',', ".").replace(char::is_whitespace, "");
        if text.is_empty() {
            return None;
        }
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let fine = digits.len() <= 20
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.matches('.').count() <= 1;
        if !fine {
            self.fail(field, "field-not-a-number");
            return None;
        }
        Some(text)
    }

    fn results(&mut self, stored: &[ExpectedResult]) -> Vec<ExpectedResult> {
        let mut results = Vec::new();
        for at in 0..LINES_MAX {
            let title = self.word(&format!("result_title_{at}"), stored.iter().map(|r| &r.title));
            let unit = self.word(&format!("result_unit_{at}"), stored.iter().map(|r| &r.unit));
            let baseline = self.decimal(&format!("result_baseline_{at}"));
            let target = self.decimal(&format!("result_target_{at}"));
            let measured = self.decimal(&format!("result_measured_{at}"));
            let measured_on = self.date(&format!("result_measured_on_{at}"));
            let owner: String =
                self.sent.get(&format!("result_owner_{at}")).chars().take(TITLE_CHARS_MAX).collect();
            let any = baseline.is_some() || measured.is_some() || measured_on.is_some();
            if title.is_empty() && target.is_none() && !any {
                continue;
            }
            if title.is_empty() {
                self.fail(&format!("result_title_{at}"), "field-required");
            }
            match target {
                Some(target) => results.push(ExpectedResult {
                    title,
                    unit,
                    baseline,
                    target,
                    measured,
                    measured_on,
                    owner,
                }),
                None => self.fail(&format!("result_target_{at}"), "field-required"),
            }
        }
        results
    }

    fn beneficiaries(&mut self, stored: &[Beneficiary]) -> Vec<Beneficiary> {
        let mut served = Vec::new();
        for at in 0..LINES_MAX {
            let group = self.word(&format!("served_group_{at}"), stored.iter().map(|one| &one.group));
            let field = format!("served_number_{at}");
            let text = self.sent.get(&field).replace(char::is_whitespace, "");
            let number = text.parse::<u32>().ok();
            if !text.is_empty() && number.is_none() {
                self.fail(&field, "field-not-a-number");
            }
            if group.is_empty() && number.is_some() {
                self.fail(&format!("served_group_{at}"), "field-required");
            }
            if !group.is_empty() {
                served.push(Beneficiary { group, number });
            }
        }
        served
    }

    fn scores(&mut self, sent: &Form) -> Vec<(String, u8)> {
        let mut scores = Vec::new();
        for (criterion, text) in sent.with_prefix("score_").take(100) {
            match text.trim().parse::<u8>() {
                Ok(_) if scores.iter().any(|(known, _)| known == criterion) => {}
                Ok(score) if score <= 100 => scores.push((criterion.to_owned(), score)),
                _ if text.trim().is_empty() => {}
                _ => {
                    let between =
                        self.locale.f("field-between", &[("min", "0".into()), ("max", "100".into())]);
                    self.faults.push((format!("score_{criterion}"), between));
                }
            }
        }
        scores
    }
}

fn parse_degrees(text: &str) -> Option<i32> {
    let text = text.replace(',', ".");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let negative = whole.starts_with('-');
    let whole: i32 = whole.parse().ok().filter(|whole: &i32| whole.abs() <= 180)?;
    if fraction.len() > 12 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded: String = fraction.chars().chain(std::iter::repeat('0')).take(6).collect();
    let fraction: i32 = padded.parse().ok()?;
    Some(if negative { whole * 1_000_000 - fraction } else { whole * 1_000_000 + fraction })
}

pub(super) fn read(locale: &Locale, sent: &Form, stored: &Project) -> (Project, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let place = sent.get("place").parse().unwrap_or_else(|_| {
        let code = sent.get("place").to_owned();
        reader.faults.push(("place".to_owned(), locale.f("field-place-unknown", &[("code", code.into())])));
        stored.place
    });
    let project = Project {
        number: sent.get("number").to_owned(),
        place,
        title: reader.text("title"),
        summary: reader.text("summary"),
        sector: reader.choice("sector", Sector::parse, stored.sector),
        kind: reader.choice("kind", Kind::parse, stored.kind),
        modality: reader.choice("modality", Modality::parse, stored.modality),
        level: reader.choice("level", Level::parse, stored.level),
        contractor: sent.get("contractor").chars().take(300).collect(),
        exclusive_group: sent.get("exclusive_group").chars().take(60).collect(),
        starts_on: reader.date("starts_on"),
        ends_on: reader.date("ends_on"),
        location: reader.point(),
        scores: reader.scores(sent),
        money: reader.lines(),
        milestones: reader.milestones(&stored.milestones),
        results: reader.results(&stored.results),
        beneficiaries: reader.beneficiaries(&stored.beneficiaries),
        version: sent.get("version").parse().unwrap_or(0),
        ..stored.clone()
    };
    (project, reader.faults)
}

/// Why the register changes, as the form says it.
pub(super) fn note(locale: &Locale, sent: &Form) -> (EditNote, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let basis = Basis {
        kind: sent.get("basis_kind").to_owned(),
        number: sent.get("basis_number").to_owned(),
        on: reader.date("basis_on"),
    };
    (EditNote { reason: sent.get("reason").to_owned(), basis }, reader.faults)
}

#[cfg(test)]
mod tests {
    use super::super::fill::degrees;
    use super::*;

    #[test]
    fn degrees_are_read_exactly() {
        let check = |text: &str, expect: Option<i32>| assert_eq!(parse_degrees(text), expect, "{text:?}");
        check("44.6", Some(44_600_000));
        check("-0.000001", Some(-1));
        check("69,412345678", Some(69_412_345));
        check("", None);
        check("181", None);
        check("1.2.3", None);
        check("NaN", None);
        assert_eq!(degrees(-1), "-0.000001");
    }
}
