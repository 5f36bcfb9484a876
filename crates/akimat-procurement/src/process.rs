//! The words: a contracting process from the plan to the last payment, shaped so that OCDS and OC4IDS can be
//! published from it without loss (`docs/domain/contract.md` maps each field).
//!
//! Lists are flat and their elements carry an `id` that never changes: an amendment names its contract, a bid its lot.

use akimat_core::{Money, Text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The layout of the record; raised when a field changes its meaning.
pub const FORMAT: u8 = 1;
/// The currency of the budget.
pub const TENGE: &str = "KZT";

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in records, files, addresses and catalogue keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads the name used in records, files and addresses.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

codes! {
    /// How a supplier or partner is chosen. Terms of the laws on public procurement and on public-private partnership.
    Method {
        /// Open competition (конкурс).
        OpenTender = "open_tender",
        /// Competition with a rating and points (конкурс с использованием рейтингово-балльной системы).
        RatedTender = "rated_tender",
        /// Auction (аукцион).
        Auction = "auction",
        /// Request for price offers (запрос ценовых предложений).
        PriceOffers = "price_offers",
        /// One source after a tender that failed (из одного источника по несостоявшимся закупкам).
        SingleSourceFailed = "single_source_failed",
        /// One source, contract concluded directly (из одного источника путём прямого заключения договора).
        SingleSource = "single_source",
        /// Competition for a private partner (конкурс ГЧП).
        PppTender = "ppp_tender",
        /// Direct negotiation with a private partner (прямые переговоры).
        PppNegotiation = "ppp_negotiation",
        /// Special procedure of the law (особый порядок).
        Special = "special",
    }
}

impl Method {
    /// Anybody who meets the conditions may bid.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::OpenTender | Self::RatedTender | Self::Auction | Self::PriceOffers | Self::PppTender
        )
    }

    /// Chooses a private partner.
    pub const fn is_ppp(self) -> bool {
        matches!(self, Self::PppTender | Self::PppNegotiation)
    }

    /// The closed list `method` of OCDS.
    pub const fn ocds(self) -> &'static str {
        match self {
            Self::OpenTender | Self::RatedTender | Self::Auction | Self::PriceOffers | Self::PppTender => {
                "open"
            }
            Self::Special => "limited",
            Self::SingleSourceFailed | Self::SingleSource | Self::PppNegotiation => "direct",
        }
    }
}

codes! {
    /// What is bought.
    Category {
        /// Goods.
        Goods = "goods",
        /// Works.
        Works = "works",
        /// Services.
        Services = "services",
    }
}

codes! {
    /// What part of a construction project it is; the list of OC4IDS.
    Nature {
        /// Design documents.
        Design = "design",
        /// Construction.
        Construction = "construction",
        /// Supervision.
        Supervision = "supervision",
    }
}

codes! {
    /// Where the choice of a supplier stands; the list of OCDS.
    TenderState {
        /// In the plan only.
        Planned = "planned",
        /// Announced.
        Active = "active",
        /// Called off.
        Cancelled = "cancelled",
        /// Nobody suitable came.
        Unsuccessful = "unsuccessful",
        /// A winner was named.
        Complete = "complete",
    }
}

codes! {
    /// Where a contract stands; the list of OCDS.
    ContractState {
        /// Agreed, not in force yet.
        Pending = "pending",
        /// In force, or fulfilled.
        Active = "active",
        /// Called off before it began.
        Cancelled = "cancelled",
        /// Over: fulfilled, or ended early (then there is a termination).
        Terminated = "terminated",
    }
}

codes! {
    /// What a party does.
    Role {
        /// Customer: its budget pays (заказчик, государственный партнёр).
        Buyer = "buyer",
        /// Organises the procurement.
        Organiser = "organiser",
        /// Bid.
        Tenderer = "tenderer",
        /// Supplier or contractor.
        Supplier = "supplier",
        /// Private partner.
        PrivatePartner = "private_partner",
        /// Lends to the partner.
        Lender = "lender",
        /// Has given a guarantee.
        Guarantor = "guarantor",
        /// Owns or controls another party.
        Owner = "owner",
        /// Works for the supplier.
        Subcontractor = "subcontractor",
        /// Uses what is built.
        Beneficiary = "beneficiary",
    }
}

codes! {
    /// What kind of partnership a contract makes (Law on public-private partnership).
    PppKind {
        /// Concession.
        Concession = "concession",
        /// Trust management of state property.
        TrustManagement = "trust_management",
        /// Lease of state property.
        Lease = "lease",
        /// Leasing.
        Leasing = "leasing",
        /// Technology, prototypes, small batches.
        Technology = "technology",
        /// Life-cycle contract.
        LifeCycle = "life_cycle",
        /// Service contract.
        Service = "service",
        /// Another contract of that law.
        Other = "other",
    }
}

codes! {
    /// What the state has promised to pay under a partnership.
    ObligationKind {
        /// Fee for availability (плата за доступность).
        Availability = "availability",
        /// Compensation of investment costs (компенсация инвестиционных затрат).
        Investment = "investment",
        /// Compensation of operating costs (компенсация операционных затрат).
        Operating = "operating",
        /// Fee for managing state property (вознаграждение за управление).
        Management = "management",
        /// Lease of the object.
        Rent = "rent",
        /// Guaranteed consumption.
        Guarantee = "guarantee",
    }
}

