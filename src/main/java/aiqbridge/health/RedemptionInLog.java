package aiqbridge.health;

import aiqbridge.AboutRedemption;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.MDC;

/** Every line in the log that is written while a route works on a redemption carries its id, as {@code redemption} of the MDC. */
public final class RedemptionInLog implements RoutePolicyFactory {
    public static final String KEY = "redemption";

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return new Policy();
    }

    /** Of one route; the id that was there before is put back when the route ends. */
    private static final class Policy extends RoutePolicySupport {
        private static final String BEFORE = "RedemptionInLog.before.";

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            Object id = body instanceof AboutRedemption one
                    ? one.redemptionId()
                    : body instanceof Map<?, ?> row
                            ? row.get("redemption_id")
                            : exchange.getMessage().getHeader("redemption_id");
            if (id instanceof String) {
                exchange.setProperty(BEFORE + route.getRouteId(), String.valueOf(MDC.get(KEY)));
                MDC.put(KEY, (String) id);
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Object before = exchange.removeProperty(BEFORE + route.getRouteId());
            if ("null".equals(before)) {
                MDC.remove(KEY);
            } else if (before != null) {
                MDC.put(KEY, (String) before);
            }
        }
    }
}
