use super::*;
use crate::shared;

fn keys(bytes: &[u8]) -> Vec<(Option<u32>, &'static str)> {
    decode_kato(bytes).unwrap_err().iter().map(|problem| (problem.row, problem.key())).collect()
}

#[test]
fn both_layouts_of_the_whole_country_say_the_same() {
    let Some(original) = shared::read("data/kato/KATO_17.10.2022_ru.csv") else { return };
    let Some(derived) = shared::read("data/kato/kato_units.csv") else { return };
    let mut original = decode_kato(&original).unwrap();
    let mut derived = decode_kato(&derived).unwrap();
    assert_eq!((original.len(), derived.len()), (16_264, 16_264));
    original.sort_by_key(|row| row.code);
    derived.sort_by_key(|row| row.code);
    let mut other_kinds = Vec::new();
    for (a, b) in original.iter().zip(&derived) {
        assert_eq!((a.code, a.parent, a.depth, &a.name), (b.code, b.parent, b.depth, &b.name));
        if a.kind != b.kind {
            other_kinds.push(a.code.to_string());
        }
    }
    // A village administration named as a village, and a town named as an administration.
    assert_eq!(other_kinds, ["631000200", "634820000"]);
    let depths = (1..=5).map(|depth| original.iter().filter(|row| row.depth == depth).count());
    assert_eq!(depths.collect::<Vec<usize>>(), [20, 220, 2_404, 6_285, 7_335]);
    let capitals: Vec<&KatoRow> = derived.iter().filter(|row| row.kind == PlaceKind::Capital).collect();
    assert_eq!((capitals.len(), capitals[0].name.ru.as_str()), (1, "г.Астана"));
}

#[test]
fn the_official_columns_give_names_in_two_languages() {
    let text = "te;ab;cd;ef;hij;k;name_kaz;name_rus;nn\n\
                610000000;61;00;00;000;0;Түркістан облысы;Туркестанская область;\n\
                611600000;61;16;00;000;0;Кентау Қ.Ә.;Кентау Г.А.;\n";
    let rows = decode_kato(text.as_bytes()).unwrap();
    assert_eq!(rows[0].name.kk, "Түркістан облысы");
    assert_eq!((rows[1].parent, rows[1].kind), (Some(rows[0].code), PlaceKind::CityAdministration));
}

#[test]
fn every_row_against_the_parent_rule_is_named() {
    let text = "code,parent_code,kind,name_ru\n100000000,,oblast,область Абай\n\
                101000000,,district,район\n101010000,100000000,city,г.Семей\nx,,city,г.\n\
                101010000,101000000,city,\n101010001,101010000,town,г.\n";
    assert_eq!(
        keys(text.as_bytes()),
        [
            (Some(5), "problem-not-kato"),
            (Some(6), "problem-missing"),
            (Some(7), "problem-unknown-value"),
            (Some(3), "problem-parent-wrong"),
            (Some(4), "problem-parent-wrong"),
        ]
    );
    assert_eq!(keys(b"id;parent_id;code;name\n1;7;100000000;a\n"), [(Some(2), "problem-unknown-value")]);
    assert_eq!(
        keys(b"id;parent_id;code;name\n1;0;100000000;a\n2;0;100000000;b\n"),
        [(Some(3), "problem-repeated")]
    );
    assert_eq!(keys(b"a;b\n1;2\n"), [(None, "problem-unknown-format")]);
    assert_eq!(keys(b"id;parent_id;code;name\n"), [(None, "problem-no-records")]);
}
