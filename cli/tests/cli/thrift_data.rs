use std::fs;

use crate::support::{Folder, shared_data};

const SHOP: &str = "
enum State { NEW = 1, PAID = 2 }
struct Order { 1: required i64 id, 2: optional State state, 3: list<string> tags, 4: map<i32, bool> flags }
struct Other { 1: i32 number }
";

/// Fields 1 to 4, and a field 9 that the schema does not have.
const ORDER: &str = "16 02 15 04 19 18 01 61 1b 01 51 0e 01 55 0a 00";
const ORDER_JSON: &str = r#"{"id":1,"state":"PAID","tags":["a"],"flags":[[7,true]],"@unknown":{"9":{"i32":5}}}"#;

fn shop() -> Folder {
    Folder::new().file("shop.thrift", SHOP).file("order.json", format!("{ORDER_JSON}\n"))
}

#[test]
fn structs_become_json_and_bytes_again() {
    let folder = shop();
    let json = folder.pipe("decode --schema shop.thrift --type Order --protocol compact --hex -", ORDER).clean_text();
    assert_eq!(json, format!("{ORDER_JSON}\n"));
    let hex = folder.run("encode --schema shop.thrift --type Order --protocol compact --hex order.json").clean_text();
    assert_eq!(hex, format!("{}\n", ORDER.replace(' ', "")));
    for framing in ["raw", "delimited", "framed"] {
        let flags = format!("--schema shop.thrift --type shop.Order --framing {framing}");
        let bytes = folder.pipe(&format!("encode {flags} -"), format!("{ORDER_JSON}\n{ORDER_JSON}\n")).clean();
        let json = folder.pipe(&format!("decode {flags} -"), bytes).clean_text();
        assert_eq!(json, format!("{ORDER_JSON}\n{ORDER_JSON}\n"), "{framing}, Binary unless it is said");
    }
    let first =
        folder.pipe("decode --schema shop.thrift --type Order --protocol compact --limit 1 --hex -", ORDER.repeat(2));
    assert_eq!(first.clean_text(), format!("{ORDER_JSON}\n"));
}

#[test]
fn thrift_has_a_json_of_its_own() {
    let folder = shop();
    let flags = "--schema shop.thrift --type Order --protocol compact --hex --json thrift -";
    let json = folder.pipe(&format!("decode {flags}"), ORDER).clean_text();
    let expected = concat!(
        r#"{"1":{"i64":1},"2":{"i32":2},"3":{"lst":["str",1,"a"]},"4":{"map":["i32","tf",1,{"7":1}]},"9":{"i32":5}}"#,
        "\n"
    );
    assert_eq!(json, expected);
    let hex = folder.pipe(&format!("encode {flags}"), json).clean_text();
    assert_eq!(hex, format!("{}\n", ORDER.replace(' ', "")));
    let raw = folder.pipe("decode --protocol compact --json thrift --hex -", ORDER);
    assert!(raw.fails(2).contains("--json thrift needs --schema"));
}

#[test]
fn data_without_a_schema_tells_its_kinds() {
    let json = Folder::new().pipe("decode --protocol compact --hex -", ORDER).clean_text();
    let expected = concat!(
        r#"{"1":{"i64":1},"2":{"i32":2},"3":{"list":["string",["a"]]},"4":{"map":["i32","bool",[[7,true]]]},"#,
        r#""9":{"i32":5}}"#,
        "\n"
    );
    assert_eq!(json, expected);
}

