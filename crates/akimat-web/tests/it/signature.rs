//! A person signs the text of the page with a certificate of an invented authority, by the tool `openssl`, and is verified.

use crate::client::Client;
use crate::html::check_page;
use crate::town::Town;
use akimat_app::person::signature::Signing;
use akimat_identity::Level;
use akimat_signature::Trust;
use akimat_web_kit::WebState;
use std::path::Path;
use std::process::Command;

/// An authority, a person, a person without a number, a stranger, lists of what was revoked; then the text is signed.
const MAKE: &str = r#"
set -eu
authority() {
    mkdir -p $1.ca; : >$1.ca/index.txt; echo 01 >$1.ca/crlnumber; echo 10 >$1.ca/serial
    printf '%s\n' '[ca]' 'default_ca=own' '[own]' "database=$1.ca/index.txt" "serial=$1.ca/serial" \
        "crlnumber=$1.ca/crlnumber" "new_certs_dir=$1.ca" "certificate=$1.pem" "private_key=$1.key" \
        'default_md=sha256' 'policy=any' 'unique_subject=no' '[any]' 'commonName=supplied' \
        'serialNumber=optional' '[req]' 'distinguished_name=dn' '[dn]' '[authority]' \
        'basicConstraints=critical,CA:true' 'keyUsage=critical,keyCertSign,cRLSign' '[person]' \
        'basicConstraints=CA:false' 'keyUsage=critical,digitalSignature' >$1.cnf
    openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $1.key
    openssl req -new -key $1.key -subj "/CN=$1" -out $1.csr -config $1.cnf
    openssl ca -batch -notext -selfsign -config $1.cnf -extensions authority -in $1.csr -out $1.pem \
        -startdate 20260101000000Z -enddate 20300101000000Z -keyfile $1.key
    openssl ca -config $1.cnf -gencrl -crl_lastupdate 20260801000000Z -crl_nextupdate 20270101000000Z -out $1.crl.pem
}
person() {
    openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $2.key
    openssl req -new -key $2.key -subj "$3" -out $2.csr -config $1.cnf
    openssl ca -batch -notext -config $1.cnf -extensions person -in $2.csr -out $2.pem \
        -startdate 20260101000000Z -enddate 20300101000000Z
}
authority root
authority stranger
person root person "/CN=Invented Person/serialNumber=IIN850312200016"
person root nameless "/CN=Invented Person"
person stranger other "/CN=Invented Person/serialNumber=IIN850312200016"
for one in person nameless other; do
    openssl cms -sign -binary -md sha256 -signer $one.pem -inkey $one.key -outform PEM -in text -out $one.cms
done
"#;

fn run(folder: &Path, script: &str) -> bool {
    let output = Command::new("sh").arg("-c").arg(script).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[tokio::test]
async fn a_signed_text_verifies_a_person() {
    if Command::new("openssl").arg("version").output().is_err() {
        println!("openssl is not here: nothing was signed");
        return;
    }
    let town = Town::open().await;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    // The text is the same before and after the list of authorities is there.
    let plain = town.app.clone().with_signing(Signing { trust: Trust::default(), adapter: None });
    let text = plain.text_to_sign(Some(&town.people["resident"])).unwrap();
    std::fs::write(folder.path().join("text"), &text).unwrap();
    run(folder.path(), MAKE);
    let mut trust = Trust::default();
    for name in ["root.pem", "root.crl.pem"] {
        assert_eq!(trust.add(&file(name)), 1);
    }
    let app = town.app.clone().with_signing(Signing { trust, adapter: None });
    let state = WebState::new(app.clone(), crate::town::options());
    let resident = town.person("resident").await.before(state.clone());
    let neighbour = town.person("neighbour").await.before(state);
    assert_eq!(town.person("resident").await.get("/en/account/verification/text").await.status.as_u16(), 404);
    for lang in ["kk", "ru", "en"] {
        let page = resident.get(&format!("/{lang}/account/verification")).await;
        check_page(&page, lang);
        page.says("akimat: this account is mine");
    }
    assert_eq!(resident.get("/en/account/verification/text").await.text(), text);

    let hand_in = async |who: &Client, document: &str| {
        who.post("/en/account/verification/signature", &[("document", document)]).await
    };
    let signed = |name: &str| String::from_utf8(file(name)).unwrap();
    for (document, says) in [
        (String::new(), "not a signed document"),
        ("MAA=".to_owned(), "not a signed document"),
        (text.clone(), "not a signed document"),
        (signed("nameless.cms"), "does not name a national identifier"),
        (signed("other.cms"), "not on the list of this platform"),
        ("A".repeat(500_000), "not a signed document"),
    ] {
        let refused = hand_in(&resident, &document).await;
        assert_eq!(refused.status.as_u16(), 422, "{says}");
        refused.says(says);
    }
    // The text of another account proves nothing about this one.
    hand_in(&neighbour, &signed("person.cms")).await.says("Another text was signed");
    hand_in(&resident, &signed("person.cms")).await.expect(303);
    let account = town.people["resident"].id;
    assert_eq!(app.person_level(account).await.unwrap(), Level::Identified);
    let page = resident.get("/en/account/verification").await;
    page.says("signed document").says_not("850312200016");
}
