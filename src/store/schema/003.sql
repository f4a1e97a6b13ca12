-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Several drafts of one business, each with a name of its own and lines that are numbered by the draft; bodies of the
-- outbox apart from it, so that lists and moves of states never touch megabytes; whom a waiting item names.

ALTER TABLE draft ADD COLUMN name TEXT; -- the clerk's own; NULL: made of business, month and people
ALTER TABLE draft ADD COLUMN lines INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN faults INTEGER NOT NULL DEFAULT 0; -- lines that cannot be submitted as they are
ALTER TABLE draft ADD COLUMN next_line INTEGER NOT NULL DEFAULT 1;
ALTER TABLE draft ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0; -- when, so that it can be undone; 0 = not

-- No version before this one wrote lines.
DROP TABLE draft_line;
CREATE TABLE draft_line (
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0, -- stays as long as the log could bring it back
  position INTEGER NOT NULL,
  person TEXT,
  facts TEXT NOT NULL,
  PRIMARY KEY (draft, line)
) WITHOUT ROWID;
CREATE INDEX draft_line_place ON draft_line (draft, removed, position);
CREATE INDEX draft_line_person ON draft_line (person, draft);
CREATE INDEX draft_operation_line ON draft_operation (draft, line);
-- undone: 1 = can be redone, 2 = neither undone nor redone any more, and goes when nobody waits. Few steps are either.
CREATE INDEX draft_step_undone ON draft_step (draft, step) WHERE undone = 1;
CREATE INDEX draft_step_over ON draft_step (draft, step) WHERE undone = 2;

CREATE TABLE outbox_body (
  item INTEGER PRIMARY KEY REFERENCES outbox (id),
  body BLOB NOT NULL
);
INSERT INTO outbox_body (item, body) SELECT id, body FROM outbox;
ALTER TABLE outbox DROP COLUMN body;

CREATE TABLE outbox_person (
  item INTEGER NOT NULL REFERENCES outbox (id),
  person TEXT NOT NULL, -- 个人账号, or the document of somebody new
  PRIMARY KEY (item, person)
) WITHOUT ROWID;
CREATE INDEX outbox_person_person ON outbox_person (person);

-- Of a refusal of a hundred thousand lines the first ones of each code are kept, and how many there are.
ALTER TABLE draft_reason ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox_reason ADD COLUMN total INTEGER NOT NULL DEFAULT 0;

-- Pasted rows name people by document too.
CREATE INDEX person_document ON person (scope, document);

-- Rosters of applications, as the center answered them page by page when somebody looked.
CREATE TABLE application_roster (
  scope INTEGER NOT NULL REFERENCES scope (id),
  serial TEXT NOT NULL,
  created INTEGER NOT NULL, -- of the application: a serial that was given anew names another one
  fetched INTEGER NOT NULL, -- when the last page came
  looked INTEGER NOT NULL,  -- when somebody last looked; dropped when that is long ago
  cursor TEXT,              -- of the page to come; NULL: it is whole
  PRIMARY KEY (scope, serial)
) WITHOUT ROWID;
CREATE TABLE application_line (
  scope INTEGER NOT NULL,
  serial TEXT NOT NULL,
  line INTEGER NOT NULL,
  facts TEXT NOT NULL,
  PRIMARY KEY (scope, serial, line),
  FOREIGN KEY (scope, serial) REFERENCES application_roster (scope, serial) ON DELETE CASCADE
) WITHOUT ROWID;

-- The figures of 首页 that need every person of a unit, as they were under a stamp of everything they depend on.
CREATE TABLE home_due (
  scope INTEGER PRIMARY KEY REFERENCES scope (id),
  stamp TEXT NOT NULL,
  people INTEGER NOT NULL, -- of the month that is due
  fen INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  unanswered INTEGER NOT NULL,
  waiting INTEGER NOT NULL -- submissions in the outbox that are in these figures
);
CREATE TABLE home_month (
  scope INTEGER NOT NULL REFERENCES home_due (scope) ON DELETE CASCADE,
  month INTEGER NOT NULL,
  people INTEGER NOT NULL,
  fen INTEGER NOT NULL,
  PRIMARY KEY (scope, month)
) WITHOUT ROWID;
DELETE FROM preference WHERE name LIKE 'home-due:%'; -- where they were
