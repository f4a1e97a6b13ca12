-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Vouchers that were issued, one row each: how often one of the same kind went out before is printed on it. Times are
-- unix seconds of the center's clock.

CREATE TABLE voucher_issue (
  id INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  -- A sealed one is another paper than one of unfinished business: each is counted by itself.
  finished INTEGER NOT NULL,
  reprint INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  key TEXT NOT NULL REFERENCES signing_key (id),
  digest TEXT NOT NULL,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  UNIQUE (application, finished, reprint)
);
