//! `/places/{code}/red-flags`: contracting processes of a territory that deserve a second look, and the rules.

use akimat_app::contract::{Held, rules};
use akimat_core::{KatoCode, Money};
use akimat_i18n::Locale;
use akimat_procurement::Process;
use akimat_procurement::flag::{CODES, Flag, Outcome, Rule, flags_of_all};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{Words, bar};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::{Col, FlagItem, Sheet, outcome_sentence, raised, sources, tenge, title};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use jiff::civil::Date;

/// Processes on a page.
const SHOWN_MAX: usize = 12;

#[derive(Template)]
#[template(path = "public/contract/flags.html")]
struct FlagsPage {
    page: Page,
    place: frame::PlaceLink,
    form: kit::Form,
    codes: Vec<(String, String)>,
    action: String,
    found: String,
    previous: String,
    next: String,
    items: Vec<Item>,
    counts: Markup,
    count_sheet: Sheet,
    rules: Vec<RuleItem>,
    json: String,
}

struct Item {
    path: String,
    title: String,
    project: String,
    checked: String,
    flags: Vec<FlagItem>,
}

struct RuleItem {
    id: &'static str,
    name: String,
    numbers: String,
    why: String,
    sources: Vec<(String, String)>,
    basis: String,
    from: String,
    verified: bool,
}

struct Judged<'a> {
    held: &'a Held,
    flags: Vec<Flag>,
}

fn has(judged: &Judged<'_>, code: &str) -> bool {
    judged.flags.iter().any(|flag| flag.outcome == Outcome::Raised && (code.is_empty() || flag.code == code))
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    let (locale, today) = (visitor.locale(), state.app.today());
    let found = state.app.read().find_place(code, today).await?;
    let place = found.ok_or_else(Failure::not_found)?;
    let name = place.name.get(visitor.lang).to_owned();
    let query = query.unwrap_or_default();
    let asked = Form::parse(query.as_bytes());
    let wanted = CODES.into_iter().find(|one| *one == asked.get("rule")).unwrap_or_default();
    let market = state.app.market(Some(code)).await?;
    let processes: Vec<&Process> = market.held.iter().map(|held| &held.process).collect();
    let all = flags_of_all(&processes, rules(), today);
    let judged: Vec<Judged<'_>> =
        market.held.iter().zip(all).map(|(held, flags)| Judged { held, flags }).collect();
    let shown = shown(&judged, wanted);
    let (n, all) = (int(shown.len()), int(judged.len()));
    let (at, last) = pages(&asked, shown.len());
    let part = &shown[(at - 1) * SHOWN_MAX..shown.len().min(at * SHOWN_MAX)];
    let items = part.iter().map(|one| item(locale, &market, one, today)).collect();
    let to = |page: usize| visitor.to(&format!("/places/{code}/red-flags?rule={wanted}&page={page}"));
    frame::render(&FlagsPage {
        page: frame::page(
            &visitor,
            locale.f("flag-page-title", &[("place", name.as_str().into())]),
            Some(MenuItem::Analysis),
        )
        .description(locale.t("flag-lead"))
        .invented(place.invented),
        place: frame::PlaceLink { name, path: frame::place_path(code) },
        form: kit::Form::from_pairs(form_urlencoded::parse(query.as_bytes()).into_owned()),
        codes: CODES
            .iter()
            .map(|code| ((*code).to_owned(), locale.name("flag-name", code).into_owned()))
            .collect(),
        action: format!("/places/{code}/red-flags"),
        found: locale.f("flag-found", &[("n", n.into()), ("all", all.into())]),
        previous: if at > 1 { to(at - 1) } else { String::new() },
        next: if at < last { to(at + 1) } else { String::new() },
        items,
        counts: counts(locale, &judged),
        count_sheet: count_sheet(locale, &judged),
        rules: CODES.iter().filter_map(|code| rule_item(locale, code, today)).collect(),
        json: format!("/api/v1/places/{code}/red-flags"),
    })
}

