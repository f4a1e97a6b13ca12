-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: 2026 The Qingce authors
--
-- Review: when the center had all of an application and when it was decided, which one comes after which, why one came
-- back, and who is looking at one just now.

ALTER TABLE application ADD COLUMN received INTEGER NOT NULL DEFAULT 0;
ALTER TABLE application ADD COLUMN processed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE application ADD COLUMN replaces INTEGER REFERENCES application (id);
UPDATE application SET received = created, processed = created; -- nothing was reviewed before
CREATE INDEX application_replaces ON application (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX application_waits ON application (id) WHERE state IN ('in-review', 'accepted');

CREATE TABLE application_reason (
  application INTEGER NOT NULL REFERENCES application (id),
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  target TEXT NOT NULL,
  text TEXT NOT NULL,
  line INTEGER NOT NULL, -- 0 = of no line
  field TEXT,
  attachment TEXT, -- digest
  PRIMARY KEY (application, position)
) WITHOUT ROWID;

CREATE TABLE review_claim (
  application INTEGER PRIMARY KEY REFERENCES application (id),
  staff TEXT NOT NULL,
  until INTEGER NOT NULL
);

-- What only the counter may do was a reviewer's until now.
UPDATE portal_account SET roles = roles || ' counter' WHERE kind = 'staff' AND ' ' || roles || ' ' LIKE '% review %';

-- Somebody new has no row of a person yet, and is found by the document.
ALTER TABLE application_line ADD COLUMN document TEXT;
CREATE INDEX application_line_document ON application_line (document) WHERE person = 0;

-- A practice center that is there already gets the reasons that new ones have; clients are told.
INSERT INTO code_row (list, code, label, position, needs_text, seq)
  SELECT 'return-reason', n.code, n.label, n.place, n.words, (SELECT value FROM counter WHERE name = 'change') + n.place
  FROM (SELECT column1 AS place, column2 AS code, column3 AS label, column4 AS words FROM (VALUES
    (1, '01', '附件不清晰，请重新拍摄后提交', 0),
    (2, '02', '附件未加盖单位公章', 0),
    (3, '03', '附件内容与录入信息不一致', 0),
    (4, '04', '附件缺页或不齐全', 0),
    (5, '05', '征信授权书无职工本人签字', 0),
    (6, '06', '征信授权书不是签字原件的照片', 0),
    (7, '07', '人员信息有误', 0),
    (8, '08', '补缴年月或原因与说明不符', 0),
    (9, '99', '其他', 1))) AS n
  WHERE EXISTS (SELECT 1 FROM setting WHERE name = 'practice' AND value = '1') AND EXISTS (SELECT 1 FROM code_row);
UPDATE counter SET value = max (value, (SELECT coalesce (max (seq), 0) FROM code_row)) WHERE name = 'change';
