-- What a decision about one reversal rests on. unclear: AIQ was or may have been asked, also by the database that this one was restored from.
select v.reversal_id, v.redemption_id, v.status, v.reason, v.updated_at as version, r.contact_id, a.zone,
       case when v.reason = 'unclear' or exists (select 1 from attempt t where t.subject_id = v.reversal_id and coalesce(t.outcome, 'UNKNOWN') = 'UNKNOWN')
              or exists (select 1 from installation i where i.restored_at >= r.created_at) then 1 else 0 end as unclear
  from reversal v join redemption r on r.redemption_id = v.redemption_id join account a on a.account_id = v.account_id where v.reversal_id = :#reversal_id
