import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plants one bug at a time in a copy of this project and shows that the suite turns red: {@code java src/test/planted/PlantedBugs.java}.
 * With {@code --look} it only says whether each still has its place in the sources; with a word, it takes those whose file or test has it.
 * Exit status 0 only if every bug was caught by a failing assertion, not by a compiler.
 */
public final class PlantedBugs {
    /** @param test the test class that must fail */
    private record Bug(String what, String file, String right, String wrong, String test) {
        /** Where a line is broken does not matter. */
        Matcher found(String text) {
            return Pattern.compile(Stream.of(right.strip().split("\\s+"))
                            .map(Pattern::quote)
                            .collect(Collectors.joining("\\s+")))
                    .matcher(text);
        }
    }

    private static final List<Bug> BUGS = List.of(
            new Bug(
                    "a word after AIQ is a note",
                    "src/main/java/aiqbridge/redemption/TicketNote.java",
                    "letters.chars().anyMatch(Character::isDigit) &&",
                    "",
                    "TicketNoteTest"),
            new Bug(
                    "what people type counts like the exact note",
                    "routes/redemption/fulfil/name-sale.sql",
                    "t.exact = (select max(x.exact)",
                    "t.exact <= (select max(x.exact)",
                    "NotesTest"),
            new Bug(
                    "any number of notes may stand on one sale",
                    "routes/redemption/fulfil/several-notes.sql",
                    "cast(:#per_sale as integer) <",
                    "9 <",
                    "NotesTest"),
            new Bug(
                    "a note that was rubbed out stands on",
                    "routes/pos/poll/notes-gone.sql",
                    "coalesce(cast(:#note as text), '') not like",
                    "'' like",
                    "NotesTest"),
            new Bug(
                    "a till that was restored from a backup deleted its sales",
                    "src/main/java/aiqbridge/pos/StandingSales.java",
                    "sale.status().equals(\"COMPLETED\") && neighbourStands",
                    "sale.status().equals(\"COMPLETED\")",
                    "StandingSalesTest"),
            new Bug(
                    "a sale that was deleted with the one after it is not missed",
                    "routes/pos/standing/asked.sql",
                    "n.missing_at is null and",
                    "",
                    "StandingSalesTest"),
            new Bug(
                    "an undone cancellation gives the points back",
                    "routes/reversal/hear/withdrawn.sql",
                    "status in ('WANTED', 'PARKED')",
                    "status in ('PARKED')",
                    "StandingSalesTest"),
            new Bug(
                    "an edited ticket leaves its redemption behind",
                    "routes/pos/standing/successor.sql",
                    ":#state = 'gone'",
                    ":#state = 'never'",
                    "StandingSalesTest"),
            new Bug(
                    "a sale that is stored twice is given back at once",
                    "routes/reversal/hear/wanted.sql",
                    "r.contact_id is null or r.twin = 1 or",
                    "r.contact_id is null or",
                    "StandingSalesTest"),
            new Bug(
                    "a twin fulfils another redemption",
                    "routes/redemption/fulfil.camel.yaml",
                    "- to: {id: redemption-fulfil-twin, uri: sql, parameters: {query: file:routes/redemption/fulfil/twin.sql, noop: \"true\"}}",
                    "",
                    "StandingSalesTest"),
            new Bug(
                    "a twin that comes late is not told",
                    "routes/redemption/fulfil/twin-keeps-discount.sql",
                    "> (select min(a.started_at)",
                    "< (select min(a.started_at)",
                    "StandingSalesTest"),
            new Bug(
                    "money decides although the make knows quantities",
                    "routes/reversal/hear/sale-reversed.sql",
                    "v.whole = 1 or v.whole is null and",
                    "",
                    "SaleJudgementTest"),
            new Bug(
                    "a refund of an unknown sale is told to nobody",
                    "routes/reversal/hear/refund-unclear.sql",
                    "<> v.candidates",
                    "<> replace(v.candidates, ',' || r.transaction_id || ',', '')",
                    "SaleJudgementTest"),
            new Bug(
                    "everybody is known by a phone that stands for nobody",
                    "src/main/java/aiqbridge/wallet/PlaceholderPhones.java",
                    "national.chars().distinct().count() == 1 ||",
                    "",
                    "PosRowsTest"),
            new Bug(
                    "a wallet opens for a phone that stands for nobody",
                    "src/main/java/aiqbridge/wallet/WalletRequest.java",
                    ".filter(number -> !placeholders.holds(number))",
                    "",
                    "BadInputTest"),
            new Bug(
                    "an id that is spelled differently is never found",
                    "routes/redemption/fulfil/same-spelling.sql",
                    "t.spelling = r.transaction_spelling",
                    "t.spelling = r.transaction_id",
                    "SpellingTest"),
            new Bug(
                    "a sale that was heard before is late",
                    "routes/pos/poll/late-heard.sql",
                    " and t.heard_at >= :#began_at)",
                    ")",
                    "LateSalesTest"),
            new Bug(
                    "what was sold before the till was read is late",
                    "routes/pos/poll/late-heard.sql",
                    ":#changed_at >= coalesce",
                    ":#changed_at >= 0 * coalesce",
                    "LateSalesTest"),
            new Bug(
                    "what nothing had read stays so when it is read",
                    "routes/pos/poll/late-forgotten.sql",
                    "found_by = 'id' and exists",
                    "found_by = 'none' and exists",
                    "LateSalesTest"),
            new Bug(
                    "a sale that is waited for is not asked for by its id",
                    "routes/pos/standing/asked.sql",
                    "r.status = 'QUEUED' or r.status",
                    "r.status",
                    "LateSalesTest"),
            new Bug(
                    "all that a sweep reads is late",
                    "src/main/java/aiqbridge/pos/PosWindow.java",
                    "sale.changedAt() < bound",
                    "sale.changedAt() < Long.MAX_VALUE",
                    "PosWindowTest"),
            new Bug(
                    "Odoo's sales have no arrival",
                    "routes/pos/odoo/sales.sql",
                    ") as arrival,",
                    ") as arrived,",
                    "OdooOnPostgresqlTest"),
            new Bug(
                    "a return without an invoice may be of one that was returned",
                    "routes/pos/erpnext/reversals.sql",
                    "br.return_against = o.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(r.",
                    "br.return_against = o.name and br.docstatus = 1 and br.is_return = 2 and coalesce(b.item_code, b.item_name) = coalesce(r.",
                    "ErpnextStatementsTest"),
            new Bug(
                    "late sales are read for ever",
                    "src/main/java/aiqbridge/pos/PosWindow.java",
                    "moved && late.read() >= page ? 1 : 0",
                    "late.read() >= page ? 1 : 0",
                    "PosWindowTest"),
            new Bug(
                    "a sale after the refund is its original",
                    "routes/pos/unicenta/reversals.postgresql.sql",
                    " and o.datenew <= f.datenew and ",
                    " and ",
                    "UnicentaOnPostgresqlTest"),
            new Bug(
                    "a refund is of another customer's sale",
                    "routes/pos/unicenta/reversals.postgresql.sql",
                    "(f.customer is null or o.customer is null or o.customer = f.customer)",
                    "(1 = 1)",
                    "UnicentaOnPostgresqlTest"),
            new Bug(
                    "a refund is of a sale without its articles",
                    "routes/pos/unicenta/reversals.postgresql.sql",
                    "where p.lacking = 0",
                    "where 1 = 1",
                    "UnicentaOnPostgresqlTest"),
            new Bug(
                    "what was returned is returned again",
                    "routes/pos/unicenta/reversals.postgresql.sql",
                    "where a.spent = 0",
                    "where 1 = 1",
                    "UnicentaOnPostgresqlTest"),
            new Bug(
                    "of two sales that fit a refund the first is its original",
                    "routes/pos/unicenta/reversals.mariadb.sql",
                    "where k.the_first = k.the_last",
                    "where k.original = k.the_first",
                    "UnicentaOnMariadbTest"),
            new Bug(
                    "a discount has to come back for the whole",
                    "routes/pos/unicenta/reversals.mariadb.sql",
                    "l.price >= 0 and",
                    "",
                    "UnicentaOnMariadbTest"),
            new Bug(
                    "a note on a line is not read",
                    "routes/pos/unicenta/sales.mariadb.sql",
                    "from ticketlines l where l.ticket = t.id),\n         (select group_concat(nullif(p.notes",
                    "from ticketlines l where l.ticket = ''),\n         (select group_concat(nullif(p.notes",
                    "UnicentaOnMariadbTest"),
            new Bug(
                    "the claim does not look at the sale again",
                    "src/main/resources/store/common/V85__one_at_a_time.sql",
                    "completed_sale t",
                    "pos_transaction t",
                    "PosFlowTest"),
            new Bug(
                    "a refund fulfils",
                    "routes/redemption/fulfil/due.sql",
                    "completed_sale t",
                    "(select * from pos_transaction where status = 'COMPLETED') t",
                    "ViewOnPostgresqlTest"),
            new Bug(
                    "sales are heard before takings back take effect",
                    "routes/pos/poll.camel.yaml",
                    "- to: {uri: direct:reversal-hear}",
                    "",
                    "PosFlowTest"),
            new Bug(
                    "a time-out counts as not sent",
                    "src/main/java/aiqbridge/redemption/RedeemOutcome.java",
                    "default -> Step.unknown(sent, answer, doubt.firstAskAt());",
                    "default -> Step.unsent(sent, answer, clock.millis());",
                    "UnclearRedemptionTest"),
            new Bug(
                    "a status proves that nothing happened",
                    "src/main/java/aiqbridge/aiq/AiqGate.java",
                    "call.movesPoints() ? answer.doubted() : answer",
                    "answer",
                    "CheckoutTest"),
            new Bug(
                    "a key that may only read is tried for ever",
                    "routes/aiq/refused/paused.sql",
                    "when :#refused_call = 'WALLET' then :#now + key_wait_ms end",
                    "else :#now + key_wait_ms end",
                    "RefusedKeyTest"),
            new Bug(
                    "a redemption that went through ends the trial of a reversal",
                    "src/main/resources/store/common/V88__key_refused.sql",
                    "and (t.kind = a.refused_call or a.refused_call = 'WALLET')",
                    "",
                    "RefusedKeyTest"),
            new Bug(
                    "a refused wallet hides the call that was refused before it",
                    "routes/aiq/refused/paused.sql",
                    "then refused_call else",
                    "then :#refused_call else",
                    "RefusedKeyTest"),
            new Bug(
                    "a cart that went through does not end the trial",
                    "routes/cart/send/key-good.sql",
                    "then null else resumed_at end",
                    "then resumed_at else resumed_at end",
                    "RefusedKeyTest"),
            new Bug(
                    "a proxy's refusal does not pass",
                    "src/main/java/aiqbridge/aiq/RefusedKey.java",
                    "paused.pausedAt(), true,",
                    "paused.pausedAt(), false,",
                    "RefusedKeyTest"),
            new Bug(
                    "an old read lets go on what a person has decided",
                    "routes/aiq/refused/accepted.sql",
                    "and paused_at = :#paused_at",
                    "",
                    "RefusedKeyTest"),
            new Bug(
                    "who sends slowly reaches a route that is gone",
                    "src/main/java/aiqbridge/http/Front.java",
                    ".onSuccess(in -> goesIn(door, asked))",
                    ".onSuccess(in -> asked.next())",
                    "StartAndStopTest"),
            new Bug(
                    "the port opens before its routes stand",
                    "src/main/java/aiqbridge/http/Doors.java",
                    "camel.addService(management);",
                    "camel.addService(management); port.open(router);",
                    "StartAndStopTest"),
            new Bug(
                    "after an unclear code a customer waits a minute for another",
                    "src/main/java/aiqbridge/wallet/WalletLimits.java",
                    "answer.neverLeft() || limit.scope().equals(CODE_MINUTE)",
                    "answer.neverLeft()",
                    "UnclearCodeTest"),
            new Bug(
                    "unclear tries of a code are not counted",
                    "routes/wallet/wallet.camel.yaml",
                    "${body.outcome} == 'DONE'",
                    "${body.outcome} != 'REFUSED'",
                    "WrongCodesTest"),
            new Bug(
                    "a limit grants one more than it says",
                    "routes/wallet/limits/limit-wait.sql",
                    "where u.newer >= :#most",
                    "where u.newer > :#most",
                    "WrongCodesTest"),
            new Bug(
                    "the right code of anybody forgives wrong ones",
                    "routes/wallet/wrong-codes/right.sql",
                    "connection = :#connection and",
                    "",
                    "WrongCodesTest"),
            new Bug(
                    "a code may be tried to its end by whoever did not ask for it",
                    "routes/wallet/pin-try.sql",
                    "and (connection = :#connection or elsewhere < 2)",
                    "",
                    "WrongCodesTest"),
            new Bug(
                    "a code that AIQ never got was tried",
                    "routes/wallet/pin-untried.sql",
                    "set tries = tries - 1",
                    "set tries = tries",
                    "UnclearCodeTest"),
            new Bug(
                    "half a transaction is committed when a step fails",
                    "src/main/java/aiqbridge/store/StoreTransaction.java",
                    "if (exchange.getException() != null || exchange.isRollbackOnly()",
                    "if (exchange.isRollbackOnly()",
                    "OwnDatabaseFaultsTest"),
            new Bug(
                    "a till is blamed for our own database",
                    "src/main/java/aiqbridge/store/StoreFault.java",
                    "return ours(failed);",
                    "return false;",
                    "OwnDatabaseFaultsTest"),
            new Bug(
                    "a checkout whose outcome could not be kept is due again",
                    "routes/redemption/execute/lost.sql",
                    "coalesce(a.outcome, '') <> 'NOT_SENT') then 'UNKNOWN' else 'DUE' end,",
                    "coalesce(a.outcome, 'NOT_SENT') <> 'NOT_SENT') then 'UNKNOWN' else 'DUE' end,",
                    "OwnDatabaseFaultsTest"),
            new Bug(
                    "an outage of our own database fills the log",
                    "src/main/java/aiqbridge/NewsOnly.java",
                    "at == null || now - at >= AGAIN_MS",
                    "at == null || now >= at",
                    "StoreFaultTest"),
            new Bug(
                    "half an answer hides its cause",
                    "src/main/java/aiqbridge/NewsOnly.java",
                    "return outside.equals(inside) ? outside :",
                    "return true ? outside :",
                    "StoreFaultTest"),
            new Bug(
                    "a second bridge on the same PostgreSQL starts",
                    "src/main/java/aiqbridge/store/Store.java",
                    "exclusive ? new OnlyBridge(apart(settings, url, LOCK_PATIENCE)) : null",
                    "null",
                    "SecondBridgeTest"),
            new Bug(
                    "a lock that was lost is not taken again",
                    "src/main/java/aiqbridge/store/Installation.java",
                    "if (!own.alone()) {",
                    "if (false) {",
                    "SecondBridgeTest"),
            new Bug(
                    "a void before its sale changes nothing",
                    "routes/reversal/hear/redemption-voided.sql",
                    "v.kind in ('void', 'deleted')",
                    "v.kind = ''",
                    "PosFlowTest"),
            new Bug(
                    "what nobody waits for takes the calls of a minute at once",
                    "src/main/java/aiqbridge/aiq/AiqBudget.java",
                    "if (priority != Priority.PERSON && limits[1] > 0) {",
                    "if (false) {",
                    "AiqBudgetTest"),
            new Bug(
                    "what nobody waits for does not yield to people",
                    "src/main/java/aiqbridge/aiq/AiqBudget.java",
                    "if (now - calls.waitedAt >= AFTER_A_PERSON) {",
                    "if (true) {",
                    "AiqBudgetTest"),
            new Bug(
                    "a sign-up that never left is counted",
                    "routes/customer/sign-up.camel.yaml",
                    "- to: {uri: direct:limit-back}",
                    "",
                    "UnclearCodeTest"),
            new Bug(
                    "one reading counts as proof",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "row.absentSince() != null && doubt.apart(row.absentSince(), begun)",
                    "true",
                    "EvidenceTest"),
            new Bug(
                    "a reading counts before the effect may show",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "if (begun < endedAt(row) + ended.toMillis() || made == null) {",
                    "if (made == null) {",
                    "EvidenceTest"),
            new Bug(
                    "a list proves absence without showing what was confirmed",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "controls.stream().allMatch(control -> control.reversed() == 1 || shown.contains(control))",
                    "true",
                    "EvidenceTest"),
            new Bug(
                    "an account of which nothing was confirmed has complete lists",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "boolean qualified = !shown.isEmpty()",
                    "boolean qualified = true",
                    "EvidenceTest"),
            new Bug(
                    "a list of just a page counts as whole",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "&& !PAGE_SIZES.contains(report.rows().size())",
                    "",
                    "EvidenceTest"),
            new Bug(
                    "a control is shown whenever AIQ says it was",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "&& inTime(control, r.at(), within)",
                    "",
                    "EvidenceTest"),
            new Bug(
                    "one reading is enough",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "row.absentSince() != null && doubt.apart(row.absentSince(), begun)",
                    "true",
                    "EvidenceTest"),
            new Bug(
                    "the lists alone are believed of any account",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "return row.points().signum() == 0 || absenceIsEnough.contains(row.accountId());",
                    "return true;",
                    "EvidenceTest"),
            new Bug(
                    "the lists alone are believed as early as with the wallet",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "shown(row.accountId(), effectWithin).multipliedBy(2)",
                    "shown(row.accountId(), effectWithin)",
                    "EvidenceTest"),
            new Bug(
                    "one silent reading of the lists is enough",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "if (lists && row.listsSilentSince() != null && doubt.listsApart(row, row.listsSilentSince(), listsBegun)) {",
                    "if (lists) {",
                    "EvidenceTest"),
            new Bug(
                    "the report alone is enough",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "&& doubt.listsCount(row, timeline)",
                    "",
                    "EvidenceTest"),
            new Bug(
                    "what the lists alone let go again goes as often as the rest",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    " || row.resendsByLists() > 0",
                    "",
                    "EvidenceTest"),
            new Bug(
                    "of two rows without a sale the first is taken",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "fit.size() == 1 && alone",
                    "!fit.isEmpty() && alone",
                    "EvidenceTest"),
            new Bug(
                    "one odd wallet parks",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "return doubt.apart(since, timeline.begun())",
                    "return true",
                    "EvidenceTest"),
            new Bug(
                    "what took effect after all is not noticed",
                    "src/main/java/aiqbridge/redemption/Confirmation.java",
                    ".anyMatch(r -> one.executed() ? doubt.again(r, one.control(), report.begun()) : doubt.afterAll(r, one, report.begun()))",
                    ".anyMatch(r -> one.executed() && doubt.again(r, one.control()))",
                    "ConfirmationTest"),
            new Bug(
                    "an effect much later than assumed is not noticed",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "|| again(r, one.control(), begun)",
                    "|| false && again(r, one.control(), begun)",
                    "FaultStoriesTest"),
            new Bug(
                    "the next attempt's effect is taken for one that came late",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "(one.doubtedFrom() == null || r.at() < one.doubtedFrom() - error(one.aiqStartedAt()))",
                    "true",
                    "ConfirmationTest"),
            new Bug(
                    "a second row for one sale is not noticed",
                    "src/main/java/aiqbridge/redemption/Confirmation.java",
                    ".anyMatch(r -> one.executed() ? doubt.again(r, one.control(), report.begun()) : doubt.afterAll(r, one, report.begun()))",
                    ".anyMatch(r -> !one.executed() && doubt.afterAll(r, one))",
                    "ConfirmationTest"),
            new Bug(
                    "a report that shows nothing of ours says what is missing",
                    "src/main/java/aiqbridge/redemption/Confirmation.java",
                    "report.qualified() && ",
                    "",
                    "ConfirmationTest"),
            new Bug(
                    "how late the report was is not learnt",
                    "src/main/java/aiqbridge/redemption/Confirmation.java",
                    "lag = Math.max(lag, one.missingAt() - one.endedAt());",
                    "",
                    "ConfirmationTest"),
            new Bug(
                    "any number is sent again at once",
                    "src/main/java/aiqbridge/redemption/ResendBrake.java",
                    "boolean braked = account.again() - account.confirmed() >= Math.max(most, account.confirmed());",
                    "boolean braked = false;",
                    "ConfirmationTest"),
            new Bug(
                    "an account that is stopped is settled by silence all the same",
                    "src/main/java/aiqbridge/redemption/ResendBrake.java",
                    "(braked || account.stopped() == 1)",
                    "braked",
                    "ConfirmationTest"),
            new Bug(
                    "a late report is not waited for longer",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "return 2 * seen > reportLag.toMillis() ? Duration.ofMillis(2 * seen) : reportLag;",
                    "return reportLag;",
                    "ConfirmationTest"),
            new Bug(
                    "the timeline is asked although the report is whole and silence says nothing yet",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "(row.parked() || !doubt.silenceCounts(row))",
                    "row.parked()",
                    "UnclearRedemptionTest"),
            new Bug(
                    "reversals of an account that is stopped go again",
                    "src/main/java/aiqbridge/reversal/ReversalEvidence.java",
                    "reversal.resendStopped() == 0 && ",
                    "",
                    "ConfirmationTest"),
            new Bug(
                    "what was reversed takes a row that may be another's",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "control.reversed() == 1 || free.remove(r)",
                    "free.remove(r)",
                    "EvidenceAttackTest"),
            new Bug(
                    "of rows that could be a control's the latest is",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    ".thenComparing(ReportRow::at);",
                    ".thenComparing(ReportRow::at, Comparator.reverseOrder());",
                    "EvidenceAttackTest"),
            new Bug(
                    "what gives points back is evidence for a redemption",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "r.points().signum() <= 0",
                    "true",
                    "EvidenceAttackTest"),
            new Bug(
                    "a neighbour's row is anybody's",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "row.unnamed() == 0 && neighboursKnown(row, list, used)",
                    "row.unnamed() == 0",
                    "SettleAttackTest"),
            new Bug(
                    "a row of nobody in particular is silence",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    " || row.nobodyKnowsWhose(r) && alike(row, r)",
                    "",
                    "EvidenceAttackTest"),
            new Bug(
                    "a person decides before an effect had its time",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "if (row.parked() || !doubt.silenceCounts(row)) {",
                    "if (row.parked()) {",
                    "SettleAttackTest"),
            new Bug(
                    "the wallet may not lag",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "return walletLag.compareTo(report) > 0 ? walletLag : report;",
                    "return Duration.ZERO;",
                    "EvidenceTest"),
            new Bug(
                    "an effect cannot be late",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "limited(row) ? Duration.ZERO : effectWithin",
                    "Duration.ZERO",
                    "EvidenceTest"),
            new Bug(
                    "a discount of which AIQ does not say that it is single-use is",
                    "src/main/java/aiqbridge/aiq/Discount.java",
                    "return Boolean.FALSE.equals(reusableOrNull);",
                    "return !reusable();",
                    "EvidenceTest"),
            new Bug(
                    "any contact's wallet is a reading",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "&& row.contactId().equals(((Wallet) answer.value()).contactId())",
                    "",
                    "EvidenceTest"),
            new Bug(
                    "movements that are not ours are not taken off the balance",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "without = counted;",
                    "without.add(BigDecimal.ONE);",
                    "EvidenceTest"),
            new Bug(
                    "a single-use discount may be given again",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "row.offers() == null ? 1 : row.offers()",
                    "wallet.offers(row.discountId())",
                    "EvidenceTest"),
            new Bug(
                    "a reversal is absent from a timeline that does not show its redemption",
                    "src/main/java/aiqbridge/reversal/ReversalEvidence.java",
                    "timeline.complete() || doubt.limited(reversal) && timeline.listed()",
                    "timeline.listed()",
                    "ReversalEvidenceTest"),
            new Bug(
                    "another movement may hide the effect",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "return stands && hidden ? null : (Boolean) stands;",
                    "return stands;",
                    "EvidenceTest"),
            new Bug(
                    "redemptions of a contact go while another is in doubt",
                    "routes/redemption/execute/claim.sqlite.sql",
                    "and not exists (select 1 from in_doubt d",
                    "and not exists (select 1 from (select * from in_doubt where 1 = 0) d",
                    "OneAtATimeTest"),
            new Bug(
                    "AIQ's own clock need not go on",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "if (begun < endedAt(row) + ended.toMillis() || made == null) {",
                    "if (begun >= endedAt(row) + ended.toMillis()) { return true; } if (made == null) {",
                    "EvidenceTest"),
            new Bug(
                    "an answer out of a cache is new",
                    "src/main/java/aiqbridge/aiq/AiqClock.java",
                    "- age * 1_000;",
                    ";",
                    "UnclearRedemptionTest"),
            new Bug(
                    "lists bear our times",
                    "src/main/java/aiqbridge/redemption/Doubt.java",
                    "return aiqs == null ? ours : aiqs;",
                    "return ours;",
                    "EvidenceTest"),
            new Bug(
                    "a balance that is not lower counts as unchanged",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "boolean stands = without.contains(plain(wallet.points()));",
                    "boolean stands = without.stream().anyMatch(b -> wallet.points().compareTo(b) >= 0);",
                    "EvidenceTest"),
            new Bug(
                    "a refund is no movement of the balance",
                    "src/main/java/aiqbridge/redemption/Evidence.java",
                    "timeline.rows().stream().filter(r -> since(row, r)).toList();",
                    "timeline.rows().stream().filter(r -> since(row, r) && !\"refund\".equals(r.type())).toList();",
                    "EvidenceTest"),
            new Bug(
                    "what is in doubt expires",
                    "routes/redemption/release/expired.sql",
                    "status in ('QUEUED', 'SELECTED') and expires_at",
                    "status in ('QUEUED', 'SELECTED', 'UNKNOWN') and queued_at + 60000",
                    "FaultStoriesTest"),
            new Bug(
                    "what is in doubt is released when its sale is voided",
                    "routes/reversal/hear/redemption-voided.sql",
                    "status in ('QUEUED', 'SELECTED', 'DUE') and",
                    "status in ('QUEUED', 'SELECTED', 'DUE', 'UNKNOWN') and",
                    "FaultStoriesTest"),
            new Bug(
                    "a status makes a reversal an adjustment",
                    "src/main/java/aiqbridge/reversal/ReversalOutcome.java",
                    "case NOT_SENT -> again(reversal, answer);",
                    "case NOT_SENT -> again(reversal, answer); case UNCLEAR -> again(reversal, answer).by(\"ADJUSTMENT\");",
                    "NoStatusProvesAnythingTest"),
            new Bug(
                    "a missing list is an empty one",
                    "src/main/java/aiqbridge/aiq/Wallet.java",
                    "return discounts != null && (",
                    "return (",
                    "UnclearRedemptionTest"),
            new Bug(
                    "a dead worker's attempt is forgotten",
                    "routes/redemption/execute/lost.sql",
                    "'UNKNOWN'",
                    "'DUE'",
                    "UnclearRedemptionTest"),
            new Bug(
                    "the ledger has no row for what was taken",
                    "routes/redemption/outcome/ledger.sql",
                    "where r.redemption_id = :#redemption_id",
                    "where r.redemption_id = :#redemption_id and 1 = 0",
                    "PosFlowTest"),
            new Bug(
                    "the poll has no overlap",
                    "src/main/java/aiqbridge/pos/PosWindow.java",
                    "- (sweep ? sweepOverlap : overlap).toMillis()",
                    "- (sweep ? sweepOverlap : Duration.ZERO).toMillis()",
                    "ViewOnPostgresqlTest"),
            new Bug(
                    "redemption URLs may go to any host",
                    "src/main/java/aiqbridge/aiq/RedemptionUrl.java",
                    "check(host.equals(base.getHost()), host, \"host\");",
                    "",
                    "RedemptionUrlTest"),
            new Bug(
                    "a code may be tried without end",
                    "routes/wallet/pin-try.sql",
                    "and tries < 5",
                    "",
                    "WalletLimitsTest"),
            new Bug(
                    "a restored database is taken for the present one",
                    "src/main/java/aiqbridge/store/Installation.java",
                    "return beside.length != 2 ||",
                    "return false && beside.length != 2 ||",
                    "RestoreTest"),
            new Bug(
                    "the brake does not hold",
                    "routes/reversal/hear/wanted.sql",
                    "<= cast(:#brake as integer)",
                    "<= 1000000 + cast(:#brake as integer)",
                    "SaleJudgementTest"),
            new Bug(
                    "any signature will do",
                    "src/main/java/aiqbridge/storefront/door/SignatureCheck.java",
                    "right != null && MessageDigest.isEqual(right, one)",
                    "right != null",
                    "GenericDoorTest"),
            new Bug(
                    "an old webhook is good again",
                    "src/main/java/aiqbridge/storefront/door/SignatureCheck.java",
                    "at != null && Math.abs(clock.millis() - at) <= signature.tolerance().toMillis()",
                    "at != null",
                    "GenericDoorTest"),
            new Bug(
                    "a poll reads years of settled rows",
                    "src/main/java/aiqbridge/store/SqliteSource.java",
                    "tidy.execute(\"pragma optimize = 0x10002\");",
                    "",
                    "YearsTest"),
            new Bug(
                    "a cart is what was heard last",
                    "routes/cart/hear/newer.sql",
                    "and (version, digest) < (:#version, :#digest)",
                    "",
                    "CartAnyOrderTest"),
            new Bug(
                    "a cart that AIQ may have is sent again",
                    "src/main/java/aiqbridge/cart/CartOutcome.java",
                    "return ended(cart, answer, \"UNCLEAR\", null, more);",
                    "return ended(cart, answer, \"WAITING\", null, more);",
                    "CartSendTest"),
            new Bug(
                    "consent that nobody gave counts",
                    "src/main/java/aiqbridge/cart/CartRules.java",
                    "shop.consentHeldByAiq() && !inCanada(shop) ? \"sent\" : \"kept\"",
                    "\"sent\"",
                    "CartSendTest"),
            new Bug(
                    "a cancelled order keeps its reward",
                    "routes/redemption/order/reversal-wanted.sql",
                    ", 'EXECUTED')",
                    ")",
                    "ShopOrderTest"),
            new Bug(
                    "the till shows the points of one reward only",
                    "routes/pos/write-back/wanted.sql",
                    "(select sum(o.points) from",
                    "(select max(o.points) from",
                    "PosFlowTest"),
            new Bug(
                    "check leaves the points on the till",
                    "src/main/java/aiqbridge/check/TillDatabase.java",
                    "one.rollback();",
                    "one.commit();",
                    "PosCheckTest"),
            new Bug(
                    "a sign of a make's own is taken for a parameter",
                    "src/main/java/aiqbridge/route/StatementParameters.java",
                    "PLACEHOLDER = \"(?<=:)#",
                    "PLACEHOLDER = \"#",
                    "StatementParametersTest"),
            new Bug(
                    "a row that is read again stays among those that cannot be",
                    "routes/pos/poll.camel.yaml",
                    "- to: {id: pos-poll-ended-read-again, uri: sql, parameters: {query: file:routes/pos/poll/read-again.sql, noop: \"true\"}}",
                    "",
                    "UnreadRowsTest"),
            new Bug(
                    "a note that was cut is a note",
                    "src/main/java/aiqbridge/pos/PosRows.java",
                    "text.length() >= CUT_NOTE &&",
                    "false &&",
                    "PosRowsTest"),
            new Bug(
                    "a replaced file is read on",
                    "routes/pos/poll.camel.yaml",
                    "- bean: {ref: tillIdentity, method: \"look(${header.connection})\"}",
                    "",
                    "TillIdentityTest"),
            new Bug(
                    "what an old file had is missed in a new one",
                    "routes/pos/standing/asked.sql",
                    "t.seen_at > coalesce((select d.since from pos_database d where d.connection = :#connection), 0)",
                    "t.seen_at > 0",
                    "TillIdentityTest"),
            new Bug(
                    "points that a till refuses are written for ever",
                    "src/main/java/aiqbridge/pos/PosFault.java",
                    "return sql != null && refused(sql);",
                    "return false;",
                    "RefusedPointsTest"),
            new Bug(
                    "the customer's code stays in the till's table",
                    "routes/pos/requests/claimed.sql",
                    ", code = null",
                    "",
                    "RequestTableTest"),
            new Bug(
                    "a request that was interrupted is another one when it is done again",
                    "src/main/java/aiqbridge/pos/PosRequest.java",
                    "\"table \" + row.requestId()",
                    "\"table \" + System.nanoTime()",
                    "RequestTableTest"),
            new Bug(
                    "a poll of OSPOS reads every payment there is",
                    "routes/pos/ospos/sales.sql",
                    "where p.payment_time >= from_unixtime(:#since_epoch) - interval 1 hour",
                    "where unix_timestamp(p.payment_time) >= :#since_epoch",
                    "OsposOnMariadbTest"),
            new Bug(
                    "a return in OSPOS may be of any customer's sale",
                    "routes/pos/ospos/reversals.sql",
                    "o.customer_id = s.customer_id and",
                    "",
                    "OsposOnMariadbTest"),
            new Bug(
                    "a note on a line of OSPOS's is not read",
                    "routes/pos/ospos/sales.sql",
                    "i.description, i.serialnumber, ''",
                    "left(i.description, 0), left(i.serialnumber, 0), ''",
                    "OsposOnMariadbTest"),
            new Bug(
                    "OSPOS's wall clock is read in the server's zone",
                    "routes/pos/ospos/sales.sql",
                    "date_format(s.sale_time, '%Y-%m-%d %H:%i:%s') as completed_at",
                    "unix_timestamp(s.sale_time) as completed_at",
                    "OsposZoneTest"),
            new Bug(
                    "change that OSPOS gave back counts as paid",
                    "routes/pos/ospos/sales.sql",
                    "p.payment_amount - p.cash_refund",
                    "p.payment_amount",
                    "OsposOnMariadbTest"),
            new Bug(
                    "cash that OSPOS rounded is counted twice",
                    "routes/pos/ospos/sales.sql",
                    "and cash_adjustment = 0",
                    "",
                    "OsposOnMariadbTest"),
            new Bug(
                    "a sale of OSPOS's that was free is not heard",
                    "routes/pos/ospos/sales.sql",
                    "where f.sale_time >= :#since and",
                    "where f.sale_time > '2999-01-01' and f.sale_time >= :#since and",
                    "OsposOnMariadbTest"),
            new Bug(
                    "Odoo's UTC is taken for the store's time",
                    "routes/pos/odoo/sales.sql",
                    "extract(epoch from o.date_order) as completed_at",
                    "o.date_order as completed_at",
                    "OdooOnPostgresqlTest"),
            new Bug(
                    "an amended invoice is another sale",
                    "routes/pos/erpnext/sales.sql",
                    "select if(coalesce(i.amended_from, '') = '', i.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(i.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = i.amended_from), i.amended_from)) as transaction_id",
                    "select i.name as transaction_id",
                    "ErpnextOnMariadbTest"),
            new Bug(
                    "the walk-in customer of a till is somebody",
                    "routes/pos/erpnext/sales.sql",
                    "if(i.customer = p.customer or coalesce(i.contact_mobile, '') = ''",
                    "if(coalesce(i.contact_mobile, '') = ''",
                    "ErpnextOnMariadbTest"),
            new Bug(
                    "what a closed shift merges is another sale",
                    "routes/pos/erpnext/sales.sql",
                    " and i.is_consolidated = 0",
                    "",
                    "ErpnextStatementsTest"),
            new Bug(
                    "a return that was cancelled still counts",
                    "routes/pos/erpnext/reversals.sql",
                    "br.return_against = o.name and br.docstatus = 1",
                    "br.return_against = o.name",
                    "ErpnextStatementsTest"),
            new Bug(
                    "a tip has to come back for a sale to be whole",
                    "routes/pos/odoo/reversals.sql",
                    "c.tip_product_id = g.product_id",
                    "false",
                    "OdooStatementsTest"),
            new Bug(
                    "a refund that was cancelled still counts",
                    "routes/pos/odoo/standing.sql",
                    "(select id from goods) and bo.state in ('paid', 'done', 'invoiced')",
                    "(select id from goods)",
                    "OdooStatementsTest"),
            new Bug(
                    "a refund made in the back office is a twin of its sale",
                    "routes/pos/odoo/sales.sql",
                    "not exists (select from pos_order_line l where l.order_id = o.id and l.refunded_orderline_id is not null)",
                    "true",
                    "OdooStatementsTest"),
            new Bug(
                    "nobody is told that a version lacks a column",
                    "routes/pos/odoo/check.sql",
                    "and a.attname = m.of_column and not a.attisdropped)",
                    "or a.attname = m.of_column)",
                    "OdooStatementsTest"),
            new Bug(
                    "a transaction of another store is the same",
                    "routes/pos/rms/sales.sql",
                    "cast(t.StoreID as varchar(11)) + '-' + cast(t.TransactionNumber as varchar(11)) as transaction_id",
                    "cast(t.TransactionNumber as varchar(11)) as transaction_id",
                    "RmsTest"),
            new Bug(
                    "a reason has no words",
                    "routes/reversal/hear/sale-partly-returned.sql",
                    "set flag = 'partly-returned'",
                    "set flag = 'partly-back'",
                    "ReasonsTest"),
            new Bug(
                    "a reason that a bean binds has no words",
                    "src/main/java/aiqbridge/redemption/WalletCheck.java",
                    "\"price-changed\"",
                    "\"other-price\"",
                    "ReasonsTest"),
            new Bug(
                    "what is flagged needs no look",
                    "src/main/resources/store/common/V89__needs_look.sql",
                    "from redemption r where r.flag is not null and",
                    "from redemption r where 1 = 0 and",
                    "NeedsLookTest"),
            new Bug(
                    "a flag that somebody looked at hides the next one",
                    "src/main/resources/store/sqlite/V90__looked_anew.sql",
                    "when old.flag_looked_at is not null and",
                    "when 1 = 0 and",
                    "NeedsLookTest"),
            new Bug(
                    "another part that was returned is not noticed",
                    "routes/reversal/hear/sale-partly-returned.sql",
                    "flag_looked_at = null, ",
                    "",
                    "NeedsLookTest"),
            new Bug(
                    "what waits for a decision may be looked away",
                    "src/main/java/aiqbridge/operator/RedemptionDecisions.java",
                    "if (reasons.stream().allMatch(",
                    "if (false && reasons.stream().allMatch(",
                    "NeedsLookTest"),
            new Bug(
                    "what the till itself released is suspected",
                    "routes/redemption/fulfil/given-after-release.sql",
                    "and s.reason <> 'by the caller'",
                    "",
                    "NeedsLookTest"),
            new Bug(
                    "a sale that is open is late at once",
                    "src/main/resources/store/common/V89__needs_look.sql",
                    "else (r.expires_at - r.queued_at) / 4 end as look_at",
                    "else 0 end as look_at",
                    "NeedsLookTest"),
            new Bug(
                    "the slowest redemption is the usual one",
                    "src/main/java/aiqbridge/redemption/UsualWait.java",
                    "sorted.get((sorted.size() * 19 + 19) / 20 - 1)",
                    "sorted.get(sorted.size() - 1)",
                    "UsualWaitTest"),
            new Bug(
                    "a person redeems again what AIQ's records show by now",
                    "src/main/java/aiqbridge/operator/RedemptionDecisions.java",
                    "if (isTrue(row, \"asked\") && !askedLately(row)) {",
                    "if (false) {",
                    "DecisionsTest"),
            new Bug(
                    "an answer without a list is a look into AIQ's records",
                    "src/main/java/aiqbridge/redemption/LastRead.java",
                    ".filter(Reading::listed)",
                    "",
                    "DecisionsTest"),
            new Bug(
                    "the audit log may be changed",
                    "src/main/resources/store/sqlite/V6__audit_guards.sql",
                    "select raise(abort, 'the audit log is append-only')",
                    "select 1",
                    "SqliteStoreTest"),
            new Bug(
                    "another site may send the page's forms",
                    "src/main/java/aiqbridge/page/PageDoor.java",
                    "&& !same(request.session().csrf()",
                    "&& false && !same(request.session().csrf()",
                    "PageSecurityTest"));

