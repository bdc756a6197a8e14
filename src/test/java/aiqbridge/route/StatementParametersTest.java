package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class StatementParametersTest {
    @TempDir
    Path folder;

    @Test
    void every_statement_of_ours_has_as_many_as_the_database_says() throws Exception {
        List<String> settings = new ArrayList<>(List.of(Databases.postgresqlStore()));
        try (Shop shop = new Shop(folder, TestBridge.everyRouteAtOnce(settings.toArray(String[]::new)));
                Connection database = shop.bridge.rows.getDataSource().getConnection()) {
            CamelContext camel = shop.bridge.bridge().camel();
            List<SqlEndpoint> ours = camel.getEndpoints().stream()
                    .filter(SqlEndpoint.class::isInstance)
                    .map(SqlEndpoint.class::cast)
                    .filter(e -> e.getDataSource() == shop.bridge.rows.getDataSource())
                    .toList();
            assertThat(ours).hasSizeGreaterThan(150).allSatisfy(endpoint -> {
                String query = new DefaultSqlPrepareStatementStrategy()
                        .prepareQuery(
                                // a list counts as one
                                SqlHelper.resolveQuery(camel, endpoint.getQuery(), endpoint.getPlaceholder())
                                        .replace(":?in:", ":?"),
                                true,
                                null);
                try (PreparedStatement statement = database.prepareStatement(query)) {
                    assertThat(endpoint.getParametersCount())
                            .as(endpoint.getQuery())
                            .isEqualTo(statement.getParameterMetaData().getParameterCount());
                }
            });
        }
    }

    @Test
    void postgresql_remembers_what_it_is_told_again_and_again() {
        List<String> settings = new ArrayList<>(List.of(Databases.postgresqlStore()));
        settings.addAll(List.of("store.pool", "2"));
        try (Shop shop = new Shop(folder, settings.toArray(String[]::new))) {
            for (int i = 0; i < 20; i++) {
                shop.bridge.run("redemption-expire");
            }
            List<Map<String, Object>> remembered = shop.bridge.rows.queryForList(
                    "select statement, custom_plans + generic_plans as executions from pg_prepared_statements where statement like '%update redemption%'");
            assertThat(remembered).isNotEmpty().allSatisfy(one -> assertThat((Long) one.get("executions"))
                    .as("%s", one.get("statement"))
                    .isGreaterThanOrEqualTo(10));
        }
    }

    @Test
    void a_question_mark_in_a_literal_is_none() throws Exception {
        assertThat(StatementParameters.count(
                        "select ' ?', 'it''s ?', :?one || :?two from t where x = :?one and y <> '?'"))
                .isEqualTo(3);
        assertThat(StatementParameters.count("select '?'")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "select '#' || 'x', '?' from t where a = :#one ~ 1",
                "select a -- the till's own⏎ from t where a = :#one and b = 'v' ~ 1",
                "select a /* it's ? */ from t where a = :#one ~ 1",
                "select a #>> '{e}' from t where a in (:#in:many) and b = :#one ~ 2",
                "select `it's`, \"it's\" from t where a = :#one ~ 1",
            })
    void what_is_no_parameter_is_not_counted_and_left_as_it_is(String statement, int parameters) throws Exception {
        String resolved = SqlHelper.resolvePlaceholders(statement.replace('⏎', '\n'), StatementParameters.PLACEHOLDER);
        assertThat(StatementParameters.count(resolved)).isEqualTo(parameters);
        assertThat(resolved.chars().filter(c -> c == '#').count())
                .isEqualTo(statement
                        .replaceAll(":#", "")
                        .chars()
                        .filter(c -> c == '#')
                        .count());
    }

    private record Asked(List<String> ids, String other) {}

    @Test
    void a_list_is_bound_value_by_value_by_a_map_and_by_a_record() {
        JdbcTemplate rows = new JdbcTemplate(new SingleConnectionDataSource("jdbc:sqlite::memory:", true));
        BoundStatement statement = new BoundStatement(
                "-- Those that were asked for.\nselect column1 as id from (values ('a'), ('b'), ('c')) where column1 in (:#in:ids) and :#other = '#'",
                Clock.systemUTC());
        List<Object> asked = List.of(new Asked(List.of("a", "c"), "#"), Map.of("ids", List.of("a", "c"), "other", "#"));
        assertThat(asked).allSatisfy(values -> assertThat(
                        rows.query(statement.with(values), (row, number) -> row.getString("id")))
                .containsExactly("a", "c"));
    }
}
