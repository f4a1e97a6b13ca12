-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Attachments. What a business asks for is said by the lists "attachment-…", and which back payments are differences by
-- their reasons. Bytes lie in files beside the database, named by their digest; a unit has those that it sent whole.

ALTER TABLE code_row ADD COLUMN difference INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code_row ADD COLUMN of_line INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code_row ADD COLUMN at_least INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code_row ADD COLUMN at_most INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code_row ADD COLUMN max_size INTEGER NOT NULL DEFAULT 0;

-- What the center has been asking for all the time, and the differences; clients are told.
UPDATE code_row SET at_least = 1, max_size = 10485760,
  at_most = CASE code WHEN 'roster' THEN 20 WHEN 'statement' THEN 5 ELSE 1 END,
  of_line = code = 'credit-authorization'
  WHERE (list, code) IN (VALUES ('attachment-back-payment', 'roster'), ('attachment-back-payment', 'statement'),
                                ('attachment-account-opening', 'credit-authorization'));
UPDATE code_row SET difference = 1 WHERE list = 'back-payment-reason' AND code IN ('02', '03', '04');
UPDATE code_row SET seq = (SELECT value FROM counter WHERE name = 'change') + n.place FROM
  (SELECT list, code, row_number () OVER (ORDER BY list, code) AS place FROM code_row
   WHERE difference <> 0 OR at_most <> 0) AS n
  WHERE code_row.list = n.list AND code_row.code = n.code;
UPDATE counter SET value = max (value, (SELECT coalesce (max (seq), 0) FROM code_row)) WHERE name = 'change';

-- No version before this one wrote either.
DROP TABLE application_attachment;
DROP TABLE attachment;
CREATE TABLE attachment (
  unit INTEGER NOT NULL REFERENCES unit (id),
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  time INTEGER NOT NULL, -- when it was whole, or was last asked for: what nothing names goes when that is long ago
  PRIMARY KEY (unit, digest)
) WITHOUT ROWID;
CREATE INDEX attachment_digest ON attachment (digest);

-- What is on its way: so many bytes of it are on the disk.
CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  unit INTEGER NOT NULL REFERENCES unit (id),
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  have INTEGER NOT NULL DEFAULT 0,
  time INTEGER NOT NULL -- of the last byte
) WITHOUT ROWID;
CREATE INDEX upload_unit ON upload (unit, digest);

CREATE TABLE application_attachment (
  application INTEGER NOT NULL REFERENCES application (id),
  position INTEGER NOT NULL,
  line INTEGER NOT NULL, -- 0 = of the application
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  lines TEXT, -- check code of the roster that is on it
  PRIMARY KEY (application, position)
) WITHOUT ROWID;
CREATE INDEX application_attachment_digest ON application_attachment (digest);
