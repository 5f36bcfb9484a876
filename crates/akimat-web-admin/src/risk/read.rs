//! From a risk to the fields of its form and back, with every fault.

use akimat_app::risk::HeldRisk;
use akimat_core::{Money, MoneyUnit};
use akimat_delivery::risk::{ACTIONS_MAX, Action, Category, Ending, Rated, Response, Risk};
use akimat_i18n::Locale;
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;
use jiff::civil::Date;

/// The unit of amounts on the form.
const UNIT: MoneyUnit = MoneyUnit::MillionTenge;

/// The form of a stored risk.
pub(super) fn filled(held: &HeldRisk) -> kit::Form {
    let risk = &held.risk;
    let money = |money: Option<Money>| money.map_or_else(String::new, |money| money.to_decimal(UNIT, 0));
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let mut form = kit::Form::new()
        .with("version", held.section.version.to_string())
        .with("category", risk.category.code())
        .with("cause", risk.cause.clone())
        .with("event", risk.event.clone())
        .with("effect", risk.effect.clone())
        .with("cost_low", money(risk.cost_low))
        .with("cost_high", money(risk.cost_high))
        .with("owner", risk.owner.clone())
        .with("response", risk.response.code())
        .with("review_on", day(risk.review_on))
        .with("ending", risk.ending.map_or("", Ending::code))
        .with("ending_note", risk.ending_note.clone())
        .with("internal", risk.internal.clone());
    form = rated(form, "", Some(risk.rated));
    form = rated(form, "residual_", risk.residual);
    for (at, action) in risk.actions.iter().enumerate() {
        let n = at + 1;
        form = form
            .with(&format!("action_id_{n}"), action.id.clone())
            .with(&format!("action_what_{n}"), action.what.clone())
            .with(&format!("action_who_{n}"), action.who.clone())
            .with(&format!("action_due_{n}"), day(action.due_on))
            .with(&format!("action_done_{n}"), day(action.done_on));
    }
    form
}

fn rated(form: kit::Form, prefix: &str, rated: Option<Rated>) -> kit::Form {
    let Some(rated) = rated else { return form };
    form.with(&format!("{prefix}likelihood"), rated.likelihood.to_string())
        .with(&format!("{prefix}cost"), rated.cost.to_string())
        .with(&format!("{prefix}time"), rated.time.to_string())
        .with(&format!("{prefix}people"), rated.people.to_string())
}

/// Rows of actions that were sent.
pub(super) fn rows(sent: &Form) -> usize {
    (1..=ACTIONS_MAX).rev().find(|n| !sent.get(&format!("action_what_{n}")).is_empty()).unwrap_or(0)
}

struct Reader<'a> {
    locale: &'a Locale,
    sent: &'a Form,
    faults: Vec<(String, String)>,
}

impl Reader<'_> {
    fn fail(&mut self, field: &str, key: &str) {
        self.faults.push((field.to_owned(), self.locale.t(key).into_owned()));
    }

    fn date(&mut self, field: &str) -> Option<Date> {
        let text = self.sent.get(field);
        let date = text.parse().ok();
        if !text.is_empty() && date.is_none() {
            self.fail(field, "field-not-a-date");
        }
        date
    }

    fn money(&mut self, field: &str) -> Option<Money> {
        let text = self.sent.get(field);
        if text.is_empty() {
            return None;
        }
        let money = Money::parse(text, UNIT).ok();
        match money {
            None => self.fail(field, "field-not-an-amount"),
            Some(money) if money.tiyn() < 0 => self.fail(field, "field-negative"),
            Some(_) => {}
        }
        money
    }

    fn choice<T>(&mut self, field: &str, parse: fn(&str) -> Option<T>, otherwise: T) -> T {
        parse(self.sent.get(field)).unwrap_or_else(|| {
            self.fail(field, "field-choose-from-list");
            otherwise
        })
    }

    fn one_to_five(&mut self, field: &str) -> u8 {
        let number = self.sent.get(field).parse().ok().filter(|n| (1..=5).contains(n));
        number.unwrap_or_else(|| {
            self.fail(field, "field-choose-from-list");
            1
        })
    }

    fn rated(&mut self, prefix: &str) -> Rated {
        Rated {
            likelihood: self.one_to_five(&format!("{prefix}likelihood")),
            cost: self.one_to_five(&format!("{prefix}cost")),
            time: self.one_to_five(&format!("{prefix}time")),
            people: self.one_to_five(&format!("{prefix}people")),
        }
    }

    fn actions(&mut self) -> Vec<Action> {
        let mut actions: Vec<Action> = Vec::new();
        for n in 1..=ACTIONS_MAX {
            let text = |name: &str| self.sent.get(&format!("action_{name}_{n}")).to_owned();
            let (what, who, id) = (text("what"), text("who"), text("id"));
            let due_on = self.date(&format!("action_due_{n}"));
            let done_on = self.date(&format!("action_done_{n}"));
            if what.is_empty() {
                if !who.is_empty() || due_on.is_some() {
                    self.fail(&format!("action_what_{n}"), "field-required");
                }
                continue;
            }
            actions.push(Action { id, what, who, due_on, done_on });
        }
        name_new(&mut actions);
        actions
    }
}

/// A new action gets the first free number as its name, so that no two of one risk have the same.
fn name_new(actions: &mut [Action]) {
    for at in 0..actions.len() {
        let known =
            |id: &str, but: usize| actions.iter().enumerate().any(|(i, own)| i != but && own.id == id);
        let own = actions[at].id.clone();
        if own.is_empty() || own.chars().count() > 40 || known(&own, at) {
            let free = (1..=2 * ACTIONS_MAX).map(|n| format!("a{n}")).find(|id| !known(id, at));
            actions[at].id = free.unwrap_or_default();
        }
    }
}

/// The risk of a form, and what is wrong with its fields.
pub(super) fn risk(locale: &Locale, sent: &Form) -> (Risk, Vec<(String, String)>) {
    let mut reader = Reader { locale, sent, faults: Vec::new() };
    let residual = ["likelihood", "cost", "time", "people"]
        .iter()
        .any(|name| !sent.get(&format!("residual_{name}")).is_empty());
    let risk = Risk {
        category: reader.choice("category", Category::parse, Category::Technical),
        cause: sent.get("cause").to_owned(),
        event: sent.get("event").to_owned(),
        effect: sent.get("effect").to_owned(),
        rated: reader.rated(""),
        cost_low: reader.money("cost_low"),
        cost_high: reader.money("cost_high"),
        owner: sent.get("owner").to_owned(),
        response: reader.choice("response", Response::parse, Response::Accept),
        actions: reader.actions(),
        review_on: reader.date("review_on"),
        residual: residual.then(|| reader.rated("residual_")),
        ending: Ending::parse(sent.get("ending")),
        ending_note: sent.get("ending_note").to_owned(),
        internal: sent.get("internal").to_owned(),
    };
    (risk, reader.faults)
}
