//! What was written into a form and what is wrong with it; the macros of `templates/kit/form.html` read it.

use std::collections::BTreeMap;

/// Values and errors of a form. A field without a value is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

/// A sentence about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field; empty for the form as a whole.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

impl FieldError {
    /// Where the error summary leads: the field itself.
    pub fn href(&self) -> String {
        format!("#f-{}", self.field)
    }
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// A form from decoded pairs, of a query or a body; a name may come several times.
    pub fn from_pairs<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut form = Self::new();
        for (name, value) in pairs {
            form.values.entry(name.into()).or_default().push(value.into());
        }
        form
    }

    /// Fills a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.entry(name.to_owned()).or_default().push(value.into());
        self
    }

    /// Says what is wrong with a field; an empty name means the form as a whole.
    pub fn fail(&mut self, field: &str, text: impl Into<String>) {
        self.errors.push(FieldError { field: field.to_owned(), text: text.into() });
    }

    /// The first value of a field, or nothing.
    pub fn value(&self, name: impl AsRef<str>) -> &str {
        self.values.get(name.as_ref()).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Whether the field holds this value: a chosen option, a ticked box.
    pub fn holds(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> bool {
        match self.values.get(name.as_ref()) {
            Some(values) => values.iter().any(|held| held == value.as_ref()),
            None => value.as_ref().is_empty(),
        }
    }

    /// The first error of a field, or nothing.
    pub fn error(&self, name: impl AsRef<str>) -> &str {
        let name = name.as_ref();
        self.errors.iter().find(|error| error.field == name).map_or("", |error| error.text.as_str())
    }

    /// Every error, in the order found.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// What `aria-describedby` names: the hint and the error that are shown.
    pub fn described(&self, name: impl AsRef<str>, hint: impl AsRef<str>) -> String {
        let name = name.as_ref();
        let mut ids = Vec::new();
        if !hint.as_ref().is_empty() {
            ids.push(format!("f-{name}-hint"));
        }
        if !self.error(name).is_empty() {
            ids.push(format!("f-{name}-error"));
        }
        ids.join(" ")
    }
}
