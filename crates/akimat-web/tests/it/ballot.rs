//! A vote on the pages: without scripts, small with many projects, hostile forms.

use crate::client::Client;
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::town::{Town, kato, options};
use akimat_app::ballot::close::Drawn;
use akimat_app::ballot::invented::InventedBallot;
use akimat_app::secret::PlatformKey;
use akimat_core::{Lang, Money, ProcessId, ProposalId, Text};
use akimat_participation::process::{
    BallotForm, BallotRules, CountMethod, CountRule, Draw, Envelope, Formula, Needs, Paper, Phase, Process,
    ProposalRules, Reach, Term, Weight,
};
use akimat_participation::proposal::{Estimate, Proposal, State};
use akimat_storage::ballot::Traits;
use akimat_storage::{Change, ProcessChange, ProposalChange};
use akimat_web_kit::state::WebState;
use jiff::SignedDuration;
use uuid::Uuid;

fn process(town: &Town, code: &str, form: BallotForm) -> Process {
    let now = town.app.now();
    let term = |phase, opens: i64, closes: i64| Term {
        phase,
        opens_at: now + SignedDuration::from_hours(opens),
        closes_at: now + SignedDuration::from_hours(closes),
    };
    Process {
        id: ProcessId(Uuid::now_v7()),
        place: kato(DISTRICT),
        code: code.to_owned(),
        year: 2027,
        title: Text::new("Аудан бюджеті", "Бюджет района", "Budget of the district"),
        summary: Text::same("x"),
        template: "equal-shares".to_owned(),
        invented: true,
        phase: Phase::Ballot,
        suspended: None,
        calendar: vec![term(Phase::Ballot, -1, 5)],
        envelopes: vec![Envelope {
            code: "all".to_owned(),
            title: Text::new("Бүкіл аудан", "Весь район", "The whole district"),
            amount: Money::from_tenge(90_000_000).unwrap(),
            place: None,
            weight: Weight::default(),
        }],
        formula: Formula::Stated,
        voters: Needs { level: 0, min_age: None, reach: Reach::Anywhere },
        proposers: Needs::default(),
        ballot: BallotRules {
            form,
            envelopes_max: None,
            changeable: true,
            saved_counts: false,
            paper: Paper::Replaces,
            one_time: false,
        },
        rule: CountRule {
            method: CountMethod::EqualShares,
            completion: "add1u".to_owned(),
            utility: "cost".to_owned(),
            min_votes: None,
            comparison: false,
            conflicting: akimat_participation::process::Conflicting::FirstWins,
        },
        cap: None,
        categories: Vec::new(),
        proposals: ProposalRules {
            per_author: 3,
            co_authors_max: 2,
            supporters_min: 0,
            correction_days: 5,
            assessment_days: 20,
            appeal_days: 7,
        },
        documents: Vec::new(),
        basis: Text::default(),
        draw: None,
        assemblies: Vec::new(),
        need_facts: Vec::new(),
        edit: 1,
        created_at: now,
        updated_at: now,
    }
}

fn proposal(process: &Process, number: u32) -> Proposal {
    Proposal {
        id: ProposalId(Uuid::now_v7()),
        process: process.id,
        place: process.place,
        author: None,
        author_name: String::new(),
        assessor: None,
        assessor_name: String::new(),
        state: State::OnBallot,
        number: Some(number),
        ballot_number: Some(number),
        envelope: "all".to_owned(),
        category: String::new(),
        lang: Lang::Kk,
        title: Text::new(
            format!("Орталық алаңға балалар ойын алаңы {number}"),
            format!("Детская площадка у дома культуры {number}"),
            format!("Playground at the house of culture {number}"),
        ),
        need: Text::same("x"),
        body: Text::same("x"),
        site: Text::same("x"),
        point: None,
        estimates: vec![Estimate {
            amount: Money::from_tenge(1_000_000 + i64::from(number) * 250_000).unwrap(),
            by: String::new(),
            reason: String::new(),
            at: process.created_at,
        }],
        acknowledged: Vec::new(),
        looked: true,
        returned: None,
        assessment: None,
        ground: None,
        appeal: None,
        conflicts: Vec::new(),
        merged_into: None,
        due_at: None,
        n_support: 0,
        edit: 1,
        created_at: process.created_at,
        submitted_at: None,
        updated_at: process.created_at,
    }
}

