//! The form of a scenario: one group of fields for each lever.

use super::address::Pairs;
use super::base::Chosen;
use akimat_i18n::Locale;

/// A lever in the form.
#[derive(Debug)]
pub struct LeverForm {
    /// Its place in the list.
    pub at: usize,
    /// Name of its kind.
    pub title: String,
    /// What it does.
    pub help: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that says its kind.
    pub kind_name: String,
    /// Its kind.
    pub kind: &'static str,
}

/// A field, or three of a range.
#[derive(Debug)]
pub struct Field {
    /// `choice`, `number`, `range` or `units`.
    pub form: &'static str,
    /// Name in the address.
    pub name: String,
    /// Label.
    pub label: String,
    /// Remark; may be empty.
    pub hint: String,
    /// What can be chosen: value and name.
    pub options: Vec<(String, String)>,
    /// Must be given.
    pub required: bool,
}

/// The groups of fields.
pub fn levers(locale: &Locale, pairs: &Pairs, chosen: &Chosen) -> Vec<LeverForm> {
    (0..super::address::n_levers(pairs))
        .filter_map(|at| {
            let kind = super::address::kind(pairs, at)?;
            let maker = Maker { locale, chosen, at };
            Some(LeverForm {
                at,
                title: locale.name("scenario-lever", kind).into_owned(),
                help: locale.name("scenario-help", kind).into_owned(),
                fields: maker.fields(kind, pairs),
                kind_name: format!("l{at}-kind"),
                kind,
            })
        })
        .collect()
}

struct Maker<'a> {
    locale: &'a Locale,
    chosen: &'a Chosen,
    at: usize,
}

impl Maker<'_> {
    fn field(&self, form: &'static str, name: &str, label: &str) -> Field {
        Field {
            form,
            name: format!("l{}-{name}", self.at),
            label: self.locale.t(label).into_owned(),
            hint: String::new(),
            options: Vec::new(),
            required: true,
        }
    }

    fn number(&self, name: &str, label: &str) -> Field {
        self.field("number", name, label)
    }

    fn range(&self, name: &str, label: &str) -> Field {
        self.field("range", name, label)
    }

    fn choice(&self, name: &str, label: &str, options: Vec<(String, String)>) -> Field {
        Field { options, ..self.field("choice", name, label) }
    }

    fn level(&self, name: &str, label: &str) -> Field {
        self.choice(name, label, self.chosen.levels(self.locale))
    }

    fn named(&self, name: &str, label: &str, prefix: &str, codes: &[&str]) -> Field {
        let option = |code: &&str| ((*code).to_owned(), self.locale.name(prefix, code).into_owned());
        self.choice(name, label, codes.iter().map(option).collect())
    }

    fn fields(&self, kind: &str, pairs: &Pairs) -> Vec<Field> {
        match kind {
            "merger" => vec![
                self.choice("into", "scenario-into", self.chosen.units.clone()),
                Field {
                    options: self.chosen.units.clone(),
                    hint: self.locale.t("scenario-several").into_owned(),
                    ..self.field("units", "units", "scenario-merging")
                },
                self.range("saving", "scenario-saving"),
            ],
            "retention" => vec![
                self.choice("tax", "scenario-tax", self.chosen.taxes.clone()),
                self.level("from", "scenario-from"),
                self.level("to", "scenario-to"),
                self.number("share", "scenario-share"),
                self.range("response", "scenario-response"),
            ],
            "municipal_tax" => self.municipal_tax(pairs),
            "phase_down" => vec![
                self.level("level", "scenario-level"),
                self.number("per_year", "scenario-per-year"),
                self.number("own_min", "scenario-own-min"),
                self.number("n_years", "scenario-n-years"),
                Field { required: false, ..self.number("debt_service_max", "scenario-debt-max") },
            ],
            "equalisation" => self.equalisation(pairs),
            "participatory" => vec![
                self.level("level", "scenario-level"),
                self.number("share", "scenario-participatory-share"),
                self.number("statutory", "scenario-statutory"),
            ],
            _ => vec![
                self.level("level", "scenario-level"),
                self.number("share", "scenario-bond-share"),
                self.range("rate", "scenario-bond-rate"),
                self.number("years", "scenario-bond-years"),
                self.named("form", "scenario-bond-form", "scenario-bond", &["annuity", "equal_principal"]),
            ],
        }
    }

    fn holds(&self, pairs: &Pairs, name: &str, value: &str) -> bool {
        let name = format!("l{}-{name}", self.at);
        pairs.iter().any(|(key, held)| *key == name && held == value)
    }

    fn municipal_tax(&self, pairs: &Pairs) -> Vec<Field> {
        let mut fields = vec![
            self.level("level", "scenario-level"),
            self.named("base", "scenario-base", "scenario-base", &["per_head", "tax"]),
        ];
        if self.holds(pairs, "base", "tax") {
            fields.push(self.choice("base_tax", "scenario-tax", self.chosen.taxes.clone()));
            fields.push(self.number("base_rate", "scenario-base-rate"));
        } else {
            fields.push(self.number("base_amount", "scenario-base-amount"));
        }
        fields.extend([
            self.number("rate", "scenario-rate"),
            self.number("exempt", "scenario-exempt"),
            self.range("collection", "scenario-collection"),
            self.range("elasticity", "scenario-elasticity"),
        ]);
        fields
    }

    fn equalisation(&self, pairs: &Pairs) -> Vec<Field> {
        let mut fields = vec![
            self.level("level", "scenario-level"),
            self.named("method", "scenario-method", "scenario-method", &["linear", "grant", "guarantee"]),
        ];
        if self.holds(pairs, "method", "guarantee") {
            fields.push(self.number("guarantee", "scenario-guarantee"));
            fields.push(self.number("grant", "scenario-grant"));
            fields.push(self.number("fee", "scenario-fee"));
        } else {
            fields.push(self.number("fill", "scenario-fill"));
        }
        fields.extend([
            self.named("need", "scenario-need", "scenario-need", &["population", "expenditure"]),
            self.named(
                "funding",
                "scenario-funding",
                "scenario-funding",
                &["between", "transfers", "outside"],
            ),
        ]);
        fields
    }
}
