-- The ticket's property aiq-points shows the points; there is none when they were given back. All other bytes of its properties stay as they are.
update receipts set attributes = convert(replace(
         regexp_replace(convert(attributes using latin1), '<entry key="aiq-points">[0-9.]*</entry>', ''), '</properties>',
         concat(case when :#points > 0 then concat('<entry key="aiq-points">', :#points_text, '</entry>') else '' end, '</properties>')) using binary)
 where id = :#transaction_id
