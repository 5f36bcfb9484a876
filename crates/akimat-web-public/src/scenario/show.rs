//! What comes out of a scenario, in words, drawings and tables.

use super::base::Chosen;
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::{Arg, Locale};
use akimat_scenario::{
    Figures, Inequality, LevelOutcome, Lever, Limits, Outcome, Scenario, Stability, UnitOutcome,
};
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::chart::{self, Curve, Group, LorenzKey, Words};

/// A figure: the key of its name and how it is read.
type Pick<From, To> = (&'static str, fn(&From) -> To);
/// Writes what a level became.
type Tell<'a> = &'a dyn Fn(&LevelOutcome) -> String;

/// Units in the drawing and in the table; everything is in the files.
const UNITS_MAX: usize = 40;
const BARS_MAX: usize = 14;

/// Everything that the page shows of a result.
#[derive(Default, Debug)]
pub struct ResultView {
    /// The result in sentences.
    pub sentences: Vec<String>,
    /// Worth knowing: limits broken, debts unknown.
    pub warnings: Vec<String>,
    /// Levels before and after.
    pub levels: Vec<LevelView>,
    /// Revenue per head before and after.
    pub bars: Markup,
    /// Lorenz curves before and after.
    pub lorenz: Markup,
    /// The points of the curves: share of people, share of money before, the same after.
    pub lorenz_rows: Vec<[String; 3]>,
    /// Who loses: name, low, central, high, a head.
    pub losers: Vec<[String; 5]>,
    /// Who wins: name, low, central, high, a head.
    pub winners: Vec<[String; 5]>,
    /// Losers and winners that are only in the files.
    pub more: String,
    /// Every unit.
    pub units: Vec<UnitRow>,
    /// Bonds: name, borrowed, payment a year, interest of all years, can be repaid, debt service.
    pub bonds: Vec<[String; 6]>,
}

/// One level before and after.
#[derive(Debug)]
pub struct LevelView {
    /// Name.
    pub name: String,
    /// Figure, before, low, central, high.
    pub rows: Vec<[String; 5]>,
}

/// One unit before and after, in the central case.
#[derive(Debug)]
pub struct UnitRow {
    /// Name.
    pub name: String,
    /// Revenue a head before.
    pub before: String,
    /// Revenue a head after.
    pub after: String,
    /// Change of the balance.
    pub change: String,
    /// Own revenue over all revenue before and after.
    pub share: String,
    /// What it keeps of one tenge more.
    pub kept: String,
    /// Result of the stability test, participatory budget; may be empty.
    pub remark: String,
}

/// The result in the reader's language.
#[derive(Debug)]
pub struct Teller<'a> {
    /// Sentences and formats.
    pub locale: &'a Locale,
    /// The base with its names.
    pub chosen: &'a Chosen,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Low, central and high.
    pub outcomes: &'a [Outcome; 3],
    /// The limits of the law.
    pub limits: &'a Limits,
}

