//! Blocks by several threads: the same as by one, in order, in bounded memory, and no thread stays behind.

use std::{
    io::Read,
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use cognate_codec::{
    Limits,
    avro::container::{Codec, ContainerError, ContainerLimits, ParallelOptions, ParallelReader, Reader, Writer},
};

use super::{codecs, file, options, records};

fn jobs(count: usize) -> ParallelOptions {
    ParallelOptions::new(NonZeroUsize::new(count).unwrap())
}

/// Every record with the numbers of its block, and every error as its text; going on behind what is at fault.
type Seen = Vec<Result<(u64, u64, Vec<u8>), String>>;

fn sequential(bytes: &[u8], limits: ContainerLimits) -> Seen {
    let mut reader = Reader::with_limits(bytes, limits).unwrap();
    let mut seen = Vec::new();
    loop {
        let result = match reader.next_block() {
            Ok(None) => return seen,
            Ok(Some(block)) => block.values::<&[u8]>(Limits::default()).try_for_each(|value| {
                seen.push(Ok((block.index(), block.offset(), value?.to_vec())));
                Ok(())
            }),
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            let skipped = reader.recover().unwrap();
            seen.push(Err(format!("{error}; {skipped:?}")));
        }
    }
}

fn start<R: Read>(reader: R, limits: ContainerLimits, options: ParallelOptions) -> Parallel<R> {
    Reader::with_limits(reader, limits).unwrap().parallel(options, || {
        |block, outlet| {
            block
                .values::<&[u8]>(Limits::default())
                .try_for_each(|value| outlet.send((block.index(), block.offset(), value?.to_vec())))
        }
    })
}

type Parallel<R> = ParallelReader<R, (u64, u64, Vec<u8>)>;

fn parallel(bytes: &[u8], limits: ContainerLimits, options: ParallelOptions) -> Seen {
    let mut reader = start(bytes, limits, options);
    let mut seen = Vec::new();
    while let Some(result) = reader.next() {
        seen.push(match result {
            Ok(record) => Ok(record),
            Err(error) => {
                assert!(reader.next().is_none(), "nothing is given after an error");
                let skipped = reader.recover().unwrap();
                Err(format!("{error}; {skipped:?}"))
            }
        });
    }
    assert!(reader.next().is_none(), "the end stays the end");
    seen
}

#[track_caller]
fn same(bytes: &[u8], limits: ContainerLimits) -> Seen {
    let expected = sequential(bytes, limits);
    for options in [jobs(1), jobs(2), jobs(5), jobs(3).items_ahead(0), jobs(2).items_ahead(1)] {
        assert_eq!(parallel(bytes, limits, options), expected, "{options:?}");
    }
    expected
}

#[test]
fn every_codec_gives_the_same_in_the_same_order() {
    let records = records(3_000);
    for codec in codecs() {
        let seen = same(&file(codec, 200, &records), ContainerLimits::default());
        let read: Vec<_> = seen.into_iter().map(|record| record.unwrap().2).collect();
        assert_eq!(read, records, "{codec}");
    }
}

#[test]
fn a_file_without_blocks_has_no_items() {
    assert!(same(&file(Codec::Null, 200, &[]), ContainerLimits::default()).is_empty());
}

#[test]
fn every_damaged_byte_gives_the_same_records_and_errors() {
    for codec in codecs() {
        let bytes = file(codec, 60, &records(40));
        let header = usize::try_from(Reader::new(bytes.as_slice()).unwrap().header().size()).unwrap();
        for at in (header..bytes.len()).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let expected = sequential(&damaged, ContainerLimits::default());
            assert_eq!(parallel(&damaged, ContainerLimits::default(), jobs(3)), expected, "{codec}, byte {at}");
            let cut = &bytes[..at];
            let expected = sequential(cut, ContainerLimits::default());
            assert_eq!(parallel(cut, ContainerLimits::default(), jobs(3)), expected, "{codec}, cut at {at}");
        }
    }
}

