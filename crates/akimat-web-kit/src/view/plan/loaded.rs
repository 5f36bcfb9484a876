//! A plan with everything that its pages need, gathered once.

use super::told::Teller;
use super::{PlanNames, PlanView};
use crate::failure::{Answer, Failure};
use crate::state::WebState;
use akimat_allocation::Programme;
use akimat_app::criteria_set::CriteriaDocument;
use akimat_app::programme::{PlanAnswer, ProgrammeInput, ProgrammeRecord, ProgrammeReport, ProgrammeView};
use akimat_i18n::Locale;
use std::collections::BTreeMap;

/// A computed or decided plan with its facts and words.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The facts.
    pub input: ProgrammeInput,
    /// The same as a programme.
    pub programme: Programme,
    /// Names in the reader's language.
    pub names: PlanNames,
    /// Names of the criteria by code.
    pub criteria: BTreeMap<String, String>,
    /// The plan.
    pub plan: PlanAnswer,
    /// What is said about the computed plan.
    pub report: Option<ProgrammeReport>,
}

impl Loaded {
    /// The computed plan of a scenario; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn computed(state: &WebState, locale: &Locale, view: &ProgrammeView) -> Answer<Option<Self>> {
        let Some((solution, plan)) = view.solution.as_ref().and_then(|found| Some((found, found.plan()?)))
        else {
            return Ok(None);
        };
        let loaded = Self::of(state, locale, (&solution.input, plan, solution.report.as_ref())).await?;
        Ok(Some(loaded))
    }

    /// The decided plan of a record. What is said about projects is about the computed plan.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decided(state: &WebState, locale: &Locale, record: &ProgrammeRecord) -> Answer<Self> {
        Self::of(state, locale, (&record.input, &record.decided.plan, record.report.as_ref())).await
    }

    async fn of(
        state: &WebState,
        locale: &Locale,
        (input, plan, report): (&ProgrammeInput, &PlanAnswer, Option<&ProgrammeReport>),
    ) -> Answer<Self> {
        let programme =
            input.programme().map_err(|_| Failure::internal("a stored programme is no programme"))?;
        Ok(Self {
            names: PlanNames::of(locale, input),
            criteria: criteria(state, locale, input).await?,
            programme,
            input: input.clone(),
            plan: plan.clone(),
            report: report.cloned(),
        })
    }

    /// The plan with its words.
    pub fn view(&self, locale: &'static Locale) -> PlanView<'_> {
        PlanView { locale, programme: &self.programme, plan: &self.plan.allocation.plan, names: &self.names }
    }

    /// Who tells why.
    pub fn teller(&self, locale: &'static Locale) -> Teller<'_> {
        Teller {
            view: self.view(locale),
            input: &self.input,
            report: self.report.as_ref(),
            criteria: &self.criteria,
        }
    }
}

/// Names of the criteria that the points come from.
async fn criteria(
    state: &WebState,
    locale: &Locale,
    input: &ProgrammeInput,
) -> Answer<BTreeMap<String, String>> {
    let lang = locale.lang();
    let published = state.app.criteria().criteria.iter();
    let mut names: BTreeMap<String, String> =
        published.map(|one| (one.code.clone(), one.title.get(lang).to_owned())).collect();
    if let Some(id) = input.criteria.set
        && let Some(set) = state.app.read().find_criteria_set(id).await?
    {
        let document = CriteriaDocument::read(&set)?;
        names.extend(document.criteria.into_iter().map(|one| (one.code, one.title.get(lang).to_owned())));
    }
    Ok(names)
}
