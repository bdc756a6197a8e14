package aiqbridge.page;

import aiqbridge.audit.AuditLog;
import aiqbridge.audit.RefusalLog;
import io.nayuki.qrcodegen.QrCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Somebody sets up an authenticator app beside their password, takes new recovery codes, or ends it: each with the present password and a code. */
public final class SecondFactorPage {
    private static final int BORDER = 4;
    private final PageUsers users;
    private final SecondFactor factor;
    private final PageSessions sessions;
    private final AuditLog audit;
    private final RefusalLog refusals;

    SecondFactorPage(PageUsers users, SecondFactor factor, PageSessions sessions, AuditLog audit, RefusalLog refusals) {
        this.users = users;
        this.factor = factor;
        this.sessions = sessions;
        this.audit = audit;
        this.refusals = refusals;
    }

    public Page show(PageRequest request) {
        return page(request, "");
    }

    private Page page(PageRequest request, String wrong) {
        boolean set = factor.isSet(request.user());
        String key = set ? "" : Totp.base32(factor.waiting(request.user()));
        QrCode qr = set ? null : QrCode.encodeText(address(request.user(), key), QrCode.Ecc.MEDIUM);
        Map<String, Object> model = Map.of(
                "set",
                set,
                "due",
                request.session().due() == PageSession.Due.SECOND_FACTOR,
                "left",
                set ? factor.recoveryCodesLeft(request.user()) : 0,
                "key",
                key.replaceAll("(.{4})(?!$)", "$1 "),
                "side",
                set ? 0 : qr.size + 2 * BORDER,
                "modules",
                set ? "" : modules(qr),
                "wrong",
                wrong);
        return wrong.isEmpty() ? Page.of("secondfactor", model) : Page.wrong("secondfactor", model);
    }

    private static String address(String user, String key) {
        return "otpauth://totp/AIQ%20Bridge:" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "?secret=" + key
                + "&issuer=AIQ%20Bridge";
    }

    private static String modules(QrCode qr) {
        StringBuilder modules = new StringBuilder();
        for (int y = 0; y < qr.size; y++) {
            for (int x = 0; x < qr.size; x++) {
                if (qr.getModule(x, y)) {
                    modules.append('M')
                            .append(x + BORDER)
                            .append(',')
                            .append(y + BORDER)
                            .append("h1v1h-1z");
                }
            }
        }
        return modules.toString();
    }

    /** Field {@code do}: set, codes or end. */
    public Page change(PageRequest request) {
        String user = request.user();
        if (!users.check(user, request.form().getOrDefault("password", ""))) {
            refusals.refused(user, "page-confirm-refused", user);
            return page(request, "Your password is wrong.");
        }
        return switch (request.field("do")) {
            case "set" -> set(request, user);
            case "codes" ->
                !factor.check(user, request.field("code"))
                        ? wrongCode(request, user)
                        : codes(user, "page-recovery-codes-renew", factor.recoveryCodes(user));
            case "end" -> end(request, user);
            default -> throw PageProblem.notFound();
        };
    }

    private Page set(PageRequest request, String user) {
        List<String> codes = factor.set(user, request.field("code").replaceAll("\\s", ""));
        if (codes.isEmpty()) {
            return wrongCode(request, user);
        }
        sessions.endOthers(request.session());
        return codes(user, "page-second-factor-set", codes);
    }

    private Page codes(String user, String action, List<String> codes) {
        audit.record(user, action, user, null);
        return Page.of("recoverycodes", Map.of("codes", codes));
    }

    private Page end(PageRequest request, String user) {
        if (!factor.check(user, request.field("code"))) {
            return wrongCode(request, user);
        }
        factor.end(user);
        audit.record(user, "page-second-factor-end", user, null);
        return Page.to("/you").saying("Signing in asks for your password alone from now on.");
    }

    private Page wrongCode(PageRequest request, String user) {
        refusals.refused(user, "page-factor-refused", user);
        return page(request, "This code is wrong or was used already. Wait for the next one.");
    }
}
