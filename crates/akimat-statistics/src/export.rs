//! A report as CSV and as JSON.

use crate::report::{Label, Report, Sheet, Value};
use crate::source;
use serde_json::{Map, Value as Json, json};

impl Report {
    /// Every sheet below the other, each with its own header; numbers are the shortest decimals that name the
    /// same binary float, what does not exist is empty.
    pub fn to_csv(&self) -> String {
        let mut text = String::new();
        for sheet in &self.sheets {
            if !text.is_empty() {
                text.push('\n');
            }
            let heads = sheet.heads.iter().copied().chain(sheet.figures.iter().map(Label::as_str));
            let heads: Vec<String> = std::iter::once("sheet").chain(heads).map(harmless).collect();
            text.push_str(&line(heads.iter().map(String::as_str)));
            for row in &sheet.rows {
                let values: Vec<String> = row.values.iter().map(plain).collect();
                let labels = row.labels.iter().map(Label::as_str);
                let cells =
                    std::iter::once(sheet.code).chain(labels).chain(values.iter().map(String::as_str));
                text.push_str(&line(cells));
            }
        }
        text
    }

    /// The report as docs/reference/statistics.md describes it.
    pub fn to_json(&self) -> Json {
        let warnings: Vec<Json> = self
            .warnings
            .iter()
            .map(|warning| {
                let facts: Map<String, Json> = warning
                    .facts()
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value.into()))
                    .collect();
                json!({ "code": warning.code(), "facts": facts })
            })
            .collect();
        json!({
            "method": self.request.method.code(),
            "version": self.version,
            "n": self.n,
            "missing": self.missing,
            "request": self.request,
            "sheets": self.sheets.iter().map(sheet_json).collect::<Vec<_>>(),
            "warnings": warnings,
            "works": source::works(&self.request),
            "script": { "r": self.script.r, "python": self.script.python },
        })
    }
}

fn sheet_json(sheet: &Sheet) -> Json {
    let rows: Vec<Json> = sheet
        .rows
        .iter()
        .map(|row| {
            let labels = sheet.heads.iter().zip(&row.labels).map(|(head, label)| (*head, json!(label)));
            let values =
                sheet.figures.iter().zip(&row.values).map(|(name, value)| (name.as_str(), json!(value)));
            Json::Array(vec![object(labels), object(values)])
        })
        .map(|pair| json!({ "row": pair[0], "values": pair[1] }))
        .collect();
    json!({ "sheet": sheet.code, "rows": rows })
}

fn object<'a>(fields: impl Iterator<Item = (&'a str, Json)>) -> Json {
    Json::Object(fields.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Count(n) => n.to_string(),
        Value::Number(x) | Value::Share(x) | Value::P(x) => x.to_string(),
        Value::Text(text) => harmless(text),
        Value::Word(word) => (*word).to_owned(),
        Value::Absent => String::new(),
    }
}

impl crate::Table {
    /// The table as it was analysed, for the scripts: plain numbers, places of ordered answers, nothing where a
    /// value is missing.
    pub fn to_csv(&self) -> String {
        let plain = |column: &crate::Column| -> Vec<String> {
            match column.places() {
                Ok(numbers) => {
                    numbers.iter().map(|x| x.map_or_else(String::new, |x| x.to_string())).collect()
                }
                Err(_) => column.texts().map(|text| harmless(text.unwrap_or_default())).collect(),
            }
        };
        self.write(plain)
    }

    /// The cells as they stand, to be read again.
    pub fn to_text(&self) -> String {
        self.write(|column| column.texts().map(|text| text.unwrap_or_default().to_owned()).collect())
    }

    fn write(&self, cells: impl Fn(&crate::Column) -> Vec<String>) -> String {
        let mut text = line(self.columns().iter().map(crate::Column::name));
        let columns: Vec<Vec<String>> = self.columns().iter().map(cells).collect();
        for row in 0..self.n_rows() {
            text.push_str(&line(columns.iter().map(|column| column[row].as_str())));
        }
        text
    }
}

/// A line of a CSV file.
fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(quoted).collect();
    cells.join(",") + "\n"
}

/// What a spreadsheet would take for a formula gets an apostrophe, unless it is a number.
fn harmless(cell: &str) -> String {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%', '＝', '＋', '－', '＠']);
    let is_formula = begins && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
