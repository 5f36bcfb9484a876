//! What every page must be: well formed, in one language, with one heading, without scripts or styles of
//! its own, and without marks of missing sentences.

use crate::client::Answer;
use std::collections::BTreeSet;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// An opening tag with its attributes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// What stands between it and the next tag.
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a page strictly: every tag is closed in its order, attributes are quoted and stand once. Answers
/// the opening tags.
pub(crate) fn parse(html: &str) -> Result<Vec<Tag>, String> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        if text.contains('>') {
            return Err(format!("a stray > in {:?}", short(text)));
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").ok_or("an open comment")?.1;
            continue;
        }
        if rest.starts_with("<!") {
            rest = rest.split_once('>').ok_or("an open declaration")?.1;
            continue;
        }
        if let Some(closing) = rest.strip_prefix("</") {
            let (name, after) = closing.split_once('>').ok_or("an open closing tag")?;
            match open.pop() {
                Some(last) if last == name.trim() => {}
                last => return Err(format!("</{name}> closes {last:?}, before {:?}", short(after))),
            }
            rest = after;
            continue;
        }
        let (tag, closed, after) = opening(&rest[1..])?;
        if !closed && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        tags.push(Tag { text: unescape(after.split('<').next().unwrap_or_default()), ..tag });
        rest = after;
    }
    if rest.contains('>') {
        return Err(format!("a stray > in {:?}", short(rest)));
    }
    if open.is_empty() { Ok(tags) } else { Err(format!("never closed: {open:?}")) }
}

fn opening(text: &str) -> Result<(Tag, bool, &str), String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let mut tag = Tag { name: text[..end].to_ascii_lowercase(), attributes: Vec::new(), text: String::new() };
    if tag.name.is_empty() {
        return Err(format!("a stray < before {:?}", short(text)));
    }
    let mut rest = text[end..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((tag, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((tag, false, after));
        }
        let end = rest.find(['=', '>', ' ', '\n', '/']).ok_or("an open tag")?;
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        if name.is_empty() || tag.get(&name).is_some() {
            return Err(format!("<{}> has a wrong attribute {name:?} before {:?}", tag.name, short(rest)));
        }
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').ok_or("an open attribute")?;
                rest = after;
                unescape(value)
            }
            None if rest.starts_with('=') => return Err(format!("{name} of <{}> is not quoted", tag.name)),
            None => String::new(),
        };
        tag.attributes.push((name, value));
        rest = rest.trim_start();
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

pub(crate) fn unescape(text: &str) -> String {
    let pairs = [("&#38;", "&"), ("&amp;", "&"), ("&#34;", "\""), ("&quot;", "\""), ("&#39;", "'")];
    let more = [("&#60;", "<"), ("&lt;", "<"), ("&#62;", ">"), ("&gt;", ">"), ("&nbsp;", "\u{a0}")];
    pairs.iter().chain(&more).fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Demands everything of a page, and answers its tags.
#[track_caller]
pub(crate) fn check_page(answer: &Answer, lang: &str) -> Vec<Tag> {
    for mark in ["⟦", "{{", "{%", "{ $", "{$", "undefined", "NaN"] {
        if let Some(at) = answer.text().find(mark) {
            let near: String = answer.text()[at..].chars().take(60).collect();
            panic!("{}: {mark} in …{near}…", answer.asked);
        }
    }
    check_shape(answer, lang)
}

/// The same for a page that repeats what a stranger wrote.
#[track_caller]
pub(crate) fn check_shape(answer: &Answer, lang: &str) -> Vec<Tag> {
    let text = answer.text();
    let fail = |what: &str| -> () { panic!("{}: {what}", answer.asked) };
    let tags = match parse(text) {
        Ok(tags) => tags,
        Err(why) => panic!("{}: {why}", answer.asked),
    };
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    let html = tags.iter().find(|tag| tag.name == "html");
    if html.and_then(|tag| tag.get("lang")) != Some(lang) {
        fail(&format!("the language of the page is not {lang}"));
    }
    for (name, n) in [("h1", 1), ("main", 1), ("title", 1), ("html", 1), ("style", 0)] {
        if count(name) != n && !(name == "title" && count(name) > 1) {
            fail(&format!("{} times <{name}>", count(name)));
        }
    }
    check_tags(&tags, &fail);
    tags
}

/// Identifiers are unique and pointed at, nothing is inline, every field has a name for screen readers.
fn check_tags(tags: &[Tag], fail: &dyn Fn(&str)) {
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if id.contains(char::is_whitespace) || !ids.insert(id) {
            fail(&format!("the id {id:?} is wrong or stands twice"));
        }
    }
    for tag in tags {
        if tag.name == "script" && tag.get("src").is_none() {
            fail("a script of its own");
        }
        for (name, value) in &tag.attributes {
            if name == "style" || name.starts_with("on") {
                fail(&format!("{name}={value:?} of <{}> is barred by the policy", tag.name));
            }
            let points = ["for", "aria-describedby", "aria-labelledby", "aria-controls"];
            if points.contains(&name.as_str()) && value.split_whitespace().any(|id| !ids.contains(id)) {
                fail(&format!("{name}={value:?} of <{}> points nowhere", tag.name));
            }
        }
        let href = tag.get("href").filter(|_| tag.name == "a");
        let lost = |href: &str| href.strip_prefix('#').is_some_and(|id| !ids.contains(id));
        if href.is_some_and(|href| href.is_empty() || lost(href)) {
            fail(&format!("a link to nowhere: {href:?}"));
        }
        if tag.name == "img" && tag.get("alt").is_none() {
            fail("a picture without words");
        }
        let written = matches!(tag.name.as_str(), "input" | "select" | "textarea");
        let shown = !matches!(tag.get("type"), Some("hidden" | "submit" | "radio" | "checkbox"));
        if written && shown {
            let id = tag.get("id").unwrap_or_default();
            let labelled = tags.iter().any(|label| label.name == "label" && label.get("for") == Some(id));
            if !labelled && tag.get("aria-label").is_none() {
                fail(&format!("the field {:?} has no label", tag.get("name")));
            }
        }
    }
}

