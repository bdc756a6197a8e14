package aiqbridge.check;

import aiqbridge.GivenSecret;
import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who else may read the files from which the bridge gets its secrets; what systemd or a container passes nobody else sees, whatever its mode says. */
final class SecretFilesCheck {
    private final Map<String, String> environment;
    private final Findings findings;

    SecretFilesCheck(Map<String, String> environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    void run(List<PosConnection> tills) {
        List<String> names = new ArrayList<>();
        Settings.SECRETS.forEach(key -> names.add(Settings.variable(key)));
        for (PosConnection till : tills) {
            names.add(PosConnections.passwordVariable(till.name()));
            names.add(PosConnections.requestsPasswordVariable(till.name()));
        }
        for (String name : names) {
            Optional<Path> file = GivenSecret.file(name, environment);
            if (file.isPresent() && isOpen(file.get())) {
                findings.warn(
                        "everybody on this machine can read the file with the secret " + name,
                        "chmod 600, with the bridge's user as its owner; or pass it as a credential of systemd.");
            }
        }
    }

    private boolean isOpen(Path file) {
        try {
            return !GivenSecret.isPassed(file, environment)
                    && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            return false;
        }
    }
}
