-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- A change of lines in the log of a draft is one operation (line 0) and says of each line only what differs: a hundred
-- thousand lines are one row. Steps written before said it with all of each line; such drafts stay as they are, but
-- what was done to them until now can no longer be undone.

UPDATE draft_step SET undone = 2 WHERE draft IN (SELECT draft FROM draft_operation WHERE kind = 'set');
