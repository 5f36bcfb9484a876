//! A place in a package with the path that leads to it: what cannot be read there is told at that path.

use super::currency;
use akimat_core::{Money, MoneyUnit};
use akimat_procurement::Fault;
use jiff::civil::Date;
use serde_json::Value;

/// Most faults that are told.
pub const FAULTS_MAX: usize = 200;
/// Longest text that is quoted in a fault, in characters.
const QUOTE_CHARS_MAX: usize = 80;

static NOTHING: Value = Value::Null;

/// What is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// Larger than may be read, or too many processes or projects.
    TooLarge,
    /// Not JSON, or nested too deep: the message of the reader.
    NotJson(String),
    /// No package of releases, records or projects.
    NoPackage,
    /// Something that must be there is not.
    Missing,
    /// Another type than the standard has here: the one that is wanted.
    WrongType(&'static str),
    /// Not an amount in whole tiyn that fits.
    NotAnAmount(String),
    /// No currency of ISO 4217.
    NotACurrency(String),
    /// Money of a project is kept in tenge.
    NotTenge(String),
    /// Not a day.
    NotADay(String),
    /// Ends before it begins.
    Reversed(Date, Date),
    /// A word that the standard does not know.
    Unknown(String),
    /// The same identifier once more.
    Twice(String),
    /// A territory that is not written as nine digits, or none.
    NotAPlace(String),
    /// Read, but the process says something that cannot be.
    Process(Fault),
    /// Read, but the project says something that cannot be.
    Project(akimat_project::check::Fault),
}

impl ReadFault {
    /// The name in catalogue keys (`open-contracting-fault-…`).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::NotJson(_) => "not-json",
            Self::NoPackage => "no-package",
            Self::Missing => "missing",
            Self::WrongType(_) => "wrong-type",
            Self::NotAnAmount(_) => "not-an-amount",
            Self::NotACurrency(_) => "not-a-currency",
            Self::NotTenge(_) => "not-tenge",
            Self::NotADay(_) => "not-a-day",
            Self::Reversed(..) => "reversed",
            Self::Unknown(_) => "unknown",
            Self::Twice(_) => "twice",
            Self::NotAPlace(_) => "not-a-place",
            Self::Process(_) | Self::Project(_) => "record",
        }
    }

    /// The word in question, for the sentence; empty when there is none.
    pub fn word(&self) -> String {
        match self {
            Self::NotJson(word)
            | Self::NotAnAmount(word)
            | Self::NotACurrency(word)
            | Self::NotTenge(word)
            | Self::NotADay(word)
            | Self::Unknown(word)
            | Self::Twice(word)
            | Self::NotAPlace(word) => word.clone(),
            Self::WrongType(word) => (*word).to_owned(),
            Self::Reversed(start, end) => format!("{start} – {end}"),
            Self::TooLarge | Self::NoPackage | Self::Missing | Self::Process(_) | Self::Project(_) => {
                String::new()
            }
        }
    }
}

/// A fault with its place: `projects/0/budget/amount/currency`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Where.
    pub at: String,
    /// What.
    pub fault: ReadFault,
}

/// The faults found so far, at most [`FAULTS_MAX`].
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<Misread>);

impl Faults {
    /// One more; what is told already is not told again.
    pub(super) fn add(&mut self, at: impl Into<String>, fault: ReadFault) {
        let one = Misread { at: at.into(), fault };
        if !self.is_full() && !self.0.contains(&one) {
            self.0.push(one);
        }
    }

    /// No more are told.
    pub(super) const fn is_full(&self) -> bool {
        self.0.len() >= FAULTS_MAX
    }
}

/// A value with the path that leads to it; null where there is none.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// The value.
    pub(super) value: &'a Value,
    /// Its path.
    pub(super) path: String,
}

impl<'a> Node<'a> {
    /// A value at a path.
    pub(super) fn new(value: &'a Value, path: impl Into<String>) -> Self {
        Self { value, path: path.into() }
    }