/// Puts a vote with so many projects into the town.
pub(crate) async fn put(town: &Town, code: &str, form: BallotForm, n: u32) {
    add(town, &process(town, code, form), n).await;
}

async fn add(town: &Town, process: &Process, n: u32) {
    let mut batch = vec![Change::Process(Box::new(ProcessChange::Add(process.clone())))];
    for number in 1..=n {
        batch.push(Change::Proposal(Box::new(ProposalChange::Add(proposal(process, number)))));
    }
    town.store.apply(batch).await.unwrap();
}

/// Puts a vote into the town that is over, counted and published.
pub(crate) async fn counted(town: &Town, code: &str) {
    let mut process = process(town, code, BallotForm::Approval { min: 1, max: 3 });
    // Its numbers were drawn, and its residents met.
    process.template = "porto-alegre".to_owned();
    process.draw = Some(Draw {
        seed: "7".to_owned(),
        source: "Ұтыс ойыны (ойдан шығарылған)".to_owned(),
        at: process.created_at,
    });
    let closes_at = town.app.now() - SignedDuration::from_hours(1);
    for term in &mut process.calendar {
        (term.opens_at, term.closes_at) = (closes_at - SignedDuration::from_hours(240), closes_at);
    }
    add(town, &process, 4).await;
    let setting = town.app.ballot_setting(code).await.unwrap();
    let ballots: Vec<InventedBallot> = (0..12)
        .map(|person| {
            let project = setting.projects[usize::try_from(person % 3).unwrap()].id;
            InventedBallot {
                person,
                ballot: setting.paper.add(&akimat_participation::Ballot::default(), project).unwrap(),
                at: closes_at - SignedDuration::from_hours(2),
                traits: Traits { area: None, age_band: "30-44".to_owned(), sex: "female".to_owned() },
                paper: false,
            }
        })
        .collect();
    town.app.invent_ballots(&setting, &ballots).await.unwrap();
    let analyst = town.people.get("analyst");
    town.app.close_ballot(analyst, &setting).await.unwrap();
    let drawn = Drawn {
        seed: "03 11 18".to_owned(), source: "Ұтыс ойыны (ойдан шығарылған)".to_owned()
    };
    let setting = town.app.ballot_setting(code).await.unwrap();
    town.app.count_ballots(analyst, &setting, &drawn).await.unwrap();
    town.app.publish_result(analyst, &setting).await.unwrap();
}

async fn vote(form: BallotForm, n: u32) -> Town {
    let mut town = Town::open().await;
    town.app = town.app.clone().with_ballot_key(PlatformKey::new([4; 32]));
    town.state = WebState::new(town.app.clone(), options());
    put(&town, "vote", form, n).await;
    town
}

const PATH: &str = "/budgeting/vote/ballot";

async fn press(client: &Client, lang: &str, field: (&str, &str)) -> crate::client::Answer {
    client.post(&format!("/{lang}{PATH}"), &[field]).await
}

#[tokio::test]
async fn a_resident_votes_without_scripts() {
    let town = vote(BallotForm::Knapsack, 80).await;
    let nobody = town.nobody().get(&format!("/ru{PATH}")).await;
    check_page(&nobody, "ru");
    nobody.says("/sign-in?next=").says_not("name=\"add\"");
    let client = town.person("resident").await;
    for lang in ["kk", "ru", "en"] {
        check_page(&client.get(&format!("/{lang}{PATH}")).await, lang);
    }
    let chosen = press(&client, "en", ("add", "79")).await;
    chosen.expect(303);
    assert!(chosen.location().ends_with("/ballot#f-p79"), "{}", chosen.location());
    press(&client, "en", ("add", "80")).await.expect(303);
    press(&client, "en", ("add", "78")).await.expect(303);
    press(&client, "en", ("add", "77")).await.expect(303);
    let page = client.get(&format!("/en{PATH}")).await;
    check_page(&page, "en");
    page.says("Saved, not counted yet").says("over by");
    let full = press(&client, "en", ("add", "76")).await;
    full.expect(422).says("does not fit").says("Playground at the house of culture 76");
    check_page(&full, "en");
    press(&client, "en", ("remove", "77")).await.expect(303);
    press(&client, "en", ("do", "submit")).await.expect(303);
    let page = client.get(&format!("/en{PATH}")).await;
    page.says("Counted at").says("Receipt");
    press(&client, "en", ("do", "withdraw")).await.expect(303);
    client.get(&format!("/en{PATH}")).await.says("Saved, not counted yet");
    let seen = town.nobody().get("/kk/budgeting/vote/observers").await;
    check_page(&seen, "kk");
    seen.expect(200);
    town.nobody().get("/kk/budgeting/vote/results").await.expect(404);
}

