-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- The portal: accounts, sessions of browsers, grants and their codes and tokens, throttling. Of everything that opens a
-- door only a SHA-256 is kept. Times are unix seconds of the machine's own clock, never of the practice day.

CREATE TABLE portal_account (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('legal', 'person', 'staff')),
  user TEXT NOT NULL,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  credit_code TEXT,
  unit_name TEXT,
  roles TEXT NOT NULL DEFAULT '',
  -- A legal person's account counts only once the center has verified it (practice: at once).
  verified INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  UNIQUE (kind, user)
);
CREATE UNIQUE INDEX portal_account_credit_code ON portal_account (credit_code);

-- Units beside the one of the account's own credit code.
CREATE TABLE portal_account_unit (
  account INTEGER NOT NULL REFERENCES portal_account (id),
  unit TEXT NOT NULL,
  PRIMARY KEY (account, unit)
) WITHOUT ROWID;

CREATE TABLE portal_session (
  hash TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES portal_account (id),
  created INTEGER NOT NULL,
  seen INTEGER NOT NULL
) WITHOUT ROWID;

-- What a client asked for, while its user is on the pages.
CREATE TABLE portal_request (
  hash TEXT PRIMARY KEY,
  redirect TEXT NOT NULL,
  state TEXT NOT NULL,
  challenge TEXT NOT NULL,
  expires INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE portal_grant (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES portal_account (id),
  created INTEGER NOT NULL,
  revoked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE portal_grant_unit (
  grant_id INTEGER NOT NULL REFERENCES portal_grant (id),
  unit TEXT NOT NULL,
  PRIMARY KEY (grant_id, unit)
) WITHOUT ROWID;

CREATE TABLE portal_code (
  hash TEXT PRIMARY KEY,
  grant_id INTEGER NOT NULL REFERENCES portal_grant (id),
  redirect TEXT NOT NULL,
  challenge TEXT NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE portal_token (
  hash TEXT PRIMARY KEY,
  grant_id INTEGER NOT NULL REFERENCES portal_grant (id),
  kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
  expires INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX portal_token_expires ON portal_token (expires);

CREATE TABLE portal_throttle (
  subject TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last INTEGER NOT NULL,
  blocked INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
