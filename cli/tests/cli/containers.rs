use std::fs;

use crate::support::{Folder, USERS, shared_data};

const CODECS: [&str; 6] = ["null", "deflate", "snappy", "zstandard", "bzip2", "xz"];

/// Where the second of two blocks starts.
fn second_block(bytes: &[u8]) -> usize {
    let sync = &bytes[bytes.len() - 16..];
    let ends: Vec<_> =
        bytes.windows(16).enumerate().filter(|(_, window)| *window == sync).map(|(at, _)| at + 16).collect();
    assert_eq!(ends.len(), 3, "header and two blocks");
    ends[1]
}

/// A file with the three users in each of two blocks.
fn two_blocks(folder: &Folder, codec: &str) -> Vec<u8> {
    let name = format!("{codec}.avro");
    folder.run(&format!("encode --schema user.avsc --codec {codec} --out {name} users.jsonl")).clean();
    folder.run(&format!("encode --append --out {name} users.jsonl")).clean();
    folder.read(&name)
}

#[test]
fn every_codec_goes_there_and_back() {
    let folder = Folder::with_users();
    for codec in CODECS {
        let bytes = two_blocks(&folder, codec);
        assert_eq!(folder.run(&format!("decode {codec}.avro")).clean_text(), USERS.repeat(2), "{codec}");
        assert_eq!(folder.pipe("decode -", &bytes).clean_text(), USERS.repeat(2), "{codec}");
        assert_eq!(folder.run(&format!("decode --limit 4 {codec}.avro")).clean_text().lines().count(), 4);
    }
}

/// A bit of the second block's data is flipped. Snappy, bzip2 and xz have checksums; without one the damage may hide in a
/// text, so that a place is chosen where it cannot.
#[test]
fn a_flipped_byte_is_found_with_its_place() {
    let folder = Folder::with_users();
    for codec in CODECS {
        let mut bytes = two_blocks(&folder, codec);
        let second = second_block(&bytes);
        // Behind the count and the size: for `null` the length of the first user's name.
        let at = second + if codec == "null" { 3 } else { 8 };
        bytes[at] ^= 0x81;
        folder.write("bad.avro", &bytes);
        let done = folder.run("decode bad.avro");
        let place = format!("error: bad.avro: block 1 at byte {second}: ");
        assert!(done.fails(1).starts_with(&place), "{codec}: {}", done.stderr);
        assert!(done.text().starts_with(USERS), "{codec}: what comes before is printed");
    }
}

#[test]
fn a_record_at_fault_is_named() {
    let folder = Folder::with_users();
    let mut bytes = two_blocks(&folder, "null");
    let second = second_block(&bytes);
    let name = bytes.windows(3).rposition(|window| window == b"Bj\xc3").unwrap();
    bytes[name] = 0xff;
    folder.write("bad.avro", &bytes);
    let done = folder.run("decode bad.avro");
    assert_eq!(
        done.fails(1),
        format!(
            "error: bad.avro: block 1 at byte {second}: record 1 (4 of the file): name: invalid UTF-8 (byte 8 of the \
             block's data)\n"
        )
    );
    assert_eq!(done.text().lines().count(), 4, "the records before are printed");
}

#[test]
fn skip_corrupt_goes_on_behind_the_damage() {
    let folder = Folder::with_users();
    for codec in CODECS {
        let mut bytes = two_blocks(&folder, codec);
        let second = second_block(&bytes);
        let header = bytes.len() - 2 * (bytes.len() - second);
        // The sync marker of the first block.
        bytes[second - 1] ^= 1;
        folder.write("bad.avro", &bytes);
        folder.run("decode bad.avro").fails(1);
        let done = folder.run("decode --skip-corrupt bad.avro");
        let message = done.fails(1);
        assert!(message.contains(&format!("block 0 at byte {header}: ")), "{codec}: {message}");
        assert!(message.contains(&format!("from {header} on")), "{codec}: {message}");
        assert_eq!(done.text(), "", "{codec}: the next sync marker is behind the second block");

        let mut bytes = two_blocks(&folder, codec);
        bytes[header] = 0x7f;
        folder.write("bad.avro", &bytes);
        let done = folder.run("decode --skip-corrupt bad.avro");
        assert_eq!(done.text(), USERS, "{codec}: {}", done.stderr);
        assert!(done.fails(1).contains(&format!("going on at byte {second}")), "{codec}: {}", done.stderr);
    }
}

