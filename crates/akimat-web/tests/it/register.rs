//! The register as a user would try it: two people at one form, a project that nobody reports on, stages of the
//! portfolio, words in any order, the same questions over the API, packages that come in and are taken back.

use crate::client::{Answer, Client, Sent};
use crate::content::{DISTRICT, OTHER};
use crate::html::check_page;
use crate::town::{Town, kato};
use akimat_app::job::Lane;
use akimat_core::ProjectId;
use akimat_storage::ProjectFilter;
use serde_json::Value;

type Fields<'a> = Vec<(&'a str, &'a str)>;

fn with<'a>(mut fields: Fields<'a>, more: &[(&'a str, &'a str)]) -> Fields<'a> {
    fields.retain(|(name, _)| !more.iter().any(|(own, _)| own == name));
    fields.extend_from_slice(more);
    fields
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).map_or("", |(_, rest)| rest);
    rest.split_once(after).map_or("", |(found, _)| found)
}

/// The fields of the main form of a page as a browser would send them.
fn fields_of(page: &Answer) -> Vec<(String, String)> {
    let text = page.text();
    let form = text.split("<form class=\"sheet\"").nth(1).unwrap().split("</form>").next().unwrap();
    let plain = |text: &str| {
        text.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&")
    };
    let mut fields = Vec::new();
    for tag in form.split("<input").skip(1) {
        let tag = tag.split('>').next().unwrap();
        let (name, kind) = (between(tag, "name=\"", "\""), between(tag, "type=\"", "\""));
        let left_out = matches!(kind, "checkbox" | "radio") && !tag.contains(" checked") || kind == "file";
        if !name.is_empty() && name != "csrf" && !left_out {
            fields.push((name.to_owned(), plain(between(tag, "value=\"", "\""))));
        }
    }
    for tag in form.split("<textarea").skip(1) {
        let body = tag.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
        fields.push((
            between(tag, "name=\"", "\"").to_owned(),
            plain(body).trim_start_matches('\n').to_owned(),
        ));
    }
    for tag in form.split("<select").skip(1) {
        let body = tag.split("</select>").next().unwrap();
        let chosen = body
            .split("<option")
            .skip(1)
            .find(|option| option.split('>').next().unwrap().contains(" selected"));
        let value = chosen.map_or("", |option| between(option, "value=\"", "\""));
        fields.push((between(tag, "name=\"", "\"").to_owned(), plain(value)));
    }
    fields
}

/// Sends a form again as it stands.
async fn again(client: &Client, path: &str, page: &Answer) -> Answer {
    let fields = fields_of(page);
    let fields: Fields<'_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields).await
}

fn risk<'a>() -> Fields<'a> {
    vec![
        ("version", "0"),
        ("category", "schedule"),
        ("cause", "Зауыт жай істейді"),
        ("event", "Арқалық кешігеді"),
        ("effect", "Жұмыс тоқтайды"),
        ("likelihood", "4"),
        ("cost", "3"),
        ("time", "5"),
        ("people", "1"),
        ("owner", "Жол бөлімі"),
        ("response", "reduce"),
        ("review_on", "2026-10-01"),
        ("action_what_1", "Екінші зауыт табу"),
        ("action_due_1", "2026-09-20"),
    ]
}

#[tokio::test]
async fn a_risk_saved_after_a_clash_keeps_what_the_other_changed_elsewhere() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    manager.post(&format!("/en/admin/projects/{id}/risks/new"), &risk()).await.expect(303);
    let held = town.app.list_risks(id).await.unwrap().remove(0);
    let own = format!("/en/admin/projects/{id}/risks/{}", held.section.id);
    // The first changes the owner, the cause and the action; the second began with the same version.
    let first =
        [("version", "1"), ("owner", "Құрылыс бөлімі"), ("cause", "Зауыт жабылды"), ("action_who_1", "Асан")];
    manager.post(&own, &with(risk(), &first)).await.expect(303);
    let second = [("version", "1"), ("owner", "Су арнасы"), ("effect", "Мектеп ашылмайды")];
    let asked = manager.post(&own, &with(risk(), &second)).await;
    check_page(asked.expect(409), "en");
    asked.says("Құрылыс бөлімі").says("Су арнасы").says("name=\"version\" value=\"2\"");
    again(&manager, &own, &asked).await.expect(303);
    let risk = town.app.list_risks(id).await.unwrap().remove(0).risk;
    assert_eq!((risk.owner.as_str(), risk.effect.as_str()), ("Су арнасы", "Мектеп ашылмайды"));
    assert_eq!((risk.cause.as_str(), risk.actions[0].who.as_str()), ("Зауыт жабылды", "Асан"));
    // Whoever changes another field of a risk that was closed meanwhile does not open it again in the lists.
    let closed = [("version", "3"), ("ending", "removed"), ("ending_note", "Келді")];
    let fields = fields_of(&manager.get(&own).await);
    let fields: Fields<'_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    manager.post(&own, &with(fields.clone(), &closed)).await.expect(303);
    manager.post(&own, &with(fields, &[("version", "3"), ("people", "2")])).await.expect(303);
    let held = town.app.list_risks(id).await.unwrap().remove(0);
    assert_eq!((held.risk.rated.people, held.risk.ending_note.as_str()), (2, "Келді"));
    assert_eq!(held.section.state, held.risk.state());
}

