//! `/analysis/early-warning/method`: the published rule, its limits, what is public when, and how well it warns.

use akimat_app::alert::{replays, thresholds};
use akimat_delivery::warning::Indicator;
use akimat_delivery::warning::confidence::RULE;
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::warning::{measure, share};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "public/risk/method.html")]
struct MethodPage {
    page: Page,
    limits: Vec<LimitRow>,
    basis: String,
    rule: String,
    replay: Vec<(String, String)>,
    courses: Vec<[String; 5]>,
    observed: Vec<(String, String)>,
    observed_source: String,
    precision: String,
}

struct LimitRow {
    name: String,
    plain: String,
    amber: String,
    red: String,
    public: String,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let limits = thresholds(state.app.today());
    let row = |indicator: &Indicator| {
        let own = limits.of(*indicator);
        let of = |value| match indicator {
            // The limits of cost are chances of the class, not measures.
            Indicator::Cost => locale.f("warning-class-chance", &[("chance", share(locale, value).into())]),
            _ => measure(locale, *indicator, value),
        };
        let public = match own.public_after_days {
            0 => locale.t("warning-public-now").into_owned(),
            n => locale.f("warning-public-after", &[("n", n.into())]),
        };
        LimitRow {
            name: locale.name("warning-indicator", indicator.code()).into_owned(),
            plain: locale.name("warning-plain", indicator.code()).into_owned(),
            amber: of(own.amber),
            red: of(own.red),
            public,
        }
    };
    let names: Vec<String> = RULE
        .iter()
        .map(|indicator| locale.name("warning-indicator", indicator.code()).to_lowercase())
        .collect();
    let closed = state.app.alert_precision(None).await?;
    let counted = [("n", closed.n.into()), ("right", closed.right.into()), ("wrong", closed.wrong.into())];
    let (replay, courses, observed) = figures(locale);
    frame::render(&MethodPage {
        page: frame::page(&visitor, locale.t("warning-method-title"), Some(MenuItem::Analysis))
            .description(locale.t("warning-method-lead")),
        limits: Indicator::ALL.iter().map(row).collect(),
        basis: limits.basis.get(locale.lang()).to_owned(),
        rule: locale.f(
            "warning-rule",
            &[("names", names.join(", ").into()), ("days", limits.override_days_max.into())],
        ),
        replay,
        courses,
        observed: if replays().observed.n > 0 { observed } else { Vec::new() },
        observed_source: replays().observed_source.clone(),
        precision: locale.f("warning-precision", &counted),
    })
}

type Pairs = Vec<(String, String)>;

/// What the replays found, as they were published.
fn figures(locale: &Locale) -> (Pairs, Vec<[String; 5]>, Pairs) {
    let told = replays();
    let pair = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let decimal = |value: f64| locale.decimal(&format!("{value:.2}"));
    let one = &told.simulated;
    let replay = vec![
        pair("replay-false", decimal(one.false_per_year())),
        pair("replay-early", share(locale, one.early_share())),
        pair("replay-precision", share(locale, one.precision)),
        pair("replay-recall", share(locale, one.recall)),
        pair("replay-years", locale.decimal(&format!("{:.0}", one.on_track.years))),
    ];
    let courses = one
        .late
        .iter()
        .map(|late| {
            [
                locale.name("replay-course", &late.course).into_owned(),
                locale.count(late.n),
                locale.count(late.seen),
                locale.count(late.early),
                locale.f(
                    "warning-days",
                    &[("n", format!("{:.0}", late.lead_days).parse::<i64>().unwrap_or(0).into())],
                ),
            ]
        })
        .collect();
    let real = &told.observed;
    let of = |(n, red): (u64, u64)| {
        locale.f("replay-of", &[("part", locale.count(red).into()), ("all", locale.count(n).into())])
    };
    let observed = vec![
        pair("replay-observed-n", locale.count(real.n)),
        pair("replay-observed-late", of((real.n, real.late))),
        pair("replay-observed-red", of((real.red, real.red_late))),
        pair("replay-observed-early", of((real.late, real.early))),
        pair("replay-observed-green", of(real.green_then_red)),
        pair("replay-observed-amber", of(real.amber_then_red)),
        pair(
            "replay-observed-lead",
            locale.f(
                "warning-days",
                &[("n", format!("{:.0}", real.lead_days).parse::<i64>().unwrap_or(0).into())],
            ),
        ),
    ];
    (replay, courses, observed)
}
