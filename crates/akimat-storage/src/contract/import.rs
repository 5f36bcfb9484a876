//! Promises about imports.

use super::build::{DISTRICT, OTHER, at, comment, id, kato, project};
use super::{ok, refused};
use crate::import::{Import, ImportFormat, ImportState, ImportedProject, ImportedSection};
use crate::{Change, Conflict, PageRequest, ProjectFilter, Store};
use akimat_core::{AccountId, JobId, ProjectId};
use akimat_project::Project;

fn import(n: u64, place: Option<u32>) -> Import {
    Import {
        id: id(n),
        format: if n == 2 { ImportFormat::OpenContracting } else { ImportFormat::Register },
        place: place.map(kato),
        file_name: "жобалар.xlsx".to_owned(),
        sha256: format!("{n:064x}"),
        mapping: "{\"columns\":{}}".to_owned(),
        state: ImportState::Draft,
        edit: 1,
        n_rows: 3,
        n_added: 0,
        n_changed: 0,
        job: None,
        by: Some(AccountId(id(700))),
        by_name: "Бөлім".to_owned(),
        created_at: at(i64::try_from(n).unwrap_or(0)),
        updated_at: at(1),
        reason: String::new(),
    }
}

fn add(import: &Import) -> Change {
    Change::AddImport(Box::new(import.clone()), vec![0, 159, 255])
}

fn update(import: &Import) -> Change {
    Change::UpdateImport(Box::new(import.clone()))
}

/// Kept with their files, changed by counter; only drafts are thrown away.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn imports_are_kept(store: &dyn Store) {
    let (one, two, far) = (import(1, Some(DISTRICT)), import(2, None), import(3, Some(OTHER)));
    ok(store.apply(vec![add(&one), add(&two), add(&far)]).await);
    assert_eq!(ok(store.find_import_file(id(1)).await), Some(vec![0, 159, 255]));
    let first = ok(store.list_imports(None, &PageRequest::first(2)).await);
    assert_eq!(first.items, [far.clone(), two.clone()]);
    let rest = ok(store.list_imports(None, &PageRequest { limit: 2, after: first.next }).await);
    assert_eq!((rest.items, rest.next), (vec![one.clone()], None));
    let here = ok(store.list_imports(Some(kato(DISTRICT)), &PageRequest::first(9)).await);
    assert_eq!(here.items, std::slice::from_ref(&one));
    let queued = Import { state: ImportState::Queued, edit: 2, job: Some(JobId(id(9))), ..one };
    ok(store.apply(vec![update(&queued)]).await);
    refused(store.apply(vec![update(&queued)]).await, &Conflict::Stale("import"));
    refused(store.apply(vec![update(&import(8, None))]).await, &Conflict::Missing("import"));
    assert_eq!(ok(store.find_import(id(1)).await), Some(queued));
    refused(store.apply(vec![Change::RemoveImport(id(1), 2)]).await, &Conflict::Stale("import"));
    refused(store.apply(vec![Change::RemoveImport(id(2), 7)]).await, &Conflict::Stale("import"));
    ok(store.apply(vec![Change::RemoveImport(id(2), 1)]).await);
    assert_eq!(ok(store.find_import(id(2)).await), None);
    assert_eq!(ok(store.find_import_file(id(2)).await), None);
}

/// What it brought is listed in order, with what stood there before.
pub async fn what_an_import_brought_is_listed(store: &dyn Store) {
    let one = ImportedProject { project: project(2).id, version: 1, before: None };
    let other = ImportedProject { project: project(1).id, version: 7, before: Some("{\"ә\":1}".to_owned()) };
    let listed = vec![one, other];
    ok(store.apply(vec![add(&import(1, None)), Change::AddImported(id(1), listed.clone())]).await);
    assert_eq!(ok(store.list_imported(id(1)).await), listed);
    assert!(ok(store.list_imported(id(2)).await).is_empty());
}

/// A project that nobody has worked on goes without a trace; any other stays.
pub async fn untouched_projects_can_be_taken_back(store: &dyn Store) {
    let (plain, talked) = (project(1), project(2));
    let add = |project: &Project| Change::AddProject(Box::new(project.clone()));
    ok(store.apply(vec![add(&plain), add(&talked)]).await);
    ok(store.apply(vec![Change::AddComment(Box::new(comment(1, 2)), kato(DISTRICT))]).await);
    let gone = |project: &Project, version| vec![Change::RemoveProject(project.id, version)];
    refused(store.apply(gone(&talked, 1)).await, &Conflict::Stale("project"));
    refused(store.apply(gone(&plain, 2)).await, &Conflict::Stale("project"));
    ok(store.apply(gone(&plain, 1)).await);
    refused(store.apply(gone(&plain, 1)).await, &Conflict::Missing("project"));
    assert!(ok(store.find_project(plain.id).await).is_none());
    let all = ProjectFilter::default();
    assert_eq!(ok(store.count_projects(&all).await).n_projects, 1);
    let words = ProjectFilter { keys: vec![akimat_core::fold::fold(&plain.number)], ..all };
    assert!(
        ok(store.list_projects(&words, crate::ProjectSort::Updated, &PageRequest::first(9)).await)
            .items
            .is_empty()
    );
    ok(store.apply(vec![add(&plain)]).await);
}

/// The sections that came with a project go before it; one that somebody changed since keeps both.
pub async fn sections_go_with_their_import(store: &dyn Store) {
    let owner = Project { id: ProjectId(id(501)), ..project(1) };
    let section = |n: u64, version: u32| {
        Change::PutSection(Box::new(super::dossier::section(n, 501, "contract", version)))
    };
    let brought: Vec<ImportedSection> =
        [3, 4].map(|n| ImportedSection { project: owner.id, section: id(n), version: 1 }).to_vec();
    let listed = Change::AddImportedSections(id(1), brought.clone());
    let batch = vec![
        add(&import(1, None)),
        Change::AddProject(Box::new(owner.clone())),
        section(3, 1),
        section(4, 1),
        listed,
    ];
    ok(store.apply(batch).await);
    assert_eq!(ok(store.list_imported_sections(id(1)).await), brought);
    assert!(ok(store.list_imported_sections(id(2)).await).is_empty());
    let back = || {
        vec![
            Change::RemoveSection(owner.id, id(3)),
            Change::RemoveSection(owner.id, id(4)),
            Change::RemoveProject(owner.id, owner.version),
        ]
    };
    refused(store.apply(back().split_off(1)).await, &Conflict::Stale("project"));
    ok(store.apply(vec![section(4, 2)]).await);
    refused(store.apply(back()).await, &Conflict::Stale("section"));
    assert_eq!(ok(store.list_sections(owner.id, &[]).await).len(), 2);
    let foreign = vec![Change::RemoveSection(project(2).id, id(3))];
    refused(store.apply(foreign).await, &Conflict::Stale("section"));
    ok(store.apply(vec![Change::RemoveSection(owner.id, id(3))]).await);
    assert_eq!(ok(store.find_section(id(3)).await), None);
}
