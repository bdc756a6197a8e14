-- Old deliveries are gone with their keys, also those that nobody decided about.
delete from inbox where status <> 'HEARD' and received_at < :#inbox_key_before
