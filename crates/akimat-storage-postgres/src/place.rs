//! Territories.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::{KatoCode, Place};
use akimat_storage::row::{KEYS_MAX, place as row};
use akimat_storage::{Conflict, PlaceRead, Result, args};
use async_trait::async_trait;
use jiff::civil::Date;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Valid on the day `$1`.
const VALID: &str = "valid_from <= $1 and (valid_to is null or valid_to > $1)";

/// One import of territories goes on at a time. The number says "places" in ASCII.
const IMPORT_LOCK: i64 = 0x70_6c_61_63_65_73;

/// Types of `row::STORED`.
const TYPES: &str = "uuid, integer, integer, smallint, text, text, text, text, text, text, boolean, text";

static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from places where code = $2 and {VALID}", row::COLUMNS));
static BY_CODE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from places where code in
             (select value::integer from json_array_elements_text($2::json) value)
         and {VALID} order by code",
        row::COLUMNS
    )
});
static WITH_CODES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from places where code in
             (select value::integer from json_array_elements_text($1::json) value)
         order by code, valid_from",
        row::COLUMNS
    )
});
// The classifier has five levels; the limit only ends a circle of wrong parents.
static PATH: LazyLock<String> = LazyLock::new(|| {
    format!(
        "with recursive path as (
             select *, 0 as steps from places where code = $2 and {VALID}
             union all
             select above.*, path.steps + 1 from path join places above on above.code = path.parent
             where above.valid_from <= $1 and (above.valid_to is null or above.valid_to > $1)
                 and path.steps < 16
         )
         select {} from path order by steps desc",
        row::COLUMNS
    )
});
static CHILDREN: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from places where parent = $2 and {VALID} order by code", row::COLUMNS)
});
static TOP: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from places where parent is null and {VALID} order by code", row::COLUMNS)
});

#[async_trait]
impl PlaceRead for PostgresStore {
    async fn find_place(&self, code: KatoCode, on: Date) -> Result<Option<Place>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![on, code], row::read).await
    }

    async fn list_places_by_code(&self, codes: &[KatoCode], on: Date) -> Result<Vec<Place>> {
        let codes = numbers(codes.iter().copied());
        let client = self.client().await?;
        self.db(&client).rows(&BY_CODE, &args![on, codes], row::read).await
    }

    async fn list_place_path(&self, code: KatoCode, on: Date) -> Result<Vec<Place>> {
        let client = self.client().await?;
        self.db(&client).rows(&PATH, &args![on, code], row::read).await
    }

    async fn list_child_places(&self, parent: Option<KatoCode>, on: Date) -> Result<Vec<Place>> {
        let client = self.client().await?;
        match parent {
            Some(code) => self.db(&client).rows(&CHILDREN, &args![on, code], row::read).await,
            None => self.db(&client).rows(&TOP, &args![on], row::read).await,
        }
    }

    async fn search_places(&self, keys: &[String], on: Date, limit: u16) -> Result<Vec<Place>> {
        let keys: Vec<String> = keys.iter().filter(|key| !key.is_empty()).take(KEYS_MAX).cloned().collect();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let client = self.client().await?;
        let db = self.db(&client);
        let mut args = Vec::from(args![on, limit]);
        let (mut begins, mut holds) = (String::new(), String::new());
        for (key, at) in keys.into_iter().zip(3..) {
            let or = if at == 3 { "" } else { " or " };
            // Writing to a string cannot fail.
            let _ = write!(begins, "{or}strpos(folded, '|' || ${at}::text) > 0");
            let _ = write!(holds, "{or}strpos(folded, ${at}) > 0");
            args.push(key.into());
        }
        let sql = format!(
            "select {} from places where ({holds}) and {VALID}
             order by ({begins}) desc, depth, code limit $2",
            row::COLUMNS
        );
        db.rows(&sql, &args, row::read).await
    }

    async fn count_places_by_region(&self, on: Date) -> Result<Vec<(KatoCode, String, u64)>> {
        let sql = "select code / 10000000 * 10000000 as region, kind, count(*) from places
             where parent is not null and valid_from <= $1 and (valid_to is null or valid_to > $1)
             group by region, kind order by region, kind";
        let client = self.client().await?;
        let db = self.db(&client);
        db.rows(sql, &args![on], |row| Ok((row.kato()?, row.string()?, row.int()?))).await
    }
}

/// Territories as a JSON list of numbers.
fn numbers(codes: impl Iterator<Item = KatoCode>) -> String {
    let codes: Vec<String> = codes.map(|code| code.number().to_string()).collect();
    format!("[{}]", codes.join(","))
}

/// [`akimat_storage::Change::PutPlaces`].
pub(crate) async fn put(db: &Db<'_>, import: &[Place]) -> Result<()> {
    // Two imports at once would not see each other.
    db.rows("select pg_advisory_xact_lock($1)", &args![IMPORT_LOCK], |_| Ok(())).await?;
    let stored =
        db.rows(&WITH_CODES, &args![numbers(import.iter().map(|place| place.code))], row::read).await?;
    let plan = row::plan(stored, import.to_vec());
    for (id, on) in plan.close {
        db.execute("update places set valid_to = $2 where id = $1", &args![id.0, on]).await?;
    }
    db.insert_many("places", (row::STORED, TYPES), plan.add.iter().map(row::args)).await
}

/// [`akimat_storage::Change::ClosePlace`].
pub(crate) async fn close(db: &Db<'_>, code: KatoCode, on: Date) -> Result<()> {
    let sql = "update places set valid_to = $1
         where code = $2 and valid_from <= $1 and (valid_to is null or valid_to > $1)";
    match db.execute(sql, &args![on, code]).await? {
        0 => Err(Conflict::Missing("place").into()),
        _ => Ok(()),
    }
}
