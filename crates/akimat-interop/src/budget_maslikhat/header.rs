//! The headers of a decision's table: which columns hold codes, the name and the amounts.

use crate::field::cyrillic;
use crate::table::{Row, Sheet};
use akimat_budget::Stage;
use akimat_core::MoneyUnit;

/// Which of the two tables a header begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Category, class, subclass, specific.
    Revenue,
    /// Functional group, subgroup, administrator, programme, subprogramme.
    Functional,
}

/// Where things stand below a header.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// Names are in Kazakh, not Russian.
    pub(super) kazakh: bool,
    levels: Vec<(usize, usize)>,
    name: usize,
    /// Columns of amounts with the state they give.
    pub(super) amounts: Vec<(usize, Stage)>,
    titles: Vec<(usize, String)>,
}

/// A header has at most so many rows.
const ROWS_MAX: usize = 12;

/// Beginnings of header words by level, folded, in Russian and Kazakh; the longer before the shorter.
const REVENUE: &[(&str, usize)] = &[
    ("категори", 0),
    ("санат", 0),
    ("подкласс", 2),
    ("класс", 1),
    ("ишки сын", 2),
    ("киши сын", 2),
    ("сыныб", 1),
    ("сынып", 1),
    ("специфика", 3),
    ("ерекшелиг", 3),
    ("ерекшелик", 3),
];
const FUNCTIONAL: &[(&str, usize)] = &[
    ("функционалная подгрупп", 1),
    ("функционалная групп", 0),
    ("функционалдык киши топ", 1),
    ("функционалдык топ", 0),
    ("киши функция", 1),
    ("администратор", 2),
    ("бюджеттик багдарламалар аким", 2),
    ("бюджеттик багдарламалардын аким", 2),
    ("бюджетная подпрограмм", 4),
    ("подпрограмм", 4),
    ("киши багдарлам", 4),
    ("ишки багдарлам", 4),
    ("программ", 3),
    ("бюджетная программ", 3),
    ("бюджеттик багдарлам", 3),
    ("багдарлам", 3),
];
const WIDTHS_REVENUE: [usize; 4] = [1, 2, 1, 2];
const WIDTHS_FUNCTIONAL: [usize; 5] = [2, 1, 3, 3, 3];

fn level(kind: Kind, key: &str) -> Option<usize> {
    let words = match kind {
        Kind::Revenue => REVENUE,
        Kind::Functional => FUNCTIONAL,
    };
    // Names such as `Санаторное лечение` begin like the Kazakh word for a category.
    let fits = |word: &str| {
        if word == "санат" { key == word || key == "санаты" } else { key.starts_with(word) }
    };
    words.iter().find(|(word, _)| fits(word)).map(|(_, level)| *level)
}

/// A row of figures is no header.
fn has_figures(row: &Row) -> bool {
    let is_figure = |cell: &String| {
        cell.contains(|c: char| c.is_ascii_digit())
            && cell.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ",.-–−".contains(c))
    };
    row.cells.iter().any(is_figure)
}

fn is_name(key: &str) -> bool {
    ["наименован", "атау"].iter().any(|word| key.starts_with(word))
}

fn is_amount(key: &str) -> bool {
    let words =
        ["сумма", "сомасы", "тыс тенге", "тысяч тенге", "мын тенге", "млн тенге", "утвержд", "уточнен"];
    let more = ["скорректир", "исполнен", "бекитил", "нактылан", "орындал", "касс"];
    words.iter().chain(&more).any(|word| key.contains(word)) && !is_share(key)
}

fn is_share(key: &str) -> bool {
    ["процент", "паиыз", "доля", "улес"].iter().any(|word| key.contains(word))
}

fn stage(key: &str) -> Option<Stage> {
    let any = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if any(&["исполн", "орындал", "касс"]) {
        Some(Stage::Executed)
    } else if any(&["уточн", "скорректир", "нактылан"]) {
        Some(Stage::Amended)
    } else if any(&["утвержд", "бекитил"]) {
        Some(Stage::Approved)
    } else {
        None
    }
}

/// The table that begins with this row, when it is the first row of a header.
pub(super) fn kind(row: &Row) -> Option<Kind> {
    if has_figures(row) {
        return None;
    }
    row.cells.iter().take(12).filter(|cell| cell.len() < 200).find_map(|cell| {
        let key = cyrillic(cell);
        let begins = |kind| level(kind, &key) == Some(0);
        [Kind::Revenue, Kind::Functional].into_iter().find(|kind| begins(*kind))
    })
}

/// Reads the header at the top of `rows`, with the number of rows it takes.
pub(super) fn read(rows: &[Row], otherwise: Stage) -> Option<(Header, usize)> {
    let kind = kind(rows.first()?)?;
    let mut header =
        Header { kind, kazakh: false, levels: Vec::new(), name: 0, amounts: Vec::new(), titles: Vec::new() };
    let mut used = 0;
    for row in rows.iter().take(ROWS_MAX) {
        // The other table may begin at once.
        let other = has_figures(row) || used > 0 && self::kind(row).is_some();
        if other || !header.take(row) {
            break;
        }
        used += 1;
    }
    header.finish(otherwise).map(|header| (header, used))
}

