/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * The address, the clock, and each picture from the center to the clerk; see the header. A picture stays at the center
 * until she has decided. Main context.
 */
#include "qc-phone-slot.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "qc-attachments-private.h"
#include "qc-error-text.h"
#include "qc-phone.h"
#include "qc-qr.h"
#include "qc-session-private.h"
#include "qc-sync-error.h"

#define LOOK_SECONDS 2
#define TAIL         4 /* characters of a document number that say whose it is */

/* ---- one picture ---- */

struct _QcPhoneArrival {
  GObject parent_instance;
  QcWirePhonePicture picture;
  QcPhoneArrivalState state;
  gboolean lost;   /* fetching it failed: it is tried again */
  char *text;      /* (owned) (nullable) */
  GBytes *bytes;   /* (owned) (nullable) as they came */
  QcPicture *made; /* (owned) (nullable) made ready, for its preview */
};
G_DEFINE_FINAL_TYPE (QcPhoneArrival, qc_phone_arrival, G_TYPE_OBJECT)

static guint arrival_changed;

static void
qc_phone_arrival_finalize (GObject *object)
{
  QcPhoneArrival *self = QC_PHONE_ARRIVAL (object);
  g_free (self->text);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  qc_picture_free (self->made);
  G_OBJECT_CLASS (qc_phone_arrival_parent_class)->finalize (object);
}

static void
qc_phone_arrival_class_init (QcPhoneArrivalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = qc_phone_arrival_finalize;
  arrival_changed
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_phone_arrival_init (QcPhoneArrival *self)
{
}

QcPhoneArrivalState
qc_phone_arrival_get_state (QcPhoneArrival *self)
{
  g_return_val_if_fail (QC_IS_PHONE_ARRIVAL (self), QC_PHONE_ARRIVAL_BAD);
  return self->state;
}

guint
qc_phone_arrival_get_number (QcPhoneArrival *self)
{
  g_return_val_if_fail (QC_IS_PHONE_ARRIVAL (self), 0);
  return self->picture.number;
}

const char *
qc_phone_arrival_get_text (QcPhoneArrival *self)
{
  g_return_val_if_fail (QC_IS_PHONE_ARRIVAL (self), NULL);
  return self->text;
}

GBytes *
qc_phone_arrival_get_preview (QcPhoneArrival *self, guint *width, guint *height)
{
  g_return_val_if_fail (QC_IS_PHONE_ARRIVAL (self), NULL);
  if (self->made == NULL)
    return NULL;
  *width = self->made->preview_width;
  *height = self->made->preview_height;
  return self->made->preview;
}

/* @text is taken. */
static void
set_arrival (QcPhoneArrival *self, QcPhoneArrivalState state, char *text)
{
  self->state = state;
  g_free (self->text);
  self->text = text;
  g_signal_emit (self, arrival_changed, 0);
}

/* ---- all of them ---- */

struct _QcPhoneSlot {
  GObject parent_instance;
  QcAttachments *attachments; /* (owned) */
  QcAttachmentSlot *slot;     /* (owned) */
  QcTokens *tokens;           /* (owned) (nullable) */
  char *unit, *label;         /* (owned) */
  char *id, *address;         /* (owned) (nullable) */
  QcQr code;
  QcPhoneSlotState state;
  char *fault, *note; /* (owned) (nullable) */
  gint64 deadline;    /* monotonic */
  guint pictures, taken;
  guint32 seen;        /* numbers, as bits */
  GPtrArray *arrivals; /* (owned) QcPhoneArrival */
  guint timer;         /* source */
  gboolean looking, stopped;
  GCancellable *cancellable; /* (owned) */
};

static void qc_phone_slot_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (QcPhoneSlot, qc_phone_slot, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, qc_phone_slot_list_init))

static guint slot_changed;

static GType
get_item_type (GListModel *model)
{
  return QC_TYPE_PHONE_ARRIVAL;
}

static guint
get_n_items (GListModel *model)
{
  return QC_PHONE_SLOT (model)->arrivals->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  QcPhoneSlot *self = QC_PHONE_SLOT (model);
  return position < self->arrivals->len ? g_object_ref (self->arrivals->pdata[position]) : NULL;
}

static void
qc_phone_slot_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
tell (QcPhoneSlot *self)
{
  g_signal_emit (self, slot_changed, 0);
}

/* Reason and next step. (transfer full) */
static char *
dup_words (const GError *error)
{
  g_autoptr (QcErrorText) text = qc_error_text_new (error);
  g_autofree char *body = qc_error_text_dup_body (text);
  return body != NULL && *body != '\0' ? g_steal_pointer (&body) : g_strdup (text->title);
}

