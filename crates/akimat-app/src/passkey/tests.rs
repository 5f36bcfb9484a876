//! Keys of every kind, by published vectors and by keys of our own, and everything that is wrong with them.

use super::verify::{Asked, Fault, Made, RelyingParty, Used, challenge_of, check_made, check_used};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha256};

// Web Authentication Level 3, Test Vectors, "None attestation with ES256".
const MADE_CHALLENGE: &str = "00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130";
const MADE_CLIENT: &str = "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d5074345578784754\
    53746e63647134313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a\
    2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c\
    69656e74446174614a534f4e206d617920626520657874656e6465642077697468206164646974696f6e616c206669656c64\
    7320696e20746865206675747572652c207375636820617320746869733a20426b5165446a646354427258426941774a544c\
    453551227d";
const MADE_OBJECT: &str = "a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8\
    edd46592a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3f\
    b63f579ba6122b33ad94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb2\
    49c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220";
const USED_CHALLENGE: &str = "39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408";
const USED_CLIENT: &str = "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f\
    334a5558543049393770767a7a59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f65\
    78616d706c652e6f7267222c2263726f73734f726967696e223a66616c73657d";
const USED_DATA: &str = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000";
const USED_SIGNATURE: &str = "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f5\
    75bf11a1dd5d78c6e486013f937295ea13653e331e87";

// A key of OpenSSL: `openssl genrsa 2048`, `openssl dgst -sha256 -sign`, over the data of [`data`] with the flags 5 and the
// counter 7.
const RSA_KEY: &str = "a401030339010020590100b4c750a5b8ab75bccbf149324756b251b48a8a06a49a1d6261f997232a564c5e7f913d733a720b\
    eda723575b0342f0dc3d100b592c54ee451cd759f671f8747ec15429fc45ea86e818b98c99923dd0a5b8523a2fbd070eeac4\
    5c48949913c3028ece0acf46b3918819380fd6293230e65c7a3eaa752d73373f59c6e4ec1dce5c44d46930e97e2818953e8b\
    6b3159c84de9d4dd424074b054d430ac27708574ac9ad1f22c1fbf6c85fc4a505b12fd6727e7cea2d5a5e0ef5c45006a7b2d\
    eee8bf16cdb5490e9b75ddc6dccc698780a5347b96437b90986fe352c5ea3b155098c13dfcbc5b2e82a817f6dc4c0dcc2e51\
    338ad852c880448aa78b49521e2f13da912143010001";
const RSA_SIGNATURE: &str = "06f962ce5df10927615d71313e293be786e3d828651f87019a8ce1d6ba481ecd7a452bf68f58c11b887d962892f078915207\
    a5d509d248f60547d755d4e1f1a8d4ba06441251f37fa55d108ae2ac36f4b657bba3c26cd49f3a94fe593d2a37d91a5deb69\
    6edc67a929229ef03bf00373571dc23bb8a766d9ed6a2735abe9ed3edd492d9e373144d4f2a0cd332e5ef682d3ad99bc5a82\
    fd72d4de844a10ea802e0472f1111ab9786981d2281e699c123e3f68639f6b726cc21bd958a54aba26c29541462d77e9d43e\
    314ee0b430db8150d6e07d2de90423e9666dec4a630e897375f0d7cbaf544ad5243b9a3f9b93c695894b49b66c8aa5930238\
    f238a052aeda";

pub(super) fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len() / 2).map(|at| digit(at * 2)).collect()
}

fn party() -> RelyingParty {
    RelyingParty::of("https://example.org").unwrap()
}

fn client(kind: &str, challenge: &[u8], origin: &str) -> Vec<u8> {
    let challenge = URL_SAFE_NO_PAD.encode(challenge);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}"}}"#).into_bytes()
}

fn data(flags: u8, count: u32) -> Vec<u8> {
    [Sha256::digest("example.org").as_slice(), &[flags], &count.to_be_bytes()].concat()
}

/// An authenticator of our own with a key of Ed25519.
fn signed(client: &[u8], data: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    let key = [unhex("a4010103272006215820"), pair.public_key().as_ref().to_vec()].concat();
    let signature = pair.sign(&[data, Sha256::digest(client).as_slice()].concat());
    (key, signature.as_ref().to_vec())
}

#[test]
fn the_published_vector_fits() {
    let (party, challenge) = (party(), unhex(MADE_CHALLENGE));
    let (client_data, attestation) = (unhex(MADE_CLIENT), unhex(MADE_OBJECT));
    let asked = Asked { party: &party, challenge: &challenge, verified: false };
    let made = Made { client_data: &client_data, attestation: &attestation };
    assert_eq!(challenge_of(&client_data), Ok(challenge.clone()));
    let key = check_made(&made, &asked).unwrap();
    assert_eq!((key.credential_id.len(), key.sign_count), (32, 0));
    let (challenge, client_data) = (unhex(USED_CHALLENGE), unhex(USED_CLIENT));
    let (authenticator, signature) = (unhex(USED_DATA), unhex(USED_SIGNATURE));
    let asked = Asked { challenge: &challenge, ..asked };
    let used = Used { client_data: &client_data, authenticator: &authenticator, signature: &signature };
    assert_eq!(check_used(&used, &asked, (&key.public_key, 0)), Ok(0));
    let stricter = Asked { verified: true, ..asked };
    assert_eq!(check_used(&used, &stricter, (&key.public_key, 0)), Err(Fault::Verification));
    // Whatever is changed is noticed, wherever it is.
    for at in 0..authenticator.len() {
        let mut altered = authenticator.clone();
        altered[at] ^= 1;
        let used = Used { authenticator: &altered, ..used };
        assert!(check_used(&used, &asked, (&key.public_key, 0)).is_err(), "byte {at}");
    }
    for at in 0..signature.len() {
        let mut altered = signature.clone();
        altered[at] ^= 1;
        let used = Used { signature: &altered, ..used };
        assert!(check_used(&used, &asked, (&key.public_key, 0)).is_err(), "byte {at}");
    }
    for at in 0..client_data.len() {
        let mut altered = client_data.clone();
        altered[at] ^= 1;
        let used = Used { client_data: &altered, ..used };
        assert!(check_used(&used, &asked, (&key.public_key, 0)).is_err(), "byte {at}");
    }
    for end in 0..attestation.len() {
        let made = Made { attestation: &attestation[..end], ..made };
        let asked = Asked { challenge: &unhex(MADE_CHALLENGE), ..asked };
        assert!(check_made(&made, &asked).is_err(), "cut at {end}");
    }
}

