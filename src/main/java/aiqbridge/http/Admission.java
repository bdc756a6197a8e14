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
     * @throws Elsewhere when a browser has to go elsewhere first
     */
    Object admit(HttpServerRequest request);

    /**
     * The same for one address, where it matters which.
     *
     * @param methods those that its route takes, null for any
     * @param path    as its route names it
     */
    default Admission at(String methods, String path) {
        return this;
    }

    /** Who was admitted is turned away after all: the body is too large, or does not arrive. */
    default void refused(Object who, Problem problem) {}
}
