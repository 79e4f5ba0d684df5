-- How people want to see things; people themselves are the identity provider's.
create table preference (
    tenant text not null,
    person text not null,
    -- IANA name; null until it was chosen.
    zone   text,
    theme  text not null,
    primary key (tenant, person),
    constraint preference_theme_ck check (theme in ('system', 'light', 'dark'))
);
