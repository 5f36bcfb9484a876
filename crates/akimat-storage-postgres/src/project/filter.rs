//! From a filter to conditions.

use super::words::Words;
use akimat_core::KatoCode;
use akimat_project::Status;
use akimat_storage::ProjectFilter;
use akimat_storage::row::Arg;
use akimat_storage::row::project::{YEAR_BIT_OTHER, year_bit};

/// Conditions with the values of their marks.
pub(super) struct Query {
    pub(super) conditions: String,
    pub(super) args: Vec<Arg<'static>>,
}

impl Query {
    /// No conditions yet.
    pub(super) fn bare(args: Vec<Arg<'static>>) -> Self {
        Self { conditions: "true".to_owned(), args }
    }

    /// `args` are the values of the first marks of the statement; `words` stand for the keys of the filter.
    pub(super) fn new(filter: &ProjectFilter, words: &Words, args: Vec<Arg<'static>>) -> Self {
        let mut query = Self::bare(args);
        if let Some((first, last)) = filter.place.map(KatoCode::subtree) {
            let (first, last) = (query.mark(first.into()), query.mark(last.into()));
            query.and(&format!("projects.place between {first} and {last}"));
        }
        if !filter.status.is_empty() {
            // Each once: an address may repeat them, and every length is another statement.
            let wanted = Status::ALL.into_iter().filter(|status| filter.status.contains(status));
            let marks: Vec<String> = wanted.map(|status| query.mark(status.code().into())).collect();
            query.and(&format!("projects.status in ({})", marks.join(", ")));
        }
        let same = [
            ("sector", filter.sector.map(akimat_project::Sector::code)),
            ("kind", filter.kind.map(akimat_project::Kind::code)),
            ("modality", filter.modality.map(akimat_project::Modality::code)),
        ];
        for (column, code) in same {
            if let Some(code) = code {
                let mark = query.mark(code.into());
                query.and(&format!("projects.{column} = {mark}"));
            }
        }
        if let Some(year) = filter.year {
            query.year(year);
        }
        words.restrict(&mut query);
        query
    }

    /// The set of years is in every index of the list; only for unusual years the money itself is asked.
    fn year(&mut self, year: i16) {
        let bit = year_bit(year);
        let mark = self.mark(bit.into());
        self.and(&format!("(projects.years & {mark}::bigint) <> 0"));
        if bit == YEAR_BIT_OTHER {
            let mark = self.mark(year.into());
            self.and(&format!(
                "exists (select 1 from project_money m where m.project_id = projects.id and m.year = {mark})"
            ));
        }
    }

    /// The mark of one more value.
    pub(super) fn mark(&mut self, value: Arg<'static>) -> String {
        self.args.push(value);
        format!("${}", self.args.len())
    }

    /// One more condition.
    pub(super) fn and(&mut self, condition: &str) {
        self.conditions.push_str(" and ");
        self.conditions.push_str(condition);
    }
}
