//! A list of persons from the command line: every faulty line is named, nothing is kept by half, a dry run keeps nothing.

use crate::run::{self, run};
use akimat_core::{AccountId, Role};
use akimat_storage::{Account, Change, VerificationRead as _, Write as _};
use uuid::Uuid;

#[test]
fn a_list_of_persons_is_checked_then_taken() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir_all(&data).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let account = |n: u128, login: &str| Account {
        id: AccountId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)),
        login: login.to_owned(),
        display_name: login.to_owned(),
        role: Role::Resident,
        place: None,
        office: String::new(),
        disabled: false,
        created_at: jiff::Timestamp::now(),
        grants: Vec::new(),
    };
    let (one, two) = (account(1, "aigerim"), account(2, "bolat"));
    let add = [&one, &two].map(|new| Change::AddAccount(new.clone(), "$argon2id$".to_owned()));
    runtime.block_on(run::store(&data).apply(add.into())).unwrap();
    let list = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let known = || {
        let store = run::store(&data);
        [&one, &two].map(|of| runtime.block_on(store.list_verifications(of.id)).unwrap().len())
    };
    let data_arg = data.to_str().unwrap();
    let import = |file: &str, more: &[&str]| {
        run(&[&["import", "persons", file, "--data", data_arg][..], more].concat())
    };
    let bad =
        list("bad.csv", "login;iin;place\naigerim;850312200017;990100000\nnobody;;990100000\nbolat;;x\n");
    let refused = import(&bad, &[]);
    assert_eq!(refused.status.code(), Some(3));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("Line 2:") && said.contains("Line 4:"), "{said}");
    assert_eq!(known(), [0, 0]);

    let good = list("good.csv", "login,iin,place\naigerim,850312200016,990100000\nbolat,,990100000\n");
    let dry = import(&good, &["--dry-run"]);
    assert!(dry.status.success(), "{}", String::from_utf8_lossy(&dry.stderr));
    assert!(String::from_utf8(dry.stdout).unwrap().contains("nothing was written"));
    assert_eq!(known(), [0, 0]);
    assert!(import(&good, &[]).status.success());
    assert_eq!(known(), [1, 1]);
    assert_eq!(import("/nowhere/list.csv", &[]).status.code(), Some(3));
}
