package aiqbridge.wiring;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Beans by the names that the routes call them, and what is closed with them, last made first. */
public final class BeanList implements AutoCloseable {
    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    public <T> T add(String name, T bean) {
        if (byName.putIfAbsent(name, bean) != null) {
            throw new IllegalStateException("Two beans are named " + name + ".");
        }
        return bean;
    }

    public void onClose(Runnable close) {
        closing.push(close);
    }

    public Map<String, Object> byName() {
        return Collections.unmodifiableMap(byName);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
