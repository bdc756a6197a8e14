-- The attempt says how it ended.
update attempt set ended_at = :#now, outcome = :#outcome, http_status = :#http_status, detail = :#detail where subject_id = :#redemption_id and fence = :#fence
