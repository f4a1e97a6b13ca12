-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- What a client asked for is carried by its user's browser, sealed with the center's key: whoever has not signed in makes
-- the center write nothing. Kept is only when (in microseconds) all requests of a challenge were over, until they would
-- be by themselves.

DROP TABLE portal_request;
CREATE TABLE portal_request_over (
  challenge TEXT PRIMARY KEY,
  time INTEGER NOT NULL
) WITHOUT ROWID;
