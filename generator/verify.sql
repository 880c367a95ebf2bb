-- What follows from the published tables, for verify.py.  Each data/<name>.csv stands as the table <name>, all text,
-- with "path" (agency/service/level/) and "at" (its place in time); path BETWEEN x AND x || '~' is everything below x.
-- setting(name) is one of data/catalog.json.
-- since(code) is the first month of a period counted from the year 0, and year(code) the year that holds it whole.
-- Shares have six decimals at most, so that whole millionths decide and no float does.
CREATE TABLE settings AS SELECT '' AS path, setting('as_of') AS as_of, setting('caution_below') AS caution_below,
    setting('suppress_below') AS suppress_below;

-- REPORTS.  Each beside the target in force on the first day of its period, and reports that are due and did not come.
CREATE TABLE results AS SELECT r.*, l.path AS level, state, statutory_limit, t.target_share AS share,
    t.target_limit AS time,
    newest AND r.path = l.path
        AND length(period) || instr(period, 'Q') || instr(period, 'H')
          = length(span_first) || instr(span_first, 'Q') || instr(span_first, 'H') AS own,
    r.at BETWEEN span_first AND span_last AS recent,
    newest AND instr(';' || owed || ';', ';' || r.at || ';') AS due
    FROM (SELECT *, iif(within_target <> '', nullif(volume + 0, 0), NULL) AS cases
        FROM (SELECT *, 1 AS newest FROM performance UNION ALL SELECT *, 0 FROM history)) r
    LEFT JOIN service_levels l USING (agency_id, service_id, level_id)
    LEFT JOIN targets t ON t.path = l.path AND printf('%d-%02d', since(period) / 12, since(period) % 12 + 1) || '-01'
        BETWEEN t.at AND ifnull(nullif(t.target_valid_to, ''), '~');
INSERT INTO results (path, level, state, statutory_limit, at, own, due, recent)
    SELECT l.path, l.path, state, statutory_limit, value, 1, value <> '', value BETWEEN span_first AND span_last
    FROM service_levels l, json_each('["' || replace(owed, ';', '","') || '"]')
    WHERE NOT EXISTS (SELECT 1 FROM performance p WHERE p.path = l.path AND p.at = value);

-- What each report, those of a year ("FY2026y"), and the last 12 months due ("") come to.
CREATE TABLE cells AS SELECT path, span AS at, span = at AND own AS own, state, statutory_limit, received, backlog,
    backlog_overdue, median, p90, excluded, delay_notices_due, delay_notices_sent, complaints, reported_on,
    nullif(reported_attainment, '') || '/1' AS reported_attainment, nullif(revision, '0') AS revision,
    iif(span = at, volume, sum(cases)) AS volume,
    iif(span = at, within_target, sum(iif(cases, within_target, NULL))) AS within_target,
    sum(iif(bound <> '', cases, NULL)) AS judged_volume,
    sum(iif(bound <> '', within_target, NULL)) AS judged_within_target,
    iif(min(bound) = max(bound), min(bound), NULL) AS target_share, time AS target_limit, NULL AS share, NULL AS rate,
    iif(cases, printf('%d.%06d', within_target / cases, within_target * 1000000 / cases % 1000000), '') AS attainment,
    count(*) FILTER (WHERE due AND verdict <> 'not_reported') AS reports_received,
    count(*) FILTER (WHERE due) AS reports_due,
    CASE WHEN span = nullif(at, '') AND ifnull(status, '') NOT IN ('final', 'provisional') THEN status
        WHEN path <> level AND total(status = 'suppressed') THEN 'suppressed'
        WHEN total(cases AND bound = '') THEN 'no_target'
        WHEN count(cases) THEN iif(
            sum(within_target * 1000000 - cases * CAST(round(bound * 1000000) AS INTEGER)) >= 0, 'met', 'missed')
        WHEN total(volume = '0') AND NOT total(status = 'suppressed') THEN 'no_cases' ELSE 'not_reported' END AS verdict
    FROM (SELECT *, iif(cases OR span = at, ifnull(share, ''), NULL) AS bound FROM (
        SELECT *, at AS span FROM results UNION ALL SELECT *, '' FROM results WHERE recent AND (due OR at = '')
        UNION ALL SELECT *, year(at) || 'y' FROM results WHERE own AND at <> ''))
    GROUP BY path, span HAVING span NOT LIKE '%y' OR reports_due;
