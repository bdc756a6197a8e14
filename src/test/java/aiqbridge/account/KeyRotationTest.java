package aiqbridge.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Databases;
import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import aiqbridge.privacy.ApiKey;
import aiqbridge.privacy.Secret;
import aiqbridge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The encryption key is changed, whole and in pieces. */
class KeyRotationTest {
    @TempDir
    Path folder;

    private Store store;
    private JdbcTemplate rows;

    private void open(String database) {
        Properties values = new Properties();
        values.putAll(Settings.load(TestBridge.HOME.resolve("config/application.properties")));
        values.put(
                "store.url",
                database.equals("postgresql") ? Databases.postgresql() : "jdbc:sqlite:" + folder.resolve("bridge.db"));
        values.put("store.username", "postgres");
        store = Store.open(Settings.of(values), folder, true);
        rows = new JdbcTemplate(store.source());
        for (String name : List.of("a", "b")) {
            new StoredAccounts(store.source(), file(), Clock.systemUTC())
                    .save(new Account(
                            name, "Green Leaf", "1001", new ApiKey("key-of-" + name), "US", ZoneId.of("UTC")));
            new StorefrontSecrets(store.source(), file(), Clock.systemUTC())
                    .add("shop-" + name, StorefrontSecrets.WEBHOOK, "secret-of-" + name);
        }
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    /** As a process that starts now reads it. */
    private Secrets file() {
        return Secrets.at(folder.resolve("secrets.key"));
    }

    private KeyRotation rotation() {
        return new KeyRotation(store.source(), file(), Clock.systemUTC());
    }

    private void everythingOpens() {
        everythingOpens(file());
    }

    private void everythingOpens(Secrets secrets) {
        assertThat(new StoredAccounts(store.source(), secrets, Clock.systemUTC()).all())
                .extracting(Account::apiKey)
                .containsExactly(new ApiKey("key-of-a"), new ApiKey("key-of-b"));
        assertThat(new StorefrontSecrets(store.source(), secrets, Clock.systemUTC())
                        .good("shop-a", StorefrontSecrets.WEBHOOK))
                .containsExactly(new Secret("secret-of-a"));
    }

    private List<String> keysInUse() {
        return Stream.concat(
                        rows.queryForList("select api_key_sealed from account", String.class).stream(),
                        rows.queryForList("select sealed from storefront_secret", String.class).stream())
                .map(Secrets::keyId)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void everything_is_sealed_with_the_new_key_and_the_old_one_opens_nothing(String database) throws Exception {
        open(database);
        Path old = Files.copy(folder.resolve("secrets.key"), folder.resolve("old.key"));
        Secrets running = file();
        List<String> before = keysInUse();
        assertThat(rotation().run("operator kim", Duration.ZERO)).isEqualTo(4);
        everythingOpens();
        everythingOpens(running);
        assertThat(keysInUse()).hasSize(1).doesNotContainAnyElementsOf(before).containsExactly(file().keyId());
        assertThatThrownBy(() -> everythingOpens(Secrets.at(old))).isInstanceOf(Secrets.NotOurs.class);
        assertThat(Files.readString(folder.resolve("secrets.key")))
                .doesNotContain(Files.readString(old).replaceAll("(?s)^.*\"value\":\"?([^\",]+).*$", "$1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets.key"))))
                .isEqualTo("rw-------");
        assertThat(rows.queryForList("select actor, action, note from audit"))
                .containsExactly(Map.of(
                        "actor",
                        "operator kim",
                        "action",
                        "encryption-key-rotate",
                        "note",
                        "4 secret(s) re-encrypted"));
        running.seal("x", "y");
        assertThat(Secrets.keyId(running.seal("x", "y")))
                .as("a running bridge seals with it")
                .isEqualTo(file().keyId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void killed_anywhere_in_between_everything_opens_and_the_next_run_ends_it(String database) throws Exception {
        open(database);
        file().addKey();
        everythingOpens();
        rotation().reseal();
        everythingOpens();
        rotation().run("operator kim", Duration.ZERO);
        everythingOpens();
        Files.writeString(folder.resolve("secrets.key.new"), "half");
        rotation().run("operator kim", Duration.ZERO);
        everythingOpens();
        assertThat(keysInUse()).containsExactly(file().keyId());
    }

    @Test
    void it_is_all_or_nothing() throws IOException {
        open("sqlite");
        List<String> before = keysInUse();
        rows.execute(
                "create trigger full before update on storefront_secret begin select raise(abort, 'the disk is full'); end");
        assertThatThrownBy(() -> rotation().run("operator kim", Duration.ZERO)).isInstanceOf(DataAccessException.class);
        assertThat(keysInUse()).as("no account was sealed anew by itself").isEqualTo(before);
        everythingOpens();
    }

    @Test
    void what_does_not_open_is_named_and_nothing_is_changed() throws IOException {
        open("sqlite");
        String file = Files.readString(folder.resolve("secrets.key"));
        rows.update(
                "update account set api_key_sealed = (select api_key_sealed from account where account_id = 'a') where account_id = 'b'");
        assertThatThrownBy(() -> rotation().run("operator kim", Duration.ZERO))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("What is stored in account as b cannot be decrypted");
        assertThat(Files.readString(folder.resolve("secrets.key"))).isEqualTo(file);
    }

    @Test
    void a_row_moved_to_another_account_or_shop_does_not_open() {
        open("sqlite");
        rows.update(
                "update account set api_key_sealed = (select api_key_sealed from account where account_id = 'a') where account_id = 'b'");
        rows.update(
                "update storefront_secret set sealed = (select sealed from storefront_secret where connection = 'shop-a') where connection = 'shop-b'");
        assertThatThrownBy(() -> new StoredAccounts(store.source(), file(), Clock.systemUTC()).get("b"))
                .isInstanceOf(Secrets.NotOurs.class)
                .hasMessageNotContaining("key-of");
        assertThatThrownBy(() -> new StorefrontSecrets(store.source(), file(), Clock.systemUTC())
                        .good("shop-b", StorefrontSecrets.WEBHOOK))
                .isInstanceOf(Secrets.NotOurs.class);
        assertThat(new StoredAccounts(store.source(), file(), Clock.systemUTC())
                        .get("a")
                        .apiKey())
                .isEqualTo(new ApiKey("key-of-a"));
    }

    @Test
    void a_running_bridge_goes_on() throws Exception {
        try (Shop shop = new Shop(folder)) {
            new KeyRotation(shop.bridge.bridge().store().source(), file(), Clock.systemUTC())
                    .run("operator kim", Duration.ZERO);
            shop.bridge.account("green-leaf", "1001", "demo-key");
            assertThat(shop.adasWallet().status()).isEqualTo(200);
            assertThat(Secrets.keyId(
                            shop.bridge.rows.queryForObject("select api_key_sealed from account", String.class)))
                    .isEqualTo(file().keyId());
        }
    }
}
