//! From a contracting process to the fields of its form.

use akimat_core::{Lang, Money, MoneyUnit};
use akimat_procurement::{Contract, Process, Role};
use akimat_web_kit::kit::Form;
use jiff::civil::Date;

fn tenge(amount: Money) -> String {
    amount.to_decimal(MoneyUnit::Tenge, 0)
}

fn some(amount: Option<Money>) -> String {
    amount.map_or_else(String::new, tenge)
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

fn answer(yes: Option<bool>) -> &'static str {
    match yes {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

/// Number of a row by the name of its element; empty for none.
fn row<'a>(mut ids: impl Iterator<Item = &'a str>, id: &str) -> String {
    ids.position(|one| one == id).map_or_else(String::new, |at| (at + 1).to_string())
}

struct Filler(Form);

impl Filler {
    fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0 = std::mem::take(&mut self.0).with(name, value.into());
    }

    fn at(&mut self, name: &str, row: usize, value: impl Into<String>) {
        self.put(&format!("{name}_{row}"), value);
    }
}

/// The form with everything that the record says.
pub(super) fn filled(process: &Process) -> Form {
    let mut form = Filler(Form::new());
    head(&mut form, process);
    for (party, row) in process.parties.iter().zip(1..) {
        let own = main_role(process, &party.id, &party.roles);
        let more: Vec<&str> =
            party.roles.iter().filter(|role| Some(**role) != own).map(|r| r.code()).collect();
        form.at("party_id", row, party.id.clone());
        form.at("party_name", row, party.name.clone());
        form.at("party_bin", row, party.bin.clone());
        form.at("party_role", row, own.map_or("", Role::code));
        form.at("party_more", row, more.join(" "));
        form.at("party_address", row, party.address.clone());
        form.at("party_owner", row, party.owner.clone());
        form.at("party_small", row, answer(party.small));
    }
    offers(&mut form, process);
    for (contract, row) in process.contracts.iter().zip(1..) {
        contracts(&mut form, process, (contract, row));
    }
    course(&mut form, process);
    form.0
}

/// The role that the form shows: the first that does not follow from bids and awards, or else the first.
fn main_role(process: &Process, id: &str, roles: &[Role]) -> Option<Role> {
    let bids = process.bids.iter().any(|bid| bid.party == id);
    let follows = |role: &Role| matches!(role, Role::Tenderer if bids);
    roles.iter().copied().find(|role| !follows(role)).or_else(|| roles.first().copied())
}

fn head(form: &mut Filler, process: &Process) {
    for lang in Lang::ALL {
        form.put(&format!("title_{}", lang.code()), process.title.exact(lang));
    }
    form.put("number", process.number.clone());
    form.put("ocid", process.ocid.clone());
    form.put("description", process.description.clone());
    form.put("category", process.category.code());
    form.put("nature", process.nature.map_or("", akimat_procurement::Nature::code));
    form.put("method", process.method.code());
    form.put("method_reason", process.method_reason.clone());
    form.put("estimate", some(process.estimate));
    form.put("currency", process.currency.clone());
    form.put("planned_on", day(process.planned_on));
    form.put("opens_on", day(process.opens_on));
    form.put("closes_on", day(process.closes_on));
    form.put("state", process.state.code());
}

fn party_name(process: &Process, id: &str) -> String {
    process.party(id).map_or_else(String::new, |party| party.name.clone())
}

fn offers(form: &mut Filler, process: &Process) {
    let lot_of = |id: &str| row(process.lots.iter().map(|lot| lot.id.as_str()), id);
    for (lot, row) in process.lots.iter().zip(1..) {
        form.at("lot_id", row, lot.id.clone());
        form.at("lot_title", row, lot.title.clone());
        form.at("lot_estimate", row, some(lot.estimate));
    }
    for (bid, row) in process.bids.iter().zip(1..) {
        form.at("bid_id", row, bid.id.clone());
        form.at("bid_party", row, party_name(process, &bid.party));
        form.at("bid_lot", row, lot_of(&bid.lot));
        form.at("bid_amount", row, some(bid.amount));
        form.at("bid_admitted", row, answer(bid.admitted));
        form.at("bid_reason", row, bid.reason.clone());
    }
    for (award, row) in process.awards.iter().zip(1..) {
        form.at("award_id", row, award.id.clone());
        form.at("award_party", row, party_name(process, &award.party));
        form.at("award_lot", row, lot_of(&award.lot));
        form.at("award_amount", row, tenge(award.amount));
        form.at("award_on", row, day(award.on));
    }
}

