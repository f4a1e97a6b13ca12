-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
CREATE TABLE t (a INTEGER);