#[tokio::test]
async fn an_item_saved_after_a_clash_keeps_what_the_other_changed_elsewhere() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let work = format!("/en/admin/projects/{id}/plan");
    let item = vec![
        ("version", "0"),
        ("code", "1"),
        ("title", "Төсем"),
        ("kind", "work"),
        ("start", "2026-07-01"),
        ("finish", "2026-08-31"),
        ("budget", "1000"),
    ];
    manager.post(&format!("{work}/item"), &item).await.expect(303);
    let own = [("version", "1"), ("item", "r1")];
    let first = with(with(item.clone(), &own), &[("responsible", "Бірінші"), ("budget", "1200")]);
    manager.post(&format!("{work}/item"), &first).await.expect(303);
    let second = with(with(item, &own), &[("responsible", "Екінші"), ("weight", "3")]);
    let asked = manager.post(&format!("{work}/item"), &second).await;
    check_page(asked.expect(409), "en");
    asked.says("Бірінші").says("Екінші");
    again(&manager, &format!("{work}/item"), &asked).await.expect(303);
    let plan = town.app.find_plan(id).await.unwrap().unwrap().plan;
    let item = plan.item("r1").unwrap();
    assert_eq!((item.responsible.as_str(), item.weight), ("Екінші", Some(3)));
    assert_eq!(item.budget.map(akimat_core::Money::tiyn), Some(120_000_000));
}

#[tokio::test]
async fn a_pasted_plan_goes_on_from_what_both_made() {
    let town = Town::open().await;
    let (id, manager) = (town.project("S-7"), town.person("manager").await);
    let paste = format!("/en/admin/projects/{id}/plan/paste");
    const NO_FILE: Sent<'static> = Sent { name: "", bytes: b"" };
    let send = async |version: &str, table: &str| {
        let fields = [("version", version), ("table", table), ("unit", "thousand")];
        manager.upload(&paste, &fields, &NO_FILE).await
    };
    send("0", "1\tPipes\t2026-10-01\t2026-10-20\t\t\t500\tA").await.expect(303);
    let first = "1\tPipes\t2026-10-01\t2026-10-20\t\t\t500\tB\n2\tTank\t2026-10-21\t2026-10-30\t1\t\t70\tB";
    send("1", first).await.expect(303);
    let asked = send("1", "1\tPipes\t2026-10-01\t2026-10-20\t\t\t500\tC").await;
    check_page(asked.expect(409), "en");
    let fields = fields_of(&asked);
    let value = |name: &str| fields.iter().find(|(own, _)| own == name).unwrap().1.clone();
    assert_eq!(value("version"), "2");
    assert!(value("table").contains("Tank"), "{}", value("table"));
    send("2", &value("table")).await.expect(303);
    let plan = town.app.find_plan(id).await.unwrap().unwrap().plan;
    assert_eq!((plan.items.len(), plan.links.len()), (2, 1));
    assert_eq!(plan.by_code("1").unwrap().responsible, "C");
}

#[tokio::test]
async fn a_project_that_nobody_reports_on_is_taken_over() {
    let town = Town::open().await;
    let bytes = crate::files::register(&[&crate::files::row("R-70", DISTRICT)]);
    let mapping = akimat_interop::project_register::mapping::Mapping::default();
    town.app.import_register_as_operator(None, ("r.csv", bytes), &mapping, false).await.unwrap();
    let nobodys = ProjectFilter { unmanaged: true, place: Some(kato(DISTRICT)), ..ProjectFilter::default() };
    let found = async || town.store.list_whole_projects(&nobodys, 50).await.unwrap();
    let id: ProjectId = found().await.iter().find(|project| project.number == "R-70").unwrap().id;
    let (page, take) = (format!("/ru/projects/{id}"), format!("/ru/admin/projects/{id}/manager"));
    town.nobody().get(&page).await.expect(200).says_not(&take);
    let manager = town.person("manager").await;
    manager.get("/ru/admin/work?whose=none").await.expect(200).says("R-70");
    let shown = manager.get(&page).await;
    check_page(shown.expect(200), "ru");
    shown.says(&take).says("никто не отчитывается");
    town.person("resident").await.post(&take, &[]).await.expect(403);
    town.person("other-manager").await.post(&take, &[]).await.expect(403);
    manager.post(&take, &[]).await.expect(303);
    assert!(found().await.iter().all(|project| project.id != id));
    manager.get(&page).await.expect(200).says_not(&take);
    manager.get("/ru/admin/work?whose=own").await.expect(200).says("R-70");
    manager.post(&take, &[]).await.expect(409);
}

