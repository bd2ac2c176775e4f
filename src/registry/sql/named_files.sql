-- Files in use: content, extension, a name it came in under, how often it is used, and one who uses it.
SELECT sha256, extension, min(used.name), count(*), min(used.user)
FROM (
  SELECT sha256, extension, attachment.name AS name, person.name AS user
  FROM attachment
  LEFT JOIN record ON record.id = attachment.record OR record.event = attachment.event
  LEFT JOIN deemed ON deemed.id = attachment.deemed
  LEFT JOIN slip ON slip.id = attachment.slip
  LEFT JOIN person ON person.id = coalesce(record.person, deemed.person, slip.person)
  UNION ALL
  SELECT sha256, extension, platform_proof.name, '平台 ' || platform.name
  FROM platform_proof JOIN platform ON platform.id = platform_proof.platform
) AS used
GROUP BY sha256, extension
ORDER BY sha256
