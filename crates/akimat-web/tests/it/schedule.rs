//! A work plan: entered item by item or pasted, approved, measured, shown; two people at once; every refusal.

use crate::client::{Client, Sent};
use crate::content;
use crate::html::check_page;
use crate::town::Town;
use akimat_app::project::EditNote;
use akimat_budget::{Amounts, Item, Line};
use akimat_core::{Money, MoneyUnit, Text};
use std::fmt::Write as _;

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// An item of the form that is wrong nowhere.
fn item<'a>(version: &'a str, code: &'a str, (start, finish): (&'a str, &'a str)) -> Fields<'a> {
    vec![
        ("version", version),
        ("code", code),
        ("title", "Төсем"),
        ("kind", "work"),
        ("start", start),
        ("finish", finish),
        ("budget", "1000"),
    ]
}

fn with<'a>(mut fields: Fields<'a>, more: &[(&'a str, &'a str)]) -> Fields<'a> {
    fields.retain(|(name, _)| !more.iter().any(|(own, _)| own == name));
    fields.extend_from_slice(more);
    fields
}

/// A plan of three items, approved, the first measured.
async fn keep(manager: &Client, work: &str) {
    let post = |version, code, span, more: Fields<'static>| {
        let fields = with(item(version, code, span), &more);
        async move {
            manager.post(&format!("{work}/item"), &fields).await.expect(303);
        }
    };
    post("0", "1", ("2026-07-01", "2026-08-31"), vec![]).await;
    post("1", "2", ("2026-09-01", "2026-10-30"), vec![("predecessors", "1FS+0")]).await;
    let gate = vec![("kind", "milestone"), ("start", ""), ("budget", ""), ("predecessors", "2")];
    post("2", "3", ("2026-10-30", "2026-10-30"), gate).await;
    let approve = [("version", "3"), ("approved_on", "2026-07-01"), ("basis", "Бұйрық № 5")];
    manager.post(&format!("{work}/approve"), &approve).await.expect(303);
}

#[tokio::test]
async fn a_plan_is_entered_approved_measured_and_shown() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let (nobody, manager) = (town.nobody(), town.person("manager").await);
    let (page, work) = (format!("/en/projects/{id}/plan"), format!("/en/admin/projects/{id}/plan"));
    nobody.get(&page).await.expect(200).says("There is no work plan yet");
    nobody.get(&format!("/api/v1/projects/{id}/plan")).await.expect(404);
    town.person("resident").await.get(&work).await.expect(403);
    town.person("other-manager").await.get(&work).await.expect(403);
    check_page(manager.get(&work).await.expect(200), "en");
    check_page(manager.get(&format!("{work}/item")).await.expect(200), "en");
    check_page(manager.get(&format!("{work}/paste")).await.expect(200), "en");
    keep(&manager, &work).await;
    // Begun and never measured: no index, and the page says why.
    let begun =
        with(item("4", "1", ("2026-07-01", "2026-08-31")), &[("item", "r1"), ("actual_start", "2026-07-02")]);
    manager.post(&format!("{work}/item"), &begun).await.expect(303);
    nobody.get(&page).await.expect(200).says("have begun and were never measured: 1").says("decides the end");
    let measured = with(
        begun,
        &[
            ("version", "5"),
            ("done", "62,5"),
            ("measured_on", "2026-08-20"),
            ("how", "units"),
            ("note", "625 of 1,000 m"),
        ],
    );
    manager.post(&format!("{work}/item"), &measured).await.expect(303);
    for lang in ["kk", "ru", "en"] {
        check_page(nobody.get(&format!("/{lang}/projects/{id}/plan")).await.expect(200), lang);
        check_page(nobody.get(&format!("/{lang}/projects/{id}")).await.expect(200), lang);
    }
    let shown = nobody.get(&page).await;
    shown.says("62.5").says("by units done").says("Бұйрық № 5").says("work-frame").says("SPI(t)");
    let api = nobody.get(&format!("/api/v1/projects/{id}/plan")).await;
    api.expect(200).says("\"critical_path\":[\"1\",\"2\",\"3\"]").says("\"spi_t\":");
    nobody.get(&format!("/en/projects/{id}")).await.expect(200).says(&format!("/en/projects/{id}/plan"));
    check_page(manager.get(&format!("{work}/item?item=r1")).await.expect(200), "en");
    manager.get(&format!("{work}/item?item=absent")).await.expect(404);
}

