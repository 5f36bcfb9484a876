//! `/places/{code}/citizens-budget`: a budget in plain words, with questions and answers.

pub mod act;
pub mod flow;
pub mod queue;
pub mod talk;

use akimat_app::peer::group_keys;
use akimat_app::territory::YearBudget;
use akimat_budget::{Budget, Item, Stage};
use akimat_core::{KatoCode, Money, Place, Ratio};
use akimat_i18n::Locale;
use akimat_storage::LineKey;
use akimat_storage::observation::{DEFLATOR, HOUSEHOLD_SIZE, ObservationScope, POPULATION};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{Group, Words, compare_bars};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::item_name;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use talk::{QuestionView, Talk};

/// People in a household that may be asked for.
const HOUSEHOLD_MAX: u32 = 20;

#[derive(Template)]
#[template(path = "public/analysis/citizens.html")]
struct CitizensPage {
    page: Page,
    form: kit::Form,
    action: String,
    above: Vec<frame::PlaceLink>,
    years: Vec<(String, String)>,
    nothing: bool,
    state_note: String,
    stats: Vec<(String, String, String)>,
    sankey: Markup,
    from_rows: Vec<[String; 3]>,
    to_rows: Vec<[String; 3]>,
    changed: Vec<[String; 4]>,
    changed_lead: String,
    changed_chart: Markup,
    household: Household,
    talk: Talk,
    ask: kit::Form,
    ask_action: String,
    signed_in: bool,
    lines: Vec<(String, String)>,
    /// Address, name and number of comments of each line.
    line_talks: Vec<(String, String, String)>,
    sources: Vec<(String, String)>,
    register: String,
    code: String,
}

/// What the money comes to for a resident and a household.
#[derive(Default)]
struct Household {
    lead: String,
    label: String,
    rows: Vec<[String; 3]>,
    refused: String,
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
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut ask = kit::Form::new();
    if !asked.get("ask").is_empty() {
        ask = ask.with("line", asked.get("ask"));
    }
    let page = page(&state, &visitor, (code, &asked), ask).await?;
    frame::render(&page)
}

/// The page with the form as it was sent, and what is wrong with it.
async fn page(
    state: &WebState,
    visitor: &Visitor,
    (code, asked): (KatoCode, &Form),
    ask: kit::Form,
) -> Answer<CitizensPage> {
    let locale = visitor.locale();
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let years = state.app.known_years(code).await?;
    let year = asked.get("year").parse::<i16>().ok().filter(|year| years.contains_key(year));
    let year = year.or_else(|| years.keys().next_back().copied());
    let household = asked.get("household").parse::<u32>().ok().filter(|n| (1..=HOUSEHOLD_MAX).contains(n));
    let mut page = blank(visitor, place, &path, year);
    page.form = page.form.with("household", household.map_or_else(String::new, |n| n.to_string()));
    page.years = years.keys().rev().map(|year| (year.to_string(), year.to_string())).collect();
    page.page.has_errors = !ask.is_clean();
    page.ask = ask;
    let Some(year) = year else { return Ok(page) };
    let month = years.get(&year).copied().flatten();
    let Some(now) = state.app.year_budget(code, (year, month)).await? else { return Ok(page) };
    let before = match years.get(&(year - 1)) {
        Some(month) => state.app.year_budget(code, (year - 1, *month)).await?,
        None => None,
    };
    page.nothing = false;
    page.page.invented |= now.budget.invented;
    figures(&mut page, locale, &now);
    page.household = people(state, locale, &now, household).await?;
    let deflator = deflator(state, year).await?;
    changed(&mut page, locale, (&now, before.as_ref()), deflator);
    page.talk = talk::talk(state, visitor, (code, year)).await?;
    page.lines = lines(locale, &now);
    page.line_talks = line_talks(state, locale, (code, year), &page.lines).await?;
    page.ask_action = visitor.to(&format!("/places/{code}/citizens-budget/questions?year={year}"));
    Ok(page)
}

