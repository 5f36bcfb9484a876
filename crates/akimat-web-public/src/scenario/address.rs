//! A scenario in an address: everything that a reader chose stands in the query, so that a link is the
//! scenario.
//!
//! Fields of the `n`-th lever begin with `ln-`: `l0-kind=retention&l0-tax=1/04/1&l0-share=20`. Shares are
//! per cent with at most two decimals, amounts tenge, ranges three fields.

use akimat_core::{KatoCode, Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_scenario::{
    Base, Bond, BondForm, Equalisation, Funding, Lever, Merger, Method, MunicipalTax, Need, Participatory,
    PhaseDown, Range, Retention, Scenario, TaxBase,
};
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;
use std::fmt::Write as _;
use std::str::FromStr;

/// Names and values of a query, in order.
pub type Pairs = Vec<(String, String)>;

/// What an address says.
#[derive(Debug)]
pub struct Asked {
    /// The scenario; fields that could not be read are zero in it and named in `form`.
    pub scenario: Scenario,
    /// What was written, and what is wrong with it.
    pub form: kit::Form,
}

/// Reads the levers of a query.
struct Reader<'a> {
    asked: &'a Form,
    locale: &'a Locale,
    form: kit::Form,
    at: usize,
}

/// The fields that make a scenario, in their order; `add`, `drop` and the like are acts.
pub fn state(query: &str) -> Pairs {
    let keep = |name: &str| {
        matches!(name, "year" | "under" | "years" | "units" | "title" | "saved" | "version")
            || (name.starts_with('l') && name.contains('-'))
    };
    let mut pairs: Pairs = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .filter(|(name, value)| keep(name) && value.len() <= 200)
        .take(400)
        .collect();
    // A lever of no known kind is none.
    while let Some(at) = (0..n_levers(&pairs)).find(|at| kind(&pairs, *at).is_none()) {
        pairs = remove(pairs, at);
    }
    pairs
}

/// The kind of a lever; `None` when there is no such kind.
pub fn kind(pairs: &Pairs, at: usize) -> Option<&'static str> {
    let name = format!("l{at}-kind");
    let value = &pairs.iter().find(|(key, _)| *key == name)?.1;
    Lever::KINDS.into_iter().find(|kind| kind == value)
}

/// The query of these fields.
pub fn encode(pairs: &Pairs) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// How many levers there are.
pub fn n_levers(pairs: &Pairs) -> usize {
    (0..Scenario::LEVERS_MAX)
        .take_while(|at| {
            let name = format!("l{at}-kind");
            pairs.iter().any(|(key, _)| *key == name)
        })
        .count()
}

/// Takes a lever out; those after it move up.
pub fn remove(pairs: Pairs, gone: usize) -> Pairs {
    let number = |name: &str| name.strip_prefix('l')?.split_once('-')?.0.parse::<usize>().ok();
    pairs
        .into_iter()
        .filter_map(|(name, value)| match number(&name) {
            Some(at) if at == gone => None,
            Some(at) if at > gone => {
                let rest = name.split_once('-').map_or("", |(_, rest)| rest);
                Some((format!("l{}-{rest}", at - 1), value))
            }
            _ => Some((name, value)),
        })
        .collect()
}

/// Reads a query.
pub fn read(pairs: &Pairs, locale: &Locale, (year, under): (i16, Option<KatoCode>)) -> Asked {
    let asked = Form::from_fields(pairs.clone());
    let form = kit::Form::from_pairs(pairs.clone());
    let mut reader = Reader { asked: &asked, locale, form, at: 0 };
    let years = reader.whole("years", 1);
    let mut levers = Vec::new();
    for at in 0..n_levers(pairs) {
        reader.at = at;
        levers.extend(reader.lever());
    }
    let units = asked.all("units").filter_map(|code| code.parse().ok()).collect();
    let title = asked.get("title").chars().take(200).collect();
    let scenario = Scenario { title, years, units, levers, ..Scenario::new(year, under) };
    Asked { scenario, form: reader.form }
}

