/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-api-request.h"
#include "rounds-api-response.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsApi:
 *
 * The backend without sockets: takes requests and gives answers. Synchronous; belongs to its store's thread. Checking
 * and making passwords takes long and is therefore a step of its own that may run on any thread:
 *
 *   call = rounds_api_call_new (request);
 *   if (!rounds_api_begin (api, call))         the store's thread
 *     {
 *       rounds_api_call_work (call);           any thread
 *       rounds_api_resume (api, call);         the store's thread
 *     }
 *   response = rounds_api_call_steal_response (call);
 */
typedef struct _RoundsApi RoundsApi;
typedef struct _RoundsApiCall RoundsApiCall;

RoundsApi *rounds_api_new (RoundsRecordStore *store, GError **error);
void rounds_api_free (RoundsApi *self);
void rounds_api_set_cors_origins (RoundsApi *self, const char *origins);
gboolean rounds_api_tidy (RoundsApi *self, GError **error);

RoundsApiCall *rounds_api_call_new (RoundsApiRequest *request);
void rounds_api_call_free (RoundsApiCall *call);
gboolean rounds_api_call_is_read (RoundsApiCall *call);
gboolean rounds_api_begin (RoundsApi *self, RoundsApiCall *call);
void rounds_api_call_work (RoundsApiCall *call);
void rounds_api_resume (RoundsApi *self, RoundsApiCall *call);
RoundsApiResponse *rounds_api_call_steal_response (RoundsApiCall *call);

RoundsApiResponse *rounds_api_look (RoundsApi *self);
RoundsApiResponse *rounds_api_handle (RoundsApi *self, RoundsApiRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsApi, rounds_api_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsApiCall, rounds_api_call_free)

G_END_DECLS
