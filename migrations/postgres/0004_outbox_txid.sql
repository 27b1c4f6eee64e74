-- The outbox is read by transaction id, by the indexer and at every shortlist.
create index outbox_txid on outbox (txid, seq);
