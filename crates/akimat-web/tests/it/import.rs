//! Files of budgets and registers: all of a file or nothing.

use crate::client::{Answer, Client, Sent};
use crate::content::{DISTRICT, OKRUG, OTHER, record};
use crate::files::{register, row, windows_1251, workbook, zip_bomb};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_storage::{BudgetFilter, PageRequest, ProjectFilter};

const PROJECTS: &str = "/ru/admin/imports";
const BUDGET: &str = "/ru/admin/import/budget";

async fn n_projects(town: &Town) -> u64 {
    town.store.count_projects(&ProjectFilter::default()).await.unwrap().n_projects
}

async fn n_budgets(town: &Town) -> usize {
    town.store.list_budgets(&BudgetFilter::default(), &PageRequest::first(200)).await.unwrap().items.len()
}

/// Sends a register and gives the address of its draft.
async fn draft(client: &Client, bytes: &[u8]) -> String {
    let answer = client.upload(PROJECTS, &[], &Sent { name: "r.csv", bytes }).await;
    answer.expect(303).location().to_owned()
}

/// Presses a button of a draft whose page says which edit it shows.
async fn press(client: &Client, path: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = client.get(path).await;
    let edit = between(page.text(), "name=\"edit\" value=\"", "\"").to_owned();
    let mut fields = vec![("act", act), ("edit", edit.as_str())];
    fields.extend_from_slice(more);
    client.post(path, &fields).await
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).map_or("", |(_, rest)| rest);
    rest.split_once(after).map_or("", |(found, _)| found)
}

/// A draft whose file has a wrong row.
pub(crate) async fn keep(town: &Town) {
    let analyst = town.person("analyst").await;
    let wrong = row("R-9", 123_456_789);
    draft(&analyst, &register(&[&row("R-8", OKRUG), &wrong])).await;
}

#[tokio::test]
async fn a_register_is_looked_at_carried_out_and_taken_back() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let (a, b) = (row("R-1", OKRUG), row("R-2", DISTRICT));
    for bytes in [register(&[&a, &b]), workbook(&[&a, &b])] {
        let path = draft(&analyst, &bytes).await;
        for lang in ["kk", "ru", "en"] {
            let page = analyst.get(&path.replace("/ru/", &format!("/{lang}/"))).await;
            page.expect(200).says("R-1").says("R-2");
            check_page(&page, lang);
        }
    }
    assert_eq!(n_projects(&town).await, 9);
    let path = draft(&analyst, &workbook(&[&a, &b])).await;
    press(&analyst, &path, "run", &[]).await.expect(303);
    check_page(&analyst.get(&path).await, "ru");
    assert!(town.app.work_on_next_job(uuid::Uuid::nil()).await.unwrap());
    assert_eq!(n_projects(&town).await, 11);
    let filter = ProjectFilter { keys: akimat_core::fold::search_keys("R-2"), ..ProjectFilter::default() };
    // The words of a number may stand in other projects, too.
    let mut saved = town.store.list_whole_projects(&filter, 5).await.unwrap();
    saved.retain(|project| project.number == "R-2");
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].scores, [("need".to_owned(), 80)]);
    let again = draft(&analyst, &workbook(&[&a, &b])).await;
    press(&analyst, &again, "run", &[]).await.expect(422).says("error-summary");
    let done = analyst.get(&path).await;
    check_page(&done, "ru");
    let unexplained = press(&analyst, &path, "undo", &[("reason", " ")]).await;
    unexplained.expect(422).says("href=\"#f-reason\"");
    press(&analyst, &path, "undo", &[("reason", "Не тот файл")]).await.expect(303);
    assert_eq!(n_projects(&town).await, 9);
    analyst.get(&path).await.expect(200).says("Не тот файл");
    let list = analyst.get(PROJECTS).await;
    list.expect(200).says("r.csv");
    check_page(&list, "ru");
}

