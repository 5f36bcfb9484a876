//! Packages to projects and processes. Releases are brought together by their ocid; every value is read with the path
//! that leads to it, and what cannot be read is told there. A package is taken whole or not at all.

mod party;
mod process;
mod project;
mod summary;

use super::node::{Faults, Misread, Node, ReadFault, quote, twice};
use super::{Brought, merge};
use akimat_core::{KatoCode, ProjectId};
use akimat_procurement::Process;
use akimat_project::Project;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Largest package in bytes.
pub const BYTES_MAX: usize = 64 << 20;
/// Most projects, and most processes, of one package.
const RECORDS_MAX: usize = 20_000;

/// What a reader is told beside the package.
pub struct Context<'a> {
    /// Territory of projects whose locations name none.
    pub place: Option<KatoCode>,
    /// Now.
    pub at: Timestamp,
    /// Our own prefix of projects: identifiers with it are those of the register.
    pub oc4ids_prefix: &'a str,
    /// Makes an identifier.
    pub new_id: &'a mut dyn FnMut() -> ProjectId,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("place", &self.place).finish_non_exhaustive()
    }
}

/// A process out of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadProcess {
    /// Its ocid.
    pub ocid: String,
    /// The project it says it belongs to (`planning/budget/projectID`); empty when it says nothing.
    pub project: String,
    /// The process.
    pub process: Process,
}

/// A project out of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadProject {
    /// Its identifier in the package.
    pub id: String,
    /// The project.
    pub project: Project,
    /// Day on which it was completed.
    pub completed_on: Option<Date>,
    /// Its processes as their summaries tell them.
    pub processes: Vec<ReadProcess>,
    /// What it brought along.
    pub brought: Brought,
}

/// What a package holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Package {
    /// Projects with summaries of their processes.
    Projects(Vec<ReadProject>),
    /// Processes.
    Processes(Vec<ReadProcess>),
}

/// The projects of a package of OC4IDS, or the processes of a package of releases or records of OCDS.
///
/// # Errors
/// Every fault with its place, at most [`super::FAULTS_MAX`].
pub fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Package, Vec<Misread>> {
    let whole = |fault: ReadFault| vec![Misread { at: String::new(), fault }];
    if bytes.len() > BYTES_MAX {
        return Err(whole(ReadFault::TooLarge));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let package: Value = serde_json::from_slice(bytes)
        .map_err(|error| whole(ReadFault::NotJson(quote(&error.to_string()))))?;
    let root = Node::new(&package, "");
    let mut faults = Faults::default();
    let read = if !root.get("projects").is_absent() {
        Package::Projects(projects(&root, context, &mut faults))
    } else if !root.get("releases").is_absent() {
        Package::Processes(releases(&root, &mut faults))
    } else if !root.get("records").is_absent() {
        Package::Processes(records(&root, &mut faults))
    } else {
        return Err(whole(ReadFault::NoPackage));
    };
    if faults.0.is_empty() { Ok(read) } else { Err(faults.0) }
}

fn counted<'a>(list: &Node<'a>, faults: &mut Faults) -> Vec<Node<'a>> {
    let items = list.items(faults);
    if items.len() > RECORDS_MAX {
        faults.add(list.path.clone(), ReadFault::TooLarge);
        return Vec::new();
    }
    items
}

fn projects(root: &Node<'_>, context: &mut Context<'_>, faults: &mut Faults) -> Vec<ReadProject> {
    let list = root.get("projects");
    twice(list.value, "projects", faults);
    let mut found = Vec::new();
    for node in counted(&list, faults) {
        if faults.is_full() {
            break;
        }
        found.push(project::read(&node.object(faults), context, faults));
    }
    let mut numbers = BTreeSet::new();
    for (at, one) in found.iter().enumerate() {
        if !numbers.insert((one.project.place, &one.project.number)) {
            faults.add(format!("projects/{at}/identifiers"), ReadFault::Twice(quote(&one.project.number)));
        }
    }
    found
}

/// The ocid of a release or record, which must be there.
fn ocid(node: &Node<'_>, faults: &mut Faults) -> String {
    let own = node.get("ocid");
    let ocid = own.text(faults);
    if ocid.is_empty() {
        faults.add(own.path, ReadFault::Missing);
    }
    ocid
}

fn releases(root: &Node<'_>, faults: &mut Faults) -> Vec<ReadProcess> {
    let list = root.get("releases");
    twice(list.value, "releases", faults);
    let mut of: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for node in counted(&list, faults) {
        let ocid = ocid(&node, faults);
        of.entry(ocid).or_default().push(node.value);
    }
    let mut found = Vec::new();
    for (ocid, mut all) in of {
        if faults.is_full() {
            break;
        }
        found.push(history(&ocid, &mut all, faults));
    }
    found
}

/// A process out of its releases: the state that they compile to, and what changed on the way.
fn history(ocid: &str, releases: &mut [&Value], faults: &mut Faults) -> ReadProcess {
    releases.sort_by_key(|one| merge::moment(one));
    let compiled = merge::compile(releases.iter().copied());
    process::read(ocid, &compiled, releases, faults)
}

fn records(root: &Node<'_>, faults: &mut Faults) -> Vec<ReadProcess> {
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for node in counted(&root.get("records"), faults) {
        if faults.is_full() {
            break;
        }
        let node = node.object(faults);
        let ocid = ocid(&node, faults);
        if !known.insert(ocid.clone()) {
            faults.add(node.get("ocid").path, ReadFault::Twice(quote(&ocid)));
        }
        twice(node.value, &node.path, faults);
        let own = node.get("releases").items(faults);
        let mut embedded: Vec<&Value> =
            own.iter().map(|one| one.value).filter(|one| one.get("url").is_none()).collect();
        let compiled = node.get("compiledRelease");
        if !embedded.is_empty() && embedded.len() == own.len() {
            found.push(history(&ocid, &mut embedded, faults));
        } else if compiled.is_absent() {
            faults.add(compiled.path, ReadFault::Missing);
        } else {
            found.push(process::read(&ocid, compiled.object(faults).value, &[], faults));
        }
    }
    found
}
