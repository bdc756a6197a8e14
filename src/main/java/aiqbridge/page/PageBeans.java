package aiqbridge.page;

import aiqbridge.Settings;
import aiqbridge.account.Secrets;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.AiqClock;
import aiqbridge.api.CallerKeys;
import aiqbridge.audit.AuditLog;
import aiqbridge.audit.RefusalLog;
import aiqbridge.connection.Confirmations;
import aiqbridge.connection.Connections;
import aiqbridge.firstcontact.FirstContacts;
import aiqbridge.http.Sender;
import aiqbridge.pos.PosModes;
import aiqbridge.stop.Stops;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import java.time.Clock;
import javax.sql.DataSource;

/** The beans of this package; see {@link Page} for how to add one. Commands add users, and the front refuses with the page's own sentences. */
public record PageBeans(PageUsers users, PageAnswer answer, PageDoor door) {
    public static PageBeans add(
            BeanList beans,
            Shared shared,
            AiqClock aiqClock,
            Stops stops,
            StorefrontKinds kinds,
            PosModes modes,
            Confirmations confirmations,
            CallerKeys callerKeys,
            StorefrontSecrets storefrontSecrets,
            Secrets secrets,
            Sender sender,
            RefusalLog refusals) {
        Settings settings = shared.settings();
        Connections connections = shared.connections();
        DataSource store = shared.store().source();
        Clock clock = shared.clock();
        AuditLog audit = new AuditLog(store, clock);

        // what every page needs
        PageSessions sessions = new PageSessions(store, settings, clock);
        PageUsers users = new PageUsers(store, settings, clock);
        PageFiles files = beans.add("pageFiles", new PageFiles());
        PageDoor door = beans.add("pageDoor", new PageDoor(sessions, sender, refusals, settings));
        PageAnswer answer = beans.add(
                "pageAnswer",
                new PageAnswer(
                        sessions,
                        users,
                        files,
                        new PageBanner(store, stops, shared.home(), connections, clock),
                        refusals));
        SecondFactor factor = new SecondFactor(store, secrets, clock);
        beans.add("signInPage", new SignInPage(users, factor, sessions, audit, refusals, store, clock));
        beans.add("secondFactorPage", new SecondFactorPage(users, factor, sessions, audit, refusals));
        beans.add("youPage", new YouPage(sessions, factor, audit, clock));
        beans.add("usersPage", new UsersPage(users, audit, PageDoor.address(settings), clock));

        // each page
        AccountsPage accounts = beans.add(
                "accountsPage", new AccountsPage(shared.accounts(), connections, aiqClock, audit, store, clock));
        beans.add("accountTest", new AccountTest());
        FirstContacts firstContacts = new FirstContacts(store, clock);
        ConnectionsPage connected = beans.add(
                "connectionsPage",
                new ConnectionsPage(
                        connections,
                        kinds,
                        modes,
                        confirmations,
                        callerKeys,
                        storefrontSecrets,
                        audit,
                        store,
                        firstContacts,
                        PageDoor.address(settings),
                        settings.duration("health.late-after"),
                        clock));
        MappingPage mapping = beans.add("mappingPage", new MappingPage(connections, store, clock));
        beans.add("homePage", new HomePage(connections, accounts, connected, mapping, firstContacts));
        beans.add("activityPage", new ActivityPage(store, shared.home(), connections, clock));
        beans.add("stopPage", new StopPage(stops, connections, store, clock));
        beans.add("auditPage", new AuditPage(store));
        beans.add("redemptionsPage", new RedemptionsPage(store, shared.home(), connections, clock));
        return new PageBeans(users, answer, door);
    }
}
