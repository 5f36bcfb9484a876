//! Tokens: published vectors, then every wrong one by itself.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use akimat_oidc::claims::{Due, logout, person};
use akimat_oidc::discovery::{Key, Keys};
use akimat_oidc::token::verify;
use akimat_oidc::{Fault, Logout};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

const NOW: i64 = 1_800_000_000;

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// RFC 7515, appendix A.2: RS256.
#[test]
fn the_rsa_vector_of_the_rfc_is_taken() {
    let key = Key {
        kty: "RSA".to_owned(),
        n: text(
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        ),
        e: text("AQAB"),
        ..Key::default()
    };
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    let signed = verify(token, &Keys { keys: vec![key.clone()] }).unwrap();
    assert_eq!(signed.claims["iss"], "joe");
    let for_pss = Key { alg: text("PS256"), ..key.clone() };
    let for_sealing = Key { usage: text("enc"), ..key };
    for wrong in [for_pss, for_sealing] {
        assert!(verify(token, &Keys { keys: vec![wrong] }).is_err());
    }
}

/// RFC 7515, appendix A.3: ES256.
#[test]
fn the_curve_vector_of_the_rfc_is_taken() {
    let key = Key {
        kty: "EC".to_owned(),
        crv: text("P-256"),
        x: text("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
        y: text("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
        ..Key::default()
    };
    let keys = Keys { keys: vec![key] };
    let token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    assert_eq!(verify(token, &keys).unwrap().claims["iss"], "joe");
    // Each letter of the token altered: never taken for the same.
    for at in 0..token.len() {
        let mut altered = token.as_bytes().to_vec();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        let taken = verify(&altered, &keys);
        // The last letter of a part carries bits that mean nothing; base64 refuses other ones than zeros.
        assert!(taken.is_err(), "letter {at}");
    }
}

/// A provider of our own, with one key.
struct Signer {
    pair: EcdsaKeyPair,
    keys: Keys,
}

impl Signer {
    fn new() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
        let point = pair.public_key().as_ref();
        let key = Key {
            kty: "EC".to_owned(),
            kid: text("k1"),
            crv: text("P-256"),
            x: Some(BASE64URL.encode(&point[1..33])),
            y: Some(BASE64URL.encode(&point[33..])),
            ..Key::default()
        };
        Self { keys: Keys { keys: vec![key] }, pair }
    }

    fn sign(&self, head: &Value, body: &Value) -> String {
        let encode = |value: &Value| BASE64URL.encode(value.to_string());
        let signed = format!("{}.{}", encode(head), encode(body));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", BASE64URL.encode(signature.as_ref()))
    }
}

fn head() -> Value {
    json!({ "alg": "ES256", "kid": "k1" })
}

fn good() -> Value {
    json!({ "iss": "https://id.example", "aud": "platform", "sub": "aliya", "nonce": "n", "iat": NOW,
            "exp": NOW + 300, "acr": "high", "sid": "s1", "name": "Әлия" })
}

fn with(change: &Value) -> Value {
    let mut body = good();
    for (name, value) in change.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(name);
        } else {
            body[name] = value.clone();
        }
    }
    body
}

fn due() -> Due<'static> {
    Due { issuer: "https://id.example", client_id: "platform", now: NOW }
}

