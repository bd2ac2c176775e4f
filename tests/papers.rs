//! Papers and packages: documents and package through their public doors.

#[path = "papers/breaking.rs"]
mod breaking;
#[path = "papers/cancelling.rs"]
mod cancelling;
#[path = "papers/certificate.rs"]
mod certificate;
#[path = "papers/every.rs"]
mod every;
#[path = "papers/evidence.rs"]
mod evidence;
#[path = "papers/handbook.rs"]
mod handbook;
#[path = "papers/package_bag.rs"]
mod package_bag;
#[path = "papers/package_make.rs"]
mod package_make;
#[path = "papers/package_receive.rs"]
mod package_receive;
#[path = "papers/package_verify.rs"]
mod package_verify;
#[path = "papers/package_write.rs"]
mod package_write;
#[path = "papers/publicity.rs"]
mod publicity;
#[path = "papers/read.rs"]
mod read;
#[path = "papers/round_trip.rs"]
mod round_trip;
#[path = "papers/sample.rs"]
mod sample;
#[path = "papers/sheet.rs"]
mod sheet;
#[path = "papers/summary.rs"]
mod summary;
#[path = "papers/template.rs"]
mod template;
#[path = "papers/wanted.rs"]
mod wanted;

// The desks of the registry's tests: a registry with applicants is what a package is made from.
#[allow(dead_code)]
#[path = "store/campaign_desk.rs"]
mod campaign_desk;
#[allow(dead_code)]
#[path = "store/registry_desk.rs"]
mod registry_desk;
