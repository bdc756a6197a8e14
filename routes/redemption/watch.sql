-- What an operator wants to know first.
select (select min(due_at) from redemption where status = 'DUE') as oldest_due_at, (select count(*) from redemption where status = 'DUE') as due,
       (select count(*) from redemption where status = 'UNKNOWN') as unknown, (select count(*) from redemption where status = 'PARKED') as parked,
       (select count(*) from reversal where status = 'PARKED') as reversals_parked, (select count(*) from account where paused_at is not null) as accounts_paused,
       (select count(*) from brake where braked_at is not null) as braked,
       (select count(*) from redemption where status = 'REJECTED' and model <> 'IMMEDIATE' and updated_at > :#now - 86400000) as rejected_today,
       (select count(*) from reversal where status = 'REJECTED' and coalesce(reason, '') <> 'left as taken') as reversals_rejected,
       (select count(distinct redemption_id) from needs_look where look_at <= :#now) as needs_look
