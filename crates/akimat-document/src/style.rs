//! The looks of charts outside a page. They are read from the style sheet of the pages, so that a chart that is
//! downloaded or printed cannot look different from the one on the page.

use std::collections::BTreeMap;

/// Rules for drawings, with the colours of daylight written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    css: String,
    colours: BTreeMap<String, String>,
}

/// Properties that a drawing knows; all others belong to the page around it.
const KNOWN: [&str; 16] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "opacity",
    "font-size",
    "font-weight",
    "text-anchor",
    "paint-order",
    "rx",
    "font-style",
    "visibility",
];

impl Style {
    /// Reads the rules for drawings between two comments of a style sheet, and the colours of its first
    /// `:root`. Rules with pseudo-classes or for other media are left out: a drawing has no pointer.
    pub fn read(sheet: &str, from: &str, to: &str) -> Self {
        let colours = colours(sheet);
        let start = sheet.find(from).map_or(0, |at| at + from.len());
        let section = sheet.get(start..).unwrap_or_default();
        let section = section.find(to).map_or(section, |end| &section[..end]);
        let mut css = String::new();
        for (selector, body) in rules(section) {
            if selector.contains([':', '@', '"']) {
                continue;
            }
            let kept: Vec<String> = body
                .split(';')
                .filter_map(|declaration| declaration.split_once(':'))
                .map(|(name, value)| (name.trim(), resolve(value.trim(), &colours)))
                .filter(|(name, value)| KNOWN.contains(name) && !value.contains("var("))
                .map(|(name, value)| format!("{name}:{value}"))
                .collect();
            if !kept.is_empty() {
                css.push_str(&format!("{selector}{{{}}}", kept.join(";")));
            }
        }
        Self { css, colours }
    }

    /// The rules.
    pub fn css(&self) -> &str {
        &self.css
    }

    /// A colour by its name without dashes in front, black when it has none.
    pub fn colour(&self, name: &str) -> &str {
        self.colours.get(name).map_or("#000", String::as_str)
    }
}

/// `--name: value` of the first `:root`.
fn colours(sheet: &str) -> BTreeMap<String, String> {
    let body = sheet.find(":root").and_then(|at| sheet.get(at..)).and_then(|rest| rest.split_once('{'));
    let body = body.and_then(|(_, rest)| rest.split_once('}')).map_or("", |(body, _)| body);
    body.split(';')
        .filter_map(|declaration| declaration.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// A value with its variables written out.
fn resolve(value: &str, colours: &BTreeMap<String, String>) -> String {
    let Some(name) = value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) else {
        return value.to_owned();
    };
    colours.get(name).cloned().unwrap_or_else(|| value.to_owned())
}

/// Selectors and bodies of the rules at the top level; whole `@media` and `@container` blocks are passed over.
fn rules(section: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = without_comments(section);
    while let Some(open) = rest.find('{') {
        let selector = rest[..open].trim().to_owned();
        let mut depth = 0_usize;
        let end = rest[open..].char_indices().find_map(|(at, sign)| {
            match sign {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(open + at)
        });
        let Some(end) = end else { break };
        found.push((selector, rest[open + 1..end].to_owned()));
        rest = rest[end + 1..].to_owned();
    }
    found
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_drawings_are_kept_with_their_colours() {
        let sheet = ":root { --ink: #111; --s1: #00627a; }\n.a { fill: red; }\n/* Charts */ .bar { fill: var(--s1); margin: 1rem; } \
            .plot { display: none; } @container (x) { .bar { fill: blue; } } a:hover .x { fill: red; } /* no */ .l1 { stroke: var(--gone); }\n/* Pages */ .z { fill: red; }";
        let style = Style::read(sheet, "/* Charts */", "/* Pages */");
        assert_eq!(style.css(), ".bar{fill:#00627a}");
        assert_eq!((style.colour("ink"), style.colour("nothing")), ("#111", "#000"));
        assert_eq!(Style::read("", "a", "b"), Style::default());
        assert_eq!(Style::read("/* Charts */ .a { fill: red", "/* Charts */", "x").css(), "");
    }
}
