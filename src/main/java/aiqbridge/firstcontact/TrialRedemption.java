package aiqbridge.firstcontact;

import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Priority;
import aiqbridge.aiq.Receipt;
import aiqbridge.aiq.Wallet;
import aiqbridge.firstcontact.Progress.Trial;
import aiqbridge.privacy.SecretUrl;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One redemption, looked for in wallet, timeline and reports, and given back. The attempt is kept before the first byte leaves, and nothing is sent twice
 * without a person's word; what is in doubt is asked for in AIQ's books.
 */
final class TrialRedemption {
    private static final long AROUND = Duration.ofMinutes(15).toMillis();
    private final Sitting s;
    private final Asks.Customer customer;
    private final Wallets wallets;
    private final Clock clock;
    /** Of this sitting alone: it is as good as money. */
    private SecretUrl url;

    private JsonNode receipt;

    TrialRedemption(Sitting sitting, Asks.Customer customer, Wallets wallets, Clock clock) {
        this.s = sitting;
        this.customer = customer;
        this.wallets = wallets;
        this.clock = clock;
    }

    void steps() {
        s.step("redeem", "One redemption, with a transaction id.", this::redeem);
        if (trial() == null || trial().sentAt == 0) {
            for (Point point : List.of(
                    Point.L,
                    Point.R,
                    Point.C,
                    Point.P,
                    Point.U,
                    Point.TRANSACTION,
                    Point.REDEMPTION_ID,
                    Point.SECOND_PUT,
                    Point.REVERSAL,
                    Point.REVERSAL_RESTORES,
                    Point.ADJUSTMENT,
                    Point.TIMELINE,
                    Point.REDEMPTIONS_REPORT,
                    Point.ADJUSTMENTS_REPORT)) {
                s.notSeen(point, "nothing was redeemed");
            }
            s.progress.done.remove("redeem");
            return;
        }
        s.step("balance", "The balance after it.", this::balance);
        s.step("books", "AIQ's books: the redemption in timeline and report.", this::books);
        settled();
        s.step("second-put", "The same address a second time.", this::secondPut);
        s.step("reversal", "The redemption is reversed.", this::reverse);
        s.step("adjustment", "Points are adjusted.", this::adjust);
        if (trial().taken.signum() != 0) {
            trial().left = true;
            s.progress.done.remove("reversal");
            s.progress.done.remove("adjustment");
            s.keep();
            throw new Dialogue.Stopped(trial().taken.toPlainString() + " points of the test contact "
                    + trial().contactId + " are still taken (transaction " + trial().transactionId
                    + "). Give them back in AIQ by hand, or run the check again once AIQ has said how.");
        }
    }

    /** What was sent and not seen to its end is neither sent again nor reckoned with: the person says how AIQ stands. */
    private void settled() {
        Trial trial = trial();
        if (trial.moving == null) {
            return;
        }
        String typed = s.person.ask(
                "  " + trial.moving
                        + " was sent, and its end was not seen. Look in AIQ: how many points of the test are still taken (below 0: too many given back)? Enter to go on another time");
        if (!typed.matches("-?\\d{1,7}(\\.\\d{1,3})?")) {
            throw new Dialogue.Stopped("Nothing more is sent until somebody has looked in AIQ.");
        }
        ended(new BigDecimal(typed));
    }

    private void ended(BigDecimal taken) {
        trial().taken = taken;
        trial().moving = null;
        s.keep();
    }

    /** One call that moves points, kept before it leaves; what never left moved nothing. */
    private Heard move(String what, String operation, AiqAsk ask) {
        trial().moving = what;
        s.keep();
        try {
            return s.call(operation, ask);
        } catch (Dialogue.Stopped e) {
            ended(trial().taken);
            throw e;
        }
    }

    /** AIQ plainly refused it; after anything else it may have done it. */
    private static boolean refused(Heard heard) {
        return heard.status() >= 400 && heard.status() < 500 && heard.status() != 408 && heard.status() != 429;
    }

    private Trial trial() {
        return s.progress.trial;
    }

