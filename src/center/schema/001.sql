-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- The center's ledger. Money is integer fen, months YYYYMM, days YYYYMMDD, times unix seconds. Rows that clients pull
-- carry seq, the number of their last change out of one sequence for the whole center.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter VALUES ('change', 0), ('serial', 0), ('unit', 0), ('person', 0);

CREATE TABLE unit (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  credit_code TEXT NOT NULL UNIQUE,
  status INTEGER NOT NULL,
  first_month INTEGER NOT NULL,
  paid_to INTEGER NOT NULL DEFAULT 0,
  headcount INTEGER NOT NULL DEFAULT 0,
  sealed_count INTEGER NOT NULL DEFAULT 0,
  balance INTEGER NOT NULL DEFAULT 0,
  suspense INTEGER NOT NULL DEFAULT 0 CHECK (suspense >= 0),
  payee_name TEXT, payee_account TEXT, payee_bank TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  seq INTEGER NOT NULL
);

-- Registration data by JGJ/T 320 name (DWDZ, DWYB, …).
CREATE TABLE unit_field (
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (unit, name)
) WITHOUT ROWID;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL UNIQUE,
  unit INTEGER NOT NULL REFERENCES unit (id),
  name TEXT NOT NULL,
  document_type TEXT NOT NULL,
  document TEXT NOT NULL,
  sex INTEGER NOT NULL,
  birth INTEGER NOT NULL,
  status INTEGER NOT NULL,
  status_from INTEGER NOT NULL,
  base INTEGER NOT NULL CHECK (base >= 0),
  opened INTEGER NOT NULL,
  paid_to INTEGER NOT NULL DEFAULT 0,
  class INTEGER NOT NULL DEFAULT 0,
  authorized INTEGER NOT NULL DEFAULT 0,
  base_pending INTEGER NOT NULL DEFAULT 0,
  balance INTEGER NOT NULL DEFAULT 0,
  mobile TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  seq INTEGER NOT NULL
);
-- One person, one account (invariant 1).
CREATE UNIQUE INDEX person_document ON person (document, document_type);
CREATE INDEX person_feed ON person (unit, seq);

-- People who left a unit since: their 减少 still shows in its next remittance.
CREATE TABLE departure (
  unit INTEGER NOT NULL REFERENCES unit (id),
  person INTEGER NOT NULL REFERENCES person (id),
  from_month INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (unit, person, from_month)
) WITHOUT ROWID;

CREATE TABLE base_row (
  person INTEGER NOT NULL REFERENCES person (id),
  from_month INTEGER NOT NULL,
  base INTEGER NOT NULL CHECK (base >= 0),
  retroactive INTEGER NOT NULL DEFAULT 0,
  time INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id),
  seq INTEGER NOT NULL,
  PRIMARY KEY (person, from_month)
) WITHOUT ROWID;
CREATE INDEX base_row_feed ON base_row (unit, seq);

CREATE TABLE ratio_row (
  unit INTEGER NOT NULL REFERENCES unit (id),
  from_month INTEGER NOT NULL,
  unit_ratio INTEGER NOT NULL,
  personal_ratio INTEGER NOT NULL,
  retroactive INTEGER NOT NULL DEFAULT 0,
  time INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (unit, from_month)
) WITHOUT ROWID;

-- Rows that were replaced: what was remitted under them can still be recomputed.
CREATE TABLE ratio_past (
  unit INTEGER NOT NULL REFERENCES unit (id),
  from_month INTEGER NOT NULL,
  unit_ratio INTEGER NOT NULL,
  personal_ratio INTEGER NOT NULL,
  time INTEGER NOT NULL
);

-- Policy and code lists are the same for all units.
CREATE TABLE policy_row (
  from_month INTEGER PRIMARY KEY,
  base_floor INTEGER NOT NULL, base_cap INTEGER NOT NULL,
  monthly_floor INTEGER NOT NULL, monthly_cap INTEGER NOT NULL,
  unit_ratio_min INTEGER NOT NULL, unit_ratio_max INTEGER NOT NULL,
  personal_ratio_min INTEGER NOT NULL, personal_ratio_max INTEGER NOT NULL,
  unit_rounding TEXT NOT NULL, personal_rounding TEXT NOT NULL,
  fund_year_start INTEGER NOT NULL,
  months_ahead INTEGER NOT NULL,
  back_payment_warn INTEGER NOT NULL,
  transfer_arrival TEXT NOT NULL CHECK (transfer_arrival IN ('normal', 'sealed')),
  in_flight_blocks INTEGER NOT NULL,
  remark TEXT NOT NULL DEFAULT '',
  seq INTEGER NOT NULL
);

CREATE TABLE code_row (
  list TEXT NOT NULL,
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  position INTEGER NOT NULL,
  needs_text INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL,
  PRIMARY KEY (list, code)
) WITHOUT ROWID;

-- What is gone from a unit's feed, so that clients drop it.
CREATE TABLE tombstone (
  unit INTEGER NOT NULL REFERENCES unit (id),
  feed TEXT NOT NULL,
  seq INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (unit, feed, seq)
) WITHOUT ROWID;

