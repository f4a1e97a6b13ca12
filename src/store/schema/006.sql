-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Attachments. What a business asks for comes with the code lists, which are pulled anew.

ALTER TABLE code ADD COLUMN difference INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN of_line INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN at_least INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN at_most INTEGER NOT NULL DEFAULT 0;
ALTER TABLE code ADD COLUMN max_size INTEGER NOT NULL DEFAULT 0;
UPDATE cursor SET cursor = NULL, pull = pull + 1, full = 1 WHERE feed = 'codes';
