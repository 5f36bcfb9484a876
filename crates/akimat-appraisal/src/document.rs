//! What an appraisal of a project states, as it is stored: payments in whole tiyn by year, impacts claimed, risks,
//! who benefits, and under which rate and tables it is reckoned.

use crate::appraise::Tables;
use crate::fault::{Fault, FaultKind};
use crate::rate::Timing;
use akimat_core::Money;
use serde::{Deserialize, Serialize};

/// Format of the document.
pub const FORMAT: u16 = 1;
/// Longest span of an appraisal, years.
pub const YEARS_MAX: i16 = 60;
/// Most rows of each list.
pub const ROWS_MAX: usize = 40;

/// What a stream of payments is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Building and buying.
    Capital,
    /// Running and maintaining.
    Operating,
    /// Paid by users and others.
    Revenue,
    /// Partnership: what the state pays by contract.
    Payment,
    /// Partnership: watching over the contract.
    Monitoring,
    /// Partnership: what the state receives.
    RevenueShare,
    /// Partnership: taxes that only a private partner pays, added to the comparator.
    Neutrality,
    /// Loan: cash available for debt service.
    Cash,
    /// Loan: interest and repayment.
    DebtService,
}

impl LineKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Capital,
        Self::Operating,
        Self::Revenue,
        Self::Payment,
        Self::Monitoring,
        Self::RevenueShare,
        Self::Neutrality,
        Self::Cash,
        Self::DebtService,
    ];

    /// The name in files, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::Operating => "operating",
            Self::Revenue => "revenue",
            Self::Payment => "payment",
            Self::Monitoring => "monitoring",
            Self::RevenueShare => "revenue_share",
            Self::Neutrality => "neutrality",
            Self::Cash => "cash",
            Self::DebtService => "debt_service",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The budget of the territory.
    Local,
    /// Targeted transfers of the region.
    Regional,
    /// Targeted transfers of the republic.
    Republican,
    /// Private partner, users, donors.
    Private,
}

impl Payer {
    /// Every payer.
    pub const ALL: [Self; 4] = [Self::Local, Self::Regional, Self::Republican, Self::Private];

    /// The name in files, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Regional => "regional",
            Self::Republican => "republican",
            Self::Private => "private",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|payer| payer.code() == code)
    }
}

/// The same amount in each of some years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Who pays.
    pub payer: Payer,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// Amount of one year, not below zero.
    pub amount: Money,
}

/// An impact that the project is said to have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Code in the table of impacts.
    pub code: String,
    /// Day from which the row of that table counts.
    pub version: String,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// Units in one year, not below zero.
    pub quantity: f64,
}

/// A group of people or a settlement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupLine {
    /// It is a settlement, not a group.
    pub settlement: bool,
    /// Its name.
    pub name: String,
    /// People.
    pub population: u32,
    /// Part of the benefits, in hundredths of a per cent.
    pub share_bp: u32,
}

/// A risk of the project, for partnerships.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskLine {
    /// Its name.
    pub name: String,
    /// Chance that it comes, in hundredths of a per cent.
    pub chance_bp: u32,
    /// Cost when it comes.
    pub cost: Money,
    /// Year in which it would come.
    pub year: i16,
    /// Part that the partner bears, in hundredths of a per cent.
    pub transferred_bp: u32,
}

/// What is achieved, where it is not counted in money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The unit, such as "place in a school".
    pub unit: String,
    /// Units.
    pub quantity: f64,
}

/// An appraisal as entered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// [`FORMAT`].
    pub format: u16,
    /// Year in which money counts in full.
    pub base_year: i16,
    /// When inside a year money flows.
    pub timing: Timing,
    /// Code of the rate.
    pub rate: String,
    /// Day from which that rate counts.
    pub rate_version: String,
    /// Payments.
    pub lines: Vec<Line>,
    /// Impacts.
    pub claims: Vec<Claim>,
    /// Reference class of the uplift.
    pub class: Option<String>,
    /// Who benefits.
    pub groups: Vec<GroupLine>,
    /// Risks.
    pub risks: Vec<RiskLine>,
    /// Loan outstanding at the start, with its rate in hundredths of a per cent.
    pub debt: Option<(Money, u32)>,
    /// What is achieved.
    pub effect: Option<Effect>,
    /// Remarks for the reader.
    pub note: String,
    /// Made for the demonstration.
    pub invented: bool,
}

impl Document {
    /// The text that is stored.
    ///
    /// # Errors
    /// What the writer of JSON says.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what is stored.
    ///
    /// # Errors
    /// What the reader of JSON says.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// It has a contract with a partner in it.
    pub fn is_partnership(&self) -> bool {
        self.lines.iter().any(|line| line.kind == LineKind::Payment)
    }

    /// Last year of anything.
    pub fn last_year(&self) -> i16 {
        let lines = self.lines.iter().map(|line| line.to);
        lines.chain(self.claims.iter().map(|claim| claim.to)).max().unwrap_or(self.base_year)
    }