/// What is written otherwise, the field that is wrong, and words of what is said.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[tokio::test]
async fn faults_stand_at_their_fields_and_store_nothing() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let manager = town.person("manager").await;
    let work = format!("/en/admin/projects/{id}/plan");
    let span = ("2026-07-01", "2026-08-31");
    let cases: [Case<'_>; 15] = [
        (&[("finish", "2026-06-01")], "f-finish", "The end comes before the start"),
        (&[("start", "2026-02-30")], "f-start", "Please give a date"),
        (&[("start", "0026-07-01")], "f-start", "between 1950 and 2100"),
        (&[("actual_finish", "2026-08-01")], "f-actual_start", "without an actual start"),
        (&[("budget", "5 million")], "f-budget", "id=\"f-budget-error\""),
        (&[("months", "2026-07 -400\n2026-08 1400")], "f-months", "cannot be negative"),
        (&[("predecessors", "1")], "f-predecessors", "cannot wait for itself"),
        (&[("code", "1.1")], "f-code", "no item 1"),
        (&[("code", "one")], "f-code", "numbers with points"),
        (&[("budget", "-5")], "f-budget", "cannot be negative"),
        (&[("predecessors", "after")], "f-predecessors", "is not a dependency"),
        (&[("predecessors", "7")], "f-predecessors", "no item 7"),
        (&[("months", "2026-07 400")], "f-months", "add up to"),
        (&[("actual_start", "2026-12-01")], "f-actual_start", "after today"),
        (&[("done", "120"), ("measured_on", "2026-08-01")], "f-done", "from 0 to 100"),
    ];
    for (more, field, says) in cases {
        let answer = manager.post(&format!("{work}/item"), &with(item("0", "1", span), more)).await;
        answer
            .expect(422)
            .says(&format!("href=\"#{field}\""))
            .says(&format!("id=\"{field}-error\""))
            .says(says);
    }
    assert!(town.app.find_plan(id).await.unwrap().is_none());
    keep(&manager, &work).await;
    let ring = with(item("4", "1", span), &[("item", "r1"), ("predecessors", "3")]);
    manager.post(&format!("{work}/item"), &ring).await.expect(422).says("wait for each other in a circle");
    // A slip of more than thirty days needs a reason.
    let late = with(item("4", "2", ("2026-09-01", "2026-12-15")), &[("item", "r2"), ("predecessors", "1")]);
    manager.post(&format!("{work}/item"), &late).await.expect(422).says("slips by 46 days");
    let told = with(late, &[("reason", "Рұқсат кешікті")]);
    manager.post(&format!("{work}/item"), &told).await.expect(303);
    let nobody = town.nobody();
    nobody
        .get(&format!("/en/projects/{id}/plan"))
        .await
        .says("46 days later than approved")
        .says("cannot hold");
    // Another baseline needs a reason too.
    let again = [("version", "5"), ("approved_on", "2026-08-31"), ("basis", "Бұйрық № 9")];
    manager
        .post(&format!("{work}/approve"), &again)
        .await
        .expect(422)
        .says("why the approved plan is replaced");
    let remove = [("version", "5"), ("item", "r3")];
    manager.post(&format!("{work}/remove"), &remove).await.expect(303);
    assert_eq!(town.app.find_plan(id).await.unwrap().unwrap().plan.items.len(), 2);
}

#[tokio::test]
async fn two_people_lose_nothing() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let manager = town.person("manager").await;
    let work = format!("/en/admin/projects/{id}/plan");
    keep(&manager, &work).await;
    let span = ("2026-07-01", "2026-08-31");
    let first = with(item("4", "1", span), &[("item", "r1"), ("responsible", "Бірінші бөлім")]);
    let next = ("2026-09-01", "2026-10-30");
    let other =
        with(item("4", "2", next), &[("item", "r2"), ("predecessors", "1"), ("responsible", "Екінші бөлім")]);
    manager.post(&format!("{work}/item"), &first).await.expect(303);
    // Another item from the same version: both stay.
    manager.post(&format!("{work}/item"), &other).await.expect(303);
    let plan = town.app.find_plan(id).await.unwrap().unwrap().plan;
    assert_eq!(plan.item("r1").unwrap().responsible, "Бірінші бөлім");
    assert_eq!(plan.item("r2").unwrap().responsible, "Екінші бөлім");
    // The same field from the same version: nothing is stored, both values are shown, saving again decides.
    let clash = with(first, &[("responsible", "Үшінші бөлім")]);
    let answer = manager.post(&format!("{work}/item"), &clash).await;
    check_page(answer.expect(409), "en");
    answer
        .says("Бірінші бөлім")
        .says("Үшінші бөлім")
        .says("1: Responsible")
        .says("name=\"version\" value=\"6\"");
    let plan = town.app.find_plan(id).await.unwrap().unwrap().plan;
    assert_eq!(plan.item("r1").unwrap().responsible, "Бірінші бөлім");
    let decided = with(clash, &[("version", "6")]);
    manager.post(&format!("{work}/item"), &decided).await.expect(303);
    let plan = town.app.find_plan(id).await.unwrap().unwrap().plan;
    assert_eq!(plan.item("r1").unwrap().responsible, "Үшінші бөлім");
    assert_eq!(plan.item("r2").unwrap().responsible, "Екінші бөлім");
}

