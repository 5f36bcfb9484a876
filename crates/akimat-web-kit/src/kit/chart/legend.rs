//! Keys of charts: a small sign and its name.

use crate::kit::svg::Writer;

/// The sign of an entry; also the class of the mark in the drawing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Class of the sign.
    pub class: String,
    /// Its name.
    pub label: String,
    /// Drawn as a line, otherwise as a square.
    pub line: bool,
}

/// Writes the key as a list.
pub(super) fn write(writer: &mut Writer, entries: &[Entry]) {
    writer.open("ul", &[("class", &"legend")]);
    for entry in entries {
        writer.open("li", &[]);
        writer.open("svg", &[("width", &22), ("height", &14), ("aria-hidden", &"true")]);
        if entry.line {
            writer.empty("path", &[("class", &entry.class), ("d", &"M1 7H21")]);
        } else {
            writer.empty(
                "rect",
                &[("class", &entry.class), ("x", &4), ("width", &14), ("height", &14), ("rx", &2)],
            );
        }
        if entry.class == "q0" {
            writer.empty("path", &[("class", &"hatch"), ("d", &"M5 8L11 1M5 13L17 2M12 13L17 8")]);
        }
        writer.close("svg").text(&entry.label).close("li");
    }
    writer.close("ul");
}
