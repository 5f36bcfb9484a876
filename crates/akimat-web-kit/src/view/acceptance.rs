//! What residents say about finished works, ready to print.

use crate::state::WebState;
use crate::view::photo::{self, Item};
use akimat_app::acceptance::{Rules, Tally};
use akimat_core::Lang;
use akimat_i18n::Locale;
use akimat_storage::acceptance::{Acceptance, AcceptanceAnswer, Verdict};
use akimat_storage::photo::Photo;
use uuid::Uuid;

/// Where the judgement stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// When the works were called finished, and until when residents speak.
    pub term: String,
    /// The term runs.
    pub open: bool,
    /// People who confirm, printed.
    pub n_confirm: String,
    /// People who dispute, printed.
    pub n_dispute: String,
    /// Somebody spoke.
    pub any: bool,
    /// Somebody disputes.
    pub disputed: bool,
    /// Share of those who confirm, in per cent.
    pub share: u8,
    /// The same in words.
    pub share_text: String,
    /// What the office owes; empty when it owes nothing.
    pub due: String,
    /// The day by which the office answers, alone; empty when it owes nothing.
    pub due_day: String,
    /// The due day is over.
    pub late: bool,
}

/// Makes a tally printable.
pub fn standing(state: &WebState, locale: &Locale, tally: &Tally) -> Standing {
    let term = &tally.term;
    let (from, to) = (locale.date(term.finished_on), locale.date(term.last_day));
    let args = [("from", from.as_str().into()), ("to", to.as_str().into())];
    let all = u64::from(tally.n_confirm) + u64::from(tally.n_dispute);
    let share = u8::try_from(u64::from(tally.n_confirm) * 100 / all.max(1)).unwrap_or(100);
    let owed = tally.answer_by.filter(|_| !tally.answered);
    let due_day = owed.map_or_else(String::new, |day| locale.date(day));
    let due =
        owed.map_or_else(String::new, |_| locale.f("acceptance-due", &[("day", due_day.as_str().into())]));
    Standing {
        term: locale.f(if term.open { "acceptance-term-open" } else { "acceptance-term-over" }, &args),
        open: term.open,
        n_confirm: locale.count(u64::from(tally.n_confirm)),
        n_dispute: locale.count(u64::from(tally.n_dispute)),
        any: all > 0,
        disputed: tally.n_dispute > 0,
        share,
        share_text: locale
            .f("acceptance-share", &[("n", u64::from(tally.n_confirm).into()), ("all", all.into())]),
        late: owed.is_some_and(|day| day < state.app.today()),
        due,
        due_day,
    }
}

/// When the office must answer.
pub fn rule(locale: &Locale, rules: &Rules) -> String {
    locale.f(
        "disputes-rule",
        &[
            ("people", i64::from(rules.dispute_people_min).into()),
            ("share", locale.percent(&rules.dispute_share_pct.to_string()).into()),
            ("days", i64::from(rules.answer_days).into()),
        ],
    )
}

/// The word of a person.
#[derive(Clone, Debug)]
pub struct Word {
    /// Identifier, also the anchor.
    pub id: Uuid,
    /// Colour of the verdict.
    pub tone: &'static str,
    /// The verdict in words.
    pub verdict: String,
    /// Who and when.
    pub by: String,
    /// The words.
    pub body: String,
    /// Language of the words when it is not the visitor's.
    pub lang: &'static str,
    /// Why the words are not shown; empty when they are.
    pub hidden: String,
    /// A photograph.
    pub photo: Option<Item>,
    /// Said about an earlier completion.
    pub earlier: bool,
    /// The visitor sees what is hidden.
    pub behind: bool,
}

/// Makes a word printable; `photos` are those of the project.
pub fn word(
    (state, locale): (&WebState, &Locale),
    said: &Acceptance,
    photos: &[Photo],
    (moderator, finished_on): (bool, Option<jiff::civil::Date>),
) -> Word {
    let when = locale.date_time(said.at, state.app.zone());
    let shown = said.photo.and_then(|id| photos.iter().find(|photo| photo.id == id && !photo.erased));
    Word {
        id: said.id,
        tone: if said.verdict == Verdict::Confirm { "ok" } else { "warning" },
        verdict: locale.name("acceptance-verdict", said.verdict.code()).into_owned(),
        by: locale.f("comment-by", &[("name", said.by_name.as_str().into()), ("when", when.as_str().into())]),
        body: said.body.clone(),
        lang: lang_of(locale, said.lang),
        hidden: said.hidden.as_ref().map_or_else(String::new, |hidden| {
            let day = locale.date(hidden.at.to_zoned(state.app.zone().clone()).date());
            let args = [("when", day.as_str().into()), ("reason", hidden.reason.as_str().into())];
            locale.f("acceptance-hidden", &args)
        }),
        photo: shown.map(|photo| photo::item(state, locale, photo, moderator)).filter(Item::is_seen),
        earlier: finished_on.is_some_and(|day| day != said.finished_on),
        behind: moderator,
    }
}

/// An answer of the office: who and when, the words, their language when it is not the visitor's.
pub fn answer(
    state: &WebState,
    locale: &Locale,
    answer: &AcceptanceAnswer,
) -> (String, String, &'static str) {
    let when = locale.date_time(answer.at, state.app.zone());
    let by = [("name", answer.office.as_str().into()), ("when", when.as_str().into())];
    (locale.f("comment-by", &by), answer.body.clone(), lang_of(locale, answer.lang))
}

fn lang_of(locale: &Locale, lang: Lang) -> &'static str {
    if lang == locale.lang() { "" } else { lang.code() }
}
