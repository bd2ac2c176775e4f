-- Files in use: content, extension, a name it came in under, how often it is used, and one person who uses it.
SELECT sha256, extension, min(attachment.name), count(*), min(person.name)
FROM attachment
LEFT JOIN record ON record.id = attachment.record OR record.event = attachment.event
LEFT JOIN deemed ON deemed.id = attachment.deemed
LEFT JOIN slip ON slip.id = attachment.slip
LEFT JOIN person ON person.id = coalesce(record.person, deemed.person, slip.person)
GROUP BY sha256, extension
ORDER BY sha256
