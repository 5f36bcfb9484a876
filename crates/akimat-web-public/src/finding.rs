//! `/findings`: every finding of the platform, each with its arithmetic, and what people said about it.

use akimat_app::finding::{Found, NotTestedHere, Survey};
use akimat_app::{AppError, Permission, permission};
use akimat_budget::anomaly::Reason;
use akimat_budget::check::{Evidence, Fact, Side};
use akimat_budget::{Rule, Severity};
use akimat_core::{KatoCode, Money};
use akimat_i18n::{Arg, Locale};
use akimat_storage::finding_note::{FindingNote, Verdict};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::{input_row_in, item_name, unit_note};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::{BTreeMap, BTreeSet};

/// Findings on one page.
const LIMIT: usize = 20;
/// Territories that the filter offers.
const PLACES_MAX: usize = 80;

#[derive(Template)]
#[template(path = "public/finding/list.html")]
struct ListPage {
    page: Page,
    form: kit::Form,
    places: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    states: Vec<(String, String)>,
    stats: Vec<(String, String)>,
    found: String,
    items: Vec<FoundView>,
    previous: String,
    next: String,
    middle: String,
    left_out: String,
    not_tested: Vec<(String, String)>,
    json: String,
}

#[derive(Template)]
#[template(path = "public/finding/show.html")]
struct ShowPage {
    page: Page,
    item: FoundView,
    record: Vec<[String; 3]>,
    may_note: bool,
    form: kit::Form,
    verdicts: Vec<(String, String)>,
    action: String,
}

/// A finding as the pages print it.
struct FoundView {
    path: String,
    verdict: &'static str,
    severity: String,
    title: String,
    text: String,
    place: String,
    place_path: String,
    year: String,
    stage: String,
    line: String,
    row: String,
    unit_note: String,
    printed: String,
    expected: String,
    difference: String,
    inputs: Vec<(String, String)>,
    evidence: Vec<(String, String)>,
    source: String,
    source_path: String,
    invented: bool,
    state: &'static str,
    state_text: String,
    note: String,
}

/// What the address asks for.
#[derive(Default)]
struct Asked {
    place: Option<KatoCode>,
    rule: Option<Rule>,
    severity: Option<Severity>,
    state: String,
    from: usize,
}

const OPEN: &str = "open";
/// The choice of a filter that leaves nothing out.
const ANY: &str = "all";

fn state_of(note: Option<&FindingNote>) -> &'static str {
    match note.map(|note| note.verdict) {
        Some(Verdict::Explained) => Verdict::Explained.code(),
        Some(Verdict::Dismissed) => Verdict::Dismissed.code(),
        Some(Verdict::Reopened) | None => OPEN,
    }
}

const fn verdict_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "unknown",
    }
}

fn read(query: &str) -> Asked {
    let form = Form::parse(query.as_bytes());
    let state = form.get("state");
    let known = [OPEN, "explained", "dismissed", "all"].contains(&state);
    Asked {
        place: form.get("place").parse().ok(),
        rule: Rule::parse(form.get("rule")),
        severity: Severity::parse(form.get("severity")),
        state: if known { state.to_owned() } else { "all".to_owned() },
        from: form.get("from").parse().unwrap_or(0),
    }
}

impl Asked {
    fn query(&self, from: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if let Some(place) = self.place {
            pairs.append_pair("place", &place.to_string());
        }
        if let Some(rule) = self.rule {
            pairs.append_pair("rule", rule.code());
        }
        if let Some(severity) = self.severity {
            pairs.append_pair("severity", severity.code());
        }
        pairs.append_pair("state", &self.state);
        if from > 0 {
            pairs.append_pair("from", &from.to_string());
        }
        pairs.finish()
    }

    fn form(&self) -> kit::Form {
        kit::Form::new()
            .with("place", self.place.map_or_else(|| ANY.to_owned(), |place| place.to_string()))
            .with("rule", self.rule.map_or(ANY, Rule::code))
            .with("severity", self.severity.map_or(ANY, Severity::code))
            .with("state", self.state.as_str())
    }

