-- A person wants the points of the executed redemption given back.
update redemption set reversal_wanted = coalesce(reversal_wanted, 'by a person'), updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTED' and updated_at = :#version and contact_id is not null
