//! What reading costs in memory and time: a long file in constant memory, and bombs that go off in neither.
//!
//! One test alone in its process, because the peak is the process's.

#![cfg(feature = "std")]

use std::{
    fs,
    io::Read,
    num::NonZeroUsize,
    thread,
    time::{Duration, Instant},
};

use cognate_codec::avro::container::{Codec, ParallelOptions, Reader, WriterOptions};

/// Sets the peak back to what is in use; `false` where the system does not tell peaks.
fn reset_peak() -> bool {
    fs::write("/proc/self/clear_refs", "5").is_ok()
}

/// The most memory that the process had at once since the reset, in bytes.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib << 10)
}

/// The start of a file, and then one of its blocks again and again.
struct Repeated {
    start: Vec<u8>,
    block: Vec<u8>,
    at: usize,
    times: usize,
}

impl Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.start.len() && self.times > 0 {
            self.times -= 1;
            std::mem::swap(&mut self.start, &mut self.block);
            if self.times > 0 {
                self.block.clone_from(&self.start);
            }
            self.at = 0;
        }
        let taken = (&self.start[self.at..]).read(buffer)?;
        self.at += taken;
        Ok(taken)
    }
}

/// A gigabyte of records in blocks of 64 KiB.
fn long_file(codec: Codec) -> (Repeated, u64) {
    const TIMES: usize = 16 << 10;
    let mut writer = WriterOptions::new().codec(codec).create(Vec::new(), "").unwrap();
    let start = writer.inner().clone();
    let mut at = 0_u32;
    while writer.blocks() == 0 {
        at += 1;
        writer.append_encoded(format!("{at:<32}{:<32}", at % 100).as_bytes()).unwrap();
    }
    let records = writer.records() * u64::try_from(TIMES).unwrap();
    let block = writer.finish().unwrap()[start.len()..].to_vec();
    (Repeated { start, block, at: 0, times: TIMES }, records)
}

fn bomb(codec: Codec) -> Vec<u8> {
    let mut writer = WriterOptions::new().codec(codec).block_size(usize::MAX).create(Vec::new(), "").unwrap();
    writer.append_encoded(&vec![0; 64 << 20]).unwrap();
    writer.finish().unwrap()
}

#[test]
fn peaks() {
    for codec in [Codec::Null, Codec::Deflate, Codec::Snappy, Codec::Zstandard] {
        if !codec.is_available() {
            continue;
        }
        let (file, records) = long_file(codec);
        let reset = reset_peak();
        let mut reader = Reader::new(file).unwrap();
        let (mut count, mut bytes) = (0, 0);
        while let Some(block) = reader.next_block().unwrap() {
            count += block.count();
            bytes += block.data().len();
        }
        assert_eq!(count, records);
        assert_eq!(bytes, 1 << 30);
        if let Some(peak) = peak().filter(|_| reset) {
            assert!(peak <= 32 << 20, "{codec}: {peak} bytes at the peak");
        }
    }
    by_several_threads();
    for codec in Codec::ALL.into_iter().filter(|&codec| codec != Codec::Null && codec.is_available()) {
        let bomb = bomb(codec);
        let reset = reset_peak();
        let start = Instant::now();
        let error = Reader::new(bomb.as_slice()).unwrap().next_block().unwrap_err();
        let elapsed = start.elapsed();
        assert!(error.is_limit(), "{codec}: {error}");
        let peak = peak().filter(|_| reset);
        println!("{codec}: {} bytes, {elapsed:?}, {peak:?}", bomb.len());
        if let Some(peak) = peak {
            assert!(peak <= 64 << 20, "{codec}: {peak} bytes at the peak");
        }
        // Far more than the 20 to 60 milliseconds that it takes: the machine may be busy.
        assert!(elapsed < Duration::from_secs(2), "{codec}: {elapsed:?}");
    }
}

/// A consumer that is slower than the threads: they wait for it, with few blocks and few items in memory.
fn by_several_threads() {
    const ITEM: usize = 16 << 10;
    let (file, records) = long_file(Codec::Null);
    let reset = reset_peak();
    let options = ParallelOptions::new(NonZeroUsize::new(4).unwrap()).items_ahead(8);
    // Each block becomes five items, four times its size.
    let items = Reader::new(file).unwrap().parallel(options, || {
        |block, outlet| {
            (0..4).try_for_each(|_| outlet.send((0, vec![1_u8; 4 * ITEM])))?;
            outlet.send((block.count(), Vec::new()))
        }
    });
    let mut count = 0;
    for (at, item) in items.enumerate() {
        count += item.unwrap().0;
        if at % 5_000 == 0 {
            thread::sleep(Duration::from_millis(5));
        }
    }
    assert_eq!(count, records);
    if let Some(peak) = peak().filter(|_| reset) {
        assert!(peak <= 32 << 20, "{peak} bytes at the peak of several threads");
    }
}
