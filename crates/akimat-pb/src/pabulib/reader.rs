//! Reads a `.pb` file piece by piece: never more than a line is kept of what is not yet understood.

use super::fault::{Fault, Reason};
use super::record::{fields, is_none, open_quote};
use super::votes::{Place, Votes};
use crate::amount::{self, Written};
use crate::election::{Ballots, Election, Project, VoteType};
use crate::pabulib::Interner;
use std::borrow::Cow;

/// Bytes that are looked at together.
const PIECE_BYTES: usize = 32 << 10;

/// How much a reader takes at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Projects.
    pub projects: usize,
    /// Lines of VOTES.
    pub voters: usize,
    /// Marks on all ballots.
    pub marks: usize,
    /// Bytes of a line.
    pub line_bytes: usize,
    /// Keys of META, and columns of a table.
    pub columns: usize,
}

impl Default for Limits {
    /// Ten thousand projects, ten million voters, two hundred million marks.
    fn default() -> Self {
        Self { projects: 10_000, voters: 10_000_000, marks: 200_000_000, line_bytes: 1 << 20, columns: 1_000 }
    }
}

/// What is kept of the voters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Names and ballots: what a count needs.
    Ballots,
    /// Every column, so that the file can be written again and groups can be compared.
    Everything,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Begin,
    Meta,
    Projects,
    Votes,
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Begin | Self::Meta => "META",
            Self::Projects => "PROJECTS",
            Self::Votes => "VOTES",
        }
    }
}

/// A file being read.
#[derive(Debug)]
pub struct Reader {
    limits: Limits,
    keep: Keep,
    line: u64,
    /// The begin of a line whose end has not arrived.
    open: Vec<u8>,
    table: Table,
    header_due: bool,
    meta: Vec<(String, String)>,
    budget: Option<Written>,
    vote_type: Option<VoteType>,
    project_columns: Vec<String>,
    id_column: usize,
    cost_column: usize,
    projects: Vec<(Project, Written)>,
    ids: Interner,
    votes: Option<Votes>,
}

impl Reader {
    /// A reader at the begin of a file.
    #[must_use]
    pub fn new(limits: Limits, keep: Keep) -> Self {
        Self {
            limits,
            keep,
            line: 0,
            open: Vec::new(),
            table: Table::Begin,
            header_due: false,
            meta: Vec::new(),
            budget: None,
            vote_type: None,
            project_columns: Vec::new(),
            id_column: 0,
            cost_column: 0,
            projects: Vec::new(),
            ids: Interner::default(),
            votes: None,
        }
    }

