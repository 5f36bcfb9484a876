//! The configured stages: golden list, and that no way leads out of an end.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use akimat_project::rules::Rules;
use akimat_project::stage::{Demand, StageFault, Stages, Step, StepFault, Way};
use akimat_project::{Basis, Modality, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

const STAGES: &str = include_str!("../../../data/project/stages.json");
const RULES: &str = include_str!("../../../data/project/rules.json");

fn stages() -> Stages {
    Stages::from_json(STAGES).unwrap()
}

fn document() -> Basis {
    Basis { kind: "решение маслихата".to_owned(), number: "12-5".to_owned(), on: None }
}

/// The words of the stages as the issue of projects delivered in the open lists them; those of partnerships after
/// order No. 52 of the Ministry of National Economy of 16 June 2025 (V2500036281).
#[test]
fn stages_are_those_agreed_upon() {
    let listed = |modality| {
        let stages = stages();
        let words: Vec<String> =
            stages.of(modality).iter().map(|s| format!("{}:{}", s.code, s.status.code())).collect();
        words.join(" ")
    };
    let works = "contract:contract implementing:implementing completed:completed";
    assert_eq!(
        listed(Modality::Budget),
        format!("idea:idea appraisal:appraisal planned:planned tender:tender {works} operating:operating")
    );
    assert_eq!(
        listed(Modality::Ppp),
        "idea:idea concept:appraisal planning:planned tender:tender direct:tender contract:contract \
         construction:implementing operation:operating end:completed"
    );
    assert_eq!(
        listed(Modality::Grant),
        "idea:idea application:appraisal approved:planned agreement:contract implementing:implementing \
         completed:completed"
    );
    assert_eq!(
        listed(Modality::Participatory),
        format!("idea:idea check:appraisal chosen:planned tender:tender {works} operating:operating")
    );
}

#[test]
fn moves_ask_for_reasons_and_documents() {
    let stages = stages();
    let (budget, no, paper) = (Modality::Budget, Basis::default(), document());
    let go = |from: (Status, &str), to: &str, reason: &str, basis: &Basis| {
        stages.check_step(budget, from, Step { to, reason, basis })
    };
    assert_eq!(go((Status::Idea, ""), "appraisal", "", &no), Ok(Way::Forward));
    assert_eq!(go((Status::Appraisal, ""), "planned", "", &no), Err(StepFault::BasisMissing));
    assert_eq!(go((Status::Appraisal, ""), "planned", "", &paper), Ok(Way::Forward));
    assert_eq!(go((Status::Tender, ""), "planned", " ", &no), Err(StepFault::ReasonMissing));
    assert_eq!(go((Status::Tender, ""), "planned", "нет заявок", &no), Ok(Way::Back));
    assert_eq!(go((Status::Tender, ""), "tender", "x", &no), Err(StepFault::Same));
    assert_eq!(go((Status::Idea, ""), "suspended", "x", &no), Err(StepFault::NotFrom));
    assert_eq!(go((Status::Implementing, ""), "suspended", "", &no), Err(StepFault::ReasonMissing));
    assert_eq!(go((Status::Suspended, ""), "implementing", "суд завершён", &no), Ok(Way::Resume));
    assert_eq!(go((Status::Suspended, ""), "completed", "x", &paper), Err(StepFault::NotFrom));
    assert_eq!(go((Status::Completed, ""), "terminated", "x", &paper), Err(StepFault::NotFrom));
    assert_eq!(go((Status::Operating, ""), "completed", "x", &paper), Err(StepFault::NotFrom));
    assert_eq!(stages.demands(budget, "completed"), [Demand::Basis, Demand::Photos]);
}

/// Both ways of choosing a partner are the status tender; the word tells them apart.
#[test]
fn partnerships_choose_their_partner_in_two_ways() {
    let (stages, ppp, paper) = (stages(), Modality::Ppp, document());
    assert_eq!(stages.at(ppp, Status::Tender, "direct").unwrap().code, "direct");
    assert_eq!(stages.at(ppp, Status::Tender, "").unwrap().code, "tender");
    let step = Step { to: "end", reason: "", basis: &paper };
    assert_eq!(stages.check_step(ppp, (Status::Operating, "operation"), step), Ok(Way::Forward));
    assert!(stages.moves(ppp, Status::Completed, "end").is_empty());
}

#[test]
fn wrong_stages_are_refused() {
    let broken = |change: fn(&mut Value)| {
        let mut wrong: Value = serde_json::from_str(STAGES).unwrap();
        change(&mut wrong["tracks"]);
        Stages::from_json(&wrong.to_string()).unwrap_err()
    };
    let budget = Modality::Budget;
    assert_eq!(broken(|t| t.as_array_mut().unwrap().truncate(1)), StageFault::Missing(Modality::Ppp));
    let twice = broken(|t| t[0]["stages"][1]["code"] = json!("idea"));
    assert_eq!(twice, StageFault::Twice(budget, "idea".to_owned()));
    let unknown = broken(|t| t[0]["stages"][0]["next"] = json!(["moon"]));
    assert_eq!(unknown, StageFault::Unknown(budget, "moon".to_owned()));
    let unreachable = broken(|t| t[0]["stages"][0]["next"] = json!(["planned"]));
    assert_eq!(unreachable, StageFault::Unreachable(budget, "appraisal".to_owned()));
    let circle = broken(|t| t[0]["stages"][7]["next"] = json!(["tender"]));
    assert_eq!(circle, StageFault::Circle(budget, "tender".to_owned()));
    assert!(matches!(broken(|t| *t = json!(1)), StageFault::Unreadable(_)));
}

#[test]
fn slips_and_silence_are_counted() {
    let day = |text: &str| Some(text.parse::<jiff::civil::Date>().unwrap());
    let rules = Rules::on(RULES, day("2026-06-01").unwrap()).unwrap().unwrap();
    assert_eq!((rules.slip_days, rules.silence_days, rules.verified), (30, 30, false));
    assert_eq!(rules.slip(day("2026-01-01"), day("2026-01-31")), None);
    assert_eq!(rules.slip(day("2026-01-01"), day("2026-02-01")), Some(31));
    assert_eq!(rules.slip(day("2026-02-01"), day("2026-01-01")), None);
    assert_eq!(rules.slip(None, day("2026-01-01")), None);
    assert_eq!(rules.silence(Status::Implementing, 29), None);
    assert_eq!(rules.silence(Status::Implementing, 30), Some(30));
    assert_eq!(rules.silence(Status::Planned, 300), None);
}

proptest! {
    /// Whatever a person asks for, a project that came to an end stays there; where moves are listed, one is possible.
    #[test]
    fn nobody_leaves_an_end(modality in 0..4_usize, picks in prop::collection::vec(0..99_usize, 1..60)) {
        let stages = stages();
        let modality = Modality::ALL[modality];
        let words: Vec<String> = Modality::ALL.iter().flat_map(|m| stages.of(*m)).map(|s| s.code.clone())
            .chain(["suspended".to_owned(), "terminated".to_owned(), "moon".to_owned(), String::new()]).collect();
        let paper = document();
        let (mut status, mut word) = (Status::Idea, "idea".to_owned());
        for pick in picks {
            let moves = stages.moves(modality, status, &word);
            let ended = moves.is_empty();
            prop_assert_eq!(ended, status == Status::Terminated
                || stages.at(modality, status, &word).is_some_and(|s| s.next.is_empty()));
            // Half of the time a listed move, so that walks go far.
            let listed = pick % 2 == 0 && !ended;
            let to = if listed { moves[pick / 2 % moves.len()].0.to_owned() }
                else { words[pick % words.len()].clone() };
            let step = Step { to: &to, reason: "причина", basis: &paper };
            let made = stages.check_step(modality, (status, &word), step);
            prop_assert!(!(ended && made.is_ok()), "{} is an end", word);
            prop_assert!(!listed || made.is_ok(), "{} to {}: {:?}", word, to, made);
            if made.is_ok() {
                status = stages.status_of(modality, &to).unwrap();
                word = to;
            }
        }
    }
}
