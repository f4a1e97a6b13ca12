/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-pill.h. Main thread.
 */
#include "qc-pill.h"

#include <glib/gi18n.h>

struct _QcPill {
  GtkWidget parent_instance;
  GtkWidget *icon;   /* borrowed child */
  GtkWidget *label;  /* borrowed child */
  const char *style; /* static: the tone's class in use */
};

G_DEFINE_FINAL_TYPE (QcPill, qc_pill, GTK_TYPE_WIDGET)

static const char *const tone_classes[] = {"neutral", "accent", "success", "warning", "error"};

static const struct {
  QcPillTone tone;
  const char *icon;
} state_looks[QC_N_APPLICATION_STATES] = {
    [QC_STATE_DRAFT] = {QC_PILL_NEUTRAL, "document-edit-symbolic"},
    [QC_STATE_REGISTERED] = {QC_PILL_ACCENT, "content-loading-symbolic"},
    [QC_STATE_IN_REVIEW] = {QC_PILL_ACCENT, "view-reveal-symbolic"},
    [QC_STATE_ACCEPTED] = {QC_PILL_ACCENT, "content-loading-symbolic"},
    [QC_STATE_FINISHED] = {QC_PILL_SUCCESS, "object-select-symbolic"},
    [QC_STATE_RETURNED] = {QC_PILL_ERROR, "edit-undo-symbolic"},
    [QC_STATE_CANCELLED] = {QC_PILL_NEUTRAL, "process-stop-symbolic"},
    [QC_STATE_DELETED] = {QC_PILL_NEUTRAL, "user-trash-symbolic"},
};

static void
qc_pill_dispose (GObject *object)
{
  QcPill *self = QC_PILL (object);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (qc_pill_parent_class)->dispose (object);
}

static void
qc_pill_class_init (QcPillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_pill_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "pill");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
qc_pill_init (QcPill *self)
{
  self->icon = gtk_image_new ();
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 4);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
qc_pill_new (void)
{
  return g_object_new (QC_TYPE_PILL, NULL);
}

void
qc_pill_set (QcPill *self, QcPillTone tone, const char *icon, const char *text)
{
  g_return_if_fail (QC_IS_PILL (self));
  if (self->style)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->style);
  self->style = tone_classes[tone];
  gtk_widget_add_css_class (GTK_WIDGET (self), self->style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
qc_pill_set_application_state (QcPill *self, QcApplicationState state)
{
  g_return_if_fail (state < QC_N_APPLICATION_STATES);
  qc_pill_set (self, state_looks[state].tone, state_looks[state].icon, _ (qc_state_to_msgid (state)));
}

static const struct {
  QcPillTone tone;
  const char *icon;
} waiting_looks[] = {
    [QC_OUTBOX_ITEM_QUEUED] = {QC_PILL_WARNING, NULL}, /* by what it waits for */
    [QC_OUTBOX_ITEM_SENDING] = {QC_PILL_ACCENT, "mail-send-symbolic"},
    [QC_OUTBOX_ITEM_UNKNOWN] = {QC_PILL_WARNING, "dialog-question-symbolic"},
    [QC_OUTBOX_ITEM_ACCEPTED] = {QC_PILL_SUCCESS, "object-select-symbolic"},
    [QC_OUTBOX_ITEM_REFUSED] = {QC_PILL_ERROR, "dialog-error-symbolic"},
    [QC_OUTBOX_ITEM_HELD] = {QC_PILL_WARNING, "media-playback-pause-symbolic"},
    [QC_OUTBOX_ITEM_WITHDRAWN] = {QC_PILL_NEUTRAL, "edit-undo-symbolic"},
};

const char *
qc_pill_waiting_icon (QcOutboxItem *item)
{
  static const char *const queued_icons[] = {
      [QC_WAITS_FOR_NETWORK] = "network-offline-symbolic",     [QC_WAITS_FOR_SIGN_IN] = "avatar-default-symbolic",
      [QC_WAITS_FOR_ACCOUNT] = "avatar-default-symbolic",      [QC_WAITS_FOR_CENTER] = "document-open-recent-symbolic",
      [QC_WAITS_FOR_BEFORE] = "document-open-recent-symbolic",
  };
  if (qc_outbox_item_get_upload (item) != NULL)
    return waiting_looks[QC_OUTBOX_ITEM_SENDING].icon;
  return qc_outbox_item_get_state (item) == QC_OUTBOX_ITEM_QUEUED ? queued_icons[qc_outbox_item_get_waits_for (item)]
                                                                  : waiting_looks[qc_outbox_item_get_state (item)].icon;
}

void
qc_pill_set_waiting (QcPill *self, QcOutboxItem *item)
{
  QcOutboxItemState state
      = qc_outbox_item_get_upload (item) != NULL ? QC_OUTBOX_ITEM_SENDING : qc_outbox_item_get_state (item);
  qc_pill_set (self, waiting_looks[state].tone, qc_pill_waiting_icon (item), _ (qc_outbox_item_get_state_msgid (item)));
}

void
qc_pill_set_draw (QcPill *self, QcDrawResult draw)
{
  static const QcPillTone tones[] = {QC_PILL_NEUTRAL, QC_PILL_ACCENT, QC_PILL_ERROR, QC_PILL_SUCCESS, QC_PILL_WARNING};
  static const char *const icons[] = {NULL, "content-loading-symbolic", "dialog-error-symbolic",
                                      "object-select-symbolic", "dialog-question-symbolic"};
  gtk_widget_set_visible (GTK_WIDGET (self), draw != QC_DRAW_NONE);
  if (draw != QC_DRAW_NONE)
    qc_pill_set (self, tones[draw], icons[draw], _ (qc_draw_to_msgid (draw)));
}

void
qc_pill_set_person_status (QcPill *self, QcPersonStatus status)
{
  QcPillTone tone = status == QC_PERSON_NORMAL ? QC_PILL_SUCCESS : QC_PILL_NEUTRAL;
  const char *icon = status == QC_PERSON_NORMAL   ? "object-select-symbolic"
                     : status == QC_PERSON_SEALED ? "media-playback-pause-symbolic"
                                                  : "action-unavailable-symbolic";
  qc_pill_set (self, tone, icon, _ (qc_person_status_to_msgid (status)));
}
