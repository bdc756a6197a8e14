package aiqbridge.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a long run left for people is on the list of what needs a look, in words. */
public final class Listed {
    private Listed() {}

    /** @param now epoch milliseconds, of the bridge whose database it is */
    public static void everything(JdbcTemplate rows, long now) {
        for (String needs : List.of(
                "select redemption_id as subject, status, reason as why from redemption where status = 'PARKED' or status = 'REJECTED' and model <> 'IMMEDIATE' and looked_at is null",
                "select redemption_id as subject, status, flag as why from redemption where flag is not null and flag_looked_at is null",
                "select reversal_id as subject, status, coalesce(reason, kind) as why from reversal where status = 'PARKED' or status = 'REJECTED' and coalesce(reason, '') <> 'left as taken'")) {
            assertThat(rows.queryForList(
                            "select x.subject, x.status, x.why from (" + needs
                                    + ") x where not exists (select 1 from needs_look n where n.subject_id = x.subject and n.reason = x.why and n.look_at <= ?)",
                            now))
                    .as("nobody is shown these")
                    .isEmpty();
        }
        assertThat(rows.queryForList(
                        "select reason from redemption where reason is not null union select flag from redemption where flag is not null union select reversal_wanted from redemption where reversal_wanted is not null"
                                + " union select reason from reversal where reason is not null union select kind from reversal union select reason from needs_look",
                        String.class))
                .as("they have no words in operator/Reasons")
                .isSubsetOf(Reasons.known());
    }
}
