package aiqbridge.store;

import aiqbridge.StartRefused;
import aiqbridge.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The statements beside the routes, run without a route: what a command or a page does is said by the same files. */
public final class Statements {
    private final NamedParameterJdbcTemplate store;
    private final Path home;

    /** @param home the folder that holds routes/ */
    public Statements(DataSource store, Path home) {
        this.store = new NamedParameterJdbcTemplate(store);
        this.home = home;
    }

    /** @return how many rows it changed */
    public int update(String file, Map<String, Object> values) {
        return store.update(text(file), values);
    }

    public List<Map<String, Object>> rows(String file, Map<String, Object> values) {
        return store.queryForList(text(file), values);
    }

    private String text(String file) {
        return read(home, file);
    }

    /**
     * A statement as Spring takes it.
     *
     * @throws StartRefused when the file cannot be read
     */
    public static String read(Path home, String file) {
        try {
            return TextFile.read(home.resolve(file))
                    .replaceAll("(?m)^--.*$", "")
                    .replace(":#", ":");
        } catch (IOException e) {
            throw new StartRefused(
                    "The statement " + file + " " + e.getMessage() + ".",
                    "Start from the folder that holds routes/ and config/, or unpack the distribution again.");
        }
    }
}