    private void redeem() {
        if (trial() != null && trial().sentAt > 0) {
            s.person.say(
                    "  It was sent in an earlier sitting, and what AIQ answered is not known. It is not sent again.");
            return;
        }
        Wallet wallet = wallets.read();
        Discount discount = wallet == null ? null : chosen(wallet);
        if (discount == null) {
            s.person.say("  Nothing is redeemed.");
            return;
        }
        wallets.redemptionUrl(discount);
        Trial trial = new Trial();
        trial.contactId = wallet.contactId();
        trial.discountId = discount.id();
        trial.points = discount.points();
        trial.before = wallet.points();
        trial.transactionId = "AIQ-CHECK-" + Long.toString(clock.millis(), 36).toUpperCase(Locale.ROOT);
        trial.singleUse = discount.reusableOrNull() == null ? null : discount.singleUse();
        trial.offers = wallet.offers(discount.id());
        if (!s.person.yes("  " + discount.points().toPlainString() + " points are taken from the test customer for \""
                + discount.name() + "\", under the transaction id " + trial.transactionId + ". Redeem it?")) {
            return;
        }
        url = discount.redemptionUrl();
        trial.sentAt = clock.millis();
        s.progress.trial = trial;
        s.keep();
        Heard heard;
        try {
            heard = s.call("redeem", new Asks.Redemption(s.account.accountId(), url, trial.transactionId));
        } catch (Dialogue.Stopped e) {
            trial.sentAt = 0;
            s.keep();
            throw e;
        }
        if (heard.answer().outcome() == aiqbridge.aiq.AiqAnswer.Outcome.FORBIDDEN_URL) {
            trial.sentAt = 0;
            s.keep();
            s.person.say("  It was not sent: " + heard.answer().detail() + ".");
            return;
        }
        trial.answeredAt = heard.to();
        trial.clear = heard.done();
        receipt = heard.data();
        if (heard.done()) {
            String id = ((Receipt) heard.answer().value()).aiqRedemptionId();
            boolean another = id != null
                    && (id.equals(trial.discountId) || id.equals(trial.contactId) || id.equals(trial.transactionId));
            trial.redemptionId = another ? null : id;
            trial.taken = trial.points;
            s.person.say("  AIQ answers " + heard.status() + ".");
        } else {
            s.differs(
                    Point.REDEEM_ERRORS,
                    "a redemption was answered with " + FirstContact.status(heard) + ", which proves nothing");
            s.person.say("  Whether the points were taken, AIQ's books have to tell.");
        }
        s.keep();
    }

    private Discount chosen(Wallet wallet) {
        List<Discount> good = wallet.offered().stream()
                .filter(d -> d.available()
                        && d.redemptionUrl() != null
                        && d.points() != null
                        && (wallet.points() == null || d.points().compareTo(wallet.points()) <= 0))
                .sorted(java.util.Comparator.comparing(Discount::points))
                .toList();
        for (int i = 0; i < good.size(); i++) {
            s.person.say("  " + (i + 1) + "  " + good.get(i).name() + ", "
                    + good.get(i).points().toPlainString() + " points"
                    + (good.get(i).singleUse() ? ", once" : good.get(i).reusable() ? ", reusable" : ""));
        }
        String number = good.isEmpty()
                ? ""
                : s.person.ask("  Which one is redeemed and given back? Its number, Enter for none");
        return number.matches("\\d{1,3}") && Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= good.size()
                ? good.get(Integer.parseInt(number) - 1)
                : null;
    }

    private void balance() {
        Trial trial = trial();
        if (trial.before == null) {
            s.notSeen(Point.L, "the balance is hidden");
            s.notSeen(Point.P, "the balance is hidden");
            return;
        }
        BigDecimal expected = trial.before.subtract(trial.points);
        Wallet[] last = new Wallet[1];
        boolean moved = s.wait("the balance of " + expected.toPlainString() + " points", () -> {
                    last[0] = wallets.read();
                    return Optional.ofNullable(last[0])
                            .map(Wallet::points)
                            .filter(p -> trial.points.signum() == 0 || p.compareTo(trial.before) < 0);
                })
                .isPresent();
        if (!moved) {
            s.differs(
                    Point.P,
                    "the balance did not move" + (trial.clear ? "" : ": the redemption may not have happened"));
            s.notSeen(Point.L, "the balance did not move");
            return;
        }
        if (trial.clear || last[0].points().compareTo(expected) == 0) {
            trial.taken = trial.taken.max(trial.points);
        }
        if (last[0].points().compareTo(expected) == 0) {
            s.confirmed(Point.P, "the balance fell by " + trial.points.toPlainString());
        } else {
            s.differs(
                    Point.P,
                    "the balance moved by "
                            + last[0].points().subtract(trial.before).toPlainString() + " for "
                            + trial.points.toPlainString() + " points");
        }
        lag(Point.L, "aiq.wallet-lag", clock.millis() - from(trial));
        contact(last[0]);
        if (Boolean.TRUE.equals(trial.singleUse)) {
            if (last[0].offers(trial.discountId) < trial.offers) {
                s.confirmed(Point.U, "it is gone from the wallet");
            } else {
                s.differs(Point.U, "it is still offered");
            }
        } else {
            s.notSeen(Point.U, "the discount is reusable, or AIQ does not say");
        }
    }

