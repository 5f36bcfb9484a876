//! From the fields of the form to a request, with every fault at its field; nothing that was written is lost.

use super::super::words::example;
use akimat_allocation::Id;
use akimat_allocation::extension::{Approved, CarryOver, RobustCap, Stability, Synergy};
use akimat_app::programme::{
    InputCandidate, ProgrammeRequest, SourceAsk, WaitAsk, WindowAsk, WorstAsk, factors,
};
use akimat_core::{KatoCode, Money, MoneyUnit, ProjectId};
use akimat_i18n::{Arg, Locale};
use akimat_project::{MoneySource, Sector};
use akimat_web_kit::form::Form;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Years that the form offers at most: beyond them budgets are guesses.
pub const YEARS_MAX: u16 = 10;
/// Calendar years that a programme may begin in.
const FIRST_YEARS: std::ops::RangeInclusive<i16> = 2020..=2100;
/// Characters of a name.
pub const TITLE_MAX: usize = 200;

/// What the form says.
#[derive(Clone, Debug)]
pub struct Written {
    /// Name.
    pub title: String,
    /// First calendar year.
    pub first_year: i16,
    /// Number of years.
    pub years: u16,
    /// What is asked.
    pub request: ProgrammeRequest,
    /// What is wrong: field and sentence.
    pub faults: Vec<(String, String)>,
}

/// What the form is read against.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The reader's language.
    pub locale: &'a Locale,
    /// The request that is changed.
    pub stored: &'a ProgrammeRequest,
    /// First year and number of years before the change.
    pub span: (i16, u16),
    /// The candidates, for the numbers that a person writes.
    pub candidates: &'a [InputCandidate],
    /// Territories directly below.
    pub districts: &'a [KatoCode],
    /// The published plan that changes are counted against, in the years of this programme.
    pub approved: Vec<Approved>,
}

struct Reader<'a> {
    ground: &'a Ground<'a>,
    sent: &'a Form,
    numbers: BTreeMap<String, ProjectId>,
    faults: Vec<(String, String)>,
}

