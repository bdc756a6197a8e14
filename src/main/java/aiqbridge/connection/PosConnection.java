package aiqbridge.connection;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.ZoneId;
import java.util.List;

/**
 * One till database, as its properties file describes it.
 *
 * @param name         the file's stem
 * @param make         a folder under routes/pos/
 * @param zone         the zone of the till's wall clock
 * @param mode         {@code observe}, {@code live}, or {@code page}: the retailer decides there, see {@code PosModes}
 * @param completion   {@code poll}, {@code call} or {@code both}
 * @param pin          whether a wallet opens only with the customer's code
 * @param discountSeen {@code redeem-and-flag} or {@code park}: what to do when the sale does not show the queued discount
 * @param writeBack    whether the points are written on the till's own transaction
 * @param caFile       the authorities that may vouch for its database, null where its file names none
 * @param authorities  what is in it, null without it
 * @param requests     whether the till asks by its own request table, with a login for that alone
 */
public record PosConnection(
        String name,
        String make,
        String account,
        String location,
        ZoneId zone,
        String mode,
        String completion,
        boolean pin,
        String discountSeen,
        boolean writeBack,
        String jdbcUrl,
        String username,
        String password,
        boolean requests,
        String requestsUsername,
        String requestsPassword,
        Path caFile,
        List<X509Certificate> authorities)
        implements Connection {
    /** The database's kind, as it stands in file names: {@code postgresql}, {@code mariadb}, {@code sqlserver} or {@code sqlite}. */
    public String engine() {
        String engine = jdbcUrl.replaceFirst("^jdbc:", "").replaceFirst(":.*$", "");
        return engine.equals("mysql") ? "mariadb" : engine;
    }

    @Override
    public String toString() {
        return "PosConnection[" + name + "]";
    }
}