    private static long from(Trial trial) {
        return trial.answeredAt > 0 ? trial.answeredAt : trial.sentAt;
    }

    private void contact(Wallet wallet) {
        if (wallet.contactId() != null && wallet.contactId().equals(trial().contactId)) {
            s.confirmed(Point.C, "wallets before and after name the same");
        } else if (wallet.contactId() != null && trial().contactId != null) {
            s.differs(Point.C, "wallets before and after name different contacts");
        }
    }

    /** The setting is to be twice what was seen. */
    private void lag(Point point, String setting, long seen) {
        if (receipt == null) {
            s.notSeen(point, "it was sent in an earlier sitting");
            return;
        }
        Duration set = s.aiq.settings().duration(setting);
        Duration lag = Duration.ofMillis(Math.max(0, seen));
        if (lag.multipliedBy(2).compareTo(set) <= 0) {
            s.confirmed(point, "seen after " + lag.toSeconds() + " s; the setting is " + s.aiq.setting(setting));
        } else {
            s.differs(point, "seen after " + lag.toSeconds() + " s; the setting has to be twice that at least");
            s.set(setting, lag.multipliedBy(2).plusMinutes(1).toMinutes() + "m");
        }
    }

    /** One of AIQ's lists, and where it showed the redemption. */
    private final class Book {
        final String operation;
        final Point point;
        JsonNode row;
        long seenAt;
        String where;
        boolean listed;

        Book(String operation, Point point) {
            this.operation = operation;
            this.point = point;
        }

        void look() {
            if (row != null || operation.equals("timeline") && trial().contactId == null) {
                return;
            }
            JsonNode data = s.callAtItsPath(operation, this::ask).data();
            where = Fields.listIn(data);
            listed |= where != null;
            if (where == null) {
                return;
            }
            List<JsonNode> rows = new ArrayList<>();
            Fields.list(data, where).forEach(rows::add);
            List<JsonNode> exact =
                    rows.stream().filter(TrialRedemption.this::isIt).toList();
            List<JsonNode> alike = rows.stream()
                    .filter(one -> looksLikeIt(one)
                            && (operation.equals("timeline")
                                    || has(one, trial().contactId)
                                    || phone(one).isPresent()))
                    .toList();
            if (!exact.isEmpty() || alike.size() == 1) {
                row = exact.isEmpty() ? alike.get(0) : exact.get(0);
                seenAt = clock.millis();
            }
        }

        AiqAsk ask() {
            long from = trial().sentAt - AROUND;
            long to = clock.millis() + AROUND;
            return operation.equals("timeline")
                    ? new AiqAsk.PeriodOfContact(s.account.accountId(), Priority.PERSON, from, to, trial().contactId)
                    : new AiqAsk.Period(s.account.accountId(), Priority.PERSON, from, to);
        }
    }

    /** By our transaction id or AIQ's own. */
    private boolean isIt(JsonNode row) {
        return row.isObject() && (has(row, trial().transactionId) || has(row, trial().redemptionId));
    }

    /** By discount, points and time: another customer's may look so too. */
    private boolean looksLikeIt(JsonNode row) {
        return row.isObject()
                && has(row, trial().discountId)
                && pointsOf(row).isPresent()
                && timeOf(row).isPresent();
    }

    private static boolean has(JsonNode row, String text) {
        return text != null && Fields.named(row, Fields.text(text)).isPresent();
    }

    private Optional<String> pointsOf(JsonNode row) {
        return Fields.named(row, Fields.number(trial().points.negate()))
                .or(() -> Fields.named(row, Fields.number(trial().points)));
    }

    private Optional<String> timeOf(JsonNode row) {
        return Fields.named(row, Fields.time(trial().sentAt - AROUND, clock.millis() + AROUND));
    }

