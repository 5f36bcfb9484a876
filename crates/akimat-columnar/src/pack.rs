//! Several dimensions in one whole number: grouping by one number is twice as fast as grouping by four columns
//! (`docs/adr/0007-columns.md`). The first dimension stands in the highest bits, so that the order of the
//! numbers is the order of the keys.

use crate::ask::dimension_column;
use akimat_storage::columns::Dimension;
use datafusion::arrow::datatypes::DataType;
use datafusion::logical_expr::{Expr, cast, col, lit};

/// Bits of a whole number that can be used without touching its sign.
const BITS_MAX: u32 = 62;

/// How the dimensions of a question share a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packing {
    /// Bits of each dimension, in the order of the question.
    bits: Vec<u32>,
}

/// Bits that hold every value of a dimension.
fn bits(dimension: Dimension, n_codes: usize) -> u32 {
    match dimension {
        // Nine digits.
        Dimension::Region | Dimension::District | Dimension::Unit => 30,
        Dimension::Level | Dimension::Section => 3,
        Dimension::Year => 15,
        Dimension::Month => 4,
        Dimension::Item => 5,
        Dimension::Group => 7,
        Dimension::Code => usize::BITS - n_codes.leading_zeros(),
    }
}

impl Packing {
    /// `None` for a single dimension, and where the values do not fit into one number.
    pub(crate) fn of(by: &[Dimension], n_codes: usize) -> Option<Self> {
        let bits: Vec<u32> = by.iter().map(|dimension| bits(*dimension, n_codes)).collect();
        (by.len() > 1 && bits.iter().sum::<u32>() <= BITS_MAX).then_some(Self { bits })
    }

    /// The number of a row.
    pub(crate) fn expression(&self, by: &[Dimension]) -> Option<Expr> {
        let number = |dimension: &Dimension| cast(col(dimension_column(*dimension)), DataType::Int64);
        by.iter().zip(&self.bits).fold(None, |high, (dimension, bits)| {
            let low = number(dimension);
            Some(match high {
                None => low,
                Some(high) => high * lit(1_i64 << bits) + low,
            })
        })
    }

    /// The values of the dimensions in a number.
    pub(crate) fn unpack(&self, mut number: i64) -> Vec<i64> {
        let mut values: Vec<i64> = Vec::with_capacity(self.bits.len());
        for bits in self.bits.iter().rev() {
            values.push(number & ((1_i64 << bits) - 1));
            number >>= bits;
        }
        values.reverse();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_apart_as_they_were_put_together() {
        let by = [Dimension::Unit, Dimension::Year, Dimension::Item, Dimension::Code];
        let packing = Packing::of(&by, 300).unwrap();
        assert_eq!(packing.bits, [30, 15, 5, 9]);
        let values = [999_999_999_i64, 2_026, 25, 299];
        let number = values.iter().zip(&packing.bits).fold(0, |high, (value, bits)| (high << bits) + value);
        assert_eq!(packing.unpack(number), values);
        assert_eq!(Packing::of(&[Dimension::Unit], 300), None);
        assert_eq!(Packing::of(&[Dimension::Unit, Dimension::District, Dimension::Year], 300), None);
    }
}
