//! A person who knows what the figures do not yet tell puts a value beside the model's, with a reason. The
//! forecast stays; later both are held against the fact.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{Decimal, ForecastId, Period};
use akimat_storage::published_forecast::{Adjustment, Milli, PublishedForecast, PublishedStep};
use akimat_storage::{Account, Change};
use serde_json::json;
use uuid::Uuid;

/// Per cent at most, up or down.
const PERCENT_MAX: i64 = 1_000;

/// What a person enters: the value itself or a per cent, and the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdjustmentDraft {
    /// Period.
    pub period: String,
    /// The value in thousand tenge, or in the unit of a series; empty when a per cent is given.
    pub value: String,
    /// By how many per cent the model's value is raised or, with a minus, lowered; may be empty.
    pub percent: String,
    /// Why.
    pub reason: String,
}

impl App {
    /// An analyst puts a value beside that of the model. Only a forecast that was published before the fact,
    /// and a period whose fact is not known yet.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a field is wrong (`period`, `value`, `percent`, `reason`),
    /// [`AppError::Forbidden`] outside the analyst's territory.
    pub async fn adjust_forecast(
        &self,
        actor: Option<&Account>,
        id: ForecastId,
        draft: &AdjustmentDraft,
    ) -> Result<Uuid> {
        permission::check(actor, Permission::PublishForecasts, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let forecast = self.read().find_published_forecast(id).await?;
        let forecast = forecast.ok_or(AppError::NotFound("published forecast"))?;
        permission::check(actor, Permission::PublishForecasts, Some(forecast.place))?;
        let (step, value, percent) = parse(&forecast, draft)?;
        let reason = parse_reason("reason", &draft.reason)?;
        let judged = self.read().list_judgements(&[id]).await?;
        if forecast.hindcast || judged.iter().any(|judgement| judgement.period == step.period) {
            return Err(AppError::field("period", "field-forecast-decided"));
        }
        let adjustment = Adjustment {
            id: self.new_uuid(),
            forecast: id,
            period: step.period,
            value,
            percent,
            reason,
            account: account.id,
            account_name: spokesman(actor),
            at: self.now(),
        };
        let detail = json!({
            "period": step.period.to_string(),
            "value_milli": value.0,
            "model_milli": step.point.0,
            "reason": adjustment.reason,
        });
        let audit = self.audit(actor, "adjust_forecast", id, Some(forecast.place), &detail);
        let uuid = adjustment.id;
        self.store().apply(vec![Change::AddAdjustment(adjustment), audit]).await?;
        Ok(uuid)
    }
}

fn parse<'f>(
    forecast: &'f PublishedForecast,
    draft: &AdjustmentDraft,
) -> Result<(&'f PublishedStep, Milli, Option<Milli>)> {
    let period: Option<Period> = draft.period.parse().ok();
    let step = forecast.body.steps.iter().find(|step| Some(step.period) == period);
    let step = step.ok_or_else(|| AppError::field("period", "field-choose-from-list"))?;
    let (value, percent) = (draft.value.trim(), draft.percent.trim());
    match (value.is_empty(), percent.is_empty()) {
        (false, true) => {
            // Money is entered in thousands of tenge, as tables print it.
            let unit = if forecast.body.unit == super::known::TENGE { 1_000_000 } else { 1_000 };
            let value = scaled(value, unit).ok_or_else(|| AppError::field("value", "field-not-a-number"))?;
            Ok((step, Milli(value), None))
        }
        (true, false) => {
            let percent =
                scaled(percent, 1_000).ok_or_else(|| AppError::field("percent", "field-not-a-number"))?;
            if percent.abs() > PERCENT_MAX * 1_000 {
                let fault = FieldFault::new("percent", "field-between")
                    .with("min", -PERCENT_MAX)
                    .with("max", PERCENT_MAX);
                return Err(AppError::Invalid(vec![fault]));
            }
            let value = i128::from(step.point.0) * (100_000 + i128::from(percent)) / 100_000;
            let value = i64::try_from(value).map_err(|_| AppError::field("percent", "field-not-a-number"))?;
            Ok((step, Milli(value), Some(Milli(percent))))
        }
        _ => Err(AppError::field("value", "field-forecast-value")),
    }
}

/// A number of a form times a unit, rounded down to whole ones.
fn scaled(text: &str, unit: i64) -> Option<i64> {
    let number: Decimal = text.parse().ok()?;
    let scale = 10_i128.pow(number.decimals().into());
    i64::try_from(i128::from(number.mantissa()) * i128::from(unit) / scale).ok()
}
