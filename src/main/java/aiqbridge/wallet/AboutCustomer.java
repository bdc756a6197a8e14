package aiqbridge.wallet;

/** What a caller asks about one customer, and what limits count it for. */
public interface AboutCustomer {
    Customer customer();
}
