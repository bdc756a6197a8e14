package aiqbridge.storefront.stories;

/** A shopper's cart as it truly is in its shop. */
final class ToldCart {
    final int number;
    /** Of the shopper; ten digits. */
    final String phone;

    final String email;
    int items;
    long changedAt;
    boolean ordered;

    ToldCart(int number, String phone, String email) {
        this.number = number;
        this.phone = phone;
        this.email = email;
    }
}
