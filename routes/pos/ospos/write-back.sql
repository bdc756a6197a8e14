-- The sale's comment shows the points; none when they were given back. Where a comment fills the column (65,535 bytes), its last 100 characters make room.
update ospos_sales
   set comment = trim(concat(
         left(regexp_replace(coalesce(comment, ''), ' ?[[]AIQ points [0-9.]+[]]', ''),
              char_length(regexp_replace(coalesce(comment, ''), ' ?[[]AIQ points [0-9.]+[]]', '')) - if(octet_length(regexp_replace(coalesce(comment, ''), ' ?[[]AIQ points [0-9.]+[]]', '')) > 65435, 100, 0)),
         case when :#points > 0 then concat(' [AIQ points ', :#points_text, ']') else '' end))
 where sale_id = :#transaction_id
