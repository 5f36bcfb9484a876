//! What a published programme says, in the reader's language: once for the page and for the document.

use super::Opened;
use akimat_allocation::spending;
use akimat_app::programme::{InputCandidate, ProgrammeRecord, RecordedDeviation};
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::kit::Markup;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::plan::changes::Changes;
use akimat_web_kit::view::plan::told::Teller;
use akimat_web_kit::view::plan::{exact_points, points, signed_points, whole_points};
use akimat_web_kit::visitor::Visitor;

/// One project of the decision.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its page in the register, without the language.
    pub path: String,
    /// The whole explanation, without the language; empty where there is none.
    pub why: String,
    /// Name.
    pub title: String,
    /// Number, sector, cost, benefit, start.
    pub about: String,
    /// Why, whole.
    pub reason: String,
    /// How sure the reason is; empty for a fact.
    pub label: String,
    /// What the head decided otherwise, and why; empty otherwise.
    pub deviation: String,
}

/// The projects that start in one year.
#[derive(Clone, Debug)]
pub(super) struct Year {
    /// The year, how many start and what they cost.
    pub about: String,
    /// First of them in the list of projects in.
    from: usize,
    /// After the last of them.
    to: usize,
}

/// The words, tables and pictures of a published programme.
#[derive(Clone, Debug)]
pub(super) struct Published {
    /// Territory and years.
    pub title: String,
    /// Who decided, when.
    pub by: String,
    /// What was decided, in one sentence.
    pub lead: String,
    /// Words of the head.
    pub reason: String,
    /// The head deviated.
    pub changed: bool,
    /// Accepted or changed, in words.
    pub state: String,
    /// The main figures: name, value.
    pub stats: Vec<(String, String)>,
    /// What the deviations cost; empty without any.
    pub loss: String,
    /// Projects in, by year of start.
    pub inside: Vec<Candidate>,
    /// The same year by year.
    pub years: Vec<Year>,
    /// Every rejected project.
    pub outside: Vec<Candidate>,
    /// All projects as one table, for spreadsheets.
    pub projects: Figure,
    /// Money, sectors, districts, years.
    pub figures: Vec<Figure>,
    /// Rules in words.
    pub rules: Vec<String>,
    /// Weights of the criteria.
    pub weights: Figure,
    /// What changed since the last plan; `None` when this is the first.
    pub changes: Option<Changes>,
    /// Where the last plan is, without the language.
    pub previous: String,
    /// What the commission said: for whom, by whom, the words.
    pub comments: Vec<[String; 3]>,
    /// How it was computed: name, value.
    pub computed: Vec<(String, String)>,
    /// Whether the stored record agrees with itself.
    pub holds: bool,
}

impl Published {
    pub(super) fn of(state: &WebState, visitor: &Visitor, opened: &Opened) -> Self {
        let locale = visitor.locale();
        let teller = opened.loaded.teller(locale);
        let scribe = Scribe { locale, opened, teller };
        let record = &opened.record;
        let when = locale.date_time(record.decided_at, state.app.zone());
        let by = [("name", record.decided_by.as_str().into()), ("when", when.into())];
        let changed = !record.decided.deviations.is_empty();
        let candidates = || record.input.candidates.iter().enumerate();
        let has = |at: usize| teller.view.plan.has(at);
        let mut inside: Vec<(usize, &InputCandidate)> = candidates().filter(|(at, _)| has(*at)).collect();
        inside.sort_by_key(|(at, _)| (teller.view.plan.starts[*at], *at));
        let outside = candidates().filter(|(at, _)| !has(*at));
        let comment = |one: &akimat_storage::ProgrammeComment| {
            let when = locale.date_time(one.at, state.app.zone());
            [
                locale.name("plan-voice", &one.voice).into_owned(),
                format!("{}, {when}", one.by),
                one.body.clone(),
            ]
        };
        Self {
            title: scribe.title(),
            by: locale.f("plan-signed-by", &by),
            lead: scribe.lead(),
            reason: record.reason.clone(),
            changed,
            state: locale
                .t(if changed { "decision-state-changed" } else { "decision-state-accepted" })
                .into_owned(),
            stats: scribe.stats(),
            loss: if changed { scribe.loss() } else { String::new() },
            years: scribe.years(&inside),
            inside: inside.into_iter().map(|one| scribe.candidate(one)).collect(),
            outside: outside.map(|one| scribe.candidate(one)).collect(),
            projects: scribe.table(),
            figures: scribe.figures(),
            rules: scribe.rules(),
            weights: scribe.weights(),
            changes: opened.changes.as_ref().map(|(_, compared)| Changes::of(locale, compared, &teller)),
            previous: opened.changes.as_ref().map_or_else(String::new, |(id, _)| format!("/decisions/{id}")),
            comments: opened.comments.iter().map(comment).collect(),
            computed: scribe.computed(),
            holds: record.holds(),
        }
    }
}

