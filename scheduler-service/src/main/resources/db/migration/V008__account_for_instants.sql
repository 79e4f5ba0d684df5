-- In the order in which those who fire take them.
lock table due, schedule, firing in access exclusive mode;

-- What a schedule is doing, beside what its owner has set. Replicas of the version before write none of it.
alter table schedule
    -- The revision that last changed its settings. A due instant carries it too: one that was set by other settings than
    -- those that were read with it is not fired.
    add column version         bigint not null default 0,
    -- Where it stopped when it was paused: the instant that would have been next. Null while it goes on.
    add column stopped_at      timestamptz,
    -- Instants before were in a pause.
    add column resumed_at      timestamptz,
    -- How the pause that ends is caught up with, this once.
    add column resume_catch_up text,
    -- By us, not by its owner: too many failures, or a rule that is understood no more.
    add column paused_at       timestamptz,
    add column pause_reason    text,
    -- Failures before were looked at by a person.
    add column forgiven_at     timestamptz,
    -- The interval that an adaptive one has come to.
    add column pace_ms         bigint;

create index schedule_paused_idx on schedule (paused_at) where paused_at is not null;

-- With jitter an instant is due later than its name says.
alter table due
    add column nominal_at timestamptz,
    add column version    bigint not null default 0;

-- Instants whose run waits for its turn: caught up with one by one, or queued behind a run that goes on.
create table waiting_firing (
    schedule_id uuid        not null references schedule on delete cascade,
    nominal_at  timestamptz not null,
    kind        text        not null,
    fire_at     timestamptz not null,
    primary key (schedule_id, nominal_at),
    constraint waiting_firing_kind_ck check (kind in ('catchUp', 'queued'))
);
-- After a downtime many instants of one schedule wait from the same moment on, and only the oldest has its turn: found
-- first, it need not be looked for among all the others.
create index waiting_firing_due_idx on waiting_firing (fire_at, nominal_at);

-- What became of each instant, a partition a day, so that nothing is deleted row by row. The primary key makes a double
-- start impossible, whoever fires.
-- What there is already stays where it is, as the partition for days that have none.
alter table firing rename to firing_rest;
alter table firing_rest rename constraint firing_pkey to firing_rest_pkey;
alter table firing_rest
    drop constraint firing_outcome_ck,
    drop constraint firing_run_ck,
    -- When it was due, jitter and all.
    add column due_at   timestamptz,
    -- Of many that went by and are told in one row: the last of them, and how many; without a number they were not counted.
    add column until    timestamptz,
    add column instants bigint;
drop index firing_fired_idx;
create table firing (
    schedule_id uuid        not null,
    nominal_at  timestamptz not null,
    outcome     text        not null,
    reason      text,
    run_id      uuid,
    -- When it came to this.
    fired_at    timestamptz not null,
    due_at      timestamptz,
    until       timestamptz,
    instants    bigint,
    primary key (schedule_id, nominal_at),
    constraint firing_outcome_ck check (outcome in ('ran', 'skipped', 'missed', 'failed', 'pending')),
    constraint firing_run_ck check ((run_id is not null) = (outcome = 'ran'))
) partition by range (nominal_at);
alter table firing_rest
    add constraint firing_outcome_ck check (outcome in ('ran', 'skipped', 'missed', 'failed', 'pending')),
    add constraint firing_run_ck check ((run_id is not null) = (outcome = 'ran'));
alter table firing attach partition firing_rest default;

-- Makes the partition of a day, with what landed elsewhere before it was there.
create procedure make_firing_partition(day date) language plpgsql as $$
declare
    child text := format('firing_%s', to_char(day, 'YYYYMMDD'));
    first timestamptz := day at time zone 'UTC';
    after timestamptz := (day + 1) at time zone 'UTC';
begin
    if to_regclass(child) is not null then
        return;
    end if;
    create temp table strays on commit drop as select * from firing_rest where nominal_at >= first and nominal_at < after;
    delete from firing_rest where nominal_at >= first and nominal_at < after;
    execute format('create table %I partition of firing for values from (%L) to (%L)', child, first, after);
    insert into firing (schedule_id, nominal_at, outcome, reason, run_id, fired_at, due_at, until, instants)
    select schedule_id, nominal_at, outcome, reason, run_id, fired_at, due_at, until, instants from strays;
    drop table strays;
end
$$;

-- Runs for the instants of a past range, at a rate. A replica takes the next step of each under the row's lock.
create table backfill (
    id           uuid primary key,
    -- Of a schedule that may be gone: what it did is told for its time.
    schedule_id  uuid        not null,
    tenant       text        not null,
    from_at      timestamptz not null,
    to_at        timestamptz not null,
    per_minute   integer     not null,
    status       text        not null,
    total        bigint      not null,
    started      bigint      not null default 0,
    -- The instant that was fired last.
    position     timestamptz,
    requested_by text        not null,
    created_at   timestamptz not null,
    next_at      timestamptz not null,
    ended_at     timestamptz,
    constraint backfill_status_ck check (status in ('running', 'done', 'stopped')),
    constraint backfill_end_ck check ((ended_at is null) = (status = 'running'))
);
create index backfill_due_idx on backfill (next_at) where status = 'running';
create index backfill_schedule_idx on backfill (schedule_id, created_at desc);
-- One a schedule at a time: asked for twice, it must not start everything twice.
create unique index backfill_running_uq on backfill (schedule_id) where status = 'running';

create table backfill_firing (
    backfill_id uuid        not null,
    nominal_at  timestamptz not null,
    schedule_id uuid        not null,
    outcome     text        not null,
    reason      text,
    run_id      uuid,
    fired_at    timestamptz not null,
    primary key (backfill_id, nominal_at),
    constraint backfill_firing_outcome_ck check (outcome in ('ran', 'skipped', 'failed')),
    constraint backfill_firing_run_ck check ((run_id is not null) = (outcome = 'ran'))
);
create index backfill_firing_schedule_idx on backfill_firing (schedule_id, nominal_at desc);
