/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * What `qingce-reader` answers on its standard output, written there and parsed here. Whoever parses it believes
 * nothing of it: the program that wrote it has just read a stranger's file. Plain values, any thread.
 *
 * An answer is the line "qingce-reading 1" and then records as qc-answer.h has them. The first record is "kind" or
 * "fail", the last one is "end" with nothing after it:
 *
 *   kind 0 n      "pdf", "picture" or "text"
 *   pages N 0     how many pages there are (a picture has 1, a text has 0)
 *   text N n      what page N says, UTF-8 without NUL; each page at most once, the first QC_READING_MAX_TEXTS only
 *   voucher N n   a line that may be a voucher: from page N, or from no page (0)
 *   image W n     a picture of W pixels a line, three bytes each (red, green, blue), from the top
 *   fail 0 n      why nothing was read: "unreadable", "too-large", "locked" or "no-page"; "end" follows
 *   end 0 0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define QC_READER_ERROR (qc_reader_error_quark ())
GQuark qc_reader_error_quark (void);

typedef enum {
  QC_READER_ERROR_MISSING,    /* the program qingce-reader is not installed */
  QC_READER_ERROR_OPEN,       /* the file cannot be opened, is no file, or is larger than is read */
  QC_READER_ERROR_UNREADABLE, /* it is damaged, or of another kind */
  QC_READER_ERROR_TOO_LARGE,  /* its header announces more than is read */
  QC_READER_ERROR_LOCKED,     /* it wants a password */
  QC_READER_ERROR_LIMIT,      /* reading it took too much time */
  QC_READER_ERROR_BROKEN,     /* the reader ended without an answer, or its answer makes no sense */
  /* of a picture that is to be sent */
  QC_READER_ERROR_PICTURE_OPEN,     /* the file cannot be opened, or is none */
  QC_READER_ERROR_PICTURE_KIND,     /* it is something else, or of a kind that is not taken */
  QC_READER_ERROR_PICTURE_DAMAGED,  /* it is cut off or damaged */
  QC_READER_ERROR_PICTURE_LARGE,    /* too many pixels, or too many bytes */
  QC_READER_ERROR_PICTURE_SMALL,    /* too few pixels */
  QC_READER_ERROR_PICTURE_GIVEN_UP, /* reading it took too much, or ended without an answer */
} QcReaderError;

#define QC_READING_MAX_SIZE  (64 * 1024 * 1024) /* bytes of a whole answer */
#define QC_READING_MAX_PAGES 100000
#define QC_READING_MAX_TEXTS 300
#define QC_READING_MAX_TEXT  (256 * 1024) /* bytes of one page's text, or of one line */
#define QC_READING_MAX_LINES 20000
#define QC_READING_MAX_SIDE  2000 /* pixels */

typedef enum { QC_READING_PDF, QC_READING_PICTURE, QC_READING_TEXT } QcReadingKind;
#define QC_N_READING_KINDS (QC_READING_TEXT + 1)

typedef struct {
  guint page; /* from 1; 0 = none */
  char *text; /* (owned) UTF-8 */
} QcReadingText;

typedef struct {
  QcReadingKind kind;
  guint n_pages;
  GPtrArray *texts;    /* (owned) QcReadingText */
  GPtrArray *vouchers; /* (owned) QcReadingText, in their order */
  guint width, height; /* of @image */
  GBytes *image;       /* (owned) (nullable) */
} QcReading;
void qc_reading_free (QcReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcReading, qc_reading_free)

/* QC_READER_ERROR: what "fail" says, or BROKEN where @data is no answer. (transfer full) */
QcReading *qc_reading_parse (const guint8 *data, gsize size, GError **error);

/* ---- writing ---- */

void qc_reading_begin (GByteArray *answer);
/* @length -1: of a string. FALSE, and nothing is written, where the answer would grow beyond its bound. */
gboolean qc_reading_add (GByteArray *answer, const char *name, guint number, const void *data, gssize length);
/* Replaces whatever is in @answer. @code as "fail" has it. */
void qc_reading_fail (GByteArray *answer, const char *code);
void qc_reading_end (GByteArray *answer);

G_END_DECLS
