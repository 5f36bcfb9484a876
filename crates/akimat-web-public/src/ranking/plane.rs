//! The plane of two indices with its quarters: dots carry the place by worth, their colour the quarter.

use super::sheet::decimal;
use akimat_app::evaluation::Evaluated;
use akimat_i18n::Locale;
use akimat_ranking::ipf::Ipf;
use akimat_web_kit::kit::Markup;
use akimat_web_kit::kit::svg::{N, Writer};

/// Left and upper edge, and units a point of the index.
const LEFT: f64 = 34.0;
const TOP: f64 = 12.0;
const UNIT: f64 = 3.0;

fn x(index: f64) -> f64 {
    LEFT + UNIT * index
}

fn y(index: f64) -> f64 {
    TOP + UNIT * (100.0 - index)
}

/// The drawing; the table beside it says the same.
pub(super) fn plane(locale: &Locale, evaluated: &Evaluated, ipf: &Ipf) -> Markup {
    let mut writer = Writer::new();
    let title = locale.t("ranking-plane");
    writer.open(
        "svg",
        &[("class", &"rank-plane"), ("role", &"img"), ("viewBox", &"0 0 350 350"), ("aria-label", &title)],
    );
    writer.empty(
        "rect",
        &[
            ("class", &"track"),
            ("x", &N(LEFT)),
            ("y", &N(TOP)),
            ("width", &N(100.0 * UNIT)),
            ("height", &N(100.0 * UNIT)),
        ],
    );
    for at in [0.0, 50.0, 100.0] {
        let text = decimal(locale, at, 0);
        writer.leaf("text", &[("x", &N(LEFT - 6.0)), ("y", &N(y(at) + 4.0)), ("text-anchor", &"end")], &text);
        writer.leaf("text", &[("x", &N(x(at))), ("y", &N(y(0.0) + 15.0)), ("text-anchor", &"middle")], &text);
    }
    if let Some(cut) = ipf.fei_cut {
        line(&mut writer, (x(cut), y(0.0)), (x(cut), y(100.0)));
    }
    if let Some(cut) = ipf.sei_cut {
        line(&mut writer, (x(0.0), y(cut)), (x(100.0), y(cut)));
    }
    for (at, project) in evaluated.ranked().iter().enumerate() {
        let quadrant = ipf.quadrants.as_ref().map_or(0, |quadrants| quadrants[at] as usize);
        let (across, up) = (x(ipf.fei[at]), y(ipf.sei[at]));
        let class = format!("part p{}", quadrant + 1);
        writer.empty("circle", &[("class", &class), ("cx", &N(across)), ("cy", &N(up)), ("r", &5)]);
        let place = project.value.as_ref().map_or_else(String::new, |value| value.rank.to_string());
        writer.leaf("text", &[("x", &N(across + 6.0)), ("y", &N(up - 3.0))], &place);
    }
    writer.leaf(
        "text",
        &[("x", &N(x(50.0))), ("y", &N(y(0.0) + 32.0)), ("text-anchor", &"middle")],
        locale.t("ranking-fei"),
    );
    writer.leaf("text", &[("x", &N(LEFT)), ("y", &N(TOP - 2.0))], locale.t("ranking-sei"));
    writer.close("svg");
    writer.finish()
}

fn line(writer: &mut Writer, from: (f64, f64), to: (f64, f64)) {
    writer.empty(
        "line",
        &[
            ("x1", &N(from.0)),
            ("y1", &N(from.1)),
            ("x2", &N(to.0)),
            ("y2", &N(to.1)),
            ("stroke", &"currentColor"),
            ("stroke-dasharray", &"5 4"),
        ],
    );
}
