//! From the fields of the form to an appraisal, with every fault at its field.

use akimat_app::appraisal::tables;
use akimat_appraisal::Document;
use akimat_appraisal::document::{
    Claim, Effect, FORMAT, GroupLine, Line, LineKind, Payer, ROWS_MAX, RiskLine,
};
use akimat_appraisal::rate::Timing;
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_web_kit::form::Form;

/// Longest name of a group or risk.
const NAME_CHARS_MAX: usize = 200;

struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    today: &'a str,
    faults: Vec<(String, String)>,
}

/// Reads the form; what cannot be read is a fault.
pub(super) fn read(
    locale: &Locale,
    sent: &Form,
    today: &str,
    invented: bool,
) -> (Document, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, today, faults: Vec::new() };
    let rate = sent.get("rate").to_owned();
    let record = tables().rates.find(&rate, today);
    if record.is_none() {
        reader.fail("rate", "field-choose-from-list");
    }
    let document = Document {
        format: FORMAT,
        base_year: reader.year("base_year"),
        timing: reader.choice("timing", Timing::parse).unwrap_or_default(),
        rate_version: record.map_or_else(String::new, |record| record.valid_from.clone()),
        rate,
        lines: reader.lines(),
        claims: reader.claims(),
        class: Some(sent.get("class").to_owned()).filter(|class| !class.is_empty()),
        groups: reader.groups(),
        risks: reader.risks(),
        debt: reader.debt(),
        effect: reader.effect(),
        note: sent.get("note").to_owned(),
        invented,
    };
    (document, reader.faults)
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    fn get(&self, name: &str, row: usize) -> String {
        self.sent.get(&format!("{name}_{row}")).to_owned()
    }

    fn empty(&self, names: &[&str], row: usize) -> bool {
        names.iter().all(|name| self.get(name, row).is_empty())
    }

    fn choice<T>(&mut self, field: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
        let found = parse(self.sent.get(field));
        if found.is_none() {
            self.fail(field, "field-choose-from-list");
        }
        found
    }

    fn year(&mut self, field: &str) -> i16 {
        match self.sent.get(field).parse() {
            Ok(year) if (1991..=2100).contains(&year) => year,
            _ => {
                self.fail(field, "field-not-a-number");
                0
            }
        }
    }

    fn money(&mut self, field: &str) -> Money {
        match Money::parse(self.sent.get(field), MoneyUnit::MillionTenge) {
            Ok(amount) if amount >= Money::ZERO => amount,
            Ok(_) => {
                self.fail(field, "field-negative");
                Money::ZERO
            }
            Err(_) => {
                self.fail(field, "field-not-an-amount");
                Money::ZERO
            }
        }
    }

    fn number(&mut self, field: &str) -> f64 {
        let plain: String = self
            .sent
            .get(field)
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        match plain.parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => number,
            _ => {
                self.fail(field, "field-not-a-number");
                0.0
            }
        }
    }

    /// Per cent as hundredths of a per cent.
    fn percent(&mut self, field: &str) -> u32 {
        let number = self.number(field);
        format!("{:.0}", number * 100.0).parse().unwrap_or_else(|_| {
            self.fail(field, "field-not-a-number");
            0
        })
    }

    fn name(&mut self, name: &str, row: usize) -> String {
        let text: String = self.get(name, row).chars().take(NAME_CHARS_MAX).collect();
        if text.is_empty() {
            self.fail(&format!("{name}_{row}"), "field-required");
        }
        text
    }

    fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for row in 1..=ROWS_MAX {
            if self.empty(&["line_kind", "line_amount", "line_from", "line_to"], row) {
                continue;
            }
            let at = |name: &str| format!("{name}_{row}");
            let kind = self.choice(&at("line_kind"), LineKind::parse);
            let payer = self.choice(&at("line_payer"), Payer::parse);
            let (from, to) = self.span("line", row);
            let amount = self.money(&at("line_amount"));
            if let (Some(kind), Some(payer)) = (kind, payer) {
                lines.push(Line { kind, payer, from, to, amount });
            }
        }
        lines
    }

    /// First and last year; a last year that is left out is the first one.
    fn span(&mut self, name: &str, row: usize) -> (i16, i16) {
        let from = self.year(&format!("{name}_from_{row}"));
        let to = format!("{name}_to_{row}");
        if self.sent.get(&to).is_empty() { (from, from) } else { (from, self.year(&to)) }
    }

    fn claims(&mut self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for row in 1..=ROWS_MAX {
            if self.empty(&["claim_code", "claim_quantity"], row) {
                continue;
            }
            let code = self.get("claim_code", row);
            let Some(impact) = tables().impacts.find(&code, self.today) else {
                self.fail(&format!("claim_code_{row}"), "field-choose-from-list");
                continue;
            };
            let (from, to) = self.span("claim", row);
            let quantity = self.number(&format!("claim_quantity_{row}"));
            claims.push(Claim { version: impact.valid_from.clone(), code, from, to, quantity });
        }
        claims
    }

    fn groups(&mut self) -> Vec<GroupLine> {
        let mut groups = Vec::new();
        for row in 1..=ROWS_MAX {
            if self.empty(&["group_name", "group_population", "group_share"], row) {
                continue;
            }
            let field = format!("group_population_{row}");
            let population =
                self.sent.get(&field).replace(char::is_whitespace, "").parse().unwrap_or_else(|_| {
                    self.fail(&field, "field-not-a-number");
                    0
                });
            groups.push(GroupLine {
                settlement: self.get("group_kind", row) != "group",
                name: self.name("group_name", row),
                population,
                share_bp: self.percent(&format!("group_share_{row}")),
            });
        }
        groups
    }

    fn risks(&mut self) -> Vec<RiskLine> {
        let mut risks = Vec::new();
        for row in 1..=ROWS_MAX {
            if self.empty(&["risk_name", "risk_chance", "risk_cost"], row) {
                continue;
            }
            risks.push(RiskLine {
                name: self.name("risk_name", row),
                chance_bp: self.percent(&format!("risk_chance_{row}")),
                cost: self.money(&format!("risk_cost_{row}")),
                year: self.year(&format!("risk_from_{row}")),
                transferred_bp: self.percent(&format!("risk_transferred_{row}")),
            });
        }
        risks
    }

    fn debt(&mut self) -> Option<(Money, u32)> {
        if self.sent.get("debt").is_empty() {
            return None;
        }
        Some((self.money("debt"), self.percent("debt_rate")))
    }

    fn effect(&mut self) -> Option<Effect> {
        if self.sent.get("effect_quantity").is_empty() {
            return None;
        }
        let unit: String = self.sent.get("effect_unit").chars().take(NAME_CHARS_MAX).collect();
        Some(Effect { unit, quantity: self.number("effect_quantity") })
    }
}
