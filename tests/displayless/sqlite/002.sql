-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
ALTER TABLE t ADD COLUMN b INTEGER;
UPDATE t SET b = a * 2;