    private void books() {
        Trial trial = trial();
        Book timeline = new Book("timeline", Point.TIMELINE);
        Book report = new Book("redemptions", Point.REDEMPTIONS_REPORT);
        List<Book> books = trial.contactId == null ? List.of(report) : List.of(timeline, report);
        int[] looks = new int[1];
        s.wait("the redemption in timeline and report", () -> {
            books.forEach(Book::look);
            looks[0]++;
            if (looks[0] == 2 && books.stream().allMatch(b -> b.row == null)) {
                inMilliseconds(books);
            }
            return books.stream().allMatch(b -> b.row != null) ? Optional.of(true) : Optional.empty();
        });
        for (Book book : books) {
            if (book.row == null) {
                s.differs(
                        book.point,
                        book.listed
                                ? "it does not show it"
                                : "there is no list in its answer: nothing can be proved with it");
            }
        }
        if (trial.contactId == null) {
            s.differs(Point.TIMELINE, "it cannot be asked for without a contact id");
        }
        Book best = timeline.row != null ? timeline : report;
        if (best.row == null) {
            trial.moving = trial.clear || trial.taken.signum() != 0 ? trial.moving : "The redemption";
            s.differs(Point.R, "nothing was seen");
            s.notSeen(Point.TRANSACTION, "no row was seen");
            s.notSeen(Point.REDEMPTION_ID, "no row was seen");
            return;
        }
        trial.seen = true;
        if (isIt(best.row)) {
            trial.taken = trial.taken.max(trial.points);
        } else if (!trial.clear && trial.taken.signum() == 0) {
            trial.moving = "The redemption";
        }
        s.keep();
        long latest = books.stream().mapToLong(b -> b.seenAt).max().orElse(0);
        lag(Point.R, "aiq.report-lag", latest - from(trial));
        id(best.row);
        for (Book book : books) {
            if (book.row != null) {
                names(book);
            }
        }
        if (has(best.row, trial.transactionId)) {
            s.confirmed(Point.TRANSACTION, "the row has it");
        } else {
            s.differs(
                    Point.TRANSACTION, "no row has it: a doubtful redemption is found by customer, discount and time");
        }
        s.keep();
    }

    private void inMilliseconds(List<Book> books) {
        String other = s.aiq.setting("aiq.report-times").equals("seconds") ? "milliseconds" : "seconds";
        boolean[] found = new boolean[1];
        s.aiq.under(Map.of("aiq.report-times", other), () -> {
            books.forEach(Book::look);
            found[0] = books.stream().anyMatch(b -> b.row != null);
        });
        if (found[0]) {
            s.differs(Point.TIMELINE, "it is asked for in " + other);
            s.set("aiq.report-times", other);
        }
    }

    /** Which field of the receipt is the redemption's id, as the books have it. */
    private void id(JsonNode row) {
        Trial trial = trial();
        if (receipt == null || receipt.isMissingNode()) {
            return;
        }
        if (trial.redemptionId != null) {
            if (has(row, trial.redemptionId)) {
                s.confirmed(Point.REDEMPTION_ID, "the one that the books have too");
            } else {
                s.differs(Point.REDEMPTION_ID, "an id is there, and the books do not have it");
            }
            return;
        }
        Map<String, String> candidates = new LinkedHashMap<>();
        leaves(receipt, "", candidates);
        candidates
                .entrySet()
                .removeIf(c -> c.getValue().equals(trial.contactId)
                        || c.getValue().equals(trial.discountId)
                        || c.getValue().equals(trial.transactionId)
                        || c.getValue().matches(".*[\\s@].*|\\+?\\d{1,15}")
                        || !c.getKey().matches("(?i)(.*(id|ref|no|number|code|token|redemption))?"));
        List<Map.Entry<String, String>> booked = candidates.entrySet().stream()
                .filter(c -> has(row, c.getValue()))
                .toList();
        List<Map.Entry<String, String>> fit = booked.isEmpty() ? List.copyOf(candidates.entrySet()) : booked;
        Optional<Map.Entry<String, String>> real = fit.size() == 1 ? Optional.of(fit.get(0)) : Optional.empty();
        if (real.isPresent() && !real.get().getKey().isEmpty()) {
            s.differs(Point.REDEMPTION_ID, "it stands in " + real.get().getKey());
            trial.redemptionId = real.get().getValue();
            s.addName("aiq.redemption-id-fields", real.get().getKey());
        } else if (real.isPresent()) {
            trial.redemptionId = real.get().getValue();
            s.confirmed(Point.REDEMPTION_ID, "the answer is the id itself");
        } else {
            s.differs(Point.REDEMPTION_ID, "the answer has none: points are given back by adjustment");
            s.set("reversal.method", "adjustment");
        }
    }

    private static void leaves(JsonNode node, String path, Map<String, String> leaves) {
        if (node.isObject()) {
            node.properties()
                    .forEach(f -> leaves(f.getValue(), path.isEmpty() ? f.getKey() : path + "." + f.getKey(), leaves));
        } else if ((node.isTextual() || node.isNumber()) && !node.asText().equals("OK")) {
            leaves.put(path, node.asText());
        }
    }

