-- The cart has the last word about consent for the e-mail that any version had.
update cart set consent_email = :#consent_email, consent_email_version = :#version, consent_email_digest = :#digest, updated_at = :#now
 where connection = :#connection and cart_id = :#cart_id and (consent_email_version, consent_email_digest) < (:#version, :#digest) and :#consent_email in ('granted', 'withheld')
