/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-bar-point.h. Main thread.
 */
#include "qc-bar-point.h"

struct _QcBarPoint {
  GObject parent_instance;
  char *title, *tick, *words; /* (owned) */
  char *top, *target;         /* (owned) (nullable) */
  gint64 values[QC_BAR_SERIES];
};

G_DEFINE_FINAL_TYPE (QcBarPoint, qc_bar_point, G_TYPE_OBJECT)

static void
qc_bar_point_finalize (GObject *object)
{
  QcBarPoint *self = QC_BAR_POINT (object);
  g_free (self->title);
  g_free (self->tick);
  g_free (self->words);
  g_free (self->top);
  g_free (self->target);
  G_OBJECT_CLASS (qc_bar_point_parent_class)->finalize (object);
}

static void
qc_bar_point_class_init (QcBarPointClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_bar_point_finalize;
}

static void
qc_bar_point_init (QcBarPoint *self)
{
}

QcBarPoint *
qc_bar_point_new (const char *title, const char *tick, const char *words, const char *top, const char *target,
                  gint64 first, gint64 second)
{
  QcBarPoint *self = g_object_new (QC_TYPE_BAR_POINT, NULL);
  self->title = g_strdup (title);
  self->tick = g_strdup (tick);
  self->words = g_strdup (words);
  self->top = g_strdup (top);
  self->target = g_strdup (target);
  self->values[0] = first;
  self->values[1] = second;
  return self;
}

const char *
qc_bar_point_get_title (QcBarPoint *self)
{
  return self->title;
}

const char *
qc_bar_point_get_tick (QcBarPoint *self)
{
  return self->tick;
}

const char *
qc_bar_point_get_words (QcBarPoint *self)
{
  return self->words;
}

const char *
qc_bar_point_get_top (QcBarPoint *self)
{
  return self->top;
}

const char *
qc_bar_point_get_target (QcBarPoint *self)
{
  return self->target;
}

gint64
qc_bar_point_get_value (QcBarPoint *self, guint series)
{
  g_return_val_if_fail (series < QC_BAR_SERIES, 0);
  return self->values[series];
}
