//! Rows of items in one array. Reading is what costs: a row is one slice. Rows may be added, and changed one item at
//! a time: a changed row moves to the end of the array, and the array is packed anew when half of it is left behind.

use std::ops::Range;

/// Numbered rows. Their items together must stay fewer than `u32::MAX / 2`; whoever adds items checks that.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    spans: Vec<Span>,
    items: Vec<T>,
    /// Items that belong to no row any more.
    left_behind: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Span {
    from: u32,
    to: u32,
}

impl<T: Copy> Rows<T> {
    /// Rows that follow each other in `items`: row `i` ends where row `i + 1` starts.
    pub(super) fn packed(starts: &[u32], items: Vec<T>) -> Self {
        let spans = starts.windows(2).map(|bounds| Span { from: bounds[0], to: bounds[1] }).collect();
        Self { spans, items, left_behind: 0 }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Number of items of all rows.
    pub(super) fn item_count(&self) -> usize {
        self.items.len() - self.left_behind
    }

    /// The items of a row; empty for a number out of range.
    #[inline]
    pub(super) fn of(&self, row: u32) -> &[T] {
        &self.items[self.span(row)]
    }

    /// Where the items of a row stand, for `at`; empty for a number out of range.
    #[inline]
    pub(super) fn span(&self, row: u32) -> Range<usize> {
        match self.spans.get(row as usize) {
            Some(span) => span.from as usize..span.to as usize,
            None => 0..0,
        }
    }

    /// The item at a place.
    #[inline]
    pub(super) fn at(&self, place: usize) -> T {
        self.items[place]
    }

    /// All rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.spans.iter().map(|span| &self.items[span.from as usize..span.to as usize])
    }

    /// Adds an empty row at the end.
    pub(super) fn add(&mut self) {
        self.spans.push(Span::default());
    }

    /// Puts an item into a row, before the one at `place` of the row. A row out of range is not changed.
    pub(super) fn insert(&mut self, row: u32, place: usize, item: T) {
        let old = self.span(row);
        let start = self.items.len();
        self.items.extend_from_within(old.start..old.start + place);
        self.items.push(item);
        self.items.extend_from_within(old.start + place..old.end);
        self.left_behind += old.len();
        self.set_span(row, start, self.items.len());
        if self.left_behind > self.items.len() / 2 {
            self.pack();
        }
    }

    /// Takes the item at `place` out of a row.
    pub(super) fn remove(&mut self, row: u32, place: usize) {
        let old = self.span(row);
        self.items.copy_within(old.start + place + 1..old.end, old.start + place);
        self.left_behind += 1;
        self.set_span(row, old.start, old.end - 1);
    }

    /// Empties a row.
    pub(super) fn clear(&mut self, row: u32) {
        self.left_behind += self.span(row).len();
        self.set_span(row, 0, 0);
    }

    fn set_span(&mut self, row: u32, from: usize, to: usize) {
        let place = |place| u32::try_from(place).unwrap_or(u32::MAX);
        if let Some(span) = self.spans.get_mut(row as usize) {
            *span = Span { from: place(from), to: place(to) };
        }
    }

    fn pack(&mut self) {
        let mut items = Vec::with_capacity(self.item_count());
        let mut from = 0;
        for span in &mut self.spans {
            items.extend_from_slice(&self.items[span.from as usize..span.to as usize]);
            let to = from + (span.to - span.from);
            *span = Span { from, to };
            from = to;
        }
        self.items = items;
        self.left_behind = 0;
    }
}

impl<T: Copy + PartialEq> PartialEq for Rows<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Copy + Eq> Eq for Rows<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_items_while_others_change() {
        let mut rows = Rows::packed(&[0, 2, 2, 5], vec![1, 3, 7, 8, 9]);
        rows.insert(0, 1, 2);
        rows.insert(1, 0, 5);
        rows.remove(2, 1);
        rows.add();
        rows.insert(3, 0, 4);
        let mut all: Vec<Vec<i32>> = rows.iter().map(<[i32]>::to_vec).collect();
        assert_eq!(all, [vec![1, 2, 3], vec![5], vec![7, 9], vec![4]]);
        for round in 0..100 {
            rows.insert(1, 1, round);
            all[1].insert(1, round);
            assert_eq!(rows.iter().map(<[i32]>::to_vec).collect::<Vec<_>>(), all);
            assert_eq!(rows.item_count(), all.iter().map(Vec::len).sum::<usize>());
        }
        assert!(rows.items.len() <= 2 * rows.item_count() + 200, "what is left behind is packed away");
        rows.clear(1);
        assert_eq!((rows.of(1), rows.of(0), rows.of(9)), (&[][..], &[1, 2, 3][..], &[][..]));
    }
}
