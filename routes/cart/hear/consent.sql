-- The cart has the last word about consent that any version had.
update cart set consent = :#consent, consent_version = :#version, consent_digest = :#digest, updated_at = :#now
 where connection = :#connection and cart_id = :#cart_id and (consent_version, consent_digest) < (:#version, :#digest) and :#consent in ('granted', 'withheld')