#[test]
fn keys_of_other_kinds_fit() {
    let (party, challenge) = (party(), (0..32).collect::<Vec<u8>>());
    let asked = Asked { party: &party, challenge: &challenge, verified: true };
    let (client_data, authenticator) =
        (client("webauthn.get", &challenge, "https://example.org"), data(5, 7));
    let rsa =
        Used { client_data: &client_data, authenticator: &authenticator, signature: &unhex(RSA_SIGNATURE) };
    assert_eq!(check_used(&rsa, &asked, (&unhex(RSA_KEY), 6)), Ok(7));
    let (key, signature) = signed(&client_data, &authenticator);
    let ed = Used { signature: &signature, ..rsa };
    assert_eq!(check_used(&ed, &asked, (&key, 6)), Ok(7));
    assert_eq!(check_used(&rsa, &asked, (&key, 6)), Err(Fault::Signature));
    assert_eq!(check_used(&ed, &asked, (&[0xa0], 6)), Err(Fault::Key));
}

#[test]
fn each_fault_is_named() {
    let (party, challenge) = (party(), vec![1; 32]);
    let asked = Asked { party: &party, challenge: &challenge, verified: true };
    let good = client("webauthn.get", &challenge, "https://example.org");
    let inside = String::from_utf8(good.clone()).unwrap().replace('}', r#","crossOrigin":true}"#);
    let mut other = data(5, 9);
    other[0] ^= 1;
    for (client_data, authenticator, known, due) in [
        (good.clone(), data(5, 9), 8, Ok(9)),
        (good.clone(), data(5, 0), 0, Ok(0)),
        (good.clone(), data(5, 9), 9, Err(Fault::Counter)),
        (good.clone(), data(5, 0), 9, Err(Fault::Counter)),
        (client("webauthn.create", &challenge, "https://example.org"), data(5, 9), 0, Err(Fault::Kind)),
        (client("webauthn.get", &[2; 32], "https://example.org"), data(5, 9), 0, Err(Fault::Challenge)),
        (client("webauthn.get", &challenge, "https://evil.example"), data(5, 9), 0, Err(Fault::Origin)),
        (client("webauthn.get", &challenge, "http://example.org"), data(5, 9), 0, Err(Fault::Origin)),
        (inside.into_bytes(), data(5, 9), 0, Err(Fault::Origin)),
        (good.clone(), other, 0, Err(Fault::Party)),
        (good.clone(), data(4, 9), 0, Err(Fault::Presence)),
        (good.clone(), data(1, 9), 0, Err(Fault::Verification)),
        (good.clone(), [data(5, 9), vec![0]].concat(), 0, Err(Fault::Form)),
        (good.clone(), data(5, 9)[..36].to_vec(), 0, Err(Fault::Form)),
        (b"{}".to_vec(), data(5, 9), 0, Err(Fault::Form)),
        (vec![0xff; 9], data(5, 9), 0, Err(Fault::Form)),
    ] {
        let (key, signature) = signed(&client_data, &authenticator);
        let used = Used { client_data: &client_data, authenticator: &authenticator, signature: &signature };
        let words = String::from_utf8_lossy(&client_data).into_owned();
        assert_eq!(check_used(&used, &asked, (&key, known)), due, "{words}");
    }
    // A device that wants its maker believed, and bytes after the end.
    let packed = unhex(MADE_OBJECT.replace("646e6f6e65", "6470636b65").as_str());
    let (client_data, challenge) = (unhex(MADE_CLIENT), unhex(MADE_CHALLENGE));
    let asked = Asked { party: &party, challenge: &challenge, verified: false };
    let made = Made { client_data: &client_data, attestation: &packed };
    assert_eq!(check_made(&made, &asked), Err(Fault::Attestation));
    let longer = [unhex(MADE_OBJECT), vec![0]].concat();
    assert_eq!(check_made(&Made { attestation: &longer, ..made }, &asked), Err(Fault::Form));
}

#[test]
fn only_addresses_that_browsers_take_have_passkeys() {
    let of = |address| RelyingParty::of(address).map(|party| (party.id, party.origin));
    let due = |id: &str, origin: &str| Some((id.to_owned(), origin.to_owned()));
    for (address, party) in [
        ("https://akimat.example.kz", due("akimat.example.kz", "https://akimat.example.kz")),
        ("https://Akimat.example.kz:8443/", due("akimat.example.kz", "https://akimat.example.kz:8443")),
        ("http://127.0.0.1:8080", due("localhost", "http://localhost:8080")),
        ("http://localhost:8080", due("localhost", "http://localhost:8080")),
        ("http://akimat.example.kz", None),
        ("https://10.0.0.1", None),
        ("https://", None),
        ("akimat.example.kz", None),
        ("https://қала.example", None),
        ("", None),
    ] {
        assert_eq!(of(address), party, "{address}");
    }
}
