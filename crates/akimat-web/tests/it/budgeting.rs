//! Participatory budgeting: a proposal from the first word to the ballot, and what people may not do on the way.

use crate::client::{Answer, Client};
use crate::content::DISTRICT;
use crate::html::check_page;
use crate::photo::Piece;
use crate::town::{Town, kato};
use akimat_core::Money;
use akimat_participation::Process;
use akimat_participation::process::{Needs, Phase, Term};
use akimat_participation::proposal::State;
use akimat_storage::{Change, ProcessChange};
use jiff::SignedDuration;

/// The word in the address of the town's process: the same that the golden list fills in.
fn code() -> String {
    DISTRICT.to_string()
}

/// A process that takes proposals, open to everybody who is signed in, with one proposal that was handed in.
pub(crate) async fn found(town: &Town) {
    let analyst = town.people.get("analyst");
    let begun = town.app.begin_process(analyst, &code(), "national", (kato(DISTRICT), 2026)).await.unwrap();
    let day = |n: i64| town.app.now() + SignedDuration::from_hours(24 * n);
    let mut process = Process { phase: Phase::Submission, edit: begun.edit + 1, ..begun };
    process.proposers = Needs::default();
    process.voters = Needs::default();
    process.envelopes[0].amount = Money::from_tiyn(5_000_000_000);
    let mut opens_at = day(-2);
    for term in &mut process.calendar {
        let closes_at = opens_at + SignedDuration::from_hours(24 * 10);
        *term = Term { phase: term.phase, opens_at, closes_at };
        opens_at = closes_at;
    }
    let change = Change::Process(Box::new(ProcessChange::Update(process)));
    town.store.apply(vec![change]).await.unwrap();
    let neighbour = town.person("neighbour").await;
    write(&neighbour, "Көшедегі шамдар").await;
}

/// A process that an office still writes.
pub(crate) async fn draft(town: &Town) {
    let analyst = town.people.get("analyst");
    town.app.begin_process(analyst, "written", "porto-alegre", (kato(DISTRICT), 2027)).await.unwrap();
}

/// Begins a proposal that is not handed in yet.
pub(crate) async fn begin(client: &Client) {
    address(&client.post(&format!("/kk/budgeting/{}/proposals", code()), &[]).await);
}

fn address(answer: &Answer) -> String {
    assert_eq!(answer.status.as_u16(), 303, "{}: {}", answer.asked, answer.text());
    answer.location().split('?').next().unwrap().to_owned()
}

