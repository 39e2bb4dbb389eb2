/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "rounds-json.h"
#include "rounds-territory-scope.h"

G_BEGIN_DECLS

/** RoundsApiHeader: one header of a response. */
typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned) */
} RoundsApiHeader;

/** RoundsApiNews: what an answer means for those who listen at /live. Not sent to the client. */
typedef struct
{
  gboolean changed;            /* there is something new to pull */
  gboolean ended;              /* sessions may have ended, or see other territories */
  RoundsTerritoryScope *scope; /* (owned) (nullable): where it has changed; for one who may listen: what they see */
  RoundsUuid user;             /* whose request it was; nil: nobody's */
  RoundsUuid device;           /* from where; nil: unknown */
  gint64 expires_at;           /* ms UTC: when the access token runs out */
} RoundsApiNews;

/** RoundsApiResponse: one HTTP answer without any socket. */
typedef struct
{
  guint status;
  GPtrArray *headers; /* (owned) (element-type RoundsApiHeader) */
  GBytes *body;       /* (owned) (nullable) */
  RoundsApiNews news;
} RoundsApiResponse;

RoundsApiResponse *rounds_api_response_new (guint status);
RoundsApiResponse *rounds_api_response_new_text (guint status, const char *content_type, char *text);
RoundsApiResponse *rounds_api_response_new_json (guint status, yyjson_mut_doc *doc);
RoundsApiResponse *rounds_api_response_new_problem (guint status, const char *field, const char *detail);
RoundsApiResponse *rounds_api_response_new_for_error (const GError *error, char **incident);
void rounds_api_response_free (RoundsApiResponse *self);
void rounds_api_response_set_header (RoundsApiResponse *self, const char *name, const char *value);
const char *rounds_api_response_get_header (RoundsApiResponse *self, const char *name);
void rounds_api_response_compress (RoundsApiResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsApiResponse, rounds_api_response_free)

G_END_DECLS
