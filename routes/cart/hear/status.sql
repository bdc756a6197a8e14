-- The cart's status follows from what is known, in whatever order it was received. A yes to marketing counts only when it was said with the contact or after it.
update cart set updated_at = :#now,
       status = case when closed_by is not null or converted = 1 then case when abandoned_at is null then 'ORDERED' else 'RECOVERED' end
                     when item_count = 0 or gone_version >= version then 'EMPTIED'
                     when abandoned_digest = digest then 'ABANDONED' else 'OPEN' end,
       consent = case when consent = 'granted' and (consent_version, consent_digest) < (contact_version, contact_digest) then 'unknown' else consent end
 where connection = :#connection and cart_id = :#cart_id
