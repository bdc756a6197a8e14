package aiqbridge.health;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.apache.logging.log4j.message.Message;

/**
 * Below INFO a library writes whatever passes through it: the HTTP client keys and codes, the database drivers what is bound, Camel what it converts. So none does, whatever
 * config/log4j2.xml says, but those that see neither secrets nor people.
 */
public final class LibraryLogs extends AbstractFilter {
    private static final List<String> SEE_NOBODY = List.of("org.quartz", "org.flywaydb", "com.zaxxer.hikari");
    /** How the names of libraries' loggers begin; the bridge's own and those of routes do not. */
    private static final List<String> LIBRARIES = List.of(
            "org.", "com.", "io.", "net.", "gg.", "me.", "info.", "jakarta.", "javax.", "java.", "jdk.", "sun.");

    private static final Set<Configuration> HUSHED = Collections.newSetFromMap(new WeakHashMap<>());

    private LibraryLogs() {
        super(Result.DENY, Result.NEUTRAL);
    }

    /** From now on, also when the configuration is read again. */
    public static void hush() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        context.addPropertyChangeListener(changed -> hush(context.getConfiguration()));
        hush(context.getConfiguration());
    }

    /** Loggers ask the configuration's filter each time. */
    private static synchronized void hush(Configuration configuration) {
        if (HUSHED.add(configuration)) {
            LibraryLogs hushed = new LibraryLogs();
            hushed.start();
            configuration.addFilter(hushed);
        }
    }

    private Result of(String logger, Level level) {
        return level.isLessSpecificThan(Level.DEBUG)
                        && LIBRARIES.stream().anyMatch(logger::startsWith)
                        && SEE_NOBODY.stream().noneMatch(logger::startsWith)
                ? onMatch
                : onMismatch;
    }

    @Override
    public Result filter(LogEvent event) {
        return of(event.getLoggerName(), event.getLevel());
    }

    @Override
    public Result filter(Logger logger, Level level, Marker marker, Message message, Throwable thrown) {
        return of(logger.getName(), level);
    }

    @Override
    public Result filter(Logger logger, Level level, Marker marker, Object message, Throwable thrown) {
        return of(logger.getName(), level);
    }

    @Override
    public Result filter(Logger logger, Level level, Marker marker, String message, Object... values) {
        return of(logger.getName(), level);
    }
}
