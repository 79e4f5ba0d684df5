-- What integrations-service owns. Every row of a tenant carries the tenant, and every query names it.

-- Revisions become visible in their order: the counter's row is locked by the last statement before commit.
create table feed_counter (
    singleton boolean primary key default true,
    epoch     text    not null,
    revision  bigint  not null,
    constraint feed_counter_one_ck check (singleton)
);
-- Names this database: after a restore from a backup an operator sets another one, and followers read all again.
insert into feed_counter (epoch, revision) values (gen_random_uuid()::text, 0);

-- The library's templates have the empty tenant and are seen by all. A version never changes.
create table template (
    tenant     text        not null,
    namespace  text        not null,
    name       text        not null,
    version    text        not null,
    digest     text        not null,
    document   jsonb       not null,
    how_to     text        not null,
    created_at timestamptz not null,
    created_by text        not null,
    primary key (tenant, namespace, name, version),
    constraint template_library_ck check ((tenant = '') = (namespace = 'library'))
);
create index template_digest_idx on template (digest);

create table connection (
    id               uuid primary key,
    tenant           text        not null,
    name             text        not null,
    kind             text        not null,
    settings         jsonb       not null,
    secret_names     text[]      not null,
    -- Sealed for one service each; nothing here can open them.
    sealed_ingress   text        not null,
    sealed_scheduler text        not null,
    version          bigint      not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint connection_name_uq unique (tenant, name)
);

create table integration (
    id                 uuid primary key,
    tenant             text        not null,
    revision           bigint      not null,
    template_tenant    text        not null,
    template_namespace text        not null,
    template_name      text        not null,
    template_version   text        not null,
    name               text        not null,
    description        text        not null,
    categories         text[]      not null,
    configuration      jsonb       not null,
    created_at         timestamptz not null,
    created_by         text        not null,
    updated_at         timestamptz not null,
    updated_by         text        not null,
    constraint integration_template_fk foreign key (template_tenant, template_namespace, template_name, template_version)
        references template (tenant, namespace, name, version)
);
create index integration_name_idx on integration (tenant, lower(name), id);
create index integration_updated_idx on integration (tenant, updated_at desc, id);

-- Which connection fills which slot; the reference keeps a used connection from being deleted.
create table integration_connection (
    integration_id uuid not null references integration on delete cascade,
    slot           text not null,
    connection_id  uuid not null references connection,
    primary key (integration_id, slot)
);
create index integration_connection_idx on integration_connection (connection_id);

create table webhook (
    integration_id  uuid primary key references integration on delete cascade,
    tenant          text    not null,
    enabled         boolean not null,
    -- Sealed with this service's own key, so that editors can be shown the URL again.
    token_sealed    text    not null,
    token_sha256    text    not null,
    previous_sha256 text,
    previous_until  timestamptz,
    verification    jsonb   not null,
    -- [{"connection": id} | {"sealed": text}]
    secrets         jsonb   not null,
    methods         text[]  not null,
    max_body_bytes  integer not null,
    constraint webhook_token_uq unique (token_sha256),
    constraint webhook_previous_ck check ((previous_sha256 is null) = (previous_until is null))
);

create table schedule (
    id             uuid primary key,
    integration_id uuid        not null references integration on delete cascade,
    tenant         text        not null,
    enabled        boolean     not null,
    settings       jsonb       not null,
    words          text        not null,
    created_at     timestamptz not null
);
create index schedule_integration_idx on schedule (integration_id);

-- The feed: the newest state of each integration, deletions as tombstones.
create table deployment (
    integration_id  uuid primary key,
    tenant          text    not null,
    revision        bigint  not null,
    deleted         boolean not null,
    document        jsonb   not null,
    ingress_since   timestamptz,
    scheduler_since timestamptz,
    constraint deployment_revision_uq unique (revision)
);

-- The newest ended run of each integration on each trigger service, by their feeds.
create table last_run (
    integration_id uuid        not null,
    service        text        not null,
    tenant         text        not null,
    run_id         uuid        not null,
    trigger        text        not null,
    status         text        not null,
    created_at     timestamptz not null,
    ended_at       timestamptz not null,
    error          text,
    primary key (integration_id, service)
);

create table last_run_position (
    service  text primary key,
    position bigint not null
);