fn blank(visitor: &Visitor, place: &Place, path: &[Place], year: Option<i16>) -> CitizensPage {
    let locale = visitor.locale();
    let name = place.name.get(visitor.lang);
    let title = match year {
        Some(year) => locale.f("citizens-title", &[("place", name.into()), ("year", year.into())]),
        None => locale.f("citizens-title-bare", &[("place", name.into())]),
    };
    let code = place.code;
    CitizensPage {
        page: frame::page(visitor, title, Some(MenuItem::Analysis))
            .description(locale.t("citizens-lead"))
            .invented(place.invented),
        form: kit::Form::new().with("year", year.map_or_else(String::new, |year| year.to_string())),
        action: visitor.to(&format!("/places/{code}/citizens-budget")),
        above: frame::crumbs(visitor.lang, path),
        years: Vec::new(),
        nothing: true,
        state_note: String::new(),
        stats: Vec::new(),
        sankey: Markup::default(),
        from_rows: Vec::new(),
        to_rows: Vec::new(),
        changed: Vec::new(),
        changed_lead: String::new(),
        changed_chart: Markup::default(),
        household: Household::default(),
        talk: Talk::default(),
        ask: kit::Form::new(),
        ask_action: String::new(),
        signed_in: visitor.actor().is_some(),
        lines: Vec::new(),
        line_talks: Vec::new(),
        sources: Vec::new(),
        register: String::new(),
        code: code.to_string(),
    }
}

