-- How an integration's runs are tried again, bounded and ordered; an empty object leaves all to the deployment.
alter table integration add column policy jsonb not null default '{}';
