-- What the ticket's property aiq-points shows.
select id as transaction_id,
       nullif(regexp_replace(regexp_substr(convert(attributes using latin1), '<entry key="aiq-points">[0-9.]+</entry>'), '^[^>]*>|<.*$', ''), '') as points from receipts where id = :#transaction_id