#[test]
fn faults_in_data_have_a_place() {
    let folder = shop();
    let decode = |hex: &str| {
        folder.pipe("decode --schema shop.thrift --type Order --protocol compact --hex -", hex).fails(1).to_owned()
    };
    assert_eq!(
        decode("16 02 15 04 39 f8 ff ff ff ff 07"),
        "error: <stdin>: value 0 at byte 0: 5: the input ends inside a value (2147483647 bytes needed, 0 left) (byte 11 of the input)\n"
    );
    assert_eq!(
        decode("16 02 00 25 02 00"),
        "error: <stdin>: value 1 at byte 3: the required field id is missing (byte 3 of the input)\n"
    );
    let json = folder.pipe("encode --schema shop.thrift --type Order --hex -", r#"{"id": 1, "state": "LOST"}"#);
    assert!(json.fails(1).contains("state: `LOST` is no value of the enum `shop.State`"), "{}", json.stderr);
}

#[test]
fn what_is_asked_for_has_to_fit_the_language() {
    let folder = shop();
    let usage = |line: &str| folder.pipe(line, "").fails(2).to_owned();
    assert!(
        usage("decode --schema shop.thrift -").contains("--type is needed to choose a struct; it has Order, Other")
    );
    assert!(usage("decode --schema shop.thrift --type State -").contains("`State` is no struct"));
    assert!(usage("decode --schema shop.thrift --type Odrer -").contains("no struct `Odrer`; it has Order, Other"));
    assert!(
        usage("decode --schema shop.thrift --type Order --framing ocf -")
            .contains("--framing raw, framed and delimited")
    );
    let both = "decode --schema shop.thrift --type Odrer --reader-schema shop.thrift --reader-type Order -";
    assert!(usage(both).contains("no struct `Odrer`"));
    assert!(usage("encode --schema shop.thrift --type Order --codec xz -").contains("container files"));
    folder.write("int.avsc", "\"int\"");
    assert!(usage("decode --schema int.avsc --protocol compact -").contains("--protocol is for Thrift data"));
}

#[test]
fn data_goes_back_to_its_bytes_without_a_schema() {
    // Every kind, ids that fall, and text that is not UTF-8: the vector that all implementations should agree on.
    let golden = "17000000000000f83ff209402101021b000509010d440000000000000000000000000000000100";
    let folder = Folder::new();
    for hex in [golden, "1802fffe00", &ORDER.replace(' ', "")] {
        let json = folder.pipe("decode --protocol compact --hex -", hex).clean_text();
        assert_eq!(folder.pipe("encode --protocol compact --hex -", json).clean_text(), format!("{hex}\n"));
    }
    let fault = folder.pipe("encode --protocol compact -", r#"{"1":{"i32":"x"}}"#);
    assert!(fault.fails(1).contains("1: i32 is expected here, not a string"), "{}", fault.stderr);
    folder.write(
        "golden.thrift",
        "struct G { 1: double d, 16: bool b, 32: list<bool> l, 33: map<string, i32> m, -5: i32 n, 34: uuid u }",
    );
    let flags = "--schema golden.thrift --negative-ids --protocol compact --hex -";
    let json = folder.pipe(&format!("decode {flags}"), golden).clean_text();
    let expected = r#"{"d":1.5,"b":false,"l":[true,false],"m":{},"n":-1,"u":"00000000-0000-0000-0000-000000000001"}"#;
    assert_eq!(json, format!("{expected}\n"));
    assert_eq!(folder.pipe(&format!("encode {flags}"), json).clean_text(), format!("{golden}\n"));
}

#[test]
fn the_schema_may_be_a_folder() {
    let folder = Folder::new().file("schemas/shop.thrift", SHOP).file("schemas/other.thrift", "struct Fourth {}");
    let json = folder.pipe("decode --schema schemas --type Order --protocol compact --hex -", ORDER).clean_text();
    assert_eq!(json, format!("{ORDER_JSON}\n"));
    let many = folder.pipe("decode --schema schemas -", "");
    assert!(
        many.fails(2).contains("--type is needed to choose a struct; it has Fourth, Order, Other"),
        "{}",
        many.stderr
    );
}

#[test]
fn another_protocol_is_told_of() {
    let folder = shop();
    let done = folder.pipe("decode --schema shop.thrift --type Order --hex -", ORDER);
    assert!(
        done.fails(1)
            .contains("22 is no type code of the protocol (byte 0 of the input); it is read in the Binary protocol"),
        "{}",
        done.stderr
    );
}

#[test]
fn large_values_take_the_memory_that_they_need() {
    let folder = Folder::new().file("flags.thrift", "struct Flags { 1: list<bool> flags }");
    let count = 2_000_000_u32;
    let bytes = [b"\x0f\0\x01\x02".as_slice(), &count.to_be_bytes(), &vec![1; 2_000_000], b"\0"].concat();
    let decode = "decode --schema flags.thrift --type Flags";
    let json = folder.pipe(&format!("{decode} -"), &bytes).clean_text();
    assert_eq!(json.matches("true").count(), 2_000_000);
    folder.write("flags.bin", &bytes);
    let refused = folder.run(&format!("{decode} --max-size 1000000 flags.bin"));
    assert!(refused.fails(1).contains("--max-size"), "{}", refused.stderr);
}

#[test]
fn samples_are_valid() {
    let folder = shop();
    let lines = folder.run("sample --schema shop.thrift --type Order --count 50 --seed 3").clean_text();
    assert_eq!(lines.lines().count(), 50);
    let bytes = folder.run("sample --schema shop.thrift --type Order --count 50 --seed 3 --protocol binary").clean();
    assert_eq!(folder.pipe("decode --schema shop.thrift --type Order -", bytes).clean_text(), lines);
    folder.write("endless.thrift", "struct Endless { 1: required Endless again }");
    let none = folder.run("sample --schema endless.thrift --type Endless");
    assert!(none.fails(1).contains("no values can be made: the least one of `Endless`"), "{}", none.stderr);
}

#[test]
fn footers_of_real_files_go_back_to_their_bytes() {
    let Some(data) = shared_data() else {
        eprintln!("skipped: the folder of real inputs is not here");
        return;
    };
    let folder = Folder::new();
    let schema = data.join("thrift/parquet.thrift").display().to_string();
    let mut seen = 0;
    for entry in fs::read_dir(data.join("parquet")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let end = bytes.len() - 8;
        assert_eq!(&bytes[end + 4..], b"PAR1");
        let length = u32::from_le_bytes(bytes[end..end + 4].try_into().unwrap()) as usize;
        let footer = &bytes[end - length..end];
        let typed = format!("--schema {schema} --type FileMetaData --protocol compact");
        for flags in [typed.clone(), format!("{typed} --json thrift"), "--protocol compact".to_owned()] {
            let json = folder.pipe(&format!("decode {flags} -"), footer).clean_text();
            assert_eq!(folder.pipe(&format!("encode {flags} -"), json).clean(), footer, "{flags}");
        }
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn a_name_that_several_files_of_a_folder_have_is_ambiguous() {
    let folder =
        Folder::new().file("all/a.thrift", "struct S { 1: i32 x }").file("all/b.thrift", "struct S { 1: string y }");
    let bytes = "0b00010000000161 00";
    let refused = folder.pipe("decode --schema all --type S --hex -", bytes);
    assert!(refused.fails(2).contains("`S` is in several files (all/a.thrift, all/b.thrift)"), "{}", refused.stderr);
    let chosen = folder.pipe("decode --schema all --type b.S --hex -", bytes);
    assert_eq!(chosen.clean_text(), "{\"y\":\"a\"}\n");
}

#[test]
fn long_names_have_room_in_tables() {
    let long = "a".repeat(70_000);
    let folder = Folder::new().file("long.thrift", format!("struct S {{ 1: i32 {long} }}"));
    let table = folder.run("resolve --writer long.thrift --reader long.thrift --type S").clean_text();
    assert!(table.contains(&long));
}
