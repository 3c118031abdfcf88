//! Going on behind a block at fault.

use std::io::Read;

use cognate_codec::avro::container::{Codec, ContainerError, Reader, SliceReader};

use super::{SYNC, codecs, decoded, file, options, records};

/// Where each block starts, and the end.
fn borders(file: &[u8]) -> Vec<usize> {
    let mut reader = SliceReader::new(file).unwrap();
    let mut borders = vec![usize::try_from(reader.position()).unwrap()];
    while reader.next_raw_block().unwrap().is_some() {
        borders.push(usize::try_from(reader.position()).unwrap());
    }
    borders
}

struct Recovered {
    records: Vec<Vec<u8>>,
    errors: Vec<ContainerError>,
    skipped: Vec<(std::ops::Range<u64>, bool)>,
}

fn read_on(reader: impl Read) -> Recovered {
    let mut reader = Reader::new(reader).unwrap();
    let mut all = Recovered { records: Vec::new(), errors: Vec::new(), skipped: Vec::new() };
    loop {
        match reader.next_block() {
            Ok(None) => return all,
            Ok(Some(block)) => match decoded(block.data(), block.count()) {
                Ok(records) => all.records.extend(records),
                Err(error) => {
                    all.errors.push(block.record_error(0, error));
                    let skipped = reader.recover().unwrap();
                    all.skipped.push((skipped.range(), skipped.at_end()));
                }
            },
            Err(error) => {
                all.errors.push(error);
                let stopped = reader.next_block().unwrap_err();
                assert!(stopped.is_stopped(), "{stopped}");
                assert_eq!(stopped.block(), all.errors.last().unwrap().block());
                let skipped = reader.recover().unwrap();
                assert_eq!(skipped.bytes(), skipped.range().end - skipped.range().start);
                all.skipped.push((skipped.range(), skipped.at_end()));
            }
        }
    }
}

fn range(from: usize, to: usize) -> std::ops::Range<u64> {
    u64::try_from(from).unwrap()..u64::try_from(to).unwrap()
}

/// All but the records of one block, in a file with one record a block.
fn without(records: &[Vec<u8>], block: usize) -> Vec<Vec<u8>> {
    [&records[..block], &records[block + 1..]].concat()
}

#[test]
fn every_byte_of_a_block_damaged() {
    for codec in codecs() {
        let records = records(12);
        let file = file(codec, 0, &records);
        let borders = borders(&file);
        assert_eq!(borders.len(), 13);
        let (start, end) = (borders[7], borders[8]);
        // The data of the null codec may change unnoticed; its frame may not.
        for at in start..end {
            let mut damaged = file.clone();
            damaged[at] ^= 0x55;
            if codec == Codec::Null && at > start + 1 && at < end - 16 {
                continue;
            }
            let all = read_on(damaged.as_slice());
            if all.errors.is_empty() && matches!(codec, Codec::Deflate | Codec::Zstandard) {
                continue;
            }
            assert_eq!(all.errors.len(), 1, "{codec} {at}");
            assert_eq!(all.errors[0].block(), Some(7), "{codec} {at}");
            assert_eq!(all.errors[0].offset(), u64::try_from(start).ok());
            if at < end - 16 {
                assert_eq!(all.records, without(&records, 7), "{codec} {at}: {}", all.errors[0]);
                assert_eq!(all.skipped, [(range(start, end), false)], "{codec} {at}");
            } else {
                // Without its sync marker the block takes the next one along.
                assert_eq!(all.records, [&records[..7], &records[9..]].concat(), "{codec} {at}");
                assert_eq!(all.skipped, [(range(start, borders[9]), false)], "{codec} {at}");
            }
        }
    }
}

#[test]
fn bytes_lost_or_put_in() {
    let records = records(12);
    for codec in codecs() {
        let file = file(codec, 0, &records);
        let borders = borders(&file);
        let lost = [&file[..borders[5] + 3], &file[borders[5] + 6..]].concat();
        let all = read_on(lost.as_slice());
        assert_eq!(all.records, without(&records, 5), "{codec}");
        assert_eq!(all.skipped, [(range(borders[5], borders[6] - 3), false)]);

        let put_in = [&file[..borders[5]], &vec![0xff; 100_000], &file[borders[5]..]].concat();
        let all = read_on(put_in.as_slice());
        assert_eq!(all.records, without(&records, 5), "{codec}: the block after the bytes put in is lost with them");
        assert_eq!(all.skipped, [(range(borders[5], borders[6] + 100_000), false)]);
    }
}

