//! When a question can be answered without counting the same money twice.

use super::{
    AdHoc, AdHocFault, Aggregate, DIMENSIONS_MAX, Dimension, FactFilter, MEASURES_MAX, ROWS_MAX, VALUES_MAX,
};
use akimat_budget::Item;

/// The categories of revenue: they have one meaning and none contains another (Budget Code, article 10).
const CATEGORIES: [Item; 5] = [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special, Item::Transfers];

impl AdHoc {
    /// Whether the question can be answered. Sums and means must add what can be added: units of one level
    /// (Budget Code, article 8), one report of each year or of each month, and lines of which none contains
    /// another. Least, greatest and count are free.
    ///
    /// # Errors
    /// The first [`AdHocFault`].
    pub fn check(&self) -> Result<(), AdHocFault> {
        self.check_shape()?;
        self.check_values()?;
        let adds = |measure: &super::Measure| matches!(measure.aggregate, Aggregate::Sum | Aggregate::Mean);
        if self.measures.iter().any(adds) {
            self.check_levels()?;
            self.check_months()?;
            self.check_lines()?;
        }
        Ok(())
    }

    fn check_shape(&self) -> Result<(), AdHocFault> {
        if self.measures.is_empty() {
            return Err(AdHocFault::NoMeasure);
        }
        let filter = &self.filter;
        let lengths = [
            filter.under.len(),
            filter.units.len(),
            filter.levels.len(),
            filter.months.len(),
            filter.sections.len(),
            filter.items.len(),
            filter.groups.len(),
            filter.codes.len(),
        ];
        let large = lengths.into_iter().any(|length| length > VALUES_MAX);
        if large || self.by.len() > DIMENSIONS_MAX || self.measures.len() > MEASURES_MAX {
            return Err(AdHocFault::TooMuch);
        }
        if has_twice(&self.by) || has_twice(&self.measures) {
            return Err(AdHocFault::Repeated);
        }
        if (1..=ROWS_MAX).contains(&self.limit) { Ok(()) } else { Err(AdHocFault::Limit) }
    }

    fn check_values(&self) -> Result<(), AdHocFault> {
        let FactFilter { years, levels, months, groups, .. } = &self.filter;
        if years.as_ref().is_some_and(std::ops::RangeInclusive::is_empty) {
            return Err(AdHocFault::Years);
        }
        let digits = |group: &String| group.len() == 2 && group.bytes().all(|b| b.is_ascii_digit());
        let right = levels.iter().all(|level| (1..=5).contains(level))
            && months.iter().all(|month| *month <= 12)
            && groups.iter().all(digits);
        if right { Ok(()) } else { Err(AdHocFault::Value) }
    }

    fn groups_by(&self, dimension: Dimension) -> bool {
        self.by.contains(&dimension)
    }

    fn check_levels(&self) -> Result<(), AdHocFault> {
        let one = self.filter.levels.len() == 1 || self.filter.units.len() == 1;
        let apart = self.groups_by(Dimension::Level) || self.groups_by(Dimension::Unit);
        if one || apart { Ok(()) } else { Err(AdHocFault::MixesLevels) }
    }

    fn check_months(&self) -> Result<(), AdHocFault> {
        let one = self.filter.months.len() == 1;
        if self.latest || one || self.groups_by(Dimension::Month) {
            Ok(())
        } else {
            Err(AdHocFault::MixesMonths)
        }
    }

    fn check_lines(&self) -> Result<(), AdHocFault> {
        let items = self.items();
        let one_code = self.groups_by(Dimension::Code) || self.filter.codes.len() == 1;
        let apart = self.groups_by(Dimension::Item);
        let together = apart || items.len() <= 1 || items.iter().all(|item| CATEGORIES.contains(item));
        let flat = one_code || self.filter.depth.is_some();
        let nested = items.iter().any(|item| is_nested(*item)) && !flat;
        if together && !nested { Ok(()) } else { Err(AdHocFault::MixesLines) }
    }

    /// The items that the filter leaves. A functional group asked for leaves only functional lines.
    fn items(&self) -> Vec<Item> {
        let FactFilter { items, sections, groups, .. } = &self.filter;
        let left = |item: &Item| {
            (items.is_empty() || items.contains(item))
                && (sections.is_empty() || sections.contains(&item.section()))
                && (groups.is_empty() || matches!(item, Item::FunctionalGroup | Item::FunctionalDetail))
        };
        Item::ALL.into_iter().filter(left).collect()
    }
}

/// Codes of the item contain one another: `04/1` is a part of `04`.
const fn is_nested(item: Item) -> bool {
    matches!(
        item,
        Item::RevenueDetail
            | Item::FunctionalDetail
            | Item::LendingDetail
            | Item::AssetDetail
            | Item::FinancingDetail
    )
}

fn has_twice<T: PartialEq>(values: &[T]) -> bool {
    values.iter().enumerate().any(|(at, value)| values[..at].contains(value))
}