#[test]
fn a_person_is_believed_only_when_everything_agrees() {
    let signer = Signer::new();
    let read = |body: &Value| person(&verify(&signer.sign(&head(), body), &signer.keys)?, &due(), "n");
    let known = read(&good()).unwrap();
    assert_eq!((known.subject.as_str(), known.acr.as_str(), known.session.as_str()), ("aliya", "high", "s1"));
    for fine in [
        json!({ "aud": ["platform"] }),
        json!({ "aud": ["platform", "other"], "azp": "platform" }),
        json!({ "exp": NOW - 30 }),
        json!({ "iat": NOW + 30 }),
        json!({ "acr": null, "name": null, "sid": null }),
        json!({ "exp": 1_800_000_300.5 }),
    ] {
        assert!(read(&with(&fine)).is_ok(), "{fine}");
    }
    for wrong in [
        json!({ "iss": "https://id.example/" }),
        json!({ "iss": null }),
        json!({ "aud": "somebody" }),
        json!({ "aud": ["platform", "other"] }),
        json!({ "aud": ["platform", "other"], "azp": "other" }),
        json!({ "aud": null }),
        json!({ "azp": 7 }),
        json!({ "exp": NOW - 61 }),
        json!({ "exp": null }),
        json!({ "exp": "1900000000" }),
        json!({ "iat": NOW + 61 }),
        json!({ "iat": null }),
        json!({ "nbf": NOW + 100 }),
        json!({ "nonce": "m" }),
        json!({ "nonce": null }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": 7 }),
        json!({ "sub": "x".repeat(256) }),
        json!({ "events": {} }),
    ] {
        assert!(matches!(read(&with(&wrong)), Err(Fault::Untrusted(_))), "{wrong}");
    }
}

#[test]
fn heads_that_ask_for_something_else_are_refused() {
    let (signer, rogue) = (Signer::new(), Signer::new());
    for wrong in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256", "kid": "k1" }),
        json!({ "alg": "ES384", "kid": "k1" }),
        json!({ "alg": "RS256", "kid": "k1" }),
        json!({ "alg": "ES256", "kid": "k2" }),
        json!({ "alg": "ES256", "kid": "k1", "crit": ["exp"] }),
        json!({ "kid": "k1" }),
    ] {
        assert!(verify(&signer.sign(&wrong, &good()), &signer.keys).is_err(), "{wrong}");
    }
    assert!(verify(&rogue.sign(&head(), &good()), &signer.keys).is_err(), "another key of the same name");
    let token = signer.sign(&head(), &good());
    let (signed, _) = token.rsplit_once('.').unwrap();
    for wrong in
        [format!("{signed}."), signed.to_owned(), format!("{token}.x"), String::new(), "..".to_owned()]
    {
        assert!(verify(&wrong, &signer.keys).is_err(), "{wrong}");
    }
    assert!(verify(&"a.".repeat(40_000), &signer.keys).is_err());
    assert!(
        verify(&signer.sign(&json!({ "alg": "ES256" }), &good()), &signer.keys).is_ok(),
        "no name: any key"
    );
}

#[test]
fn a_logout_ends_what_it_names_and_nothing_else() {
    let signer = Signer::new();
    let event = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    let base = json!({ "nonce": null, "exp": null, "events": event, "jti": "1" });
    let read = |change: &Value| {
        let mut body = with(&base);
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let signed =
            verify(&signer.sign(&json!({ "alg": "ES256", "typ": "logout+jwt" }), &body), &signer.keys)?;
        logout(&signed, &due())
    };
    let ended = read(&json!({})).unwrap();
    let due_end = Logout {
        issuer: "https://id.example".to_owned(),
        subject: "aliya".to_owned(),
        session: "s1".to_owned(),
    };
    assert_eq!(ended, due_end);
    assert!(read(&json!({ "sid": "" })).is_ok());
    for wrong in [
        json!({ "events": {} }),
        json!({ "events": { "http://schemas.openid.net/event/backchannel-logout": true } }),
        json!({ "nonce": "n" }),
        json!({ "iat": NOW - 301 }),
        json!({ "jti": "" }),
        json!({ "sub": "", "sid": "" }),
        json!({ "aud": "other" }),
        json!({ "iss": "https://evil.example" }),
    ] {
        assert!(read(&wrong).is_err(), "{wrong}");
    }
    let id_token = verify(&signer.sign(&head(), &good()), &signer.keys).unwrap();
    assert!(logout(&id_token, &due()).is_err(), "an ID token ends nothing");
}
