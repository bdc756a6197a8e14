-- What was rubbed out on the ticket no longer stands on the sale.
delete from sale_note where connection = :#connection and location = :#location and transaction_id = :#transaction_id and coalesce(cast(:#note as text), '') not like '%' || note || '%'