/// Addresses that the page leads to and that are ours, without fragments: links, files, searches. Those that ask
/// robots not to follow them stand apart.
pub(crate) fn links(tags: &[Tag], followed: bool) -> Vec<String> {
    let here = |href: &str| href.starts_with('/') && !href.starts_with("//");
    let searches = tags.iter().filter(|tag| tag.name == "form" && tag.get("method") == Some("get"));
    tags.iter()
        .filter(|tag| tag.name == "a" || tag.name == "link")
        .filter(|tag| (tag.get("rel") != Some("nofollow")) == followed)
        .filter_map(|tag| tag.get("href"))
        .chain(tags.iter().filter(|tag| followed && tag.name == "script").filter_map(|tag| tag.get("src")))
        .chain(searches.filter(|_| followed).filter_map(|tag| tag.get("action")))
        .filter(|href| here(href))
        .map(|href| href.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

/// Addresses that are written from the page's own, such as `observers` on `/kk/budgeting/x/ballot`.
pub(crate) fn beside(tags: &[Tag], path: &str) -> Vec<String> {
    let (folder, _) = path.split('?').next().and_then(|path| path.rsplit_once('/')).unwrap_or_default();
    let is_beside =
        |href: &&str| !href.is_empty() && !href.starts_with(['/', '#', '?', '.']) && !href.contains(':');
    let hrefs = tags.iter().filter(|tag| tag.name == "a").filter_map(|tag| tag.get("href"));
    hrefs
        .filter(is_beside)
        .map(|href| format!("{folder}/{}", href.split('#').next().unwrap_or(href)))
        .collect()
}

/// Values of the fields with this name.
pub(crate) fn values(tags: &[Tag], name: &str) -> Vec<String> {
    tags.iter()
        .filter(|tag| tag.get("name") == Some(name))
        .map(|tag| tag.get("value").unwrap_or_default().to_owned())
        .collect()
}

/// What a browser would send of the form that holds a field: every field with what it shows.
pub(crate) fn fields(tags: &[Tag], holds: &str) -> Vec<(String, String)> {
    let begins = |tag: &Tag| tag.name == "form";
    let at = tags.iter().position(|tag| tag.get("name") == Some(holds)).unwrap();
    let from = tags[..at].iter().rposition(begins).unwrap();
    let to = tags[at..].iter().position(begins).map_or(tags.len(), |more| at + more);
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut chosen = false;
    for tag in &tags[from..to] {
        let name = || tag.get("name").unwrap_or_default().to_owned();
        let value = || tag.get("value").unwrap_or_default().to_owned();
        match (tag.name.as_str(), tag.get("type")) {
            ("input", Some("checkbox" | "radio")) if tag.get("checked").is_none() => {}
            ("input", _) if tag.get("name").is_some() => fields.push((name(), value())),
            ("textarea", _) => fields.push((name(), tag.text.trim_start_matches('\n').to_owned())),
            ("select", _) => {
                chosen = false;
                fields.push((name(), String::new()));
            }
            ("option", _) if tag.get("selected").is_some() || !chosen => {
                chosen = true;
                let last = fields.last_mut().unwrap();
                last.1 = value();
            }
            _ => {}
        }
    }
    fields
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let tags = parse("<p class=\"a\" hidden>x &lt; <br><svg><path d=\"M0\"/></svg></p>").unwrap();
    assert_eq!(tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["p", "br", "svg", "path"]);
    for wrong in ["<p>", "<p></b>", "a > b", "<p class=a></p>", "<p a=\"1\" a=\"2\"></p>", "< p></p>"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}
