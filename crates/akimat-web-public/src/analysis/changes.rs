//! `/places/{code}/changes`: why figures changed between two years.

use akimat_app::change::{ChangeStudy, EffectStudy, Shares};
use akimat_budget::decompose::Change;
use akimat_budget::refusal::Refusal;
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_storage::LineKey;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{Step, Words, waterfall};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::item_name;
use akimat_web_kit::view::refusal::refusal_text;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/analysis/changes.html")]
struct ChangesPage {
    page: Page,
    form: kit::Form,
    action: String,
    above: Vec<frame::PlaceLink>,
    years: Vec<(String, String)>,
    nothing: bool,
    stage: String,
    views: Vec<ChangeView>,
}

/// One decomposition: what it is, drawn and as a table.
struct ChangeView {
    title: String,
    text: String,
    refused: String,
    chart: Markup,
    unit: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    total: Vec<String>,
    remark: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn changes(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let code: KatoCode = frame::id(&code)?;
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let years = state.app.known_years(code).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let known = |name| asked.get(name).parse::<i16>().ok().filter(|year| years.contains_key(year));
    let over = years.iter().rev().filter(|(_, month)| month.is_none_or(|month| month == 12));
    let to = known("to").or_else(|| over.map(|(year, _)| *year).next()).or(years.keys().next_back().copied());
    let from = known("from").or_else(|| years.keys().rev().find(|year| Some(**year) < to).copied());
    let name = place.name.get(visitor.lang);
    let mut page = ChangesPage {
        page: frame::page(
            &visitor,
            locale.f("changes-title", &[("place", name.into())]),
            Some(MenuItem::Analysis),
        )
        .description(locale.t("changes-lead"))
        .invented(place.invented),
        form: kit::Form::new()
            .with("from", from.map_or_else(String::new, |year| year.to_string()))
            .with("to", to.map_or_else(String::new, |year| year.to_string())),
        action: visitor.to(&format!("/places/{code}/changes")),
        above: frame::crumbs(visitor.lang, &path),
        years: years.keys().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        nothing: true,
        stage: String::new(),
        views: Vec::new(),
    };
    let budget = async |year: Option<i16>| -> Answer<Option<akimat_app::territory::YearBudget>> {
        match year.and_then(|year| Some((year, *years.get(&year)?))) {
            Some(year) => Ok(state.app.year_budget(code, year).await?),
            None => Ok(None),
        }
    };
    if let (Some(before), Some(after)) = (budget(from).await?, budget(to).await?)
        && before.budget.year != after.budget.year
    {
        let study = state.app.changes(&before, &after).await?;
        page.page.invented |= before.budget.invented || after.budget.invented;
        page.nothing = false;
        page.stage = locale.name("budget-stage", study.stage.code()).into_owned();
        let names = names(&state, &visitor, &study).await?;
        page.views = views(locale, &study, (before.budget.year, after.budget.year), &names);
    }
    frame::render(&page)
}

async fn names(
    state: &WebState,
    visitor: &Visitor,
    study: &ChangeStudy,
) -> Answer<BTreeMap<KatoCode, String>> {
    let Ok(found) = &study.effects else { return Ok(BTreeMap::new()) };
    let codes: Vec<KatoCode> = found.effects.iter().map(|effects| effects.place).collect();
    let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
    Ok(places.into_iter().map(|place| (place.code, place.name.get(visitor.lang).to_owned())).collect())
}

fn views(
    locale: &Locale,
    study: &ChangeStudy,
    years: (i16, i16),
    names: &BTreeMap<KatoCode, String>,
) -> Vec<ChangeView> {
    vec![
        totals(locale, ("own", "changes-own"), &study.own, years),
        effects(locale, &study.effects, years, names),
        shares(locale, ("own-share", "changes-share"), &study.share, years),
        totals(locale, ("expenditure", "changes-expenditure"), &study.expenditure, years),
        shares(locale, ("execution", "changes-execution"), &study.execution, years),
    ]
}

fn empty_view(locale: &Locale, (_, key): (&'static str, &str)) -> ChangeView {
    ChangeView {
        title: locale.t(&format!("{key}-title")).into_owned(),
        text: locale.t(&format!("{key}-about")).into_owned(),
        refused: String::new(),
        chart: Markup::default(),
        unit: String::new(),
        heads: Vec::new(),
        rows: Vec::new(),
        total: Vec::new(),
        remark: String::new(),
    }
}

fn refused(locale: &Locale, id: (&'static str, &str), why: &Refusal) -> ChangeView {
    ChangeView { refused: refusal_text(locale, why, &BTreeMap::new()), ..empty_view(locale, id) }
}

fn amount(locale: &Locale, tiyn: i128) -> String {
    i64::try_from(tiyn).map_or_else(
        |_| locale.t("no-data-short").into_owned(),
        |tiyn| locale.amount(Money::from_tiyn(tiyn), MoneyUnit::ThousandTenge, 1),
    )
}

fn signed(locale: &Locale, tiyn: i128) -> String {
    let text = amount(locale, tiyn);
    if tiyn > 0 { format!("+{text}") } else { text }
}

/// Million tenge as a float, for drawing only.
fn drawn(tiyn: i128) -> f64 {
    Ratio::new(tiyn, 100_000_000).map_or(0.0, Ratio::to_f64)
}

fn wide(money: Money) -> i128 {
    money.tiyn().into()
}

fn label(locale: &Locale, key: &LineKey) -> String {
    item_name(locale, key.item, &key.code)
}

/// A total as the sum of its parts.
fn totals(
    locale: &Locale,
    id: (&'static str, &str),
    found: &Result<Vec<(LineKey, Change)>, Refusal>,
    (from, to): (i16, i16),
) -> ChangeView {
    let parts = match found {
        Ok(parts) => parts,
        Err(why) => return refused(locale, id, why),
    };
    let mut view = empty_view(locale, id);
    let before: i128 = parts.iter().map(|(_, change)| wide(change.before)).sum();
    let after: i128 = parts.iter().map(|(_, change)| wide(change.after)).sum();
    let mut steps = vec![Step::total(from.to_string(), drawn(before), amount(locale, before))];
    for (key, change) in parts {
        let delta = wide(change.after) - wide(change.before);
        steps.push(Step::change(label(locale, key), drawn(delta), signed(locale, delta)));
        view.rows.push(vec![
            label(locale, key),
            amount(locale, wide(change.before)),
            amount(locale, wide(change.after)),
            signed(locale, delta),
        ]);
    }
    steps.push(Step::total(to.to_string(), drawn(after), amount(locale, after)));
    view.unit = locale.t("unit-thousand-tenge").into_owned();
    view.heads = vec![from.to_string(), to.to_string(), locale.t("changes-adds").into_owned()];
    view.total = vec![amount(locale, before), amount(locale, after), signed(locale, after - before)];
    view.chart = waterfall(&Words::new(id.0, view.title.clone(), view.text.clone()), &steps);
    view
}

/// Percentage points with two decimals; the parts are exact, what is printed is rounded.
fn points(locale: &Locale, value: Ratio) -> String {
    let text = value.percent(2).map(|text| locale.decimal(&text));
    let text = text.unwrap_or_else(|| locale.t("no-data-short").into_owned());
    if value.numerator() > 0 { format!("+{text}") } else { text }
}

fn percent(locale: &Locale, value: Ratio) -> String {
    let text = value.percent(2).map(|text| locale.percent(&text));
    text.unwrap_or_else(|| locale.t("no-data-short").into_owned())
}

/// A share with what its parts contribute.
fn shares(
    locale: &Locale,
    id: (&'static str, &str),
    found: &Result<Shares, Refusal>,
    (from, to): (i16, i16),
) -> ChangeView {
    let found = match found {
        Ok(found) => found,
        Err(why) => return refused(locale, id, why),
    };
    let mut view = empty_view(locale, id);
    let change = &found.change;
    let zero = change.bottom.first().and_then(|ratio| Ratio::new(0, ratio.denominator()));
    let mut steps =
        vec![Step::total(from.to_string(), change.before.to_f64() * 100.0, percent(locale, change.before))];
    for (at, key) in found.bottom.iter().enumerate() {
        let top = found.top.iter().position(|part| part == key).and_then(|at| change.top.get(at)).copied();
        let (Some(top), Some(bottom)) = (top.or(zero), change.bottom.get(at).copied()) else { continue };
        let Some(both) = Ratio::new(top.numerator() + bottom.numerator(), bottom.denominator()) else {
            continue;
        };
        steps.push(Step::change(label(locale, key), both.to_f64() * 100.0, points(locale, both)));
        view.rows.push(vec![
            label(locale, key),
            points(locale, top),
            points(locale, bottom),
            points(locale, both),
        ]);
    }
    steps.push(Step::total(to.to_string(), change.after.to_f64() * 100.0, percent(locale, change.after)));
    let (before, after) = (percent(locale, change.before), percent(locale, change.after));
    view.unit = locale.t("changes-points").into_owned();
    view.heads =
        ["changes-by-top", "changes-by-bottom", "changes-adds"].map(|key| locale.t(key).into_owned()).into();
    view.remark = locale.f("changes-share-told", &[("before", before.into()), ("after", after.into())]);
    view.chart = waterfall(&Words::new(id.0, view.title.clone(), view.text.clone()), &steps);
    view
}

/// People, where they live, and revenue a resident.
fn effects(
    locale: &Locale,
    found: &Result<EffectStudy, Refusal>,
    (from, to): (i16, i16),
    names: &BTreeMap<KatoCode, String>,
) -> ChangeView {
    let id = ("effects", "changes-effects");
    let found = match found {
        Ok(found) => found,
        Err(why) => return refused(locale, id, why),
    };
    let mut view = empty_view(locale, id);
    let sum = |pick: fn(&akimat_budget::decompose::Effects) -> i128| -> i128 {
        found.effects.iter().map(pick).sum()
    };
    let (volume, structure, rate): (i128, i128, i128) =
        (sum(|e| e.volume), sum(|e| e.structure), sum(|e| e.rate));
    let (before, after) = (wide(found.total.before), wide(found.total.after));
    let mut steps = vec![Step::total(from.to_string(), drawn(before), amount(locale, before))];
    for (key, value) in [("changes-volume", volume), ("changes-structure", structure), ("changes-rate", rate)]
    {
        if found.below || key != "changes-structure" {
            steps.push(Step::change(locale.t(key), drawn(value), signed(locale, value)));
        }
    }
    steps.push(Step::total(to.to_string(), drawn(after), amount(locale, after)));
    for e in found.effects.iter().filter(|_| found.below) {
        view.rows.push(vec![
            names.get(&e.place).cloned().unwrap_or_else(|| e.place.to_string()),
            signed(locale, e.volume),
            signed(locale, e.structure),
            signed(locale, e.rate),
            signed(locale, e.volume + e.structure + e.rate),
        ]);
    }
    view.unit = locale.t("unit-thousand-tenge").into_owned();
    view.heads = ["changes-volume", "changes-structure", "changes-rate", "changes-adds"]
        .map(|key| locale.t(key).into_owned())
        .into();
    view.total = [volume, structure, rate, after - before].map(|value| signed(locale, value)).into();
    let key = if found.below { "changes-effects-below" } else { "changes-effects-alone" };
    view.remark = locale.f(key, &[("n", found.effects.len().into()), ("left", found.n_left_out.into())]);
    view.chart = waterfall(&Words::new(id.0, view.title.clone(), view.text.clone()), &steps);
    view
}
