-- A sale that is completed and not taken back, and no return: what a redemption may wait for and be sent on.
create view completed_sale as
select connection, location, transaction_id, completed_at, total, phone, email, customer_id, note, discount_ids, discount_total, employee, heard_at
  from pos_transaction where status = 'COMPLETED' and total >= 0;
