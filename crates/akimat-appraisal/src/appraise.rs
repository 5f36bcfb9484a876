//! What follows from what an appraisal states: the figures of the page of a project, each with its method.

use crate::debt::{Cover, dscr, llcr};
use crate::distribution::{Distribution, Group, distribute};
use crate::document::{Document, GroupLine, Line, LineKind, Payer, tenge};
use crate::fault::{Fault, FaultKind};
use crate::impact::ImpactTable;
use crate::ppp::{Comparator, Contract, Risk, ValueForMoney, risk_split, value_for_money};
use crate::proportion::{Depth, Proportion};
use crate::rate::{Convention, Rate, RateTable};
use crate::returns::{Irr, irr, mirr};
use crate::switching;
use crate::uplift::{Mixed, UpliftTable};
use crate::value::{CostBenefit, annuity_share, discounted_payback, payback, present_value};
use akimat_core::Money;
use serde::Serialize;

/// The dated tables that an appraisal leans on.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Rates.
    pub rates: RateTable,
    /// Unit values of impacts.
    pub impacts: ImpactTable,
    /// Reference classes.
    pub uplifts: UpliftTable,
    /// Which method for which size.
    pub proportion: Vec<Proportion>,
}

/// Money of one year, tenge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Building and buying.
    pub capital: f64,
    /// Running and maintaining.
    pub operating: f64,
    /// Paid by users.
    pub revenue: f64,
    /// Impacts in money: low, central, high.
    pub impacts: [f64; 3],
    /// Factor by which money of this year counts.
    pub factor: f64,
}

/// One bar of the tornado: the net present value when one assumption differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// What differs: `capital`, `operating`, `revenue`, `rate`, `delay`, or the code of an impact.
    pub input: String,
    /// By how much: tested change in per cent (points for the rate, years for the delay); `None` for an impact, which
    /// goes from its low to its high value.
    pub step: Option<f64>,
    /// Net present value at the unfavourable end.
    pub low: f64,
    /// Net present value at the favourable end.
    pub high: f64,
    /// Change of the input as a share of itself at which the net present value is zero; for the rate the rate itself.
    pub switching: Option<f64>,
}

/// The estimate raised for one chance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Raised {
    /// The chance asked for.
    pub chance: f64,
    /// The uplift, or why there is none.
    pub uplift: Result<Mixed, Fault>,
    /// Capital cost with the uplift, undiscounted.
    pub capital: Option<f64>,
    /// Net present value (central) with it.
    pub npv: Option<f64>,
}

/// A partnership in figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartnershipFigures {
    /// The comparator.
    pub comparator: Comparator,
    /// The contract.
    pub contract: Contract,
    /// Who is cheaper.
    pub value: ValueForMoney,
    /// Risks at present values.
    pub risks: Vec<Risk>,
}

/// Everything that follows from an appraisal. Amounts are tenge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Appraised {
    /// Version of the formulas.
    pub version: &'static str,
    /// The method that the size asks for, and the cost from which it does.
    pub depth: (Depth, Money),
    /// Years from the base year on.
    pub years: Vec<Year>,
    /// With impacts at their low, central and high value.
    pub figures: [CostBenefit; 3],
    /// Rates of return of the central net flows.
    pub irr: Result<Irr, Fault>,
    /// Modified rate of return at the discount rate of the first year, same flows.
    pub mirr: Option<f64>,
    /// Net present value as equal amounts a year.
    pub annual_value: Option<f64>,
    /// Costs as equal amounts a year.
    pub annual_cost: Option<f64>,
    /// Years until the central net flows have paid back; simple and discounted.
    pub payback: [Option<f64>; 2],
    /// Cost of a unit of what is achieved, at present value.
    pub cost_per_unit: Option<f64>,
    /// Assumptions, the widest bar first.
    pub sensitivity: Vec<Sensitivity>,
    /// Capital cost at 50, 80 and 90 %; empty without a reference class.
    pub raised: Vec<Raised>,
    /// Partnership against the state doing it itself.
    pub partnership: Option<PartnershipFigures>,
    /// Cover of the debt service.
    pub cover: Option<Cover>,
    /// Cash over the life of the loan over debt.
    pub llcr: Option<f64>,
    /// Benefits by settlement.
    pub settlements: Option<Distribution>,
    /// Benefits by group.
    pub groups: Option<Distribution>,
}

