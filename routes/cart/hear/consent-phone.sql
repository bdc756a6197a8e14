-- The cart has the last word about consent for the phone that any version had.
update cart set consent_phone = :#consent_phone, consent_phone_version = :#version, consent_phone_digest = :#digest, updated_at = :#now
 where connection = :#connection and cart_id = :#cart_id and (consent_phone_version, consent_phone_digest) < (:#version, :#digest) and :#consent_phone in ('granted', 'withheld')
