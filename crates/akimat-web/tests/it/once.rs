//! One act without an account: a code, the act, and nothing left; the same person never twice.

use crate::client::{Answer, Client};
use crate::html::check_page;
use crate::security::Office;
use akimat_core::ProjectId;
use akimat_storage::PageRequest;
use axum::body::Body;

/// A browser that keeps the cookie of a pass.
struct Browser {
    client: Client,
    pass: String,
}

impl Browser {
    fn new(office: &Office) -> Self {
        Self { client: office.client(None), pass: String::new() }
    }

    async fn send(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.client.form(path, fields).method(method);
        let request = request.header("cookie", format!("akimat_once={}", self.pass));
        self.client.send(request.body(Body::from(crate::client::encode(fields))).unwrap()).await
    }

    /// Shows an address by a code.
    async fn show(&mut self, office: &Office, path: &str, contact: &str) -> Answer {
        let asked = self.client.post(&format!("{path}/code"), &[("contact", contact)]).await;
        check_page(asked.expect(200), "en");
        let id = asked.text().split_once("name=\"id\" value=\"").unwrap().1;
        let id = id.split('"').next().unwrap().to_owned();
        let letters = office.round().await;
        let code = letters.first().and_then(|letter| crate::security::code_in(&letter.text)).unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let enter = format!("{path}/enter");
        check_page(self.client.post(&enter, &[("id", &id), ("code", wrong)]).await.expect(422), "en");
        let entered = self.client.post(&enter, &[("id", &id), ("code", &code)]).await;
        if entered.status == 303 {
            self.pass = crate::security::cookie(&entered, "akimat_once");
            let again = self.client.post(&enter, &[("id", &id), ("code", &code)]).await;
            again.expect(422);
            assert!(office.app.read().find_code(id.parse().unwrap()).await.unwrap().is_none(), "forgotten");
        }
        entered
    }
}

async fn n_comments(office: &Office, project: ProjectId) -> u64 {
    let subject = akimat_participation::Subject::Project(project);
    office.app.read().count_comments(&subject).await.unwrap()
}

#[tokio::test]
async fn a_comment_without_an_account_is_one_comment() {
    let office = Office::open().await;
    let project = office.town.project("S-7");
    let path = format!("/en/once/comment/{project}");
    for lang in ["kk", "ru", "en"] {
        let page = format!("/{lang}/once/comment/{project}");
        check_page(office.client(None).get(&page).await.expect(200), lang);
        let link = format!("{page}\"");
        office.client(None).get(&format!("/{lang}/projects/{project}")).await.expect(200).says(&link);
    }
    let before = n_comments(&office, project).await;
    let mut browser = Browser::new(&office);
    let bare = browser.send("POST", &path, &[("name", "Асан"), ("body", "Жақсы")]).await;
    check_page(bare.expect(422), "en");
    browser.show(&office, &path, "asan@example.kz").await.expect(303);
    check_page(browser.send("GET", &path, &[]).await.expect(200).says("name=\"body\""), "en");
    let other = format!("/en/once/comment/{}", office.town.project("S-8"));
    browser.send("POST", &other, &[("name", "Асан"), ("body", "Жақсы")]).await.expect(422);
    for wrong in [[("name", ""), ("body", "x")], [("name", "Асан"), ("body", "")]] {
        check_page(browser.send("POST", &path, &wrong).await.expect(422), "en");
    }
    let said = [("name", "Асан \u{202e}<b>"), ("body", "Шамдар керек")];
    for _ in 0..2 {
        let done = browser.send("POST", &path, &said).await;
        check_page(done.expect(200), "en");
        assert!(done.header("set-cookie").contains("akimat_once=;"), "the pass is gone");
    }
    let more = browser.send("POST", &path, &[("name", "Асан"), ("body", "Тағы")]).await;
    check_page(more.expect(422), "en");
    assert_eq!(n_comments(&office, project).await, before + 1);
    // The same person again, with another browser.
    let mut second = Browser::new(&office);
    second.show(&office, &path, " Asan@example.kz").await.expect(303);
    second.send("POST", &path, &[("name", "Асан"), ("body", "Тағы")]).await.expect(422);
    assert_eq!(n_comments(&office, project).await, before + 1);
    second.send("GET", &path, &[]).await.expect(200).says("name=\"back\"");
    second.send("POST", &path, &[("back", "1")]).await.expect(200).says("taken back");
    let page = office.client(None).get(&format!("/en/projects/{project}")).await;
    page.expect(200).says_not("Шамдар керек");
    second.send("POST", &path, &[("back", "1")]).await.expect(422);
    second.send("POST", &path, &[("name", "Асан"), ("body", "Тағы")]).await.expect(422);
    assert!(office.app.read().find_credentials("asan@example.kz").await.unwrap().is_none());
    let audit = office.app.read().list_audit(&PageRequest::first(50)).await.unwrap();
    let about = |verb: &str| audit.items.iter().filter(|one| one.verb == verb).count();
    assert_eq!((about("verify_once"), about("comment_on_project")), (2, 1));
    assert!(audit.items.iter().all(|one| !one.detail.contains("asan")), "nobody is named");
}

