-- Who changed what: a row for each change, written by the change's own transaction. Secrets are in none of it.
create table audit (
    id           uuid primary key,
    tenant       text        not null,
    -- Not the transaction's beginning: who waited for a lock has changed last.
    at           timestamptz not null default clock_timestamp(),
    person       text        not null,
    action       text        not null,
    kind         text        not null,
    subject      text        not null,
    subject_name text        not null,
    -- [{"pointer", "before", "after"}]
    changes      jsonb       not null,
    constraint audit_action_ck check (action in ('created', 'changed', 'deleted')),
    constraint audit_kind_ck check (kind in ('integration', 'connection', 'template'))
);
create index audit_tenant_idx on audit (tenant, at desc, id desc);
create index audit_subject_idx on audit (tenant, subject, at desc);
