//! Why a project is in a plan or out of it, in sentences, each with how sure it is.

use super::PlanView;
use crate::explanation::{Names, Statement, Words};
use akimat_allocation::explain::{Explanation, Label};
use akimat_allocation::{Id, Rule};
use akimat_app::programme::{Barred, Duty, ProgrammeInput, ProgrammeReport};
use std::collections::BTreeMap;

/// What sentences are made from.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// The plan and its words.
    pub view: PlanView<'a>,
    /// The facts.
    pub input: &'a ProgrammeInput,
    /// What was computed about each project; `None` when nothing was.
    pub report: Option<&'a ProgrammeReport>,
    /// Names of the criteria by code.
    pub criteria: &'a BTreeMap<String, String>,
}

impl Words for Teller<'_> {
    fn project(&self, id: &Id) -> String {
        self.name(id)
    }

    fn source(&self, at: usize) -> String {
        self.view.names.source(at).to_owned()
    }

    fn sector(&self, at: usize) -> String {
        self.view.names.sectors.get(at).cloned().unwrap_or_default()
    }

    fn district(&self, at: usize) -> String {
        self.view.names.districts.get(at).cloned().unwrap_or_default()
    }
}

impl Teller<'_> {
    /// What was computed about a candidate.
    pub fn explanation(&self, candidate: usize) -> Option<&Explanation> {
        let key = &self.input.candidates.get(candidate)?.key;
        let all = &self.report?.explained.as_ref()?.explanations;
        let is = |one: &&Explanation| matches!(&one.id, Id::Text(id) if id == key);
        // They stand in the order of the candidates.
        all.get(candidate).filter(is).or_else(|| all.iter().find(is))
    }

    /// The place of a candidate by its name in the instance.
    pub fn place(&self, id: &Id) -> Option<usize> {
        let key = id.to_string();
        self.input.candidates.iter().position(|candidate| candidate.key == key)
    }

    /// The name of a candidate by its name in the instance.
    pub fn name(&self, id: &Id) -> String {
        self.place(id).map_or_else(|| id.to_string(), |at| self.view.names.project(at).to_owned())
    }

    /// Names of candidates as a list.
    pub fn names<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> String {
        let names: Vec<String> = ids.into_iter().map(|id| self.name(id)).collect();
        names.join("; ")
    }

    /// The name of a criterion.
    pub fn criterion(&self, code: &str) -> String {
        self.criteria.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        self.view.locale.f(key, &args)
    }

    /// A rule in words.
    pub fn rule(&self, rule: Rule) -> String {
        self.said().rule(rule)
    }

    /// Why a project must not start.
    pub fn barred(&self, barred: &Barred) -> String {
        let key = format!("plan-barred-{}", barred.code());
        match barred {
            Barred::NoCost | Barred::OtherSources | Barred::TooLarge => self.say(&key, &[]),
            Barred::NoScores { missing } => {
                let missing: Vec<String> = missing.iter().map(|code| self.criterion(code)).collect();
                self.say(&key, &[("missing", missing.join(", "))])
            }
            Barred::DataQuality { score, least } => {
                self.say(&key, &[("score", score.to_string()), ("least", least.to_string())])
            }
            Barred::Years { earliest } => self.say(&key, &[("year", earliest.to_string())]),
            Barred::Ruled { reason } => self.say(&key, &[("reason", reason.clone())]),
        }
    }

    /// Why a project must start.
    pub fn duty(&self, duty: &Duty) -> String {
        match duty {
            Duty::Running { status } => {
                let status = self.view.locale.name("status", status.code()).into_owned();
                self.say("plan-duty-running", &[("status", status)])
            }
            Duty::Kept { reason } => self.say("plan-duty-kept", &[("reason", reason.clone())]),
        }
    }

    /// The points of a candidate; the words for "no data" where nothing was scored, which is not zero.
    pub fn benefit(&self, candidate: usize) -> String {
        let locale = self.view.locale;
        match self.input.candidates.get(candidate) {
            Some(one) if one.benefit > 0 || !one.scores.is_empty() => locale.number(one.benefit),
            _ => locale.t("no-data-short").into_owned(),
        }
    }

    /// The sentences about what was computed.
    pub fn said(&self) -> Names<'_> {
        Names {
            locale: self.view.locale,
            programme: self.view.programme,
            words: self,
            first_year: self.view.names.first_year,
        }
    }

    /// The reason of a candidate in a few sentences: what stops it and what that costs, or what it brings.
    pub fn reason(&self, candidate: usize) -> Vec<Statement> {
        let Some(one) = self.input.candidates.get(candidate) else { return Vec::new() };
        let inside = self.view.plan.has(candidate);
        match (&one.duty, &one.barred) {
            (Some(duty), _) if inside => return vec![Statement::fact(self.duty(duty))],
            (_, Some(barred)) if !inside => return vec![Statement::fact(self.barred(barred))],
            _ => {}
        }
        let mut told = Vec::new();
        if let Some(explanation) = self.explanation(candidate) {
            let said = self.said();
            told.extend(said.ground(explanation));
            told.extend(said.cost(explanation));
        }
        if told.is_empty() {
            let key = if inside { "plan-told-in" } else { "plan-told-out" };
            told.push(Statement::fact(self.say(key, &[])));
        }
        told
    }

    /// How sure a statement is, in words.
    pub fn label(&self, label: Label) -> String {
        let key = match label {
            Label::Exact => "plan-sure-exact",
            Label::Sufficient => "plan-sure-enough",
            Label::Interval => "plan-sure-between",
        };
        self.view.locale.t(key).into_owned()
    }
}
