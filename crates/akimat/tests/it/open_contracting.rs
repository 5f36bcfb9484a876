//! A package of another publisher comes in, goes out again, and everything goes out as tables.

use crate::run;
use serde_json::Value;

/// Two territories of the classifier, one below the other.
const KATO: &str = "id;parent_id;code;name\n1;0;610000000;Область Туркестан\n2;1;611600000;Кентау Г.А.\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_package_comes_in_and_goes_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let data = path("data");
    std::fs::write(path("kato.csv"), KATO).unwrap();
    run::ok(&["import", "kato", &path("kato.csv"), "--data", &data]);
    let nothing = run::run(&["export", "oc4ids", "--to", &path("none.json"), "--data", &data]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(!folder.path().join("none.json").exists() && !folder.path().join("none.json.part").exists());
    let package = "crates/akimat/tests/input/oc4ids.json";
    let dry = run::ok(&["import", "oc4ids", package, "--dry-run", "--data", &data]);
    assert!(dry.starts_with("would come in: 2 new projects, 0 known, 1 new processes"), "{dry}");
    let done = run::ok(&["import", "oc4ids", package, "--data", &data]);
    assert!(
        done.starts_with("2 new projects, 0 known, 1 new processes, 0 changed, 0 the same in "),
        "{done}"
    );
    let again = run::ok(&["import", "oc4ids", package, "--data", &data]);
    assert!(again.starts_with("0 new projects, 2 known, 0 new processes"), "{again}");
    let out = json(&run::ok(&["export", "oc4ids", "--data", &data]));
    let mut ids: Vec<&str> =
        out["projects"].as_array().unwrap().iter().map(|project| project["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["oc4ids-bu3kcz-1", "oc4ids-bu3kcz-2"]);
    let road = out["projects"].as_array().unwrap().iter().find(|one| one["id"] == ids[0]).unwrap();
    assert_eq!(road["policyAlignment"]["policies"][0], "nationalDevelopmentPlan");
    assert_eq!(road["contractingProcesses"][0]["summary"]["contractValue"]["amount"], 118_000_000);
    let records = json(&run::ok(&["export", "ocds", "--records", "--data", &data]));
    assert_eq!(records["records"][0]["ocid"], "ocds-bu3kcz-77");
    run::ok(&["export", "all", "--to", &path("open"), "--data", &data]);
    let zip = path("open.zip");
    assert!(run::ok(&["export", "all", "--to", &zip, "--data", &data]).contains(" rows of 13 tables in "));
    assert!(std::fs::read(&zip).unwrap().starts_with(b"PK"));
    let description = json(&std::fs::read_to_string(folder.path().join("open/datapackage.json")).unwrap());
    for resource in description["resources"].as_array().unwrap() {
        let csv = folder.path().join("open").join(resource["path"].as_str().unwrap());
        assert!(csv.exists() && csv.with_extension("json").exists(), "{}", csv.display());
    }
    let contracts = std::fs::read_to_string(folder.path().join("open/contracts.csv")).unwrap();
    assert_eq!(contracts.lines().count(), 2);
}