    fn fits(&self, found: &Found, state: &str) -> bool {
        self.rule.is_none_or(|rule| found.finding.rule == rule)
            && self.severity.is_none_or(|severity| found.finding.severity == severity)
            && (self.state == "all" || self.state == state)
    }
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = read(&query.unwrap_or_default());
    let locale = visitor.locale();
    let survey = state.app.findings(asked.place).await?;
    let verdicts = state.app.finding_verdicts(asked.place).await?;
    let state_here = |found: &Found| state_of(verdicts.get(&found.id));
    let fitting: Vec<&Found> =
        survey.items.iter().filter(|found| asked.fits(found, state_here(found))).collect();
    let from = asked.from.min(fitting.len().saturating_sub(1)) / LIMIT * LIMIT;
    let shown: Vec<&Found> = fitting.iter().skip(from).take(LIMIT).copied().collect();
    let places = places(&state, &visitor, &survey, asked.place).await?;
    let names = place_names(&state, locale, spoken_of(&shown)).await?;
    let page = frame::page(&visitor, locale.t("findings-title"), Some(MenuItem::Analysis))
        .description(locale.t("findings-lead"))
        .invented(shown.iter().any(|found| found.invented));
    let link = |from: usize| visitor.to(&format!("/findings?{}", asked.query(from)));
    let until = from + shown.len();
    frame::render(&ListPage {
        form: asked.form(),
        places,
        rules: rules(locale, &survey),
        severities: severities(locale),
        states: codes(locale, "finding-state", ["all", OPEN, "explained", "dismissed"]),
        stats: stats(locale, &survey, &verdicts),
        found: locale
            .f("findings-found", &[("n", fitting.len().into()), ("records", survey.n_records.into())]),
        items: shown
            .iter()
            .map(|found| view(&state, &visitor, found, &names, verdicts.get(&found.id)))
            .collect(),
        previous: if from > 0 { link(from - LIMIT) } else { String::new() },
        next: if until < fitting.len() { link(until) } else { String::new() },
        middle: if fitting.len() > LIMIT {
            locale.f(
                "findings-range",
                &[("from", (from + 1).into()), ("until", until.into()), ("n", fitting.len().into())],
            )
        } else {
            String::new()
        },
        left_out: if survey.n_left_out > 0 {
            locale.f("findings-left-out", &[("n", survey.n_left_out.into())])
        } else {
            String::new()
        },
        not_tested: survey.not_tested.iter().map(|own| not_tested(locale, own)).collect(),
        json: "/api/v1/findings".to_owned(),
        page,
    })
}