/// What is reckoned with, laid out by year.
struct Frame<'a> {
    document: &'a Document,
    tables: &'a Tables,
    rate: Rate,
    convention: Convention,
    n: usize,
}

/// Reckons an appraisal. `own` are finished projects of the same class: final cost over estimate, less one.
///
/// # Errors
/// Everything that is wrong with the document, by field and row.
pub fn appraise(document: &Document, tables: &Tables, own: &[f64]) -> Result<Appraised, Vec<Fault>> {
    let faults = document.faults(tables);
    if !faults.is_empty() {
        return Err(faults);
    }
    let missing = || vec![Fault::new("rate", FaultKind::Unknown { value: document.rate.clone() })];
    let record = tables.rates.version(&document.rate, &document.rate_version).ok_or_else(missing)?;
    let n = usize::try_from(document.last_year() - document.base_year).unwrap_or(0) + 1;
    let convention = Convention { first: 0.0, timing: document.timing };
    let frame = Frame { document, tables, rate: record.rate(), convention, n };
    Ok(frame.appraised(own))
}

fn sum(lists: &[&[f64]]) -> Vec<f64> {
    let n = lists.iter().map(|list| list.len()).max().unwrap_or(0);
    (0..n).map(|k| lists.iter().filter_map(|list| list.get(k)).sum()).collect()
}

fn scaled(list: &[f64], by: f64) -> Vec<f64> {
    list.iter().map(|value| value * by).collect()
}