    public static void main(String[] args) throws Exception {
        boolean look = List.of(args).contains("--look");
        List<Bug> bugs = BUGS.stream()
                .filter(bug -> Stream.of(args)
                        .filter(arg -> !arg.equals("--look"))
                        .allMatch(word -> (bug.file() + " " + bug.test()).contains(word)))
                .toList();
        Path project = Path.of("").toAbsolutePath();
        if (!Files.exists(project.resolve("pom.xml"))) {
            throw new IllegalStateException("Run it from the folder that holds pom.xml.");
        }
        Path copy = Files.createTempDirectory("planted-bugs");
        copy(project, copy);
        int missed = 0;
        for (Bug bug : bugs) {
            Path file = copy.resolve(bug.file());
            String right = Files.readString(file);
            Matcher found = bug.found(right);
            if (!found.find()) {
                System.out.println(
                        "GONE    " + bug.what() + ": " + bug.file() + " no longer holds what the bug would change");
                missed++;
                continue;
            }
            if (look) {
                continue;
            }
            Files.writeString(file, found.replaceAll(Matcher.quoteReplacement(bug.wrong())));
            String report = test(copy, bug.test());
            Files.writeString(file, right);
            boolean caught = report.lines()
                    .anyMatch(line ->
                            line.matches(".*Tests run: \\d+, (Failures: [1-9].*|Failures: 0, Errors: [1-9].*)"));
            missed += caught ? 0 : 1;
            System.out.println((caught ? "caught  " : "MISSED  ") + bug.what() + " (" + bug.test() + ")");
            if (!caught) {
                System.out.println(
                        report.lines().filter(l -> l.contains("ERROR")).limit(3).toList());
            }
        }
        System.out.println(
                look
                        ? missed + " of " + bugs.size() + " bugs have nowhere to be planted."
                        : bugs.size() - missed + " of " + bugs.size() + " planted bugs turned the suite red.");
        System.exit(missed == 0 ? 0 : 1);
    }

    private static String test(Path copy, String test) throws IOException, InterruptedException {
        Path out = copy.resolve("planted.log");
        Process maven = new ProcessBuilder("mvn", "-q", "-B", "test", "-Dtest=" + test)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!maven.waitFor(10, TimeUnit.MINUTES)) {
            maven.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(f ->
                            Stream.of("target", ".git", "data").noneMatch(skip -> f.startsWith(from.resolve(skip))))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
