//! Questions of residents about lines of a budget, with the office's answer.

use crate::{Page, PageRequest, Result};
use akimat_budget::Item;
use akimat_core::{AccountId, BudgetId, KatoCode, Lang, QuestionId};
use akimat_participation::Hidden;
use async_trait::async_trait;
use jiff::Timestamp;

/// What an office answers; one answer a question, replaced by a better one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Who wrote it.
    pub account: AccountId,
    /// Name of the office, or of the person when no office is known.
    pub office: String,
    /// Language it was written in.
    pub lang: Lang,
    /// The words.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

/// A question of a person about one line of a territory's budget of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Identifier.
    pub id: QuestionId,
    /// Territory of the budget.
    pub place: KatoCode,
    /// Year of the budget.
    pub year: i16,
    /// The budget of the register, when the question was asked on its page.
    pub budget: Option<BudgetId>,
    /// What the line states.
    pub item: Item,
    /// Classification code of the line; empty for summary lines.
    pub code: String,
    /// Who asks.
    pub author: AccountId,
    /// Name shown.
    pub author_name: String,
    /// Language it was written in.
    pub lang: Lang,
    /// The words.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// The office's answer.
    pub answer: Option<Answer>,
    /// Hidden by a moderator: the reason stays in its place.
    pub hidden: Option<Hidden>,
}

/// Which questions are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuestionFilter {
    /// About budgets of this territory.
    pub place: Option<KatoCode>,
    /// About budgets of this territory and those below it.
    pub under: Option<KatoCode>,
    /// About budgets of this year.
    pub year: Option<i16>,
    /// With an answer, or without one.
    pub answered: Option<bool>,
}

/// Reads questions.
#[async_trait]
pub trait QuestionRead: Send + Sync {
    /// Questions, newest first, hidden ones included with their words: the caller shows only the reason.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_questions(&self, filter: &QuestionFilter, page: &PageRequest) -> Result<Page<Question>>;

    /// One question.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_question(&self, id: QuestionId) -> Result<Option<Question>>;
}
