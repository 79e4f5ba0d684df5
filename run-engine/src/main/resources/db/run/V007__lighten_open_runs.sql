-- Each run that was queued looked its flow up and locked that row, a sixth of what queueing costs, and all writers met at
-- one row. Flows are stored before a deployment that names them and are never deleted, so there is nothing to protect.
alter table open_run drop constraint open_run_flow_digest_fkey;

-- An open run is written three times and then moves away; every one of its updates changes an index, so room for updates
-- in place was room for nothing.
alter table open_run set (fillfactor = 90);
