-- Why the redemption or its reversal needs a look now, and whether only a decision ends that.
select n.reason, n.decided from needs_look n where n.redemption_id = :#redemption_id and n.look_at <= :#now
