//! Files of charts: the page's own address answers them.

use crate::town::Town;

#[tokio::test]
async fn a_chart_comes_as_drawing_picture_and_table() {
    let town = Town::open().await;
    let client = town.nobody();
    let budget = format!("/kk/budgets/{}", town.budgets[0]);
    let page = client.get(&budget).await;
    page.expect(200).says("name=\"chart\" value=\"revenue\"").says("value=\"png\"");
    let svg = client.get(&format!("{budget}?chart=expenditure&format=svg")).await;
    svg.expect(200);
    assert_eq!(svg.header("content-type"), "image/svg+xml");
    assert!(svg.header("content-disposition").starts_with("attachment; filename=\"budget-"));
    svg.says("xml:lang=\"kk\"")
        .says("<style>")
        .says(".bar{fill:#00627a}")
        .says_not("<script")
        .says_not("var(");
    let png = client.get(&format!("{budget}?chart=dynamics&format=png")).await;
    png.expect(200);
    assert_eq!((png.header("content-type"), &png.body[..8]), ("image/png", b"\x89PNG\r\n\x1a\n".as_slice()));
    assert!(png.body.len() > 10_000, "{} bytes", png.body.len());
    let csv = client.get(&format!("{budget}?stage=approved&chart=revenue&format=csv")).await;
    csv.expect(200);
    assert!(csv.text().starts_with('\u{feff}') && csv.text().lines().count() > 3, "{}", csv.text());
    assert_eq!(
        &client.get(&format!("{budget}?chart=revenue&format=xlsx")).await.expect(200).body[..2],
        b"PK"
    );
}

#[tokio::test]
async fn the_same_question_gives_the_same_file() {
    let town = Town::open().await;
    let address = format!("/ru/budgets/{}?chart=revenue&format=png", town.budgets[3]);
    let (first, second) = (town.nobody().get(&address).await, town.nobody().get(&address).await);
    assert_eq!(first.expect(200).body, second.expect(200).body);
}

#[tokio::test]
async fn a_file_that_no_page_offers_is_not_there() {
    let town = Town::open().await;
    let client = town.nobody();
    let budget = format!("/en/budgets/{}", town.budgets[0]);
    for query in ["chart=other&format=svg", "chart=revenue&format=exe", "chart=%22%3E&format=png"] {
        client.get(&format!("{budget}?{query}")).await.expect(404);
    }
    // Half a question is a question for the page.
    client.get(&format!("{budget}?chart=revenue")).await.expect(200).says("<h1");
    client.get(&format!("{budget}?format=svg")).await.expect(200).says("<h1");
}