    /// Everything that is wrong with it, by field and row.
    pub fn faults(&self, tables: &Tables) -> Vec<Fault> {
        let mut faults = Vec::new();
        if tables.rates.version(&self.rate, &self.rate_version).is_none() {
            faults.push(Fault::new("rate", FaultKind::Unknown { value: self.rate.clone() }));
        }
        if !self.lines.iter().any(|line| matches!(line.kind, LineKind::Capital | LineKind::Operating)) {
            faults.push(Fault::new("lines", FaultKind::Missing));
        }
        let sizes = [
            ("lines", self.lines.len()),
            ("claims", self.claims.len()),
            ("groups", self.groups.len()),
            ("risks", self.risks.len()),
        ];
        for (field, have) in sizes {
            if have > ROWS_MAX {
                faults.push(Fault::new(field, FaultKind::TooMany { have, max: ROWS_MAX }));
            }
        }
        for (line, row) in self.lines.iter().zip(1..) {
            faults.extend(self.span_fault("line", (line.from, line.to)).map(|fault| fault.at(row)));
            faults.extend(negative("line_amount", line.amount).map(|fault| fault.at(row)));
        }
        self.claim_faults(tables, &mut faults);
        self.group_faults(&mut faults);
        self.risk_faults(&mut faults);
        let class = self.class.as_ref().filter(|class| tables.uplifts.find(class).is_none());
        faults.extend(class.map(|value| Fault::new("class", FaultKind::Unknown { value: value.clone() })));
        if self.effect.as_ref().is_some_and(|effect| effect.quantity <= 0.0) {
            faults.push(Fault::new("effect_quantity", FaultKind::Zero));
        }
        faults
    }

    fn claim_faults(&self, tables: &Tables, faults: &mut Vec<Fault>) {
        for (claim, row) in self.claims.iter().zip(1..) {
            faults.extend(self.span_fault("claim", (claim.from, claim.to)).map(|fault| fault.at(row)));
            if tables.impacts.version_of(&claim.code, &claim.version).is_none() {
                let kind = FaultKind::Unknown { value: claim.code.clone() };
                faults.push(Fault::new("claim_code", kind).at(row));
            }
            if claim.quantity < 0.0 || !claim.quantity.is_finite() {
                let kind = FaultKind::Negative { value: claim.quantity };
                faults.push(Fault::new("claim_quantity", kind).at(row));
            }
        }
    }

    fn group_faults(&self, faults: &mut Vec<Fault>) {
        for settlement in [true, false] {
            let sum: u32 = self
                .groups
                .iter()
                .filter(|group| group.settlement == settlement)
                .map(|group| group.share_bp)
                .sum();
            let any = self.groups.iter().any(|group| group.settlement == settlement);
            if any && sum != 10_000 {
                let row = self.groups.iter().rposition(|group| group.settlement == settlement).unwrap_or(0);
                let kind = FaultKind::OutOfRange { value: f64::from(sum) / 100.0, low: 100.0, high: 100.0 };
                faults.push(Fault::new("group_share", kind).at(row + 1));
            }
        }
        for (group, row) in self.groups.iter().zip(1..) {
            if group.population == 0 {
                faults.push(Fault::new("group_population", FaultKind::Zero).at(row));
            }
        }
    }

    fn risk_faults(&self, faults: &mut Vec<Fault>) {
        for (risk, row) in self.risks.iter().zip(1..) {
            faults.extend(self.span_fault("risk", (risk.year, risk.year)).map(|fault| fault.at(row)));
            faults.extend(negative("risk_cost", risk.cost).map(|fault| fault.at(row)));
            for (field, bp) in [("risk_chance", risk.chance_bp), ("risk_transferred", risk.transferred_bp)] {
                if bp > 10_000 {
                    let kind = FaultKind::OutOfRange { value: f64::from(bp) / 100.0, low: 0.0, high: 100.0 };
                    faults.push(Fault::new(field, kind).at(row));
                }
            }
        }
    }

    fn span_fault(&self, name: &str, (from, to): (i16, i16)) -> Option<Fault> {
        let (low, high) = (self.base_year, self.base_year.saturating_add(YEARS_MAX - 1));
        let wrong = |field: &str, value: i16, low: i16| {
            let kind = FaultKind::OutOfRange { value: value.into(), low: low.into(), high: high.into() };
            Some(Fault::new(format!("{name}_{field}"), kind))
        };
        if from < low || from > high {
            return wrong("from", from, low);
        }
        if to < from || to > high {
            return wrong("to", to, from);
        }
        None
    }
}

fn negative(field: &str, amount: Money) -> Option<Fault> {
    (amount < Money::ZERO).then(|| Fault::new(field, FaultKind::Negative { value: tenge(amount) }))
}

/// An amount in tenge, for discounting.
#[expect(clippy::cast_precision_loss, reason = "discounted amounts need no more than 53 bits")]
pub fn tenge(amount: Money) -> f64 {
    amount.tiyn() as f64 / 100.0
}

/// The nearest whole tiyn; `None` beyond what fits.
pub fn money(tenge: f64) -> Option<Money> {
    let tiyn = (tenge * 100.0).round();
    // Bounds of an i64, rounded inwards to what a float can name.
    if !tiyn.is_finite() || tiyn.abs() > 9.2e18 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be within 9.2e18 just above")]
    Some(Money::from_tiyn(tiyn as i64))
}
