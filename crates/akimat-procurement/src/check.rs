//! What a record of a contracting process may not say. Each fault is data; sentences are in the catalogue.

use crate::bin;
use crate::process::{Contract, Process, TENGE};
use akimat_core::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Rows of one list at most.
pub const ROWS_MAX: usize = 200;
/// Longest text in characters.
pub const CHARS_MAX: usize = 4_000;
/// First year that is believed.
const YEAR_MIN: i16 = 1991;
/// Last year that is believed.
const YEAR_MAX: i16 = 2100;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FaultKind {
    /// A field is empty that must be filled.
    Missing,
    /// More characters than fit.
    TooLong {
        /// Allowed characters.
        max: usize,
    },
    /// More rows than fit.
    TooMany {
        /// Allowed rows.
        max: usize,
    },
    /// Money below zero.
    Negative,
    /// Another currency than that of the process.
    CurrencyMixed {
        /// Here.
        have: String,
        /// Of the process.
        need: String,
    },
    /// Three capital letters are expected.
    CurrencyUnknown,
    /// Sums are kept in tenge only: those of another currency would be added to them.
    CurrencyForeign {
        /// Here.
        have: String,
    },
    /// The check digit does not fit.
    BinWrong,
    /// Ends before it begins.
    EndBeforeStart {
        /// Begins.
        start: Date,
        /// Ends.
        end: Date,
    },
    /// A day outside the years that are believed.
    DayOutside,
    /// Names something that is not in the record.
    Unknown {
        /// The name.
        name: String,
    },
    /// Two rows carry the same name.
    Twice {
        /// The name.
        name: String,
    },
    /// Before the contract was signed.
    BeforeContract {
        /// This.
        on: Date,
        /// Signed.
        signed: Date,
    },
    /// The winner was named before bids were closed.
    AwardBeforeClose {
        /// Named.
        on: Date,
        /// Closed.
        closes: Date,
    },
    /// The winner has not bid.
    AwardWithoutBid,
    /// Payments over the sum of the contract.
    PaidOverContract {
        /// Paid.
        paid: Money,
        /// Contract after its amendments.
        amount: Money,
    },
    /// An amendment begins from another sum than the one before it ended with.
    AmendmentFromOther {
        /// Begins from.
        before: Money,
        /// The contract stood at.
        stood: Money,
    },
    /// An amendment begins from another last day than the contract had.
    AmendmentFromOtherDay {
        /// Begins from.
        before: Date,
        /// The contract stood at.
        stood: Date,
    },
    /// Obligations by year do not add up to what the contract promises.
    ObligationsDiffer {
        /// They add up to.
        sum: Money,
        /// Promised.
        promised: Money,
    },
    /// Obligations belong to partnerships.
    NotPpp,
    /// The sums do not fit into the numbers.
    TooLarge,
}

impl FaultKind {
    /// The name in catalogue keys (`procurement-fault-…`).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::TooMany { .. } => "too-many",
            Self::Negative => "negative",
            Self::CurrencyMixed { .. } => "currency-mixed",
            Self::CurrencyUnknown => "currency-unknown",
            Self::CurrencyForeign { .. } => "currency-foreign",
            Self::BinWrong => "bin-wrong",
            Self::EndBeforeStart { .. } => "end-before-start",
            Self::DayOutside => "day-outside",
            Self::Unknown { .. } => "unknown",
            Self::Twice { .. } => "twice",
            Self::BeforeContract { .. } => "before-contract",
            Self::AwardBeforeClose { .. } => "award-before-close",
            Self::AwardWithoutBid => "award-without-bid",
            Self::PaidOverContract { .. } => "paid-over-contract",
            Self::AmendmentFromOther { .. } => "amendment-from-other",
            Self::AmendmentFromOtherDay { .. } => "amendment-from-other-day",
            Self::ObligationsDiffer { .. } => "obligations-differ",
            Self::NotPpp => "not-ppp",
            Self::TooLarge => "too-large",
        }
    }

    /// Amounts of the fault with their names, for the sentence.
    pub fn amounts(&self) -> Vec<(&'static str, Money)> {
        match self {
            Self::PaidOverContract { paid, amount } => vec![("paid", *paid), ("amount", *amount)],
            Self::AmendmentFromOther { before, stood } => vec![("before", *before), ("stood", *stood)],
            Self::ObligationsDiffer { sum, promised } => vec![("sum", *sum), ("promised", *promised)],
            _ => Vec::new(),
        }
    }

    /// Days of the fault with their names, for the sentence.
    pub fn days(&self) -> Vec<(&'static str, Date)> {
        match self {
            Self::EndBeforeStart { start, end } => vec![("start", *start), ("end", *end)],
            Self::BeforeContract { on, signed } => vec![("on", *on), ("signed", *signed)],
            Self::AwardBeforeClose { on, closes } => vec![("on", *on), ("closes", *closes)],
            Self::AmendmentFromOtherDay { before, stood } => vec![("before", *before), ("stood", *stood)],
            _ => Vec::new(),
        }
    }

    /// Words and counts of the fault with their names, for the sentence.
    pub fn words(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong { max } | Self::TooMany { max } => vec![("max", max.to_string())],
            Self::CurrencyMixed { have, need } => vec![("have", have.clone()), ("need", need.clone())],
            Self::CurrencyForeign { have } => vec![("have", have.clone())],
            Self::Unknown { name } | Self::Twice { name } => vec![("name", name.clone())],
            _ => Vec::new(),
        }
    }
}

