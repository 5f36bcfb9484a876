//! Promises about confirmations and disputes of finished works.

use super::build::{DISTRICT, OKRUG, OTHER, REGION, at, day, id, kato};
use super::{ok, refused, walk};
use crate::acceptance::{Acceptance, AcceptanceAnswer, AcceptanceCount, Verdict};
use crate::{Change, Conflict, Store};
use akimat_core::{AccountId, Lang, ProjectId};
use akimat_participation::Hidden;

/// What the `n`-th person says in the `n`-th second.
fn said(n: u64, project: u64, verdict: Verdict) -> Acceptance {
    Acceptance {
        id: id(n),
        project: ProjectId(id(project)),
        place: kato(if project == 503 { OTHER } else { OKRUG }),
        finished_on: day("2026-09-01"),
        account: AccountId(id(900 + n)),
        by_name: format!("Айгүл {n}"),
        verdict,
        lang: Lang::Kk,
        body: "Асфальт жоқ\nекінші жол".to_owned(),
        photo: n.is_multiple_of(2).then(|| id(70 + n)),
        at: at(i64::try_from(n).unwrap_or(0)),
        hidden: None,
        invented: n.is_multiple_of(3),
    }
}

fn put(said: &Acceptance) -> Change {
    Change::PutAcceptance(Box::new(said.clone()))
}

fn answer(n: u64, project: u64) -> AcceptanceAnswer {
    AcceptanceAnswer {
        id: id(n),
        project: ProjectId(id(project)),
        finished_on: day("2026-09-01"),
        account: n.is_multiple_of(2).then(|| AccountId(id(990))),
        office: "Отдел строительства".to_owned(),
        lang: Lang::Ru,
        body: format!("Исправим {n}"),
        at: at(i64::try_from(n).unwrap_or(0)),
    }
}

/// One word a person and completion, the later one stays under the first identifier; hidden words are kept.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn words_of_people_are_kept(store: &dyn Store) {
    let all: Vec<Acceptance> = (1..=5).map(|n| said(n, 501, Verdict::Confirm)).collect();
    ok(store.apply(all.iter().map(put).collect()).await);
    let project = ProjectId(id(501));
    let due: Vec<Acceptance> = all.iter().rev().cloned().collect();
    let listed = walk(2, async |page| store.list_acceptances(project, &page).await).await;
    assert_eq!(listed, due);
    let found = store.find_acceptance(project, day("2026-09-01"), AccountId(id(903))).await;
    assert_eq!(ok(found).as_ref(), Some(&all[2]));
    let nobody = store.find_acceptance(project, day("2026-09-02"), AccountId(id(903))).await;
    assert_eq!(ok(nobody), None);
    let other = Acceptance {
        id: id(60),
        verdict: Verdict::Dispute,
        body: String::new(),
        photo: Some(id(5)),
        at: at(50),
        ..all[2].clone()
    };
    ok(store.apply(vec![put(&other)]).await);
    let now = Acceptance { id: id(3), ..other };
    assert_eq!(ok(store.get_acceptance(id(3)).await).as_ref(), Some(&now));
    assert_eq!(ok(store.get_acceptance(id(60)).await), None);
    let again = Acceptance { id: id(61), finished_on: day("2026-10-01"), ..all[2].clone() };
    ok(store.apply(vec![put(&again)]).await);
    assert_eq!(ok(store.get_acceptance(id(3)).await), Some(now));
    let hidden = Hidden { reason: "Оскорбление".to_owned(), at: at(77) };
    ok(store.apply(vec![Change::HideAcceptance(id(1), hidden.clone())]).await);
    assert_eq!(ok(store.get_acceptance(id(1)).await).expect("the first").hidden.as_ref(), Some(&hidden));
    ok(store.apply(vec![Change::ShowAcceptance(id(1))]).await);
    assert_eq!(ok(store.get_acceptance(id(1)).await).as_ref(), Some(&all[0]));
    for change in [Change::HideAcceptance(id(9), hidden), Change::ShowAcceptance(id(9))] {
        refused(store.apply(vec![change]).await, &Conflict::Missing("acceptance"));
    }
}

/// Who takes a word back is counted no more; twice is once, and others keep theirs.
pub async fn words_are_taken_back(store: &dyn Store) {
    let all = [said(1, 501, Verdict::Confirm), said(2, 501, Verdict::Confirm)];
    ok(store.apply(all.iter().map(put).collect()).await);
    let back = || Change::RemoveAcceptance(id(1));
    ok(store.apply(vec![back(), back()]).await);
    assert_eq!(ok(store.get_acceptance(id(1)).await), None);
    assert_eq!(ok(store.get_acceptance(id(2)).await).as_ref(), Some(&all[1]));
    let counts = ok(store.count_acceptances(ProjectId(id(501))).await);
    assert_eq!(counts.iter().map(|count| count.n_confirm).collect::<Vec<_>>(), [1]);
}

/// People and answers are counted for each completion, exactly.
pub async fn completions_are_counted(store: &dyn Store) {
    use Verdict::{Confirm, Dispute};
    let first = Acceptance { finished_on: day("2026-07-01"), ..said(20, 501, Confirm) };
    let mut batch = vec![put(&first)];
    for (n, project, verdict) in
        [(1, 501, Confirm), (2, 501, Dispute), (3, 501, Confirm), (4, 502, Confirm), (5, 503, Dispute)]
    {
        batch.push(put(&said(n, project, verdict)));
    }
    batch.extend([2, 1].map(|n| Change::AddAcceptanceAnswer(answer(n, 501))));
    ok(store.apply(batch).await);
    let count = |project: u64, day_text: &str, n: [u32; 3]| AcceptanceCount {
        project: ProjectId(id(project)),
        place: kato(if project == 503 { OTHER } else { OKRUG }),
        finished_on: day(day_text),
        n_confirm: n[0],
        n_dispute: n[1],
        n_answers: n[2],
    };
    let due = [count(501, "2026-07-01", [1, 0, 0]), count(501, "2026-09-01", [2, 1, 2])];
    assert_eq!(ok(store.count_acceptances(ProjectId(id(501))).await), due);
    assert_eq!(ok(store.count_acceptances(ProjectId(id(509))).await), []);
    let disputed = [due[1], count(503, "2026-09-01", [0, 1, 0])];
    assert_eq!(ok(store.list_disputed(kato(REGION), day("2026-09-01")).await), disputed);
    assert_eq!(ok(store.list_disputed(kato(DISTRICT), day("2026-01-01")).await), disputed[..1]);
    assert_eq!(ok(store.list_disputed(kato(REGION), day("2026-09-02")).await), []);
    let answers = ok(store.list_acceptance_answers(ProjectId(id(501))).await);
    assert_eq!(answers, [answer(1, 501), answer(2, 501)]);
    refused(
        store.apply(vec![Change::AddAcceptanceAnswer(answer(1, 501))]).await,
        &Conflict::Exists("answer"),
    );
}
