/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-access-token.h"
#include "rounds-access.h"
#include "rounds-api-routes.h"
#include "rounds-api.h"
#include "rounds-rate-limit.h"
#include "rounds-territory-scope.h"

G_BEGIN_DECLS

struct _RoundsApi
{
  RoundsRecordStore *store;                   /* (owned) */
  gboolean changed;                           /* what devices pull has changed since the last answer */
  gint64 told_seq;                            /* how far the log was then */
  guint8 token_key[ROUNDS_TOKEN_KEY_LENGTH];  /* signs access tokens */
  guint8 cursor_key[ROUNDS_TOKEN_KEY_LENGTH]; /* seals page cursors */
  char *decoy_hash;                           /* (owned): what an unknown user's password is checked against */
  GStrv cors_origins;                         /* (owned) */
  RoundsRateLimit *limit_pair;                /* (owned): failed sign-ins by address and user name together */
  RoundsRateLimit *limit_address;             /* (owned): by address */
  RoundsRateLimit *limit_user;                /* (owned): by user name */
};

/* RoundsApiCall: one request on its way through the API. */
struct _RoundsApiCall
{
  RoundsApiRequest *request;   /* (owned) */
  RoundsApiResponse *response; /* (owned) (nullable): once there is one */
  const RoundsApiRoute *route; /* (nullable): once it is found */
  RoundsEntity entity;         /* of the route */
  char *id_text;               /* (owned) (nullable): from the path */
  RoundsUuid id;               /* if id_text is one */
  gint64 started;              /* monotonic, µs */

  RoundsRecord *user; /* (owned) (nullable): who asks */
  RoundsRole role;
  RoundsTerritoryScope *scope; /* (owned) (nullable): what they get to see; set where user is */
  RoundsUuid device;           /* nil if none was named */
  RoundsUuid session;
  gint64 expires_at;      /* ms UTC: of the access token */
  gboolean ends_sessions; /* set by a handler after which somebody may be signed out */

  /* The step that runs elsewhere. */
  char *password;          /* (owned) (nullable) */
  char *hash;              /* (owned) (nullable): to check against; NULL: make one */
  gboolean matches;        /* whether it does */
  GError *work_error;      /* (owned) (nullable) */
  RoundsApiHandler resume; /* what comes after it */
  yyjson_doc *body;        /* (owned) (nullable): what was read of the request, kept over that step */
};

void rounds_api_call_defer (RoundsApiCall *call, const char *password, const char *hash, RoundsApiHandler resume);
yyjson_val *rounds_api_call_read_json (RoundsApiCall *call, GError **error);
void rounds_api_set_parameter_error (GError **error, const char *parameter, const char *message);

/* Handlers, by file. */
RoundsApiResponse *rounds_api_login (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_refresh (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_logout (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_me (RoundsApi *api, RoundsApiCall *call, GError **error);

RoundsApiResponse *rounds_api_create_user (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_update_user (RoundsApi *api, RoundsApiCall *call, GError **error);

RoundsApiResponse *rounds_api_list (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_list_plain (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_create (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_read (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_replace (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_patch (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_delete (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_restore (RoundsApi *api, RoundsApiCall *call, GError **error);

RoundsApiResponse *rounds_api_merge (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_unmerge (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_amend (RoundsApi *api, RoundsApiCall *call, GError **error);

RoundsApiResponse *rounds_api_push (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_compare (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_pull (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_live (RoundsApi *api, RoundsApiCall *call, GError **error);

RoundsApiResponse *rounds_api_health (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_health_database (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_openapi (RoundsApi *api, RoundsApiCall *call, GError **error);
RoundsApiResponse *rounds_api_docs (RoundsApi *api, RoundsApiCall *call, GError **error);

/* For those who listen; see rounds-api-news.c. */
gboolean rounds_api_watch (RoundsApi *self, GError **error);
void rounds_api_unwatch (RoundsApi *self);
void rounds_api_add_news (RoundsApi *self, RoundsApiCall *call);

/* What several of them use. */
RoundsApiResponse *rounds_api_response_new_record (guint status, RoundsRecord *record);
RoundsRecord *rounds_api_get_record (RoundsApi *api, RoundsApiCall *call, gboolean deleted, GError **error);
RoundsApiResponse *rounds_api_check_if_match (RoundsApiCall *call, RoundsRecord *stored);
gboolean rounds_api_save_in_scope (RoundsApi *api, RoundsApiCall *call, RoundsRecord *record, RoundsRecord *before,
                                   GError **error);
gboolean rounds_api_allow_cb (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current,
                              gpointer data, GError **error);

/** RoundsApiPage: which page of what a list request asks for. */
typedef struct
{
  RoundsQuery *query; /* (owned): with one record more than the page, which tells whether there is a next one */
  char *sort;         /* (owned): the order, as the client may name it */
  guint limit;
  guint skip;
} RoundsApiPage;

gboolean rounds_api_page_read (RoundsApi *api, RoundsApiCall *call, RoundsApiPage *page, GError **error);
char *rounds_api_page_get_cursor (RoundsApi *api, RoundsApiPage *page, RoundsRecord *last);
void rounds_api_page_clear (RoundsApiPage *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsApiPage, rounds_api_page_clear)

/* How long the answer to a key is kept: longer than any client keeps trying without its user looking. */
#define ROUNDS_IDEMPOTENCY_LIFETIME (7 * ROUNDS_DAY)
gboolean rounds_api_idempotency_find (RoundsApi *api, RoundsApiCall *call, RoundsApiResponse **first, GError **error);
gboolean rounds_api_idempotency_keep (RoundsApi *api, RoundsApiCall *call, RoundsApiResponse *response, GError **error);

G_END_DECLS
