//! Why a project is in a portfolio or out of it, as one sentence in the reader's language.

use akimat_allocation::envelope::{Choice, Clash, Price, Rate, Reason, Recommendation, Standing, Verdict};
use akimat_app::recommendation::PublishedCriterion;
use akimat_core::{Money, MoneyUnit};
use akimat_i18n::{Arg, Locale};
use std::collections::BTreeMap;

/// What sentences need besides the reason itself.
#[derive(Debug)]
pub struct Names<'a> {
    /// Words and numbers.
    pub locale: &'a Locale,
    /// Titles of projects by number.
    pub titles: &'a BTreeMap<String, String>,
    /// The published criteria.
    pub criteria: &'a [PublishedCriterion],
}

impl Names<'_> {
    fn title(&self, key: &str) -> String {
        self.titles.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    fn money(&self, money: Money) -> String {
        self.locale.money(money, MoneyUnit::ThousandTenge, 0)
    }

    /// `12.34 points per million tenge`.
    pub fn rate(&self, rate: &Rate) -> String {
        let plain = rate.per_million().unwrap_or_else(|| "0.00".to_owned());
        self.locale.f("recommend-rate-value", &[("rate", self.locale.decimal(&plain).into())])
    }

    fn missing(&self, codes: &[String]) -> String {
        let name = |code: &String| {
            let criterion = self.criteria.iter().find(|criterion| criterion.code == *code);
            match criterion {
                Some(criterion) => criterion.title.get(self.locale.lang()).to_owned(),
                None => self.locale.name("missing", code).into_owned(),
            }
        };
        codes.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// The whole sentence about one project, with the price of taking it in where that is known.
    pub fn verdict(&self, verdict: &Verdict) -> String {
        let reason = self.reason(&verdict.reason);
        match verdict.price.and_then(|price| self.price(price)) {
            Some(price) if !matches!(verdict.reason, Reason::OutEqualPlan { .. }) => {
                format!("{reason} {price}")
            }
            _ => reason,
        }
    }

    fn price(&self, price: Price) -> Option<String> {
        match price {
            Price::Exact { points: 0 } => None,
            Price::Exact { points } => {
                Some(self.locale.f("reason-price-exact", &[("points", points.into())]))
            }
            Price::Between { at_least, at_most } => Some(
                self.locale
                    .f("reason-price-between", &[("at_least", at_least.into()), ("at_most", at_most.into())]),
            ),
        }
    }

    fn reason(&self, reason: &Reason) -> String {
        let say = |key: &str, args: &[(&str, Arg<'_>)]| self.locale.f(key, args);
        match reason {
            Reason::Funded { rate, rank, of } => say(
                "reason-funded",
                &[("rate", self.rate(rate).into()), ("rank", (*rank).into()), ("of", (*of).into())],
            ),
            Reason::Mandatory => say("reason-mandatory", &[]),
            Reason::BarredByPerson => say("reason-barred_by_person", &[]),
            Reason::OutNotAssessable { missing } => {
                say("reason-out_not_assessable", &[("missing", self.missing(missing).into())])
            }
            Reason::OutNoBenefit => say("reason-out_no_benefit", &[]),
            Reason::OutLargerThanEnvelope { year, needs, envelope } => say(
                "reason-out_larger_than_envelope",
                &[
                    ("year", (*year).into()),
                    ("needs", self.money(*needs).into()),
                    ("envelope", self.money(*envelope).into()),
                ],
            ),
            Reason::OutExclusion { group: _, by } => {
                let by = self.title(by);
                say("reason-out_exclusion", &[("by", by.into())])
            }
            other => self.shortage(other),
        }
    }

    /// The reasons that tell what a project needs in a year and what is left of it.
    fn shortage(&self, reason: &Reason) -> String {
        let (year, needs, left) = match reason {
            Reason::OutMandatoryLeaveTooLittle { year, needs, left }
            | Reason::OutEnvelopeSpent { year, needs, left, .. }
            | Reason::OutDoesNotFit { year, needs, left, .. }
            | Reason::OutEqualPlan { year, needs, left, .. } => (*year, *needs, *left),
            _ => return String::new(),
        };
        let mut args: Vec<(&str, Arg<'_>)> = vec![
            ("year", year.into()),
            ("needs", self.money(needs).into()),
            ("left", self.money(left).into()),
        ];
        let key = match reason {
            Reason::OutMandatoryLeaveTooLittle { .. } => "reason-out_mandatory_leave_too_little",
            Reason::OutEqualPlan { .. } => "reason-out_equal_plan",
            Reason::OutEnvelopeSpent { rate, weakest, equal, .. } => {
                args.extend(self.beside(rate, &weakest.key, &weakest.rate));
                if *equal { "reason-out_envelope_spent_equal" } else { "reason-out_envelope_spent" }
            }
            Reason::OutDoesNotFit { rate, weakest, .. } => {
                args.extend(self.beside(rate, &weakest.key, &weakest.rate));
                "reason-out_does_not_fit"
            }
            _ => return String::new(),
        };
        self.locale.f(key, &args)
    }

    fn beside(&self, rate: &Rate, weakest: &str, weakest_rate: &Rate) -> [(&'static str, Arg<'static>); 3] {
        [
            ("rate", self.rate(rate).into()),
            ("weakest", self.title(weakest).into()),
            ("weakest_rate", self.rate(weakest_rate).into()),
        ]
    }

    /// Whether the portfolio is proven best, or how far it may fall short.
    pub fn standing(&self, recommendation: &Recommendation) -> String {
        match recommendation.standing {
            Standing::Optimal => self.locale.t("recommend-optimal").into_owned(),
            Standing::Gap => {
                let gap = recommendation.bound.saturating_sub(recommendation.benefit);
                self.locale.f("recommend-not-proven", &[("gap", self.locale.count(gap).into())])
            }
        }
    }

    /// Why there is no portfolio at all.
    pub fn clashes(&self, choice: &Choice) -> Vec<String> {
        let Choice::Infeasible { clashes } = choice else { return Vec::new() };
        clashes
            .iter()
            .map(|clash| match clash {
                Clash::Envelope { .. } => self.locale.t("recommend-infeasible").into_owned(),
                Clash::Group { keys, .. } => {
                    let titles: Vec<String> = keys.iter().map(|key| self.title(key)).collect();
                    self.locale.f("recommend-group-clash", &[("projects", titles.join(", ").into())])
                }
            })
            .collect()
    }
}
