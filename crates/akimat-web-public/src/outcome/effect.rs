//! `/outcome/effect`: what projects bring about: the table of parameters with ranges, an estimate for so much output,
//! and before and after from pasted facts.

use akimat_i18n::Locale;
use akimat_outcome::effect::{
    Effect, NoEffect, Observation, Parameter, difference_in_differences, parse_parameters,
};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

const PARAMETERS: &str = include_str!("../../../../data/effect/parameters.csv");
/// Pasted lines at most: they travel in the address.
const LINES_MAX: usize = 400;

#[derive(Template)]
#[template(path = "public/outcome/effect.html")]
struct EffectPage {
    page: Page,
    form: kit::Form,
    choices: Vec<(String, String)>,
    parameters: Vec<[String; 6]>,
    estimate: String,
    facts: Vec<(String, String)>,
    verdict: (&'static str, String),
}

/// The page.
///
/// # Errors
/// When the template fails.
pub async fn show(State(_): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let all = parse_parameters(PARAMETERS).unwrap_or_default();
    let mut form = kit::Form::new()
        .with("parameter", asked.get("parameter"))
        .with("output", asked.get("output"))
        .with("start", asked.get("start"))
        .with("facts", asked.raw("facts"));
    let estimate = estimate(locale, &all, &mut form, &asked);
    let (facts, verdict) = before_and_after(locale, &mut form, &asked);
    frame::render(&EffectPage {
        page: frame::page(&visitor, locale.t("outcome-effect-title"), Some(MenuItem::Analysis))
            .description(locale.t("outcome-effect-lead"))
            .errors(!form.is_clean()),
        choices: all.iter().map(|own| (own.code.clone(), name(locale, own))).collect(),
        parameters: all.iter().map(|own| row(locale, own)).collect(),
        form,
        estimate,
        facts,
        verdict,
    })
}

fn name(locale: &Locale, parameter: &Parameter) -> String {
    locale.name("outcome-effect-of", &parameter.code).into_owned()
}

fn row(locale: &Locale, own: &Parameter) -> [String; 6] {
    let number = |value: f64| locale.decimal(&value.to_string());
    let source =
        if own.invented { locale.t("outcome-effect-invented").into_owned() } else { own.source.clone() };
    let [low, central, high] = own.values;
    [name(locale, own), number(low), number(central), number(high), own.valid_from.clone(), source]
}

fn estimate(locale: &Locale, all: &[Parameter], form: &mut kit::Form, asked: &Form) -> String {
    let Some(parameter) = all.iter().find(|own| own.code == asked.get("parameter")) else {
        return String::new();
    };
    let output = asked.get("output").replace(',', ".").parse::<f64>();
    let Some(output) = output.ok().filter(|output| (0.0..1e9).contains(output)) else {
        form.fail("output", locale.t("outcome-effect-output-wrong"));
        return String::new();
    };
    let text = parameter.estimate([output; 3]).map(|value| locale.decimal(&format!("{value:.0}")));
    let name = name(locale, parameter);
    let args = [
        ("name", name.as_str().into()),
        ("low", text[0].as_str().into()),
        ("central", text[1].as_str().into()),
        ("high", text[2].as_str().into()),
    ];
    locale.f("outcome-effect-estimate", &args)
}

type Told = (Vec<(String, String)>, (&'static str, String));

fn before_and_after(locale: &Locale, form: &mut kit::Form, asked: &Form) -> Told {
    let nothing = (Vec::new(), ("", String::new()));
    let text = asked.raw("facts");
    if text.trim().is_empty() {
        return nothing;
    }
    let Ok(start) = asked.get("start").parse::<i32>() else {
        form.fail("start", locale.t("outcome-effect-start-wrong"));
        return nothing;
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut facts = Vec::new();
    for (line, at) in lines.iter().take(LINES_MAX).zip(1_u64..) {
        match observation(line) {
            Some(fact) => facts.push(fact),
            None => {
                form.fail("facts", locale.f("outcome-effect-line-wrong", &[("line", at.into())]));
                return nothing;
            }
        }
    }
    match difference_in_differences(&facts, start) {
        Ok(effect) => told(locale, &effect),
        Err(why) => {
            let key = match why {
                NoEffect::TooFewUnits { .. } => "outcome-effect-few",
                NoEffect::OneSided => "outcome-effect-one-sided",
                NoEffect::Mixed => "outcome-effect-mixed",
            };
            (Vec::new(), ("unknown", locale.t(key).into_owned()))
        }
    }
}

/// `unit,period,treated,value`, treated as 1 or 0.
fn observation(line: &str) -> Option<Observation> {
    let cells: Vec<&str> = line.split([',', ';', '\t']).map(str::trim).collect();
    let [unit, period, treated, value] = cells[..] else { return None };
    Some(Observation {
        unit: unit.to_owned(),
        period: period.parse().ok()?,
        treated: match treated {
            "1" => true,
            "0" => false,
            _ => return None,
        },
        value: value.parse().ok().filter(|value: &f64| value.is_finite())?,
    })
}

fn told(locale: &Locale, effect: &Effect) -> Told {
    let number = |value: f64| locale.decimal(&format!("{value:.3}"));
    let row = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let mut facts = vec![
        row(
            "outcome-effect-effect",
            format!("{} ± {}", number(effect.effect.value), number(effect.effect.error)),
        ),
        row("outcome-effect-units", format!("{} / {}", effect.n_units.0, effect.n_units.1)),
    ];
    if let Some(trend) = effect.trend {
        facts.push(row("outcome-effect-trend", format!("{} ± {}", number(trend.value), number(trend.error))));
    }
    let (verdict, key) = match (effect.trends_differ, effect.trend) {
        (true, _) => ("warning", "outcome-effect-trends-differ"),
        (false, Some(_)) => ("ok", "outcome-effect-trends-alike"),
        (false, None) => ("unknown", "outcome-effect-trends-unknown"),
    };
    (facts, (verdict, locale.t(key).into_owned()))
}
