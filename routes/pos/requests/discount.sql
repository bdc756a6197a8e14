-- The discount stands among the request's answers, once.
insert into aiq_request_discount (request_id, line, discount_id, pos_discount_id, name, points, usable, reason)
select :#request_id, cast(:#line as decimal(5)), :#discount_id, :#pos_discount_id, :#name, cast(:#points as decimal(14,3)), cast(:#usable as decimal(1)), :#reason
  from (select 1 as one) a_row where not exists (select 1 from aiq_request_discount d where d.request_id = :#request_id and d.line = cast(:#line as decimal(5)))