#[test]
fn what_is_counted_over_all_blocks_is_counted_in_their_order() {
    // Eleven blocks of ten records that take no bytes. Read as bytes, those that are not over the limit are at fault too.
    let mut writer = Writer::new(Vec::new(), "\"null\"").unwrap();
    for _ in 0..11 {
        for _ in 0..10 {
            writer.append_encoded(b"").unwrap();
        }
        writer.flush_block().unwrap();
    }
    let bytes = writer.finish().unwrap();
    for allowed in [0, 9, 10, 35, 109, 110] {
        let limits = ContainerLimits::default().with_empty_records(allowed);
        let seen = same(&bytes, limits);
        let over = seen.iter().filter(|seen| seen.as_ref().is_err_and(|error| error.contains("with_empty_records")));
        assert_eq!(over.count() as u64, 11 - allowed / 10, "{allowed}");
    }
}

#[test]
fn blocks_over_a_limit_are_refused_alike() {
    let bytes = file(codecs().last().unwrap(), 500, &records(200));
    let seen = same(&bytes, ContainerLimits::default().with_block_size(100));
    assert!(seen.iter().any(|seen| seen.as_ref().is_err_and(|error| error.contains("with_block_size"))));
}

/// Counts the bytes that are asked for.
struct Counted<R>(R, Arc<AtomicUsize>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        // No more than a block at once, as from a pipe.
        let len = buffer.len().min(4096);
        let count = self.0.read(&mut buffer[..len])?;
        self.1.fetch_add(count, Ordering::Relaxed);
        Ok(count)
    }
}

#[test]
fn only_some_blocks_are_read_ahead_and_worked_on() {
    let record = vec![7; 60];
    let bytes = file(Codec::Null, 4_000, &vec![record; 20_000]);
    let read = Arc::new(AtomicUsize::new(0));
    let mut reader = start(Counted(bytes.as_slice(), Arc::clone(&read)), ContainerLimits::default(), jobs(2));
    reader.next().unwrap().unwrap();
    thread::sleep(Duration::from_millis(50));
    // Four blocks of 4,000 bytes, with what the stream reads ahead.
    assert!(
        read.load(Ordering::Relaxed) < 40_000,
        "{} of {} bytes are read",
        read.load(Ordering::Relaxed),
        bytes.len()
    );
    assert_eq!(reader.count(), 19_999);
}

#[test]
fn items_wait_to_be_taken() {
    let bytes = file(Codec::Null, 100_000, &vec![vec![1]; 50_000]);
    let made = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&made);
    let mut items = Reader::new(bytes.as_slice()).unwrap().parallel(jobs(2).items_ahead(10), move || {
        let counter = Arc::clone(&counter);
        move |block, outlet| {
            (0..block.count()).try_for_each(|record| {
                counter.fetch_add(1, Ordering::SeqCst);
                outlet.send(record)
            })
        }
    });
    assert_eq!(items.next().unwrap().unwrap(), 0);
    thread::sleep(Duration::from_millis(50));
    // Ten wait for each block, and one that is being handed out; the message that the block is there takes a place too.
    assert!(made.load(Ordering::SeqCst) <= 2 * 12, "{} items", made.load(Ordering::SeqCst));
    drop(items);
    let at_end = made.load(Ordering::SeqCst);
    thread::sleep(Duration::from_millis(20));
    assert_eq!(made.load(Ordering::SeqCst), at_end, "a thread is still at work");
}

#[test]
fn no_thread_stays_when_the_consumer_stops() {
    let bytes = file(Codec::Null, 100, &records(5_000));
    let alive = Arc::new(());
    for taken in [0, 1, 100] {
        let held = Arc::clone(&alive);
        let items = Reader::new(bytes.as_slice()).unwrap().parallel(jobs(4), move || {
            let held = Arc::clone(&held);
            move |block, outlet| {
                drop(Arc::clone(&held));
                (0..block.count()).try_for_each(|record| outlet.send(record))
            }
        });
        assert_eq!(items.take(taken).map(Result::unwrap).count(), taken);
        // The work is gone, and so are the threads, which held it.
        assert_eq!(Arc::strong_count(&alive), 1);
    }
}

