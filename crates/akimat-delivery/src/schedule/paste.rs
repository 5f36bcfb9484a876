//! A plan pasted from a spreadsheet: a row an item, columns in a fixed order; and dependencies written as planners do,
//! `1.1; 1.2SS+3`.

use super::plan::{Item, ItemKind, Link, LinkKind, Plan, Span};
use akimat_core::{Lang, Money, MoneyUnit};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Longest text that is read, in bytes.
pub const BYTES_MAX: usize = 500_000;

/// The columns, in their order.
pub const COLUMNS: [&str; 8] =
    ["code", "title", "start", "finish", "predecessors", "weight", "budget", "responsible"];

/// A dependency by the code of the former item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Code of the former item.
    pub code: String,
    /// Kind.
    pub kind: LinkKind,
    /// Working days.
    pub lag_days: i32,
}

/// Reads `1.1; 1.2SS+3, 1.3FF-2`; the kind is FS when none is written.
///
/// # Errors
/// The part that cannot be read.
pub fn waits(text: &str) -> Result<Vec<Waits>, String> {
    let parts = text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| one(part).ok_or_else(|| part.chars().take(40).collect())).collect()
}

fn one(part: &str) -> Option<Waits> {
    let part: String = part.chars().filter(|c| !c.is_whitespace()).collect();
    let end = part.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(part.len());
    let (code, rest) = part.split_at(end);
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (kind, lag) = rest.split_at(letters);
    let kind = if kind.is_empty() { LinkKind::Fs } else { LinkKind::parse(kind)? };
    let lag = lag.replace(['−', '–'], "-");
    let lag_days = if lag.is_empty() { 0 } else { lag.parse().ok()? };
    (!code.is_empty()).then(|| Waits { code: code.to_owned(), kind, lag_days })
}

/// What an item waits for, written as planners do.
pub fn waits_text(plan: &Plan, id: &str) -> String {
    let mut words = Vec::new();
    for link in plan.links.iter().filter(|link| link.to == id) {
        let code = plan.item(&link.from).map_or(link.from.as_str(), |item| item.code.as_str());
        let mut word = code.to_owned();
        if link.kind != LinkKind::Fs || link.lag_days != 0 {
            word.push_str(link.kind.code());
        }
        if link.lag_days != 0 {
            word.push_str(&format!("{:+}", link.lag_days));
        }
        words.push(word);
    }
    words.join("; ")
}

/// The dependency of an item on another; its identifier follows from both.
pub fn link(from: &str, to: &str, (kind, lag_days): (LinkKind, i32)) -> Link {
    Link { id: format!("{from}>{to}"), from: from.to_owned(), to: to.to_owned(), kind, lag_days }
}

/// Puts the dependencies of an item in place of those it has. A code that no item has is kept as it is written: the
/// check names it.
pub fn set_waits(plan: &mut Plan, id: &str, waits: &[Waits]) {
    let by_code: BTreeMap<&str, &str> =
        plan.items.iter().rev().map(|item| (item.code.as_str(), item.id.as_str())).collect();
    let links = links(&by_code, id, waits);
    plan.links.retain(|link| link.to != id);
    plan.links.extend(links);
}

fn links(by_code: &BTreeMap<&str, &str>, to: &str, waits: &[Waits]) -> Vec<Link> {
    let one = |own: &Waits| {
        let from = by_code.get(own.code.as_str()).copied().unwrap_or(&own.code);
        link(from, to, (own.kind, own.lag_days))
    };
    waits.iter().map(one).collect()
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// Row of the pasted text, from 1.
    pub row: usize,
    /// Name of the column.
    pub column: &'static str,
    /// What stands there, shortened.
    pub text: String,
    /// What is wrong.
    pub kind: CellKind,
}

/// What can be wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// The code is missing.
    Missing,
    /// It is not a date.
    NotADate,
    /// It is not a whole number.
    NotANumber,
    /// It is not an amount.
    NotMoney,
    /// It is not a list of dependencies.
    NotPredecessors,
    /// The text is too long to be read.
    TooLong,
}

/// A date as `2026-11-30` or `30.11.2026`.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    let mut parts = text.split(['.', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.trim().len() != 4 {
        return None;
    }
    Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

