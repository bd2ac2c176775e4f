-- Files in use: content, extension, a name it came in under, how often it is used, and one person who uses it.
SELECT sha256, extension, min(name), count(*), min(user)
FROM (
  SELECT attachment.sha256, attachment.extension, attachment.name, person.name AS user
  FROM attachment
  LEFT JOIN record ON record.id = attachment.record OR record.event = attachment.event
  LEFT JOIN deemed ON deemed.id = attachment.deemed
  LEFT JOIN slip ON slip.id = attachment.slip
  LEFT JOIN person ON person.id = coalesce(record.person, deemed.person, slip.person)
  UNION ALL
  SELECT sha256, extension, name, '公示' FROM publicity_file
)
GROUP BY sha256, extension
ORDER BY sha256
