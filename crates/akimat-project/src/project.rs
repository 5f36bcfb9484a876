//! The words: a project and its parts.

use crate::Status;
use akimat_core::{AccountId, KatoCode, Lang, Money, ProjectId, Text, UpdateId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in tables, files, addresses and catalogue keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads the name used in tables, files and addresses.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

pub(crate) use codes;

codes! {
    /// Field of public life.
    Sector {
        /// Schools, kindergartens.
        Education = "education",
        /// Clinics, ambulance.
        Health = "health",
        /// Social protection.
        Social = "social",
        /// Housing.
        Housing = "housing",
        /// Water and sewerage.
        Water = "water",
        /// Heat, electricity, gas.
        Energy = "energy",
        /// Roads, bridges, public transport.
        Transport = "transport",
        /// Parks, playgrounds, lighting.
        Improvement = "improvement",
        /// Culture and sport.
        Culture = "culture",
        /// Waste, air, greening.
        Environment = "environment",
        /// Farming, irrigation, veterinary.
        Agriculture = "agriculture",
        /// Digital services and communications.
        Digital = "digital",
    }
}

codes! {
    /// Kind of project as the source papers divide them.
    Kind {
        /// Roads, networks, buildings.
        Infrastructure = "infrastructure",
        /// Services to people.
        Social = "social",
        /// Energy.
        Energy = "energy",
        /// New technology.
        Innovation = "innovation",
    }
}

codes! {
    /// How a project is paid and carried out.
    Modality {
        /// Budget investment.
        Budget = "budget",
        /// Public-private partnership.
        Ppp = "ppp",
        /// Grant.
        Grant = "grant",
        /// Chosen by residents in participatory budgeting.
        Participatory = "participatory",
    }
}

codes! {
    /// Whose project it is.
    Level {
        /// Republican.
        National = "national",
        /// Regional.
        Regional = "regional",
        /// District.
        District = "district",
        /// Village, okrug.
        Local = "local",
    }
}

codes! {
    /// Where money comes from.
    MoneySource {
        /// The territory's own revenue.
        Own = "own",
        /// Transfers from the budget above.
        Transfer = "transfer",
        /// Private partner.
        Private = "private",
        /// Grants and donations.
        Grant = "grant",
    }
}

codes! {
    /// Who is in a project beside its own territory.
    Reach {
        /// Other territories share it.
        Intermunicipal = "intermunicipal",
        /// A donor or partner from abroad.
        International = "international",
    }
}

/// Money of one source in one year. Sums that are not known yet are `None`, never zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyLine {
    /// Calendar year.
    pub year: i16,
    /// Where from.
    pub source: MoneySource,
    /// Budget programme as `administrator/programme` or `administrator/programme/subprogramme`, three digits each,
    /// after the unified budget classification; empty when there is none.
    pub programme: String,
    /// In the plan as first approved.
    pub planned: Option<Money>,
    /// In the plan as amended since; unknown when it was not.
    pub amended: Option<Money>,
    /// Under contract.
    pub contracted: Option<Money>,
    /// Billed by contractors and accepted.
    pub invoiced: Option<Money>,
    /// Paid.
    pub paid: Option<Money>,
}

impl MoneyLine {
    /// A line of which no sum is known yet.
    pub const fn new(year: i16, source: MoneySource) -> Self {
        Self {
            year,
            source,
            programme: String::new(),
            planned: None,
            amended: None,
            contracted: None,
            invoiced: None,
            paid: None,
        }
    }

    /// What is planned now: as amended, or else as first approved.
    pub const fn current(&self) -> Option<Money> {
        match self.amended {
            None => self.planned,
            amended => amended,
        }
    }
}

/// A step with its dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What is reached.
    pub title: Text,
    /// Date in the approved plan.
    pub planned_on: Date,
    /// Date now expected.
    pub forecast_on: Option<Date>,
    /// Date reached.
    pub actual_on: Option<Date>,
}

/// What residents get, measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedResult {
    /// What is measured.
    pub title: Text,
    /// Unit of measure, in words.
    pub unit: Text,
    /// Before the project, decimal as printed.
    pub baseline: Option<String>,
    /// Aim, decimal as printed.
    pub target: String,
    /// Measured so far.
    pub measured: Option<String>,
    /// Day of that measurement.
    #[serde(default)]
    pub measured_on: Option<Date>,
    /// Who answers for it: an office or a name.
    #[serde(default)]
    pub owner: String,
}

/// A group of people whom a project serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beneficiary {
    /// Who they are.
    pub group: Text,
    /// How many people, when it is known.
    pub number: Option<u32>,
}

/// The document on which something was done, such as the decision of a maslikhat or an act of acceptance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// What sort of document, in words.
    #[serde(default)]
    pub kind: String,
    /// Its number as printed.
    #[serde(default)]
    pub number: String,
    /// Its date.
    #[serde(default)]
    pub on: Option<Date>,
}

