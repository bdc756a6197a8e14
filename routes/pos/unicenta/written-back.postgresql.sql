-- What the ticket's property aiq-points shows.
select id as transaction_id, substring(encode(attributes, 'escape') from '<entry key="aiq-points">([0-9.]+)</entry>') as points from receipts where id = :#transaction_id
