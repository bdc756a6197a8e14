-- This row of AIQ's stands for this reversal and for no other.
insert into evidence (account_id, aiq_row, subject_id, source, consumed_at) values (:#account_id, 'refund ' || :#aiq_row, :#reversal_id, 'reversal', :#now)
