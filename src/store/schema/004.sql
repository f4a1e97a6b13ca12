-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Other units as the center named them when somebody asked (同城转移), and how many arrived whose base is to be adjusted.

CREATE TABLE other_unit (
  profile TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  status INTEGER NOT NULL,
  due INTEGER NOT NULL,
  first_month INTEGER NOT NULL,
  as_of INTEGER NOT NULL, -- when the center said so
  PRIMARY KEY (profile, account)
) WITHOUT ROWID;

ALTER TABLE home_due ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
DELETE FROM home_due; -- computed anew