#[test]
fn truncated_and_other_files_are_findings() {
    let folder = Folder::with_users();
    let bytes = two_blocks(&folder, "deflate");
    folder.write("cut.avro", &bytes[..bytes.len() - 3]);
    let done = folder.run("decode cut.avro");
    assert!(done.fails(1).contains("block 1 at byte") && done.stderr.contains("truncated"), "{}", done.stderr);
    assert_eq!(done.text(), USERS);
    folder.write("head.avro", &bytes[..40]);
    assert!(folder.run("decode head.avro").fails(1).contains("truncated"));
    folder.write("empty.avro", "");
    assert!(folder.run("decode empty.avro").fails(1).contains("there are no bytes"));
    folder.write("other.avro", "PK\x03\x04");
    assert!(folder.run("decode other.avro").fails(1).contains("no Avro container file"));
    assert!(folder.run("decode --framing ocf users.jsonl").fails(1).contains("no Avro container file"));
}

#[test]
fn the_header_is_printed_without_the_blocks() {
    let folder = Folder::with_users();
    let mut bytes = two_blocks(&folder, "snappy");
    let sync = bytes.len() - 16;
    let sync: String = bytes[sync..].iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let end = second_block(&bytes) - 20;
    bytes.truncate(end);
    folder.write("cut.avro", &bytes);
    let header = folder.run("decode --header cut.avro").clean_text();
    insta::assert_snapshot!(header.replace(&sync, "[sync marker]"));
    folder.run("decode --header users.jsonl").fails(2);
}

#[test]
fn a_schema_must_be_the_files_own() {
    let folder = Folder::with_users();
    two_blocks(&folder, "null");
    assert_eq!(folder.run("decode --schema user.avsc null.avro").clean_text(), USERS.repeat(2));
    folder.write("other.avsc", "\"long\"");
    assert!(folder.run("decode --schema other.avsc null.avro").fails(1).contains("is not the one of --schema"));
}

#[test]
fn a_schema_at_fault_in_the_header_is_drawn() {
    let folder = Folder::with_users();
    let bytes = two_blocks(&folder, "null");
    let at = bytes.windows(6).position(|window| window == b"\"long\"").unwrap();
    let mut bytes = bytes;
    bytes[at + 1] = b'x';
    folder.write("bad.avro", &bytes);
    let done = folder.run("decode bad.avro");
    assert!(done.fails(1).contains("error[avro/unknown-type]"), "{}", done.stderr);
    assert!(done.stderr.contains("bad.avro (avro.schema):1:"), "{}", done.stderr);
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let folder = Folder::new().file("bytes.avsc", "\"string\"");
    let text = format!("\"{}\"", "x".repeat(3 << 20));
    let encode = "encode --schema bytes.avsc --codec zstandard --out bomb.avro -";
    folder.pipe(encode, text).clean();
    assert!(folder.read("bomb.avro").len() < 10_000);
    let done = folder.run("decode --max-size 1M bomb.avro");
    assert!(done.fails(1).contains("help: --max-size"), "{}", done.stderr);
    assert_eq!(folder.run("decode bomb.avro").clean_text().len(), (3 << 20) + 3);
}

#[test]
fn the_files_of_the_java_project_decode() {
    let Some(data) = shared_data() else { return };
    let folder = Folder::new();
    for name in ["weather", "weather-snappy", "weather-deflate"] {
        let path = data.join("avro").join(name).with_extension("avro");
        let lines = folder.run(&format!("decode {}", path.display())).clean_text();
        insta::allow_duplicates! {
            insta::assert_snapshot!(lines, @r#"
            {"station":"011990-99999","time":-619524000000,"temp":0}
            {"station":"011990-99999","time":-619506000000,"temp":22}
            {"station":"011990-99999","time":-619484400000,"temp":-11}
            {"station":"012650-99999","time":-655531200000,"temp":111}
            {"station":"012650-99999","time":-655509600000,"temp":78}
            "#);
        }
    }
    let mut bytes = fs::read(data.join("avro/weather-snappy.avro")).unwrap();
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    folder.write("bad.avro", &bytes);
    assert!(folder.run("decode bad.avro").fails(1).contains("block 0 at byte"));
}
