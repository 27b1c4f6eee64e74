//! The bytes of a file as text: UTF-8, UTF-16 with its mark ("Unicode Text" of a spreadsheet), or the Windows code page
//! of older office programs. Nothing is replaced on the way: bytes that mean nothing make the file no text.
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use thiserror::Error;

use crate::domain::intake::fault::RowFault;

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As they are, after this many bytes of a mark.
    Utf8(usize),
    /// Through a decoder, after a mark of two bytes.
    Marked(&'static Encoding),
    /// As the Windows code page 1252, which has no mark: taken when the file is not UTF-8 and could be this.
    Windows,
}

/// The text of a file, and how it was read.
pub(super) fn open(path: &Path) -> Result<(Box<dyn BufRead>, Reading), RowFault> {
    let reading = reading(path)?;
    let mut file = BufReader::new(File::open(path).map_err(RowFault::io)?);
    let mark = match reading {
        Reading::Utf8(mark) => mark,
        Reading::Marked(_) => 2,
        Reading::Windows => 0,
    };
    file.read_exact(&mut vec![0; mark]).map_err(RowFault::io)?;
    let decoder = match reading {
        Reading::Utf8(_) => return Ok((Box::new(file), reading)),
        Reading::Marked(encoding) => encoding.new_decoder_without_bom_handling(),
        Reading::Windows => WINDOWS_1252.new_decoder_without_bom_handling(),
    };
    let decoded = Decoded { inner: file, decoder, out: Vec::new(), at: 0, ended: false, failed: false };
    Ok((Box::new(BufReader::new(decoded)), reading))
}

/// Reads the whole file once: whether a file is UTF-8 may show in its last line.
fn reading(path: &Path) -> Result<Reading, RowFault> {
    let mut file = BufReader::with_capacity(64 * 1024, File::open(path).map_err(RowFault::io)?);
    let head = file.fill_buf().map_err(RowFault::io)?;
    match head {
        [0xff, 0xfe, ..] => return Ok(Reading::Marked(UTF_16LE)),
        [0xfe, 0xff, ..] => return Ok(Reading::Marked(UTF_16BE)),
        _ => {}
    }
    let mark = if head.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
    let mut seen = Seen { line: 1, ..Seen::default() };
    let mut carried = Vec::new();
    loop {
        let chunk = file.fill_buf().map_err(RowFault::io)?;
        let (taken, is_last) = (chunk.len(), chunk.is_empty());
        carried.extend_from_slice(chunk);
        file.consume(taken);
        let rest = seen.look_at(&carried, is_last);
        carried.drain(..carried.len() - rest);
        if is_last {
            return seen.verdict(mark);
        }
    }
}

/// What a file was found to hold.
#[derive(Default)]
struct Seen {
    line: u64,
    /// Characters of more than one byte, well formed.
    wide: u64,
    /// Line of the first byte that is not UTF-8.
    foreign: Option<u64>,
    /// Line of the first byte that no text has.
    noise: Option<u64>,
}

impl Seen {
    /// Looks at the bytes and says how many at their end are the beginning of a character.
    fn look_at(&mut self, bytes: &[u8], is_last: bool) -> usize {
        let mut rest = bytes;
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.text(text);
                    return 0;
                }
                Err(error) => {
                    let (text, bad) = rest.split_at(error.valid_up_to());
                    self.text(std::str::from_utf8(text).unwrap_or_default());
                    let Some(length) = error.error_len().or(is_last.then_some(bad.len())) else {
                        return bad.len();
                    };
                    let (bad, after) = bad.split_at(length);
                    self.foreign = self.foreign.or(Some(self.line));
                    // Bytes without a meaning in the code page, and two letters that no name here has but many files
                    // that are no text.
                    if bad.iter().any(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xfe | 0xff)) {
                        self.noise = self.noise.or(Some(self.line));
                    }
                    rest = after;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            for byte in text.bytes() {
                self.line += u64::from(byte == b'\n');
                if byte == 0 {
                    self.noise = self.noise.or(Some(self.line));
                }
            }
            return;
        }
        for c in text.chars() {
            self.line += u64::from(c == '\n');
            self.wide += u64::from(!c.is_ascii());
            if c == '\0' {
                self.noise = self.noise.or(Some(self.line));
            }
        }
    }

    /// A file that is neither UTF-8 nor the code page throughout is not guessed at.
    fn verdict(&self, mark: usize) -> Result<Reading, RowFault> {
        if let Some(line) = self.noise {
            return Err(RowFault::NotText { line });
        }
        match self.foreign {
            None => Ok(Reading::Utf8(mark)),
            Some(line) if self.wide > 0 => Err(RowFault::NotText { line }),
            Some(_) => Ok(Reading::Windows),
        }
    }
}

/// Bytes that mean nothing in the encoding of their file.
#[derive(Debug, Error)]
#[error("bytes that are no text")]
pub(super) struct NoText;

/// Decodes while it is read; what cannot be decoded ends the reading.
struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    out: Vec<u8>,
    at: usize,
    ended: bool,
    failed: bool,
}

impl<R: BufRead> Decoded<R> {
    fn refill(&mut self) -> io::Result<()> {
        self.out.resize(8 * 1024, 0);
        self.at = 0;
        loop {
            let source = self.inner.fill_buf()?;
            let last = source.is_empty();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(source, &mut self.out, last);
            self.inner.consume(read);
            // What stands before bytes that are no text is handed over first: the fault belongs to the line after it.
            self.failed |= matches!(result, DecoderResult::Malformed(..));
            let is_done = last && result == DecoderResult::InputEmpty;
            if written > 0 || is_done || self.failed {
                self.ended = is_done;
                self.out.truncate(written);
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.out.len() && !self.ended && !self.failed {
            self.refill()?;
        }
        if self.at >= self.out.len() && self.failed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, NoText));
        }
        let rest = self.out.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at += count;
        Ok(count)
    }
}
