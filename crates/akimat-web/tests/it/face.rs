//! The register for residents: map, comparison, calendar, feeds, cards, codes, passports.

use crate::client::{Answer, Client};
use crate::html::{Tag, check_page, check_shape, parse};
use crate::town::{Town, options};
use akimat_app::boundary::Drawing;
use akimat_interop::boundary::decode_boundaries;
use akimat_web_kit::state::{Tiles, WebOptions};
use std::collections::BTreeSet;

const LANGS: [&str; 3] = ["kk", "ru", "en"];

/// Addresses of the links below the map, in their order: west, north, south, east, in, out, whole.
fn moves(tags: &[Tag]) -> Vec<String> {
    let is_move = |tag: &&Tag| tag.name == "a" && tag.get("data-go").is_some() && tag.get("title").is_some();
    tags.iter().filter(is_move).filter_map(|tag| tag.get("href").map(str::to_owned)).collect()
}

async fn look(client: &Client, path: &str) -> (Answer, Vec<Tag>) {
    let answer = client.get(path).await;
    answer.expect(200);
    let lang = path.split(['/', '?']).nth(1).unwrap().to_owned();
    let tags = check_page(&answer, &lang);
    (answer, tags)
}

#[tokio::test]
async fn a_map_is_walked_by_links_alone() {
    let town = Town::open().await;
    let client = town.nobody();
    for lang in LANGS {
        let (page, tags) = look(&client, &format!("/{lang}/projects/map")).await;
        page.says("class=\"map-picture\"").says("mark-crowd");
        let links = moves(&tags);
        assert_eq!(links.len(), 7, "{links:?}");
        for link in &links {
            let (moved, _) = look(&client, link).await;
            assert!(link.contains("at=") && link.contains("z="), "{link}");
            moved.says("map-moves-bar");
        }
    }
    // Everything lies at one place: the nearest map leads from the crowd to its list.
    let (near, tags) = look(&client, "/ru/projects/map?at=51.1,71.4&z=17&status=implementing").await;
    let crowd = tags.iter().find(|tag| tag.get("class").is_some_and(|c| c.contains("mark-"))).unwrap();
    let (list, _) = look(&client, &crate::html::unescape(crowd.get("href").unwrap())).await;
    list.says("S-7");
    near.says("rel=\"nofollow\"");
    assert_eq!(moves(&tags).len(), 6, "no nearer than this");
    let (far, tags) = look(&client, "/ru/projects/map?at=51.1,71.4&z=3").await;
    assert_eq!(moves(&tags).len(), 6, "no farther than this");
    far.says("<svg");
}

#[tokio::test]
async fn hostile_maps_show_something() {
    let town = Town::open().await;
    for query in [
        "at=abc&z=99",
        "at=91,0&z=5",
        "at=NaN,NaN&z=-1",
        "at=51.1&z=",
        "bounds=1,2,3",
        "bounds=90,180,-90,-180",
        "near=51.1,71.4&radius=-5",
        "at=85.05,179.99&z=17",
        "at=-89.9,-179.99&z=3",
        "z=18446744073709551616&at=0,0",
        "q=%00%ff%3Cscript%3E",
    ] {
        // The page repeats in its links what a stranger wrote.
        let answer = town.nobody().get(&format!("/en/projects/map?{query}")).await;
        check_shape(answer.expect(200), "en");
        answer.says("map-picture").says_not("<script>");
        check_shape(town.nobody().get(&format!("/en/projects?{query}")).await.expect(200), "en");
    }
}

#[tokio::test]
async fn borders_and_tiles_are_those_of_the_operator() {
    let town = Town::open().await;
    let file = r#"{"features":[{"properties":{"kato":"990100000"},"geometry":{"type":"Polygon",
        "coordinates":[[[71.0,50.9],[71.8,50.9],[71.8,51.3],[71.0,51.3]]]}}]}"#;
    let outlines = decode_boundaries(file.as_bytes()).unwrap();
    let drawing = Drawing { source: "Own survey, CC BY 4.0".to_owned(), invented: true };
    assert_eq!(town.app.import_boundaries_as_operator(&outlines, &drawing).await.unwrap(), 1);
    let (page, _) = look(&town.nobody(), "/ru/projects/map?at=51.1,71.4&z=9").await;
    page.says("map-border").says("Own survey, CC BY 4.0").says_not("<image");
    assert!(!page.header("content-security-policy").contains("tiles"));
    let tiles = Tiles::new("https://tiles.example.kz/{z}/{x}/{y}.png", "© Everybody");
    let town = Town::with(WebOptions { tiles, ..options() }).await;
    let (page, _) = look(&town.nobody(), "/ru/projects/map?at=51.1,71.4&z=9").await;
    page.says("https://tiles.example.kz/9/").says("© Everybody");
    assert!(page.header("content-security-policy").contains("img-src 'self' https://tiles.example.kz"));
    assert_eq!(Tiles::new("https://x.kz/{z}/{x}/{y}.png;script-src *", ""), None);
}