static void
remove_arrival (QcPhoneSlot *self, QcPhoneArrival *arrival)
{
  guint position;
  if (!g_ptr_array_find (self->arrivals, arrival, &position))
    return;
  if (!self->stopped)
    qc_phone_drop_async (self->tokens, self->unit, self->id, arrival->picture.number, NULL, NULL, NULL);
  g_ptr_array_remove_index (self->arrivals, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* ---- a picture comes ---- */

/* What is under way of one. */
typedef struct {
  QcPhoneSlot *slot;       /* (owned) */
  QcPhoneArrival *arrival; /* (owned) */
} Way;

static Way *
way_new (QcPhoneSlot *slot, QcPhoneArrival *arrival)
{
  Way *way = g_new (Way, 1);
  *way = (Way) {g_object_ref (slot), g_object_ref (arrival)};
  return way;
}

static void
way_free (Way *way)
{
  g_object_unref (way->slot);
  g_object_unref (way->arrival);
  g_free (way);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Way, way_free)

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  g_autoptr (GError) error = NULL;
  way->arrival->made = qc_picture_desk_prepare_finish (result, &error);
  if (way->slot->stopped)
    return;
  if (way->arrival->made != NULL)
    set_arrival (way->arrival, QC_PHONE_ARRIVAL_READY, NULL);
  else
    set_arrival (way->arrival, QC_PHONE_ARRIVAL_BAD, dup_words (error));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  QcPhoneSlot *self = way->slot;
  QcPhoneArrival *arrival = way->arrival;
  g_autoptr (GError) error = NULL;
  arrival->bytes = qc_phone_fetch_finish (QC_TOKENS (source), result, &error);
  if (self->stopped)
    return;
  arrival->lost = arrival->bytes == NULL;
  if (arrival->lost) { /* the next look tries again */
    set_arrival (arrival, QC_PHONE_ARRIVAL_COMING, dup_words (error));
    return;
  }
  const QcCode *code = qc_attachments_find_code (self->attachments, qc_attachment_slot_get_kind (self->slot));
  gsize most = code != NULL && code->max_size > 0 ? (gsize)code->max_size : QC_ATTACHMENT_MAX_SIZE;
  int fd = qc_attachments_open_bytes (arrival->bytes);
  if (fd < 0) {
    set_arrival (arrival, QC_PHONE_ARRIVAL_BAD, g_strdup (_ ("There is no room to look at it.")));
    return;
  }
  qc_picture_desk_prepare_fd_async (self->attachments->desk, fd, 0, most, self->cancellable, made_cb,
                                    way_new (self, arrival));
  close (fd);
}

static void
fetch (QcPhoneSlot *self, QcPhoneArrival *arrival)
{
  arrival->lost = FALSE;
  qc_phone_fetch_async (self->tokens, self->unit, self->id, &arrival->picture, self->cancellable, fetched_cb,
                        way_new (self, arrival));
}

static void
take_arrived (QcPhoneSlot *self, const QcWirePhone *phone)
{
  for (guint i = 0; i < phone->arrived->len; i++) {
    QcWirePhonePicture picture = g_array_index (phone->arrived, QcWirePhonePicture, i);
    guint32 bit = 1u << picture.number;
    if ((self->seen & bit) != 0)
      continue;
    self->seen |= bit;
    QcPhoneArrival *arrival = g_object_new (QC_TYPE_PHONE_ARRIVAL, NULL);
    arrival->picture = picture;
    g_ptr_array_add (self->arrivals, arrival);
    g_list_model_items_changed (G_LIST_MODEL (self), self->arrivals->len - 1, 0, 1);
    fetch (self, arrival);
  }
}

/* ---- the address ---- */

static gboolean
is_any_lost (QcPhoneSlot *self)
{
  for (guint i = 0; i < self->arrivals->len; i++)
    if (QC_PHONE_ARRIVAL (self->arrivals->pdata[i])->lost)
      return TRUE;
  return FALSE;
}

static void
take_standing (QcPhoneSlot *self, const QcWirePhone *phone)
{
  g_clear_pointer (&self->fault, g_free);
  self->pictures = phone->pictures;
  self->taken = phone->taken;
  self->deadline = g_get_monotonic_time () + phone->seconds * G_TIME_SPAN_SECOND;
  self->state = phone->taken >= phone->pictures ? QC_PHONE_SLOT_FULL
                : phone->seconds == 0           ? QC_PHONE_SLOT_LATE
                                                : QC_PHONE_SLOT_OPEN;
}

static gboolean
is_gone (const GError *error)
{
  const QcProblem *problem
      = g_error_matches (error, QC_SYNC_ERROR, QC_SYNC_ERROR_PROBLEM) ? qc_sync_error_get_problem (error) : NULL;
  return problem != NULL && problem->status == 404;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcPhoneSlot) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWirePhone) phone = qc_phone_ask_finish (QC_TOKENS (source), result, &error);
  self->looking = FALSE;
  if (self->stopped)
    return;
  if (phone != NULL) {
    take_standing (self, phone);
    for (guint i = 0; i < self->arrivals->len; i++)
      if (QC_PHONE_ARRIVAL (self->arrivals->pdata[i])->lost)
        fetch (self, self->arrivals->pdata[i]);
    take_arrived (self, phone);
  } else if (is_gone (error)) {
    self->state = QC_PHONE_SLOT_LATE;
    g_clear_pointer (&self->fault, g_free);
  } else {
    g_free (self->fault);
    self->fault = dup_words (error);
  }
  tell (self);
}

