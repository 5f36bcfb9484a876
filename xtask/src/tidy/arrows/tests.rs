use super::*;

const PLAN: &str = r#"
[crate.words]
pure = true
uses = []
[crate.room]
pure = true
uses = ["words"]
[crate.adapter]
uses = ["room", "words"]
tests_use = ["root"]
[crate.root]
uses = "everything"
[pure]
never = ["tokio"]
[only]
database = ["adapter"]
[apart]
[files]
lines_max = 600
ratchet = "long.txt"
"#;

fn package(name: &str, imports: &[(&str, bool)]) -> Crate {
    let imports = imports.iter().map(|(import, tests)| ((*import).to_owned(), *tests)).collect();
    Crate { name: name.to_owned(), folder: format!("crates/{name}"), imports }
}

/// One crate with its imports beside an otherwise sound house; `expect` is in the one complaint, or there is none.
fn check_one(name: &str, imports: &[(&str, bool)], expect: Option<&str>) {
    let plan = Plan::parse(PLAN).expect("the plan is well formed");
    let mut crates: Vec<Crate> = ["words", "room", "adapter", "root"]
        .iter()
        .filter(|other| **other != name)
        .map(|n| package(n, &[]))
        .collect();
    crates.push(package(name, imports));
    let found = check(&plan, &crates);
    match expect {
        None => assert!(found.is_empty(), "{found:?}"),
        Some(words) => {
            assert!(found.len() == 1 && found[0].contains(words), "{found:?} does not say {words:?}");
        }
    }
}

#[test]
fn arrows_go_down_the_stairs() {
    check_one("room", &[("words", false), ("serde", false)], None);
    check_one("words", &[("room", false)], Some("words: may not import room"));
    check_one("adapter", &[("root", false)], Some("adapter: may not import root"));
    check_one("adapter", &[("root", true)], None);
    check_one("root", &[("adapter", false), ("room", false)], None);
    check_one("attic", &[], Some("attic: not in architecture.toml"));
}

#[test]
fn crates_of_others_have_their_place() {
    check_one("room", &[("tokio", false)], Some("a pure room may not import tokio"));
    check_one("room", &[("tokio", true)], Some("a pure room may not import tokio"));
    check_one("adapter", &[("database", false), ("tokio", false)], None);
    check_one("root", &[("database", false)], Some("only adapter may import database"));
}

#[test]
fn a_crate_that_is_gone_leaves_the_plan() {
    let plan = Plan::parse(PLAN).expect("the plan is well formed");
    let found = check(&plan, &[package("words", &[]), package("room", &[]), package("root", &[])]);
    assert_eq!(found, ["architecture.toml: adapter does not exist any more; remove [crate.adapter]"]);
}

#[test]
fn a_plan_without_its_tables_is_refused() {
    let error = Plan::parse("[crate.words]\nuses = 1\n").expect_err("a number is no list");
    assert!(format!("{error:#}").contains("not a list"), "{error:#}");
    assert!(Plan::parse("").is_err());
}
