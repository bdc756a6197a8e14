-- Nobody else promises points to this customer until this transaction ends.
update contact set updated_at = :#now where customer_key = :#customer_key
