/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Receipts: what has become of a record, told from its lines in the change log, open conflicts and drafts. Everything
 * here goes by an index, so that a page may ask on the main thread. */

#include "config.h"

#include "rounds-receipt.h"

#include "rounds-record-store-private.h"

/**
 * rounds_receipt_state_to_string:
 *
 * Returns: (transfer none): the state's name for other programs
 */
const char *
rounds_receipt_state_to_string (RoundsReceiptState state)
{
  switch (state)
    {
    case ROUNDS_RECEIPT_NONE:
      return "none";
    case ROUNDS_RECEIPT_ON_SERVER:
      return "on_server";
    case ROUNDS_RECEIPT_WAITING:
      return "waiting";
    case ROUNDS_RECEIPT_DRAFT:
      return "draft";
    case ROUNDS_RECEIPT_REFUSED:
      return "refused";
    case ROUNDS_RECEIPT_CONFLICT:
      return "conflict";
    default:
      g_assert_not_reached ();
    }
}

/** rounds_receipt_clear: frees what @self owns; it tells nothing afterwards. */
void
rounds_receipt_clear (RoundsReceipt *self)
{
  g_clear_pointer (&self->reason, g_free);
  *self = (RoundsReceipt) ROUNDS_RECEIPT_INIT;
}

/**
 * rounds_receipt_join:
 * @self: (inout): the receipt of a part; of both afterwards
 * @other: (inout): the receipt of another part, cleared afterwards
 *
 * Several records may be one thing to the user, such as a person and their address: it is as safe as the least safe of
 * them, since the last of them became so.
 */
void
rounds_receipt_join (RoundsReceipt *self, RoundsReceipt *other)
{
  if (other->state > self->state)
    {
      rounds_receipt_clear (self);
      *self = *other;
      other->reason = NULL;
    }
  else if (other->state == self->state)
    self->since = MAX (self->since, other->since);
  rounds_receipt_clear (other);
}

/* @row: (out) (transfer full) (nullable): @sql with @id as its parameter, at its first row; %NULL if there is none */
static gboolean
look_up (RoundsRecordStore *self, const char *sql, const RoundsUuid *id, RoundsStatement **row, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);
  RoundsStep step;

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, id);
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ROW)
    *row = g_steal_pointer (&statement);
  return step != ROUNDS_STEP_ERROR;
}

static gboolean
read_log (RoundsRecordStore *self, const RoundsUuid *id, RoundsReceipt *receipt, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL; /* of an aggregate, which always has a row */
  gint64 waiting, applied, refused;

  if (!look_up (self,
                "SELECT min(at) FILTER (WHERE state = 0), max(acknowledged_at) FILTER (WHERE state = 1),"
                " max(acknowledged_at) FILTER (WHERE state = 2) FROM change_log WHERE record = $1",
                id, &statement, error))
    return FALSE;
  waiting = rounds_statement_get_integer (statement, 0);
  applied = rounds_statement_get_integer (statement, 1);
  refused = rounds_statement_get_integer (statement, 2);
  if (refused != 0)
    *receipt = (RoundsReceipt) { ROUNDS_RECEIPT_REFUSED, refused, NULL };
  else if (waiting != 0)
    *receipt = (RoundsReceipt) { ROUNDS_RECEIPT_WAITING, waiting, NULL };
  else
    receipt->since = applied;
  return TRUE;
}

/* Sets @receipt to @state if @sql finds something about @id. */
static gboolean
read_if_found (RoundsRecordStore *self, const char *sql, const RoundsUuid *id, RoundsReceiptState state,
               RoundsReceipt *receipt, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;

  if (!look_up (self, sql, id, &statement, error))
    return FALSE;
  if (statement == NULL)
    return TRUE;
  receipt->state = state;
  receipt->since = rounds_statement_get_integer (statement, 0);
  if (state == ROUNDS_RECEIPT_REFUSED)
    receipt->reason = rounds_statement_dup_text (statement, 1);
  return TRUE;
}

/* A form keeps its draft under "<entity>:<id>". */
static gboolean
read_draft (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, RoundsReceipt *receipt, GError **error)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];
  g_autofree char *form = NULL;
  g_autoptr (RoundsStatement) statement = NULL;

  statement = rounds_database_prepare (
    self->database, "SELECT updated_at FROM \"draft\" WHERE form = $1 AND deleted_at IS NULL", error);
  if (statement == NULL)
    return FALSE;
  rounds_uuid_format (id, text);
  form = g_strconcat (rounds_entity_get_info (entity)->name, ":", text, NULL);
  rounds_statement_bind_text (statement, 1, form);
  switch (rounds_statement_step (statement, error))
    {
    case ROUNDS_STEP_ROW:
      *receipt = (RoundsReceipt) { ROUNDS_RECEIPT_DRAFT, rounds_statement_get_integer (statement, 0), NULL };
      return TRUE;
    case ROUNDS_STEP_DONE:
      return TRUE;
    case ROUNDS_STEP_ERROR:
    default:
      return FALSE;
    }
}