/// A form without a file, as a browser sends it.
const NO_FILE: Sent<'static> = Sent { name: "", bytes: b"" };

#[tokio::test]
async fn a_table_is_pasted_whole_or_not_at_all() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let manager = town.person("manager").await;
    let paste = format!("/en/admin/projects/{id}/plan/paste");
    let post = |table: &'static str, unit: &'static str, file: Sent<'static>| {
        let (manager, paste) = (manager.clone(), paste.clone());
        async move {
            let fields = [("version", "0"), ("table", table), ("unit", unit)];
            manager.upload(&paste, &fields, &file).await
        }
    };
    let wrong = "1\tPipes\tsoon\t2026-10-01\t\t\tmuch\t\n2\tTank\t31.02.2026\t\t\t\t-\t";
    let answer = post(wrong, "thousand", NO_FILE).await;
    answer.expect(422).says("4 cells cannot be read").says("soon").says("much").says("31.02.2026");
    check_page(answer.expect(422), "en");
    let ring = "1\tA\t2026-10-01\t2026-10-02\t2\n2\tB\t2026-10-01\t2026-10-02\t1";
    post(ring, "thousand", NO_FILE).await.expect(422).says("in a circle:").says("2 → 1 → 2");
    // An amount with a unit of its own, a negative one, a missing unit.
    let mixed = "1\tA\t2026-10-01\t2026-10-02\t\t\t5 million\t";
    post(mixed, "thousand", NO_FILE).await.expect(422).says("5 million");
    let negative = "1\tA\t2026-10-01\t2026-10-02\t\t\t-5\t";
    post(negative, "thousand", NO_FILE).await.expect(422).says("cannot be negative");
    post(ring, "dollars", NO_FILE).await.expect(422).says("href=\"#f-unit\"");
    post("", "thousand", NO_FILE).await.expect(422).says("href=\"#f-table\"");
    post("", "thousand", Sent { name: "plan.csv", bytes: b"\xff\xfe1" })
        .await
        .expect(422)
        .says("as CSV in UTF-8");
    assert!(town.app.find_plan(id).await.unwrap().is_none());
    let fine = "\u{feff}Code;Name\n1;Pipes;01.10.2026;2026-10-20;;2;1 500,5;Office\n2;Opening;;2026-10-21;1";
    let file = Sent { name: "plan.csv", bytes: fine.as_bytes() };
    post("", "thousand", file).await.expect(303);
    let plan = town.app.find_plan(id).await.unwrap().unwrap().plan;
    assert_eq!((plan.items.len(), plan.links.len()), (2, 1));
    assert_eq!(plan.items[0].budget, Money::parse("1500.5", MoneyUnit::ThousandTenge).ok());
}

#[tokio::test]
async fn small_slips_do_not_add_up_unseen() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let manager = town.person("manager").await;
    let work = format!("/en/admin/projects/{id}/plan");
    keep(&manager, &work).await;
    let until = |version, finish| {
        with(item(version, "2", ("2026-09-01", finish)), &[("item", "r2"), ("predecessors", "1")])
    };
    manager.post(&format!("{work}/item"), &until("4", "2026-11-20")).await.expect(303);
    let again = until("5", "2026-12-05");
    manager.post(&format!("{work}/item"), &again).await.expect(422).says("slips by 36 days");
    let told = with(again, &[("reason", "Құбыр кешікті")]);
    manager.post(&format!("{work}/item"), &told).await.expect(303);
    // Nothing is asked of who changes something else.
    let other = with(until("6", "2026-12-05"), &[("responsible", "Екінші бөлім")]);
    manager.post(&format!("{work}/item"), &other).await.expect(303);
}

