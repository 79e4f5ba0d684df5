-- A run that has read its context goes before those that have not: what it computes next begins from what it read.
create index open_run_context_idx on open_run (integration_id, lane) where context_at_start is not null;

-- One replay of many runs an integration at a time: asked for twice, it must not send everything twice.
create unique index bulk_replay_running_uq on bulk_replay (integration_id) where status = 'running';
