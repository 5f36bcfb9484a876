//! Weights from judgements: pairs of criteria (AHP), or all against the best and the worst (BWM). The address is the
//! state; a button takes the weights over into the draft.

use super::find;
use akimat_app::AppError;
use akimat_app::criteria_set::{CriteriaDocument, WEIGHT_WHOLE};
use akimat_i18n::Locale;
use akimat_ranking::Fault;
use akimat_ranking::ahp::{Ahp, CONSISTENT, ahp, parse_judgement};
use akimat_ranking::bwm::{Bwm, Comparison, bwm};
use akimat_storage::criteria_set::{CriteriaSet, CriteriaState};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

/// Judgements of the scale, the strongest for the first criterion first.
const SCALE: [&str; 17] =
    ["9", "8", "7", "6", "5", "4", "3", "2", "1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9"];
/// Criteria that are compared pair by pair at most: beyond them nobody answers with care.
const PAIRED_MAX: usize = 12;

#[derive(Template)]
#[template(path = "admin/ranking/judge.html")]
struct JudgePage {
    page: Page,
    back: String,
    action: String,
    form: kit::Form,
    paired: bool,
    methods: Vec<(String, String)>,
    scale: Vec<(String, String)>,
    nine: Vec<(String, String)>,
    criteria: Vec<(String, String)>,
    pairs: Vec<(String, String)>,
    bests: Vec<(String, String)>,
    worsts: Vec<(String, String)>,
    failed: Vec<String>,
    told: Vec<String>,
    rows: Vec<[String; 4]>,
    ranged: bool,
    take: bool,
    hidden: Vec<(String, String)>,
    edit: u32,
}

/// What the judgements say.
enum Judged {
    Ahp(Ahp),
    Bwm(Box<Bwm>),
}

impl Judged {
    fn weights(&self) -> &[f64] {
        match self {
            Self::Ahp(found) => &found.weights,
            Self::Bwm(found) => &found.linear.weights,
        }
    }
}

/// The criteria of a set with what was asked about them.
struct Desk<'a> {
    locale: &'static Locale,
    document: &'a CriteriaDocument,
    asked: &'a Form,
}

