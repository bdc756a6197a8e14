-- The request is being processed, by one of us only, and its code is gone from the table.
update aiq_request set status = 'WORKING', code = null, claimed_at = :#pos_now where request_id = :#request_id and status = 'NEW'
