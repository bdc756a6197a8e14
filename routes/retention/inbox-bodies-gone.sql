-- The bodies of old deliveries are gone; their keys stay, so that a late repetition is still known.
update inbox set body = null, headers = null where status in ('DONE', 'IGNORED') and received_at < :#inbox_body_before and body is not null
