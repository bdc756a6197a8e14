package aiqbridge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Makes a route that is called by name when somebody first calls it: most of a start is making routes, and a test calls few. Its name is its id. */
public final class RoutesOnDemand extends DirectComponent {
    private final Map<String, RouteDefinition> notMade = new ConcurrentHashMap<>();

    @Override
    public void setCamelContext(CamelContext camel) {
        if (getCamelContext() == null) {
            super.setCamelContext(camel);
            camel.addComponent("direct", this);
            ((ModelCamelContext) camel).setRouteFilter(this::isMadeAtStart);
        }
    }

    private boolean isMadeAtStart(RouteDefinition route) {
        if (!route.getInput().getEndpointUri().startsWith("direct:")) {
            return true;
        }
        notMade.put(route.getId(), route);
        return false;
    }

    @Override
    protected DirectConsumer getConsumer(String address, boolean block, long timeout) throws InterruptedException {
        make(address.replaceFirst("^direct:(//)?", ""));
        return super.getConsumer(address, block, timeout);
    }

    /** This route, unless it is there. */
    synchronized void make(String id) {
        RouteDefinition route = notMade.remove(id);
        if (route != null) {
            ModelCamelContext camel = (ModelCamelContext) getCamelContext();
            try {
                camel.getRouteDefinitions().add(route);
                camel.startRouteDefinitions(List.of(route));
            } catch (Exception e) {
                throw new RuntimeCamelException("Route " + id, e);
            }
        }
    }
}
