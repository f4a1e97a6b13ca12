-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- The client's database. Everything is keyed by profile and unit through "scope"; amounts are fen, months YYYYMM,
-- days YYYYMMDD, times unix seconds, 0 = none. "pull" marks in which pull from scratch a row was last seen.

CREATE TABLE profile (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  department TEXT NOT NULL,
  practice INTEGER NOT NULL DEFAULT 0,
  user TEXT,
  last_unit TEXT,
  used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- granted: NULL = never named by a session, 0 = no longer, 1 = by the last one.
CREATE TABLE scope (
  id INTEGER PRIMARY KEY,
  profile TEXT NOT NULL,
  unit TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  credit_code TEXT NOT NULL DEFAULT '',
  granted INTEGER,
  UNIQUE (profile, unit)
);

CREATE TABLE cursor (
  scope INTEGER NOT NULL REFERENCES scope (id),
  feed TEXT NOT NULL,
  cursor TEXT,
  pull INTEGER NOT NULL DEFAULT 1,
  full INTEGER NOT NULL DEFAULT 1,
  complete INTEGER NOT NULL DEFAULT 0,
  as_of INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, feed)
) WITHOUT ROWID;

CREATE TABLE unit (
  scope INTEGER PRIMARY KEY REFERENCES scope (id),
  pull INTEGER NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  credit_code TEXT NOT NULL,
  status INTEGER NOT NULL,
  first_month INTEGER NOT NULL,
  paid_to INTEGER NOT NULL,
  headcount INTEGER NOT NULL,
  sealed_count INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  suspense INTEGER NOT NULL,
  agreement_bank TEXT,
  agreement_account TEXT,
  agreement_balance INTEGER NOT NULL,
  agreement_balance_time INTEGER NOT NULL,
  payee_name TEXT,
  payee_account TEXT,
  payee_bank TEXT,
  revision INTEGER NOT NULL
);

CREATE TABLE unit_field (
  scope INTEGER NOT NULL REFERENCES unit (scope) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, name)
) WITHOUT ROWID;

CREATE TABLE ratio (
  scope INTEGER NOT NULL REFERENCES scope (id),
  key TEXT NOT NULL,
  pull INTEGER NOT NULL,
  from_month INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  personal INTEGER NOT NULL,
  retroactive INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) WITHOUT ROWID;

CREATE TABLE policy (
  scope INTEGER NOT NULL REFERENCES scope (id),
  key TEXT NOT NULL,
  pull INTEGER NOT NULL,
  from_month INTEGER NOT NULL,
  base_floor INTEGER NOT NULL,
  base_cap INTEGER NOT NULL,
  monthly_floor INTEGER NOT NULL,
  monthly_cap INTEGER NOT NULL,
  unit_ratio_min INTEGER NOT NULL,
  unit_ratio_max INTEGER NOT NULL,
  personal_ratio_min INTEGER NOT NULL,
  personal_ratio_max INTEGER NOT NULL,
  unit_rounding TEXT NOT NULL,
  personal_rounding TEXT NOT NULL,
  fund_year_start INTEGER NOT NULL,
  months_ahead INTEGER NOT NULL,
  back_payment_warn INTEGER NOT NULL,
  transfer_arrival TEXT NOT NULL CHECK (transfer_arrival IN ('normal', 'sealed')),
  in_flight_blocks INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) WITHOUT ROWID;

CREATE TABLE code (
  scope INTEGER NOT NULL REFERENCES scope (id),
  key TEXT NOT NULL,
  pull INTEGER NOT NULL,
  list TEXT NOT NULL,
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  needs_text INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) WITHOUT ROWID;

-- gone: left the unit, kept only because of what was paid (上月 of the next 汇缴).
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  scope INTEGER NOT NULL REFERENCES scope (id),
  account TEXT NOT NULL,
  pull INTEGER NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  document_type TEXT NOT NULL,
  document TEXT NOT NULL,
  sex INTEGER NOT NULL,
  birth INTEGER NOT NULL,
  status INTEGER NOT NULL,
  status_from INTEGER NOT NULL,
  base INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  paid_to INTEGER NOT NULL,
  retirement_class TEXT NOT NULL,
  authorized_until INTEGER NOT NULL,
  base_pending INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  mobile TEXT,
  revision INTEGER NOT NULL,
  sort_key TEXT NOT NULL,
  UNIQUE (scope, account)
);

