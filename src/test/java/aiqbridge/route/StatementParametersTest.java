package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                                SqlHelper.resolveQuery(camel, endpoint.getQuery(), endpoint.getPlaceholder()),
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
}
