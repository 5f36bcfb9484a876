//! A process is prepared: name, money, calendar, rules; the calendar is checked before anything is published.

use super::fail;
use akimat_app::process::ProcessDraft;
use akimat_app::{AppError, FieldFault};
use akimat_core::{Money, MoneyUnit, Text};
use akimat_identity::Level;
use akimat_participation::process::calendar::{CalendarProblem, TERMS};
use akimat_participation::process::{
    BallotForm, Category, CountMethod, Document, Envelope, Formula, Needs, Paper, Process, Reach, Term,
    Weight, check,
};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budgeting::{day, last_day, phase_name, tenge};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;

/// Rows of a list in a form at most.
const ROWS_MAX: usize = 40;

#[derive(Template)]
#[template(path = "admin/budgeting/edit.html")]
struct EditPage {
    page: Page,
    code: String,
    form: kit::Form,
    phases: Vec<(String, String, bool)>,
    problems: Vec<(String, bool)>,
    envelopes: Vec<(String, String)>,
    formulas: Vec<(String, String)>,
    reaches: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    /// The vote is open to whoever confirms an address: one person may have several.
    weak_voters: bool,
    forms: Vec<(String, String)>,
    papers: Vec<(String, String)>,
    methods: Vec<(String, String)>,
}

/// A calendar's problem as a sentence.
fn problem(visitor: &Visitor, problem: CalendarProblem) -> String {
    let locale = visitor.locale();
    let phase = phase_name(locale, problem.phase());
    let days = match problem {
        CalendarProblem::Gap { days, .. } | CalendarProblem::Short { days, .. } => days,
        _ => 0,
    };
    let other = match problem {
        CalendarProblem::Early { before, .. } => phase_name(locale, before),
        _ => String::new(),
    };
    locale.f(
        &format!("calendar-problem-{}", problem.code()),
        &[("phase", phase.into()), ("days", days.into()), ("other", other.into())],
    )
}

/// The lines of a list: code, names in the three languages and further parts, separated by semicolons.
fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.split(';').map(str::trim).collect())
}

fn part<'a>(parts: &[&'a str], at: usize) -> &'a str {
    parts.get(at).copied().unwrap_or_default()
}

/// The process as fields of the form.
fn filled(state: &WebState, process: &Process) -> kit::Form {
    let total = Money::checked_sum(process.envelopes.iter().map(|one| one.amount)).unwrap_or(Money::ZERO);
    let text = |form: kit::Form, name: &str, text: &Text| {
        form.with(&format!("{name}_kk"), text.kk.as_str())
            .with(&format!("{name}_ru"), text.ru.as_str())
            .with(&format!("{name}_en"), text.en.as_str())
    };
    let mut form = kit::Form::new()
        .with("edit", process.edit.to_string())
        .with("total", total.to_decimal(MoneyUnit::Tenge, 0))
        .with("formula", process.formula.code())
        .with("voters_level", process.voters.level.to_string())
        .with("voters_age", process.voters.min_age.map_or_else(String::new, |age| age.to_string()))
        .with("voters_reach", process.voters.reach.code())
        .with("proposers_level", process.proposers.level.to_string())
        .with("proposers_age", process.proposers.min_age.map_or_else(String::new, |age| age.to_string()))
        .with("proposers_reach", process.proposers.reach.code())
        .with("form", process.ballot.form.code())
        .with("changeable", if process.ballot.changeable { "yes" } else { "" })
        .with("paper", process.ballot.paper.code())
        .with("one_time", if process.ballot.one_time { "yes" } else { "" })
        .with("method", process.rule.method.code())
        .with("min_votes", process.rule.min_votes.map_or_else(String::new, |n| n.to_string()))
        .with(
            "cap_indices",
            process.cap.and_then(|cap| cap.indices).map_or_else(String::new, |n| n.to_string()),
        );
    form = text(form, "title", &process.title);
    form = text(form, "summary", &process.summary);
    form = text(form, "basis", &process.basis);
    let (min, max) = match process.ballot.form {
        BallotForm::Approval { min, max } => (min, max),
        BallotForm::Points { n } => (1, n),
        BallotForm::Ranking { max } => (1, max),
        BallotForm::Single | BallotForm::Knapsack => (1, 1),
    };
    form = form.with("min", min.to_string()).with("max", max.to_string());
    if let Formula::Mixed { equal, population } = process.formula {
        form = form.with("equal", equal.to_string()).with("population", population.to_string());
    }
    for term in &process.calendar {
        let phase = term.phase.code();
        form = form
            .with(&format!("opens-{phase}"), day(state, term.opens_at).to_string())
            .with(&format!("closes-{phase}"), last_day(state, term.closes_at).to_string());
    }
    let envelope = |one: &Envelope| {
        let place = one.place.map_or_else(String::new, |place| place.to_string());
        let title = &one.title;
        let amount = one.amount.to_decimal(MoneyUnit::Tenge, 0);
        let (people, need) = (one.weight.population, one.weight.need);
        format!("{}; {}; {}; {}; {place}; {people}; {need}; {amount}", one.code, title.kk, title.ru, title.en)
    };
    let envelopes: Vec<String> = process.envelopes.iter().map(envelope).collect();
    let category =
        |one: &Category| format!("{}; {}; {}; {}", one.code, one.title.kk, one.title.ru, one.title.en);
    let categories: Vec<String> = process.categories.iter().map(category).collect();
    let document =
        |one: &Document| format!("{}; {}; {}; {}", one.href, one.title.kk, one.title.ru, one.title.en);
    let documents: Vec<String> = process.documents.iter().map(document).collect();
    form.with("envelopes", envelopes.join("\n"))
        .with("categories", categories.join("\n"))
        .with("documents", documents.join("\n"))
}

