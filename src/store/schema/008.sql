-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Attachments of a draft are numbered by it and come and go with its log, as lines do; those of what waits are sent
-- before it.

DROP TABLE attachment; -- no version before this one wrote any
CREATE TABLE draft_attachment (
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  id INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0, -- stays as long as the log could bring it back
  line INTEGER NOT NULL,              -- 0 = of the application
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  lines TEXT,                         -- check code of the roster that is on it
  PRIMARY KEY (draft, id)
) WITHOUT ROWID;
CREATE INDEX draft_attachment_digest ON draft_attachment (digest);

CREATE TABLE outbox_attachment (
  item INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  upload TEXT,                       -- its address at the center; NULL: none yet
  sent INTEGER NOT NULL DEFAULT 0,   -- bytes that the center said it has
  done INTEGER NOT NULL DEFAULT 0,   -- the center has it whole
  PRIMARY KEY (item, digest)
) WITHOUT ROWID;
CREATE INDEX outbox_attachment_digest ON outbox_attachment (digest);

-- Two kinds of operations more.
ALTER TABLE draft_operation RENAME TO draft_operation_before;
CREATE TABLE draft_operation (
  draft INTEGER NOT NULL,
  step INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('facts', 'add', 'set', 'remove', 'attach', 'detach')),
  line INTEGER NOT NULL DEFAULT 0, -- or the number of an attachment
  before TEXT,
  after TEXT,
  PRIMARY KEY (draft, step, position),
  FOREIGN KEY (draft, step) REFERENCES draft_step (draft, step) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO draft_operation SELECT draft, step, position, kind, line, before, after FROM draft_operation_before;
DROP TABLE draft_operation_before;
CREATE INDEX draft_operation_line ON draft_operation (draft, line);
