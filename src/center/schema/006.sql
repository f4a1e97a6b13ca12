-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Rosters as they were confirmed: one JSON object per line, with the columns of the business as on the wire. The line's
-- number is the client's.

CREATE TABLE application_line (
  application INTEGER NOT NULL REFERENCES application (id),
  line INTEGER NOT NULL,
  person INTEGER NOT NULL DEFAULT 0,
  fields TEXT NOT NULL,
  PRIMARY KEY (application, line)
) WITHOUT ROWID;
CREATE INDEX application_line_person ON application_line (person);
