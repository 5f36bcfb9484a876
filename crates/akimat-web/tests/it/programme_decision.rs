//! From the solved scenario to the published programme: pictures, why, comparison, decision, publication.

use crate::client::{Answer, Client};
use crate::html::{Tag, check_page};
use crate::town::Town;
use serde_json::Value;
use uuid::Uuid;

const NEW: &str = "/admin/programmes/new";

/// A stored scenario with a plan. Answers its address without the language.
pub(crate) async fn solved(town: &Town, analyst: &Client, title: &str) -> String {
    let new = analyst.get(&format!("/ru{NEW}?place=990100000")).await;
    let tags = check_page(new.expect(200), "ru");
    let mut fields: Vec<(&str, &str)> = tags
        .iter()
        .filter(|tag| matches!(tag.name.as_str(), "input" | "textarea"))
        .filter(|tag| tag.get("type") != Some("checkbox") || tag.get("checked").is_some())
        .filter_map(|tag| {
            let value = tag.get("value").unwrap_or_else(|| tag.text.trim());
            Some((tag.get("name")?, value))
                .filter(|(name, _)| !matches!(*name, "csrf" | "q" | "title" | "act"))
        })
        .collect();
    fields.extend([("title", title), ("act", "solve")]);
    let answer = analyst.post(&format!("/ru{NEW}"), &fields).await;
    let path = answer.expect(303).location().split('?').next().unwrap().trim_start_matches("/ru").to_owned();
    while town.app.work_on_next_job(Uuid::from_u128(7)).await.unwrap() {}
    path
}

fn edit(tags: &[Tag]) -> String {
    tags.iter()
        .find(|tag| tag.get("name") == Some("edit"))
        .and_then(|tag| tag.get("value"))
        .unwrap()
        .to_owned()
}

/// The form of the decision; answers its tags.
async fn decide_page(client: &Client, lang: &str, path: &str) -> (Answer, Vec<Tag>) {
    let page = client.get(&format!("/{lang}{path}/decide")).await;
    let tags = check_page(page.expect(200), lang);
    (page, tags)
}

/// Two scenarios with plans, one of them decided and published, so that every page about them can be reached.
pub(crate) async fn keep(town: &Town) {
    let (analyst, akim) = (town.person("analyst").await, town.person("akim").await);
    let first = solved(town, &analyst, "Первый").await;
    crate::discussion::put_out(town, &first, 30).await;
    let path = solved(town, &analyst, "Второй").await;
    let (_, tags) = decide_page(&akim, "ru", &path).await;
    let signed = [("edit", edit(&tags)), ("act", "sign".to_owned())];
    let signed: Vec<(&str, &str)> = signed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    akim.post(&format!("/ru{path}/decide"), &signed).await.expect(303);
    let (_, tags) = decide_page(&akim, "ru", &path).await;
    akim.post(&format!("/ru{path}/publish"), &[("edit", edit(&tags).as_str())]).await.expect(303);
}

#[tokio::test]
async fn a_plan_is_shown_in_pictures_and_every_project_is_explained() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst, "Основной").await;
    for lang in ["kk", "ru", "en"] {
        let pictures = analyst.get(&format!("/{lang}{path}/pictures")).await;
        check_page(pictures.expect(200), lang);
        for chart in ["scatter", "gantt", "money", "sectors", "frontier", "tornado"] {
            pictures.says(&format!("id=\"chart-{chart}\""));
        }
        for number in ["S-2", "S-3", "S-4", "S-5", "S-6"] {
            let why = analyst.get(&format!("/{lang}{path}/why/{}", town.project(number))).await;
            check_page(why.expect(200), lang);
            why.says("id=\"cost\"");
        }
    }
    let svg = analyst.get(&format!("/kk{path}/pictures?chart=frontier&format=svg")).await;
    svg.expect(200).says("xml:lang=\"kk\"");
    let csv = analyst.get(&format!("/ru{path}/pictures?chart=gantt&format=csv")).await;
    assert!(csv.expect(200).text().lines().count() > 1);
    analyst.get(&format!("/ru{path}/why/{}", Uuid::nil())).await.expect(404);
    town.person("other-analyst").await.get(&format!("/ru{path}/pictures")).await.expect(403);
    town.person("resident").await.get(&format!("/ru{path}/decide")).await.expect(403);
}