#[tokio::test]
async fn a_calendar_is_a_month_a_list_and_a_file() {
    let town = Town::open().await;
    let client = town.nobody();
    for lang in LANGS {
        let (month, _) = look(&client, &format!("/{lang}/projects/calendar?month=2028-10")).await;
        month.says("S-7").says("<table class=\"calendar\"");
        let (list, _) = look(&client, &format!("/{lang}/projects/calendar?month=2028-10&view=list")).await;
        list.says("S-7").says("calendar-list");
        look(&client, &format!("/{lang}/projects/calendar?month=2028-11&view=list")).await;
    }
    for month in ["0000-13", "99999-01", "2026-00", "x", "1989-12", "2026-2-2"] {
        look(&client, &format!("/kk/projects/calendar?month={month}")).await;
    }
    let file = client.get("/kk/projects/calendar.ics").await;
    file.expect(200);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let lines: Vec<&str> = file.text().split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains('\n')));
    assert_eq!(
        (lines[0], lines[lines.len() - 2], lines[lines.len() - 1]),
        ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    );
    let count = |what: &str| lines.iter().filter(|line| **line == what).count();
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert!(count("BEGIN:VEVENT") > 0, "the second milestone lies within two years");
    let whole = file.text().replace("\r\n ", "");
    let names: Vec<&str> = whole.split("\r\n").filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    let again =
        client.request("GET", "/kk/projects/calendar.ics").header("if-none-match", file.header("etag"));
    client.send(again.body(axum::body::Body::empty()).unwrap()).await.expect(304);
}

#[tokio::test]
async fn feeds_are_atom() {
    let town = Town::open().await;
    let client = town.nobody();
    let project = town.project("S-7");
    for path in ["/kk/projects/feed.atom", "/ru/projects/feed.atom?sector=transport&q=Мост"]
        .map(|path| path.replace("Мост", "%D0%9C%D0%BE%D1%81%D1%82"))
        .into_iter()
        .chain([format!("/en/projects/{project}/feed.atom")])
    {
        let answer = client.get(&path).await;
        answer.expect(200);
        assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
        let tree = roxmltree::Document::parse(answer.text()).unwrap();
        let feed = tree.root_element();
        assert_eq!(
            (feed.tag_name().name(), feed.tag_name().namespace()),
            ("feed", Some("http://www.w3.org/2005/Atom"))
        );
        let texts = |node: roxmltree::Node<'_, '_>, name: &str| -> Vec<String> {
            let own = node.children().filter(|child| child.tag_name().name() == name);
            own.map(|child| child.text().unwrap_or_default().to_owned()).collect()
        };
        for once in ["id", "title", "updated"] {
            assert_eq!(texts(feed, once).len(), 1, "{once}");
        }
        let rel = |rel: &str| feed.children().any(|child| child.attribute("rel") == Some(rel));
        assert!(rel("self") && rel("alternate"));
        let entries: Vec<_> = feed.children().filter(|child| child.tag_name().name() == "entry").collect();
        assert!(!entries.is_empty());
        let mut names = BTreeSet::new();
        for entry in &entries {
            for once in ["id", "title", "updated", "content"] {
                assert_eq!(texts(*entry, once).len(), 1, "{once}");
            }
            assert!(texts(*entry, "updated")[0].parse::<jiff::Timestamp>().is_ok());
            assert!(names.insert(texts(*entry, "id")[0].clone()));
        }
        let again = client.request("GET", &path).header("if-none-match", answer.header("etag"));
        client.send(again.body(axum::body::Body::empty()).unwrap()).await.expect(304);
    }
    client.get(&format!("/kk/projects/{}/feed.atom", uuid::Uuid::nil())).await.expect(404);
}

#[tokio::test]
async fn two_to_six_projects_stand_side_by_side() {
    let town = Town::open().await;
    let client = town.nobody();
    let ids: Vec<String> = town.projects.values().map(ToString::to_string).collect();
    let path = |lang: &str, n: usize| {
        let query: Vec<String> = ids.iter().take(n).map(|id| format!("id={id}")).collect();
        format!("/{lang}/projects/compare?{}", query.join("&"))
    };
    for lang in LANGS {
        for n in [0, 1] {
            let (page, _) = look(&client, &path(lang, n)).await;
            page.says_not("<table class=\"compare\"");
        }
        for n in 2..=ids.len().min(8) {
            let (page, tags) = look(&client, &path(lang, n)).await;
            let columns =
                tags.iter().filter(|tag| tag.name == "th" && tag.get("scope") == Some("col")).count();
            assert_eq!(columns, n.min(6) + 1);
            assert_eq!(page.text().contains("note-warning"), n > 6, "{n}");
        }
    }
    let strange = format!("{}&id=x&id={}&id={}", path("ru", 2), uuid::Uuid::nil(), ids[0]);
    let (page, _) = look(&client, &strange).await;
    page.says("<table class=\"compare\"");
}

