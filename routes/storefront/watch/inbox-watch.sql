-- What an operator wants to know of the inbox first.
select (select min(received_at) from inbox where status = 'HEARD') as oldest_at, (select count(*) from inbox where status = 'PARKED') as parked