#[test]
fn a_panic_of_the_work_reaches_the_consumer() {
    let bytes = file(Codec::Null, 100, &records(500));
    let items = Reader::new(bytes.as_slice()).unwrap().parallel(jobs(3), || {
        |block, outlet| {
            assert!(block.index() < 5, "block five");
            outlet.send(block.index())
        }
    });
    let mut seen = Vec::new();
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        items.for_each(|item| seen.push(item.unwrap()));
    }));
    assert_eq!(panic.unwrap_err().downcast_ref::<&str>(), Some(&"block five"));
    assert_eq!(seen, [0, 1, 2, 3, 4]);
}

#[test]
fn an_error_of_the_stream_can_be_passed() {
    /// Fails once, in the middle.
    struct Failing<'a>(&'a [u8], bool);
    impl Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0.len() < 3_000 && !self.1 {
                self.1 = true;
                return Err(std::io::Error::other("once"));
            }
            let len = buffer.len().min(500);
            self.0.read(&mut buffer[..len])
        }
    }
    let all = records(500);
    let bytes = file(Codec::Null, 100, &all);
    let mut reader = start(Failing(&bytes, false), ContainerLimits::default(), jobs(2));
    let mut read = Vec::new();
    let mut errors: Vec<ContainerError> = Vec::new();
    while let Some(item) = reader.next() {
        match item {
            Ok((_, _, record)) => read.push(record),
            Err(error) => {
                errors.push(error);
                assert_eq!(reader.recover().unwrap().bytes(), 0);
            }
        }
    }
    assert!(errors.len() == 1 && errors[0].is_io(), "{errors:?}");
    assert_eq!(read, all);
}

#[test]
fn threads_go_on_where_one_has_begun() {
    let all = records(300);
    let bytes = options(Codec::Null).block_size(100);
    let mut writer = bytes.create(Vec::new(), "\"bytes\"").unwrap();
    for record in &all {
        writer.append_encoded(&super::encoded(record)).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let mut reader = Reader::new(bytes.as_slice()).unwrap();
    let first = reader.next_block().unwrap().unwrap().count();
    let rest = reader.parallel(jobs(2), || |block, outlet| outlet.send((block.index(), block.count())));
    let rest: Vec<_> = rest.map(Result::unwrap).collect();
    assert_eq!(rest[0].0, 1);
    assert_eq!(first + rest.iter().map(|(_, count)| count).sum::<u64>(), 300);
}

#[test]
fn a_deep_stack_can_be_asked_for() {
    fn deep(levels: usize) -> usize {
        let room = std::hint::black_box([levels; 128]);
        if levels == 0 { 0 } else { deep(levels - 1) + room[levels % 128] / levels }
    }
    let bytes = file(Codec::Null, 100, &records(3));
    let items = Reader::new(bytes.as_slice())
        .unwrap()
        .parallel(jobs(2).stack_size(64 << 20), || |_, outlet| outlet.send(deep(std::hint::black_box(20_000))));
    let start = Instant::now();
    assert!(items.map(Result::unwrap).all(|levels| levels == 20_000));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn each_thread_has_work_of_its_own() {
    let bytes = file(Codec::Null, 100, &records(500));
    let mut threads = 0;
    let items = Reader::new(bytes.as_slice()).unwrap().parallel(jobs(3), move || {
        threads += 1;
        let (thread, mut blocks) = (threads, 0);
        move |block, outlet| {
            blocks += 1;
            outlet.send((block.index(), thread, blocks))
        }
    });
    let items: Vec<(u64, usize, u64)> = items.map(Result::unwrap).collect();
    assert!(items.iter().zip(0..).all(|(item, at)| item.0 == at), "in the order of the file");
    for thread in 1..=3 {
        // Each counts the blocks that it has had.
        let counts: Vec<u64> = items.iter().filter(|item| item.1 == thread).map(|item| item.2).collect();
        assert!(counts.iter().zip(1..).all(|(count, at)| *count == at), "{counts:?}");
    }
}
