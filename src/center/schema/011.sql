-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- From the phone: addresses that were given out for some pictures and some minutes, and what arrived there until a
-- clerk has fetched it. Of the secret in an address there is only its digest. Bytes lie beside the uploads.

CREATE TABLE phone (
  id TEXT PRIMARY KEY,
  unit INTEGER NOT NULL REFERENCES unit (id),
  digest TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  pictures INTEGER NOT NULL, -- that it takes
  taken INTEGER NOT NULL DEFAULT 0,
  expires INTEGER NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0 -- by the clerk
) WITHOUT ROWID;
CREATE INDEX phone_unit ON phone (unit);

CREATE TABLE phone_picture (
  phone TEXT NOT NULL REFERENCES phone (id),
  number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  file TEXT NOT NULL UNIQUE,
  PRIMARY KEY (phone, number)
) WITHOUT ROWID;
