-- Codes that are no longer good are gone.
delete from pin_sent where sent_at < :#limit_before
