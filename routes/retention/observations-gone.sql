-- What a connection would have done long ago is gone.
delete from observation where observed_at < :#observation_before
