//! Reports: written by an analyst, seen by the owner until published, read in three languages, kept as PDF.

use crate::client::{Answer, Client};
use crate::html::{check_page, parse, values};
use crate::town::Town;

/// Begins a report; answers its address without the language.
async fn begin(client: &Client) -> String {
    let titles = [("title-kk", "Кірістер"), ("title-ru", "Доходы"), ("title-en", "Revenue")];
    let answer = client.post("/kk/reports/new", &titles).await;
    answer.expect(303);
    answer.location().trim_start_matches("/kk").trim_end_matches("/edit").to_owned()
}

/// Sends the editor's form as it stands, with these fields changed, by this button.
async fn press(client: &Client, report: &str, act: &str, changes: &[(&str, &str)]) -> Answer {
    let page = client.get(&format!("/kk{report}/edit")).await;
    page.expect(200);
    let tags = parse(page.text()).unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in tags.iter().filter(|tag| matches!(tag.name.as_str(), "input" | "textarea")) {
        let Some(name) = tag.get("name").filter(|name| *name != "csrf") else { continue };
        let value = if tag.name == "input" { tag.get("value").unwrap_or_default() } else { tag.text.trim() };
        fields.push((name.to_owned(), crate::html::unescape(value)));
    }
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields.push(("act".to_owned(), act.to_owned()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&format!("/kk{report}/edit"), &fields).await
}

/// A public report with a figure, for the walk through all pages.
pub(crate) async fn keep(town: &Town) -> String {
    let analyst = town.person("analyst").await;
    let report = begin(&analyst).await;
    let budget = town.budgets[0].to_string();
    press(&analyst, &report, "add-budget", &[("budget", &budget), ("part", "indicators")]).await.expect(303);
    press(&analyst, &report, "publish", &[]).await.expect(303);
    report
}

#[tokio::test]
async fn a_report_is_put_together_published_and_kept_as_pdf() {
    let town = Town::open().await;
    let (analyst, anybody) = (town.person("analyst").await, town.nobody());
    let report = begin(&analyst).await;
    anybody.get(&format!("/kk{report}")).await.expect(404);
    let budget = town.budgets[0].to_string();
    press(&analyst, &report, "add-text", &[]).await.expect(303);
    let words = [
        ("heading-0-kk", "Қысқаша"),
        ("heading-0-ru", "Кратко"),
        ("heading-0-en", "In short"),
        ("text-0-kk", "Бірінші.\nЕкінші <b>."),
        ("text-0-ru", "Первый."),
        ("budget", &budget),
        ("part", "revenue"),
    ];
    press(&analyst, &report, "add-budget", &words).await.expect(303);
    let address = format!("https://akimat.kz/ru/budgets/{budget}?chart=expenditure");
    let added = press(&analyst, &report, "add-address", &[("address", &address)]).await;
    assert!(added.expect(303).location().ends_with("#section-2"), "{}", added.location());
    // A text that is not in English yet stops the publication, at its field.
    let refused = press(&analyst, &report, "publish", &[]).await;
    refused.expect(422).says("id=\"f-text-0-en-error\"");
    anybody.get(&format!("/kk{report}")).await.expect(404);
    press(&analyst, &report, "publish", &[("text-0-en", "First.")]).await.expect(303);
    for (lang, title) in [("kk", "Кірістер"), ("ru", "Доходы"), ("en", "Revenue")] {
        let page = anybody.get(&format!("/{lang}{report}")).await;
        check_page(&page, lang);
        page.says(title).says("id=\"chart-s2\"").says("id=\"s2-t\"").says("id=\"s3-t\"").says_not("<b>.");
        anybody.get(&format!("/{lang}/reports")).await.expect(200).says(title);
        let pdf = anybody.get(&format!("/{lang}{report}/pdf")).await;
        pdf.expect(200);
        assert_eq!((pdf.header("content-type"), &pdf.body[..5]), ("application/pdf", b"%PDF-".as_slice()));
        assert_eq!(
            pdf.body,
            anybody.get(&format!("/{lang}{report}/pdf")).await.body,
            "the clock of the town stands"
        );
    }
    let svg = anybody.get(&format!("/kk{report}?chart=s3&format=svg")).await;
    svg.expect(200).says("xml:lang=\"kk\"");
    anybody.get(&format!("/kk{report}?chart=s1&format=svg")).await.expect(404);
    press(&analyst, &report, "unpublish", &[]).await.expect(303);
    anybody.get(&format!("/kk{report}")).await.expect(404);
}

#[tokio::test]
async fn sections_move_and_nothing_is_lost() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let report = begin(&analyst).await;
    press(&analyst, &report, "add-text", &[]).await.expect(303);
    press(&analyst, &report, "add-text", &[("heading-0-kk", "бірінші")]).await.expect(303);
    press(&analyst, &report, "up-1", &[("heading-1-kk", "екінші")]).await.expect(303);
    let page = analyst.get(&format!("/kk{report}/edit")).await;
    let tags = parse(page.text()).unwrap();
    let both = (values(&tags, "heading-0-kk"), values(&tags, "heading-1-kk"));
    assert_eq!(both, (vec!["екінші".to_owned()], vec!["бірінші".to_owned()]));
    press(&analyst, &report, "remove-0", &[]).await.expect(303);
    let page = analyst.get(&format!("/kk{report}/edit")).await;
    page.says("value=\"бірінші\"").says_not("екінші");
}

