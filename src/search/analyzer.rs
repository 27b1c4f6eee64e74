//! The tokenizer of the search engine: an adapter over `reading::tokens` and nothing more, so that a word means the
//! same in a search, a profile and an advertisement.
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::reading::tokens;

/// The name under which the analyzer is registered and which the schema refers to.
pub const NAME: &str = "padankerja";

/// Makes token streams of Indonesian texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Analyzer;

/// The tokens of one text.
#[derive(Debug)]
pub struct Tokens {
    rest: std::vec::IntoIter<tokens::Token>,
    present: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        Tokens { rest: tokens::analyse(text).into_iter(), present: Token::default() }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        let Some(next) = self.rest.next() else {
            return false;
        };
        self.present = Token {
            offset_from: next.offset_from,
            offset_to: next.offset_to,
            position: next.position,
            text: next.text,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.present
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.present
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_of_the_reading_layer_arrives_in_order() {
        let text = "Dibutuhkan operator jahit, min. pengalaman 1 thn";
        let mut analyzer = Analyzer;
        let mut stream = analyzer.token_stream(text);
        let mut arrived = Vec::new();
        while let Some(token) = stream.next() {
            arrived.push((token.text.clone(), token.position, token.offset_from, token.offset_to));
        }
        let expected: Vec<_> = tokens::analyse(text)
            .into_iter()
            .map(|token| (token.text, token.position, token.offset_from, token.offset_to))
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(arrived, expected);
    }
}
