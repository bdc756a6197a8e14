-- The reversal of a known sale has taken effect; what names an unknown one waits a month for it, what names several has been told.
update pos_reversal set updated_at = :#now, status = case when heard_at < :#now - 2592000000 then 'IGNORED' else 'APPLIED' end
 where connection = :#connection and status = 'HEARD' and (heard_at < :#now - 2592000000 or candidates is not null or exists (
    select 1 from pos_transaction t where t.connection = pos_reversal.connection and t.location = pos_reversal.location and t.transaction_id = pos_reversal.original_transaction_id))
