//! Writes the specimen of the kit to files, with the style sheet inside, for looking at:
//! `cargo run -p akimat-web --example specimen`.

mod analysis;
mod page;
mod words;

use akimat_core::Lang;
use akimat_web_kit::kit::asset::asset_text;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let css = asset_text("css/akimat.css").unwrap_or_default();
    let icon = akimat_web_kit::kit::asset_url("css/akimat.css");
    for lang in Lang::ALL {
        let link = format!("<link rel=\"stylesheet\" href=\"{icon}\">");
        let html = page::render(lang)?.replace(&link, &format!("<style>{css}</style>"));
        let path = std::env::temp_dir().join(format!("specimen-{}.html", lang.code()));
        std::fs::write(path, html)?;
    }
    Ok(())
}
