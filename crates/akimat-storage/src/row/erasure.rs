//! Statements with named values, for both databases.

use super::Arg;
use crate::erasure::Erasure;

/// What the named values of a statement stand for.
#[derive(Clone, Debug)]
pub struct Named {
    values: Vec<(&'static str, Arg<'static>)>,
}

impl Named {
    /// The values of an erasure; `login` and `name` are those of the account.
    pub fn new(erasure: &Erasure, login: &str, name: &str) -> Self {
        let quoted = serde_json::Value::from(name).to_string();
        Self {
            values: vec![
                // The longer name first where one begins like another.
                (":id_text", erasure.account.0.to_string().into()),
                (":nobody_text", erasure.nobody.to_string().into()),
                (":account", erasure.account.0.into()),
                (":nobody", erasure.nobody.into()),
                (":login", login.to_owned().into()),
                (":name", name.to_owned().into()),
                (":quoted", quoted.into()),
                (":empty", "\"\"".to_owned().into()),
                (":at", erasure.at.into()),
            ],
        }
    }

    /// One instant under the name `:at`.
    pub fn instant(at: jiff::Timestamp) -> Self {
        Self { values: vec![(":at", at.into())] }
    }

    /// The statement with numbered values, each of which occurs.
    pub fn bind(&self, sql: &str, mark: char) -> (String, Vec<Arg<'static>>) {
        let (mut text, mut args) = (sql.to_owned(), Vec::new());
        for (name, value) in &self.values {
            if text.contains(name) {
                args.push(value.clone());
                text = text.replace(name, &format!("{mark}{}", args.len()));
            }
        }
        (text, args)
    }
}
