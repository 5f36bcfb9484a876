//! Every address, and who may call it: the golden list `routes.txt`, then the list against the site.
//! `AKIMAT_UPDATE=1` writes the list anew.

use crate::client::{Answer, Client, Sent};
use crate::content::DISTRICT;
use crate::town::Town;
use akimat_app::{Permission, permits};
use akimat_core::Role;
use akimat_web_kit::kit::asset::asset_url;
use std::fmt::Write;

const GOLDEN: &str = "routes.txt";

/// A line of the golden list.
pub(crate) struct Line {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Codes of roles, or `everybody`.
    pub(crate) may: Vec<String>,
}

impl Line {
    pub(crate) fn allows(&self, role: Option<Role>) -> bool {
        let wanted = role.map_or("nobody", Role::code);
        self.may.iter().any(|may| may == "everybody" || may == wanted)
    }
}

fn printed() -> String {
    let mut text =
        String::from("# METHOD address permission: who may call it. AKIMAT_UPDATE=1 writes it anew.\n");
    for entry in akimat_web::all().entries() {
        let may: Vec<&str> = if entry.permission == Permission::Public {
            vec!["everybody"]
        } else {
            let roles = Role::ALL.into_iter().filter(|role| permits(*role, entry.permission));
            roles.map(Role::code).collect()
        };
        let code = entry.permission.code();
        writeln!(text, "{} {} {code}: {}", entry.method, entry.path, may.join(" ")).unwrap();
    }
    text
}

fn golden() -> String {
    std::fs::read_to_string(golden_path()).unwrap_or_default()
}

fn golden_path() -> String {
    format!("{}/tests/it/{GOLDEN}", env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn lines() -> Vec<Line> {
    let line = |line: &str| {
        let (head, may) = line.split_once(": ").unwrap();
        let mut head = head.split(' ').map(str::to_owned);
        let (method, path) = (head.next().unwrap(), head.next().unwrap());
        Line { method, path, may: may.split(' ').map(str::to_owned).collect() }
    };
    golden().lines().filter(|text| !text.starts_with('#')).map(line).collect()
}

#[test]
fn no_address_appears_unseen() {
    if std::env::var_os("AKIMAT_UPDATE").is_some() {
        std::fs::write(golden_path(), printed()).unwrap();
    }
    assert_eq!(golden(), printed(), "run the test with AKIMAT_UPDATE=1 and read what changes in {GOLDEN}");
}

/// The address with real things in it.
pub(crate) fn filled(town: &Town, path: &str) -> String {
    let id = if path.contains("/projects/") {
        town.project("S-7").to_string()
    } else if path.contains("/budgets/") {
        town.budgets[0].to_string()
    } else if path.contains("/findings/") {
        "0".repeat(32)
    } else if path.contains("/comments/") {
        town.comments[0].to_string()
    } else {
        uuid::Uuid::nil().to_string()
    };
    let asset = asset_url("css/akimat.css");
    path.replace("{lang}", "kk")
        .replace("{code}", &DISTRICT.to_string())
        .replace("{id}", &id)
        .replace("{format}", "csv")
        .replace("{key}", "x")
        .replace("{number}", "1")
        .replace("{name}", asset.rsplit('/').next().unwrap())
}

async fn call(client: &Client, line: &Line, path: &str) -> Answer {
    let uploads = [
        "/statistics/own",
        "/analysis/laboratory",
        "/plan/paste",
        "/admin/imports",
        "/photos",
        "/acceptance",
    ];
    let is_upload = path.contains("/admin/import/") || uploads.iter().any(|end| path.ends_with(end));
    match (line.method.as_str(), is_upload) {
        ("GET", _) => client.get(path).await,
        (_, true) => client.upload(path, &[], &Sent { name: "", bytes: b"" }).await,
        _ => client.post(path, &[]).await,
    }
}

#[tokio::test]
async fn every_role_gets_every_address_exactly_when_the_list_says_so() {
    let town = Town::open().await;
    crate::budgeting::found(&town).await;
    for role in std::iter::once(None).chain(Role::ALL.map(Some)) {
        for line in lines() {
            let path = filled(&town, &line.path);
            // Fresh each time: one of the addresses signs out.
            let client = town.role(role).await;
            let answer = call(&client, &line, &path).await;
            let status = answer.status.as_u16();
            let what = format!("{role:?} {}: {status} {}", answer.asked, answer.location());
            let to_sign_in = answer.location().starts_with("/kk/sign-in?next=");
            if ["/api/v1/imports", "/api/v1/audit"].iter().any(|start| line.path.starts_with(start)) {
                // Systems speak by a key: a browser's session does not open these.
                assert_eq!(status, if role.is_none() { 401 } else { 403 }, "{what}");
                continue;
            }
            match (line.allows(role), role) {
                (true, _) => {
                    assert!(![401, 403, 405, 415].contains(&status) && status < 500, "{what}");
                    assert!(!to_sign_in, "{what}");
                }
                (false, Some(_)) => assert_eq!(status, 403, "{what}"),
                (false, None) => assert!(status == 303 && to_sign_in, "{what}"),
            }
        }
    }
}