    /** What the fields of this book's rows are called. */
    private void names(Book book) {
        Trial trial = trial();
        JsonNode row = book.row;
        List<String> other = new ArrayList<>();
        if (book.operation.equals("timeline")
                && !book.where.isEmpty()
                && !book.where.equals(s.aiq.setting("aiq.timeline-list-field"))) {
            other.add("its list is " + book.where);
            s.set("aiq.timeline-list-field", book.where);
        } else if (!book.operation.equals("timeline") && !book.where.isEmpty() && !book.where.equals("results")) {
            other.add("its list is " + book.where);
            s.rename("results", book.where);
        }
        prefer(other, "the id", "aiq.report-id-fields", row, Fields.named(row, Fields.text(trial.redemptionId)));
        if (!book.operation.equals("timeline")) {
            prefer(
                    other,
                    "the contact",
                    "aiq.report-contact-fields",
                    row,
                    Fields.named(row, Fields.text(trial.contactId)));
            one(other, "the phone", "aiq.report-phone-field", row, phone(row));
        }
        prefer(
                other,
                "the discount",
                "aiq.report-discount-fields",
                row,
                Fields.named(row, Fields.text(trial.discountId)));
        prefer(
                other,
                "the transaction",
                "aiq.report-transaction-fields",
                row,
                Fields.named(row, Fields.text(trial.transactionId)));
        one(other, "the points", "aiq.report-points-field", row, pointsOf(row));
        one(other, "the time", "aiq.report-time-field", row, timeOf(row));
        boolean unsigned = trial.points.signum() > 0
                && pointsOf(row)
                        .flatMap(name -> Fields.number(Sitting.at(row, name)))
                        .filter(p -> p.signum() > 0)
                        .isPresent();
        if (unsigned) {
            other.add("points taken have no sign: the balance is then no witness of a doubt");
        }
        if (Fields.named(row, Fields.text(trial.redemptionId)).isEmpty()) {
            other.add("no row has AIQ's id of the redemption");
        }
        if (timeOf(row)
                .map(name -> Sitting.at(row, name))
                .filter(t -> !t.isNumber() || t.longValue() >= Fields.FIRST_MILLIS)
                .isPresent()) {
            other.add("times are not in seconds, and understood all the same");
        }
        if (other.isEmpty()) {
            s.confirmed(book.point, "it does");
        } else {
            s.differs(book.point, String.join("; ", other));
        }
    }

    private Optional<String> phone(JsonNode row) {
        String digits =
                customer.phone() == null ? null : customer.phone().plain().substring(1);
        return digits == null
                ? Optional.empty()
                : Fields.named(
                        row,
                        value -> value.isTextual()
                                && value.asText().replaceAll("\\D", "").length() >= 10
                                && digits.endsWith(value.asText().replaceAll("\\D", "")));
    }

    /** The setting's names, the right one first where another of them would be read. */
    private void prefer(List<String> other, String what, String key, JsonNode row, Optional<String> name) {
        if (name.isEmpty()) {
            return;
        }
        List<String> names = List.of(s.aiq.setting(key).split("\\s*,\\s*"));
        Optional<String> read = names.stream()
                .filter(n -> !Sitting.at(row, n).isMissingNode()
                        && !Sitting.at(row, n).isNull())
                .findFirst();
        if (!read.equals(name)) {
            other.add(what + " stands in " + name.get());
            List<String> now = new ArrayList<>(names);
            now.remove(name.get());
            now.add(0, name.get());
            s.set(key, String.join(",", now));
        }
    }

    private void one(List<String> other, String what, String key, JsonNode row, Optional<String> name) {
        if (name.isPresent() && !name.get().contains(".") && !name.get().equals(s.aiq.setting(key))) {
            boolean same = same(row.path(s.aiq.setting(key)), row.path(name.get()));
            if (!same) {
                other.add(what + " stands in " + name.get());
                s.set(key, name.get());
            }
        }
    }

    /** The same number or text, or times near each other: then the field that is set is as good. */
    private static boolean same(JsonNode set, JsonNode found) {
        Optional<BigDecimal> number = Fields.number(set).map(BigDecimal::abs);
        Optional<Long> time = Fields.millis(set);
        return set.equals(found)
                || number.isPresent()
                        && Fields.number(found)
                                .map(BigDecimal::abs)
                                .filter(n -> n.compareTo(number.get()) == 0)
                                .isPresent()
                || time.isPresent()
                        && Fields.time(time.get() - AROUND, time.get() + AROUND).test(found);
    }