#[tokio::test]
async fn hostile_forms_do_no_harm() {
    let town = vote(BallotForm::Points { n: 10 }, 6).await;
    let client = town.person("resident").await;
    for (field, due) in [
        (("add", "999"), 422),
        (("add", "-1"), 422),
        (("add", ""), 422),
        (("do", "drop"), 422),
        (("do", "submit"), 422),
        (("remove", "5"), 303),
        (("up", "1"), 303),
    ] {
        press(&client, "ru", field).await.expect(due);
    }
    for (value, due) in [("99999999999", 422), ("-4", 422), ("11", 422), ("7", 303), ("", 303), ("10", 303)] {
        client.post(&format!("/ru{PATH}"), &[("points", "3"), ("n3", value)]).await.expect(due);
    }
    let forged = client.post_bare(&format!("/ru{PATH}"), &[("csrf", "forged"), ("add", "1")]).await;
    forged.expect(403);
    for login in ["analyst", "clerk", "admin"] {
        let officer = town.person(login).await;
        press(&officer, "ru", ("add", "1")).await.expect(403);
    }
    check_page(&client.get(&format!("/ru{PATH}")).await, "ru");
}

/// A terminal in a hall, or a page that was without a connection, sends the whole ballot at once.
#[tokio::test]
async fn a_whole_ballot_is_handed_in_at_once_and_counts_once() {
    let town = vote(BallotForm::Approval { min: 1, max: 3 }, 6).await;
    let client = town.person("resident").await;
    let send = async |marks: &str| {
        let form = crate::client::encode(&[("csrf", &client.csrf()), ("do", "hand-in"), ("marks", marks)]);
        let request = client.form(&format!("/ru{PATH}"), &[]).header("accept", "application/json");
        client.send(request.body(form.into()).unwrap()).await
    };
    for bad in ["", "7", "1,1", "1,2,3,4", "x", "1;2", "1:"] {
        assert_eq!(send(bad).await.status, 422, "{bad}");
    }
    let receipt = async |marks: &str| {
        let answer = send(marks).await;
        let said: serde_json::Value = serde_json::from_str(answer.expect(200).text()).unwrap();
        assert_eq!(answer.header("cache-control"), "private, no-store");
        said["receipt"].as_str().unwrap().to_owned()
    };
    let first = receipt("1,3").await;
    assert_eq!(receipt("1,3").await, first, "sent again, it is the same ballot");
    let page = client.get(&format!("/ru{PATH}")).await;
    page.expect(200).says(&first);
    assert_ne!(receipt("2").await, first, "another choice has another receipt");
    let process = town.store.find_process_by_code("vote").await.unwrap().unwrap().id;
    assert_eq!(town.store.count_voters(process).await.unwrap().n_counted, 1);
    // Without a wish for data the page follows, as after every other button.
    let led = client.post(&format!("/ru{PATH}"), &[("do", "hand-in"), ("marks", "3,2,1")]).await;
    assert!(led.expect(303).location().contains("#receipt"));
}

