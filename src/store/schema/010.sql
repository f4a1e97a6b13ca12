-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- The book of paper that was handed out, beside vouchers: lists of months, rosters of applications, notices.

CREATE TABLE paper_use (
  scope INTEGER NOT NULL REFERENCES scope (id),
  subject TEXT NOT NULL, -- what it is, by a stable name
  uses INTEGER NOT NULL,
  PRIMARY KEY (scope, subject)
) WITHOUT ROWID;