impl Reader<'_> {
    fn name(&self, field: &str) -> String {
        format!("l{}-{field}", self.at)
    }

    fn text(&self, field: &str) -> &str {
        self.asked.get(&self.name(field))
    }

    fn fail(&mut self, name: &str, key: &str) {
        self.form.fail(name, self.locale.t(key));
    }

    fn percent(&mut self, field: &str) -> i64 {
        let name = self.name(field);
        percent(self.asked.get(&name)).unwrap_or_else(|| {
            self.fail(&name, "scenario-field-percent");
            0
        })
    }

    fn range(&mut self, field: &str) -> Range {
        let mut end = |end: &str| self.percent(&format!("{field}-{end}"));
        Range { low: end("low"), central: end("central"), high: end("high") }
    }

    /// A whole number of a field outside the levers.
    fn whole<T: FromStr>(&mut self, name: &str, none: T) -> T {
        let text = self.asked.get(name);
        match (text.is_empty(), text.parse()) {
            (true, _) => none,
            (_, Ok(value)) => value,
            _ => {
                self.fail(name, "scenario-field-whole");
                none
            }
        }
    }

    fn count(&mut self, field: &str) -> u8 {
        let name = self.name(field);
        self.asked.get(&name).parse().unwrap_or_else(|_| {
            self.fail(&name, "scenario-field-whole");
            0
        })
    }

    fn tenge(&mut self, field: &str) -> Money {
        let name = self.name(field);
        Money::parse(self.asked.get(&name), MoneyUnit::Tenge).unwrap_or_else(|_| {
            self.fail(&name, "scenario-field-tenge");
            Money::ZERO
        })
    }

    fn lever(&mut self) -> Option<Lever> {
        Some(match self.text("kind") {
            "merger" => self.merger()?,
            "retention" => Lever::Retention(Retention {
                tax: self.text("tax").to_owned(),
                from: self.count("from"),
                to: self.count("to"),
                share: self.percent("share"),
                response: self.range("response"),
            }),
            "municipal_tax" => Lever::MunicipalTax(self.municipal_tax()),
            "phase_down" => Lever::PhaseDown(PhaseDown {
                level: self.count("level"),
                per_year: self.percent("per_year"),
                own_min: self.percent("own_min"),
                n_years: self.count("n_years"),
                debt_service_max: (!self.text("debt_service_max").is_empty())
                    .then(|| self.percent("debt_service_max")),
            }),
            "equalisation" => Lever::Equalisation(self.equalisation()),
            "participatory" => Lever::Participatory(Participatory {
                level: self.count("level"),
                share: self.percent("share"),
                statutory: self.percent("statutory"),
            }),
            "bond" => Lever::Bond(Bond {
                level: self.count("level"),
                share: self.percent("share"),
                rate: self.range("rate"),
                years: self.count("years"),
                form: match self.text("form") {
                    "equal_principal" => BondForm::EqualPrincipal,
                    _ => BondForm::Annuity,
                },
            }),
            _ => return None,
        })
    }

    fn merger(&mut self) -> Option<Lever> {
        let saving = self.range("saving");
        let Ok(into) = self.text("into").parse() else {
            self.fail(&self.name("into"), "scenario-field-unit");
            return None;
        };
        let name = self.name("units");
        let units = self.asked.all(&name).filter_map(|code| code.parse().ok()).filter(|code| *code != into);
        Some(Lever::Merger(Merger { into, units: units.collect(), saving }))
    }

    fn municipal_tax(&mut self) -> MunicipalTax {
        let base = match self.text("base") {
            "tax" => TaxBase::Tax { code: self.text("base_tax").to_owned(), rate: self.percent("base_rate") },
            _ => TaxBase::PerHead { amount: self.tenge("base_amount") },
        };
        MunicipalTax {
            level: self.count("level"),
            base,
            rate: self.percent("rate"),
            exempt: self.percent("exempt"),
            collection: self.range("collection"),
            elasticity: self.range("elasticity"),
        }
    }

    fn equalisation(&mut self) -> Equalisation {
        let method = match self.text("method") {
            "grant" => Method::Grant { fill: self.percent("fill") },
            "guarantee" => Method::Guarantee {
                level: self.percent("guarantee"),
                grant: self.percent("grant"),
                fee: self.percent("fee"),
            },
            _ => Method::Linear { fill: self.percent("fill") },
        };
        Equalisation {
            level: self.count("level"),
            method,
            need: match self.text("need") {
                "expenditure" => Need::Expenditure,
                _ => Need::Population,
            },
            funding: match self.text("funding") {
                "transfers" => Funding::Transfers,
                "outside" => Funding::Outside,
                _ => Funding::Between,
            },
        }
    }
}

