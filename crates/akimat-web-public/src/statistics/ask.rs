//! What the form asks: a request, and what is declared about columns.

use akimat_i18n::Locale;
use akimat_statistics::request::parse_order;
use akimat_statistics::{Coefficient, Errors, Method, Refusal, Report, Request, Table, Target, Test, run};
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;
use std::collections::BTreeMap;

/// Fields of the form that are kept from page to page; `columns` may come several times.
const FIELDS: [&str; 19] = [
    "method",
    "columns",
    "outcome",
    "group",
    "time",
    "count",
    "filled",
    "level",
    "coefficient",
    "errors",
    "test",
    "against",
    "size",
    "targets",
    "seed",
    "where",
    "where-value",
    "names",
    "orders",
];
/// Most that a field may hold; the table itself is limited elsewhere.
const FIELD_BYTES_MAX: usize = 4_000;

/// A question, as far as it can be read.
pub(super) struct Ask {
    /// What was written, with what is wrong.
    pub(super) form: kit::Form,
    /// The method, when one is chosen.
    pub(super) method: Option<Method>,
    /// The reader wants a result now.
    pub(super) computes: bool,
    /// The reader wants it as this file; empty for the page.
    pub(super) file: String,
    request: Request,
    only: Option<(String, String)>,
    names: Vec<String>,
    orders: Vec<(String, Vec<String>)>,
}

impl Ask {
    /// Reads a form.
    pub(super) fn read(locale: &Locale, sent: &Form) -> Self {
        let mut form = kit::Form::new();
        for name in FIELDS {
            for value in sent.all(name).take(100).filter(|value| value.len() <= FIELD_BYTES_MAX) {
                form = form.with(name, value);
            }
        }
        let method = Method::parse(sent.get("method"));
        let column = |name: &str| Some(sent.get(name).to_owned()).filter(|name| !name.is_empty());
        let mut request = Request {
            columns: sent.all("columns").filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            outcome: column("outcome"),
            group: column("group"),
            time: column("time"),
            count: column("count"),
            filled: column("filled"),
            coefficient: Coefficient::parse(sent.get("coefficient")).unwrap_or_default(),
            errors: Errors::parse(sent.get("errors")).unwrap_or_default(),
            test: Test::parse(sent.get("test")).unwrap_or_default(),
            ..Request::new(method.unwrap_or(Method::Describe), &[])
        };
        let mut numbers = Numbers { locale, sent, form: &mut form };
        request.level = numbers.read("level").map_or(0.95, |level: f64| level / 100.0);
        request.against = numbers.read("against").unwrap_or(0.0);
        request.size = numbers.read("size");
        request.seed = numbers.read("seed").unwrap_or(1);
        request.targets =
            lines(locale, sent, &mut form, ("targets", "statistics-targets-wrong"), Target::parse);
        let orders = lines(locale, sent, &mut form, ("orders", "statistics-order-wrong"), parse_order);
        let only = column("where").map(|column| (column, sent.get("where-value").to_owned()));
        let names = sent.all("names").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let file = sent.get("as").to_owned();
        let computes = !sent.get("go").is_empty() || !file.is_empty();
        Self { form, method, computes, file, request, only, names, orders }
    }

    /// Adds what is known about the columns of a bundled table.
    pub(super) fn declare(&mut self, names: &[String], orders: &BTreeMap<String, Vec<String>>) {
        self.names.extend_from_slice(names);
        self.orders.extend(orders.iter().map(|(column, levels)| (column.clone(), levels.clone())));
    }

    /// The rows that are asked for, with the declarations.
    pub(super) fn prepare(&self, mut table: Table) -> Result<Table, Refusal> {
        if let Some((column, value)) = &self.only {
            table = table.only(column, value)?;
        }
        for column in &self.names {
            table = table.with_names(column)?;
        }
        for (column, levels) in &self.orders {
            table = table.with_order(column, levels)?;
        }
        Ok(table)
    }

    /// Computes; nothing when no method is chosen or something in the form is wrong.
    pub(super) fn run(&self, table: Table) -> Option<Result<Report, Refusal>> {
        self.method.filter(|_| self.form.is_clean())?;
        Some(self.prepare(table).and_then(|table| run(&table, &self.request)))
    }

    /// Whether the method has this field.
    pub(super) fn shows(&self, field: &str) -> bool {
        self.method.is_some_and(|method| fields(method).contains(&field))
    }
}

/// Fields that a method has, besides its columns.
const fn fields(method: Method) -> &'static [&'static str] {
    match method {
        Method::Describe | Method::Alpha | Method::Kappa => &["level"],
        Method::Frequency => &["count", "level"],
        Method::Crosstab => &["count", "seed"],
        Method::Correlate => &["coefficient", "level"],
        Method::Matrix => &["size", "level"],
        Method::Regress => &["outcome", "errors", "level"],
        Method::Logistic => &["outcome", "level"],
        Method::Panel => &["outcome", "group", "time", "level"],
        Method::Compare => &["test", "group", "against", "level"],
        Method::Weights => &["targets"],
        Method::Quota => &["count", "filled", "size"],
        Method::DesignEffect => &["group", "count"],
    }
}

struct Numbers<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    form: &'a mut kit::Form,
}

impl Numbers<'_> {
    /// A number; an empty field is none, a wrong one is told.
    fn read<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let text: String = self.sent.get(name).chars().filter(|c| !c.is_whitespace()).collect();
        if text.is_empty() {
            return None;
        }
        let value = text.replace(',', ".").replace('−', "-").parse().ok();
        if value.is_none() {
            self.form.fail(name, self.locale.t("statistics-number-wrong"));
        }
        value
    }
}

/// A field of several lines; each must be readable.
fn lines<T>(
    locale: &Locale,
    sent: &Form,
    form: &mut kit::Form,
    (name, key): (&str, &str),
    read: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for (line, number) in sent.get(name).lines().take(500).zip(1_u32..) {
        match read(line) {
            Some(value) => values.push(value),
            None if line.trim().is_empty() => {}
            None => form.fail(name, locale.f(key, &[("line", number.into())])),
        }
    }
    values
}
