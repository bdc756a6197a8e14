-- What the sale's comment shows.
select sale_id as transaction_id, nullif(regexp_replace(regexp_substr(coalesce(comment, ''), '[[]AIQ points [0-9.]+[]]'), '[^0-9.]', ''), '') as points from ospos_sales where sale_id = :#transaction_id
