//! A sheet of paper and its margins.

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// A sheet and its margins, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    pub width: f32,
    pub height: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    pub left: f32,
    /// Even pages have their side margins exchanged: the sheet is printed on both sides and bound.
    pub bound: bool,
}

impl Paper {
    /// The same sheet with its left margin at the spine, for printing on both sides.
    pub fn bound(self) -> Self {
        Self { bound: true, ..self }
    }

    /// The margins of one page, counted from 1.
    pub fn side(self, number: usize) -> Self {
        if self.bound && number.is_multiple_of(2) {
            Self { left: self.right, right: self.left, ..self }
        } else {
            self
        }
    }

    /// A4 upright with margins in millimetres: above, right, below, left.
    pub fn a4(top: f32, right: f32, bottom: f32, left: f32) -> Self {
        Self::of(210.0, 297.0, [top, right, bottom, left])
    }

    /// A4 lying, margins as for [`Paper::a4`].
    pub fn a4_landscape(top: f32, right: f32, bottom: f32, left: f32) -> Self {
        Self::of(297.0, 210.0, [top, right, bottom, left])
    }

    /// A3 lying, margins as for [`Paper::a4`].
    pub fn a3_landscape(top: f32, right: f32, bottom: f32, left: f32) -> Self {
        Self::of(420.0, 297.0, [top, right, bottom, left])
    }

    fn of(width: f32, height: f32, [top, right, bottom, left]: [f32; 4]) -> Self {
        Self {
            width: width * MM,
            height: height * MM,
            top: top * MM,
            right: right * MM,
            bottom: bottom * MM,
            left: left * MM,
            bound: false,
        }
    }

    /// The same sheet lying on its side, when it is to lie.
    pub fn turned(self, lying: bool) -> Self {
        if lying == (self.width > self.height) {
            self
        } else {
            Self { width: self.height, height: self.width, ..self }
        }
    }

    /// Width between the margins, in points.
    pub fn measure(&self) -> f32 {
        self.width - self.left - self.right
    }

    /// Height between the margins, in points.
    pub fn depth(&self) -> f32 {
        self.height - self.top - self.bottom
    }
}
