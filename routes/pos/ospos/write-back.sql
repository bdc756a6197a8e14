-- The sale's comment shows the points; none when they were given back.
update ospos_sales set comment = trim(concat(regexp_replace(coalesce(comment, ''), ' ?[[]AIQ points [0-9.]+[]]', ''), case when :#points > 0 then concat(' [AIQ points ', :#points_text, ']') else '' end))
 where sale_id = :#transaction_id
