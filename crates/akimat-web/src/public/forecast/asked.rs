//! What the address of a forecast asks for.

use super::LEVELS_SHOWN;
use crate::form::Form;
use crate::kit;
use crate::view::figures::item_name;
use akimat_app::forecast::{HORIZON_DEFAULT, LEVELS, LineQuestion, Prices};
use akimat_budget::{Item, classification};
use akimat_core::{Frequency, KatoCode};
use akimat_i18n::Locale;

/// Lines that can be chosen; functional groups come after them.
const ITEMS: [Item; 6] = [
    Item::RevenueTotal,
    Item::Tax,
    Item::NonTax,
    Item::Transfers,
    Item::ExpenditureTotal,
    Item::FixedCapital,
];

/// A line with its frequency, and which intervals are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAsked {
    /// What the line states.
    pub item: Item,
    /// Classification code; empty for summary items.
    pub code: &'static str,
    /// Years, quarters or months.
    pub frequency: Frequency,
    /// Steps ahead.
    pub horizon: usize,
    /// In which prices.
    pub prices: Prices,
    /// Levels in per cent, ascending.
    pub levels: Vec<u8>,
}

impl LineAsked {
    /// Reads an address leniently: what is not understood is as if it were not there.
    pub fn read(form: &Form) -> Self {
        let (item, code) = line_of(form.get("item")).unwrap_or((ITEMS[0], ""));
        let frequency = form.get("frequency").parse().unwrap_or(Frequency::Yearly);
        let usual = match frequency {
            Frequency::Yearly => HORIZON_DEFAULT,
            Frequency::Quarterly => 4,
            Frequency::Monthly => 12,
        };
        let horizon = form.get("horizon").parse().ok().filter(|h| steps(frequency).contains(h));
        let asked: Vec<&str> = form.all("levels").collect();
        let mut levels: Vec<u8> =
            LEVELS.into_iter().filter(|level| asked.contains(&level.to_string().as_str())).collect();
        if levels.is_empty() {
            levels = LEVELS_SHOWN.into();
        }
        let prices = Prices::parse(form.get("prices")).unwrap_or_default();
        Self { item, code, frequency, horizon: horizon.unwrap_or(usual), prices, levels }
    }

    /// The question about a territory.
    pub fn question(&self, place: KatoCode) -> LineQuestion {
        LineQuestion {
            frequency: self.frequency,
            horizon: self.horizon,
            prices: self.prices,
            ..LineQuestion::yearly(place, self.item, self.code)
        }
    }

    /// The name of the line.
    pub fn line_name(&self, locale: &Locale) -> String {
        if self.code.is_empty() {
            return item_label(locale, self.item);
        }
        item_name(locale, self.item, self.code)
    }

    /// The word of the line in addresses.
    pub fn line_word(&self) -> String {
        if self.code.is_empty() { self.item.code().to_owned() } else { format!("group-{}", self.code) }
    }

    pub(super) fn form(&self) -> kit::Form {
        let mut form = kit::Form::new()
            .with("item", self.line_word())
            .with("frequency", self.frequency.code())
            .with("horizon", self.horizon.to_string())
            .with("prices", self.prices.code());
        for level in &self.levels {
            form = form.with("levels", level.to_string());
        }
        form
    }

    /// The same as the API wants it.
    pub(super) fn query(&self, place: KatoCode) -> String {
        let code = if self.code.is_empty() { String::new() } else { format!("&code={}", self.code) };
        let (item, frequency, prices) = (self.item.code(), self.frequency.code(), self.prices.code());
        let horizon = self.horizon;
        format!("place={place}&item={item}{code}&frequency={frequency}&horizon={horizon}&prices={prices}")
    }

    pub(super) fn horizons(&self, locale: &Locale) -> Vec<(String, String)> {
        let key = match self.frequency {
            Frequency::Yearly => "count-years",
            Frequency::Quarterly => "forecast-quarters",
            Frequency::Monthly => "forecast-months",
        };
        let option = |n: usize| (n.to_string(), locale.f(key, &[("n", n.into())]));
        steps(self.frequency).iter().copied().map(option).collect()
    }
}

/// The item and the code behind a word of the address.
pub(super) fn line_of(word: &str) -> Option<(Item, &'static str)> {
    if let Some(item) = Item::parse(word).filter(|item| ITEMS.contains(item)) {
        return Some((item, ""));
    }
    let code = word.strip_prefix("group-")?;
    let group = classification::FUNCTIONAL_GROUPS.iter().find(|group| group.code == code)?;
    Some((Item::FunctionalGroup, group.code))
}

/// Lines with their names.
pub fn lines(locale: &Locale) -> Vec<(String, String)> {
    let items = ITEMS.iter().map(|item| (item.code().to_owned(), item_label(locale, *item)));
    let groups = classification::FUNCTIONAL_GROUPS
        .iter()
        .filter(|group| group.code != classification::REPAYMENT_GROUP)
        .map(|group| (format!("group-{}", group.code), item_name(locale, Item::FunctionalGroup, group.code)));
    items.chain(groups).collect()
}

fn item_label(locale: &Locale, item: Item) -> String {
    locale.name("budget-item", item.code()).into_owned()
}

/// Frequencies with their names; months and quarters only where there are reports.
pub fn frequencies(locale: &Locale, monthly: bool) -> Vec<(String, String)> {
    let all = [Frequency::Yearly, Frequency::Quarterly, Frequency::Monthly];
    let own = all.into_iter().filter(|frequency| monthly || *frequency == Frequency::Yearly);
    own.map(|own| (own.code().to_owned(), locale.name("frequency", own.code()).into_owned())).collect()
}

/// Levels with their names.
pub fn levels(locale: &Locale) -> Vec<(String, String)> {
    LEVELS.map(|level| (level.to_string(), locale.percent(&level.to_string()))).into()
}

/// Prices with their names.
pub(super) fn prices(locale: &Locale) -> Vec<(String, String)> {
    [Prices::Current, Prices::Constant]
        .map(|own| (own.code().to_owned(), locale.name("forecast-prices", own.code()).into_owned()))
        .into()
}

/// Steps ahead that the page offers.
const fn steps(frequency: Frequency) -> &'static [usize] {
    match frequency {
        Frequency::Yearly => &[1, 2, 3, 4, 5],
        Frequency::Quarterly => &[4, 8, 12],
        Frequency::Monthly => &[6, 12, 18, 24],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_leniently() {
        let check = |query: &str, line: &str, horizon: usize, levels: &[u8]| {
            let asked = LineAsked::read(&Form::parse(query.as_bytes()));
            assert_eq!((asked.line_word().as_str(), asked.horizon), (line, horizon), "{query}");
            assert_eq!(asked.levels, levels, "{query}");
        };
        check("", "revenue_total", 3, &[80, 95]);
        check("item=tax&horizon=9&levels=x", "tax", 3, &[80, 95]);
        check("item=group-04&frequency=monthly&levels=95&levels=50", "group-04", 12, &[50, 95]);
        check("item=group-99&frequency=quarterly&horizon=8", "revenue_total", 8, &[80, 95]);
    }
}
