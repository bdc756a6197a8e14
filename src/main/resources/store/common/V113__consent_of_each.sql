-- Consent is of each identity: who agreed to e-mails has not agreed to texts.
alter table cart rename column consent to consent_phone;
alter table cart rename column consent_version to consent_phone_version;
alter table cart rename column consent_digest to consent_phone_digest;
alter table cart add column consent_email text not null default 'unknown';
alter table cart add column consent_email_version bigint not null default -1;
alter table cart add column consent_email_digest text not null default '';
update cart set consent_email = consent_phone, consent_email_version = consent_phone_version, consent_email_digest = consent_phone_digest;

-- consent: the best word about an identity that the cart has. bought: 1 where its customer, known by phone or e-mail, has placed an order of the shop since it last changed.
drop view cart_outlook;
create view cart_outlook as
select c.connection, c.cart_id,
       case when c.phone is not null and c.consent_phone = 'granted' or c.email is not null and c.consent_email = 'granted' then 'granted'
            when c.phone is not null and c.consent_phone = 'unknown' or c.email is not null and c.consent_email = 'unknown' then 'unknown'
            else 'withheld' end as consent,
       case when (select 1 from shop_order o where o.connection = c.connection and o.phone = c.phone and o.placed_at >= c.changed_at and o.status <> 'UNPLACED' limit 1) is not null
              or (select 1 from shop_order o where o.connection = c.connection and o.email = c.email and o.placed_at >= c.changed_at and o.status <> 'UNPLACED' limit 1) is not null
            then 1 else 0 end as bought
  from cart c;