fn codes<const N: usize>(locale: &Locale, prefix: &str, codes: [&'static str; N]) -> Vec<(String, String)> {
    codes.into_iter().map(|code| (code.to_owned(), locale.name(prefix, code).into_owned())).collect()
}

fn severities(locale: &Locale) -> Vec<(String, String)> {
    let mut options = vec![(ANY.to_owned(), locale.t("findings-any").into_owned())];
    options.extend(codes(locale, "finding-severity", Severity::ALL.map(Severity::code)));
    options
}

fn rules(locale: &Locale, survey: &Survey) -> Vec<(String, String)> {
    let here: BTreeSet<Rule> = survey.items.iter().map(|found| found.finding.rule).collect();
    let name = |rule: Rule| locale.t(&format!("{}-title", rule.key())).into_owned();
    let mut options = vec![(ANY.to_owned(), locale.t("findings-any").into_owned())];
    options.extend(here.into_iter().map(|rule| (rule.code().to_owned(), name(rule))));
    options
}

/// The territories that have findings, or only their regions when there are too many; the chosen one always.
async fn places(
    state: &WebState,
    visitor: &Visitor,
    survey: &Survey,
    chosen: Option<KatoCode>,
) -> Answer<Vec<(String, String)>> {
    let mut codes: BTreeSet<KatoCode> = survey.items.iter().map(|found| found.place).collect();
    codes.extend(codes.iter().map(|code| code.region()).collect::<Vec<_>>());
    if codes.len() > PLACES_MAX {
        codes = codes.into_iter().map(KatoCode::region).collect();
    }
    codes.extend(chosen);
    let names = place_names(state, visitor.locale(), codes).await?;
    let mut options: Vec<(String, String)> =
        names.into_iter().map(|(code, name)| (code.to_string(), name)).collect();
    options.sort_by(|a, b| visitor.locale().compare(&a.1, &b.1));
    options.insert(0, (ANY.to_owned(), visitor.locale().t("findings-everywhere").into_owned()));
    Ok(options)
}

/// The territories that findings speak of.
fn spoken_of(found: &[&Found]) -> Vec<KatoCode> {
    let places = found.iter().flat_map(|found| {
        std::iter::once(found.place).chain(found.finding.evidence.iter().filter_map(|own| own.place))
    });
    places.collect()
}

fn stats(
    locale: &Locale,
    survey: &Survey,
    verdicts: &BTreeMap<String, FindingNote>,
) -> Vec<(String, String)> {
    let mut stats = Vec::new();
    for severity in Severity::ALL {
        let n = survey.items.iter().filter(|found| found.finding.severity == severity).count();
        stats.push((locale.name("finding-severity", severity.code()).into_owned(), count(locale, n)));
    }
    for state in [OPEN, "explained", "dismissed"] {
        let n = survey.items.iter().filter(|found| state_of(verdicts.get(&found.id)) == state).count();
        stats.push((locale.name("finding-state", state).into_owned(), count(locale, n)));
    }
    stats
}

fn count(locale: &Locale, n: usize) -> String {
    locale.count(u64::try_from(n).unwrap_or(u64::MAX))
}

fn not_tested(locale: &Locale, own: &NotTestedHere) -> (String, String) {
    let title = locale.t(&format!("{}-title", own.test.rule.key())).into_owned();
    let text = match own.test.reason {
        Reason::TooFew { found, needed } => locale.f(
            "findings-not-tested-few",
            &[("found", found.into()), ("needed", needed.into()), ("n", own.n.into())],
        ),
        Reason::OneSize => locale.f("findings-not-tested-size", &[("n", own.n.into())]),
        Reason::NoSpread => locale.f("findings-not-tested-spread", &[("n", own.n.into())]),
    };
    (title, text)
}

fn view(
    state: &WebState,
    visitor: &Visitor,
    found: &Found,
    names: &BTreeMap<KatoCode, String>,
    note: Option<&FindingNote>,
) -> FoundView {
    let locale = visitor.locale();
    let finding = &found.finding;
    let unit = found.unit;
    let money = |money: Option<Money>| money.map_or_else(String::new, |money| locale.amount(money, unit, 1));
    let (printed, expected) = (money(finding.printed), money(finding.expected));
    let difference = money(finding.difference);
    let mut args: Vec<(&str, Arg<'_>)> = vec![
        ("printed", printed.as_str().into()),
        ("expected", expected.as_str().into()),
        ("difference", difference.as_str().into()),
        ("code", finding.code.as_str().into()),
    ];
    let facts: Vec<(&str, String)> =
        finding.facts.iter().map(|(name, fact)| (*name, fact_text(locale, fact, unit))).collect();
    args.extend(facts.iter().map(|(name, text)| (*name, Arg::from(text.as_str()))));
    let place = names.get(&found.place).cloned().unwrap_or_else(|| found.place.to_string());
    let flow = matches!(finding.rule, Rule::TransferMismatch | Rule::CreditMismatch);
    FoundView {
        path: format!("/findings/{}", found.id),
        verdict: verdict_of(finding.severity),
        severity: locale.name("finding-severity", finding.severity.code()).into_owned(),
        title: locale.t(&format!("{}-title", finding.rule.key())).into_owned(),
        text: locale.f(&finding.key(), &args),
        place_path: frame::place_path(found.place),
        place,
        year: found.year.to_string(),
        stage: finding
            .stage
            .map_or_else(String::new, |stage| locale.name("budget-stage", stage.code()).into_owned()),
        line: if flow {
            locale.name("finding-direction", &finding.code).into_owned()
        } else {
            item_name(locale, finding.item, &finding.code)
        },
        row: finding.row.filter(|row| *row > 0).map_or_else(String::new, |row| row.to_string()),
        unit_note: unit_note(locale, unit),
        inputs: finding.inputs.iter().map(|input| input_row_in(locale, unit, input)).collect(),
        evidence: finding.evidence.iter().map(|own| evidence(locale, own, names, unit)).collect(),
        source: found.record.clone(),
        source_path: found.budget.map_or_else(
            || {
                let month = found.month.unwrap_or(12);
                format!("/analysis/facts/{}/{}/{month}", found.place, found.year)
            },
            |id| format!("/budgets/{id}#lines"),
        ),
        invented: found.invented,
        state: state_of(note),
        state_text: locale.name("finding-state", state_of(note)).into_owned(),
        note: note.map_or_else(String::new, |note| note_text(state, locale, note)),
        printed,
        expected,
        difference,
    }
}

fn fact_text(locale: &Locale, fact: &Fact, unit: akimat_core::MoneyUnit) -> String {
    locale.decimal(&fact.decimal(unit))
}

fn evidence(
    locale: &Locale,
    own: &Evidence,
    names: &BTreeMap<KatoCode, String>,
    unit: akimat_core::MoneyUnit,
) -> (String, String) {
    let name = own
        .place
        .map_or_else(String::new, |place| names.get(&place).cloned().unwrap_or_else(|| place.to_string()));
    let key = match own.side {
        Side::Given => "given",
        Side::Received => "received",
        Side::History => "history",
        Side::Stated => "stated",
    };
    let row = own.row.filter(|row| *row > 0).map_or_else(|| "–".to_owned(), |row| row.to_string());
    let text = locale.f(
        &format!("finding-evidence-{key}"),
        &[
            ("name", name.as_str().into()),
            ("year", own.year.to_string().as_str().into()),
            ("record", own.record.as_str().into()),
            ("row", row.as_str().into()),
        ],
    );
    (text, locale.amount(own.amount, unit, 1))
}

fn note_text(state: &WebState, locale: &Locale, note: &FindingNote) -> String {
    let when = locale.date_time(note.written_at, state.app.zone());
    locale.f(
        &format!("finding-note-{}", note.verdict.code()),
        &[
            ("name", note.written_by.as_str().into()),
            ("when", when.as_str().into()),
            ("reason", note.reason.as_str().into()),
        ],
    )
}

/// One finding with its record.
///
/// # Errors
/// 404 when nothing that is stored gives such a finding.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    frame::render(&page(&state, &visitor, &id, kit::Form::new()).await?)
}

