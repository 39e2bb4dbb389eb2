/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* How much is said of a day. */
typedef enum
{
  ROUNDS_DAY_WEEKDAY_SHORT, /* Tue 3 Mar */
  ROUNDS_DAY_SHORT,         /* 3 Mar */
  ROUNDS_DAY_SHORT_YEAR,    /* 3 Mar 2024 */
  ROUNDS_DAY_LONG,          /* Tuesday, 3 March */
  ROUNDS_DAY_LONG_YEAR,     /* Tuesday, 3 March 2024 */
  ROUNDS_DAY_YEAR,          /* 3 March 2024 */
} RoundsDayStyle;

char *rounds_display_name (RoundsStore *store, RoundsRecord *record);
char *rounds_display_summary (RoundsStore *store, RoundsRecord *record);
char *rounds_display_specialty (RoundsStore *store, RoundsRecord *person);
char *rounds_display_address (RoundsRecord *address);
char *rounds_display_first_line (const char *text);
char *rounds_display_value (RoundsStore *store, const RoundsFieldInfo *field, const RoundsValue *value);

const char *rounds_display_icon (const char *interaction_type);

const char *rounds_display_day_format (RoundsDayStyle style);
char *rounds_display_day (gint64 instant);
char *rounds_display_long_day (gint64 instant);
char *rounds_display_time (gint64 instant);
char *rounds_display_date (const char *date);
char *rounds_display_moment (gint64 instant);
char *rounds_display_full_time (gint64 instant);

char *rounds_change_list_fields (const RoundsChange *change);

gboolean rounds_look_up_of_person (RoundsStore *store, RoundsEntity entity, const RoundsUuid *person,
                                   RoundsRecord **record, GError **error);
RoundsRecord *rounds_find_of_person (RoundsStore *store, RoundsEntity entity, const RoundsUuid *person);
int rounds_entity_get_person_field (RoundsEntity entity);

G_END_DECLS