/// The counter that a page's form carries.
fn edit(answer: &Answer) -> String {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.asked);
    let (_, rest) = answer.text().split_once("name=\"edit\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Writes a proposal through its steps and hands it in; answers its address.
async fn write(client: &Client, title: &str) -> String {
    let begun = client.post(&format!("/kk/budgeting/{}/proposals", code()), &[]).await;
    let path = address(&begun);
    let step = async |fields: &[(&str, &str)]| {
        let counter = edit(&client.get(&format!("{path}?step=1")).await);
        let mut all = vec![("edit", counter.as_str())];
        all.extend_from_slice(fields);
        let kept = client.post(&path, &all).await;
        assert_eq!(kept.status.as_u16(), 303, "{}", kept.text());
    };
    step(&[("step", "1"), ("title", title), ("need", "Қараңғы"), ("body", "Он шам")]).await;
    step(&[
        ("step", "2"),
        ("site", "Абай көшесі"),
        ("lat", "44,61"),
        ("lon", "69.37"),
        ("envelope", "all"),
        ("category", "light"),
        ("cost", "2 500 000"),
    ])
    .await;
    let early = client.post(&path.replace("/edit", "/submit"), &[]).await;
    assert_eq!(early.status.as_u16(), 422, "similar ones come first");
    step(&[("step", "3"), ("looked", "yes")]).await;
    address(&client.post(&path.replace("/edit", "/submit"), &[]).await)
}

async fn state_of(town: &Town, number: u32) -> State {
    let process = town.store.find_process_by_code(&code()).await.unwrap().unwrap();
    town.store.find_proposal_by_number(process.id, number).await.unwrap().unwrap().state
}

/// An office acts on a proposal by its page.
async fn works(client: &Client, number: u32, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/ru/admin/budgeting/{}/proposals/{number}", code());
    let counter = edit(&client.get(&path).await);
    let mut all = vec![("edit", counter.as_str())];
    all.extend_from_slice(fields);
    client.post(&path, &all).await
}

async fn works_well(client: &Client, number: u32, fields: &[(&str, &str)]) {
    let done = works(client, number, fields).await;
    assert_eq!(done.status.as_u16(), 303, "{fields:?}: {}", done.text());
}

#[tokio::test]
async fn a_proposal_goes_from_the_first_word_to_the_ballot() {
    let town = Town::open().await;
    found(&town).await;
    let [resident, clerk, analyst, manager] = [
        town.person("resident").await,
        town.person("clerk").await,
        town.person("analyst").await,
        town.person("manager").await,
    ];
    let page = write(&resident, "Балалар алаңы").await;
    assert!(page.ends_with("/proposals/2"), "{page}");
    works_well(&clerk, 2, &[("act", "return"), ("fault", "place"), ("words", "Нақтылаңыз")]).await;
    assert_eq!(state_of(&town, 2).await, State::Returned);
    assert!(resident.get(&page).await.text().contains("Нақтылаңыз"));
    let id = {
        let process = town.store.find_process_by_code(&code()).await.unwrap().unwrap();
        town.store.find_proposal_by_number(process.id, 2).await.unwrap().unwrap().id
    };
    let edited = format!("/kk/proposals/{id}/edit");
    let counter = edit(&resident.get(&format!("{edited}?step=2")).await);
    let kept = resident
        .post(
            &edited,
            &[
                ("step", "2"),
                ("edit", &counter),
                ("site", "Абай, 12"),
                ("envelope", "all"),
                ("category", "play"),
                ("cost", "2500000"),
            ],
        )
        .await;
    assert_eq!(kept.status.as_u16(), 303);
    assert_eq!(address(&resident.post(&edited.replace("/edit", "/submit"), &[]).await), page);
    let again = works(&clerk, 2, &[("act", "return"), ("fault", "place"), ("words", "Тағы")]).await;
    assert_eq!(again.status.as_u16(), 422, "one return only");
    let assessor = town.people["manager"].id.to_string();
    let silent = works(&analyst, 2, &[("act", "assign"), ("assessor", &assessor)]).await;
    assert_eq!(silent.status.as_u16(), 422, "no declaration");
    works_well(&analyst, 2, &[("act", "assign"), ("assessor", &assessor), ("declared", "yes")]).await;
    let dear =
        [("act", "approve"), ("cost", "999999999"), ("months", "4"), ("body", "Отдел"), ("basis", "Закон")];
    assert_eq!(works(&manager, 2, &dear).await.status.as_u16(), 422, "beyond the limit");
    works_well(
        &manager,
        2,
        &[("act", "approve"), ("cost", "2600000"), ("months", "4"), ("body", "Отдел"), ("basis", "Закон")],
    )
    .await;
    assert_eq!(state_of(&town, 2).await, State::Feasible);
    on_the_ballot(&town, &analyst).await;
    assert_eq!(state_of(&town, 2).await, State::OnBallot);
    let late = resident.post(&format!("/kk/proposals/{id}/act"), &[("act", "withdraw")]).await;
    assert_eq!(late.status.as_u16(), 422, "not after the list");
    let draw = town.nobody().get(&format!("/en/budgeting/{}/draw", code())).await;
    assert!(draw.text().contains("07 12 19") && draw.text().contains("verdict-ok"));
}

/// Moves the process on to its list and draws it.
async fn on_the_ballot(town: &Town, analyst: &Client) {
    let desk = format!("/ru/admin/budgeting/{}", code());
    for to in [Phase::FormalCheck, Phase::Assessment, Phase::Appeals, Phase::Shortlist] {
        let counter = edit(&analyst.get(&desk).await);
        let bare = analyst.post(&desk, &[("act", "advance"), ("edit", &counter)]).await;
        assert_eq!(bare.status.as_u16(), 422, "early, and one proposal is undecided: a reason is needed");
        let done = analyst
            .post(&desk, &[("act", "advance"), ("edit", &counter), ("reason", "Решение комиссии")])
            .await;
        assert_eq!(done.status.as_u16(), 303, "{}", done.text());
        let process = town.store.find_process_by_code(&code()).await.unwrap().unwrap();
        assert_eq!(process.phase, to);
    }
    let counter = edit(&analyst.get(&desk).await);
    let early = analyst.post(&desk, &[("act", "advance"), ("edit", &counter), ("reason", "Спешим")]).await;
    assert_eq!(early.status.as_u16(), 422, "the draw comes first");
    let drawn =
        [("act", "draw"), ("edit", counter.as_str()), ("seed", "07 12 19"), ("source", "Лото, тираж 5")];
    assert_eq!(analyst.post(&desk, &drawn).await.status.as_u16(), 303);
    assert_eq!(analyst.post(&desk, &drawn).await.status.as_u16(), 422, "once");
}

#[tokio::test]
async fn nobody_does_what_is_others() {
    let town = Town::open().await;
    found(&town).await;
    let process = town.store.find_process_by_code(&code()).await.unwrap().unwrap();
    let theirs = town.store.find_proposal_by_number(process.id, 1).await.unwrap().unwrap().id;
    let resident = town.person("resident").await;
    let draft = address(&resident.post(&format!("/kk/budgeting/{}/proposals", code()), &[]).await);
    let check = async |client: &Client, path: &str, fields: &[(&str, &str)], status: u16| {
        let answer = client.post(path, fields).await;
        assert_eq!(answer.status.as_u16(), status, "{path} {fields:?}");
    };
    assert_eq!(
        town.person("neighbour").await.get(&draft).await.status.as_u16(),
        404,
        "a draft is nobody's business"
    );
    check(&resident, &format!("/kk/proposals/{theirs}/act"), &[("act", "withdraw")], 403).await;
    check(&resident, &format!("/kk/proposals/{theirs}/act"), &[("act", "appeal"), ("words", "x")], 403).await;
    check(&resident, &format!("/kk/proposals/{theirs}/act"), &[("act", "explode")], 400).await;
    check(&resident, &draft, &[("step", "1"), ("edit", "99"), ("title", "x")], 409).await;
    let long = "ұ".repeat(5_000);
    check(&resident, &draft, &[("step", "1"), ("edit", "1"), ("title", &long)], 422).await;
    check(
        &resident,
        &draft,
        &[
            ("step", "2"),
            ("edit", "1"),
            ("lat", "NaN"),
            ("lon", "1e400"),
            ("cost", "-5"),
            ("envelope", "moon"),
        ],
        422,
    )
    .await;
    check(&resident, &draft.replace("/edit", "/submit"), &[], 422).await;
    let far = town.person("other-analyst").await;
    let desk = format!("/ru/admin/budgeting/{}", code());
    assert_eq!(far.get(&desk).await.status.as_u16(), 403);
    check(&far, &desk, &[("act", "advance"), ("edit", "2"), ("reason", "x")], 403).await;
    // Supports are counted once, and the author's own is none.
    for _ in 0..3 {
        check(&resident, &format!("/kk/proposals/{theirs}/act"), &[("act", "support")], 303).await;
    }
    check(
        &town.person("neighbour").await,
        &format!("/kk/proposals/{theirs}/act"),
        &[("act", "support")],
        422,
    )
    .await;
    assert_eq!(town.store.find_proposal(theirs).await.unwrap().unwrap().n_support, 1);
}

#[tokio::test]
async fn terms_end_by_themselves() {
    let town = Town::open().await;
    found(&town).await;
    let clerk = town.person("clerk").await;
    works_well(&clerk, 1, &[("act", "return"), ("fault", "need"), ("words", "Уточните")]).await;
    assert_eq!(town.app.end_proposal_terms().await.unwrap(), 0, "the author still has time");
    town.step(SignedDuration::from_hours(24 * 20));
    let neighbour = town.person("neighbour").await;
    let process = town.store.find_process_by_code(&code()).await.unwrap().unwrap();
    let id = town.store.find_proposal_by_number(process.id, 1).await.unwrap().unwrap().id;
    let late = neighbour.post(&format!("/kk/proposals/{id}/submit"), &[]).await;
    assert_eq!(late.status.as_u16(), 422, "too late, also before the server has looked");
    assert_eq!(town.app.end_proposal_terms().await.unwrap(), 1);
    assert_eq!(town.app.end_proposal_terms().await.unwrap(), 0);
    assert_eq!(state_of(&town, 1).await, State::RejectedFormal);
}

/// A form filled in by somebody who means no good.
const HOSTILE: [(&str, &str); 9] = [
    ("edit", "1"),
    ("title_ru", "Ж"),
    ("total", "много"),
    ("formula", "mixed"),
    ("equal", "90"),
    ("population", "90"),
    ("envelopes", "a;b\n;;;;\nx;y;z;w;КАТО;-1;q;1e9"),
    ("opens-ballot", "вчера"),
    ("documents", "javascript:alert(1)"),
];

/// A process with two envelopes shared out by population.
const GOOD: [(&str, &str); 21] = [
    ("edit", "1"),
    ("title_kk", "Париж"),
    ("title_ru", "Париж"),
    ("total", "100 000 000"),
    ("formula", "population"),
    ("envelopes", "a;А;А;A;990101000;300;100;\nb;Б;Б;B;;100;100;"),
    ("form", "approval"),
    ("min", "1"),
    ("max", "4"),
    ("opens-submission", "2026-10-01"),
    ("closes-submission", "2026-10-31"),
    ("opens-assessment", "2026-11-01"),
    ("closes-assessment", "2026-12-10"),
    ("opens-shortlist", "2026-12-11"),
    ("closes-shortlist", "2026-12-15"),
    ("opens-ballot", "2026-12-16"),
    ("closes-ballot", "2026-12-31"),
    ("opens-count", "2027-01-01"),
    ("closes-count", "2027-01-03"),
    ("opens-results", "2027-01-04"),
    ("closes-results", "2027-01-10"),
];

#[tokio::test]
async fn an_office_prepares_a_process() {
    let town = Town::open().await;
    found(&town).await;
    let analyst = town.person("analyst").await;
    let begin = |code: &'static str, template: &'static str| {
        [("code", code), ("template", template), ("place", "990100000"), ("year", "2027")]
    };
    let wrong = analyst.post("/ru/admin/budgeting", &begin("Ә!", "national")).await;
    assert_eq!(wrong.status.as_u16(), 422);
    for template in akimat_app::process::templates() {
        let code: &'static str = Box::leak(format!("made-{}", template.code).into_boxed_str());
        let begun = analyst.post("/ru/admin/budgeting", &begin(code, &template.code)).await;
        let path = address(&begun);
        assert_eq!(town.nobody().get(&format!("/ru/budgeting/{code}")).await.status.as_u16(), 404, "a draft");
        let page = analyst.get(&path).await;
        let level = town.store.find_process_by_code(code).await.unwrap().unwrap().voters.level;
        assert_eq!(
            page.text().contains("двумя людьми"),
            level < 2,
            "{code}: who has two addresses votes twice"
        );
        let counter = edit(&page);
        let desk = path.replace("/edit", "");
        let empty = analyst.post(&desk, &[("act", "advance"), ("edit", &counter)]).await;
        assert_eq!(empty.status.as_u16(), 422, "no money, so no publication");
    }
    let twice = analyst.post("/ru/admin/budgeting", &begin("made-national", "national")).await;
    assert_eq!(twice.status.as_u16(), 422, "the address is taken");
    let hostile = analyst.post("/ru/admin/budgeting/made-paris/edit", &HOSTILE).await;
    assert_eq!(hostile.status.as_u16(), 422);
    let good = analyst.post("/ru/admin/budgeting/made-paris/edit", &GOOD).await;
    assert_eq!(good.status.as_u16(), 303, "{}", good.text());
    let process = town.store.find_process_by_code("made-paris").await.unwrap().unwrap();
    assert_eq!(process.voters.level, 0);
    analyst.get("/ru/admin/budgeting/made-paris/edit").await.says("двумя людьми");
    let amounts: Vec<i64> = process.envelopes.iter().map(|one| one.amount.tiyn() / 100).collect();
    assert_eq!(amounts, [75_000_000, 25_000_000]);
    let advance = [("act", "advance"), ("edit", "2")];
    let published = analyst.post("/ru/admin/budgeting/made-paris", &advance).await;
    assert_eq!(published.status.as_u16(), 303, "{}", published.text());
    assert_eq!(
        analyst.post("/ru/admin/budgeting/made-paris", &advance).await.status.as_u16(),
        409,
        "sent twice"
    );
    assert!(town.nobody().get("/ru/budgeting/made-paris").await.text().contains("Париж"));
    let late =
        analyst.post("/ru/admin/budgeting/made-paris/edit", &[("edit", "3"), ("title_ru", "Лондон")]).await;
    assert_eq!(late.status.as_u16(), 422, "published rules do not change");
}

#[tokio::test]
async fn a_place_is_shown_on_the_map_and_photographed() {
    let town = Town::open().await;
    found(&town).await;
    let [resident, neighbour] = [town.person("resident").await, town.person("neighbour").await];
    let begun = resident.post(&format!("/kk/budgeting/{}/proposals", code()), &[]).await;
    let draft = address(&begun);
    let place = draft.replace("/edit", "/place");
    assert_eq!(neighbour.get(&place).await.status.as_u16(), 404, "a draft is nobody's business");
    for lang in ["kk", "ru", "en"] {
        check_page(&resident.get(&place.replacen("/kk/", &format!("/{lang}/"), 1)).await, lang);
    }
    let counter = edit(&resident.get(&place).await);
    for (at, status) in [("10.0,10.0", 422), ("x", 422), ("44.61000,69.37000", 303)] {
        let kept = resident.post(&place, &[("act", "take"), ("edit", &counter), ("at", at)]).await;
        assert_eq!(kept.status.as_u16(), status, "{at}");
    }
    let id: akimat_core::ProposalId = draft.split('/').nth(3).unwrap().parse().unwrap();
    let point = town.store.find_proposal(id).await.unwrap().unwrap().point.unwrap();
    assert_eq!((point.lat, point.lon), (44_610_000, 69_370_000));
    let linked = "link=https%3A%2F%2Fwww.openstreetmap.org%2F%23map%3D17%2F44.5%2F69.3";
    resident.get(&format!("{place}?{linked}")).await.says("44.50000, 69.30000");
    assert_eq!(resident.get(&format!("{place}?link=nowhere")).await.status.as_u16(), 422);
    let photos = draft.replace("/edit", "/photos");
    let file = crate::shot::from_telephone(3);
    let send = async |caption: &str| {
        let pieces = vec![Piece::Field("caption", caption), Piece::File("a.jpg", &file)];
        crate::photo::send(&resident, &photos, pieces).await
    };
    assert_eq!(send(" ").await.status.as_u16(), 422, "no caption");
    assert_eq!(send("Аула").await.status.as_u16(), 303);
    assert_eq!(send("Аула").await.status.as_u16(), 422, "the same file");
    check_page(&resident.get(&photos).await, "kk");
    let kept = town.app.proposal_photos(id).await.unwrap();
    let web = format!("/photos/{}/web", kept[0].id);
    let seen = resident.get(&web).await;
    assert!(seen.status.is_success() && !seen.body.windows(9).any(|bytes| bytes == b"SecretCam"));
    assert_eq!(neighbour.get(&web).await.status.as_u16(), 404, "what belongs to a draft");
    let queue = town.person("moderator").await.get("/kk/admin/moderation/photos").await;
    queue.expect(200).says_not(&kept[0].id.to_string());
    let remove = format!("{photos}/{}", kept[0].id);
    assert_eq!(neighbour.post(&remove, &[]).await.status.as_u16(), 404);
    assert_eq!(resident.post(&remove, &[]).await.status.as_u16(), 303);
    assert_eq!(resident.get(&web).await.status.as_u16(), 404);
}

#[tokio::test]
async fn assemblies_are_registered_with_the_delegates_of_the_rule() {
    let town = Town::open().await;
    let analyst = town.person("analyst").await;
    let begin = [("code", "poa"), ("template", "porto-alegre"), ("place", "990100000"), ("year", "2027")];
    assert_eq!(analyst.post("/ru/admin/budgeting", &begin).await.status.as_u16(), 303);
    assert_eq!(analyst.post("/ru/admin/budgeting/poa/edit", &GOOD).await.status.as_u16(), 303);
    let desk = "/ru/admin/budgeting/poa/assemblies";
    check_page(&analyst.get(desk).await, "ru");
    for (facts, status) in [
        ("a;80;300;1", 422),
        ("a;80;300;1\nb;101;100;4", 422),
        ("a;80;300;1\nb;many;100;4", 422),
        ("a;80;300;1\nb;10;100;4", 303),
    ] {
        let weighed = analyst.post(desk, &[("act", "weigh"), ("edit", "2"), ("facts", facts)]).await;
        assert_eq!(weighed.status.as_u16(), status, "{facts}");
    }
    // 4 x 4 + 1 x 2 + 4 x 5 = 38 points and 1 x 4 + 1 x 2 + 1 x 5 = 11 share a hundred million.
    let process = town.store.find_process_by_code("poa").await.unwrap().unwrap();
    let amounts: Vec<i64> = process.envelopes.iter().map(|one| one.amount.tiyn() / 100).collect();
    assert_eq!(amounts, [77_551_000, 22_449_000]);
    let advance = [("act", "advance"), ("edit", "3")];
    assert_eq!(analyst.post("/ru/admin/budgeting/poa", &advance).await.status.as_u16(), 303);
    check_page(&analyst.get(desk).await, "ru");
    let today = town.app.today().to_string();
    let meeting = |held_on: &str, participants: &str, delegates: &str, minutes: &str| {
        [
            ("act", "register".to_owned()),
            ("edit", "4".to_owned()),
            ("envelope", "a".to_owned()),
            ("held_on", held_on.to_owned()),
            ("site", "Клуб".to_owned()),
            ("participants", participants.to_owned()),
            ("delegates", delegates.to_owned()),
            ("minutes", minutes.to_owned()),
        ]
    };
    let address = "https://samal.example.kz/1.pdf";
    for (fields, status) in [
        (meeting(&today, "120", "12", address), 422),
        (meeting("2099-01-01", "120", "11", address), 422),
        (meeting(&today, "много", "11", address), 422),
        (meeting(&today, "120", "11", "javascript:alert(1)"), 422),
        (meeting(&today, "120", "11", address), 303),
        (meeting(&today, "120", "11", address), 409),
    ] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(analyst.post(desk, &fields).await.status.as_u16(), status, "{fields:?}");
    }
    for lang in ["kk", "ru", "en"] {
        let page = town.nobody().get(&format!("/{lang}/budgeting/poa/assemblies")).await;
        check_page(&page, lang);
        page.says(address).says("77");
    }
    assert_eq!(town.nobody().get("/ru/budgeting/made-up/assemblies").await.status.as_u16(), 404);
}
