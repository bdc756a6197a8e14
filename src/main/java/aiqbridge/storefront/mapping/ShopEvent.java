package aiqbridge.storefront.mapping;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;
import java.util.List;

/**
 * What happened to a cart or an order of a shop, in the words that are the same for all shops. Times are epoch milliseconds, amounts whole units of the currency.
 * Of two events with the same version the greater digest wins, whatever the order of arrival: it is SHA-256 of what the event says, without when it was received.
 */
public sealed interface ShopEvent {
    String connection();

    /** {@code cart}, {@code converted}, {@code order}, {@code refund}, {@code gone} or {@code fetch}, as in a mapping. */
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
            String consentPhone,
            String consentEmail,
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

    /** The cart became an order; {@code orderId}: which, null where the shop does not say. */
    record Converted(String connection, String accountId, String cartId, String orderId) implements ShopEvent {
        @Override
        public String event() {
            return "converted";
        }

        @Override
        public String what() {
            return "cart";
        }
    }

    /**
     * How the order stands now.
     *
     * @param paidOnce 1 when it is or was paid or handed over
     * @param names    all that it is known by, its id too
     * @param answered 1 when the shop said it because it was asked for this order just now
     */
    record Order(
            String connection,
            String accountId,
            String orderId,
            String status,
            int paidOnce,
            List<Name> names,
            int answered,
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

    /** A name of an order. {@code sort}: order, cart, checkout or name. */
    record Name(String connection, String value, String sort, String orderId) {}

    /** A refund that is an order of its own, of the order {@code orderId}. {@code whole}: 1 where everything came back. */
    record Refund(
            String connection,
            String accountId,
            String refundId,
            String orderId,
            long version,
            BigDecimal amount,
            int whole)
            implements ShopEvent {
        @Override
        public String event() {
            return "refund";
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
