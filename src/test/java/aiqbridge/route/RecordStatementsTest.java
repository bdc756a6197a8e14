package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.TestBridge;
import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.privacy.SecretUrl;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Records go into statements and rows come out as records; what does not fit is an error and never a null. */
class RecordStatementsTest {
    enum Size {
        SMALL,
        LARGE
    }

    record Cup(String cupId, Size size, BigDecimal price, Long soldAt, Phone phone, Email email) {}

    record Filled(Cup cup, String cupId, int sugar) {}

    record Poured(Cup cup, Cup from, int sugar) {}

    record Mug(String cupId, String handle) {}

    @TempDir
    Path folder;

    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-28T12:00:00Z");
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private JdbcTemplate rows;
    private ProducerTemplate producer;

    @BeforeEach
    void open() {
        DriverManagerDataSource source = new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("cups.db"));
        rows = new JdbcTemplate(source);
        rows.execute(
                "create table cup (cup_id text, size text, price numeric, sold_at bigint, phone text, email text, sugar int)");
        camel.getComponent("sql", SqlComponent.class).setDataSource(source);
        camel.getCamelContextExtension().registerEndpointCallback(new StatementParameters(clock));
        camel.start();
        producer = camel.createProducerTemplate();
    }

    @AfterEach
    void close() {
        camel.stop();
    }

    private void insert(Record cup) {
        producer.requestBody(
                "sql:insert into cup (cup_id, size, price, sold_at, phone, email) values (:#cup_id, :#size, :#price, :#sold_at, :#phone, :#email)?noop=true",
                cup);
    }

    private static Cup cup(String id) {
        return new Cup(
                id, Size.LARGE, new BigDecimal("2.50"), null, new Phone("+15555550100"), new Email("ada@example.com"));
    }

    @Test
    void a_record_comes_back_as_it_went_in() {
        insert(cup("c-1"));
        assertThat(rows.queryForMap("select * from cup"))
                .containsEntry("cup_id", "c-1")
                .containsEntry("size", "LARGE")
                .containsEntry("phone", "+15555550100")
                .containsEntry("sold_at", null);
        List<?> cups = (List<?>) producer.requestBody("sql:select * from cup?outputClass=" + Cup.class.getName(), "");
        Cup cup = (Cup) cups.get(0);
        assertThat(cup.price()).isEqualByComparingTo("2.5");
        assertThat(cup).usingRecursiveComparison().ignoringFields("price").isEqualTo(cup("c-1"));
        assertThat((List<?>) producer.requestBody("sql:select cup_id from cup?outputClass=java.lang.String", ""))
                .isEqualTo(List.of("c-1"));
    }

    @Test
    void what_a_record_within_says_its_own_components_say_better() {
        insert(new Filled(cup("c-1"), "c-2", 3));
        assertThat(rows.queryForList("select cup_id || size from cup", String.class))
                .containsExactly("c-2LARGE");
    }

    @Test
    void now_is_the_clocks_time_when_the_statement_runs_unless_the_body_says_when() {
        String sold = "sql:insert into cup (cup_id, sold_at) values ('c', :#now)?noop=true";
        producer.requestBody(sold, List.of("no map"));
        clock.advance(Duration.ofSeconds(2));
        producer.requestBody(sold, cup("c-1"));
        producer.requestBody(sold, Map.of("now", 7L));
        assertThat(rows.queryForList("select sold_at from cup", Long.class))
                .containsExactly(clock.millis() - 2_000, clock.millis(), 7L);
    }

    @Test
    void of_two_records_within_only_the_first_one_is_gone_on_with() {
        insert(new Poured(cup("c-1"), cup("c-2"), 3));
        assertThat(rows.queryForList("select cup_id from cup", String.class)).containsExactly("c-1");
    }

    @Test
    void a_parameter_that_nothing_binds_and_a_component_without_a_column_are_errors() {
        assertThatThrownBy(() -> producer.requestBody("sql:delete from cup where cup_id = :#cop_id", cup("c-1")))
                .hasStackTraceContaining("cop_id");
        insert(cup("c-1"));
        assertThatThrownBy(() -> producer.requestBody("sql:select * from cup?outputClass=" + Mug.class.getName(), ""))
                .hasStackTraceContaining("handle");
        rows.update("update cup set size = 'HUGE'");
        assertThatThrownBy(() -> producer.requestBody("sql:select * from cup?outputClass=" + Cup.class.getName(), ""))
                .hasStackTraceContaining("HUGE");
    }

    @Test
    void what_is_private_does_not_show_in_text() {
        assertThat(cup("c-1")).asString().contains("…0100", "a…@…").doesNotContain("5555550100", "ada", "example");
        assertThat(List.of(new Code("123456"), new SecretUrl("https://aiq.example/x"), new Phone("+1"), new Email("")))
                .asString()
                .doesNotContain("123456", "aiq.example");
    }
}
