-- What the till asked and nobody has taken yet, the oldest first.
select request_id, kind, phone, email, code, subtotal, wallet_session, discount_id, transaction_id, employee, first_name, last_name, consent, sms_opt_in, email_opt_in, text_version, text_hash, language, asked_at
  from aiq_request where status = 'NEW' order by asked_at, request_id
