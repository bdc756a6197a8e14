-- Nobody waits for it any longer and it certainly was not sent: released, so that nothing happens later behind the shop's back.
update redemption set status = 'RELEASED', reason = 'not sent', updated_at = :#now where redemption_id = :#redemption_id and status = 'DUE' and model = 'IMMEDIATE'
