//! A package of OC4IDS or OCDS from anywhere is read or refused with the path of each fault; what is read is sound.
#![no_main]

use akimat_core::ProjectId;
use akimat_interop::open_contracting::{Context, FAULTS_MAX, Package, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut new_id = || "0192f0c1-2233-7445-8667-788990011223".parse::<ProjectId>().expect("it is one");
    let mut context = Context {
        place: "710000000".parse().ok(),
        at: jiff::Timestamp::UNIX_EPOCH,
        oc4ids_prefix: "oc4ids-000000",
        new_id: &mut new_id,
    };
    match read(bytes, &mut context) {
        Ok(Package::Projects(projects)) => {
            for one in &projects {
                assert!(akimat_project::check::faults(&one.project).is_empty());
                for process in &one.processes {
                    assert!(akimat_procurement::faults(&process.process).is_empty());
                }
            }
        }
        Ok(Package::Processes(processes)) => {
            for one in &processes {
                assert!(akimat_procurement::faults(&one.process).is_empty());
            }
        }
        Err(faults) => assert!(!faults.is_empty() && faults.len() <= FAULTS_MAX),
    }
});
