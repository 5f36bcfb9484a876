//! A message with arguments, taken apart once so that filling it in is only copying.
//!
//! Dates and money appear hundreds of times on a page; going through the message formatter each time
//! would cost more than the rest of the page.

use crate::{Arg, Locale};

/// The first private-use character; argument number `i` is marked by the `i`-th after it.
const MARK: u32 = 0xE000;

/// A message whose arguments are only copied into it, not selected by.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Words(String),
    Argument(usize),
}

impl Pattern {
    /// Takes the message `key` apart; `names` are its arguments.
    pub(crate) fn of(locale: &Locale, key: &str, names: &[&str]) -> Self {
        let marks: Vec<char> = (MARK..).take(names.len()).filter_map(char::from_u32).collect();
        let args: Vec<(&str, Arg<'_>)> =
            names.iter().zip(&marks).map(|(name, mark)| (*name, Arg::from(mark.to_string()))).collect();
        Self::parse(&locale.f(key, &args), &marks)
    }

    fn parse(text: &str, marks: &[char]) -> Self {
        let mut parts = Vec::new();
        let mut words = String::new();
        for c in text.chars() {
            match marks.iter().position(|mark| *mark == c) {
                Some(argument) => {
                    if !words.is_empty() {
                        parts.push(Part::Words(std::mem::take(&mut words)));
                    }
                    parts.push(Part::Argument(argument));
                }
                None => words.push(c),
            }
        }
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        Self { parts }
    }

    /// Fills the arguments in, in the order of the names.
    pub(crate) fn fill(&self, values: &[&str]) -> String {
        let mut out = String::with_capacity(40);
        for part in &self.parts {
            match part {
                Part::Words(words) => out.push_str(words),
                Part::Argument(at) => out.push_str(values.get(*at).copied().unwrap_or_default()),
            }
        }
        out
    }
}
