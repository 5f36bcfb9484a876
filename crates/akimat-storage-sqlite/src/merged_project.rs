//! Projects that were registered twice and became one.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::{KatoCode, ProjectId};
use akimat_storage::merged_project::{MergedProject, MergedProjectRead};
use akimat_storage::row::{Arg, marks, merged_project as row, read_int};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

/// Numbers that are asked for in one statement.
const NUMBERS_AT_ONCE: usize = 200;

static ALL: LazyLock<String> = LazyLock::new(|| format!("select {} from merged_projects", row::COLUMNS));
static FIND: LazyLock<String> = LazyLock::new(|| format!("{} where former = ?1", *ALL));
static LIST: LazyLock<String> =
    LazyLock::new(|| format!("{} where into_project = ?1 order by at desc, former", *ALL));
static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into merged_projects ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
/// Votes on the project, counted anew without those that are discounted.
const COUNT: &str = "insert into rating_counts (project_id, n1, n2, n3, n4, n5)
     select project_id, sum(value = 1), sum(value = 2), sum(value = 3), sum(value = 4), sum(value = 5)
     from ratings where project_id = ?1 and not exists (select 1 from discounted_marks m where m.kind = 'project'
         and m.subject = ratings.project_id and m.account = ratings.account_id) group by project_id";

#[async_trait]
impl MergedProjectRead for SqliteStore {
    async fn find_merged_project(&self, former: ProjectId) -> Result<Option<MergedProject>> {
        self.read(move |db| db.row(&FIND, &args![former.0], row::read)).await
    }

    async fn list_merged_projects(&self, into: ProjectId) -> Result<Vec<MergedProject>> {
        self.read(move |db| db.rows(&LIST, &args![into.0], row::read)).await
    }

    async fn list_merged_by_number(&self, numbers: &[(KatoCode, String)]) -> Result<Vec<MergedProject>> {
        let numbers = numbers.to_vec();
        self.read(move |db| {
            let mut found = Vec::new();
            for part in numbers.chunks(NUMBERS_AT_ONCE) {
                let marks: Vec<String> =
                    (0..part.len()).map(|at| format!("(?{}, ?{})", 2 * at + 1, 2 * at + 2)).collect();
                let sql = format!("{} where (place, number) in (values {})", *ALL, marks.join(", "));
                let args: Vec<Arg<'_>> =
                    part.iter().flat_map(|(place, number)| args![*place, number.as_str()]).collect();
                found.extend(db.rows(&sql, &args, row::read)?);
            }
            Ok(found)
        })
        .await
    }
}

/// [`akimat_storage::Change::MergeProject`].
pub(crate) fn merge(db: &Db, merged: &MergedProject, kinds: &[String]) -> Result<()> {
    let (former, into) = (merged.former.0, merged.into.0);
    let version = "select version from projects where id = ?1";
    let stored = db.row(version, &args![former], read_int)?;
    let stays = db.row(version, &args![into], read_int)?;
    let (Some(stored), Some(_), true) = (stored, stays, former != into) else {
        return Err(Conflict::Missing("project").into());
    };
    if stored != i64::from(merged.version) {
        return Err(Conflict::Stale("project").into());
    }
    let both = args![former, into];
    for (what, sql) in row::ONLY_ONE {
        if db.row(sql, &both, read_int)?.is_some() {
            return Err(Conflict::Exists(what).into());
        }
    }
    for sql in row::MOVES_BEFORE {
        db.execute(sql, &both)?;
    }
    let placed = args![former, into, merged.into_place];
    for sql in row::MOVES {
        db.execute(sql, &placed)?;
    }
    for kind in kinds {
        db.execute(row::MOVE_SECTIONS, &args![former, into, merged.into_place, kind.as_str()])?;
    }
    for sql in row::MOVES_AFTER {
        db.execute(sql, &both)?;
    }
    db.execute("delete from ratings where project_id = ?1", &args![former])?;
    for project in [former, into] {
        db.execute("delete from rating_counts where project_id = ?1", &args![project])?;
    }
    db.execute(COUNT, &args![into])?;
    crate::import::remove_rows(db, merged.former)?;
    let led = "update merged_projects set into_project = ?2, into_place = ?3 where into_project = ?1";
    db.execute(led, &placed)?;
    db.execute(&INSERT, &row::args(merged))?;
    db.execute("update project_generation set n = n + 1", &[]).map(|_| ())
}
