//! One act without an account: what is left of it, and that it is one.

use crate::ballot::{APPROVAL, HOUR, NUMBERS, Vote, key};
use crate::village::{DISTRICT, kato};
use akimat_app::AppError;
use akimat_app::once::act::{Done, Words};
use akimat_app::once::desk::{OnceEntry, Slip};
use akimat_app::once::{Deed, Scene};

/// A slip of the desk for somebody without an account, confirmed by the second clerk.
async fn slip(vote: &Vote, scene: &Scene, iin: &str) -> akimat_app::Result<String> {
    let entry =
        OnceEntry { iin: iin.to_owned(), place: Some(kato(DISTRICT)), document: "id_card".to_owned() };
    let (app, village) = (&vote.app, &vote.village);
    assert_eq!(app.once_at_desk(village.actor("clerk"), scene, &entry).await?, Slip::Waits);
    let waiting = app.waiting_slips(village.actor("second-clerk")).await?;
    let own = app.confirm_slip(village.actor("clerk"), waiting[0].id).await;
    assert!(matches!(own, Err(AppError::Forbidden)), "nobody confirms one's own entry");
    app.confirm_slip(village.actor("second-clerk"), waiting[0].id).await
}

#[tokio::test]
async fn somebody_without_an_account_votes_once_and_is_forgotten() {
    let vote = Vote::open(APPROVAL).await;
    let (app, village) = (&vote.app, &vote.village);
    let deed = Deed::Ballot(vote.setting.process.id);
    let scene = app.once_scene(deed).await.unwrap();
    let young = slip(&vote, &scene, "150101500011").await;
    assert!(young.is_err(), "an act needs its age: {young:?}");
    let taken = slip(&vote, &scene, NUMBERS[0].1).await.unwrap_err();
    assert_eq!(key(&taken), "once-has-account");
    let code = slip(&vote, &scene, "790615100013").await.unwrap();
    let marks = |numbers: &[u32]| Words {
        marks: numbers.iter().map(|number| (*number, 0)).collect(),
        ..Words::default()
    };
    let typed = format!("{}-{}", code[..4].to_lowercase(), &code[4..]);
    let sealed = app.pass_by_slip(&scene, &typed).await.unwrap();
    let used = app.pass_by_slip(&scene, &code).await.unwrap_err();
    assert_eq!(key(&used), "once-slip-wrong", "a slip works once");
    let pass = app.open_pass(&sealed, deed).unwrap();
    assert_eq!(app.open_pass(&sealed, Deed::Support(vote.id(1))), None, "for its act alone");
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert_eq!(app.open_pass(&altered, deed), None, "byte {at}");
    }
    let many = app.act_once(&scene, &pass, &marks(&[1, 2, 3])).await.unwrap_err();
    assert_eq!(key(&many), "ballot-fault-too-many");
    let chosen = marks(&[1, 4]);
    let (one, two) = tokio::join!(app.act_once(&scene, &pass, &chosen), app.act_once(&scene, &pass, &chosen));
    let Done::Receipt(receipt) = app.act_once(&scene, &pass, &marks(&[1, 4])).await.unwrap() else {
        panic!("a ballot has a receipt")
    };
    for done in [one.unwrap(), two.unwrap()] {
        assert_eq!(done, Done::Receipt(receipt.clone()), "sent twice, handed in once");
    }
    assert_eq!(vote.n_counted().await, 1);
    // The same person comes again: the ballot is changed, not added.
    let code = slip(&vote, &scene, "790615100013").await.unwrap();
    let sealed = app.pass_by_slip(&scene, &code).await.unwrap();
    let pass = app.open_pass(&sealed, deed).unwrap();
    let changed = app.act_once(&scene, &pass, &marks(&[4])).await.unwrap();
    assert_ne!(changed, Done::Receipt(receipt));
    assert_eq!(vote.n_counted().await, 1);
    // Nothing of the person is left: no account, no verification, no slip.
    let found = app.look_up_person(village.actor("clerk"), ("", "790615100013"), "x").await;
    assert_eq!(key(&found.unwrap_err()), "person-unknown-iin");
    assert!(app.waiting_slips(village.actor("second-clerk")).await.unwrap().is_empty());
    village.wait(31 * 60);
    assert_eq!(app.open_pass(&sealed, deed), None, "a pass is over after half an hour");
    village.wait(2 * HOUR);
    app.close_ballot(village.actor("analyst"), &vote.setting).await.unwrap();
    let late = app.act_once(&app.once_scene(deed).await.unwrap(), &pass, &marks(&[1])).await.unwrap_err();
    assert_eq!(key(&late), "ballot-late");
}