static gboolean
is_on_server (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, gboolean *on_server, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT rev FROM \"%s\" WHERE id = $1", rounds_entity_get_info (entity)->name);
  g_autoptr (RoundsStatement) statement = NULL;

  if (!look_up (self, sql, id, &statement, error))
    return FALSE;
  *on_server = statement != NULL && rounds_statement_get_integer (statement, 0) > 0;
  return TRUE;
}

#define CONFLICT_SQL \
  "SELECT updated_at FROM \"conflict\" WHERE record = $1 AND resolved_at IS NULL AND deleted_at IS NULL LIMIT 1"

/**
 * rounds_record_store_get_receipt:
 * @self: a device's store
 * @entity: what kind of record it is
 * @id: the record, which need not be there
 * @receipt: (out caller-allocates): where it is safe
 * @error: (out) (optional): what the disk says
 *
 * Some look-ups by index, so that the main thread may ask. Where several things hold, the one that needs the user most
 * is told.
 */
gboolean
rounds_record_store_get_receipt (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                 RoundsReceipt *receipt, GError **error)
{
  gboolean on_server = FALSE;

  g_return_val_if_fail (self->role == ROUNDS_ROLE_DEVICE, FALSE);

  *receipt = (RoundsReceipt) ROUNDS_RECEIPT_INIT;
  if (rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_LOCAL)
    return TRUE;
  if (!rounds_record_store_flush_log (self, error)
      || !read_if_found (self, CONFLICT_SQL, id, ROUNDS_RECEIPT_CONFLICT, receipt, error))
    return FALSE;
  if (receipt->state == ROUNDS_RECEIPT_CONFLICT)
    return TRUE;
  if (!read_log (self, id, receipt, error))
    return FALSE;
  if (receipt->state == ROUNDS_RECEIPT_REFUSED)
    return read_if_found (self,
                          "SELECT acknowledged_at, reply FROM change_log WHERE record = $1 AND state = 2"
                          " ORDER BY seq DESC LIMIT 1",
                          id, ROUNDS_RECEIPT_REFUSED, receipt, error);
  if (!read_draft (self, entity, id, receipt, error))
    return FALSE;
  if (receipt->state != ROUNDS_RECEIPT_NONE)
    return TRUE;
  if (!is_on_server (self, entity, id, &on_server, error))
    return FALSE;
  if (on_server)
    receipt->state = ROUNDS_RECEIPT_ON_SERVER;
  else
    receipt->since = 0;
  return TRUE;
}

static gboolean
note_unsettled (RoundsRecordStore *self, const char *sql, const RoundsUuid *id, RoundsReceiptState state,
                GHashTable *found, GError **error)
{
  RoundsReceipt receipt = ROUNDS_RECEIPT_INIT;

  if (!read_if_found (self, sql, id, state, &receipt, error))
    return FALSE;
  if (receipt.state == state)
    g_hash_table_insert (found, g_memdup2 (id, sizeof *id), GINT_TO_POINTER (state));
  rounds_receipt_clear (&receipt);
  return TRUE;
}

/* Whether there is anything at all that is not settled: mostly not, and then no record needs to be looked at. */
static int
has_unsettled (RoundsRecordStore *self, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    self->database,
    "SELECT EXISTS (SELECT 1 FROM change_log WHERE state = 0) OR EXISTS (SELECT 1 FROM change_log WHERE state = 2)"
    " OR EXISTS (SELECT 1 FROM \"conflict\" WHERE resolved_at IS NULL AND deleted_at IS NULL)",
    error);

  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return -1;
  return rounds_statement_get_integer (statement, 0) != 0;
}

/**
 * rounds_record_store_find_unsettled:
 * @self: a device's store
 * @ids: (element-type RoundsUuid): records of any kind, such as those that a list shows
 * @error: (out) (optional): what the disk says
 *
 * Cheaper than a receipt for each: one look where everything is on the server.
 *
 * Returns: (transfer full) (element-type RoundsUuid RoundsReceiptState) (nullable): those of @ids that are waiting,
 *   refused or in conflict
 */
GHashTable *
rounds_record_store_find_unsettled (RoundsRecordStore *self, GArray *ids, GError **error)
{
  g_autoptr (GHashTable) found = rounds_uuid_set_new ();
  int any;

  g_return_val_if_fail (self->role == ROUNDS_ROLE_DEVICE, NULL);

  if (!rounds_record_store_flush_log (self, error) || (any = has_unsettled (self, error)) < 0)
    return NULL;
  for (guint i = 0; any && i < ids->len; i++)
    {
      const RoundsUuid *id = &g_array_index (ids, RoundsUuid, i);

      if (!note_unsettled (self, "SELECT at FROM change_log WHERE record = $1 AND state = 0 LIMIT 1", id,
                           ROUNDS_RECEIPT_WAITING, found, error)
          || !note_unsettled (self, "SELECT at, reply FROM change_log WHERE record = $1 AND state = 2 LIMIT 1", id,
                              ROUNDS_RECEIPT_REFUSED, found, error)
          || !note_unsettled (self, CONFLICT_SQL, id, ROUNDS_RECEIPT_CONFLICT, found, error))
        return NULL;
    }
  return g_steal_pointer (&found);
}
