//! Papers and packages: documents and package through their public doors.

#[path = "papers/breaking.rs"]
mod breaking;
#[path = "papers/certificate.rs"]
mod certificate;
#[path = "papers/handbook.rs"]
mod handbook;
#[path = "papers/publicity.rs"]
mod publicity;
#[path = "papers/read.rs"]
mod read;
#[path = "papers/sample.rs"]
mod sample;
#[path = "papers/summary.rs"]
mod summary;
