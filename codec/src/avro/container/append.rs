//! Going on with a file that is there.

use std::{
    format,
    io::{Read, Seek, SeekFrom, Write},
};

use super::{
    Codec, ContainerError, ContainerLimits, Header, SYNC_LEN, Writer, WriterOptions,
    error::{Place, Reason},
    frame::{MAX_PREFIX, Prefix},
    source::Stream,
    writer::Progress,
};

pub(super) fn append_to<F: Read + Write + Seek>(
    options: &WriterOptions,
    mut file: F,
) -> Result<Writer<F>, ContainerError> {
    let header = read_header(&mut file)?;
    let codec = header.codec()?;
    check_options(options, codec)?;
    let encoder = codec.encoder(options.level).map_err(|reason| reason.at(Place::Call))?;
    let progress = walk(&mut file, &header)?;
    let end = Place::Block { index: progress.blocks, offset: progress.bytes };
    file.seek(SeekFrom::Start(progress.bytes)).map_err(|error| Reason::Io(error).at(end))?;
    let mut writer = Writer::start(file, header, encoder, options.block_size);
    writer.go_on_from(progress);
    Ok(writer)
}

fn read_header<F: Read + Seek>(file: &mut F) -> Result<Header, ContainerError> {
    file.rewind().map_err(|error| Reason::Io(error).at(Place::Header(0)))?;
    Header::parse(&mut Stream::new(file), &ContainerLimits::default())
}

fn check_options(options: &WriterOptions, codec: Codec) -> Result<(), ContainerError> {
    if let Some(asked) = options.codec.filter(|&asked| asked != codec) {
        return Err(Reason::usage(format!("the file's codec is `{codec}`; blocks of `{asked}` cannot be appended")));
    }
    if options.sync.is_some() {
        return Err(Reason::usage("the sync marker of a file cannot be changed by appending"));
    }
    if !options.metadata.is_empty() {
        return Err(Reason::usage("the metadata of a file cannot be changed by appending"));
    }
    Ok(())
}

/// Goes from frame to frame to the end, past the data: what is behind a block that is not whole could not be read.
fn walk<F: Read + Seek>(file: &mut F, header: &Header) -> Result<Progress, ContainerError> {
    let mut progress = Progress { bytes: header.size(), ..Progress::default() };
    let io = |progress: &Progress| {
        let place = Place::Block { index: progress.blocks, offset: progress.bytes };
        move |error| Reason::Io(error).at(place)
    };
    let len = file.seek(SeekFrom::End(0)).map_err(io(&progress))?;
    while progress.bytes < len {
        let place = Place::Block { index: progress.blocks, offset: progress.bytes };
        let mut buffer = [0; MAX_PREFIX];
        let bytes = read_at(file, progress.bytes, &mut buffer).map_err(io(&progress))?;
        let prefix = Prefix::parse(bytes).map_err(|reason| reason.at(place))?;
        let data = progress.bytes.saturating_add(u64::try_from(prefix.len).unwrap_or(u64::MAX));
        if prefix.size > len.saturating_sub(data) {
            let have = usize::try_from(len.saturating_sub(data)).unwrap_or(usize::MAX);
            return Err(Reason::Truncated { what: "the block's data", have, need: Some(prefix.size) }.at(place));
        }
        let end = data.saturating_add(prefix.size);
        let mut buffer = [0; SYNC_LEN];
        let sync = read_at(file, end, &mut buffer).map_err(io(&progress))?;
        if sync.len() < SYNC_LEN {
            let need = u64::try_from(SYNC_LEN).ok();
            return Err(Reason::Truncated { what: "the block's sync marker", have: sync.len(), need }.at(place));
        }
        if sync != header.sync_marker() {
            return Err(Reason::SyncMarker.at(place));
        }
        progress.records = progress.records.saturating_add(prefix.count);
        progress.blocks += 1;
        progress.bytes = end.saturating_add(u64::try_from(SYNC_LEN).unwrap_or(u64::MAX));
    }
    Ok(progress)
}

/// The bytes at a place: as many as the buffer holds, or all that there are.
fn read_at<'b, F: Read + Seek>(file: &mut F, at: u64, buffer: &'b mut [u8]) -> std::io::Result<&'b [u8]> {
    file.seek(SeekFrom::Start(at))?;
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(buffer.get(..filled).unwrap_or_default())
}
