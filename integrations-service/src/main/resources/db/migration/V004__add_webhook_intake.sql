-- Which calls an endpoint takes and what it answers: {contentTypes, allowedAddresses, rate, deduplication, filter, answer,
-- expectEvery}. A document: nothing is looked up by it, it goes to ingress as it is. Null: the defaults.
alter table webhook
    add column intake jsonb;
