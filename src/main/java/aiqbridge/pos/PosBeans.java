package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.audit.RefusalLog;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.wallet.PlaceholderPhones;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The beans of this package, with each till's database under its name; the page shows the modes, and what was written back is reconciled. */
public record PosBeans(PosModes modes, WrittenBack writtenBack) {
    public static PosBeans add(BeanList beans, Shared shared, RefusalLog refusals) {
        Settings settings = shared.settings();
        Clock clock = shared.clock();
        PosConnections pos = shared.connections().pos();
        Duration longest = settings.duration("pos.query-timeout");
        Map<String, HikariDataSource> tills = new LinkedHashMap<>();
        for (PosConnection till : pos.all()) {
            tills.put(till.name(), database(beans, "pos-" + till.name(), PosDatabase.of(till, longest)));
            if (till.requests()) {
                database(beans, "pos-requests-" + till.name(), PosDatabase.ofRequests(till, longest));
            }
        }
        PosModes modes = beans.add("posModes", new PosModes(pos, shared.store().source(), clock));
        beans.add("posWindow", new PosWindow(pos, settings, clock));
        beans.add("posRows", new PosRows(pos, shared.accounts(), new PlaceholderPhones(settings)));
        beans.add("standingSales", new StandingSales(settings, clock));
        beans.add("posRequest", new PosRequest(pos, refusals, settings));
        TillStatements statements =
                beans.add("tillStatements", new TillStatements(new PosMakes(shared.home()), pos, Map.copyOf(tills)));
        beans.add(
                "tillIdentity",
                new TillIdentity(
                        shared.home(), pos, Map.copyOf(tills), shared.store().source(), clock));
        beans.add("posFault", new PosFault(statements));
        beans.add("completionCall", new CompletionCall(pos, clock));
        beans.add("writeBack", new WriteBack());
        return new PosBeans(modes, new WrittenBack(shared.home(), pos, Map.copyOf(tills), longest));
    }

    private static HikariDataSource database(BeanList beans, String name, HikariDataSource database) {
        beans.onClose(database::close);
        return beans.add(name, database);
    }
}
