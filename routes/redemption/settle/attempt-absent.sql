-- The attempt is no longer in doubt: AIQ's own records show that it had no effect. absent_by: its lists and the wallet, or its lists alone.
update attempt set ended_at = coalesce(ended_at, :#now), outcome = 'ABSENT', absent_at = :#now, absent_by = :#absent_by where subject_id = :#redemption_id and fence = :#fence