UPDATE cells SET volume = NULL, within_target = NULL WHERE verdict = 'suppressed';
INSERT INTO cells (path, at, target_share, target_limit) SELECT path, at, target_share, target_limit FROM targets;
UPDATE cells SET share = nullif(target_share, '') || '/1/' || target_share,
    rate = nullif(within_target, '') || '/' || nullif(volume + 0, 0) || '/' || ifnull(target_share, '');
CREATE INDEX cell ON cells (path, at);

-- Where columns of the tables that follow from others hold something else.
CREATE VIEW differences AS
SELECT 'data/performance.csv', path || at || ' attainment target_share target_limit verdict',
    printf('%s %s %s %s', p.attainment, p.target_share, p.target_limit, p.verdict) AS found,
    printf('%s %s %s %s', c.attainment, c.target_share, c.target_limit, c.verdict) AS expected
    FROM performance p LEFT JOIN cells c USING (path, at) WHERE found <> expected
UNION ALL SELECT 'data/history.csv', path || at || ' attainment target_share target_limit verdict',
    printf('%s %s %s %s', p.attainment, p.target_share, p.target_limit, p.verdict) AS found,
    printf('%s %s %s %s', c.attainment, c.target_share, c.target_limit, c.verdict) AS expected
    FROM history p LEFT JOIN cells c USING (path, at) WHERE found <> expected
UNION ALL SELECT 'data/service_levels.csv',
    l.path || ' volume within_target verdict judged_volume judged_within_target reports_received reports_due',
    printf('%s %s %s %s %s %s %s', l.volume, l.within_target, l.verdict, l.judged_volume, l.judged_within_target,
        l.reports_received, l.reports_due) AS found,
    printf('%s %s %s %s %s %s %s', c.volume, c.within_target, c.verdict, c.judged_volume, c.judged_within_target,
        c.reports_received, c.reports_due) AS expected
    FROM service_levels l LEFT JOIN cells c ON c.path = l.path AND c.at = '' WHERE found <> expected
UNION ALL SELECT 'data/' || "table" || '.csv',
    p.path || ' promises_met missed no_target no_cases not_reported, reports_received due',
    printf('%s %s %s %s %s, %s %s', promises_met, promises_missed, promises_no_target, promises_no_cases,
        promises_not_reported, p.reports_received, p.reports_due) AS found,
    printf('%d %d %d %d %d, %d %d', sum(verdict = 'met'), sum(verdict = 'missed'), sum(verdict = 'no_target'),
        sum(verdict = 'no_cases'), sum(verdict = 'not_reported'), sum(l.reports_received), sum(l.reports_due)
    ) AS expected
    FROM (SELECT 'services' AS "table", path, promises_met, promises_missed, promises_no_target, promises_no_cases,
            promises_not_reported, reports_received, reports_due FROM services
        UNION ALL SELECT 'agencies', path, promises_met, promises_missed, promises_no_target, promises_no_cases,
            promises_not_reported, reports_received, reports_due FROM agencies) p
    LEFT JOIN service_levels l ON l.path BETWEEN p.path AND p.path || '~' AND l.current = 'true'
    GROUP BY "table", p.path HAVING found <> expected
UNION ALL SELECT 'data/services.csv', s.path || ' documents documents_held_by_state',
    printf('%s %s', s.documents, s.documents_held_by_state) AS found,
    printf('%d %d', count(d.path), total(d.held_by_state = 'true')) AS expected
    FROM services s LEFT JOIN documents d USING (path)
    WHERE s.status <> 'retired' AND s.documents <> '' GROUP BY s.path HAVING found <> expected
UNION ALL SELECT 'data/services.csv', s.path || ' fees', s.fees AS found, count(f.path) || '' AS expected
    FROM services s LEFT JOIN fees f USING (path)
    WHERE s.status <> 'retired' AND s.fees <> '' GROUP BY s.path HAVING found <> expected
UNION ALL SELECT 'data/fees.csv', path || number || ' fixed', fixed AS found, 'false' AS expected
    FROM fees WHERE fixed = 'true' AND (amount = '' OR answers <> '' OR varies = 'true');
CREATE VIEW columns AS SELECT '' AS path, m.name AS of FROM sqlite_master m JOIN pragma_table_info(m.name);

-- DOCUMENTS.  Who asks for each paper of the shared list, whose way is its id, and the papers that are on none.
CREATE TABLE listed AS SELECT document_id || '/' AS path, path AS service, held_by_state FROM documents
    WHERE document_id <> '';
