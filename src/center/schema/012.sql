-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- The secret half of the signing key lies in a file of its own; the program has taken it out of here before. And a draw
-- keeps the bank that it was drawn on, which a later agreement about the same account may name otherwise.

ALTER TABLE signing_key DROP COLUMN secret_key;

ALTER TABLE draw ADD COLUMN bank TEXT;
UPDATE draw SET bank = (SELECT g.bank FROM agreement AS g JOIN application AS a ON a.unit = g.unit
  WHERE a.id = draw.application AND g.account = draw.bank_account AND g.signed <= draw.time ORDER BY g.id DESC LIMIT 1);
UPDATE draw SET bank = (SELECT g.bank FROM agreement AS g JOIN application AS a ON a.unit = g.unit
  WHERE a.id = draw.application AND g.account = draw.bank_account ORDER BY g.id LIMIT 1) WHERE bank IS NULL;
