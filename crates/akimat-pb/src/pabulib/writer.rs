//! Writes an election as a `.pb` file: what was read, unknown columns included.

use super::record::quote;
use crate::election::Election;
use std::fmt::{Result, Write};

/// Writes the file, with line feeds, piece by piece into any text sink.
///
/// # Errors
/// Those of the sink.
pub fn write(election: &Election, out: &mut impl Write) -> Result {
    out.write_str("META\nkey;value\n")?;
    for (key, value) in &election.meta {
        writeln!(out, "{};{}", quote(key), quote(value))?;
    }
    out.write_str("PROJECTS\n")?;
    line(out, election.project_columns.iter().map(String::as_str))?;
    for project in &election.projects {
        line(out, project.fields.iter().map(String::as_str))?;
    }
    out.write_str("VOTES\n")?;
    let shown =
        |name: &&String| election.rest.is_some() || matches!(name.as_str(), "voter_id" | "vote" | "points");
    let columns: Vec<&String> = election.vote_columns.iter().filter(shown).collect();
    line(out, columns.iter().map(|name| name.as_str()))?;
    for voter in 0..election.ballots.len() {
        for (at, column) in columns.iter().enumerate() {
            if at > 0 {
                out.write_char(';')?;
            }
            match column.as_str() {
                "voter_id" => out.write_str(&quote(&election.voter_id(voter)))?,
                "vote" => {
                    let ids: Vec<&str> = election
                        .ballots
                        .marks(voter)
                        .iter()
                        .map(|&mark| election.id(mark as usize))
                        .collect();
                    out.write_str(&quote(&ids.join(",")))?;
                }
                "points" => {
                    let points: Vec<String> =
                        election.ballots.points(voter).iter().map(i32::to_string).collect();
                    out.write_str(&points.join(","))?;
                }
                other => out.write_str(&quote(election.voter_field(voter, other).unwrap_or_default()))?,
            }
        }
        out.write_char('\n')?;
    }
    Ok(())
}

fn line<'a>(out: &mut impl Write, fields: impl Iterator<Item = &'a str>) -> Result {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.write_char(';')?;
        }
        out.write_str(&quote(field))?;
    }
    out.write_char('\n')
}