async fn page(state: &WebState, visitor: &Visitor, id: &str, form: kit::Form) -> Answer<ShowPage> {
    let locale = visitor.locale();
    let found = state.app.find_finding(id).await?;
    let notes = state.app.read().list_finding_notes(id).await?;
    let names = place_names(state, locale, spoken_of(&[&found])).await?;
    let item = view(state, visitor, &found, &names, notes.last());
    let may = permission::check(visitor.actor(), Permission::Analyse, Some(found.place)).is_ok();
    let title = locale.f(
        "finding-page-title",
        &[
            ("rule", item.title.as_str().into()),
            ("place", item.place.as_str().into()),
            ("year", item.year.as_str().into()),
        ],
    );
    let open = item.state == OPEN;
    let verdicts = Verdict::ALL.into_iter().filter(|verdict| !open || *verdict != Verdict::Reopened);
    let record = notes.iter().map(|note| {
        let when = locale.date_time(note.written_at, state.app.zone());
        let kind = format!("finding_{}", note.verdict.code());
        let proof = akimat_web_kit::view::logged::path_at(&format!("finding/{id}"), &kind, note.written_at);
        [when, note_text(state, locale, note), proof]
    });
    Ok(ShowPage {
        page: frame::page(visitor, title, Some(MenuItem::Analysis))
            .invented(found.invented)
            .errors(!form.is_clean()),
        record: record.collect(),
        may_note: may,
        verdicts: verdicts
            .map(|own| (own.code().to_owned(), locale.name("finding-verdict", own.code()).into_owned()))
            .collect(),
        action: visitor.to(&format!("/findings/{id}")),
        form,
        item,
    })
}

/// An officer explains, dismisses or reopens a finding.
///
/// # Errors
/// 403 outside the officer's territory, 404 when there is no such finding.
pub async fn note(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (verdict, reason) = (form.get("verdict"), form.raw("reason"));
    match state.app.note_finding(visitor.actor(), &id, verdict, reason).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/findings/{id}#record"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("verdict", verdict).with("reason", reason);
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, &id, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