impl Published {
    /// The projects that start in a year.
    pub(super) fn started(&self, year: &Year) -> &[Candidate] {
        self.inside.get(year.from..year.to).unwrap_or_default()
    }
}

/// Territory and years of a decision.
pub(super) fn title(locale: &Locale, opened: &Opened) -> String {
    let record = &opened.record;
    let last = i32::from(record.first_year) + i32::from(record.years) - 1;
    let args = [
        ("place", opened.place.name.as_str().into()),
        ("from", record.first_year.to_string().into()),
        ("to", last.to_string().into()),
    ];
    locale.f("plan-public-title", &args)
}

/// What the head decided otherwise about a candidate, and why; empty when nothing.
pub(super) fn deviation(locale: &Locale, record: &ProgrammeRecord, at: usize) -> String {
    let Some(one) = record.decided.deviations.iter().find(|one| one.candidate == at) else {
        return String::new();
    };
    let year = |year: Option<i16>| {
        year.map_or_else(|| locale.t("plan-not-in").into_owned(), |year| year.to_string())
    };
    let args = [
        ("computed", year(one.computed).into()),
        ("decided", year(one.decided).into()),
        ("n", signed_points(locale, one.worth).into()),
        ("reason", one.reason.as_str().into()),
    ];
    locale.f("plan-deviation-text", &args)
}

struct Scribe<'a> {
    locale: &'static Locale,
    opened: &'a Opened,
    teller: Teller<'a>,
}

