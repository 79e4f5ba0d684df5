-- How often and how many at once a connection's system may be called: {maxConcurrent, rate: {requests, per}}.
-- A document: nothing is looked up by it, it goes to the trigger services as it is. Null: the deployment's defaults.
alter table connection
    add column limits jsonb;
