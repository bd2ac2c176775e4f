-- Tables that name files, each with what stands before its column names.
WITH word (prefix) AS (VALUES (''), ('photo_'))
SELECT name, prefix FROM sqlite_schema, word
WHERE type = 'table' AND 2 = (
  SELECT count(*) FROM pragma_table_info(sqlite_schema.name) AS info
  WHERE info.name IN (prefix || 'sha256', prefix || 'extension')
)
