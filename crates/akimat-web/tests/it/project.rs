//! Managers register, edit and report.

use crate::content::{DISTRICT, OTHER};
use crate::html::{check_page, values};
use crate::town::{Town, kato};
use akimat_project::{Project, Status};
use akimat_storage::{PageRequest, ProjectFilter, ProjectSort};

/// A right form for a new project.
pub(crate) const NEW: [(&str, &str); 15] = [
    ("number", "N-1"),
    ("place", "990103000"),
    ("title_ru", "Водопровод"),
    ("title_kk", "Су құбыры"),
    ("sector", "water"),
    ("kind", "infrastructure"),
    ("modality", "budget"),
    ("level", "local"),
    ("starts_on", "2027-01-01"),
    ("ends_on", "2027-12-31"),
    ("lat", "44.6"),
    ("lon", "69,4"),
    ("money_year_0", "2027"),
    ("money_source_0", "own"),
    ("money_planned_0", "1 500,5"),
];

/// The form with some fields written otherwise, or more fields.
pub(crate) fn with<'a>(form: &[(&'a str, &'a str)], other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> =
        form.iter().filter(|(name, _)| !other.iter().any(|(o, _)| o == name)).copied().collect();
    fields.extend_from_slice(other);
    fields
}

async fn stored(town: &Town, number: &str) -> Option<Project> {
    let filter = ProjectFilter::default();
    let all = town.store.list_whole_projects(&filter, 1_000).await.unwrap();
    all.into_iter().find(|project| project.number == number)
}

#[tokio::test]
async fn a_manager_registers_a_project() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let answer = client.post("/ru/admin/projects/new", &NEW).await;
    let page = answer.expect(303).location().to_owned();
    let project = stored(&town, "N-1").await.unwrap();
    assert_eq!((project.status, project.version, project.invented), (Status::Idea, 1, false));
    assert_eq!(project.manager, Some(town.people["manager"].id));
    assert_eq!(project.location.map(|p| (p.lat_e6, p.lon_e6)), Some((44_600_000, 69_400_000)));
    let shown = town.nobody().get(page.split('?').next().unwrap()).await;
    shown.expect(200).says("Водопровод").says("Кеңсе «manager»");
    check_page(&shown, "ru");
}

#[tokio::test]
async fn wrong_fields_are_all_listed_and_nothing_is_kept() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    for (other, field) in [
        (("number", ""), "number"),
        (("number", "S-2"), "number"),
        (("place", "12"), "place"),
        (("place", "999999999"), "place"),
        (("sector", "magic"), "sector"),
        (("kind", ""), "kind"),
        (("starts_on", "31.02.2027"), "starts_on"),
        (("ends_on", "2026-01-01"), "ends_on"),
        (("lat", "91"), "lat"),
        (("lat", "north"), "lat"),
        (("money_planned_0", "1.2.3"), "money_planned_0"),
        (("money_planned_0", "-5"), "money_planned_0"),
        (("money_year_0", "20270"), "money_year_0"),
        (("score_need", "101"), "score_need"),
        (("score_need", "-1"), "score_need"),
        (("money_planned_0", "92233720368547758.07"), "money_planned_0"),
    ] {
        let place = if other.0 == "number" { DISTRICT.to_string() } else { "990103000".to_owned() };
        let mut changed = vec![other];
        if other.0 != "place" {
            changed.push(("place", &place));
        }
        let answer = client.post("/en/admin/projects/new", &with(&NEW, &changed)).await;
        if other == ("place", "999999999") {
            assert!([403, 422].contains(&answer.status.as_u16()));
            continue;
        }
        answer.expect(422).says(&format!("href=\"#f-{field}\"")).says("value=\"Водопровод\"");
        check_page(&answer, "en");
    }
    let two = client.post("/en/admin/projects/new", &with(&NEW, &[("number", ""), ("lat", "100")])).await;
    two.expect(422).says("href=\"#f-number\"").says("href=\"#f-lat\"");
    let long = "ү".repeat(301);
    client.post("/en/admin/projects/new", &with(&NEW, &[("title_kk", &long)])).await.expect(422);
    client.post("/en/admin/projects/new", &[]).await.expect(422);
    assert_eq!(stored(&town, "N-1").await, None);
}