/// Reads the form.
pub fn read(ground: &Ground<'_>, sent: &Form) -> Written {
    let numbers = ground.candidates.iter();
    let numbers = numbers.map(|one| (one.key.to_lowercase(), one.project)).collect();
    let mut reader = Reader { ground, sent, numbers, faults: Vec::new() };
    let title = reader.title();
    let first_year = reader.whole("first_year", (FIRST_YEARS, ground.span.0));
    let years = reader.whole("years", (1..=YEARS_MAX, ground.span.1));
    let stored = ground.stored.clone();
    let mut request = ProgrammeRequest {
        sources: reader.sources(first_year, years),
        discount: reader.discount(years),
        starts_cap: reader.starts(first_year, years),
        sector_floors: reader.sector_floors(),
        district_floors: reader.district_floors(),
        delay_max: reader.whole("delay_max", (0..=30, stored.delay_max)),
        windows: reader.windows(),
        precedence: reader.precedence(),
        exclusive: reader.exclusive(),
        running: sent.get("running") == "yes",
        criteria: reader.criteria(),
        worst: reader.worst(),
        gap_millionths: reader.gap(),
        seconds: Some(reader.whole("seconds", (5..=600, stored.seconds.unwrap_or(120)))),
        ..stored
    };
    request.rulings.retain(|ruling| sent.get(&format!("drop-{}", ruling.project)) != "yes");
    reader.extensions(&mut request);
    Written { title, first_year, years, request, faults: reader.faults }
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.ground.locale.t(key).into_owned()));
    }

    fn fail_with(&mut self, field: &str, key: &str, args: &[(&str, Arg<'_>)]) {
        self.faults.push((field.to_owned(), self.ground.locale.f(key, args)));
    }

    fn is_sent(&self, field: &str) -> bool {
        self.sent.all(field).next().is_some()
    }

    fn title(&mut self) -> String {
        let title = self.sent.get("title");
        if title.is_empty() {
            self.fail("title", "field-required");
        } else if title.chars().count() > TITLE_MAX {
            self.fail_with("title", "field-too-long", &[("max", TITLE_MAX.into())]);
        }
        title.to_owned()
    }

    /// A whole number within a range; what stood before when it is none.
    fn whole<T>(&mut self, field: &str, (range, otherwise): (std::ops::RangeInclusive<T>, T)) -> T
    where
        T: std::str::FromStr + PartialOrd + Copy + std::fmt::Display,
    {
        let text = self.sent.get(field).replace([' ', '\u{a0}', '\u{202f}'], "");
        match text.parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let (min, max) = (range.start().to_string(), range.end().to_string());
                self.fail_with(field, "field-between", &[("min", min.into()), ("max", max.into())]);
                otherwise
            }
        }
    }

    /// An amount in thousand tenge; `None` for an empty field and for a wrong one, which is told.
    fn money(&mut self, field: &str) -> Option<Money> {
        let text = self.sent.get(field);
        if text.is_empty() {
            return None;
        }
        match Money::parse(text, MoneyUnit::ThousandTenge) {
            Ok(money) if money.tiyn() >= 0 => Some(money),
            Ok(_) => {
                self.fail(field, "field-negative");
                None
            }
            Err(_) => {
                self.fail(field, "field-not-an-amount");
                None
            }
        }
    }

    /// A share in per cent with at most one decimal, in thousandths; `None` for an empty field.
    fn permille(&mut self, field: &str, most: i64) -> Option<i64> {
        let text = self.sent.get(field).replace(',', ".");
        let text = text.trim_end_matches('%').trim();
        if text.is_empty() {
            return None;
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let read = || -> Option<i64> {
            let fine = digits(whole) && digits(part) && part.len() <= 1;
            let whole: i64 = whole.parse().ok().filter(|_| fine)?;
            let part: i64 = if part.is_empty() { 0 } else { part.parse().ok()? };
            whole.checked_mul(10)?.checked_add(part).filter(|value| *value <= most)
        };
        let value = read();
        if value.is_none() {
            let max = (most / 10).to_string();
            self.fail_with(field, "programme-percent-between", &[("max", max.into())]);
        }
        value
    }

    fn sources(&mut self, first_year: i16, years: u16) -> Vec<SourceAsk> {
        let mut sources = Vec::new();
        for source in MoneySource::ALL.iter().copied() {
            let names: Vec<String> =
                calendar(first_year, years).map(|year| format!("budget-{}-{year}", source.code())).collect();
            let written = names.iter().any(|name| !self.sent.get(name).is_empty());
            let tail_name = format!("tail-{}", source.code());
            let tail = self.money(&tail_name);
            if !written {
                if tail.is_some() {
                    self.fail(&tail_name, "programme-tail-without-source");
                }
                continue;
            }
            let mut budget: Vec<Money> = Vec::new();
            for name in &names {
                // A year that the form did not show yet goes on with the year before it.
                let before = budget.last().copied();
                let amount = match (self.is_sent(name), before) {
                    (false, Some(before)) => Some(before),
                    _ if self.sent.get(name).is_empty() => {
                        self.fail(name, "programme-money-missing");
                        None
                    }
                    _ => self.money(name),
                };
                budget.push(amount.unwrap_or(Money::ZERO));
            }
            sources.push(SourceAsk { source, budget, tail });
        }
        if sources.is_empty() {
            let field = format!("budget-{}-{first_year}", MoneySource::Own.code());
            self.fail(&field, "programme-money-none");
        }
        sources
    }

    /// The yearly rate as factors; factors that are of no single rate stay as they are while the rate is not
    /// touched.
    fn discount(&mut self, years: u16) -> Vec<i64> {
        if self.sent.get("discount").is_empty() {
            return self.ground.stored.clone().with_years(years).discount;
        }
        let permille = self.permille("discount", 500).unwrap_or(0);
        factors(u32::try_from(permille * 10).unwrap_or(0), years)
    }

    fn starts(&mut self, first_year: i16, years: u16) -> Vec<u32> {
        let names: Vec<String> = calendar(first_year, years).map(|year| format!("starts-{year}")).collect();
        if names.iter().all(|name| self.sent.get(name).is_empty()) {
            return Vec::new();
        }
        let mut caps: Vec<u32> = Vec::new();
        for name in &names {
            let before = caps.last().copied();
            caps.push(match (self.is_sent(name), before) {
                (false, Some(before)) => before,
                _ => self.whole(name, (0..=10_000, 0)),
            });
        }
        caps
    }

    fn sector_floors(&mut self) -> BTreeMap<Sector, Money> {
        let mut floors = BTreeMap::new();
        for sector in Sector::ALL.iter().copied() {
            let floor = self.money(&format!("sector-{}", sector.code()));
            floors.extend(floor.filter(|floor| *floor > Money::ZERO).map(|floor| (sector, floor)));
        }
        floors
    }

    fn district_floors(&mut self) -> BTreeMap<KatoCode, Money> {
        let mut floors = BTreeMap::new();
        for place in self.ground.districts {
            let floor = self.money(&format!("district-{place}"));
            floors.extend(floor.filter(|floor| *floor > Money::ZERO).map(|floor| (*place, floor)));
        }
        floors
    }

    /// The project with a number that a person wrote in a line of a field.
    fn number(&mut self, (field, line): (&str, usize), number: &str) -> Option<ProjectId> {
        let found = self.numbers.get(&number.trim().to_lowercase()).copied();
        if found.is_none() {
            let number = number.trim().to_owned();
            self.fail_with(
                field,
                "programme-line-unknown",
                &[("line", line.into()), ("number", number.into())],
            );
        }
        found
    }

    fn lines(&self, field: &str) -> Vec<(usize, String)> {
        let lines = (1..).zip(self.sent.raw(field).lines());
        lines.filter(|(_, text)| !text.trim().is_empty()).map(|(at, text)| (at, text.to_owned())).collect()
    }

    fn exclusive(&mut self) -> Vec<Vec<ProjectId>> {
        let mut groups = Vec::new();
        for (at, text) in self.lines("exclusive") {
            let parts: Vec<&str> = text.split([',', ';']).filter(|part| !part.trim().is_empty()).collect();
            if parts.len() < 2 {
                self.fail_with("exclusive", "programme-line-short", &[("line", at.into())]);
                continue;
            }
            let known: Vec<ProjectId> =
                parts.iter().filter_map(|part| self.number(("exclusive", at), part)).collect();
            if known.len() == parts.len() {
                groups.push(known);
            }
        }
        groups
    }

    fn precedence(&mut self) -> Vec<WaitAsk> {
        let mut waits = Vec::new();
        for (at, text) in self.lines("precedence") {
            let Some((before, rest)) = text.split_once('>') else {
                let shown = example(self.ground.candidates, ">", self.ground.span.0);
                let args = [("line", at.into()), ("example", shown.into())];
                self.fail_with("precedence", "programme-line-order", &args);
                continue;
            };
            let (after, lag) = rest.split_once([',', ';']).unwrap_or((rest, "1"));
            let Ok(lag) = lag.trim().parse::<u16>() else {
                self.fail_with("precedence", "programme-line-years", &[("line", at.into())]);
                continue;
            };
            let before = self.number(("precedence", at), before);
            let after = self.number(("precedence", at), after);
            waits.extend(before.zip(after).map(|(before, after)| WaitAsk { before, after, lag }));
        }
        waits
    }

    fn windows(&mut self) -> Vec<WindowAsk> {
        let mut windows = Vec::new();
        for (at, text) in self.lines("windows") {
            let parts = text.split_once([':', '=']).and_then(|(number, years)| {
                let (earliest, latest) = years.split_once(['-', '–']).unwrap_or((years, years));
                Some((number, earliest.trim().parse::<i16>().ok()?, latest.trim().parse::<i16>().ok()?))
            });
            let Some((number, earliest, latest)) = parts.filter(|(_, from, to)| from <= to) else {
                let shown = example(self.ground.candidates, ":", self.ground.span.0);
                let args = [("line", at.into()), ("example", shown.into())];
                self.fail_with("windows", "programme-line-window", &args);
                continue;
            };
            let project = self.number(("windows", at), number);
            windows.extend(project.map(|project| WindowAsk { project, earliest, latest }));
        }
        windows
    }

    /// The set of criteria that gives the points; empty: the one approved for the first year.
    fn criteria(&mut self) -> Option<Uuid> {
        let text = self.sent.get("criteria");
        if text.is_empty() {
            return None;
        }
        let set = text.parse().ok();
        if set.is_none() {
            self.fail("criteria", "field-choose-from-list");
        }
        set
    }

    /// What the worst cases count; both fields or none.
    fn worst(&mut self) -> Option<WorstAsk> {
        let empty = |field: &str| self.sent.get(field).is_empty();
        let (no_percent, no_weight) = (empty("worst-percent"), empty("worst-weight"));
        if no_percent && no_weight {
            return None;
        }
        if no_percent != no_weight {
            self.fail(if no_percent { "worst-percent" } else { "worst-weight" }, "programme-robust-both");
            return None;
        }
        let percent = self.whole("worst-percent", (1..=50, 10));
        let weight_permille = self.permille("worst-weight", 1_000).unwrap_or(0);
        if weight_permille == 0 && self.faults.iter().all(|(field, _)| field != "worst-weight") {
            let (min, max) = (Arg::from("0.1"), Arg::from("100"));
            self.fail_with("worst-weight", "field-between", &[("min", min), ("max", max)]);
        }
        Some(WorstAsk { percent, weight_permille })
    }

    /// Pairs that are worth more or less together: `A-1 + A-2: 300`.
    fn synergies(&mut self) -> Vec<Synergy> {
        let mut pairs = Vec::new();
        for (at, text) in self.lines("synergies") {
            let parts = text.rsplit_once([':', '=']).and_then(|(pair, points)| {
                let (first, second) = pair.split_once(['+', ';'])?;
                let points = points.trim().replace('−', "-").replace(' ', "");
                Some((first, second, points.parse::<i64>().ok()?))
            });
            let Some((first, second, points)) = parts else {
                let shown = example(self.ground.candidates, "+", self.ground.span.0);
                let args = [("line", at.into()), ("example", shown.into())];
                self.fail_with("synergies", "programme-line-synergy", &args);
                continue;
            };
            let first = self.number(("synergies", at), first);
            let second = self.number(("synergies", at), second);
            let key = |project: ProjectId| {
                let one = self.ground.candidates.iter().find(|one| one.project == project);
                one.map(|one| Id::Text(one.key.clone()))
            };
            let pair = first.and_then(key).zip(second.and_then(key));
            pairs.extend(pair.map(|(first, second)| Synergy { first, second, points }));
        }
        pairs
    }

    fn gap(&mut self) -> u32 {
        if self.sent.get("gap").is_empty() {
            return 0;
        }
        let permille = self.permille("gap", 100).unwrap_or(0);
        u32::try_from(permille * 1_000).unwrap_or(0)
    }

    /// Carry-over, caution and stability; what the form does not show stays as it is.
    fn extensions(&mut self, request: &mut ProgrammeRequest) {
        let sources: Vec<&'static str> = request.sources.iter().map(|ask| ask.source.code()).collect();
        let mut carry_over = Vec::new();
        let mut robust = Vec::new();
        let most = self.sent.get("robust-projects").to_owned();
        let projects: u32 = if most.is_empty() { 0 } else { self.whole("robust-projects", (0..=1_000, 0)) };
        let more = self.permille("robust-more", 2_000).unwrap_or(0);
        if (projects > 0) != (more > 0) {
            self.fail(if projects > 0 { "robust-more" } else { "robust-projects" }, "programme-robust-both");
        }
        for source in sources {
            let carry = self.permille(&format!("carry-{source}"), 1_000).filter(|share| *share > 0);
            carry_over.extend(carry.map(|permille| CarryOver { source: source.to_owned(), permille }));
            if projects > 0 && more > 0 {
                robust.push(RobustCap {
                    source: source.to_owned(),
                    projects,
                    permille: more,
                    deviations: Vec::new(),
                });
            }
        }
        request.extensions.carry_over = carry_over;
        request.extensions.robust = robust;
        request.extensions.synergies = self.synergies();
        if self.sent.get("drop-fair") == "yes" {
            request.extensions.benefit_floors.clear();
        }
        let points = if self.sent.get("stability").is_empty() {
            0
        } else {
            self.whole("stability", (0..=1_000_000_i64, 0))
        };
        if points > 0 && self.ground.approved.is_empty() {
            self.fail("stability", "programme-stability-no-plan");
        }
        request.extensions.stability = (points > 0)
            .then(|| Stability { approved: self.ground.approved.clone(), points_per_change: points });
    }
}

/// The calendar years of a programme.
pub fn calendar(first_year: i16, years: u16) -> impl Iterator<Item = i16> {
    (0..years).filter_map(move |year| first_year.checked_add(i16::try_from(year).ok()?))
}