static gboolean
look_cb (gpointer user_data)
{
  QcPhoneSlot *self = user_data;
  if (self->looking)
    return G_SOURCE_CONTINUE;
  if (self->state != QC_PHONE_SLOT_OPEN && !is_any_lost (self)) {
    tell (self); /* the clock of what came goes on being shown, and nobody is asked */
    return G_SOURCE_CONTINUE;
  }
  self->looking = TRUE;
  qc_phone_look_async (self->tokens, self->unit, self->id, self->cancellable, looked_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
fail (QcPhoneSlot *self, const GError *error)
{
  self->state = QC_PHONE_SLOT_FAILED;
  g_free (self->fault);
  self->fault = dup_words (error);
  tell (self);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (QcPhoneSlot) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcWirePhone) phone = qc_phone_ask_finish (QC_TOKENS (source), result, &error);
  if (self->stopped) { /* nobody will use it */
    if (phone != NULL)
      qc_phone_drop_async (self->tokens, self->unit, phone->id, 0, NULL, NULL, NULL);
    return;
  }
  if (phone == NULL || !qc_qr_init (&self->code, phone->address)) {
    if (phone != NULL)
      error = qc_sync_error_new_bad_answer ("/address: too long");
    fail (self, error);
    return;
  }
  self->id = g_steal_pointer (&phone->id);
  self->address = g_steal_pointer (&phone->address);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, look_cb, self);
  take_standing (self, phone);
  tell (self);
}

/* What the telephone shows: whose it is only by the end of a number. (transfer full) */
static char *
dup_label (QcPhoneSlot *self)
{
  const char *label = qc_attachment_slot_get_label (self->slot);
  gint64 id = qc_attachment_slot_get_line (self->slot);
  const QcRosterLine *line = id != 0 ? qc_roster_find (qc_draft_get_roster (self->attachments->draft), id) : NULL;
  gsize length
      = line != NULL && line->document != NULL && g_str_is_ascii (line->document) ? strlen (line->document) : 0;
  return length >= (gsize)(2 * TAIL)
             ? g_strdup_printf (_ ("%s, number ending in %s"), label, line->document + length - TAIL)
             : g_strdup (label);
}

/* How many can be taken; one that takes a single picture takes another in its place. */
static guint
count_wanted (QcAttachmentSlot *slot)
{
  guint most = qc_attachment_slot_get_most (slot);
  guint there = qc_attachment_slot_get_pictures (slot)->len;
  return most == 0 ? QC_WIRE_PHONE_MOST : CLAMP (most > there ? most - there : 1, 1, QC_WIRE_PHONE_MOST);
}

QcPhoneSlot *
qc_phone_slot_new (QcAttachments *attachments, QcAttachmentSlot *slot)
{
  g_return_val_if_fail (QC_IS_ATTACHMENTS (attachments) && QC_IS_ATTACHMENT_SLOT (slot), NULL);
  QcPhoneSlot *self = g_object_new (QC_TYPE_PHONE_SLOT, NULL);
  QcSession *session = qc_business_service_get_session (QC_BUSINESS_SERVICE (attachments->service));
  QcSync *sync = qc_session_get_sync (session);
  QcTokens *tokens = sync != NULL ? qc_sync_get_tokens (sync) : NULL;
  self->attachments = g_object_ref (attachments);
  self->slot = g_object_ref (slot);
  self->unit = g_strdup (qc_session_get_unit_account (session));
  self->label = dup_label (self);
  self->pictures = count_wanted (slot);
  if (tokens == NULL || self->unit == NULL) {
    g_autoptr (GError) error = qc_sync_error_new (QC_SYNC_ERROR_NO_API, NULL, "");
    fail (self, error);
    return self;
  }
  self->tokens = g_object_ref (tokens);
  qc_phone_ask_async (tokens, self->unit, self->label, self->pictures, self->cancellable, asked_cb,
                      g_object_ref (self));
  return self;
}