#[tokio::test]
async fn two_hundred_projects_fit_into_a_small_page() {
    let town = vote(BallotForm::Approval { min: 1, max: 5 }, 200).await;
    let client = town.person("resident").await;
    for number in ["1", "50", "100"] {
        press(&client, "kk", ("add", number)).await.expect(303);
    }
    let page = client.get(&format!("/kk{PATH}")).await;
    check_page(&page, "kk");
    assert!(page.body.len() <= 60 * 1024, "{} bytes", page.body.len());
}

/// Every control of a ballot is a field or a button with a name of its own, in the order of the page; nothing else takes
/// the focus.
#[track_caller]
fn check_keys(page: &crate::client::Answer) -> usize {
    let tags = check_page(page, "en");
    let mut n = 0;
    for tag in &tags {
        assert!(
            tag.get("tabindex").is_none_or(|at| at == "0" || at == "-1"),
            "the order is that of the page"
        );
        let class = tag.get("class").unwrap_or_default();
        let acts = matches!(tag.get("name"), Some("add" | "remove" | "up" | "down" | "points"));
        if acts {
            assert_eq!(tag.name, "button", "what acts is a button");
            assert!(tag.get("value").is_some_and(|number| !number.is_empty()), "{class}");
            n += 1;
        }
    }
    n
}

#[tokio::test]
async fn points_are_given_by_keyboard() {
    let town = vote(BallotForm::Points { n: 10 }, 4).await;
    let client = town.person("resident").await;
    assert_eq!(check_keys(&client.get(&format!("/en{PATH}")).await), 4);
    // The Enter key in the third field presses the first button of the form.
    let all = [("points", "1"), ("n1", ""), ("n2", ""), ("n3", "7"), ("n4", "")];
    let given = client.post(&format!("/en{PATH}"), &all).await;
    given.expect(303);
    assert!(given.location().ends_with("#f-p3"), "{}", given.location());
    let moved = [("points", "1"), ("n1", "9"), ("n2", "1"), ("n3", ""), ("n4", "")];
    client.post(&format!("/en{PATH}"), &moved).await.expect(303);
    let page = client.get(&format!("/en{PATH}")).await;
    page.says("name=\"n1\" inputmode=\"numeric\" maxlength=\"4\" value=\"9\"");
    let over = [("points", "1"), ("n1", "9"), ("n2", "1"), ("n3", "1"), ("n4", "")];
    client.post(&format!("/en{PATH}"), &over).await.expect(422);
}

#[tokio::test]
async fn a_ranking_is_ordered_by_keyboard() {
    let town = vote(BallotForm::Ranking { max: 3 }, 5).await;
    let client = town.person("resident").await;
    for number in ["2", "4", "5"] {
        press(&client, "en", ("add", number)).await.expect(303);
    }
    // Three to remove, two up, two down, and nothing more can be added.
    let page = client.get(&format!("/en{PATH}")).await;
    assert_eq!(check_keys(&page), 7);
    page.says("Up 4").says("Down 4");
    let up = press(&client, "en", ("up", "5")).await;
    up.expect(303);
    assert!(up.location().ends_with("#f-p5"), "the focus stays with the project: {}", up.location());
    let page = client.get(&format!("/en{PATH}")).await;
    let at = |number: &str| page.text().find(&format!("id=\"f-p{number}\"")).unwrap();
    assert!(at("2") < at("5") && at("5") < at("4"), "the page is in the order of the ranking");
}

/// What excludes each other is said beside each, also in other envelopes.
#[tokio::test]
async fn the_ballot_says_what_cannot_be_built_together() {
    let town = vote(BallotForm::Approval { min: 1, max: 5 }, 3).await;
    let process = town.store.find_process_by_code("vote").await.unwrap().unwrap();
    let [one, three] = [
        town.store.find_proposal_by_number(process.id, 1).await.unwrap().unwrap(),
        town.store.find_proposal_by_number(process.id, 3).await.unwrap().unwrap(),
    ];
    let changed = Proposal { conflicts: vec![three.id], edit: one.edit + 1, ..one };
    town.store.apply(vec![Change::Proposal(Box::new(ProposalChange::Update(changed)))]).await.unwrap();
    let page = town.nobody().get(&format!("/en{PATH}")).await;
    page.says("Cannot be built together with № 3").says("Cannot be built together with № 1");
}
