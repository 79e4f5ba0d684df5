-- A token is looked up without its deployment's document, so that a URL that is switched off costs what an unknown one
-- costs. The scheme is for handshakes, which are answered while it is off. Replicas of the version before write neither: a
-- token of theirs counts as enabled until its document is read, which says what it is.
alter table endpoint_token
    add column enabled boolean not null default true,
    add column scheme  text    not null default '';
update endpoint_token t
   set enabled = coalesce((d.document #>> '{webhook,enabled}')::boolean, false),
       scheme = coalesce(d.document #>> '{webhook,verification,scheme}', '')
  from deployment d
 where d.integration_id = t.integration_id;

-- Calls that started runs, with their exact bytes. A partition holds what goes on one day, so that nothing is deleted row
-- by row; which day that is follows from the tenant's retention.
create table accepted_call (
    id             uuid        not null,
    keep_until     date        not null,
    tenant         text        not null,
    integration_id uuid        not null,
    received_at    timestamptz not null,
    -- What the caller got; 202 where it waited for the run.
    status         integer     not null,
    method         text        not null,
    query          text        not null,
    headers        jsonb       not null,
    body           bytea       not null,
    sender         text,
    event_id       text,
    run_ids        uuid[]      not null,
    previous_url   boolean     not null,
    -- Serves the lists too: an endpoint's calls by time, since their ids are.
    primary key (integration_id, id, keep_until)
) partition by range (keep_until);
create table accepted_call_rest partition of accepted_call default;

-- All other calls: of each outcome the newest of an endpoint, so that nobody can fill a disk with refused ones.
create table other_call (
    id             uuid primary key,
    tenant         text        not null,
    integration_id uuid        not null,
    outcome        text        not null,
    received_at    timestamptz not null,
    status         integer     not null,
    reason         text,
    method         text        not null,
    query          text        not null,
    headers        jsonb       not null,
    -- Its beginning, where body_bytes is more.
    body           bytea       not null,
    body_bytes     bigint      not null,
    sender         text,
    event_id       text,
    run_ids        uuid[]      not null,
    previous_url   boolean     not null,
    signature      jsonb,
    constraint other_call_outcome_ck check (outcome in ('duplicate', 'filtered', 'refused', 'handshake', 'captured'))
);
create index other_call_integration_idx on other_call (integration_id, outcome, id desc);

-- Counted in memory and written once a second.
create table endpoint_activity (
    sha256         text primary key,
    tenant         text   not null,
    integration_id uuid   not null,
    accepted       bigint not null,
    duplicate      bigint not null,
    filtered       bigint not null,
    refused        bigint not null,
    handshake      bigint not null,
    captured       bigint not null,
    last_call_at   timestamptz
) with (fillfactor = 50);
create index endpoint_activity_integration_idx on endpoint_activity (integration_id);

-- Endpoints that say how often they are called.
create table expected_call (
    integration_id uuid primary key,
    tenant         text        not null,
    every          interval    not null,
    -- Since when it has been waited for: no call was missed before.
    since          timestamptz not null
);

-- Who waits for the next call. The row's lock decides which call it is.
create table call_listener (
    id             uuid primary key,
    tenant         text        not null,
    integration_id uuid        not null,
    requested_by   text        not null,
    until          timestamptz not null,
    call_id        uuid
);
create index call_listener_waiting_idx on call_listener (integration_id, until) where call_id is null;

-- How far the spool of a replica has come into the database: written in the commit of what it tells.
create table spool_position (
    spool_id uuid primary key,
    bytes    bigint not null,
    moved_at timestamptz not null
);
