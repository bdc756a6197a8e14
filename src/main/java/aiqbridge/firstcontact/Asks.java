package aiqbridge.firstcontact;

import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.privacy.SecretUrl;
import java.math.BigDecimal;

/** What AIQ is asked in the name of the test customer; a person waits for each. */
final class Asks {
    private Asks() {}

    record Customer(String accountId, Phone phone, Email email) implements AiqAsk.OfCustomer {
        @Override
        public Priority priority() {
            return Priority.PERSON;
        }
    }

    record WithCode(String accountId, Phone phone, Email email, Code code) implements AiqAsk.WithCode {
        @Override
        public Priority priority() {
            return Priority.PERSON;
        }
    }

    record Member(
            String accountId,
            Phone phone,
            Email email,
            String location,
            String firstName,
            String lastName,
            Boolean smsOptIn,
            Boolean emailOptIn)
            implements AiqAsk.OfNewMember {
        @Override
        public Priority priority() {
            return Priority.PERSON;
        }
    }

    record Redemption(String accountId, SecretUrl redemptionUrl, String transactionId) implements AiqAsk.OfRedemption {
        @Override
        public Priority priority() {
            return Priority.PERSON;
        }
    }

    record Reversal(
            String accountId,
            String contactId,
            String discountId,
            String aiqRedemptionId,
            BigDecimal points,
            String reference)
            implements AiqAsk.OfReversal {
        @Override
        public Priority priority() {
            return Priority.PERSON;
        }
    }
}
