//! Scenarios of the programme: made, mended, solved, asked about, ruled on and kept.

use crate::client::{Answer, Client};
use crate::html::{Tag, check_page};
use crate::town::Town;
use uuid::Uuid;

const LIST: &str = "/admin/programmes?place=990100000";
const NEW: &str = "/admin/programmes/new";

/// The form as the page filled it, with some fields written over.
fn form(page: &Answer, lang: &str, over: &[(&str, &str)]) -> Vec<(String, String)> {
    let tags = check_page(page, lang);
    let mut fields: Vec<(String, String)> = tags
        .iter()
        .filter(|tag| matches!(tag.name.as_str(), "input" | "textarea"))
        .filter(|tag| tag.get("type") != Some("checkbox") || tag.get("checked").is_some())
        .filter_map(|tag| {
            let value = tag.get("value").map_or_else(|| tag.text.trim().to_owned(), str::to_owned);
            Some((tag.get("name")?.to_owned(), value))
        })
        .filter(|(name, _)| name != "csrf" && name != "q")
        .collect();
    for (name, value) in over {
        fields.retain(|(own, _)| own != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

async fn post(client: &Client, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    client.post(path, &fields).await
}

fn value<'t>(tags: &'t [Tag], name: &str) -> &'t str {
    tags.iter().find(|tag| tag.get("name") == Some(name)).and_then(|tag| tag.get("value")).unwrap_or("")
}

/// A stored scenario with a plan. Answers its address without the language.
async fn solved(town: &Town, analyst: &Client) -> String {
    let new = analyst.get(&format!("/ru{NEW}?place=990100000")).await;
    let fields = form(new.expect(200), "ru", &[("title", "Основной"), ("act", "solve")]);
    let answer = post(analyst, &format!("/ru{NEW}"), &fields).await;
    let path = answer.expect(303).location().split('?').next().unwrap().trim_start_matches("/ru").to_owned();
    let running = analyst.get(&format!("/ru{path}")).await;
    running.expect(200);
    assert!(running.header("refresh").starts_with("3; url=/ru/admin/programmes/"), "it renews itself");
    check_page(&running, "ru");
    while town.app.work_on_next_job(Uuid::from_u128(7)).await.unwrap() {}
    path
}

#[tokio::test]
async fn an_empty_list_says_what_to_do_first() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    for lang in ["kk", "ru", "en"] {
        let list = analyst.get(&format!("/{lang}{LIST}")).await;
        check_page(list.expect(200), lang);
        list.says("/admin/programmes/new?place=990100000");
    }
    analyst.get("/ru/admin").await.expect(200).says("/ru/admin/programmes?place=990100000");
    town.person("other-analyst").await.get(&format!("/ru{LIST}")).await.expect(403);
    town.person("resident").await.get(&format!("/ru{LIST}")).await.expect(403);
    analyst.get("/ru/admin/programmes?place=x").await.expect(404);
    analyst.get(&format!("/ru/admin/programmes/{}", Uuid::nil())).await.expect(404);
}

#[tokio::test]
async fn a_scenario_is_mended_until_it_can_be_solved() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    for lang in ["kk", "ru", "en"] {
        let new = analyst.get(&format!("/{lang}{NEW}?place=990100000")).await;
        let over = [
            ("budget-own-2027", "көп"),
            ("years", "0"),
            ("title", ""),
            ("exclusive", "S-2, X-9"),
            ("act", "save"),
        ];
        let fields = form(new.expect(200), lang, &over);
        let again = post(&analyst, &format!("/{lang}{NEW}"), &fields).await;
        let tags = check_page(again.expect(422), lang);
        for field in ["budget-own-2027", "years", "title", "exclusive"] {
            again.says(&format!("href=\"#f-{field}\""));
        }
        assert_eq!(value(&tags, "budget-own-2027"), "көп", "what was written stays");
        again.says("S-2, X-9").says("<details class=\"rules\" id=\"g-links\" open>");
    }
    let none = town.app.list_programmes(Some(&town.people["analyst"]), None).await.unwrap();
    assert!(none.is_empty(), "nothing was stored");
}

