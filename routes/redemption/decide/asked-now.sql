-- Before a person has the parked redemption sent again, AIQ's records are looked through once more: at the next settling.
update redemption set next_attempt_at = :#now where redemption_id = :#redemption_id and status = 'PARKED' and updated_at = :#version
