//! `architecture.toml`, read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use toml::{Table, Value};

/// What one of our crates may do.
#[derive(Debug, Default, Clone)]
pub(super) struct Room {
    /// Our crates it may import; `None`: all.
    pub(super) uses: Option<BTreeSet<String>>,
    /// Our crates its tests may import besides.
    pub(super) tests_use: BTreeSet<String>,
    /// Whether it takes values and returns values only.
    pub(super) pure: bool,
}

/// The plan of the house.
#[derive(Debug, Default, Clone)]
pub(super) struct Plan {
    /// Our crates by name.
    pub(super) rooms: BTreeMap<String, Room>,
    /// Crates of others that no pure room imports.
    pub(super) never_pure: BTreeSet<String>,
    /// Crates of others with the only crates of ours that may import them.
    pub(super) only: BTreeMap<String, BTreeSet<String>>,
    /// Folders with the paths that their files must not name.
    pub(super) apart: BTreeMap<String, BTreeSet<String>>,
    /// The longest a source file may be, in lines.
    pub(super) lines_max: usize,
    /// Where the longer ones are listed.
    pub(super) ratchet: String,
}

impl Plan {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not there or does not have the shape that its own comments describe.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let whole: Table = text.parse()?;
        let mut plan = Self::default();
        for (name, room) in table(&whole, "crate")? {
            let room = room.as_table().with_context(|| format!("crate.{name} is not a table"))?;
            plan.rooms.insert(name.clone(), Room::parse(room).with_context(|| format!("crate.{name}"))?);
        }
        plan.never_pure = names(table(&whole, "pure")?.get("never").context("pure.never is missing")?)?;
        plan.only = lists(table(&whole, "only")?)?;
        plan.apart = lists(table(&whole, "apart")?)?;
        let files = table(&whole, "files")?;
        let lines_max =
            files.get("lines_max").and_then(Value::as_integer).context("files.lines_max is missing")?;
        plan.lines_max = usize::try_from(lines_max)?;
        plan.ratchet =
            files.get("ratchet").and_then(Value::as_str).context("files.ratchet is missing")?.to_owned();
        Ok(plan)
    }
}

impl Room {
    fn parse(room: &Table) -> Result<Self> {
        let uses = match room.get("uses").context("uses is missing")? {
            Value::String(word) if word == "everything" => None,
            list => Some(names(list)?),
        };
        let tests_use = room.get("tests_use").map(names).transpose()?.unwrap_or_default();
        let pure = room.get("pure").and_then(Value::as_bool).unwrap_or(false);
        Ok(Self { uses, tests_use, pure })
    }
}

fn table<'a>(whole: &'a Table, name: &str) -> Result<&'a Table> {
    whole.get(name).and_then(Value::as_table).with_context(|| format!("the table [{name}] is missing"))
}

fn lists(table: &Table) -> Result<BTreeMap<String, BTreeSet<String>>> {
    table.iter().map(|(name, list)| Ok((name.clone(), names(list)?))).collect()
}

fn names(list: &Value) -> Result<BTreeSet<String>> {
    let Some(list) = list.as_array() else { bail!("not a list: {list}") };
    list.iter()
        .map(|name| name.as_str().map(str::to_owned).with_context(|| format!("not a name: {name}")))
        .collect()
}
