//! Scripts that repeat a result elsewhere: in R without packages where base R has the method, in Python with
//! pandas, SciPy, statsmodels and pingouin. Both read `data.csv`, the table as it was analysed.

mod python;
mod r;

use crate::request::Request;

/// The two scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// For R.
    pub r: String,
    /// For Python.
    pub python: String,
}

pub(crate) fn write(request: &Request) -> Script {
    Script { r: r::write(request), python: python::write(request) }
}

/// A text in double quotes, understood alike by both languages.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Method;

    #[test]
    fn names_cannot_leave_their_quotes() {
        assert_eq!(quoted("a\"); system(\"x\\\n"), "\"a\\\"); system(\\\"x\\\\\\n\"");
    }

    #[test]
    fn every_method_has_both_scripts() {
        for method in Method::ALL {
            let script = write(&Request::new(method, &["a", "b"]));
            assert!(script.r.lines().count() > 2 && script.python.lines().count() > 3, "{method:?}");
        }
    }
}