#[tokio::test]
async fn the_portfolio_leads_down_to_a_stage() {
    let town = Town::open().await;
    let akim = town.person("akim").await;
    let all = akim.get("/en/admin/work/portfolio").await;
    check_page(all.expect(200), "en");
    let section = between(all.text(), "id=\"by-stage\"", "</section>");
    let link = between(section, "/en/admin/work/portfolio?stage=", "\"").to_owned();
    assert!(!link.is_empty(), "{section}");
    for lang in ["kk", "ru", "en"] {
        let path = format!("/{lang}/admin/work/portfolio?stage={link}");
        check_page(akim.get(&path).await.expect(200), lang);
        check_page(town.nobody().get(&format!("/{lang}/projects?stage={link}")).await.expect(200), lang);
    }
    // The parts by stage are as many projects as there are.
    let filter = |code: &str| ProjectFilter {
        stages: akimat_app::project::life::stage_matches(code),
        ..ProjectFilter::default()
    };
    let mut n_projects = 0;
    for code in section.split("portfolio?stage=").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        n_projects += town.store.count_projects(&filter(code)).await.unwrap().n_projects;
    }
    let district = ProjectFilter { place: Some(kato(DISTRICT)), ..ProjectFilter::default() };
    assert_eq!(n_projects, town.store.count_projects(&district).await.unwrap().n_projects);
    akim.get("/en/admin/work/portfolio?stage=nonsense").await.expect(200);
}

#[tokio::test]
async fn words_are_found_in_any_order_in_three_languages() {
    let town = Town::open().await;
    let project = town.store.find_project(town.project("S-7")).await.unwrap().unwrap().0;
    for (lang, title) in [("kk", &project.title.kk), ("ru", &project.title.ru), ("en", &project.title.en)] {
        let mut words: Vec<&str> = title.split_whitespace().collect();
        words.reverse();
        let query: String = form_urlencoded::byte_serialize(words.join(" ").as_bytes()).collect();
        let path = format!("/projects/{}", project.id);
        town.nobody().get(&format!("/{lang}/projects?q={query}")).await.expect(200).says(&path);
        let api = town.nobody().get(&format!("/api/v1/projects?q={query}")).await;
        api.expect(200).says(&project.id.to_string());
        let nothing = town.nobody().get(&format!("/api/v1/projects?q={query}+жоқсөз")).await;
        nothing.expect(200).says_not(&project.id.to_string());
    }
}

