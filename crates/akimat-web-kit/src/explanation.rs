//! Why a project is in the plan or out of it, in whole sentences of the reader's language.
//!
//! Each sentence is a template over computed values; nothing is rounded that is called exact. Pages, documents and the
//! command line say the same sentences; only where names come from differs ([`Words`]).

use akimat_allocation::explain::money::Marginal;
use akimat_allocation::explain::steady::{Frequency, Steadiness};
use akimat_allocation::explain::{
    Against, Cause, Charge, Cost, Exchange, Explanation, Figure, Label, Stops, Structure, Waterfall,
};
use akimat_allocation::extension::Kind;
use akimat_allocation::{Id, Programme, Rule};
use akimat_i18n::{Arg, Locale};

/// Charges and worth are in units of 2^-24 of 1e-4 points: so many make a tenth of a point.
const TENTH: i128 = 1_000 << 24;
/// Units of worth in a point.
const POINT: i64 = 10_000;

/// How a programme calls its parts in the reader's language.
pub trait Words {
    /// The name of a project.
    fn project(&self, id: &Id) -> String;
    /// The name of a source of money by its place.
    fn source(&self, at: usize) -> String;
    /// The name of a sector by its place.
    fn sector(&self, at: usize) -> String;
    /// The name of a district by its place.
    fn district(&self, at: usize) -> String;
}

/// The names that a programme itself carries, as files of programmes have them.
impl Words for Programme {
    fn project(&self, id: &Id) -> String {
        id.to_string()
    }

    fn source(&self, at: usize) -> String {
        self.sources().get(at).map_or_else(String::new, |one| one.name.clone())
    }

    fn sector(&self, at: usize) -> String {
        self.sectors().get(at).map_or_else(String::new, |one| one.name.clone())
    }

    fn district(&self, at: usize) -> String {
        self.districts().get(at).map_or_else(String::new, |one| one.name.clone())
    }
}

/// One sentence and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// How sure; `None`: a fact that needs no proof.
    pub label: Option<Label>,
}

impl Statement {
    /// A sentence that needs no proof.
    pub const fn fact(text: String) -> Self {
        Self { text, label: None }
    }
}

/// What sentences need besides the values.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Words and numbers.
    pub locale: &'a Locale,
    /// What is explained.
    pub programme: &'a Programme,
    /// Names of projects, sources, sectors and districts.
    pub words: &'a dyn Words,
    /// The calendar year of the first year; 1 when the programme counts years only.
    pub first_year: i16,
}

impl std::fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("first_year", &self.first_year).finish_non_exhaustive()
    }
}

/// The sentences of one kind of figure.
struct Keys {
    zero: Option<&'static str>,
    exact: &'static str,
    sufficient: &'static str,
    interval: &'static str,
    least: &'static str,
    unknown: Option<&'static str>,
    never: Option<&'static str>,
}

const REGRET: Keys = Keys {
    zero: Some("explanation-regret-zero"),
    exact: "explanation-regret-exact",
    sufficient: "explanation-regret-sufficient",
    interval: "explanation-regret-interval",
    least: "explanation-regret-least",
    unknown: Some("explanation-regret-unknown"),
    never: Some("explanation-regret-never"),
};
const VALUE: Keys = Keys {
    zero: Some("explanation-value-zero"),
    exact: "explanation-value-exact",
    sufficient: "explanation-value-sufficient",
    interval: "explanation-value-interval",
    least: "explanation-value-least",
    unknown: Some("explanation-value-unknown"),
    never: Some("explanation-value-never"),
};
/// What costs nothing or is impossible has been said by the cost already.
const BENEFIT: Keys = Keys {
    zero: None,
    exact: "explanation-benefit-exact",
    sufficient: "explanation-benefit-sufficient",
    interval: "explanation-benefit-interval",
    least: "explanation-benefit-least",
    unknown: None,
    never: None,
};
const CUT: Keys = Keys {
    zero: None,
    exact: "explanation-cut-exact",
    sufficient: "explanation-cut-sufficient",
    interval: "explanation-cut-interval",
    least: "explanation-cut-least",
    unknown: None,
    never: Some("explanation-cut-never"),
};

