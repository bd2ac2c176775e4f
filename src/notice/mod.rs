//! One year's and region's rules, as data: read from TOML, checked, and asked questions.
//! Pure: no I/O, no database, no window. What a notice can change stands in `assets/notices/*.toml`;
//! code here holds only the kinds of rule.

pub mod activity;
pub mod amend;
pub mod ask;
pub mod convert;
pub mod evidence;
pub mod hours;
pub mod load;
pub mod model;
pub mod renew;
pub mod switch;
pub mod words;
pub mod workdays;

pub use activity::{Activity, DayPart, Mode, Rank, Session};
pub use ask::RegionFit;
pub use hours::Hours;
pub use model::*;
pub use switch::{Changed, Ruling, Switch};
pub use workdays::{Calendar, PublicityDates};
