/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expands rounds-schema.def with the macros that the includer has defined, the others doing nothing, and forgets
 * them all. The typed macros end in ROUNDS_FIELD, so that most includers define that one alone. Has no include
 * guard on purpose. */

#ifndef ROUNDS_ENTITY_BEGIN
#define ROUNDS_ENTITY_BEGIN(UPPER, lower, Camel, path, scope, label)
#endif
#ifndef ROUNDS_ENTITY_END
#define ROUNDS_ENTITY_END(UPPER)
#endif
#ifndef ROUNDS_FIELD
#define ROUNDS_FIELD(ENTITY, NAME, name, type, min, max, flags, target, values, label)
#endif

#define ROUNDS_TEXT(E, N, n, max, flags, label) ROUNDS_FIELD (E, N, n, TEXT, 0, max, flags, NONE, NULL, label)
#define ROUNDS_LONG_TEXT(E, N, n, max, flags, label) ROUNDS_FIELD (E, N, n, LONG_TEXT, 0, max, flags, NONE, NULL, label)
#define ROUNDS_INTEGER(E, N, n, min, max, flags, label) \
  ROUNDS_FIELD (E, N, n, INTEGER, min, max, flags, NONE, NULL, label)
#define ROUNDS_REAL(E, N, n, min, max, flags, label) ROUNDS_FIELD (E, N, n, REAL, min, max, flags, NONE, NULL, label)
#define ROUNDS_BOOLEAN(E, N, n, flags, label) ROUNDS_FIELD (E, N, n, BOOLEAN, 0, 1, flags, NONE, NULL, label)
#define ROUNDS_DATE(E, N, n, flags, label) ROUNDS_FIELD (E, N, n, DATE, 0, 10, flags, NONE, NULL, label)
#define ROUNDS_INSTANT(E, N, n, flags, label) \
  ROUNDS_FIELD (E, N, n, INSTANT, -62135596800000, 253402300799999, flags, NONE, NULL, label)
#define ROUNDS_LOCAL_TIME(E, N, n, flags, label) ROUNDS_FIELD (E, N, n, LOCAL_TIME, 0, 5, flags, NONE, NULL, label)
#define ROUNDS_ENUM(E, N, n, values, flags, label) ROUNDS_FIELD (E, N, n, ENUM, 0, 0, flags, NONE, values, label)
#define ROUNDS_REFERENCE(E, N, n, target, flags, label) \
  ROUNDS_FIELD (E, N, n, REFERENCE, 0, 0, flags, target, NULL, label)
#define ROUNDS_UUID(E, N, n, flags, label) ROUNDS_FIELD (E, N, n, UUID, 0, 0, flags, NONE, NULL, label)
#define ROUNDS_JSON(E, N, n, flags, label) ROUNDS_FIELD (E, N, n, JSON, 0, 1000000, flags, NONE, NULL, label)

#include "rounds-schema.def"

#undef ROUNDS_ENTITY_BEGIN
#undef ROUNDS_ENTITY_END
#undef ROUNDS_FIELD
#undef ROUNDS_TEXT
#undef ROUNDS_LONG_TEXT
#undef ROUNDS_INTEGER
#undef ROUNDS_REAL
#undef ROUNDS_BOOLEAN
#undef ROUNDS_DATE
#undef ROUNDS_INSTANT
#undef ROUNDS_LOCAL_TIME
#undef ROUNDS_ENUM
#undef ROUNDS_REFERENCE
#undef ROUNDS_UUID
#undef ROUNDS_JSON
