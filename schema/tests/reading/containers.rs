//! Container files of one schema read with another.

use std::fmt::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;

use cognate_codec::Limits;
use cognate_codec::avro::container::{ContainerLimits, ParallelOptions, Writer, WriterOptions};
use cognate_schema::avro::resolve::{FaultKind, UnionOrder};
use cognate_schema::avro::{PlanCache, ReadOptions, create, open};

use super::schema;

/// A file of lists, in blocks of one to three.
fn file(lists: &[Vec<i32>]) -> Vec<u8> {
    let mut writer = create::<Vec<i32>, _>(Vec::new(), WriterOptions::new().block_size(8)).unwrap();
    for list in lists {
        writer.append(list).unwrap();
    }
    writer.finish().unwrap()
}

fn lists() -> Vec<Vec<i32>> {
    (0..100).map(|at| (0..at % 5).map(|item| item * 1000 - at).collect()).collect()
}

#[test]
fn the_file_s_own_type_needs_no_plan() {
    let file = file(&lists());
    let reader = open::<Vec<i32>, _>(file.as_slice()).unwrap();
    assert!(reader.plan().plan().is_identity());
    assert_eq!(reader.map(Result::unwrap).collect::<Vec<_>>(), lists());
}

#[test]
fn values_are_resolved_to_the_type() {
    let file = file(&lists());
    let expected: Vec<Vec<Option<f64>>> =
        lists().into_iter().map(|list| list.into_iter().map(|item| Some(f64::from(item))).collect()).collect();
    let reader = open::<Vec<Option<f64>>, _>(file.as_slice()).unwrap();
    assert!(!reader.plan().plan().is_identity());
    assert_eq!(reader.map(Result::unwrap).collect::<Vec<_>>(), expected);

    let parallel = open::<Vec<Option<f64>>, _>(file.as_slice()).unwrap();
    let parallel = parallel.parallel(ParallelOptions::new(NonZeroUsize::new(3).unwrap()));
    assert_eq!(parallel.map(Result::unwrap).collect::<Vec<_>>(), expected);
}

#[test]
fn text_is_borrowed_from_the_block() {
    let mut writer = create::<Option<String>, _>(Vec::new(), WriterOptions::new()).unwrap();
    writer.append(&Some("Oslo".to_owned())).unwrap();
    let file = writer.finish().unwrap();
    // The branches stand the other way round, and the text is bytes.
    let mut reader = open::<Option<&[u8]>, _>(file.as_slice()).unwrap();
    let block = reader.next_block().unwrap().unwrap();
    let data = block.block().data().as_ptr_range();
    let text = block.values::<Option<&[u8]>>().next().unwrap().unwrap().unwrap();
    assert!(text == b"Oslo" && data.contains(&text.as_ptr()));
}

#[test]
fn values_go_on_where_a_block_was_left() {
    let file = file(&lists());
    let mut reader = open::<Vec<i32>, _>(file.as_slice()).unwrap();
    let first = reader.next().unwrap().unwrap();
    let count = reader.reader().block().unwrap().count();
    assert_eq!((first, reader.by_ref().take(1).count()), (vec![], 1));
    // The rest of the block is left out when the next is asked for.
    let next = reader.next_block().unwrap().unwrap();
    let rest = next.block().count();
    let at = usize::try_from(count + rest).unwrap();
    assert_eq!(reader.next().unwrap().unwrap(), lists()[at]);
}

#[test]
fn all_faults_come_at_once() {
    let writer = r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": "string"}, {"name": "b", "type": ["int", "string"]}]}"#;
    let reader = schema(
        r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": "int"}, {"name": "b", "type": "int"}, {"name": "c", "type": "int"}]}"#,
    );
    let mut file = Writer::new(Vec::new(), writer).unwrap();
    file.append_encoded(b"\x02a\x00\x02").unwrap();
    let file = file.finish().unwrap();
    let error = ReadOptions::new().open_dynamic(file.as_slice(), Some(&reader)).unwrap_err();
    assert!(error.is_incompatible());
    let kinds: Vec<_> = error.faults().iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::TypeMismatch, FaultKind::TypeMismatch, FaultKind::ReaderFieldMissingDefaultValue]);
    assert_eq!(error.to_string().lines().count(), 4, "{error}");
}

