//! A question as a JSON document and its answer: what `akimat rank` reads and prints.
//!
//! Reads the `input` of a worked example, the whole example, a list of examples, or a matrix file
//! (`akimat-mcda/1`). Fields have the names that publications use, and their common synonyms; answers carry the
//! obvious names of the literature side by side. `docs/reference/rank.md` lists both.

mod answer;
mod pairwise;
mod read;
mod table;

use crate::Fault;
use serde_json::{Map, Value};

/// A method by the name of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodName {
    /// Additive value on fixed bounds.
    Mavt,
    /// Weighted sum.
    Wsm,
    /// Eigenvector of pairwise judgements.
    Ahp,
    /// Best-worst method.
    Bwm,
    /// Nearness to the best.
    Topsis,
    /// Net preference flows.
    Promethee2,
    /// Outranking and its kernel.
    Electre1,
    /// Acceptability under unknown weights.
    Smaa2,
    /// Social and financial plane.
    Ipf,
    /// Weights by entropy.
    Entropy,
    /// Weights by contrast and conflict.
    Critic,
}

impl MethodName {
    /// Every method.
    pub const ALL: [Self; 11] = [
        Self::Mavt,
        Self::Wsm,
        Self::Ahp,
        Self::Bwm,
        Self::Topsis,
        Self::Promethee2,
        Self::Electre1,
        Self::Smaa2,
        Self::Ipf,
        Self::Entropy,
        Self::Critic,
    ];

    /// The name on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mavt => "mavt",
            Self::Wsm => "wsm",
            Self::Ahp => "ahp",
            Self::Bwm => "bwm",
            Self::Topsis => "topsis",
            Self::Promethee2 => "promethee2",
            Self::Electre1 => "electre1",
            Self::Smaa2 => "smaa2",
            Self::Ipf => "ipf",
            Self::Entropy => "entropy",
            Self::Critic => "critic",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// What the caller sets beside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which example of a list, by its `id`.
    pub case: Option<String>,
    /// Draws of SMAA, instead of those of the document.
    pub draws: Option<u32>,
    /// Seed of SMAA, instead of that of the document.
    pub seed: Option<u64>,
}

/// Answers a document.
///
/// # Errors
/// The [`Fault`] with the row or field.
pub fn rank(document: &Value, method: MethodName, options: &Options) -> Result<Map<String, Value>, Fault> {
    let input = input(document, options)?;
    match method {
        MethodName::Ahp => pairwise::ahp(input),
        MethodName::Bwm => pairwise::bwm(input),
        MethodName::Wsm => answer::wsm(input),
        MethodName::Mavt => answer::mavt(input),
        MethodName::Topsis => answer::topsis(input),
        MethodName::Promethee2 => answer::promethee(input),
        MethodName::Electre1 => answer::electre(input),
        MethodName::Smaa2 => answer::smaa(input, options),
        MethodName::Ipf => answer::ipf(input),
        MethodName::Entropy => answer::entropy(input),
        MethodName::Critic => answer::critic(input),
    }
}

/// Reads JSON; `NaN` and `Infinity`, which JSON does not know and some programs write, become texts, so that the row
/// can be named.
///
/// # Errors
/// What is wrong with the JSON, with line and column.
pub fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| {
        let words = ["-Infinity", "Infinity", "NaN"];
        if words.iter().any(|word| text.contains(word)) {
            serde_json::from_str(&quoted(text, &words)).map_err(|_| error)
        } else {
            Err(error)
        }
    })
}

/// Puts quotation marks round words outside of texts.
fn quoted(text: &str, words: &[&str]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut inside, mut escaped) = (false, false);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !inside && let Some(word) = words.iter().find(|word| rest.starts_with(**word)) {
            out.push('"');
            out.push_str(word);
            out.push('"');
            rest = &rest[word.len()..];
            continue;
        }
        inside ^= first == '"' && !escaped;
        escaped = inside && first == '\\' && !escaped;
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}

fn input<'a>(document: &'a Value, options: &Options) -> Result<&'a Map<String, Value>, Fault> {
    let whole = document.as_object().ok_or_else(|| Fault::missing("input"))?;
    let case = match (whole.get("cases").and_then(Value::as_array), &options.case) {
        (Some(cases), Some(id)) => {
            let found = cases.iter().find(|case| case.get("id").and_then(Value::as_str) == Some(id));
            found.and_then(Value::as_object).ok_or_else(|| Fault::missing(&format!("case {id}")))?
        }
        (Some(cases), None) if cases.len() == 1 => cases[0].as_object().unwrap_or(whole),
        (Some(_), None) => return Err(Fault::missing("--case")),
        (None, _) => whole,
    };
    match case.get("input") {
        Some(Value::Object(input)) => Ok(input),
        Some(other) => Err(Fault::Unreadable { field: "input".to_owned(), found: read::shown(other) }),
        None => Ok(case),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_does_not_know_is_named() {
        let text = r#"{"matrix":[[1,NaN],[-Infinity,2]],"note":"NaN \" Infinity"}"#;
        let read = parse(text).unwrap();
        assert_eq!(read["matrix"][0][1], "NaN");
        assert_eq!(read["note"], "NaN \" Infinity");
        assert!(parse("{").is_err());
        let fault = rank(&read, MethodName::Topsis, &Options::default()).unwrap_err();
        assert_eq!(fault.to_string(), "C2 of A1 is not a number");
    }
}