/// One fault of one field, with the row of its list (from 1) when it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Name of the field, as in the form: `payment_amount`.
    pub field: &'static str,
    /// Row of its list.
    pub row: Option<usize>,
    /// What is wrong.
    pub kind: FaultKind,
}

#[derive(Default)]
struct Finder(Vec<Fault>);

impl Finder {
    fn add(&mut self, field: &'static str, row: Option<usize>, kind: FaultKind) {
        self.0.push(Fault { field, row, kind });
    }

    fn positive(&mut self, field: &'static str, row: Option<usize>, amount: Option<Money>) {
        if amount.is_some_and(|amount| amount.tiyn() < 0) {
            self.add(field, row, FaultKind::Negative);
        }
    }

    fn day(&mut self, field: &'static str, row: Option<usize>, day: Option<Date>) {
        if day.is_some_and(|day| !(YEAR_MIN..=YEAR_MAX).contains(&day.year())) {
            self.add(field, row, FaultKind::DayOutside);
        }
    }

    fn order(&mut self, field: &'static str, row: Option<usize>, (start, end): (Option<Date>, Option<Date>)) {
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            self.add(field, row, FaultKind::EndBeforeStart { start, end });
        }
    }

    fn text(&mut self, field: &'static str, row: Option<usize>, text: &str) {
        if text.chars().count() > CHARS_MAX {
            self.add(field, row, FaultKind::TooLong { max: CHARS_MAX });
        }
    }

    fn known<'a>(
        &mut self,
        (field, row): (&'static str, usize),
        name: &str,
        mut among: impl Iterator<Item = &'a str>,
    ) {
        if name.is_empty() {
            self.add(field, Some(row), FaultKind::Missing);
        } else if !among.any(|one| one == name) {
            self.add(field, Some(row), FaultKind::Unknown { name: name.to_owned() });
        }
    }

    fn names<'a>(&mut self, field: &'static str, names: impl Iterator<Item = &'a str>) {
        let names: Vec<&str> = names.collect();
        if names.len() > ROWS_MAX {
            self.add(field, None, FaultKind::TooMany { max: ROWS_MAX });
        }
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                self.add(field, Some(at + 1), FaultKind::Twice { name: (*name).to_owned() });
            }
        }
    }
}

/// All faults; empty when the record can be kept.
pub fn faults(process: &Process) -> Vec<Fault> {
    let mut found = Finder::default();
    head(process, &mut found);
    names(process, &mut found);
    parties(process, &mut found);
    offers(process, &mut found);
    contracts(process, &mut found);
    changes(process, &mut found);
    money(process, &mut found);
    promises(process, &mut found);
    found.0
}

fn head(process: &Process, found: &mut Finder) {
    if process.title.is_empty() {
        found.add("title", None, FaultKind::Missing);
    }
    if process.number.trim().is_empty() {
        found.add("number", None, FaultKind::Missing);
    }
    for (field, text) in [
        ("number", &process.number),
        ("ocid", &process.ocid),
        ("description", &process.description),
        ("method_reason", &process.method_reason),
    ] {
        found.text(field, None, text);
    }
    for lang in akimat_core::Lang::ALL {
        found.text("title", None, process.title.exact(lang));
    }
    if !(process.currency.len() == 3 && process.currency.bytes().all(|b| b.is_ascii_uppercase())) {
        found.add("currency", None, FaultKind::CurrencyUnknown);
    } else if process.currency != TENGE {
        found.add("currency", None, FaultKind::CurrencyForeign { have: process.currency.clone() });
    }
    found.positive("estimate", None, process.estimate);
    for (field, day) in
        [("planned_on", process.planned_on), ("opens_on", process.opens_on), ("closes_on", process.closes_on)]
    {
        found.day(field, None, day);
    }
    found.order("closes_on", None, (process.opens_on, process.closes_on));
}

