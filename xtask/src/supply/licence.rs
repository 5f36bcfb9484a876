//! Expressions of licences (SPDX), as manifests state them: `MIT OR Apache-2.0`, and `MIT/Apache-2.0` of old.

use std::collections::BTreeSet;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    /// One licence, with its exception.
    One(String),
    /// All of them hold.
    All(Vec<Expression>),
    /// One may choose.
    Any(Vec<Expression>),
}

impl Expression {
    /// Reads an expression; `None` for what is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let spaced = text.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let mut words = spaced.split_whitespace().peekable();
        let found = any(&mut words)?;
        words.next().is_none().then_some(found)
    }

    /// Whether one of the ways to take it needs these licences alone.
    pub(super) fn allowed(&self, licences: &BTreeSet<String>) -> bool {
        match self {
            Self::One(name) => licences.contains(name),
            Self::All(parts) => parts.iter().all(|part| part.allowed(licences)),
            Self::Any(parts) => parts.iter().any(|part| part.allowed(licences)),
        }
    }
}

/// As SPDX writes it: old manifests have a slash.
pub(super) fn written(text: &str) -> String {
    text.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>) -> Option<Expression> {
    let mut parts = vec![all(words)?];
    while words.next_if_eq(&"OR").is_some() {
        parts.push(all(words)?);
    }
    Some(if parts.len() == 1 { parts.remove(0) } else { Expression::Any(parts) })
}

fn all(words: &mut Words<'_>) -> Option<Expression> {
    let mut parts = vec![one(words)?];
    while words.next_if_eq(&"AND").is_some() {
        parts.push(one(words)?);
    }
    Some(if parts.len() == 1 { parts.remove(0) } else { Expression::All(parts) })
}

fn one(words: &mut Words<'_>) -> Option<Expression> {
    let word = words.next()?;
    if word == "(" {
        let inside = any(words)?;
        return words.next_if_eq(&")").map(|_| inside);
    }
    let plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.+".contains(&byte));
    if !plain(word) || matches!(word, "OR" | "AND" | "WITH") {
        return None;
    }
    if words.next_if_eq(&"WITH").is_some() {
        let exception = words.next().filter(|word| plain(word))?;
        return Some(Expression::One(format!("{word} WITH {exception}")));
    }
    Some(Expression::One(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_and_judged() {
        let allowed: BTreeSet<String> =
            ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "ISC"].map(str::to_owned).into();
        for (text, due) in [
            ("MIT", Some(true)),
            ("GPL-3.0-only", Some(false)),
            ("MIT/GPL-3.0-only", Some(true)),
            ("GPL-3.0-only OR MIT AND ISC", Some(true)),
            ("(GPL-3.0-only OR MIT) AND OFL-1.1", Some(false)),
            ("(MIT OR Apache-2.0) AND ISC", Some(true)),
            ("Apache-2.0 WITH LLVM-exception", Some(true)),
            ("MIT WITH LLVM-exception", Some(false)),
            ("", None),
            ("OR", None),
            ("MIT OR", None),
            ("MIT ISC", None),
            ("(MIT", None),
            ("MIT)", None),
            ("see the file", None),
            ("LICENCE?", None),
        ] {
            let found = Expression::parse(text).map(|expression| expression.allowed(&allowed));
            assert_eq!(found, due, "{text:?}");
        }
        assert_eq!(written("MIT / Apache-2.0"), "MIT OR Apache-2.0");
    }
}
