-- On PostgreSQL the outbox is read by transaction id, at every shortlist; here the column is always 0 and `seq` is the order.
create index outbox_txid on outbox (txid, seq);
