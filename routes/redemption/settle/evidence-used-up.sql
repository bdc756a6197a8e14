-- This row of AIQ's stands for this one of ours and for no other.
insert into evidence (account_id, aiq_row, subject_id, source, consumed_at) values (:#account_id, :#aiq_row, :#redemption_id, 'redemption', :#now)