    private void secondPut() {
        Trial trial = trial();
        if (url == null) {
            s.notSeen(Point.SECOND_PUT, "the address is not kept from one sitting to the next");
            return;
        }
        if (!s.person.yes("  The very same call again may take " + trial.points.toPlainString()
                + " points a second time; it shows what a repetition would do. Send it?")) {
            s.notSeen(Point.SECOND_PUT, "not tried");
            return;
        }
        Wallet before = wallets.read();
        Heard heard =
                move("The second PUT", "redeem", new Asks.Redemption(s.account.accountId(), url, trial.transactionId));
        s.person.pause(s.aiq.settings().duration("aiq.wallet-lag"));
        Wallet after = wallets.read();
        boolean known = before != null && after != null && before.points() != null && after.points() != null;
        boolean again = known && after.points().compareTo(before.points()) < 0;
        if (known) {
            ended(again ? trial.taken.add(trial.points) : trial.taken);
        }
        String answer = "answered with " + FirstContact.status(heard)
                + (known ? again ? ", and took the points again" : ", and took nothing" : "");
        if (!known) {
            s.notSeen(Point.SECOND_PUT, answer + "; the balance does not tell");
            settled();
        } else if (!again) {
            s.confirmed(Point.SECOND_PUT, answer);
        } else if (Boolean.TRUE.equals(trial.singleUse)) {
            s.differs(Point.SECOND_PUT, answer + ", although the discount is single-use");
        } else {
            s.confirmed(Point.SECOND_PUT, answer + ": the discount is reusable, as the bridge takes for granted");
        }
    }

    private void reverse() {
        Trial trial = trial();
        if (trial.redemptionId == null
                || trial.contactId == null
                || trial.taken.signum() <= 0 && trial.points.signum() > 0) {
            s.notSeen(Point.REVERSAL, "there is no redemption id, no contact id, or nothing to give back");
            s.notSeen(Point.REVERSAL_RESTORES, "nothing was reversed");
            return;
        }
        if (!s.person.yes("  " + trial.points.toPlainString() + " points are given back by "
                + s.aiq.setting("aiq.reverse-method") + " " + s.aiq.setting("aiq.reverse-path") + ". Send it?")) {
            s.notSeen(Point.REVERSAL, "not tried");
            s.notSeen(Point.REVERSAL_RESTORES, "not tried");
            return;
        }
        Wallet before = wallets.read();
        boolean guessed = true;
        while (true) {
            Heard heard = move("The reversal", "reverse", reversal(trial.points, "aiq-bridge aiq-check"));
            if (heard.done()) {
                if (guessed) {
                    s.confirmed(Point.REVERSAL, "answered with " + heard.status());
                }
                break;
            }
            guessed = false;
            s.person.say("  AIQ answers " + FirstContact.status(heard) + ".");
            if (!refused(heard)) {
                s.differs(Point.REVERSAL, "answered with " + FirstContact.status(heard) + ", which proves nothing");
                s.notSeen(Point.REVERSAL_RESTORES, "it is not known whether it was reversed");
                settled();
                return;
            }
            ended(trial.taken);
            String typed = s.person.ask(
                    "  If AIQ told you how, type method and path, as PUT /api/…/{uid}/{contactId}/{discountId}/{redemptionId}, and it is sent; Enter if not");
            String[] parts = typed.split("\\s+", 2);
            if (parts.length < 2
                    || !s.set("aiq.reverse-method", parts[0].toUpperCase(Locale.ROOT))
                    || !s.set("aiq.reverse-path", parts[1])) {
                s.differs(
                        Point.REVERSAL,
                        "answered with " + FirstContact.status(heard)
                                + ": points are given back by adjustment until AIQ says how");
                s.set("reversal.method", "adjustment");
                s.notSeen(Point.REVERSAL_RESTORES, "nothing was reversed");
                return;
            }
            s.differs(Point.REVERSAL, "method and path are others");
        }
        Wallet[] after = new Wallet[1];
        boolean back = before == null
                || before.points() == null
                || trial.points.signum() == 0
                || s.wait("the points given back", () -> {
                            after[0] = wallets.read();
                            return Optional.ofNullable(after[0])
                                    .map(Wallet::points)
                                    .filter(p -> p.compareTo(before.points()) > 0);
                        })
                        .isPresent();
        if (back) {
            ended(trial.taken.subtract(trial.points));
        } else {
            s.differs(Point.REVERSAL, "AIQ said that it was done, and the balance did not rise");
            settled();
        }
        secondReversal(after[0]);
        if (Boolean.TRUE.equals(trial.singleUse) && after[0] != null) {
            if (after[0].offers(trial.discountId) >= trial.offers) {
                s.confirmed(Point.REVERSAL_RESTORES, "it is in the wallet again");
            } else {
                s.differs(Point.REVERSAL_RESTORES, "it is not: the customer has the points and not the reward");
            }
        } else {
            s.notSeen(Point.REVERSAL_RESTORES, "the discount is reusable, or AIQ does not say");
        }
        refundRow();
    }