#[tokio::test]
async fn other_plans_stand_beside_and_a_fair_one_becomes_a_scenario() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst, "Основной").await;
    for lang in ["kk", "ru", "en"] {
        let page = analyst.get(&format!("/{lang}{path}/beside")).await;
        check_page(page.expect(200), lang);
        for part in ["rank", "variants", "nested", "fair"] {
            page.says(&format!("id=\"{part}\""));
        }
        page.says("id=\"chart-nested\"");
    }
    let csv = analyst.get(&format!("/ru{path}/beside?chart=nested&format=csv")).await;
    // Five budgets and the heads.
    assert_eq!(csv.expect(200).text().trim().lines().count(), 6, "{}", csv.text());
    town.person("other-analyst").await.get(&format!("/ru{path}/beside")).await.expect(403);
    town.person("other-analyst")
        .await
        .post(&format!("/ru{path}/fair"), &[("goal", "maximin")])
        .await
        .expect(403);
    analyst.post(&format!("/ru{path}/fair"), &[("goal", "no-such")]).await.expect(404);
}

#[tokio::test]
async fn a_copy_names_its_origin_and_says_what_changed_since() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let path = solved(&town, &analyst, "Начало <1>").await;
    let id = path.rsplit('/').next().unwrap();
    let form = analyst.get(&format!("/ru{NEW}?place=990100000&from={id}")).await;
    let tags = check_page(form.expect(200), "ru");
    let less: Vec<(String, String)> = tags
        .iter()
        .filter(|tag| matches!(tag.name.as_str(), "input" | "textarea"))
        .filter(|tag| tag.get("type") != Some("checkbox") || tag.get("checked").is_some())
        .filter_map(|tag| {
            let (name, value) = (tag.get("name")?, tag.get("value").unwrap_or_else(|| tag.text.trim()));
            let value = if name == "budget-own-2027" { "60000" } else { value };
            Some((name.to_owned(), value.to_owned()))
                .filter(|(name, _)| !matches!(name.as_str(), "csrf" | "q" | "act"))
        })
        .chain([("act".to_owned(), "solve".to_owned())])
        .collect();
    let less: Vec<(&str, &str)> = less.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = analyst.post(&format!("/ru{NEW}"), &less).await;
    let copy = answer.expect(303).location().split('?').next().unwrap().trim_start_matches("/ru").to_owned();
    while town.app.work_on_next_job(Uuid::from_u128(7)).await.unwrap() {}
    for lang in ["kk", "ru", "en"] {
        let page = analyst.get(&format!("/{lang}{copy}")).await;
        check_page(page.expect(200), lang);
        page.says("id=\"since\"").says(&format!("href=\"/{lang}{path}\"")).says("Начало &#60;1&#62;");
    }
}

#[tokio::test]
async fn scenarios_stand_side_by_side() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let (first, second) =
        (solved(&town, &analyst, "Первый <b>").await, solved(&town, &analyst, "Второй").await);
    for lang in ["kk", "ru", "en"] {
        let address = format!("/{lang}/admin/programmes/compare?ids={}&ids={}", id(&first), id(&second));
        let page = analyst.get(&address).await;
        check_page(page.expect(200), lang);
        page.says("id=\"moves\"").says("id=\"chart-money\"").says_not("Первый <b>");
        let few = analyst.get(&format!("/{lang}/admin/programmes/compare?ids={}", id(&first))).await;
        check_page(few.expect(200), lang);
        few.says_not("id=\"moves\"");
    }
    analyst.get("/ru/admin/programmes/compare").await.expect(200);
    analyst.get("/ru/admin/programmes/compare?ids=x").await.expect(404);
}

