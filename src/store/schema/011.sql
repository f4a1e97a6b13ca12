-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Who will soon reach retirement, beside the other figures of 首页 that need every person; and 本月与上月 of a 汇缴 as it
-- was confirmed, by the key of its submission: a pull from scratch may take the application away for a moment.

ALTER TABLE home_due ADD COLUMN retiring INTEGER NOT NULL DEFAULT 0; -- how many
CREATE TABLE home_retiring (
  scope INTEGER NOT NULL REFERENCES home_due (scope) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  month INTEGER NOT NULL, -- 0 = the class is not known
  PRIMARY KEY (scope, position)
) WITHOUT ROWID;
DELETE FROM home_due; -- computed anew

CREATE TABLE month_sheet (
  scope INTEGER NOT NULL REFERENCES scope (id),
  key TEXT NOT NULL,
  made INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  PRIMARY KEY (scope, key)
) WITHOUT ROWID;