-- What lists look at: narrow, and lying in the order of names. The words are folded; pinyin holds all readings and
-- initials, each with a blank before it.
CREATE TABLE person_find (
  scope INTEGER NOT NULL,
  sort_key TEXT NOT NULL,
  person INTEGER NOT NULL,
  status INTEGER NOT NULL,
  base INTEGER NOT NULL,
  name TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  account TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (scope, sort_key, person)
) WITHOUT ROWID;

-- Rows of history lie together by person, so that the preview reads them in one go; the key finds them when they change.
CREATE TABLE base_history (
  scope INTEGER NOT NULL REFERENCES scope (id),
  person TEXT NOT NULL,
  from_month INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  key TEXT NOT NULL,
  pull INTEGER NOT NULL,
  base INTEGER NOT NULL,
  retroactive INTEGER NOT NULL,
  PRIMARY KEY (scope, person, from_month, entered, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX base_history_key ON base_history (scope, key);

CREATE TABLE paid_span (
  scope INTEGER NOT NULL REFERENCES scope (id),
  person TEXT NOT NULL,
  from_month INTEGER NOT NULL,
  key TEXT NOT NULL,
  pull INTEGER NOT NULL,
  to_month INTEGER NOT NULL,
  base INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  personal INTEGER NOT NULL,
  kind INTEGER NOT NULL, -- 0 = 汇缴, 1 = 补缴
  serial TEXT,
  PRIMARY KEY (scope, person, from_month, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX paid_span_key ON paid_span (scope, key);

CREATE TABLE application (
  scope INTEGER NOT NULL REFERENCES scope (id),
  serial TEXT NOT NULL,
  pull INTEGER NOT NULL,
  key TEXT,
  business TEXT NOT NULL,
  state TEXT NOT NULL,
  draw TEXT NOT NULL,
  draw_number INTEGER NOT NULL,
  draw_reason TEXT,
  return_reason TEXT,
  method TEXT NOT NULL,
  start_month INTEGER NOT NULL,
  end_month INTEGER NOT NULL,
  effective INTEGER NOT NULL,
  people INTEGER NOT NULL,
  fen INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  created INTEGER NOT NULL,
  finished INTEGER NOT NULL,
  entered_by TEXT,
  reviewed_by TEXT,
  cashier TEXT,
  revision INTEGER NOT NULL,
  PRIMARY KEY (scope, serial)
) WITHOUT ROWID;
CREATE INDEX application_created ON application (scope, created);

CREATE TABLE application_month (
  scope INTEGER NOT NULL,
  serial TEXT NOT NULL,
  month INTEGER NOT NULL,
  previous_people INTEGER NOT NULL,
  added_people INTEGER NOT NULL,
  removed_people INTEGER NOT NULL,
  people INTEGER NOT NULL,
  previous_fen INTEGER NOT NULL,
  added_fen INTEGER NOT NULL,
  removed_fen INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL,
  personal_fen INTEGER NOT NULL,
  PRIMARY KEY (scope, serial, month),
  FOREIGN KEY (scope, serial) REFERENCES application (scope, serial) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE application_event (
  scope INTEGER NOT NULL,
  serial TEXT NOT NULL,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  text TEXT,
  fen INTEGER NOT NULL,
  PRIMARY KEY (scope, serial, position),
  FOREIGN KEY (scope, serial) REFERENCES application (scope, serial) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE movement (
  scope INTEGER NOT NULL REFERENCES scope (id),
  key TEXT NOT NULL,
  pull INTEGER NOT NULL,
  time INTEGER NOT NULL,
  kind TEXT NOT NULL,
  fen INTEGER NOT NULL,
  serial TEXT,
  balance_after INTEGER NOT NULL,
  text TEXT,
  PRIMARY KEY (scope, key)
) WITHOUT ROWID;
CREATE INDEX movement_time ON movement (scope, time);

CREATE TABLE draft (
  id INTEGER PRIMARY KEY,
  scope INTEGER NOT NULL REFERENCES scope (id),
  business TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'locked', 'done')),
  facts TEXT NOT NULL,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  outbox INTEGER NOT NULL DEFAULT 0,
  serial TEXT
);
CREATE INDEX draft_scope ON draft (scope, business, state);

-- A removed line stays as long as the log could bring it back, so its id and place are the same afterwards.
CREATE TABLE draft_line (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  removed INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL,
  person TEXT,
  facts TEXT NOT NULL
);
CREATE INDEX draft_line_place ON draft_line (draft, removed, position);

-- What the last checks found; line 0 = the draft itself.
CREATE TABLE draft_reason (
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity INTEGER NOT NULL,
  month INTEGER NOT NULL,
  person TEXT,
  field TEXT,
  args TEXT NOT NULL,
  PRIMARY KEY (draft, line, position)
) WITHOUT ROWID;

-- The operation log: steps are what undo takes back, operations what a step did.
CREATE TABLE draft_step (
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  label TEXT NOT NULL,
  time INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (draft, step)
) WITHOUT ROWID;

CREATE TABLE draft_operation (
  draft INTEGER NOT NULL,
  step INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('facts', 'add', 'set', 'remove')),
  line INTEGER NOT NULL DEFAULT 0,
  before TEXT,
  after TEXT,
  PRIMARY KEY (draft, step, position),
  FOREIGN KEY (draft, step) REFERENCES draft_step (draft, step) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scope INTEGER NOT NULL REFERENCES scope (id),
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  business TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  if_match TEXT,
  body BLOB NOT NULL,
  summary TEXT,
  actor TEXT,
  draft INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'sending', 'unknown', 'accepted', 'refused', 'withdrawn', 'held')),
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  next_try INTEGER NOT NULL DEFAULT 0,
  sent INTEGER NOT NULL DEFAULT 0, -- whether any byte may have reached the center
  reason TEXT,
  status INTEGER NOT NULL DEFAULT 0,
  answer BLOB,
  serial TEXT
);
CREATE INDEX outbox_state ON outbox (state, next_try);
CREATE INDEX outbox_scope ON outbox (scope, state);

CREATE TABLE outbox_dependency (
  item INTEGER NOT NULL REFERENCES outbox (id),
  needs INTEGER NOT NULL REFERENCES outbox (id),
  PRIMARY KEY (item, needs)
) WITHOUT ROWID;
CREATE INDEX outbox_dependency_needs ON outbox_dependency (needs);

CREATE TABLE outbox_attempt (
  item INTEGER NOT NULL REFERENCES outbox (id),
  number INTEGER NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0,
  sent_before INTEGER NOT NULL,
  outcome TEXT,
  reason TEXT,
  PRIMARY KEY (item, number)
) WITHOUT ROWID;

CREATE TABLE outbox_reason (
  item INTEGER NOT NULL REFERENCES outbox (id),
  position INTEGER NOT NULL,
  line INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity INTEGER NOT NULL,
  month INTEGER NOT NULL,
  person TEXT,
  field TEXT,
  args TEXT NOT NULL,
  PRIMARY KEY (item, position)
) WITHOUT ROWID;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  draft INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  line INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  sent INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL
);
CREATE INDEX attachment_draft ON attachment (draft);

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  profile TEXT,
  unit TEXT,
  actor TEXT,
  action TEXT NOT NULL,
  subject TEXT,
  detail TEXT,
  hash TEXT NOT NULL
);

-- Where the chain ends, so that an entry cut off its end is missed.
CREATE TABLE journal_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO journal_head VALUES (1, 0, '');

CREATE TABLE signing_key (
  profile TEXT NOT NULL,
  id TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  public_key TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  PRIMARY KEY (profile, id)
) WITHOUT ROWID;

CREATE TABLE preference (
  profile TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (profile, name)
) WITHOUT ROWID;