fn contracts(form: &mut Filler, process: &Process, (contract, at): (&Contract, usize)) {
    let award = row(process.awards.iter().map(|award| award.id.as_str()), &contract.award);
    form.at("contract_id", at, contract.id.clone());
    form.at("contract_award", at, award);
    form.at("contract_number", at, contract.number.clone());
    form.at("contract_signed", at, day(contract.signed_on));
    form.at("contract_amount", at, tenge(contract.amount));
    form.at("contract_currency", at, contract.currency.clone());
    form.at("contract_vat", at, contract.vat_bp.map_or_else(String::new, percent));
    form.at("contract_starts", at, day(contract.starts_on));
    form.at("contract_ends", at, day(contract.ends_on));
    form.at("contract_ppp", at, contract.ppp.map_or("", akimat_procurement::PppKind::code));
    form.at("contract_promised", at, some(contract.promised));
    form.at("contract_state", at, contract.state.code());
    let end = contract.termination.as_ref();
    form.at("contract_terminated", at, day(end.map(|end| end.on)));
    form.at("contract_termination", at, end.map_or_else(String::new, |end| end.reason.clone()));
}

/// Hundredths of a per cent as per cent.
fn percent(bp: u32) -> String {
    let text = format!("{}.{:02}", bp / 100, bp % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn course(form: &mut Filler, process: &Process) {
    let contract_of = |id: &str| row(process.contracts.iter().map(|one| one.id.as_str()), id);
    for (one, row) in process.amendments.iter().zip(1..) {
        let (before, after) = one.amount.unzip();
        let (end_before, end_after) = one.ends_on.unzip();
        form.at("amendment_id", row, one.id.clone());
        form.at("amendment_contract", row, contract_of(&one.contract));
        form.at("amendment_on", row, one.on.to_string());
        form.at("amendment_document", row, one.document.clone());
        form.at("amendment_before", row, some(before));
        form.at("amendment_after", row, some(after));
        form.at("amendment_end_before", row, day(end_before));
        form.at("amendment_end_after", row, day(end_after));
        form.at("amendment_reason", row, one.reason.clone());
    }
    for (one, row) in process.invoices.iter().zip(1..) {
        form.at("invoice_id", row, one.id.clone());
        form.at("invoice_contract", row, contract_of(&one.contract));
        form.at("invoice_on", row, one.on.to_string());
        form.at("invoice_amount", row, tenge(one.amount));
        form.at("invoice_document", row, one.document.clone());
    }
    let invoice_of = |id: &str| row(process.invoices.iter().map(|one| one.id.as_str()), id);
    for (one, row) in process.payments.iter().zip(1..) {
        form.at("payment_id", row, one.id.clone());
        form.at("payment_contract", row, contract_of(&one.contract));
        form.at("payment_invoice", row, invoice_of(&one.invoice));
        form.at("payment_on", row, one.on.to_string());
        form.at("payment_amount", row, tenge(one.amount));
        form.at("payment_document", row, one.document.clone());
    }
    for (one, row) in process.obligations.iter().zip(1..) {
        form.at("obligation_id", row, one.id.clone());
        form.at("obligation_contract", row, contract_of(&one.contract));
        form.at("obligation_year", row, one.year.to_string());
        form.at("obligation_kind", row, one.kind.code());
        form.at("obligation_amount", row, tenge(one.amount));
    }
    for (one, row) in process.guarantees.iter().zip(1..) {
        form.at("guarantee_id", row, one.id.clone());
        form.at("guarantee_contract", row, contract_of(&one.contract));
        form.at("guarantee_what", row, one.what.clone());
        form.at("guarantee_amount", row, tenge(one.amount));
        form.at("guarantee_until", row, day(one.until));
    }
}
