-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Facts of an application as they were confirmed: what each was before, and what it became. And what must be one of its
-- kind among all units is found by what it says.

CREATE TABLE application_fact (
  application INTEGER NOT NULL REFERENCES application (id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  before TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (application, position)
) WITHOUT ROWID;
CREATE INDEX unit_field_value ON unit_field (name, value);
CREATE INDEX unit_name ON unit (name);