#[tokio::test]
async fn a_manager_works_at_home_only() {
    let town = Town::open().await;
    let other = town.person("other-manager").await;
    other.post("/ru/admin/projects/new", &with(&NEW, &[("place", "990100000")])).await.expect(403);
    let id = town.project("S-2");
    for path in ["edit", "progress"] {
        let path = format!("/ru/admin/projects/{id}/{path}");
        other.get(&path).await.expect(403);
        other.post(&path, &NEW).await.expect(403);
    }
    let manager = town.person("manager").await;
    let away = OTHER.to_string();
    let edit = format!("/ru/admin/projects/{id}/edit");
    manager.post(&edit, &with(&NEW, &[("place", &away), ("version", "1")])).await.expect(403);
    assert_eq!(stored(&town, "S-2").await.unwrap().place, kato(DISTRICT));
    for wrong in ["x".to_owned(), uuid::Uuid::nil().to_string()] {
        manager.get(&format!("/ru/admin/projects/{wrong}/edit")).await.expect(404);
        manager.post(&format!("/ru/admin/projects/{wrong}/progress"), &[]).await.expect(404);
    }
}

#[tokio::test]
async fn an_edit_keeps_what_the_form_shows_and_hears_of_others() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let path = format!("/ru/admin/projects/{}/edit", town.project("S-7"));
    let shown = client.get(&path).await;
    let tags = check_page(&shown, "ru");
    assert_eq!(values(&tags, "version"), ["1"]);
    assert_eq!(values(&tags, "money_planned_0"), ["40000"]);
    let before = stored(&town, "S-7").await.unwrap();
    let sent = crate::html::fields(&tags, "version");
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let edit = with(&sent, &[("contractor", "ТОО «Мост»")]);
    client.post_bare(&path, &edit).await.expect(303);
    let after = stored(&town, "S-7").await.unwrap();
    let expected = Project { contractor: "ТОО «Мост»".to_owned(), version: 2, ..before };
    assert_eq!(Project { updated_at: expected.updated_at, ..after }, expected, "the rest stays as it was");

    // The same once more is no quarrel; something else in the same field is.
    client.post_bare(&path, &edit).await.expect(303);
    let otherwise = with(&edit, &[("contractor", "ТОО «Берег»")]);
    let late = client.post_bare(&path, &otherwise).await;
    late.expect(409).says("ТОО «Берег»").says("ТОО «Мост»");
    check_page(&late, "ru");
    for version in ["", "0", "-1", "4294967296", "x"] {
        client.post_bare(&path, &with(&otherwise, &[("version", version)])).await.expect(409);
    }
    assert_eq!(stored(&town, "S-7").await.unwrap().contractor, "ТОО «Мост»");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_edits_at_once_one_is_kept() {
    let town = Town::open().await;
    let path = format!("/ru/admin/projects/{}/edit", town.project("S-2"));
    let mut posts = tokio::task::JoinSet::new();
    for at in 0..8 {
        let (client, path) = (town.person("manager").await, path.clone());
        posts.spawn(async move {
            let contractor = format!("Подрядчик {at}");
            let why = [("reason", "Уточнение сметы"), ("basis_kind", "Решение"), ("basis_number", "7")];
            let mut edit = with(&NEW, &[("number", "S-2"), ("version", "1"), ("contractor", &contractor)]);
            edit.extend(why);
            client.post(&path, &edit).await.status.as_u16()
        });
    }
    let mut statuses = posts.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(stored(&town, "S-2").await.unwrap().version, 2);
}

#[tokio::test]
async fn a_report_moves_the_project_and_stops_need_reasons() {
    let town = Town::open().await;
    let client = town.person("manager").await;
    let id = town.project("S-7");
    let path = format!("/en/admin/projects/{id}/progress");
    check_page(&client.get(&path).await, "en");
    let report =
        [("version", "1"), ("progress_pct", "55"), ("status", "implementing"), ("body", "Екінші тірек")];
    for (other, field) in [
        (("progress_pct", "101"), "progress_pct"),
        (("progress_pct", ""), "progress_pct"),
        (("progress_pct", "-1"), "progress_pct"),
        (("status", "flying"), "status"),
        (("status", "idea"), "status"),
        (("status", "suspended"), "reason"),
    ] {
        let answer = client.post(&path, &with(&report, &[other])).await;
        answer.expect(422).says(&format!("href=\"#f-{field}\"")).says("Екінші тірек");
        check_page(&answer, "en");
    }
    let nothing = [("version", "1"), ("progress_pct", "40"), ("status", "implementing"), ("body", " ")];
    client.post(&path, &nothing).await.expect(422);

    client.post(&path, &report).await.expect(303);
    client.post(&path, &report).await.expect(409);
    let stop = [("version", "2"), ("progress_pct", "55"), ("status", "suspended"), ("reason", "Паводок")];
    client.post(&path, &stop).await.expect(303);
    let project = stored(&town, "S-7").await.unwrap();
    assert_eq!((project.status, project.progress_pct, project.version), (Status::Suspended, 55, 3));
    let shown = town.nobody().get(&format!("/en/projects/{id}")).await;
    shown.says("Екінші тірек").says("Паводок").says("Кеңсе «manager»");
}

