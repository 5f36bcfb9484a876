//! Parties of a package.

use crate::open_contracting::node::{Faults, Node, ReadFault};
use crate::open_contracting::{BIN_SCHEME, FOREIGN_PARTY};
use akimat_procurement::{Party, Role};

/// The words of `partyRole` that a process knows; the others stand beside.
pub(super) fn roles(codes: &[String]) -> Vec<Role> {
    let has = |code: &str| codes.iter().any(|one| one == code);
    let all = [
        ("buyer", Role::Buyer),
        ("procuringEntity", Role::Organiser),
        ("tenderer", Role::Tenderer),
        ("guarantor", Role::Guarantor),
        ("beneficialOwner", Role::Owner),
        ("subcontractor", Role::Subcontractor),
        ("beneficiary", Role::Beneficiary),
    ];
    let mut roles: Vec<Role> = all.into_iter().filter(|(code, _)| has(code)).map(|(_, role)| role).collect();
    if has("privateParty") {
        roles.push(Role::PrivatePartner);
    } else if has("supplier") {
        roles.push(Role::Supplier);
    }
    if has("lender") || has("funder") {
        roles.push(Role::Lender);
    }
    roles.sort_unstable();
    roles
}

/// A party with its roles.
pub(super) fn party(node: &Node<'_>, faults: &mut Faults) -> Party {
    let node = node.clone().object(faults);
    let id = node.get("id").name(faults);
    if id.is_empty() {
        faults.add(node.get("id").path, ReadFault::Missing);
    }
    let identifier = node.get("identifier").object(faults);
    let bin = if identifier.get("scheme").text(faults) == BIN_SCHEME {
        identifier.get("id").name(faults)
    } else {
        id.strip_prefix(BIN_SCHEME).and_then(|rest| rest.strip_prefix('-')).unwrap_or_default().to_owned()
    };
    Party {
        id: format!("{FOREIGN_PARTY}{id}"),
        name: node.get("name").text(faults),
        bin,
        roles: roles(&node.get("roles").words(faults)),
        address: node.get("address").object(faults).get("streetAddress").text(faults),
        owner: String::new(),
        small: None,
    }
}

/// The party that a reference names; empty when there is no reference.
pub(super) fn reference(node: &Node<'_>, faults: &mut Faults) -> String {
    let id = node.clone().object(faults).get("id").name(faults);
    if id.is_empty() { id } else { format!("{FOREIGN_PARTY}{id}") }
}
