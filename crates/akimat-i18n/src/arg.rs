//! What a sentence is filled with.

use fluent_bundle::FluentValue;
use std::borrow::Cow;

/// An argument of a sentence.
///
/// Whole numbers choose the plural form and are printed with the grouping of the language. A year is
/// not a count: give it as `i16` (printed without grouping) or as text. Money, percentages and dates
/// are given as text already formatted by [`crate::Locale`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Words, printed as they are.
    Str(Cow<'a, str>),
    /// A count. Beyond 2^53 the last digits are not kept; give such a number as text.
    Int(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Str(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Str(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Str(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Str(text)
    }
}

/// A year: throughout the platform `i16` is a calendar year.
impl From<i16> for Arg<'_> {
    fn from(year: i16) -> Self {
        Self::Str(Cow::Owned(year.to_string()))
    }
}

macro_rules! counts {
    ($($int:ty),*) => { $(
        impl From<$int> for Arg<'_> {
            fn from(n: $int) -> Self {
                Self::Int(i64::from(n))
            }
        }
    )* };
}
counts!(i64, i32, u32, u16, u8);

impl From<u64> for Arg<'_> {
    fn from(n: u64) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg<'_> {
    fn from(n: usize) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl<'a> Arg<'a> {
    /// The value as Fluent takes it.
    pub(crate) fn value(&'a self) -> FluentValue<'a> {
        match self {
            Self::Str(text) => FluentValue::from(text.as_ref()),
            Self::Int(n) => FluentValue::from(*n),
        }
    }
}
