package aiqbridge.route;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Builds routes in a Camel of their own, which is never started for real: what only Camel can tell shows before anything that runs is touched. */
final class Trial {
    private static final Pattern NO_OPTION =
            Pattern.compile("endpoint: (\\w[\\w-]*):.*Unknown parameters=\\[\\{([^=]+)=");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private final Map<String, Object> beans;
    private final Properties settings;

    Trial(Map<String, Object> beans, Properties settings) {
        this.beans = beans;
        this.settings = settings;
    }

    /**
     * @param files  in an order in which templates and policies come before those that name them
     * @param routes the file of each route
     * @return the first thing that Camel does not take
     */
    Optional<Finding> of(List<String> files, Map<String, String> texts, Map<String, String> routes) {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            beans.forEach(camel.getRegistry()::bind);
            camel.getPropertiesComponent().setInitialProperties(settings);
            camel.getComponent("sql", SqlComponent.class).setDataSource((DataSource) beans.get("store"));
            camel.getComponent("quartz", QuartzComponent.class).setAutoStartScheduler(false);
            // only a context that starts with all its routes leaves them unstarted
            camel.setAutoStartup(false);
            String file = "";
            try {
                for (String one : files) {
                    file = one;
                    PluginHelper.getRoutesLoader(camel).loadRoutes(resource(file, texts.get(file)));
                }
                camel.start();
                return Optional.empty();
            } catch (Exception e) {
                if (e instanceof FailedToCreateRouteException route) {
                    file = routes.getOrDefault(route.getRouteId(), file);
                }
                return Optional.of(finding(file, texts.get(file), e));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Resource resource(String file, String text) {
        return ResourceHelper.fromString("file:" + file, text);
    }

    private static Finding finding(String file, String text, Exception e) {
        String reason = reason(e);
        Matcher option = NO_OPTION.matcher(reason);
        Matcher line = LINE.matcher(whole(e));
        boolean unknown = option.find();
        return new Finding(
                file,
                line.find()
                        ? Integer.parseInt(line.group(1))
                        : lineOf(unknown ? option.group(2) + ":" : reason.replace("://", ":"), text),
                unknown ? "the component " + option.group(1) + " has no option " + option.group(2) : reason,
                "Is it spelled and indented right? Another route that does the same shows how.");
    }

    /** The line that holds the longest word of the reason, else the first. */
    private static int lineOf(String reason, String text) {
        List<String> lines = text.lines().toList();
        int best = 0;
        int length = 3;
        for (String word : reason.split("[^A-Za-z0-9_:.{}/-]+")) {
            for (int i = 0; word.length() > length && i < lines.size(); i++) {
                if (lines.get(i).contains(word) && !lines.get(i).strip().startsWith("id: ")) {
                    best = i;
                    length = word.length();
                    break;
                }
            }
        }
        return best + 1;
    }

    private static String whole(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString();
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName())
                .trim();
    }
}
