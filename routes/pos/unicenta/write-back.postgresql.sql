-- The ticket's property aiq-points shows the points; there is none when they were given back. All other bytes of its properties stay as they are.
update receipts set attributes = decode(replace(
         regexp_replace(encode(attributes, 'escape'), '<entry key="aiq-points">[0-9.]*</entry>', ''), '</properties>',
         concat(case when :#points > 0 then concat('<entry key="aiq-points">', cast(:#points_text as text), '</entry>') else '' end, '</properties>')), 'escape')
 where id = :#transaction_id
