/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsReceiptState:
 * @ROUNDS_RECEIPT_NONE: nothing to tell: it is not saved, or it is kept on this device alone
 * @ROUNDS_RECEIPT_ON_SERVER: the server has it as it is here
 * @ROUNDS_RECEIPT_WAITING: saved here, waiting to be sent
 * @ROUNDS_RECEIPT_DRAFT: something was entered into its form and not saved
 * @ROUNDS_RECEIPT_REFUSED: the server refused a change of it
 * @ROUNDS_RECEIPT_CONFLICT: somebody else changed the same, and one has to be chosen
 *
 * How a record stands (N23), what needs the user most last.
 */
typedef enum
{
  ROUNDS_RECEIPT_NONE,
  ROUNDS_RECEIPT_ON_SERVER,
  ROUNDS_RECEIPT_WAITING,
  ROUNDS_RECEIPT_DRAFT,
  ROUNDS_RECEIPT_REFUSED,
  ROUNDS_RECEIPT_CONFLICT,
} RoundsReceiptState;

/** RoundsReceipt: where a record is safe, and since when. */
typedef struct
{
  RoundsReceiptState state;
  gint64 since; /* ms UTC: when it came to be so; 0: not known, as for what others wrote */
  char *reason; /* (owned) (nullable) why it was refused; for the user */
} RoundsReceipt;

#define ROUNDS_RECEIPT_INIT { ROUNDS_RECEIPT_NONE, 0, NULL }

const char *rounds_receipt_state_to_string (RoundsReceiptState state);
void rounds_receipt_clear (RoundsReceipt *self);
void rounds_receipt_join (RoundsReceipt *self, RoundsReceipt *other);

gboolean rounds_record_store_get_receipt (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                          RoundsReceipt *receipt, GError **error);
GHashTable *rounds_record_store_find_unsettled (RoundsRecordStore *self, GArray *ids, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsReceipt, rounds_receipt_clear)

G_END_DECLS
