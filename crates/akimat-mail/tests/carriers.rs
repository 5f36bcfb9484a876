//! Letters through both carriers; the mail server is played by a few lines that speak SMTP.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use akimat_core::Lang;
use akimat_mail::{FolderMailer, Sender, SetupError, SmtpMailer};
use akimat_storage::outbox::{Letter, LetterState, MailFault, Mailer};
use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

fn letter(to: &str) -> Letter {
    Letter {
        id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0007),
        key: "digest/7".to_owned(),
        kind: "digest".to_owned(),
        subscriber: None,
        recipient: to.to_owned(),
        lang: Lang::Kk,
        subject: "Жаңалықтар: 3 жоба".to_owned(),
        text: "Құбыр ауыстырылды.\n.\nСоңы.\n".to_owned(),
        html: "<p>Құбыр ауыстырылды.</p>".to_owned(),
        unsubscribe: "https://akimat.example.kz/kk/subscriptions/1.2/stop/3".to_owned(),
        state: LetterState::Queued,
        attempts: 0,
        due_at: Timestamp::UNIX_EPOCH,
        runner: None,
        fault: String::new(),
        created_at: Timestamp::UNIX_EPOCH,
        ended_at: None,
    }
}

fn sender() -> Sender {
    Sender::parse("Әкімдік <no-reply@akimat.example.kz>").unwrap()
}

/// Plays a mail server for one connection and answers what it took.
async fn serve_once(listener: TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let mut lines = BufReader::new(stream);
    let mut taken = String::new();
    say(&mut lines, "220 fake").await;
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await.unwrap() == 0 {
            return taken;
        }
        if in_data {
            if line == ".\r\n" {
                in_data = false;
                say(&mut lines, "250 taken").await;
            } else {
                taken.push_str(&line);
            }
            continue;
        }
        let answer = match line.split(' ').next().unwrap_or_default().trim() {
            "RCPT" if line.contains("bounce@") => "550 5.1.1 no such user",
            "RCPT" if line.contains("slow@") => "451 4.7.1 try again later",
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => {
                say(&mut lines, "221 bye").await;
                return taken;
            }
            _ => "250 ok",
        };
        say(&mut lines, answer).await;
    }
}

async fn say(lines: &mut BufReader<TcpStream>, words: &str) {
    lines.get_mut().write_all(format!("{words}\r\n").as_bytes()).await.unwrap();
}

async fn through_smtp(to: &str) -> (Result<(), MailFault>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(serve_once(listener));
    let mailer = SmtpMailer::new(&url, sender()).unwrap();
    let outcome = mailer.send(&letter(to)).await;
    drop(mailer);
    (outcome, server.await.unwrap())
}

#[tokio::test]
async fn a_mail_server_gets_what_residents_need_to_stop_it() {
    let (outcome, taken) = through_smtp("aliya@example.org").await;
    assert_eq!(outcome, Ok(()));
    let unfolded = taken.replace("\r\n ", " ");
    for expected in [
        "Message-ID: <01900000-0000-7000-8000-000000000007@akimat.example.kz>",
        "List-Unsubscribe: <https://akimat.example.kz/kk/subscriptions/1.2/stop/3>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "Content-Language: kk",
        "To: aliya@example.org",
        "multipart/alternative",
    ] {
        assert!(unfolded.contains(expected), "{expected} in\n{taken}");
    }
    assert!(taken.is_ascii(), "an old mail server understands it");
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let (outcome, _) = through_smtp("bounce@example.org").await;
    assert!(matches!(outcome, Err(MailFault::Never(_))), "{outcome:?}");
    let (outcome, _) = through_smtp("slow@example.org").await;
    assert!(matches!(outcome, Err(MailFault::Later(_))), "{outcome:?}");
    let (outcome, _) = {
        let mailer = SmtpMailer::new("smtp://127.0.0.1:1", sender()).unwrap();
        (mailer.send(&letter("a@example.org")).await, ())
    };
    assert!(matches!(outcome, Err(MailFault::Later(_))), "nobody listens there: {outcome:?}");
}

#[tokio::test]
async fn a_folder_holds_each_letter_once() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = FolderMailer::new(folder.path().join("mail"), sender()).unwrap();
    for _ in 0..2 {
        mailer.send(&letter("a@example.org")).await.unwrap();
    }
    let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().flatten().collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    assert!(text.contains("List-Unsubscribe"));
    let wrong = mailer.send(&letter("nobody")).await;
    assert!(matches!(wrong, Err(MailFault::Never(_))));
}

#[test]
fn passwords_do_not_travel_in_the_open() {
    let set_up = |url: &str| SmtpMailer::new(url, sender()).map(|mailer| mailer.describe());
    assert_eq!(set_up("smtp://u:p@mail.example.kz:587"), Err(SetupError::OpenPassword));
    assert!(set_up("smtp://u:p@127.0.0.1:2525").is_ok());
    let told = set_up("nonsense://u:secret@x").unwrap_err().to_string();
    assert!(!told.contains("secret"), "{told}");
    assert!(Sender::parse("nobody").is_err());
}

#[tokio::test]
async fn servers_with_tls_are_set_up() {
    for url in ["smtps://u:p@mail.example.kz", "smtp://u:p@mail.example.kz:587?tls=required"] {
        let mailer = SmtpMailer::new(url, sender()).unwrap();
        assert!(mailer.describe().starts_with("mail.example.kz"));
    }
}