#[tokio::test]
async fn problems_of_a_register_name_row_and_column_and_nothing_is_saved() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let good = row("R-1", OKRUG);
    let wrong = good.replace("R-1", "R-2").replace("water", "magic").replace(";80", ";800");
    let path = draft(&manager, &register(&[&good, &wrong])).await;
    for (lang, words) in [("ru", "Строка 3"), ("kk", "3-жол"), ("en", "Row 3")] {
        let page = manager.get(&path.replace("/ru/", &format!("/{lang}/"))).await;
        page.expect(200).says(words).says("sector").says("score_need");
        check_page(&page, lang);
    }
    press(&manager, &path, "run", &[]).await.expect(422).says("error-summary");
    let told = manager.get(&format!("{path}/problems/csv")).await;
    told.expect(200).says("magic").says("Строка 3");
    manager.get(&format!("{path}/problems/xlsx")).await.expect(200);
    manager.get(&format!("{path}/problems/pdf")).await.expect(404);
    let unknown = draft(&manager, &register(&[&good, &row("R-3", 990_109_000)])).await;
    press(&manager, &unknown, "run", &[]).await.expect(422).says("990109000");
    assert_eq!(n_projects(&town).await, 9);
    press(&manager, &unknown, "discard", &[]).await.expect(303);
    manager.get(&unknown).await.expect(404);
}

#[tokio::test]
async fn foreign_columns_are_told_once_and_kept_as_a_profile() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let text = format!("Шифр;Объект;Отрасль;КАТО\n17;Колодец;ВиК;{DISTRICT}\n");
    let path = draft(&manager, text.as_bytes()).await;
    let page = manager.get(&path).await;
    page.expect(200).says("Шифр").says("Объект");
    check_page(&page, "ru");
    let fields = [
        ("header_0", "Шифр"),
        ("column_0", "number"),
        ("header_1", "Объект"),
        ("column_1", "title_ru"),
        ("header_2", "Отрасль"),
        ("column_2", "sector"),
        ("constant_kind", "infrastructure"),
        ("constant_modality", "budget"),
        ("constant_level", "district"),
    ];
    press(&manager, &path, "map", &fields).await.expect(303);
    let page = manager.get(&path).await;
    page.expect(200).says("ВиК");
    check_page(&page, "ru");
    let mut fields = fields.to_vec();
    fields.extend([("strange_column_0", "sector"), ("strange_0", "ВиК"), ("word_0", "water")]);
    press(&manager, &path, "map", &fields).await.expect(303);
    press(&manager, &path, "profile", &[("profile_name", "Отдел строительства")]).await.expect(303);
    manager.get(&path).await.expect(200).says("value=\"run\"");
    press(&manager, &path, "run", &[]).await.expect(303);
    let list = manager.get(PROJECTS).await;
    let profile = between(list.text(), "<option value=\"0", "\"");
    assert!(list.text().contains("Отдел строительства") && !profile.is_empty());
    let fields = [("profile", format!("0{profile}"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let next = text.replace("17;Колодец", "18;Скважина");
    let answer = manager.upload(PROJECTS, &fields, &Sent { name: "next.csv", bytes: next.as_bytes() }).await;
    let second = answer.expect(303).location().to_owned();
    manager.get(&second).await.expect(200).says("value=\"run\"");
}

#[tokio::test]
async fn templates_are_in_the_language_of_who_asks_and_come_back_as_they_are() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    for lang in ["kk", "ru", "en"] {
        for format in ["xlsx", "csv"] {
            let path = format!("/{lang}/admin/imports/template/{format}");
            let bytes = manager.get(&path).await.expect(200).body.clone();
            let path = draft(&manager, &bytes).await;
            manager.get(&path).await.expect(200).says("value=\"run\"");
        }
    }
    manager.get("/ru/admin/imports/template/exe").await.expect(404);
    town.person("resident").await.get("/ru/admin/imports/template/csv").await.expect(403);
}

#[tokio::test]
async fn nobody_imports_into_another_territory() {
    let town = Town::open().await;
    let bytes = register(&[&row("R-1", DISTRICT)]);
    let other = town.person("other-analyst").await;
    let foreign = draft(&other, &bytes).await;
    press(&other, &foreign, "run", &[]).await.expect(422).says(&DISTRICT.to_string());
    let analyst = town.person("analyst").await;
    let mixed = draft(&analyst, &register(&[&row("R-1", DISTRICT), &row("R-2", OTHER)])).await;
    press(&analyst, &mixed, "run", &[]).await.expect(422).says(&OTHER.to_string());
    analyst.get(&foreign).await.expect(403);
    town.person("resident").await.get(&mixed).await.expect(403);
    let acts = town.n_acts().await;
    let budget = serde_json::to_vec(&record("x", DISTRICT, 2026, 0)).unwrap();
    let budget = Sent { name: "b.json", bytes: &budget };
    other.upload(BUDGET, &[("act", "save")], &budget).await.expect(403);
    town.person("manager").await.upload(BUDGET, &[("act", "save")], &budget).await.expect(403);
    assert_eq!((n_projects(&town).await, n_budgets(&town).await, town.n_acts().await), (9, 13, acts));
}

#[tokio::test]
async fn a_budget_with_contradictions_is_saved_and_shows_them() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let bytes = serde_json::to_vec(&record("samal-2026", DISTRICT, 2026, 2_000)).unwrap();
    let file = Sent { name: "../../бюджет 2026.json", bytes: &bytes };
    let checked = analyst.upload(BUDGET, &[("act", "check")], &file).await;
    checked.expect(200).says("finding");
    check_page(&checked, "ru");
    assert_eq!(n_budgets(&town).await, 13);
    let saved = analyst.upload(BUDGET, &[("act", "save")], &file).await;
    let page = saved.expect(303).location().split('?').next().unwrap().to_owned();
    for lang in ["kk", "ru", "en"] {
        let shown = town.nobody().get(&page.replace("/ru/", &format!("/{lang}/"))).await;
        shown.expect(200).says("finding").says("бюджет 2026.json").says_not("../");
        check_page(&shown, lang);
    }
    // The same file again is no harm; another file under the same name is a contradiction of sources.
    let again = analyst.upload(BUDGET, &[("act", "save")], &file).await;
    assert_eq!(again.expect(303).location().split('?').next(), Some(page.as_str()));
    let other = serde_json::to_vec(&record("samal-2026", DISTRICT, 2026, 0)).unwrap();
    let other = Sent { name: "b.json", bytes: &other };
    analyst.upload(BUDGET, &[("act", "save")], &other).await.expect(422).says("href=\"#f-key\"");
    assert_eq!(n_budgets(&town).await, 14);
}