fn names(process: &Process, found: &mut Finder) {
    found.names("party_name", process.parties.iter().map(|one| one.id.as_str()));
    found.names("lot_title", process.lots.iter().map(|one| one.id.as_str()));
    found.names("bid_party", process.bids.iter().map(|one| one.id.as_str()));
    found.names("award_party", process.awards.iter().map(|one| one.id.as_str()));
    found.names("contract_number", process.contracts.iter().map(|one| one.id.as_str()));
    found.names("amendment_on", process.amendments.iter().map(|one| one.id.as_str()));
    found.names("invoice_on", process.invoices.iter().map(|one| one.id.as_str()));
    found.names("payment_on", process.payments.iter().map(|one| one.id.as_str()));
    found.names("obligation_year", process.obligations.iter().map(|one| one.id.as_str()));
    found.names("guarantee_what", process.guarantees.iter().map(|one| one.id.as_str()));
}

fn parties(process: &Process, found: &mut Finder) {
    for (party, row) in process.parties.iter().zip(1..) {
        if party.name.trim().is_empty() {
            found.add("party_name", Some(row), FaultKind::Missing);
        }
        if !party.bin.is_empty() && !bin::is_valid(&party.bin) {
            found.add("party_bin", Some(row), FaultKind::BinWrong);
        }
        found.text("party_name", Some(row), &party.name);
        found.text("party_address", Some(row), &party.address);
        found.text("party_owner", Some(row), &party.owner);
    }
}

fn offers(process: &Process, found: &mut Finder) {
    for (lot, row) in process.lots.iter().zip(1..) {
        if lot.title.trim().is_empty() {
            found.add("lot_title", Some(row), FaultKind::Missing);
        }
        found.positive("lot_estimate", Some(row), lot.estimate);
    }
    let parties = || process.parties.iter().map(|party| party.id.as_str());
    let lots = || process.lots.iter().map(|lot| lot.id.as_str());
    for (bid, row) in process.bids.iter().zip(1..) {
        found.known(("bid_party", row), &bid.party, parties());
        if !bid.lot.is_empty() {
            found.known(("bid_lot", row), &bid.lot, lots());
        }
        found.positive("bid_amount", Some(row), bid.amount);
        found.text("bid_reason", Some(row), &bid.reason);
    }
    for (award, row) in process.awards.iter().zip(1..) {
        found.known(("award_party", row), &award.party, parties());
        if !award.lot.is_empty() {
            found.known(("award_lot", row), &award.lot, lots());
        }
        found.positive("award_amount", Some(row), Some(award.amount));
        found.day("award_on", Some(row), award.on);
        if let (Some(on), Some(closes)) = (award.on, process.closes_on)
            && on < closes
        {
            found.add("award_on", Some(row), FaultKind::AwardBeforeClose { on, closes });
        }
        if !process.bids.is_empty() && !process.bids.iter().any(|bid| bid.party == award.party) {
            found.add("award_party", Some(row), FaultKind::AwardWithoutBid);
        }
    }
}

fn contracts(process: &Process, found: &mut Finder) {
    for (contract, row) in process.contracts.iter().zip(1..) {
        if contract.number.trim().is_empty() {
            found.add("contract_number", Some(row), FaultKind::Missing);
        }
        let awards = process.awards.iter().map(|award| award.id.as_str());
        found.known(("contract_award", row), &contract.award, awards);
        found.positive("contract_amount", Some(row), Some(contract.amount));
        found.positive("contract_promised", Some(row), contract.promised);
        if contract.currency != process.currency {
            let kind =
                FaultKind::CurrencyMixed { have: contract.currency.clone(), need: process.currency.clone() };
            found.add("contract_currency", Some(row), kind);
        }
        for (field, day) in [
            ("contract_signed", contract.signed_on),
            ("contract_starts", contract.starts_on),
            ("contract_ends", contract.ends_on),
        ] {
            found.day(field, Some(row), day);
        }
        found.order("contract_ends", Some(row), (contract.starts_on, contract.ends_on));
        found.order("contract_ends", Some(row), (contract.signed_on, contract.ends_on));
        if let Some(end) = &contract.termination {
            found.day("contract_terminated", Some(row), Some(end.on));
            found.order("contract_terminated", Some(row), (contract.signed_on, Some(end.on)));
            if end.reason.trim().is_empty() {
                found.add("contract_termination", Some(row), FaultKind::Missing);
            }
        }
    }
}

fn signed(process: &Process, contract: &str) -> Option<Date> {
    process.contracts.iter().find(|one| one.id == contract).and_then(|one| one.signed_on)
}

fn after_signing(process: &Process, found: &mut Finder, field: &'static str, at: (usize, &str, Date)) {
    let (row, contract, on) = at;
    found.day(field, Some(row), Some(on));
    if let Some(signed) = signed(process, contract)
        && on < signed
    {
        found.add(field, Some(row), FaultKind::BeforeContract { on, signed });
    }
}

