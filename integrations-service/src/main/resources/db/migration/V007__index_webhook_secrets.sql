-- Which connections are used is asked of all webhooks, for each connection.
create index webhook_secrets_idx on webhook using gin (secrets jsonb_path_ops);
