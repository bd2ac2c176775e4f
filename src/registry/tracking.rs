//! Before and after images. For every table of nouns three temporary triggers are written from the schema;
//! while a step is being recorded they put each change of a row into `change`. They live with the
//! connection only, so a migration never has to know them.

use rusqlite::Connection;

/// Tables that are not nouns of the clerk: never undone, never in the history.
const UNTRACKED: &str = "'registry', 'step', 'change'";

/// The nouns' tables.
pub(super) fn tables(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare(&format!(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         AND name NOT IN ({UNTRACKED}) ORDER BY name"
    ))?
    .query_map([], |row| row.get(0))?
    .collect()
}

/// A table's columns, `id` included.
pub(super) fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare("SELECT name FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect()
}

/// Installs the triggers and the temporary `recording` table, whose one row is the step being recorded.
pub(super) fn install(db: &Connection) -> rusqlite::Result<()> {
    let mut sql = String::from("CREATE TEMP TABLE recording (step INTEGER NOT NULL);\n");
    for table in tables(db)? {
        let columns = columns(db, &table)?;
        let image = |row: &str| {
            let members: Vec<_> =
                columns.iter().map(|column| format!("'{column}', {row}.{column}")).collect();
            // Patching an empty object leaves the members that are NULL out.
            format!("json_patch('{{}}', json_object({}))", members.join(", "))
        };
        for (verb, row, before, after) in [
            ("INSERT", "NEW", None, Some("NEW")),
            ("UPDATE", "NEW", Some("OLD"), Some("NEW")),
            ("DELETE", "OLD", Some("OLD"), None),
        ] {
            let person = person(db, &table, &columns, row)?;
            let before = before.map_or("NULL".to_owned(), image);
            let after = after.map_or("NULL".to_owned(), image);
            sql.push_str(&format!(
                "CREATE TEMP TRIGGER {table}_{verb} AFTER {verb} ON main.{table}
                 WHEN EXISTS (SELECT 1 FROM recording)
                 BEGIN
                   INSERT INTO change (step, noun, row, person, before, after)
                   VALUES ((SELECT step FROM recording), '{table}', {row}.id, {person}, {before}, {after});
                 END;\n"
            ));
        }
    }
    db.execute_batch(&sql)
}

/// Whose handbook a row belongs to, as an expression: its own `person`, or that of its owner.
fn person(db: &Connection, table: &str, columns: &[String], row: &str) -> rusqlite::Result<String> {
    if table == "person" {
        return Ok(format!("{row}.id"));
    }
    if columns.iter().any(|column| column == "person") {
        return Ok(format!("{row}.person"));
    }
    let owners: Vec<(String, String)> = db
        .prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1) ORDER BY id")?
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut ways = vec!["NULL".to_owned(), "NULL".to_owned()];
    for (column, owner) in owners {
        if self::columns(db, &owner)?.iter().any(|column| column == "person") {
            ways.push(format!("(SELECT person FROM {owner} WHERE id = {row}.{column})"));
        }
    }
    Ok(format!("coalesce({})", ways.join(", ")))
}