/* ---- what the clerk says ---- */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Way) way = user_data;
  QcPhoneSlot *self = way->slot;
  g_autoptr (GError) error = NULL;
  g_autoptr (QcAttachmentResult) added = qc_attachments_add_finish (QC_ATTACHMENTS (source), result, &error);
  if (added == NULL || added->added == 0) {
    const QcAttachmentFault *fault = added != NULL && added->failed->len > 0 ? added->failed->pdata[0] : NULL;
    set_arrival (way->arrival, QC_PHONE_ARRIVAL_BAD,
                 fault != NULL   ? g_strdup (fault->text)
                 : error != NULL ? dup_words (error)
                                 : NULL);
    return;
  }
  const QcAttachmentFault *look = added->looks->len > 0 ? added->looks->pdata[0] : NULL;
  g_free (self->note);
  self->note = look != NULL ? g_strdup (look->text) : NULL;
  remove_arrival (self, way->arrival);
  tell (self);
}

void
qc_phone_slot_accept (QcPhoneSlot *self, QcPhoneArrival *arrival)
{
  g_return_if_fail (QC_IS_PHONE_SLOT (self) && QC_IS_PHONE_ARRIVAL (arrival));
  if (arrival->state != QC_PHONE_ARRIVAL_READY || self->stopped)
    return;
  g_autofree char *name = g_strdup_printf (_ ("Picture %u"), arrival->picture.number);
  set_arrival (arrival, QC_PHONE_ARRIVAL_TAKING, NULL);
  /* what was taken is taken, also if the window closes meanwhile */
  qc_attachments_add_bytes_async (self->attachments, qc_attachment_slot_get_kind (self->slot),
                                  qc_attachment_slot_get_line (self->slot), arrival->bytes, name, NULL, added_cb,
                                  way_new (self, arrival));
}

void
qc_phone_slot_refuse (QcPhoneSlot *self, QcPhoneArrival *arrival)
{
  g_return_if_fail (QC_IS_PHONE_SLOT (self) && QC_IS_PHONE_ARRIVAL (arrival));
  if (arrival->state != QC_PHONE_ARRIVAL_TAKING)
    remove_arrival (self, arrival);
}

void
qc_phone_slot_stop (QcPhoneSlot *self)
{
  g_return_if_fail (QC_IS_PHONE_SLOT (self));
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->id != NULL) {
    g_cancellable_cancel (self->cancellable);
    qc_phone_drop_async (self->tokens, self->unit, self->id, 0, NULL, NULL, NULL);
  }
}

/* ---- looking ---- */

QcPhoneSlotState
qc_phone_slot_get_state (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), QC_PHONE_SLOT_FAILED);
  return self->state;
}

const char *
qc_phone_slot_get_label (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), NULL);
  return self->label;
}

const char *
qc_phone_slot_get_address (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), NULL);
  return self->address;
}

const guint8 *
qc_phone_slot_get_code (QcPhoneSlot *self, guint *n)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), NULL);
  *n = (guint)self->code.n;
  return self->code.modules;
}

guint
qc_phone_slot_get_minutes (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), 0);
  gint64 left = self->deadline - g_get_monotonic_time ();
  return left > 0 ? (guint)((left + G_TIME_SPAN_MINUTE - 1) / G_TIME_SPAN_MINUTE) : 0;
}

guint
qc_phone_slot_get_left (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), 0);
  return self->pictures - MIN (self->taken, self->pictures);
}

const char *
qc_phone_slot_get_fault (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), NULL);
  return self->fault;
}

const char *
qc_phone_slot_get_note (QcPhoneSlot *self)
{
  g_return_val_if_fail (QC_IS_PHONE_SLOT (self), NULL);
  return self->note;
}

static void
qc_phone_slot_dispose (GObject *object)
{
  qc_phone_slot_stop (QC_PHONE_SLOT (object));
  G_OBJECT_CLASS (qc_phone_slot_parent_class)->dispose (object);
}

static void
qc_phone_slot_finalize (GObject *object)
{
  QcPhoneSlot *self = QC_PHONE_SLOT (object);
  g_clear_object (&self->attachments);
  g_clear_object (&self->slot);
  g_clear_object (&self->tokens);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->arrivals);
  qc_qr_clear (&self->code);
  g_free (self->unit);
  g_free (self->label);
  g_free (self->id);
  g_free (self->address);
  g_free (self->fault);
  g_free (self->note);
  G_OBJECT_CLASS (qc_phone_slot_parent_class)->finalize (object);
}

static void
qc_phone_slot_class_init (QcPhoneSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = qc_phone_slot_dispose;
  G_OBJECT_CLASS (klass)->finalize = qc_phone_slot_finalize;
  slot_changed
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
qc_phone_slot_init (QcPhoneSlot *self)
{
  self->cancellable = g_cancellable_new ();
  self->arrivals = g_ptr_array_new_with_free_func (g_object_unref);
}