CREATE INDEX listed_path ON listed (path);
CREATE TABLE unlisted AS SELECT DISTINCT '' AS path, paper FROM documents WHERE document_id = '';

-- JOURNEYS.  What is offered, and how long the first promise to everybody takes that is not over: its time in its own
-- unit, and in hundredths of each unit (hours in minutes).
CREATE TABLE promised AS SELECT service AS path, time, unit, CAST(round(time * 100) AS INTEGER) AS size, min(place)
    FROM (
        SELECT l.agency_id || '/' || l.service_id || '/' AS service, l.rowid AS place, t.target_limit AS time,
            t.target_unit AS unit, min(t.at)
        FROM service_levels l JOIN targets t USING (path), settings
        WHERE measure = 'processing_time' AND answers = '' AND ifnull(nullif(t.target_valid_to, ''), '~') >= as_of
        GROUP BY l.path)
    WHERE time <> '' GROUP BY service;
CREATE TABLE offered AS SELECT s.*, time, time <> '' IS TRUE AS timed,
    CASE unit WHEN 'minute' THEN size WHEN 'hour' THEN size * 60 ELSE 0 END AS minute,
    iif(unit = 'working_hour', size, 0) AS working_hour, iif(unit = 'working_day', size, 0) AS working_day,
    iif(unit = 'calendar_day', size, 0) AS calendar_day, iif(unit = 'month', size, 0) AS month
    FROM services s LEFT JOIN promised USING (path) WHERE s.status <> 'retired';
CREATE UNIQUE INDEX offered_path ON offered (path);

-- Which services come directly before which, and which say themselves that they belong to a life event.
CREATE TABLE firsts AS SELECT DISTINCT o.path, value || '/' AS first
    FROM offered o, json_each('["' || replace(after, ';', '","') || '"]') WHERE first IN (SELECT path FROM offered);
CREATE INDEX firsts_path ON firsts (path);
CREATE INDEX firsts_first ON firsts (first);
CREATE TABLE own AS SELECT DISTINCT value AS event, o.path
    FROM offered o, json_each('["' || replace(life_events, ';', '","') || '"]') WHERE value <> '';

-- The services of each life event are these and what lies between two of them.  Services of one central manual are one
-- step (attempt 1); where steps then go in a circle each service is one (2); where these do, none waits (3).
CREATE TABLE chosen AS WITH RECURSIVE
    above (event, path) AS (
        SELECT event, first FROM own JOIN firsts USING (path)
        UNION SELECT event, first FROM above JOIN firsts USING (path)),
    below (event, path) AS (
        SELECT event, f.path FROM own JOIN firsts f ON first = own.path
        UNION SELECT event, f.path FROM below JOIN firsts f ON first = below.path),
    between_them AS (SELECT * FROM above INTERSECT SELECT * FROM below),
    member AS (SELECT * FROM own UNION SELECT * FROM between_them)
    SELECT event, path, attempt, iif(attempt = 1 AND inherits <> '', 'manual ' || inherits, path) AS bundle
    FROM member JOIN offered USING (path), (SELECT 1 AS attempt UNION SELECT 2 UNION SELECT 3);
CREATE INDEX chosen_path ON chosen (path, event, attempt);
CREATE TABLE links AS SELECT DISTINCT c.event, c.attempt, c.bundle, d.bundle AS first
    FROM chosen c JOIN firsts f USING (path)
    JOIN chosen d ON (d.path, d.event, d.attempt) = (f.first, c.event, c.attempt) WHERE c.attempt < 3;
CREATE INDEX links_bundle ON links (event, attempt, bundle);
CREATE INDEX links_first ON links (event, attempt, first);

-- How many steps follow each other up to each: more than there are where they go in a circle.
CREATE TABLE stages AS WITH RECURSIVE
    size AS (SELECT event, attempt, count(DISTINCT bundle) AS bundles FROM chosen GROUP BY event, attempt),
    stage (event, attempt, bundle, number) AS (
        SELECT DISTINCT event, attempt, bundle, 1 FROM chosen
        UNION SELECT event, attempt, l.bundle, number + 1 FROM stage JOIN size USING (event, attempt)
            JOIN links l USING (event, attempt) WHERE l.first = stage.bundle AND number <= bundles)
    SELECT event, attempt, bundle, max(number) AS stage,
        max(max(number)) OVER (PARTITION BY event, attempt) > bundles AS circle
    FROM stage JOIN size USING (event, attempt) GROUP BY event, attempt, bundle;