impl Basis {
    /// Nothing is said about a document.
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty() && self.number.is_empty() && self.on.is_none()
    }

    /// The document as one line, such as `решение маслихата № 12-5, 2026-02-03`.
    pub fn words(&self) -> String {
        let number = if self.number.is_empty() { String::new() } else { format!("№ {}", self.number) };
        let named = [self.kind.trim(), &number].join(" ").trim().to_owned();
        match self.on {
            Some(on) if named.is_empty() => on.to_string(),
            Some(on) => format!("{named}, {on}"),
            None => named,
        }
    }
}

/// Place on the map, WGS 84, in millionths of a degree so that it compares exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude × 1,000,000, −90,000,000 to 90,000,000.
    pub lat_e6: i32,
    /// Longitude × 1,000,000, −180,000,000 to 180,000,000.
    pub lon_e6: i32,
}

/// A project of the register, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Identifier inside the platform.
    pub id: ProjectId,
    /// Number in the register of its territory, such as `AQ-2026-014`; printed, unique in the territory.
    pub number: String,
    /// Territory.
    pub place: KatoCode,
    /// Name.
    pub title: Text,
    /// A few sentences for residents.
    pub summary: Text,
    /// Field of public life.
    pub sector: Sector,
    /// Kind.
    pub kind: Kind,
    /// How it is paid and carried out.
    pub modality: Modality,
    /// Whose it is.
    pub level: Level,
    /// Where it stands.
    pub status: Status,
    /// The stage of its modality within that status (see [`crate::stage`]); empty for the first one there is.
    pub stage: String,
    /// Physical progress, 0 to 100 per cent.
    pub progress_pct: u8,
    /// Contractor or partner, when there is one.
    pub contractor: String,
    /// First day of work in the plan.
    pub starts_on: Option<Date>,
    /// Day of completion in the plan.
    pub ends_on: Option<Date>,
    /// On the map.
    pub location: Option<Point>,
    /// Scores of the published criteria, 0 to 100 each, by criterion code; empty when not appraised.
    pub scores: Vec<(String, u8)>,
    /// Projects of which at most one can be funded with this one share this name; empty for none.
    pub exclusive_group: String,
    /// The account that reports on it.
    pub manager: Option<AccountId>,
    /// Invented for the demonstration.
    pub invented: bool,
    /// Raised by one with every change; a form sends back the version it was shown.
    pub version: u32,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When anything about it last changed.
    pub updated_at: Timestamp,
    /// When it last moved or was last reported about.
    pub news_at: Timestamp,
    /// Money by year and source.
    pub money: Vec<MoneyLine>,
    /// Steps in time.
    pub milestones: Vec<Milestone>,
    /// Measured results.
    pub results: Vec<ExpectedResult>,
    /// Whom it serves.
    pub beneficiaries: Vec<Beneficiary>,
    /// Other territories that share it, each once, by code.
    pub partners: Vec<KatoCode>,
    /// A donor or a partner from abroad takes part.
    pub international: bool,
}

/// A move from one status to another, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// Before; `None` at registration.
    pub from: Option<Status>,
    /// After.
    pub to: Status,
    /// When.
    pub at: Timestamp,
    /// Office or name of who moved it.
    pub by: String,
    /// Why, in the words of who moved it.
    pub reason: String,
    /// The stage it came to; empty in old records.
    pub stage: String,
    /// The document it rests on.
    pub basis: Basis,
}

/// News about a project, written by its manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectUpdate {
    /// Identifier.
    pub id: UpdateId,
    /// Project.
    pub project: ProjectId,
    /// When it was posted.
    pub at: Timestamp,
    /// Office or name of who posted it.
    pub by: String,
    /// Language it is written in.
    pub lang: Lang,
    /// The news.
    pub body: String,
    /// Physical progress reported with it, 0 to 100 per cent.
    pub progress_pct: u8,
}

impl Project {
    /// Sums of planned, contracted and paid money; `None` where nothing is known.
    pub fn totals(&self) -> (Option<Money>, Option<Money>, Option<Money>) {
        let total = |pick: fn(&MoneyLine) -> Option<Money>| {
            let known: Vec<Money> = self.money.iter().filter_map(pick).collect();
            if known.is_empty() { None } else { Money::checked_sum(known) }
        };
        (total(|line| line.planned), total(|line| line.contracted), total(|line| line.paid))
    }

    /// Sums of what is planned now and of what was billed; `None` where nothing is known.
    pub fn later_totals(&self) -> (Option<Money>, Option<Money>) {
        let total = |pick: fn(&MoneyLine) -> Option<Money>| {
            let known: Vec<Money> = self.money.iter().filter_map(pick).collect();
            if known.is_empty() { None } else { Money::checked_sum(known) }
        };
        (total(MoneyLine::current), total(|line| line.invoiced))
    }
}
