-- Nothing of this account is claimed before then. What a waiting person's call met holds nobody back: redemptions have a share of their own.
update account set held_until = :#next_attempt_at, updated_at = :#now where account_id = :#account_id and held_until < :#next_attempt_at and :#priority <> 'PERSON'