CREATE TABLE application (
  id INTEGER PRIMARY KEY,
  serial TEXT NOT NULL UNIQUE,
  unit INTEGER NOT NULL REFERENCES unit (id),
  key TEXT,
  business TEXT NOT NULL,
  state TEXT NOT NULL,
  draw TEXT NOT NULL DEFAULT 'none',
  draw_number INTEGER NOT NULL DEFAULT 0,
  draw_reason TEXT,
  return_reason TEXT,
  method TEXT NOT NULL,
  start_month INTEGER NOT NULL,
  end_month INTEGER NOT NULL,
  effective_month INTEGER NOT NULL DEFAULT 0,
  people INTEGER NOT NULL,
  fen INTEGER NOT NULL CHECK (fen >= 0),
  arrived INTEGER NOT NULL DEFAULT 0 CHECK (arrived >= 0 AND arrived <= fen),
  created INTEGER NOT NULL,
  finished INTEGER NOT NULL DEFAULT 0,
  entered_by TEXT, reviewed_by TEXT, cashier TEXT,
  revision INTEGER NOT NULL DEFAULT 1,
  seq INTEGER NOT NULL
);
CREATE INDEX application_feed ON application (unit, seq);
CREATE INDEX application_created ON application (created);
-- An unfinished 汇缴 blocks another of the unit (decision 15).
CREATE UNIQUE INDEX application_one_open ON application (unit) WHERE business = 'remittance' AND state = 'registered';

CREATE TABLE application_month (
  application INTEGER NOT NULL REFERENCES application (id),
  month INTEGER NOT NULL,
  previous_people INTEGER NOT NULL, added_people INTEGER NOT NULL,
  removed_people INTEGER NOT NULL, people INTEGER NOT NULL,
  previous_fen INTEGER NOT NULL, added_fen INTEGER NOT NULL, removed_fen INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL, personal_fen INTEGER NOT NULL,
  PRIMARY KEY (application, month)
) WITHOUT ROWID;

CREATE TABLE application_event (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  text TEXT,
  fen INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX application_event_application ON application_event (application);

-- Every draw has its own number (decision 4).
CREATE TABLE draw (
  application INTEGER NOT NULL REFERENCES application (id),
  number INTEGER NOT NULL,
  bank_account TEXT NOT NULL,
  fen INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'unknown')),
  reason TEXT,
  time INTEGER NOT NULL,
  answered INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (application, number)
) WITHOUT ROWID;

-- What a person is to be remitted (booked = 0) and was (booked = 1) by an application: the same figures each month.
CREATE TABLE span (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  person INTEGER NOT NULL REFERENCES person (id),
  unit INTEGER NOT NULL REFERENCES unit (id),
  from_month INTEGER NOT NULL,
  to_month INTEGER NOT NULL CHECK (to_month >= from_month),
  base INTEGER NOT NULL,
  unit_fen INTEGER NOT NULL CHECK (unit_fen >= 0),
  personal_fen INTEGER NOT NULL CHECK (personal_fen >= 0),
  kind INTEGER NOT NULL DEFAULT 0,
  booked INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX span_application ON span (application);
CREATE INDEX span_person ON span (person, to_month);
CREATE INDEX span_feed ON span (unit, seq) WHERE booked = 1;

-- Money of the unit at the center: draw and arrival put into 暂存款, booking takes out to the people.
CREATE TABLE movement (
  id INTEGER PRIMARY KEY,
  unit INTEGER NOT NULL REFERENCES unit (id),
  time INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('draw', 'arrival', 'booking')),
  fen INTEGER NOT NULL CHECK (fen >= 0),
  application INTEGER REFERENCES application (id),
  balance_after INTEGER NOT NULL CHECK (balance_after >= 0),
  text TEXT NOT NULL,
  actor TEXT NOT NULL,
  seq INTEGER NOT NULL
);
CREATE INDEX movement_feed ON movement (unit, seq);
CREATE INDEX movement_application ON movement (application);

-- 托收协议, with the balance as the center last knew it (decision 14).
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY,
  unit INTEGER NOT NULL REFERENCES unit (id),
  bank TEXT NOT NULL,
  account TEXT NOT NULL,
  signed INTEGER NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0,
  known_balance INTEGER NOT NULL DEFAULT -1,
  known_time INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX agreement_open ON agreement (unit) WHERE ended = 0;

-- The made-up bank's own books.
CREATE TABLE bank_account (
  account TEXT PRIMARY KEY,
  unit INTEGER NOT NULL UNIQUE REFERENCES unit (id),
  bank TEXT NOT NULL,
  holder TEXT NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  answers INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE TABLE bank_entry (
  reference TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES bank_account (account),
  fen INTEGER NOT NULL,
  done INTEGER NOT NULL,
  reason TEXT,
  time INTEGER NOT NULL
) WITHOUT ROWID;

-- The answer to a key is kept for ever.
CREATE TABLE answer_key (
  key TEXT PRIMARY KEY,
  unit TEXT NOT NULL,
  digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'refused')),
  serial TEXT,
  status INTEGER NOT NULL,
  answer BLOB,
  time INTEGER NOT NULL
) WITHOUT ROWID;

-- Who did what; each line's hash covers the one before.
CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  unit TEXT,
  serial TEXT,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX log_unit ON log (unit, id);

-- Laid now, used later.
CREATE TABLE attachment (
  hash TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  time INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE application_attachment (
  application INTEGER NOT NULL REFERENCES application (id),
  hash TEXT NOT NULL REFERENCES attachment (hash),
  person INTEGER REFERENCES person (id),
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY (application, hash, purpose)
) WITHOUT ROWID;

CREATE TABLE signing_key (
  id TEXT PRIMARY KEY,
  algorithm TEXT NOT NULL,
  public_key BLOB NOT NULL,
  secret_key BLOB NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_until INTEGER NOT NULL
) WITHOUT ROWID;
