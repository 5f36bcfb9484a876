//! Files of budgets and registers: all of a file or nothing.

use crate::client::Sent;
use crate::content::{DISTRICT, OKRUG, OTHER, record};
use crate::files::{register, row, windows_1251, workbook, zip_bomb};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_storage::{BudgetFilter, PageRequest, ProjectFilter};

const PROJECTS: &str = "/ru/admin/import/projects";
const BUDGET: &str = "/ru/admin/import/budget";

async fn n_projects(town: &Town) -> u64 {
    town.store.count_projects(&ProjectFilter::default()).await.unwrap().n_projects
}

async fn n_budgets(town: &Town) -> usize {
    town.store.list_budgets(&BudgetFilter::default(), &PageRequest::first(200)).await.unwrap().items.len()
}

#[tokio::test]
async fn a_register_is_checked_first_and_saved_when_asked() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let (a, b) = (row("R-1", OKRUG), row("R-2", DISTRICT));
    for bytes in [register(&[&a, &b]), workbook(&[&a, &b])] {
        let answer = analyst.upload(PROJECTS, &[("act", "check")], &Sent { name: "r", bytes: &bytes }).await;
        answer.expect(200).says("R-1").says("R-2");
        check_page(&answer, "ru");
        assert_eq!(n_projects(&town).await, 9);
    }
    let bytes = workbook(&[&a, &b]);
    let file = Sent { name: "r.xlsx", bytes: &bytes };
    analyst.upload(PROJECTS, &[("act", "save")], &file).await.expect(303);
    assert_eq!(n_projects(&town).await, 11);
    let filter = ProjectFilter { keys: akimat_core::fold::search_keys("R-2"), ..ProjectFilter::default() };
    let saved = town.store.list_whole_projects(&filter, 5).await.unwrap();
    assert_eq!(saved.iter().map(|project| project.number.as_str()).collect::<Vec<_>>(), ["R-2"]);
    assert_eq!(saved[0].scores, [("need".to_owned(), 80)]);
    let twice = analyst.upload(PROJECTS, &[("act", "save")], &file).await;
    twice.expect(422).says("href=\"#f-file\"");
    assert_eq!(n_projects(&town).await, 11);
}

#[tokio::test]
async fn problems_of_a_register_name_row_and_column_and_nothing_is_saved() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let good = row("R-1", OKRUG);
    let wrong = good.replace("R-1", "R-2").replace("water", "magic").replace(";80", ";800");
    for act in ["check", "save"] {
        let bytes = register(&[&good, &wrong]);
        let answer = manager.upload(PROJECTS, &[("act", act)], &Sent { name: "r.csv", bytes: &bytes }).await;
        answer.expect(422).says("Строка 3").says("sector").says("score_need");
        check_page(&answer, "ru");
    }
    for (lang, words) in [("kk", "3-жол"), ("en", "Row 3")] {
        let path = PROJECTS.replace("/ru/", &format!("/{lang}/"));
        let bytes = register(&[&good, &wrong]);
        let answer = manager.upload(&path, &[], &Sent { name: "r.csv", bytes: &bytes }).await;
        answer.expect(422).says(words);
        check_page(&answer, lang);
    }
    let unknown = register(&[&good, &row("R-3", 990_109_000)]);
    let answer = manager.upload(PROJECTS, &[("act", "save")], &Sent { name: "r.csv", bytes: &unknown }).await;
    answer.expect(422).says("990109000");
    let taken = register(&[&good, &row("S-2", DISTRICT)]);
    manager.upload(PROJECTS, &[("act", "save")], &Sent { name: "r", bytes: &taken }).await.expect(422);
    assert_eq!(n_projects(&town).await, 9);
}

#[tokio::test]
async fn nobody_imports_into_another_territory() {
    let town = Town::open().await;
    let acts = town.n_acts().await;
    let bytes = register(&[&row("R-1", DISTRICT)]);
    let file = Sent { name: "r.csv", bytes: &bytes };
    town.person("other-analyst").await.upload(PROJECTS, &[("act", "save")], &file).await.expect(403);
    let mixed = register(&[&row("R-1", DISTRICT), &row("R-2", OTHER)]);
    let mixed = Sent { name: "r.csv", bytes: &mixed };
    town.person("analyst").await.upload(PROJECTS, &[("act", "save")], &mixed).await.expect(403);
    let budget = serde_json::to_vec(&record("x", DISTRICT, 2026, 0)).unwrap();
    let budget = Sent { name: "b.json", bytes: &budget };
    town.person("other-analyst").await.upload(BUDGET, &[("act", "save")], &budget).await.expect(403);
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
    let (acts, good) = (town.n_acts().await, workbook(&[&row("R-1", DISTRICT)]));
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
        for path in [PROJECTS, BUDGET] {
            let answer = analyst.upload(path, &[("act", "save")], &Sent { name, bytes }).await;
            assert_eq!(answer.status, 422, "{name} at {path}");
            check_page(&answer, "ru");
            let told = answer.text().contains("<td>") || answer.text().contains("error-summary");
            assert!(told, "{name} at {path}: no sentence");
        }
    }
    assert_eq!((n_projects(&town).await, n_budgets(&town).await, town.n_acts().await), (9, 13, acts));
}
