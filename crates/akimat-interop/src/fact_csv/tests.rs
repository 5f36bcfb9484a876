//! Files as they come.

use super::*;
use akimat_core::Money;
use proptest::prelude::*;

const HEAD: &str = "kato;level;year;month;item;code;name_ru;approved;executed\n";

fn read(text: &[u8]) -> Result<(Vec<FactSheet>, FactSummary), Vec<Problem>> {
    let mut reader = FactReader::new(text, FactContext::default())?;
    let mut sheets = Vec::new();
    while let Some(sheet) = reader.next_report() {
        sheets.push(sheet);
    }
    Ok((sheets, reader.finish()?))
}

fn check_problems(rows: &str, due: &[(u32, Option<&str>, ProblemCode)]) {
    let problems = read(format!("{HEAD}{rows}").as_bytes()).unwrap_err();
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem.row.unwrap_or(0), problem.column.as_deref(), problem.code.clone()))
        .collect();
    assert_eq!(found, due, "{rows}");
}

#[test]
fn reports_come_one_after_another() {
    let text = format!(
        "\u{feff}{HEAD}990100000;3;2026;5;tax;;;10,5;\n\n990100000;3;2026;5;functional_group;04;Образование;;-3\n\
         990100000;3;2026;5;revenue_total;;;11;1\n990100000;3;2026;6;tax;;;12;\n"
    );
    let (sheets, summary) = read(text.as_bytes()).unwrap();
    let rows: Vec<(u32, &str, &str)> =
        sheets[0].rows.iter().map(|row| (row.row, row.item.code(), row.code.as_str())).collect();
    assert_eq!(rows, [(5, "revenue_total", ""), (2, "tax", ""), (4, "functional_group", "04")]);
    assert_eq!(sheets[0].rows[1].amounts.approved, Some(Money::from_tiyn(1_050_000)));
    assert_eq!(sheets[0].rows[1].amounts.executed, None);
    assert_eq!((sheets[1].month, sheets[1].rows.len()), (6, 1));
    assert_eq!((summary.n_reports, summary.n_rows, summary.units.len(), summary.names.len()), (2, 4, 1, 1));
    assert_eq!(summary.sha256, crate::budget::sha256_hex(text.as_bytes()));
}

#[test]
fn the_unit_of_a_row_goes_before_the_option() {
    let text = "place,level,year,month,item,executed,unit\n990100000,3,2026,5,tax,10,million KZT\n\
                990100000,3,2026,5,non_tax,10,\n";
    let (sheets, _) = read(text.as_bytes()).unwrap();
    let tiyn: Vec<_> = sheets[0].rows.iter().map(|row| row.amounts.executed.unwrap().tiyn()).collect();
    assert_eq!(tiyn, [1_000_000_000, 1_000_000]);
}

#[test]
fn problems_name_row_and_column() {
    let kato = ProblemCode::NotKato { value: "1".to_owned() };
    check_problems("1;3;2026;5;tax;;;1;1\n", &[(2, Some("kato"), kato)]);
    let month = ProblemCode::OutOfRange { value: "13".to_owned(), min: "0".to_owned(), max: "12".to_owned() };
    check_problems("990100000;3;2026;13;tax;;;1;1\n", &[(2, Some("month"), month)]);
    let amount = ProblemCode::NotAnAmount { value: "x".to_owned() };
    check_problems("990100000;3;2026;1;tax;;;x;1\n", &[(2, Some("approved"), amount)]);
    check_problems("990100000;3;2026;1;functional_group;;;1;1\n", &[(2, Some("code"), ProblemCode::Missing)]);
    let twice = ProblemCode::Repeated { value: "04".to_owned(), row: 2 };
    check_problems(
        "990100000;3;2026;1;functional_group;04;;1;1\n990100000;3;2026;1;functional_group;04;;1;1\n",
        &[(3, Some("code"), twice)],
    );
    let apart = ProblemCode::RowsApart { row: 2 };
    check_problems(
        "990100000;3;2026;1;tax;;;1;1\n990100000;3;2026;2;tax;;;1;1\n990100000;3;2026;1;non_tax;;;1;1\n",
        &[(4, Some("kato"), apart)],
    );
    let level = ProblemCode::RowsDisagree { row: 2 };
    check_problems(
        "990100000;3;2026;1;tax;;;1;1\n990100000;4;2026;1;non_tax;;;1;1\n",
        &[(3, Some("level"), level)],
    );
    check_problems("", &[(0, None, ProblemCode::NoRecords)]);
}

#[test]
fn headers_must_be_there() {
    let problems = read(b"kato,level,year,month,item\n").unwrap_err();
    assert_eq!(problems[0].code, ProblemCode::ColumnMissing { name: "executed".to_owned() });
    assert_eq!(read(b"").unwrap_err()[0].code, ProblemCode::FileEmpty);
    let text = format!("{HEAD}\"{}", "a".repeat(600_000));
    assert_eq!(read(text.as_bytes()).unwrap_err()[0].code, ProblemCode::BrokenRow);
    let text = [HEAD.as_bytes(), b"\xff\xfe;3;2026;1;tax;;;1;1\n"].concat();
    assert_eq!(read(&text).unwrap_err()[0].code, ProblemCode::NotText);
}

proptest! {
    /// Whatever the bytes are: an answer, never a panic.
    #[test]
    fn hostile_bytes_are_answered(tail in proptest::collection::vec(any::<u8>(), 0..400), header in any::<bool>()) {
        let text = if header { [HEAD.as_bytes(), &tail].concat() } else { tail };
        drop(read(&text));
    }
}
