-- The tidy tables as views. Each row of indicator_values is a published value, or a year with a
-- target and without any; verdicts has one row for each indicator and year, and each commitment.

CREATE VIEW indicator_values AS
SELECT
  i.indicator_id, i.name_zh AS indicator_zh, i.name_en AS indicator_en, i.unit_zh, i.unit_en,
  y.year,
  o.value, o.value_text,
  CASE WHEN o.source_id IS NOT NULL
    THEN o.source_id IS v.source_id AND o.published IS v.published END AS leads,
  o.release_status, o.comparability,
  t.comparator AS target_comparator, t.value AS target_value, t.value_text AS target_value_text,
  t.upper_value AS target_upper_value, t.upper_value_text AS target_upper_value_text,
  t.strength AS target_strength, t.source_id AS target_source_id,
  v.verdict, v.verdict_zh, v.verdict_en,
  a.as_of,
  o.source_id, s.title AS source_title, s.publisher AS source_publisher,
  o.published AS source_published, s.access AS source_access,
  CASE WHEN s.access = 'direct' THEN s.url END AS source_url,
  o.note_zh, o.note_en
FROM (
  SELECT indicator_id, year FROM indicator_verdicts
  UNION SELECT indicator_id, year FROM observations
) AS y
JOIN indicators AS i USING (indicator_id)
CROSS JOIN as_of AS a
LEFT JOIN indicator_verdicts AS v USING (indicator_id, year)
LEFT JOIN targets AS t ON t.indicator_id = v.indicator_id AND t.year = v.year
LEFT JOIN observations AS o ON o.indicator_id = y.indicator_id AND o.year = y.year
LEFT JOIN sources AS s ON s.source_id = o.source_id
ORDER BY i.rowid, y.year, leads DESC;

CREATE VIEW verdicts AS
SELECT
  'indicator' AS kind, v.indicator_id AS id, i.name_zh, i.name_en, v.year,
  v.verdict, v.verdict_zh, v.verdict_en,
  t.comparator AS target_comparator, t.value AS target_value, t.value_text AS target_value_text,
  t.upper_value AS target_upper_value, t.upper_value_text AS target_upper_value_text,
  t.strength AS target_strength, t.source_id AS target_source_id,
  o.value, o.value_text, o.source_id AS value_source_id, o.release_status,
  v.progress_share, v.progress_share_text, a.as_of
FROM indicator_verdicts AS v
JOIN indicators AS i USING (indicator_id)
CROSS JOIN as_of AS a
LEFT JOIN targets AS t USING (indicator_id, year)
LEFT JOIN observations AS o USING (indicator_id, year, source_id, published)
UNION ALL
SELECT
  'commitment', v.commitment_id, c.title_zh, c.title_en, NULL,
  v.verdict, v.verdict_zh, v.verdict_en,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, r.source_id, NULL, NULL, NULL, a.as_of
FROM commitment_verdicts AS v
JOIN commitments AS c USING (commitment_id)
CROSS JOIN as_of AS a
LEFT JOIN progress_reports AS r USING (report_id);
