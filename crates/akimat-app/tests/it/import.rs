//! Files of projects from the first look to the undoing.

use crate::village::{DISTRICT, OTHER, Village, kato};
use akimat_app::AppError;
use akimat_app::import::{Begun, Preview, template_labels};
use akimat_core::{Lang, Money};
use akimat_interop::project_register::mapping::Mapping;
use akimat_interop::project_register::template::template_workbook;
use akimat_project::Status;
use akimat_storage::import::{Import, ImportState};
use akimat_storage::{Conflict, PageRequest, ProjectFilter};
use std::collections::BTreeMap;
use uuid::Uuid;

const HEAD: &str =
    "number;title_ru;sector;kind;modality;level;status;place_kato;contractor;year;source;planned\n";

async fn begin(village: &Village, text: &str) -> Uuid {
    let actor = village.actor("manager");
    let mapping = Mapping::default();
    match village.app.begin_import(actor, "жобалар.csv", text.as_bytes().to_vec(), &mapping).await.unwrap()
    {
        Begun::Kept(id) => id,
        Begun::Unreadable(problems) => panic!("{problems:?}"),
    }
}

async fn look(village: &Village, id: Uuid) -> (Import, Preview) {
    let import = village.app.import_to_work(village.actor("manager"), id).await.unwrap();
    let preview = village.app.preview_import(&import).await.unwrap();
    (import, preview)
}

async fn run(village: &Village, id: Uuid) -> Import {
    let (import, _) = look(village, id).await;
    village.app.run_import(village.actor("manager"), id, import.edit).await.unwrap();
    assert!(village.app.work_on_next_job(Uuid::from_u128(7)).await.unwrap());
    look(village, id).await.0
}

async fn contractor(village: &Village, number: &str) -> Option<(String, u32, Option<Money>)> {
    let filter = ProjectFilter { place: Some(kato(DISTRICT)), ..ProjectFilter::default() };
    let all = village.app.read().list_whole_projects(&filter, 200).await.unwrap();
    let found = all.into_iter().find(|project| project.number == number)?;
    let planned = found.totals().0;
    Some((found.contractor, found.version, planned))
}

#[tokio::test]
async fn a_file_adds_changes_and_is_taken_back() {
    let village = Village::open().await;
    let text = format!(
        "{HEAD}N-1;Водопровод в селе Самал;water;infrastructure;budget;district;;;ТОО Су;2027;own;5\n\
         V-4;;water;infrastructure;budget;district;;;ТОО Мост;2027;own;1000000\n\
         V-7;;water;infrastructure;budget;district;;;;;;\n"
    );
    let id = begin(&village, &text).await;
    let (_, preview) = look(&village, id).await;
    assert!(preview.is_clean(), "{preview:?}");
    assert_eq!((preview.added.len(), preview.changed.len(), preview.n_same), (1, 1, 1));
    let paths: Vec<&str> = preview.changed[0].changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["contractor"]);
    assert_eq!(contractor(&village, "N-1").await, None);
    let done = run(&village, id).await;
    assert_eq!((done.state, done.n_added, done.n_changed), (ImportState::Done, 1, 1));
    assert_eq!(contractor(&village, "N-1").await, Some(("ТОО Су".to_owned(), 1, Money::from_tenge(5))));
    assert_eq!(contractor(&village, "V-4").await.unwrap().0, "ТОО Мост");
    let app = &village.app;
    let unexplained = app.undo_import(village.actor("manager"), id, done.edit, " ").await;
    assert!(matches!(unexplained, Err(AppError::Invalid(_))));
    assert!(app.import_obstacles(&done).await.unwrap().is_empty());
    app.undo_import(village.actor("manager"), id, done.edit, "Қате файл").await.unwrap();
    assert_eq!(contractor(&village, "N-1").await, None);
    assert_eq!(contractor(&village, "V-4").await.unwrap().0, "");
    assert_eq!(look(&village, id).await.0.state, ImportState::Undone);
}

#[tokio::test]
async fn what_somebody_has_worked_on_is_not_taken_back() {
    let village = Village::open().await;
    let text = format!(
        "{HEAD}N-1;Клуб;culture;social;budget;local;;;;;;\nN-2;Парк;culture;social;budget;local;;;;;;\n"
    );
    let id = begin(&village, &text).await;
    let done = run(&village, id).await;
    let filter = ProjectFilter { keys: vec!["парк".to_owned()], ..ProjectFilter::default() };
    let park = village.app.read().list_whole_projects(&filter, 1).await.unwrap().remove(0);
    let edited = akimat_project::Project { contractor: "ТОО Жасыл".to_owned(), ..park };
    village
        .app
        .edit_project(village.actor("manager"), edited, akimat_app::project::edit::EditNote::default())
        .await
        .unwrap();
    assert_eq!(village.app.import_obstacles(&done).await.unwrap(), ["N-2"]);
    let refused = village.app.undo_import(village.actor("manager"), id, done.edit, "Қате").await;
    assert!(matches!(refused, Err(AppError::Conflict(Conflict::Stale("project")))), "{refused:?}");
    assert!(contractor(&village, "N-1").await.is_some());
    assert_eq!(look(&village, id).await.0.state, ImportState::Done);
}

