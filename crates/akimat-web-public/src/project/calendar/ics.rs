//! Writing iCalendar (RFC 5545): whole days, lines folded at 75 octets and ended by CRLF.

use super::Event;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Octets of a line, its end aside.
const LINE_OCTETS: usize = 75;

/// The address of an event.
type Link<'a> = &'a dyn Fn(&Event) -> String;

/// The calendar as a file.
pub fn encode(name: &str, lang: &str, stamp: Timestamp, (events, link): (&[Event], Link<'_>)) -> String {
    let mut out = String::new();
    let stamp = stamp.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Akimat//Projects//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        fold(&mut out, line);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    for event in events {
        let next = event.on.saturating_add(1.day());
        fold(&mut out, "BEGIN:VEVENT");
        fold(&mut out, &format!("UID:{}@akimat", event.key));
        fold(&mut out, &format!("DTSTAMP:{stamp}"));
        fold(&mut out, &format!("DTSTART;VALUE=DATE:{}", event.on.strftime("%Y%m%d")));
        fold(&mut out, &format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
        fold(
            &mut out,
            &format!("SUMMARY;LANGUAGE={lang}:{}", escape(&format!("{}: {}", event.of, event.title))),
        );
        fold(&mut out, &format!("URL:{}", link(event)));
        fold(&mut out, "TRANSP:TRANSPARENT");
        fold(&mut out, "END:VEVENT");
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

fn escape(text: &str) -> String {
    let plain: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    plain.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Adds a line; a long one goes on after a line break and a space, never inside a character.
fn fold(out: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::ProjectId;
    use jiff::civil::Date;

    #[test]
    fn lines_are_short_and_come_back_whole() {
        let event = Event {
            on: Date::constant(2026, 12, 31),
            project: ProjectId(uuid::Uuid::from_u128(7)),
            title: "Ашылу; «қайта» \\ жөндеуден кейін, бірінші кезең".to_owned(),
            of: "Көктем ауылдық округінің су құбыры желілерін қайта жаңғырту\nжобасы".to_owned(),
            opening: true,
            done: false,
            key: "x/end".to_owned(),
        };
        let text =
            encode("Жобалар", "kk", Timestamp::UNIX_EPOCH, (&[event], &|_| "https://x.kz/p".to_owned()));
        assert!(text.split("\r\n").all(|line| line.len() <= LINE_OCTETS && !line.contains('\n')));
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
        assert!(whole.contains("жаңғырту\\nжобасы: Ашылу\\; «қайта» \\\\ жөндеуден кейін\\, бірінші кезең"));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    }
}
