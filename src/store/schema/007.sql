-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Review. The other clocks of an application, and which one comes after which, come with the applications, which are
-- pulled anew.

ALTER TABLE application ADD COLUMN received INTEGER NOT NULL DEFAULT 0;
ALTER TABLE application ADD COLUMN processed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE application ADD COLUMN replaces TEXT;
ALTER TABLE application ADD COLUMN replaced_by TEXT;
UPDATE cursor SET cursor = NULL, pull = pull + 1, full = 1 WHERE feed = 'applications';
