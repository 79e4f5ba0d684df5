-- What both trigger services keep: the copy of what to run, open runs (small, hot) apart from their history, step logs.
-- Version numbers are shared with the services' own migrations: take the next one that neither uses.

create table feed_position (
    singleton boolean primary key default true,
    epoch     text    not null,
    revision  bigint  not null,
    constraint feed_position_one_ck check (singleton)
);

create table flow (
    digest   text primary key,
    document jsonb not null
);

-- The newest state of each integration. A problem means: not understood by this version, answered with 503.
create table deployment (
    integration_id uuid primary key,
    tenant         text    not null,
    revision       bigint  not null,
    deleted        boolean not null,
    problem        text,
    document       jsonb   not null
);

create table run (
    id             uuid primary key,
    tenant         text        not null,
    integration_id uuid        not null,
    trigger        text        not null,
    status         text        not null,
    attempt        integer     not null default 0,
    template       text        not null,
    flow_digest    text        not null references flow,
    params         jsonb       not null,
    event          jsonb,
    output         jsonb,
    error          jsonb,
    requested_by   text,
    replay_of      uuid,
    -- $context as the first attempt found it: later attempts compute the same from it.
    context_at_start jsonb,
    created_at     timestamptz not null,
    started_at     timestamptz,
    ended_at       timestamptz,
    constraint run_trigger_ck check (trigger in ('webhook', 'schedule', 'manual', 'replay')),
    constraint run_status_ck check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    constraint run_end_ck check ((ended_at is not null) = (status in ('succeeded', 'failed', 'cancelled')))
);
-- Run ids are ordered by time, so the newest runs of an integration come from the index alone.
create index run_integration_idx on run (tenant, integration_id, id desc);

-- Open runs only. A run is claimed by one worker under a fence that grows with each claim; whoever writes shows it.
-- serial_key: runs of one integration whose flow keeps a context go one after the other.
create table run_queue (
    run_id           uuid primary key references run,
    integration_id   uuid        not null,
    schedule_id      uuid,
    serial_key       uuid,
    not_before       timestamptz not null,
    worker           text,
    lease_until      timestamptz,
    fence            bigint      not null default 0,
    cancel_requested boolean     not null default false,
    constraint run_queue_lease_ck check ((worker is null) = (lease_until is null))
);
create index run_queue_due_idx on run_queue (not_before, run_id) where worker is null;
create index run_queue_lease_idx on run_queue (lease_until) where worker is not null;
create index run_queue_schedule_idx on run_queue (schedule_id) where schedule_id is not null;
create index run_queue_serial_idx on run_queue (serial_key, run_id) where serial_key is not null;
-- Decides the race of two replicas that claim runs of one key at once.
create unique index run_queue_serial_uq on run_queue (serial_key) where worker is not null and serial_key is not null;

create table run_step (
    run_id      uuid        not null,
    seq         bigint      generated always as identity,
    visit       text        not null,
    pointer     text        not null,
    name        text        not null,
    kind        text        not null,
    status      text        not null,
    attempt     integer     not null,
    started_at  timestamptz not null,
    duration_ms bigint      not null,
    request     jsonb,
    response    jsonb,
    error       jsonb,
    -- Set for steps that must not be done again: {"output": …}.
    result      jsonb,
    primary key (run_id, seq),
    constraint run_step_status_ck check (status in ('succeeded', 'failed', 'skipped'))
);
-- One result a visit, whoever writes it.
create unique index run_step_result_uq on run_step (run_id, visit) where result is not null;

-- $context: belongs to (integration, this service), replaced by compare-and-set.
create table flow_context (
    integration_id uuid primary key,
    tenant         text        not null,
    version        bigint      not null,
    value          jsonb       not null,
    changed_by     uuid        not null,
    changed_at     timestamptz not null
);

-- The newest ended run of each integration. The transaction's id orders the feed without a lock: a reader takes rows
-- of transactions that are surely over (below the snapshot's xmin), so none can appear behind it later.
create table last_run (
    integration_id uuid primary key,
    tenant         text        not null,
    run_id         uuid        not null,
    trigger        text        not null,
    status         text        not null,
    created_at     timestamptz not null,
    ended_at       timestamptz not null,
    error          text,
    changed        xid8        not null default pg_current_xact_id()
);
create index last_run_changed_idx on last_run (changed);