impl Frame<'_> {
    fn stream(&self, which: &dyn Fn(&Line) -> bool) -> Vec<f64> {
        let mut flows = vec![0.0; self.n];
        for line in self.document.lines.iter().filter(|line| which(line)) {
            for (flow, year) in flows.iter_mut().zip(self.document.base_year..) {
                if (line.from..=line.to).contains(&year) {
                    *flow += tenge(line.amount);
                }
            }
        }
        flows
    }

    fn kind(&self, kind: LineKind) -> Vec<f64> {
        self.stream(&|line| line.kind == kind)
    }

    /// Impacts of one claim at its low, central and high value.
    fn claim(&self, at: usize) -> [Vec<f64>; 3] {
        let claim = &self.document.claims[at];
        let values = self
            .tables
            .impacts
            .version_of(&claim.code, &claim.version)
            .map_or([0.0; 3], |impact| impact.tenge);
        let years = (self.document.base_year..).take(self.n);
        let active: Vec<f64> = years
            .map(|year| if (claim.from..=claim.to).contains(&year) { claim.quantity } else { 0.0 })
            .collect();
        values.map(|value| scaled(&active, value))
    }

    fn pv(&self, flows: &[f64]) -> f64 {
        present_value(flows, &self.rate, self.convention)
    }

    /// What the public budgets pay: payments of a contract, else whatever is not private.
    fn public(&self) -> Vec<f64> {
        if self.document.is_partnership() {
            return sum(&[&self.kind(LineKind::Payment), &self.kind(LineKind::Monitoring)]);
        }
        self.stream(&|line| {
            matches!(line.kind, LineKind::Capital | LineKind::Operating) && line.payer != Payer::Private
        })
    }

    fn appraised(&self, own: &[f64]) -> Appraised {
        let [capital, operating, revenue] =
            [LineKind::Capital, LineKind::Operating, LineKind::Revenue].map(|kind| self.kind(kind));
        let claims: Vec<[Vec<f64>; 3]> = (0..self.document.claims.len()).map(|at| self.claim(at)).collect();
        let impacts: [Vec<f64>; 3] = [0, 1, 2].map(|case| {
            let own: Vec<&[f64]> = claims.iter().map(|claim| claim[case].as_slice()).collect();
            let mut all = sum(&own);
            all.resize(self.n, 0.0);
            all
        });
        let costs = sum(&[&capital, &operating]);
        let pv_public = self.pv(&self.public());
        let figures = [0, 1, 2].map(|case| {
            CostBenefit::of(self.pv(&impacts[case]) + self.pv(&revenue), self.pv(&costs), pv_public)
        });
        let net = sum(&[&impacts[1], &revenue, &scaled(&costs, -1.0)]);
        let years = self.years([&capital, &operating, &revenue], &impacts);
        let first_rate = self.rate.at(1);
        let annual = annuity_share(first_rate, crate::count(self.n)).ok();
        let irr = irr(&net);
        let undiscounted: f64 = self.stream(&|line| line.kind == LineKind::Capital).iter().sum();
        let depth = self.depth(undiscounted);
        let benefits = figures[1].pv_benefits;
        Appraised {
            version: crate::VERSION,
            depth,
            sensitivity: self.sensitivity(figures[1].npv, &net, irr.as_ref().ok(), &claims),
            raised: self.raised(own, &capital, figures[1].npv),
            mirr: mirr(&net, first_rate, first_rate).ok(),
            irr,
            annual_value: annual.map(|share| figures[1].npv * share),
            annual_cost: annual.map(|share| figures[1].pv_costs * share),
            payback: [payback(&net), discounted_payback(&net, &self.rate, self.convention)],
            cost_per_unit: self.document.effect.as_ref().map(|effect| figures[1].pv_costs / effect.quantity),
            partnership: self.document.is_partnership().then(|| self.partnership()),
            cover: self.cover(),
            llcr: self.llcr(),
            settlements: self.distribution(true, benefits),
            groups: self.distribution(false, benefits),
            years,
            figures,
        }
    }

    fn depth(&self, capital: f64) -> (Depth, Money) {
        let capital = crate::document::money(capital).unwrap_or(Money::from_tiyn(i64::MAX));
        let day = format!("{:04}-01-01", self.document.base_year);
        let holds = |rules: &&Proportion| {
            rules.valid_from.as_str() <= day.as_str()
                && rules.valid_to.as_deref().is_none_or(|end| day.as_str() < end)
        };
        let rules = self.tables.proportion.iter().find(holds).or(self.tables.proportion.last());
        rules.map_or((Depth::FullCostBenefit, Money::ZERO), |rules| {
            rules.depth(capital, self.document.is_partnership())
        })
    }

    fn years(&self, [capital, operating, revenue]: [&[f64]; 3], impacts: &[Vec<f64>; 3]) -> Vec<Year> {
        let year = |(k, year): (usize, i16)| Year {
            year,
            capital: capital[k],
            operating: operating[k],
            revenue: revenue[k],
            impacts: [impacts[0][k], impacts[1][k], impacts[2][k]],
            factor: self.rate.factor(self.convention.years(k)),
        };
        (0..self.n).zip(self.document.base_year..).map(year).collect()
    }

    fn sensitivity(
        &self,
        npv: f64,
        net: &[f64],
        irr: Option<&Irr>,
        claims: &[[Vec<f64>; 3]],
    ) -> Vec<Sensitivity> {
        const STEP: f64 = 20.0;
        const POINTS: f64 = 2.0;
        let mut rows = Vec::new();
        for (kind, sign) in [(LineKind::Capital, -1.0), (LineKind::Operating, -1.0), (LineKind::Revenue, 1.0)]
        {
            let pv = sign * self.pv(&self.kind(kind));
            if pv != 0.0 {
                let by = (pv * STEP / 100.0).abs();
                let switching = switching::linear(npv, pv).ok();
                let input = kind.code().to_owned();
                rows.push(Sensitivity { input, step: Some(STEP), low: npv - by, high: npv + by, switching });
            }
        }
        for (claim, own) in self.document.claims.iter().zip(claims) {
            let [low, central, high] = [0, 1, 2].map(|case| self.pv(&own[case]));
            rows.push(Sensitivity {
                input: claim.code.clone(),
                step: None,
                low: npv - central + low,
                high: npv - central + high,
                switching: switching::linear(npv, central).ok(),
            });
        }
        let at = |by: f64| present_value(net, &self.rate.shifted(by / 100.0), self.convention);
        let (up, down) = (at(POINTS), at(-POINTS));
        rows.push(Sensitivity {
            input: "rate".to_owned(),
            step: Some(POINTS),
            low: up.min(down),
            high: up.max(down),
            switching: irr.filter(|irr| irr.is_unique()).and_then(|irr| irr.nearest),
        });
        if !claims.is_empty() {
            let benefits: f64 = claims.iter().map(|claim| self.pv(&claim[1])).sum();
            let later = Convention { first: 1.0, ..self.convention };
            let delayed: f64 = claims.iter().map(|claim| present_value(&claim[1], &self.rate, later)).sum();
            let low = npv - benefits + delayed;
            rows.push(Sensitivity {
                input: "delay".to_owned(),
                step: Some(1.0),
                low,
                high: npv,
                switching: None,
            });
        }
        rows.sort_by(|a, b| (b.high - b.low).total_cmp(&(a.high - a.low)));
        rows
    }

    fn raised(&self, own: &[f64], capital: &[f64], npv: f64) -> Vec<Raised> {
        let Some(class) = self.document.class.as_ref().and_then(|class| self.tables.uplifts.find(class))
        else {
            return Vec::new();
        };
        let (plain, present) = (capital.iter().sum::<f64>(), self.pv(capital));
        let raise = |chance: f64| {
            let uplift = self.tables.uplifts.mixed(class, chance, own);
            let share = uplift.as_ref().ok().map(|mixed| mixed.uplift);
            Raised {
                chance,
                capital: share.map(|share| plain * (1.0 + share)),
                npv: share.map(|share| npv - present * share),
                uplift,
            }
        };
        [0.5, 0.8, 0.9].map(raise).into()
    }

    fn partnership(&self) -> PartnershipFigures {
        let pv = |kind| self.pv(&self.kind(kind));
        let risk = |line: &crate::document::RiskLine| {
            let k = usize::try_from(line.year - self.document.base_year).unwrap_or(0);
            Risk {
                name: line.name.clone(),
                probability: f64::from(line.chance_bp) / 10_000.0,
                impact: tenge(line.cost) * self.rate.factor(self.convention.years(k)),
                transferred: f64::from(line.transferred_bp) / 10_000.0,
            }
        };
        let risks: Vec<Risk> = self.document.risks.iter().map(risk).collect();
        let (transferable_risk, retained_risk) = risk_split(&risks);
        let comparator = Comparator {
            raw_cost: pv(LineKind::Capital) + pv(LineKind::Operating),
            third_party_revenue: pv(LineKind::Revenue),
            competitive_neutrality: pv(LineKind::Neutrality),
            transferable_risk,
            retained_risk,
        };
        let contract = Contract {
            payments: pv(LineKind::Payment),
            retained_risk,
            monitoring: pv(LineKind::Monitoring),
            revenue_share: pv(LineKind::RevenueShare),
        };
        PartnershipFigures { value: value_for_money(&comparator, &contract), comparator, contract, risks }
    }

    fn cover(&self) -> Option<Cover> {
        let service = self.kind(LineKind::DebtService);
        if service.iter().all(|value| *value == 0.0) {
            return None;
        }
        dscr(&self.kind(LineKind::Cash), &service).ok()
    }

    fn llcr(&self) -> Option<f64> {
        let (debt, rate_bp) = self.document.debt?;
        let service = self.kind(LineKind::DebtService);
        let life = service.iter().rposition(|value| *value > 0.0)? + 1;
        let rate = Rate::constant(f64::from(rate_bp) / 10_000.0).ok()?;
        llcr(&self.kind(LineKind::Cash)[..life], tenge(debt), (&rate, self.convention)).ok()
    }

    fn distribution(&self, settlement: bool, benefits: f64) -> Option<Distribution> {
        let group = |line: &GroupLine| Group {
            name: line.name.clone(),
            population: f64::from(line.population),
            benefit: benefits * f64::from(line.share_bp) / 10_000.0,
            income: None,
        };
        let wanted = self.document.groups.iter().filter(|line| line.settlement == settlement);
        let groups: Vec<Group> = wanted.map(group).collect();
        distribute(&groups, None).ok()
    }
}
