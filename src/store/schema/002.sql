-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Vouchers as the center issued them, the newest of each application: they are printed again without a network.
-- created and fen are those of the application it was made of, so that a serial number that is given anew (practice
-- begins again) is not taken for the old one. No reference to application: a pull from scratch may take that away
-- for a moment.
CREATE TABLE voucher (
  scope INTEGER NOT NULL REFERENCES scope (id),
  serial TEXT NOT NULL,
  created INTEGER NOT NULL,
  fen INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  reprint INTEGER NOT NULL,
  issued INTEGER NOT NULL,
  fetched INTEGER NOT NULL,
  printed INTEGER NOT NULL DEFAULT 0, -- how often this very issue was put on paper or into a file here
  text TEXT NOT NULL,
  PRIMARY KEY (scope, serial)
) WITHOUT ROWID;
