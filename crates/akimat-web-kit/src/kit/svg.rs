//! Writing markup safely: every text and attribute is escaped, every number is finite.

use askama::filters::HtmlSafe;
use std::fmt::{self, Display, Write};

/// Markup that is already escaped: a template shows it with `{{ chart }}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// The markup as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup of a chart with other identifiers, so that two charts of one kind can stand on one page.
    #[must_use]
    pub fn renamed(&self, id: &str) -> Self {
        let old = self.0.split("id=\"").nth(1).and_then(|rest| rest.split("-t\"").next());
        let Some(old) = old.filter(|old| !old.contains(['"', '<'])) else { return self.clone() };
        let mut text = self.0.clone();
        for (before, after) in [("id=\"", "-t\""), ("id=\"", "-d\""), ("id=\"", "-h\""), ("url(#", "-h)")] {
            text = text.replace(&format!("{before}{old}{after}"), &format!("{before}{id}{after}"));
        }
        Self(
            text.replace(
                &format!("labelledby=\"{old}-t {old}-d\""),
                &format!("labelledby=\"{id}-t {id}-d\""),
            ),
        )
    }

    /// The markup of a part of a page that has a template of its own.
    ///
    /// # Errors
    /// When the template fails, which is a fault of ours.
    pub fn of(template: &impl askama::Template) -> askama::Result<Self> {
        template.render().map(Self)
    }

    /// Whether there is nothing to show.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// A coordinate: at most two decimals, and 0 for what is not a number.
#[derive(Clone, Copy, Debug)]
pub struct N(pub f64);

impl Display for N {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finite = if self.0.is_finite() { self.0.clamp(-1e7, 1e7) } else { 0.0 };
        let rounded = (finite * 100.0).round() / 100.0;
        // -0 would print as "-0".
        write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}

/// A share of the width, as in `width="37.5%"`.
#[derive(Clone, Copy, Debug)]
pub struct Percent(pub f64);

impl Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = if self.0.is_finite() { self.0.clamp(0.0, 100.0) } else { 0.0 };
        write!(f, "{}%", N(share))
    }
}

/// An attribute's name and value.
pub type Attr<'a> = (&'static str, &'a dyn Display);

/// A writer of SVG and the HTML around it.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// An empty page.
    pub fn new() -> Self {
        Self::default()
    }

    /// `<tag a="…">`.
    pub fn open(&mut self, tag: &str, attrs: &[Attr<'_>]) -> &mut Self {
        self.start(tag, attrs);
        self.out.push('>');
        self
    }

    /// `</tag>`.
    pub fn close(&mut self, tag: &str) -> &mut Self {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        self
    }

    /// `<tag a="…"/>`, for SVG.
    pub fn empty(&mut self, tag: &str, attrs: &[Attr<'_>]) -> &mut Self {
        self.start(tag, attrs);
        self.out.push_str("/>");
        self
    }

    /// Escaped text.
    pub fn text(&mut self, text: impl Display) -> &mut Self {
        // Writing to a String cannot fail.
        let _ = write!(Escape(&mut self.out), "{text}");
        self
    }

    /// `<tag a="…">text</tag>`.
    pub fn leaf(&mut self, tag: &str, attrs: &[Attr<'_>], text: impl Display) -> &mut Self {
        self.open(tag, attrs).text(text).close(tag)
    }

    /// Markup made before.
    pub fn markup(&mut self, markup: &Markup) -> &mut Self {
        self.out.push_str(&markup.0);
        self
    }

    /// What was written.
    pub fn finish(self) -> Markup {
        Markup(self.out)
    }

    fn start(&mut self, tag: &str, attrs: &[Attr<'_>]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attrs {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            let _ = write!(Escape(&mut self.out), "{value}");
            self.out.push('"');
        }
    }
}

struct Escape<'a>(&'a mut String);

impl Write for Escape<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for sign in text.chars() {
            match sign {
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '&' => self.0.push_str("&amp;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Control signs are not allowed in XML.
                '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => self.0.push('\u{fffd}'),
                other => self.0.push(other),
            }
        }
        Ok(())
    }
}
