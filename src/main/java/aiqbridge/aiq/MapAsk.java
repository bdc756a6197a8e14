package aiqbridge.aiq;

import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/** The asks of wallet and sign-up, whose messages are maps still. */
public record MapAsk(Map<String, Object> ask) implements AiqAsk.WithCode, AiqAsk.OfNewMember {
    /** Where a method takes an ask and the message is a map. */
    @SuppressWarnings("unchecked")
    public static void register(TypeConverterRegistry converters) {
        for (Class<?> type :
                new Class<?>[] {AiqAsk.OfCustomer.class, AiqAsk.WithCode.class, AiqAsk.OfNewMember.class}) {
            converters.addTypeConverter(
                    type,
                    Map.class,
                    new SimpleTypeConverter(false, (t, exchange, map) -> new MapAsk((Map<String, Object>) map)));
        }
    }

    private <T> T text(String key, Function<String, T> as) {
        return ask.get(key) == null ? null : as.apply(ask.get(key).toString());
    }

    @Override
    public String accountId() {
        return text("account_id", s -> s);
    }

    @Override
    public Priority priority() {
        return text("priority", Priority::valueOf);
    }

    @Override
    public Phone phone() {
        return text("phone", Phone::new);
    }

    @Override
    public Email email() {
        return text("email", Email::new);
    }

    @Override
    public Code code() {
        return text("code", Code::new);
    }

    @Override
    public String location() {
        return text("location", s -> s);
    }

    @Override
    public String firstName() {
        return text("first_name", s -> s);
    }

    @Override
    public String lastName() {
        return text("last_name", s -> s);
    }

    @Override
    public Boolean smsOptIn() {
        return (Boolean) ask.get("sms_opt_in");
    }

    @Override
    public Boolean emailOptIn() {
        return (Boolean) ask.get("email_opt_in");
    }
}
