//! Shape of the transparency log.

use super::{Shapes, array, described, formatted, links, nullable, object, string, whole};

pub(super) fn shapes() -> Shapes {
    let moment = || formatted("date-time");
    let entry = object([
        ("index", described(nullable(whole()), "Place in the tree; null while the entry waits.")),
        ("kind", string()),
        ("subject", described(string(), "A noun and its identifier.")),
        ("at", moment()),
        ("hash", described(string(), "Leaf hash after RFC 6962, base64.")),
        ("leaf", described(string(), "The leaf itself: canonical JSON (RFC 8785).")),
        ("proof", described(nullable(string()), "Address of the proof to keep (C2SP tlog-proof).")),
    ]);
    let log = object([
        ("origin", described(nullable(string()), "Name of the log; null where this platform signs none.")),
        ("key", described(nullable(string()), "Public key, as a verifier key of a signed note.")),
        ("size", whole()),
        ("root", nullable(string())),
        ("signed_at", nullable(moment())),
        ("checkpoint", described(nullable(string()), "Signed note with the lines of witnesses.")),
        ("waiting", described(whole(), "Entries that are not in the tree yet.")),
        ("promise_seconds", described(whole(), "Within this time an act is in the signed tree.")),
        ("entries", array(entry)),
        ("links", links()),
    ]);
    vec![("Log", log)]
}
