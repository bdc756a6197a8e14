package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.TestBridge;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script for the till's own button, run as Java: BeanShell understands more. JPanelTicket.java 2015-2021 gives it the ticket, TicketInfo.java 341-355 its properties. */
class UnicentaScriptTest {
    // a class named javax hides the package: nobody is there to type
    private static final String TILL = """
            public class Till {
                static class javax { static class swing { static class JOptionPane {
                    static Object showInputDialog(Object message, Object before) { return typed; }
                } } }
                static String typed;
                public static class Ticket {
                    final java.util.Properties properties;
                    Ticket(java.util.Properties properties) { this.properties = properties; }
                    public java.util.Properties getProperties() { return properties; }
                    public String getProperty(String key) { return properties.getProperty(key); }
                    public void setProperty(String key, String value) { properties.setProperty(key, value); }
                }
                public static void press(String text, java.util.Properties properties) {
                    typed = text;
                    Ticket ticket = new Ticket(properties);
                    %s
                }
            }
            """;

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "AIQ-7F3K2Q, AIQ-7F3K2Q",
                "' aiq 7f3k2q ', aiq 7f3k2q",
                "A1Q7F3K2Q, A1Q7F3K2Q",
                "7F3K2Q, AIQ-7F3K2Q",
                "'  ', null",
                "null, AIQ-0LD000"
            })
    void what_the_cashier_types_is_on_the_ticket(String typed, String note, @TempDir Path folder) throws Exception {
        Path source = folder.resolve("Till.java");
        Files.writeString(
                source,
                TILL.formatted(Files.readString(TestBridge.HOME.resolve("routes/pos/unicenta/script.AiqNote.bs"))));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Properties properties = new Properties();
        properties.setProperty("aiq-note", "AIQ-0LD000");
        try (URLClassLoader till = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            till.loadClass("Till")
                    .getMethod("press", String.class, Properties.class)
                    .invoke(null, typed, properties);
        }
        assertThat(properties.getProperty("aiq-note")).isEqualTo(note);
    }
}