fn build(state: &WebState, visitor: &Visitor, process: &Process, form: kit::Form) -> EditPage {
    let locale = visitor.locale();
    let named = |prefix: &str, codes: &[&str]| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), locale.name(prefix, code).into_owned())).collect()
    };
    let problems = check(process, state.app.now());
    EditPage {
        page: frame::page(visitor, locale.t("budgeting-edit-title"), Some(MenuItem::Admin))
            .invented(process.invented)
            .errors(!form.is_clean())
            .hidden(),
        code: process.code.clone(),
        phases: TERMS
            .into_iter()
            .map(|phase| (phase.code().to_owned(), phase_name(locale, phase), phase.optional()))
            .collect(),
        problems: problems.into_iter().map(|one| (problem(visitor, one), one.forbids())).collect(),
        envelopes: process
            .envelopes
            .iter()
            .map(|one| (locale.text(&one.title).0.to_owned(), tenge(locale, one.amount)))
            .collect(),
        formulas: named("formula-name", &["stated", "equal", "population", "need", "points", "mixed"]),
        reaches: named("budgeting-reach", &["anywhere", "region", "district", "place"]),
        levels: named("budgeting-level", &["0", "1", "2", "3"]),
        weak_voters: process.voters.level <= Level::Contact.number(),
        forms: named("form-name", &["single", "approval", "knapsack", "points", "ranking"]),
        papers: named("paper", &["none", "replaces", "refused"]),
        methods: named("count-method", &["greedy", "equal_shares"]),
        form,
    }
}

/// The form, with what is wrong with the calendar as it stands.
///
/// # Errors
/// 403 outside the territory, 404 when there is no such process.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    if !state.app.leads_process(visitor.actor(), &process) {
        return Err(AppError::Forbidden.into());
    }
    let form = filled(&state, &process);
    frame::render(&build(&state, &visitor, &process, form))
}

/// Reads the form; what cannot be read is a fault of its field.
struct Reader<'a> {
    form: &'a Form,
    state: &'a WebState,
    faults: Vec<FieldFault>,
}

