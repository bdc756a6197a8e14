-- The note of the sale's payments shows the points; none when they were given back.
update payments set notes = trim(concat(regexp_replace(coalesce(notes, ''), ' ?[[]AIQ points [0-9.]+[]]', ''), case when :#points > 0 then concat(' [AIQ points ', cast(:#points_text as text), ']') else '' end))
 where receipt = :#transaction_id
