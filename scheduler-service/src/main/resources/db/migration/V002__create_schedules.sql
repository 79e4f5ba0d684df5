create table schedule (
    id             uuid primary key,
    integration_id uuid  not null references deployment,
    tenant         text  not null,
    settings       jsonb not null
);
create index schedule_integration_idx on schedule (integration_id);

-- Narrow and apart from the settings, because it changes all the time: room in its pages keeps the updates in place,
-- and early vacuum keeps the claim's scan short.
create table due (
    schedule_id  uuid primary key references schedule on delete cascade,
    next_fire_at timestamptz not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index due_next_idx on due (next_fire_at);

-- What became of each instant. The primary key makes a double start impossible, whoever fires.
create table firing (
    schedule_id uuid        not null,
    nominal_at  timestamptz not null,
    outcome     text        not null,
    reason      text,
    run_id      uuid,
    fired_at    timestamptz not null,
    primary key (schedule_id, nominal_at),
    constraint firing_outcome_ck check (outcome in ('ran', 'skipped', 'missed', 'failed')),
    constraint firing_run_ck check ((run_id is not null) = (outcome = 'ran'))
);
create index firing_fired_idx on firing (fired_at);