#[tokio::test]
async fn a_decision_of_a_maslikhat_is_read_with_what_the_form_adds() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let text = "Категория;;;;Наименование;Сумма, тысяч тенге\n;Класс;;;;\n;;Подкласс;;;\n;;;Специфика;;\n\
                ;;;;I. Доходы;1 000,5\n1;;;;Налоговые поступления;300,5\n4;;;;Поступления трансфертов;700\n";
    let bytes = windows_1251(text);
    let file = Sent { name: "annex.csv", bytes: &bytes };
    let form = [("act", "save"), ("place", "990103000"), ("year", "2026"), ("level", "4"), ("key", "annex")];
    let saved = analyst.upload(BUDGET, &form, &file).await;
    let page = saved.expect(303).location().split('?').next().unwrap().to_owned();
    town.nobody().get(&page).await.expect(200).says("Налоговые поступления");
    let heads = BudgetFilter { place: Some(kato(OKRUG)), year: Some(2026) };
    assert_eq!(town.store.list_budgets(&heads, &PageRequest::first(5)).await.unwrap().items.len(), 1);
    for (field, value) in [("place", "12"), ("year", "20"), ("year", "99999999999")] {
        let form = [("act", "save"), (field, value)];
        let answer = analyst.upload(BUDGET, &form, &file).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\""));
        check_page(&answer, "ru");
    }
    let empty = analyst.upload(BUDGET, &[("act", "save")], &Sent { name: "", bytes: b"" }).await;
    empty.expect(422).says("href=\"#f-file\"");
}

