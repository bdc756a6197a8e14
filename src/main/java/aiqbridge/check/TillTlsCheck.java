package aiqbridge.check;

import aiqbridge.connection.PosConnection;
import aiqbridge.network.CaFile;
import aiqbridge.network.Network;
import aiqbridge.pos.TillTls;
import aiqbridge.pos.TillTls.Encrypted;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What protects the way to a till's database: whether it is encrypted, and what of the other end is verified. */
final class TillTlsCheck {
    private static final int POSTGRESQL_ASKS_FOR_TLS = 80_877_103;
    private static final int MARIADB_SPEAKS_TLS = 0x0800;
    private final PosConnection connection;
    private final TillTls asked;
    private final String host;
    private final Duration timeout;
    private final Findings findings;

    TillTlsCheck(PosConnection connection, Duration timeout, Findings findings) {
        this.connection = connection;
        this.asked = TillTls.of(connection);
        this.host = TillTls.host(connection);
        this.timeout = timeout;
        this.findings = findings;
    }

    /** What its file asks for, and whether the server's certificate would be taken; nothing is said to the database. */
    void beforeLogin() {
        if (host == null || TillTls.isHere(connection) && !asked.certificate()) {
            findings.ok("its database is on this machine: no TLS is needed");
            return;
        }
        String hint = "Let its database speak TLS, and name its authority: ca-file in config/pos/" + connection.name()
                + ".properties.";
        if (asked.encrypted() == Encrypted.NEVER) {
            findings.warn("passwords and what is read of customers travel to " + host + " unencrypted", hint);
        } else if (!asked.certificate()) {
            findings.warn(
                    "nobody vouches for " + host
                            + ": whoever stands in between can read passwords and customers, and answer in its place",
                    hint);
        } else if (!asked.name()) {
            findings.warn("the certificate of " + host + " is verified, but not that it is that host's", hint);
        } else if (connection.authorities() != null && !connection.engine().equals("sqlserver")) {
            new TlsCheck(
                            Network.trustingOnly(connection.authorities()),
                            this::atTls,
                            timeout,
                            Clock.systemUTC(),
                            findings)
                    .run(URI.create("https://" + host + ":" + TillTls.port(connection)));
        }
        if (connection.authorities() != null) {
            long days = Duration.between(Clock.systemUTC().instant(), CaFile.end(connection.authorities()))
                    .toDays();
            if (days < TlsCheck.SOON.toDays()) {
                findings.warn(
                        "a certificate of its ca-file expires in " + days + " day(s)",
                        "Put its successor into the file too; an expired one refuses the start.");
            }
        }
    }

    /** What the connection itself says. */
    void afterLogin(JdbcTemplate till) {
        if (host == null) {
            return;
        }
        String verified = !asked.certificate()
                ? "; neither its certificate nor its name is verified"
                : asked.name()
                        ? "; its certificate and its name are verified"
                        : "; its certificate is verified, its name is not";
        List<String> seen;
        try {
            seen = seen(till);
        } catch (DataAccessException e) {
            findings.warn(
                    "whether the connection is encrypted cannot be seen: " + TillDatabase.reason(e),
                    "Its file decides it; see routes/pos/README.md, section 1.1.");
            return;
        }
        if (seen == null) {
            if (asked.encrypted() == Encrypted.ALWAYS) {
                findings.ok("its file asks for encryption" + verified + "; how cannot be seen here");
            }
        } else if (!seen.isEmpty()) {
            findings.ok("the connection is encrypted (" + String.join(", ", seen) + ")" + verified);
        } else if (asked.encrypted() == Encrypted.WHERE_IT_CAN && !TillTls.isHere(connection)) {
            findings.warn(
                    "passwords and what is read of customers travel to " + host + " unencrypted",
                    "Its database does not speak TLS.");
        }
    }

    /** Protocol and cipher; empty when it is not encrypted, null where that cannot be seen. */
    private List<String> seen(JdbcTemplate till) {
        switch (connection.engine()) {
            case "postgresql":
                return till
                        .query(
                                "select version, cipher from pg_stat_ssl where pid = pg_backend_pid() and ssl",
                                (row, n) -> List.of(row.getString("version"), row.getString("cipher")))
                        .stream()
                        .findFirst()
                        .orElse(List.of());
            case "mariadb":
                Map<String, String> of = new TreeMap<>();
                till.query(
                        "show session status like 'Ssl_%'",
                        row -> {
                            of.put(row.getString("Variable_name"), row.getString("Value"));
                        });
                String cipher = of.getOrDefault("Ssl_cipher", "");
                return cipher.isEmpty() ? List.of() : List.of(of.getOrDefault("Ssl_version", "TLS"), cipher);
            default:
                return null;
        }
    }

    /** Where TLS begins in the database's own protocol. */
    private Socket atTls(String to, int port, Duration within) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(to, port), (int) within.toMillis());
            socket.setSoTimeout((int) within.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            boolean speaks = connection.engine().equals("postgresql") ? postgresql(socket, in) : mariadb(socket, in);
            if (!speaks) {
                throw new SSLException("no TLS");
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static boolean postgresql(Socket socket, DataInputStream in) throws IOException {
        socket.getOutputStream()
                .write(ByteBuffer.allocate(8)
                        .putInt(8)
                        .putInt(POSTGRESQL_ASKS_FOR_TLS)
                        .array());
        return in.read() == 'S';
    }

    /** Protocol 10: version, thread, eight bytes and one more, then what the server can. */
    private static boolean mariadb(Socket socket, DataInputStream in) throws IOException {
        byte[] head = new byte[4];
        in.readFully(head);
        byte[] greeting = new byte[head[0] & 0xff | (head[1] & 0xff) << 8];
        in.readFully(greeting);
        int version = new String(greeting, StandardCharsets.ISO_8859_1).indexOf('\0', 1);
        int can = version + 1 + 4 + 8 + 1;
        if (greeting.length < can + 2 || greeting[0] != 10 || version < 0) {
            throw new EOFException();
        }
        if (((greeting[can] & 0xff | (greeting[can + 1] & 0xff) << 8) & MARIADB_SPEAKS_TLS) == 0) {
            return false;
        }
        socket.getOutputStream()
                .write(ByteBuffer.allocate(36)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(32 | 1 << 24)
                        .putInt(0x0200 | 0x8000 | MARIADB_SPEAKS_TLS)
                        .putInt(1 << 24)
                        .put((byte) 33)
                        .array());
        return true;
    }
}
