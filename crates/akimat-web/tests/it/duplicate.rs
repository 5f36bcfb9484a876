//! Projects that are registered twice: shown, told apart, made one.

use crate::client::{Answer, Client};
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_core::ProjectId;
use akimat_storage::ProjectFilter;

const HEAD: &str = "number;title_ru;sector;kind;modality;level;place_kato;contractor;year;source;planned\n";

/// Two records of one well and a third of another thing; the first two in the order of their numbers.
async fn twins(town: &Town) -> (ProjectId, ProjectId) {
    let text = format!(
        "{HEAD}D-1;Строительство колодца в ауле Жаңажол;water;infrastructure;budget;district;{DISTRICT};;2027;own;500\n\
         D-2;Строительство колодца, аул Жаңажол;water;infrastructure;budget;district;{DISTRICT};ТОО Су;2028;own;500\n\
         D-3;Ремонт клуба имени Абая;culture;social;budget;district;{DISTRICT};;2027;own;900\n"
    );
    let mapping = akimat_interop::project_register::mapping::Mapping::default();
    let file = ("twins.csv", text.into_bytes());
    let preview = town.app.import_register_as_operator(None, file, &mapping, false).await.unwrap();
    assert_eq!(preview.added.len(), 3, "{preview:?}");
    let all = town.store.list_whole_projects(&ProjectFilter::default(), 50).await.unwrap();
    let id = |number: &str| all.iter().find(|project| project.number == number).unwrap().id;
    (id("D-1"), id("D-2"))
}

async fn decide(client: &Client, path: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let mut sent = vec![("act", act), ("version_one", "1"), ("version_other", "1")];
    sent.extend_from_slice(fields);
    client.post(path, &sent).await
}

/// A pair that nobody has decided about, and a record that became part of another.
pub(crate) async fn keep(town: &Town) {
    let (one, other) = twins(town).await;
    let text = format!(
        "{HEAD}D-4;Строительство колодца в ауле Жаңажол, вторая очередь;water;infrastructure;budget;district;{DISTRICT};;2027;own;500\n"
    );
    let mapping = akimat_interop::project_register::mapping::Mapping::default();
    let file = ("third.csv", text.into_bytes());
    town.app.import_register_as_operator(None, file, &mapping, false).await.unwrap();
    let path = format!("/ru/admin/duplicates/{one}/{other}");
    let stays = one.to_string();
    let fields = [("stays", stays.as_str()), ("reason", "Один и тот же колодец")];
    decide(&town.person("manager").await, &path, "merge", &fields).await.expect(303);
}

#[tokio::test]
async fn a_person_makes_two_records_one_and_both_addresses_lead_there() {
    let town = Town::open().await;
    let (one, other) = twins(&town).await;
    let manager = town.person("manager").await;
    let path = format!("/ru/admin/duplicates/{one}/{other}");
    for lang in ["kk", "ru", "en"] {
        let list = manager.get(&format!("/{lang}/admin/duplicates")).await;
        list.expect(200).says("D-1").says("D-2").says_not("D-3");
        check_page(&list, lang);
        let pair = manager.get(&path.replace("/ru/", &format!("/{lang}/"))).await;
        pair.expect(200).says("D-1").says("ТОО Су");
        check_page(&pair, lang);
    }
    let resident = town.person("resident").await;
    let words = [("body", "Қашан басталады?")];
    resident.post(&format!("/kk/projects/{other}/comments"), &words).await.expect(303);
    let stays = one.to_string();
    let unexplained = decide(&manager, &path, "merge", &[("stays", &stays), ("reason", "")]).await;
    unexplained.expect(422).says("href=\"#f-reason\"");
    check_page(&unexplained, "ru");
    let reason = [("stays", stays.as_str()), ("fill", "yes"), ("reason", "Один и тот же колодец")];
    let merged = decide(&manager, &path, "merge", &reason).await;
    assert!(merged.expect(303).location().starts_with(&format!("/ru/projects/{one}")));
    let page = town.nobody().get(&format!("/ru/projects/{one}")).await;
    page.expect(200).says("ТОО Су").says("Қашан басталады?");
    for (old, new) in [
        (format!("/ru/projects/{other}"), format!("/ru/projects/{one}")),
        (
            format!("/kk/projects/{other}/history?field=money"),
            format!("/kk/projects/{one}/history?field=money"),
        ),
        (format!("/api/v1/projects/{other}"), format!("/api/v1/projects/{one}")),
    ] {
        assert_eq!(town.nobody().get(&old).await.expect(308).location(), new);
    }
    let history = town.nobody().get(&format!("/ru/projects/{one}/history")).await;
    history.expect(200).says("Один и тот же колодец").says("ТОО Су");
    check_page(&history, "ru");
    for lang in ["kk", "ru", "en"] {
        let former = town.nobody().get(&format!("/{lang}/projects/{one}/former/{other}")).await;
        former.expect(200).says("D-2").says("аул Жаңажол");
        check_page(&former, lang);
    }
    town.nobody().get(&format!("/ru/projects/{other}/former/{one}")).await.expect(308);
    decide(&manager, &path, "merge", &reason).await.expect(404);
    manager.get("/ru/admin/duplicates").await.expect(200).says_not("D-2");
}

#[tokio::test]
async fn a_pair_that_is_told_apart_is_not_shown_again() {
    let town = Town::open().await;
    let (one, other) = twins(&town).await;
    let manager = town.person("manager").await;
    let path = format!("/ru/admin/duplicates/{other}/{one}");
    decide(&manager, &path, "apart", &[("reason", " ")]).await.expect(422);
    decide(&manager, &path, "apart", &[("reason", "Разные улицы")]).await.expect(303);
    manager.get("/ru/admin/duplicates").await.expect(200).says_not("D-1");
    let here = ProjectFilter { place: Some(kato(DISTRICT)), ..ProjectFilter::default() };
    assert!(town.store.count_projects(&here).await.unwrap().n_projects >= 3);
}

#[tokio::test]
async fn strangers_and_stale_pages_change_nothing() {
    let town = Town::open().await;
    let (one, other) = twins(&town).await;
    let path = format!("/ru/admin/duplicates/{one}/{other}");
    town.person("resident").await.get(&path).await.expect(403);
    town.person("resident").await.get("/ru/admin/duplicates").await.expect(403);
    let manager = town.person("manager").await;
    let stale = [("reason", "Один"), ("version_one", "1"), ("version_other", "7"), ("act", "merge")];
    manager.post(&path, &stale).await.expect(409);
    manager.get(&format!("/ru/admin/duplicates/{one}/{one}")).await.expect(404);
    manager.get(&format!("/ru/admin/duplicates/{one}/zero")).await.expect(404);
    town.nobody().get(&format!("/ru/projects/{other}")).await.expect(200);
}