/// A firm, an office or a person that takes part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Its name inside the record.
    pub id: String,
    /// Name.
    pub name: String,
    /// Business identification number, 12 digits; empty when not known.
    pub bin: String,
    /// What it does, in any number.
    pub roles: Vec<Role>,
    /// Address as registered; empty when not known.
    pub address: String,
    /// Who owns or heads it, in words; empty when not known.
    pub owner: String,
    /// A small or medium firm; `None`: not known.
    pub small: Option<bool>,
}

/// A part of the tender for which one may bid by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lot {
    /// Its name inside the record.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Estimate.
    pub estimate: Option<Money>,
}

/// An offer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bid {
    /// Its name inside the record.
    pub id: String,
    /// The bidder, by [`Party::id`].
    pub party: String,
    /// The lot, by [`Lot::id`]; empty when the tender has none.
    pub lot: String,
    /// Price; `None` where prices were not opened.
    pub amount: Option<Money>,
    /// Admitted by the commission; `None`: not decided or not known.
    pub admitted: Option<bool>,
    /// Why it was not admitted.
    pub reason: String,
}

/// The decision for a winner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// Its name inside the record.
    pub id: String,
    /// The lot; empty when the tender has none.
    #[serde(default)]
    pub lot: String,
    /// The winner, by [`Party::id`].
    pub party: String,
    /// Price.
    pub amount: Money,
    /// Day of the decision.
    pub on: Option<Date>,
}

/// The end of a contract before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Termination {
    /// Day.
    pub on: Date,
    /// Why, with the document.
    pub reason: String,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Its name inside the record.
    pub id: String,
    /// The decision it follows from, by [`Award::id`].
    pub award: String,
    /// Number.
    pub number: String,
    /// Day of signing.
    pub signed_on: Option<Date>,
    /// Sum when signed, with VAT when `vat_bp` is stated.
    pub amount: Money,
    /// Currency, ISO 4217.
    pub currency: String,
    /// VAT inside the sum, hundredths of a per cent; `None`: without VAT or not stated.
    #[serde(default)]
    pub vat_bp: Option<u32>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day when signed.
    pub ends_on: Option<Date>,
    /// What kind of partnership it makes; `None` for ordinary procurement.
    #[serde(default)]
    pub ppp: Option<PppKind>,
    /// What the state has promised to pay under a partnership, whole term.
    #[serde(default)]
    pub promised: Option<Money>,
    /// Where it stands.
    pub state: ContractState,
    /// Ended before its time.
    #[serde(default)]
    pub termination: Option<Termination>,
}

/// A change of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Its name inside the record.
    pub id: String,
    /// The contract, by [`Contract::id`].
    pub contract: String,
    /// Day.
    pub on: Date,
    /// Document.
    #[serde(default)]
    pub document: String,
    /// Sum before and after; `None` where the sum stays.
    pub amount: Option<(Money, Money)>,
    /// Last day before and after; `None` where it stays.
    pub ends_on: Option<(Date, Date)>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its name inside the record.
    pub id: String,
    /// The contract, by [`Contract::id`].
    pub contract: String,
    /// Day.
    pub on: Date,
    /// Sum.
    pub amount: Money,
    /// Number, act of works.
    #[serde(default)]
    pub document: String,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its name inside the record.
    pub id: String,
    /// The contract, by [`Contract::id`].
    pub contract: String,
    /// The bill it pays, by [`Invoice::id`]; empty when not known.
    #[serde(default)]
    pub invoice: String,
    /// Day.
    pub on: Date,
    /// Sum.
    pub amount: Money,
    /// Payment order.
    #[serde(default)]
    pub document: String,
}

/// What the state must pay in a year under a partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Its name inside the record.
    pub id: String,
    /// The contract, by [`Contract::id`].
    pub contract: String,
    /// Calendar year.
    pub year: i16,
    /// For what.
    pub kind: ObligationKind,
    /// Sum.
    pub amount: Money,
}

/// Security for a bid, an advance or the fulfilment of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guarantee {
    /// Its name inside the record.
    pub id: String,
    /// The contract, by [`Contract::id`].
    pub contract: String,
    /// What it secures and who gave it, in words.
    pub what: String,
    /// Sum.
    pub amount: Money,
    /// Last day.
    pub until: Option<Date>,
}