impl Desk<'_> {
    fn n(&self) -> usize {
        self.document.criteria.len()
    }

    fn name(&self, at: usize) -> String {
        self.document.criteria[at].title.get(self.locale.lang()).to_owned()
    }

    fn names(&self) -> Vec<String> {
        (0..self.n()).map(|at| self.name(at)).collect()
    }

    fn paired(&self) -> bool {
        self.asked.get("method") != "bwm" && self.n() <= PAIRED_MAX
    }

    /// Something was answered.
    fn answered(&self) -> bool {
        !self.asked.get("method").is_empty()
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let pair = |first: usize, second: usize| {
            let (a, b) = (self.name(first), self.name(second));
            let args = [("first", a.as_str().into()), ("second", b.as_str().into())];
            (format!("a-{first}-{second}"), self.locale.f("judgement-pair", &args))
        };
        let n = self.n();
        (0..n)
            .flat_map(|first| (first + 1..n).map(move |second| (first, second)))
            .map(|(a, b)| pair(a, b))
            .collect()
    }

    fn against(&self, letter: &str, key: &str) -> Vec<(String, String)> {
        (0..self.n())
            .map(|at| {
                let args = [("name", self.name(at).into())];
                (format!("{letter}-{at}"), self.locale.f(key, &args))
            })
            .collect()
    }

    /// A judgement of a field; 1 where nothing was chosen.
    fn judgement(&self, field: &str) -> f64 {
        parse_judgement(self.asked.get(field)).filter(|value| (0.1..=9.0).contains(value)).unwrap_or(1.0)
    }

    fn place(&self, field: &str, otherwise: usize) -> usize {
        self.asked.get(field).parse().ok().filter(|at| *at < self.n()).unwrap_or(otherwise)
    }

    #[expect(clippy::needless_range_loop, reason = "a matrix and its mirror are filled together")]
    fn judged(&self) -> Result<Judged, Fault> {
        let (n, names) = (self.n(), self.names());
        if self.paired() {
            let mut matrix = vec![vec![1.0; n]; n];
            for first in 0..n {
                for second in first + 1..n {
                    let value = self.judgement(&format!("a-{first}-{second}"));
                    (matrix[first][second], matrix[second][first]) = (value, 1.0 / value);
                }
            }
            return ahp(&matrix, &names, None).map(Judged::Ahp);
        }
        let (best, worst) = (self.place("best", 0), self.place("worst", n.saturating_sub(1)));
        let mut best_to_others: Vec<f64> =
            (0..n).map(|at| self.judgement(&format!("b-{at}")).max(1.0)).collect();
        let mut others_to_worst: Vec<f64> =
            (0..n).map(|at| self.judgement(&format!("w-{at}")).max(1.0)).collect();
        if n > 0 {
            (best_to_others[best], others_to_worst[worst]) = (1.0, 1.0);
            // One comparison is asked twice: the first answer counts.
            others_to_worst[best] = best_to_others[worst];
        }
        bwm(&Comparison { names, best, worst, best_to_others, others_to_worst })
            .map(|found| Judged::Bwm(Box::new(found)))
    }

    fn ratio(&self, value: f64) -> String {
        self.locale.decimal(&format!("{value:.3}"))
    }

    /// How consistent the judgements are, and which one to look at again.
    fn told(&self, judged: &Judged) -> Vec<String> {
        match judged {
            Judged::Ahp(found) => {
                let mut told = Vec::new();
                if let Some(cr) = found.cr {
                    let key =
                        if cr <= CONSISTENT { "judgement-consistent" } else { "judgement-inconsistent" };
                    let limit = self.locale.decimal("0.1");
                    told.push(self.locale.f(key, &[("cr", self.ratio(cr).into()), ("limit", limit.into())]));
                }
                if let Some(blame) = &found.blame {
                    let args = [
                        ("first", self.name(blame.row).into()),
                        ("second", self.name(blame.column).into()),
                        ("said", self.ratio(blame.judgement).into()),
                        ("fits", self.ratio(blame.suggested).into()),
                        ("cr", self.ratio(blame.cr_after).into()),
                    ];
                    told.push(self.locale.f("judgement-blame", &args));
                }
                told
            }
            Judged::Bwm(found) => {
                let mut told =
                    vec![self.locale.f("judgement-bwm-ratio", &[("cr", self.ratio(found.input_cr).into())])];
                if let Some(at) = found.contradiction.filter(|_| found.input_cr > 0.0) {
                    told.push(self.locale.f("judgement-bwm-blame", &[("name", self.name(at).into())]));
                }
                told
            }
        }
    }

    fn rows(&self, judged: &Judged) -> Vec<[String; 4]> {
        let whole = whole(judged.weights());
        let percent = |e4: u32| self.locale.percent(&format!("{}.{:02}", e4 / 100, e4 % 100));
        let share = |share: f64| self.locale.percent(&format!("{:.2}", share * 100.0));
        (0..self.n())
            .map(|at| {
                let range = match judged {
                    Judged::Bwm(found) => {
                        let (low, high) = found.linear.range[at];
                        format!("{}–{}", share(low), share(high))
                    }
                    Judged::Ahp(_) => String::new(),
                };
                [self.name(at), percent(self.document.criteria[at].weight_e4), percent(whole[at]), range]
            })
            .collect()
    }
}

/// Shares as hundredths of a per cent that add up to the whole: the largest remainders are rounded up, ties by order.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares lie between 0 and 1")]
fn whole(shares: &[f64]) -> Vec<u32> {
    let exact: Vec<f64> =
        shares.iter().map(|share| share.clamp(0.0, 1.0) * f64::from(WEIGHT_WHOLE)).collect();
    let mut weights: Vec<u32> = exact.iter().map(|value| value.floor() as u32).collect();
    let missing = WEIGHT_WHOLE.saturating_sub(weights.iter().sum());
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        weights[at] += 1;
    }
    weights
}

fn fault(locale: &Locale, fault: &Fault) -> String {
    let facts = fault.facts();
    let args: Vec<_> = facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    locale.f(&format!("ranking-fault-{}", fault.code()), &args)
}

