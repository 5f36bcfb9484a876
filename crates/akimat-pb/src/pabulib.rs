//! The Pabulib `.pb` format: one UTF-8 text with the tables META, PROJECTS and VOTES, in this order.
//!
//! Source: the format page and the field tables of the Pabulib library (Faliszewski and others, "Participatory
//! Budgeting: Data, Tools, and Analysis", IJCAI 2023). A file is taken whole or not at all; a refusal names the line.

mod fault;
mod intern;
mod reader;
mod record;
mod votes;
mod writer;

pub use fault::{Fault, Reason};
pub use reader::{Keep, Limits, Reader};
pub use writer::write;

use crate::election::Election;

pub(crate) use intern::Interner;

/// Reads a file that is in memory, with the usual limits and everything that it carries.
///
/// # Errors
/// [`Fault`] with line and reason.
pub fn parse(bytes: &[u8]) -> Result<Election, Fault> {
    parse_with(bytes, Limits::default(), Keep::Everything)
}

/// Reads a file that is in memory.
///
/// # Errors
/// [`Fault`] with line and reason.
pub fn parse_with(bytes: &[u8], limits: Limits, keep: Keep) -> Result<Election, Fault> {
    let mut reader = Reader::new(limits, keep);
    reader.feed(bytes)?;
    reader.finish()
}

#[cfg(test)]
mod tests;
