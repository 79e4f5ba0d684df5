-- Tokens are known here by their SHA-256 alone. A rotated one works until its end.
create table endpoint_token (
    sha256         text primary key,
    integration_id uuid not null references deployment,
    valid_until    timestamptz
);
create index endpoint_token_integration_idx on endpoint_token (integration_id);

-- The first answer for each event id, for as long as its window lasts. An expired row is replaced by the statement
-- that inserts, so that the primary key alone decides who was first.
create table event_id (
    integration_id uuid        not null,
    key            text        not null,
    run_id         uuid        not null,
    expires_at     timestamptz not null,
    primary key (integration_id, key)
);
create index event_id_expires_idx on event_id (expires_at);
