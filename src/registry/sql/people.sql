-- The people table: name order, records counted. Names sort by code point; the window sorts by pinyin.
SELECT person.id, person.name, person.id_number, person.birth_date, person.workplace, person.section,
       person.education, person.degree, person.title, person.series, person.speciality,
       person.handbook_number, person.employed, person.phone, person.retired,
       (SELECT count(*) FROM record WHERE record.person = person.id)
FROM person
ORDER BY person.name, person.id_number
