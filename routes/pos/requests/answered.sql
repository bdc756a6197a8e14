-- The request has its answer; its discounts stand already.
update aiq_request set status = :#status, problem = :#problem, message = :#message, points = :#points, note = :#note, redemption_id = :#redemption_id, redemption_status = :#redemption_status,
       wallet_session = coalesce(:#wallet_session, wallet_session), answered_at = :#pos_now
 where request_id = :#request_id and status = 'WORKING'
