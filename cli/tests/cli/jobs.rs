//! `decode --jobs`: the same as by one thread, byte for byte.

use std::io::Read;
use std::process::Stdio;

use cognate_codec::avro::container::{Codec, WriterOptions};

use crate::support::{Done, Folder, USER};

/// Users in blocks of one to a few.
fn file(codec: Codec, users: usize) -> Vec<u8> {
    let options = WriterOptions::new().codec(codec).block_size(64).sync_marker(*b"0123456789abcdef");
    let mut writer = options.create(Vec::new(), USER).unwrap();
    for user in 0..users {
        let name = format!("user {user}{}", "é\"\\\n".repeat(user % 4));
        let (id, length) = (u8::try_from(user % 100).unwrap(), u8::try_from(name.len()).unwrap());
        let record = [&[id, length * 2], name.as_bytes(), b"\x02\x02x\x00"].concat();
        writer.append_encoded(&record).unwrap();
    }
    writer.finish().unwrap()
}

/// What the command does with one thread, which several do as well.
#[track_caller]
fn same(folder: &Folder, arguments: &str) -> Done {
    let one = folder.run(arguments);
    for jobs in [0, 1, 2, 5] {
        let several = folder.run(&format!("{arguments} --jobs {jobs}"));
        assert_eq!(several.status, one.status, "{arguments} --jobs {jobs}: {}", several.stderr);
        assert_eq!(several.stderr, one.stderr, "{arguments} --jobs {jobs}");
        assert_eq!(several.text(), one.text(), "{arguments} --jobs {jobs}");
    }
    one
}

#[test]
fn every_codec_prints_the_same() {
    let folder = Folder::new();
    for codec in Codec::ALL {
        folder.write("users.avro", file(codec, 500));
        let text = same(&folder, "decode users.avro").clean_text();
        assert_eq!(text.lines().count(), 500, "{codec}");
        same(&folder, "decode --json avro users.avro").clean();
    }
}

#[test]
fn limits_cut_the_same_lines() {
    let folder = Folder::new().file("users.avro", file(Codec::Deflate, 50));
    for limit in [0, 1, 2, 3, 17, 49, 50, 51] {
        let text = same(&folder, &format!("decode --limit {limit} users.avro")).clean_text();
        assert_eq!(text.lines().count(), limit.min(50));
    }
    // What comes behind the last value is not looked at.
    let mut bytes = file(Codec::Null, 50);
    let end = bytes.len();
    bytes[end - 40..].fill(0xee);
    folder.write("users.avro", &bytes);
    assert_eq!(same(&folder, "decode --limit 45 users.avro").clean_text().lines().count(), 45);
    same(&folder, "decode users.avro").fails(1);
}

#[test]
fn a_reader_s_schema_gives_the_same() {
    let reader = r#"{"type": "record", "name": "User", "fields": [{"name": "label", "type": "string", "aliases": ["name"]},
        {"name": "id", "type": "double"}, {"name": "since", "type": ["null", "int"], "default": null}]}"#;
    let folder = Folder::new().file("users.avro", file(Codec::Snappy, 200)).file("v2.avsc", reader);
    let text = same(&folder, "decode --reader-schema v2.avsc users.avro").clean_text();
    assert!(text.starts_with(r#"{"label":"user 0","id":0.0,"since":null}"#), "{text}");
    // Some values do not fit.
    folder.write("v3.avsc", r#"{"type": "record", "name": "User", "fields": [{"name": "name", "type": "int"}]}"#);
    same(&folder, "decode --reader-schema v3.avsc users.avro").fails(1);
}

#[test]
fn damaged_files_print_the_same_and_say_the_same() {
    let folder = Folder::new();
    for codec in [Codec::Null, Codec::Deflate] {
        let good = file(codec, 30);
        let header = good.windows(16).position(|window| window == b"0123456789abcdef").unwrap() + 16;
        let mut found = 0;
        for at in (header..good.len()).step_by(29) {
            let mut bytes = good.clone();
            bytes[at] ^= 0x91;
            folder.write("bad.avro", &bytes);
            let one = folder.run("decode bad.avro");
            let two = folder.run("decode --jobs 2 bad.avro");
            assert_eq!((two.status, &two.stderr, two.text()), (one.status, &one.stderr, one.text()), "{codec} {at}");
            let one = folder.run("decode --skip-corrupt bad.avro");
            let two = folder.run("decode --skip-corrupt --jobs 2 bad.avro");
            assert_eq!((two.status, &two.stderr, two.text()), (one.status, &one.stderr, one.text()), "{codec} {at}");
            found += one.status;
        }
        assert!(found > 10, "{found} damages are found");
        folder.write("cut.avro", &good[..good.len() - 20]);
        same(&folder, "decode cut.avro").fails(1);
        same(&folder, "decode --skip-corrupt cut.avro").fails(1);
    }
}

#[test]
fn standard_input_and_other_data_print_the_same() {
    let (folder, bytes) = (Folder::new().file("user.avsc", USER), file(Codec::Zstandard, 300));
    let one = folder.pipe("decode -", &bytes).clean();
    assert_eq!(folder.pipe("decode --jobs 3 -", &bytes).clean(), one);
    let hex: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(folder.pipe("decode --jobs 3 --hex -", hex.concat()).clean(), one);
    // What is no container file has no blocks.
    let raw = b"\x02\x06Ada\x00".repeat(5);
    let one = folder.pipe("decode --schema user.avsc -", &raw).clean();
    assert_eq!(folder.pipe("decode --jobs 2 --schema user.avsc -", &raw).clean(), one);
}

#[test]
fn large_blocks_come_in_pieces() {
    let mut writer = WriterOptions::new().block_size(4 << 20).create(Vec::new(), r#""string""#).unwrap();
    let record = [&[200, 1][..], &[b'x'; 100]].concat();
    for _ in 0..100_000 {
        writer.append_encoded(&record).unwrap();
    }
    let folder = Folder::new().file("large.avro", writer.finish().unwrap());
    assert_eq!(same(&folder, "decode large.avro").clean_text().lines().count(), 100_000);
    same(&folder, "decode --limit 60001 large.avro").clean();
}

#[test]
fn deep_values_have_the_stack_that_they_need() {
    let schema = r#"{"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}"#;
    let mut writer = WriterOptions::new().block_size(100).create(Vec::new(), schema).unwrap();
    for depth in [10, 4_900, 20] {
        writer.append_encoded(&[vec![2; depth], vec![0]].concat()).unwrap();
    }
    let folder = Folder::new().file("deep.avro", writer.finish().unwrap());
    assert_eq!(same(&folder, "decode --max-depth 10000 deep.avro").clean_text().lines().count(), 3);
    assert!(same(&folder, "decode deep.avro").fails(1).contains("--max-depth"));
}

#[test]
fn the_command_ends_when_its_reader_goes_away() {
    let folder = Folder::new().file("users.avro", file(Codec::Null, 20_000));
    let mut child = folder
        .command("decode --jobs 3 users.avro")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut start = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let done: Done = child.wait_with_output().unwrap().into();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
}

#[test]
fn numbers_of_threads_are_checked() {
    let folder = Folder::new().file("users.avro", file(Codec::Null, 2));
    for jobs in ["-1", "x", "257", ""] {
        let done: Done = folder.command("decode users.avro").arg(format!("--jobs={jobs}")).output().unwrap().into();
        assert_eq!(done.status, 2, "{}", done.stderr);
    }
}
