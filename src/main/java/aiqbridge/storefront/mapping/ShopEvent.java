package aiqbridge.storefront.mapping;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;

/**
 * What happened to a cart or an order of a shop, in the words that are the same for all shops. Times are epoch milliseconds, amounts whole units of the currency.
 * Of two events with the same version the greater digest wins, whatever the order of arrival: it is SHA-256 of what the event says, without when it was received.
 */
public sealed interface ShopEvent {
    String connection();

    /** {@code cart}, {@code order}, {@code gone} or {@code fetch}, as in a mapping. */
    String event();

    /** {@code cart} or {@code order}. */
    String what();

    /** What the cart holds now; {@code orderId}: the order it became. */
    record Cart(
            String connection,
            String accountId,
            String cartId,
            Phone phone,
            Email email,
            String consent,
            String url,
            String currency,
            BigDecimal total,
            Integer itemCount,
            String items,
            String orderId,
            Long version,
            String digest,
            Long changedAt)
            implements ShopEvent {
        @Override
        public String event() {
            return "cart";
        }

        @Override
        public String what() {
            return "cart";
        }
    }

    /** How the order stands now. */
    record Order(
            String connection,
            String accountId,
            String orderId,
            String status,
            String cartId,
            String checkoutId,
            Phone phone,
            Email email,
            BigDecimal total,
            BigDecimal refunded,
            Long version,
            String digest,
            Long changedAt,
            Long placedAt)
            implements ShopEvent {
        @Override
        public String event() {
            return "order";
        }

        @Override
        public String what() {
            return "order";
        }
    }

    /** The cart is gone since that version; null: for good. */
    record CartGone(String connection, String accountId, String cartId, Long version) implements ShopEvent {
        @Override
        public String event() {
            return "gone";
        }

        @Override
        public String what() {
            return "cart";
        }
    }

    /** The order is gone since that version; null: for good. */
    record OrderGone(String connection, String accountId, String orderId, Long version) implements ShopEvent {
        @Override
        public String event() {
            return "gone";
        }

        @Override
        public String what() {
            return "order";
        }
    }

    /** Something changed: the shop's API is asked for the cart or order of that id. */
    record Fetch(String connection, String what, String id) implements ShopEvent {
        @Override
        public String event() {
            return "fetch";
        }
    }
}