/// Cells of a row: tabs where there are any, else semicolons.
fn cells(line: &str) -> Vec<String> {
    let mark = if line.contains('\t') { '\t' } else { ';' };
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == mark && !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap_or(&mut String::new()).push(c),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// A plan with the rows of a text in place of its items. Items keep their identifier, measurements and actual dates
/// where the code is the same; names are written in `lang`, amounts are in `unit`.
///
/// # Errors
/// Every cell that cannot be read; the plan is then not changed.
pub fn table(plan: &Plan, text: &str, (lang, unit): (Lang, MoneyUnit)) -> Result<Plan, Vec<CellFault>> {
    if text.len() > BYTES_MAX {
        return Err(vec![CellFault {
            row: 1,
            column: "table",
            text: String::new(),
            kind: CellKind::TooLong,
        }]);
    }
    let mut found = Vec::new();
    let mut next = Plan { items: Vec::new(), links: Vec::new(), ..plan.clone() };
    let mut all = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells = cells(line);
        let head = at == 0 && !cells[0].starts_with(|c: char| c.is_ascii_digit());
        if !head {
            let mut row = Row { row: at + 1, cells: &cells, found: &mut found };
            let (item, waits) = row.item(plan, (lang, unit));
            all.push((item.id.clone(), waits));
            next.items.push(item);
        }
    }
    let by_code: BTreeMap<&str, &str> =
        next.items.iter().rev().map(|item| (item.code.as_str(), item.id.as_str())).collect();
    next.links = all.iter().flat_map(|(id, waits)| links(&by_code, id, waits)).collect();
    // A row is a stage when another lies inside: its dates, weight and money follow from its parts.
    let outline = next.outline();
    let stages: BTreeSet<String> = (0..outline.items().len())
        .filter(|at| !outline.is_leaf(*at))
        .map(|at| outline.items()[at].id.clone())
        .collect();
    for item in next.items.iter_mut().filter(|item| stages.contains(&item.id)) {
        (item.expected, item.weight, item.budget, item.kind) = (Span::default(), None, None, ItemKind::Work);
    }
    if found.is_empty() { Ok(next) } else { Err(found) }
}

/// A plan as [`table`] reads it, with a head: what a person is shown to go on with.
pub fn text(plan: &Plan, (lang, unit): (Lang, MoneyUnit)) -> String {
    let plain = |text: &str| text.replace(['\t', '\n', '\r', '"'], " ").trim().to_owned();
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let mut text = COLUMNS.join("\t");
    for item in &plan.items {
        let Span { start, finish } = item.expected;
        let cells = [
            item.code.clone(),
            plain(item.title.exact(lang)),
            if item.kind == ItemKind::Milestone { String::new() } else { day(start) },
            day(finish.or(start)),
            waits_text(plan, &item.id),
            item.weight.map_or_else(String::new, |weight| weight.to_string()),
            item.budget.map_or_else(String::new, |budget| budget.to_decimal(unit, 0)),
            plain(&item.responsible),
        ];
        text.push('\n');
        text.push_str(&cells.join("\t"));
    }
    text
}

struct Row<'a> {
    row: usize,
    cells: &'a [String],
    found: &'a mut Vec<CellFault>,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        let at = COLUMNS.iter().position(|own| *own == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    /// Reads a cell that may be empty.
    fn read<T>(&mut self, column: &'static str, kind: CellKind, parse: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.cell(column).to_owned();
        if text.is_empty() {
            return None;
        }
        let read = parse(&text);
        if read.is_none() {
            let text = text.chars().take(40).collect();
            self.found.push(CellFault { row: self.row, column, text, kind });
        }
        read
    }

    fn item(&mut self, plan: &Plan, (lang, unit): (Lang, MoneyUnit)) -> (Item, Vec<Waits>) {
        let code = self.cell("code").to_owned();
        if code.is_empty() {
            let fault =
                CellFault { row: self.row, column: "code", text: String::new(), kind: CellKind::Missing };
            self.found.push(fault);
        }
        let mut item = plan.by_code(&code).cloned().unwrap_or_else(|| Item {
            id: format!("r{}", code.replace('.', "-")),
            code,
            ..Item::default()
        });
        self.cell("title").clone_into(item.title.exact_mut(lang));
        self.cell("responsible").clone_into(&mut item.responsible);
        let start = self.read("start", CellKind::NotADate, date);
        let finish = self.read("finish", CellKind::NotADate, date);
        item.expected = Span { start: start.or(finish), finish: finish.or(start) };
        // One date alone is a milestone.
        item.kind = if start.is_some() != finish.is_some() { ItemKind::Milestone } else { ItemKind::Work };
        item.weight = self.read("weight", CellKind::NotANumber, |text| text.parse().ok());
        item.budget = match unit {
            MoneyUnit::Tenge => {
                self.read("budget", CellKind::NotMoney, |text| Money::parse(text, MoneyUnit::Tenge).ok())
            }
            MoneyUnit::ThousandTenge => self
                .read("budget", CellKind::NotMoney, |text| Money::parse(text, MoneyUnit::ThousandTenge).ok()),
            MoneyUnit::MillionTenge => self
                .read("budget", CellKind::NotMoney, |text| Money::parse(text, MoneyUnit::MillionTenge).ok()),
        };
        item.months.clear();
        let waits = self.read("predecessors", CellKind::NotPredecessors, |text| waits(text).ok());
        (item, waits.unwrap_or_default())
    }
}
