-- A person looked at the reversal and leaves it as it stands: it is no longer listed, until its state changes.
update reversal set looked_at = :#now where redemption_id = :#redemption_id
