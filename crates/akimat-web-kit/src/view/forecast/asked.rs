//! What the address of a forecast asks for.

use crate::form::Form;
use crate::kit;
use crate::view::figures::item_name;
use akimat_app::forecast::{
    Assumptions, Cleaning, HORIZON_DEFAULT, Inflation, LEVELS, LineQuestion, Prices, Share,
};
use akimat_budget::{Item, classification};
use akimat_core::{Frequency, KatoCode};
use akimat_i18n::Locale;

/// Levels that are shown when nobody chooses.
pub const LEVELS_SHOWN: [u8; 2] = [80, 95];
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
    /// What is done to the history.
    pub cleaning: Cleaning,
    /// What is assumed of the future.
    pub assumptions: Assumptions,
}

/// Tenths of a per cent of a text such as `8,5`.
fn tenths(text: &str) -> Option<u16> {
    let number: f64 = text.trim().trim_end_matches('%').trim_end().replace(',', ".").parse().ok()?;
    let tenths = (number * 10.0).round();
    (0.0..=1_000.0).contains(&tenths).then_some(())?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 0 to 1,000 just above"
    )]
    Some(tenths as u16)
}

/// The text of tenths, as [`tenths`] reads it.
fn tenths_text(tenths: u16) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
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
        let ticked = |name: &str| form.get(name) == "yes";
        let inflation = tenths(form.get("inflation")).map(|tenths_asked| Inflation {
            tenths: tenths_asked,
            range_tenths: tenths(form.get("inflation-range")).unwrap_or(0),
        });
        let share = tenths(form.get("share-now")).zip(tenths(form.get("share-then")));
        Self {
            item,
            code,
            frequency,
            horizon: horizon.unwrap_or(usual),
            prices: Prices::parse(form.get("prices")).unwrap_or_default(),
            levels,
            cleaning: Cleaning { outliers: ticked("outliers"), after_break: ticked("after-break") },
            assumptions: Assumptions {
                inflation,
                share: share.map(|(now_tenths, then_tenths)| Share { now_tenths, then_tenths }),
            },
        }
    }

    /// Anything beyond the usual is chosen.
    pub fn is_special(&self) -> bool {
        self.cleaning != Cleaning::default() || self.assumptions != Assumptions::default()
    }

    /// The question about a territory.
    pub fn question(&self, place: KatoCode) -> LineQuestion {
        LineQuestion {
            frequency: self.frequency,
            horizon: self.horizon,
            prices: self.prices,
            cleaning: self.cleaning,
            assumptions: self.assumptions,
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

    /// The form as it was asked.
    pub fn form(&self) -> kit::Form {
        let mut form = kit::Form::new()
            .with("item", self.line_word())
            .with("frequency", self.frequency.code())
            .with("horizon", self.horizon.to_string())
            .with("prices", self.prices.code());
        for level in &self.levels {
            form = form.with("levels", level.to_string());
        }
        for (name, value) in self.special() {
            form = form.with(name, value);
        }
        form
    }

    /// Fields that are not usual, as an address holds them.
    fn special(&self) -> Vec<(&'static str, String)> {
        let yes = |on: bool, name: &'static str| on.then(|| (name, "yes".to_owned()));
        let Assumptions { inflation, share } = self.assumptions;
        let fields = [
            yes(self.cleaning.outliers, "outliers"),
            yes(self.cleaning.after_break, "after-break"),
            inflation.map(|own| ("inflation", tenths_text(own.tenths))),
            inflation.map(|own| ("inflation-range", tenths_text(own.range_tenths))),
            share.map(|own| ("share-now", tenths_text(own.now_tenths))),
            share.map(|own| ("share-then", tenths_text(own.then_tenths))),
        ];
        fields.into_iter().flatten().collect()
    }

    /// The same as the API wants it.
    pub fn query(&self, place: KatoCode) -> String {
        let code = if self.code.is_empty() { String::new() } else { format!("&code={}", self.code) };
        let (item, frequency, prices) = (self.item.code(), self.frequency.code(), self.prices.code());
        let horizon = self.horizon;
        let special: String =
            self.special().into_iter().map(|(name, value)| format!("&{name}={value}")).collect();
        format!(
            "place={place}&item={item}{code}&frequency={frequency}&horizon={horizon}&prices={prices}{special}"
        )
    }

    /// Steps ahead with their names.
    pub fn horizons(&self, locale: &Locale) -> Vec<(String, String)> {
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
pub fn line_of(word: &str) -> Option<(Item, &'static str)> {
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
pub fn prices(locale: &Locale) -> Vec<(String, String)> {
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