impl Header {
    /// Learns from a row when it is part of the header.
    fn take(&mut self, row: &Row) -> bool {
        let mut known = false;
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| (1..200).contains(&cell.len()))
        {
            let key = cyrillic(cell);
            if let Some(level) = level(self.kind, &key) {
                // Merged cells may repeat their text; the first column of a level counts.
                if self.levels.iter().all(|(at, l)| *l != level && *at != column) {
                    self.levels.push((column, level));
                }
            } else if is_name(&key) {
                self.name = column;
                self.kazakh = key.starts_with("атау");
            } else if is_amount(&key) || key.contains('%') || is_share(&key) || cell.contains('%') {
                self.titles.push((column, cell.clone()));
            } else {
                continue;
            }
            known = true;
        }
        known
    }

    /// Completes what the words did not say; `None` when there is no column for the amounts.
    fn finish(mut self, otherwise: Stage) -> Option<Self> {
        self.levels.sort_unstable();
        let last_code = self.levels.last().map_or(0, |(column, _)| *column);
        if self.name == 0 {
            self.name = last_code + 1;
        }
        self.levels.retain(|(column, _)| *column < self.name);
        self.fill_levels();
        let name = self.name;
        let mut amounts: Vec<(usize, Stage)> = Vec::new();
        for (column, title) in self.titles.iter().filter(|(column, _)| *column > name) {
            let key = cyrillic(title);
            if is_share(&key) || title.contains('%') {
                continue;
            }
            let stage = stage(&key).unwrap_or(otherwise);
            if amounts.iter().all(|(at, known)| at != column && *known != stage) {
                amounts.push((*column, stage));
            }
        }
        if amounts.is_empty() {
            amounts.push((self.name + 1, otherwise));
        }
        self.amounts = amounts;
        (!self.levels.is_empty()).then_some(self)
    }

    /// A header in one row may name only the first level: the columns up to the name are the next ones.
    fn fill_levels(&mut self) {
        let Some((first, level)) = self.levels.first().copied() else { return };
        if self.levels.len() > 1 {
            return;
        }
        let depth = self.widths().len();
        for column in first + 1..self.name {
            let next = level + column - first;
            if next < depth {
                self.levels.push((column, next));
            }
        }
    }

    const fn widths(&self) -> &'static [usize] {
        match self.kind {
            Kind::Revenue => &WIDTHS_REVENUE,
            Kind::Functional => &WIDTHS_FUNCTIONAL,
        }
    }

    /// Digits of a code at a level: spreadsheets drop the zeros in front.
    pub(super) fn width(&self, level: usize) -> usize {
        self.widths().get(level).copied().unwrap_or(1)
    }

    /// Columns of codes with their levels, from left to right.
    pub(super) fn code_columns(&self) -> impl Iterator<Item = (usize, usize)> {
        self.levels.iter().copied()
    }

    /// The name in a row; a total may stand in a cell merged over the code columns.
    pub(super) fn name<'r>(&self, row: &'r Row) -> &'r str {
        let name = row.cell(self.name);
        if !name.is_empty() {
            return name;
        }
        let words = |cell: &&String| cell.chars().any(char::is_alphabetic);
        row.cells.iter().take(self.name).find(words).map_or("", String::as_str)
    }

    /// The header of a column of amounts.
    pub(super) fn title(&self, column: usize) -> String {
        let title = self.titles.iter().find(|(at, _)| *at == column);
        title.map_or_else(|| (column + 1).to_string(), |(_, title)| title.clone())
    }
}

/// The unit that the table or the words above it name.
pub(super) fn unit(sheet: &Sheet) -> Option<MoneyUnit> {
    sheet.rows.iter().take(200).flat_map(|row| &row.cells).filter(|cell| cell.len() < 2_000).find_map(
        |cell| {
            let key = cyrillic(cell);
            let any = |words: &[&str]| words.iter().any(|word| key.contains(word));
            if any(&["тыс тенге", "тысяч тенге", "тысячах тенге", "мын тенге"])
            {
                Some(MoneyUnit::ThousandTenge)
            } else if any(&["млн тенге", "миллион тенге", "миллионов тенге", "миллионах тенге"])
            {
                Some(MoneyUnit::MillionTenge)
            } else {
                None
            }
        },
    )
}

/// A row that only numbers the columns: 1, 2, 3 and so on.
pub(super) fn is_numbering(row: &Row) -> bool {
    let filled: Vec<&String> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
    filled.len() > 2
        && filled.iter().enumerate().all(|(at, cell)| cell.parse::<usize>().is_ok_and(|n| n == at + 1))
}