    /// The property of that name.
    #[must_use]
    pub(super) fn get(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) };
        Self { value: self.value.get(name).unwrap_or(&NOTHING), path }
    }

    /// Nothing is here.
    pub(super) fn is_absent(&self) -> bool {
        self.value.is_null()
    }

    fn wrong(&self, wanted: &'static str, faults: &mut Faults) {
        faults.add(self.path.clone(), ReadFault::WrongType(wanted));
    }

    /// An object, or nothing.
    #[must_use]
    pub(super) fn object(self, faults: &mut Faults) -> Self {
        if !self.is_absent() && !self.value.is_object() {
            self.wrong("object", faults);
            return Self { value: &NOTHING, path: self.path };
        }
        self
    }

    /// The elements of a list.
    pub(super) fn items(&self, faults: &mut Faults) -> Vec<Self> {
        match self.value {
            Value::Null => Vec::new(),
            Value::Array(items) => {
                let node = |(at, value)| Self { value, path: format!("{}/{at}", self.path) };
                items.iter().enumerate().map(node).collect()
            }
            _ => {
                self.wrong("array", faults);
                Vec::new()
            }
        }
    }

    /// A text; empty when there is none.
    pub(super) fn text(&self, faults: &mut Faults) -> String {
        match self.value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            _ => {
                self.wrong("string", faults);
                String::new()
            }
        }
    }

    /// A text, where some publishers write a number: identifiers and measures.
    pub(super) fn name(&self, faults: &mut Faults) -> String {
        match self.value {
            Value::Number(number) => number.to_string(),
            _ => self.text(faults),
        }
    }

    /// Texts of a list.
    pub(super) fn words(&self, faults: &mut Faults) -> Vec<String> {
        self.items(faults).into_iter().map(|item| item.text(faults)).collect()
    }

    /// A number of tenge or of another currency's whole units.
    pub(super) fn amount(&self, faults: &mut Faults) -> Option<Money> {
        let number = match self.value {
            Value::Null => return None,
            Value::Number(number) => number.to_string(),
            _ => {
                self.wrong("number", faults);
                return None;
            }
        };
        // Large numbers may come in the notation with an exponent.
        let plain = if number.contains(['e', 'E']) {
            number.parse::<f64>().map_or_else(|_| number.clone(), |number| format!("{number:.2}"))
        } else {
            number.clone()
        };
        let amount = Money::parse(&plain, MoneyUnit::Tenge).ok();
        if amount.is_none() {
            faults.add(self.path.clone(), ReadFault::NotAnAmount(number));
        }
        amount
    }

    /// An amount with its currency; a currency of ISO 4217 must stand beside an amount.
    pub(super) fn money(&self, faults: &mut Faults) -> Option<(Money, String)> {
        let node = self.clone().object(faults);
        let amount = node.get("amount").amount(faults)?;
        let own = node.get("currency");
        let code = own.text(faults);
        if code.is_empty() {
            faults.add(own.path, ReadFault::Missing);
            return None;
        }
        if !currency::is_known(&code) {
            faults.add(own.path, ReadFault::NotACurrency(quote(&code)));
            return None;
        }
        Some((amount, code))
    }

    /// An amount that must be in tenge.
    pub(super) fn tenge(&self, faults: &mut Faults) -> Option<Money> {
        let (amount, code) = self.money(faults)?;
        if code != akimat_procurement::process::TENGE {
            faults.add(self.get("currency").path, ReadFault::NotTenge(code));
            return None;
        }
        Some(amount)
    }

    /// The civil day of a date-time as it is written.
    pub(super) fn day(&self, faults: &mut Faults) -> Option<Date> {
        let words = self.text(faults);
        if words.is_empty() {
            return None;
        }
        let whole = words.len() == 10 || words.parse::<jiff::Timestamp>().is_ok();
        let day = words.get(..10).filter(|_| whole).and_then(|day| day.parse().ok());
        if day.is_none() {
            faults.add(self.path.clone(), ReadFault::NotADay(quote(&words)));
        }
        day
    }

    /// First and last day.
    pub(super) fn period(&self, faults: &mut Faults) -> (Option<Date>, Option<Date>) {
        let node = self.clone().object(faults);
        let (start, end) = (node.get("startDate").day(faults), node.get("endDate").day(faults));
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            faults.add(node.path, ReadFault::Reversed(start, end));
        }
        (start, end)
    }
}

/// The beginning of what somebody wrote.
pub(super) fn quote(text: &str) -> String {
    text.chars().take(QUOTE_CHARS_MAX).collect()
}

/// Identifiers that occur twice in a list below a value.
pub(super) fn twice(value: &Value, path: &str, faults: &mut Faults) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                twice(inner, &format!("{path}/{name}"), faults);
            }
        }
        Value::Array(items) => {
            let mut seen = std::collections::BTreeSet::new();
            for (at, item) in items.iter().enumerate() {
                if let Some(id) = item.get("id").and_then(Value::as_str)
                    && !seen.insert(id)
                {
                    faults.add(format!("{path}/{at}/id"), ReadFault::Twice(quote(id)));
                }
                twice(item, &format!("{path}/{at}"), faults);
            }
        }
        _ => {}
    }
}
