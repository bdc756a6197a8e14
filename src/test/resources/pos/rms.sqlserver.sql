-- Microsoft Dynamics RMS, Retail Management Hero: the tables, columns, types and keys that our statements touch, in our own words.
create table Customer (
  ID            int identity primary key,
  AccountNumber nvarchar(20) not null,
  PhoneNumber   nvarchar(30) not null,
  EmailAddress  nvarchar(255) not null
);
create table [Transaction] (
  StoreID           int not null,
  TransactionNumber int identity not null,
  BatchNumber       int not null,
  [Time]            datetime not null,
  CustomerID        int not null,
  CashierID         int not null,
  Total             money not null,
  SalesTax          money not null,
  Comment           nvarchar(255) not null,
  ReferenceNumber   nvarchar(50) not null,
  RecallType        int not null,
  primary key (StoreID, TransactionNumber)
);
create table TransactionEntry (
  ID                   int identity primary key,
  StoreID              int not null,
  TransactionNumber    int not null,
  ItemID               int not null,
  FullPrice            money not null,
  Price                money not null,
  Quantity             float not null,
  DiscountReasonCodeID int not null
);