/// The marker lies across every border that a stream in pieces can have.
#[test]
fn markers_across_buffer_borders() {
    struct Pieces<'a>(&'a [u8], usize);
    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let len = self.1.min(buffer.len());
            (&mut self.0).take(u64::try_from(len).unwrap()).read(buffer)
        }
    }
    let records = records(4);
    let file = file(Codec::Null, 0, &records);
    let border = borders(&file)[1];
    for garbage in 0..40 {
        let damaged = [&file[..border], &vec![0xff; 20 + garbage], &SYNC[..], &file[border..]].concat();
        for piece in [1, 7, 16, 33] {
            let all = read_on(Pieces(&damaged, piece));
            assert_eq!(all.records, records, "{garbage} {piece}");
            assert_eq!(all.skipped, [(range(border, border + garbage + 36), false)]);
        }
    }
    // And the border of the reader's own buffer, wherever it lies.
    for garbage in (128 << 10) - 270..(128 << 10) - 60 {
        let damaged = [&file[..border], &vec![0xff; garbage], &SYNC[..], &file[border..]].concat();
        assert_eq!(read_on(damaged.as_slice()).records, records, "{garbage}");
    }
}

#[test]
fn the_rest_of_a_truncated_file_is_lost() {
    let records = records(5);
    let file = file(Codec::Null, 0, &records);
    let borders = borders(&file);
    let cut = &file[..borders[5] - 1];
    let all = read_on(cut);
    assert_eq!(all.records, records[..4]);
    assert!(all.errors[0].is_truncated());
    assert_eq!(all.skipped, [(range(borders[4], cut.len()), true)]);
}

#[test]
fn a_bad_record_costs_its_block() {
    let file = file(Codec::Null, 0, &records(3));
    let borders = borders(&file);
    let mut reader = Reader::new(file.as_slice()).unwrap();
    reader.next_block().unwrap();
    let block = reader.next_block().unwrap().unwrap();
    let error = block.record_error(0, "no such symbol");
    assert!(error.is_record() && !error.is_corrupt());
    assert_eq!(error.to_string(), format!("block 1 at byte {}: record 0: no such symbol", borders[1]));
    let (record, cause) = error.record_error().unwrap();
    assert_eq!((record, cause.to_string().as_str()), (0, "no such symbol"));
    let skipped = reader.recover().unwrap();
    assert_eq!((skipped.range(), skipped.at_end()), (range(borders[1], borders[2]), false));
    assert_eq!(reader.next_block().unwrap().unwrap().index(), 2);
}

#[test]
fn slices_recover_too() {
    let records = records(12);
    let mut file = file(Codec::Null, 0, &records);
    let borders = borders(&file);
    file[borders[4] + 1] = 0x7f;
    let mut reader = SliceReader::new(&file).unwrap();
    let mut all = Vec::new();
    loop {
        match reader.next_borrowed_block() {
            Ok(None) => break,
            Ok(Some(block)) => all.extend(decoded(block.data(), block.count()).unwrap()),
            Err(error) => {
                assert_eq!(error.block(), Some(4));
                assert_eq!(reader.recover().unwrap().range(), range(borders[4], borders[5]));
            }
        }
    }
    assert_eq!(all, without(&records, 4));
}

#[test]
fn a_marker_inside_a_record_is_no_trap() {
    let mut writer = options(Codec::Null).block_size(0).create(Vec::new(), "").unwrap();
    for _ in 0..3 {
        writer.append_encoded(&super::encoded(&SYNC)).unwrap();
    }
    let mut file = writer.finish().unwrap();
    assert_eq!(read_on(file.as_slice()).records, [SYNC.to_vec(), SYNC.to_vec(), SYNC.to_vec()]);
    // Damage makes the search find it; what follows is no block, and the search goes on.
    let start = borders(&file)[0];
    file[start + 1] = 0x7f;
    let all = read_on(file.as_slice());
    assert_eq!(all.records, [SYNC.to_vec(), SYNC.to_vec()]);
    assert_eq!(all.errors.len(), 2);
}