#[tokio::test]
async fn results_are_measured_and_carried_into_the_register() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let manager = town.person("manager").await;
    let (form, page) = (format!("/en/admin/projects/{id}/results"), format!("/en/projects/{id}/plan"));
    town.person("resident").await.get(&form).await.expect(403);
    town.person("other-manager").await.get(&form).await.expect(403);
    check_page(manager.get(&form).await.expect(200), "en");
    let post = |version, more: Fields<'static>| {
        let fields = with(
            vec![
                ("version", version),
                ("result", "0"),
                ("value", "60,5"),
                ("measured_on", "2026-08-30"),
                ("source", "Count on site"),
            ],
            &more,
        );
        let (manager, form) = (manager.clone(), form.clone());
        async move { manager.post(&form, &fields).await }
    };
    for (more, field) in [
        (vec![("value", "half")], "f-value"),
        (vec![("value", "")], "f-value"),
        (vec![("measured_on", "2026-02-30")], "f-measured_on"),
        (vec![("measured_on", "2026-09-02")], "f-measured_on"),
        (vec![("measured_on", "1826-09-02")], "f-measured_on"),
        (vec![("source", " ")], "f-source"),
        (vec![("result", "7")], "f-result"),
    ] {
        post("0", more).await.expect(422).says(&format!("href=\"#{field}\""));
    }
    assert!(town.app.find_results(id).await.unwrap().is_none());
    post("0", vec![]).await.expect(303);
    post("1", vec![("measured_on", "2026-07-01"), ("value", "20")]).await.expect(303);
    let (project, ..) = town.app.read().find_project(id).await.unwrap().unwrap();
    assert_eq!(project.results[0].measured.as_deref(), Some("60.5"));
    assert_eq!(project.results[0].measured_on, "2026-08-30".parse().ok());
    // Without a baseline there is no share, and the page says so.
    let shown = town.nobody().get(&page).await;
    shown.expect(200).says("60.5").says("Count on site").says("not computed without a baseline");
    check_page(&shown, "en");
    // Two people measure the same on the same day differently: both values are shown, nothing is lost.
    post("1", vec![("measured_on", "2026-07-01"), ("value", "25")]).await.expect(409).says("20");
    // Who takes one out sees the rest.
    let remove = [("version", "2"), ("remove", "0-2026-07-01")];
    manager.post(&form, &remove).await.expect(303);
    manager.post(&form, &[("version", "3"), ("remove", "absent")]).await.expect(404);
    assert_eq!(town.app.find_results(id).await.unwrap().unwrap().results.measures.len(), 1);
    let api = town.nobody().get(&format!("/api/v1/projects/{id}/results")).await;
    api.expect(200).says("\"value\":\"60.5\"").says("\"achieved_pct\":null");
}

#[tokio::test]
async fn money_stands_beside_its_line_in_the_budget() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let page = format!("/en/projects/{id}/plan");
    let nobody = town.nobody();
    // No budget of that year is known: only the register speaks.
    nobody.get(&page).await.expect(200).says("40,000.0").says_not("Where it stands in the budget");
    let thousand = |n: i64| Money::from_tenge(n * 1_000);
    let mut budget = content::budgets(&town.app).remove(11);
    budget.year = 2027;
    let line = |code: &str, amount: i64| Line {
        row: 99,
        item: Item::FunctionalDetail,
        code: code.to_owned(),
        name: Text::new("Көпірлер", "Мосты", "Bridges"),
        amounts: Amounts { approved: thousand(amount), amended: thousand(amount), executed: None },
    };
    budget.lines.push(line("12/1/464/067", 30_000));
    town.app.import_budgets_as_operator(vec![budget.clone()]).await.unwrap();
    let told = nobody.get(&page).await;
    told.expect(200).says("does not state the programme").says(&format!("/en/budgets/{}#lines", budget.id));
    let (mut project, ..) = town.app.read().find_project(id).await.unwrap().unwrap();
    project.money[0].programme = "464/067/015".to_owned();
    let manager = &town.people["manager"];
    town.app.edit_project(Some(manager), project, EditNote::default()).await.unwrap();
    let found = nobody.get(&page).await;
    found.expect(200).says("12/1/464/067 Bridges").says("the project plans more than the line holds");
    for lang in ["kk", "ru", "en"] {
        check_page(nobody.get(&format!("/{lang}/projects/{id}/plan")).await.expect(200), lang);
    }
    let (mut project, ..) = town.app.read().find_project(id).await.unwrap().unwrap();
    project.money[0].programme = "999/001".to_owned();
    town.app.edit_project(Some(manager), project, EditNote::default()).await.unwrap();
    nobody.get(&page).await.expect(200).says("has no line of that programme");
}

