//! Many lines as one short run of bytes: a report in one row of the database, and a sum of reports in another.
//!
//! # Format, version 1
//! All numbers are LEB128 varints; signed ones are zigzagged before. A *line number* is the line's place in
//! the dictionary of the database, from 1.
//!
//! ```text
//! byte     1 for a report, 2 for a sum
//! byte     p, 0 to 8: every amount below is in units of 10^p tiyn
//! varint   how many lines follow, in ascending order of line numbers
//! of each  varint   line number less that of the line before (the first: less 0)
//!   report signed   row less the row before less 1 (the first: less 0 less 1)
//!          byte     bit 0 approved, bit 1 amended, bit 2 executed is stated; bit 3 amended = approved
//!          signed   each amount that is stated and not covered by bit 3
//!   sum    byte     bit 0 to 2 as above; bit 3: the counts are all the same
//!          signed   each sum that is stated
//!          varint   how many reports state it, once or for each sum that is stated
//! ```
//!
//! Whatever the bytes are, reading them ends in lines or in an error, with memory in proportion to the bytes.

use super::StageCounts;
use crate::Result;
use crate::row::odd;
use akimat_budget::Amounts;
use akimat_core::Money;

const REPORT: u8 = 1;
const SUM: u8 = 2;
const SAME: u8 = 8;
/// Largest `p`: amounts in whole million tenge.
const SCALE_MAX: u8 = 8;

/// One line of a report, its key replaced by its number in the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportLine {
    /// Number in the dictionary, from 1.
    pub line: u32,
    /// Row of the source.
    pub row: u32,
    /// The money.
    pub amounts: Amounts,
}

/// One line of a sum of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumLine {
    /// Number in the dictionary, from 1.
    pub line: u32,
    /// Sums of approved, amended, executed, in tiyn; 0 where none is stated.
    pub sums: [i64; 3],
    /// How many reports state each.
    pub counts: [u32; 3],
}

impl SumLine {
    /// The sums of what is stated.
    pub fn amounts(&self) -> Amounts {
        let at = |stage: usize| (self.counts[stage] > 0).then(|| Money::from_tiyn(self.sums[stage]));
        Amounts { approved: at(0), amended: at(1), executed: at(2) }
    }

    /// How many reports state each.
    pub const fn n_units(&self) -> StageCounts {
        StageCounts { approved: self.counts[0], amended: self.counts[1], executed: self.counts[2] }
    }
}

/// The three amounts in the order of the law, in tiyn.
pub(crate) fn tiyn(amounts: &Amounts) -> [Option<i64>; 3] {
    [amounts.approved, amounts.amended, amounts.executed].map(|amount| amount.map(Money::tiyn))
}

/// Packs a report. The lines must be in ascending order of their numbers.
pub fn pack_report(lines: &[ReportLine]) -> Vec<u8> {
    let scale = scale(lines.iter().flat_map(|line| tiyn(&line.amounts)).flatten());
    let mut out = head(REPORT, scale, lines.len());
    let (mut line_before, mut row_before) = (0, 0_i64);
    for line in lines {
        put(&mut out, u64::from(line.line.wrapping_sub(line_before)));
        put_signed(&mut out, i64::from(line.row) - row_before - 1);
        (line_before, row_before) = (line.line, i64::from(line.row));
        let amounts = tiyn(&line.amounts);
        let same = amounts[1].is_some() && amounts[1] == amounts[0];
        out.push(stated(amounts.map(|amount| amount.is_some())) | if same { SAME } else { 0 });
        for (at, amount) in amounts.into_iter().enumerate() {
            if let Some(amount) = amount.filter(|_| at != 1 || !same) {
                put_signed(&mut out, amount / unit(scale));
            }
        }
    }
    out
}

/// Packs a sum. The lines must be in ascending order of their numbers.
pub fn pack_sum(lines: &[SumLine]) -> Vec<u8> {
    let scale = scale(lines.iter().flat_map(|line| line.sums));
    let mut out = head(SUM, scale, lines.len());
    let mut line_before = 0;
    for line in lines {
        put(&mut out, u64::from(line.line.wrapping_sub(line_before)));
        line_before = line.line;
        let is_stated = line.counts.map(|count| count > 0);
        let mut counts = line.counts.into_iter().filter(|count| *count > 0);
        let first = counts.next();
        let same = first.is_some() && counts.all(|count| Some(count) == first);
        out.push(stated(is_stated) | if same { SAME } else { 0 });
        for (sum, _) in line.sums.into_iter().zip(is_stated).filter(|(_, is_stated)| *is_stated) {
            put_signed(&mut out, sum / unit(scale));
        }
        let counts = line.counts.into_iter().filter(|count| *count > 0);
        counts.take(if same { 1 } else { 3 }).for_each(|count| put(&mut out, u64::from(count)));
    }
    out
}

