-- What the owner's side table shows for the sale.
select transaction_id, points from aiq_points where transaction_id = :#transaction_id
