//! Lines of a text with their numbers, as an editor counts them: a line ends with LF, with CR LF, or with a CR alone. A
//! line that never ends is a fault before it fills the memory.
use std::{
    collections::VecDeque,
    io::{self, BufRead},
};

use crate::{
    domain::intake::fault::RowFault,
    files::{decoding::NoText, rows::LONGEST_LINE},
};

/// A line with its number, from 1.
pub(super) type Line = (u64, String);

/// Reads lines; some can be looked at before they are taken.
pub(super) struct Lines {
    text: Box<dyn BufRead>,
    line: u64,
    ahead: VecDeque<Line>,
}

impl Lines {
    pub(super) fn new(text: Box<dyn BufRead>) -> Self {
        Self { text, line: 0, ahead: VecDeque::new() }
    }

    /// The next lines, at most so many, without taking them.
    pub(super) fn peek(&mut self, count: usize) -> Result<Vec<Line>, RowFault> {
        while self.ahead.len() < count {
            match self.read()? {
                Some(line) => self.ahead.push_back(line),
                None => break,
            }
        }
        Ok(self.ahead.iter().take(count).cloned().collect())
    }

    fn read(&mut self) -> Result<Option<Line>, RowFault> {
        let mut bytes = Vec::new();
        let line = self.line + 1;
        let mut ended = false;
        while !ended {
            let chunk = self.text.fill_buf().map_err(|error| fault(error, line))?;
            if chunk.is_empty() {
                break;
            }
            let end = chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let kept = end.unwrap_or(chunk.len());
            bytes.extend_from_slice(chunk.get(..kept).unwrap_or_default());
            let is_return = end.is_some_and(|end| chunk.get(end) == Some(&b'\r'));
            ended = end.is_some();
            self.text.consume(kept + usize::from(ended));
            if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST_LINE) {
                return Err(RowFault::LineTooLong { line });
            }
            if is_return && self.text.fill_buf().map_err(|error| fault(error, line))?.first() == Some(&b'\n')
            {
                self.text.consume(1);
            }
        }
        if bytes.is_empty() && !ended {
            return Ok(None);
        }
        self.line = line;
        String::from_utf8(bytes).map(|text| Some((line, text))).map_err(|_| RowFault::NotText { line })
    }
}

impl Iterator for Lines {
    type Item = Result<Line, RowFault>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.ahead.pop_front() {
            Some(line) => Some(Ok(line)),
            None => self.read().transpose(),
        }
    }
}

fn fault(error: io::Error, line: u64) -> RowFault {
    if error.get_ref().is_some_and(|inner| inner.is::<NoText>()) {
        return RowFault::NotText { line };
    }
    RowFault::io(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        Lines::new(Box::new(io::Cursor::new(text.to_owned()))).map(|line| line.unwrap()).collect()
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let expected = [(1, "a"), (2, ""), (3, "b"), (4, "c")].map(|(line, text)| (line, text.to_owned()));
        for text in ["a\n\nb\nc", "a\r\n\r\nb\r\nc\r\n", "a\r\rb\rc", "a\r\n\nb\rc\n"] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
        assert_eq!(lines(""), []);
        assert_eq!(lines("\n"), [(1, String::new())]);
    }

    #[test]
    fn looking_ahead_takes_nothing() {
        let mut read = Lines::new(Box::new(io::Cursor::new("a\nb\nc")));
        assert_eq!(read.peek(2).unwrap().len(), 2);
        assert_eq!(read.peek(9).unwrap().len(), 3);
        assert_eq!(read.map(|line| line.unwrap().0).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
