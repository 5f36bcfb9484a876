//! The statistics workbench: published tables come out again, what the data do not carry is refused with its
//! reason, and a table of one's own is analysed without being kept.

use crate::client::Sent;
use crate::html::{check_page, check_shape};
use crate::town::Town;

const TABLE: &str = "score;group\n1,5;a\n2,5;a\n3;a\n9;b\n8,5;b\n7;b\n";

#[tokio::test]
async fn table_six_says_what_is_significant_with_five_observations() {
    let town = Town::open().await;
    let hub = town.nobody().get("/en/statistics").await;
    hub.expect(200).says("/en/statistics/tables/correlations").says("/en/statistics/own");
    let table = town.nobody().get("/en/statistics/tables/correlations").await;
    table.expect(200).says("COR-1").says("Emerging Science Journal");
    let names = [
        "Projects",
        "Transfers (millions)",
        "Local budget revenues (millions)",
        "Socio-economic development (index)",
        "Expenditures on the social sphere (million)",
        "Projects at the local level (%)",
        "Completed projects (%)",
    ];
    let fields: Vec<(&str, &str)> = names.iter().map(|name| ("columns", *name)).collect();
    let query =
        crate::client::encode(&[&[("method", "matrix"), ("size", "5"), ("go", "1")], &fields[..]].concat());
    let page = town.nobody().get(&format!("/en/statistics/tables/correlations?{query}")).await;
    check_page(page.expect(200), "en");
    page.says("0.8783").says("4.427").says("independent dimensions").says("np.linalg.eigvalsh");
    let file = town.nobody().get(&format!("/en/statistics/tables/correlations?{query}&as=result.csv")).await;
    assert!(file.expect(200).text().starts_with("sheet,order,eigenvalue,share\neigenvalues,1,4.42"));
}

#[tokio::test]
async fn nominal_answers_have_no_ranks() {
    let town = Town::open().await;
    let query = "method=correlate&coefficient=spearman&columns=option_no&columns=persons&go=1";
    let page = town.nobody().get(&format!("/ru/statistics/tables/civil-servants?{query}")).await;
    check_page(page.expect(200), "ru");
    page.says("названия без порядка");
}

#[tokio::test]
async fn a_table_of_ones_own_travels_in_the_form() {
    let town = Town::open().await;
    let file = Sent { name: "own.csv", bytes: TABLE.as_bytes() };
    let read = town.nobody().upload("/kk/statistics/own", &[], &file).await;
    check_page(read.expect(200), "kk");
    read.says("score,group").says("сандар");
    let none = Sent { name: "", bytes: b"" };
    let asked =
        [("text", TABLE), ("method", "compare"), ("columns", "score"), ("group", "group"), ("go", "1")];
    let page = town.nobody().upload("/en/statistics/own", &asked, &none).await;
    check_page(page.expect(200), "en");
    page.says("Welch").says("−5.833").says("Few observations");
    let asked = [&asked[..4], &[("as", "result.json")]].concat();
    let json = town.nobody().upload("/en/statistics/own", &asked, &none).await;
    let json: serde_json::Value = serde_json::from_str(json.expect(200).text()).unwrap();
    assert_eq!((&json["n"], &json["method"]), (&6.into(), &"compare".into()));
}

#[tokio::test]
async fn what_is_wrong_with_a_table_is_told_cell_by_cell() {
    let town = Town::open().await;
    let none = Sent { name: "", bytes: b"" };
    let asked =
        [("text", "a,b\n1,2\ntwo,NaN\n3,inf\n"), ("method", "describe"), ("columns", "b"), ("go", "1")];
    let page = town.nobody().upload("/en/statistics/own", &asked, &none).await;
    check_shape(page.expect(200), "en");
    page.says("Row 3: NaN").says("Row 4: inf").says("Row 3: two");
    let wide = (0..10_000).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",");
    let page = town.nobody().upload("/en/statistics/own", &[("text", &wide)], &none).await;
    check_page(page.expect(422), "en");
    let empty = town.nobody().upload("/en/statistics/own", &[], &none).await;
    empty.expect(422).says("Please choose a file or paste a table.");
}

#[tokio::test]
async fn tables_of_the_platform_can_be_asked() {
    let town = Town::open().await;
    for id in ["budgets", "indicators", "projects"] {
        let page = town.nobody().get(&format!("/en/statistics/tables/{id}")).await;
        check_page(page.expect(200), "en");
    }
    let query = "method=frequency&columns=sector&go=1";
    let page = town.nobody().get(&format!("/en/statistics/tables/projects?{query}")).await;
    check_page(page.expect(200), "en");
    page.says("Share");
    town.nobody().get("/en/statistics/tables/none").await.expect(404);
}
