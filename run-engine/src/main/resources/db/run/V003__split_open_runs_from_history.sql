-- Open runs are one small, hot table; a run that has ended moves to the history in the statement that ends it. So the
-- history is only ever inserted into, and what is too old goes by dropping partitions, not by deleting rows.

create table open_run (
    id               uuid primary key,
    tenant           text        not null,
    integration_id   uuid        not null,
    trigger          text        not null,
    template         text        not null,
    flow_digest      text        not null references flow,
    params           jsonb       not null,
    event            jsonb,
    requested_by     text,
    replay_of        uuid,
    -- The run whose id the Idempotency-Keys begin with: itself, or the one that it resumes.
    key_root         uuid        not null,
    schedule_id      uuid,
    -- When and how often it is tried again, as the integration said when it began.
    retry            jsonb,
    -- Days that it is kept once it has ended.
    retention        integer     not null,
    -- Runs of one lane go one after the other; '' is the lane of those that only share a limit, null of all others.
    lane             text,
    lane_number      bigint,
    -- Which of the integration's concurrent places it holds while it is claimed.
    slot             integer,
    attempt          integer     not null default 0,
    created_at       timestamptz not null,
    started_at       timestamptz,
    -- $context as the first attempt found it: later attempts compute the same from it.
    context_at_start jsonb,
    error            jsonb,
    not_before       timestamptz not null,
    -- For people: why it waits.
    waiting_for      text,
    worker           text,
    lease_until      timestamptz,
    fence            bigint      not null default 0,
    cancel_requested boolean     not null default false,
    constraint open_run_trigger_ck check (trigger in ('webhook', 'schedule', 'manual', 'replay')),
    constraint open_run_lease_ck check ((worker is null) = (lease_until is null))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index open_run_due_idx on open_run (not_before, id) where worker is null and lane is null;
create index open_run_lane_idx on open_run (integration_id, lane, lane_number, id) where lane is not null;
create index open_run_lease_idx on open_run (lease_until) where worker is not null;
create index open_run_cancel_idx on open_run (worker) where cancel_requested;
create index open_run_schedule_idx on open_run (schedule_id) where schedule_id is not null;
create index open_run_integration_idx on open_run (tenant, integration_id, id desc);
-- Decide the races of replicas that claim at once: one run of a lane, one run a place.
create unique index open_run_lane_uq on open_run (integration_id, lane) where worker is not null and lane <> '';
create unique index open_run_slot_uq on open_run (integration_id, slot) where worker is not null and slot is not null;

-- Lanes whose order counts: the next number is taken under the row's lock, so that numbers are in the order of the
-- commits. A lane whose event failed for good is parked by that run until somebody releases it.
create table lane (
    integration_id uuid        not null,
    lane           text        not null,
    tenant         text        not null,
    last_number    bigint      not null,
    used_at        timestamptz not null,
    parked_by      uuid,
    parked_number  bigint,
    parked_at      timestamptz,
    primary key (integration_id, lane),
    constraint lane_parked_ck check ((parked_by is null) = (parked_at is null))
);

alter table run rename to run_before;
alter table run_step rename to run_step_before;
alter table run_before rename constraint run_pkey to run_before_pkey;
alter table run_step_before rename constraint run_step_pkey to run_step_before_pkey;
alter index run_integration_idx rename to run_before_integration_idx;
alter index run_step_result_uq rename to run_step_before_result_uq;

-- Run ids are ordered by time, so a day is a range of ids.
create table run (
    id             uuid        not null,
    retention      integer     not null,
    tenant         text        not null,
    integration_id uuid        not null,
    trigger        text        not null,
    status         text        not null,
    attempt        integer     not null,
    template       text        not null,
    flow_digest    text        not null,
    params         jsonb       not null,
    event          jsonb,
    output         jsonb,
    error          jsonb,
    requested_by   text,
    replay_of      uuid,
    key_root       uuid        not null,
    lane           text,
    lane_number    bigint,
    created_at     timestamptz not null,
    started_at     timestamptz,
    ended_at       timestamptz not null,
    primary key (id, retention),
    constraint run_ended_ck check (status in ('succeeded', 'failed', 'cancelled'))
) partition by list (retention);
create index run_integration_idx on run (tenant, integration_id, id desc);

create sequence run_step_seq;
create table run_step (
    run_id      uuid        not null,
    retention   integer     not null,
    seq         bigint      not null default nextval('run_step_seq'),
    visit       text        not null,
    pointer     text        not null,
    name        text        not null,
    kind        text        not null,
    status      text        not null,
    attempt     integer     not null,
    started_at  timestamptz not null,
    duration_ms bigint      not null,
    -- Done by the run that this one resumes.
    reused      boolean     not null default false,
    request     jsonb,
    response    jsonb,
    error       jsonb,
    -- Set for steps that must not be done again: {"output": …}.
    result      jsonb,
    primary key (run_id, seq, retention),
    constraint run_step_status_ck check (status in ('succeeded', 'failed', 'skipped'))
) partition by list (retention);
-- One result a visit, whoever writes it.
create unique index run_step_result_uq on run_step (run_id, visit, retention) where result is not null;

-- Where rows go whose partition was not made in time: nothing is ever refused for that.
create table run_rest partition of run default;
create table run_step_rest partition of run_step default;

create function id_of_day(day date) returns uuid language sql immutable as
$$select (lpad(to_hex((extract(epoch from day at time zone 'UTC') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid$$;

-- Makes the partitions of one retention class for a day, with what landed elsewhere before they were there. The caller
-- holds the lock that lets one replica at a time do this.
create procedure make_run_partitions(days integer, day date) language plpgsql as $$
declare
    parent text;
    key    text;
    class  text;
    child  text;
begin
    foreach parent in array array ['run', 'run_step'] loop
        key := case parent when 'run' then 'id' else 'run_id' end;
        class := format('%s_r%s', parent, days);
        child := format('%s_%s', class, to_char(day, 'YYYYMMDD'));
        if to_regclass(class) is null then
            execute format('create temp table strays on commit drop as select * from %I where retention = %s', parent || '_rest', days);
            execute format('delete from %I where retention = %s', parent || '_rest', days);
            execute format('create table %I partition of %I for values in (%s) partition by range (%I)', class, parent, days, key);
            execute format('create table %I partition of %I default', class || '_rest', class);
            execute format('insert into %I select * from strays', parent);
            drop table strays;
        end if;
        if to_regclass(child) is null then
            execute format('create temp table strays on commit drop as select * from %I where %I >= id_of_day(%L) and %I < id_of_day(%L)',
                           class || '_rest', key, day, key, day + 1);
            execute format('delete from %I where %I >= id_of_day(%L) and %I < id_of_day(%L)',
                           class || '_rest', key, day, key, day + 1);
            execute format('create table %I partition of %I for values from (id_of_day(%L)) to (id_of_day(%L))',
                           child, class, day, day + 1);
            execute format('insert into %I select * from strays', parent);
            drop table strays;
        end if;
    end loop;
end
$$;

-- A tenant's runs before this id are over its count: reads leave them out, and they go with their partition.
create table run_floor (
    tenant text primary key,
    id     uuid not null
);

insert into open_run (id, tenant, integration_id, trigger, template, flow_digest, params, event, requested_by, replay_of,
                      key_root, schedule_id, retention, lane, attempt, created_at, started_at, context_at_start, error,
                      not_before, worker, lease_until, fence, cancel_requested)
select r.id, r.tenant, r.integration_id, r.trigger, r.template, r.flow_digest, r.params, r.event, r.requested_by,
       r.replay_of, r.id, q.schedule_id, 30, case when q.serial_key is not null then 'context' end, r.attempt,
       r.created_at, r.started_at, r.context_at_start, r.error, q.not_before, q.worker, q.lease_until, q.fence,
       q.cancel_requested
  from run_before r join run_queue q on q.run_id = r.id;
insert into run (id, retention, tenant, integration_id, trigger, status, attempt, template, flow_digest, params, event,
                 output, error, requested_by, replay_of, key_root, created_at, started_at, ended_at)
select id, 30, tenant, integration_id, trigger, status, attempt, template, flow_digest, params, event, output, error,
       requested_by, replay_of, id, created_at, started_at, ended_at
  from run_before where ended_at is not null;
insert into run_step (run_id, retention, visit, pointer, name, kind, status, attempt, started_at, duration_ms, request,
                      response, error, result)
select run_id, 30, visit, pointer, name, kind, status, attempt, started_at, duration_ms, request, response, error, result
  from run_step_before order by run_id, seq;
drop table run_queue, run_before, run_step_before;

-- The values that a context had, newest first the last twenty: a person can go back to one.
create table flow_context_history (
    integration_id uuid        not null,
    version        bigint      not null,
    tenant         text        not null,
    value          jsonb       not null,
    changed_by     uuid,
    changed_at     timestamptz not null,
    primary key (integration_id, version)
);
alter table flow_context alter column changed_by drop not null;
alter table flow_context add column changed_by_person text;
alter table flow_context_history add column changed_by_person text;
insert into flow_context_history (integration_id, version, tenant, value, changed_by, changed_at)
select integration_id, version, tenant, value, changed_by, changed_at from flow_context;

-- Replays of many runs at a rate. A replica takes the next step of each under the row's lock.
create table bulk_replay (
    id             uuid primary key,
    tenant         text        not null,
    integration_id uuid        not null,
    filter         jsonb       not null,
    from_step      text,
    per_minute     integer     not null,
    status         text        not null,
    total          integer     not null,
    started        integer     not null default 0,
    -- The run that was replayed last; oldest first, so that their order is kept.
    position       uuid,
    until          uuid        not null,
    requested_by   text        not null,
    created_at     timestamptz not null,
    next_at        timestamptz not null,
    ended_at       timestamptz,
    constraint bulk_replay_status_ck check (status in ('running', 'done', 'stopped')),
    constraint bulk_replay_end_ck check ((ended_at is null) = (status = 'running'))
);
create index bulk_replay_due_idx on bulk_replay (next_at) where status = 'running';
create index bulk_replay_integration_idx on bulk_replay (tenant, integration_id, created_at desc);
