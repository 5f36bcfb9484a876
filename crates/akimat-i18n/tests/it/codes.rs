//! Every code that a page prints has a name.

use akimat_budget::{Item, Section, Stage};
use akimat_core::{Frequency, Lang, MoneyUnit, PlaceKind, Role};
use akimat_i18n::catalogue;
use akimat_project::project::{Kind, Level, Modality, MoneySource, Sector};
use akimat_project::status::Status;

fn check(prefix: &str, codes: &[&str]) {
    assert!(!codes.is_empty());
    for lang in Lang::ALL {
        for code in codes {
            let name = catalogue().locale(lang).name(prefix, code);
            assert!(!name.contains('⟦'), "{}: {name} is not written", lang.code());
        }
    }
}

#[test]
fn codes_of_projects_have_names() {
    check("status", &Status::ALL.map(Status::code));
    check("sector", &Sector::ALL.iter().map(|c| c.code()).collect::<Vec<_>>());
    check("kind", &Kind::ALL.iter().map(|c| c.code()).collect::<Vec<_>>());
    check("modality", &Modality::ALL.iter().map(|c| c.code()).collect::<Vec<_>>());
    check("project-level", &Level::ALL.iter().map(|c| c.code()).collect::<Vec<_>>());
    check("money-source", &MoneySource::ALL.iter().map(|c| c.code()).collect::<Vec<_>>());
}

#[test]
fn codes_of_budgets_have_names() {
    check("budget-section", &Section::ALL.map(Section::code));
    check("budget-item", &Item::ALL.map(Item::code));
    check("budget-stage", &Stage::ALL.map(Stage::code));
    check("budget-level", &["1", "2", "3", "4"]);
    check("budget-layout", &["code2008", "code2025"]);
}

#[test]
fn codes_of_people_and_places_have_names() {
    check("role", &Role::ALL.map(Role::code));
    check("place-kind", &PlaceKind::ALL.map(PlaceKind::code));
    check("language", &Lang::ALL.map(Lang::code));
    check("language-name", &Lang::ALL.map(Lang::code));
    check("not-translated", &Lang::ALL.map(Lang::code));
    let frequencies = [Frequency::Yearly, Frequency::Quarterly, Frequency::Monthly];
    check("frequency", &frequencies.map(Frequency::code));
    assert_eq!(MoneyUnit::ALL.len(), 3);
    check("unit", &["tenge", "thousand-tenge", "million-tenge"]);
    check("rating-value", &["1", "2", "3", "4", "5"]);
}

#[test]
fn every_error_has_a_title_and_a_body() {
    for code in [
        "not_found",
        "forbidden",
        "sign_in_needed",
        "too_many_requests",
        "too_large",
        "bad_form",
        "conflict",
        "bad_request",
        "method_not_allowed",
        "unsupported_media_type",
        "internal",
        "busy",
        "unavailable",
    ] {
        check(&format!("error-{code}"), &["title", "body"]);
    }
}
