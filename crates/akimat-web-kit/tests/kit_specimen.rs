//! The specimen of the kit renders in three languages, with every sentence and nothing that the content
//! security policy forbids.

#[path = "../examples/specimen/analysis.rs"]
mod analysis;
#[path = "../examples/specimen/page.rs"]
mod page;
#[path = "../examples/specimen/words.rs"]
mod words;

use akimat_core::Lang;
use std::collections::BTreeSet;

#[test]
fn the_specimen_keeps_the_rules_of_pages() {
    for lang in Lang::ALL {
        let html = page::render(lang).expect("the specimen renders");
        assert!(html.contains(&format!("<html lang=\"{}\">", lang.code())));
        assert!(!html.contains('⟦'), "a sentence is missing: {}", around(&html, "⟦"));
        for forbidden in ["style=\"", "onclick", "javascript:", "<style", "/assets/missing"] {
            assert!(!html.contains(forbidden), "{}: {forbidden}", around(&html, forbidden));
        }
        assert_eq!(html.matches("<h1").count(), 1);
        assert_eq!(html.matches("<script").count(), 1, "the one module of ours");
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "an id comes twice: {ids:?}");
    }
}

fn around(html: &str, what: &str) -> String {
    html.split(what).nth(1).unwrap_or_default().chars().take(60).collect()
}
