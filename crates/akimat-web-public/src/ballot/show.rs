//! The page of one's own ballot.

use super::setting;
use akimat_app::ballot::{MyBallot, Setting, file, needed};
use akimat_core::{MoneyUnit, Role};
use akimat_i18n::Locale;
use akimat_participation::ballot::{Ballot, Fit, Kept, Meter, Standing};
use akimat_participation::process::{BallotForm, Phase};
use akimat_participation::proposal::Proposal;
use akimat_storage::ballot::BallotChannel;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::person;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/ballot/show.html")]
struct ShowPage {
    page: Page,
    code: String,
    process: String,
    form: kit::Form,
    how: String,
    closes: String,
    /// The line that says how far the ballot is.
    state: String,
    state_tone: &'static str,
    state_more: String,
    receipt: String,
    paper: bool,
    may_mark: bool,
    may_submit: bool,
    may_withdraw: bool,
    /// Why one cannot vote, or not yet.
    closed: String,
    sign_in: bool,
    /// Address of voting once without an account; empty where the process has no such thing.
    once: String,
    lacks: Vec<String>,
    needs: String,
    envelopes: Vec<EnvelopeView>,
    ranked: bool,
    points: bool,
    any: bool,
}

/// Projects of an envelope with its meter.
struct EnvelopeView {
    code: String,
    title: String,
    meter: String,
    left: String,
    percent: i64,
    bar: String,
    rows: Vec<Row>,
}

/// A project.
struct Row {
    number: u32,
    proposal: u32,
    title: String,
    lang: &'static str,
    cost: String,
    chosen: bool,
    can_add: bool,
    /// What speaks against marking it, if anything.
    against: String,
    /// Of which others at most one can be built with it.
    conflicts: String,
    points: u32,
    place: usize,
    first: bool,
    last: bool,
    error: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such ballot.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let setting = setting(&state, &code).await?;
    page(&state, &visitor, &setting, kit::Form::new()).await
}

/// The page with what was refused, if anything was.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(state: &WebState, visitor: &Visitor, setting: &Setting, form: kit::Form) -> Answer {
    let faulty = !form.is_clean();
    let page = build(state, visitor, setting, form).await?;
    if faulty { frame::render_invalid(&page) } else { frame::render(&page) }
}

async fn build(state: &WebState, visitor: &Visitor, setting: &Setting, form: kit::Form) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let process = &setting.process;
    let voter = visitor.actor().filter(|account| account.role == Role::Resident);
    let mine = match voter {
        Some(_) => state.app.my_ballot(visitor.actor(), setting).await?,
        None => nothing(),
    };
    let lacks = match voter {
        Some(account) => state.app.ballot_lacks(account.id, setting).await?,
        None => Vec::new(),
    };
    let open = process.open(Phase::Ballot, state.app.now());
    let final_one = akimat_app::ballot::is_final(setting, &mine.kept);
    let may_mark = voter.is_some() && open && lacks.is_empty() && !final_one;
    let title = locale.text(&process.title).0.to_owned();
    let (line, tone, more) = state_line(state, locale, &mine);
    let term = process.term(Phase::Ballot);
    let on_paper = mine.kept.submitted.as_ref().is_some_and(|one| one.paper);
    Ok(ShowPage {
        page: frame::page(
            visitor,
            locale.f("ballot-title", &[("process", title.as_str().into())]),
            Some(MenuItem::Budgeting),
        )
        .invented(process.invented)
        .errors(!form.is_clean()),
        code: process.code.clone(),
        process: title,
        how: how(locale, setting),
        closes: term.map_or_else(String::new, |term| {
            let at = locale.date_time(term.closes_at, state.app.zone());
            locale.f("ballot-closes", &[("at", at.into())])
        }),
        state: line,
        state_tone: tone,
        state_more: more,
        receipt: mine.kept.submitted.as_ref().map_or_else(String::new, |one| one.receipt.code().to_owned()),
        paper: mine.channel == Some(BallotChannel::Paper) || on_paper,
        may_mark,
        may_submit: may_mark
            && matches!(mine.standing, Standing::Saved { .. })
            && !mine.kept.working.is_empty(),
        may_withdraw: may_mark && mine.kept.submitted.is_some() && !on_paper,
        closed: if open { String::new() } else { closed(state, locale, setting) },
        sign_in: visitor.account.is_none() && open,
        once: match process.ballot.one_time && open {
            true => person::once_link(visitor, process.place, &format!("ballot/{}", process.id)),
            false => String::new(),
        },
        lacks: lacks.into_iter().map(|lack| person::lack(locale, lack)).collect(),
        needs: person::needs(locale, &needed(setting)),
        envelopes: envelopes(locale, setting, (&mine.kept.working, may_mark), &form),
        ranked: matches!(process.ballot.form, BallotForm::Ranking { .. }),
        points: matches!(process.ballot.form, BallotForm::Points { .. }),
        any: !mine.kept.working.is_empty(),
        form,
    })
}