/// Reads a report.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the bytes are no report.
pub fn read_report(bytes: &[u8]) -> Result<Vec<ReportLine>> {
    let mut from = Bytes(bytes);
    let (unit, n) = from.head(REPORT)?;
    // A line takes three bytes at least.
    let mut lines = Vec::with_capacity(n.min(bytes.len() / 3));
    let (mut line, mut row) = (0, 0_i64);
    for _ in 0..n {
        line = from.line_after(line)?;
        row = from.signed()?.checked_add(row + 1).ok_or_else(damaged)?;
        let flags = from.flags()?;
        let approved = from.amount(flags, 0, unit)?;
        let amended = if flags & SAME == 0 {
            from.amount(flags, 1, unit)?
        } else if flags & 2 != 0 && approved.is_some() {
            approved
        } else {
            return Err(damaged());
        };
        let executed = from.amount(flags, 2, unit)?;
        let row = u32::try_from(row).map_err(|_| damaged())?;
        lines.push(ReportLine { line, row, amounts: Amounts { approved, amended, executed } });
    }
    from.end(lines)
}

/// Reads a sum.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the bytes are no sum.
pub fn read_sum(bytes: &[u8]) -> Result<Vec<SumLine>> {
    let mut from = Bytes(bytes);
    let (unit, n) = from.head(SUM)?;
    let mut lines = Vec::with_capacity(n.min(bytes.len() / 3));
    let mut line = 0;
    for _ in 0..n {
        line = from.line_after(line)?;
        let flags = from.flags()?;
        let (mut sums, mut counts) = ([0; 3], [0; 3]);
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum = from.amount(flags, at, unit)?.map_or(0, Money::tiyn);
        }
        let mut first = None;
        for (at, count) in counts.iter_mut().enumerate().filter(|(at, _)| flags & (1 << at) != 0) {
            *count = match first {
                Some(count) if flags & SAME != 0 => count,
                _ => from.count()?,
            };
            debug_assert!(at < 3, "three stages");
            first = Some(*count);
        }
        lines.push(SumLine { line, sums, counts });
    }
    from.end(lines)
}

fn damaged() -> crate::StoreError {
    odd("a block of budget facts is damaged")
}

fn head(kind: u8, scale: u8, n: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(8 + n * 14);
    out.extend([kind, scale]);
    put(&mut out, u64::try_from(n).unwrap_or(u64::MAX));
    out
}

/// The greatest power of ten, up to [`SCALE_MAX`], that divides every amount.
fn scale(amounts: impl Iterator<Item = i64>) -> u8 {
    let mut scale = SCALE_MAX;
    let mut any = false;
    for amount in amounts.filter(|amount| *amount != 0) {
        any = true;
        while scale > 0 && amount % unit(scale) != 0 {
            scale -= 1;
        }
        if scale == 0 {
            return 0;
        }
    }
    if any { scale } else { 0 }
}

const fn unit(scale: u8) -> i64 {
    10_i64.pow(scale as u32)
}

fn stated(stages: [bool; 3]) -> u8 {
    u8::from(stages[0]) | u8::from(stages[1]) << 1 | u8::from(stages[2]) << 2
}

fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(low_byte(value) | 0x80);
        value >>= 7;
    }
    out.push(low_byte(value));
}

/// The lowest seven bits.
const fn low_byte(value: u64) -> u8 {
    (value & 0x7f) as u8
}

fn put_signed(out: &mut Vec<u8>, value: i64) {
    put(out, (value.cast_unsigned() << 1) ^ (value >> 63).cast_unsigned());
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.0.split_first().ok_or_else(damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u64> {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift > 63 || (shift == 63 && bits > 1) {
                return Err(damaged());
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    fn signed(&mut self) -> Result<i64> {
        let value = self.number()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    fn count(&mut self) -> Result<u32> {
        u32::try_from(self.number()?).ok().filter(|count| *count > 0).ok_or_else(damaged)
    }

    /// The unit of the amounts and the number of lines.
    fn head(&mut self, kind: u8) -> Result<(i64, usize)> {
        let (found, scale) = (self.byte()?, self.byte()?);
        if found != kind || scale > SCALE_MAX {
            return Err(damaged());
        }
        Ok((unit(scale), usize::try_from(self.number()?).map_err(|_| damaged())?))
    }

    /// The next line's number, greater than the one before.
    fn line_after(&mut self, before: u32) -> Result<u32> {
        let more = u32::try_from(self.number()?).ok().filter(|more| *more > 0).ok_or_else(damaged)?;
        before.checked_add(more).ok_or_else(damaged)
    }

    fn flags(&mut self) -> Result<u8> {
        let flags = self.byte()?;
        if flags > 15 { Err(damaged()) } else { Ok(flags) }
    }

    fn amount(&mut self, flags: u8, stage: usize, unit: i64) -> Result<Option<Money>> {
        if flags & (1 << stage) == 0 {
            return Ok(None);
        }
        let tiyn = self.signed()?.checked_mul(unit).ok_or_else(damaged)?;
        Ok(Some(Money::from_tiyn(tiyn)))
    }

    fn end<T>(&self, lines: T) -> Result<T> {
        if self.0.is_empty() { Ok(lines) } else { Err(damaged()) }
    }
}

#[cfg(test)]
mod tests;
