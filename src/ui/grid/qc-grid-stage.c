/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-grid-stage.h. Main thread.
 */
#include "qc-grid-stage.h"

#define AT_ONCE 40  /* rows: more than a screen shows */
#define MOST    205 /* rows that have widgets; beyond them a row costs nothing */
#define STEP    12  /* rows made or destroyed between two pictures */
#define PACE    20  /* ms: so that a key and its picture come between */
#define LINGER  300 /* ms: as long as the keyboard may go on */

struct _QcGridStage {
  GObject parent_instance;
  GListModel *places; /* (owned) */
  guint length;       /* as the view knows it */
  guint source;       /* of the next step */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (QcGridStage, qc_grid_stage, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (QC_GRID_STAGE (model)->places);
}

static guint
get_n_items (GListModel *model)
{
  return QC_GRID_STAGE (model)->length;
}

static gpointer
get_item (GListModel *model, guint position)
{
  QcGridStage *self = QC_GRID_STAGE (model);
  gpointer item = position < self->length ? g_list_model_get_item (self->places, position) : NULL;
  if (!item && position < self->length)
    item = g_object_new (get_item_type (model), NULL);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
set_length (QcGridStage *self, guint length)
{
  guint before = self->length;
  guint kept = MIN (before, length);
  self->length = length;
  if (before != length)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, length - kept);
}

static gboolean
step_cb (gpointer data)
{
  QcGridStage *self = data;
  guint wanted = g_list_model_get_n_items (self->places), next;
  if (self->length < wanted)
    next = self->length + STEP < MOST ? MIN (self->length + STEP, wanted) : wanted;
  else
    next = MAX (wanted, MAX (self->length, STEP) - STEP);
  if (next == wanted)
    self->source = 0;
  set_length (self, next);
  return next == wanted ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
linger_cb (gpointer data)
{
  QcGridStage *self = data;
  self->source = g_timeout_add (PACE, step_cb, self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (GListModel *places, guint position, guint removed, guint added, QcGridStage *self)
{
  guint wanted = g_list_model_get_n_items (places);
  g_return_if_fail (position + added == wanted);
  g_clear_handle_id (&self->source, g_source_remove);
  if (wanted >= self->length)
    set_length (self, self->length < MOST ? MIN (wanted, MAX (self->length, AT_ONCE)) : wanted);
  else
    set_length (self, MAX (wanted, MIN (self->length, MOST)));
  if (self->length < wanted)
    self->source = g_timeout_add (PACE, step_cb, self);
  else if (self->length > wanted)
    self->source = g_timeout_add (LINGER, linger_cb, self);
}

static void
qc_grid_stage_dispose (GObject *object)
{
  QcGridStage *self = QC_GRID_STAGE (object);
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->places)
    g_signal_handlers_disconnect_by_data (self->places, self);
  g_clear_object (&self->places);
  self->length = 0;
  G_OBJECT_CLASS (qc_grid_stage_parent_class)->dispose (object);
}

static void
qc_grid_stage_class_init (QcGridStageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_grid_stage_dispose;
}

static void
qc_grid_stage_init (QcGridStage *self)
{
}

QcGridStage *
qc_grid_stage_new (GListModel *places)
{
  QcGridStage *self = g_object_new (QC_TYPE_GRID_STAGE, NULL);
  self->places = g_object_ref (places);
  self->length = g_list_model_get_n_items (places);
  g_signal_connect (places, "items-changed", G_CALLBACK (changed_cb), self);
  return self;
}
