//! The tokens a search engine stores: stems and concepts with their places.
//!
//! Belongs here: the one function the search layer adapts. Does not belong here: any search engine.

use crate::reading::lexicon::{LEXICON, Stop};

/// A token of the search index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// A stem (`jahit`) or a concept (`occ:8153`, `skill:menjahit`).
    pub text: String,
    /// Place of the word; concepts share the place of their first word.
    pub position: usize,
    /// First byte in the text.
    pub offset_from: usize,
    /// Byte after the last one in the text.
    pub offset_to: usize,
}

/// Stems and concepts of a text in order of position, function words left out.
#[must_use]
pub fn analyse(text: &str) -> Vec<Token> {
    let tokens = LEXICON.tokens(text);
    let mut out = Vec::with_capacity(tokens.len() * 2);
    for (position, token) in tokens.iter().enumerate() {
        if !matches!(token.stop, Stop::Glue | Stop::Common) {
            out.push(Token {
                text: LEXICON.stem(&token.text),
                position,
                offset_from: token.from,
                offset_to: token.to,
            });
        }
    }
    for one in LEXICON.matches(&tokens) {
        let (Some(first), Some(last)) = (tokens.get(one.first), tokens.get(one.end - 1)) else { continue };
        out.push(Token {
            text: one.concept.token(),
            position: one.first,
            offset_from: first.from,
            offset_to: last.to.max(first.to),
        });
    }
    out.sort_by_key(|token| token.position);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_analysed_with_valid_offsets(text in "\\PC{0,60}|[a-zA-Z0-9 ./+#,()\\-–•½ﬁÅé\n]{0,80}") {
            for token in analyse(&text) {
                prop_assert!(token.offset_from < token.offset_to);
                prop_assert!(text.get(token.offset_from..token.offset_to).is_some(), "{:?}", token);
            }
        }
    }

    #[test]
    fn gives_stems_and_concepts_in_order() {
        let tokens = analyse("Dibutuhkan Operator Jahit dan Las");
        assert!(tokens.iter().any(|token| token.text == "occ:8153"));
        assert!(tokens.windows(2).all(|two| two[0].position <= two[1].position));
    }

    #[test]
    fn offsets_are_character_boundaries() {
        // The second text has a letter that grows by a byte in lower case.
        for text in ["• Mengelas – “pipa” \u{2060}Rp 3jt", "ȺaÀ:"] {
            for token in analyse(text) {
                assert!(text.is_char_boundary(token.offset_from) && text.is_char_boundary(token.offset_to));
                assert!(token.offset_from < token.offset_to);
            }
        }
    }
}
