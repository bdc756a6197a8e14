-- The attempt is no longer in doubt: AIQ's own records show that it had no effect.
update attempt set ended_at = coalesce(ended_at, :#now), outcome = 'ABSENT' where subject_id = :#redemption_id and fence = :#fence
