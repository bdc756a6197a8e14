-- The transaction's comment shows the points; none when they were given back. The rest of it is kept.
update [Transaction] set Comment = rtrim(case when Comment is null then '' when charindex('[AIQ points ', Comment) = 0 then Comment
       else substring(Comment, 1, charindex('[AIQ points ', Comment) - 1) + substring(Comment, charindex(']', Comment + ']', charindex('[AIQ points ', Comment)) + 1, 255) end)
     + case when :#points > 0 then ' [AIQ points ' + :#points_text + ']' else '' end
 where cast(StoreID as varchar(11)) + '-' + cast(TransactionNumber as varchar(11)) = :#transaction_id
