//! A list of persons as a register hands it over: one line an account, read whole or not at all.

use crate::iin::{Iin, IinError};
use akimat_core::KatoCode;

/// Longest list in lines.
pub const LINES_MAX: usize = 5_000;
/// The columns, in any order, separated by commas, semicolons or tabs.
pub const COLUMNS: [&str; 3] = ["login", "iin", "place"];

/// A person of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Line of the file, from 1; the head is the first.
    pub line: usize,
    /// Name that the person signs in with.
    pub login: String,
    /// The number; without one the person becomes a checked resident.
    pub iin: Option<Iin>,
    /// Where the person lives.
    pub place: KatoCode,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// The head names other columns than [`COLUMNS`].
    Head,
    /// More lines than [`LINES_MAX`].
    TooLong,
    /// Nothing but a head.
    Empty,
    /// The line has too few or too many cells.
    Cells,
    /// No login.
    Login,
    /// The same login or number stands above.
    Twice,
    /// The number is none.
    Iin(IinError),
    /// The place is no KATO code.
    Place,
}

impl ListFault {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::TooLong => "too-long",
            Self::Empty => "empty",
            Self::Cells => "cells",
            Self::Login => "login",
            Self::Twice => "twice",
            Self::Iin(error) => error.code(),
            Self::Place => "place",
        }
    }

    /// The column that it is about.
    pub const fn column(self) -> &'static str {
        match self {
            Self::Login | Self::Twice => "login",
            Self::Iin(_) => "iin",
            Self::Place => "place",
            Self::Head | Self::TooLong | Self::Empty | Self::Cells => "",
        }
    }
}

/// Reads a list. Cells hold neither separators nor quotes, so that no quoting is needed.
///
/// # Errors
/// Every fault with its line, from 1.
pub fn read(text: &str) -> Result<Vec<Listed>, Vec<(usize, ListFault)>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((_, head)) = lines.next() else { return Err(vec![(1, ListFault::Empty)]) };
    let separator = [';', '\t', ','].into_iter().find(|mark| head.contains(*mark)).unwrap_or(',');
    let names: Vec<String> = head.split(separator).map(|name| cell(name).to_lowercase()).collect();
    let at = COLUMNS.map(|column| names.iter().position(|name| name == column));
    let ([Some(login), Some(iin), Some(place)], 3) = (at, names.len()) else {
        return Err(vec![(1, ListFault::Head)]);
    };
    let (mut persons, mut faults): (Vec<Listed>, Vec<(usize, ListFault)>) = (Vec::new(), Vec::new());
    for (row, line) in lines {
        if persons.len() + faults.len() >= LINES_MAX {
            return Err(vec![(row + 1, ListFault::TooLong)]);
        }
        let cells: Vec<&str> = line.split(separator).map(cell).collect();
        let read = match cells.len() {
            3 => person(row + 1, cells[login], (cells[iin], cells[place])),
            _ => Err(ListFault::Cells),
        };
        match read {
            Ok(found) if persons.iter().any(|one| is_same(one, &found)) => {
                faults.push((row + 1, ListFault::Twice));
            }
            Ok(found) => persons.push(found),
            Err(fault) => faults.push((row + 1, fault)),
        }
    }
    match (faults.is_empty(), persons.is_empty()) {
        (false, _) => Err(faults),
        (true, true) => Err(vec![(1, ListFault::Empty)]),
        (true, false) => Ok(persons),
    }
}

fn cell(text: &str) -> &str {
    text.trim().trim_matches('"').trim()
}

fn is_same(one: &Listed, other: &Listed) -> bool {
    one.login == other.login || (one.iin.is_some() && one.iin == other.iin)
}

fn person(line: usize, login: &str, (iin, place): (&str, &str)) -> Result<Listed, ListFault> {
    if login.is_empty() {
        return Err(ListFault::Login);
    }
    let iin = if iin.is_empty() { None } else { Some(Iin::parse(iin).map_err(ListFault::Iin)?) };
    let place = place.parse::<u32>().ok().and_then(KatoCode::from_number).ok_or(ListFault::Place)?;
    Ok(Listed { line, login: login.to_lowercase(), iin, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_any_separator() {
        for mark in [",", ";", "\t"] {
            let text = "\u{feff}place|iin|login\r\n990130000|991231500016|Aliya\r\n990130000||serik\r\n";
            let persons = read(&text.replace('|', mark)).unwrap();
            assert_eq!(persons.len(), 2);
            assert_eq!((persons[0].login.as_str(), persons[0].line), ("aliya", 2));
            assert_eq!(persons[1].iin, None);
        }
    }

    #[test]
    fn every_faulty_line_is_named() {
        let text = "login,iin,place\n,,990130000\na,1,990130000\nb,,x\nc\nd,,990130000\nd,,990130000\n";
        let faults = read(text).unwrap_err();
        assert_eq!(
            faults,
            [
                (2, ListFault::Login),
                (3, ListFault::Iin(IinError::Form)),
                (4, ListFault::Place),
                (5, ListFault::Cells),
                (7, ListFault::Twice)
            ]
        );
        assert_eq!(read(""), Err(vec![(1, ListFault::Empty)]));
        assert_eq!(read("login,iin,place\n"), Err(vec![(1, ListFault::Empty)]));
        assert_eq!(read("name,iin,place\n"), Err(vec![(1, ListFault::Head)]));
    }

    #[test]
    fn endless_lists_are_refused() {
        let mut text = "login;iin;place\n".to_owned();
        for n in 0..=LINES_MAX {
            text.push_str(&format!("p{n}\n"));
        }
        assert_eq!(read(&text), Err(vec![(LINES_MAX + 2, ListFault::TooLong)]));
    }
}
