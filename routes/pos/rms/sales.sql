-- The tendered transactions after the bound; what is on hold has no row here, a return is a negative one. The bound is rounded as the column is: datetime keeps three hundredths of a second.
select cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11)) as transaction_id, t.[Time] as completed_at, t.Total as total,
       coalesce(nullif(c.PhoneNumber, ''), nullif(c.AccountNumber, '')) as phone, nullif(c.EmailAddress, '') as email, cast(nullif(t.CustomerID, 0) as varchar(11)) as customer_id,
       concat(t.Comment, ' ', t.ReferenceNumber) as note,
       (select coalesce(sum(case when e.FullPrice > e.Price then (e.FullPrice - e.Price) * e.Quantity else 0 end), 0)
          from TransactionEntry e where e.StoreID = t.StoreID and e.TransactionNumber = t.TransactionNumber) as discount_total,
       cast(t.CashierID as varchar(11)) as employee
  from [Transaction] t left join Customer c on c.ID = t.CustomerID and t.CustomerID <> 0
 where t.Total >= 0
   and t.[Time] >= cast(:#since as datetime) and (t.[Time] > cast(:#since as datetime) or cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11)) > :#since_id)
 order by t.[Time], cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11))
