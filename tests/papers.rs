//! Papers and packages: documents and package through their public doors.

#[path = "papers/read.rs"]
mod read;
#[path = "papers/sample.rs"]
mod sample;
#[path = "papers/summary.rs"]
mod summary;
