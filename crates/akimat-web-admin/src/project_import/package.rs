//! A package of OC4IDS or OCDS that is looked at: what is wrong with it, and what it would bring.

use akimat_app::open_contracting::told;
use akimat_i18n::Locale;
use akimat_storage::import::Import;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;

/// Rows of each table that are shown.
const SHOWN: usize = 50;

/// What a package shows.
pub(super) struct Package {
    pub(super) clean: bool,
    pub(super) verdict: String,
    /// Path and sentence.
    pub(super) problems: Vec<[String; 2]>,
    /// Number, title, planned money.
    pub(super) added: Vec<[String; 3]>,
    pub(super) added_title: String,
    /// Title, and whether it is new or changed.
    pub(super) processes: Vec<[String; 2]>,
    pub(super) processes_title: String,
}

/// Whether a file is JSON rather than a table: its first sign tells.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

pub(super) async fn build(state: &WebState, locale: &Locale, import: &Import) -> Answer<Package> {
    let preview = state.app.preview_package(import).await?;
    let counts = preview.counts;
    let verdict = if preview.faults.is_empty() {
        let facts = [
            ("projects", counts.projects.into()),
            ("known", counts.known.into()),
            ("processes", counts.processes.into()),
            ("changed", counts.changed.into()),
            ("same", counts.same.into()),
        ];
        locale.f("package-verdict", &facts)
    } else {
        locale.f("package-wrong", &[("n", preview.faults.len().into())])
    };
    let problems = preview.faults.iter().take(SHOWN).map(|fault| {
        let fault = told(fault);
        [fault.field.clone(), frame::fault_text(locale, &fault)]
    });
    let added = preview.added.iter().take(SHOWN).map(|project| {
        let planned = project.totals().0;
        let planned = planned
            .map_or_else(|| locale.t("no-data-short").into_owned(), |planned| locale.money_short(planned));
        [project.number.clone(), locale.text(&project.title).0.to_owned(), planned]
    });
    let processes = preview.processes.iter().take(SHOWN).map(|(title, new)| {
        let key = if *new { "package-process-new" } else { "package-process-changed" };
        [locale.text(title).0.to_owned(), locale.t(key).into_owned()]
    });
    Ok(Package {
        clean: preview.is_clean(),
        verdict,
        problems: problems.collect(),
        added: added.collect(),
        added_title: locale.f("import-added-title", &[("n", preview.added.len().into())]),
        processes: processes.collect(),
        processes_title: locale.f("package-processes-title", &[("n", preview.processes.len().into())]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_told_from_tables() {
        assert!(is_one(b" \n{\"releases\":[]}"));
        assert!(is_one("\u{feff}{}".as_bytes()));
        assert!(!is_one(b"number;title\n1;{"));
        assert!(!is_one(b"PK\x03\x04"));
        assert!(!is_one(b""));
    }
}
