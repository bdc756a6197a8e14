-- What the transaction's comment shows.
select cast(StoreID as varchar(11)) + '-' + cast(TransactionNumber as varchar(11)) as transaction_id,
       case when charindex('[AIQ points ', Comment) > 0 then substring(Comment, charindex('[AIQ points ', Comment) + 12, charindex(']', Comment + ']', charindex('[AIQ points ', Comment)) - charindex('[AIQ points ', Comment) - 12) end as points
  from [Transaction] where cast(StoreID as varchar(11)) + '-' + cast(TransactionNumber as varchar(11)) = :#transaction_id
