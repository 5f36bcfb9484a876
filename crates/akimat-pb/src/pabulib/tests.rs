//! Hostile and ordinary files.

use super::*;
use crate::election::VoteType;

const SMALL: &str = "META\nkey;value\nnum_projects;2\nnum_votes;3\nbudget;100.5\nvote_type;approval\nodd;\"a;b \"\"c\"\"\"\nPROJECTS\nproject_id;cost;name;colour\np1;40,25;\"One; two\";red\nq/2;60;;\nVOTES\nvoter_id;vote;age\n1;p1,q/2;30\n2;none;\n3;p1;41\n";

fn refusal(text: &str) -> (u64, &'static str) {
    let fault = parse(text.as_bytes()).unwrap_err();
    assert!(!fault.to_string().is_empty());
    (fault.line, fault.reason.code())
}

#[test]
fn a_file_is_read_whole_and_written_again() {
    let election = parse(SMALL.as_bytes()).unwrap();
    assert_eq!((election.budget, election.decimals, election.vote_type), (10_050, 2, VoteType::Approval));
    assert_eq!(election.projects[0].cost, 4_025);
    assert_eq!(election.field(0, "name"), Some("One; two"));
    assert_eq!(election.field(1, "colour"), None);
    assert_eq!(election.meta("odd"), Some("a;b \"c\""));
    assert_eq!(election.ballots.marks(0), [0, 1]);
    assert!(election.ballots.marks(1).is_empty());
    assert_eq!(election.voter_field(2, "age"), Some("41"));
    let mut again = String::new();
    write(&election, &mut again).unwrap();
    assert_eq!(parse(again.as_bytes()).unwrap(), election);
}

#[test]
fn pieces_windows_line_ends_and_a_mark_of_the_encoding_change_nothing() {
    let whole = parse(SMALL.as_bytes()).unwrap();
    let windows = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    assert_eq!(parse(windows.as_bytes()).unwrap(), whole);
    for size in [1, 2, 3, 7, 64] {
        let mut reader = Reader::new(Limits::default(), Keep::Everything);
        SMALL.as_bytes().chunks(size).for_each(|piece| reader.feed(piece).unwrap());
        assert_eq!(reader.finish().unwrap(), whole);
    }
    let without_end = SMALL.trim_end();
    assert_eq!(parse(without_end.as_bytes()).unwrap(), whole);
}

#[test]
fn only_ballots_are_kept_where_that_is_asked() {
    let election = parse_with(SMALL.as_bytes(), Limits::default(), Keep::Ballots).unwrap();
    assert_eq!(election.voter_field(0, "age"), None);
    let mut text = String::new();
    write(&election, &mut text).unwrap();
    assert!(text.contains("voter_id;vote\n1;p1,q/2\n"), "{text}");
}

#[test]
fn refusals_name_line_and_reason() {
    assert_eq!(refusal(""), (0, "end"));
    assert_eq!(refusal("PROJECTS\n"), (1, "section"));
    assert_eq!(refusal("hello\n"), (1, "section"));
    let changes = [
        ("PROJECTS", "VOTES", 8, "section"),
        ("q/2;60;;", "p1;60;;", 11, "twice"),
        ("3;p1;41", "1;p1;41", 16, "twice"),
        ("odd;", "budget;", 7, "twice"),
        ("q/2;60", "q/2;-60", 11, "negative"),
        ("q/2;60", "q/2;1e3", 11, "amount"),
        ("q/2;60", "q/2;", 11, "empty"),
        ("q/2;60", "none;60", 11, "empty"),
        ("budget;100.5", "budget;0", 5, "zero-budget"),
        ("budget;100.5\n", "", 7, "key"),
        ("vote_type;approval", "vote_type;guess", 6, "vote-type"),
        ("3;p1;41", "3;zzz;41", 16, "unknown-project"),
        ("3;p1;41", "3;p1;41;x", 16, "fields"),
        ("num_votes;3", "num_votes;4", 16, "count"),
        ("num_projects;2", "num_projects;x", 3, "number"),
        ("voter_id;vote;age", "voter_id;age", 13, "column"),
        ("colour", "name", 9, "twice"),
        ("\"One; two\"", "\"One; two", 16, "quote"),
        ("approval", "choose-1", 14, "choose-one"),
        ("approval", "cumulative", 13, "column"),
    ];
    for (from, to, line, code) in changes {
        assert_eq!(refusal(&SMALL.replacen(from, to, 1)), (line, code), "{from} {to}");
    }
    let cut = SMALL.split("VOTES").next().unwrap();
    assert_eq!(refusal(cut), (11, "end"));
    assert_eq!(refusal(&format!("{cut}VOTES\n")), (12, "end"));
}