#[test]
fn a_file_that_fits_in_part_is_read_as_far_as_it_does() {
    let mut writer = create::<Vec<Option<i32>>, _>(Vec::new(), WriterOptions::new()).unwrap();
    writer.append(&vec![Some(1)]).unwrap();
    writer.append(&vec![Some(2), None]).unwrap();
    let file = writer.finish().unwrap();
    assert_eq!(open::<Vec<i32>, _>(file.as_slice()).unwrap_err().faults().len(), 1);
    let mut reader = ReadOptions::new().partial().open::<Vec<i32>, _>(file.as_slice()).unwrap();
    assert_eq!(reader.next().unwrap().unwrap(), [1]);
    let error = reader.next().unwrap().unwrap_err();
    assert!(error.to_string().starts_with("block 0 at byte "), "{error}");
    assert!(error.to_string().contains("record 1: [1]: "), "{error}");
    assert!(reader.next().is_none());
}

#[test]
fn what_takes_no_bytes_is_counted_over_the_values_of_a_block() {
    let mut writer = create::<Vec<()>, _>(Vec::new(), WriterOptions::new()).unwrap();
    for _ in 0..10 {
        writer.append(&vec![(); 10]).unwrap();
    }
    let file = writer.finish().unwrap();
    let count = |allowed: u64| {
        let options = ReadOptions::new().limits(Limits::default().with_empty_items(allowed));
        options.open::<Vec<()>, _>(file.as_slice()).unwrap().flatten().count()
    };
    assert_eq!((count(100), count(95), count(9)), (10, 9, 0));
}

#[test]
fn errors_are_those_of_reading_by_one_thread() {
    let good = file(&lists());
    let header = open::<Vec<i32>, _>(good.as_slice()).unwrap().header().size();
    for at in (usize::try_from(header).unwrap()..good.len()).step_by(3) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x15;
        // By one thread, block by block; both go on behind what is at fault.
        let mut expected = Vec::new();
        let mut reader = open::<Vec<i64>, _>(bytes.as_slice()).unwrap();
        loop {
            match reader.next() {
                None => break,
                Some(Ok(list)) => expected.push(Ok(list)),
                Some(Err(error)) => expected.push(Err((error.to_string(), reader.recover().unwrap()))),
            }
        }
        let mut parallel = open::<Vec<i64>, _>(bytes.as_slice())
            .unwrap()
            .parallel(ParallelOptions::new(NonZeroUsize::new(2).unwrap()));
        let mut found = Vec::new();
        loop {
            match parallel.next() {
                None => break,
                Some(Ok(list)) => found.push(Ok(list)),
                Some(Err(error)) => found.push(Err((error.to_string(), parallel.recover().unwrap()))),
            }
        }
        assert_eq!(found, expected, "byte {at}");
    }
}

