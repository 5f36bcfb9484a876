//! Promises about questions on a budget.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, at, id, kato};
use super::{ok, refused, walk};
use crate::question::{Answer, Question, QuestionFilter};
use crate::{Change, Conflict, Cursor, PageRequest, Store};
use akimat_budget::Item;
use akimat_core::{AccountId, BudgetId, Lang, QuestionId};
use akimat_participation::Hidden;

/// The `n`-th question, in the `n`-th second.
fn question(n: u64, place: u32) -> Question {
    Question {
        id: QuestionId(id(n)),
        place: kato(place),
        year: 2025 + i16::from(n.is_multiple_of(2)),
        budget: n.is_multiple_of(2).then(|| BudgetId(id(800))),
        item: if n.is_multiple_of(2) { Item::Tax } else { Item::FunctionalGroup },
        code: if n.is_multiple_of(2) { String::new() } else { "07".to_owned() },
        author: AccountId(id(901)),
        author_name: "Айгүл".to_owned(),
        lang: Lang::Kk,
        body: format!("Сұрақ {n}\nекінші жол"),
        at: at(i64::try_from(n).unwrap_or(0)),
        answer: None,
        hidden: None,
    }
}

fn add(question: &Question) -> Change {
    Change::AddQuestion(Box::new(question.clone()))
}

/// Kept whole, newest first, by territory, below one and by year.
pub async fn questions_are_kept(store: &dyn Store) {
    let places = [DISTRICT, OKRUG, OTHER];
    let all: Vec<Question> = (1..=12).map(|n| question(n, places[(n % 3) as usize])).collect();
    ok(store.apply(all.iter().map(add).collect()).await);
    assert_eq!(ok(store.find_question(all[3].id).await).as_ref(), Some(&all[3]));
    assert_eq!(ok(store.find_question(QuestionId(id(99))).await), None);
    let filters = [
        QuestionFilter::default(),
        QuestionFilter { place: Some(kato(DISTRICT)), ..QuestionFilter::default() },
        QuestionFilter { under: Some(kato(DISTRICT)), year: Some(2025), ..QuestionFilter::default() },
        QuestionFilter { under: Some(kato(REGION)), answered: Some(false), ..QuestionFilter::default() },
    ];
    for filter in filters {
        let fits = |q: &&Question| {
            filter.place.is_none_or(|place| place == q.place)
                && filter.under.is_none_or(|under| under.covers(q.place))
                && filter.year.is_none_or(|year| year == q.year)
        };
        let due: Vec<Question> = all.iter().rev().filter(fits).cloned().collect();
        let listed = walk(3, async |page| store.list_questions(&filter, &page).await).await;
        assert_eq!(listed, due, "{filter:?}");
    }
    refused(store.apply(vec![add(&all[0])]).await, &Conflict::Exists("question"));
    let forged = Some(Cursor { key: "x".to_owned(), id: id(1) });
    let page = PageRequest { limit: 50, after: forged };
    assert_eq!(ok(store.list_questions(&QuestionFilter::default(), &page).await).items.len(), 12);
}

/// An answer stays with its question, the better one replaces it; what is hidden keeps its words.
pub async fn answers_are_pinned(store: &dyn Store) {
    let asked = question(1, DISTRICT);
    ok(store.apply(vec![add(&asked), add(&question(2, DISTRICT))]).await);
    let answer = |n: i64| Answer {
        account: AccountId(id(902)),
        office: "Отдел финансов".to_owned(),
        lang: Lang::Ru,
        body: format!("Ответ {n}"),
        at: at(50 + n),
    };
    for n in [1, 2] {
        ok(store.apply(vec![Change::AnswerQuestion(asked.id, answer(n))]).await);
    }
    let hidden = Hidden { reason: "Оскорбление".to_owned(), at: at(77) };
    ok(store.apply(vec![Change::HideQuestion(asked.id, hidden.clone())]).await);
    let due = Question { answer: Some(answer(2)), hidden: Some(hidden.clone()), ..asked.clone() };
    let answered = QuestionFilter { answered: Some(true), ..QuestionFilter::default() };
    assert_eq!(ok(store.list_questions(&answered, &PageRequest::first(5)).await).items, [due]);
    ok(store.apply(vec![Change::ShowQuestion(asked.id)]).await);
    assert_eq!(ok(store.find_question(asked.id).await).expect("the question").hidden, None);
    let nobody = QuestionId(id(9));
    for change in [
        Change::AnswerQuestion(nobody, answer(1)),
        Change::HideQuestion(nobody, hidden),
        Change::ShowQuestion(nobody),
    ] {
        refused(store.apply(vec![change]).await, &Conflict::Missing("question"));
    }
}
