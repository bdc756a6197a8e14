-- The auditor sees the points given back, on the same sale.
insert into ledger (account_id, redemption_id, kind, connection, location, transaction_id, customer_key, discount_id, discount_name, points, money, happened_at, local_date, aiq_redemption_id, employee)
select r.account_id, r.redemption_id, 'REVERSED', r.connection, r.location, r.transaction_id, r.customer_key, r.discount_id, r.discount_name, -r.points, -r.money, :#now, :#local_date, r.aiq_redemption_id, r.employee
  from redemption r where r.redemption_id = :#redemption_id
