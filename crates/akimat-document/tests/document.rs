//! What documents and pictures promise.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use akimat_document::figure::Around;
use akimat_document::{
    Block, Column, Document, DocumentError, Drawing, Style, Table, encode_pdf, encode_png, standalone,
};

const CHART: &str = "<div class=\"chart bars\"><span id=\"c-t\" hidden=\"\">Құрылымы</span><span id=\"c-d\" hidden=\"\"></span>\
    <ul class=\"legend\"><li><svg width=\"22\" height=\"14\" aria-hidden=\"true\"><path class=\"line l1\" d=\"M1 7H21\"/></svg>Өз кірістері</li></ul>\
    <div role=\"img\" class=\"bars-rows\" aria-labelledby=\"c-t c-d\"><span class=\"bars-label\">Білім беру &lt;b&gt;</span>\
    <svg class=\"bars-track\" width=\"100%\" height=\"18\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" height=\"18\" rx=\"3\"/>\
    <rect class=\"bar\" x=\"0%\" width=\"50%\" height=\"18\" rx=\"3\"/></svg><span class=\"bars-value\">94,6 млрд ₸</span></div>\
    <svg role=\"img\" class=\"plot plot-narrow\" viewBox=\"0 0 340 280\"><path class=\"grid\" d=\"M0 0\"/></svg>\
    <svg role=\"img\" class=\"plot plot-wide\" viewBox=\"0 0 600 300\"><a href=\"/kk/x\"><circle cx=\"300\" cy=\"150\" r=\"40\" class=\"bar\"/></a></svg></div>";

fn style() -> Style {
    Style::read(
        ":root { --s1: #00627a; --paper: #ffffff; } /* Charts */ .bar { fill: var(--s1); }",
        "/* Charts */",
        "/* End */",
    )
}

fn chart() -> Drawing {
    let notes = ["Дереккөз: бюджет-2026.xlsx".to_owned()];
    standalone(CHART, &Around { title: "Кірістер құрылымы", notes: &notes, lang: "kk" }, &style()).unwrap()
}

fn page_words(page: usize, pages: usize) -> String {
    format!("{page} / {pages}")
}

fn document(rows: usize) -> Document {
    let row = |n: usize| vec![format!("Ауыл {n}"), format!("{n} 000,0"), "12,5 %".to_owned()];
    Document {
        title: "Ақжар ауданының бюджеті".to_owned(),
        subtitle: "2026 жыл".to_owned(),
        lang: "kk".to_owned(),
        footer: "Akimat".to_owned(),
        contents: Some("Мазмұны".to_owned()),
        blocks: vec![
            Block::Heading { level: 1, text: "Кірістер".to_owned() },
            Block::Paragraph("Аудан кірістерінің 93 %-ы трансферттер.\nБіріншіден, 5 млрд ₸.".to_owned()),
            Block::Figure { drawing: chart(), alt: "Білім беру 94,6 млрд ₸".to_owned() },
            Block::Note("Дереккөз: бюджет-2026.xlsx, 22.11.2026".to_owned()),
            Block::Heading { level: 1, text: "Ауылдар".to_owned() },
            Block::Table(Table {
                caption: "Ауылдар бойынша, мың теңге".to_owned(),
                columns: vec![Column::text("Ауыл"), Column::number("Сома"), Column::number("Үлесі")],
                rows: (1..=rows).map(row).collect(),
            }),
        ],
    }
}

/// Pages of a PDF, counted in its page tree.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type/Page").count().max(text.matches("/Type /Page").count())
        - text.matches("/Type/Pages").count().max(text.matches("/Type /Pages").count())
}