/// Processes with a raised flag, those with most of them first.
fn shown<'a>(judged: &'a [Judged<'a>], wanted: &str) -> Vec<&'a Judged<'a>> {
    let mut shown: Vec<&Judged<'_>> = judged.iter().filter(|one| has(one, wanted)).collect();
    shown.sort_by_key(|one| {
        let n = one.flags.iter().filter(|flag| flag.outcome == Outcome::Raised).count();
        (std::cmp::Reverse(n), one.held.section.id)
    });
    shown
}

/// The page that the address asks for, and the last one.
fn pages(asked: &Form, n: usize) -> (usize, usize) {
    let last = n.saturating_sub(1) / SHOWN_MAX + 1;
    (asked.get("page").parse::<usize>().unwrap_or(1).clamp(1, last), last)
}

fn int(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn item(locale: &Locale, market: &akimat_app::contract::Market, one: &Judged<'_>, today: Date) -> Item {
    let project = market.projects.get(&one.held.section.project);
    Item {
        path: format!("/projects/{}/contracts#c-{}", one.held.section.project, one.held.section.id),
        title: title(locale, &one.held.process).0.to_owned(),
        project: project.map_or_else(String::new, |project| {
            format!("{} · {}", project.number, locale.text(&project.title).0)
        }),
        checked: outcome_sentence(locale, &one.flags),
        flags: raised(locale, &one.flags, today),
    }
}

fn tally(judged: &[Judged<'_>], code: &str) -> [usize; 3] {
    [Outcome::Raised, Outcome::Clear, Outcome::Unknown].map(|outcome| {
        judged
            .iter()
            .flat_map(|one| &one.flags)
            .filter(|flag| flag.code == code && flag.outcome == outcome)
            .count()
    })
}

fn counts(locale: &Locale, judged: &[Judged<'_>]) -> Markup {
    let bars: Vec<bar::Bar> = CODES
        .iter()
        .map(|code| {
            let [n, ..] = tally(judged, code);
            let size = u32::try_from(n).map_or(0.0, f64::from);
            bar::Bar::new(locale.name("flag-name", code).into_owned(), Some(size), n.to_string())
        })
        .collect();
    bar::bars(&Words::new("flags", locale.t("flag-counts"), locale.t("flag-counts-text")), &bars)
}

fn count_sheet(locale: &Locale, judged: &[Judged<'_>]) -> Sheet {
    let heads = [
        Col::text("flag-rule"),
        Col::number("flag-raised"),
        Col::number("flag-clear"),
        Col::number("flag-unknown"),
    ];
    let mut sheet = Sheet::new(locale, "flag-counts", &heads);
    for code in CODES {
        let numbers = tally(judged, code).map(|n| n.to_string());
        let name = locale.name("flag-name", code).into_owned();
        sheet.push(std::iter::once(name).chain(numbers));
    }
    sheet
}

/// The numbers of a rule with their units.
fn numbers(locale: &Locale, rule: &Rule) -> String {
    let word = |(name, value): (&String, &i64)| {
        let shown = if name.ends_with("tenge") {
            Money::from_tenge(*value).map_or_else(String::new, |amount| tenge(locale, amount))
        } else if name.ends_with("share_bp") {
            akimat_web_kit::view::contract::share(locale, *value)
        } else {
            locale.number(*value)
        };
        locale.f(&format!("flag-number-{name}"), &[("value", shown.into())])
    };
    let words: Vec<String> = rule.numbers.iter().map(word).collect();
    if words.is_empty() { locale.t("flag-number-none").into_owned() } else { words.join("; ") }
}

fn rule_item(locale: &Locale, code: &'static str, today: Date) -> Option<RuleItem> {
    let rule = rules().at(code, today)?;
    Some(RuleItem {
        id: code,
        name: locale.name("flag-name", code).into_owned(),
        numbers: numbers(locale, rule),
        why: locale.name("flag-why", code).into_owned(),
        sources: sources(rule),
        basis: rule.basis.clone(),
        from: locale.f("flag-from", &[("day", locale.date(rule.valid_from).into())]),
        verified: rule.verified,
    })
}