/// A contracting process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// [`FORMAT`].
    pub format: u8,
    /// Open contracting identifier given by the state procurement portal; empty when it has none.
    #[serde(default)]
    pub ocid: String,
    /// Number of the announcement on the portal or in the plan.
    pub number: String,
    /// Name.
    pub title: Text,
    /// More words; what a supplier must know, for example the risks.
    #[serde(default)]
    pub description: String,
    /// What is bought.
    pub category: Category,
    /// What part of a construction project it is.
    #[serde(default)]
    pub nature: Option<Nature>,
    /// How the supplier is chosen.
    pub method: Method,
    /// Why so, where the law asks for a reason.
    #[serde(default)]
    pub method_reason: String,
    /// Estimate.
    pub estimate: Option<Money>,
    /// Currency of estimate and bids, ISO 4217.
    pub currency: String,
    /// Month or day in which the announcement is expected.
    #[serde(default)]
    pub planned_on: Option<Date>,
    /// Day of the announcement.
    #[serde(default)]
    pub opens_on: Option<Date>,
    /// Last day for bids.
    #[serde(default)]
    pub closes_on: Option<Date>,
    /// Where the choice stands.
    pub state: TenderState,
    /// Who takes part.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// Lots.
    #[serde(default)]
    pub lots: Vec<Lot>,
    /// Offers.
    #[serde(default)]
    pub bids: Vec<Bid>,
    /// Decisions.
    #[serde(default)]
    pub awards: Vec<Award>,
    /// Contracts.
    #[serde(default)]
    pub contracts: Vec<Contract>,
    /// Changes.
    #[serde(default)]
    pub amendments: Vec<Amendment>,
    /// Bills.
    #[serde(default)]
    pub invoices: Vec<Invoice>,
    /// Payments.
    #[serde(default)]
    pub payments: Vec<Payment>,
    /// Promises by year.
    #[serde(default)]
    pub obligations: Vec<Obligation>,
    /// Securities.
    #[serde(default)]
    pub guarantees: Vec<Guarantee>,
    /// Invented for the demonstration.
    #[serde(default)]
    pub invented: bool,
}

impl Process {
    /// An empty process in the plan.
    pub fn planned(number: impl Into<String>, title: Text) -> Self {
        Self {
            format: FORMAT,
            ocid: String::new(),
            number: number.into(),
            title,
            description: String::new(),
            category: Category::Works,
            nature: None,
            method: Method::OpenTender,
            method_reason: String::new(),
            estimate: None,
            currency: TENGE.to_owned(),
            planned_on: None,
            opens_on: None,
            closes_on: None,
            state: TenderState::Planned,
            parties: Vec::new(),
            lots: Vec::new(),
            bids: Vec::new(),
            awards: Vec::new(),
            contracts: Vec::new(),
            amendments: Vec::new(),
            invoices: Vec::new(),
            payments: Vec::new(),
            obligations: Vec::new(),
            guarantees: Vec::new(),
            invented: false,
        }
    }

    /// A party by its name inside the record.
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// The first party with a role.
    pub fn with_role(&self, role: Role) -> Option<&Party> {
        self.parties.iter().find(|party| party.roles.contains(&role))
    }

    /// The winner that a contract is with.
    pub fn supplier(&self, contract: &Contract) -> Option<&Party> {
        let award = self.awards.iter().find(|award| award.id == contract.award)?;
        self.party(&award.party)
    }

    /// The sum of a contract after its amendments: that of the latest one, in the order of days.
    pub fn current_amount(&self, contract: &Contract) -> Money {
        self.amendments_of(&contract.id)
            .into_iter()
            .filter_map(|amendment| amendment.amount)
            .next_back()
            .map_or(contract.amount, |(_, after)| after)
    }

    /// The last day of a contract after its amendments.
    pub fn current_end(&self, contract: &Contract) -> Option<Date> {
        self.amendments_of(&contract.id)
            .into_iter()
            .filter_map(|amendment| amendment.ends_on)
            .next_back()
            .map_or(contract.ends_on, |(_, after)| Some(after))
    }

    /// Amendments of a contract in the order of their days.
    pub fn amendments_of(&self, contract: &str) -> Vec<&Amendment> {
        let mut list: Vec<&Amendment> =
            self.amendments.iter().filter(|amendment| amendment.contract == contract).collect();
        list.sort_by_key(|amendment| amendment.on);
        list
    }

    /// What was paid under a contract; `None` when the sum does not fit.
    pub fn paid(&self, contract: &str) -> Option<Money> {
        Money::checked_sum(self.payments.iter().filter(|one| one.contract == contract).map(|one| one.amount))
    }

    /// Sum of all contracts after their amendments; `None` without contracts, and when the sum does not fit.
    pub fn contracted(&self) -> Option<Money> {
        let standing = self.contracts.iter().filter(|contract| contract.state != ContractState::Cancelled);
        let amounts: Vec<Money> = standing.map(|contract| self.current_amount(contract)).collect();
        if amounts.is_empty() { None } else { Money::checked_sum(amounts) }
    }

    /// Everything that was paid; `None` when the sum does not fit.
    pub fn paid_in_all(&self) -> Option<Money> {
        Money::checked_sum(self.payments.iter().map(|payment| payment.amount))
    }

    /// Offers that count: admitted, or not decided upon.
    pub fn valid_bids(&self) -> impl Iterator<Item = &Bid> {
        self.bids.iter().filter(|bid| bid.admitted != Some(false))
    }

    /// A partnership: by the way the partner is chosen, or by a contract.
    pub fn is_ppp(&self) -> bool {
        self.method.is_ppp() || self.contracts.iter().any(|contract| contract.ppp.is_some())
    }
}
