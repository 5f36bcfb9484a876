//! Budgets.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_budget::{Budget, Item};
use akimat_core::{BudgetId, KatoCode};
use akimat_storage::row::{after_number, budget as row, marks};
use akimat_storage::{
    BudgetFilter, BudgetHead, BudgetRead, Conflict, HeadFigures, Page, PageRequest, Result, SeriesPoint, args,
};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Types of `row::LINE_STORED`.
const LINE_TYPES: &str = "uuid, integer, integer, smallint, bigint, text, text, text, text, text, \
     bigint, bigint, bigint";

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into budgets ({}) values ({}) on conflict do nothing",
        row::COLUMNS,
        marks('$', row::COLUMNS)
    )
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from budgets where id = $1", row::COLUMNS));
static LINES: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from budget_lines where budget_id = $1 order by position", row::LINE_COLUMNS)
});
static LATEST: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select distinct on (place) {} from budgets where place is not null
         order by place, year desc, id desc",
        row::COLUMNS
    )
});

#[async_trait]
impl BudgetRead for PostgresStore {
    async fn list_budgets(&self, filter: &BudgetFilter, page: &PageRequest) -> Result<Page<BudgetHead>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut sql = format!("select {} from budgets where true", row::COLUMNS);
        let mut args = vec![overfull(page)];
        // Writing to a string cannot fail.
        if let Some(place) = filter.place {
            args.push(place.into());
            let _ = write!(sql, " and place = ${}", args.len());
        }
        if let Some(year) = filter.year {
            args.push(year.into());
            let _ = write!(sql, " and year = ${}", args.len());
        }
        if let Some((year, id)) = after_number(page) {
            args.extend(args![year, id]);
            let _ = write!(sql, " and (year, id) < (${}::bigint, ${})", args.len() - 1, args.len());
        }
        sql.push_str(" order by year desc, id desc limit $1");
        db.page((&sql, &args), page, row::read, row::cursor).await
    }

    async fn find_budget(&self, id: BudgetId) -> Result<Option<BudgetHead>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let Some(mut head) = db.row(&FIND, &args![id.0], row::read).await? else { return Ok(None) };
        head.budget.lines = db.rows(&LINES, &args![id.0], row::read_line).await?;
        Ok(Some(head))
    }

    async fn budget_series(&self, place: KatoCode, item: Item, code: &str) -> Result<Vec<SeriesPoint>> {
        let code = item.is_detail().then_some(code);
        let client = self.client().await?;
        let db = self.db(&client);
        let code_too =
            if code.is_some() { "and left(line.code, 200) = left($3, 200) and line.code = $3" } else { "" };
        let sql = format!(
            "select line.year, line.budget_id, line.approved, line.amended, line.executed, budget.invented
             from budget_lines line join budgets budget on budget.id = line.budget_id
             where line.place = $1 and line.item = $2 {code_too}
             order by line.year, line.budget_id, line.position"
        );
        let mut args = Vec::from(args![place, item.code()]);
        args.extend(code.map(Into::into));
        db.rows(&sql, &args, row::read_point).await
    }

    async fn list_latest_budgets(&self) -> Result<Vec<BudgetHead>> {
        let client = self.client().await?;
        self.db(&client).rows(&LATEST, &[], row::read).await
    }
}

/// [`akimat_storage::Change::AddBudget`].
pub(crate) async fn add(db: &Db<'_>, budget: &Budget, figures: &HeadFigures) -> Result<()> {
    if db.execute(&INSERT, &row::args(budget, figures)).await? == 0 {
        let sql = "select sha256 from budgets where coalesce(place, 0) = $1 and year = $2 and key = $3";
        let args = args![row::place_key(budget.place), budget.year, budget.key.as_str()];
        let stored = db.row(sql, &args, row::read_sha256).await?;
        let same = stored.is_some_and(|sha256| sha256 == budget.provenance.sha256);
        return if same { Ok(()) } else { Err(Conflict::Exists("budget").into()) };
    }
    let lines = budget.lines.iter().enumerate();
    let rows = lines.map(|(position, line)| row::line_args(budget, position, line));
    db.insert_many("budget_lines", (row::LINE_STORED, LINE_TYPES), rows).await
}
