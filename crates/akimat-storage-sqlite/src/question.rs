//! Questions about lines of a budget.

use crate::SqliteStore;
use crate::db::{Db, overfull};
use akimat_core::QuestionId;
use akimat_participation::Hidden;
use akimat_storage::question::{Answer, Question, QuestionFilter, QuestionRead};
use akimat_storage::row::{Arg, after_number, cursor_at, marks, question as row};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into questions ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from questions where id = ?1", row::COLUMNS));

#[async_trait]
impl QuestionRead for SqliteStore {
    async fn list_questions(&self, filter: &QuestionFilter, page: &PageRequest) -> Result<Page<Question>> {
        let (sql, args) = list(*filter, page);
        let page = page.clone();
        self.read(move |db| db.page((&sql, &args), &page, row::read, |q| cursor_at(q.at, q.id.0))).await
    }

    async fn find_question(&self, id: QuestionId) -> Result<Option<Question>> {
        self.read(move |db| db.row(&FIND, &args![id.0], row::read)).await
    }
}

fn list(filter: QuestionFilter, page: &PageRequest) -> (String, Vec<Arg<'static>>) {
    let mut sql = format!("select {} from questions where true", row::COLUMNS);
    let mut args = vec![overfull(page)];
    // Writing to a string cannot fail.
    if let Some(place) = filter.place {
        args.push(place.into());
        let _ = write!(sql, " and place = ?{}", args.len());
    }
    if let Some(under) = filter.under {
        let (first, last) = under.subtree();
        args.extend(args![first, last]);
        let _ = write!(sql, " and place between ?{} and ?{}", args.len() - 1, args.len());
    }
    if let Some(year) = filter.year {
        args.push(year.into());
        let _ = write!(sql, " and year = ?{}", args.len());
    }
    match filter.answered {
        Some(true) => sql.push_str(" and answer_at is not null"),
        Some(false) => sql.push_str(" and answer_at is null"),
        None => {}
    }
    if let Some((at, id)) = after_number(page) {
        args.extend(args![at, id]);
        let _ = write!(sql, " and (at, id) < (?{}, ?{})", args.len() - 1, args.len());
    }
    sql.push_str(" order by at desc, id desc limit ?1");
    (sql, args)
}

/// [`akimat_storage::Change::AddQuestion`].
pub(crate) fn add(db: &Db, question: &Question) -> Result<()> {
    db.execute(&INSERT, &row::args(question)).map(|_| ())
}

/// [`akimat_storage::Change::AnswerQuestion`].
pub(crate) fn answer(db: &Db, id: QuestionId, answer: &Answer) -> Result<()> {
    let sql = "update questions set answer_account = ?2, answer_office = ?3, answer_lang = ?4,
         answer_body = ?5, answer_at = ?6 where id = ?1";
    let args = args![
        id.0,
        answer.account.0,
        answer.office.as_str(),
        answer.lang.code(),
        answer.body.as_str(),
        answer.at.as_microsecond(),
    ];
    found(db.execute(sql, &args)?)
}

/// [`akimat_storage::Change::HideQuestion`] and, with `None`, [`akimat_storage::Change::ShowQuestion`].
pub(crate) fn set_hidden(db: &Db, id: QuestionId, hidden: Option<&Hidden>) -> Result<()> {
    let sql = "update questions set hidden_reason = ?2, hidden_at = ?3 where id = ?1";
    let reason = hidden.map(|hidden| hidden.reason.as_str());
    let at = hidden.map(|hidden| hidden.at.as_microsecond());
    found(db.execute(sql, &args![id.0, reason, at])?)
}

fn found(n: usize) -> Result<()> {
    match n {
        0 => Err(Conflict::Missing("question").into()),
        _ => Ok(()),
    }
}
