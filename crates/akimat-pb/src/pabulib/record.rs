//! Lines and fields of the tables: `;` between fields, quotation marks as in CSV.

use super::fault::Reason;
use std::borrow::Cow;

/// Fields of a line that is UTF-8, without surrounding blanks. A quoted field may hold `;` and doubled marks.
pub(super) fn fields(line: &str) -> Result<Vec<Cow<'_, str>>, Reason> {
    if !line.contains('"') {
        return Ok(line.split(';').map(|field| Cow::Borrowed(field.trim())).collect());
    }
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let begin = rest.trim_start_matches([' ', '\t']);
        let (field, after) = match begin.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => match rest.split_once(';') {
                Some((field, after)) => (Cow::Borrowed(field.trim()), Some(after)),
                None => (Cow::Borrowed(rest.trim()), None),
            },
        };
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

/// The field after an opening mark, and what follows the next `;`.
fn quoted_field(text: &str) -> Result<(Cow<'_, str>, Option<&str>), Reason> {
    let mut from = 0;
    loop {
        let at = text.get(from..).and_then(|part| part.find('"')).ok_or(Reason::Quote)? + from;
        let after = text.get(at + 1..).unwrap_or_default();
        if after.starts_with('"') {
            from = at + 2;
            continue;
        }
        let inner = text.get(..at).unwrap_or_default();
        // What stands between the closing mark and the next `;` belongs to the field, as in Python's reader.
        let (tail, rest) = match after.split_once(';') {
            Some((tail, rest)) => (tail.trim(), Some(rest)),
            None => (after.trim(), None),
        };
        let field = if inner.contains('"') || !tail.is_empty() {
            let mut whole = inner.replace("\"\"", "\"");
            whole.push_str(tail);
            Cow::Owned(whole.trim().to_owned())
        } else {
            Cow::Borrowed(inner.trim())
        };
        return Ok((field, rest));
    }
}

/// A quoted field is still open at the end of the line, so that the next line belongs to it.
pub(super) fn open_quote(line: &[u8]) -> bool {
    let (mut quoted, mut begin) = (false, true);
    let mut bytes = line.iter().peekable();
    while let Some(&byte) = bytes.next() {
        match byte {
            b'"' if quoted => {
                if bytes.peek() == Some(&&b'"') {
                    bytes.next();
                } else {
                    quoted = false;
                }
            }
            b'"' if begin => quoted = true,
            b';' if !quoted => {
                begin = true;
                continue;
            }
            b' ' | b'\t' => continue,
            _ => {}
        }
        begin = false;
    }
    quoted
}

/// A field as it is written: quoted where it must be.
pub(super) fn quote(field: &str) -> Cow<'_, str> {
    let spaced = field.len() != field.trim().len();
    // Alone on a line it would begin a table.
    let table = ["META", "PROJECTS", "VOTES"].iter().any(|name| name.eq_ignore_ascii_case(field));
    if spaced || table || field.contains([';', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

/// `none` in any case means that there is no value.
pub(super) fn is_none(field: &str) -> bool {
    field.eq_ignore_ascii_case("none")
}