/// Per cent with at most two decimals, a comma or a point, as basis points.
pub fn percent(text: &str) -> Option<i64> {
    let number: akimat_core::Decimal = text.trim_end_matches(['%', ' ', '\u{a0}']).parse().ok()?;
    let scale = 10_i64.pow(u32::from(number.decimals()));
    let hundredths = number.mantissa().checked_mul(100)?;
    (hundredths % scale == 0).then_some(hundredths / scale)
}

/// Basis points as a plain decimal number of per cent.
pub fn plain_percent(bp: i64) -> String {
    let mut text = if bp < 0 { "-".to_owned() } else { String::new() };
    let _ = write!(text, "{}", bp.unsigned_abs() / 100);
    let rest = format!("{:02}", bp.unsigned_abs() % 100);
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { text } else { format!("{text}.{rest}") }
}

/// The query of a scenario.
pub fn write(scenario: &Scenario) -> Pairs {
    let mut pairs: Pairs = vec![("year".to_owned(), scenario.base_year.to_string())];
    if let Some(under) = scenario.under {
        pairs.push(("under".to_owned(), under.to_string()));
    }
    pairs.push(("years".to_owned(), scenario.years.to_string()));
    pairs.extend(scenario.units.iter().map(|code| ("units".to_owned(), code.to_string())));
    for (at, lever) in scenario.levers.iter().enumerate() {
        pairs.extend(write_lever(at, lever));
    }
    pairs
}

/// The fields of one lever.
pub fn write_lever(at: usize, lever: &Lever) -> Pairs {
    let range = |name: &str, range: &Range| {
        [("low", range.low), ("central", range.central), ("high", range.high)]
            .map(|(end, bp)| (format!("{name}-{end}"), plain_percent(bp)))
    };
    let one = |name: &str, value: &dyn std::fmt::Display| (name.to_owned(), value.to_string());
    let bp = |name: &str, value: i64| (name.to_owned(), plain_percent(value));
    let mut pairs = vec![one("kind", &lever.kind())];
    match lever {
        Lever::Merger(merger) => {
            pairs.push(one("into", &merger.into));
            pairs.extend(merger.units.iter().map(|unit| one("units", unit)));
            pairs.extend(range("saving", &merger.saving));
        }
        Lever::Retention(lever) => {
            pairs.extend([one("tax", &lever.tax), one("from", &lever.from), one("to", &lever.to)]);
            pairs.push(bp("share", lever.share));
            pairs.extend(range("response", &lever.response));
        }
        Lever::MunicipalTax(tax) => pairs.extend(write_tax(tax)),
        Lever::PhaseDown(lever) => {
            pairs.extend([one("level", &lever.level), bp("per_year", lever.per_year)]);
            pairs.extend([bp("own_min", lever.own_min), one("n_years", &lever.n_years)]);
            pairs.extend(lever.debt_service_max.map(|max| bp("debt_service_max", max)));
        }
        Lever::Equalisation(lever) => pairs.extend(write_equalisation(lever)),
        Lever::Participatory(lever) => {
            pairs.extend([one("level", &lever.level), bp("share", lever.share)]);
            pairs.push(bp("statutory", lever.statutory));
        }
        Lever::Bond(bond) => {
            pairs.extend([one("level", &bond.level), bp("share", bond.share)]);
            pairs.extend(range("rate", &bond.rate));
            let form = match bond.form {
                BondForm::Annuity => "annuity",
                BondForm::EqualPrincipal => "equal_principal",
            };
            pairs.extend([one("years", &bond.years), one("form", &form)]);
        }
    }
    pairs.into_iter().map(|(name, value)| (format!("l{at}-{name}"), value)).collect()
}

