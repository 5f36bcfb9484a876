//! Lines of the log about security: who signs in and who is refused what, without names and addresses.

use crate::security::Office;
use crate::town::PASSWORD;
use jiff::SignedDuration;
use std::sync::{Arc, Mutex};

/// Keeps the lines about security.
#[derive(Clone, Default)]
struct Watch(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl tracing::field::Visit for Line {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl tracing::Subscriber for Watch {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "akimat_security"
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn who_signs_in_and_who_is_refused_stands_in_the_log() {
    let watch = Watch::default();
    // With one watcher alone, a place in the code that another test's thread passes first is judged by that thread, which
    // watches nothing, and stays silent for all; with two, each place asks them all.
    let _other = tracing::Dispatch::new(Watch::default());
    let _guard = tracing::subscriber::set_default(watch.clone());
    let office = Office::open().await;
    let nobody = office.client(None);
    let lines = || std::mem::take(&mut *watch.0.lock().unwrap());
    let one = |parts: &[&str]| {
        let said = lines();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(parts.iter().all(|part| said[0].contains(part)), "{said:?}");
        said[0].clone()
    };
    nobody.get("/ru").await.expect(200);
    assert!(lines().is_empty(), "reading is nobody's business");
    let wrong = [("login", "resident"), ("password", "no such password")];
    nobody.post("/ru/sign-in", &wrong).await.expect(422);
    let refused = one(&["event=\"proof_refused\"", "/{lang}/sign-in", "status=422"]);
    let source = refused.split("source=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(source.len(), 16);
    assert!(!refused.contains("192.0.2.1") && !refused.contains("resident"), "{refused}");
    let right = [("login", "resident"), ("password", PASSWORD)];
    nobody.post("/ru/sign-in", &right).await.expect(303);
    one(&["event=\"proof_taken\"", &source]);
    nobody.get("/ru/admin").await.expect(303);
    one(&["event=\"refused\"", "status=401"]);
    let resident = office.person("resident").await;
    resident.get("/ru/admin/accounts").await.expect(403);
    one(&["event=\"refused\"", "status=403", &office.town.people["resident"].id.to_string()]);
    let forged = resident.form("/ru/sign-out", &[]).header("origin", "https://evil.example");
    resident.send(forged.body(axum::body::Body::empty()).unwrap()).await.expect(403);
    one(&["event=\"forged_form\"", "why=\"bad_form\""]);
    office.town.step(SignedDuration::from_hours(24));
    nobody.post("/ru/sign-in", &wrong).await.expect(422);
    assert!(!one(&["proof_refused"]).contains(&source), "another day, another hash");
}