fn nothing() -> MyBallot {
    let kept = Kept::default();
    MyBallot { standing: kept.standing(), kept, channel: None }
}

/// The line that is always one of three, its colour, and what else there is to say.
fn state_line(state: &WebState, locale: &Locale, mine: &MyBallot) -> (String, &'static str, String) {
    let at = |at| locale.date_time(at, state.app.zone());
    match mine.standing {
        Standing::NotStarted => (locale.t("ballot-state-none").into_owned(), "info", String::new()),
        Standing::Saved { before } => {
            let more = before.map_or_else(String::new, |before| {
                locale.f("ballot-state-before", &[("at", at(before).into())])
            });
            (locale.t("ballot-state-saved").into_owned(), "warning", more)
        }
        Standing::Counted { at: when } => {
            (locale.f("ballot-state-counted", &[("at", at(when).into())]), "ok", String::new())
        }
    }
}

/// How one marks, in a sentence.
fn how(locale: &Locale, setting: &Setting) -> String {
    let ballot = &setting.process.ballot;
    let mut text = how_once(locale, setting);
    let mut add = |more: String| {
        text.push(' ');
        text.push_str(&more);
    };
    let key = if ballot.changeable { "ballot-how-changeable" } else { "ballot-how-final" };
    add(locale.t(key).into_owned());
    let key = if ballot.saved_counts { "ballot-how-saved-counts" } else { "ballot-how-saved-lost" };
    add(locale.t(key).into_owned());
    text
}

/// What may be marked, in a sentence or two.
pub(crate) fn how_once(locale: &Locale, setting: &Setting) -> String {
    let ballot = &setting.process.ballot;
    let mut text = match ballot.form {
        BallotForm::Single => locale.t("ballot-how-single").into_owned(),
        BallotForm::Approval { min, max } => {
            locale.f("ballot-how-approval", &[("min", min.into()), ("max", max.into())])
        }
        BallotForm::Knapsack => locale.t("ballot-how-knapsack").into_owned(),
        BallotForm::Points { n } => locale.f("ballot-how-points", &[("n", n.into())]),
        BallotForm::Ranking { max } => locale.f("ballot-how-ranking", &[("max", max.into())]),
    };
    if let Some(max) = ballot.envelopes_max.filter(|max| usize::from(*max) < setting.paper.envelopes.len()) {
        text.push(' ');
        text.push_str(&locale.f("ballot-how-envelopes", &[("max", max.into())]));
    }
    text
}

/// Why nobody can vote now.
fn closed(state: &WebState, locale: &Locale, setting: &Setting) -> String {
    let process = &setting.process;
    let now = state.app.now();
    match process.term(Phase::Ballot) {
        Some(term) if process.phase > Phase::Ballot || now >= term.closes_at => {
            let at = locale.date_time(term.closes_at, state.app.zone());
            locale.f("ballot-closed-since", &[("at", at.into())])
        }
        Some(term) if now < term.opens_at => {
            let at = locale.date_time(term.opens_at, state.app.zone());
            locale.f("ballot-opens", &[("at", at.into())])
        }
        _ => locale.t("ballot-not-open").into_owned(),
    }
}

fn envelopes(
    locale: &Locale,
    setting: &Setting,
    (ballot, may_mark): (&Ballot, bool),
    form: &kit::Form,
) -> Vec<EnvelopeView> {
    let meters = setting.paper.meters(ballot);
    let one = |(at, meter): (usize, &Meter)| {
        let envelope = setting.process.envelopes.get(at)?;
        let mut rows: Vec<Row> = setting
            .of_envelope(at)
            .map(|project| row(locale, setting, (ballot, may_mark), (project, form)))
            .collect();
        let chosen = rows.iter().filter(|row| row.chosen).count();
        for row in &mut rows {
            (row.first, row.last) = (row.place <= 1, row.place >= chosen);
        }
        if matches!(setting.process.ballot.form, BallotForm::Ranking { .. }) {
            rows.sort_by_key(|row| if row.chosen { (0, row.place) } else { (1, 0) });
        }
        Some(EnvelopeView {
            code: envelope.code.clone(),
            title: locale.text(&envelope.title).0.to_owned(),
            meter: meter_text(locale, setting, meter),
            left: left_text(locale, setting, meter),
            percent: percent(setting, meter),
            bar: locale.f("ballot-meter-of", &[("envelope", locale.text(&envelope.title).0.into())]),
            rows,
        })
    };
    meters.iter().enumerate().filter_map(one).collect()
}