CREATE INDEX stages_bundle ON stages (event, attempt, bundle);
CREATE TABLE attempts AS SELECT event, min(attempt) AS attempt FROM stages WHERE NOT circle GROUP BY event;
DELETE FROM stages WHERE (event, attempt) NOT IN (SELECT event, attempt FROM attempts);

-- A row for each service of each step: the steps in their order, those last that wait for none and that none waits for.
CREATE TABLE turns AS SELECT event, attempt, bundle, c.path, stage,
    min(rtrim(c.path, '/')) OVER (PARTITION BY event, attempt, bundle) AS least,
    EXISTS (SELECT 1 FROM links l WHERE (l.event, l.attempt, l.bundle) = (c.event, c.attempt, c.bundle)) OR
    EXISTS (SELECT 1 FROM links l WHERE (l.event, l.attempt, l.first) = (c.event, c.attempt, c.bundle)) AS joined
    FROM chosen c JOIN stages USING (event, attempt, bundle);
CREATE TABLE steps AS SELECT event || '/' AS path, event, attempt, bundle, t.path AS service, stage,
    dense_rank() OVER (PARTITION BY event ORDER BY NOT joined, stage, least) AS number,
    rtrim(t.path, '/') = least AS least,
    agency_id, service_id, channel_types, fees, documents <> '' AS papers, timed, time,
    minute, working_hour, working_day, calendar_day, month, '' AS paid, '' AS agencies
    FROM turns t JOIN offered o ON o.path = t.path;
CREATE INDEX steps_number ON steps (path, number);
CREATE INDEX steps_bundle ON steps (path, bundle);

-- What everybody pays at each step, in ten thousandths of the currency: added where all its places ask for the same.
CREATE TABLE sums AS SELECT path AS service, currency, sum(CAST(round(amount * 10000) AS INTEGER)) AS size
    FROM fees WHERE fixed = 'true' GROUP BY path, currency;
CREATE INDEX sums_service ON sums (service, currency);
CREATE TABLE bills AS SELECT path, number, (SELECT group_concat(agency_id) FROM (SELECT DISTINCT agency_id FROM steps s
        WHERE (s.path, s.number) = (b.path, b.number) ORDER BY agency_id)) AS agencies,
    CASE WHEN max(fees = '') THEN 'unstated' WHEN count(DISTINCT asked) > 1 THEN 'differing' ELSE 'added' END AS paid
    FROM (SELECT path, number, fees, ifnull((SELECT group_concat(currency || size) FROM (
        SELECT * FROM sums WHERE sums.service = steps.service ORDER BY currency)), '') AS asked FROM steps) b
    GROUP BY path, number;
UPDATE steps SET paid = b.paid, agencies = b.agencies FROM bills b
    WHERE (b.path, b.number) = (steps.path, steps.number);
CREATE TABLE paid AS SELECT path, number, agency_id, service_id, currency, size / 10000.0 AS amount,
    paid = 'added' AND least AS added FROM steps JOIN sums USING (service);

-- Fees that depend on answers, or on the case: what several places of a step ask alike, once.
CREATE TABLE asked AS SELECT s.path AS way, s.number AS step, f.* FROM steps s JOIN fees f ON f.path = service
    WHERE fixed = 'false';
ALTER TABLE asked DROP COLUMN agency_id;
ALTER TABLE asked DROP COLUMN service_id;
ALTER TABLE asked DROP COLUMN number;
ALTER TABLE asked DROP COLUMN demonstration;
ALTER TABLE asked DROP COLUMN path;
ALTER TABLE asked DROP COLUMN at;
CREATE TABLE opens AS SELECT way AS path, step FROM (SELECT DISTINCT * FROM asked);

-- Which agencies one must go to: those of a step, of which one is needed, once each.
CREATE TABLE offices AS SELECT path, agencies, min(EXISTS (
        SELECT 1 FROM json_each('["' || replace(channel_types, ';', '","') || '"]')
        WHERE value NOT IN ('', 'counter', 'drive_thru', 'kiosk', 'mobile_unit', 'other'))) AS remote
    FROM steps GROUP BY path, agencies;

