//! Questions about the lines of a budget with the office's answers, as the page shows them.

use akimat_app::{Permission, permission};
use akimat_core::{KatoCode, Place};
use akimat_storage::{PageRequest, Question, QuestionFilter};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::item_name;
use akimat_web_kit::visitor::Visitor;

/// Questions on the page of each kind.
const SHOWN: u16 = 50;

/// What was asked and answered.
#[derive(Debug, Default)]
pub struct Talk {
    /// Answered ones first, then those that wait; the newest first among each.
    pub questions: Vec<QuestionView>,
    /// Questions that wait for an answer.
    pub n_open: usize,
}

/// A question as the page shows it.
#[derive(Debug)]
pub struct QuestionView {
    /// Identifier.
    pub id: String,
    /// The line it is about.
    pub line: String,
    /// Territory and year, on pages that show several.
    pub budget: (String, String),
    /// Who and when.
    pub by: String,
    /// The words, empty when hidden.
    pub body: String,
    /// Language of the words.
    pub lang: &'static str,
    /// Why it is hidden.
    pub hidden: String,
    /// The answer: office and date, words, language.
    pub answer: Option<(String, String, &'static str)>,
    /// The reader may answer.
    pub may_answer: bool,
    /// The reader may hide and show.
    pub may_hide: bool,
    /// The forms of this question.
    pub form: kit::Form,
}

/// What was asked about the budget of a territory and year.
///
/// # Errors
/// When the database fails.
pub async fn talk(state: &WebState, visitor: &Visitor, (place, year): (KatoCode, i16)) -> Answer<Talk> {
    let of = async |answered| {
        let filter =
            QuestionFilter { place: Some(place), year: Some(year), under: None, answered: Some(answered) };
        state.app.read().list_questions(&filter, &PageRequest::first(SHOWN)).await
    };
    let (answered, open) = (of(true).await?.items, of(false).await?.items);
    let n_open = open.len();
    let questions = answered.iter().chain(&open).map(|asked| view(state, visitor, asked, None)).collect();
    Ok(Talk { questions, n_open })
}

/// A question for the page; the name of its territory where the page shows several.
pub(super) fn view(
    state: &WebState,
    visitor: &Visitor,
    asked: &Question,
    place: Option<&Place>,
) -> QuestionView {
    let locale = visitor.locale();
    let may = |what| permission::check(visitor.actor(), what, Some(asked.place)).is_ok();
    let may_hide = may(Permission::Moderate);
    let when = |at| locale.date_time(at, state.app.zone());
    let hidden = asked.hidden.as_ref().map_or_else(String::new, |hidden| {
        let day = locale.date(hidden.at.to_zoned(state.app.zone().clone()).date());
        locale.f("question-hidden", &[("when", day.into()), ("reason", hidden.reason.as_str().into())])
    });
    let shown = hidden.is_empty() || may_hide;
    QuestionView {
        id: asked.id.to_string(),
        line: item_name(locale, asked.item, &asked.code),
        budget: place.map_or_else(Default::default, |place| {
            let name = format!("{}, {}", place.name.get(visitor.lang), asked.year);
            (format!("/places/{}/citizens-budget?year={}", asked.place, asked.year), name)
        }),
        by: locale.f(
            "question-by",
            &[("name", asked.author_name.as_str().into()), ("when", when(asked.at).into())],
        ),
        body: if shown { asked.body.clone() } else { String::new() },
        lang: asked.lang.code(),
        hidden,
        answer: asked.answer.as_ref().filter(|_| shown).map(|answer| {
            let by = [("office", answer.office.as_str().into()), ("when", when(answer.at).into())];
            (locale.f("question-answered-by", &by), answer.body.clone(), answer.lang.code())
        }),
        may_answer: may(Permission::AnswerQuestions),
        may_hide,
        form: kit::Form::new(),
    }
}