    private void secondReversal(Wallet before) {
        Trial trial = trial();
        if (before == null
                || !s.person.yes(
                        "  The very same reversal again may give the points back twice; what is too much is taken away again afterwards. Send it?")) {
            s.notSeen(Point.SECOND_REVERSAL, "not tried");
            return;
        }
        Heard heard = move("The second reversal", "reverse", reversal(trial.points, "aiq-bridge aiq-check"));
        s.person.pause(s.aiq.settings().duration("aiq.wallet-lag"));
        Wallet after = wallets.read();
        if (before.points() == null || after == null || after.points() == null) {
            s.notSeen(Point.SECOND_REVERSAL, "the balance does not tell");
            settled();
            return;
        }
        boolean again = after.points().compareTo(before.points()) > 0;
        ended(again ? trial.taken.subtract(trial.points) : trial.taken);
        if (again) {
            s.differs(
                    Point.SECOND_REVERSAL,
                    "answered with " + FirstContact.status(heard) + ", and gave the points back twice");
        } else {
            s.confirmed(
                    Point.SECOND_REVERSAL, "answered with " + FirstContact.status(heard) + ", and gave nothing back");
        }
    }

    /** By which word the timeline names what was given back. */
    private void refundRow() {
        Trial trial = trial();
        if (trial.contactId == null || trial.points.signum() == 0) {
            return;
        }
        Optional<JsonNode> refund = s.wait("the reversal in the timeline", () -> {
            JsonNode data = s.call(
                            "timeline",
                            new AiqAsk.PeriodOfContact(
                                    s.account.accountId(),
                                    Priority.PERSON,
                                    trial.sentAt - AROUND,
                                    clock.millis() + AROUND,
                                    trial.contactId))
                    .data();
            String where = Fields.listIn(data);
            List<JsonNode> rows = new ArrayList<>();
            if (where != null) {
                Fields.list(data, where).forEach(rows::add);
            }
            return rows.stream()
                    .filter(row -> !Fields.named(row, Fields.number(trial.points))
                                    .isEmpty()
                            && timeOf(row).isPresent()
                            && type(row)
                                    .filter(w -> w.matches("(?i).*(refund|revers|return|restor|void|cancel|credit).*"))
                                    .isPresent())
                    .findFirst();
        });
        if (refund.isEmpty()) {
            s.differs(Point.TIMELINE, "no row of a reversal was recognised");
            return;
        }
        typeField(refund.get())
                .filter(name -> !name.equals("type") && !name.contains("."))
                .ifPresent(name -> {
                    s.differs(Point.TIMELINE, "what a row is stands in " + name);
                    s.rename("type", name);
                });
        String word = type(refund.get()).orElse("");
        if (!List.of(s.aiq.setting("aiq.timeline-refund-types").split("\\s*,\\s*"))
                .contains(word)) {
            s.differs(Point.TIMELINE, "a reversal is called " + word);
            s.addName("aiq.timeline-refund-types", word);
        }
    }

    private static Optional<String> typeField(JsonNode row) {
        return Fields.named(
                row,
                value -> value.isTextual()
                        && value.asText()
                                .matches(
                                        "(?i)[a-z_ -]*(redempt|redeem|refund|revers|return|restor|void|cancel|credit|adjust)[a-z_ -]*"));
    }

    private static Optional<String> type(JsonNode row) {
        return typeField(row).map(name -> Sitting.at(row, name).asText());
    }

    private Asks.Reversal reversal(BigDecimal points, String reference) {
        Trial trial = trial();
        return new Asks.Reversal(
                s.account.accountId(), trial.contactId, trial.discountId, trial.redemptionId, points, reference);
    }