fn write_tax(tax: &MunicipalTax) -> Pairs {
    let field = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![field("level", tax.level.to_string())];
    match &tax.base {
        TaxBase::PerHead { amount } => {
            pairs.push(field("base", "per_head".to_owned()));
            pairs.push(field("base_amount", amount.to_decimal(MoneyUnit::Tenge, 0)));
        }
        TaxBase::Tax { code, rate } => {
            pairs.push(field("base", "tax".to_owned()));
            pairs.extend([field("base_tax", code.clone()), field("base_rate", plain_percent(*rate))]);
        }
    }
    pairs.extend([field("rate", plain_percent(tax.rate)), field("exempt", plain_percent(tax.exempt))]);
    for (name, range) in [("collection", &tax.collection), ("elasticity", &tax.elasticity)] {
        for (end, bp) in [("low", range.low), ("central", range.central), ("high", range.high)] {
            pairs.push((format!("{name}-{end}"), plain_percent(bp)));
        }
    }
    pairs
}

fn write_equalisation(lever: &Equalisation) -> Pairs {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut pairs = vec![field("level", &lever.level.to_string())];
    match lever.method {
        Method::Linear { fill } => {
            pairs.extend([field("method", "linear"), field("fill", &plain_percent(fill))]);
        }
        Method::Grant { fill } => {
            pairs.extend([field("method", "grant"), field("fill", &plain_percent(fill))]);
        }
        Method::Guarantee { level, grant, fee } => {
            pairs.extend([field("method", "guarantee"), field("guarantee", &plain_percent(level))]);
            pairs.extend([field("grant", &plain_percent(grant)), field("fee", &plain_percent(fee))]);
        }
    }
    let need = match lever.need {
        Need::Population => "population",
        Need::Expenditure => "expenditure",
    };
    let funding = match lever.funding {
        Funding::Between => "between",
        Funding::Transfers => "transfers",
        Funding::Outside => "outside",
    };
    pairs.extend([field("need", need), field("funding", funding)]);
    pairs
}

