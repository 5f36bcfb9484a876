//! What is known of a project on a day, gathered from the register and its dossier.

use super::days;
use akimat_core::{Money, Text};
use jiff::civil::Date;

/// A step with its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is reached.
    pub title: Text,
    /// In the approved plan.
    pub planned_on: Date,
    /// Reached.
    pub actual_on: Option<Date>,
}

/// Money of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMoney {
    /// Calendar year.
    pub year: i16,
    /// In the plan.
    pub planned: Option<Money>,
    /// Paid.
    pub paid: Option<Money>,
}

/// By how much projects of the class cost more than planned.
#[derive(Clone, Debug, PartialEq)]
pub struct CostClass {
    /// Its name.
    pub name: Text,
    /// Finished projects behind it; 0 for a published class.
    pub n: u64,
    /// At the chance of the amber limit, a share of the plan.
    pub amber: f64,
    /// At the chance of the red limit.
    pub red: f64,
}

/// A tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tender {
    /// Number or title.
    pub name: String,
    /// Bids, when known.
    pub bids: Option<u64>,
    /// It was held again.
    pub repeated: bool,
    /// It took longer than most of its class.
    pub slow: bool,
}

/// A contract and how it grew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Number.
    pub name: String,
    /// As signed.
    pub signed: Money,
    /// Changes of the sum by amendments; negative ones are savings.
    pub amendments: Vec<Money>,
}

/// Payments of a partnership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partnership {
    /// Payments due in the next three years.
    pub due: Money,
    /// What may be due in them.
    pub limit: Option<Money>,
    /// Taken off availability payments.
    pub deductions: Option<Money>,
    /// Availability payments before that.
    pub availability: Option<Money>,
}

/// Other works of the same contractor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractorWorks {
    /// Name.
    pub name: String,
    /// Other works.
    pub n_works: u64,
    /// Of them late.
    pub n_late: u64,
}

/// An open risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRisk {
    /// What may happen.
    pub event: String,
    /// Likelihood times impact.
    pub score: u8,
    /// Days since its review was due.
    pub overdue_days: i64,
}

/// Everything that the indicators look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The day.
    pub today: Date,
    /// In tender, under contract or in work.
    pub in_work: bool,
    /// Work goes on: there must be progress to record.
    pub building: bool,
    /// First day of work in the plan.
    pub starts_on: Option<Date>,
    /// Day of completion in the plan.
    pub ends_on: Option<Date>,
    /// Day of completion as now stated or computed from the work plan.
    pub forecast_on: Option<Date>,
    /// Steps.
    pub steps: Vec<Step>,
    /// Measured physical progress, 0 to 1.
    pub progress: Option<f64>,
    /// Day of that measurement.
    pub progress_on: Option<Date>,
    /// Planned share of the work by share of the planned duration, rising from (0, 0) to (1, 1); empty for the usual
    /// curve.
    pub curve: Vec<(f64, f64)>,
    /// Money by year.
    pub money: Vec<YearMoney>,
    /// Under contract over all years.
    pub contracted: Option<Money>,
    /// Usual share of a year's plan spent by the end of each month, and how many years say so.
    pub season: Option<([f64; 12], u64)>,
    /// The class of its cost.
    pub cost_class: Option<CostClass>,
    /// Last record of progress or payment.
    pub last_record_on: Option<Date>,
    /// Last day on which somebody confirmed the facts.
    pub last_update_on: Option<Date>,
    /// Tenders.
    pub tenders: Vec<Tender>,
    /// Contracts.
    pub contracts: Vec<Contract>,
    /// Of a partnership.
    pub partnership: Option<Partnership>,
    /// Days of complaints and comments near the site, any order.
    pub complaints: Vec<Date>,
    /// Other projects near the site whose comments are among them.
    pub n_near: u64,
    /// Other works of the contractor.
    pub contractor: Option<ContractorWorks>,
    /// Open risks.
    pub risks: Vec<OpenRisk>,
}

/// The usual course of building works, share of the work by share of the time: 3t² - 2t³, slow at both ends.
pub const USUAL: [(f64, f64); 11] = [
    (0.0, 0.0),
    (0.1, 0.028),
    (0.2, 0.104),
    (0.3, 0.216),
    (0.4, 0.352),
    (0.5, 0.5),
    (0.6, 0.648),
    (0.7, 0.784),
    (0.8, 0.896),
    (0.9, 0.972),
    (1.0, 1.0),
];

impl Facts {
    /// Nothing known but the day.
    pub const fn on(today: Date) -> Self {
        Self {
            today,
            in_work: true,
            building: true,
            starts_on: None,
            ends_on: None,
            forecast_on: None,
            steps: Vec::new(),
            progress: None,
            progress_on: None,
            curve: Vec::new(),
            money: Vec::new(),
            contracted: None,
            season: None,
            cost_class: None,
            last_record_on: None,
            last_update_on: None,
            tenders: Vec::new(),
            contracts: Vec::new(),
            partnership: None,
            complaints: Vec::new(),
            n_near: 0,
            contractor: None,
            risks: Vec::new(),
        }
    }

    /// Planned duration in days, at least one.
    pub fn planned_days(&self) -> Option<i64> {
        let span = days(self.starts_on?, self.ends_on?);
        (span > 0).then_some(span)
    }

    /// Share of the planned time by which this much of the work was to be done: earned schedule.
    pub fn earned_time(&self, progress: f64) -> f64 {
        let curve: &[(f64, f64)] = if self.curve.len() < 2 { &USUAL } else { &self.curve };
        let mut last = (0.0, 0.0);
        for point in curve {
            if point.1 >= progress {
                let rise = point.1 - last.1;
                let part = if rise > 0.0 { (progress - last.1) / rise } else { 0.0 };
                return (point.0 - last.0).mul_add(part.clamp(0.0, 1.0), last.0);
            }
            last = *point;
        }
        1.0
    }
}
