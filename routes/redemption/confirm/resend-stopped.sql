-- AIQ does not keep to what is assumed of it: nothing of the account is sent again before a person allows it.
update account set resend_stopped_at = :#now, resend_stopped_reason = :#stop_reason, updated_at = :#now where account_id = :#account_id and resend_stopped_at is null
