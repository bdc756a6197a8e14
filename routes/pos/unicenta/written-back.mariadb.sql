-- What the note of the sale's payments shows.
select receipt as transaction_id, max(nullif(regexp_replace(regexp_substr(coalesce(notes, ''), '[[]AIQ points [0-9.]+[]]'), '[^0-9.]', ''), '')) as points from payments where receipt = :#transaction_id group by receipt
