/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-api-private.h"

/* An API over a new database, and what tests say to it. */
typedef struct
{
  char *folder;
  char *path;
  RoundsRecordStore *store;
  RoundsApi *api;
  char *token;        /* (nullable): sent with every request */
  const char *header; /* (nullable): one more header, with header_value; for the next request alone */
  const char *header_value;

  /* The last answer. */
  RoundsApiResponse *response;
  yyjson_doc *doc; /* of its body, if that is JSON */
} ApiFixture;

void api_fixture_set_up (ApiFixture *fixture, gconstpointer data);
void api_fixture_set_up_signed_in (ApiFixture *fixture, gconstpointer data); /* as an admin */
void api_fixture_tear_down (ApiFixture *fixture, gconstpointer data);
RoundsRecord *api_fixture_add_user (ApiFixture *fixture, const char *username, const char *role, const char *password);
void api_fixture_sign_in_as (ApiFixture *fixture, const char *username);

/* Sends a request and returns its status. */
guint api_send (ApiFixture *fixture, const char *method, const char *target, const char *body);
#define api_get(fixture, target) api_send (fixture, "GET", target, NULL)
yyjson_val *api_root (ApiFixture *fixture);
const char *api_text (ApiFixture *fixture, const char *member);
const char *api_header (ApiFixture *fixture, const char *name);
char *api_post_id (ApiFixture *fixture, const char *target, const char *body);
