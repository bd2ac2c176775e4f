-- Files in use: content, extension, a name it came in under, how often it is used, and one person who uses it.
WITH used (sha256, extension, name, person) AS (
  SELECT sha256, extension, attachment.name, person.name
  FROM attachment
  LEFT JOIN record ON record.id = attachment.record OR record.event = attachment.event
  LEFT JOIN deemed ON deemed.id = attachment.deemed
  LEFT JOIN slip ON slip.id = attachment.slip
  LEFT JOIN discharge ON discharge.id = attachment.discharge
  LEFT JOIN person
    ON person.id = coalesce(record.person, deemed.person, slip.person, discharge.person)
  UNION ALL
  SELECT photo_sha256, photo_extension, photo_name, name FROM person WHERE photo_sha256 IS NOT NULL
  UNION ALL
  SELECT sha256, extension, name, '公示' FROM publicity_file
  UNION ALL
  SELECT sha256, extension, platform_proof.name, '平台 ' || platform.name
  FROM platform_proof JOIN platform ON platform.id = platform_proof.platform
)
SELECT sha256, extension, min(name), count(*), min(person)
FROM used
GROUP BY sha256, extension
ORDER BY sha256
