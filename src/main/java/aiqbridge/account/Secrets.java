package aiqbridge.account;

import aiqbridge.StartRefused;
import aiqbridge.TextFile;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Seals secrets at rest with AES-256-GCM (Tink). What a secret belongs to is bound in as associated data, so that a sealed value moved to
 * another row does not open. The key file may hold several keys while one replaces another: the first seals, all of them open, and each sealed value
 * begins with its key's id. A file that another process changed is read again.
 */
public final class Secrets {
    private final Path keyFile;
    private volatile Keys keys;

    private record Keys(KeysetHandle handle, Aead aead, FileTime readAt) {}

    private Secrets(Path keyFile, Keys keys) {
        this.keyFile = keyFile;
        this.keys = keys;
    }

    /** Reads the keyset, or makes one that only the owner can read. */
    public static Secrets at(Path keyFile) {
        try {
            AeadConfig.register();
            if (!Files.exists(keyFile)) {
                create(keyFile);
            }
            return new Secrets(keyFile, read(keyFile));
        } catch (GeneralSecurityException | IOException e) {
            throw new StartRefused(
                    "The key file " + keyFile + " cannot be read or created.",
                    "Restore it from the backup: without it the stored API keys cannot be decrypted and must be entered again.");
        }
    }

    private static Keys read(Path keyFile) throws GeneralSecurityException, IOException {
        FileTime readAt = Files.getLastModifiedTime(keyFile);
        KeysetHandle handle =
                TinkJsonProtoKeysetFormat.parseKeyset(TextFile.read(keyFile), InsecureSecretKeyAccess.get());
        return new Keys(handle, handle.getPrimitive(RegistryConfiguration.get(), Aead.class), readAt);
    }

    /** Whether the file was changed since, and is read again. */
    private boolean changed() {
        try {
            if (Files.getLastModifiedTime(keyFile).equals(keys.readAt)) {
                return false;
            }
            keys = read(keyFile);
            return true;
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static void create(Path keyFile) throws GeneralSecurityException, IOException {
        KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        Files.createDirectories(keyFile.toAbsolutePath().getParent());
        try {
            createForOwner(keyFile);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Files.writeString(keyFile, TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
    }

    /** An empty file that only its owner reads; one that is there already is left alone. */
    public static void createForOwner(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** A new key seals from now on; the older ones still open. The file is whole at every moment. */
    void addKey() {
        try {
            write(KeysetHandle.newBuilder(read(keyFile).handle)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException | IOException e) {
            throw new StartRefused(
                    "The key file " + keyFile + " cannot be changed.",
                    "Is the disk full? May this user write there? Nothing was changed.");
        }
    }

    /** Only the key that seals is left. */
    void dropOlderKeys() {
        try {
            KeysetHandle.Entry first = read(keyFile).handle.getPrimary();
            write(KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(first.getKey())
                            .withFixedId(first.getId())
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException | IOException e) {
            throw new StartRefused(
                    "The older keys cannot be removed from " + keyFile + ".",
                    "Everything is already encrypted with the new key; run the command again.");
        }
    }

    private void write(KeysetHandle handle) throws GeneralSecurityException, IOException {
        Path written = Path.of(keyFile + ".new");
        Files.deleteIfExists(written);
        createForOwner(written);
        try (FileChannel file = FileChannel.open(written, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get())
                    .getBytes(StandardCharsets.UTF_8)));
            file.force(true);
        }
        Files.move(written, keyFile, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        keys = read(keyFile);
    }

    /** The id of the key that seals. */
    String keyId() {
        changed();
        return id(keys.handle.getPrimary().getId());
    }

    /** The id of the key that a value was sealed with; an unreadable one has none. */
    static String keyId(String sealed) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            return bytes.remaining() < 5 || bytes.get() != 1 ? "" : id(bytes.getInt());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String id(int id) {
        return String.format("%08x", id);
    }

    public String seal(String secret, String owner) {
        changed();
        try {
            return Base64.getEncoder()
                    .encodeToString(keys.aead.encrypt(
                            secret.getBytes(StandardCharsets.UTF_8), owner.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** @throws NotOurs when the value was sealed with another key or for another owner */
    public String open(String sealed, String owner) {
        try {
            return opened(sealed, owner);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            if (changed()) {
                return open(sealed, owner);
            }
            throw new NotOurs(owner);
        }
    }

    private String opened(String sealed, String owner) throws GeneralSecurityException {
        return new String(
                keys.aead.decrypt(Base64.getDecoder().decode(sealed), owner.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }

    public static final class NotOurs extends RuntimeException {
        NotOurs(String owner) {
            super("The sealed secret of '" + owner + "' cannot be decrypted with this key file.");
        }
    }
}
