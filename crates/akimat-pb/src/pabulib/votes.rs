//! The table VOTES, line by line.

use super::fault::Reason;
use super::intern::{Interner, Voters};
use super::reader::{Keep, Limits, Voted};
use super::record::{fields, is_none};
use crate::election::{Ballots, Rest, VoteType};

/// Fields of a line that are cut without asking for memory.
const FIELDS_MAX: usize = 16;
/// Where an identifier is no decimal.
const NO_NUMBER: usize = usize::MAX / 16;

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
    voters: Voters,
    ballots: Ballots,
    /// Columns that are kept besides the ballot.
    others: Vec<usize>,
    rest: Option<Rest>,
    /// Project plus one by a short decimal identifier; zero where there is none.
    by_number: Vec<u32>,
}

impl Votes {
    pub(super) fn new(
        (columns, place): (Vec<String>, Place),
        vote_type: VoteType,
        keep: Keep,
        ids: &Interner,
    ) -> Self {
        let own = |at: &usize| {
            columns.get(*at).is_some_and(|name| !matches!(name.as_str(), "voter_id" | "vote" | "points"))
        };
        let others = match keep {
            Keep::Everything => (0..columns.len()).filter(own).collect(),
            Keep::Ballots => Vec::new(),
        };
        let rest = (keep == Keep::Everything).then(Rest::default);
        let (voters, ballots, by_number) = (Voters::default(), Ballots::default(), by_number(ids));
        Self { columns, place, vote_type, voters, ballots, others, rest, by_number }
    }

    /// A line that is known to be UTF-8 without quotation marks. Whatever is not as in nearly every line is left to
    /// [`Votes::take`], which says what is wrong.
    pub(super) fn take_plain(&mut self, line: &[u8], ids: &Interner, limits: &Limits) -> Option<()> {
        if self.columns.len() > FIELDS_MAX
            || self.place.points.is_some()
            || self.ballots.len() >= limits.voters
        {
            return None;
        }
        let mut fields = [&line[..0]; FIELDS_MAX];
        let (mut begin, mut n) = (0, 0);
        for (at, byte) in line.iter().enumerate() {
            if *byte == b';' {
                *fields.get_mut(n)? = line.get(begin..at)?;
                (begin, n) = (at + 1, n + 1);
            }
        }
        *fields.get_mut(n)? = line.get(begin..)?;
        if n >= self.columns.len() {
            return None;
        }
        let begin = self.ballots.marks.len();
        let voter = *fields.get(self.place.voter)?;
        let taken = self.marks(fields.get(self.place.vote)?, ids).is_some()
            && self.ballots.marks.len() <= limits.marks
            && (self.vote_type != VoteType::ChooseOne || self.ballots.marks.len() - begin <= 1)
            && !voter.is_empty()
            && voter.iter().all(u8::is_ascii_graphic)
            && self.voters.insert(voter);
        if !taken {
            // A name that was there already is found again by the long way.
            self.ballots.marks.truncate(begin);
            return None;
        }
        self.ballots.ends.push(u32::try_from(self.ballots.marks.len()).unwrap_or(u32::MAX));
        if let Some(rest) = self.rest.as_mut() {
            for at in &self.others {
                let field = fields.get(*at).copied().unwrap_or_default();
                rest.cells.push(rest.values.insert(trimmed(field)).0);
            }
        }
        Some(())
    }

    /// Marks of a field in which only identifiers and commas stand.
    fn marks(&mut self, field: &[u8], ids: &Interner) -> Option<()> {
        let (mut begin, mut number) = (0, 0_usize);
        for at in 0..=field.len() {
            let byte = field.get(at).copied().unwrap_or(b',');
            if byte != b',' {
                // Too long or not a decimal: beyond every table.
                let digit = if byte.is_ascii_digit() { usize::from(byte - b'0') } else { NO_NUMBER };
                number = number.saturating_mul(10).saturating_add(digit);
                continue;
            }
            let id = field.get(begin..at)?;
            begin = at + 1;
            let found = self.by_number.get(std::mem::take(&mut number)).copied().unwrap_or(0);
            if found > 0 && id.first() != Some(&b'0') {
                self.ballots.marks.push(found - 1);
            } else if !id.is_empty() {
                self.ballots.marks.push(ids.find(id)?);
            }
        }
        Some(())
    }

    pub(super) fn len(&self) -> usize {
        self.ballots.len()
    }

    pub(super) fn take(&mut self, text: &str, ids: &Interner, limits: &Limits) -> Result<(), Reason> {
        if self.ballots.len() >= limits.voters {
            return Err(Reason::TooMany { what: "voters", limit: limits.voters as u64 });
        }
        let mut line = [""; FIELDS_MAX];
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
        if !self.voters.insert(voter.as_bytes()) {
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
        (self.columns, self.voters.into_names(), self.ballots, self.rest)
    }
}

/// Projects by identifiers that are short decimals: a file of many votes asks for nothing more often. The table stays
/// small beside the projects, whatever they are called.
fn by_number(ids: &Interner) -> Vec<u32> {
    let n = (0_u32..).take_while(|at| !ids.get(*at as usize).is_empty()).count();
    let mut table = Vec::new();
    for at in 0..n {
        let id = ids.get(at);
        let number = std::str::from_utf8(id).ok().filter(|id| !id.starts_with(['0', '+']));
        let Some(number) = number.and_then(|id| id.parse::<usize>().ok()).filter(|id| *id < 64 * n + 4_096)
        else {
            continue;
        };
        if number >= table.len() {
            table.resize(number + 1, 0);
        }
        if let Some(place) = table.get_mut(number) {
            *place = u32::try_from(at + 1).unwrap_or(0);
        }
    }
    table
}

/// A field without surrounding blanks, as Unicode sees them.
fn trimmed(field: &[u8]) -> &[u8] {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    if is_plain(field.first()) && is_plain(field.last()) {
        return field;
    }
    std::str::from_utf8(field).map_or(field, |text| text.trim().as_bytes())
}
