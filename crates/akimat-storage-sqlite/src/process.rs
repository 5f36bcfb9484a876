//! Processes of participatory budgeting.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::ProcessId;
use akimat_participation::Process;
use akimat_participation::process::ProcessMove;
use akimat_storage::process::{ProcessChange, ProcessRead};
use akimat_storage::row::{marks, process as row, read_int};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into processes ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "update processes set ({}) = ({}) where id = ?1 and edit = ?6 - 1",
        row::COLUMNS,
        marks('?', row::COLUMNS)
    )
});
static MOVE: LazyLock<String> = LazyLock::new(|| {
    format!("insert into process_moves ({}) values ({})", row::MOVES, marks('?', row::MOVES))
});
static MOVES: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from process_moves where process = ?1 order by at, phase_to", row::MOVES)
});
const LIST: &str = "select document from processes order by year desc, code, id";
const FIND: &str = "select document from processes where id = ?1";
const BY_CODE: &str = "select document from processes where code = ?1 order by created_at, id limit 1";
const TAKEN: &str = "select 1 from processes where place = ?1 and code = ?2";

#[async_trait]
impl ProcessRead for SqliteStore {
    async fn list_processes(&self) -> Result<Vec<Process>> {
        self.read(move |db| db.rows(LIST, &[], row::read)).await
    }

    async fn find_process(&self, id: ProcessId) -> Result<Option<Process>> {
        self.read(move |db| db.row(FIND, &args![id.0], row::read)).await
    }

    async fn find_process_by_code(&self, code: &str) -> Result<Option<Process>> {
        let code = code.to_owned();
        self.read(move |db| db.row(BY_CODE, &args![code.as_str()], row::read)).await
    }

    async fn list_process_moves(&self, process: ProcessId) -> Result<Vec<ProcessMove>> {
        self.read(move |db| db.rows(&MOVES, &args![process.0], row::read_move)).await
    }
}

/// [`akimat_storage::Change::Process`].
pub(crate) fn apply(db: &Db, change: &ProcessChange) -> Result<()> {
    match change {
        ProcessChange::Add(process) => {
            if db.row(TAKEN, &args![process.place, process.code.as_str()], read_int)?.is_some() {
                return Err(Conflict::Exists("process").into());
            }
            db.execute(&INSERT, &row::args(process)).map(|_| ())
        }
        ProcessChange::Update(process) => {
            if db.row(FIND, &args![process.id.0], row::read)?.is_none() {
                return Err(Conflict::Missing("process").into());
            }
            if db.execute(&UPDATE, &row::args(process))? == 0 {
                return Err(Conflict::Stale("process").into());
            }
            Ok(())
        }
        ProcessChange::Move(moved) => db.execute(&MOVE, &row::move_args(moved)).map(|_| ()),
    }
}
