//! QR codes (ISO/IEC 18004) as SVG.

use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::svg::Writer;
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code: the standard asks for four.
const QUIET: i32 = 4;

/// The dark modules as one path, and the side with its quiet edge. A quarter of the code may be dirty or torn: it hangs
/// outside.
fn path(text: &str) -> Answer<(String, i32)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Quartile).map_err(Failure::internal)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let n = x - start;
                path.push_str(&format!("M{} {}h{n}v1h-{n}z", start + QUIET, y + QUIET));
            }
            x += 1;
        }
    }
    Ok((path, code.size() + 2 * QUIET))
}

/// The code of an address for a page.
///
/// # Errors
/// When the address is too long for a code, which is a fault of ours.
pub fn code(text: &str) -> Answer<Markup> {
    named(text, text)
}

/// The code of a text that is not to be read out: its name is.
///
/// # Errors
/// As [`code`].
pub fn named(text: &str, name: &str) -> Answer<Markup> {
    let (path, side) = path(text)?;
    let mut writer = Writer::new();
    let viewbox = format!("0 0 {side} {side}");
    writer.open("svg", &[("class", &"qr"), ("viewBox", &viewbox), ("role", &"img"), ("aria-label", &name)]);
    writer.empty("rect", &[("width", &side), ("height", &side), ("fill", &"#fff")]);
    writer.empty("path", &[("d", &path), ("fill", &"#000")]);
    writer.close("svg");
    Ok(writer.finish())
}

/// The code as a file of its own.
///
/// # Errors
/// As [`code`].
pub fn standalone(text: &str) -> Answer<String> {
    let (path, side) = path(text)?;
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         width=\"{0}\" height=\"{0}\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" \
         fill=\"#000\"/></svg>\n",
        side * 8
    ))
}
