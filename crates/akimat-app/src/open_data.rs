//! Open data: everything public about projects as flat tables, page by page, for files of any length.
//!
//! What stands in a table is what the public pages show: internal risks and hidden photographs do not leave the
//! platform. Money is tenge with two decimals; an unknown figure is an empty cell, never a zero.

mod rows;

use crate::risk::KIND as RISK;
use crate::schedule::KIND as PLAN;
use crate::{App, Result};
use akimat_core::{Lang, ProjectId};
use akimat_interop::table_export::harmless;
use akimat_storage::{Cursor, PageRequest, ProjectFilter, ProjectSort};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// What a column holds, in the words of Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// A day.
    Date,
    /// An instant in UTC.
    Instant,
    /// True or false.
    Boolean,
}

impl FieldKind {
    const ALL: [Self; 6] =
        [Self::Text, Self::Integer, Self::Number, Self::Date, Self::Instant, Self::Boolean];

    /// The type in a data package.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::Instant => "datetime",
            Self::Boolean => "boolean",
        }
    }
}

/// A column: name and what it holds.
pub type Field = (&'static str, FieldKind);

/// Reads `name` or `name:type`.
fn field(column: &'static str) -> Field {
    let (name, code) = column.split_once(':').unwrap_or((column, FieldKind::Text.code()));
    let kind = FieldKind::ALL.into_iter().find(|kind| kind.code() == code);
    (name, kind.unwrap_or(FieldKind::Text))
}

/// A table of the open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTable {
    /// One row a project.
    Projects,
    /// Money by year, source and programme.
    Money,
    /// Milestones of the register.
    Milestones,
    /// Expected results.
    Results,
    /// Whom projects serve.
    Beneficiaries,
    /// Moves from stage to stage.
    Moves,
    /// News.
    Updates,
    /// Items of work plans.
    Plans,
    /// Public risks.
    Risks,
    /// Contracts.
    Contracts,
    /// Amendments of contracts.
    Amendments,
    /// Payments under contracts.
    Payments,
    /// Photographs.
    Photos,
}

/// A row: the cells in the order of the columns; null where nothing is known.
pub type Row = Vec<Value>;

impl OpenTable {
    /// Every table.
    pub const ALL: [Self; 13] = [
        Self::Projects,
        Self::Money,
        Self::Milestones,
        Self::Results,
        Self::Beneficiaries,
        Self::Moves,
        Self::Updates,
        Self::Plans,
        Self::Risks,
        Self::Contracts,
        Self::Amendments,
        Self::Payments,
        Self::Photos,
    ];

    /// The name of its file and address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Money => "money",
            Self::Milestones => "milestones",
            Self::Results => "results",
            Self::Beneficiaries => "beneficiaries",
            Self::Moves => "moves",
            Self::Updates => "updates",
            Self::Plans => "plans",
            Self::Risks => "risks",
            Self::Contracts => "contracts",
            Self::Amendments => "amendments",
            Self::Payments => "payments",
            Self::Photos => "photos",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
    }

    /// Its columns; the first says which project a row is about.
    pub fn fields(self) -> Vec<Field> {
        self.columns().split_ascii_whitespace().map(field).collect()
    }

    /// Its columns: words, or another kind after a colon.
    const fn columns(self) -> &'static str {
        match self {
            Self::Projects => {
                "project number place title_kk title_ru title_en sector kind modality level status stage \
                 progress_pct:integer contractor starts_on:date ends_on:date latitude:number longitude:number \
                 planned:number contracted:number paid:number international:boolean partners invented:boolean \
                 created_at:datetime updated_at:datetime"
            }
            Self::Money => {
                "project year:integer source programme planned:number amended:number contracted:number \
                 invoiced:number paid:number"
            }
            Self::Milestones => {
                "project milestone:integer title_kk title_ru title_en planned_on:date forecast_on:date \
                 actual_on:date"
            }
            Self::Results => {
                "project title_kk title_ru title_en unit_ru baseline target measured measured_on:date owner"
            }
            Self::Beneficiaries => "project group_kk group_ru group_en people:integer",
            Self::Moves => "project at:datetime from to stage by reason basis",
            Self::Updates => "project update at:datetime by lang body progress_pct:integer",
            Self::Plans => {
                "project item code kind title_kk title_ru title_en approved_start:date approved_finish:date \
                 expected_start:date expected_finish:date actual_start:date actual_finish:date budget:number"
            }
            Self::Risks => {
                "project risk category cause event effect likelihood:integer cost:integer time:integer \
                 people:integer response review_on:date state"
            }
            Self::Contracts => {
                "project ocid process contract number title_kk title_ru title_en method category customer \
                 supplier supplier_bin signed_on:date starts_on:date ends_on:date currency amount_signed:number \
                 amount:number state partnership invented:boolean"
            }
            Self::Amendments => {
                "project process contract amendment on:date amount_before:number amount_after:number \
                 end_before:date end_after:date reason document"
            }
            Self::Payments => "project process contract payment on:date amount:number currency document",
            Self::Photos => {
                "project photo kind before caption_kk caption_ru caption_en path at:datetime invented:boolean"
            }
        }
    }

    /// The first line of its CSV: names of columns.
    pub fn csv_head(self) -> String {
        let names: Vec<&str> = self.fields().iter().map(|(name, _)| *name).collect();
        format!("\u{feff}{}\r\n", names.join(","))
    }

    /// A row as an object of JSON.
    pub fn json_row(self, row: &Row) -> Value {
        let pairs =
            self.fields().into_iter().zip(row).map(|((name, _), cell)| (name.to_owned(), cell.clone()));
        Value::Object(pairs.collect::<Map<String, Value>>())
    }

    /// Its description in a data package.
    fn resource(self, title: &str) -> Value {
        let described = |(name, kind): &Field| json!({ "name": name, "type": kind.code() });
        let fields: Vec<Value> = self.fields().iter().map(described).collect();
        let mut schema = json!({ "fields": fields, "missingValues": [""] });
        if self == Self::Projects {
            schema["primaryKey"] = json!(["project"]);
        } else {
            schema["foreignKeys"] = json!([{ "fields": ["project"], "reference": { "resource": "projects", "fields": ["project"] } }]);
        }
        json!({
            "name": self.code(),
            "title": title,
            "path": format!("{}.csv", self.code()),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        })
    }
}

