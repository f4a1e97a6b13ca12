-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- 同城转移: who left shows in the feed of the unit's people while the next remittance still shows the 减少, so that a
-- client that begins from scratch has the 上月 that the center has.

ALTER TABLE departure ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
CREATE INDEX departure_feed ON departure (unit, seq);
