//! What is packed comes out again; what is damaged is refused.

use super::*;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

fn money() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        Just(None),
        any::<i64>().prop_map(Some),
        (-1_000_000_i64..1_000_000, 0_u32..9).prop_map(|(n, scale)| Some(n * 10_i64.pow(scale))),
    ]
}

fn reports() -> impl Strategy<Value = Vec<ReportLine>> {
    btree_map(1_u32.., (any::<u32>(), [money(), money(), money()]), 0..60).prop_map(|lines| {
        let line = |(line, (row, amounts)): (u32, (u32, [Option<i64>; 3]))| {
            let [approved, amended, executed] = amounts.map(|amount| amount.map(Money::from_tiyn));
            ReportLine { line, row, amounts: Amounts { approved, amended, executed } }
        };
        lines.into_iter().map(line).collect()
    })
}

fn sums() -> impl Strategy<Value = Vec<SumLine>> {
    let counts = [0_u32..4, 0..4, 0..4];
    btree_map(1_u32.., ([any::<i64>(), any::<i64>(), any::<i64>()], counts), 0..60).prop_map(|lines| {
        let line = |(line, (sums, counts)): (u32, ([i64; 3], [u32; 3]))| {
            let sums = [0, 1, 2].map(|at| if counts[at] > 0 { sums[at] } else { 0 });
            SumLine { line, sums, counts }
        };
        lines.into_iter().map(line).collect()
    })
}

proptest! {
    #[test]
    fn reports_come_out_again(lines in reports()) {
        prop_assert_eq!(read_report(&pack_report(&lines)).unwrap(), lines);
    }

    #[test]
    fn sums_come_out_again(lines in sums()) {
        prop_assert_eq!(read_sum(&pack_sum(&lines)).unwrap(), lines);
    }

    /// Whatever the bytes are: lines or an error, and what is read packs into something that reads the same.
    #[test]
    fn any_bytes_are_answered(kind in 0_u8..4, scale in 0_u8..12, tail in vec(any::<u8>(), 0..300)) {
        let bytes = [&[kind, scale], &tail[..]].concat();
        if let Ok(lines) = read_report(&bytes) {
            prop_assert_eq!(read_report(&pack_report(&lines)).unwrap(), lines);
        }
        drop(read_sum(&bytes));
    }

    /// One byte less, or one more, is damage.
    #[test]
    fn cut_blocks_are_refused(lines in reports(), more in any::<u8>()) {
        let mut bytes = pack_report(&lines);
        bytes.push(more);
        prop_assert!(read_report(&bytes).is_err());
        bytes.truncate(bytes.len() - 2);
        prop_assert!(read_report(&bytes).is_err());
    }
}

#[test]
fn a_report_of_the_usual_kind_is_small() {
    let line = |line: u32| {
        let amount = |n: i64| Some(Money::from_tiyn(n * 10_000));
        let approved = amount(i64::from(line) * 31_337);
        let executed = amount(i64::from(line) * 28_919);
        ReportLine { line, row: line + 1, amounts: Amounts { approved, amended: approved, executed } }
    };
    let lines: Vec<ReportLine> = (1..=300).map(line).collect();
    let bytes = pack_report(&lines);
    assert!(bytes.len() < 300 * 12, "{}", bytes.len());
    assert_eq!(&bytes[..4], [REPORT, 4, 0xac, 2]);
}

#[test]
fn a_claim_of_many_lines_takes_no_memory() {
    assert!(read_report(&[REPORT, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]).is_err());
    assert!(read_sum(&[SUM, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 9]).is_err());
}