/// A row as a line of CSV (RFC 4180), safe to open in a spreadsheet.
pub fn csv_row(row: &Row) -> String {
    let cells: Vec<String> = row
        .iter()
        .map(|cell| {
            let plain = match cell {
                Value::Null => String::new(),
                Value::String(text) => harmless(text),
                other => other.to_string(),
            };
            if plain.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", plain.replace('"', "\"\""))
            } else {
                plain
            }
        })
        .collect();
    format!("{}\r\n", cells.join(","))
}

/// The description of all tables (Data Package of the Open Knowledge Foundation).
pub fn datapackage(lang: Lang, license: &str, at: Timestamp) -> Value {
    let locale = akimat_i18n::catalogue().locale(lang);
    let title = |table: OpenTable| locale.name("open-data-table", table.code()).into_owned();
    let resources: Vec<Value> =
        OpenTable::ALL.into_iter().map(|table| table.resource(&title(table))).collect();
    json!({
        "profile": "tabular-data-package",
        "name": "akimat-projects",
        "title": locale.t("open-data-title"),
        "description": locale.t("open-data-lead"),
        "created": at.to_string(),
        "licenses": [{ "path": license }],
        "resources": resources,
    })
}

impl App {
    /// The rows of a table about the next projects of a territory, and where the projects after them begin.
    ///
    /// # Errors
    /// When the database fails, or a stored record cannot be read.
    pub async fn open_rows(
        &self,
        table: OpenTable,
        filter: &ProjectFilter,
        page: &PageRequest,
    ) -> Result<(Vec<Row>, Option<Cursor>)> {
        let cards = self.read().list_projects(filter, ProjectSort::Updated, page).await?;
        let ids: Vec<ProjectId> = cards.items.iter().map(|card| card.id).collect();
        if ids.is_empty() {
            return Ok((Vec::new(), cards.next));
        }
        let rows = match table {
            OpenTable::Moves => {
                let moves = self.read().list_status_changes_of(&ids, Timestamp::MIN).await?;
                moves.iter().map(|(id, change)| rows::moved(*id, change)).collect()
            }
            OpenTable::Updates => {
                let news = self.read().list_project_updates_of(&ids, Timestamp::MIN).await?;
                news.iter().map(rows::update).collect()
            }
            OpenTable::Photos => {
                let mut made = Vec::new();
                for id in &ids {
                    let photos = self.read().list_photos(*id).await?;
                    made.extend(photos.iter().filter_map(rows::photo));
                }
                made
            }
            OpenTable::Plans
            | OpenTable::Risks
            | OpenTable::Contracts
            | OpenTable::Amendments
            | OpenTable::Payments => {
                let kind = match table {
                    OpenTable::Plans => PLAN,
                    OpenTable::Risks => RISK,
                    _ => crate::contract::KIND,
                };
                let sections = self.read().list_sections_of(&ids, &[kind]).await?;
                let mut made = Vec::new();
                for section in &sections {
                    made.extend(rows::of_section(table, section)?);
                }
                made
            }
            _ => {
                let wanted = ProjectFilter { ids: ids.clone(), ..ProjectFilter::default() };
                let limit = u16::try_from(ids.len()).unwrap_or(u16::MAX);
                let projects = self.read().list_whole_projects(&wanted, limit).await?;
                projects.iter().flat_map(|project| rows::of_project(table, project)).collect()
            }
        };
        Ok((rows, cards.next))
    }
}
