//! The certificate's template that a registry goes by, and whether it can be printed from: `registry` keeps the
//! file without knowing what stands in it, `documents` reads it without knowing where it lies.

use crate::documents::CertificateTemplate;
use crate::failure::Result;
use crate::registry::{Problem, Registry};

/// The registry's own template where it has one, else the program's.
///
/// # Errors
/// The first fault of the file: file, line, key, remedy; or it cannot be read.
pub fn of(registry: &Registry) -> Result<CertificateTemplate> {
    CertificateTemplate::chosen(registry.template(CertificateTemplate::FILE)?)
}

/// The registry's own examination ([`Registry::doctor`]) and that of its template, `template-broken`.
///
/// # Errors
/// It cannot be examined at all.
pub fn doctor(registry: &Registry) -> Result<Vec<Problem>> {
    let mut problems = registry.doctor()?;
    problems.extend(of(registry).err().map(|failure| Problem {
        code: "template-broken".to_owned(),
        message: format!("合格证明的模板用不了（{}）：{}", failure.place, failure.why),
        fix: format!("{}；或在“设置”里恢复程序自带的", failure.remedy),
    }));
    Ok(problems)
}
