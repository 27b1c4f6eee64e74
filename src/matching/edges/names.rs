//! Numbers for names, and names for numbers; knows nothing of tables.

use crate::matching::assign::InstanceError;

/// Names given numbers in order of appearance: one text for all, and a table of open addressing over it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    text: String,
    /// End of each name in `text`.
    ends: Vec<usize>,
    /// A slot at the place of each name's hash. Its length is a power of two.
    table: Vec<Slot>,
    /// The name asked for last: tables are mostly sorted by one of their columns.
    last: u32,
}

/// Enough of a name to recognise it without looking elsewhere when it has eight bytes or fewer.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Its first eight bytes.
    start: u64,
    /// Its length; 0 is a free slot, as no name is empty.
    length: u32,
    number: u32,
}

impl Names {
    /// Number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        self.text.get(start..end)
    }

    /// The number of a name.
    pub(super) fn find(&mut self, name: &str) -> Option<u32> {
        if self.get(self.last) == Some(name) {
            return Some(self.last);
        }
        let slot = self.table[self.place(name)?];
        if slot.length == 0 {
            return None;
        }
        self.last = slot.number;
        Some(slot.number)
    }

    /// The number of a name, which gets the next one when it is new.
    pub(super) fn intern(&mut self, name: &str) -> Result<u32, InstanceError> {
        if let Some(number) = self.find(name) {
            return Ok(number);
        }
        let count = self.len();
        let too_many = |_| InstanceError::TooMany { what: "names", count };
        let number = u32::try_from(count).map_err(too_many)?;
        let length = u32::try_from(name.len()).map_err(too_many)?;
        if 2 * count >= self.table.len() {
            self.grow();
        }
        self.text.push_str(name);
        self.ends.push(self.text.len());
        if let Some(place) = self.place(name) {
            self.table[place] = Slot { start: start(name.as_bytes()), length, number };
        }
        self.last = number;
        Ok(number)
    }

    /// Where the name stands in the table, or the free place where it would; `None` without a table.
    fn place(&self, name: &str) -> Option<usize> {
        let mask = self.table.len().checked_sub(1)?;
        let head = start(name.as_bytes());
        let mut place = hash(name.as_bytes()) & mask;
        loop {
            let slot = &self.table[place];
            if slot.length == 0 || self.is(slot, head, name) {
                return Some(place);
            }
            place = (place + 1) & mask;
        }
    }

    fn is(&self, slot: &Slot, head: u64, name: &str) -> bool {
        slot.start == head
            && slot.length as usize == name.len()
            && (name.len() <= 8 || self.get(slot.number) == Some(name))
    }

    fn grow(&mut self) {
        let larger = vec![Slot::default(); (2 * self.table.len()).max(64)];
        for slot in std::mem::replace(&mut self.table, larger) {
            if slot.length > 0
                && let Some(place) = self.get(slot.number).and_then(|name| self.place(name))
            {
                self.table[place] = slot;
            }
        }
    }
}

/// The first eight bytes, filled with zeros.
fn start(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    let length = bytes.len().min(8);
    word[..length].copy_from_slice(&bytes[..length]);
    u64::from_le_bytes(word)
}

/// Eight bytes at a time by multiplication and folding; the length keeps padded names apart. The last step
/// (of `SplitMix64`) spreads names that differ in a digit only, as numbered ones do.
fn hash(bytes: &[u8]) -> usize {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = u64::try_from(bytes.len()).unwrap_or(0);
    for chunk in bytes.chunks(8) {
        let [low, high] = halves(u128::from(state ^ start(chunk)) * u128::from(MIX));
        state = low ^ high;
    }
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    usize::try_from(state >> 32).unwrap_or(0)
}

fn halves(product: u128) -> [u64; 2] {
    let low = u64::try_from(product & u128::from(u64::MAX)).unwrap_or(0);
    [low, u64::try_from(product >> 64).unwrap_or(0)]
}