#[tokio::test]
async fn faults_are_told_by_row_and_nothing_goes_in() {
    let village = Village::open().await;
    let text = format!(
        "{HEAD}N-1;Клуб;culture;social;budget;local;;{OTHER};;;;\n\
         N-2;Клуб;culture;social;budget;local;;611010000;;;;\n\
         R-1;;water;infrastructure;budget;district;idea;;;;;\n"
    );
    let id = begin(&village, &text).await;
    let (import, preview) = look(&village, id).await;
    let told: Vec<_> = preview.faults.iter().map(|fault| (fault.row, fault.fault.key)).collect();
    assert_eq!(
        told,
        [(2, "import-place-foreign"), (3, "field-place-unknown"), (4, "import-move-impossible")]
    );
    let refused = village.app.run_import(village.actor("manager"), id, import.edit).await;
    assert!(matches!(refused, Err(AppError::Invalid(_))));
    for login in ["resident", "akim"] {
        let seen = village.app.import_to_work(village.actor(login), id).await;
        assert!(matches!(seen, Err(AppError::Forbidden)), "{login}");
    }
    assert!(village.app.import_to_work(village.actor("stranger"), id).await.is_err());
    village.app.discard_import(village.actor("manager"), id, import.edit).await.unwrap();
    assert!(matches!(
        village.app.import_to_work(village.actor("manager"), id).await,
        Err(AppError::NotFound(_))
    ));
}

#[tokio::test]
async fn a_mapping_makes_a_foreign_file_ours_and_twins_are_named() {
    let village = Village::open().await;
    let id = begin(&village, "Шифр;Объект;Отрасль\n17;V-9;вода\n").await;
    let (import, preview) = look(&village, id).await;
    assert_eq!(preview.look.missing, ["number", "kind", "modality", "level"]);
    let pairs = |list: &[(&str, &str)]| -> BTreeMap<String, String> {
        list.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    };
    let mapping = Mapping {
        columns: pairs(&[("Шифр", "number"), ("Объект", "title_ru")]),
        values: BTreeMap::from([("sector".to_owned(), pairs(&[("вода", "water")]))]),
        constants: pairs(&[("kind", "infrastructure"), ("modality", "budget"), ("level", "district")]),
        header_row: None,
    };
    village.app.map_import(village.actor("manager"), id, import.edit, &mapping).await.unwrap();
    let stale = village.app.map_import(village.actor("manager"), id, import.edit, &mapping).await;
    assert!(matches!(stale, Err(AppError::Conflict(Conflict::Stale("import")))));
    let (_, preview) = look(&village, id).await;
    assert!(preview.is_clean(), "{preview:?}");
    assert_eq!(preview.added[0].1.status, Status::Idea);
    assert_eq!(preview.twins.len(), 1);
    assert_eq!(preview.twins[0].like_number, "V-9");
}

#[tokio::test]
async fn templates_of_every_language_are_read_as_they_are() {
    let village = Village::open().await;
    for lang in Lang::ALL {
        let (labels, words) = template_labels(lang);
        let book = template_workbook(&labels, &words).unwrap();
        let actor = village.actor("manager");
        let begun = village.app.begin_import(actor, "t.xlsx", book, &Mapping::default()).await.unwrap();
        let Begun::Kept(id) = begun else { panic!("{begun:?}") };
        let (_, preview) = look(&village, id).await;
        assert!(preview.is_clean(), "{lang:?} {:?} {:?}", preview.problems, preview.look);
        assert_eq!(preview.added[0].1.totals().0, Money::from_tenge(25_000_000));
        assert_eq!(preview.added[0].1.status, Status::Planned);
    }
}

#[tokio::test]
async fn the_numbers_of_registered_projects_are_enough() {
    let village = Village::open().await;
    let id = begin(&village, "номер;год;источник;оплачено;единица\nV-4;2027;own;1200;тыс. тенге\n").await;
    let (_, preview) = look(&village, id).await;
    assert!(preview.is_clean() && preview.look.missing.is_empty(), "{preview:?}");
    let paths: Vec<&str> = preview.changed[0].changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["money"]);
    let text = format!("{HEAD}V-4;;;;;;;;;;;\nV-4;;;;;;;;;2027;own;-5\n");
    let (_, preview) = look(&village, begin(&village, &text).await).await;
    assert_eq!((preview.problems.len(), preview.changed.len()), (1, 0), "{preview:?}");
    let reversed = "number;starts_on;ends_on\nV-4;2027-05-01;2027-04-30\n";
    let (_, preview) = look(&village, begin(&village, reversed).await).await;
    assert!(!preview.is_clean());
}

#[tokio::test]
async fn what_cannot_be_opened_is_not_kept() {
    let village = Village::open().await;
    let actor = village.actor("manager");
    let mapping = Mapping::default();
    let begun =
        village.app.begin_import(actor, "a.xlsx", b"PK\x03\x04junk".to_vec(), &mapping).await.unwrap();
    assert!(matches!(begun, Begun::Unreadable(problems) if !problems.is_empty()));
    let kept = village.app.read().list_imports(None, &PageRequest::first(5)).await.unwrap();
    assert!(kept.items.is_empty());
}