-- Each paper once, in the order in which the steps ask.  A step asks everybody for as much as the place that asks for
-- most, where all its places ask for some whatever one answers; originals are shown and taken back, copies stay.
CREATE TABLE asking AS SELECT s.path, s.number AS step, service, document_id, paper,
    max(held_by_state = 'true') AS held, max(answers = '') AS always,
    total(iif(answers = '', originals, 0)) AS originals, total(iif(answers = '', copies, 0)) AS copies,
    min(printf('%06d %s %06d', s.number, rtrim(service, '/'), d.number)) AS turn
    FROM steps s JOIN documents d ON d.path = service GROUP BY s.path, s.number, service, document_id, paper;
CREATE TABLE papers AS SELECT path, document_id, paper,
    row_number() OVER (PARTITION BY path ORDER BY min(turn)) AS number,
    max(held) AS held, max(iif(all_, originals, 0)) AS originals, sum(iif(all_, copies, 0)) AS copies
    FROM (
        SELECT path, step, document_id, paper, min(turn) AS turn, max(held) AS held, max(originals) AS originals,
            max(copies) AS copies,
            sum(always) = (SELECT count(*) FROM steps s WHERE (s.path, s.number) = (a.path, a.step)) AS all_
        FROM asking a GROUP BY path, step, document_id, paper)
    GROUP BY path, document_id, paper;

-- The longest ways, stage by stage: to each step those that no other outdoes.  Seven working hours are no longer than a
-- day of any kind; days and months say nothing of each other.  More than 24 ways to a step are too many to be told,
-- and so are more than 60 steps.
CREATE TABLE ways (path, bundle, minute, working_hour, working_day, calendar_day, month,
    UNIQUE (path, bundle, minute, working_hour, working_day, calendar_day, month));
CREATE VIEW outdone AS SELECT a.path, a.bundle, b.bundle AS by, a.rowid AS way
    FROM ways a JOIN ways b ON a.path = b.path AND a.rowid <> b.rowid
        AND a.working_day <= b.working_day AND a.calendar_day <= b.calendar_day AND a.month <= b.month
        AND b.working_hour - a.working_hour + 7 * (b.working_day - a.working_day) >= 0
        AND b.minute - a.minute + 60 * (b.working_hour - a.working_hour + 7 * (
            b.working_day - a.working_day + b.calendar_day - a.calendar_day + b.month - a.month)) >= 0
    WHERE (a.minute, a.working_hour, a.working_day, a.calendar_day, a.month)
        <> (b.minute, b.working_hour, b.working_day, b.calendar_day, b.month);
CREATE TABLE rounds (stage);
CREATE TRIGGER round AFTER INSERT ON rounds BEGIN
    INSERT OR IGNORE INTO ways SELECT s.path, s.bundle,
            s.minute + ifnull(w.minute, 0), s.working_hour + ifnull(w.working_hour, 0),
            s.working_day + ifnull(w.working_day, 0), s.calendar_day + ifnull(w.calendar_day, 0),
            s.month + ifnull(w.month, 0)
        FROM steps s LEFT JOIN links l ON (l.event, l.attempt, l.bundle) = (s.event, s.attempt, s.bundle)
        LEFT JOIN ways w ON w.path = s.path AND w.bundle = l.first
        WHERE s.stage = new.stage AND (l.first IS NULL OR w.path IS NOT NULL)
            AND (timed OR NOT EXISTS (SELECT 1 FROM steps o WHERE (o.path, o.bundle) = (s.path, s.bundle) AND o.timed))
            AND (SELECT max(number) FROM steps n WHERE n.path = s.path) <= 60;
    DELETE FROM ways WHERE rowid IN (SELECT way FROM outdone WHERE bundle = by);
    DELETE FROM ways WHERE path IN (SELECT path FROM ways GROUP BY path, bundle HAVING count(*) > 24);
END;
INSERT INTO rounds SELECT DISTINCT stage FROM steps ORDER BY stage;
CREATE TABLE lengths AS SELECT path,
    row_number() OVER (PARTITION BY path
        ORDER BY month DESC, calendar_day DESC, working_day DESC, working_hour DESC, minute DESC) AS number,
    month / 100.0 AS month, calendar_day / 100.0 AS calendar_day, working_day / 100.0 AS working_day,
    working_hour / 100.0 AS working_hour, minute / 6000 AS hour, minute % 6000 / 100.0 AS minute
    FROM (SELECT DISTINCT path, minute, working_hour, working_day, calendar_day, month FROM ways
        WHERE rowid NOT IN (SELECT way FROM outdone));