    /// The next bytes of the file, cut anywhere.
    ///
    /// # Errors
    /// [`Fault`]; the reader is of no use afterwards.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        // In pieces that stay in the processor's cache between the looks at them.
        bytes.chunks(PIECE_BYTES).try_for_each(|piece| self.piece(piece))
    }

    fn piece(&mut self, mut bytes: &[u8]) -> Result<(), Fault> {
        let mut is_plain = self.open.is_empty() && is_plain(bytes);
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, rest) =
                (bytes.get(..end).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default());
            bytes = rest;
            self.line += 1;
            if self.open.is_empty() && (is_plain || memchr::memchr(b'"', line).is_none()) {
                if !(is_plain && self.take_plain(line)) {
                    self.take(line).map_err(|reason| self.at(reason))?;
                }
                continue;
            }
            self.open.extend_from_slice(line);
            self.check_length(self.open.len())?;
            if open_quote(&self.open) {
                self.open.push(b'\n');
                continue;
            }
            let line = std::mem::take(&mut self.open);
            self.take(&line).map_err(|reason| self.at(reason))?;
            is_plain = is_plain || self::is_plain(bytes);
        }
        self.open.extend_from_slice(bytes);
        self.check_length(self.open.len())
    }

    /// A vote as nearly all are; whether it was one.
    fn take_plain(&mut self, line: &[u8]) -> bool {
        if self.table != Table::Votes || self.header_due || may_be_other(line) {
            return false;
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_short = line.len() <= self.limits.line_bytes;
        let votes = self.votes.as_mut().filter(|_| is_short);
        votes.is_some_and(|votes| votes.take_plain(line, &self.ids, &self.limits).is_some())
    }

    fn at(&self, reason: Reason) -> Fault {
        Fault { line: self.line, reason }
    }

    fn check_length(&self, length: usize) -> Result<(), Fault> {
        let limit = self.limits.line_bytes;
        if length > limit {
            let reason = Reason::TooMany { what: "bytes of a line", limit: limit as u64 };
            return Err(Fault { line: self.line.max(1), reason });
        }
        Ok(())
    }

    /// One line without its end.
    fn take(&mut self, line: &[u8]) -> Result<(), Reason> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > self.limits.line_bytes {
            return Err(Reason::TooMany { what: "bytes of a line", limit: self.limits.line_bytes as u64 });
        }
        let text = std::str::from_utf8(line).map_err(|_| Reason::Encoding)?;
        let text = if self.line <= 1 { text.trim_start_matches('\u{feff}') } else { text };
        if memchr::memchr(0, line).is_some() {
            return Err(Reason::Encoding);
        }
        if self.table == Table::Votes && !self.header_due && !may_be_other(line) {
            return self.vote(text);
        }
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b';')) {
            return Ok(());
        }
        if let Some(name) = table_name(text) {
            return self.turn(&name);
        }
        match self.table {
            Table::Begin => {
                let found = text.chars().take(40).collect();
                Err(Reason::Section { expected: Table::Meta.name().to_owned(), found })
            }
            _ if self.header_due => self.header(text),
            Table::Meta => self.meta_line(text),
            Table::Projects => self.project(text),
            Table::Votes => self.vote(text),
        }
    }

    fn vote(&mut self, text: &str) -> Result<(), Reason> {
        match self.votes.as_mut() {
            Some(votes) => votes.take(text, &self.ids, &self.limits),
            None => Ok(()),
        }
    }

    /// The name of a table stands alone on its line.
    fn turn(&mut self, name: &str) -> Result<(), Reason> {
        let next = match self.table {
            Table::Begin => Table::Meta,
            Table::Meta => Table::Projects,
            Table::Projects | Table::Votes => Table::Votes,
        };
        if self.header_due || name != next.name() || self.table == Table::Votes {
            let expected = if self.header_due { "header" } else { next.name() };
            return Err(Reason::Section { expected: expected.to_owned(), found: name.to_owned() });
        }
        if self.table == Table::Meta {
            self.close_meta()?;
        }
        self.table = next;
        self.header_due = true;
        Ok(())
    }

    fn header(&mut self, text: &str) -> Result<(), Reason> {
        self.header_due = false;
        let columns: Vec<String> = fields(text)?.iter().map(ToString::to_string).collect();
        if columns.len() > self.limits.columns {
            return Err(Reason::TooMany { what: "columns", limit: self.limits.columns as u64 });
        }
        let mut sorted: Vec<&String> = columns.iter().filter(|name| !name.is_empty()).collect();
        sorted.sort_unstable();
        if let Some([twice, _]) = sorted.windows(2).find(|pair| pair.first() == pair.last()) {
            return Err(Reason::Twice { what: "column", id: (*twice).clone() });
        }
        let place = |name: &str| {
            let missing = || Reason::Column { name: name.to_owned() };
            columns.iter().position(|column| column == name).ok_or_else(missing)
        };
        match self.table {
            Table::Meta => {
                if place("key")? != 0 || place("value")? != 1 {
                    return Err(Reason::Column { name: "key;value".to_owned() });
                }
            }
            Table::Projects => {
                (self.id_column, self.cost_column) = (place("project_id")?, place("cost")?);
                self.project_columns = columns;
            }
            Table::Votes | Table::Begin => {
                let vote_type = self.vote_type.unwrap_or(VoteType::Approval);
                let points = if vote_type.has_points() { Some(place("points")?) } else { None };
                let place = Place { voter: place("voter_id")?, vote: place("vote")?, points };
                self.votes = Some(Votes::new((columns, place), vote_type, self.keep, &self.ids));
            }
        }
        Ok(())
    }

    fn meta_line(&mut self, text: &str) -> Result<(), Reason> {
        let line = fields(text)?;
        let key = line.first().map(ToString::to_string).unwrap_or_default();
        // A comment may hold `;` without quotation marks: what follows belongs to it.
        let value = line.get(1..).unwrap_or_default().join(";");
        let value = value.trim_end_matches(';').to_owned();
        if key.is_empty() {
            return Err(Reason::Empty { field: "key".to_owned() });
        }
        if self.meta.iter().any(|(name, _)| *name == key) {
            return Err(Reason::Twice { what: "key", id: key });
        }
        if self.meta.len() >= self.limits.columns {
            return Err(Reason::TooMany { what: "keys", limit: self.limits.columns as u64 });
        }
        match key.as_str() {
            "budget" => {
                let budget = positive("budget", &value)?;
                if budget.digits == 0 {
                    return Err(Reason::ZeroBudget);
                }
                self.budget = Some(budget);
            }
            "vote_type" => {
                let unknown = || Reason::VoteType { found: value.clone() };
                self.vote_type = Some(VoteType::parse(&value).ok_or_else(unknown)?);
            }
            "num_projects" | "num_votes" if value.parse::<u64>().is_err() => {
                return Err(Reason::Number { field: key, found: value });
            }
            _ => {}
        }
        self.meta.push((key, value));
        Ok(())
    }

    fn close_meta(&self) -> Result<(), Reason> {
        let missing = |name: &str| Reason::Key { name: name.to_owned() };
        self.budget.ok_or_else(|| missing("budget"))?;
        self.vote_type.ok_or_else(|| missing("vote_type"))?;
        Ok(())
    }

    fn project(&mut self, text: &str) -> Result<(), Reason> {
        let mut line: Vec<Cow<'_, str>> = fields(text)?;
        let n_columns = self.project_columns.len();
        while line.len() > n_columns && line.last().is_some_and(|field| field.is_empty()) {
            line.pop();
        }
        if line.len() > n_columns {
            return Err(Reason::Fields { expected: n_columns, found: line.len() });
        }
        let field = |at: usize| line.get(at).map_or("", |field| field.as_ref());
        let id = field(self.id_column).to_owned();
        if id.is_empty() || id.contains(',') || is_none(&id) {
            return Err(Reason::Empty { field: "project_id".to_owned() });
        }
        let cost = positive("cost", field(self.cost_column))?;
        if !self.ids.insert(id.as_bytes()).1 {
            return Err(Reason::Twice { what: "project", id });
        }
        if self.projects.len() >= self.limits.projects {
            return Err(Reason::TooMany { what: "projects", limit: self.limits.projects as u64 });
        }
        let mut fields: Vec<String> = line.iter().map(ToString::to_string).collect();
        fields.resize(n_columns, String::new());
        self.projects.push((Project { id, cost: 0, fields }, cost));
        Ok(())
    }

    /// The end of the file.
    ///
    /// # Errors
    /// [`Fault`] where the file is cut off, or META declares other numbers than there are.
    pub fn finish(mut self) -> Result<Election, Fault> {
        if !self.open.is_empty() {
            self.line += u64::from(!self.open.ends_with(b"\n"));
            let line = std::mem::take(&mut self.open);
            if open_quote(&line) {
                return Err(self.at(Reason::Quote));
            }
            self.take(&line).map_err(|reason| self.at(reason))?;
        }
        let expected = match self.table {
            Table::Begin => Some("META"),
            Table::Meta => Some("PROJECTS"),
            Table::Projects => Some("VOTES"),
            Table::Votes => self.header_due.then_some("header"),
        };
        if let Some(expected) = expected {
            return Err(self.at(Reason::End { expected }));
        }
        self.counts().map_err(|reason| self.at(reason))?;
        let (Some(votes), Some(budget), Some(vote_type)) = (self.votes, self.budget, self.vote_type) else {
            return Err(Fault { line: self.line, reason: Reason::End { expected: "VOTES" } });
        };
        let written = self.projects.iter().map(|(_, cost)| cost.decimals);
        let decimals = written.chain([budget.decimals]).max().unwrap_or(0);
        let priced =
            |(project, cost): (Project, Written)| Project { cost: cost.in_units(decimals), ..project };
        let (vote_columns, voters, ballots, rest) = votes.finish();
        Ok(Election {
            meta: self.meta,
            vote_type,
            budget: budget.in_units(decimals),
            decimals,
            project_columns: self.project_columns,
            projects: self.projects.into_iter().map(priced).collect(),
            vote_columns,
            ballots,
            voters,
            rest,
        })
    }

    /// What META declares against what there is.
    fn counts(&self) -> Result<(), Reason> {
        let votes = self.votes.as_ref().map_or(0, Votes::len);
        for (key, found) in [("num_projects", self.projects.len()), ("num_votes", votes)] {
            let declared = self.meta.iter().find(|(name, _)| name == key).map(|(_, value)| value);
            let found = found as u64;
            if let Some(declared) = declared.filter(|declared| declared.parse() != Ok(found)) {
                return Err(Reason::Count { field: key.to_owned(), declared: declared.clone(), found });
            }
        }
        Ok(())
    }
}

