//! A small reader of `.pb` files of its own: what a check needs, and nothing else.

use crate::refusal::Refusal;
use std::collections::BTreeMap;

/// An election as the file has it.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) meta: BTreeMap<String, String>,
    pub(crate) ids: Vec<String>,
    /// In units of ten to the power of minus `decimals`.
    pub(crate) costs: Vec<i64>,
    pub(crate) budget: i64,
    pub(crate) decimals: usize,
    pub(crate) columns: Vec<String>,
    pub(crate) fields: Vec<Vec<String>>,
    /// Marks and points of each voter.
    pub(crate) votes: Vec<(Vec<u32>, Vec<i64>)>,
}

/// Fields of a line; quoted ones may hold `;` and doubled marks.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => quoted = true,
            ';' if !quoted => fields.push(std::mem::take(&mut field).trim().to_owned()),
            other => field.push(other),
        }
    }
    fields.push(field.trim().to_owned());
    fields
}

/// Digits without the decimal mark, and how many of them stand after it.
fn amount(text: &str) -> Option<(i64, usize)> {
    let text = text.replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    if text.starts_with('-') || part.len() > 6 || whole.len() + part.len() > 18 {
        return None;
    }
    Some((format!("{whole}{part}").parse().ok()?, part.len()))
}

fn scaled((digits, decimals): (i64, usize), to: usize) -> Option<i64> {
    digits.checked_mul(10i64.checked_pow(u32::try_from(to - decimals).ok()?)?)
}

struct Reading {
    meta: BTreeMap<String, String>,
    columns: Vec<String>,
    place: BTreeMap<String, u32>,
    fields: Vec<Vec<String>>,
    costs: Vec<(i64, usize)>,
    /// Where the columns `vote` and `points` stand.
    at: (Option<usize>, Option<usize>),
    votes: Vec<(Vec<u32>, Vec<i64>)>,
}

/// Reads a file.
pub(crate) fn read(bytes: &[u8]) -> Result<File, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::File { line: 1 })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reading = Reading {
        meta: BTreeMap::new(),
        columns: Vec::new(),
        place: BTreeMap::new(),
        fields: Vec::new(),
        costs: Vec::new(),
        at: (None, None),
        votes: Vec::new(),
    };
    let (mut table, mut header, mut open, mut cells) = (0, false, String::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        let wrong = || Refusal::File { line: at + 1 };
        if open.is_empty() && !line.contains('"') {
            let name = line.trim_end_matches([';', ' ']).trim();
            let next =
                ["META", "PROJECTS", "VOTES"].iter().position(|known| known.eq_ignore_ascii_case(name));
            if let Some(next) = next {
                (table, header) = (next + 1, true);
                continue;
            }
            if name.is_empty() {
                continue;
            }
            if table == 3 && !header {
                cells.clear();
                cells.extend(line.split(';').map(str::trim));
                reading.vote(&cells).ok_or_else(wrong)?;
                continue;
            }
        }
        open.push_str(line);
        if open.matches('"').count() % 2 == 1 {
            open.push('\n');
            continue;
        }
        let found = fields(&std::mem::take(&mut open));
        reading.line(table, std::mem::take(&mut header), found).ok_or_else(wrong)?;
    }
    let last = text.lines().count();
    reading.finish().ok_or(Refusal::File { line: last })
}

impl Reading {
    fn line(&mut self, table: usize, header: bool, found: Vec<String>) -> Option<()> {
        match (table, header) {
            (1, true) => {}
            (2, true) => self.columns = found,
            (3, true) => {
                let at = |name: &str| found.iter().position(|column| column == name);
                self.at = (Some(at("vote")?), at("points"));
            }
            (1, false) => {
                let key = found.first()?.clone();
                self.meta.insert(key, found.get(1..)?.join(";").trim_end_matches(';').to_owned());
            }
            (2, false) => {
                let at = |name: &str| {
                    found.get(self.columns.iter().position(|column| column == name)?).map(String::as_str)
                };
                let (id, cost) = (at("project_id")?.to_owned(), amount(at("cost")?)?);
                let place = u32::try_from(self.costs.len()).ok()?;
                if self.place.insert(id, place).is_some() {
                    return None;
                }
                self.costs.push(cost);
                self.fields.push(found);
            }
            (3, false) => return self.vote(&found.iter().map(String::as_str).collect::<Vec<_>>()),
            _ => return None,
        }
        Some(())
    }

    fn vote(&mut self, found: &[&str]) -> Option<()> {
        let (vote, points) = self.at;
        let parts = |at: Option<usize>| {
            let field = at.and_then(|at| found.get(at)).copied().unwrap_or_default();
            let field = if field.eq_ignore_ascii_case("none") { "" } else { field };
            field.split(',').map(str::trim).filter(|part| !part.is_empty())
        };
        let marks = parts(vote).map(|id| self.place.get(id).copied()).collect::<Option<Vec<u32>>>()?;
        let whole = |text: &str| text.split('.').next().and_then(|whole| whole.parse().ok());
        let points = parts(points).map(whole).collect::<Option<Vec<i64>>>()?;
        self.votes.push((marks, points));
        Some(())
    }

    fn finish(self) -> Option<File> {
        let budget = amount(self.meta.get("budget")?)?;
        let decimals = self.costs.iter().map(|cost| cost.1).chain([budget.1]).max()?;
        let mut ids = vec![String::new(); self.costs.len()];
        for (id, &place) in &self.place {
            id.clone_into(ids.get_mut(place as usize)?);
        }
        Some(File {
            budget: scaled(budget, decimals)?,
            costs: self.costs.iter().map(|&cost| scaled(cost, decimals)).collect::<Option<_>>()?,
            meta: self.meta,
            ids,
            decimals,
            columns: self.columns,
            fields: self.fields,
            votes: self.votes,
        })
    }
}