/// Main figures, flows and sources.
fn figures(page: &mut CitizensPage, locale: &Locale, now: &YearBudget) {
    let (budget, stage) = (&now.budget, now.stage());
    let key = match (stage, now.month) {
        (Stage::Executed, _) => "citizens-state-executed",
        (Stage::Amended, _) => "citizens-state-amended",
        (Stage::Approved, _) => "citizens-state-approved",
    };
    page.state_note = locale.f(key, &[("year", budget.year.into())]);
    let short = |item, note: &str| {
        let money = budget.amount(item, stage)?;
        let name = locale.name("budget-item", Item::code(item)).into_owned();
        Some((name, locale.money_short(money), locale.t(note).into_owned()))
    };
    page.stats = [
        short(Item::RevenueTotal, "citizens-revenue-note"),
        short(Item::Transfers, "citizens-transfers-note"),
        short(Item::ExpenditureTotal, "citizens-expenditure-note"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(flows) = flow::flows(locale, budget, stage) {
        page.sankey = flow::draw(locale, &flows);
        page.from_rows = flows.sources.iter().map(|part| part.row(locale, budget)).collect();
        page.to_rows = flows.uses.iter().map(|part| part.row(locale, budget)).collect();
    }
    let source = &budget.provenance;
    page.sources = [("source-file", &source.file_name), ("source-fingerprint", &source.sha256)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (locale.t(key).into_owned(), value.clone()))
        .collect();
    page.register = now.register.map_or_else(String::new, |id| format!("/budgets/{id}"));
}

/// The lines that may be asked about: classes of revenue, groups of expenditure, and the two totals.
fn lines(locale: &Locale, now: &YearBudget) -> Vec<(String, String)> {
    let stage = now.stage();
    keys()
        .into_iter()
        .filter(|key| amount(&now.budget, key, stage).is_some())
        .map(|key| (line_word(&key), item_name(locale, key.item, &key.code)))
        .collect()
}

/// The conversations about the lines.
async fn line_talks(
    state: &WebState,
    locale: &Locale,
    (place, year): (KatoCode, i16),
    lines: &[(String, String)],
) -> Answer<Vec<(String, String, String)>> {
    let counts = state.app.read().count_line_comments(place, year).await?;
    let talk = |(word, name): &(String, String)| {
        let key = format!("{place}-{year}-{word}");
        let n = counts.iter().find(|(subject, _)| subject.strip_prefix("line:") == Some(key.as_str()));
        let n = n.map_or(0, |(_, n)| *n);
        (format!("/talk/line/{key}"), name.clone(), locale.f("comments-count", &[("n", n.into())]))
    };
    Ok(lines.iter().map(talk).collect())
}

/// The lines of a citizens' budget.
fn keys() -> Vec<LineKey> {
    let summary = |item| LineKey { item, code: String::new() };
    let mut keys: Vec<LineKey> = [
        Item::RevenueTotal,
        Item::Tax,
        Item::NonTax,
        Item::FixedCapital,
        Item::Special,
        Item::Transfers,
        Item::ExpenditureTotal,
    ]
    .map(summary)
    .into();
    keys.extend(group_keys());
    keys
}

/// A line as one word of an address: `functional_group:07`.
pub(crate) fn line_word(key: &LineKey) -> String {
    if key.code.is_empty() { key.item.code().to_owned() } else { format!("{}:{}", key.item.code(), key.code) }
}

/// Reads such a word.
pub(crate) fn parse_line(word: &str) -> Option<LineKey> {
    let (item, code) = word.split_once(':').unwrap_or((word, ""));
    let key = LineKey { item: Item::parse(item)?, code: code.to_owned() };
    keys().contains(&key).then_some(key)
}

fn amount(budget: &Budget, key: &LineKey, stage: Stage) -> Option<Money> {
    let mut lines = budget.lines.iter();
    let line = lines.find(|line| line.item == key.item && (key.code.is_empty() || line.code == key.code));
    line.and_then(|line| line.amounts.at(stage))
}

/// Price index of a year against the year before, in per cent.
async fn deflator(state: &WebState, year: i16) -> Answer<Option<Ratio>> {
    let found = state.app.series(DEFLATOR, ObservationScope::Country, year..=year).await?;
    Ok(found.get(&(None, year)).map(|figure| figure.value.ratio()))
}

/// What became more and what less than the year before, in the state that both years have.
fn changed(
    page: &mut CitizensPage,
    locale: &Locale,
    (now, before): (&YearBudget, Option<&YearBudget>),
    deflator: Option<Ratio>,
) {
    let Some(before) = before else { return };
    let has = |year: &YearBudget, stage| year.budget.amount(Item::RevenueTotal, stage).is_some();
    let over = now.month == 12 && before.month == 12;
    let stage = [Stage::Executed, Stage::Amended, Stage::Approved]
        .into_iter()
        .filter(|stage| *stage != Stage::Executed || over)
        .find(|stage| has(now, *stage) && has(before, *stage));
    let Some(stage) = stage else { return };
    let mut groups = Vec::new();
    for key in keys() {
        let (Some(was), Some(is)) = (amount(&before.budget, &key, stage), amount(&now.budget, &key, stage))
        else {
            continue;
        };
        let change = Ratio::new(i128::from(is.tiyn()) - i128::from(was.tiyn()), was.tiyn().into());
        let text = change.and_then(|change| change.percent(1)).map_or_else(
            || locale.t("no-data-short").into_owned(),
            |text| {
                if text.starts_with('-') {
                    locale.percent(&text)
                } else {
                    format!("+{}", locale.percent(&text))
                }
            },
        );
        let name = item_name(locale, key.item, &key.code);
        if matches!(key.item, Item::FunctionalGroup) && (was != Money::ZERO || is != Money::ZERO) {
            let bar = |money: Money| (Some(drawn(money)), locale.money_short(money));
            groups.push((is.max(was), Group::new(name.clone(), vec![bar(was), bar(is)])));
        }
        page.changed.push([name, locale.money_short(was), locale.money_short(is), text]);
    }
    groups.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let groups: Vec<Group> = groups.into_iter().take(6).map(|(_, group)| group).collect();
    if !groups.is_empty() {
        let years = [before.budget.year.to_string(), now.budget.year.to_string()];
        let words = Words::new("changed", locale.t("citizens-changed"), locale.t("citizens-changed-about"));
        page.changed_chart = compare_bars(&words, &years, &groups);
    }
    let prices = deflator.and_then(|index| Ratio::new(index.numerator(), index.denominator())?.to_decimal(1));
    let stage = locale.name("budget-stage", stage.code()).into_owned();
    page.changed_lead = match prices {
        Some(prices) => locale.f(
            "citizens-changed-prices",
            &[
                ("stage", stage.into()),
                ("index", locale.decimal(&prices).into()),
                ("year", now.budget.year.into()),
            ],
        ),
        None => locale.f("citizens-changed-plain", &[("stage", stage.into())]),
    };
}

/// Tenge as a float, for drawing only.
#[expect(clippy::cast_precision_loss, reason = "a bar needs no more than 53 bits")]
pub(crate) fn drawn(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

/// Amounts per resident and per household.
async fn people(
    state: &WebState,
    locale: &Locale,
    now: &YearBudget,
    household: Option<u32>,
) -> Answer<Household> {
    let Some(place) = now.budget.place else { return Ok(Household::default()) };
    let year = now.budget.year;
    let people = state.app.series(POPULATION, ObservationScope::Place(place), year..=year).await?;
    let people = people.get(&(Some(place), year)).and_then(|f| f.value.count()).filter(|n| *n > 0);
    let Some(people) = people else {
        let why = akimat_budget::refusal::Refusal::NoPopulation;
        let refused = akimat_web_kit::view::refusal::refusal_text(locale, &why, &Default::default());
        return Ok(Household { refused, ..Household::default() });
    };
    let mean = household_size(state, place, year).await?;
    let (size, key) = match (household, mean) {
        (Some(n), _) => (Ratio::new(i128::from(n), 1), "citizens-household-chosen"),
        (None, Some(mean)) => (Some(mean), "citizens-household-mean"),
        (None, None) => (Ratio::new(4, 1), "citizens-household-assumed"),
    };
    let Some(size) = size else { return Ok(Household::default()) };
    let size_text = size
        .to_decimal(1)
        .map_or_else(String::new, |text| locale.decimal(text.strip_suffix(".0").unwrap_or(&text)));
    let stage = now.stage();
    let mut rows = Vec::new();
    for key in keys() {
        let Some(money) = amount(&now.budget, &key, stage).filter(|money| *money != Money::ZERO) else {
            continue;
        };
        let a_head = Ratio::new(money.tiyn().into(), i128::from(people) * 100);
        let a_home = a_head.and_then(|a_head| {
            Ratio::new(
                a_head.numerator().checked_mul(size.numerator())?,
                a_head.denominator().checked_mul(size.denominator())?,
            )
        });
        let text = |ratio: Option<Ratio>| {
            let text = ratio.and_then(|ratio| ratio.to_decimal(0));
            text.map_or_else(|| locale.t("no-data-short").into_owned(), |text| locale.decimal(&text))
        };
        rows.push([item_name(locale, key.item, &key.code), text(a_head), text(a_home)]);
    }
    Ok(Household {
        lead: locale.f(key, &[("size", size_text.as_str().into()), ("people", locale.count(people).into())]),
        label: locale.f("citizens-household-label", &[("size", size_text.into())]),
        rows,
        refused: String::new(),
    })
}

/// Mean size of a household here or, where it is not known, above or in the country.
async fn household_size(state: &WebState, place: KatoCode, year: i16) -> Answer<Option<Ratio>> {
    for scope in
        [ObservationScope::Place(place), ObservationScope::Place(place.region()), ObservationScope::Country]
    {
        let found = state.app.series(HOUSEHOLD_SIZE, scope, 1991..=year).await?;
        if let Some(figure) = found.values().next_back() {
            return Ok(Some(figure.value.ratio()));
        }
    }
    Ok(None)
}

impl CitizensPage {
    fn questions(&self) -> &[QuestionView] {
        &self.talk.questions
    }
}