fn judge_page(visitor: &Visitor, set: &CriteriaSet, desk: &Desk<'_>) -> JudgePage {
    let locale = desk.locale;
    let paired = desk.paired();
    let numbers = |list: &[&str]| list.iter().map(|one| ((*one).to_owned(), (*one).to_owned())).collect();
    let method = if paired { "ahp" } else { "bwm" };
    let mut form =
        kit::Form::from_pairs(desk.asked.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())));
    form = form.with("method", method);
    let mut fields = if paired { desk.pairs() } else { Vec::new() };
    if !paired {
        fields.extend(desk.against("b", ""));
        fields.extend(desk.against("w", ""));
    }
    for (field, _) in fields.iter().filter(|(field, _)| desk.asked.get(field).is_empty()) {
        form = form.with(field, "1");
    }
    let mut page = JudgePage {
        page: frame::page(visitor, locale.t("judgement-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(set.invented),
        back: format!("/admin/criteria/set/{}", set.id),
        action: visitor.to(&format!("/admin/criteria/set/{}/judge", set.id)),
        paired,
        methods: ["ahp", "bwm"]
            .map(|code| (code.to_owned(), locale.name("judgement-method", code).into_owned()))
            .to_vec(),
        scale: numbers(&SCALE),
        nine: numbers(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        criteria: (0..desk.n()).map(|at| (at.to_string(), desk.name(at))).collect(),
        pairs: if paired { desk.pairs() } else { Vec::new() },
        bests: desk.against("b", "judgement-best-over"),
        worsts: desk.against("w", "judgement-over-worst"),
        failed: Vec::new(),
        told: Vec::new(),
        rows: Vec::new(),
        ranged: !paired,
        take: false,
        hidden: desk.asked.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        edit: set.edit,
        form,
    };
    if desk.answered() {
        match desk.judged() {
            Ok(judged) => {
                (page.told, page.rows) = (desk.told(&judged), desk.rows(&judged));
                page.take = set.state == CriteriaState::Draft;
            }
            Err(found) => page.failed.push(fault(locale, &found)),
        }
    }
    page
}

/// The questions, and what the answers say once there are any.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such set.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (set, document) = find(&state, &visitor, &id).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let desk = Desk { locale: visitor.locale(), document: &document, asked: &asked };
    frame::render(&judge_page(&visitor, &set, &desk))
}

/// Takes the weights over into the draft, with the judgements and their consistency as the basis of each weight.
///
/// # Errors
/// 403 outside the person's territory, 409 when the draft was changed or approved meanwhile.
pub async fn take(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let (set, document) = find(&state, &visitor, &id).await?;
    let desk = Desk { locale: visitor.locale(), document: &document, asked: &sent };
    let judged = desk.judged().map_err(|found| Failure::internal(format!("{found:?}")))?;
    let weights = whole(judged.weights());
    let mut changed = document.clone();
    for (criterion, weight) in changed.criteria.iter_mut().zip(weights) {
        criterion.weight_e4 = weight;
    }
    changed.source = basis(&document.source, &judged);
    let edit: u32 = sent.get("edit").parse().unwrap_or(0);
    match state.app.edit_criteria(visitor.actor(), (set.id, edit), changed).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/criteria/set/{}", set.id), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut page = judge_page(&visitor, &set, &desk);
            page.failed.extend(faults.iter().map(|one| frame::fault_text(visitor.locale(), one)));
            frame::render_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The act behind the set, with the method and its consistency ratio: signs that every language reads alike.
fn basis(source: &str, judged: &Judged) -> String {
    let before = source.split(" · AHP").next().unwrap_or_default().split(" · BWM").next().unwrap_or_default();
    match judged {
        Judged::Ahp(found) => {
            format!("{before} · AHP, CR = {:.3}", found.cr.unwrap_or_default())
        }
        Judged::Bwm(found) => format!("{before} · BWM, CR = {:.3}", found.input_cr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_to_the_whole() {
        assert_eq!(whole(&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]), [3_334, 3_333, 3_333]);
        assert_eq!(whole(&[0.5, 0.25, 0.25]), [5_000, 2_500, 2_500]);
        assert_eq!(whole(&[1.0]), [10_000]);
    }
}
