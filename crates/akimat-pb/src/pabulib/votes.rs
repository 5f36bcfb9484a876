//! The table VOTES, line by line.

use super::fault::Reason;
use super::intern::Interner;
use super::reader::{Keep, Limits, Voted};
use super::record::{fields, is_none};
use crate::election::{Ballots, Rest, VoteType};

/// Where the columns of the ballot stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) voter: usize,
    pub(super) vote: usize,
    pub(super) points: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Votes {
    columns: Vec<String>,
    place: Place,
    vote_type: VoteType,
    voters: Interner,
    ballots: Ballots,
    /// Columns that are kept besides the ballot.
    others: Vec<usize>,
    rest: Option<Rest>,
}

impl Votes {
    pub(super) fn new(columns: Vec<String>, place: Place, vote_type: VoteType, keep: Keep) -> Self {
        let own = |at: &usize| {
            columns.get(*at).is_some_and(|name| !matches!(name.as_str(), "voter_id" | "vote" | "points"))
        };
        let others = match keep {
            Keep::Everything => (0..columns.len()).filter(own).collect(),
            Keep::Ballots => Vec::new(),
        };
        let rest = (keep == Keep::Everything).then(Rest::default);
        let (voters, ballots) = (Interner::default(), Ballots::default());
        Self { columns, place, vote_type, voters, ballots, others, rest }
    }

    pub(super) fn len(&self) -> usize {
        self.ballots.len()
    }

    pub(super) fn take(&mut self, text: &str, ids: &Interner, limits: &Limits) -> Result<(), Reason> {
        if self.ballots.len() >= limits.voters {
            return Err(Reason::TooMany { what: "voters", limit: limits.voters as u64 });
        }
        let mut line = [""; 16];
        if self.columns.len() <= line.len() && memchr::memchr(b'"', text.as_bytes()).is_none() {
            let (mut begin, mut found) = (0, 0);
            let ends = memchr::memchr_iter(b';', text.as_bytes()).chain([text.len()]);
            for end in ends {
                let field = text.get(begin..end).unwrap_or_default();
                begin = end + 1;
                found += 1;
                match line.get_mut(found - 1) {
                    Some(place) => *place = field.trim(),
                    None if !field.trim().is_empty() => return Err(self.too_wide(text)),
                    None => {}
                }
            }
            if line.iter().skip(self.columns.len()).any(|field| !field.is_empty()) {
                return Err(self.too_wide(text));
            }
            return self.ballot(&line, ids, limits);
        }
        let line = fields(text)?;
        if line.iter().skip(self.columns.len()).any(|field| !field.is_empty()) {
            return Err(Reason::Fields { expected: self.columns.len(), found: line.len() });
        }
        let line: Vec<&str> = line.iter().map(AsRef::as_ref).collect();
        self.ballot(&line, ids, limits)
    }

    fn too_wide(&self, text: &str) -> Reason {
        Reason::Fields { expected: self.columns.len(), found: text.split(';').count() }
    }

    fn ballot(&mut self, line: &[&str], ids: &Interner, limits: &Limits) -> Result<(), Reason> {
        let field = |at: usize| line.get(at).copied().unwrap_or("");
        let voter = field(self.place.voter);
        if voter.is_empty() {
            return Err(Reason::Empty { field: "voter_id".to_owned() });
        }
        let begin = self.ballots.marks.len();
        let vote = field(self.place.vote);
        if !vote.is_empty() && !is_none(vote) {
            for id in vote.as_bytes().split(|&byte| byte == b',').map(<[u8]>::trim_ascii) {
                if id.is_empty() {
                    continue;
                }
                let unknown = || Reason::UnknownProject { id: String::from_utf8_lossy(id).into_owned() };
                self.ballots.marks.push(ids.find(id).ok_or_else(unknown)?);
            }
        }
        let n_marks = self.ballots.marks.len() - begin;
        if self.vote_type == VoteType::ChooseOne && n_marks > 1 {
            return Err(Reason::ChooseOne { found: n_marks });
        }
        if let Some(column) = self.place.points {
            self.points(field(column), n_marks)?;
        }
        if self.ballots.marks.len() > limits.marks {
            return Err(Reason::TooMany { what: "marks", limit: limits.marks as u64 });
        }
        if !self.voters.insert(voter.as_bytes()).1 {
            return Err(Reason::Twice { what: "voter", id: voter.to_owned() });
        }
        self.ballots.ends.push(u32::try_from(self.ballots.marks.len()).unwrap_or(u32::MAX));
        if let Some(rest) = self.rest.as_mut() {
            let values = self.others.iter().map(|&at| rest.values.insert(field(at).as_bytes()).0);
            rest.cells.extend(values);
        }
        Ok(())
    }

    /// As many points as marks; decimals only where they are zeros.
    fn points(&mut self, text: &str, n_marks: usize) -> Result<(), Reason> {
        let begin = self.ballots.points.len();
        if !text.is_empty() && !is_none(text) {
            for found in text.split(',').map(str::trim).filter(|found| !found.is_empty()) {
                let whole = found.split_once('.').filter(|(_, part)| part.bytes().all(|byte| byte == b'0'));
                let number = whole.map_or(found, |(whole, _)| whole).parse::<i32>().ok();
                let wrong = || Reason::Number { field: "points".to_owned(), found: found.to_owned() };
                let number = number.filter(|number| number.unsigned_abs() <= 1_000_000).ok_or_else(wrong)?;
                self.ballots.points.push(number);
            }
        }
        let points = self.ballots.points.len() - begin;
        if points != n_marks {
            return Err(Reason::Points { projects: n_marks, points });
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Voted {
        (self.columns, self.voters, self.ballots, self.rest)
    }
}