#[tokio::test]
async fn a_report_belongs_to_its_owner() {
    let town = Town::open().await;
    let (analyst, other, resident) =
        (town.person("analyst").await, town.person("other-analyst").await, town.person("resident").await);
    let report = begin(&analyst).await;
    other.get(&format!("/kk{report}/edit")).await.expect(404);
    resident.get("/kk/reports/new").await.expect(403);
    other.post(&format!("/kk{report}/remove"), &[]).await.expect(404);
    press(&analyst, &report, "publish", &[]).await.expect(303);
    other.get(&format!("/kk{report}/edit")).await.expect(403);
    other.get(&format!("/kk{report}")).await.expect(200);
    // A form that was opened before another change is refused.
    let titles = [("title-kk", "Кеш"), ("title-ru", "Поздно"), ("title-en", "Late")];
    let stale = [titles.as_slice(), &[("version", "1"), ("pieces", "0"), ("act", "save")]].concat();
    analyst.post(&format!("/kk{report}/edit"), &stale).await.expect(409);
    analyst.post(&format!("/kk{report}/remove"), &[]).await.expect(303);
    other.get(&format!("/kk{report}")).await.expect(404);
}

#[tokio::test]
async fn a_wrong_section_is_named_and_a_gone_one_does_not_take_the_report_with_it() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let report = begin(&analyst).await;
    let wrong =
        press(&analyst, &report, "add-address", &[("address", "https://example.org/x\"><script>")]).await;
    wrong.expect(422).says("id=\"f-address-error\"").says_not("\"><script>");
    press(&analyst, &report, "add-budget", &[("budget", "")]).await.expect(422).says("id=\"f-budget-error\"");
    let gone = "/budgets/0190a0b0-0000-7000-8000-0000000000ff";
    press(&analyst, &report, "add-address", &[("address", gone)]).await.expect(303);
    analyst.get(&format!("/ru{report}")).await.expect(200).says("больше нет");
    analyst.get(&format!("/ru{report}/pdf")).await.expect(200);
    // What somebody writes into the hidden field is read strictly.
    let forged = press(&analyst, &report, "save", &[("source-0", "{\"kind\":\"view\",\"query\":5}")]).await;
    forged.expect(303);
    let none =
        press(&analyst, &report, "save", &[("title-kk", ""), ("title-ru", ""), ("title-en", "")]).await;
    none.expect(422).says("id=\"f-title-kk-error\"");
}