#[tokio::test]
async fn the_staff_see_where_work_and_money_part() {
    let town = Town::open().await;
    let id = town.project("S-7");
    let manager = town.person("manager").await;
    town.nobody().get("/en/admin/plans").await.expect(303);
    town.person("resident").await.get("/en/admin/plans").await.expect(403);
    let empty = manager.get("/en/admin/plans").await;
    check_page(empty.expect(200), "en");
    empty.says("No work plan");
    manager.get("/en/admin/plans?only=gap").await.expect(200).says("There are no such projects");
    let work = format!("/en/admin/projects/{id}/plan");
    keep(&manager, &work).await;
    let half = [
        ("item", "r1"),
        ("actual_start", "2026-07-02"),
        ("done", "50"),
        ("measured_on", "2026-08-20"),
        ("how", "units"),
    ];
    let fields = with(item("4", "1", ("2026-07-01", "2026-08-31")), &half);
    manager.post(&format!("{work}/item"), &fields).await.expect(303);
    let flagged = manager.get("/en/admin/plans?only=gap").await;
    flagged
        .expect(200)
        .says("Bridge S-7")
        .says("Work and money lie far apart")
        .says("money ahead by 475 points");
    manager.get("/en/admin").await.expect(200).says("/en/admin/plans");
    town.nobody().get(&format!("/en/projects/{id}")).await.expect(200).says("money ahead by 475 points");
    for lang in ["kk", "ru"] {
        check_page(manager.get(&format!("/{lang}/admin/plans")).await.expect(200), lang);
        check_page(manager.get(&format!("/{lang}/admin/projects/{id}/results")).await.expect(200), lang);
        check_page(manager.get(&format!("/{lang}/admin/projects/{id}/plan/paste")).await.expect(200), lang);
    }
}

#[tokio::test]
async fn a_plan_of_two_thousand_items_is_shown_by_its_stages() {
    let town = Town::open().await;
    let id = *town.projects.values().next().unwrap();
    let manager = town.person("manager").await;
    let mut table = String::new();
    for stage in 1..=40 {
        writeln!(table, "{stage};Stage {stage}").unwrap();
        for work in 1..=49 {
            let after = if work == 1 { String::new() } else { format!("{stage}.{}", work - 1) };
            let day = work % 28 + 1;
            writeln!(table, "{stage}.{work};Work;2026-10-{day:02};2027-02-{day:02};{after}SS+1;;10").unwrap();
        }
    }
    let table = table.replace(";SS+1;", ";;");
    let paste = format!("/en/admin/projects/{id}/plan/paste");
    let fields = [("version", "0"), ("table", ""), ("unit", "thousand")];
    let file = Sent { name: "plan.csv", bytes: table.as_bytes() };
    manager.upload(&paste, &fields, &file).await.expect(303);
    let page = format!("/en/projects/{id}/plan");
    let whole = town.nobody().get(&page).await;
    check_page(whole.expect(200), "en");
    whole.says("The plan has 2,000 items").says("?in=7#work").says("40 Stage 40").says_not("7.3 Work");
    assert!(whole.body.len() < 200_000, "{} bytes", whole.body.len());
    let inside = town.nobody().get(&format!("{page}?in=7")).await;
    check_page(inside.expect(200), "en");
    inside.says("7.3 Work").says("Show the whole plan").says_not("8.3 Work");
    check_page(manager.get(&format!("/en/admin/projects/{id}/plan?in=7")).await.expect(200), "en");
    town.nobody().get(&format!("/api/v1/projects/{id}/plan")).await.expect(200).says("\"code\":\"40.49\"");
    // One more is too many.
    let more = item("1", "41", ("2026-07-01", "2026-08-31"));
    manager
        .post(&format!("/en/admin/projects/{id}/plan/item"), &more)
        .await
        .expect(422)
        .says("at most 2,000 items");
}
