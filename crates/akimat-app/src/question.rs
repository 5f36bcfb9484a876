//! Residents ask about lines of a budget; the office answers in public; moderators keep order.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_budget::Item;
use akimat_core::{BudgetId, KatoCode, Lang, QuestionId};
use akimat_participation::{CommentError, Hidden, comment};
use akimat_storage::{Account, Answer, Change, Question};
use serde_json::json;

/// What a person asks, and about which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionDraft {
    /// Territory of the budget.
    pub place: KatoCode,
    /// Year of the budget.
    pub year: i16,
    /// The budget of the register, when there is one.
    pub budget: Option<BudgetId>,
    /// What the line states.
    pub item: Item,
    /// Classification code of the line; empty for summary lines.
    pub code: String,
    /// Language of the words.
    pub lang: Lang,
    /// The words.
    pub body: String,
}

impl App {
    /// A person asks about a line of a budget.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the question is empty or too long; [`AppError::NotFound`] when there is no
    /// such territory.
    pub async fn ask_about_budget(
        &self,
        actor: Option<&Account>,
        draft: QuestionDraft,
    ) -> Result<QuestionId> {
        permission::check(actor, Permission::SignedIn, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let body = words("body", &draft.body)?;
        let place = self.read().find_place(draft.place, self.today()).await?;
        place.ok_or(AppError::NotFound("place"))?;
        self.require(actor, akimat_identity::Action::Comment, Some(draft.place)).await?;
        let id = self.new_question_id();
        let question = Question {
            id,
            place: draft.place,
            year: draft.year,
            budget: draft.budget,
            item: draft.item,
            code: draft.code.chars().take(100).collect(),
            author: account.id,
            author_name: account.display_name.clone(),
            lang: draft.lang,
            body,
            at: self.now(),
            answer: None,
            hidden: None,
        };
        let detail = json!({ "year": draft.year, "item": draft.item.code(), "code": question.code });
        let audit = self.audit(actor, "ask_about_budget", id, Some(draft.place), &detail);
        self.store().apply(vec![Change::AddQuestion(Box::new(question)), audit]).await?;
        Ok(id)
    }

    /// An official of the territory answers a question, or replaces the answer with a better one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the answer is empty or too long, [`AppError::Forbidden`] outside the
    /// official's territory, [`AppError::NotFound`] when there is no such question.
    pub async fn answer_question(
        &self,
        actor: Option<&Account>,
        id: QuestionId,
        (lang, body): (Lang, &str),
    ) -> Result<Question> {
        permission::check(actor, Permission::AnswerQuestions, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let question = self.read().find_question(id).await?.ok_or(AppError::NotFound("question"))?;
        permission::check(actor, Permission::AnswerQuestions, Some(question.place))?;
        let body = words("body", body)?;
        let office = if account.office.is_empty() { &account.display_name } else { &account.office };
        let answer = Answer { account: account.id, office: office.clone(), lang, body, at: self.now() };
        let detail = json!({ "replaced": question.answer.is_some() });
        let audit = self.audit(actor, "answer_question", id, Some(question.place), &detail);
        self.store().apply(vec![Change::AnswerQuestion(id, answer), audit]).await?;
        Ok(question)
    }

    /// A moderator hides a question with its answer; the reason stays in its place for everybody to see.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn hide_question(
        &self,
        actor: Option<&Account>,
        id: QuestionId,
        reason: &str,
    ) -> Result<Question> {
        let question = self.moderated_question(actor, id).await?;
        let reason = parse_reason("reason", reason)?;
        let audit =
            self.audit(actor, "hide_question", id, Some(question.place), &json!({ "reason": reason }));
        let hidden = Hidden { reason, at: self.now() };
        self.store().apply(vec![Change::HideQuestion(id, hidden), audit]).await?;
        Ok(question)
    }

    /// A moderator shows a hidden question again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn show_question(&self, actor: Option<&Account>, id: QuestionId) -> Result<Question> {
        let question = self.moderated_question(actor, id).await?;
        let audit = self.audit(actor, "show_question", id, Some(question.place), &json!({}));
        self.store().apply(vec![Change::ShowQuestion(id), audit]).await?;
        Ok(question)
    }

    async fn moderated_question(&self, actor: Option<&Account>, id: QuestionId) -> Result<Question> {
        permission::check(actor, Permission::Moderate, None)?;
        let question = self.read().find_question(id).await?.ok_or(AppError::NotFound("question"))?;
        permission::check(actor, Permission::Moderate, Some(question.place))?;
        Ok(question)
    }
}

/// Words of a person as comments are: not empty, not endless.
fn words(field: &str, text: &str) -> Result<String> {
    comment::parse_body(text).map_err(|error| {
        AppError::Invalid(vec![match error {
            CommentError::Empty => FieldFault::new(field, "field-required"),
            CommentError::TooLong { .. } => {
                FieldFault::new(field, "field-too-long").with("max", comment::COMMENT_CHARS_MAX)
            }
        }])
    })
}
