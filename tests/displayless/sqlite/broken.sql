-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
-- Fails after it has done half of its work.
CREATE TABLE half (a INTEGER);
DELETE FROM t;
SELECT nothing FROM nowhere;
