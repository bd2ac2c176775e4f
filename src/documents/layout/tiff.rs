//! The pages of a TIFF. Decoders show the first only; each page is had by leading the file's head to it.

/// A TIFF file whose head leads to one page after the other.
pub struct TiffPages {
    bytes: Vec<u8>,
    /// Where each page's directory stands.
    pages: Vec<u64>,
    shape: Shape,
}

/// How numbers are written in it: their order, and whether places take eight bytes.
#[derive(Clone, Copy)]
struct Shape {
    little: bool,
    wide: bool,
}

impl Shape {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II\x2A\0" => Some(Self { little: true, wide: false }),
            b"MM\0\x2A" => Some(Self { little: false, wide: false }),
            b"II\x2B\0" => Some(Self { little: true, wide: true }),
            b"MM\0\x2B" => Some(Self { little: false, wide: true }),
            _ => None,
        }
    }

    /// Where in the head the first directory's place stands, and in how many bytes.
    fn first(self) -> (usize, usize) {
        if self.wide { (8, 8) } else { (4, 4) }
    }

    fn number(self, bytes: &[u8], at: usize, length: usize) -> Option<u64> {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        let digits = |all: u64, byte: &u8| (all << 8) | u64::from(*byte);
        Some(match self.little {
            true => bytes.iter().rev().fold(0, digits),
            false => bytes.iter().fold(0, digits),
        })
    }

    /// The next directory's place, and whether this one's picture is a small one of another's.
    fn directory(self, bytes: &[u8], at: u64) -> Option<(u64, bool)> {
        /// What kind of picture it is; its first bit: a small one.
        const KIND: u64 = 254;
        let at = usize::try_from(at).ok()?;
        let (count_length, entry, place) = if self.wide { (8, 20, 8) } else { (2, 12, 4) };
        let count = usize::try_from(self.number(bytes, at, count_length)?).ok()?;
        let entries = at + count_length;
        let end = entries.checked_add(count.checked_mul(entry)?)?;
        let small = (0..count).map(|nr| entries + nr * entry).any(|at| {
            let value = at + if self.wide { 12 } else { 8 };
            self.number(bytes, at, 2) == Some(KIND)
                && self.number(bytes, value, 4).is_some_and(|kind| kind & 1 == 1)
        });
        Some((self.number(bytes, end, place)?, small))
    }
}

impl TiffPages {
    /// `None`: it is no TIFF, or has no page.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        /// More pages are a ring.
        const MOST: usize = 1000;
        let shape = Shape::of(&bytes)?;
        let (at, length) = shape.first();
        let mut next = shape.number(&bytes, at, length)?;
        let mut pages = Vec::new();
        while next != 0 && pages.len() < MOST && !pages.contains(&next) {
            let Some((after, small)) = shape.directory(&bytes, next) else { break };
            if !small {
                pages.push(next);
            }
            next = after;
        }
        (!pages.is_empty()).then_some(Self { bytes, pages, shape })
    }

    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// The file as if a page (from 0) were its first.
    pub fn page(&mut self, page: usize) -> Option<&[u8]> {
        let place = *self.pages.get(page)?;
        let (at, length) = self.shape.first();
        let written = place.to_le_bytes();
        let head = &mut self.bytes[at..at + length];
        head.copy_from_slice(&written[..length]);
        if !self.shape.little {
            head.reverse();
        }
        Some(&self.bytes)
    }
}
