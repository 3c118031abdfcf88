//! Every contender agrees with every other before anything is timed, and the hand-written bounds refuse what they must.

use cognate_bench::data::{Dataset, big::Big, log::Log, log::LogList, num::Num, small::Small};
use cognate_bench::hand::avro::{HandWritten, decode_borrowed, decode_owned};
use cognate_bench::hand::{Fault, protobuf as protobuf_by_hand};
use cognate_bench::{Task, avro, container, protobuf, thrift};

#[test]
fn avro_contenders_agree() {
    let tasks = avro::tasks();
    // Collecting the tasks verifies them; what is left to see is that none is missing.
    assert_contenders(&tasks, "big", 3, &["serde_avro_fast", "apache-avro", "hand-written"]);
    assert_contenders(&tasks, "log-list", 3, &["serde_avro_fast", "apache-avro", "hand-written"]);
    run_all(tasks);
}

#[test]
fn protobuf_contenders_agree() {
    let tasks = protobuf::suite().into_tasks();
    assert_contenders(&tasks, "log (protobuf)", 3, &["prost", "buffa", "hand-written"]);
    run_all(tasks);
}

#[test]
fn thrift_contenders_agree() {
    let tasks = thrift::tasks();
    for dataset in ["log", "log-list", "mixed"] {
        for protocol in ["binary", "compact"] {
            let dataset = format!("{dataset} ({protocol})");
            assert_contenders(&tasks, &dataset, 3, &["thrift", "thrift (generic)", "pilota", "clone of the value"]);
        }
    }
    for dataset in ["footer", "footer-wide"] {
        assert_contenders(&tasks, dataset, 4, &["thrift", "thrift (generic)", "pilota", "parquet"]);
    }
    run_all(tasks);
}

#[test]
fn container_contenders_agree() {
    let tasks = container::tasks::<Log>();
    assert_contenders(&tasks, "log", 8, &["serde_avro_fast", "apache-avro", "hand-written"]);
    run_all(tasks);
}

#[test]
fn every_truncated_datum_is_refused_by_hand() {
    truncated::<Small>();
    truncated::<Big>();
    truncated::<Num>();
    truncated::<Log>();
}

#[test]
fn trailing_bytes_are_refused_by_hand() {
    let mut datum = first::<Log>();
    datum.push(0);
    assert_eq!(decode_owned::<Log>(&datum), Err(Fault::Trailing));
}

#[test]
fn text_is_checked_by_hand_at_every_length() {
    for length in 1..80_u8 {
        for bad in 0..length {
            for tail in [0, 40] {
                let mut datum = zigzag_length(length);
                let text = datum.len();
                datum.extend(std::iter::repeat_n(b'a', usize::from(length)));
                assert!(decode_borrowed::<Small>(&datum).is_ok());
                datum[text + usize::from(bad)] = 0xff;
                // What follows decides whether the text can be looked at as a window.
                datum.extend(std::iter::repeat_n(0, tail));
                assert_eq!(decode_borrowed::<Small>(&datum), Err(Fault::Utf8), "length {length}, byte {bad}");
            }
        }
        let mut two_bytes = zigzag_length(length + 1);
        two_bytes.extend(std::iter::repeat_n(b'a', usize::from(length - 1)));
        two_bytes.extend("é".as_bytes());
        assert_eq!(decode_borrowed::<Small>(&two_bytes).map(|record| record.field.chars().last()), Ok(Some('é')));
    }
}

#[test]
fn numbers_out_of_range_are_refused_by_hand() {
    // The first field of a log is an int; of a reading, a boolean.
    let int = |varint: &[u8]| [varint, &first::<Log>()[2..]].concat();
    assert_eq!(decode_owned::<Log>(&int(&[0x80, 0x80, 0x80, 0x80, 0x10])), Err(Fault::Range), "2^31 does not fit");
    assert_eq!(decode_owned::<Log>(&int(&[0xff; 11])), Err(Fault::Varint), "eleven bytes");
    assert_eq!(
        decode_owned::<Log>(&int(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02])),
        Err(Fault::Varint),
        "65 bits"
    );
    let mut reading = first::<Num>();
    reading[0] = 2;
    assert_eq!(decode_owned::<Num>(&reading), Err(Fault::Range), "a boolean of 2");
    let mut reading = first::<Num>();
    let last = reading.len() - 1;
    reading[last] = 8;
    assert_eq!(decode_owned::<Num>(&reading), Err(Fault::Range), "the fifth of four symbols");
    assert_eq!(decode_borrowed::<Small>(&[1, b'a']), Err(Fault::Range), "a negative length");
    assert_eq!(decode_borrowed::<Small>(&[0xfe, 0xff, 0xff, 0xff, 0x0f]), Err(Fault::Truncated), "a length of 2^31");
}