    private void adjust() {
        Trial trial = trial();
        if (trial.contactId == null) {
            s.notSeen(Point.ADJUSTMENT, "there is no contact id");
            s.notSeen(Point.ADJUSTMENTS_REPORT, "there is no contact id");
            return;
        }
        if (trial.left && trial.taken.signum() != 0) {
            if (s.person.yes(
                    "  Were the " + trial.taken.toPlainString() + " points of the test set right in AIQ by hand?")) {
                ended(BigDecimal.ZERO);
            }
        }
        boolean back = trial.taken.signum() != 0;
        BigDecimal points = back ? trial.taken : BigDecimal.ONE;
        if (!s.person.yes(
                back
                        ? "  " + points.toPlainString()
                                + " points are given back (below 0: taken) by an adjustment. Send it?"
                        : "  One point is added, and taken away again. Send it?")) {
            s.notSeen(Point.ADJUSTMENT, "not tried");
            s.notSeen(Point.ADJUSTMENTS_REPORT, "not tried");
            return;
        }
        String reference = "aiq-bridge " + trial.transactionId;
        if (!moves(points, reference)) {
            return;
        }
        s.confirmed(Point.ADJUSTMENT, "the balance moved by " + points.toPlainString());
        adjustmentsReport(points, reference);
        if (!back && !moves(points.negate(), reference + " back")) {
            s.person.say("  The contact has one point more than before; take it away in AIQ.");
        }
    }

    /** One adjustment, and the balance that follows it. */
    private boolean moves(BigDecimal points, String reference) {
        Wallet before = wallets.read();
        while (true) {
            Heard heard = move("The adjustment", "adjust", reversal(points, reference));
            if (heard.done()) {
                break;
            }
            if (!refused(heard)) {
                s.differs(Point.ADJUSTMENT, "answered with " + FirstContact.status(heard) + ", which proves nothing");
                settled();
                return false;
            }
            ended(trial().taken);
            String field = heard.status() >= 400 && heard.status() < 500
                    ? s.person.ask("  AIQ answers " + heard.status()
                            + ". If AIQ told you another name for the field with the points, type it; Enter if not")
                    : "";
            if (field.isEmpty() || !s.set("aiq.adjust-points-field", field)) {
                s.differs(Point.ADJUSTMENT, "answered with " + FirstContact.status(heard));
                return false;
            }
            s.differs(Point.ADJUSTMENT, "the points stand in " + field);
        }
        if (before == null || before.points() == null) {
            ended(trial().taken.subtract(points));
            return true;
        }
        boolean moved = s.wait("the adjusted balance", () -> Optional.ofNullable(wallets.read())
                        .map(Wallet::points)
                        .filter(p -> p.compareTo(before.points().add(points)) == 0))
                .isPresent();
        if (!moved) {
            s.differs(Point.ADJUSTMENT, "AIQ said that it was done, and the balance did not move by it");
            settled();
            return false;
        }
        ended(trial().taken.subtract(points));
        return moved;
    }

    private void adjustmentsReport(BigDecimal points, String reference) {
        JsonNode[] found = new JsonNode[1];
        boolean[] listed = new boolean[1];
        s.wait("the adjustment in its report", () -> {
            JsonNode data = s.callAtItsPath(
                            "adjustments",
                            () -> new AiqAsk.Period(
                                    s.account.accountId(),
                                    Priority.PERSON,
                                    trial().sentAt - AROUND,
                                    clock.millis() + AROUND))
                    .data();
            String where = Fields.listIn(data);
            listed[0] |= where != null;
            if (where != null) {
                for (JsonNode row : Fields.list(data, where)) {
                    if (has(row, reference)
                            || found[0] == null
                                    && has(row, trial().contactId)
                                    && Fields.named(row, Fields.number(points)).isPresent()) {
                        found[0] = row;
                    }
                }
            }
            return Optional.ofNullable(found[0]);
        });
        if (found[0] == null) {
            s.differs(Point.ADJUSTMENTS_REPORT, listed[0] ? "it does not show it" : "there is no list in its answer");
            return;
        }
        List<String> other = new ArrayList<>();
        Optional<String> note = Fields.named(found[0], Fields.text(reference));
        one(other, "the note", "aiq.adjust-note-field", found[0], note);
        prefer(
                other,
                "the contact",
                "aiq.report-contact-fields",
                found[0],
                Fields.named(found[0], Fields.text(trial().contactId)));
        if (note.isEmpty()) {
            other.add("no row has our note: a doubtful adjustment is left to a person");
        }
        if (other.isEmpty()) {
            s.confirmed(Point.ADJUSTMENTS_REPORT, "it does");
        } else {
            s.differs(Point.ADJUSTMENTS_REPORT, String.join("; ", other));
        }
    }
}
