/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_UUID_STRING_LENGTH 36

/** RoundsUuid: a UUID as its 16 bytes, big-endian, so that memcmp() orders UUIDv7 by time (RFC 9562). */
typedef struct
{
  guint8 bytes[16];
} RoundsUuid;

RoundsUuid rounds_uuid_new (void);
RoundsUuid rounds_uuid_new_from_name (const RoundsUuid *space, const char *name);
gboolean rounds_uuid_parse (const char *text, RoundsUuid *uuid);
char *rounds_uuid_to_string (const RoundsUuid *uuid);
void rounds_uuid_format (const RoundsUuid *uuid, char text[ROUNDS_UUID_STRING_LENGTH + 1]);
gboolean rounds_uuid_equal (gconstpointer a, gconstpointer b);
guint rounds_uuid_hash (gconstpointer uuid);
gboolean rounds_uuid_is_nil (const RoundsUuid *uuid);
GHashTable *rounds_uuid_set_new (void);
gboolean rounds_uuid_set_add (GHashTable *set, const RoundsUuid *uuid);
void rounds_uuid_set_add_all (GHashTable *set, GHashTable *more);

G_END_DECLS