#[test]
fn names_of_tables_may_be_names_of_voters() {
    let text = SMALL.replacen("2;none;", "\"votes\";none;", 1);
    let election = parse(text.as_bytes()).unwrap();
    let mut again = String::new();
    write(&election, &mut again).unwrap();
    assert_eq!(parse(again.as_bytes()).unwrap(), election);
}

#[test]
fn other_encodings_are_refused() {
    let wide: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse(&wide).unwrap_err().reason.code(), "encoding");
    let zeros: Vec<u8> = SMALL.bytes().flat_map(|byte| [byte, 0]).collect();
    assert_eq!(parse(&zeros).unwrap_err().reason.code(), "encoding");
    let mut cyrillic = SMALL.as_bytes().to_vec();
    let at = SMALL.find("red").unwrap();
    cyrillic[at] = 0xea;
    assert_eq!(parse(&cyrillic).unwrap_err(), Fault { line: 10, reason: Reason::Encoding });
}

#[test]
fn points_stand_beside_marks() {
    let text = SMALL
        .replace("approval", "cumulative")
        .replace("voter_id;vote;age", "voter_id;vote;points")
        .replace("1;p1,q/2;30", "1;p1,q/2;3,0")
        .replace("3;p1;41", "3;p1;2.0");
    let election = parse(text.as_bytes()).unwrap();
    assert_eq!(election.ballots.points(0), [3, 0]);
    assert_eq!(election.ballots.points(2), [2]);
    assert_eq!(refusal(&text.replace(";3,0", ";3")), (14, "points"));
    assert_eq!(refusal(&text.replace(";3,0", ";3,x")), (14, "number"));
}

#[test]
fn nothing_grows_without_bound() {
    let limits = Limits { projects: 1, ..Limits::default() };
    assert_eq!(parse_with(SMALL.as_bytes(), limits, Keep::Ballots).unwrap_err().reason.code(), "too-many");
    let limits = Limits { voters: 2, ..Limits::default() };
    assert_eq!(parse_with(SMALL.as_bytes(), limits, Keep::Ballots).unwrap_err().reason.code(), "too-many");
    let limits = Limits { marks: 2, ..Limits::default() };
    assert_eq!(parse_with(SMALL.as_bytes(), limits, Keep::Ballots).unwrap_err().reason.code(), "too-many");
    let limits = Limits { line_bytes: 10, ..Limits::default() };
    assert_eq!(parse_with(SMALL.as_bytes(), limits, Keep::Ballots).unwrap_err().reason.code(), "too-many");
    let mut reader = Reader::new(Limits::default(), Keep::Ballots);
    let endless = std::iter::repeat_n([b'x'; 1024], 2048).try_for_each(|piece| reader.feed(&piece));
    assert_eq!(endless.unwrap_err().reason.code(), "too-many");
}

proptest::proptest! {
    /// Most lines are read by a quick way that leaves everything odd to the careful one. Fed by single bytes, every line
    /// goes the careful way: both must say the same of any file, good or bad.
    #[test]
    fn the_quick_way_reads_as_the_careful_one(
        lines in proptest::collection::vec(
            (
                "[1-9]{1,2}|0[1-9]|0|v| 4|\u{a0}5|x\u{301}",
                "((7|12|07|p|90000|0|none| 7|\u{2003}12)?,){0,3}(7|12|p|0|none|)",
                "(;(Алматы|a|b | |\"q;\"|)){0,3}",
                "|\r",
            ),
            0..12,
        ),
        vote_type in "approval|choose-1",
        everything in proptest::bool::ANY,
    ) {
        let mut text = format!(
            "META\nkey;value\nbudget;100\nvote_type;{vote_type}\nPROJECTS\nproject_id;cost\n7;1\n12;2\n07;3\np;4\n90000;5\n0;6\nVOTES\nvoter_id;vote;area;age\n"
        );
        for (voter, vote, rest, end) in &lines {
            text.push_str(&format!("{voter};{vote}{rest}{end}\n"));
        }
        let keep = if everything { Keep::Everything } else { Keep::Ballots };
        let quick = parse_with(text.as_bytes(), Limits::default(), keep);
        let mut reader = Reader::new(Limits::default(), keep);
        let fed = text.as_bytes().chunks(1).try_for_each(|byte| reader.feed(byte));
        let careful = fed.and_then(|()| reader.finish());
        proptest::prop_assert_eq!(quick, careful);
    }
}
