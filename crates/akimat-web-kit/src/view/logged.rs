//! Links "verify": from a row of a page to the entry of the transparency log that proves it. The row knows what it is
//! about, what kind of act it was and when; the entry is looked up when somebody follows the link.

use jiff::Timestamp;

/// Kinds of entries that hold the figures of a project.
pub const PROJECT_FIGURES: &str = "project_registered,project_changed";

/// The link "verify" of a row: the entry about `subject` of one of `kinds`, divided by commas, the latest.
pub fn path(subject: &str, kinds: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("about", subject).append_pair("kind", kinds);
    format!("/log/find?{}", query.finish())
}

/// The link "verify" of a row of a history: the entry of the act that happened at `at`.
pub fn path_at(subject: &str, kinds: &str, at: Timestamp) -> String {
    format!("{}&at={}", path(subject, kinds), at.as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_no_raw_signs() {
        assert_eq!(path("finding/a b&c", "x"), "/log/find?about=finding%2Fa+b%26c&kind=x");
        assert_eq!(
            path_at("project/1", "y", Timestamp::UNIX_EPOCH),
            "/log/find?about=project%2F1&kind=y&at=0"
        );
    }
}
