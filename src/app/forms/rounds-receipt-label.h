/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-receipt.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsReceiptLabel:
 *
 * Says quietly where a record is safe (N23): "On the server since 14:03". Follows the store. Hidden while
 * there is nothing to tell. Property "compact": an icon with a tooltip, for rows, and only while the record is not on
 * the server or needs the user. Main thread.
 */
#define ROUNDS_TYPE_RECEIPT_LABEL (rounds_receipt_label_get_type ())

G_DECLARE_FINAL_TYPE (RoundsReceiptLabel, rounds_receipt_label, ROUNDS, RECEIPT_LABEL, AdwBin)

void rounds_receipt_label_show (RoundsReceiptLabel *self, RoundsStore *store, RoundsRecord *record);
void rounds_receipt_label_show_all (RoundsReceiptLabel *self, RoundsStore *store, GPtrArray *records);
void rounds_receipt_label_set_note (RoundsReceiptLabel *self, const char *note);
const char *rounds_receipt_label_get_text (RoundsReceiptLabel *self);

G_END_DECLS
