/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The table of findings; see the header. Constant, any thread.
 */
#include "qc-finding-table.h"

#include <glib/gi18n-lib.h>

#define E QC_SEVERITY_ERROR
#define W QC_SEVERITY_WARNING
#define A QC_SEVERITY_ASK
#define I QC_SEVERITY_NOTE

/* clang-format off */
static const QcFindingRow rows[] = {
  /* 汇缴: the unit and the method (guide 3.1 item 1) */
  { "remittance.unit-status", E,
    N_ ("The unit's account is in the state “{unit_status}”, in which nothing can be remitted."),
    N_ ("Only units that are normal, newly opened or deferred can remit. Ask the center to restore the account."), NULL },
  { "remittance.no-method", E,
    N_ ("No payment method has been chosen."),
    N_ ("Choose collection or transfer by the unit."), NULL },
  { "remittance.agreement-missing", E,
    N_ ("Collection is not possible: the unit has no collection agreement."),
    N_ ("The unit's handler signs the collection agreement at the center's counter. Until then, choose transfer by the unit."), NULL },
  { "remittance.agreement-exists", E,
    N_ ("Transfer by the unit is not possible: the unit has signed a collection agreement and can only use collection."),
    N_ ("Choose collection. To pay by transfer, end the agreement at the center's counter first."), NULL },

  /* the months (item 2, decision 6) */
  { "remittance.no-due-month", E,
    N_ ("The month that is due is not known: the unit has neither a month paid up to nor a first month."),
    N_ ("Ask the center to enter the unit's first month of remittance."), NULL },
  { "remittance.month-invalid", E,
    N_ ("The start or end month is not a month."),
    N_ ("Choose the end month again."), NULL },
  { "remittance.start-moved", E,
    N_ ("The start month {start} is not the month that is due: due is {due}."),
    N_ ("Update the unit's data and begin the remittance again from {due}. Nothing has been done."), NULL },
  { "remittance.already-paid", E,
    N_ ("Already remitted: {start..paid_to}."),
    N_ ("A month is remitted only once. Begin at the month that is due; missed people are paid by back payment."), NULL },
  { "remittance.end-before-start", E,
    N_ ("The end month {end} lies before the start month {start}."),
    N_ ("Choose an end month not before {start}."), NULL },
  { "remittance.end-too-late", E,
    N_ ("The end month {end} is too late: at present you can remit up to {last}."),
    N_ ("Choose an end month not after {last}."), NULL },
  { "remittance.not-yet-due", E,
    N_ ("Everything that can be remitted now has been remitted: {start} can be remitted only later."),
    N_ ("At present you can remit up to {last}. Come back when {start} may be remitted."), NULL },
  { "remittance.too-many-months", E,
    N_ ("{count} months at once are too many; at most {limit} can be remitted together."),
    N_ ("Choose an earlier end month and remit the rest afterwards."), NULL },

  /* other business of the unit (decision 15) */
  { "remittance.unfinished", E,
    N_ ("A remittance of the unit is unfinished: business serial number {serial}, state “{state}”."),
    N_ ("Finish {serial} first (let the money arrive or draw again), or delete it while it is registered."), NULL },
  { "remittance.in-flight-blocks", E,
    N_ ("“{business}” {serial} (people: {people}) is still in the state “{state}”; the center's rules do not allow a remittance before it is finished."),
    N_ ("Wait until the center has finished {serial}, or cancel it while it is in review."), NULL },
  { "remittance.in-flight", W,
    N_ ("“{business}” {serial} (people: {people}) is still in the state “{state}” and is not contained in this remittance."),
    N_ ("To include it, wait until it is finished. If you remit now, it takes effect from the next month that is due."), NULL },

  /* the figures (items 3 and 6) */
  { "remittance.no-policy", E,
    N_ ("The center's rules for {month} are missing, so that its amounts cannot be computed."),
    N_ ("Update the data. If they are still missing, choose an earlier end month or ask the center."), NULL },
  { "remittance.no-ratio", E,
    N_ ("The unit's contribution ratios for {month} are missing, so that its amounts cannot be computed."),
    N_ ("Update the data. If they are still missing, ask the center."), NULL },
  { "remittance.no-base", E,
    N_ ("Some people have no contribution base in one of the months and cannot be computed (people: {count})."),
    N_ ("Adjust their bases first, or ask the center."), NULL },
  { "remittance.nobody", E,
    N_ ("Nobody is on the roster of {month}."),
    N_ ("Open or unseal accounts first; a month with nobody cannot be remitted."), NULL },
  { "remittance.amount-zero", E,
    N_ ("The amount for {month} is 0."),
    N_ ("Check the bases and ratios of that month."), NULL },
  { "remittance.unbalanced", E,
    N_ ("The figures of {month} do not agree: previous month plus additions less removals is not this month."),
    N_ ("Update the unit's data and have the months computed again."), NULL },
  { "remittance.overflow", E,
    N_ ("The total is larger than any amount that can be paid."),
    N_ ("Check the bases for wrong digits, or choose an earlier end month."), NULL },
  { "remittance.balance-low", W,
    N_ ("The bank account of the collection agreement held {balance} yuan at {time}, {missing} yuan less than the {total} yuan due."),
    N_ ("Pay money into that account first. A failed collection holds up the business that follows."), NULL },
  { "remittance.balance-unknown", W,
    N_ ("The balance of the bank account of the collection agreement is unknown."),
    N_ ("Make sure that it holds {total} yuan. A failed collection holds up the business that follows."), NULL },
  { "remittance.suspense", I,
    N_ ("The unit has {suspense} yuan in suspense at the center."),
    NULL, NULL },

  /* people (item 7, decisions 9 and 10) */
  { "remittance.class-unanswered", A,
    N_ ("Some people may have reached their retirement age, but their retirement class is not known (people: {count})."),
    N_ ("State the class of each of them before submitting."), NULL },
  { "remittance.left-out", I,
    N_ ("People past their retirement age are left out of this remittance (people: {count})."),
    N_ ("For whoever retires later and goes on contributing, use “Authorize retirement age”: up to three years after the "
        "statutory retirement month."), NULL },
  { "remittance.base-pending", W,
    N_ ("People who were transferred in still have the base of their former unit (people: {count})."),
    N_ ("Adjust their contribution bases first, if they differ."), NULL },
  { "remittance.queued", I,
    N_ ("Changes that wait for the network are included in these figures (changes: {count})."),
    N_ ("If the center refuses one of them, this remittance is held back and you are told."), NULL },
  { "remittance.queued-reviewed", I,
    N_ ("Business that the center reviews waits for the network too (applications: {count}); it is not in these figures."),
    N_ ("What the center accepts of it later counts from the month that is due then."), NULL },

  /* what was confirmed against what is so now (decision 12) */
  { "remittance.month-changed", E,
    N_ ("{month} has changed since you confirmed it: {confirmed_people} people and {confirmed_fen} yuan then, {people} people and {fen} yuan now."),
    N_ ("Nothing has been done. Update the data, review the months again and submit again."), N_ ("Months that have changed since they were confirmed") },
  { "remittance.months-differ", E,
    N_ ("{confirmed} months were confirmed, but {computed} months are to be remitted."),
    N_ ("Nothing has been done. Review the months again and submit again."), NULL },
  { "remittance.terms-moved", E,
    N_ ("The center's rules, the unit's ratios or its collection agreement have changed since you confirmed."),
    N_ ("Nothing has been done. Update the data, review the months again and submit again."), NULL },

  /* people everywhere: name, document */
  { "person.name-empty", E, N_ ("The name is missing."), N_ ("Enter the name as in the identity document."), NULL },
  { "person.name-long", E, N_ ("The name “{name}” is longer than {limit} characters."), N_ ("Check whether more than the name stands in this field."), N_ ("Names that are too long") },
  { "person.name-blank", E, N_ ("The name “{name}” has a blank between Chinese characters."), N_ ("Remove the blank."), N_ ("Names with blanks") },
  { "person.name-character", E, N_ ("The name “{name}” contains “{character}”, which no name has."), N_ ("Enter the name as in the identity document; between the parts of a name stands ·."), N_ ("Names with impossible characters") },
  { "person.document-empty", E, N_ ("The document number is missing."), N_ ("Enter the number of the identity document."), NULL },
  { "person.document-type", E, N_ ("“{document_type}” is not a kind of document the center knows."), N_ ("Choose a kind of document from the list."), N_ ("Unknown kinds of document") },
  { "person.document-long", E, N_ ("The document number “{document}” is longer than {limit} characters."), N_ ("Check the number against the document."), N_ ("Document numbers that are too long") },
  { "person.id-length", E, N_ ("The resident ID number “{document}” has {length} characters; it must have 18."), N_ ("Check the number against the card. A sheet that keeps it as a number loses its last digits: keep it as text."), N_ ("Resident ID numbers of the wrong length") },
  { "person.id-character", E, N_ ("The resident ID number “{document}” contains something else than digits and a final X."), N_ ("Check the number against the card."), N_ ("Resident ID numbers with impossible characters") },
  { "person.id-province", E, N_ ("The resident ID number “{document}” begins with a province that does not exist."), N_ ("Check the first two digits against the card."), N_ ("Resident ID numbers of no province") },
  { "person.id-date", E, N_ ("The resident ID number “{document}” contains a birth day that does not exist or lies in the future."), N_ ("Check digits 7 to 14 against the card."), N_ ("Resident ID numbers with an impossible birth day") },
  { "person.id-check", E, N_ ("The last character of the resident ID number “{document}” does not fit: a digit has been mistyped."), N_ ("Compare the number with the card digit by digit."), N_ ("Resident ID numbers with a wrong digit") },
  { "person.id-old", E, N_ ("“{document}” is an old number of 15 digits."), N_ ("Use the number of 18 digits: {upgraded}, after comparing it with the card."), N_ ("Old resident ID numbers of 15 digits") },
  { "person.birth-missing", E, N_ ("The birth day is missing; this kind of document does not tell it."), N_ ("Enter the birth day."), NULL },
  { "person.birth-differs", E, N_ ("The birth day {birth} is not that of the resident ID number ({document_birth})."), N_ ("Check both against the card."), N_ ("Birth days that differ from the ID number") },
  { "person.sex-missing", E, N_ ("The sex is missing; this kind of document does not tell it."), N_ ("Choose the sex."), NULL },
  { "person.sex-differs", E, N_ ("The sex is not that of the resident ID number."), N_ ("Check both against the card."), NULL },
  { "person.mobile", E, N_ ("“{mobile}” is not a mobile number: it must have 11 digits and begin with 13 to 19."), N_ ("Check the number, or leave it empty if it is not required."), N_ ("Wrong mobile numbers") },

  /* texts of any kind (qc-text-field) */
  { "text.empty", E, N_ ("“{text}” has not been filled in."), N_ ("Fill it in."), NULL },
  { "text.short", E, N_ ("“{text}” must have at least {limit} characters."), N_ ("Enter it in full."), NULL },
  { "text.long", E, N_ ("“{text}” must not have more than {limit} characters."), N_ ("Check whether more than that stands in this field."), NULL },
  { "text.character", E, N_ ("“{text}” contains “{character}”, which cannot stand there."), N_ ("Remove it; it may have come along when the text was copied."), NULL },

  /* bases (decision 1: limits are the center's) */
  { "base.missing", E, N_ ("The contribution base is missing or 0."), N_ ("Enter the average monthly wage of the previous year."), NULL },
  { "base.below-floor", E, N_ ("The base {base} is below the lower limit {floor}."), N_ ("Enter a base between {floor} and {cap}. The limits are the center's; nothing is adjusted silently."), N_ ("Bases below the lower limit {floor}") },
  { "base.above-cap", E, N_ ("The base {base} is above the upper limit {cap}."), N_ ("Enter a base between {floor} and {cap}. The limits are the center's; nothing is adjusted silently."), N_ ("Bases above the upper limit {cap}") },
  { "base.monthly-below-floor", E, N_ ("The monthly contribution {monthly} is below the lower limit {floor}."), N_ ("Enter a higher base."), N_ ("Monthly contributions below the lower limit {floor}") },
  { "base.monthly-above-cap", E, N_ ("The monthly contribution {monthly} is above the upper limit {cap}."), N_ ("Enter a lower base."), N_ ("Monthly contributions above the upper limit {cap}") },

  { "base.unchanged", E, N_ ("The base of {person} is the same as before."), N_ ("Enter a new base, or remove the line."), N_ ("Bases that do not change") },
  { "base.jump", W, N_ ("The base of {person} goes from {before} to {after}, by more than a fifth ({percent})."), N_ ("Check whether both are right; it can be submitted as it is."), N_ ("Bases that change by more than a fifth") },
  { "base.status", E, N_ ("The account of {person} is in the state “{status}”: its base is not adjusted."), N_ ("A sealed account gets a new base when it is unsealed."), N_ ("Accounts whose base is not adjusted") },
  { "base.before-opened", E, N_ ("The account of {person} counts from {opened} only; no base can count from {effective}."), N_ ("Do it when {opened} is the month that is due."), N_ ("Accounts that count from a later month only") },
  { "ratios.out-of-range", E, N_ ("The ratio {ratio} is outside the range {min} to {max}."), N_ ("Enter a ratio within the range."), NULL },

  /* 授权退休年龄 */
  { "retirement.class-mismatch-woman", E, N_ ("This retirement class is for men; the document of {person} says woman."), N_ ("Choose one of the women's classes; a woman who retires at the men's age has her own."), N_ ("Classes that are not for women") },
  { "retirement.class-missing", E, N_ ("The retirement class of {person} is not known, so that no later age can be authorized."), N_ ("State the class first."), N_ ("People whose class is unknown") },
  { "retirement.too-early", E, N_ ("The authorized month of {person} is not after the statutory retirement month {statutory}."), N_ ("Choose a month after {statutory}, at most three years later."), N_ ("Authorized months that change nothing") },
  { "retirement.too-late", E, N_ ("The authorized month of {person} is more than three years after the statutory retirement month {statutory}."), N_ ("Choose a month up to {limit}."), N_ ("Authorized months that are too late") },
  { "retirement.nothing-said", E, N_ ("Neither a retirement class nor a month is given for {person}."), N_ ("Choose the class, or the month up to which later retirement is authorized."), N_ ("People for whom nothing is given") },
  { "retirement.not-on-roster", E, N_ ("The account of {person} is not normal, so that there is nothing to authorize."), N_ ("Unseal the account first, if {person} still contributes."), N_ ("People who are not on the roster") },

  /* lines of a roster */
  { "import.nobody", E, N_ ("The row says nobody's account or document number."), N_ ("Enter the individual account, or delete the row."), N_ ("Rows that name nobody") },
  { "import.unknown", E, N_ ("Nobody of the unit has the number “{number}”."), N_ ("Check the number. Who was transferred to another unit, or is not fetched yet, is not found here."), N_ ("Numbers that nobody of the unit has") },
  { "import.damaged-number", E, N_ ("“{number}” was kept as a number: of 18 digits the last ones are lost, whatever is shown."), N_ ("Format the column as text and enter the number again, or use the individual account."), N_ ("Long numbers that lost their last digits") },
  { "import.matched", W, N_ ("“{number}” is nobody's; the row is taken for {person}, account {account}."), N_ ("Compare each of them: the number did not say who is meant."), N_ ("Rows matched by document or name") },
  { "import.name-differs", E, N_ ("The row says “{name}”, but the number belongs to {now}."), N_ ("Correct the name or the number; nothing is entered for somebody else."), N_ ("Names that do not fit their numbers") },
  { "import.document-differs", E, N_ ("The document number “{number}” is not that of the person with this account."), N_ ("Correct one of the two; nothing is entered for somebody else."), N_ ("Document numbers that do not fit the account") },
  { "import.repeated", E, N_ ("The same person stands in row {row} already."), N_ ("Delete one of the two rows."), N_ ("People who stand in the file more than once") },
  { "roster.unit-status", E, N_ ("The unit's account is in the state “{unit_status}”, in which its people cannot be changed."), N_ ("Ask the center to restore the account."), NULL },
  { "roster.no-due-month", E, N_ ("The month from which changes count is not known: the unit has neither a month paid up to nor a first month."), N_ ("Ask the center to enter the unit's first month of remittance."), NULL },
  { "roster.month-moved", E, N_ ("The effective month has moved: this roster was made for {confirmed}, changes now count from {due}."), N_ ("Nothing has been done. Look at the roster again; what is submitted next counts from {due}."), NULL },
  { "roster.remittance-queued", E, N_ ("A remittance of the unit waits to be sent."), N_ ("Submit this when that remittance is finished, or take the remittance back first."), NULL },
  { "roster.empty", E, N_ ("The roster is empty."), N_ ("Add at least one person."), NULL },
  { "roster.too-many", E, N_ ("{count} lines are too many for one roster; at most {limit} can be submitted together."), N_ ("Divide the roster into smaller ones."), NULL },
  { "roster.duplicate", E, N_ ("{person} is on the roster more than once."), N_ ("Remove all but one of the lines."), N_ ("People who are on the roster more than once") },
  { "roster.returned", W, N_ ("Returned by the center: {text}"), N_ ("Correct it, then submit the roster again."), N_ ("What the center returned it for") },
  { "roster.other-draft", W, N_ ("{person} is in the draft “{draft}” too."), N_ ("What is submitted first changes the person; look at the other draft then."), N_ ("People who are in another draft too") },
  { "roster.unknown-person", E, N_ ("No person of the unit has the account number “{account}”."), N_ ("Check the account number, or update the data."), N_ ("Account numbers not of this unit") },
  { "roster.person-changed", E, N_ ("{person} has changed since: {field} was {confirmed}, now it is {now}."), N_ ("Nothing has been done. Update the line and look at it again, or remove it."), N_ ("People who have changed since they were put on the roster") },
  { "roster.unreadable", E, N_ ("{field}: “{text}” cannot be read."), N_ ("Correct the cell, or clear it."), N_ ("Cells that cannot be read") },
  { "roster.missing", E, N_ ("{field} is missing for {person}."), N_ ("Fill in the cell, or remove the line."), N_ ("Cells that are not filled in") },
  { "roster.not-here", E, N_ ("{field} cannot be given for {person} here."), N_ ("Clear the cell."), N_ ("Cells that must stay empty") },
  { "roster.reason-missing", E, N_ ("The reason is missing for {person}."), N_ ("Choose a reason from the list."), N_ ("Reasons that are missing") },
  { "roster.reason-unknown", E, N_ ("The reason “{reason}” is not on the center's list."), N_ ("Choose a reason from the list."), N_ ("Reasons not on the center's list") },
  { "roster.reason-text-missing", E, N_ ("The reason “{reason}” needs an explanation."), N_ ("Explain it in a few words."), N_ ("Reasons without the explanation they need") },

  /* attachments (B5, B13, O3) */
  { "attachment.missing", E, N_ ("“{kind}”: {count} of at least {least} are there."), N_ ("Add the pictures that are missing."), N_ ("“{kind}” is missing") },
  { "attachment.too-many", E, N_ ("“{kind}”: {count} are there, at most {most} are taken."), N_ ("Remove those that are too many."), N_ ("Too many of “{kind}”") },
  { "attachment.too-large", E, N_ ("The picture “{name}” has {size} KiB; at most {most} KiB are taken."), N_ ("Take the picture again with fewer pixels."), N_ ("Pictures that are too large") },
  { "attachment.kind-unknown", E, N_ ("The center does not ask for the picture “{name}” here."), N_ ("Remove it, or put it where it is asked for."), N_ ("Pictures that are not asked for") },
  { "attachment.line-gone", E, N_ ("The picture “{name}” belongs to somebody who is not on the roster."), N_ ("Remove the picture, or put the person back on the roster."), N_ ("Pictures of nobody on the roster") },
  { "attachment.name", E, N_ ("The picture “{name}” of {person} has to be named “{wanted}”."), N_ ("Nothing has been done. Open the draft again and submit it once more; the name follows from the document number."), N_ ("Pictures under a wrong name") },
  { "attachment.same-picture", W, N_ ("The same picture stands for “{name}” and for “{other}”."), N_ ("Look at both; replace the one that is wrong."), N_ ("Pictures that stand in two places") },
  { "attachment.outdated", E, N_ ("“{kind}”: the picture “{name}” is of a roster with the check code {then}, which is {now} now."), N_ ("Print the roster as it is now, have it stamped, and replace the picture."), N_ ("Pictures of an earlier roster") },
  { "attachment.not-received", E, N_ ("The center has not received the picture “{name}” whole."), N_ ("Nothing has been done. Submit once more; what is missing is sent before."), N_ ("Pictures that the center has not received") },
  { "attachment.vanished", E, N_ ("The picture “{name}” is not on this computer any more, or has changed."), N_ ("Nothing was sent. Add the picture again and submit once more."), N_ ("Pictures that are gone from this computer") },
  { "attachment.not-taken", E, N_ ("The center does not take the picture “{name}”."), N_ ("Nothing was sent. Take the picture again, add it, and submit once more."), N_ ("Pictures that the center does not take") },
  { "attachment.quota", E, N_ ("The center has no more room for pictures of this unit: too many were sent that no application uses."), N_ ("Nothing was sent. Submit once more in a few days, when the center has removed them, or ask the center."), NULL },

  /* 同城转移 */
  { "transfer.status", E, N_ ("The account of {person} is in the state “{status}”: only sealed accounts are transferred."), N_ ("Seal the account first, by the business of sealing and unsealing."), N_ ("Accounts that are not sealed") },
  { "transfer.unit-number", E, N_ ("“{account}” is not the account number of a unit."), N_ ("Enter all digits of the receiving unit's account number and nothing else."), N_ ("Numbers that no unit can have") },
  { "transfer.own-unit", E, N_ ("{account} is this unit itself."), N_ ("Enter the account number of the unit that receives {person}."), N_ ("Lines that name this unit itself") },
  { "transfer.unit-unknown", E, N_ ("The center has no unit with the account number {account}."), N_ ("Check the number with the receiving unit."), N_ ("Numbers the center has no unit for") },
  { "transfer.unit-unasked", E, N_ ("The name of the unit {account} is not known yet."), N_ ("It is asked for as soon as the center can be reached. Check the name then."), N_ ("Receiving units whose names are not known yet") },
  { "transfer.unit-closed", E, N_ ("{unit} ({account}) is in the state “{unit_status}” and can receive nobody."), N_ ("Ask the receiving unit, or the center."), N_ ("Receiving units that can receive nobody") },
  { "transfer.unit-no-month", E, N_ ("{unit} ({account}) has no month yet from which people could count."), N_ ("Ask the center to enter that unit's first month of remittance."), N_ ("Receiving units without a first month") },
  { "transfer.unit-renamed", E, N_ ("The unit {account} was “{seen}” and is “{now}” now."), N_ ("Nothing has been done. If it is still the right one, update the line; else enter another number."), N_ ("Receiving units whose names have changed") },
  { "transfer.unit-earlier", W, N_ ("The name of {unit} ({account}) was asked for on {time}."), N_ ("It is asked for again as soon as the center can be reached; what has changed then is refused."), N_ ("Names that were asked for earlier") },

  { "transfer.back-payment", E, N_ ("For {person} the back payment {serial} is not finished."), N_ ("Transfer the account when {serial} is finished, or cancel {serial} while it is in review."), N_ ("People with a back payment that is not finished") },

  /* 封存/启封 */
  { "sealing.status", E, N_ ("The account of {person} is in the state “{status}”: it can be neither sealed nor unsealed."), N_ ("Ask the center about this account."), N_ ("Accounts that can be neither sealed nor unsealed") },
  { "sealing.before-opened", E, N_ ("The account of {person} counts from {opened} only; nothing can be changed from {effective}."), N_ ("Do it when {opened} is the month that is due."), N_ ("Accounts that count from a later month only") },
  { "sealing.already-paid", E, N_ ("{person} is paid up to {paid_to} already; the account cannot be unsealed from {effective}."), N_ ("Do it when the month after {paid_to} is the month that is due."), N_ ("People who are paid up to a later month") },

  /* 补缴 (guide 3.2) */
  { "back-payment.status", E, N_ ("The account of {person} is in the state “{status}”: nothing can be back-paid into it."), N_ ("Only normal and sealed accounts can be back-paid. Ask the center about this account."), N_ ("Accounts that cannot be back-paid") },
  { "back-payment.end-before-start", E, N_ ("The last month for {person} lies before the first, {month}."), N_ ("Correct one of the two."), N_ ("Last months before the first") },
  { "back-payment.too-many-months", E, N_ ("The line of {person} means more than {limit} months."), N_ ("Check the year of both months."), N_ ("Lines of too many months") },
  { "back-payment.too-wide", E, N_ ("From the first to the last month of the roster are more than {limit} months."), N_ ("Divide the roster by years."), NULL },
  { "back-payment.before-unit", E, N_ ("{month} lies before {first}, the first month of the unit; nothing can be back-paid for {person} there."), N_ ("Begin at {first} or later."), N_ ("Months before the unit's first month") },
  { "back-payment.other-unit", E, N_ ("{person} counts at this unit from {opened} only; {month} belongs to the former unit."), N_ ("Begin at {opened} or later. What is missing before is paid by the former unit."), N_ ("Months at a former unit") },
  { "back-payment.before-opened", W, N_ ("The account of {person} was opened from {opened} only; {month} is paid as a month before that."), N_ ("Check that {person} worked here then already, and say so in the explanation."), N_ ("Months before the account was opened") },
  { "back-payment.never-remitted", E, N_ ("The unit has not remitted any month yet, so that nothing can be back-paid for {person}."), N_ ("These months belong to remittance."), NULL },
  { "back-payment.later", E, N_ ("{month} cannot be back-paid for {person}: the unit is paid up to {paid_to}."), N_ ("End at {paid_to} at the latest; later months belong to remittance."), N_ ("Months after those the unit has remitted") },
  { "back-payment.unknown-past", E, N_ ("What was paid for {person} is not known here yet."), N_ ("Update the data; the amounts follow from it."), N_ ("People of whom it is not known what was paid") },
  { "back-payment.in-flight", E, N_ ("{month} of {person} is in the back payment {serial} already, which is not finished."), N_ ("Leave the month out, or wait until {serial} is finished; while it is in review it can be cancelled."), N_ ("Months in a back payment that is not finished") },
  { "back-payment.overlap", E, N_ ("{month} of {person} is meant by another line of the roster too."), N_ ("Change the months of one of the lines, or remove it."), N_ ("Months that two lines mean") },
  { "back-payment.paid-in-full", E, N_ ("{month} of {person} is paid in full: {paid} yuan, by the base {base}."), N_ ("Leave the month out. Only after a change of base or ratio for that month the difference can be paid."), N_ ("Months that are paid in full") },
  { "back-payment.partly-paid", E, N_ ("For {month} of {person} {paid} yuan are paid already, less than is due by the base {base}."), N_ ("Choose a reason that pays the difference, or leave the month out."), N_ ("Months of which a part is paid") },
  { "back-payment.nothing-paid", E, N_ ("For {month} of {person} nothing is paid, so that there is no difference to pay."), N_ ("Choose a reason for months that were missed, or leave the month out."), N_ ("Months of which nothing is paid") },
  { "back-payment.no-base", E, N_ ("For {month} no base of {person} is known."), N_ ("Enter the base that is meant."), N_ ("Months without a base") },
  { "back-payment.no-terms", E, N_ ("The center's rules or the unit's ratios for {month} are missing, so that nothing can be computed for {person}."), N_ ("Update the data. If they are still missing, ask the center."), N_ ("Months without rules or ratios") },
  { "back-payment.many-months", W, N_ ("{count} months are back-paid for {person}; more than {limit} are looked at closely by the center."), N_ ("Say in the explanation how this came about."), N_ ("People with many months") },

  /* 个人账户设立 (guide 3.4) */
  { "opening.here", E, N_ ("{person} has an account in this unit already."), N_ ("Remove the line. A sealed account is unsealed, not opened again."), N_ ("People who have an account here already") },
  { "opening.sealed-elsewhere", E, N_ ("{person} has a sealed account at another unit; nobody has two accounts."), N_ ("Remove the line. The former unit transfers it to this unit: {unit}, account number {account}."), N_ ("People with a sealed account at another unit") },
  { "opening.normal-elsewhere", E, N_ ("{person} has an account in use at another unit; nobody has two accounts."), N_ ("Remove the line. The former unit must seal the account first, then transfer it to this unit."), N_ ("People with an account in use at another unit") },
  { "opening.closed", E, N_ ("{person} has had an account that was closed; it cannot be opened here."), N_ ("Remove the line and ask at the center's counter."), N_ ("People whose account was closed") },
  { "opening.in-flight", E, N_ ("{person} is in the opening {serial} already, which is not finished."), N_ ("Remove the line, or cancel {serial} while it is in review."), N_ ("People in an opening that is not finished") },
  { "opening.in-flight-elsewhere", E, N_ ("Another unit is opening an account for {person}."), N_ ("Remove the line and ask {person}, or the center."), N_ ("People for whom another unit opens an account") },
  { "opening.month-moved", I, N_ ("The accounts count from {month}, since {confirmed} was remitted meanwhile, or is in a remittance."), NULL, NULL },
  { "opening.age", W, N_ ("By the birth day {person} is {age} years old."), N_ ("Check the document; it can be submitted as it is."), N_ ("Ages that are to be looked at") },

  /* 单位缴存登记信息变更 (guide 3.3) */
  { "unit-change.empty", E, N_ ("Nothing has been changed."), N_ ("Change what is no longer right; only that is submitted."), NULL },
  { "unit-change.closed", E, N_ ("The unit's account is closed; its registration can no longer be changed."), N_ ("Ask the center."), NULL },
  { "unit-change.unknown", E, N_ ("“{name}” is not known as registration data."), N_ ("Update the program."), NULL },
  { "unit-change.locked", E, N_ ("“{field}” cannot be changed here: {reason}"), N_ ("Take the change back; the center's counter changes it."), N_ ("Fields that the center has locked") },
  { "unit-change.unchanged", E, N_ ("“{field}” is what it was before."), N_ ("Take the change back."), NULL },
  { "unit-change.stale", E, N_ ("“{field}” has been changed elsewhere meanwhile: it was “{was}”, you want “{mine}”, the center has “{now}”."), N_ ("Nothing has been done. Choose at the field which of the two is to hold."), N_ ("Fields that were changed elsewhere meanwhile") },
  { "unit-change.taken", E, N_ ("Another unit has “{value}” as its “{field}” already."), N_ ("Check it; an address needs its house number, and the room where several units share a house."), NULL },
  { "unit-change.missing", E, N_ ("“{field}” must not be empty."), N_ ("Fill it in, or take the change back."), N_ ("Fields that must be filled in") },
  { "unit-change.blank", E, N_ ("“{field}” must not contain blanks."), N_ ("Remove the blanks."), NULL },
  { "unit-change.code", E, N_ ("“{value}” is not on the center's list for “{field}”."), N_ ("Choose from the list."), N_ ("Fields that are not from the center's list") },
  { "unit-change.length", E, N_ ("“{field}” must have exactly {limit} characters."), N_ ("Check the code."), NULL },
  { "unit-change.credit-code", E, N_ ("“{value}” is no unified social credit code: a character is wrong or missing."), N_ ("Compare it with the certificate character by character."), NULL },
  { "unit-change.postcode", E, N_ ("“{value}” is no post code: it must have 6 digits."), N_ ("Check the post code."), NULL },
  { "unit-change.phone", E, N_ ("“{value}” cannot be the “{field}”: a landline is written like 0456-8221234, a mobile has 11 digits."), N_ ("Check the number."), N_ ("Wrong phone numbers") },
  { "unit-change.mobile", E, N_ ("“{value}” is not a mobile number: it must have 11 digits and begin with 13 to 19."), N_ ("Check the number."), NULL },
  { "unit-change.e-mail", E, N_ ("“{value}” is no e-mail address."), N_ ("An address looks like name@example.cn."), NULL },
  { "unit-change.date", E, N_ ("“{value}” is no day that has been."), N_ ("Enter it like 2005-03-18; it must not lie in the future."), NULL },
  { "unit-change.day", E, N_ ("“{value}” is no day of pay."), N_ ("Enter a day of the month, 1 to 31."), NULL },

  /* the center's answers */
  { "key-reused", E, N_ ("This submission number has already been used for other contents."), N_ ("Nothing has been done. Open the draft again and submit it anew."), NULL },
  { "revision-moved", E, N_ ("The data has changed at the center meanwhile."), N_ ("Nothing has been done. Update the data, compare both sides and decide again."), NULL },
  { "not-allowed-in-state", E, N_ ("“{action}” is not possible in the state “{state}”."), N_ ("Update the list to see what has become of the business."), NULL },
  { "draw-running", E, N_ ("The bank has not yet answered the last draw of {serial}."), N_ ("Wait for its answer; a second draw might take the money twice."), NULL },

  /* review */
  { "review.claimed", E, N_ ("{actor} is reviewing {serial} until {time}."), N_ ("Review another one, or take this one over."), NULL },
  { "review.own", E, N_ ("{serial} was submitted in your own name."), N_ ("Somebody else reviews it."), NULL },
  { "review.role", E, N_ ("What you wanted to do with {serial} is not a task of your role."), N_ ("A colleague with that role does it."), NULL },
  { "return.none", E, N_ ("Nothing says why it is returned."), N_ ("Choose at least one reason, and what it is about."), NULL },
  { "return.too-many", E, N_ ("More than {limit} reasons are too many."), N_ ("Say in one sentence what is wrong with many lines."), NULL },
  { "return.code", E, N_ ("The reason “{reason}” is not on the center's list."), N_ ("Choose a reason from the list."), NULL },
  { "return.target", E, N_ ("What the reason “{reason}” is about is not part of this application."), N_ ("Choose what it is about once more."), NULL },
  { "replaces.unknown", E, N_ ("{serial} is no returned application of this business."), N_ ("Nothing has been done. Submit the roster as a new one."), NULL },
  { "replaces.replaced", E, N_ ("{serial} was submitted again already, as {other}."), N_ ("Nothing has been done. Look at {other}."), NULL },

  /* the center's counter and bank */
  { "unit.remittance-unfinished", E, N_ ("Not possible while remittance {serial} of the unit is unfinished."), N_ ("Finish it first, or delete it while it is registered."), NULL },
  { "base.month-invalid", E, N_ ("{month} is not a month from which a base or ratio can count."), N_ ("Choose a month not before the account was opened and covered by the center's policy."), NULL },

  /* the codes of the API itself: what a refusal says that names no finding */
  { "bad-request", E, N_ ("The center could not read what was sent."), N_ ("Nothing has been done. Update the program; if it happens again, tell the center."), NULL },
  { "unauthorized", E, N_ ("You are no longer signed in."), N_ ("Sign in again. Drafts and the queue are kept."), NULL },
  { "forbidden", E, N_ ("The account that is signed in may not act for this unit."), N_ ("Nothing has been done. Change the account or switch the unit."), NULL },
  { "not-found", E, N_ ("The center does not know this."), N_ ("Update the data; it may have been removed meanwhile."), NULL },
  { "method-not-allowed", E, N_ ("The center does not offer what it was asked for."), N_ ("Nothing has been done. Update the program; if it happens again, tell the center."), NULL },
  { "cursor-expired", I, N_ ("The local copy is too old to be continued and is loaded anew."), N_ ("Nothing needs to be done; your drafts are not touched."), NULL },
  { "too-large", E, N_ ("What was sent is larger than the center accepts."), N_ ("Nothing has been done. Divide it into smaller parts."), NULL },
  { "unsupported-type", E, N_ ("The center does not take what was sent in this form."), N_ ("Nothing has been done. Update the program; if it happens again, tell the center."), NULL },
  { "refused", E, N_ ("The center has refused this and named no reason."), N_ ("Nothing has been done. Ask the center."), NULL },
  { "precondition-needed", E, N_ ("What was sent does not say which state of the data it was decided on."), N_ ("Nothing has been done. Update the data and try again."), NULL },
  { "too-many", W, N_ ("Too many requests in a short time."), N_ ("Nothing needs to be done; it is tried again by itself."), NULL },
  { "failed", E, N_ ("The center could not do it because of a fault of its own."), N_ ("Try again later; ask the center if it happens again. It is never done twice."), NULL },
  { "unavailable", W, N_ ("The center is busy."), N_ ("Nothing needs to be done; it is tried again by itself."), NULL },
  { "clock-off", W, N_ ("This computer's date {here} differs from the center's date {center}."), N_ ("Set the computer's clock. Months are judged by the center's date."), NULL },

  { "business.unavailable", E, N_ ("The center does not offer “{business}”."), N_ ("Do it at the center's counter for now."), NULL },
  { "application.wrong-state", E, N_ ("Business {serial} is in the state “{state}”, in which this is not possible."), N_ ("Update the list to see what has become of it."), NULL },
  { "application.action-denied", E, N_ ("“{action}” is not possible for business {serial} now."), N_ ("Update the list to see what has become of it."), NULL },
  { "draw.unknown", E, N_ ("The bank has not yet said what became of draw {number} of business {serial}."), N_ ("Wait for its answer; a second draw might take the money twice."), NULL },
  { "draw.failed", W, N_ ("Draw {number} of business {serial} failed: {reason}."), N_ ("Pay money into the bank account of the agreement, then draw again; or delete the business."), NULL },
  { "agreement.none", E, N_ ("The unit has no collection agreement."), N_ ("The unit's handler signs the collection agreement at the center's counter."), NULL },
  { "agreement.exists", E, N_ ("The unit already has a collection agreement with {bank}."), N_ ("End that agreement first."), NULL },
  { "agreement.unfinished", E, N_ ("Business {serial} still uses the agreement."), N_ ("Finish or delete {serial} first."), NULL },
  { "agreement.account-unknown", E, N_ ("The bank knows no account {account}."), N_ ("Check the account number."), NULL },
  { "arrival.amount", E, N_ ("{fen} is not an amount that can arrive."), N_ ("Enter an amount above 0."), NULL },
  { "arrival.no-application", W, N_ ("No business that waits for money has the serial number “{serial}”; the money was put into suspense."), N_ ("Check the remark of the transfer: it must hold only the business serial number."), NULL },
  { "arrival.reference-taken", E,
    N_ ("The transfer with the bank's reference {reference} was confirmed already, by {actor} at {time}: {fen} yuan, {unit}."),
    N_ ("Nothing has been booked again. If this is another transfer, enter the reference that the bank's statement gives it."), NULL },
  { "bank.balance", E, N_ ("{amount} is not a possible balance."), N_ ("Enter an amount of 0 or more."), NULL },

  /* the way to the center */
  { "offline", W, N_ ("The center cannot be reached: there is no network, or the center is down."), N_ ("Go on working; what you submit waits here and is sent when the center can be reached."), NULL },
  { "certificate-untrusted", E, N_ ("The center's certificate is not one that this profile trusts."), N_ ("Nothing has been sent. Check the network, and get the center's current profile file."), NULL },
  { "certificate-expired", E, N_ ("The center's certificate has expired or is not valid yet."), N_ ("Check this computer's date; otherwise tell the center. Nothing has been sent."), NULL },
  { "not-the-center", E, N_ ("What answers is not the center: it sent something else than the center's data."), N_ ("Check whether the network asks for a sign-in page of its own, and the address in the profile."), NULL },
  { "outcome-unknown", W, N_ ("It was sent, but no answer came: whether the center has it is not known yet."), N_ ("The center is asked before anything is sent again; it is never done twice."), NULL },
  { "dependency-refused", E, N_ ("It waits for “{business}”, which the center has refused."), N_ ("Look at why that was refused, correct it, then submit both again."), NULL },
};
/* clang-format on */

/* code → place + 1, made at the first look. */
static GHashTable *
index_of (void)
{
  static GHashTable *index;
  if (g_once_init_enter (&index)) {
    GHashTable *made = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      g_hash_table_insert (made, (gpointer)rows[i].code, GUINT_TO_POINTER (i + 1));
    g_once_init_leave (&index, made);
  }
  return index;
}

const QcFindingRow *
qc_finding_table_find (const char *code)
{
  int i = qc_finding_table_position (code);
  return i == G_MAXINT ? NULL : &rows[i];
}

int
qc_finding_table_position (const char *code)
{
  guint place = code != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (index_of (), code)) : 0;
  return place == 0 ? G_MAXINT : (int)place - 1;
}

const char *
qc_finding_table_code (guint i)
{
  return i < G_N_ELEMENTS (rows) ? rows[i].code : NULL;
}
