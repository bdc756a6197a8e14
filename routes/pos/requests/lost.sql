-- What a crash left behind: a redemption and a sign-up are done again, which does no harm; what needs the customer's code has lost it and is answered.
update aiq_request set status = case when kind in ('REDEEM', 'SIGNUP') then 'NEW' else 'TRY_AGAIN' end, problem = 'interrupted', message = 'The bridge was interrupted. Ask again with a new row.', answered_at = :#pos_now
 where status = 'WORKING' and claimed_at < :#lost_before