impl Reader<'_> {
    fn wrong(&mut self, field: &str, key: &'static str) {
        self.faults.push(FieldFault::new(field, key));
    }

    fn text(&self, name: &str) -> Text {
        let one = |lang: &str| self.form.get(&format!("{name}_{lang}")).to_owned();
        Text::new(one("kk"), one("ru"), one("en"))
    }

    fn number<T: std::str::FromStr>(&mut self, field: &str) -> Option<T> {
        let text = self.form.get(field);
        if text.is_empty() {
            return None;
        }
        let read = text.parse().ok();
        if read.is_none() {
            self.wrong(field, "field-not-a-number");
        }
        read
    }

    fn money(&mut self, field: &str, text: &str) -> Money {
        if text.is_empty() {
            return Money::ZERO;
        }
        Money::parse(text, MoneyUnit::Tenge).unwrap_or_else(|_| {
            self.wrong(field, "field-not-an-amount");
            Money::ZERO
        })
    }

    fn needs(&mut self, who: &str) -> Needs {
        let level: u8 = self.number(&format!("{who}_level")).unwrap_or_default();
        Needs {
            level: level.min(3),
            min_age: self.number(&format!("{who}_age")),
            reach: Reach::parse(self.form.get(&format!("{who}_reach"))).unwrap_or_default(),
        }
    }

    fn term(&mut self, phase: akimat_participation::Phase) -> Option<Term> {
        let names = [format!("opens-{}", phase.code()), format!("closes-{}", phase.code())];
        if names.iter().all(|name| self.form.get(name).is_empty()) {
            return None;
        }
        let days: Vec<Option<Date>> = names.iter().map(|name| self.form.get(name).parse().ok()).collect();
        for (name, day) in names.iter().zip(&days) {
            if day.is_none() {
                self.wrong(name, "field-not-a-date");
            }
        }
        let begins = |day: Date| {
            let zone = self.state.app.zone().clone();
            day.at(0, 0, 0, 0).to_zoned(zone).ok().map(|zoned| zoned.timestamp())
        };
        let opens_at = begins(days[0]?)?;
        // The last day belongs to the phase.
        let closes_at = begins(days[1]?.tomorrow().ok()?)?;
        Some(Term { phase, opens_at, closes_at })
    }

    fn ballot_form(&mut self) -> BallotForm {
        let (min, max) = (self.number("min").unwrap_or(1), self.number("max").unwrap_or(1));
        match self.form.get("form") {
            "approval" => BallotForm::Approval { min, max },
            "knapsack" => BallotForm::Knapsack,
            "points" => BallotForm::Points { n: max },
            "ranking" => BallotForm::Ranking { max },
            _ => BallotForm::Single,
        }
    }

    fn formula(&mut self) -> Formula {
        match self.form.get("formula") {
            "equal" => Formula::Equal,
            "population" => Formula::Population,
            "need" => Formula::Need,
            "points" => Formula::Points,
            "mixed" => Formula::Mixed {
                equal: self.number("equal").unwrap_or_default(),
                population: self.number("population").unwrap_or_default(),
            },
            _ => Formula::Stated,
        }
    }

    fn envelopes(&mut self) -> Vec<Envelope> {
        let text = self.form.get("envelopes").to_owned();
        let mut all = Vec::new();
        for parts in lines(&text).take(ROWS_MAX) {
            let code = part(&parts, 0);
            if code.is_empty()
                || !code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            {
                self.wrong("envelopes", "budgeting-line-wrong");
                continue;
            }
            let place = part(&parts, 4);
            let place = (!place.is_empty()).then(|| place.parse()).transpose();
            let (population, need) = (part(&parts, 5), part(&parts, 6));
            let or_zero = |text: &str| if text.is_empty() { "0".to_owned() } else { text.to_owned() };
            let (Ok(place), Ok(population), Ok(need)) =
                (place, or_zero(population).parse(), or_zero(need).parse())
            else {
                self.wrong("envelopes", "budgeting-line-wrong");
                continue;
            };
            let amount = self.money("envelopes", part(&parts, 7));
            if all.iter().any(|known: &Envelope| known.code == code) {
                self.wrong("envelopes", "budgeting-line-wrong");
            }
            all.push(Envelope {
                code: code.to_owned(),
                title: Text::new(part(&parts, 1), part(&parts, 2), part(&parts, 3)),
                amount,
                place,
                weight: Weight { population, need },
            });
        }
        all
    }

    fn categories(&self) -> Vec<Category> {
        lines(self.form.get("categories"))
            .take(ROWS_MAX)
            .map(|parts| Category {
                code: part(&parts, 0).to_owned(),
                title: Text::new(part(&parts, 1), part(&parts, 2), part(&parts, 3)),
            })
            .collect()
    }

    fn documents(&mut self) -> Vec<Document> {
        let text = self.form.get("documents").to_owned();
        let mut all = Vec::new();
        for parts in lines(&text).take(ROWS_MAX) {
            let href = part(&parts, 0);
            if !href.starts_with("https://") && !href.starts_with('/') {
                self.wrong("documents", "budgeting-address-wrong");
                continue;
            }
            all.push(Document {
                href: href.to_owned(),
                title: Text::new(part(&parts, 1), part(&parts, 2), part(&parts, 3)),
            });
        }
        all
    }
}

fn read(state: &WebState, form: &Form) -> Result<ProcessDraft, Vec<FieldFault>> {
    let mut reader = Reader { form, state, faults: Vec::new() };
    let total_text = form.get("total").to_owned();
    let draft = ProcessDraft {
        edit: form.get("edit").parse().unwrap_or_default(),
        title: reader.text("title"),
        summary: reader.text("summary"),
        basis: reader.text("basis"),
        calendar: TERMS.into_iter().filter_map(|phase| reader.term(phase)).collect(),
        total: reader.money("total", &total_text),
        formula: reader.formula(),
        envelopes: reader.envelopes(),
        voters: reader.needs("voters"),
        proposers: reader.needs("proposers"),
        form: reader.ballot_form(),
        changeable: form.get("changeable") == "yes",
        paper: match form.get("paper") {
            "replaces" => Paper::Replaces,
            "refused" => Paper::Refused,
            _ => Paper::None,
        },
        one_time: form.get("one_time") == "yes",
        method: match form.get("method") {
            "equal_shares" => CountMethod::EqualShares,
            _ => CountMethod::Greedy,
        },
        min_votes: reader.number("min_votes"),
        cap_indices: reader.number("cap_indices"),
        categories: reader.categories(),
        documents: reader.documents(),
    };
    if reader.faults.is_empty() { Ok(draft) } else { Err(reader.faults) }
}

/// Keeps the draft.
///
/// # Errors
/// 403 outside the territory; 409 when somebody else changed it meanwhile.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let process = state.app.process_by_code(visitor.actor(), &code).await?;
    if !state.app.leads_process(visitor.actor(), &process) {
        return Err(AppError::Forbidden.into());
    }
    let done = match read(&state, &form) {
        Ok(draft) => state.app.edit_process(visitor.actor(), process.id, draft).await.map(|_| ()),
        Err(faults) => Err(AppError::Invalid(faults)),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/budgeting/{code}/edit"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::from_pairs(form.with_prefix(""));
            fail(&mut again, visitor.locale(), &faults);
            frame::render_invalid(&build(&state, &visitor, &process, again))
        }
        Err(error) => Err(error.into()),
    }
}
