//! Columns of questions about lines of a budget.

use super::{Arg, Columns, odd};
use crate::question::{Answer, Question};
use crate::{Result, args};
use akimat_budget::Item;
use akimat_core::{AccountId, BudgetId, Lang, QuestionId};
use akimat_participation::Hidden;
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, place, year, budget_id, item, code, author, author_name, lang, body, at, \
     answer_account, answer_office, answer_lang, answer_body, answer_at, hidden_reason, hidden_at";

/// Values of [`COLUMNS`].
pub fn args(question: &Question) -> Vec<Arg<'_>> {
    let (answer, hidden) = (question.answer.as_ref(), question.hidden.as_ref());
    args![
        question.id.0,
        question.place,
        question.year,
        question.budget.map(|id| id.0),
        question.item.code(),
        question.code.as_str(),
        question.author.0,
        question.author_name.as_str(),
        question.lang.code(),
        question.body.as_str(),
        question.at,
        answer.map(|answer| answer.account.0),
        answer.map(|answer| answer.office.as_str()),
        answer.map(|answer| answer.lang.code()),
        answer.map(|answer| answer.body.as_str()),
        answer.map(|answer| answer.at.as_microsecond()),
        hidden.map(|hidden| hidden.reason.as_str()),
        hidden.map(|hidden| hidden.at.as_microsecond()),
    ]
    .into()
}

/// A question out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Question> {
    Ok(Question {
        id: QuestionId(row.uuid()?),
        place: row.kato()?,
        year: row.int()?,
        budget: row.uuid_opt()?.map(BudgetId),
        item: row.code(Item::parse)?,
        code: row.string()?,
        author: AccountId(row.uuid()?),
        author_name: row.string()?,
        lang: row.code(Lang::parse)?,
        body: row.string()?,
        at: row.instant()?,
        answer: answer(row)?,
        hidden: hidden(row)?,
    })
}

fn answer(row: &mut Columns<'_>) -> Result<Option<Answer>> {
    let (account, office, lang) = (row.uuid_opt()?, row.string_opt()?, row.string_opt()?);
    let (body, at) = (row.string_opt()?, row.int_opt()?);
    let (Some(account), Some(office), Some(lang), Some(body), Some(at)) = (account, office, lang, body, at)
    else {
        return Ok(None);
    };
    let lang = Lang::parse(&lang).ok_or_else(|| odd(format!("{lang:?} is not a language")))?;
    Ok(Some(Answer { account: AccountId(account), office, lang, body, at: instant(at)? }))
}

fn hidden(row: &mut Columns<'_>) -> Result<Option<Hidden>> {
    let (reason, at) = (row.string_opt()?, row.int_opt()?);
    let (Some(reason), Some(at)) = (reason, at) else { return Ok(None) };
    Ok(Some(Hidden { reason, at: instant(at)? }))
}

fn instant(at: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(at).map_err(|_| odd(format!("{at} is not an instant")))
}