fn texts(said: Vec<Statement>) -> impl Iterator<Item = String> {
    said.into_iter().map(|one| one.text)
}

/// How the numbers of a figure are written: within a sentence and bare.
struct Forms<'f> {
    whole: &'f dyn Fn(i64) -> String,
    bare: &'f dyn Fn(i64) -> String,
}

impl Names<'_> {
    /// Everything said about a project, sentence by sentence.
    pub fn sentences(&self, one: &Explanation) -> Vec<String> {
        let mut said = vec![self.standing(one)];
        said.extend(texts(self.ground(one)));
        said.extend(texts(self.cost(one)));
        for cost in [&one.regret, &one.value_in_plan].into_iter().flatten() {
            said.extend(self.witness(cost));
        }
        if one.included {
            said.extend(one.stops.waterfall.as_ref().and_then(|fall| self.carried(fall)));
        }
        said.extend(texts(self.needs(one)));
        said.extend(self.place_taken(one));
        let numbers = one.regret.is_some() || one.value_in_plan.is_some();
        said.extend(numbers.then(|| self.against(one.against)));
        said
    }

    /// What keeps a project out; nothing about one that is in.
    pub fn ground(&self, one: &Explanation) -> Vec<Statement> {
        if one.included {
            return Vec::new();
        }
        self.stops(&one.stops).into_iter().map(Statement::fact).collect()
    }

    /// What it would cost to have it in, or what it brings to the plan.
    pub fn cost(&self, one: &Explanation) -> Vec<Statement> {
        let points = |worth: i64| self.points(worth);
        let bare = |worth: i64| self.bare(worth);
        let worth = Forms { whole: &points, bare: &bare };
        let costs = [(&one.regret, &REGRET), (&one.value_in_plan, &VALUE)].into_iter();
        let costs = costs.filter_map(|(cost, keys)| Some((cost.as_ref()?, keys)));
        costs.filter_map(|(cost, keys)| self.figure(&cost.figure(), keys, &worth)).collect()
    }

    /// What would bring it in: more benefit, lower payments.
    pub fn needs(&self, one: &Explanation) -> Vec<Statement> {
        let whole = |count: i64| self.points(count.saturating_mul(POINT));
        let number = |count: i64| self.locale.number(count);
        let benefit = Forms { whole: &whole, bare: &number };
        let percent = |count: i64| self.locale.percent(&count.to_string());
        let cut = Forms { whole: &percent, bare: &percent };
        let figures = [(one.min_benefit_increase, &BENEFIT, benefit), (one.min_cost_cut_pct, &CUT, cut)];
        let known = figures.into_iter().filter_map(|(figure, keys, forms)| Some((figure?, keys, forms)));
        known.filter_map(|(figure, keys, forms)| self.figure(&figure, keys, &forms)).collect()
    }

    /// Who took its place; `None` when a better plan has been told of already.
    pub fn place_taken(&self, one: &Explanation) -> Option<String> {
        let known = one.regret.as_ref().and_then(|cost| cost.upper).unwrap_or(i64::MAX);
        // A swap that loses more than a plan already told of would only confuse.
        one.exchange.as_ref().filter(|swap| swap.loss <= known).map(|swap| self.exchange(swap))
    }

    /// In or out, and since when.
    pub fn standing(&self, one: &Explanation) -> String {
        let project = self.title(&one.id);
        match one.start {
            Some(start) => {
                let key = if one.mandatory { "explanation-in-mandatory" } else { "explanation-in" };
                self.say(key, &[("project", project), ("year", self.year(start))])
            }
            None => self.say("explanation-out", &[("project", project)]),
        }
    }

    /// What the figures are against.
    pub fn against(&self, against: Against) -> String {
        let key = match against {
            Against::Optimum => "explanation-against-optimum",
            Against::RecommendedPlan => "explanation-against-recommended",
        };
        self.locale.t(key).into_owned()
    }

    fn figure(&self, figure: &Figure, keys: &Keys, forms: &Forms<'_>) -> Option<Statement> {
        let text = self.figure_text(figure, keys, forms)?;
        Some(Statement { text, label: Some(figure.label) })
    }

    fn figure_text(&self, figure: &Figure, keys: &Keys, forms: &Forms<'_>) -> Option<String> {
        let one = |key: &str, name: &str, value: String| Some(self.say(key, &[(name, value)]));
        match (figure.label, figure.value, figure.lower, figure.upper) {
            (Label::Exact, Some(0), ..) => keys.zero.map(|key| self.locale.t(key).into_owned()),
            (Label::Exact, Some(value), ..) => {
                let value = (forms.whole)(value);
                Some(self.say(keys.exact, &[("points", value.clone()), ("percent", value)]))
            }
            (Label::Exact, None, ..) => keys.never.map(|key| self.locale.t(key).into_owned()),
            (_, _, None | Some(0), Some(upper)) => {
                let value = (forms.whole)(upper);
                Some(self.say(keys.sufficient, &[("points", value.clone()), ("percent", value)]))
            }
            (_, _, Some(lower), Some(upper)) => Some(
                self.say(keys.interval, &[("lower", (forms.bare)(lower)), ("upper", (forms.bare)(upper))]),
            ),
            (_, _, None | Some(0), None) => keys.unknown.map(|key| self.locale.t(key).into_owned()),
            (_, _, Some(lower), None) => one(keys.least, "lower", (forms.bare)(lower)),
        }
    }

    /// What the plan that shows a cost changes.
    pub fn witness(&self, cost: &Cost) -> Vec<String> {
        let Some(change) = &cost.change else { return Vec::new() };
        let quoted = |id: &Id| self.say("explanation-quoted", &[("project", self.title(id))]);
        let lists = [
            ("explanation-witness-enter", change.enter.iter().map(|s| self.start(&s.id, s.start)).collect()),
            ("explanation-witness-leave", change.leave.iter().map(quoted).collect()),
            ("explanation-witness-move", change.moved.iter().map(|s| self.start(&s.id, s.start)).collect()),
        ];
        let lists = lists.into_iter().filter(|(_, names): &(&str, Vec<String>)| !names.is_empty());
        lists.map(|(key, names)| self.say(key, &[("projects", names.join(", "))])).collect()
    }

    fn start(&self, id: &Id, start: u16) -> String {
        self.say("explanation-start", &[("project", self.title(id)), ("year", self.year(start))])
    }

    /// What stops a project: each fact of structure, then rules that clash, or the price.
    fn stops(&self, stops: &Stops) -> Vec<String> {
        let mut said: Vec<String> = stops.structure.iter().map(|fact| self.structure(fact)).collect();
        match stops.cause {
            Some(Cause::Impossible) if !stops.conflict.is_empty() => {
                let rules: Vec<String> = stops.conflict.iter().map(|rule| self.rule(*rule)).collect();
                said.push(self.say("explanation-stop-conflict", &[("rules", rules.join("; "))]));
            }
            Some(Cause::Fit) => said.push(self.locale.t("explanation-stop-fit").into_owned()),
            Some(Cause::Price) => said.extend(stops.waterfall.as_ref().and_then(|fall| self.price(fall))),
            _ => {}
        }
        said
    }

    fn structure(&self, fact: &Structure) -> String {
        match fact {
            Structure::Barred => self.locale.t("explanation-stop-barred").into_owned(),
            Structure::Window { earliest, latest } => self.say(
                "explanation-stop-window",
                &[("from", self.year(*earliest)), ("to", self.year(*latest))],
            ),
            Structure::Excluded { by, .. } => {
                self.say("explanation-stop-excluded", &[("by", self.title(by))])
            }
            Structure::Predecessor { waits_for } => {
                self.say("explanation-stop-predecessor", &[("first", self.title(waits_for))])
            }
            Structure::PredecessorLate { waits_for, start, .. } => self.say(
                "explanation-stop-predecessor-late",
                &[("first", self.title(waits_for)), ("year", self.year(*start))],
            ),
        }
    }

    fn price(&self, fall: &Waterfall) -> Option<String> {
        let dearest = fall.charges.first().filter(|charge| charge.exact > 0)?;
        Some(self.say(
            "explanation-stop-price",
            &[
                ("year", self.year(fall.start)),
                ("worth", self.points(fall.worth)),
                ("short", self.tenths(-fall.net_exact)),
                ("row", self.rule(dearest.rule)),
            ],
        ))
    }

    /// That what a project brings is more than its money and places would bring elsewhere; `None` when it is not.
    pub fn carried(&self, fall: &Waterfall) -> Option<String> {
        (fall.net_exact > TENTH / 2).then(|| {
            self.say(
                "explanation-carried",
                &[
                    ("year", self.year(fall.start)),
                    ("worth", self.points(fall.worth)),
                    ("over", self.tenths(fall.net_exact)),
                ],
            )
        })
    }

    fn exchange(&self, exchange: &Exchange) -> String {
        let points = self.points(exchange.loss.max(0));
        match exchange.out.as_slice() {
            [] => self.locale.t("explanation-exchange-none").into_owned(),
            [first] => {
                self.say("explanation-exchange-one", &[("first", self.title(first)), ("points", points)])
            }
            [first, second, ..] => self.say(
                "explanation-exchange-two",
                &[("first", self.title(first)), ("second", self.title(second)), ("points", points)],
            ),
        }
    }

    /// The rows of a waterfall: what, and how many points; the worth first, what is left last.
    pub fn waterfall(&self, fall: &Waterfall) -> Vec<(String, String)> {
        let year = [("year", self.year(fall.start))];
        let mut rows = vec![(self.say("explanation-fall-worth", &year), self.points(fall.worth))];
        rows.extend(fall.charges.iter().map(|charge| self.charge(charge)));
        rows.push((self.locale.t("explanation-fall-net").into_owned(), self.tenths(fall.net_exact)));
        rows
    }

    fn charge(&self, charge: &Charge) -> (String, String) {
        let key = if charge.exact > 0 { "explanation-fall-charge" } else { "explanation-fall-credit" };
        (self.say(key, &[("row", self.rule(charge.rule))]), self.tenths(-charge.exact))
    }

    /// What more or less money of a source would change.
    pub fn marginal(&self, one: &Marginal) -> Vec<String> {
        let source = self.words.source(one.source);
        let percent = self.locale.percent(&one.percent.unsigned_abs().to_string());
        let mut args = vec![("source", source), ("percent", percent)];
        let key = match (one.change, one.year.is_some()) {
            (None, _) => "explanation-marginal-none",
            (Some(0), _) => "explanation-marginal-same",
            (Some(change), false) if change > 0 => "explanation-marginal-more",
            (Some(_), false) => "explanation-marginal-less",
            (Some(change), true) if change > 0 => "explanation-marginal-more-year",
            (Some(_), true) => "explanation-marginal-less-year",
        };
        if let Some(change) = one.change {
            args.push(("points", self.points(change.abs())));
        }
        if let Some(year) = one.year {
            args.push(("year", self.year(year)));
        }
        let mut said = vec![self.say(key, &args)];
        said.extend((!one.exact).then(|| self.locale.t("explanation-marginal-found").into_owned()));
        said
    }

    /// How often a project is chosen under unsure inputs.
    pub fn frequency(&self, one: &Frequency) -> String {
        let key = match one.standing {
            Steadiness::Core => "explanation-frequency-core",
            Steadiness::Likely => "explanation-frequency-likely",
            Steadiness::Marginal => "explanation-frequency-marginal",
            Steadiness::Unlikely => "explanation-frequency-unlikely",
        };
        let percent = |share: f64| self.locale.percent(&format!("{:.0}", share * 100.0));
        let share = f64::from(one.chosen) / f64::from(one.draws.max(1));
        self.say(
            key,
            &[
                ("share", percent(share)),
                ("draws", self.locale.number(i64::from(one.draws))),
                ("low", percent(one.low)),
                ("high", percent(one.high)),
            ],
        )
    }

    /// A rule in words.
    pub fn rule(&self, rule: Rule) -> String {
        let project =
            |at: usize| self.programme.projects().get(at).map_or_else(String::new, |p| self.title(&p.id));
        match rule {
            Rule::Once { project: at } => self.say("explanation-rule-once", &[("project", project(at))]),
            Rule::Budget { source, year } => self.say(
                "explanation-rule-budget",
                &[("source", self.words.source(source)), ("year", self.year(year))],
            ),
            Rule::Tail { source } => {
                self.say("explanation-rule-tail", &[("source", self.words.source(source))])
            }
            Rule::Sector { sector } => {
                self.say("explanation-rule-sector", &[("name", self.words.sector(sector))])
            }
            Rule::District { district } => {
                self.say("explanation-rule-district", &[("name", self.words.district(district))])
            }
            Rule::Starts { year } => self.say("explanation-rule-starts", &[("year", self.year(year))]),
            Rule::Exclusive { group } => {
                let members = self.programme.exclusive().get(group).into_iter().flatten();
                let members: Vec<String> =
                    members.map(|at| self.say("explanation-quoted", &[("project", project(*at))])).collect();
                self.say("explanation-rule-exclusive", &[("projects", members.join(", "))])
            }
            Rule::Precedence { pair, .. } => {
                let pair = self.programme.precedence().get(pair);
                let (before, after) = pair.map_or((0, 0), |pair| (pair.before, pair.after));
                self.say(
                    "explanation-rule-precedence",
                    &[("after", project(after)), ("before", project(before))],
                )
            }
            Rule::Extension { kind, index } => self.extension(Kind::from_number(kind), index),
        }
    }

    /// A rule beyond the common ones; its index holds what it is about, as [`Kind`] says.
    fn extension(&self, kind: Option<Kind>, index: u32) -> String {
        let year = || u16::try_from(index % 100).map_or_else(|_| String::new(), |year| self.year(year));
        let place = |index: u32| usize::try_from(index).unwrap_or(usize::MAX);
        match kind {
            Some(Kind::Carry) => {
                let source = self.words.source(place(index / 100));
                self.say("explanation-rule-carry", &[("source", source), ("year", year())])
            }
            Some(Kind::Capacity) => self.say("explanation-rule-capacity", &[("year", year())]),
            Some(Kind::Obligation) => self.say("explanation-rule-obligation", &[("year", year())]),
            Some(Kind::Benefit) => {
                self.say("explanation-rule-benefit", &[("name", self.words.district(place(index)))])
            }
            Some(Kind::Synergy) => self.locale.t("explanation-rule-synergy").into_owned(),
            Some(Kind::Margin) => self.locale.t("explanation-rule-margin").into_owned(),
            Some(Kind::TailMean) => self.locale.t("explanation-rule-worst").into_owned(),
            Some(Kind::Stability) => self.locale.t("explanation-rule-stability").into_owned(),
            Some(Kind::Level) => self.locale.t("explanation-rule-fairness").into_owned(),
            Some(Kind::Distance | Kind::Slack) | None => {
                self.locale.t("explanation-rule-extension").into_owned()
            }
        }
    }

    fn title(&self, id: &Id) -> String {
        self.words.project(id)
    }

    /// The calendar year of a year of the programme.
    fn year(&self, year: u16) -> String {
        (i32::from(self.first_year) + i32::from(year) - 1).to_string()
    }

    /// Worth in points with its word, all digits.
    fn points(&self, worth: i64) -> String {
        let n = if worth % POINT == 0 { Arg::from(worth / POINT) } else { Arg::from(self.bare(worth)) };
        self.locale.f("explanation-points", &[("n", n)])
    }

    /// Worth in points as a number, all digits.
    fn bare(&self, worth: i64) -> String {
        if worth % POINT == 0 {
            return self.locale.number(worth / POINT);
        }
        let sign = if worth < 0 { "-" } else { "" };
        let (whole, part) = (worth.abs() / POINT, worth.abs() % POINT);
        self.locale.decimal(format!("{sign}{whole}.{part:04}").trim_end_matches('0'))
    }

    /// A price in points with its word, to a tenth.
    fn tenths(&self, exact: i128) -> String {
        let half = if exact < 0 { -TENTH / 2 } else { TENTH / 2 };
        let tenths = i64::try_from((exact + half) / TENTH).unwrap_or(i64::MAX / POINT);
        self.points(tenths.saturating_mul(POINT / 10))
    }

    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, value)| (*name, value.into())).collect();
        self.locale.f(key, &args)
    }
}

#[cfg(test)]
mod tests;
