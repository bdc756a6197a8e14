-- It is noted that the shop is silent, or speaks again: by one node, once.
update storefront_state set silent_at = :#silent_at, updated_at = :#now where connection = :#connection and (silent_at is null) = (:#silent = 1)
