-- The people table: name order, records counted. Names sort by code point; the window sorts by pinyin.
SELECT person.id, person.name, person.id_number, person.section, person.title, person.retired,
       (SELECT count(*) FROM record WHERE record.person = person.id)
FROM person
ORDER BY person.name, person.id_number