/// Number chosen and money spent.
fn meter_text(locale: &Locale, setting: &Setting, meter: &Meter) -> String {
    let spent = locale.money(meter.spent, MoneyUnit::Tenge, 0);
    let money = locale.money(meter.money, MoneyUnit::Tenge, 0);
    let args = [("n", i64::from(meter.chosen).into()), ("spent", spent.into()), ("money", money.into())];
    match (setting.process.ballot.form, meter.max) {
        (BallotForm::Points { n }, _) => {
            let args = [("n", i64::from(meter.points).into()), ("max", n.into())];
            locale.f("ballot-meter-points", &args)
        }
        (BallotForm::Knapsack, _) => locale.f("ballot-meter-money", &args),
        (_, Some(max)) => {
            let args =
                [("n", i64::from(meter.chosen).into()), ("max", max.into()), ("spent", args[1].1.clone())];
            locale.f("ballot-meter-count", &args)
        }
        (_, None) => locale.f("ballot-meter-money", &args),
    }
}

/// What is left.
fn left_text(locale: &Locale, setting: &Setting, meter: &Meter) -> String {
    match (setting.process.ballot.form, meter.max) {
        (BallotForm::Points { n }, _) => {
            let left = u32::from(n).saturating_sub(meter.points);
            locale.f("ballot-left-points", &[("n", i64::from(left).into())])
        }
        (BallotForm::Knapsack, _) | (_, None) => {
            let left = locale.money(meter.left(), MoneyUnit::Tenge, 0);
            locale.f("ballot-left-money", &[("left", left.into())])
        }
        (_, Some(max)) => {
            let left = i64::from(max.saturating_sub(meter.chosen));
            locale.f("ballot-left-count", &[("n", left.into())])
        }
    }
}

fn percent(setting: &Setting, meter: &Meter) -> i64 {
    let share =
        |part: i64, whole: i64| part.saturating_mul(100).checked_div(whole).unwrap_or(0).clamp(0, 100);
    match (setting.process.ballot.form, meter.max) {
        (BallotForm::Points { n }, _) => share(i64::from(meter.points), i64::from(n)),
        (BallotForm::Knapsack, _) | (_, None) => share(meter.spent.tiyn(), meter.money.tiyn()),
        (_, Some(max)) => share(i64::from(meter.chosen), i64::from(max)),
    }
}

fn row(
    locale: &Locale,
    setting: &Setting,
    (ballot, may_mark): (&Ballot, bool),
    (project, form): (&Proposal, &kit::Form),
) -> Row {
    let number = project.ballot_number.unwrap_or_default();
    let fit = setting.paper.fit(ballot, project.id);
    let against = match fit {
        Fit::Chosen | Fit::Fits => String::new(),
        Fit::Over(by) => locale.f("ballot-over-by", &[("by", locale.money(by, MoneyUnit::Tenge, 0).into())]),
        Fit::Full => locale.t("ballot-full").into_owned(),
        Fit::Elsewhere => locale.t("ballot-elsewhere").into_owned(),
    };
    let (title, lang) = locale.text(&project.title);
    let inside = |other: &&akimat_participation::ballot::Mark| {
        setting.project(other.project).is_some_and(|other| other.envelope == project.envelope)
    };
    let place = ballot.marks.iter().filter(inside).position(|mark| mark.project == project.id);
    let shown = may_mark || fit == Fit::Chosen;
    Row {
        number,
        proposal: project.number.unwrap_or_default(),
        title: title.to_owned(),
        lang: lang.map_or("", akimat_core::Lang::code),
        cost: project.cost().map_or_else(String::new, |cost| locale.money(cost, MoneyUnit::Tenge, 0)),
        chosen: fit == Fit::Chosen,
        can_add: may_mark && fit == Fit::Fits,
        against: if shown { against } else { String::new() },
        conflicts: conflicts(locale, setting, project),
        points: ballot.points(project.id),
        place: place.map_or(0, |place| place + 1),
        first: false,
        last: false,
        error: form.error(format!("p{number}")).to_owned(),
    }
}

/// Projects of which at most one can be built with this one, also in other envelopes.
fn conflicts(locale: &Locale, setting: &Setting, project: &Proposal) -> String {
    let rivals: Vec<String> = setting
        .projects
        .iter()
        .filter(|other| file::conflict(project, other))
        .map(|other| format!("№ {}", other.ballot_number.unwrap_or_default()))
        .collect();
    match rivals.is_empty() {
        true => String::new(),
        false => locale.f("ballot-conflict", &[("list", rivals.join(", ").into())]),
    }
}
