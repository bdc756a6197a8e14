package aiqbridge.http;

import aiqbridge.api.Problem;
import io.vertx.core.http.HttpServerRequest;

/** Finds out who is asking, before a byte of the body is read. */
@FunctionalInterface
public interface Admission {
    /**
     * It may look into the database.
     *
     * @return what the route finds in the exchange's property {@code who}; null where the route itself finds out
     * @throws Problem when nobody may come in so
     */
    Object admit(HttpServerRequest request);

    /** Who was admitted is turned away after all: the body is too large, or does not arrive. */
    default void refused(Object who, Problem problem) {}
}
