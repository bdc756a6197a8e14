-- The cart's status follows from what is known, in whatever order it was received. A yes to marketing counts only when it was said with the contact or after it.
update cart set updated_at = :#now,
       status = case when closed_by is not null or converted = 1 then case when abandoned_at is null then 'ORDERED' else 'RECOVERED' end
                     when item_count = 0 or gone_version >= version then 'EMPTIED'
                     when abandoned_digest = digest then 'ABANDONED' else 'OPEN' end,
       consent_phone = case when consent_phone = 'granted' and (consent_phone_version, consent_phone_digest) < (contact_version, contact_digest) then 'unknown' else consent_phone end,
       consent_email = case when consent_email = 'granted' and (consent_email_version, consent_email_digest) < (contact_version, contact_digest) then 'unknown' else consent_email end
 where connection = :#connection and cart_id = :#cart_id