#[tokio::test]
async fn filters_of_the_list_mean_what_they_say() {
    let town = Town::open().await;
    for (query, shown, not_shown) in [
        ("", "S-2", "nothing at all"),
        ("status=appraisal", "S-2", "Мост S-7"),
        ("status=appraisal&status=implementing", "Мост S-7", "Мост S-8"),
        ("place=990103000", "Мост S-7", "Мост S-2"),
        ("q=%D0%BC%D0%BE%D1%81%D1%82+s-4", "Мост S-4", "Мост S-5"),
        ("year=2028&sort=planned", "Мост S-3", "Мост S-8"),
        ("year=1999", "projects", "Мост"),
        ("sector=health", "projects", "Мост"),
        ("sort=planned", "Мост S-7", "nothing at all"),
        ("status=unknown&sort=unknown&place=1", "Мост S-7", "nothing at all"),
    ] {
        let answer = town.nobody().get(&format!("/ru/projects?{query}")).await;
        answer.expect(200).says(shown).says_not(not_shown);
        check_page(&answer, "ru");
    }
}

#[tokio::test]
async fn a_long_list_goes_on_with_its_filter() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    for at in 0..25 {
        let number = format!("N-{at:02}");
        let form = with(&NEW, &[("number", &number), ("title_ru", &number), ("another", "yes")]);
        manager.post("/ru/admin/projects/new", &form).await.expect(303);
    }
    let mut path = "/ru/projects?sector=water&sort=planned".to_owned();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let answer = town.nobody().get(&path).await;
        let tags = check_page(&answer, "ru");
        seen.extend((0..25).filter(|at| answer.text().contains(&format!("N-{at:02}"))));
        let links = crate::html::links(&tags, true);
        match links
            .into_iter()
            .find(|link| link.contains("after=") && link.starts_with("/ru/projects?") && *link != path)
        {
            Some(next) => path = next,
            None => break,
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..25).collect::<Vec<_>>());
    let file = town.nobody().get("/ru/projects/download/csv?sector=water").await;
    assert_eq!(file.expect(200).text().lines().count(), 26);
    assert!(file.text().starts_with('\u{feff}'));
    let filter = ProjectFilter::default();
    let page =
        town.store.list_projects(&filter, ProjectSort::Updated, &PageRequest::first(200)).await.unwrap();
    assert_eq!(page.items.len(), 34);
}

#[tokio::test]
async fn downloads_hold_no_formulas() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    let form = with(&NEW, &[("title_ru", "=HYPERLINK(\"http://evil\")"), ("number", "@N")]);
    manager.post("/ru/admin/projects/new", &form).await.expect(303);
    let csv = town.nobody().get("/ru/projects/download/csv").await;
    csv.expect(200).says("'=HYPERLINK").says("'@N").says_not(",=HYPERLINK");
    assert!(csv.header("content-disposition").starts_with("attachment"));
    let xlsx = town.nobody().get("/ru/projects/download/xlsx").await;
    assert!(xlsx.expect(200).body.starts_with(b"PK"));
}

#[tokio::test]
async fn enormous_amounts_do_not_break_the_lists() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    for at in 0..3 {
        let number = format!("BIG-{at}");
        let form = with(&NEW, &[("number", &number), ("money_planned_0", "92233720368547.7")]);
        let answer = manager.post("/ru/admin/projects/new", &form).await;
        assert!([303, 422].contains(&answer.status.as_u16()), "{}", answer.status);
    }
    for path in
        ["/ru/projects", "/ru/projects?sort=planned", "/ru/places/990100000", "/ru?indicator=projects"]
    {
        town.nobody().get(path).await.expect(200);
    }
    town.nobody().get("/api/v1/projects").await.expect(200);
}

#[tokio::test]
async fn dates_at_the_ends_of_time_do_not_break_the_page() {
    let town = Town::open().await;
    let manager = town.person("manager").await;
    for (at, (from, to)) in
        [("-009999-01-01", "9999-12-31"), ("0000-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")]
            .into_iter()
            .enumerate()
    {
        let number = format!("T-{at}");
        let form = with(&NEW, &[("number", &number), ("starts_on", from), ("ends_on", to)]);
        let answer = manager.post("/ru/admin/projects/new", &form).await;
        if answer.status == 303 {
            let page = answer.location().split('?').next().unwrap().to_owned();
            town.nobody().get(&page).await.expect(200);
            town.nobody().get(&page.replace("/ru/", "/api/v1/")).await.expect(200);
        } else {
            answer.expect(422);
        }
    }
    town.nobody().get("/kk/projects?sort=ends_on").await.expect(200);
}
