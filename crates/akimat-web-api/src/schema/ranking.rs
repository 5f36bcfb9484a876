//! Shapes of rankings.

use super::{
    Shapes, array, described, flag, id, invented, kato, links, nullable, number, object, one_of, string,
    text, whole, year,
};
use akimat_app::criteria_set::ValueSource;
use akimat_ranking::ipf::Side;

pub(super) fn shapes() -> Shapes {
    let criterion = object([
        ("code", string()),
        ("title", text()),
        ("unit", text()),
        ("source", one_of(ValueSource::ALL.map(ValueSource::code))),
        ("side", one_of(Side::ALL.map(Side::code))),
        ("weight_e4", described(whole(), "Hundredths of a per cent; the weights sum to 10,000.")),
        (
            "points_e4",
            described(array(array(whole())), "Value function: value and worth, in ten-thousandths."),
        ),
    ]);
    let rank = object([("method", string()), ("rank", whole())]);
    let project = object([
        ("id", id()),
        ("number", string()),
        ("title", text()),
        (
            "rank",
            described(
                nullable(whole()),
                "Equal worth shares the better place; null when something is missing.",
            ),
        ),
        ("value_e4", described(nullable(whole()), "Worth in ten-thousandths: the sum of the contributions.")),
        ("low_e4", nullable(whole())),
        ("high_e4", nullable(whole())),
        ("contributions_e4", array(whole())),
        ("missing", described(array(string()), "Criteria under which nothing is known.")),
        ("quality", described(number(), "Quality of the data from 0 to 100.")),
        ("eligible", described(flag(), "A machine may recommend it.")),
        ("ranks", array(rank)),
        (
            "first_share",
            described(nullable(number()), "Share of the draws of any weights in which it is first."),
        ),
        ("in_kernel", nullable(flag())),
        ("sei", nullable(number())),
        ("fei", nullable(number())),
    ]);
    let ranking = object([
        ("place", kato()),
        ("year", year()),
        ("criteria_year", year()),
        ("criteria_version", whole()),
        ("approved_by", nullable(string())),
        ("invented", invented()),
        ("criteria", array(criterion)),
        ("projects", array(project)),
        ("draws", nullable(whole())),
        ("seed", whole()),
        ("links", links()),
    ]);
    vec![("Ranking", ranking)]
}