#[tokio::test]
async fn whoever_has_an_account_acts_with_it_and_once() {
    let office = Office::open().await;
    let project = crate::photo::finished_work(&office.town).await;
    let path = format!("/en/once/works/{project}");
    let word = [("verdict", "dispute"), ("name", "Дана"), ("body", "Жарық жоқ")];
    let mut browser = Browser::new(&office);
    browser.show(&office, &path, "dana@example.kz").await.expect(303);
    check_page(browser.send("POST", &path, &word[1..]).await.expect(422), "en");
    browser.send("POST", &path, &word).await.expect(200);
    browser.send("POST", &path, &[("verdict", "confirm"), ("name", "Дана")]).await.expect(200);
    let words = office.app.read().list_acceptances(project, &PageRequest::first(9)).await.unwrap().items;
    assert_eq!(words.len(), 1, "the later word stands in place of the earlier");
    browser.send("POST", &path, &[("back", "1")]).await.expect(200);
    let words =
        async || office.app.read().list_acceptances(project, &PageRequest::first(9)).await.unwrap().items;
    assert_eq!(words().await, [], "taken back");
    browser.send("POST", &path, &[("verdict", "confirm"), ("name", "Дана")]).await.expect(200);
    assert_eq!(words().await.len(), 1);
    // The person opens an account: what was said without it counts.
    let client = office.enter("dana@example.kz", "Дана").await;
    let page = format!("/en/projects/{project}/acceptance");
    let none = crate::client::Sent { name: "", bytes: b"" };
    let twice = client.upload(&page, &[("verdict", "confirm"), ("body", "")], &none).await;
    twice.expect(422).says("You did this without an account before");
    // And does nothing more without it.
    let refused = browser.show(&office, &path, "dana@example.kz").await;
    refused.expect(422).says("You have an account here");
    let late = browser.send("POST", &path, &word).await;
    late.expect(422).says("You have an account here");
}

#[tokio::test]
async fn a_proposal_is_supported_once_without_an_account() {
    let office = Office::open().await;
    crate::budgeting::found(&office.town).await;
    let process = office.app.read().find_process_by_code(&crate::content::DISTRICT.to_string()).await;
    let process = process.unwrap().unwrap();
    let find = async || office.app.read().find_proposal_by_number(process.id, 1).await.unwrap().unwrap();
    let before = find().await;
    let path = format!("/en/once/support/{}", before.id);
    for contact in ["a@example.kz", "+7 701 234 56 78", "a@example.kz"] {
        let mut browser = Browser::new(&office);
        browser.show(&office, &path, contact).await.expect(303);
        browser.send("POST", &path, &[]).await.expect(200);
        browser.send("POST", &path, &[]).await.expect(200);
    }
    assert_eq!(find().await.n_support, before.n_support + 2);
    // The same person shows the same again and takes it back; nobody else can.
    let mut other = Browser::new(&office);
    other.show(&office, &path, "b@example.kz").await.expect(303);
    other.send("GET", &path, &[]).await.expect(200).says_not("name=\"back\"");
    check_page(other.send("POST", &path, &[("back", "1")]).await.expect(422), "en");
    let mut browser = Browser::new(&office);
    browser.show(&office, &path, "a@example.kz").await.expect(303);
    check_page(browser.send("GET", &path, &[]).await.expect(200).says("name=\"back\""), "en");
    let done = browser.send("POST", &path, &[("back", "1")]).await;
    check_page(done.expect(200).says("taken back"), "en");
    assert!(done.header("set-cookie").contains("akimat_once=;"), "the pass is gone");
    browser.send("POST", &path, &[("back", "1")]).await.expect(422).says("nothing to take back");
    assert_eq!(find().await.n_support, before.n_support + 1);
    browser.send("POST", &path, &[]).await.expect(200);
    assert_eq!(find().await.n_support, before.n_support + 2, "and gives it again");
    // No ballots without accounts where the process does not say so; nothing at all about what does not exist.
    let ballot = format!("/en/once/ballot/{}", process.id);
    let nothing = format!("/en/once/support/{}", uuid::Uuid::nil());
    for path in [ballot.as_str(), &nothing, "/en/once/rating/x", "/en/once/comment/x"] {
        office.client(None).get(path).await.expect(404);
    }
}

#[tokio::test]
async fn the_desk_gives_a_slip_after_two_clerks() {
    let office = Office::open().await;
    let project = office.town.project("S-7");
    let path = format!("/en/once/comment/{project}");
    let desk = path.replace("/once/", "/admin/once/");
    let (clerk, second) = (office.person("clerk").await, office.person("second-clerk").await);
    let entry = [("iin", "850312200016"), ("place", "990100000"), ("document", "id_card")];
    for at in 0..3 {
        let mut wrong = entry;
        wrong[at].1 = "7";
        check_page(clerk.post(&desk, &wrong).await.expect(422), "en");
    }
    clerk.get(&path).await.expect(200).says(&desk);
    check_page(clerk.get(&desk).await.expect(200), "en");
    office.person("resident").await.post(&desk, &entry).await.expect(403);
    clerk.post(&desk, &entry).await.expect(303);
    let list = second.get("/en/admin/once").await;
    check_page(list.expect(200), "en");
    assert!(!list.text().contains("850312200016"));
    let confirm = list.text().split_once("/en/admin/slips/").unwrap().1.split('"').next().unwrap().to_owned();
    clerk.post(&format!("/en/admin/slips/{confirm}"), &[]).await.expect(403);
    let slip = second.post(&format!("/en/admin/slips/{confirm}"), &[]).await;
    check_page(slip.expect(200), "en");
    second.post(&format!("/en/admin/slips/{confirm}"), &[]).await.expect(409);
    let code = slip.text().split_once("class=\"receipt\">").unwrap().1.split('<').next().unwrap().to_owned();
    let mut browser = Browser::new(&office);
    browser.send("POST", &format!("{path}/slip"), &[("slip", "ABCD-EFGH-JKLM")]).await.expect(422);
    let entered = browser.send("POST", &format!("{path}/slip"), &[("slip", &code)]).await;
    browser.pass = crate::security::cookie(entered.expect(303), "akimat_once");
    browser.send("POST", &path, &[("name", "Қарт адам"), ("body", "Жол керек")]).await.expect(200);
}
