package aiqbridge;

import aiqbridge.health.LibraryLogs;
import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** What the process logs until it is closed, every logger at TRACE as somebody may set them; nothing of it is printed. */
public final class EverythingLogged implements AutoCloseable {
    private final StringWriter text = new StringWriter();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

    public EverythingLogged() {
        Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.TRACE);
        LibraryLogs.hush();
        Configuration all = context.getConfiguration();
        all.getRootLogger().getAppenders().keySet().forEach(all.getRootLogger()::removeAppender);
        Appender here = WriterAppender.createAppender(
                PatternLayout.newBuilder()
                        .withPattern("%level %logger %msg%n%throwable")
                        .build(),
                null,
                text,
                "here",
                false,
                true);
        here.start();
        all.getRootLogger().addAppender(here, null, null);
        context.updateLoggers();
    }

    /** Something else in which to look. */
    public void write(String more) {
        text.write(more);
    }

    public String text() {
        return text.toString();
    }

    @Override
    public void close() {
        Configurator.reconfigure();
    }
}