#[test]
fn varints_by_hand_hold_at_their_boundaries() {
    let mut record = Num::records().swap_remove(0);
    let powers = (0..63).flat_map(|bit| [(1_i64 << bit) - 1, 1 << bit, -(1 << bit), -(1 << bit) - 1]);
    record.counts = powers.chain([i64::MAX, i64::MIN, 0]).collect();
    let mut datum = Vec::new();
    Num::write(&record, &mut datum);
    assert_eq!(decode_owned::<Num>(&datum), Ok(record));
}

#[test]
fn protobuf_by_hand_takes_fields_in_any_order() {
    let logs = LogList::records().swap_remove(0);
    let entry = &logs.entries[0];
    let mut one = Vec::new();
    protobuf_by_hand::encode(&cognate_bench::data::log::Logs { entries: vec![entry.clone()] }, &mut one);
    // Tag and length, then the address with its own tag and length; what follows is put before it, with an unknown field.
    let body = &one[2..];
    let (address, rest) = body.split_at(2 + usize::from(body[1]));
    let unknown = [15 << 3 | 2, 3, 1, 2, 3];
    let shuffled = [rest, &unknown, address].concat();
    let length = u8::try_from(shuffled.len()).expect("a short record");
    let message = [&[10, length], shuffled.as_slice()].concat();
    let decoded = protobuf_by_hand::decode::<String>(&message).expect("a message");
    assert_eq!(decoded.entries.as_slice(), std::slice::from_ref(entry));
    for end in 1..message.len() {
        assert!(protobuf_by_hand::decode::<String>(&message[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn protobuf_by_hand_widens_lengths() {
    let mut logs = LogList::records().swap_remove(0);
    logs.entries.truncate(3);
    logs.entries[1].request = "x".repeat(300);
    logs.entries[2].request = "x".repeat(20_000);
    logs.entries[2].address = cognate_bench::data::log::Address { x0: -1, x1: i32::MIN, x2: 0, x3: i32::MAX };
    let mut message = Vec::new();
    protobuf_by_hand::encode(&logs, &mut message);
    assert_eq!(protobuf_by_hand::decode::<String>(&message), Ok(logs));
}

fn truncated<D: HandWritten>() {
    for record in D::records().iter().take(50) {
        let mut datum = Vec::new();
        D::write(record, &mut datum);
        for end in 0..datum.len() {
            assert_eq!(decode_owned::<D>(&datum[..end]).err(), Some(Fault::Truncated), "{} cut at {end}", D::NAME);
        }
    }
}

fn first<D: HandWritten>() -> Vec<u8> {
    let mut datum = Vec::new();
    D::write(&D::records()[0], &mut datum);
    datum
}

fn zigzag_length(length: u8) -> Vec<u8> {
    let number = u16::from(length) << 1;
    let [low, high] = [number & 0x7f, number >> 7].map(|bits| u8::try_from(bits).expect("seven bits"));
    if high == 0 { vec![low] } else { vec![low | 0x80, high] }
}

fn assert_contenders(tasks: &[Task], dataset: &str, operations: usize, names: &[&str]) {
    let of = |task: &&Task| task.dataset == dataset;
    let mut found: Vec<_> = tasks.iter().filter(of).map(|task| task.operation).collect();
    found.dedup();
    assert_eq!(found.len(), operations, "{found:?}");
    for name in names {
        assert!(tasks.iter().filter(of).any(|task| task.contender == *name), "{name}");
    }
}

fn run_all(tasks: Vec<Task>) {
    for mut task in tasks {
        (task.run)();
    }
}
