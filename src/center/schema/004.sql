-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- The bank's own number of each transfer that arrived (银行流水号): it is confirmed once, whoever confirms it. Draws go
-- by numbers of the center's own, and arrivals from before this have none.

ALTER TABLE movement ADD COLUMN reference TEXT;
CREATE UNIQUE INDEX movement_reference ON movement (reference) WHERE reference IS NOT NULL;