fn changes(process: &Process, found: &mut Finder) {
    let contracts = || process.contracts.iter().map(|contract| contract.id.as_str());
    for (one, row) in process.amendments.iter().zip(1..) {
        found.known(("amendment_contract", row), &one.contract, contracts());
        after_signing(process, found, "amendment_on", (row, &one.contract, one.on));
        if let Some((before, after)) = one.amount {
            found.positive("amendment_before", Some(row), Some(before));
            found.positive("amendment_after", Some(row), Some(after));
        }
        if let Some((_, after)) = one.ends_on {
            found.order("amendment_end_after", Some(row), (signed(process, &one.contract), Some(after)));
        }
    }
    for contract in &process.contracts {
        chain(process, contract, found);
    }
}

/// Each amendment begins where the one before it ended.
fn chain(process: &Process, contract: &Contract, found: &mut Finder) {
    let (mut amount, mut end) = (contract.amount, contract.ends_on);
    for one in process.amendments_of(&contract.id) {
        let row = process.amendments.iter().position(|other| other.id == one.id).map(|at| at + 1);
        if let Some((before, after)) = one.amount {
            if before != amount {
                found.add("amendment_before", row, FaultKind::AmendmentFromOther { before, stood: amount });
            }
            amount = after;
        }
        if let Some((before, after)) = one.ends_on {
            if let Some(stood) = end.filter(|stood| *stood != before) {
                let kind = FaultKind::AmendmentFromOtherDay { before, stood };
                found.add("amendment_end_before", row, kind);
            }
            end = Some(after);
        }
    }
}

fn money(process: &Process, found: &mut Finder) {
    let contracts = || process.contracts.iter().map(|contract| contract.id.as_str());
    for (one, row) in process.invoices.iter().zip(1..) {
        found.known(("invoice_contract", row), &one.contract, contracts());
        found.positive("invoice_amount", Some(row), Some(one.amount));
        after_signing(process, found, "invoice_on", (row, &one.contract, one.on));
    }
    for (one, row) in process.payments.iter().zip(1..) {
        found.known(("payment_contract", row), &one.contract, contracts());
        if !one.invoice.is_empty() {
            let invoices = process.invoices.iter().map(|invoice| invoice.id.as_str());
            found.known(("payment_invoice", row), &one.invoice, invoices);
        }
        found.positive("payment_amount", Some(row), Some(one.amount));
        after_signing(process, found, "payment_on", (row, &one.contract, one.on));
    }
    for (one, row) in process.guarantees.iter().zip(1..) {
        found.known(("guarantee_contract", row), &one.contract, contracts());
        found.positive("guarantee_amount", Some(row), Some(one.amount));
        found.day("guarantee_until", Some(row), one.until);
    }
    for (contract, row) in process.contracts.iter().zip(1..) {
        let amount = process.current_amount(contract);
        match process.paid(&contract.id) {
            None => found.add("payment_amount", None, FaultKind::TooLarge),
            // Under a partnership the state pays its promise, which is not the sum invested.
            Some(paid) if contract.ppp.is_none() && paid > amount => {
                found.add("contract_amount", Some(row), FaultKind::PaidOverContract { paid, amount });
            }
            Some(paid) => {
                if let Some(amount) = contract.promised.filter(|promised| paid > *promised) {
                    found.add("contract_promised", Some(row), FaultKind::PaidOverContract { paid, amount });
                }
            }
        }
    }
}

fn promises(process: &Process, found: &mut Finder) {
    for (one, row) in process.obligations.iter().zip(1..) {
        let contracts = process.contracts.iter().map(|contract| contract.id.as_str());
        found.known(("obligation_contract", row), &one.contract, contracts);
        found.positive("obligation_amount", Some(row), Some(one.amount));
        if !(YEAR_MIN..=YEAR_MAX).contains(&one.year) {
            found.add("obligation_year", Some(row), FaultKind::DayOutside);
        }
        let of = process.contracts.iter().find(|contract| contract.id == one.contract);
        if of.is_some_and(|contract| contract.ppp.is_none()) {
            found.add("obligation_contract", Some(row), FaultKind::NotPpp);
        }
    }
    for (contract, row) in process.contracts.iter().zip(1..) {
        let own: Vec<Money> = process
            .obligations
            .iter()
            .filter(|one| one.contract == contract.id)
            .map(|one| one.amount)
            .collect();
        let Some(promised) = contract.promised.filter(|_| !own.is_empty()) else { continue };
        match Money::checked_sum(own) {
            None => found.add("obligation_amount", None, FaultKind::TooLarge),
            Some(sum) if sum != promised => {
                found.add("contract_promised", Some(row), FaultKind::ObligationsDiffer { sum, promised });
            }
            Some(_) => {}
        }
    }
}