/// Whether the whole lines of a piece are text without quotation marks. Where a quoted field may be open, or a letter is
/// cut by the begin of the piece, they are looked at one by one.
fn is_plain(bytes: &[u8]) -> bool {
    let end = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    let lines = bytes.get(..end).unwrap_or_default();
    memchr::memchr2(b'"', 0, lines).is_none() && std::str::from_utf8(lines).is_ok()
}

/// A line that begins so may be empty or the name of a table.
fn may_be_other(line: &[u8]) -> bool {
    line.first().is_none_or(|byte| !byte.is_ascii() || b" \t;mMpPvV".contains(byte))
}

/// The name of a table, alone on its line.
fn table_name(text: &str) -> Option<String> {
    let name = text.trim_end_matches([';', ' ', '\t']).trim();
    let is_name = name.len() <= 8 && !name.contains(';');
    let name = is_name.then(|| name.to_ascii_uppercase())?;
    matches!(name.as_str(), "META" | "PROJECTS" | "VOTES").then_some(name)
}

/// An amount of zero or more.
fn positive(field: &str, found: &str) -> Result<Written, Reason> {
    if found.is_empty() || is_none(found) {
        return Err(Reason::Empty { field: field.to_owned() });
    }
    let (field, found) = (field.to_owned(), found.to_owned());
    match amount::read(&found) {
        None => Err(Reason::Amount { field, found }),
        Some(written) if written.digits < 0 => Err(Reason::Negative { field, found }),
        Some(written) => Ok(written),
    }
}

/// Ballots, voters' names and what else was kept.
pub(super) type Voted = (Vec<String>, Interner, Ballots, Option<crate::election::Rest>);