#[tokio::test]
async fn hostile_files_are_refused_with_a_sentence_and_nothing_is_written() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let good = workbook(&[&row("R-1", DISTRICT)]);
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend("число;1\n".encode_utf16().flat_map(u16::to_le_bytes));
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a zip bomb", zip_bomb(300)),
        ("half a workbook", good[..good.len() / 2].to_vec()),
        ("the end of a workbook", good[good.len() / 2..].to_vec()),
        ("binary junk", (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()),
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec()),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("another table", windows_1251("Имя;Возраст\nАйгуль;30\n")),
        ("other letters", utf16),
        ("zeros", vec![0; 50_000]),
        ("deep brackets", vec![b'['; 200_000]),
        ("one endless line", vec![b';'; 1_000_000]),
        ("a formula", b"=cmd|' /C calc'!A0".to_vec()),
    ];
    for (name, bytes) in &files {
        let answer = analyst.upload(BUDGET, &[("act", "save")], &Sent { name, bytes }).await;
        assert_eq!(answer.status, 422, "{name}");
        check_page(&answer, "ru");
        let told = answer.text().contains("<td>") || answer.text().contains("error-summary");
        assert!(told, "{name}: no sentence");
        // A table of something else is a draft whose columns wait to be told; it cannot be carried out.
        let answer = analyst.upload(PROJECTS, &[], &Sent { name, bytes }).await;
        if answer.status == 303 {
            let refused = press(&analyst, answer.location(), "run", &[]).await;
            assert_eq!(refused.status, 422, "{name}");
            check_page(&refused, "ru");
        } else {
            assert_eq!(answer.status, 422, "{name}");
            check_page(&answer, "ru");
            assert!(answer.text().contains("error-summary"), "{name}: no sentence");
        }
    }
    let kept = town.store.list_imports(None, &PageRequest::first(50)).await.unwrap();
    assert!(kept.items.len() <= 3, "{:?}", kept.items.len());
    assert_eq!((n_projects(&town).await, n_budgets(&town).await), (9, 13));
}

#[tokio::test]
async fn many_projects_are_changed_at_once_and_taken_back() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    for lang in ["kk", "ru", "en"] {
        let page = manager.get(&format!("/{lang}/admin/bulk")).await;
        page.expect(200).says("S-2");
        check_page(&page, lang);
    }
    let ids = [town.project("S-2").to_string(), town.project("S-7").to_string()];
    let chosen = [("id", ids[0].as_str()), ("id", ids[1].as_str())];
    let none = manager.post("/ru/admin/bulk", &[("reason", "Проверка")]).await;
    none.expect(422).says("error-summary");
    check_page(&none, "ru");
    for (field, value) in [("shift", "0"), ("shift", "x"), ("set_ends_on", "31.31.2027"), ("reason", "")] {
        let mut fields = chosen.to_vec();
        fields.extend([("set_contractor", "ТОО Жол"), ("reason", "Решение"), (field, value)]);
        let fields: Vec<(&str, &str)> = fields.iter().rev().copied().collect();
        let answer = manager.post("/ru/admin/bulk", &fields).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\""));
    }
    let mut fields = chosen.to_vec();
    fields.extend([("set_contractor", "ТОО Жол"), ("reason", "Решение комиссии")]);
    let begun = manager.post("/ru/admin/bulk", &fields).await;
    let path = begun.expect(303).location().to_owned();
    manager.get(&path).await.expect(200).says("ТОО Жол").says("Решение комиссии");
    press(&manager, &path, "run", &[]).await.expect(303);
    assert!(town.app.work_on_next_job(uuid::Uuid::nil()).await.unwrap());
    let changed =
        ProjectFilter { keys: akimat_core::fold::search_keys("Жол"), ..ProjectFilter::default() };
    assert_eq!(town.store.list_whole_projects(&changed, 9).await.unwrap().len(), 2);
    press(&manager, &path, "undo", &[("reason", "Ошибка")]).await.expect(303);
    assert_eq!(town.store.list_whole_projects(&changed, 9).await.unwrap().len(), 0);
    town.person("resident").await.get("/ru/admin/bulk").await.expect(403);
}

#[tokio::test]
async fn the_register_goes_out_and_comes_back_as_it_was() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    for lang in ["kk", "ru", "en"] {
        for format in ["csv", "xlsx"] {
            let bytes = manager.get(&format!("/{lang}/admin/bulk/{format}")).await.expect(200).body.clone();
            let begun = manager.upload(PROJECTS, &[], &Sent { name: "r", bytes: &bytes }).await;
            let id = begun.expect(303).location().rsplit('/').next().unwrap().parse().unwrap();
            let import = town.store.find_import(id).await.unwrap().unwrap();
            let preview = town.app.preview_import(&import).await.unwrap();
            assert!(preview.problems.is_empty() && preview.faults.is_empty(), "{preview:?}");
            assert_eq!((preview.added.len(), preview.changed.len()), (0, 0), "{lang} {format} {preview:?}");
            assert!(preview.n_same > 5);
        }
    }
    manager.get("/ru/admin/bulk/pdf").await.expect(404);
}