#[test]
fn a_chart_stands_alone() {
    let drawing = chart();
    assert!(drawing.svg.starts_with("<svg xmlns="), "{}", drawing.svg);
    assert!(drawing.svg.contains(".bar{fill:#00627a}"), "the looks of the page come with it");
    assert!(drawing.svg.contains("Білім беру &lt;b&gt;") && drawing.svg.contains("94,6 млрд ₸"));
    assert!(drawing.svg.contains("Кірістер құрылымы") && drawing.svg.contains("бюджет-2026.xlsx"));
    assert!(!drawing.svg.contains("href") && !drawing.svg.contains('%'), "{}", drawing.svg);
    assert_eq!(drawing.svg.matches("<circle").count(), 1, "one of the two drawings");
    assert!(standalone("<div><p></div>", &Around::default(), &style()).is_err());
    assert!(
        standalone("<!DOCTYPE x [<!ENTITY a \"b\">]><div>&a;</div>", &Around::default(), &style()).is_err()
    );
}

#[test]
fn a_picture_shows_something() {
    let png = encode_png(&chart(), 2.0).unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!(pixels.width(), 1280);
    let coloured =
        pixels.pixels().iter().filter(|pixel| (pixel.red(), pixel.green(), pixel.blue()) == (0, 0x62, 0x7a));
    assert!(coloured.count() > 10_000, "the bar and the disc are drawn in the colour of the page");
    let dark =
        pixels.pixels().iter().filter(|pixel| pixel.red() < 90 && pixel.green() < 90 && pixel.blue() < 60);
    assert!(dark.count() > 200, "letters are drawn");
    assert_eq!(png, encode_png(&chart(), 2.0).unwrap(), "the same bytes each time");
}

#[test]
fn a_picture_is_bounded() {
    let tall = Drawing {
        svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"1000000\"><rect width=\"10\" height=\"9\"/></svg>".to_owned(),
        width: 10.0,
        height: 1e6,
    };
    let png = encode_png(&tall, 3.0);
    assert!(png.is_err() || resvg::tiny_skia::Pixmap::decode_png(&png.unwrap()).unwrap().height() <= 4000);
    let broken = Drawing { svg: "<svg".to_owned(), width: 1.0, height: 1.0 };
    assert!(encode_png(&broken, 1.0).is_err());
}

#[test]
fn documents_are_the_same_each_time() {
    let first = encode_pdf(&document(30), &page_words).unwrap();
    assert!(first.starts_with(b"%PDF-1."));
    assert_eq!(first, encode_pdf(&document(30), &page_words).unwrap());
    let text = String::from_utf8_lossy(&first);
    assert!(text.contains("/Lang") && text.contains("/StructTreeRoot") && text.contains("pdfuaid"), "tagged");
    if let Ok(path) = std::env::var("AKIMAT_KEEP") {
        std::fs::write(path, &first).unwrap();
    }
}

#[test]
fn a_thousand_rows_go_over_pages_with_their_head() {
    let pdf = encode_pdf(&document(1000), &page_words).unwrap();
    let count = pages(&pdf);
    assert!((15..40).contains(&count), "{count} pages");
    assert!(matches!(
        encode_pdf(&document(20_001), &page_words),
        Err(DocumentError::TooLong { rows: 20_001 })
    ));
}

#[test]
fn hostile_words_stay_on_the_page() {
    let long = "ұ".repeat(5_000);
    let document = Document {
        title: long.clone(),
        lang: "kk".to_owned(),
        footer: long.clone(),
        contents: Some(long.clone()),
        blocks: vec![
            Block::Heading { level: 9, text: long.clone() },
            Block::Heading { level: 0, text: "\u{1f600}\u{0}\n<b>".to_owned() },
            Block::Paragraph(format!("{long} \u{202e}عربي")),
            Block::Paragraph(String::new()),
            Block::Note(String::new()),
            Block::Table(Table { caption: long.clone(), columns: vec![], rows: vec![vec![long.clone()]] }),
            Block::Table(Table {
                caption: String::new(),
                columns: (0..30).map(|n| Column { title: long.clone(), number: n % 2 == 0 }).collect(),
                rows: vec![vec![long.clone(); 40], vec![], vec![String::new(); 3]],
            }),
        ],
        ..Document::default()
    };
    let pdf = encode_pdf(&document, &page_words).unwrap();
    assert!(pages(&pdf) > 3);
    encode_pdf(
        &Document { lang: "en".to_owned(), title: "Empty".to_owned(), ..Document::default() },
        &page_words,
    )
    .unwrap();
}