#[tokio::test]
async fn the_head_deviates_with_a_reason_and_a_resident_reads_every_reason() {
    let town = Town::open().await;
    let (analyst, akim) = (town.person("analyst").await, town.person("akim").await);
    let path = solved(&town, &analyst, "К решению").await;
    analyst.post(&format!("/ru{path}/comments"), &[("voice", "council"), ("body", "")]).await.expect(422);
    let said = [("voice", "council"), ("body", "Нужна <вода>")];
    analyst.post(&format!("/ru{path}/comments"), &said).await.expect(303);

    let (page, tags) = decide_page(&akim, "ru", &path).await;
    page.says("Нужна &#60;вода&#62;");
    let edit = edit(&tags);
    // Somebody in the plan whom the head leaves out.
    let shown = akim.get(&format!("/ru{path}")).await;
    let plan = shown.expect(200).text().split("id=\"out\"").next().unwrap().to_owned();
    let numbers = ["S-2", "S-3", "S-4", "S-5"];
    let inside = numbers.into_iter().find(|number| plan.contains(&format!("p-{}", town.project(number))));
    let project = town.project(inside.expect("a free project in the plan")).to_string();
    let (start, why) = (format!("start-{project}"), format!("why-{project}"));
    let out = [("edit", edit.as_str()), ("act", "preview"), (start.as_str(), "out")];
    let preview = akim.post(&format!("/ru{path}/decide"), &out).await;
    check_page(preview.expect(200), "ru");
    preview.says("id=\"preview\"");

    let silent = [("edit", edit.as_str()), ("act", "sign"), (start.as_str(), "out")];
    let refused = akim.post(&format!("/ru{path}/decide"), &silent).await;
    check_page(refused.expect(422), "ru");
    refused.says(&format!("href=\"#f-{why}\"")).says("<option value=\"out\" selected");
    analyst.post(&format!("/ru{path}/decide"), &silent).await.expect(403);

    let told = [silent.as_slice(), &[(why.as_str(), "Участок ещё <не> оформлен")]].concat();
    akim.post(&format!("/ru{path}/decide"), &told).await.expect(303);
    let (page, tags) = decide_page(&akim, "ru", &path).await;
    page.says("id=\"signed\"").says("Участок ещё &#60;не&#62; оформлен");
    akim.post(&format!("/ru{path}/decide"), &told).await.expect(409);

    let now = crate::programme_decision::edit(&tags);
    let published = akim.post(&format!("/ru{path}/publish"), &[("edit", now.as_str())]).await;
    let decision =
        published.expect(303).location().split('?').next().unwrap().trim_start_matches("/ru").to_owned();
    read_by_everybody(&town, &decision).await;
}

/// What a resident finds: every project with its reason, files in three languages, the record over the API.
async fn read_by_everybody(town: &Town, decision: &str) {
    let nobody = town.nobody();
    for lang in ["kk", "ru", "en"] {
        let page = nobody.get(&format!("/{lang}{decision}")).await;
        check_page(page.expect(200), lang);
        page.says("Участок ещё &#60;не&#62; оформлен").says("Нужна &#60;вода&#62;");
        for number in ["S-2", "S-3", "S-4", "S-5", "S-6"] {
            page.says(&format!("/projects/{}", town.project(number)));
        }
        for number in ["S-2", "S-3", "S-5"] {
            let why = nobody.get(&format!("/{lang}{decision}/projects/{}", town.project(number))).await;
            check_page(why.expect(200), lang);
            why.says(&format!("/projects/{}", town.project(number)));
        }
        nobody.get(&format!("/{lang}{decision}/projects/{}", Uuid::nil())).await.expect(404);
        let pdf = nobody.get(&format!("/{lang}{decision}/download/pdf")).await;
        assert!(pdf.expect(200).body.starts_with(b"%PDF"));
        let csv = nobody.get(&format!("/{lang}{decision}/download/csv")).await;
        csv.expect(200).says("S-2");
    }
    assert_eq!(&nobody.get(&format!("/kk{decision}/download/xlsx")).await.expect(200).body[..2], b"PK");
    nobody.get(&format!("/kk{decision}/download/exe")).await.expect(404);
    let record = nobody.get(&format!("/ru{decision}/download/json")).await;
    let record: Value = serde_json::from_str(record.expect(200).text()).unwrap();
    // Over the API every number is read and written once more, which may change the last digit of a fraction.
    let record: Value = serde_json::from_str(&record.to_string()).unwrap();
    assert_eq!(record["format"], "akimat-decision/2");
    let over = nobody.get(&format!("/api/v1{decision}")).await;
    let over: Value = serde_json::from_str(over.expect(200).text()).unwrap();
    assert_eq!((&over["document_format"], &over["document"]), (&Value::from("akimat-decision/2"), &record));
    nobody.get("/ru/decisions").await.expect(200).says(decision);
}
