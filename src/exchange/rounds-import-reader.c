/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-reader.h"

#include "rounds-insert.h"

/* So many rows about somebody new are written at once: entity by entity, which keeps the pages of one table and its
 * indexes at hand; not so many that the rows themselves are not. */
#define ROWS_IN_BATCH (2 * ROUNDS_ROWS_AT_ONCE)

/* One that is written, one that is read, and one or two in between for when either is held up. */
#define N_BATCHES 4

typedef struct
{
  RoundsImportBatch parent;
  gboolean is_last; /* the file ends behind it … */
  GError *error;    /* (owned) (nullable): … or cannot be read on */
} Batch;

struct _RoundsImportReader
{
  GThread *thread; /* (owned) */

  /* The reading thread's. */
  RoundsImportPlan *plan;    /* (owned) */
  RoundsTableReader *table;  /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean at_header;        /* the next row that holds anything names the columns */

  /* Of both threads. */
  Batch batches[N_BATCHES]; /* whose each is say the queues */
  GAsyncQueue *empty;       /* (owned) of Batch: to be filled */
  GAsyncQueue *filled;      /* (owned) of Batch: in the file's order */
  int is_stopped;           /* (atomic): nobody takes any more */

  /* The other thread's. */
  Batch *taken; /* (nullable): in use */
};

/* On the reading thread */

static void
draft_clear (RoundsImportDraft *self)
{
  rounds_import_records_clear (&self->records);
  rounds_import_row_clear (&self->row);
  g_clear_pointer (&self->name, g_free);
  g_clear_error (&self->why);
}

static void
batch_clear (Batch *self)
{
  for (guint i = 0; i < self->parent.n_drafts; i++)
    draft_clear (&self->parent.drafts[i]);
  self->parent.n_drafts = 0;
  g_clear_error (&self->error);
}

/* What is found valid here need not be looked at again, unless it changes; the import finds out about the rest. */
static void
check_records (RoundsImportRecords *records)
{
  for (guint i = 0; i < records->changed->len; i++)
    if (records->changed->pdata[i] != records->physician && records->changed->pdata[i] != records->affiliation)
      rounds_record_validate (records->changed->pdata[i], NULL);
}

static void
draft_init (RoundsImportDraft *self, RoundsImportPlan *plan, const RoundsTableRow *row)
{
  *self = (RoundsImportDraft) { .number = row->number };
  rounds_import_row_read (&self->row, plan, row, &self->why);
  self->name = rounds_import_row_get_name (&self->row);
  if (self->why != NULL)
    return;
  rounds_import_people_make_probe (&self->row, &self->probe);
  rounds_import_records_draft (&self->records, plan, &self->row);
  check_records (&self->records);
}

static void
fill (RoundsImportReader *self, Batch *batch)
{
  RoundsTableRow row;

  while (batch->parent.n_drafts < ROWS_IN_BATCH && !g_atomic_int_get (&self->is_stopped))
    {
      if (!rounds_table_reader_read (self->table, &row, self->cancellable, &batch->error))
        {
          batch->is_last = TRUE;
          return;
        }
      if (rounds_table_row_is_blank (&row))
        continue;
      if (self->at_header)
        self->at_header = FALSE;
      else
        draft_init (&batch->parent.drafts[batch->parent.n_drafts++], self->plan, &row);
    }
}

static gpointer
run_thread (gpointer data)
{
  RoundsImportReader *self = data;
  gboolean is_done = FALSE;

  while (!is_done)
    {
      Batch *batch = g_async_queue_pop (self->empty);

      if (g_atomic_int_get (&self->is_stopped))
        break;
      batch_clear (batch);
      fill (self, batch);
      is_done = batch->is_last;
      g_async_queue_push (self->filled, batch);
    }
  return NULL;
}

/* On the thread of the import */

/**
 * rounds_import_reader_new:
 * @plan: the file and what its columns are
 * @error: (out) (optional): as rounds_import_plan_open()
 *
 * Returns: (transfer full) (nullable): a reader of the plan's file, which begins at once
 */
RoundsImportReader *
rounds_import_reader_new (RoundsImportPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTableReader) table = rounds_import_plan_open (plan, cancellable, error);
  RoundsImportReader *self;

  if (table == NULL)
    return NULL;
  self = g_new0 (RoundsImportReader, 1);
  self->plan = rounds_import_plan_ref (plan);
  self->table = g_steal_pointer (&table);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->at_header = plan->has_header;
  self->empty = g_async_queue_new ();
  self->filled = g_async_queue_new ();
  for (guint i = 0; i < N_BATCHES; i++)
    {
      self->batches[i].parent.drafts = g_new0 (RoundsImportDraft, ROWS_IN_BATCH);
      g_async_queue_push (self->empty, &self->batches[i]);
    }
  self->thread = g_thread_new ("rounds-import", run_thread, self);
  return self;
}

/** rounds_import_reader_free: frees @self at any time; waits until a row that is being read is. */
void
rounds_import_reader_free (RoundsImportReader *self)
{
  g_atomic_int_set (&self->is_stopped, TRUE);
  g_async_queue_push (self->empty, &self->batches[0]); /* whoever has it: wakes the thread, which does not touch it */
  g_thread_join (self->thread);

  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->filled);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      batch_clear (&self->batches[i]);
      g_free (self->batches[i].parent.drafts);
    }
  g_clear_object (&self->table);
  g_clear_object (&self->cancellable);
  rounds_import_plan_unref (self->plan);
  g_free (self);
}

/**
 * rounds_import_reader_next:
 * @batch: (out) (transfer none) (nullable): rows, which the caller may change; %NULL at the end of the file
 * @error: (out) (optional): why the file cannot be read on; told behind the rows before
 *
 * Waits for the next rows. Those before them must not be used any more, nor anything of them.
 */
gboolean
rounds_import_reader_next (RoundsImportReader *self, RoundsImportBatch **batch, GError **error)
{
  *batch = NULL;
  if (self->taken != NULL && !self->taken->is_last)
    g_async_queue_push (self->empty, g_steal_pointer (&self->taken));
  if (self->taken == NULL)
    {
      self->taken = g_async_queue_pop (self->filled);
      if (self->taken->parent.n_drafts > 0)
        {
          *batch = &self->taken->parent;
          return TRUE;
        }
    }
  if (self->taken->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->taken->error));
  return FALSE;
}
