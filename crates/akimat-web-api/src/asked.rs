//! A request to the API with its parameters checked strictly against the table of endpoints: what is
//! wrong is refused and named, what is unknown is left alone.

use crate::cursor::{self, Key};
use crate::endpoint::{Endpoint, Kind, Parameter};
use crate::problem::Refusal;
use akimat_core::KatoCode;
use akimat_storage::PageRequest;
use akimat_web_kit::failure::Failure;
use axum::extract::{FromRequestParts, MatchedPath, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::str::FromStr;
use uuid::Uuid;

/// Characters of a code of the budget classification at most: `GG/S/AAA/PPP/SSS` has 16.
pub const LINE_CODE_CHARS_MAX: usize = 40;

/// Characters of a cursor at most.
pub const CURSOR_CHARS_MAX: usize = 100;

/// Values of one repeatable parameter at most.
pub const VALUES_MAX: usize = 20;

/// A request whose parameters are all as the endpoint wants them.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Headers of the request.
    pub headers: HeaderMap,
    /// Its address.
    pub uri: Uri,
    values: Vec<(&'static str, String)>,
}

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It must be given.
    Missing,
    /// It was given more often than allowed.
    Repeated,
    /// More characters than allowed.
    TooLong,
    /// Nine digits are needed, the first two not 00.
    NotAPlaceCode,
    /// Not a UUID in its form of 36 characters.
    NotAnId,
    /// Not a whole number.
    NotANumber,
    /// Beyond the bounds of the description.
    OutOfRange,
    /// Not one of the names of the description.
    UnknownValue,
    /// Not a cursor that this list, in this order, has given.
    UnknownCursor,
    /// Digits, `-` and `/` are needed.
    NotALineCode,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Missing,
        Self::Repeated,
        Self::TooLong,
        Self::NotAPlaceCode,
        Self::NotAnId,
        Self::NotANumber,
        Self::OutOfRange,
        Self::UnknownValue,
        Self::UnknownCursor,
        Self::NotALineCode,
    ];
}

/// A refused parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Its name.
    pub parameter: &'static str,
    /// What is wrong.
    pub reason: Reason,
}

impl Asked {
    /// The value of a parameter as sent.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str())
    }

    /// All values of a repeatable parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(given, _)| *given == name).map(|(_, value)| value.as_str())
    }

    /// A value that has been checked to read as `T`.
    pub fn get<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).and_then(|value| value.parse().ok())
    }

    /// The place in the path or in the query.
    pub fn place(&self, name: &str) -> Option<KatoCode> {
        self.get(name)
    }

    /// A parameter that the endpoint requires.
    ///
    /// # Errors
    /// 404 when the endpoint does not require it after all.
    pub fn required<T: FromStr>(&self, name: &str) -> Result<T, Failure> {
        self.get(name).ok_or_else(Failure::not_found)
    }

    /// How many entries are wanted.
    pub fn limit(&self) -> u16 {
        self.get("limit").unwrap_or(50)
    }

    /// Which page of a list is wanted; `order` names the list's order, to which a cursor is bound.
    ///
    /// # Errors
    /// [`Reason::UnknownCursor`].
    pub fn page(&self, order: &str, key: Key) -> Result<PageRequest, Refusal> {
        let after = match self.text("cursor") {
            None => None,
            Some(word) => Some(
                cursor::read(order, key, word).ok_or_else(|| self.refuse("cursor", Reason::UnknownCursor))?,
            ),
        };
        Ok(PageRequest { limit: self.limit(), after })
    }

    /// Refuses one parameter.
    pub fn refuse(&self, parameter: &'static str, reason: Reason) -> Refusal {
        Refusal::Parameters(self.uri.path().to_owned(), vec![Fault { parameter, reason }])
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let endpoint = Endpoint::by_path(path)
            .ok_or_else(|| Failure::internal(format!("{path} is not in the table of endpoints")))?;
        let in_path = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::new(axum::http::StatusCode::BAD_REQUEST, "bad_request"))?;
        let in_path: Vec<(&str, &str)> = in_path.iter().collect();
        let query = parts.uri.query().unwrap_or_default();
        let values = check(endpoint, &in_path, query)
            .map_err(|faults| Refusal::Parameters(parts.uri.path().to_owned(), faults))?;
        Ok(Self { headers: parts.headers.clone(), uri: parts.uri.clone(), values })
    }
}

/// The values of the endpoint's parameters, or everything that is wrong with them.
///
/// # Errors
/// Every fault, one a parameter.
pub fn check(
    endpoint: &Endpoint,
    in_path: &[(&str, &str)],
    query: &str,
) -> Result<Vec<(&'static str, String)>, Vec<Fault>> {
    let sent: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let mut values = Vec::new();
    let mut faults = Vec::new();
    for parameter in endpoint.parameters {
        let name = parameter.name;
        let given: Vec<&str> = if endpoint.in_path(parameter) {
            in_path.iter().filter(|(key, _)| *key == name).map(|(_, value)| *value).collect()
        } else {
            sent.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_ref()).collect()
        };
        match fault(parameter, &given) {
            Some(reason) => faults.push(Fault { parameter: name, reason }),
            None => values.extend(given.into_iter().map(|value| (name, value.to_owned()))),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

fn fault(parameter: &Parameter, given: &[&str]) -> Option<Reason> {
    let times_max = if parameter.repeatable { VALUES_MAX } else { 1 };
    match given.len() {
        0 => parameter.required.then_some(Reason::Missing),
        n if n > times_max => Some(Reason::Repeated),
        _ => given.iter().find_map(|value| wrong(parameter.kind, value)),
    }
}

fn wrong(kind: Kind, value: &str) -> Option<Reason> {
    let unless = |right: bool, reason| (!right).then_some(reason);
    match kind {
        Kind::Words(chars_max) => unless(value.chars().count() <= chars_max, Reason::TooLong),
        Kind::Place => unless(value.parse::<KatoCode>().is_ok(), Reason::NotAPlaceCode),
        // `Uuid` reads other spellings too; one thing has one address here.
        Kind::Id => unless(value.len() == 36 && Uuid::parse_str(value).is_ok(), Reason::NotAnId),
        Kind::Whole { min, max, .. } => {
            let digits = (1..=10).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
            match value.parse::<i64>() {
                Ok(number) if digits => unless((min..=max).contains(&number), Reason::OutOfRange),
                _ => Some(Reason::NotANumber),
            }
        }
        Kind::Cursor => {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'~' | b'-' | b'_');
            unless(
                !value.is_empty() && value.len() <= CURSOR_CHARS_MAX && value.bytes().all(plain),
                Reason::UnknownCursor,
            )
        }
        Kind::LineCode => {
            let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'/' | b'-');
            let short = (1..=LINE_CODE_CHARS_MAX).contains(&value.len());
            unless(short && value.bytes().all(plain), Reason::NotALineCode)
        }
        Kind::OneOf(names, _) => unless(names().contains(&value), Reason::UnknownValue),
    }
}
