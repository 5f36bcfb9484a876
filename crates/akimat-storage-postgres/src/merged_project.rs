//! Projects that were registered twice and became one.

use crate::PostgresStore;
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
static FIND: LazyLock<String> = LazyLock::new(|| format!("{} where former = $1", *ALL));
static LIST: LazyLock<String> =
    LazyLock::new(|| format!("{} where into_project = $1 order by at desc, former", *ALL));
static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into merged_projects ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
/// Votes on the project, counted anew without those that are discounted.
const COUNT: &str = "insert into rating_counts (project_id, shard, n1, n2, n3, n4, n5)
     select project_id, 0, count(*) filter (where value = 1), count(*) filter (where value = 2),
     count(*) filter (where value = 3), count(*) filter (where value = 4), count(*) filter (where value = 5)
     from ratings where project_id = $1 and not exists (select 1 from discounted_marks m where m.kind = 'project'
         and m.subject = ratings.project_id and m.account = ratings.account_id) group by project_id";

#[async_trait]
impl MergedProjectRead for PostgresStore {
    async fn find_merged_project(&self, former: ProjectId) -> Result<Option<MergedProject>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![former.0], row::read).await
    }

    async fn list_merged_projects(&self, into: ProjectId) -> Result<Vec<MergedProject>> {
        let client = self.client().await?;
        self.db(&client).rows(&LIST, &args![into.0], row::read).await
    }

    async fn list_merged_by_number(&self, numbers: &[(KatoCode, String)]) -> Result<Vec<MergedProject>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut found = Vec::new();
        for part in numbers.chunks(NUMBERS_AT_ONCE) {
            let marks: Vec<String> = (0..part.len())
                .map(|at| format!("(${}::integer, ${}::text)", 2 * at + 1, 2 * at + 2))
                .collect();
            let sql = format!("{} where (place, number) in (values {})", *ALL, marks.join(", "));
            let args: Vec<Arg<'_>> =
                part.iter().flat_map(|(place, number)| args![*place, number.as_str()]).collect();
            found.extend(db.rows(&sql, &args, row::read).await?);
        }
        Ok(found)
    }
}

/// The shared statements mark their values by question marks.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

/// [`akimat_storage::Change::MergeProject`].
pub(crate) async fn merge(db: &Db<'_>, merged: &MergedProject, kinds: &[String]) -> Result<()> {
    let (former, into) = (merged.former.0, merged.into.0);
    let version = "select version from projects where id = $1 for update";
    let stored = db.row(version, &args![former], read_int).await?;
    let stays = db.row(version, &args![into], read_int).await?;
    let (Some(stored), Some(_), true) = (stored, stays, former != into) else {
        return Err(Conflict::Missing("project").into());
    };
    if stored != i64::from(merged.version) {
        return Err(Conflict::Stale("project").into());
    }
    let both = args![former, into];
    for (what, sql) in row::ONLY_ONE {
        if db.row(&numbered(sql), &both, read_int).await?.is_some() {
            return Err(Conflict::Exists(what).into());
        }
    }
    for sql in row::MOVES_BEFORE {
        db.execute(&numbered(sql), &both).await?;
    }
    let placed = args![former, into, merged.into_place];
    for sql in row::MOVES {
        db.execute(&numbered(sql), &placed).await?;
    }
    for kind in kinds {
        db.execute(&numbered(row::MOVE_SECTIONS), &args![former, into, merged.into_place, kind.as_str()])
            .await?;
    }
    for sql in row::MOVES_AFTER {
        db.execute(&numbered(sql), &both).await?;
    }
    db.execute("delete from ratings where project_id = $1", &args![former]).await?;
    for project in [former, into] {
        db.execute("delete from rating_counts where project_id = $1", &args![project]).await?;
    }
    db.execute(COUNT, &args![into]).await?;
    crate::import::remove_rows(db, merged.former).await?;
    let led = "update merged_projects set into_project = $2, into_place = $3 where into_project = $1";
    db.execute(led, &placed).await?;
    db.execute(&INSERT, &row::args(merged)).await?;
    Ok(())
}
