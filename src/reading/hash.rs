//! A small, fast, fixed-seed hash for the vocabulary maps.
//!
//! Belongs here: the hasher only. Keys are words of our own index files, so resistance against chosen keys is
//! not needed; a fixed seed keeps every run alike.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map with the fixed hash.
pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<FixedHasher>>;
/// A set with the fixed hash.
pub type Set<K> = HashSet<K, BuildHasherDefault<FixedHasher>>;

/// Multiply-and-rotate over 8-byte words (the scheme of Firefox and rustc).
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedHasher(u64);

const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;

impl FixedHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SEED);
    }
}

impl Hasher for FixedHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.add(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.add(value);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