#[tokio::test]
async fn another_number_of_years_carries_the_amounts_on() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let new = analyst.get(&format!("/en{NEW}?place=990100000")).await;
    let fields = form(new.expect(200), "en", &[("title", "Four"), ("years", "4"), ("act", "check")]);
    let again = post(&analyst, &format!("/en{NEW}"), &fields).await;
    let tags = check_page(again.expect(200), "en");
    assert_eq!(value(&tags, "budget-own-2030"), value(&tags, "budget-own-2028"));
    assert!(!value(&tags, "budget-own-2030").is_empty());
}

#[tokio::test]
async fn a_solved_scenario_shows_every_project_with_its_reason() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst).await;
    for lang in ["kk", "ru", "en"] {
        let shown = analyst.get(&format!("/{lang}{path}")).await;
        check_page(shown.expect(200), lang);
        for number in ["S-2", "S-3", "S-4", "S-5", "S-6", "S-7"] {
            shown.says(number);
        }
        shown.says("id=\"plan\"").says("id=\"out\"").says("chart-money").says_not("id=\"running\"");
        assert!(shown.header("refresh").is_empty());
        let list = analyst.get(&format!("/{lang}{LIST}")).await;
        check_page(list.expect(200), lang);
        list.says("Основной");
    }
    // A manager reads and changes nothing.
    let manager = town.person("manager").await;
    let shown = manager.get(&format!("/ru{path}")).await;
    shown.expect(200).says_not("/edit\"").says_not("/solve\"");
    manager.get(&format!("/ru{path}/edit")).await.expect(403);
    manager.post(&format!("/ru{path}/solve"), &[("edit", "3")]).await.expect(403);
    town.person("other-analyst").await.get(&format!("/ru{path}")).await.expect(403);
}

#[tokio::test]
async fn what_if_is_an_address_and_can_be_kept() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst).await;
    let project = town.project("S-3");
    for lang in ["kk", "ru", "en"] {
        check_page(analyst.get(&format!("/{lang}{path}/whatif")).await.expect(200), lang);
        for query in
            [format!("bar={project}"), format!("keep={project}&money-own=50"), "money-own=300".to_owned()]
        {
            let answer = analyst.get(&format!("/{lang}{path}/whatif?{query}")).await;
            check_page(answer.expect(200), lang);
            answer.says("money-own=");
        }
        for wrong in ["money-own=abc", "money-own=-1", "money-own=301"] {
            let answer = analyst.get(&format!("/{lang}{path}/whatif?{wrong}")).await;
            check_page(answer.expect(422), lang);
            answer.says("href=\"#f-money-own\"");
        }
    }
    let state = format!("money-own=90&bar={project}");
    let silent = [("state", state.as_str()), ("title", "Без одного"), ("reason", " ")];
    let answer = analyst.post(&format!("/ru{path}/whatif"), &silent).await;
    check_page(answer.expect(422), "ru");
    answer.says("href=\"#f-reason\"");
    let fields = [("state", state.as_str()), ("title", "Без одного"), ("reason", "Участок <не> оформлен")];
    let kept = analyst.post(&format!("/ru{path}/whatif"), &fields).await;
    let kept = kept.expect(303).location().split('?').next().unwrap().to_owned();
    while town.app.work_on_next_job(Uuid::from_u128(7)).await.unwrap() {}
    let shown = analyst.get(&kept).await;
    shown.expect(200).says("Без одного").says("Участок &#60;не&#62; оформлен");
    let edit = analyst.get(&format!("{kept}/edit")).await;
    let tags = check_page(edit.expect(200), "ru");
    assert!(tags.iter().any(|tag| tag.get("name") == Some(&*format!("drop-{project}"))));
}

#[tokio::test]
async fn a_ruling_shows_its_price_before_it_is_saved() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst).await;
    let project = town.project("S-3").to_string();
    let address = format!("/en{path}/ruling");
    check_page(analyst.get(&address).await.expect(200), "en");
    let priced = analyst.get(&format!("{address}?project={project}&kind=bar")).await;
    let tags = check_page(priced.expect(200), "en");
    priced.says("id=\"price\"");
    let edit = value(&tags, "edit").to_owned();
    let ruling = |reason| {
        [("project", project.as_str()), ("kind", "bar"), ("edit", edit.as_str()), ("reason", reason)]
    };
    let silent = analyst.post(&address, &ruling(" ")).await;
    check_page(silent.expect(422), "en");
    silent.says("href=\"#f-reason\"");
    analyst.post(&address, &ruling("The site is not ready.")).await.expect(303);
    let shown = analyst.get(&format!("/en{path}")).await;
    check_page(shown.expect(200), "en");
    analyst.post(&address, &ruling("Once more.")).await.expect(409);
}

