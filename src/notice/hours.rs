//! Credit hours (学时) in half-hour steps. Never a float.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};

/// Credit hours (1 学时 = 1 学分, B1-07), kept as a count of half hours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(i32);

impl Hours {
    pub const ZERO: Self = Self(0);

    /// Whole hours.
    pub const fn whole(hours: i32) -> Self {
        Self(hours * 2)
    }

    /// A count of half hours.
    pub const fn halves(halves: i32) -> Self {
        Self(halves)
    }

    /// How many half hours.
    pub const fn as_halves(self) -> i32 {
        self.0
    }

    /// From a number such as `4.5`; `None` unless it is a non-negative multiple of one half below a million.
    pub fn from_f64(value: f64) -> Option<Self> {
        let halves = value * 2.0;
        ((0.0..2_000_000.0).contains(&halves) && halves.fract() == 0.0)
            .then_some(Self(halves as i32))
    }

    /// As a number for a spreadsheet cell or JSON.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 2.0
    }

    /// What is missing to reach `minimum`, never negative.
    pub fn short_of(self, minimum: Self) -> Self {
        Self((minimum.0 - self.0).max(0))
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 % 2 == 0 {
            f.pad(&(self.0 / 2).to_string())
        } else {
            f.pad(&format!("{}", self.as_f64()))
        }
    }
}

impl Add for Hours {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Hours {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Hours {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<i32> for Hours {
    type Output = Self;
    fn mul(self, times: i32) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Hours {
    fn sum<I: Iterator<Item = Self>>(hours: I) -> Self {
        hours.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 2 == 0 {
            serializer.serialize_i32(self.0 / 2)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Self::from_f64(value)
            .ok_or_else(|| serde::de::Error::custom("学时应是 0.5 的倍数，且不为负"))
    }
}
