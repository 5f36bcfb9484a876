//! The limits that a territory sets for itself, with everybody who has set them.

use akimat_app::AppError;
use akimat_app::alert::thresholds;
use akimat_app::permission::{self, Permission};
use akimat_core::KatoCode;
use akimat_delivery::warning::threshold::Own;
use akimat_delivery::warning::{Indicator, Unit};
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::warning::{measure, share};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/alert/limits.html")]
struct LimitsPage {
    page: Page,
    lead: String,
    form: kit::Form,
    action: String,
    rows: Vec<Row>,
    history: Vec<(String, String)>,
}

struct Row {
    code: &'static str,
    name: String,
    hint: String,
}

/// A measure as a person writes it: shares and chances in per cent.
fn written(indicator: Indicator, value: f64) -> String {
    let value = if indicator.unit() == Unit::Share { value * 100.0 } else { value };
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn read(indicator: Indicator, text: &str) -> Option<f64> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    let value = if indicator.unit() == Unit::Share { value / 100.0 } else { value };
    (value.is_finite() && value > 0.0 && value < 1e6).then_some(value)
}

fn filled(own: &Own) -> kit::Form {
    let pairs = own.limits.iter().flat_map(|(indicator, (amber, red))| {
        let code = indicator.code();
        [
            (format!("amber_{code}"), written(*indicator, *amber)),
            (format!("red_{code}"), written(*indicator, *red)),
        ]
    });
    kit::Form::from_pairs(pairs)
}

fn hint(locale: &Locale, indicator: Indicator, (amber, red): (f64, f64)) -> String {
    let unit = match (indicator, indicator.unit()) {
        (Indicator::Cost, _) => "warning-unit-chance",
        (_, Unit::Share) => "warning-unit-share",
        (_, Unit::Days) => "warning-unit-days",
        (_, Unit::Count) => "warning-unit-count",
        (_, Unit::Score) => "warning-unit-score",
    };
    let unit = locale.t(unit);
    let of = |value| locale.decimal(&written(indicator, value));
    locale.f(
        "warning-limit-hint",
        &[("unit", unit.as_ref().into()), ("amber", of(amber).into()), ("red", of(red).into())],
    )
}

async fn page(
    (state, visitor): (&WebState, &Visitor),
    place: KatoCode,
    form: Option<kit::Form>,
) -> Answer<LimitsPage> {
    permission::check(visitor.actor(), Permission::SetThresholds, Some(place))?;
    let locale = visitor.locale();
    let found =
        state.app.read().find_place(place, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let versions = state.app.list_limit_versions(place).await?;
    let newest = versions.first();
    let platform = thresholds(state.app.today());
    let form = form.unwrap_or_else(|| newest.map_or_else(kit::Form::new, |newest| filled(&newest.own)));
    let row = |indicator: &Indicator| {
        let own = platform.of(*indicator);
        Row {
            code: indicator.code(),
            name: locale.name("warning-indicator", indicator.code()).into_owned(),
            hint: hint(locale, *indicator, (own.amber, own.red)),
        }
    };
    let said = versions.iter().map(|one| {
        let section = &one.section;
        let set: Vec<String> = one
            .own
            .limits
            .iter()
            .map(|(indicator, (amber, red))| {
                let name = locale.name("warning-indicator", indicator.code());
                let of = |value| match indicator {
                    // The limits of cost are chances of the class, not measures.
                    Indicator::Cost => {
                        locale.f("warning-class-chance", &[("chance", share(locale, value).into())])
                    }
                    _ => measure(locale, *indicator, value),
                };
                let args =
                    [("name", name.as_ref().into()), ("amber", of(*amber).into()), ("red", of(*red).into())];
                locale.f("warning-limit-said", &args)
            })
            .collect();
        let when = locale.date_time(section.at, state.app.zone());
        (format!("{when} · {}", section.by_name), format!("{} {}", section.reason, set.join("; ")))
    });
    let name = found.name.get(locale.lang());
    Ok(LimitsPage {
        page: frame::page(visitor, locale.t("warning-limits-title"), Some(MenuItem::Admin))
            .errors(!form.is_clean())
            .hidden(),
        lead: locale.f("warning-limits-lead", &[("place", name.into())]),
        action: visitor.to(&format!("/admin/alerts/limits/{place}")),
        rows: Indicator::ALL.iter().map(row).collect(),
        history: said.collect(),
        form: form.with("version", newest.map_or(0, |newest| newest.section.version).to_string()),
    })
}

/// The form.
pub(super) async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    frame::render(&page((&state, &visitor), frame::id(&code)?, None).await?)
}

/// Sets them.
pub(super) async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let place: KatoCode = frame::id(&code)?;
    let locale = visitor.locale();
    let fields = sent.with_prefix("").filter(|(name, _)| *name != "version");
    let mut form = kit::Form::from_pairs(fields.map(|(n, v)| (n.to_owned(), v.to_owned())));
    let mut own = Own::default();
    for indicator in Indicator::ALL {
        let code = indicator.code();
        let (amber, red) = (format!("amber_{code}"), format!("red_{code}"));
        let texts = (sent.get(&amber), sent.get(&red));
        if texts.0.is_empty() && texts.1.is_empty() {
            continue;
        }
        match (read(*indicator, texts.0), read(*indicator, texts.1)) {
            (Some(amber), Some(red)) => {
                own.limits.insert(*indicator, (amber, red));
            }
            (None, _) => form.fail(&amber, locale.t("warning-limit-number")),
            (_, None) => form.fail(&red, locale.t("warning-limit-number")),
        }
    }
    if !form.is_clean() {
        return frame::render_invalid(&page((&state, &visitor), place, Some(form)).await?);
    }
    let version = sent.get("version").parse().unwrap_or(0);
    match state.app.set_limits(visitor.actor(), place, (version, &own, sent.get("reason"))).await {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("/admin/alerts/limits/{place}"), "saved")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page((&state, &visitor), place, Some(form)).await?)
        }
        Err(error) => Err(error.into()),
    }
}
