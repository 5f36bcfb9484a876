//! Why a project is in a plan or out of it, in sentences, each with how sure it is.

use super::{PlanView, points};
use akimat_allocation::explain::{Cause, Cost, Exchange, Explanation, Figure, Label, Structure};
use akimat_allocation::extension::Kind;
use akimat_allocation::{Id, Rule};
use akimat_app::programme::{Barred, Duty, ProgrammeInput, ProgrammeReport};
use std::collections::BTreeMap;

/// One sentence and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// How sure; `None`: a fact that needs no proof.
    pub label: Option<Label>,
}

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

/// Digits of a smallest increase: points of the input, 10,000 being the best value.
const INPUT_WORTH: i64 = 10_000;

impl Teller<'_> {
    /// What was computed about a candidate.
    pub fn explanation(&self, candidate: usize) -> Option<&Explanation> {
        let id = Id::Text(self.input.candidates.get(candidate)?.key.clone());
        let explained = self.report?.explained.as_ref()?;
        explained.explanations.iter().find(|one| one.id == id)
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

    fn points(&self, worth: i64) -> String {
        points(self.view.locale, worth)
    }

    /// A rule in words.
    pub fn rule(&self, rule: Rule) -> String {
        let names = self.view.names;
        let list = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
        match rule {
            Rule::Once { project } => {
                self.say("plan-rule-once", &[("project", names.project(project).to_owned())])
            }
            Rule::Budget { source, year } => self.say(
                "plan-source-year",
                &[("source", names.source(source).to_owned()), ("year", names.year(year))],
            ),
            Rule::Tail { source } => {
                self.say("plan-source-later", &[("source", names.source(source).to_owned())])
            }
            Rule::Sector { sector } => {
                self.say("plan-rule-sector", &[("sector", list(&names.sectors, sector))])
            }
            Rule::District { district } => {
                self.say("plan-rule-district", &[("district", list(&names.districts, district))])
            }
            Rule::Starts { year } => self.say("plan-rule-starts", &[("year", names.year(year))]),
            Rule::Exclusive { group } => {
                let members = self.input.exclusive.get(group).into_iter().flatten();
                let members: Vec<&str> = members.map(|at| names.project(*at)).collect();
                self.say("plan-rule-exclusive", &[("projects", members.join("; "))])
            }
            Rule::Precedence { pair, .. } => {
                let (before, after, _) = self.input.precedence.get(pair).copied().unwrap_or_default();
                self.say(
                    "plan-rule-precedence",
                    &[
                        ("before", names.project(before).to_owned()),
                        ("after", names.project(after).to_owned()),
                    ],
                )
            }
            Rule::Extension { kind, .. } => {
                let code = Kind::from_number(kind).map_or("", Kind::name);
                self.say("plan-rule-extension", &[("code", code.to_owned())])
            }
        }
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

    /// The reason of a candidate in one or two sentences.
    pub fn reason(&self, candidate: usize) -> Vec<Statement> {
        let fact = |text: String| Statement { text, label: None };
        let Some(one) = self.input.candidates.get(candidate) else { return Vec::new() };
        let inside = self.view.plan.has(candidate);
        match (&one.duty, &one.barred) {
            (Some(duty), _) if inside => return vec![fact(self.duty(duty))],
            (_, Some(barred)) if !inside => return vec![fact(self.barred(barred))],
            _ => {}
        }
        let Some(explanation) = self.explanation(candidate) else {
            let key = if inside { "plan-why-in" } else { "plan-why-out" };
            return vec![fact(self.say(key, &[]))];
        };
        if inside {
            return match &explanation.value_in_plan {
                Some(cost) => vec![self.cost(cost, "plan-value")],
                None => vec![fact(self.say("plan-why-in", &[]))],
            };
        }
        let mut told = vec![fact(self.cause(explanation))];
        told.extend(explanation.regret.as_ref().map(|cost| self.cost(cost, "plan-regret")));
        told
    }

    /// What mainly keeps a project out.
    pub fn cause(&self, explanation: &Explanation) -> String {
        let structure = explanation.stops.structure.first();
        match (explanation.stops.cause, structure) {
            (_, Some(Structure::Excluded { by, .. })) => {
                self.say("plan-out-excluded", &[("by", self.name(by))])
            }
            (
                _,
                Some(Structure::Predecessor { waits_for } | Structure::PredecessorLate { waits_for, .. }),
            ) => self.say("plan-out-predecessor", &[("by", self.name(waits_for))]),
            (Some(Cause::Impossible), _) => {
                let rules: Vec<String> =
                    explanation.stops.conflict.iter().map(|rule| self.rule(*rule)).collect();
                if rules.is_empty() {
                    self.say("plan-out-impossible", &[])
                } else {
                    self.say("plan-out-clash", &[("rules", rules.join("; "))])
                }
            }
            (Some(Cause::Price), _) => {
                let dearest = explanation.stops.waterfall.as_ref().and_then(|fall| fall.charges.first());
                match dearest.filter(|charge| charge.charge > 0.0) {
                    Some(charge) => self.say("plan-out-price", &[("rule", self.rule(charge.rule))]),
                    None => self.say("plan-why-out", &[]),
                }
            }
            (Some(Cause::Fit), _) => self.say("plan-out-fit", &[]),
            _ => self.say("plan-why-out", &[]),
        }
    }

    /// What having a project in, or out, costs; `key` begins the keys of the sentences.
    pub fn cost(&self, cost: &Cost, key: &str) -> Statement {
        self.figure(&cost.figure(), key, &|worth| self.points(worth))
    }

    /// A figure as a sentence: exact, sufficient, or between two limits.
    fn figure(&self, figure: &Figure, key: &str, format: &dyn Fn(i64) -> String) -> Statement {
        let text = match (figure.label, figure.value, figure.lower, figure.upper) {
            (Label::Exact, Some(0), ..) => self.say(&format!("{key}-zero"), &[]),
            (Label::Exact, Some(value), ..) => self.say(&format!("{key}-exact"), &[("n", format(value))]),
            (Label::Exact, None, ..) => self.say(&format!("{key}-never"), &[]),
            (Label::Sufficient, _, _, Some(upper)) => {
                self.say(&format!("{key}-enough"), &[("n", format(upper))])
            }
            (_, _, Some(lower), Some(upper)) => {
                self.say(&format!("{key}-between"), &[("least", format(lower)), ("most", format(upper))])
            }
            (_, _, lower, None) => self.say(&format!("{key}-least"), &[("n", format(lower.unwrap_or(0)))]),
            (_, _, None, Some(upper)) => self.say(&format!("{key}-enough"), &[("n", format(upper))]),
        };
        Statement { text, label: Some(figure.label) }
    }

    /// What would bring a rejected project in.
    pub fn needs(&self, explanation: &Explanation) -> Vec<Statement> {
        let mut told = Vec::new();
        if let Some(figure) = &explanation.min_benefit_increase {
            let whole = |value: i64| self.points(value.saturating_mul(INPUT_WORTH));
            told.push(self.figure(figure, "plan-need", &whole));
        }
        if let Some(figure) = &explanation.min_cost_cut_pct {
            let percent = |value: i64| self.view.locale.percent(&value.to_string());
            told.push(self.figure(figure, "plan-cut", &percent));
        }
        told
    }

    /// Who took its place.
    pub fn exchange(&self, exchange: &Exchange) -> String {
        self.say(
            "plan-exchange",
            &[
                ("out", self.names(&exchange.out)),
                ("year", self.view.names.year(exchange.start)),
                ("n", self.points(exchange.loss)),
            ],
        )
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
