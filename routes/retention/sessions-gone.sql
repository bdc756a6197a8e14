-- Wallets that can no longer be used are gone.
delete from wallet_session where expires_at < :#session_before
