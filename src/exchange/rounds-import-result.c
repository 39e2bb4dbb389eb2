/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-result.h"

#include "rounds-json.h"

static void
reject_free (gpointer data)
{
  RoundsImportReject *reject = data;

  g_free (reject->column);
  g_free (reject->reason);
  g_free (reject);
}

/** rounds_import_result_new: no rows yet. */
RoundsImportResult *
rounds_import_result_new (const char *file)
{
  RoundsImportResult *self = g_new0 (RoundsImportResult, 1);

  self->file = g_strdup (file);
  self->rejects = g_ptr_array_new_with_free_func (reject_free);
  return self;
}

/** rounds_import_result_free: frees @self. */
void
rounds_import_result_free (RoundsImportResult *self)
{
  g_free (self->file);
  g_ptr_array_unref (self->rejects);
  g_free (self);
}

/** rounds_import_result_add_reject: counts a row that was not imported, and says why. */
void
rounds_import_result_add_reject (RoundsImportResult *self, guint64 row, const char *column, const char *reason)
{
  RoundsImportReject *reject = g_new0 (RoundsImportReject, 1);

  reject->row = row;
  reject->column = g_strdup (column);
  reject->reason = g_strdup (reason);
  g_ptr_array_add (self->rejects, reject);
  self->rejected++;
}

/**
 * rounds_import_result_to_json:
 *
 * Returns: (transfer full): {"file", "dry_run", "rows", "created", "updated", "duplicate", "rejected", "rejects":
 * [{"row", "column", "reason"}]}
 */
char *
rounds_import_result_to_json (const RoundsImportResult *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *rejects;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "file", self->file);
  yyjson_mut_obj_add_bool (doc, root, "dry_run", self->dry_run);
  yyjson_mut_obj_add_uint (doc, root, "rows", self->rows);
  yyjson_mut_obj_add_uint (doc, root, "created", self->created);
  yyjson_mut_obj_add_uint (doc, root, "updated", self->updated);
  yyjson_mut_obj_add_uint (doc, root, "duplicate", self->duplicate);
  yyjson_mut_obj_add_uint (doc, root, "rejected", self->rejected);
  rejects = yyjson_mut_obj_add_arr (doc, root, "rejects");
  for (guint i = 0; i < self->rejects->len; i++)
    {
      const RoundsImportReject *reject = self->rejects->pdata[i];
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, rejects);

      yyjson_mut_obj_add_uint (doc, object, "row", reject->row);
      if (reject->column != NULL)
        yyjson_mut_obj_add_str (doc, object, "column", reject->column);
      else
        yyjson_mut_obj_add_null (doc, object, "column");
      yyjson_mut_obj_add_str (doc, object, "reason", reject->reason);
    }
  return rounds_json_write (doc, TRUE);
}