#[tokio::test]
async fn a_scenario_that_somebody_else_changed_is_not_overwritten_silently() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst).await;
    let edit = format!("/ru{path}/edit");
    let first = analyst.get(&edit).await;
    let mine = form(first.expect(200), "ru", &[("title", "Моё"), ("act", "save")]);
    let other = form(&first, "ru", &[("title", "Чужое"), ("act", "save")]);
    post(&analyst, &edit, &other).await.expect(303);
    let answer = post(&analyst, &edit, &mine).await;
    let tags = check_page(answer.expect(409), "ru");
    assert_eq!(value(&tags, "title"), "Моё");
    let again = form(&answer, "ru", &[("act", "save")]);
    post(&analyst, &edit, &again).await.expect(303);
    analyst.get(&format!("/ru{path}")).await.expect(200).says("Моё");
}

#[tokio::test]
async fn rules_that_clash_are_told() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let new = analyst.get(&format!("/ru{NEW}?place=990100000")).await;
    let over = [("title", "Слишком много"), ("sector-education", "999999999"), ("act", "solve")];
    let fields = form(new.expect(200), "ru", &over);
    let answer = post(&analyst, &format!("/ru{NEW}"), &fields).await;
    let path = answer.expect(303).location().split('?').next().unwrap().to_owned();
    while town.app.work_on_next_job(Uuid::from_u128(7)).await.unwrap() {}
    for lang in ["kk", "ru", "en"] {
        let shown = analyst.get(&path.replace("/ru/", &format!("/{lang}/"))).await;
        check_page(shown.expect(200), lang);
        shown.says("id=\"clash\"").says("/edit#f-");
        analyst
            .get(&path.replace("/ru/", &format!("/{lang}/")).replace(&path, &format!("{path}/whatif")))
            .await;
    }
}

/// Every further field of the editor is read, kept, shown again, and told when it is wrong.
#[tokio::test]
async fn the_editor_keeps_pairs_worst_cases_and_the_set_of_criteria() {
    let town = Town::open().await;
    let set = crate::ranking::approved(&town).await;
    let analyst = town.person("analyst").await;
    let new = "/ru/admin/programmes/new";
    let base = [
        ("place", "990100000"),
        ("title", "Осторожный"),
        ("first_year", "2027"),
        ("years", "2"),
        ("budget-own-2027", "100000"),
        ("budget-own-2028", "50000"),
        ("delay_max", "5"),
        ("seconds", "30"),
    ];
    let shown = analyst.get(&format!("{new}?place=990100000")).await;
    check_page(shown.expect(200), "ru");
    shown.says("name=\"criteria\"").says(&set);
    for (field, value, told) in [
        ("synergies", "S-2 S-3", "f-synergies"),
        ("synergies", "S-2 + X-9: 10", "f-synergies"),
        ("synergies", "S-2 + S-2: 10", "f-synergies"),
        ("synergies", "S-2 + S-3: 10\nS-3 + S-2: 5", "f-synergies"),
        ("worst-percent", "10", "f-worst-weight"),
        ("criteria", "x", "f-criteria"),
        ("criteria", "00000000-0000-0000-0000-000000000009", "f-criteria"),
    ] {
        let answer = analyst.post(new, &[base.as_slice(), &[(field, value), ("act", "save")]].concat()).await;
        check_page(answer.expect(422), "ru");
        answer.says(&format!("href=\"#{told}\""));
        // No word of the machine inside a sentence for people.
        for english in ["is unknown", "stands twice", "extensions."] {
            answer.says_not(english);
        }
    }
    let more = [("synergies", "S-2 + S-3: 10"), ("criteria", set.as_str()), ("act", "save")];
    let fine = [base.as_slice(), &more].concat();
    let path = analyst.post(new, &fine).await.expect(303).location().split('?').next().unwrap().to_owned();
    let again = analyst.get(&format!("{path}/edit")).await;
    check_page(again.expect(200), "ru");
    again.says("S-2 + S-3: 10").says(&format!("value=\"{set}\" selected"));
}
