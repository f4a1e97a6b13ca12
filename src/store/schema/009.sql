-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- What the clerk calls a unit and by which colour she knows it, both hers (X11); when she was last at it.

ALTER TABLE scope ADD COLUMN label TEXT;     -- NULL: as its name proposes
ALTER TABLE scope ADD COLUMN colour INTEGER; -- NULL: none yet
ALTER TABLE scope ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
