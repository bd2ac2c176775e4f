//! Confirmed years (B2-11) are not changed by a workbook: rows that would are bad, rows that change nothing are not.

use super::BadCell;
use super::drafts::Origin;
use super::plan::Plan;
use crate::notice::Notice;
use crate::registry::record_years;
use std::collections::BTreeSet;

/// Takes out of a plan what would change a confirmed year, and tells it.
pub fn refuse(notice: &Notice, plan: &mut Plan) {
    let Plan { people, records, deemed, slips, bad, .. } = plan;
    let locked = |person: usize, years: BTreeSet<i32>| {
        years.into_iter().find(|year| people[person].locked.contains(year))
    };
    let mut refuse = |origin: &Origin, column: &str, value: String, year: i32| {
        bad.push(BadCell {
            sheet: origin.sheet.clone(),
            row: origin.row,
            column: column.to_owned(),
            value,
            message: format!(
                "{year} 年度已经主管部门确认，内容已锁定；确需改动请先在年度审核里重开该年度"
            ),
        });
    };
    records.retain(|entry| {
        if people[entry.person].locked.is_empty() || !entry.changed() {
            return true;
        }
        let years = entry.before.iter().chain([&entry.after]);
        let years = years.flat_map(|record| record_years(notice, record)).collect();
        let Some(year) = locked(entry.person, years) else { return true };
        refuse(&entry.origin, "开始日期", entry.after.activity.start.to_string(), year);
        false
    });
    deemed.retain(|entry| {
        if !entry.changed() {
            return true;
        }
        let Some(year) = locked(entry.person, [entry.after.year].into()) else { return true };
        refuse(&entry.origin, "年度", year.to_string(), year);
        false
    });
    slips.retain(|entry| {
        if !entry.changed() {
            return true;
        }
        let years = entry.before.iter().chain([&entry.after]);
        let years = years.flat_map(|slip| slip.first_year..=slip.last_year).collect();
        let Some(year) = locked(entry.person, years) else { return true };
        refuse(&entry.origin, "起始年度", entry.after.first_year.to_string(), year);
        false
    });
}