#[test]
fn dynamic_values_are_resolved_too() {
    let file = file(&lists());
    let reader = schema(r#"{"type": "array", "items": ["null", "double"]}"#);
    let options = ReadOptions::new();
    let mut by_block = options.open_dynamic(file.as_slice(), Some(&reader)).unwrap();
    let mut values = Vec::new();
    while let Some(block) = by_block.next_block().unwrap() {
        values.extend(block.dynamic_values().map(|value| value.unwrap().into_owned()));
    }
    let typed: Vec<_> = open::<Vec<Option<f64>>, _>(file.as_slice()).unwrap().map(Result::unwrap).collect();
    let program = by_block.plan().program();
    let encode = |value| {
        let mut bytes = Vec::new();
        program.encode_into(value, &mut bytes).unwrap();
        bytes
    };
    let encoded: Vec<_> = values.iter().map(encode).collect();
    let expected: Vec<_> = typed.iter().map(|value| cognate_codec::avro::to_vec(value).unwrap()).collect();
    assert_eq!(encoded, expected);

    let jobs = ParallelOptions::new(NonZeroUsize::new(2).unwrap());
    let parallel = options.open_dynamic(file.as_slice(), Some(&reader)).unwrap().parallel_dynamic(jobs);
    assert_eq!(parallel.map(Result::unwrap).collect::<Vec<_>>(), values);
    // Without a reader's schema they are as they were written.
    let own = options.open_dynamic(file.as_slice(), None).unwrap();
    assert!(own.plan().plan().is_identity());
    assert_eq!(own.parallel_dynamic(jobs).count(), 100);
}

#[test]
fn trailing_bytes_are_an_error_of_dynamic_values_too() {
    let mut writer = Writer::new(Vec::new(), r#""int""#).unwrap();
    writer.append_encoded(b"\x02\x04").unwrap();
    let file = writer.finish().unwrap();
    let mut reader = ReadOptions::new().open_dynamic(file.as_slice(), None).unwrap();
    let block = reader.next_block().unwrap().unwrap();
    let results: Vec<_> = block.dynamic_values().collect();
    assert_eq!(results.len(), 2);
    assert!(results[1].as_ref().unwrap_err().to_string().contains("1 bytes follow the end of the value"));
}

#[test]
fn files_of_one_writer_share_a_plan() {
    let (cache, file) = (PlanCache::new(), file(&lists()));
    let options = ReadOptions::new().cache(&cache);
    let first = options.open::<Vec<i64>, _>(file.as_slice()).unwrap();
    let second = options.open::<Vec<i64>, _>(file.as_slice()).unwrap();
    assert!(Arc::ptr_eq(first.plan(), second.plan()));
    let third = options.clone().union_order(UnionOrder::FirstMatch).open::<Vec<i64>, _>(file.as_slice()).unwrap();
    assert!(!Arc::ptr_eq(first.plan(), third.plan()));
    assert_eq!(cache.len(), 2);
}

#[test]
fn limits_of_the_container_hold() {
    let file = file(&lists());
    let options = ReadOptions::new().container_limits(ContainerLimits::default().with_block_size(4));
    let error = options.open::<Vec<i32>, _>(file.as_slice()).unwrap().find_map(Result::err).unwrap();
    assert!(error.is_limit(), "{error}");
    let error = open::<Vec<i32>, _>(&b"Obj\x02"[..]).unwrap_err();
    assert!(error.container_error().unwrap().is_not_container());
}

#[test]
fn a_header_deeper_than_the_stack_is_planned() {
    // A union of 20,000 records, each with a field of the one before: flat as a text, deep as a type.
    let mut text = String::from(r#"["null""#);
    for level in 0..20_000 {
        let of = if level == 0 { "null".to_owned() } else { format!("L{}", level - 1) };
        write!(text, r#",{{"type": "record", "name": "L{level}", "fields": [{{"name": "a", "type": "{of}"}}]}}"#)
            .unwrap();
    }
    text.push(']');
    let mut writer = Writer::new(Vec::new(), text).unwrap();
    writer.append_encoded(b"\x00").unwrap();
    let file = writer.finish().unwrap();
    let own = ReadOptions::new().open_dynamic(file.as_slice(), None).unwrap();
    assert_eq!(own.parallel_dynamic(ParallelOptions::available()).map(Result::unwrap).count(), 1);
    let error = open::<Option<i32>, _>(file.as_slice()).unwrap_err();
    assert_eq!(error.faults().len(), 20_000);
    let options = ReadOptions::new().partial().cache(&PlanCache::with_size(1 << 10));
    assert_eq!(options.open::<Option<i32>, _>(file.as_slice()).unwrap().next().unwrap().unwrap(), None);
}
