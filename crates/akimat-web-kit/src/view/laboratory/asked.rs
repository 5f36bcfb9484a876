//! What the address of the laboratory asks for.

use crate::form::Form;
use crate::kit;
use crate::view::forecast::LineAsked;
use akimat_app::forecast::LineQuestion;
use akimat_app::forecast::laboratory::{LaboratoryQuestion, Source};
use akimat_core::KatoCode;
use akimat_forecast::laboratory::{AUTOMATIC, choices};
use akimat_i18n::Locale;

/// Numbers of origins that the page offers.
pub const ORIGINS: [usize; 6] = [4, 6, 8, 12, 24, 36];
/// Steps ahead that the page offers.
pub const HORIZONS: [usize; 7] = [1, 2, 3, 4, 6, 12, 24];
/// Models that are compared when nobody chooses.
const MODELS: [&str; 6] = [AUTOMATIC, "naive", "ets", "theta", "arima", "neural"];

/// The question as far as it can be read, with the form as it was written.
#[derive(Clone, Debug)]
pub struct LaboratoryAsked {
    /// What was written, with what is wrong.
    pub form: kit::Form,
    /// Code or name of a territory.
    pub place: String,
    /// A series of one's own as text.
    pub own: String,
    /// The reader wants an answer now.
    pub computes: bool,
    line: LineAsked,
    models: Vec<String>,
    n_origins: usize,
    horizon: usize,
}

impl LaboratoryAsked {
    /// Reads an address leniently.
    pub fn read(form: &Form) -> Self {
        let short = |name: &str| form.get(name).chars().take(200).collect::<String>();
        let line = LineAsked::read(form);
        let offered = choices();
        let known = |code: &str| offered.contains(&code);
        let mut models: Vec<String> =
            form.all("models").filter(|code| known(code)).map(str::to_owned).collect();
        if models.is_empty() {
            models = MODELS.into_iter().filter(|code| known(code)).map(str::to_owned).collect();
        }
        let number = |name: &str, offered: &[usize], usual: usize| {
            form.get(name).parse().ok().filter(|n| offered.contains(n)).unwrap_or(usual)
        };
        let (n_origins, horizon) = (number("origins", &ORIGINS, 8), number("horizon", &HORIZONS, 1));
        let own = form.raw("text").to_owned();
        let mut shown = kit::Form::new()
            .with("place", short("place"))
            .with("item", line.line_word())
            .with("frequency", line.frequency.code())
            .with("text", own.as_str())
            .with("origins", n_origins.to_string())
            .with("horizon", horizon.to_string());
        for model in &models {
            shown = shown.with("models", model.as_str());
        }
        for level in &line.levels {
            shown = shown.with("levels", level.to_string());
        }
        let computes = !form.get("go").is_empty();
        Self { form: shown, place: short("place"), own, computes, line, models, n_origins, horizon }
    }

    /// Takes numbers that the page does not offer; the room knows the bounds.
    pub fn count(&mut self, origins: Option<usize>, horizon: Option<usize>) {
        self.n_origins = origins.unwrap_or(self.n_origins);
        self.horizon = horizon.unwrap_or(self.horizon);
    }

    /// The stored line of a territory.
    pub fn line(&self, place: KatoCode) -> LineQuestion {
        self.line.question(place)
    }

    /// The name of the line.
    pub fn line_name(&self, locale: &Locale) -> String {
        self.line.line_name(locale)
    }

    /// The question to a source.
    pub fn question(&self, source: Source) -> LaboratoryQuestion {
        LaboratoryQuestion {
            source,
            models: self.models.clone(),
            n_origins: self.n_origins,
            horizon: self.horizon,
            levels: self.line.levels.clone(),
        }
    }

    /// The address of the same question about another territory.
    pub fn with_place(&self, code: KatoCode) -> String {
        format!("/analysis/laboratory?{}", self.query(&code.to_string()))
    }

    /// The address of the answer as JSON.
    pub fn api(&self) -> String {
        format!("/api/v1/laboratory?{}", self.query(&self.place))
    }

    fn query(&self, place: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.own.trim().is_empty() {
            query.append_pair("place", place).append_pair("item", &self.line.line_word());
            query.append_pair("frequency", self.line.frequency.code());
        } else {
            query.append_pair("text", &self.own);
        }
        for model in &self.models {
            query.append_pair("models", model);
        }
        for level in &self.line.levels {
            query.append_pair("levels", &level.to_string());
        }
        query.append_pair("origins", &self.n_origins.to_string());
        query.append_pair("horizon", &self.horizon.to_string()).append_pair("go", "1").finish()
    }
}

/// Models with their names, the automatic one first.
pub fn models(locale: &Locale) -> Vec<(String, String)> {
    choices()
        .into_iter()
        .map(|code| (code.to_owned(), locale.name("forecast-model", code).into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_can_be_asked_again() {
        let check = |query: &str, api: &str| {
            let asked = LaboratoryAsked::read(&Form::parse(query.as_bytes()));
            assert_eq!(asked.api(), format!("/api/v1/laboratory?{api}"), "{query}");
        };
        check(
            "place=990100000&item=tax&models=naive&models=x&origins=5&horizon=3&levels=80",
            "place=990100000&item=tax&frequency=yearly&models=naive&levels=80&origins=8&horizon=3&go=1",
        );
        check(
            "text=2020+1&models=holt&levels=50&origins=12",
            "text=2020+1&models=holt&levels=50&origins=12&horizon=1&go=1",
        );
    }
}
