-- redemption_of_account serves it.
drop index redemption_of_account_queued;
