-- Nothing of this account is claimed before then.
update account set held_until = :#next_attempt_at, updated_at = :#now where account_id = :#account_id and held_until < :#next_attempt_at
