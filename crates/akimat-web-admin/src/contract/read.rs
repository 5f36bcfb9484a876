//! From the fields of the form to a contracting process, with every fault at its field. Rows that are left empty are
//! no rows; those that refer to another list say the number of its row.

use akimat_core::{Lang, Money, MoneyUnit, Text};
use akimat_i18n::Locale;
use akimat_procurement::check::ROWS_MAX;
use akimat_procurement::{
    Amendment, Award, Bid, Category, Contract, ContractState, Guarantee, Invoice, Lot, Method, Nature,
    Obligation, ObligationKind, Party, Payment, PppKind, Process, Role, TenderState, Termination,
};
use akimat_web_kit::form::Form;
use jiff::civil::Date;

/// Elements of a list by the numbers of their rows.
type Refs = Vec<(usize, String)>;

/// Fields that make a row of their list when one of them is filled.
const LOTS: [&str; 2] = ["lot_title", "lot_estimate"];
const AWARDS: [&str; 2] = ["award_party", "award_amount"];
const CONTRACTS: [&str; 2] = ["contract_number", "contract_amount"];
const INVOICES: [&str; 2] = ["invoice_on", "invoice_amount"];

struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    faults: Vec<(String, String)>,
}

/// Reads the form; what cannot be read is a fault. `before` gives what the form does not show.
pub(super) fn read(locale: &Locale, sent: &Form, before: &Process) -> (Process, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let mut title = Text::default();
    for lang in Lang::ALL {
        sent.get(&format!("title_{}", lang.code())).clone_into(title.exact_mut(lang));
    }
    let mut process = Process::planned(sent.get("number"), title);
    process.invented = before.invented;
    sent.get("ocid").clone_into(&mut process.ocid);
    sent.get("description").clone_into(&mut process.description);
    sent.get("method_reason").clone_into(&mut process.method_reason);
    sent.get("currency").clone_into(&mut process.currency);
    process.category = reader.choice("category", Category::parse).unwrap_or(process.category);
    process.nature = Nature::parse(sent.get("nature"));
    process.method = reader.choice("method", Method::parse).unwrap_or(process.method);
    process.state = reader.choice("state", TenderState::parse).unwrap_or(process.state);
    process.estimate = reader.money_or_none("estimate");
    process.planned_on = reader.day("planned_on");
    process.opens_on = reader.day("opens_on");
    process.closes_on = reader.day("closes_on");
    process.parties = reader.parties();
    process.lots = reader.lots();
    reader.offers(&mut process);
    reader.contracts(&mut process);
    reader.changes(&mut process);
    reader.money(&mut process);
    reader.promises(&mut process);
    roles(&mut process);
    (process, reader.faults)
}

