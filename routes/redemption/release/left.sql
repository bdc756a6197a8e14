-- The redemptions that a crash left behind before they were sent, and whose callers did not come back.
select redemption_id from redemption where status = 'DUE' and model = 'IMMEDIATE' and expires_at <= :#now