impl Teller<'_> {
    /// Tells everything.
    pub fn tell(&self) -> ResultView {
        let central = &self.outcomes[1];
        let focus = self.focus();
        let units: Vec<&UnitOutcome> =
            central.units.iter().filter(|unit| unit.level == focus.level).collect();
        let losers = central.losers();
        let winners = central.winners();
        ResultView {
            sentences: self.sentences(focus),
            warnings: self.warnings(),
            levels: central.levels.iter().map(|level| self.level(level)).collect(),
            bars: self.bars(&units),
            lorenz: self.lorenz(focus),
            lorenz_rows: self.lorenz_rows(focus),
            losers: losers.iter().map(|unit| self.changed(unit)).collect(),
            winners: winners.iter().take(UNITS_MAX).map(|unit| self.changed(unit)).collect(),
            more: self.more(winners.len().max(central.units.len())),
            units: central.units.iter().take(UNITS_MAX).map(|unit| self.unit(unit)).collect(),
            bonds: central.units.iter().filter_map(|unit| self.bond(unit)).take(UNITS_MAX).collect(),
        }
    }

    fn f(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.locale.f(key, args)
    }

    fn more(&self, n: usize) -> String {
        if n <= UNITS_MAX {
            return String::new();
        }
        self.f("scenario-more", &[("shown", UNITS_MAX.into()), ("n", n.into())])
    }

    /// The level that changed most for its money; the lowest of equal ones.
    fn focus(&self) -> &LevelOutcome {
        let levels = &self.outcomes[1].levels;
        let moved = |level: &&LevelOutcome| {
            let units = self.outcomes[1].units.iter().filter(|unit| unit.level == level.level);
            units.filter(|unit| unit.before != unit.after).count()
        };
        levels.iter().max_by_key(moved).unwrap_or(&levels[0])
    }

    fn money(&self, money: Money) -> String {
        self.locale.amount(money, MoneyUnit::ThousandTenge, 0)
    }

    /// With a sign, also when positive.
    fn signed(&self, money: Money) -> String {
        let text = self.money(money);
        if money.tiyn() > 0 { format!("+{text}") } else { text }
    }

    fn percent(&self, ratio: Option<Ratio>) -> String {
        let percent = ratio.and_then(|ratio| ratio.percent(1));
        percent.map_or_else(|| self.none(), |plain| self.locale.percent(&plain))
    }

    fn percent_bp(&self, bp: Option<i64>) -> String {
        self.percent(bp.and_then(|bp| Ratio::new(bp.into(), 10_000)))
    }

    fn none(&self) -> String {
        self.locale.t("no-data-short").into_owned()
    }

    /// Tenge a head.
    fn head(&self, money: Money, heads: Option<u32>) -> String {
        let tenge = heads.and_then(|heads| Ratio::new(money.tiyn().into(), i128::from(heads) * 100));
        let plain = tenge.and_then(|tenge| tenge.to_decimal(0));
        plain.map_or_else(|| self.none(), |plain| self.locale.decimal(&plain))
    }

    fn index(&self, value: Option<f64>, decimals: usize) -> String {
        value.map_or_else(|| self.none(), |value| self.locale.decimal(&format!("{value:.decimals$}")))
    }

    fn level_name(&self, level: u8) -> String {
        self.locale.name("scenario-units-of", &level.to_string()).into_owned()
    }

    fn sentences(&self, focus: &LevelOutcome) -> Vec<String> {
        let [low, central, high] = self.outcomes;
        let short = |money: Money| self.locale.money_short(money);
        let name = self.level_name(focus.level);
        let mut said = Vec::new();
        let affected = central.units.iter().filter(|unit| unit.before != unit.after).count();
        said.push(self.f(
            "scenario-said-who",
            &[
                ("n", central.units.len().into()),
                ("changed", affected.into()),
                ("winners", central.winners().len().into()),
                ("losers", central.losers().len().into()),
            ],
        ));
        for (key, pick) in [
            ("scenario-said-new-money", (|outcome| outcome.totals.new_money) as fn(&Outcome) -> Money),
            ("scenario-said-saved", |outcome| outcome.totals.saved),
            ("scenario-said-outside", |outcome| outcome.totals.outside),
            ("scenario-said-equalised", |outcome| outcome.totals.equalised),
            ("scenario-said-borrowed", |outcome| outcome.totals.borrowed),
            ("scenario-said-interest", |outcome| outcome.totals.interest),
            ("scenario-said-participatory", |outcome| outcome.totals.participatory),
        ] {
            if [low, central, high].iter().any(|outcome| pick(outcome) != Money::ZERO) {
                let args = [("central", short(pick(central)).into()), ("low", short(pick(low)).into())];
                said.push(self.f(key, &[&args[..], &[("high", short(pick(high)).into())]].concat()));
            }
        }
        if let (Some(before), Some(after)) = (focus.received_before.gini, focus.received_after.gini) {
            let key = if (after - before).abs() < 0.0005 {
                "scenario-said-gini-same"
            } else if after < before {
                "scenario-said-gini-less"
            } else {
                "scenario-said-gini-more"
            };
            let (before, after) = (self.index(Some(before), 3), self.index(Some(after), 3));
            said.push(
                self.f(key, &[("units", name.into()), ("before", before.into()), ("after", after.into())]),
            );
        }
        said
    }

    fn names(&self, codes: impl Iterator<Item = KatoCode>) -> String {
        codes.map(|code| self.chosen.name(code)).collect::<Vec<_>>().join(", ")
    }

    fn warnings(&self) -> Vec<String> {
        let low = &self.outcomes[0];
        let mut said = Vec::new();
        if !low.breaches.is_empty() {
            let limit = low.breaches.first().map(|breach| breach.limit);
            said.push(self.f(
                "scenario-said-breach",
                &[
                    ("units", self.names(low.breaches.iter().map(|breach| breach.code)).into()),
                    ("limit", self.percent_bp(limit).into()),
                ],
            ));
            said.push(self.locale.t("scenario-said-limit-law").into_owned());
        }
        if self.bonds_against_law() {
            said.push(self.locale.t("scenario-said-bond-law").into_owned());
        }
        if !low.debt_unknown.is_empty() {
            let units = self.names(low.debt_unknown.iter().copied());
            said.push(self.f("scenario-said-debt-unknown", &[("units", units.into())]));
        }
        let unknown = low.units.iter().filter(|unit| unit.stability == Some(Stability::Unknown));
        let unknown = self.names(unknown.map(|unit| unit.code));
        if !unknown.is_empty() {
            said.push(self.f("scenario-said-stability-unknown", &[("units", unknown.into())]));
        }
        let nothing = |unit: &UnitOutcome| unit.before == unit.after && unit.participatory.is_none();
        if low.units.iter().all(nothing) && !self.scenario.levers.is_empty() {
            said.push(self.locale.t("scenario-said-nothing").into_owned());
        }
        said
    }

    /// Units borrow that may not issue securities in the base year.
    fn bonds_against_law(&self) -> bool {
        let on = jiff::civil::Date::new(self.scenario.base_year, 12, 31).ok();
        let lowest = on.and_then(|on| self.limits.bond_level(on)).map(|limit| limit.max);
        self.scenario.levers.iter().any(|lever| match lever {
            Lever::Bond(bond) => lowest.is_some_and(|lowest| i64::from(bond.level) > lowest),
            _ => false,
        })
    }

    fn level(&self, central: &LevelOutcome) -> LevelView {
        let [low, _, high] = self.outcomes;
        let find =
            |outcome: &Outcome| outcome.levels.iter().find(|level| level.level == central.level).cloned();
        let cases = [find(low), Some(central.clone()), find(high)];
        let row = |key: &str, before: String, after: Tell<'_>| -> [String; 5] {
            let [a, b, c] = &cases;
            let cell = |case: &Option<LevelOutcome>| case.as_ref().map_or_else(|| self.none(), after);
            [self.locale.t(key).into_owned(), before, cell(a), cell(b), cell(c)]
        };
        let sums: [Pick<Figures, Money>; 5] = [
            ("scenario-own", |figures| figures.own),
            ("scenario-transfers", |figures| figures.transfers),
            ("scenario-received", Figures::received),
            ("scenario-expenditure", |figures| figures.expenditure),
            ("scenario-balance", Figures::balance),
        ];
        let mut rows: Vec<[String; 5]> = sums
            .into_iter()
            .map(|(key, pick)| {
                row(key, self.money(pick(&central.before)), &|level| self.money(pick(&level.after)))
            })
            .collect();
        let ratios: [Pick<Figures, Option<Ratio>>; 2] = [
            ("scenario-own-share", Figures::own_share),
            ("scenario-self-sufficiency", Figures::self_sufficiency),
        ];
        rows.extend(ratios.into_iter().map(|(key, pick)| {
            row(key, self.percent(pick(&central.before)), &|level| self.percent(pick(&level.after)))
        }));
        rows.push(row("scenario-own-head", self.head(central.before.own, central.population), &|level| {
            self.head(level.after.own, level.population)
        }));
        rows.push(row(
            "scenario-received-head",
            self.head(central.before.received(), central.population),
            &|level| self.head(level.after.received(), level.population),
        ));
        rows.extend(self.unequal(central, &row));
        LevelView { name: self.level_name(central.level), rows }
    }

    fn unequal(
        &self,
        central: &LevelOutcome,
        row: &dyn Fn(&str, String, Tell<'_>) -> [String; 5],
    ) -> Vec<[String; 5]> {
        if central.own_before.gini.is_none() && central.received_before.gini.is_none() {
            return Vec::new();
        }
        let indices: [(Pick<Inequality, Option<f64>>, usize); 3] = [
            (("scenario-gini", |unequal| unequal.gini), 3),
            (("scenario-max-min", |unequal| unequal.max_to_min), 2),
            (("scenario-variation", |unequal| unequal.variation), 3),
        ];
        let mut rows = vec![row("scenario-gini-own", self.index(central.own_before.gini, 3), &|level| {
            self.index(level.own_after.gini, 3)
        })];
        rows.extend(indices.into_iter().map(|((key, pick), decimals)| {
            row(key, self.index(pick(&central.received_before), decimals), &|level| {
                self.index(pick(&level.received_after), decimals)
            })
        }));
        rows
    }

    /// Revenue a head before and after: the units that change most.
    fn bars(&self, units: &[&UnitOutcome]) -> Markup {
        let mut most: Vec<&&UnitOutcome> = units.iter().filter(|unit| unit.population.is_some()).collect();
        most.sort_by_key(|unit| (-i128::from(unit.change.tiyn()).abs(), unit.code));
        most.truncate(BARS_MAX);
        most.sort_by_key(|unit| (unit.change.tiyn(), unit.code));
        if most.is_empty() {
            return Markup::default();
        }
        let value = |figures: &Figures, heads: Option<u32>| {
            let head =
                heads.and_then(|heads| Ratio::new(figures.received().tiyn().into(), i128::from(heads) * 100));
            (head.map(Ratio::to_f64), self.head(figures.received(), heads))
        };
        let groups: Vec<Group> = most
            .iter()
            .map(|unit| {
                let heads = unit.population;
                Group::new(
                    self.chosen.name(unit.code),
                    vec![value(&unit.before, heads), value(&unit.after, heads)],
                )
            })
            .collect();
        let series =
            [self.locale.t("scenario-before").into_owned(), self.locale.t("scenario-after").into_owned()];
        let words =
            Words::new("heads", self.locale.t("scenario-bars-title"), self.locale.t("scenario-bars-text"));
        chart::compare_bars(&words, &series, &groups)
    }

    fn lorenz(&self, focus: &LevelOutcome) -> Markup {
        let curve = |key: &str, unequal: &Inequality| {
            let gini = self.index(unequal.gini, 3);
            Curve { label: self.f(key, &[("gini", gini.into())]), points: unequal.lorenz.clone() }
        };
        if focus.received_before.lorenz.is_empty() || focus.received_after.lorenz.is_empty() {
            return Markup::default();
        }
        let curves = [
            curve("scenario-lorenz-before", &focus.received_before),
            curve("scenario-lorenz-after", &focus.received_after),
        ];
        let key = LorenzKey {
            x: self.locale.t("scenario-lorenz-x").into_owned(),
            y: self.locale.t("scenario-lorenz-y").into_owned(),
            equality: self.locale.t("scenario-lorenz-equality").into_owned(),
        };
        let title = self.f("scenario-lorenz-title", &[("units", self.level_name(focus.level).into())]);
        let words = Words::new("lorenz", title, self.locale.t("scenario-lorenz-text"));
        chart::lorenz(&words, &curves, &key, &|share| self.locale.percent(&axis_plain(share * 100.0)))
    }

    fn lorenz_rows(&self, focus: &LevelOutcome) -> Vec<[String; 3]> {
        let at = |points: &[(f64, f64)], x: f64| -> Option<f64> {
            points
                .windows(2)
                .find(|pair| pair[0].0 <= x && x <= pair[1].0 && pair[1].0 > pair[0].0)
                .map(|pair| pair[0].1 + (pair[1].1 - pair[0].1) * (x - pair[0].0) / (pair[1].0 - pair[0].0))
        };
        let percent = |share: Option<f64>| {
            share.map_or_else(|| self.none(), |share| self.locale.percent(&format!("{:.1}", share * 100.0)))
        };
        if focus.received_before.lorenz.is_empty() || focus.received_after.lorenz.is_empty() {
            return Vec::new();
        }
        (1..=5_u8)
            .map(|fifth| {
                let x = f64::from(fifth) / 5.0;
                let cell = |unequal: &Inequality| percent(at(&unequal.lorenz, x));
                [percent(Some(x)), cell(&focus.received_before), cell(&focus.received_after)]
            })
            .collect()
    }

    /// A unit in the three cases.
    fn changed(&self, unit: &UnitOutcome) -> [String; 5] {
        let change = |outcome: &Outcome| {
            let found = outcome.units.iter().find(|other| other.code == unit.code);
            found.map_or_else(|| self.none(), |unit| self.signed(unit.change))
        };
        let [low, _, high] = self.outcomes;
        let head = self.head(unit.change, unit.population);
        [self.chosen.name(unit.code), change(low), self.signed(unit.change), change(high), head]
    }

    fn unit(&self, unit: &UnitOutcome) -> UnitRow {
        let mut remarks = Vec::new();
        if unit.merged.len() > 1 {
            let merged = unit.merged.iter().copied().filter(|code| *code != unit.code);
            remarks.push(self.f("scenario-remark-merged", &[("units", self.names(merged).into())]));
        }
        if let Some(stability) = unit.stability {
            let code = match stability {
                Stability::Stable => "stable",
                Stability::NotStable => "not_stable",
                Stability::Unknown => "unknown",
            };
            remarks.push(self.locale.name("scenario-stability", code).into_owned());
        }
        if let Some(part) = unit.participatory {
            let amount = self.locale.money_short(part);
            remarks.push(self.f("scenario-remark-participatory", &[("amount", amount.into())]));
        }
        let (before, after) = (self.percent(unit.before.own_share()), self.percent(unit.after.own_share()));
        UnitRow {
            name: self.chosen.name(unit.code),
            before: self.head(unit.before.received(), unit.population),
            after: self.head(unit.after.received(), unit.population),
            change: self.signed(unit.change),
            share: if before == after { after } else { format!("{before} → {after}") },
            kept: self.percent_bp(unit.marginal),
            remark: remarks.join("; "),
        }
    }

    fn bond(&self, unit: &UnitOutcome) -> Option<[String; 6]> {
        let bond = unit.bond?;
        let band = unit.band.as_deref().map(|band| self.locale.name("scenario-band", band).into_owned());
        let ratio = self.percent_bp(unit.debt_service);
        Some([
            self.chosen.name(unit.code),
            self.money(bond.principal),
            self.money(bond.payment),
            self.money(bond.interest),
            self.money(bond.capacity),
            band.map_or_else(|| ratio.clone(), |band| format!("{ratio}, {band}")),
        ])
    }
}

fn axis_plain(value: f64) -> String {
    format!("{value:.0}")
}
