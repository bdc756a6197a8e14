package aiqbridge.account;

import aiqbridge.StartRefused;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Seals secrets at rest with AES-256-GCM (Tink). What a secret belongs to is bound in as associated data, so that a sealed value moved to
 * another row does not open.
 */
public final class Secrets {
    private final Aead aead;

    private Secrets(Aead aead) {
        this.aead = aead;
    }

    /** Reads the keyset, or makes one that only the owner can read. */
    public static Secrets at(Path keyFile) {
        try {
            AeadConfig.register();
            if (!Files.exists(keyFile)) {
                create(keyFile);
            }
            KeysetHandle keys = TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(keyFile), InsecureSecretKeyAccess.get());
            return new Secrets(keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException | IOException e) {
            throw new StartRefused("The key file " + keyFile + " cannot be read or made.", "Restore it from the backup: without it the stored API keys cannot be opened and have to be entered again.");
        }
    }

    private static void create(Path keyFile) throws GeneralSecurityException, IOException {
        KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        Files.createDirectories(keyFile.toAbsolutePath().getParent());
        try {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(keyFile);
            }
        } catch (FileAlreadyExistsException e) {
            return;
        }
        Files.writeString(keyFile, TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get()));
    }

    public String seal(String secret, String owner) {
        try {
            return Base64.getEncoder().encodeToString(aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), owner.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** @throws NotOurs when the value was sealed with another key or for another owner */
    public String open(String sealed, String owner) {
        try {
            return new String(aead.decrypt(Base64.getDecoder().decode(sealed), owner.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new NotOurs(owner);
        }
    }

    public static final class NotOurs extends RuntimeException {
        NotOurs(String owner) {
            super("The sealed secret of '" + owner + "' does not open with this key file.");
        }
    }
}