/// A lever to begin with, on this base. The numbers are those of the sources in `docs/method/scenario.md`.
pub fn first(kind: &str, base: &Base) -> Option<Lever> {
    let levels: Vec<u8> = base.levels().into_iter().collect();
    let lowest = *levels.last()?;
    let middle = if levels.contains(&3) { 3 } else { lowest };
    let above = levels.iter().copied().rfind(|level| *level < lowest).unwrap_or(lowest);
    Some(match kind {
        "merger" => {
            let siblings = |unit: &akimat_scenario::Unit| {
                let like = base.units.iter().filter(|other| {
                    (other.level, other.parent) == (unit.level, unit.parent) && other.code != unit.code
                });
                like.min_by_key(|other| (other.population.unwrap_or(u32::MAX), other.code))
                    .map(|other| other.code)
            };
            let of_lowest = base.units.iter().filter(|unit| unit.level == lowest);
            let smallest = of_lowest.min_by_key(|unit| (unit.population.unwrap_or(u32::MAX), unit.code))?;
            let saving = Range { low: 0, central: 1_000, high: 2_000 };
            Lever::Merger(Merger {
                into: smallest.code,
                units: siblings(smallest).into_iter().collect(),
                saving,
            })
        }
        "retention" => {
            let has = |tax: &&str| {
                base.units.iter().any(|unit| unit.level == above && unit.taxes.contains_key(*tax))
            };
            let taxes = base.taxes();
            let tax = taxes.iter().copied().find(has).unwrap_or_default().to_owned();
            Lever::Retention(Retention {
                tax,
                from: above,
                to: lowest,
                share: 2_000,
                response: Range::default(),
            })
        }
        "municipal_tax" => Lever::MunicipalTax(MunicipalTax {
            level: lowest,
            base: TaxBase::PerHead { amount: Money::from_tiyn(10_000_000) },
            rate: 100,
            exempt: 2_000,
            collection: Range { low: 6_000, central: 8_000, high: 9_500 },
            elasticity: Range { low: 0, central: 5_000, high: 10_000 },
        }),
        "phase_down" => Lever::PhaseDown(PhaseDown {
            level: middle,
            per_year: 1_000,
            own_min: 6_000,
            n_years: 3,
            debt_service_max: None,
        }),
        "equalisation" => Lever::Equalisation(Equalisation {
            level: middle,
            method: Method::Linear { fill: 6_300 },
            need: Need::Population,
            funding: Funding::Between,
        }),
        "participatory" => {
            Lever::Participatory(Participatory { level: middle, share: 500, statutory: 5_000 })
        }
        "bond" => Lever::Bond(Bond {
            level: middle,
            share: 1_000,
            rate: Range { low: 1_000, central: 1_400, high: 1_800 },
            years: 7,
            form: BondForm::Annuity,
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_i18n::catalogue;

    #[test]
    fn per_cent_are_read_and_written() {
        for (text, bp) in
            [("12,5", Some(1_250)), ("100 %", Some(10_000)), ("0.07", Some(7)), ("-3", Some(-300))]
        {
            assert_eq!(percent(text), bp, "{text}");
        }
        for text in ["", "x", "0.001", "1e9", "NaN", "inf"] {
            assert_eq!(percent(text), None, "{text}");
        }
        assert_eq!(
            (plain_percent(1_250), plain_percent(10_000), plain_percent(-7)),
            ("12.5".into(), "100".into(), "-0.07".into())
        );
    }

    #[test]
    fn an_address_is_the_scenario() {
        let kato = |number| KatoCode::from_number(number).unwrap();
        let range = Range { low: -100, central: 1, high: 2_000 };
        let levers = vec![
            Lever::Merger(Merger { into: kato(990_130_000), units: vec![kato(990_140_000)], saving: range }),
            Lever::Retention(Retention { tax: "1/04".into(), from: 3, to: 4, share: 50, response: range }),
            Lever::MunicipalTax(MunicipalTax {
                level: 4,
                base: TaxBase::Tax { code: "1/04".into(), rate: 10 },
                rate: 20,
                exempt: 0,
                collection: range,
                elasticity: range,
            }),
            Lever::PhaseDown(PhaseDown {
                level: 3,
                per_year: 1,
                own_min: 2,
                n_years: 3,
                debt_service_max: Some(4),
            }),
            Lever::Equalisation(Equalisation {
                level: 4,
                method: Method::Guarantee { level: 11_500, grant: 9_500, fee: 8_500 },
                need: Need::Expenditure,
                funding: Funding::Outside,
            }),
            Lever::Participatory(Participatory { level: 2, share: 3, statutory: 4 }),
            Lever::Bond(Bond { level: 3, share: 5, rate: range, years: 7, form: BondForm::EqualPrincipal }),
        ];
        let under = Some(kato(990_000_000));
        let scenario =
            Scenario { years: 4, units: vec![kato(990_130_000)], levers, ..Scenario::new(2024, under) };
        let pairs = state(&encode(&write(&scenario)));
        let locale = catalogue().locale(akimat_core::Lang::En);
        let asked = read(&pairs, locale, (2024, under));
        assert!(asked.form.is_clean());
        assert_eq!(asked.scenario, scenario);
        assert_eq!(n_levers(&pairs), 7);
        let fewer = read(&remove(pairs, 0), locale, (2024, under)).scenario;
        assert_eq!(fewer.levers, scenario.levers[1..]);
    }
}