#[tokio::test]
async fn the_api_has_every_filter_of_the_list() {
    let town = Town::open().await;
    let nobody = town.nobody();
    let listed = async |query: &str| -> Vec<String> {
        let answer = nobody.get(&format!("/api/v1/projects?limit=200&{query}")).await;
        let value: Value = serde_json::from_str(answer.expect(200).text()).unwrap();
        let items = value["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let when = akimat_app::project_query::When { today: town.app.today(), now: town.app.now() };
    let id = town.project("S-7");
    let point = "near=43.3,68.25&radius=50000";
    for query in [
        "",
        "status=idea&status=implementing",
        "stage=implementing",
        "level=district",
        "cost_min=10&cost_max=500",
        "late=yes",
        "silent=yes",
        "real=yes",
        point,
        "from=2026-01-01&to=2026-12-31",
        "from=2027-01-01",
        "bounds=43,68,44,69",
        &format!("project={id}"),
        &format!(
            "place={OTHER}&kind=social&sector=water&modality=budget&year=2027&reach=intermunicipal&q=су"
        ),
    ] {
        let (filter, _) = akimat_app::project_query::parse(query, when);
        let mut due: Vec<String> = town
            .store
            .list_whole_projects(&filter, 200)
            .await
            .unwrap()
            .iter()
            .map(|project| project.id.to_string())
            .collect();
        let mut found = listed(query).await;
        due.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, due, "{query}");
    }
    for (query, name) in [
        ("stage=nonsense", "stage"),
        ("near=x", "near"),
        ("bounds=1,2", "bounds"),
        ("from=yesterday", "from"),
        ("to=2026-13-01", "to"),
        ("cost_min=-1", "cost_min"),
        ("late=maybe", "late"),
        ("radius=5", "radius"),
        ("project=1", "project"),
    ] {
        nobody.get(&format!("/api/v1/projects?{query}")).await.expect(400).says(name);
    }
    // Whatever the list page can be asked, the API can.
    let described = nobody.get("/api/v1/openapi.json").await;
    let value: Value = serde_json::from_str(described.expect(200).text()).unwrap();
    let parameters = value["paths"]["/api/v1/projects"]["get"]["parameters"].to_string();
    for key in akimat_app::project_query::KEYS {
        assert!(parameters.contains(&format!("\"{key}\"")), "{key}");
    }
}

/// Presses a button of an import whose page says which edit it shows.
async fn press(client: &Client, path: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = client.get(path).await;
    let edit = between(page.text(), "name=\"edit\" value=\"", "\"").to_owned();
    client.post(path, &with(vec![("act", act), ("edit", edit.as_str())], more)).await
}

#[tokio::test]
async fn a_package_is_looked_at_carried_out_and_taken_back() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let text =
        include_str!("../../../akimat/tests/input/oc4ids.json").replace("611600000", &DISTRICT.to_string());
    let n = async || town.store.count_projects(&ProjectFilter::default()).await.unwrap().n_projects;
    let before = n().await;
    let send = async |bytes: &[u8]| {
        let answer = analyst.upload("/ru/admin/imports", &[], &Sent { name: "oc4ids.json", bytes }).await;
        answer.expect(303).location().to_owned()
    };
    let path = send(text.as_bytes()).await;
    for lang in ["kk", "ru", "en"] {
        let page = analyst.get(&path.replace("/ru/", &format!("/{lang}/"))).await;
        check_page(page.expect(200), lang);
        page.says("value=\"run\"").says("OC4IDS");
    }
    assert_eq!(n().await, before, "a look changes nothing");
    press(&analyst, &path, "run", &[]).await.expect(303);
    assert!(town.app.work_in_lane(uuid::Uuid::nil(), Lane::Quick).await.unwrap());
    assert!(n().await > before);
    let done = analyst.get(&path).await;
    check_page(done.expect(200), "ru");
    done.says("value=\"undo\"");
    analyst.get("/ru/admin/imports").await.expect(200).says("oc4ids.json");
    // Sent again it brings nothing more.
    let twice = send(text.as_bytes()).await;
    analyst.get(&twice).await.expect(200).says_not("value=\"run\"");
    press(&analyst, &twice, "discard", &[]).await.expect(303);
    press(&analyst, &path, "undo", &[("reason", " ")]).await.expect(422).says("href=\"#f-reason\"");
    press(&analyst, &path, "undo", &[("reason", "Не тот пакет")]).await.expect(303);
    assert_eq!(n().await, before);
    analyst.get(&path).await.expect(200).says("Не тот пакет");
    // What is wrong is told at its path, and nothing can be carried out.
    let wrong = send(include_bytes!("../../../akimat/tests/input/oc4ids_wrong.json")).await;
    for lang in ["kk", "ru", "en"] {
        let page = analyst.get(&wrong.replace("/ru/", &format!("/{lang}/"))).await;
        check_page(page.expect(200), lang);
        page.says("projects/").says_not("value=\"run\"");
    }
    press(&analyst, &wrong, "run", &[]).await.expect(422);
    town.person("other-analyst").await.get(&wrong).await.expect(403);
}

#[tokio::test]
async fn a_file_does_not_wait_for_a_forecast() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    analyst.post("/ru/admin/forecasts/all", &[]).await.expect(303);
    let bytes = crate::files::register(&[&crate::files::row("R-71", DISTRICT)]);
    let sent = analyst.upload("/ru/admin/imports", &[], &Sent { name: "r.csv", bytes: &bytes }).await;
    let path = sent.expect(303).location().to_owned();
    press(&analyst, &path, "run", &[]).await.expect(303);
    // The forecast was asked for first, and nobody has begun with it.
    assert!(town.app.work_in_lane(uuid::Uuid::from_u128(1), Lane::Quick).await.unwrap());
    assert!(!town.app.work_in_lane(uuid::Uuid::from_u128(1), Lane::Quick).await.unwrap());
    analyst.get(&path).await.expect(200).says("value=\"undo\"");
    assert!(!town.app.work_in_lane(uuid::Uuid::from_u128(2), Lane::Watch).await.unwrap());
}