impl Scribe<'_> {
    fn word(&self, key: &str) -> String {
        self.locale.t(key).into_owned()
    }

    fn title(&self) -> String {
        title(self.locale, self.opened)
    }

    fn lead(&self) -> String {
        let inside = self.teller.view.n_started();
        let outside = self.opened.record.input.candidates.len() - inside;
        let counts = [
            ("in", self.locale.count(inside as u64).into()),
            ("out", self.locale.count(outside as u64).into()),
        ];
        self.locale.f("plan-public-lead", &counts)
    }

    fn stats(&self) -> Vec<(String, String)> {
        let view = &self.teller.view;
        let allocation = &self.opened.record.decided.plan.allocation;
        let spent = spending(view.programme, view.plan);
        let sum = |of: &dyn Fn(&akimat_allocation::verify::SourceUse) -> i64| {
            spent.iter().map(of).fold(0_i64, i64::saturating_add)
        };
        let outside = self.opened.record.input.candidates.len() - view.n_started();
        vec![
            (self.word("plan-in"), self.locale.count(view.n_started() as u64)),
            (self.word("plan-out"), self.locale.count(outside as u64)),
            (self.word("plan-stat-money"), view.short(sum(&|one| one.years.iter().sum()))),
            (self.word("plan-stat-later"), view.short(sum(&|one| one.tail))),
            (self.word("plan-axis-value"), whole_points(self.locale, allocation.objective)),
        ]
    }

    fn loss(&self) -> String {
        let decided = &self.opened.record.decided;
        let key = if decided.loss < 0 { "plan-decide-gain" } else { "plan-decide-loss" };
        if decided.loss == 0 {
            return self.word("plan-decide-free");
        }
        let n = points(self.locale, i64::try_from(decided.loss.unsigned_abs()).unwrap_or(i64::MAX));
        self.locale.f(key, &[("n", n.into())])
    }

    fn deviation(&self, at: usize) -> Option<&RecordedDeviation> {
        self.opened.record.decided.deviations.iter().find(|one| one.candidate == at)
    }

    fn deviation_text(&self, at: usize) -> String {
        deviation(self.locale, &self.opened.record, at)
    }

    /// The computed reason, unless the head decided otherwise: it then explains another plan.
    fn reason(&self, at: usize) -> (String, String) {
        if self.deviation(at).is_some() {
            return (String::new(), String::new());
        }
        let told = self.teller.reason(at);
        let label = told.iter().rev().find_map(|one| one.label).map(|label| self.teller.label(label));
        let text = told.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ");
        (text, label.unwrap_or_default())
    }

    fn candidate(&self, (at, one): (usize, &InputCandidate)) -> Candidate {
        let view = &self.teller.view;
        let about = [
            ("number", one.number.as_str().into()),
            ("start", view.start(at).into()),
            ("cost", view.short(view.cost(at)).into()),
            ("points", self.teller.benefit(at).into()),
        ];
        let (reason, label) = self.reason(at);
        Candidate {
            path: format!("/projects/{}", one.project),
            why: match self.opened.base.as_str() {
                "" => String::new(),
                base => format!("{base}/projects/{}", one.project),
            },
            title: view.names.project(at).to_owned(),
            about: self.locale.f("plan-decide-about", &about),
            reason,
            label,
            deviation: self.deviation_text(at),
        }
    }

    /// Projects in, which stand by year of start, as one group a year.
    fn years(&self, inside: &[(usize, &InputCandidate)]) -> Vec<Year> {
        let view = &self.teller.view;
        let start = |at: usize| view.plan.starts.get(at).copied().flatten();
        let mut years = Vec::new();
        let mut from = 0;
        for group in inside.chunk_by(|a, b| start(a.0) == start(b.0)) {
            let cost = group.iter().fold(0_i64, |sum, (at, _)| sum.saturating_add(view.cost(*at)));
            let args = [
                ("year", group.first().map_or_else(String::new, |(at, _)| view.start(*at)).into()),
                ("n", self.locale.count(group.len() as u64).into()),
                ("amount", view.short(cost).into()),
            ];
            let to = from + group.len();
            years.push(Year { about: self.locale.f("plan-public-year", &args), from, to });
            from = to;
        }
        years
    }

    /// Every project in one table.
    fn table(&self) -> Figure {
        let view = &self.teller.view;
        let rows = self.opened.record.input.candidates.iter().enumerate().map(|(at, one)| {
            let (reason, label) = self.reason(at);
            let reason = if reason.is_empty() { self.deviation_text(at) } else { reason };
            let state = if view.plan.has(at) { "plan-in" } else { "plan-out" };
            vec![
                Value::text(one.number.clone()),
                Value::text(view.names.project(at)),
                Value::text(self.word(state)),
                Value::text(view.start(at)),
                Value::number(view.amount(view.cost(at)), view.plain(view.cost(at))),
                if one.benefit > 0 || !one.scores.is_empty() {
                    Value::number(self.locale.number(one.benefit), one.benefit.to_string())
                } else {
                    Value::unknown(self.locale)
                },
                Value::text(reason),
                Value::text(label),
            ]
        });
        let text = |key: &str| Column::text(self.word(key));
        let number = |key: &str| Column::number(self.word(key));
        let columns = vec![
            text("plan-number-register"),
            text("plan-project"),
            text("plan-state"),
            text("plan-start"),
            number("plan-cost-thousand"),
            number("plan-benefit"),
            text("plan-reason"),
            text("plan-label"),
        ];
        Figure::new("projects", self.title(), Markup::default()).table(
            self.word("plan-projects-caption"),
            columns,
            rows.collect(),
        )
    }

    fn figures(&self) -> Vec<Figure> {
        let view = &self.teller.view;
        let mut figures = vec![view.money_figure(), view.gantt(), view.sectors_figure()];
        if !view.names.districts.is_empty() {
            figures.push(view.districts_figure());
        }
        figures.push(view.scatter());
        figures
    }

    fn rules(&self) -> Vec<String> {
        let (view, input) = (&self.teller.view, &self.opened.record.input);
        let say = |key: &str, args: &[(&str, String)]| {
            let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
            self.locale.f(key, &args)
        };
        let mut rules = Vec::new();
        for (year, factor) in (1_u16..).zip(&input.discount).filter(|(_, factor)| **factor != 10_000) {
            let share =
                akimat_core::Ratio::new(i128::from(*factor), 10_000).and_then(|share| share.percent(2));
            let share = self.locale.percent(&share.unwrap_or_default());
            rules.push(say("plan-rule-discount", &[("year", view.names.year(year)), ("share", share)]));
        }
        for (year, cap) in (1_u16..).zip(input.starts_cap.iter().flatten()) {
            rules.push(say("plan-rule-cap", &[("year", view.names.year(year)), ("n", cap.to_string())]));
        }
        for (part, name) in input.sectors.iter().zip(&view.names.sectors).filter(|(part, _)| part.floor > 0) {
            rules.push(say("plan-rule-floor", &[("part", name.clone()), ("amount", view.short(part.floor))]));
        }
        for (part, name) in
            input.districts.iter().zip(&view.names.districts).filter(|(part, _)| part.floor > 0)
        {
            rules.push(say("plan-rule-floor", &[("part", name.clone()), ("amount", view.short(part.floor))]));
        }
        for group in &input.exclusive {
            let names: Vec<&str> = group.iter().map(|at| view.names.project(*at)).collect();
            rules.push(say("plan-rule-exclusive", &[("projects", names.join("; "))]));
        }
        for (before, after, lag) in &input.precedence {
            let args = [
                ("before", view.names.project(*before).into()),
                ("after", view.names.project(*after).into()),
                ("lag", (*lag).into()),
            ];
            rules.push(self.locale.f("plan-rule-wait", &args));
        }
        if !input.extensions.is_empty() {
            rules.push(self.word("plan-rule-further"));
        }
        for ruling in &self.opened.record.request.rulings {
            let Some(at) = input.find(ruling.project) else { continue };
            let args = [
                ("project", view.names.project(at).to_owned()),
                ("name", ruling.by.clone()),
                ("reason", ruling.reason.clone()),
            ];
            rules.push(say(&format!("plan-ruling-{}", ruling.kind.code()), &args));
        }
        rules
    }

    fn weights(&self) -> Figure {
        let percent = |weight: i64| {
            let share =
                akimat_core::Ratio::new(i128::from(weight), 10_000).and_then(|share| share.percent(2));
            Value::percent(self.locale, share)
        };
        let weights = &self.opened.record.input.criteria.weights;
        let rows = weights
            .iter()
            .map(|(code, weight)| vec![Value::text(self.teller.criterion(code)), percent(*weight)]);
        let columns =
            vec![Column::text(self.word("plan-criterion")), Column::number(self.word("plan-weight"))];
        Figure::new("weights", self.word("plan-weights"), Markup::default()).table(
            self.word("plan-weights-caption"),
            columns,
            rows.collect(),
        )
    }

    fn computed(&self) -> Vec<(String, String)> {
        let record = &self.opened.record;
        let (answer, decided) = (&record.answer, &record.decided.plan.allocation);
        let computed = answer.plan().map_or(decided, |plan| &plan.allocation);
        let gap = computed.bound - computed.objective;
        let yes = |yes: bool| self.word(if yes { "yes" } else { "no" });
        let mut facts = vec![
            (self.word("plan-record-hash"), answer.input_sha256.clone()),
            (self.word("plan-record-solver"), answer.solver.clone()),
            (self.word("plan-record-version"), answer.version.clone()),
            (self.word("plan-record-seed"), answer.effort.seed.to_string()),
            (self.word("plan-record-objective"), self.decimal(computed.objective)),
            (self.word("plan-record-bound"), self.decimal(computed.bound)),
            (self.word("plan-record-gap"), self.decimal(gap)),
            (self.word("plan-record-proven"), yes(computed.is_optimal())),
            (self.word("plan-record-repeatable"), yes(computed.repeatable)),
        ];
        if !record.decided.deviations.is_empty() {
            facts.push((self.word("plan-record-decided"), self.decimal(decided.objective)));
        }
        facts
    }

    fn decimal(&self, worth: i64) -> String {
        self.locale.decimal(&exact_points(worth))
    }
}
