-- A selection without its note on a sale has the one sale of its customer that was received after it and shows its discount. Where there are more sales or more selections, a person decides.
with same_customer as (
    select r.redemption_id, t.transaction_id from redemption r join contact c on c.customer_key = r.customer_key
      join pos_transaction t on t.connection = r.connection and t.location = r.location and t.phone = c.phone and t.discount_ids is not null
     where r.connection = :#connection and r.status = 'SELECTED' and r.transaction_id is null and c.phone is not null
    union select r.redemption_id, t.transaction_id from redemption r join contact c on c.customer_key = r.customer_key
      join pos_transaction t on t.connection = r.connection and t.location = r.location and t.email = c.email and t.discount_ids is not null
     where r.connection = :#connection and r.status = 'SELECTED' and r.transaction_id is null and c.email is not null),
  candidate as (
    select r.redemption_id, r.discount_id, t.transaction_id
      from same_customer s join redemption r on r.redemption_id = s.redemption_id
      join completed_sale t on t.connection = r.connection and t.location = r.location and t.transaction_id = s.transaction_id
     where t.note is null and t.heard_at > r.queued_at and t.completed_at > r.queued_at and t.completed_at <= r.expires_at
       and (replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || r.pos_discount_id || ',', '') <> ',' || replace(t.discount_ids, ' ', '') || ','
         or replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || r.discount_id || ',', '') <> ',' || replace(t.discount_ids, ' ', '') || ',')
       and not exists (select 1 from redemption o where o.connection = t.connection and o.location = t.location and o.transaction_id = t.transaction_id and o.discount_id = r.discount_id and o.status <> 'RELEASED')),
  judged as (
    select n.redemption_id, min(n.transaction_id) as transaction_id, count(*) as ways
      from candidate n join candidate o on o.discount_id = n.discount_id and (o.redemption_id = n.redemption_id or o.transaction_id = n.transaction_id)
     group by n.redemption_id)
update redemption set updated_at = :#now,
       transaction_id = case when j.ways = 1 then j.transaction_id end,
       status = case when j.ways = 1 then 'SELECTED' else 'PARKED' end,
       reason = case when j.ways = 1 then null else 'several-sales' end,
       last_error = case when j.ways = 1 then null else 'More than one sale may be the one of this selection, or more than one selection of the same discount that of a sale.' end
  from judged j where j.redemption_id = redemption.redemption_id and redemption.status = 'SELECTED'
