//! How long each kind of record about persons is kept.

use akimat_core::Text;
use jiff::civil::Date;
use serde::Deserialize;

/// A kind of record with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Who looked at whose record.
    AccessRecord,
    /// The keyed hash of a person whose account was erased: until then nobody opens a second account with
    /// the same number and acts twice.
    ErasedIdentity,
    /// A verification that was begun and never confirmed.
    OpenVerification,
    /// A verification that was withdrawn or is over.
    EndedVerification,
    /// A request for correction that was decided or taken back.
    Correction,
    /// Files of a comment that a moderator hid.
    HiddenFile,
    /// Keyed hashes of where a comment came from.
    CommentTrace,
    /// The record of acts of staff and of the platform.
    Audit,
}

impl Kept {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::AccessRecord,
        Self::ErasedIdentity,
        Self::OpenVerification,
        Self::EndedVerification,
        Self::Correction,
        Self::HiddenFile,
        Self::CommentTrace,
        Self::Audit,
    ];

    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AccessRecord => "access_record",
            Self::ErasedIdentity => "erased_identity",
            Self::OpenVerification => "open_verification",
            Self::EndedVerification => "ended_verification",
            Self::Correction => "correction",
            Self::HiddenFile => "hidden_file",
            Self::CommentTrace => "comment_trace",
            Self::Audit => "audit",
        }
    }
}

/// How long one kind is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Which records.
    pub kind: Kept,
    /// Days from the end of their use; absent: for as long as the platform exists.
    pub days: Option<u16>,
    /// First day of validity.
    pub valid_from: Date,
    /// First day after; absent while valid.
    pub valid_to: Option<Date>,
    /// Law or decision that it rests on, in three languages.
    #[serde(deserialize_with = "crate::basis::read")]
    pub basis: Text,
    /// Somebody compared it with the text of the basis.
    pub verified: bool,
}

/// All terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

/// Why a file of terms is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TermsError {
    /// Not the JSON that is described in docs/reference/identity.md.
    #[error("the file is not a list of terms: {0}")]
    Json(#[from] serde_json::Error),
    /// A kind has no term at all: nobody would ever remove it, and nobody would have decided so.
    #[error("there is no term for {0}")]
    Missing(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    terms: Vec<Term>,
}

impl Terms {
    /// Reads a file of terms.
    ///
    /// # Errors
    /// [`TermsError`] when it is not one, or a kind is missing.
    pub fn parse(text: &str) -> Result<Self, TermsError> {
        let File { terms } = serde_json::from_str(text)?;
        let missing = Kept::ALL.into_iter().find(|kind| !terms.iter().any(|term| term.kind == *kind));
        match missing {
            Some(kind) => Err(TermsError::Missing(kind.code())),
            None => Ok(Self(terms)),
        }
    }

    /// The term of a kind on a day.
    pub fn of(&self, kind: Kept, today: Date) -> Option<&Term> {
        let holds = |term: &&Term| {
            term.kind == kind && term.valid_from <= today && term.valid_to.is_none_or(|end| today < end)
        };
        self.0.iter().filter(holds).max_by_key(|term| term.valid_from)
    }

    /// Records of a kind whose use ended before this day are removed today; `None` keeps all.
    pub fn removed_before(&self, kind: Kept, today: Date) -> Option<Date> {
        let days = self.of(kind, today)?.days?;
        today.checked_sub(jiff::Span::new().days(i64::from(days))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn file(days: &str) -> String {
        let line = |kind: Kept| {
            format!(
                r#"{{"kind":"{}","days":{days},"valid_from":"2026-01-01","valid_to":null,"basis":"",
                "verified":false}}"#,
                kind.code()
            )
        };
        format!(r#"{{"terms":[{}]}}"#, Kept::ALL.map(line).join(","))
    }

    #[test]
    fn what_is_older_than_the_term_goes() {
        let terms = Terms::parse(&file("30")).unwrap();
        let day = date(2026, 3, 31);
        assert_eq!(terms.removed_before(Kept::AccessRecord, day), Some(date(2026, 3, 1)));
        assert_eq!(terms.removed_before(Kept::AccessRecord, date(2025, 3, 1)), None, "no term was decided");
        assert_eq!(Terms::parse(&file("null")).unwrap().removed_before(Kept::Audit, day), None);
    }

    #[test]
    fn a_kind_without_a_term_is_an_error() {
        assert!(matches!(Terms::parse(r#"{"terms":[]}"#), Err(TermsError::Missing("access_record"))));
    }
}
