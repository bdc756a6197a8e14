-- The tendered transactions after the bound; what is on hold has no row here, a return is a negative one. The bound is rounded as the column is: datetime keeps three hundredths of a second.
-- It shows no discount: what a line was sold below its full price is a price level or a sale price just as well.
select cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11)) as transaction_id, t.[Time] as completed_at, t.Total as total,
       coalesce(nullif(c.PhoneNumber, ''), nullif(c.AccountNumber, '')) as phone, nullif(c.EmailAddress, '') as email, cast(nullif(t.CustomerID, 0) as varchar(11)) as customer_id,
       concat(t.Comment, char(10), t.ReferenceNumber) as note,
       cast(t.CashierID as varchar(11)) as employee, cast(t.TransactionNumber as varchar(11)) as number
  from [Transaction] t left join Customer c on c.ID = t.CustomerID and t.CustomerID <> 0
 where t.Total >= 0
   and t.[Time] >= cast(:#since as datetime) and (t.[Time] > cast(:#since as datetime) or cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11)) > :#since_id)
 order by t.[Time], cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11))
