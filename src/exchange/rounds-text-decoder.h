/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-mojibake.h"

G_BEGIN_DECLS

/** RoundsTextEncoding: an encoding that files of contacts come in. */
typedef struct
{
  const char *name;  /* e.g. "WINDOWS-1252" */
  const char *label; /* untranslated, for a list to choose from */
} RoundsTextEncoding;

const RoundsTextEncoding *rounds_text_encoding_list (guint *n_encodings);
const RoundsTextEncoding *rounds_text_encoding_find (const char *name);
RoundsMojibake rounds_text_encoding_get_mojibake (const char *encoding);
const char *rounds_text_encoding_of_mojibake (RoundsMojibake mojibake);
const char *rounds_text_encoding_guess_utf16 (const guint8 *data, gsize length);
char *rounds_text_encoding_detect (GFile *file, GCancellable *cancellable, GError **error);

/**
 * RoundsTextDecoder:
 *
 * Reads a text file of any encoding as UTF-8, block by block. What is no text in that encoding arrives as a NUL byte,
 * so that the reader behind it can say which row is damaged. One thread at a time.
 */
typedef struct _RoundsTextDecoder RoundsTextDecoder;

char *rounds_text_decode (const char *bytes, gsize length, const char *encoding);

RoundsTextDecoder *rounds_text_decoder_new (GInputStream *stream, const char *encoding, GError **error);
RoundsTextDecoder *rounds_text_decoder_open (GFile *file, const char *encoding, GCancellable *cancellable,
                                             GError **error);
gboolean rounds_text_decoder_read (RoundsTextDecoder *self, GString *text, gboolean *at_end, GCancellable *cancellable,
                                   GError **error);
void rounds_text_decoder_free (RoundsTextDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsTextDecoder, rounds_text_decoder_free)

/* What a file could not be read for, as an error of ours. */
gboolean rounds_propagate_read_error (GError **error, GError *local);

G_END_DECLS
