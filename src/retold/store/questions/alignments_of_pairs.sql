-- What pairs of versions share, packed, in the order of the pairs asked for.
SELECT alignments.data
FROM json_each(:pairs) AS wanted
JOIN alignments ON alignments.version = json_extract(wanted.value, '$[0]')
  AND alignments.other = json_extract(wanted.value, '$[1]')
ORDER BY wanted.key