#[tokio::test]
async fn the_card_may_stand_on_any_site_and_nothing_else_may() {
    let town = Town::open().await;
    let project = town.project("S-7");
    for lang in LANGS {
        let (card, tags) = look(&town.nobody(), &format!("/{lang}/projects/{project}/embed")).await;
        let policy = card.header("content-security-policy");
        assert!(policy.contains("frame-ancestors *") && policy.contains("default-src 'none'"), "{policy}");
        assert!(
            !policy.contains("script-src")
                && tags.iter().all(|tag| tag.name != "script" && tag.name != "form")
        );
        assert_eq!(card.header("x-frame-options"), "", "an older header would forbid what the policy allows");
        let page = town.nobody().get(&format!("/{lang}/projects/{project}/share")).await;
        page.expect(200).says("&#60;iframe");
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    }
}

/// Draws the path of a code as a reader's camera sees it.
fn read_code(svg: &str) -> String {
    const DOT: usize = 4;
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for run in path.split('M').filter(|run| !run.is_empty()) {
        let (at, n) = run.split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let n: usize = n.split('v').next().unwrap().parse().unwrap();
        dark[y * side + x..y * side + x + n].fill(true);
    }
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side * DOT, side * DOT, |x, y| {
        if dark[y / DOT * side + x / DOT] { 0 } else { 255 }
    });
    picture.detect_grids()[0].decode().unwrap().1
}

#[tokio::test]
async fn codes_lead_to_the_project() {
    let town = Town::with(WebOptions { origin: "https://akimat.example.kz".to_owned(), ..options() }).await;
    let project = town.project("S-7");
    for lang in LANGS {
        let wanted = format!("https://akimat.example.kz/{lang}/projects/{project}");
        let file = town.nobody().get(&format!("/{lang}/projects/{project}/qr.svg")).await;
        file.expect(200);
        assert_eq!(read_code(file.text()), wanted);
        assert_eq!(file.header("content-type"), "image/svg+xml");
        let (board, _) = look(&town.nobody(), &format!("/{lang}/projects/{project}/board")).await;
        let code = board.text().split("<svg class=\"qr\"").nth(1).unwrap();
        assert_eq!(read_code(code), wanted);
    }
}

#[tokio::test]
async fn a_passport_is_a_page_and_a_document_in_three_languages() {
    let town = Town::open().await;
    for number in ["S-7", "S-9"] {
        let project = town.project(number);
        let mut documents = BTreeSet::new();
        for lang in LANGS {
            let (page, tags) = look(&town.nobody(), &format!("/{lang}/projects/{project}/print")).await;
            page.says(number).says(&project.to_string());
            assert!(tags.iter().filter(|tag| tag.name == "caption").count() >= 2);
            let pdf = town.nobody().get(&format!("/{lang}/projects/{project}/passport.pdf")).await;
            pdf.expect(200);
            assert_eq!(pdf.header("content-type"), "application/pdf");
            assert!(pdf.header("content-disposition").contains(&format!("{lang}.pdf")));
            assert!(pdf.body.starts_with(b"%PDF-") && pdf.body.len() > 5_000);
            documents.insert(pdf.body);
        }
        assert_eq!(documents.len(), 3);
    }
    town.nobody().get(&format!("/kk/projects/{}/passport.pdf", uuid::Uuid::nil())).await.expect(404);
}

/// At most ten statements for any list, map or feed (issue 6).
#[tokio::test]
async fn a_page_asks_the_database_little() {
    let town = Town::open().await;
    let project = town.project("S-7");
    for path in [
        "/kk/projects".to_owned(),
        "/ru/projects?q=%D0%9C%D0%BE%D1%81%D1%82&status=implementing&place=990100000&year=2027&sort=ends_on"
            .to_owned(),
        "/en/projects?near=51.1,71.4&radius=500&late=yes".to_owned(),
        "/kk/projects/map?sector=transport".to_owned(),
        "/kk/projects/calendar?place=990100000".to_owned(),
        "/kk/projects/feed.atom?sector=transport".to_owned(),
        format!("/kk/projects/{project}/embed"),
        format!("/kk/projects/{project}/print"),
    ] {
        let before = town.store.n_statements();
        town.nobody().get(&path).await.expect(200);
        let n_statements = town.store.n_statements() - before;
        assert!(n_statements <= 10, "{path}: {n_statements} statements");
    }
}

#[tokio::test]
async fn the_list_leads_to_its_other_shapes() {
    let town = Town::open().await;
    let (page, tags) = look(&town.nobody(), "/ru/projects?sector=transport&q=S-7").await;
    for shape in ["map", "calendar", "feed.atom"] {
        page.says(&format!("/ru/projects/{shape}?q=S-7&#38;sector=transport"));
    }
    page.says("/ru/subscriptions/new?q=S-7&#38;sector=transport");
    assert!(tags.iter().any(|tag| tag.get("name") == Some("id") && tag.get("type") == Some("checkbox")));
    assert!(parse(page.text()).is_ok());
}
