package aiqbridge.storefront.door;

import aiqbridge.NewsOnly;
import aiqbridge.api.Problem;
import aiqbridge.store.Statements;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Commits deliveries to the inbox in groups: whatever arrives while one transaction is being written shares the next. Nobody is answered before their own row is on disk. */
public final class InboxWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWriter.class);
    private static final int LARGEST_GROUP = 500;
    /** Shopify gives up after five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final JdbcTemplate store;
    private final NamedParameterJdbcTemplate inbox;
    private final String kept;
    private final TransactionTemplate transaction;
    private final WebhookCount count;
    private final Clock clock;
    private final NewsOnly said;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final List<Thread> writers = new ArrayList<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    private record Waiting(Delivery delivery, CompletableFuture<Boolean> kept) {}

    /**
     * @param home    the folder that holds routes/
     * @param writers transactions that are written side by side: one where the database has but one writer
     */
    public InboxWriter(DataSource store, Path home, int writers, WebhookCount count, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.inbox = new NamedParameterJdbcTemplate(this.store);
        this.kept = Statements.read(home, "routes/storefront/kept.sql");
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.count = count;
        this.clock = clock;
        this.said = new NewsOnly(clock);
        for (int i = 0; i < writers; i++) {
            Thread writer = new Thread(this::write, "inbox-writer-" + i);
            writer.setDaemon(true);
            writer.start();
            this.writers.add(writer);
        }
    }

    /**
     * Returns when the delivery is committed, or was before.
     *
     * @throws Problem 503 when it is not: the sender tries again
     */
    public void keep(Delivery delivery) throws InterruptedException {
        Waiting waiting = new Waiting(delivery, new CompletableFuture<>());
        queue.add(waiting);
        try {
            boolean first = waiting.kept.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            count.add(delivery.kind(), first ? "kept" : "repeated");
        } catch (ExecutionException | TimeoutException e) {
            queue.remove(waiting);
            count.add(delivery.kind(), "try-again");
            throw Problem.tryAgain(Duration.ofSeconds(5), "The webhook cannot be stored right now; send it again.");
        }
    }

    private void write() {
        List<Waiting> group = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                group.add(queue.take());
                queue.drainTo(group, LARGEST_GROUP - 1);
                // in one order everywhere, so that two writers never wait for each other
                group.sort(Comparator.comparing(w -> w.delivery.key()));
                group.forEach(w -> heard(w.delivery));
                int[] rows = commit(group.stream().map(Waiting::delivery).toList());
                for (int i = 0; i < rows.length; i++) {
                    group.get(i).kept.complete(rows[i] != 0);
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                String what = NewsOnly.named(e);
                if (said.is(what)) {
                    LOG.error("webhooks cannot be stored: {}", what);
                }
                group.forEach(w -> w.kept.completeExceptionally(e));
            }
            group.clear();
        }
    }

    /** Rows that each delivery made: one, or none when it was there already. */
    private int[] commit(List<Delivery> group) {
        SqlParameterSource[] rows = group.stream().map(Delivery::row).toArray(SqlParameterSource[]::new);
        return transaction.execute(status -> inbox.batchUpdate(kept, rows));
    }

    /** The connection is alive; said once in a second. */
    private void heard(Delivery delivery) {
        Long before = heard.get(delivery.connection());
        if (before == null || Math.abs(delivery.receivedAt() - before) >= 1_000) {
            store.update("""
                insert into storefront_state (connection, heard_at, updated_at) values (?, ?, ?)
                on conflict (connection) do update set heard_at = excluded.heard_at, updated_at = excluded.updated_at""", delivery.connection(), delivery.receivedAt(), clock.millis());
            heard.put(delivery.connection(), delivery.receivedAt());
        }
    }

    @Override
    public void close() {
        writers.forEach(Thread::interrupt);
    }
}
