//! What is wrong with a package, as a sentence at its path.

use crate::FieldFault;
use akimat_interop::open_contracting::{Misread, ReadFault};

/// The sentence of a fault, with the path as its field.
pub fn told(misread: &Misread) -> FieldFault {
    let at = if misread.at.is_empty() { "package".to_owned() } else { misread.at.clone() };
    match &misread.fault {
        ReadFault::Process(fault) => FieldFault { field: at, ..crate::contract::field_fault(fault) },
        ReadFault::Project(fault) => FieldFault { field: at, ..crate::project::field_fault(fault.clone()) },
        fault => FieldFault::new(at, key(fault)).with("word", fault.word()),
    }
}

const fn key(fault: &ReadFault) -> &'static str {
    match fault {
        ReadFault::TooLarge => "open-contracting-fault-too-large",
        ReadFault::NotJson(_) => "open-contracting-fault-not-json",
        ReadFault::NoPackage => "open-contracting-fault-no-package",
        ReadFault::Missing | ReadFault::Process(_) | ReadFault::Project(_) => {
            "open-contracting-fault-missing"
        }
        ReadFault::WrongType(_) => "open-contracting-fault-wrong-type",
        ReadFault::NotAnAmount(_) => "open-contracting-fault-not-an-amount",
        ReadFault::NotACurrency(_) => "open-contracting-fault-not-a-currency",
        ReadFault::NotTenge(_) => "open-contracting-fault-not-tenge",
        ReadFault::NotADay(_) => "open-contracting-fault-not-a-day",
        ReadFault::Reversed(..) => "open-contracting-fault-reversed",
        ReadFault::Unknown(_) => "open-contracting-fault-unknown",
        ReadFault::Twice(_) => "open-contracting-fault-twice",
        ReadFault::NotAPlace(_) => "open-contracting-fault-not-a-place",
    }
}