/// Who bids is a bidder, who wins a supplier or a partner.
fn roles(process: &mut Process) {
    let ppp = process.is_ppp();
    for party in &mut process.parties {
        let mut add = |role: Role| {
            if !party.roles.contains(&role) {
                party.roles.push(role);
            }
        };
        if process.bids.iter().any(|bid| bid.party == party.id) {
            add(Role::Tenderer);
        }
        if process.awards.iter().any(|award| award.party == party.id) {
            add(if ppp { Role::PrivatePartner } else { Role::Supplier });
        }
    }
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    fn get(&self, name: &str, row: usize) -> String {
        self.sent.get(&format!("{name}_{row}")).trim().to_owned()
    }

    /// The name of an element: the one it had, or a new one made of its row and words, so that two people who add
    /// different rows at once add different elements.
    fn name(&self, list: &str, row: usize) -> String {
        let kept = self.get(&format!("{list}_id"), row);
        if !kept.is_empty() {
            return kept;
        }
        let prefix = format!("{list}_");
        let ending = format!("_{row}");
        let mine = self.sent.with_prefix(&prefix).filter(|(name, _)| name.ends_with(&ending));
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in mine.flat_map(|(name, value)| name.bytes().chain(value.bytes())) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{}{row}-{:08x}", list.chars().next().unwrap_or('x'), hash >> 32)
    }

    /// Rows of a list in which one of these fields is filled.
    fn rows(&self, names: &[&str]) -> Vec<usize> {
        (1..=ROWS_MAX).filter(|row| names.iter().any(|name| !self.get(name, *row).is_empty())).collect()
    }

    fn choice<T>(&mut self, field: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
        let found = parse(self.sent.get(field));
        if found.is_none() {
            self.fail(field, "field-choose-from-list");
        }
        found
    }

    fn money_or_none(&mut self, field: &str) -> Option<Money> {
        let text = self.sent.get(field);
        if text.trim().is_empty() {
            return None;
        }
        match Money::parse(text, MoneyUnit::Tenge) {
            Ok(amount) => Some(amount),
            Err(_) => {
                self.fail(field, "field-not-an-amount");
                None
            }
        }
    }

    fn amount(&mut self, name: &str, row: usize) -> Money {
        let field = format!("{name}_{row}");
        if self.get(name, row).is_empty() {
            self.fail(&field, "field-required");
        }
        self.money_or_none(&field).unwrap_or(Money::ZERO)
    }

    fn day(&mut self, field: &str) -> Option<Date> {
        let text = self.sent.get(field).trim();
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(day) => Some(day),
            Err(_) => {
                self.fail(field, "field-not-a-date");
                None
            }
        }
    }

    fn day_at(&mut self, name: &str, row: usize) -> Date {
        let field = format!("{name}_{row}");
        if self.get(name, row).is_empty() {
            self.fail(&field, "field-required");
        }
        self.day(&field).unwrap_or(Date::ZERO)
    }

    /// The elements of a list beside the numbers of their rows, which may have gaps.
    fn refs<'a>(&self, list: &[&str], ids: impl Iterator<Item = &'a String>) -> Refs {
        self.rows(list).into_iter().zip(ids.cloned()).collect()
    }

    /// The element of another list by the number of its row; the only one when nothing is said.
    fn refer(&mut self, name: &str, row: usize, ids: &Refs) -> String {
        let text = self.get(name, row);
        if text.is_empty() {
            if ids.len() > 1 {
                self.fail(&format!("{name}_{row}"), "field-required");
            }
            return ids.first().map(|(_, id)| id.clone()).unwrap_or_default();
        }
        let found = text.parse::<usize>().ok().and_then(|at| ids.iter().find(|(row, _)| *row == at));
        if found.is_none() {
            self.fail(&format!("{name}_{row}"), "contract-no-such-row");
        }
        found.map(|(_, id)| id.clone()).unwrap_or_default()
    }

    fn answer(&self, name: &str, row: usize) -> Option<bool> {
        match self.get(name, row).as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    fn parties(&mut self) -> Vec<Party> {
        let mut parties = Vec::new();
        for row in self.rows(&["party_name", "party_bin"]) {
            let first = Role::parse(&self.get("party_role", row));
            let more = self.get("party_more", row);
            let mut roles: Vec<Role> = first.into_iter().collect();
            for role in more.split(' ').filter_map(Role::parse) {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
            parties.push(Party {
                id: self.name("party", row),
                name: self.get("party_name", row),
                bin: self.get("party_bin", row).replace(char::is_whitespace, ""),
                roles,
                address: self.get("party_address", row),
                owner: self.get("party_owner", row),
                small: self.answer("party_small", row),
            });
        }
        parties
    }

    /// A party by its name or number; one that is not there yet is added.
    fn party(&mut self, name: &str, row: usize, process: &mut Process) -> String {
        let text = self.get(name, row);
        if text.is_empty() {
            self.fail(&format!("{name}_{row}"), "field-required");
            return String::new();
        }
        let lower = text.to_lowercase();
        let known =
            process.parties.iter().find(|party| party.name.to_lowercase() == lower || party.bin == text);
        if let Some(party) = known {
            return party.id.clone();
        }
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in lower.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let id = format!("p-{:08x}", hash >> 32);
        process.parties.push(Party { id: id.clone(), name: text, ..Party::default() });
        id
    }

    fn lots(&mut self) -> Vec<Lot> {
        let mut lots = Vec::new();
        for row in self.rows(&LOTS) {
            lots.push(Lot {
                id: self.name("lot", row),
                title: self.get("lot_title", row),
                estimate: self.money_or_none(&format!("lot_estimate_{row}")),
            });
        }
        lots
    }

    fn lot(&mut self, name: &str, row: usize, lots: &Refs) -> String {
        if lots.is_empty() && self.get(name, row).is_empty() {
            String::new()
        } else {
            self.refer(name, row, lots)
        }
    }

    fn offers(&mut self, process: &mut Process) {
        let lots = self.refs(&LOTS, process.lots.iter().map(|lot| &lot.id));
        for row in self.rows(&["bid_party", "bid_amount"]) {
            let bid = Bid {
                id: self.name("bid", row),
                party: self.party("bid_party", row, process),
                lot: self.lot("bid_lot", row, &lots),
                amount: self.money_or_none(&format!("bid_amount_{row}")),
                admitted: self.answer("bid_admitted", row),
                reason: self.get("bid_reason", row),
            };
            process.bids.push(bid);
        }
        for row in self.rows(&AWARDS) {
            let award = Award {
                id: self.name("award", row),
                lot: self.lot("award_lot", row, &lots),
                party: self.party("award_party", row, process),
                amount: self.amount("award_amount", row),
                on: self.day(&format!("award_on_{row}")),
            };
            process.awards.push(award);
        }
    }

    fn contracts(&mut self, process: &mut Process) {
        let awards = self.refs(&AWARDS, process.awards.iter().map(|award| &award.id));
        for row in self.rows(&CONTRACTS) {
            // Nothing said: the winner of the same row.
            let beside = awards.iter().find(|(at, _)| *at == row).map(|(_, id)| id.clone());
            let award = match beside.filter(|_| self.get("contract_award", row).is_empty()) {
                Some(award) => award,
                None => self.refer("contract_award", row, &awards),
            };
            let currency = self.get("contract_currency", row);
            let terminated = self.day(&format!("contract_terminated_{row}"));
            let contract = Contract {
                id: self.name("contract", row),
                award,
                number: self.get("contract_number", row),
                signed_on: self.day(&format!("contract_signed_{row}")),
                amount: self.amount("contract_amount", row),
                currency: if currency.is_empty() { process.currency.clone() } else { currency },
                vat_bp: self.vat(row),
                starts_on: self.day(&format!("contract_starts_{row}")),
                ends_on: self.day(&format!("contract_ends_{row}")),
                ppp: PppKind::parse(&self.get("contract_ppp", row)),
                promised: self.money_or_none(&format!("contract_promised_{row}")),
                state: ContractState::parse(&self.get("contract_state", row))
                    .unwrap_or(ContractState::Active),
                termination: terminated
                    .map(|on| Termination { on, reason: self.get("contract_termination", row) }),
            };
            process.contracts.push(contract);
        }
    }

    fn vat(&mut self, row: usize) -> Option<u32> {
        let text = self.get("contract_vat", row).replace(',', ".");
        if text.is_empty() {
            return None;
        }
        let hundredths = Money::parse(&text, MoneyUnit::Tenge).ok().map(Money::tiyn);
        let found = hundredths.filter(|bp| (0..=10_000).contains(bp)).and_then(|bp| u32::try_from(bp).ok());
        if found.is_none() {
            self.fail(&format!("contract_vat_{row}"), "field-not-a-number");
        }
        found
    }

    fn changes(&mut self, process: &mut Process) {
        let contracts = self.contract_refs(process);
        for row in
            self.rows(&["amendment_on", "amendment_document", "amendment_after", "amendment_end_after"])
        {
            let before = self.money_or_none(&format!("amendment_before_{row}"));
            let after = self.money_or_none(&format!("amendment_after_{row}"));
            let end_before = self.day(&format!("amendment_end_before_{row}"));
            let end_after = self.day(&format!("amendment_end_after_{row}"));
            for (one, other, name) in [
                (before.is_some(), after.is_some(), "amendment_before"),
                (after.is_some(), before.is_some(), "amendment_after"),
                (end_before.is_some(), end_after.is_some(), "amendment_end_before"),
                (end_after.is_some(), end_before.is_some(), "amendment_end_after"),
            ] {
                if other && !one {
                    self.fail(&format!("{name}_{row}"), "contract-both-needed");
                }
            }
            let amendment = Amendment {
                id: self.name("amendment", row),
                contract: self.refer("amendment_contract", row, &contracts),
                on: self.day_at("amendment_on", row),
                document: self.get("amendment_document", row),
                amount: before.zip(after),
                ends_on: end_before.zip(end_after),
                reason: self.get("amendment_reason", row),
            };
            process.amendments.push(amendment);
        }
    }

    fn money(&mut self, process: &mut Process) {
        let contracts = self.contract_refs(process);
        for row in self.rows(&INVOICES) {
            let invoice = Invoice {
                id: self.name("invoice", row),
                contract: self.refer("invoice_contract", row, &contracts),
                on: self.day_at("invoice_on", row),
                amount: self.amount("invoice_amount", row),
                document: self.get("invoice_document", row),
            };
            process.invoices.push(invoice);
        }
        let invoices = self.refs(&INVOICES, process.invoices.iter().map(|one| &one.id));
        for row in self.rows(&["payment_on", "payment_amount"]) {
            let unpaid = self.get("payment_invoice", row).is_empty();
            let payment = Payment {
                id: self.name("payment", row),
                contract: self.refer("payment_contract", row, &contracts),
                invoice: if unpaid { String::new() } else { self.refer("payment_invoice", row, &invoices) },
                on: self.day_at("payment_on", row),
                amount: self.amount("payment_amount", row),
                document: self.get("payment_document", row),
            };
            process.payments.push(payment);
        }
    }

    fn contract_refs(&self, process: &Process) -> Refs {
        self.refs(&CONTRACTS, process.contracts.iter().map(|one| &one.id))
    }

    fn promises(&mut self, process: &mut Process) {
        let contracts = self.contract_refs(process);
        for row in self.rows(&["obligation_year", "obligation_amount"]) {
            let year = self.get("obligation_year", row).parse().unwrap_or_else(|_| {
                self.fail(&format!("obligation_year_{row}"), "field-not-a-number");
                0
            });
            let kind = self.choice(&format!("obligation_kind_{row}"), ObligationKind::parse);
            let obligation = Obligation {
                id: self.name("obligation", row),
                contract: self.refer("obligation_contract", row, &contracts),
                year,
                kind: kind.unwrap_or(ObligationKind::Availability),
                amount: self.amount("obligation_amount", row),
            };
            process.obligations.push(obligation);
        }
        for row in self.rows(&["guarantee_what", "guarantee_amount"]) {
            let guarantee = Guarantee {
                id: self.name("guarantee", row),
                contract: self.refer("guarantee_contract", row, &contracts),
                what: self.get("guarantee_what", row),
                amount: self.amount("guarantee_amount", row),
                until: self.day(&format!("guarantee_until_{row}")),
            };
            process.guarantees.push(guarantee);
        }
    }
}
